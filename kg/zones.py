"""Functional areas: which zone of which city a word like 经开区 means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.locality import RANK
from kg.mentions import BRACKETS, Scan, han
from kg.places import AreaReader, AreaSpan, after_mark

_CLOSING = frozenset(BRACKETS.values())
# Tags of words that make a zone's name with its last words: proper nouns, and nouns for what is in it.
_OWN = ("n", "vn", "x", "j", "b", "eng")


def with_zones(
    scan: Scan, areas: AreaReader, functional: Sequence[tuple[int, int]], spans: list[AreaSpan], context: Mapping[str, float]
) -> list[AreaSpan]:
    """The spans with those of 经开区 and its kind: in the city named before it, else in the city of which the article speaks most.

    ``functional`` are their words: the begin, and the end below zero. ``context`` is how much the page speaks of each area.
    """
    text = scan.text
    cities: dict[str, float] = defaultdict(float)
    for span in spans:
        if span.area is not None and areas.ranks[span.area] >= 3:
            city = areas.prefecture(span.area)
            if city:
                cities[city] += 2
    for code, weight in context.items():
        if code in areas.gazetteer.areas and areas.areas[code].level == "prefecture":
            cities[code] += weight
    top = max(sorted(cities), key=cities.__getitem__, default=None)
    county = _county(areas, spans)
    added: list[AreaSpan] = []
    taken = {k for s in spans for k in range(s.begin, s.end)}
    before = {s.end: s for s in spans}
    for begin, minus_end in functional:
        end = -minus_end
        printed = text[begin:end]
        short = areas.short_functional[printed]
        if not taken.isdisjoint(range(begin, end)):
            continue
        prefix = before.get(begin) or _in_brackets(text, begin, before)
        if prefix is None and _own_name(scan, begin):
            taken.update(range(begin, end))
            continue
        if prefix is None and not (scan.bounds[begin] or after_mark(text, begin)):
            continue
        local = _levelled(areas, spans, text[begin - 1 : begin]) if prefix is None and begin else None
        if local is not None:
            code = _code(areas, local, short)
            if code in areas.gazetteer.areas or end in scan.kinds:
                taken.update(range(begin, end))
                added.append(AreaSpan(begin, end, code, printed, True))
            continue
        meant = (_longer(printed, added[::-1]) or _longer(printed, spans)) if prefix is None else None
        seat = prefix.area if prefix is not None and prefix.area else top
        if seat is None and meant is None:
            continue
        own = _code(areas, county, short) if county is not None and prefix is None and meant is None else None
        if own is not None and (own in areas.gazetteer.areas or areas.level_word(str(county)) not in areas.zone_ends):
            meant = own
        code = meant or _code(areas, str(seat), short)
        if prefix is None and code not in areas.gazetteer.areas and end not in scan.kinds:
            continue
        start = prefix.begin - (prefix.end < begin) if prefix is not None else begin
        if prefix is not None:
            spans = [s for s in spans if s is not prefix]
        taken.update(range(begin, end))
        added.append(AreaSpan(start, end, code, text[start:end], True))
    return sorted([*spans, *added], key=lambda s: s.begin)


def _longer(printed: str, spans: Sequence[AreaSpan]) -> str | None:
    """The first area whose name ends with a word and has more before it."""
    for span in spans:
        if span.area and span.name != printed and span.name.endswith(printed):
            return span.area
    return None


def _county(areas: AreaReader, spans: Sequence[AreaSpan]) -> str | None:
    """The county that an article speaks of most, where it names no city by itself: a zone there is the county's own."""
    counties: dict[str, int] = defaultdict(int)
    for span in spans:
        if span.area is not None and areas.ranks[span.area] == RANK["prefecture"]:
            return None
        if span.area is not None and areas.ranks[span.area] == RANK["county"]:
            counties[span.area] += 1
    return max(sorted(counties), key=counties.__getitem__, default=None)


def _levelled(areas: AreaReader, spans: Sequence[AreaSpan], level: str) -> str | None:
    """The county that a level word before a zone means, though the article names its city, too: 县 | 经开区."""
    known = [s for s in spans if s.area is not None and areas.level_word(s.area) == level]
    if any(areas.ranks[str(s.area)] != RANK["county"] for s in known):
        return None
    return _county(areas, known)


def _own_name(scan: Scan, begin: int) -> bool:
    """Whether a noun before a zone's last words makes them its own name's: 嘉明 | 经济开发区, 高新技术 | 产业园区."""
    before = scan.word_before(begin) if han(scan.text, begin - 1) else None
    return before is not None and before[1].startswith(_OWN) and begin - before[0] > 1


def _in_brackets(text: str, begin: int, ends: Mapping[int, AreaSpan]) -> AreaSpan | None:
    """The area in the brackets before a zone's name: （上海）自由贸易试验区."""
    area = ends.get(begin - 1) if text[begin - 1 : begin] in _CLOSING else None
    return area if area is not None and text[area.begin - 1 : area.begin] in BRACKETS else None


def _code(areas: AreaReader, seat: str, short: str) -> str:
    for i in areas.gazetteer.names.get(areas.areas[seat].short + short, ()):
        return i
    return f"{seat}/{short}"
