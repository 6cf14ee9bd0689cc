"""What happened: the one or two events that an article reports, who took part in which role, what was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.candidates import STORY, Candidate, candidates, lead
from kg.clauses import before_or_after, news_begins, sequels
from kg.comings import called, dispatched
from kg.cues import Kind
from kg.dates import Day, until
from kg.holders import HolderReader
from kg.holding import Held
from kg.mentions import Scan
from kg.model import Event, Mention, Organization, Participation, Place, Tenure, When
from kg.places import AreaReader, Setting
from kg.predicates import Person
from kg.roles import Roles
from kg.searches import OrganizationSpan
from kg.selection import STORY_BAR, choose
from kg.shares import listed, of_meeting, of_named_meeting, of_visit, within

_OPEN = "，,；;。！？!?\n：:"
_VERB_ENDS = re.compile("[，,；;。！\n]")
# A noun of so many characters (会议) names no one event.
_ANY = 2
_BEFORE_NAMES = frozenset({"HoldingCue", "RelativeDayCue", "FirstDayCue", "HourCue", "OrganizerCue", "RoleCue"})


class EventReader:
    """Reads the events of articles; shared by all."""

    def __init__(self, areas: AreaReader, kinds: Mapping[str, Kind]) -> None:
        self.areas = areas
        self.holders = HolderReader(areas, kinds)

    def read(
        self,
        scan: Scan,
        setting: Setting,
        bodies: Sequence[OrganizationSpan],
        people: Sequence[Person],
        tenures: Sequence[Tenure],
        days: Sequence[Day],
        sites: Sequence[Mention],
        owner: Callable[[], Organization | None],
    ) -> tuple[Event, ...]:
        """The events of an article, the main one first. Commentaries and notices have none.

        ``owner`` is the firm, school or hospital whose own report it is: what nobody else is said to hold, it does.
        """
        headline = scan.article.headline
        if scan.article.commentary or (headline and any(e == headline[1] for _, e, _ in scan.cues.get("NoticeCue", ()))):
            return ()
        areas = {(s.begin, s.end): s.full for s in setting.spans}
        people = [p for p in people if (p.begin, p.end) not in areas or (p.official and not areas[p.begin, p.end])]
        found = candidates(scan, bodies, people, days)
        body = scan.article.body
        chosen = choose(found, body) or dispatched(scan)
        if not chosen and days:
            chosen = choose([c for c in found if not c.type.verb], body, STORY_BAR) or choose(
                [c for c in candidates(scan, bodies, people, days, STORY) if c.held or not c.type.verb], body, STORY_BAR
            )
        chosen = chosen or called(scan, found, people)
        if not chosen:
            return ()
        occurrences, statements = Roles(scan, people, tenures, bodies, chosen[0].type.cls).read()
        # Who visits before or after a meeting is read as at a visit.
        visits = [c for c in chosen[1:] if c.type.verb and c.type.cls == "Inspection"]
        visiting = Roles(scan, people, tenures, bodies, "Inspection").read()[0] if visits else ()
        zones = [(0, 0), *(_zone_of(scan, chosen[0], other) for other in chosen[1:])]
        out: list[Event] = []
        for k, candidate in enumerate(chosen):
            begin, end = zones[k]
            if k:
                read = visiting if candidate in visits else occurrences
                mine = [p for p in read if begin <= p.end - 1 < end]
                if candidate.type.cls == "Meeting" and chosen[0].type.cls != "Meeting":
                    mine = of_meeting(scan, read, begin, end) if end else of_named_meeting(scan, read)
                said = tuple(s for s in statements if begin <= s.begin < end)
            else:
                mine = self._of_main(scan, occurrences, chosen, zones, visits, {p.name for p in people if p.official})
                said = tuple(s for s in statements if not any(b <= s.begin < e for b, e in zones))
            participations = _in_order(mine)
            held = Held(candidate.begin, candidate.end, candidate.type.cls, candidate.type.verb)
            holder = out[0].organizer if out else None
            leaders = {p.participant for p in out[0].participations if p.role == "leader"} if out and candidate.follows else set()
            organizer = self.holders.read(scan, setting, held, bodies, tenures, participations)
            if organizer is None and (_hosts(mine, leaders) or self._at_home(holder, setting)):
                organizer = holder
            if organizer is None and k == 0 and candidate.type.cls != "Inspection":
                organizer = owner()
            out.append(
                Event(
                    candidate.type.cls,
                    candidate.type.name,
                    self._name(scan, candidate, days),
                    candidate.begin,
                    candidate.end,
                    self._when(scan, candidate, days),
                    setting.locality,
                    self._place(scan, setting, candidate, sites, out[0].place if out and candidate.follows else None),
                    organizer,
                    participations,
                    said,
                    (),
                    None if k == 0 else 0,
                    round(min(0.97, 0.45 + candidate.score / 24), 2),
                )
            )
        return tuple(out)

    @staticmethod
    def _of_main(
        scan: Scan,
        occurrences: Iterable[Participation],
        chosen: Sequence[Candidate],
        zones: Sequence[tuple[int, int]],
        visits: Collection[Candidate],
        officials: Collection[object],
    ) -> list[Participation]:
        """Those of the main event: not who is named where the report tells of another that is apart from it."""
        cls = chosen[0].type.cls
        told = [(c, z) for c, z in zip(chosen, zones, strict=True) if z[1]]
        meetings = [
            z
            for c, z in told
            if c.type.cls == "Meeting"
            and (before_or_after(scan, c.begin) or (cls == "Inspection" and not scan.has_cue(c.end, "EventSettingCue")))
        ]
        apart = [*meetings, *(z for c, z in told if c.type.cls == "Ceremony" or c.apart)]
        visited = [z for c, z in told if c in visits]
        if cls == "Inspection":
            kept = [p for p in occurrences if not within(p, apart)]
            return of_visit(scan, kept, meetings) if meetings else kept
        # Of a meeting the text goes on behind the visit before it.
        tours = [*sequels(scan, cls), *(visited if cls != "Meeting" else ())]
        return [
            p
            for p in occurrences
            if not within(p, apart) and (listed(p) or not within(p, tours)) and (p.participant in officials or not within(p, visited))
        ]

    def _at_home(self, holder: Organization | Place | None, setting: Setting) -> bool:
        """Whether the holder of the main event is a body from here or above, which held what followed too, and no guest from elsewhere."""
        if not isinstance(holder, Organization) or holder.area is None or setting.locality is None:
            return isinstance(holder, Organization)
        return holder.area in self.areas.chain(setting.locality) or setting.locality in self.areas.chain(holder.area)

    @staticmethod
    def _when(scan: Scan, candidate: Candidate, days: Sequence[Day]) -> When | None:
        sentence = scan.sentence(candidate.begin)
        same = [d for d in days if sentence[0] <= d.begin < sentence[1]]
        before = [d for d in same if d.begin < candidate.begin]
        # 反馈会上，甲指出，要在6月10日前整改完毕
        said = min((b for b, _, _ in scan.cues.get("SpeechCue", ()) if b >= candidate.end), default=sentence[1])
        behind = [d for d in same if d.begin < said] if candidate.begin >= scan.article.body else []
        found = before[-1].when if before else behind[0].when if behind else None
        opening = lead(scan)
        if found is None and candidate.follows and not candidate.type.verb and opening:
            found = _day_before(scan, days, candidate.begin, opening[0])
        if found is None:
            # 协商定于10月25日召开某会, 于6月30日前完成: days to come.
            planned = {e for _, e, _ in scan.cues.get("PlanCue", ())}
            told = [d for d in days if opening and opening[0][0] <= d.begin < opening[-1][1]]
            first = [d for d in told if planned.isdisjoint((d.begin, d.begin - 1)) and not until(scan, d.end)]
            found = first[0].when if first else None
        if found is None or found.end_day is None or candidate.type.verb:
            return found
        # An event of one day within a visit of several: 在14日举行的联席会议上.
        again = scan.text.find(scan.text[candidate.begin : candidate.end], candidate.end)
        # 会议 alone may be any.
        if again >= 0 and candidate.end - candidate.begin > _ANY:
            low = scan.sentence(again)[0]
            own = [d.when for d in days if low <= d.begin < again and d.when.end_day is None]
            if own and (found.month, found.day) <= (own[-1].month, own[-1].day):
                return own[-1]
        return found

    def _place(self, scan: Scan, setting: Setting, candidate: Candidate, sites: Sequence[Mention], around: Place | None) -> Place | None:
        sentence = scan.sentence(candidate.begin)
        for mention in sites:
            if sentence[0] <= mention.begin < sentence[1] and isinstance(mention.thing, Place):
                return mention.thing
        spans = [s for s in setting.spans if sentence[0] <= s.begin < sentence[1] and s.area is not None]
        movement = {e for kind in ("MovementCue", "LocativeCue") for _, e, _ in scan.cues.get(kind, ()) if sentence[0] <= e < sentence[1]}
        for k, span in enumerate(spans):
            if span.begin in movement and span.area is not None:
                code, end = span.area, span.end
                for inner in spans[k + 1 :]:
                    # 赴山东省 | 威海市
                    if inner.begin == end and inner.area is not None and code in self.areas.chain(inner.area):
                        code, end = inner.area, inner.end
                return Place(self.areas.label(code), code)
        if around is not None:
            return around
        if setting.locality is not None:
            return Place(self.areas.label(setting.locality), setting.locality)
        return None

    @staticmethod
    def _name(scan: Scan, candidate: Candidate, days: Sequence[Day]) -> str:
        text, begin, end = scan.text, candidate.begin, candidate.end
        low = max(scan.sentence(begin)[0], news_begins(scan) if begin >= scan.article.body else 0)
        if candidate.type.verb:
            stop = _VERB_ENDS.search(text, end)
            return text[begin : min(stop.start() if stop else len(text), begin + 40)].strip()
        left = low
        depth = 0
        if text.startswith("”", end):
            depth, end = 1, end + 1
        for i in range(begin - 1, low - 1, -1):
            c = text[i]
            if c in "”》":
                depth += 1
            elif c in "“《":
                depth -= 1
            elif depth == 0 and c in _OPEN + "）)":
                left = i + 1
                break
        left = max([left, *(d.end for d in days if d.end <= begin and d.end > left)])
        for b in range(left, begin):
            if text[b] == "“":
                break
            for _, e, word in scan.cue_at.get(b, ()):
                if e <= begin and word.kind in _BEFORE_NAMES and (scan.bounds[b] or b == left):
                    left = max(left, e)
            if b == left and scan.cue(b, "PossessiveCue", "AspectCue", "LocativeCue") is not None:
                left += 1
            e, tag = scan.words.get(b, (b, ""))
            if tag == "r" and e <= begin and not scan.has_cue(e, "PossessiveCue"):
                # 本次 | 专项检查, but 我们的节日
                left = max(left, e)
        return text[left:end].strip(" \u3000、—")


def _day_before(scan: Scan, days: Iterable[Day], begin: int, opening: tuple[int, int]) -> When | None:
    """The last day that a report has told of before a meeting that follows on a visit: 17日下午，甲走进园区。随后，甲主持召开座谈会.

    It is one with which a sentence begins, or the last of those of the ``opening`` sentence: 22日至23日.
    """
    told = [
        d.when
        for d in days
        if d.end <= begin and not until(scan, d.end) and (d.begin == scan.sentence(d.begin)[0] or opening[0] <= d.begin < opening[1])
    ]
    if not told or told[-1].end_day is None:
        return told[-1] if told else None
    return replace(told[-1], month=told[-1].end_month or told[-1].month, day=told[-1].end_day, end_month=None, end_day=None)


def _hosts(participations: Iterable[Participation], leaders: Collection[object]) -> bool:
    """Whether one of those who led the main event chairs: 调研期间，甲主持召开座谈会."""
    return any(p.role == "chair" and p.participant in leaders for p in participations)


def _zone_of(scan: Scan, main: Candidate, other: Candidate) -> tuple[int, int]:
    """The paragraphs that report a second event alone; an empty span where none does."""
    text = scan.text
    goes_on = other.follows and other.type.verb
    opens = other.later or goes_on or (other.follows and text[scan.sentence(other.begin)[0] - 1] == "\n")
    at = other.begin if opens else text.find(text[other.begin : other.end], max(main.end, other.end))
    begin = scan.sentence(at)[0] if at >= 0 else 0
    if at < 0 or (text[begin - 1 : begin] != "\n" and not goes_on) or (begin <= scan.sentence(other.begin)[0] and not opens):
        return _rest(scan, main, other)
    end = text.find("\n", at)
    tours = {b for b, _ in sequels(scan, "Meeting")} if other.type.cls == "Meeting" else set()
    while 0 <= end < len(text) - 1 and scan.has_cue(end + 1, "FirstDayCue") and end + 1 not in tours:
        end = text.find("\n", end + 1)
    return begin, len(text) if end < 0 else end


def _rest(scan: Scan, main: Candidate, other: Candidate) -> tuple[int, int]:
    """What a paragraph says from a meeting on that stands in it behind the main event: 代表团来我市考察。当天下午，联席会议召开。"""
    begin = scan.sentence(other.begin)[0]
    if other.type.cls != "Meeting" or other.type.verb or not scan.article.body <= scan.sentence(main.begin)[0] < begin:
        return 0, 0
    end = scan.text.find("\n", begin)
    return begin, len(scan.text) if end < 0 else end


def _in_order(occurrences: Iterable[Participation]) -> tuple[Participation, ...]:
    """One participation per person and role, in the order of naming, from 1."""
    first: dict[tuple[str, str], Participation] = {}
    for p in occurrences:
        first.setdefault((str(p.participant), p.role), p)
    ranked = sorted(first.values(), key=lambda p: (p.order, p.begin, p.role))
    places = {name: k + 1 for k, name in enumerate(dict.fromkeys(str(p.participant) for p in ranked))}
    return tuple(
        [Participation(p.participant, p.role, p.begin, p.end, places[str(p.participant)], p.confidence, p.capacity) for p in ranked]
    )
