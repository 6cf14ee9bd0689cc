"""Stops of a visit that no known word ends: 老虎口 and 西津渡 beside sites, firms and villages in one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import rjieba

from kg.edges import acts
from kg.mentions import Scan, han
from kg.model import Mention, Place
from kg.places import Setting
from kg.sitenames import counted, generic, tells_act
from kg.values import dataclass

_BREAK = re.compile(r"[。；：！？;!?\n，,（）()《》“”]")
_COMMA = "、"
# How many characters a list has at most, a name without a known end at least and at most; a name of ordinary words has more.
_LIST, _SHORTEST, _LONGEST, _PLAIN = 240, 3, 12, 3
# Parts of speech: what names, what ends a list, what stands in no name.
_NAMING = ("nr", "ns", "nz", "x", "eng")
_ENDING = ("v", "u", "p")
_FUNCTION = ("p", "u", "r", "d", "y", "t", "q", "e", "o")
_SURE = 0.65
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Marks:
    """What parts and ends lists: conjunctions, what stands for further items, acts; and where sites end, with how long a word."""

    joins: Mapping[int, int]
    others: frozenset[int]
    acts: frozenset[int]
    ends: Mapping[int, int]
    taken: bytearray


def read(scan: Scan, setting: Setting, anchors: Iterable[int], known: Sequence[_Span], taken: bytearray) -> Iterator[Mention]:
    """The stops of lists behind the words of movement that end at ``anchors``.

    ``known`` are the spans of sites, firms and villages. A list has one of them, or a word behind it says that all are places (等地).
    Nothing in ``taken`` is a stop.
    """
    goals = list(anchors)
    if not goals:
        return
    cues = scan.cues
    sites = sorted([(e, e - b) for b, e, kind in scan.sites if kind.strong or e - b > 1])
    marks = _Marks(
        {b: e for b, e, _ in cues.get("ListJoinerCue", ()) if scan.bounds[b] and not taken[b]},
        frozenset([b for b, _, _ in cues.get("GroupCue", ())]),
        frozenset([b for b, _, kind in scan.events if kind.verb]),
        dict(sites),
        taken,
    )
    particles = {b: e for b, e, _ in cues.get("AspectCue", ())}
    closers = {b for b, _, _ in cues.get("ListedPlacesCue", ())}
    ends = {end for _, end in known}
    ends.update([span.end for span in setting.spans if span.full])
    for anchor in goals:
        items = _items(scan, particles.get(anchor, anchor), marks)
        beside = any(end in ends for _, end in items)
        if len(items) > 1 and (beside or items[-1][1] in closers):
            for item in items:
                mention = None if any(taken[item[0] : item[1]]) else _stop(scan, setting, item, marks, beside)
                if mention is not None:
                    yield mention


def _items(scan: Scan, begin: int, marks: _Marks) -> list[_Span]:
    """The items of the list that begins at an offset, up to the end of its clause or the next act; none where it is no list."""
    stop = _BREAK.search(scan.text, begin, begin + _LIST)
    last = stop.start() if stop is not None else min(len(scan.text), begin + _LIST)
    comma = scan.text.rfind(_COMMA, begin, last)
    out: list[_Span] = []
    if comma < 0 and not any(begin < at < last for at in marks.joins):
        # One item is no list: most clauses end here.
        return out
    i = start = begin
    while i < last:
        # 羊绒及绒毛小镇、…: only the last of a list stands behind a conjunction.
        join = i + 1 if scan.text[i] == _COMMA else marks.joins.get(i)
        if join is not None and i > start and i >= comma:
            out.append((start, i))
            start = join
        elif scan.text[i] == _COMMA and i > start:
            out.append((start, i))
            start = join = i + 1
        elif join is None and i > start and scan.bounds[i] and not marks.taken[i] and _ends(scan, i, marks):
            return [*out, (start, i)]
        i = join or i + 1
    return [*out, (start, last)] if start < last else out


def _ends(scan: Scan, offset: int, marks: _Marks) -> bool:
    return offset in marks.others or offset in marks.acts or scan.words.get(offset, (0, ""))[1] in _ENDING


def _stop(scan: Scan, setting: Setting, item: _Span, marks: _Marks, beside: bool) -> Mention | None:
    """The place of an item, where its words can be a name; ``beside`` others that surely are places it may be one of ordinary words."""
    begin, end = item
    core, seat = begin, setting.locality
    while (area := setting.by_begin.get(core)) is not None and area.end < end:
        core, seat = area.end, area.area or seat
    if not _SHORTEST <= end - core <= _LONGEST or not all(han(scan.text, i) for i in range(core, end)):
        return None
    words = [(b, *scan.words[b]) for b in range(core, end) if b in scan.words]
    if any(tag.startswith(_FUNCTION) and rjieba.has_word(scan.text[b:e]) for b, e, tag in words):
        return None
    if acts(scan, core, end) or tells_act(scan, core, end) or counted(scan, core, end) or generic(scan, core, end, end):
        return None
    if any(b in scan.kinds or (b in scan.titles_by_begin and scan.titles_by_begin[b][0] - b > 1) for b in range(core, end)):
        return None
    area = setting.by_end.get(end)
    size = marks.ends.get(end, 0)
    plain = beside and size > 1 and len(words) > 1 and (core > begin or end - core > _PLAIN)
    if (area is not None and area.full) or not _names(scan, core, words, size > 0, plain):
        return None
    printed, rest = scan.text[begin:end], scan.text[core:end]
    return Mention(begin, end, Place(printed, seat, True, (rest,) if rest != printed else ()), _SURE)


def _names(scan: Scan, core: int, words: Sequence[tuple[int, int, str]], ended: bool, plain: bool) -> bool:
    """Whether words name something: one is a proper noun or in no dictionary, or the segmentation runs across the begin.

    Behind it stands the end of a site (``ended``), or nothing that is an ordinary word: 喀群 | 渠首, 老虎口, but not 南堡湿地 | 候鸟.
    """
    if not words:
        return ended
    first, last = words[0], words[-1]
    if first[0] == core and first[2] == "v" and first[1] - core > 1 and rjieba.has_word(scan.text[core : first[1]]):
        return False
    named = [(b, e) for b, e, tag in words if e - b > 1 and (tag.startswith(_NAMING) or not rjieba.has_word(scan.text[b:e]))]
    ended = ended or last[:2] in named or last[1] - last[0] == 1
    return ended and (bool(named) or core not in scan.words or plain)
