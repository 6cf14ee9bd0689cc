"""A plain text file → Page: decoding, and the issue date in the file's name."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kg.model import Page

SUFFIXES = frozenset({".txt"})
_NAME_DATE = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])"
    r"|((?:19|20)\d\d)[-_.年](1[0-2]|0?[1-9])[-_.月](3[01]|[12]\d|0?[1-9])日?)(?!\d)"
)
# A file in UTF-8 may have lost a byte here and there: one character in so many.
_BROKEN = 500


class UnreadableInput(ValueError):
    """An input that is no text. ``line`` counts from 1, or is None where no line is at fault."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


def read_page(path: Path, issue_date: date | None = None) -> Page:
    """Read one file. ``issue_date`` wins over a date in the file's name or on the page.

    Raises UnreadableInput for a file that cannot be opened or holds no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path, error.strerror or "cannot be read") from error
    return Page(path.name, decode(data, path), issue_date or date_in_name(path.name), issue_date is not None)


def decode(data: bytes, path: Path) -> str:
    """UTF-8 with or without a byte order mark, UTF-16 and UTF-32 with one, else what GB18030 or the bytes' statistics say.

    A character or so in five hundred that is broken in UTF-8 becomes U+FFFD.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-32" if data.startswith(b"\xff\xfe\0\0") else "utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableInput(path, "broken UTF-16") from error
    if b"\0" in data:
        raise UnreadableInput(path, "binary data, not text", data[: data.index(b"\0")].count(b"\n") + 1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as utf8:
        line = data[: utf8.start].count(b"\n") + 1
    mended = data.decode("utf-8-sig", "replace")
    if mended.count("\ufffd") * _BROKEN <= len(mended):
        return mended
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        # Few pages need it, and to import it takes longer than to read a page.
        from charset_normalizer import from_bytes

        guess = from_bytes(data[:200_000]).best()
        if guess is None:
            raise UnreadableInput(path, "neither UTF-8 nor GB18030", line) from None
        try:
            return data.decode(guess.encoding)
        except (UnicodeDecodeError, LookupError):
            raise UnreadableInput(path, "neither UTF-8 nor GB18030", line) from None


def date_in_name(name: str) -> date | None:
    """The issue date that a file name such as ``xzbs-2023-03-31-02.txt`` states."""
    return first_date(_NAME_DATE, name)


def first_date(pattern: re.Pattern[str], text: str) -> date | None:
    """The first valid date in a text; the groups of ``pattern`` that take part are year, month and day."""
    for match in pattern.finditer(text):
        try:
            return date(*(int(part) for part in match.groups() if part))
        except ValueError:
            continue
    return None
