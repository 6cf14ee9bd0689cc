"""The lines of a page, and what can be said of the words of one: a headline, a sentence's end, a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.read.text import first_date
from kg.signers import HAN, HAN_RUN

# The longest line that may be anything but running text.
HEAD_LENGTH = 60
TERMINAL = re.compile(r"[。！？!?…][”’\"』」）)》]*$|[。！？!?][”’]?\s*[（(][^（()）。]{2,40}[）)]$")
# The last characters that a text matched by TERMINAL can have; behind the stops nothing else need be looked at.
_STOPS = frozenset("。！？!?…")
_CLOSERS = frozenset('”’"』」）)》')
INNER = re.compile(r"[，。；：！？,;]")
# 12个项目！46.8亿元！…: a headline may call out more than once.
_MARKS, _MOST_MARKS = re.compile(r"[，。；：,;]"), 3
FULL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)"
    r"(?:\s*[\-/.]\s*(\d{1,2})\s*[\-/.]\s*(\d{1,2})(?!\d)|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
)
# Blank lines of so many characters together are a gap of so many.
_WIDE, _FAR = 64, 9
HAN_CHARACTER = re.compile(f"[{HAN}]")
LABEL = re.compile(r"[^\s：:，。]{2,8}\s*[：:]")
# A date behind a word of one character is the rest of a sentence (至2024年5月24日).
_RANGE = re.compile(rf"[{HAN}](?=(?:19|20)\d\d)")


@dataclass(slots=True)
class Line:
    """A line with its page span. ``gap`` counts the blank lines before it, ``indent`` its leading columns."""

    begin: int
    end: int
    text: str
    gap: int
    indent: int
    kind: str = "body"


def split(text: str) -> Iterator[Line]:
    """The lines that are not blank."""
    blanks, begin, last = 1, 0, 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            gap = _FAR if last and blanks and begin - last >= _WIDE else blanks
            indent, start = 0, begin
            if raw[0] != stripped[0]:
                lead = raw.index(stripped[0])
                start += lead
                indent = lead + raw.count("\u3000", 0, lead)
            yield Line(start, start + len(stripped), stripped, gap, indent)
            blanks, last = 0, begin + len(raw) - (2 if raw.endswith("\r\n") else 1)
        elif last:
            blanks += 1
        begin += len(raw)


def set_off(previous: Line, line: Line) -> bool:
    """Whether a line is set in, and not as the one before: by a paragraph's indent, or by the space that parts two of its words."""
    return 0 < line.indent != previous.indent


def opens(text: str) -> bool:
    """Whether a bracket is open at a text's end."""
    if "（" not in text and "(" not in text:
        return False
    return text.rfind("（") > text.rfind("）") or text.rfind("(") > text.rfind(")")


def has_words(text: str) -> bool:
    """Whether a Chinese character stands in a text: mostly its first is one."""
    return 0x4E00 <= ord(text[0]) <= 0x9FFF or HAN_CHARACTER.search(text) is not None


def headish(text: str) -> bool:
    """Whether a line could be a headline: short, with words, without the marks of running text."""
    return (
        len(text) <= HEAD_LENGTH
        and "。" not in text
        and text[-1] not in "，,、；;：:"
        and has_words(text)
        # Without full stops, exclamation and question marks, only dots can end a sentence.
        and not ("…" in text and TERMINAL.search(text.replace("！", "").replace("？", "").replace("!", "").replace("?", "")))
        and len(_MARKS.findall(text)) <= (1 if len(text) < 40 else 2)
        and len(INNER.findall(text)) <= _MOST_MARKS
    )


def ended(text: str) -> bool:
    """Whether a text ends a sentence: TERMINAL near its end."""
    if text[-1] in _STOPS:
        return True
    return text[-1] in _CLOSERS and TERMINAL.search(text, max(0, len(text) - 60)) is not None


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters."""
    return {run[k : k + 2] for run in HAN_RUN.findall(text) for k in range(len(run) - 1)}


def bigrams_shared(head: str, text: str) -> tuple[int, float]:
    """How many pairs of characters of a headline a text has, and their share of the headline's."""
    pairs = bigrams(head)
    shared = sum([pair in text for pair in pairs])
    return shared, shared / max(len(pairs), 1)


def only_date(text: str) -> bool:
    """Whether a line states a full date and little else."""
    match = FULL_DATE.search(text) if len(text) <= 60 and ("20" in text or "19" in text) else None
    if match is None or len(text) - len(match.group()) > 30 or INNER.search(text.replace("：", "")):
        return False
    return "（" not in text[match.end() :] and "—" not in text and "《" not in text and not _RANGE.match(text)


def dated(text: str) -> bool:
    """Whether a year of our centuries may stand in a text: a quick look before ``FULL_DATE``."""
    return "20" in text or "19" in text


def stated_date(text: str) -> date | None:
    """The first valid full date in a text."""
    return first_date(FULL_DATE, text)


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that opens in a text closes in it."""
    return all(text.count(opening) == text.count(closing) for opening, closing in ("《》", "“”", "（）"))
