"""By whom: the body or area that held an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.boundaries import of_members
from kg.clauses import CLAUSE_STOPS, news_begins
from kg.cues import Kind
from kg.holding import COMMAS, Held, Item, joined, known, subject
from kg.mentions import Scan
from kg.model import Organization, Participation, Place, Tenure
from kg.places import AreaReader, Setting
from kg.searches import OrganizationSpan

_BRACKETS = ("（", "(")
_PARTS = " \u3000：:\n"
_LONGEST_PLACE_CUE = 4
_SIDES = ("f", "s")
# The sentences behind the event's that may say who held it, and the words before 由 there (本次大赛).
_FOLLOWING, _SHORT_SUBJECT = 3, 12
# From 由 to the holder, and from the holder to the verb (等单位联合), are at most so many characters.
_AGENT_REACH = 8


class HolderReader:
    """Finds the holders of events; shared by all."""

    def __init__(self, areas: AreaReader, kinds: Mapping[str, Kind]) -> None:
        self.areas, self.kinds = areas, kinds

    def read(
        self,
        scan: Scan,
        setting: Setting,
        event: Held,
        bodies: Sequence[OrganizationSpan],
        tenures: Sequence[Tenure],
        participations: Sequence[Participation],
    ) -> Organization | Place | None:
        """The body that held an event, the area whose leaders did, or None where the article does not say."""
        low, high = scan.sentence(event.begin)
        if event.begin >= scan.article.body:
            low = max(low, news_begins(scan))
        named = self._items(scan, setting, bodies, tenures, low, high)
        organizer = (
            self._by_agent(scan, named, low, high)
            or self._named_as_such(scan, named, low, high)
            or self._said_after(scan, setting, bodies, tenures, high)
            or self._said_before(scan, setting, event, bodies, tenures, low)
        )
        if organizer is not None:
            return organizer
        # 由某公司承建的大桥开工: who is said to have done something else did not hold it.
        agents = {e for _, e, _ in scan.cues.get("AgentCue", ())}
        doer = subject(scan, [i for i in named if i.begin < event.end and i.begin not in agents], event)
        if event.cls == "Inspection":
            # 市总工会到某矿慰问。市人大常委会副主任、市总工会主席甲参加: it went itself.
            itself = isinstance(doer, Organization) and not any(low <= t.begin < event.begin for t in tenures)
            leader = None if itself else self._of_leader(scan, tenures, participations, bodies, low, high)
            if leader is not None:
                return self._heading(scan, bodies, tenures, participations, leader)
        if doer is not None or (event.cls == "Inspection" and not event.verb):
            return doer
        headline = scan.article.headline
        if headline is not None and event.begin >= scan.article.body:
            held = any(headline[0] <= b < headline[1] for b, _, _ in scan.cues.get("HoldingCue", ()))
            for item in self._items(scan, setting, bodies, tenures, headline[0], headline[1]) if held else ():
                if item.begin == headline[0] or scan.text[item.begin - 1] in _PARTS:
                    return item.thing
        return None

    def _items(
        self, scan: Scan, setting: Setting, bodies: Iterable[OrganizationSpan], tenures: Iterable[Tenure], low: int, high: int
    ) -> list[Item]:
        """The bodies and areas of a stretch of text in order, without those in title chains, document names and where something is."""
        chains = [(t.begin, t.end) for t in tenures if t.begin < high and t.end > low]
        spans = [s for s in bodies if low <= s.begin < high and not of_members(scan, s.end)]
        found = [Item(s.begin, s.end, s.organization if known(s) else None) for s in spans]
        inside = [(i.begin, i.end) for i in found]
        areas = [s for s in setting.spans if low <= s.begin < high and not any(b <= s.begin < e for b, e in inside)]
        heads = {b for b, _ in (*inside, *chains)}
        for k, span in enumerate(areas):
            following = areas[k + 1].area if k + 1 < len(areas) and areas[k + 1].begin == span.end else None
            nested = span.end in heads or (following is not None and span.area in self.areas.chain(following))
            if span.area is not None and not nested:
                found.append(Item(span.begin, span.end, Place(self.areas.label(span.area), span.area)))
        if setting.locality is not None:
            around = {self.areas.label(code)[-1]: code for code in reversed(self.areas.chain(setting.locality))}
            for b, e, word in scan.cues.get("SelfReferenceCue", ()):
                code = next((around[end] for end in around if word.level and word.level.endswith(end)), None)
                if low <= b < high and code is not None and not any(x <= b < y for x, y in inside):
                    found.append(Item(b, e, Place(self.areas.label(code), code)))
        found.sort(key=lambda i: (i.begin, -i.end))
        where: set[int] = set()
        for k, item in enumerate(found):
            listed = k > 0 and found[k - 1].begin in where and joined(scan, found[k - 1].end, item.begin)
            if listed or self._is_where(scan, setting.chain_begin(item.begin)) or self._inside(scan, item.end):
                where.add(item.begin)
        # 骏马(深圳)公司: an area in brackets is part of a name.
        return [
            i
            for i in found
            if not any(b <= i.begin < e for b, e in chains)
            and not scan.in_document(i.begin)
            and scan.text[i.begin - 1 : i.begin] not in _BRACKETS
            and i.begin not in where
        ]

    @staticmethod
    def _inside(scan: Scan, end: int) -> bool:
        """Whether a word for a side follows, perhaps behind a part of what is named: 县人民医院 | 内, 县人民医院 | 门诊 | 楼前."""
        stop, tag = scan.words.get(end, (end, ""))
        return tag in _SIDES or (tag == "n" and scan.words.get(stop, (stop, ""))[1] in _SIDES)

    @staticmethod
    def _is_where(scan: Scan, begin: int) -> bool:
        """Whether people were there or went there, or took it along: 带领 | 县商务局."""
        return any(
            end == begin and (word.kind in ("LocativeCue", "MovementCue") or (word.kind == "RoleCue" and word.role == "leader"))
            for at in range(max(0, begin - _LONGEST_PLACE_CUE), begin)
            for _, end, word in scan.cue_at.get(at, ())
        )

    @classmethod
    def _by_agent(cls, scan: Scan, items: Sequence[Item], low: int, high: int) -> Organization | Place | None:
        """The first of those behind 由 of whom a verb of holding is said next: 由县总工会、县妇联举办的大赛."""
        for _, end, _ in sorted(scan.cues.get("AgentCue", ())):
            if not low <= end < high or not (scan.bounds[end - 1] or any(i.begin == end for i in items)):
                continue
            behind = [i for i in items if i.begin >= end]
            if behind and behind[0].begin - end <= _AGENT_REACH:
                found = cls._named_as_such(scan, behind, end, high, "HoldingCue", reach=_AGENT_REACH)
                if found is not None:
                    return found
        return None

    @staticmethod
    def _named_as_such(
        scan: Scan, items: Sequence[Item], low: int, high: int, *kinds: str, reach: int | None = None
    ) -> Organization | Place | None:
        """The first of those before 主办 and the like, or a cue of further kinds that stands within ``reach`` behind them."""
        text = scan.text
        for begin in sorted(b for kind in ("OrganizerCue", *kinds) for b, _, _ in scan.cues.get(kind, ())):
            if not low <= begin < high:
                continue
            before = [i for i in items if i.end <= begin]
            if not before or any(c in CLAUSE_STOPS for c in text[before[-1].end : begin]):
                continue
            if reach is not None and begin - before[-1].end > reach:
                continue
            first = before.pop()
            while (
                before
                and all(c not in CLAUSE_STOPS for c in text[before[-1].end : first.begin])
                and (text.startswith("、", before[-1].end) or first.begin - before[-1].end <= 2)
            ):
                first = before.pop()
            return first.thing
        return None

    def _said_after(
        self, scan: Scan, setting: Setting, bodies: Sequence[OrganizationSpan], tenures: Sequence[Tenure], offset: int
    ) -> Organization | Place | None:
        """The holder whom a sentence behind the event's names: 大赛由县总工会、县妇联联合举办."""
        following = [s for s in scan.sentences if s[0] >= offset and s[1] - s[0] > 1]
        told = [e for b, e, _ in scan.cues.get("RecallCue", ()) if b in {low for low, _ in following}]
        heads = {s.begin for s in bodies}
        for k, (low, high) in enumerate(following):
            # 据悉，大赛由县总工会主办
            low = next((e + 1 for e in told if low < e < high and scan.text[e] in COMMAS), low)
            agents = (hit for hit in scan.cues.get("AgentCue", ()) if low <= hit[0] < low + _SHORT_SUBJECT)
            agent = next((e for b, e, _ in agents if scan.bounds[b] or e in heads), None)
            # 由市委改革办牵头 far behind is another matter; 本届节会 | 由 says what it speaks of.
            told_of = agent is not None and (k < _FOLLOWING or not any(b == low for b, e, _ in scan.cues["AgentCue"] if e == agent))
            if agent is not None and told_of and not any(c in CLAUSE_STOPS for c in scan.text[low:agent]):
                items = [i for i in self._items(scan, setting, bodies, tenures, agent, high) if i.begin >= agent]
                # Further on only 主办 and the like say so.
                found = self._named_as_such(scan, items, agent, high, *(("HoldingCue",) if k < _FOLLOWING else ()))
                if found is not None:
                    return found
        return None

    def _said_before(
        self, scan: Scan, setting: Setting, event: Held, bodies: Sequence[OrganizationSpan], tenures: Sequence[Tenure], offset: int
    ) -> Organization | Place | None:
        """The holder whom a sentence before the event's names that has the same word: 由县委组织部举办的论坛开讲。某某主持论坛。"""
        word = scan.text[event.begin : event.end]
        said = [(b, e) for b, e in scan.sentences if scan.article.body <= b < offset and word in scan.text[b:e]]
        read = [(self._items(scan, setting, bodies, tenures, b, e), b, e) for b, e in said]
        return next((f for r in read if (f := self._by_agent(scan, *r) or self._named_as_such(scan, *r)) is not None), None)

    def _of_leader(
        self,
        scan: Scan,
        tenures: Sequence[Tenure],
        participations: Sequence[Participation],
        bodies: Sequence[OrganizationSpan],
        low: int,
        high: int,
    ) -> Organization | Place | None:
        """The body of whoever led, of several the one that the article names besides.

        The area where a delegation came from it, or its leaders of several bodies went together.
        """
        leaders = [p.participant for p in participations if p.role == "leader" and low <= p.end and p.begin < high]
        leaders = leaders or [p.participant for p in participations if p.role == "leader"][:1]
        own: dict[str, Organization] = {}
        posts: dict[str, list[Organization]] = {}
        for tenure in tenures:
            if tenure.person in leaders and tenure.organization is not None and not tenure.former:
                own.setdefault(tenure.organization.path, tenure.organization)
                posts.setdefault(tenure.person, []).append(tenure.organization)
        if not own:
            return None
        first = self._lowest(next(iter(posts.values())))
        seats = {o.area for o in own.values() if not o.collective}
        delegation = any(low <= b < high for b, _, _ in scan.cues.get("DelegationCue", ()))
        roots = [o for o in own.values() if not any(o.path.startswith(p) and o.path != p for p in own)]
        together = len(seats) == 1 and len({o.kind for o in roots}) > 1 and len(set(leaders)) > 1
        if first.area is not None and (delegation or first.collective or together):
            return Place(self.areas.label(first.area), first.area)
        inside = [(t.begin, t.end) for t in tenures]
        besides = {s.organization.path for s in bodies if not any(b <= s.begin < e for b, e in inside)}
        named = [o for o in roots if o.path in besides] if len(roots) > 1 else []
        if len(named) == 1:
            return named[0]
        found = self._whole(next((o for o in roots if first.path.startswith(o.path)), first))
        return next((s.organization for s in bodies if self._joint(scan, s, found)), found)

    def _whole(self, body: Organization) -> Organization:
        """What an inner unit or a Party group belongs to: 某局某处, 某局党委 went for the bureau."""
        while body.parent is not None:
            kind = self.kinds.get(body.kind or "")
            if kind is not None and not kind.inner and not kind.party_unit:
                break
            body = body.parent
        return body

    @staticmethod
    def _heading(
        scan: Scan,
        bodies: Iterable[OrganizationSpan],
        tenures: Iterable[Tenure],
        participations: Iterable[Participation],
        holder: Organization | Place,
    ) -> Organization | Place:
        """Of an area whose bodies went together, the one with which the headline begins: 省某局、省某厅联合督查."""
        headline = scan.article.headline
        if headline is None or isinstance(holder, Organization):
            return holder
        leaders = {p.participant for p in participations if p.role == "leader"}
        own = {t.organization.path for t in tenures if t.person in leaders and t.organization is not None}
        first = next((s.organization for s in bodies if s.begin == headline[0]), None)
        return first if first is not None and first.path in own else holder

    def _lowest(self, bodies: Sequence[Organization]) -> Organization:
        """The first body of somebody's posts; of those of two areas the one of the lower: 某市委常委、某县委书记 works in the county."""
        first = bodies[0]
        for body in bodies[1:]:
            if first.area is not None and body.area is not None and first.area in self.areas.chain(body.area)[1:]:
                first = body
        return first

    @staticmethod
    def _joint(scan: Scan, span: OrganizationSpan, body: Organization) -> bool:
        """Whether a span names the body together with another that shares its offices: 县纪委监委 for 县纪委."""
        if span.organization.area != body.area or not span.organization.path.startswith(body.path) or span.organization.path == body.path:
            return False
        rest = span.organization.path[len(body.path) :]
        return any(
            end == span.end and kind.ellipsis and kind.part_of is None and kind.name != span.organization.kind
            for end, kind in scan.kinds.get(span.end - len(rest), ())
        )
