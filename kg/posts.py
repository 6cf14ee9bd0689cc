"""Title chains → who holds which post in which body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.lexicon import Kind, Lexicon, Title
from kg.mentions import Scan
from kg.model import Organization, Tenure
from kg.organizations import GRASSROOTS, LEVELS, OrganizationReader, OrganizationSpan
from kg.persons import Finder, Name
from kg.places import AreaReader, Setting

_JOINERS = "、兼和暨及"
_SPACE = " \u3000"
_AND_OTHERS = re.compile(r"等?(?:\d+[人名位])?$")
_MARKS = "，。；：、,;: \u3000\n"
_MAX_PIECES = 9
_SURE, _ELLIPTIC, _BODILESS = 0.96, 0.88, 0.6


@dataclass(frozen=True, slots=True)
class Piece:
    """One post of a chain as printed: where it begins and ends, its body or area if it names one, its title."""

    begin: int
    end: int
    title: str
    concept: Title | None
    span: OrganizationSpan | None
    area: str | None
    level: str | None
    former: bool = False
    group: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """A title chain with the names that share it."""

    begin: int
    end: int
    names: tuple[Name, ...]
    tenures: tuple[Tenure, ...]
    areas: tuple[str, ...]
    organizations: tuple[Organization, ...]
    group: bool = False
    seat: bool = True


class PostReader:
    """Reads the posts of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: OrganizationReader) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies

    def read(self, scan: Scan, setting: Setting, spans: Iterable[OrganizationSpan], finder: Finder) -> list[Chain]:
        """The chains of an article, left to right. Names are found on the way."""
        by_end = {s.end: s for s in spans}
        by_begin = {s.begin: s for s in spans}
        self._spans, self._chains = sorted(spans, key=lambda s: s.begin), list[Chain]()
        groups = {e: (b, w) for b, e, w in scan.cues.get("GroupTitleCue", ())}
        chains = self._chains
        last = 0
        for end in sorted({*scan.titles_by_end, *groups}):
            weak = (end in scan.titles_by_end and end not in groups and scan.titles_by_end[end][1].weak
                    and scan.titles_by_end[end][0] not in by_end)
            if end < last or scan.in_document(end):
                continue
            start = end
            note = finder.skip_bracket(end, anything=True)
            names = finder.after(note if note > end else start, not weak)
            if not names:
                continue
            if end in groups or self._is_title(scan, end, names[0], by_end, setting):
                chain = self._left(scan, setting, end, names, by_end, groups, chains)
                if chain is not None:
                    chains.append(chain)
                    last = names[-1].end
        chains.extend(self._appointed(scan, setting, chains, by_begin, by_end, finder))
        return sorted(chains, key=lambda c: c.begin)

    @staticmethod
    def _is_title(scan: Scan, end: int, name: Name, by_end: dict[int, OrganizationSpan], setting: Setting) -> bool:
        begin, title = scan.titles_by_end[end]
        rooted = begin in by_end or begin in setting.by_end or bool(scan.modifiers.get(begin))
        if end - begin > 1:
            return rooted or bool(scan.bounds[begin]) or begin in scan.titles_by_end
        return begin in by_end

    # -- leftwards ---------------------------------------------------------------------------

    def _left(self, scan: Scan, setting: Setting, end: int, names: list[Name], by_end: dict[int, OrganizationSpan],
              groups: dict[int, tuple[int, object]], chains: list[Chain]) -> Chain | None:
        pieces: list[Piece] = []
        at = end
        while len(pieces) < _MAX_PIECES:
            piece = self._piece(scan, setting, at, by_end, groups)
            if piece is None:
                break
            pieces.append(piece)
            q = piece.begin
            bare = piece.span is None and piece.area is None and piece.level is None
            if bare and q in scan.titles_by_end and not piece.group:
                at = q
                continue
            while q > 0 and scan.text[q - 1] in _SPACE:
                q -= 1
            if q > 0 and scan.text[q - 1] in _JOINERS:
                at = q - 1
            elif q > 0 and scan.text[q - 1] in "，,；" and not bare and self._joined_by_comma(scan, q - 1, by_end):
                at = q - 1
            elif q > 0 and q in scan.titles_by_end and piece.span is not None and not piece.group:
                at = q
            else:
                break
            if at not in scan.titles_by_end and scan.text[at - 1 : at] in "）)":
                opening = max(scan.text.rfind("（", max(0, at - 14), at), scan.text.rfind("(", max(0, at - 14), at))
                if opening >= 0 and finder_note(scan, opening, at):
                    at = opening
            if any(c.begin < at <= c.end and c.names[-1].end >= at for c in chains[-1:]):
                break
        if not pieces:
            return None
        pieces.reverse()
        return self._resolve(scan, setting, pieces, names, chains, by_end.values())

    @staticmethod
    def _joined_by_comma(scan: Scan, comma: int, by_end: dict[int, OrganizationSpan]) -> bool:
        hit = scan.titles_by_end.get(comma)
        return hit is not None and hit[0] in by_end

    def _piece(self, scan: Scan, setting: Setting, at: int, by_end: dict[int, OrganizationSpan], groups: dict[int, tuple[int, object]]) -> Piece | None:
        text = scan.text
        group = groups.get(at)
        if group is not None:
            begin, word = group
            title = "领导"
            span = setting.by_end.get(begin) or setting.by_end.get(begin + 1)
            if span is not None:
                return Piece(span.begin, at, text[at - 2 : at], self.lexicon.titles.get(title), None, span.area, None, group=True)
            level = next((lv for lv in LEVELS if text.startswith(lv, begin)), None)
            return Piece(begin, at, text[at - 2 : at], self.lexicon.titles.get(title), None, None, level, group=True)
        hit = scan.titles_by_end.get(at)
        if hit is None:
            return None
        begin, concept = hit
        title, former = concept.title, False
        for _ in range(3):
            if begin in by_end:
                break
            modifier = next(((b, m) for b, m in sorted(scan.modifiers.get(begin, ()), key=lambda x: x[0]) if scan.bounds[b] or b in by_end or b in setting.by_end), None)
            if modifier is None:
                break
            word = text[modifier[0] : begin]
            former = former or modifier[1].status in ("former", "elect")
            if modifier[1].kept and not former and not title.startswith(word):
                title = word + title
            begin = modifier[0]
        if begin > 0 and text[begin - 1] in "“" and text[at : at + 1] in "”":
            return None
        return self._rooted(scan, setting, begin, at, title, concept, former, by_end)

    def _rooted(self, scan: Scan, setting: Setting, begin: int, at: int, title: str, concept: Title, former: bool, by_end: dict[int, OrganizationSpan]) -> Piece:
        """The body or area directly before a title."""
        text = scan.text
        span = by_end.get(begin)
        if span is None and text[begin - 1 : begin] in "）)":
            opening = max(text.rfind("（", max(0, begin - 16), begin), text.rfind("(", max(0, begin - 16), begin))
            span = by_end.get(opening) if opening > 0 else None
        if span is not None:
            start = span.begin
            former = former or any(text.startswith(text[b:start], b) and m.status == "former" for b, m in scan.modifiers.get(start, ()) if scan.bounds[b])
            for b, m in scan.modifiers.get(start, ()):
                if m.status == "former":
                    start = b
                    break
            return Piece(start, at, title, concept, span, None, None, former)
        area = setting.by_end.get(begin) or next(
            (setting.by_end[b] for b in (begin + 1,) if b in setting.by_end and concept.title.startswith(text[begin : begin + 1])), None)
        group = concept.title == text[at - 2 : at] and not concept.implies and concept.rank >= 5 and concept.name == "领导"
        if area is not None:
            return Piece(area.begin, at, title, concept, None, area.area, None, former, group)
        for level in LEVELS:
            b = begin - len(level)
            if b >= 0 and text.startswith(level, b):
                selves = [s for s, e, _ in scan.cues.get("SelfReferenceCue", ()) if e == begin]
                if selves or scan.bounds[b] or not "\u4e00" <= text[b - 1 : b] <= "\u9fff":
                    return Piece(min([b, *selves]), at, title, concept, None, None, level, former, group)
        return Piece(begin, at, title, concept, None, None, None, former, group)

    # -- resolution --------------------------------------------------------------------------

    def _resolve(self, scan: Scan, setting: Setting, pieces: list[Piece], names: list[Name], chains: list[Chain],
                 spans: Iterable[OrganizationSpan], started: bool = False, ended: bool = False) -> Chain:
        area: str | None = None
        bodies: list[Organization] = []
        tenures: list[Tenure] = []
        before = [c for c in chains if c.begin < pieces[0].begin] if not (started or ended) else []
        previous = before[-1] if before and scan.sentence(before[-1].begin) == scan.sentence(pieces[0].begin) else None
        first = names[0].begin if names else pieces[-1].end
        for piece in pieces:
            organization, confidence = self._body(scan, setting, piece, area, bodies, previous)
            if organization is None and not piece.group:
                organization, confidence = self._remembered(scan, piece, before, spans)
            if organization is not None:
                if organization.area is not None and not organization.collective:
                    area = organization.area if area is None or piece.span is None or piece.span.given or organization.area != setting.locality else area
                if not piece.group:
                    bodies.append(organization)
            elif piece.area is not None:
                area = piece.area
            for name in names:
                surely = min(confidence, 0.5 + name.score / 14)
                tenures.append(Tenure(name.name, organization, piece.title, piece.begin, max(names[-1].end, first), piece.concept.name if piece.concept else None,
                                      round(min(surely, confidence), 2), piece.former, started, ended))
        areas = tuple(a for a in [area] if a)
        return Chain(pieces[0].begin, max(n.end for n in names) if names else pieces[-1].end, tuple(names), tuple(tenures), areas, tuple(bodies),
                     all(p.group for p in pieces))

    def _body(self, scan: Scan, setting: Setting, piece: Piece, area: str | None, bodies: list[Organization], previous: Chain | None) -> tuple[Organization | None, float]:
        if piece.group:
            code = piece.area or self._level(scan, setting, piece.level, area, piece.begin)
            if code is None:
                return None, _BODILESS
            return Organization(self.areas.label(code), f"{code}/{piece.title}", code, None, None, (), None, True, True), 0.95
        if piece.span is not None:
            return self._spanned(scan, setting, piece, area, bodies, previous)
        title = piece.concept
        assert title is not None
        if title.implies:
            word = next((lv for lv in LEVELS if title.name.startswith(lv) or lv in title.name[:4]), None) if piece.area is None else None
            code = piece.area or (self._level(scan, setting, piece.level or word, area, piece.begin) if piece.level or word else area or setting.locality)
            if previous is not None and piece.area is None and area is None and word is None and previous.areas:
                code = previous.areas[-1]
            kind = title.implies[0]
            matching = self._matching(title, bodies, strict=True)
            if matching is not None and piece.area is None and word is None and piece.level is None:
                return matching, _SURE
            if code is not None:
                organization = self.bodies.territorial(kind, code)
                if organization is not None:
                    known = piece.area is not None or area is not None
                    return organization, _SURE if known else _ELLIPTIC
            return None, _BODILESS
        matching = self._matching(title, bodies)
        if matching is not None:
            return matching, _SURE if title.suffixes and matching.name.endswith(title.suffixes) else 0.85
        if piece.area is not None or piece.level is not None:
            code = piece.area or self._level(scan, setting, piece.level, area, piece.begin)
            if code is not None:
                return self.bodies.named(self.areas.label(code), code, None, True), 0.6
        if previous is not None:
            matching = self._matching(title, list(previous.organizations), strict=not self._adjacent(scan, previous, piece))
            if matching is not None:
                return matching, 0.85
        return None, _BODILESS

    def _spanned(self, scan: Scan, setting: Setting, piece: Piece, area: str | None, bodies: list[Organization], previous: Chain | None) -> tuple[Organization, float]:
        """The body printed before a title, seated by the chain where it names no place itself."""
        span = piece.span
        assert span is not None
        organization = span.organization
        if span.given:
            return organization, _SURE
        kind = self.lexicon.kinds.get(organization.kind or "")
        printed = scan.text[span.begin : span.end]
        nested = kind is not None and kind.short is not None and "{parent}" in kind.short and kind.part_of is None and printed in self.lexicon.kind_cues.get(kind.name, ())
        bare = span.unit and organization.area is None and organization.parent is None
        if bodies and (nested or bare):
            base = self._base(bodies[-1])
            return self._local(base, printed, kind) or self.bodies.unit(base, printed, kind), 0.93
        if not bodies and previous is not None and self._adjacent(scan, previous, piece):
            same = next((o for o in reversed(previous.organizations) if o.kind is not None and o.kind == organization.kind), None)
            if same is not None and self._levelless(printed):
                return same, 0.9
            if previous.organizations and (nested or bare):
                base = self._base(previous.organizations[-1])
                return self._local(base, printed, kind) or self.bodies.unit(base, printed, kind), 0.85
        if bodies and self._levelless(printed):
            local = self._local(self._base(bodies[-1]), printed, kind)
            if local is not None:
                return local, 0.9
        if area is not None and organization.area is not None and organization.area != area:
            word = next((lv for lv in LEVELS if scan.text.startswith(lv, span.begin)), None)
            code = self._level(scan, setting, word, area, span.begin) if word else area
            if code is not None and code != organization.area:
                return self.reseat(organization, code), 0.9
        if organization.area is None:
            return self._antecedent(scan, span, printed, kind, previous)
        return organization, _ELLIPTIC + (0.05 if organization.area == setting.locality else 0.0)

    def _antecedent(self, scan: Scan, span: OrganizationSpan, printed: str, kind: Kind | None, previous: Chain | None) -> tuple[Organization | None, float]:
        """A body named by its end alone (公司, 该院, 集团党委, 第二监察室): the last one named so, else a unit of the body that spoke last."""
        for earlier in reversed([s for s in self._spans if s.end <= span.begin]):
            name = earlier.organization.name
            if len(name) > len(printed) and name.endswith(printed):
                return earlier.organization, 0.85
        if not span.unit or span.organization.parent is not None:
            return span.organization, 0.85
        host = next((o for c in reversed(self._chains) if c.begin < span.begin for o in c.organizations if o.area is not None), None)
        if host is not None:
            base = self._base(host)
            return self._local(base, printed, kind) or self.bodies.unit(base, printed, kind), 0.6
        return None, _BODILESS

    def _remembered(self, scan: Scan, piece: Piece, before: list[Chain], spans: Iterable[OrganizationSpan]) -> tuple[Organization | None, float]:
        """The body of a bare title from what was read before: that of the seat it is deputy to, else the last body whose name fits."""
        title = piece.concept
        if title is None:
            return None, _BODILESS
        for chain in reversed(before):
            for tenure in chain.tenures:
                head = tenure.concept or ""
                if tenure.organization is not None and head and title.name != head and title.name.endswith(head):
                    return tenure.organization, 0.85
        for chain in reversed(before):
            matching = self._matching(title, list(chain.organizations), strict=True)
            if matching is not None and scan.text.count("\n", chain.end, piece.begin) == 0:
                return matching, 0.75
        sentence = scan.sentence(piece.begin)
        near = [s for s in spans if sentence[0] - 60 <= s.begin and s.end <= piece.begin and title.suffixes and s.organization.name.endswith(title.suffixes)]
        if not near and not before:
            near = [s for s in spans if s.end <= piece.begin and title.suffixes and s.organization.name.endswith(title.suffixes) and s.confidence >= 0.85]
        if near:
            return near[-1].organization, 0.75
        return None, _BODILESS

    @staticmethod
    def _adjacent(scan: Scan, previous: Chain, piece: Piece) -> bool:
        """Whether a chain follows the one before in the same list."""
        return len(scan.text[previous.end : piece.begin].strip("、，,；; 　和")) == 0

    @staticmethod
    def _levelless(printed: str) -> bool:
        return not any(printed.startswith(level) for level in ("自治区", "省", "市", "县", "区", "州", "盟", "旗"))

    def _local(self, base: Organization, printed: str, kind: Kind | None) -> Organization | None:
        """A body of the same village or street as the one before: 海洲村党委 … 村委会 → 海洲村委会; 某街道工委 … 办事处 → 某街道办事处."""
        levels = sorted(GRASSROOTS, key=lambda lv: (not printed.startswith(lv), -base.name.rfind(lv)))
        for level in levels:
            at = base.name.rfind(level)
            if at <= 0 or at + len(level) >= len(base.name) or (base.kind in PARTY_UNITS and at + len(level) + 2 < len(base.name)):
                continue
            if kind is not None and kind.name in PARTY_UNITS and not printed.startswith(level):
                continue
            rest = printed[len(level) :] if printed.startswith(level) else printed
            name = base.name[: at + len(level)] + rest
            path = self.bodies.path(base.area, name) if base.area is not None else name
            forms = tuple(f[: f.rfind(level) + len(level)] + rest for f in base.forms if level in f)
            return Organization(name, path, base.area, kind.name if kind else None, None, forms, None, True)
        return None

    def reseat(self, organization: Organization, area: str) -> Organization:
        """The like-named body of another area."""
        if organization.area is None:
            return organization
        old, new = self.areas.seat(organization.area), self.areas.seat(area)
        name = organization.name.replace(old, new, 1) if organization.name.startswith(old) else organization.name
        formal = organization.formal.replace(old, new, 1) if organization.formal else None
        parent = self.reseat(organization.parent, area) if organization.parent else None
        return replace(organization, name=name, path=self.bodies.path(area, name), area=area, formal=formal, parent=parent, forms=())

    def _level(self, scan: Scan, setting: Setting, word: str | None, area: str | None, offset: int) -> str | None:
        if word is None:
            return area or setting.locality
        if area is not None:
            for code in self.areas.chain(area):
                if self.areas.has_level(code, word) and self.areas.area(code).level != "functional":
                    return code
        return self.areas.level(word, setting.locality, scan, setting.spans, offset, True)

    @staticmethod
    def _base(organization: Organization) -> Organization:
        """The body itself where a chain named its party group: 市财政局党组 → 市财政局."""
        while organization.parent is not None and organization.kind in PARTY_UNITS:
            organization = organization.parent
        return organization

    def _matching(self, title: Title, bodies: list[Organization], strict: bool = False) -> Organization | None:
        """The body of the chain that a bare title belongs to: the nearest whose name ends as the title's bodies do."""
        for body in reversed(bodies):
            step: Organization | None = self._base(body)
            first = step
            while step is not None:
                if title.suffixes and step.name.endswith(title.suffixes):
                    return step
                step = step.parent
            if body is not first and title.suffixes and body.name.endswith(title.suffixes):
                return body
        if strict or not bodies:
            return None
        return self._base(bodies[-1])

    # -- rightwards --------------------------------------------------------------------------

    def _appointed(self, scan: Scan, setting: Setting, chains: list[Chain], by_begin: dict[int, OrganizationSpan],
                   by_end: dict[int, OrganizationSpan], finder: Finder) -> list[Chain]:
        """任命甲为某局局长, 甲任组长, 免去乙的某局局长职务: the post behind the name."""
        out = []
        known = {n.name for c in chains for n in c.names}
        nominated = {e for _, e, _ in scan.cues.get("NominationCue", ())}
        nominated |= {e + 1 for e in nominated if scan.text[e : e + 1] in ":："}
        cues = [(b, e, False) for b, e, _ in scan.cues.get("AppointmentCue", ())] + [(b, e, True) for b, e, _ in scan.cues.get("RemovalCue", ())]
        for begin, end, removed in sorted(cues):
            names: list[Name] = []
            if not removed and not (end in by_begin or end in setting.by_begin or end in scan.titles_by_begin or end in scan.modifiers_by_begin):
                continue
            if removed:
                names = finder.after(end)
                p = names[-1].end if names else end
                if scan.text[p : p + 1] == "的":
                    p += 1
            else:
                p = end
                tail = _AND_OTHERS.search(scan.text, max(0, begin - 8), begin)
                begin = tail.start() if tail is not None else begin
                for size in range(2, 16):
                    start = begin - size
                    if start >= 0 and (scan.bounds[start] or scan.text[start - 1] in _MARKS) and finder.names.may_start(scan.text, start):
                        listed = finder.after(start)
                        named = start in nominated
                        if listed and listed[-1].end == begin and listed[0].begin == start and (named or all(n.score >= 5.6 or n.name in known for n in listed)):
                            names = listed
            if not names:
                continue
            pieces = self._right(scan, setting, p, by_begin, by_end)
            if pieces:
                out.append(self._resolve(scan, setting, pieces, names, chains, by_end.values(), started=not removed, ended=removed))
        return out

    def _right(self, scan: Scan, setting: Setting, p: int, by_begin: dict[int, OrganizationSpan], by_end: dict[int, OrganizationSpan]) -> list[Piece]:
        pieces: list[Piece] = []
        while len(pieces) < 5:
            span = by_begin.get(p)
            q = span.end if span is not None else p
            area = setting.by_begin.get(p) if span is None else None
            if area is not None:
                q = area.end
            stop = next((e for e in range(q + 1, min(q + 9, len(scan.text) + 1)) if e in scan.titles_by_end and self._whole(scan, q, e)), None)
            if stop is None:
                break
            while stop + 1 <= len(scan.text) and any(e > stop and self._whole(scan, q, e) for e in range(stop + 1, min(stop + 5, len(scan.text) + 1)) if e in scan.titles_by_end):
                stop = next(e for e in range(stop + 1, stop + 5) if e in scan.titles_by_end and self._whole(scan, q, e))
            piece = self._piece(scan, setting, stop, by_end, {})
            if piece is None or piece.begin > p + 1:
                break
            pieces.append(piece)
            if scan.text[stop : stop + 1] in _JOINERS:
                p = stop + 1
            else:
                break
        return pieces

    @staticmethod
    def _whole(scan: Scan, q: int, e: int) -> bool:
        """Whether title and modifiers fill a span exactly."""
        begin = scan.titles_by_end[e][0]
        for _ in range(3):
            if begin <= q:
                break
            before = scan.modifiers.get(begin)
            if not before:
                break
            begin = before[0][0]
        return begin == q


PARTY_UNITS = frozenset({"党组", "党委", "党总支", "党支部", "机关党委"})


def finder_note(scan: Scan, opening: int, at: int) -> bool:
    """Whether brackets hold nothing but a note such as 正处级."""
    return bool(scan.cue(opening + 1, "BracketNote")) and at - opening < 14
