"""Offsets of a text: where words begin, where a string stands; what stands inside spans, by one byte for each offset."""

from __future__ import annotations

from collections.abc import Iterable

_BYTE = bytearray(b"\1")


def word_begin(bounds: bytearray, offset: int) -> int:
    """Where the word begins that stands before an offset or around it; -1 at 0. Words are short: ``rfind`` takes longer."""
    begin = offset - 1
    while not bounds[begin]:
        begin -= 1
    return begin


def behind_last(text: str, marks: str, at: int) -> int:
    """Where the stretch around an offset begins: behind the last of the marks before it, or 0."""
    while at > 0 and text[at - 1] not in marks:
        at -= 1
    return at


def places(text: str, words: str) -> list[int]:
    """Where a string stands in a text."""
    found: list[int] = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def cover(marks: bytearray, begin: int, end: int) -> None:
    """Cover the offsets of a span. What is put in is a bytearray itself: of anything else one is made first."""
    marks[begin:end] = _BYTE * (end - begin)


def covered(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """The offsets of a text with those covered that stand inside one of the spans."""
    marks = bytearray(len(text) + 1)
    for begin, end in spans:
        cover(marks, begin, end)
    return marks
