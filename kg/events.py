"""What happened: the one or two events that an article reports, who took part in which role, what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.dates import Day
from kg.lexicon import EventType
from kg.mentions import Scan
from kg.model import Event, Mention, Organization, Participation, Place, Statement, Tenure, When
from kg.organizations import OrganizationSpan
from kg.places import AreaReader, Setting

_CLAUSE = re.compile(r"[^，,；;。！？!?\n]+")
_OPEN = "，,；;。！？!?\n：:"
# A candidate must be held, dated, led or in the headline; the weights were tuned on the development pages.
_THRESHOLD = 4.0
_SECOND = 6.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may report an event, and how much speaks for it."""

    begin: int
    end: int
    type: EventType
    score: float
    held: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A person's mention in the running text, with what is known of the person."""

    begin: int
    end: int
    name: str
    official: bool


class EventReader:
    """Reads the events of articles; shared by all."""

    def __init__(self, areas: AreaReader) -> None:
        self.areas = areas

    def read(self, scan: Scan, setting: Setting, bodies: Sequence[OrganizationSpan], people: Sequence[Person], tenures: Sequence[Tenure],
             days: Sequence[Day], sites: Sequence[Mention]) -> tuple[Event, ...]:
        """The events of an article, the main one first. A commentary has none."""
        if scan.article.commentary:
            return ()
        chosen = self._choose(self._candidates(scan, bodies, people, days))
        if not chosen:
            return ()
        participations, statements = Roles(scan, people, tenures, chosen[0].type.cls).read()
        out = []
        for k, candidate in enumerate(chosen):
            when = self._when(scan, candidate, days)
            area = setting.locality
            organizer = self._organizer(scan, setting, candidate, bodies, tenures if k == 0 else (), participations)
            out.append(Event(
                candidate.type.cls, candidate.type.name, self._name(scan, candidate), candidate.begin, candidate.end, when, area,
                self._place(scan, setting, candidate, bodies, sites), organizer,
                participations if k == 0 else (), statements if k == 0 else (), (), None if k == 0 else 0,
                round(min(0.97, 0.45 + candidate.score / 24), 2),
            ))
        return tuple(out)

    # -- which -------------------------------------------------------------------------------

    def _candidates(self, scan: Scan, bodies: Sequence[OrganizationSpan], people: Sequence[Person], days: Sequence[Day]) -> list[Candidate]:
        body = scan.article.body
        sentences = [s for s in scan.sentences if s[1] > body and s[1] - s[0] > 3 and s[0] >= body]
        lead = [s for s in sentences if s[1] - s[0] > 8][:3]
        hits = _outer(scan.events)
        inside = [(s.begin, s.end) for s in bodies]
        masks = [(b, e) for b, e, _ in scan.cues.get("MaskCue", ())]
        out = []
        for begin, end, kind in hits:
            if scan.in_document(begin) or any(b <= begin and end <= e for b, e in inside) or any(b <= begin and end <= e for b, e in masks):
                continue
            if kind.verb and any(b == end or (b > begin and b < end) for b, _, k in hits if not k.verb):
                continue
            score = self._zone(scan, begin, body, lead)
            if score is None:
                continue
            held = self._held(scan, begin, end, kind)
            score += 3.0 if held else 0.0
            score += self._context(scan, begin, end, kind, people, bodies)
            sentence = scan.sentence(begin)
            if any(sentence[0] <= d.begin < begin for d in days) and begin >= body:
                score += 1.5
            out.append(Candidate(begin, end, kind, score, held))
        heads = {c.type.cls for c in out if c.begin < body}
        named = {scan.text[c.begin : c.end] for c in out if c.begin < body}
        return [Candidate(c.begin, c.end, c.type, c.score + (2.0 if c.begin >= body and c.type.cls in heads else 0.0)
                          + (1.0 if c.begin >= body and scan.text[c.begin : c.end] in named else 0.0), c.held) for c in out]

    @staticmethod
    def _zone(scan: Scan, begin: int, body: int, lead: Sequence[tuple[int, int]]) -> float | None:
        if begin < body:
            headline = scan.article.headline
            return 2.0 if headline and headline[0] <= begin < headline[1] else 0.5
        for k, (b, e) in enumerate(lead):
            if b <= begin < e:
                return (3.0, 1.5, 0.5)[k] - min(1.5, (begin - b) / 120)
        return None

    @staticmethod
    def _held(scan: Scan, begin: int, end: int, kind: EventType) -> bool:
        text = scan.text
        left = max((text.rfind(c, 0, begin) for c in "，,；;。\n"), default=-1) + 1
        right = min((p for p in (text.find(c, end) for c in "，,；;。\n") if p >= 0), default=len(text))
        for b in range(left, begin):
            for e, word in scan.cue_at.get(b, ()):
                if word.kind == "HoldingCue" and e <= begin:
                    return True
                if kind.verb and word.kind == "MovementCue" and e <= begin:
                    return True
        if kind.verb:
            return False
        return any(word.kind == "HoldingCue" for b in range(end, right) for _, word in scan.cue_at.get(b, ()))

    @staticmethod
    def _context(scan: Scan, begin: int, end: int, kind: EventType, people: Sequence[Person], bodies: Sequence[OrganizationSpan]) -> float:
        text = scan.text
        score = 0.0
        sentence = scan.sentence(begin)
        for b in range(sentence[0], begin):
            for e, word in scan.cue_at.get(b, ()):
                if e <= begin and word.kind == "PlanCue" and (e - b > 1 or scan.bounds[b]):
                    score -= 4.0 if begin - e < 30 else 1.0
                elif e <= begin and word.kind == "RecallCue" and e - b > 1:
                    score -= 3.0
        if not kind.verb:
            before = text[begin - 1 : begin]
            after = text[end : end + 1]
            if before in _OPEN or begin == 0:
                score -= 2.0
            if after in _INSIDE:
                score -= 2.5
            if text.rfind("“", sentence[0], begin) > text.rfind("”", sentence[0], begin):
                score -= 2.0
            return score
        if any(sentence[0] <= p.begin < begin for p in people) or any(sentence[0] <= s.begin < begin for s in bodies):
            score += 1.5
        if not scan.bounds[end] or text[end : end + 1] in _ATTRIBUTE:
            score -= 2.0
        if not scan.bounds[begin]:
            score -= 2.0
        return score

    @staticmethod
    def _choose(candidates: Sequence[Candidate]) -> list[Candidate]:
        ranked = sorted(candidates, key=lambda c: (-c.score, c.begin))
        if not ranked or ranked[0].score < _THRESHOLD:
            return []
        chosen = [ranked[0]]
        for other in ranked[1:]:
            near = other.begin < chosen[0].begin and chosen[0].begin - other.end < 16 or chosen[0].begin <= other.begin < chosen[0].end
            if not near and other.type.cls != chosen[0].type.cls and other.held and other.score >= _SECOND and not other.type.verb:
                chosen.append(other)
                break
        return chosen

    # -- when, where, what, by whom ----------------------------------------------------------

    @staticmethod
    def _when(scan: Scan, candidate: Candidate, days: Sequence[Day]) -> When | None:
        sentence = scan.sentence(candidate.begin)
        same = [d for d in days if sentence[0] <= d.begin < sentence[1]]
        before = [d for d in same if d.begin < candidate.begin]
        if before:
            return before[-1].when
        if same and candidate.begin >= scan.article.body:
            return same[0].when
        lead = [s for s in scan.sentences if s[0] >= scan.article.body and s[1] - s[0] > 8][:3]
        first = [d for d in days if lead and lead[0][0] <= d.begin < lead[-1][1]]
        return first[0].when if first else None

    def _place(self, scan: Scan, setting: Setting, candidate: Candidate, bodies: Sequence[OrganizationSpan], sites: Sequence[Mention]) -> Place | None:
        sentence = scan.sentence(candidate.begin)
        for mention in sites:
            if sentence[0] <= mention.begin < sentence[1] and isinstance(mention.thing, Place):
                return mention.thing
        spans = [s for s in setting.spans if sentence[0] <= s.begin < sentence[1] and s.area is not None]
        movement = [e for _, e, _ in scan.cues.get("MovementCue", ()) if sentence[0] <= e < sentence[1]]
        for span in spans:
            if span.begin in movement and span.area is not None:
                return Place(self.areas.label(span.area), span.area)
        if setting.locality is not None:
            return Place(self.areas.label(setting.locality), setting.locality)
        return None

    @staticmethod
    def _name(scan: Scan, candidate: Candidate) -> str:
        text, begin, end = scan.text, candidate.begin, candidate.end
        sentence = scan.sentence(begin)
        if candidate.type.verb:
            stop = min((p for p in (text.find(c, end) for c in "，,；;。！\n") if p >= 0), default=len(text))
            return text[begin : min(stop, begin + 40)].strip()
        left = sentence[0]
        depth = 0
        for i in range(begin - 1, sentence[0] - 1, -1):
            c = text[i]
            if c in "”》":
                depth += 1
            elif c in "“《":
                depth -= 1
            elif depth == 0 and c in _OPEN + "）)":
                left = i + 1
                break
        for b in range(left, begin):
            for e, word in scan.cue_at.get(b, ()):
                if e <= begin and word.kind in ("HoldingCue", "RelativeDayCue") and scan.bounds[b]:
                    left = max(left, e)
        return text[left:end].strip(" \u3000、")

    def _organizer(self, scan: Scan, setting: Setting, candidate: Candidate, bodies: Sequence[OrganizationSpan], tenures: Sequence[Tenure],
                   participations: Sequence[Participation]) -> Organization | Place | None:
        sentence = scan.sentence(candidate.begin)
        for b, e, word in scan.cues.get("OrganizerCue", ()):
            if sentence[0] <= b < sentence[1] + 80:
                near = [s for s in bodies if s.end <= b and s.begin >= sentence[0]]
                if near:
                    return near[-1].organization
        titled = {(t.begin, t.end) for t in tenures}
        subject = [s for s in bodies if sentence[0] <= s.begin < candidate.begin and not any(b <= s.begin < e for b, e in titled)]
        if subject:
            return subject[0].organization
        if candidate.type.verb:
            leader = next((t for p in participations if p.role == "leader" for t in tenures if t.person == p.participant and t.organization), None)
            return leader.organization if leader is not None else None
        held = [s for s in setting.spans if sentence[0] <= s.begin < candidate.begin and s.area is not None]
        if held and held[0].area is not None and not any(b <= held[0].begin < e for b, e in titled):
            return Place(self.areas.label(held[0].area), held[0].area)
        for b, _, word in scan.cues.get("SelfReferenceCue", ()):
            if sentence[0] <= b < candidate.begin and word.level and setting.locality:
                return Place(self.areas.label(setting.locality), setting.locality)
        return None


