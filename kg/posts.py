"""Title chains → who holds which post in which body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

from kg.bodies import Bodies
from kg.chains import Context, Piece, PieceReader
from kg.edges import han
from kg.lexicon import Kind, Lexicon, Title
from kg.mentions import Scan
from kg.model import Organization, Tenure
from kg.organizations import OrganizationSpan
from kg.persons import Finder, Name
from kg.places import AreaReader, Setting

_MARKS = "，。；：、,;:\u3000 \n"
_SEPARATORS = "、，,；; \u3000"
# How sure the body of a post is: printed with its place; through the chain; through the locality; remembered; guessed; none.
_PRINTED, _CHAINED, _LOCAL, _REMEMBERED, _GUESSED, _BODILESS = 0.96, 0.9, 0.88, 0.8, 0.6, 0.6
# A name before 任 or 为 that nothing else vouches for must be this likely.
_LIKELY = 5.6
_NAMES_BEFORE = 16
# 分公司, 集团: an end of a name that stands for a body named before has at most this many characters.
_END = 4


@dataclass(frozen=True, slots=True)
class Chain:
    """A title chain with the names that share it, the area that it ends in and its bodies, left to right."""

    begin: int
    end: int
    names: tuple[Name, ...]
    tenures: tuple[Tenure, ...]
    area: str | None
    organizations: tuple[Organization, ...]


class PostReader:
    """Reads the posts of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        self.pieces = PieceReader(lexicon)
        self.separators = _SEPARATORS + "".join(w for w in lexicon.of_kind("ListJoinerCue") if len(w) == 1)
        counted = "".join(lexicon.of_kind("CountedCue"))
        others = "|".join(w for w in lexicon.of_kind("GroupCue") if len(w) == 1)
        self.and_others = re.compile(rf"(?:{others})?(?:\d+[{counted}])?$")
        self.possessives = frozenset(lexicon.of_kind("PossessiveCue"))
        party = {cue for kind in lexicon.kinds.values() if kind.party_unit for cue in lexicon.kind_cues.get(kind.name, ())}
        self.committee_titles = {title.name for title in lexicon.titles.values() if party & set(title.suffixes)}
        self.high_levels = tuple(w for w in lexicon.levels if w not in lexicon.grassroots)

    def read(self, scan: Scan, setting: Setting, spans: Sequence[OrganizationSpan], finder: Finder) -> list[Chain]:
        """The chains of an article, left to right. Names are found on the way."""
        groups = {e: b for b, e, _ in sorted(scan.cues.get("GroupTitleCue", ()), reverse=True, key=lambda hit: hit[0])}
        context = Context(scan, setting, {s.begin: s for s in spans}, {s.end: s for s in spans}, groups)
        chains: list[Chain] = []
        last = 0
        for end in sorted({*scan.titles_by_end, *groups}):
            if end < last or scan.in_document(end):
                continue
            weak = end not in groups and scan.titles_by_end[end][1].weak and scan.titles_by_end[end][0] not in context.by_end
            names = finder.after(finder.skip_bracket(end, anything=True), not weak)
            if not names or not (end in groups or self._stands(context, end)):
                continue
            pieces = self.pieces.leftwards(context, end, chains[-1].end if chains else -1)
            if pieces and not (pieces[-1].group and pieces[-1].bare and pieces[-1].end - pieces[-1].begin <= len(pieces[-1].title)):
                chains.append(_Resolver(self, context, spans, chains).resolve(pieces, names))
                last = names[-1].end
        chains.extend(self._appointed(context, spans, chains, finder))
        return sorted(chains, key=lambda c: c.begin)

    @staticmethod
    def _stands(context: Context, end: int) -> bool:
        """Whether a title is one: a word of its own, or behind a body, area, modifier or title."""
        scan = context.scan
        begin = scan.titles_by_end[end][0]
        if begin in context.by_end:
            return True
        return end - begin > 1 and (bool(scan.bounds[begin]) or begin in context.setting.by_end or begin in scan.titles_by_end or bool(scan.modifiers.get(begin)))

    def _appointed(self, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain], finder: Finder) -> list[Chain]:
        """任命甲为某局局长, 甲任组长, 免去乙的某局局长职务: the post behind the name."""
        scan = context.scan
        known = {n.name for c in chains for n in c.names}
        nominated = {e for _, e, _ in scan.cues.get("NominationCue", ())}
        nominated |= {e + 1 for e in nominated if scan.text[e : e + 1] in ":："}
        out = []
        for _, end, _ in scan.cues.get("RemovalCue", ()):
            names = finder.after(end)
            if names:
                p = names[-1].end
                pieces = self.pieces.rightwards(context, p + (scan.text[p : p + 1] in self.possessives))
                if pieces:
                    out.append(_Resolver(self, context, spans, []).resolve(pieces, names, ended=True))
        for begin, end, _ in scan.cues.get("AppointmentCue", ()):
            if not (end in context.by_begin or end in context.setting.by_begin or end in scan.titles_by_begin or end in scan.modifiers_by_begin):
                continue
            names = self._names_before(scan, begin, nominated, known, finder)
            pieces = self.pieces.rightwards(context, end) if names else []
            if pieces:
                out.append(_Resolver(self, context, spans, []).resolve(pieces, names, started=True))
        return out

    def _names_before(self, scan: Scan, end: int, nominated: set[int], known: set[str], finder: Finder) -> list[Name]:
        """The longest list of names that ends at ``end`` (before 等11人), and starts a clause or stands behind 任命."""
        tail = self.and_others.search(scan.text, max(0, end - 8), end)
        end = tail.start() if tail is not None else end
        best: list[Name] = []
        for start in range(end - 2, max(-1, end - _NAMES_BEFORE), -1):
            if not (scan.bounds[start] or scan.text[start - 1] in _MARKS) or not finder.names.may_start(scan.text, start):
                continue
            listed = finder.after(start)
            if listed and listed[0].begin == start and listed[-1].end == end and (
                    start in nominated or all(n.score >= _LIKELY or n.name in known for n in listed)):
                best = listed
        return best


