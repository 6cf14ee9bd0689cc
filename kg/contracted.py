"""Bodies whose names end inside the title of their head: 县教育 | 局 | 长, 交警 | 大队 | 长."""

from __future__ import annotations

from operator import itemgetter

from kg.cues import Title
from kg.mentions import Scan


def ends(scan: Scan) -> dict[int, int]:
    """Where such names end, and where the titles begin. 武装部长 is a title by itself, and nobody heads what 林业局长会议 names."""
    names = scan.name_ends
    whole = {end for end, (_, title) in scan.titles_by_end.items() if title.implies}
    # 大队长 before 队长: the later of the same end is put in first.
    stops = {
        end - 1: begin
        for begin, (end, title) in sorted(scan.titles_by_begin.items(), key=itemgetter(0), reverse=True)
        if title.single
        and end - begin > 1
        and not (end in whole or begin in names or begin in scan.modifiers)
        and _heads(scan.text[begin : end - 1], title)
    }
    if not stops:
        return {}
    held = {begin for begin, _, _ in scan.events}
    found = [(begin, end) for begin, end, _ in scan.suffixes if end in stops]
    found += [(begin, end) for begin, hits in scan.kinds.items() for end, _ in hits if end in stops]
    return {end: stops[end] for begin, end in found if begin < stops[end] and scan.may_part(end + 1) and end + 1 not in held}


def _heads(shared: str, title: Title) -> bool:
    """Whether the bodies that have a title end in what it shares with them."""
    for suffix in title.suffixes:
        if suffix.endswith(shared):
            return True
    return False
