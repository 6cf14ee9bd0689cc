"""What a conjunction before the last words of a name joins to them: a body's other matters, a faculty's other subjects."""

from __future__ import annotations

import rjieba

from kg.boundaries import EDGE_CUES, OUTSIDE, cued, levelled
from kg.mentions import Scan, han
from kg.places import Setting

# Parts of speech of the words of names.
NOMINAL = ("n", "j", "b", "x", "eng", "vn", "an", "l", "i", "s", "g", "zg", "f")
# What may stand between a person's name and the body that he leads, joins or is named with.
BEHIND_NAMES = EDGE_CUES | {"ListJoinerCue", "ComitativeCue"}
# 在, with which a verb begins that says where somebody is: 在校.
STANDING = frozenset({"LocativeCue"})
_JOINERS = frozenset({"ListJoinerCue"})
# Subjects in the name of a faculty (生物医药与食品工程) are such words, fewer characters than this.
_MATTERS, _SUBJECTS = ("n", "vn", "j", "b", "an", "l"), 9


def joins(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word is a conjunction."""
    return cued(scan, begin, _JOINERS, end, end)


def seated(scan: Scan, end: int, setting: Setting, levels: frozenset[str]) -> bool:
    """Whether the name words before a joining word go back to an area or level word: 县 | 农牧农村 | 和 | 科技局, not 镇 | 和 | 公司."""
    if end in setting.by_end or end in scan.name_ends or end in scan.role_nouns or levelled(scan, end, levels):
        return False
    i = end
    while end - i < 8:
        previous = scan.word_before(i)
        if previous is None or not previous[1].startswith((*NOMINAL, "v", "a")) or scan.text[i - 1] in OUTSIDE:
            return False
        if scan.text[previous[0] : i] in levels or previous[0] in setting.by_end:
            return True
        i = previous[0]
    return False


def coordinate(scan: Scan, end: int, taken: bytearray | None) -> int:
    """Where the subjects begin that a conjunction at ``end`` joins to those in a name's end: 环境科学 | 与 | 工程学院; ``end`` for none.

    They are ordinary words for matters, right behind a mark or a body's name; neither people nor bodies.
    """
    i = end
    while end - i < _SUBJECTS:
        if i < end and (not han(scan.text, i - 1) or (taken is not None and taken[i - 1]) or cued(scan, i - 1, STANDING, i, i)):
            return i
        previous = scan.word_before(i)
        if previous is None or i in scan.name_ends or i in scan.titles_by_end:
            return end
        # 智能 | 制造 | 与 | 汽车 | 学院
        made = previous[1] == "v" and i - previous[0] > 1 and previous[0] not in scan.cue_at and previous[0] not in scan.event_verbs
        if previous[1] not in _MATTERS and not made:
            return end
        if previous[0] in scan.kinds or previous[0] in scan.titles_by_begin or previous[0] in [b for b, _, _ in scan.areas]:
            return end
        # 、茶学 | 与 | 茶文化学院: what no dictionary has is a matter where the list's item is nothing else.
        known = rjieba.has_word(scan.text[previous[0] : i]) or (i == end and not han(scan.text, previous[0] - 1))
        if cued(scan, previous[0], BEHIND_NAMES | {"RoleNounCue"}, i) or not known:
            return end
        i = previous[0]
    return end
