"""Branches named after an area that begins as a title ends: 市公安局 | 长丰 | 分局, no 公安局长."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.mentions import Scan


def part(found: Scan, areas: Iterable[tuple[int, int, tuple[str, ...]]]) -> None:
    """Part the words at an area's name that a body's end stands before and a branch's behind, and drop the titles that run into it."""
    stops = {begin for begin, end, kind in found.suffixes if kind.inner and end - begin > 1} if found.titles_by_end else ()
    for begin, end, _ in areas if stops else ():
        title = found.titles_by_end.get(begin + 1)
        if end not in stops or end - begin < 2 or title is None or title[0] >= begin or begin not in found.name_ends:
            continue
        for offset in (begin, end):
            _cut(found, offset)
        for k in range(begin + 1, end):
            found.bounds[k] = 0
            found.words.pop(k, None)
        found.words[begin] = (end, "ns")
        for at in [b for b, (stop, _) in found.titles_by_begin.items() if stop == begin + 1]:
            del found.titles_by_begin[at]
        del found.titles_by_end[begin + 1]


def _cut(found: Scan, offset: int) -> None:
    """Make words part at an offset."""
    if found.bounds[offset]:
        return
    start = found.bounds.rfind(1, 0, offset)
    stop, tag = found.words[start]
    found.words[start], found.words[offset] = (offset, tag), (stop, tag)
    found.bounds[offset] = 1
