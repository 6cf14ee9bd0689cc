"""Words of appointments that the segmentation joined to others: 任命甲为 | 某局局长, 甲同志任 | 开封某学院院长, 某局 | 原 | 党组书记."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import rjieba

from kg.cues import Kind, Modifier
from kg.offsets import word_begin

# Tags of a time, behind which 任 is no surname where an area is named.
_TIMES = ("m", "t", "d", "f")
_NAME = "nr"


def part(
    words: dict[int, tuple[int, str]],
    bounds: bytearray,
    appointments: Iterable[tuple[int, int]],
    nominated: bool,
    addresses: Container[tuple[int, int]],
    areas: Sequence[tuple[int, int, tuple[str, ...]]],
) -> None:
    """Part the words behind the appointments of a text. ``nominated`` where it has a word that leads to them (任命).

    ``addresses`` are its forms of address (同志).
    """
    for begin, end in appointments:
        if not bounds[begin]:
            if nominated and end == begin + 1:
                _before(words, bounds, begin, end)
            continue
        stop, tag = words.get(begin, (end, ""))
        if stop > end and end == begin + 1 and tag.startswith(_NAME):
            before = word_begin(bounds, begin) if begin else begin
            word = words.get(before, (0, ""))[1]
            surely = word.startswith(_NAME) or (before, begin) in addresses
            if surely or (word.startswith(_TIMES) and any(area[0] == end for area in areas)):
                words[begin], words[end], bounds[end] = (end, "v"), (stop, "n"), 1
        if nominated:
            bounds[end] = 1


def _before(words: dict[int, tuple[int, str]], bounds: bytearray, begin: int, end: int) -> None:
    """Part a word of one character from the name before it that the segmentation joined it to: 沙海 | 林 | 为 | 商务委员会主任."""
    start = word_begin(bounds, begin)
    stop, tag = words.get(start, (0, ""))
    if stop == end and tag.startswith(_NAME):
        words[start], words[begin] = (begin, tag), (end, "p")
        bounds[begin] = bounds[end] = 1


def part_former(
    text: str,
    words: dict[int, tuple[int, str]],
    bounds: bytearray,
    modifiers: Mapping[int, Sequence[tuple[int, Modifier]]],
    kinds: Mapping[int, Sequence[tuple[int, Kind]]],
    titles: Container[int],
) -> None:
    """Part a word for what somebody was from the end of a body's name before it: 水利局 | 原 | 党组书记, where no word is 局原.

    ``kinds`` are bodies' words and ``titles`` titles by where they begin.
    """
    for end, hits in modifiers.items():
        party = any(kind.party_unit for _, kind in kinds.get(end, ()))
        for begin, modifier in hits if party or end in titles else ():
            if end - begin > 1 or modifier.status != "former" or bounds[begin] or not bounds[end]:
                continue
            start = word_begin(bounds, begin)
            stop, tag = words.get(start, (0, ""))
            if stop == end and not rjieba.has_word(text[start:end]):
                words[start], words[begin], bounds[begin] = (begin, tag), (end, "b"), 1
