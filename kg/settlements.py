"""Villages and towns named behind what contains them: 双河镇 | 溪尾村, wherever in the text they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import rjieba

from kg.mentions import Scan, han
from kg.model import Mention, Place
from kg.places import AreaSpan, Setting
from kg.sitenames import MARKS, End, anchored, generic, in_title, tells_act

_VILLAGE, _TOWN_NAME = 4, 8
_TOWN = 2
_OF = "uj"
_NAMES = ("ns", "nr", "nz")
_PLAIN = ("p", "c", "u", "v", "r", "q")
_SURE = 0.65


def read(
    scan: Scan, setting: Setting, ends: Mapping[int, End], taken: bytearray, acts: set[int], anchors: list[int], joins: Mapping[int, int]
) -> Iterable[Mention]:
    """Villages and communities with their town before them (谷曲镇呷租村), wherever named, save before a title or in a body's name.

    Where someone went there, they are places also inside the name of a site or body: 到清泉乡清溪村便民服务中心.

    An act that begins (in ``acts``) behind the town is no village: 清源镇观摩村.
    """
    for end, kind in ends.items():
        if not kind.settled or scan.in_document(kind.begin) or kind.begin in scan.kinds:
            continue
        town = next((setting.by_end[b] for b in range(kind.begin - 1, kind.begin - _VILLAGE - 1, -1) if b in setting.by_end), None)
        if town is None or not town.full or town.end in acts:
            continue
        # 五将镇 | 五将社区, 和日镇 | 和日村
        namesake = scan.text.startswith(town.name[:-1], town.end)
        if town.end in joins and not namesake and rjieba.has_word(scan.text[joins[town.end] : end]):
            # 产业集聚区 | 和 | 乡村
            continue
        inside = taken[kind.begin] or taken[town.end] or end in scan.kinds or end in scan.titles_by_begin
        if inside and not anchored(scan, setting.chain_begin(town.begin), anchors):
            continue
        if any(b in scan.words and scan.words[b][1].startswith(_OF) for b in range(town.end, kind.begin)):
            # 文安县 | 境内的王村
            continue
        word = scan.word_before(end)
        if word is not None and word[0] < kind.begin and not namesake and scan.generic.fullmatch(scan.text, word[0], end) is not None:
            # 云台区 | 共谋 | 乡村
            continue
        twice = scan.text.endswith(scan.text[kind.begin : end], town.end + 1, kind.begin)
        named = namesake or twice or not (generic(scan, town.end, kind.begin, end) or tells_act(scan, town.end, kind.begin))
        if named and MARKS.isdisjoint(scan.text[town.end : end]):
            yield _village(scan, setting, town, end)
    yield from _spots(scan, setting, taken)
    yield from _towns(scan, setting, taken)


def _spots(scan: Scan, setting: Setting, taken: bytearray) -> Iterable[Mention]:
    """The villages behind their town whose level word the segmentation joined to what follows: 北团镇 | 溪尾 | 村口."""
    for begin, _, _ in scan.cues.get("VillageSpotCue", ()):
        town = next((setting.by_end[b] for b in range(begin - 2, begin - _VILLAGE, -1) if b in setting.by_end), None)
        if town is None or not town.full or taken[town.end] or scan.text[begin - 1] in scan.levels:
            continue
        named = scan.words.get(town.end, (0, "x"))[1].startswith(_NAMES) or not rjieba.has_word(scan.text[town.end : begin])
        if named and not generic(scan, town.end, begin, begin + 1) and not tells_act(scan, town.end, begin):
            yield _village(scan, setting, town, begin + 1)


def _towns(scan: Scan, setting: Setting, taken: bytearray) -> Iterable[Mention]:
    """The towns behind their county in full that no list has: 云台县 | 青石沟镇."""
    longest: dict[int, int] = {}
    towns = {end for _, end, kind in scan.sites if kind.town}
    for begin, end, _ in scan.sites:
        longest[end] = min(begin, longest.get(end, begin))
    for begin, end, kind in scan.sites:
        if not kind.town or longest[end] < begin or scan.text[begin - 1] in scan.levels or in_title(scan, end):
            continue
        county = next((setting.by_end[b] for b in range(begin - 2, begin - _TOWN_NAME, -1) if b in setting.by_end), None)
        if county is None or not county.full or county.end in towns or taken[county.end] or end in setting.by_end:
            continue
        words = [scan.words[b] for b in range(county.end, begin) if b in scan.words]
        plain = any(tag.startswith(_PLAIN) for _, tag in words) or rjieba.has_word(scan.text[county.end : begin])
        if all(han(scan.text, i) for i in range(county.end, begin)) and not plain and not generic(scan, county.end, begin, end):
            yield _village(scan, setting, county, end)


def _village(scan: Scan, setting: Setting, town: AreaSpan, end: int) -> Mention:
    rest, printed = scan.text[town.end : end], scan.text[town.begin : end]
    return Mention(town.end, end, Place(rest, town.area or setting.locality, True, (printed,)), _SURE)


def parted(scan: Scan, setting: Setting, village: Mention, towns: Mapping[int, int], level: int) -> tuple[Mention | None, Mention]:
    """The town that no list has and the village behind it, where a village's name up to its level word has one: 平地泉镇 | 花村.

    ``towns`` are the level words of towns: where each ends and begins.
    """
    left, end, seat = village.begin, village.end, setting.locality
    stop = next((e for e in range(level - 1, left + _TOWN, -1) if towns.get(e, left) > left + 1), None)
    if stop is None or stop in setting.by_end:
        return None, village
    town = Mention(left, stop, Place(scan.text[left:stop], seat, True), _SURE)
    return town, Mention(stop, end, Place(scan.text[stop:end], seat, True, (scan.text[left:end],)), _SURE)
