"""Bodies of the Xinjiang corps: its numbered divisions, each with its city, and their regiments: 第一师阿拉尔市党委, 一四三团党委."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.cues import Kind
from kg.edges import may_end
from kg.extents import UNIT_WINDOW, WINDOW, Extents
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Mention, Place
from kg.places import AreaReader, Setting
from kg.searches import OrganizationSpan, Search
from kg.sessions import NUMERALS

_NUMERALS = NUMERALS + "〇零○"
_ORDINAL, _LISTED = "第", "、"
_NAMED, _REFERRED = 1.0, 0.9
_ANCHORS = ("MovementCue", "LocativeCue")


@dataclass(frozen=True, slots=True)
class _Seat:
    """A division or regiment where it is named: its name, that of the city which a division is one with, and the city's code."""

    begin: int
    end: int
    name: str
    city: str
    area: str | None
    division: bool
    confidence: float = _NAMED


class CorpsReader:
    """Reads such bodies; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, extents: Extents) -> None:
        self.areas, self.extents = areas, extents
        signs = lexicon.of_kind("CorpsCue")
        self._signs = re.compile("|".join(map(re.escape, signs)) or "(?!)")
        self.divisions, self.regiments = lexicon.of_kind("DivisionCue"), lexicon.of_kind("RegimentCue")
        heads = "|".join(map(re.escape, (*self.divisions, *self.regiments))) or "(?!)"
        # A number and what it numbers; or the word alone, for the one named last: 师市党委, 团党委.
        self._head = re.compile(f"({_ORDINAL}?[{_NUMERALS}]+)?({heads})")
        companies = "|".join(map(re.escape, lexicon.of_kind("CompanyCue"))) or "(?!)"
        self._company = re.compile(f"[{_NUMERALS}]+(?:{companies})")
        self.joint = tuple(sign for sign in signs if sign.startswith(self.divisions) and not sign.endswith(self.regiments))

    def read(self, search: Search) -> Iterator[OrganizationSpan]:
        """The bodies of divisions and regiments in an article of the corps, in order; nothing in any other."""
        if not self._ours(search.scan):
            return
        seats = list(self._seats(search))
        begins = {seat.begin for seat in seats}
        for seat in seats:
            span = self._body(search, seat) if seat.end not in begins else None
            if span is not None:
                yield span
                yield from self._next(search, seat, span)
        yield from self._companies(search, seats)

    def _companies(self, search: Search, seats: Sequence[_Seat]) -> Iterator[OrganizationSpan]:
        """The companies that somebody heads or that a unit is in: 五连 | 连长, 五十团八连 | 党支部."""
        scan = search.scan
        regiments = {seat.end: seat for seat in seats if not seat.division}
        for match in self._company.finditer(scan.text):
            begin, end = match.span()
            regiment = regiments.get(begin)
            if regiment is None and not scan.bounds[begin]:
                continue
            name, area = (regiment.name + match[0], regiment.area) if regiment is not None else (match[0], search.setting.locality)
            seat = _Seat(begin if regiment is None else regiment.begin, end, name, "", area, False, _REFERRED)
            if (span := self._body(search, seat)) is not None:
                yield span

    def places(self, scan: Scan, setting: Setting) -> list[Mention]:
        """The regiments and their companies to which people went, in an article of the corps: 到 | 一六一团, 在 | 十团三连."""
        goals = {e for kind in _ANCHORS for _, e, _ in scan.cues.get(kind, ())}
        if not goals or not self._ours(scan):
            return []
        out = []
        for seat in self._seats(Search.of(scan, setting)):
            if seat.division or seat.confidence < _NAMED or seat.begin not in goals or seat.end in scan.kinds:
                continue
            company = self._company.match(scan.text, seat.end)
            for end in (seat.end, company.end()) if company is not None else (seat.end,):
                out.append(Mention(seat.begin, end, Place(scan.text[seat.begin : end], seat.area, True), _REFERRED))
        return out

    def _ours(self, scan: Scan) -> bool:
        """Whether an article is of the corps: it says a word that only the corps has, or a numbered division and its city."""
        if self._signs.search(scan.text) is not None:
            return True
        divisions = (head for head in self._head.finditer(scan.text) if head[1] and head[2] in self.divisions)
        return any(self._city(scan, head.end())[1] is not None for head in divisions)

    def _seats(self, search: Search) -> Iterator[_Seat]:
        """Where divisions and regiments are named, by number or by their word alone."""
        scan, text = search.scan, search.scan.text
        heads = list(self._head.finditer(text))
        named = [seat for head in heads if head[1] for seat in self._numbered(search, head)]
        by_begin = {seat.begin: seat for seat in named}
        joint = next((seat for seat in named if seat.division and seat.city), None)
        last = next((seat for seat in named if not seat.division), None)
        for head in heads:
            seat = by_begin.get(head.start())
            if seat is not None:
                joint, last = (seat if seat.city else joint, last) if seat.division else (joint, seat)
                yield seat
            elif head[1] is None and (scan.bounds[head.start()] or head.start() in search.selves):
                sign = next((s for s in self.joint if text.startswith(s, head.start())), None)
                if sign is not None and joint is not None:
                    yield _Seat(head.start(), head.start() + len(sign), joint.name, joint.city, joint.area, True, _REFERRED)
                elif sign is None and head[2] in self.regiments and last is not None:
                    yield _Seat(head.start(), head.end(), last.name, "", last.area, False, _REFERRED)

    def _numbered(self, search: Search, head: re.Match[str]) -> Iterator[_Seat]:
        """A numbered division with the city behind it, or a numbered regiment."""
        begin, end = head.span()
        number, division = head[1], head[2] in self.divisions
        if division:
            stop, code = self._city(search.scan, end)
            name = (number if number.startswith(_ORDINAL) else _ORDINAL + number) + head[2]
            yield _Seat(begin, stop, name, search.scan.text[end:stop], code, True)
        elif not number.startswith(_ORDINAL) and (len(number) > 1 or search.scan.bounds[begin]):
            yield _Seat(begin, end, number + head[2], "", search.setting.locality, False)

    def _city(self, scan: Scan, p: int) -> tuple[int, str | None]:
        """The end and code of the city in full behind a division, whatever the segmentation makes of it; else nothing."""
        text, names = scan.text, self.areas.names
        return next(((end, names[text[b:end]].full[0]) for b, end, _ in scan.areas if b == p and names[text[b:end]].full), (p, None))

    def _body(self, search: Search, seat: _Seat) -> OrganizationSpan | None:
        """The body whose name goes on behind a division or regiment."""
        scan, p = search.scan, seat.end
        closed = next(((end, kind) for end, kind in scan.kinds.get(p, ()) if may_end(scan, end)), None)
        found = closed or self.extents.open_end(search, p, WINDOW, 1)
        if found is not None:
            return self._unit(search, seat, (seat.begin, p, found[0]), found[1])
        if seat.city:
            # 师市 | 领导
            joint = replace(self.extents.bodies.named(seat.name + seat.city, seat.area, None, True), collective=True)
            return OrganizationSpan(seat.begin, p, joint, True, seat.confidence) if scan.has_cue(p, "GroupTitleCue") else None
        if p not in scan.titles_by_begin:
            return None
        # 第九师 | 副师长, 一六一团 | 团长
        return OrganizationSpan(seat.begin, p, self.extents.bodies.named(seat.name, seat.area, None, True), True, seat.confidence)

    def _next(self, search: Search, seat: _Seat, span: OrganizationSpan) -> Iterator[OrganizationSpan]:
        """Those of the same division or regiment listed next: 师市党委常委、组织部部长; 师市教育局、民政局; 团甲中心、乙办公室."""
        scan = search.scan
        while True:
            title = scan.titles_by_begin.get(span.end)
            p = (title[0] if title is not None else span.end) + 1
            if scan.text[p - 1 : p] != _LISTED or p in search.setting.by_begin:
                return
            closed = next(((end, kind) for end, kind in scan.kinds.get(p, ()) if may_end(scan, end) and not kind.levels), None)
            if closed is not None and closed[1].part_of:
                # A committee's department, also behind the title of one of its members.
                if self.extents.bodies.is_party_unit(span.organization):
                    unit = self.extents.bodies.unit(span.organization, scan.text[p : closed[0]], closed[1])
                    yield self.extents.extend(search, p, closed[0], unit, True, _REFERRED)
                return
            found = closed or self.extents.open_end(search, p, UNIT_WINDOW, 0)
            if title is not None or found is None or not (found[1].inner or closed):
                return
            span = self._unit(search, seat, (p, p, found[0]), found[1])
            yield span

    def _unit(self, search: Search, seat: _Seat, at: tuple[int, int, int], kind: Kind) -> OrganizationSpan:
        """The body that stands from the first to the third offset, its own words from the second."""
        bodies = self.extents.bodies
        whole = bodies.named(seat.name, seat.area, None, True)
        if seat.city:
            whole = bodies.unit(whole, seat.city, None)
        org = bodies.unit(whole, search.scan.text[at[1] : at[2]], kind)
        return self.extents.extend(search, at[0], at[2], org, True, seat.confidence)
