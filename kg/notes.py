"""Bracketed notes in a title chain: 县委书记 | （正处级）, 某市工商联 | （总商会） | 主席."""

from __future__ import annotations

_BRACKETS = {"）": "（", ")": "("}
# A note has at most a dozen characters.
_LONGEST = 14


def opening(text: str, end: int) -> int | None:
    """Where the brackets open that close just before an offset."""
    mark = _BRACKETS.get(text[end - 1 : end])
    found = text.rfind(mark, max(0, end - _LONGEST), end) if mark else -1
    return found if found >= 0 else None


def behind(text: str, begin: int) -> int:
    """The offset behind a note that begins at an offset, or the offset."""
    mark = next((closing for closing, opened in _BRACKETS.items() if text.startswith(opened, begin)), None)
    close = text.find(mark, begin, begin + _LONGEST) if mark is not None else -1
    return close + 1 if close >= 0 else begin
