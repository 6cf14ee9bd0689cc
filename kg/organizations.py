"""Which body: closed forms behind an area or level word, open names, nested units, standing bodies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import rjieba

from kg import enumerations
from kg.bodies import Bodies
from kg.cues import Kind
from kg.edges import NUMERALS, STOP_CUES, barrier, behind_session, clean_left, inner, left_edge, may_end, proper, suffix_stands, titled
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.places import AreaReader, AreaSpan, Cache, Setting

# Names of bodies in the development pages have at most 18 characters before their suffix, units inside a body 12.
_WINDOW, _UNIT_WINDOW, _TOWN_WINDOW = 18, 12, 8
# From the begin of an open name to a closed kind that ends it are fewer characters than this.
_CLOSED_WINDOW = 10
_BARE, _OPEN, _BARE_UNIT = 0.8, 0.7, 0.7
_BEGIN = attrgetter("begin")


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """A body named in the text. ``given`` where the area's name stands with it; ``unit`` for a part of another body."""

    begin: int
    end: int
    organization: Organization
    given: bool
    confidence: float = 1.0
    unit: bool = False


@dataclass(frozen=True, slots=True)
class _Ends:
    """What may end an open name of an article: its scan, and in order where the suffixes and the closed kinds begin."""

    scan: Scan
    suffixes: list[int]
    kinds: list[int]