class _Resolver:
    """Gives each piece of one chain its body."""

    def __init__(self, reader: PostReader, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain]) -> None:
        self.reader, self.context, self.spans = reader, context, spans
        self.bodies, self.areas, self.scan, self.setting = reader.bodies, reader.areas, context.scan, context.setting
        self.chains = chains
        self.before: list[Chain] = []
        self.previous: Chain | None = None
        self.area: str | None = None
        self.found: list[Organization] = []

    def resolve(self, pieces: Sequence[Piece], names: Sequence[Name], started: bool = False, ended: bool = False) -> Chain:
        """The chain with a tenure for each name and piece."""
        begin = pieces[0].begin
        self.before = [c for c in self.chains if c.begin < begin]
        if self.before and self.scan.sentence(self.before[-1].begin) == self.scan.sentence(begin):
            self.previous = self.before[-1]
        end = max(pieces[-1].end, *(n.end for n in names))
        tenures: list[Tenure] = []
        for piece in pieces:
            organization, confidence = self._body(piece)
            if organization is None and not piece.group and not self._unread(piece):
                organization, confidence = self._remembered(piece)
            self._note(piece, organization)
            for name in names:
                # A name of likelihood 7 and more is as sure as it gets.
                surely = round(min(confidence, 0.5 + name.score / 14), 2)
                tenures.append(Tenure(name.name, organization, piece.title, piece.begin, end, piece.concept.name, surely, piece.former, started, ended))
        return Chain(min(begin, *(n.begin for n in names)), end, tuple(names), tuple(tenures), self.area, tuple(self.found))

    def _note(self, piece: Piece, organization: Organization | None) -> None:
        if organization is None:
            self.area = piece.area or self.area
            return
        seat = organization.area
        if seat is not None and not organization.collective and (self.area is None or piece.span is None or piece.span.given or seat != self.setting.locality):
            self.area = seat
        if not piece.group:
            self.found.append(organization)

    def _body(self, piece: Piece) -> tuple[Organization | None, float]:
        if piece.group:
            code = piece.area or self._level(piece.level, piece.begin, governed=False)
            return (self.bodies.leadership(code, piece.title), _PRINTED) if code else (None, _BODILESS)
        if piece.span is not None:
            return self._spanned(piece.span)
        title = piece.concept
        if title.implies:
            return self._implied(piece)
        if piece.bare and self._unread(piece):
            return None, _BODILESS
        matching = self._matching(title, self.found, strict=False)
        if matching is not None:
            return matching, _PRINTED if title.suffixes and matching.name.endswith(title.suffixes) else 0.85
        if piece.area is not None or piece.level is not None:
            code = piece.area or self._level(piece.level, piece.begin)
            if code is not None:
                return self.bodies.named(self.areas.label(code), code, None, True), _GUESSED
        if self.previous is not None:
            matching = self._matching(title, self.previous.organizations, strict=not self._adjacent(piece))
            if matching is not None:
                return matching, 0.85
        return None, _BODILESS

    def _implied(self, piece: Piece) -> tuple[Organization | None, float]:
        """市长 → the city's government, 组织部长 → the committee's department: of the area at hand."""
        title = piece.concept
        word = None
        if piece.area is None:
            word = next((lv for lv in self.reader.lexicon.levels if title.name.startswith(lv) or lv in title.name[:4]), None)
        if piece.area is None and word is None and piece.level is None:
            matching = self._matching(title, self.found, strict=True)
            if matching is not None:
                return matching, _PRINTED
        if piece.area is not None:
            code: str | None = piece.area
        elif self.previous is not None and self.area is None and word is None and self.previous.area is not None:
            code = self.previous.area
        elif piece.level or word:
            code = self._level(piece.level or word, piece.begin)
        else:
            code = self.area or self.setting.locality
        organization = self.bodies.of_kind(title.implies[0], code) if code is not None else None
        if organization is None:
            return None, _BODILESS
        return organization, _PRINTED if piece.area is not None or self.area is not None else _LOCAL

    def _spanned(self, span: OrganizationSpan) -> tuple[Organization | None, float]:
        """The body printed before a title, seated by the chain where it names no place itself."""
        organization = span.organization
        if span.given:
            return organization, _PRINTED
        lexicon = self.reader.lexicon
        kind = lexicon.kinds.get(organization.kind or "")
        printed = self.scan.text[span.begin : span.end]
        nested = kind is not None and "{parent}" in (kind.short or "") and kind.part_of is None and printed in lexicon.kind_cues.get(kind.name, ())
        part = nested or (span.unit and organization.area is None and organization.parent is None)
        low = not printed.startswith(self.reader.high_levels)
        if part and self.area is not None and kind is not None and (kind.short or "").startswith("{area}") and not kind.levels_grassroots(lexicon.grassroots):
            return self.bodies.make(kind, printed, self.area), _CHAINED
        if self.found and part:
            return self._part(self.found[-1], printed, kind), _CHAINED
        if not self.found and self.previous is not None and self.previous.organizations and self._between(self.previous.end, span.begin):
            same = next((o for o in reversed(self.previous.organizations) if o.kind is not None and o.kind == organization.kind), None)
            if same is not None and low:
                return same, _CHAINED
            if part:
                return self._part(self.previous.organizations[-1], printed, kind), 0.85
        if self.found and low:
            local = self.bodies.local(self.bodies.base(self.found[-1]), printed, kind)
            if local is not None:
                return local, _CHAINED
        if self.area is not None and organization.area is not None and organization.area != self.area:
            word = next((lv for lv in lexicon.levels if self.scan.text.startswith(lv, span.begin)), None)
            code = self._level(word, span.begin) if word else self.area
            if code is not None and code != organization.area:
                return self.bodies.reseat(organization, code), _CHAINED
        if organization.area is None:
            return self._antecedent(span, printed, kind)
        return organization, _LOCAL + (0.05 if organization.area == self.setting.locality else 0.0)

    def _part(self, whole: Organization, printed: str, kind: Kind | None) -> Organization:
        base = self.bodies.base(whole)
        while base.parent is not None and self._inner(base):
            base = base.parent
        local = self.bodies.local(base, printed, kind) if kind is None or not kind.inner else None
        return local or self.bodies.unit(base, printed, kind)

    def _inner(self, organization: Organization) -> bool:
        kind = self.reader.lexicon.kinds.get(organization.kind or "")
        return kind is not None and kind.inner

    def _antecedent(self, span: OrganizationSpan, printed: str, kind: Kind | None) -> tuple[Organization | None, float]:
        """A body named by its end alone (公司, 集团党委, 第二监察室): the last one named so, else a unit of the body that spoke last."""
        whole = span.organization.parent
        if span.unit and whole is not None and whole.parent is None and whole.area is None and len(whole.name) <= _END:
            named = self._named_so(span.begin, whole.name)
            return (self.bodies.unit(named, printed[len(whole.name) :], kind), 0.85) if named is not None else (None, _BODILESS)
        for earlier in reversed([s for s in self.spans if s.end <= span.begin]):
            name = earlier.organization.name
            if len(name) > len(printed) and name.endswith(printed):
                return earlier.organization, 0.85
        if not span.unit or span.organization.parent is not None:
            return span.organization, 0.85
        host = next((o for c in reversed(self.before) for o in c.organizations if o.area is not None), None)
        return (self._part(host, printed, kind), _GUESSED) if host is not None else (None, _BODILESS)

    def _named_so(self, offset: int, end: str) -> Organization | None:
        """The last body before an offset whose name ends so."""
        return next((s.organization for s in reversed(self.spans)
                     if s.end <= offset and len(s.organization.name) > len(end) and s.organization.name.endswith(end)), None)

    def _remembered(self, piece: Piece) -> tuple[Organization | None, float]:
        """The body of a bare title from what was read before: that of the seat it is deputy to, else the last body whose name fits."""
        title = piece.concept
        for chain in reversed(self.before):
            for tenure in chain.tenures:
                head = tenure.concept
                if tenure.organization is not None and head and title.name != head and title.name.endswith(head):
                    return tenure.organization, 0.85
        for chain in reversed(self.before):
            matching = self._matching(title, chain.organizations, strict=True)
            if matching is not None and "\n" not in self.scan.text[chain.end : piece.begin]:
                return matching, _REMEMBERED
        fitting = [s for s in self.spans if s.end <= piece.begin and title.suffixes and s.organization.name.endswith(title.suffixes)]
        start = self.scan.sentence(piece.begin)[0]
        near = [s for s in fitting if start - 60 <= s.begin] or ([] if self.before else [s for s in fitting if s.confidence >= 0.85])
        return (near[-1].organization, _REMEMBERED) if near else (None, _BODILESS)

    def _fits(self, title: Title, body: Organization) -> bool:
        """Whether a body's name ends as those with this title do. 委 of 发改委 is not that of 市委 and 党委."""
        for suffix in title.suffixes:
            if body.name.endswith(suffix):
                return len(suffix) > 1 or not self.bodies.is_committee(body) or title.name in self.reader.committee_titles
        return False

    def _unread(self, piece: Piece) -> bool:
        """Whether name words that no cue knows stand directly before a bare title: its body was not understood, and none is borrowed."""
        before = self.scan.word_at_end.get(piece.begin)
        if not piece.bare or before is None or not han(self.scan.text, piece.begin - 1) or piece.begin in self.scan.titles_by_end:
            return False
        word = self.scan.text[before[0] : piece.begin]
        if word in self.reader.pieces.joiners or any(e == piece.begin for e, _ in self.scan.cue_at.get(before[0], ())):
            return False
        return before[1].startswith(("n", "j", "b", "x")) or not rjieba.has_word(word)

    def _adjacent(self, piece: Piece) -> bool:
        return self.previous is not None and self._between(self.previous.end, piece.begin)

    def _between(self, begin: int, end: int) -> bool:
        """Whether nothing but separators stands between: the chains are of one list."""
        return not self.scan.text[begin:end].strip(self.reader.separators)

    def _level(self, word: str | None, offset: int, governed: bool = True) -> str | None:
        """The area of a bare level word: the chain's or what contains it, else the locality's. ``governed`` leaves out functional areas."""
        if word is None:
            return self.area or self.setting.locality
        if self.area is not None:
            for code in self.areas.chain(self.area):
                if self.areas.has_level(code, word) and not (governed and self.areas.area(code).level == "functional"):
                    return code
        return self.areas.level(word, self.setting.locality, self.scan, self.setting.spans, offset, governed)

    def _matching(self, title: Title, bodies: Sequence[Organization], strict: bool) -> Organization | None:
        """The body that a bare title belongs to: the nearest whose name ends as the title's bodies do; else the last, unless strict."""
        for body in reversed(bodies):
            base = self.bodies.base(body)
            step: Organization | None = base
            while step is not None:
                if self._fits(title, step):
                    return step
                step = step.parent
            if body is not base and self._fits(title, body):
                return body
        return None if strict or not bodies else self.bodies.base(bodies[-1])
