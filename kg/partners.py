"""Words for acting with others that are a county's name too: 会同 | 县公安局, 会同县 | 公安局."""

from __future__ import annotations

from collections.abc import Iterable, Set

from kg.mentions import Scan
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