class OrganizationReader:
    """Reads the bodies of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        self.levels = frozenset(lexicon.levels)
        self.level_starts, self.level_ends = {word[0] for word in lexicon.levels}, {word[-1] for word in lexicon.levels}
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.end_characters = {
            end[-1]
            for kind in lexicon.kinds.values()
            if kind.open and not kind.inner and not kind.part_of
            for end in lexicon.kind_cues.get(kind.name, ())
            if len(end) > 1
        }
        # 学校, 公司: an end of names in which other ends end (外国语学校) is a word for all of its class.
        self.common_ends = {end[k:] for end in lexicon.ends for k in range(1, len(end) - 1) if end[k:] in lexicon.ends}
        self.frames: dict[str, list[tuple[str, Kind]]] = {}
        for kind in sorted(lexicon.kinds.values(), key=lambda k: not (k.short or "").startswith("{area}")):
            parts = [p.partition("{area}") for p in (kind.short, kind.formal) if p and "{area}" in p and not p.endswith("{area}")]
            for prefix in {before for before, _, _ in parts if before}:
                self.frames.setdefault(prefix, []).extend((tail, kind) for _, _, tail in parts)
                # 民建市委会: a cue with a level word inside says how else the name goes on behind its area.
                for cue in lexicon.kind_cues.get(kind.name, ()):
                    level = self._leading_level(cue[len(prefix) :]) if cue.startswith(prefix) else None
                    if level is not None:
                        self.frames[prefix].append((cue[len(prefix) + len(level) :], kind))
        self.frames = {
            p: sorted(t, key=lambda item: -len(item[0])) for p, t in sorted(self.frames.items(), key=lambda item: (-len(item[0]), item[0]))
        }
        self.frame_ends = frozenset(prefix[-1] for prefix in self.frames)
        # By the words of closed kinds: the level word that they begin with, or have behind a frame's.
        self._own_levels, self._framed_levels = Cache(self._leading_level), Cache(self._framed_level)

    def read(self, scan: Scan, setting: Setting) -> list[OrganizationSpan]:
        """The bodies of an article, in order, none overlapping another."""
        found: list[OrganizationSpan] = []
        taken = bytearray(len(scan.text) + 1)
        starts = sorted(scan.kinds)
        ends = _Ends(scan, [begin for begin, _, _ in scan.suffixes], starts)

        def put(span: OrganizationSpan | None) -> None:
            if span is not None and taken.find(1, span.begin, span.end) < 0:
                found.append(span)
                taken[span.begin : span.end] = b"\1" * (span.end - span.begin)

        for begin, end, body in sorted(scan.bodies, key=lambda h: (h[0], -h[1])):
            if scan.bounds[begin] and (scan.bounds[end] or end in scan.titles_by_begin) and begin not in setting.by_end:
                kind = self.lexicon.kinds.get(body.kind)
                org = Organization(body.name, body.name, None, body.kind, body.formal, body.forms, None, kind.public if kind else True)
                put(self._extend(ends, begin, end, org, True))
        for area in setting.spans:
            if not self._contains_next(setting, area):
                span = self._after_area(ends, area.begin, area.end, area.area)
                put(span)
                if span is not None and area.area is not None:
                    put(self._paired(scan, span.end, area.area))
        stationed = {e for _, e, _ in scan.cues.get("StationedCue", ())}
        selves = {e for _, e, _ in scan.cues.get("SelfReferenceCue", ())}
        for q in starts:
            if not taken[q]:
                put(self._bare(ends, setting, q, selves, stationed, found, taken))
        for begin, end, kind in scan.suffixes:
            if not taken[begin] and not taken[end - 1]:
                put(self._open(ends, setting, begin, end, kind, taken))
        for begin, end, noun in enumerations.items(scan):
            if taken.find(1, begin, end) < 0 and begin not in setting.by_begin:
                put(OrganizationSpan(begin, end, self.bodies.named(scan.text[begin:end], None, self.lexicon.kinds.get(noun)), True, _OPEN))
        for q in starts:
            if not taken[q]:
                put(self._bare_unit(scan, q))
        found.sort(key=_BEGIN)
        return self._siblings(scan, self._stationed(scan, found))

    def _contains_next(self, setting: Setting, area: AreaSpan) -> bool:
        """Whether the next area's name follows directly and lies inside: 浙江省 | 永康市. 新疆 | 塔河枣业 is no such case."""
        inside = setting.by_begin.get(area.end)
        return inside is not None and (inside.area is None or area.area is None or area.area in self.areas.chain(inside.area))

    # -- behind an area's name -----------------------------------------------------------------

    def _after_area(self, ends: _Ends, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        scan = ends.scan
        framed = self._framed(scan, begin, end, area)
        if framed is not None:
            return framed
        closed = self._closed_at(scan, behind_session(scan, end), area)
        if closed is not None:
            start, stop, kind = closed
            printed = scan.text[begin:stop]
            org = self.bodies.make(kind, scan.text[start:stop], area) if area is not None else self.bodies.named(printed, None, kind)
            if printed != org.name and printed not in org.forms:
                org = self.bodies.with_forms(org, (*org.forms, printed))
            return self._extend(ends, begin, stop, org, True)
        found = self._open_end(ends, end, _WINDOW, 1)
        if found is None:
            return None
        stop, kind = found
        words, printed = scan.text[end:stop], scan.text[begin:end]
        if area is None:
            return self._extend(ends, begin, stop, self.bodies.named(printed + words, None, kind), True)
        official = kind.public or self.areas.area(area).level == "functional"
        name = self.areas.seat(area) + words if official else printed + words
        forms = [f for f in (printed + words,) if f != name]
        if any(level in words[1:-1] for level in self.lexicon.grassroots):
            forms.append(words)
        return self._extend(ends, begin, stop, self.bodies.with_forms(self.bodies.named(name, area, kind), tuple(forms)), True)

    def _framed(self, scan: Scan, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        """A body whose name goes around its area's: 共青团 | 辽宁省 | 委, 民建 | 三明市 | 委会."""
        if area is None or scan.text[begin - 1 : begin] not in self.frame_ends:
            return None
        for prefix, tails in self.frames.items():
            start = begin - len(prefix)
            if start < 0 or not scan.text.startswith(prefix, start):
                continue
            for tail, kind in tails:
                stop = end + len(tail)
                if scan.text.startswith(tail, end) and may_end(scan, stop):
                    framed = self.bodies.with_forms(self.bodies.make(kind, "", area), (scan.text[start:stop],))
                    return OrganizationSpan(start, stop, framed, True)
        return None

    def _closed_at(self, scan: Scan, p: int, area: str | None) -> tuple[int, int, Kind] | None:
        """The longest closed kind right behind an area that ends at ``p`` (its level word perhaps shared with it): begin, end, kind."""
        best: tuple[int, int, Kind] | None = None
        level = self.areas.level_word(area) if area else ""
        for q in (p, p - len(level)) if level else (p,):
            hits = scan.kinds.get(q)
            if hits is None or (q < p and not scan.text.startswith(level, q)):
                continue
            for end, kind in hits:
                if end > p and (best is None or end > best[1]) and may_end(scan, end):
                    best = (q, end, kind)
        return best

    def _paired(self, scan: Scan, p: int, area: str) -> OrganizationSpan | None:
        """The second body of a pair that shares the area's name: 市委 | 市政府, 旗委 | 政府."""
        if scan.text[p : p + 1] in self.joiners:
            p += 1
        for end, kind in scan.kinds.get(p, ()):
            cue = scan.text[p:end]
            shared = cue.startswith(self.areas.level_word(area)) and bool(kind.levels)
            if (shared or (kind.short or "").startswith("{area}")) and kind.part_of is None and may_end(scan, end):
                return OrganizationSpan(p, end, self.bodies.make(kind, cue, area), True)
        return None

    def _open_end(self, ends: _Ends, p: int, window: int, minimum: int) -> tuple[int, Kind] | None:
        """The end of an open name that starts at ``p``: the first suffix that closes a word, at least ``minimum`` name words between."""
        scan = ends.scan
        best: tuple[int, Kind] | None = None
        first = -1
        limit = barrier(scan.text, p, p + window)
        for k in range(bisect_left(ends.suffixes, p), len(ends.suffixes)):
            if ends.suffixes[k] > limit:
                break
            begin, end, kind = scan.suffixes[k]
            if begin == p and not (kind.placed if minimum else end - begin > 2 or end in scan.titles_by_begin):
                continue
            if best is not None and end >= best[0] and not (begin == first and end > best[0]):
                continue
            if may_end(scan, end) and inner(scan, p, begin) and suffix_stands(scan, begin, end, kind):
                best, first = (end, kind), begin
        limit = min(limit, p + _CLOSED_WINDOW - 1)
        for k in range(bisect_left(ends.kinds, p + 1), len(ends.kinds)):
            q = ends.kinds[k]
            if q > limit:
                break
            for end, kind in scan.kinds[q]:
                if not kind.levels and not kind.ellipsis and (best is None or end < best[0]) and may_end(scan, end) and inner(scan, p, q):
                    best = (end, kind)
        return best

    def _extend(self, ends: _Ends, begin: int, end: int, org: Organization, given: bool, confidence: float = 1.0) -> OrganizationSpan:
        """Follow nested units to the right: 公安局 | 交警支队 ; 人武部 | 党委 ; 社治委 | 改革统筹处."""
        is_unit = False
        while True:
            step = self._unit_step(ends, end, org)
            if step is None or step[0] <= end:
                return OrganizationSpan(begin, end, org, given, confidence, is_unit)
            org = self.bodies.unit(org, ends.scan.text[end : step[0]], step[1])
            end = step[0]
            is_unit = True

    def _unit_step(self, ends: _Ends, end: int, org: Organization) -> tuple[int, Kind] | None:
        scan = ends.scan
        for e, kind in scan.kinds.get(end, ()):
            levelled = kind.levels and scan.text.startswith(self.lexicon.levels, end)
            beside = (kind.short or "").startswith("{area}") and org.kind in self.bodies.territorial_kinds
            if not levelled and not beside and may_end(scan, e):
                return e, kind
        # An ordinal or nominal start is asked for: the first word is looked at before the way to a suffix.
        word = scan.words.get(end)
        if word is None or word[1] in ("c", "p", "d") or end in scan.event_verbs:
            return None
        near = self._open_end(ends, end, _UNIT_WINDOW, 0)
        if near is None or not self._unit_words(scan, end, near[0], near[1].inner or word[1] != "v"):
            return None
        size, led = near[0] - end, near[0] in scan.titles_by_begin
        # Untitled units: of public bodies they are short (投资促进处), of companies longer (齿轮压缩机有限公司).
        return near if (led and size > 1) or 2 < size <= (8 if near[1].public else 14) else None

    @staticmethod
    def _unit_words(scan: Scan, begin: int, end: int, named: bool) -> bool:
        """Whether the words behind a body are the name of a unit. ``named`` where their start is that of a name also without a title."""
        if (not named and end not in scan.titles_by_begin) or behind_session(scan, begin) > begin:
            return False
        if scan.cue(begin, "StationedCue") is not None:
            return False
        return not any(cue.kind in STOP_CUES for b in range(begin, end) if scan.bounds[b] for _, cue in scan.cue_at.get(b, ()))

    # -- without an area's name ----------------------------------------------------------------

    def _bare(
        self,
        ends: _Ends,
        setting: Setting,
        q: int,
        selves: set[int],
        stationed: set[int],
        found: Sequence[OrganizationSpan],
        taken: bytearray,
    ) -> OrganizationSpan | None:
        """A closed kind without an area's name: 市委, 区财政局, 我市公安局, 组织部."""
        scan, text, locality = ends.scan, ends.scan.text, setting.locality
        free = bool(scan.bounds[q]) or clean_left(scan, q)
        left: int | None = None
        for end, kind in scan.kinds[q]:
            if not may_end(scan, end):
                continue
            cue = text[q:end]
            own = self._own_levels[cue]
            framed = self._framed_levels[cue] if own is None else None
            if framed is not None and free:
                area = self.areas.level(framed, locality, scan, setting.spans, q, True) or locality
                return self._extend(ends, q, end, self.bodies.make(kind, cue, area), False)
            if own is None and free and kind.ellipsis:
                left = left_edge(scan, q, _UNIT_WINDOW, setting, self.levels, taken, True) if left is None else left
                seated = self._seated(ends, setting, left, q, end, kind) if left < q and left not in setting.by_begin else None
                if seated is not None:
                    return seated
            if own is None and kind.levels and kind.ellipsis:
                climbed = (
                    next((c for c in self.areas.chain(locality) if self.areas.level_word(c) in kind.levels), None) if locality else None
                )
                if climbed is not None and free:
                    return self._extend(ends, q, end, self.bodies.make(kind, cue, climbed), False)
            if own is not None and kind.levels and (free or q in setting.by_end):
                area = self.areas.level(own, locality, scan, setting.spans, q, True)
                return (
                    self._extend(ends, q, end, self.bodies.make(kind, cue, area), False)
                    if area
                    else self._unlisted(ends, setting, q, end, kind)
                )
            for level in self.lexicon.levels if text[q - 1 : q] in self.level_ends else ():
                b = q - len(level)
                if b >= 0 and text.startswith(level, b) and (scan.bounds[b] or clean_left(scan, b) or b in stationed):
                    area = self.areas.level(level, locality, scan, setting.spans, b)
                    if area is None:
                        return self._unlisted(ends, setting, b, end, kind)
                    return self._extend(ends, b - 1 if q in selves else b, end, self.bodies.make(kind, cue, area), False)
            if kind.ellipsis and free and not self._generic(kind, cue):
                if cue in self.lexicon.ends and left is not None and left < q and left not in setting.by_begin and proper(scan, left, q):
                    return None
                return self._extend(ends, q, end, self.bodies.make(kind, cue, self._nearest(scan, setting, found, q)), False, _BARE)
        return None

    def _generic(self, kind: Kind, cue: str) -> bool:
        """Whether a kind's word is also the end of names (学校, 医院): alone it means one named before, not the place's."""
        return cue in self.common_ends and not (kind.short or "").startswith("{area}")

    def _leading_level(self, cue: str) -> str | None:
        if cue[:1] not in self.level_starts:
            return None
        return next((level for level in self.lexicon.levels if cue.startswith(level) and len(cue) > len(level)), None)

    def _framed_level(self, cue: str) -> str | None:
        """The level word behind a frame's words: 团 | 县 | 委."""
        for prefix in self.frames:
            level = self._leading_level(cue[len(prefix) :]) if cue.startswith(prefix) else None
            if level is not None:
                return level
        return None

    def _unlisted(self, ends: _Ends, setting: Setting, b: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A body of an area that no list has (a new town): the name words before the level word are the area's."""
        scan = ends.scan
        left = left_edge(scan, b, _TOWN_WINDOW, setting, self.levels)
        if left >= b or left in setting.by_begin:
            return None
        return self._extend(ends, left, end, self.bodies.named(scan.text[left:end], setting.locality, kind), True, _BARE)

    def _bare_unit(self, scan: Scan, q: int) -> OrganizationSpan | None:
        """A kind before a title that is a unit of a body named elsewhere: 党委 in 党委书记, 机关党委."""
        if not scan.bounds[q] and not clean_left(scan, q):
            return None
        for end, kind in scan.kinds[q]:
            if titled(scan, end):
                ended = next((b for b, e, _ in scan.suffixes if e == q and scan.bounds[b]), None)
                if ended is None and q > 0 and scan.text[q - 1] in self.end_characters and (scan.bounds[q - 1] or clean_left(scan, q - 1)):
                    ended = q - 1
                if ended is None:
                    return OrganizationSpan(q, end, self.bodies.named(scan.text[q:end], None, kind), False, _BARE_UNIT, True)
                whole = self.bodies.named(scan.text[ended:q], None, None, False)
                return OrganizationSpan(ended, end, self.bodies.unit(whole, scan.text[q:end], kind), False, _BARE_UNIT, True)
        return None

    def _nearest(self, scan: Scan, setting: Setting, found: Sequence[OrganizationSpan], q: int) -> str | None:
        """The seat of a body named alone: that of a body just before it in the same list, else the locality (its county for a town)."""
        sentence = scan.sentence(q)
        before = [s for s in found if sentence[0] <= s.begin < q and s.organization.area]
        if before:
            last = max(before, key=lambda s: s.end)
            between = scan.text[last.end : q]
            if between in self.joiners or (last.end in scan.titles_by_begin and "，" not in between):
                return last.organization.area
        code = setting.locality
        while code is not None and self.areas.area(code).level == "town" and self.areas.area(code).parent is not None:
            code = self.areas.area(code).parent
        return code

    def _open(self, ends: _Ends, setting: Setting, begin: int, end: int, kind: Kind, taken: bytearray) -> OrganizationSpan | None:
        """An open name without an area: its left end is where name words stop."""
        scan = ends.scan
        led = titled(scan, end)
        if not (led or may_end(scan, end)) or (end - begin == 1 and not (led and suffix_stands(scan, begin, end, kind))):
            return None
        left = left_edge(scan, begin, _WINDOW, setting, self.levels, taken)
        words = scan.text[left:end]
        if left in setting.by_begin or (len(words) < 4 and not led):
            return None
        if left == begin:
            return (
                OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, 0.6, True)
                if led and end - begin > 1 and end not in scan.kinds
                else None
            )
        seated = self._seated(ends, setting, left, begin, end, kind)
        if seated is not None:
            return seated
        if led and kind.inner:
            return OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, _BARE_UNIT, True)
        if not led and not proper(scan, left, begin):
            return None
        return self._extend(ends, left, end, self.bodies.named(words, None, kind), False, _OPEN)

    def _seated(self, ends: _Ends, setting: Setting, left: int, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A name whose first word is a level word or begins with one: 县 | 农牧水利和科技局, 市中心人民医院; None for any other."""
        scan, text = ends.scan, ends.scan.text
        first = scan.words.get(left)
        if first is None or text[left] not in self.level_starts:
            return None
        level = next((word for word in self.lexicon.levels if text.startswith(word, left)), None)
        if level is None or left + len(level) >= begin or left + len(level) > first[0]:
            return None
        stem = left + len(level)
        # 市四届人大常委会, 县三级政协: a number is a body's term or a count, save with 第, which numbers bodies too.
        if text[stem] in NUMERALS or behind_session(scan, stem) > stem:
            return None
        rest = text[stem : first[0]]
        if (rest and (len(rest) < 2 or not rjieba.has_word(rest))) or not inner(scan, first[0], begin):
            return None
        area = self.areas.level(level, setting.locality, scan, setting.spans, left)
        if area is None:
            return None
        return self._extend(ends, left, end, self.bodies.named(self.areas.seat(area) + text[stem:end], area, kind), False, 0.9)

    # -- together ------------------------------------------------------------------------------

    def _stationed(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县纪委监委 | 驻 | 县财政局纪检监察组 is one body; a second 驻 … belongs to the same sender."""
        links = {e: b for b, e, _ in scan.cues.get("StationedCue", ())}
        if not links:
            return found
        out: list[OrganizationSpan] = []
        sender: Organization | None = None
        for span in found:
            start = links.get(span.begin)
            if start is not None and span.organization.parent is not None:
                begin = start
                if out and out[-1].end == start:
                    sender, begin = out[-1].organization, out.pop().begin
                if sender is not None:
                    unit = replace(self.bodies.unit(sender, scan.text[start : span.end], None), kind=span.organization.kind)
                    span = replace(span, begin=begin, organization=unit, given=True)
            out.append(span)
        return out

    def _siblings(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县委、县政府: a body right behind another of the same level keeps its area."""
        out: list[OrganizationSpan] = []
        for span in found:
            kind = self.lexicon.kinds.get(span.organization.kind or "") if out and not span.given and not span.unit else None
            if kind is not None and kind.levels:
                last = out[-1]
                between = scan.text[last.end : span.begin]
                if last.given and last.organization.area is not None and (not between or between in self.joiners):
                    cue = scan.text[span.begin : span.end]
                    level = self._leading_level(cue)
                    if level is not None and self.areas.seat(last.organization.area).endswith(level):
                        span = replace(span, organization=self.bodies.make(kind, cue, last.organization.area))
            out.append(span)
        return out
