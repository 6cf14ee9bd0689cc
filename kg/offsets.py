"""Offsets of a text: where words begin, where a string stands; what stands inside spans, by one byte for each offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_BYTE = bytearray(b"\1")


class Affixes:
    """A few words, looked for at an offset of a text by the one character that they begin or end with."""

    def __init__(self, words: Sequence[str]) -> None:
        self._starting: dict[str, list[str]] = {}
        self._ending: dict[str, list[str]] = {}
        for word in words:
            self._starting.setdefault(word[0], []).append(word)
            self._ending.setdefault(word[-1], []).append(word)
        self.firsts, self.lasts = frozenset(self._starting), frozenset(self._ending)

    def at(self, text: str, begin: int) -> list[str]:
        """Those that begin at an offset, in their order."""
        words = self._starting.get(text[begin : begin + 1])
        return [word for word in words if text.startswith(word, begin)] if words is not None else []

    def before(self, text: str, end: int) -> list[str]:
        """Those that end at an offset, in their order."""
        words = self._ending.get(text[end - 1 : end])
        return [word for word in words if end >= len(word) and text.startswith(word, end - len(word))] if words is not None else []


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


def less_one(name: str, end: str) -> bool:
    """Whether a name without one of its last characters ends so: 税务总局, 税务局."""
    tail = name[-len(end) - 1 :]
    return not name.endswith(end) and any(tail[:k] + tail[k + 1 :] == end for k in range(1, len(tail) - 1))
