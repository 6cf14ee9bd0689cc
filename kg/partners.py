"""Areas' names that are none by the words beside them: 会同 | 县公安局 acts with a bureau, 渭南和石佛等乡镇 are towns."""

from __future__ import annotations

from collections.abc import Iterable, Set

from kg.mentions import Scan, han
from kg.places import AreaReader, NameFacts, after_mark

_Hit = tuple[int, int, NameFacts]


def acts_with(scan: Scan, named: Iterable[_Hit], areas: AreaReader, hit: _Hit, near: Set[str]) -> bool:
    """Whether somebody acts with others, in no county of that name: other areas are named, and none is near that one.

    ``named`` are the names of areas in the text, ``near`` the areas that the page speaks of.
    """
    begin, end, name = hit
    cue = scan.cue(begin, "ComitativeCue")
    if cue is None or not near.isdisjoint(name.chains) or after_mark(scan.text, begin):
        return False
    if cue[0] != end and scan.text[cue[0] : end] not in scan.levels:
        return False
    others = [areas.firm_chains[i] for _, _, other in named for i in other.full if i not in name.ids]
    apart = bool(others) and all(name.chains.isdisjoint(chain) for chain in others)
    at = cue[0]
    if apart and at < end and scan.words.get(begin, (0, ""))[0] == end:
        # The segmentation took it for the county too.
        scan.words[begin], scan.words[at], scan.bounds[at] = (at, "p"), (end, "n"), 1
    return apart


def listed_as_towns(scan: Scan, areas: AreaReader) -> list[tuple[int, int]]:
    """The spans of lists whose last words say that all in them are towns or villages: 花牛、渭南和石佛 | 等乡镇."""
    out = []
    for begin, end, _ in scan.cues.get("GroupCue", ()):
        if end - begin > 1 or not scan.text.startswith(areas.grassroots, end):
            continue
        first = begin
        while first > 0 and (han(scan.text, first - 1) or scan.text[first - 1] == "、"):
            first -= 1
        if "、" in scan.text[first:begin]:
            # The first item may have what contains them before it.
            out.append((scan.text.index("、", first), begin))
    return out
