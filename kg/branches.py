"""Branches named after an area that begins as a title ends: 市公安局 | 长丰 | 分局, no 公安局长."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, MutableMapping

import rjieba

from kg.cues import Kind, Title
from kg.offsets import word_begin


def named(
    areas: Iterable[tuple[int, int, tuple[str, ...]]],
    suffixes: Iterable[tuple[int, int, Kind]],
    ends: Container[int],
    titles: Mapping[int, tuple[int, Title]],
) -> list[tuple[int, int]]:
    """The areas' names into which a title runs, with the end of a body's name before them and that of a branch's behind."""
    stops = {begin for begin, end, kind in suffixes if kind.inner and end - begin > 1} if titles else set[int]()
    found = []
    for begin, end, _ in areas if stops else ():
        title = titles.get(begin + 1)
        if end in stops and end - begin > 1 and title is not None and title[0] < begin and begin in ends:
            found.append((begin, end))
    return found


def in_word(text: str, bounds: bytearray, begin: int, end: int) -> bool:
    """Whether the end of a site's name is that of an ordinary word: 农村."""
    return bool(bounds[end]) and bool(rjieba.has_word(text[word_begin(bounds, begin) : end]))


def part(words: MutableMapping[int, tuple[int, str]], bounds: bytearray, begin: int, end: int) -> None:
    """Make a span one word, a place's name."""
    for offset in (begin, end):
        if not bounds[offset]:
            start = word_begin(bounds, offset)
            stop, tag = words[start]
            words[start], words[offset], bounds[offset] = (offset, tag), (stop, tag), 1
    for k in range(begin + 1, end):
        bounds[k] = 0
        words.pop(k, None)
    words[begin] = (end, "ns")