_INSIDE = "上后前期"
_ATTRIBUTE = "的组团员者"


class Roles:
    """Goes through the sentences once, carrying the subject, and gives each predicate's role to it."""

    def __init__(self, scan: Scan, people: Sequence[Person], tenures: Iterable[Tenure], cls: str) -> None:
        self.scan, self.cls = scan, cls
        self.people = sorted(people, key=lambda p: p.begin)
        self.tenures: dict[str, Tenure] = {}
        for tenure in tenures:
            self.tenures.setdefault(tenure.person, tenure)

    def read(self) -> tuple[tuple[Participation, ...], tuple[Statement, ...]]:
        """Participations in the order of naming, and statements."""
        found: dict[tuple[str, str], Participation] = {}
        statements: list[Statement] = []
        order = {p.name: k for k, p in reversed(list(enumerate(self.people)))}
        carried: list[Person] = []
        for sentence in self.scan.sentences:
            if sentence[1] <= self.scan.article.body:
                continue
            marks = self._marks(sentence)
            subjects, consumed, companion = list[Person](), True, False
            awaiting: str | None = None
            for begin, end, what in marks:
                if isinstance(what, Person):
                    if awaiting is not None:
                        self._put(found, what, awaiting, begin, end, order)
                    if consumed:
                        subjects, consumed, companion = [], False, False
                    subjects.append(what)
                    continue
                role, verb, statement = what
                if role == "pronoun":
                    if consumed and carried:
                        subjects, consumed = [carried[-1]], False
                    continue
                awaiting = role if self._lists(end) else None
                if not subjects:
                    if statement and carried and self._paragraph_start(begin, carried):
                        subjects = [carried[-1]]
                    else:
                        continue
                consumed = True
                companion = companion or role == "companion"
                if role == "event":
                    if companion or self.cls not in ("Inspection", "Ceremony"):
                        continue
                    role = "leader"
                for person in subjects:
                    self._put(found, person, role, begin, end, order)
                if statement and len(subjects) == 1:
                    self._say(statements, subjects[0], verb, begin, end)
            if subjects:
                carried = subjects
        ranked = sorted(found.values(), key=lambda p: (p.order, p.begin, p.role))
        places = {name: k + 1 for k, name in enumerate(dict.fromkeys(str(p.participant) for p in ranked))}
        return tuple(Participation(p.participant, p.role, p.begin, p.end, places[str(p.participant)], p.confidence, p.capacity) for p in ranked), tuple(statements)

    def _marks(self, sentence: tuple[int, int]) -> list[tuple[int, int, Person | tuple[str, str, bool]]]:
        scan = self.scan
        out: list[tuple[int, int, Person | tuple[str, str, bool]]] = [
            (p.begin, p.end, p) for p in self.people if sentence[0] <= p.begin < sentence[1]]
        names = [(p.begin, p.end) for p in self.people]
        masks = [(b, e) for b, e, _ in scan.cues.get("MaskCue", ()) if sentence[0] <= b < sentence[1]]
        taken = -1
        for kind in ("RoleCue", "SpeechCue", "PronounCue", "EventVerb"):
            source = ([(b, e, None) for b, e, t in scan.events if t.verb and t.cls == self.cls] if kind == "EventVerb"
                      else scan.cues.get(kind, ()))
            for b, e, word in source:
                if not sentence[0] <= b < sentence[1] or any(x <= b and e <= y for x, y in masks) or any(x < e and b < y for x, y in names):
                    continue
                if not scan.bounds[b] and not any(y == b for _, y in names):
                    continue
                if kind == "PronounCue":
                    out.append((b, e, ("pronoun", "", False)))
                elif word is None:
                    out.append((b, e, ("event", scan.text[b:e], False)))
                elif word.role is not None:
                    out.append((b, e, (word.role, scan.text[b:e], word.statement)))
        out.sort(key=lambda m: (m[0], -m[1], isinstance(m[2], Person)))
        kept = []
        for mark in out:
            if mark[0] >= taken or isinstance(mark[2], Person):
                kept.append(mark)
                taken = max(taken, mark[1])
            elif mark[1] == taken and kept and not isinstance(kept[-1][2], Person) and kept[-1][0] == mark[0] and kept[-1][2][0] != mark[2][0]:  # type: ignore[index]
                kept.append(mark)
        return kept

    def _lists(self, end: int) -> bool:
        """Whether people follow the predicate: 参加调研的有甲、乙."""
        window = self.scan.text[end : end + 10]
        return "有" in window.split("，")[0].split("。")[0] and "的" in window[: window.index("有")]

    def _paragraph_start(self, begin: int, carried: list[Person]) -> bool:
        return False

    def _put(self, found: dict[tuple[str, str], Participation], person: Person, role: str, begin: int, end: int, order: dict[str, int]) -> None:
        if not person.official:
            return
        key = (person.name, role)
        if key not in found:
            tenure = self.tenures.get(person.name)
            low, high = min(begin, person.begin), max(end, person.end)
            found[key] = Participation(person.name, role, low, high, order[person.name], 0.9, tenure)

    def _say(self, statements: list[Statement], person: Person, verb: str, begin: int, end: int) -> None:
        text = self.scan.text
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        nxt = next((p.begin for p in self.people if p.begin > end and p.begin < stop and text[p.begin - 1] in "。！？"), None)
        if nxt is not None:
            stop = nxt
        said = text[end:stop].lstrip("，,：: “").rstrip(" ”")
        if len(said) > 3:
            at = text.index(said, end)
            statements.append(Statement(person.name, verb, said, begin, at + len(said)))


def _outer(hits: Iterable[tuple[int, int, EventType]]) -> list[tuple[int, int, EventType]]:
    """Hits that no longer hit covers."""
    out: list[tuple[int, int, EventType]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if out and hit[1] <= out[-1][1]:
            continue
        if out and hit[0] < out[-1][1] and hit[1] > out[-1][1] and not hit[2].verb:
            out[-1] = (out[-1][0], hit[1], hit[2])
            continue
        out.append(hit)
    return out
