"""Whether the full name of an area is one where it stands: no part of longer words, and not what its words say otherwise."""

from __future__ import annotations

from collections.abc import Container

import rjieba

from kg.locality import RANK
from kg.mentions import Scan, han
from kg.places import AreaReader, NameFacts, after_mark

# 文县: a county's name of one character.
SHORTEST = 2


def holds_seat(scan: Scan, areas: AreaReader, end: int, name: NameFacts) -> bool:
    """Whether a body or the head of one stands behind a full name: 城关区 | 副区长.

    高新技术产业园区 in a list of towns is one by its kind alone, and has none.
    """
    zone = name.suffixes.isdisjoint(areas.levels) and any(s[-1:] in areas.zone_ends for s in name.suffixes)
    kinds = scan.kinds
    bodies = ((q, e, k) for q in (end, end - 1) for e, k in kinds.get(q, ()))
    seated = (e - end > 1 or end in kinds or (q < end and e in scan.titles_by_begin) for q, e, k in bodies if q == end or k.levels)
    return not zone and (headed(scan, end, name) or any(seated))


def headed(scan: Scan, end: int, name: NameFacts) -> bool:
    """Whether the head of an area of such a level is named behind an offset: 永丰 | 副县长, 城关区 | 代 | 区长."""
    titles = scan.titles_by_begin
    hit = titles.get(end) or (titles.get(end + 1) if end in scan.modifiers_by_begin else None)
    return hit is not None and not name.suffixes.isdisjoint(hit[1].levels)


def stands(scan: Scan, areas: AreaReader, goals: Container[int], begin: int, end: int) -> bool:
    """Whether a county of one character (文县) is named, a part of whatever words: by itself where a clause begins or in a list."""
    alone = end - begin == SHORTEST and scan.words.get(begin, (0, "")) == (end, "ns") and begin not in scan.cue_at
    level = scan.text[end - 1] in scan.levels - areas.zone_ends  # Not 池 | 北区、
    listed = level and (scan.text.startswith("、", end) or scan.text[begin - 1 : begin] in areas.joiners)
    return alone and (listed or after_mark(scan.text, begin) or begin in goals)


def led(scan: Scan, areas: AreaReader, begin: int) -> bool:
    """Whether an offset stands inside what the segmentation knows as the name of a body, or behind a level word.

    中共 | 安徽省 | 委, 到县 | 整董镇.
    """
    start = scan.bounds.rfind(1, 0, begin)
    return scan.words.get(start, (0, ""))[1] == "nt" or (start == begin - 1 and scan.text[start] in areas.levels)


def whole(scan: Scan, areas: AreaReader, begin: int, end: int, full: tuple[str, ...], near: bool) -> bool:
    """Whether no word runs across the end of a full name (沿河乡|镇; 代县|长), and no preposition or verb ends inside it (会同|县).

    Behind a town the level word of what contains it is that of a body there: 钟管镇 | 县文化馆.
    """
    if end - begin == 2 and not near and begin and scan.text[begin] in areas.joiners and han(scan.text, begin - 1):
        # 省人大代表 | 和 | 县人大代表
        return False
    if end - begin == 2 and not near and any(stop == end - 1 for _, stop, _ in scan.cue_at.get(begin - 1, ())):
        # 拟任 | 县财政局局长
        return False
    title = scan.titles_by_begin.get(end - 1)
    if end - begin == 2 and title is not None and title[0] > end and end not in scan.titles_by_begin:
        return False
    word = scan.words.get(end - 1)
    provincial = end in scan.kinds and all(areas.ranks[code] == RANK["province"] for code in full)
    followed = provincial or (word is not None and any(e >= word[0] for e, _ in scan.kinds.get(end, ())))
    if word is not None and word[0] > end and end - 1 not in scan.kinds and not followed:
        # 沿河乡 | 镇, 红旗 | 区队; 浙江 | 省林业厅 is 浙江省 | 林业厅, 那曲 | 市妇联 那曲市 | 妇联.
        other = not near and rjieba.has_word(scan.text[end - 1 : word[0]])
        level = scan.text[end : word[0]]
        above = areas.chains[full[0]][1:] if len(full) == 1 and areas.ranks[full[0]] == RANK["town"] else ()
        if other or (level in areas.levels and level not in [areas.level_words[c] for c in above]):
            return False
    word = scan.words.get(begin)
    # 大同 | 镇 in its county; 都 | 镇
    leading = ("p", "c") if near and end - begin > SHORTEST else ("p", "c", "d") if near else ("p", "c", "d", "v")
    ends = word is not None and word[0] == end - 1 and word[1].startswith(leading)
    # 大均 | 乡: a guess of the segmentation.
    return not ends or (end - begin > SHORTEST and not rjieba.has_word(scan.text[begin : end - 1]))
