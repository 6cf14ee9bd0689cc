"""Sites where a clause says that something goes on in them: 竹溪产业园里，…; 在锦里，甲检查 …"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import rjieba

from kg.edges import acts
from kg.mentions import Scan, han
from kg.model import Mention, Place
from kg.places import Setting
from kg.sitenames import End, generic, left_of, tells_act

_CLAUSES, _SENTENCES = frozenset("。！？；，”\n \u3000"), frozenset("。！？”\n \u3000")
_NOUNS = ("n", "j", "x", "l")
# 锦里, 明显陵, 岔路寨: names that no known word ends have so many characters, and are so tagged where a dictionary has them.
_SHORTEST, _LONGEST = 2, 6
_NAMING = ("nr", "ns", "nz")
_PLAIN = ("n", "x", "zg", "ng", "g", "l", "j")
_SURE = 0.65


def begins(scan: Scan, ends: Mapping[int, End], stops: set[int], towns: Mapping[int, int]) -> Iterator[int]:
    """Where clauses begin that name a site by its end and what goes on in it: 竹溪产业园 | 里，一条生产线正在调试."""
    for begin, end, _ in scan.cues.get("LocalizerCue", ()):
        kind = ends.get(begin)
        if kind is None or not kind.strong or not scan.bounds[end]:
            continue
        left = left_of(scan, kind.begin, stops, towns)
        if left is None or left == kind.begin or scan.text[left] in scan.levels or (left > 0 and scan.text[left - 1] not in _CLAUSES):
            continue
        # 让坐在 | 文化礼堂里的村民
        if scan.words.get(left, (0, ""))[1].startswith(_NOUNS) and not acts(scan, left, end):
            yield left


def stops(scan: Scan, setting: Setting, people: Iterable[tuple[int, int]], taken: bytearray) -> Iterator[Mention]:
    """Places of whatever name in which somebody does something, at a sentence's beginning: 在 | 明显陵，甲说 …"""
    text = scan.text
    persons = {begin for begin, _ in people} | {begin for begin, _, _ in scan.cues.get("TeamCue", ())}
    for at, begin, _ in scan.cues.get("LocativeCue", ()):
        if at > 0 and text[at - 1] not in _SENTENCES:
            continue
        end = text.find("，", begin, begin + _LONGEST + 1)
        if end - begin < _SHORTEST or end + 1 not in persons or not all(han(text, k) for k in range(begin, end)):
            continue
        if taken.find(1, begin, end) < 0 and _names(scan, begin, end):
            yield Mention(begin, end, Place(text[begin:end], setting.locality, True), _SURE)


def _names(scan: Scan, begin: int, end: int) -> bool:
    """Whether words are a place's name: nouns alone, one of them proper or in no dictionary; neither an area nor a body."""
    words = [(b, *scan.words[b]) for b in range(begin, end) if b in scan.words]
    if not words or not scan.bounds[begin] or not scan.bounds[end] or acts(scan, begin, end) or tells_act(scan, begin, end):
        return False
    if any(begin <= b < end for b in scan.kinds) or any(begin <= b and e <= end for b, e, _ in scan.events):
        return False
    known = [rjieba.has_word(scan.text[b:e]) for b, e, _ in words]
    proper = [tag.startswith(_NAMING) or not in_use for (_, _, tag), in_use in zip(words, known, strict=True)]
    if end - begin == _SHORTEST:
        return len(words) == 1 and words[0][2].startswith(_NAMING if known[0] else "ns")
    if any(e == end for _, e, _ in scan.sites) and len(words) > 1 and not any(e == end for _, e, _ in scan.suffixes):
        # 岔路 | 寨, 明显 | 陵: a known word and the end of places' names.
        return not rjieba.has_word(scan.text[begin:end]) and not generic(scan, begin, end, end)
    return any(proper) and all(named or tag in _PLAIN for named, (_, _, tag) in zip(proper, words, strict=True))
