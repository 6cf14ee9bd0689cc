"""Who took part in what role, and what was said: the sentences read once, with the subject carried on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.mentions import Scan
from kg.model import Participation, Statement, Tenure
from kg.offsets import cover
from kg.predicates import Person, Verb, elected, lists, passed_on, posted, predicates
from kg.searches import OrganizationSpan
from kg.subjects import (
    LONG_CASES,
    Run,
    State,
    accompanying,
    acted,
    attribute,
    case_before,
    clause_begin,
    clause_over,
    heard,
    met_with,
    reporting,
    spoken_of,
    went_between,
)
from kg.utterances import besides, statements

# A comma and an adverb before a predicate (，分别) have at most so many characters.
_ADVERB = 3


class Roles:
    """Goes through the sentences once, carrying the subject, and gives each predicate's role to it."""

    def __init__(
        self, scan: Scan, people: Sequence[Person], tenures: Iterable[Tenure], bodies: Iterable[OrganizationSpan], cls: str
    ) -> None:
        self.scan, self.cls = scan, cls
        cited = {b for b, _, _ in scan.cues.get("SpokenOfCue", ())}
        decided = {e for kind in ("NominationCue", "RemovalCue") for _, e, _ in scan.cues.get(kind, ())}
        everyone = sorted((p for p in people if p.end not in cited and not passed_on(scan, p)), key=lambda p: p.begin)
        chosen = {e for _, e, _ in scan.cues.get("ElectionCue", ())} if cls == "Meeting" else set()
        # 选举甲等50名代表为主席团成员: whoever is elected does nothing.
        self.people = [p for p in everyone if p.begin not in chosen and not posted(scan, p, decided)]
        self.tenures: dict[str, Tenure] = {}
        # Words inside a title chain, a body's or a person's name are no predicates.
        self.named = bytearray(len(scan.text) + 1)
        for tenure in tenures:
            self.tenures.setdefault(tenure.person, tenure)
            cover(self.named, tenure.begin, tenure.end)
        for span in bodies:
            cover(self.named, span.begin, span.end)
        for person in self.people:
            cover(self.named, person.begin, person.end)
        self.name_ends = {p.end for p in self.people}
        self.order = {p.name: k for k, p in reversed(list(enumerate(everyone)))}
        self.found: list[Participation] = []
        self.said: list[tuple[Person, Verb]] = []
        # Subjects of sentences whose predicate no cue knows: whoever holds a post was there.
        self.present: list[Person] = [*elected(scan, everyone), *(p for p in everyone if p.begin in chosen)] if chosen else []
        self.stops: list[int] = []
        # Who is said to visit, though nothing says that they hold a post.
        self.visitors: set[str] = set()

    def read(self) -> tuple[tuple[Participation, ...], tuple[Statement, ...]]:
        """Every time that somebody is said to have had a role, and statements. ``order`` is that of the names."""
        verbs = predicates(self.scan, self.cls, self.named, self.name_ends)
        at, nth = 0, 0
        carried: list[Person] = []
        for begin, end in self.scan.sentences:
            if end <= self.scan.article.body:
                continue
            while at < len(verbs) and verbs[at].begin < begin:
                at += 1
            while nth < len(self.people) and self.people[nth].begin < begin:
                nth += 1
            marks: list[Person | Verb] = []
            while at < len(verbs) and verbs[at].begin < end:
                marks.append(verbs[at])
                at += 1
            while nth < len(self.people) and self.people[nth].begin < end:
                marks.append(self.people[nth])
                nth += 1
            marks.sort(key=lambda m: m.begin)
            carried = self._sentence(begin, marks, carried)
        acting = {p.participant for p in self.found}
        for person in self.present:
            if person.name not in acting:
                self._put(person, "attendee", person)
        said = tuple(statements(self.scan, self.said, self.stops))
        acting = {*(p.participant for p in self.found), *self.visitors}
        for person in besides(self.scan, [p for p in self.people if p.name not in acting], self.cls, said):
            tenure = self.tenures.get(person.name)
            # 在牧民甲的毡房里，乙端起奶茶: whoever is called on receives.
            role = "attendee" if self.cls != "Inspection" or person.official else "host"
            self.found.append(Participation(person.name, role, person.begin, person.end, self.order[person.name], 0.5, tenure))
        return tuple(self.found), said

    # -- one sentence ------------------------------------------------------------------------

    def _sentence(self, begin: int, marks: Sequence[Person | Verb], carried: list[Person]) -> list[Person]:
        """Read one sentence; whom the next one may call 他."""
        state = State()
        last = begin
        previous: Person | Verb | None = None
        for mark in marks:
            if isinstance(mark, Person):
                self._person(state, mark, last, previous, begin)
            elif mark.role == "pronoun":
                spoken = state.actors or carried
                if state.consumed and spoken:
                    state.subjects, state.consumed, state.only_present = [spoken[-1]], False, False
            elif mark.role == "talk":
                self._talk(state, mark)
            else:
                self._verb(state, mark, carried, begin)
            previous, last = mark, mark.end
        together = met_with(self.scan, state.side, self.cls)
        if not state.consumed and (state.side is None or together):
            # 转达市委书记甲的问候: who is only spoken of need not be there.
            there = [*state.subjects, *together]
            self.present.extend(p for p in there if (p.official or self.cls == "Meeting") and not self.scan.has_cue(p.end, "PossessiveCue"))
        return state.actors or state.subjects or carried

    def _talk(self, state: State, verb: Verb) -> None:
        """与甲交谈: who is talked with at a visit receives."""
        side = state.side
        if side is not None and side.case == "ComitativeCue" and not clause_over(self.scan.text, side.persons[-1].end, verb.begin):
            for person in side.persons:
                self._put(person, "host", person)
            state.side = None

    def _person(self, state: State, person: Person, last: int, previous: Person | Verb | None, begin: int) -> None:
        if state.listing is not None:
            self._put(person, state.listing, person)
            return
        joined = isinstance(previous, Person)
        told = self.scan.has_cue(last, "HearingCue") or acted(self.scan, self.named, last)
        if joined and told and clause_over(self.scan.text, last, person.begin):
            # 甲听取了汇报，乙 …, 甲把红包交到群众手里，乙 …: that is all that is said of the first.
            self.present.extend(p for p in state.subjects if p.official)
            joined, state.consumed = False, True
        called_on = isinstance(previous, Verb) and previous.event and bool(state.actors) and self.cls == "Inspection"
        behind = state.side.role if joined and state.side is not None else None
        if called_on:
            # 看望老党员甲: whoever is visited receives.
            behind = "host"
        elif (
            self.cls == "Inspection" and isinstance(previous, Verb) and previous.role == "leader" and not previous.event and person.official
        ):
            # 甲带领某局局长乙深入某镇: whoever is taken along
            behind = "companion" if state.actors else None
        if behind is not None and not clause_over(self.scan.text, last, person.begin):
            self._put(person, behind, person)
            state.side = Run(None, [person], behind)
            return
        if isinstance(previous, Verb) and previous.role == "attendee" and attribute(self.scan, last, person.begin):
            # 旁听的村民甲, 参加表演的学生甲
            self._put(person, "attendee", previous)
        case = case_before(self.scan, self.named, self.name_ends, last, person.begin, joined)
        if self.cls == "Inspection" and case is None and self.scan.has_cue(person.end, "HomeCue"):
            # 在困难教师甲、老党员乙家中，丙 …
            self._called_on(state, person, joined)
            return
        if person.official and not (joined and clause_over(self.scan.text, last, person.begin)) and self._beside(case, person):
            self.present.append(person)
        beside = joined and not clause_over(self.scan.text, last, person.begin)
        if self.cls == "Inspection" and not person.official and self._met(state, case, beside, person):
            self._put(person, "host", person)
        listed = state.side.persons if joined and state.side is not None and state.side.case == "HearingCue" else []
        if (case == "HearingCue" or listed) and reporting(self.scan, person.end):
            for each in (*listed, person):
                self._put(each, "speaker", each)
        if case is not None and joined and state.side is not None and case == state.side.case == "ComitativeCue":
            # 甲与乙、丙与丁签约
            state.side.persons.append(person)
        elif case is not None:
            state.side = Run(case, [person])
        elif joined and state.side is not None and (state.side.case in LONG_CASES or not clause_over(self.scan.text, last, person.begin)):
            state.side.persons.append(person)
        else:
            if state.consumed:
                state.subjects, state.consumed, state.only_present = [], False, False
            state.side = None
            state.subjects.append(person)

    def _called_on(self, state: State, last: Person, joined: bool) -> None:
        """在困难教师甲、老党员乙家中: those listed before the last are called on too."""
        begin = last.begin
        while joined and state.side is None and state.subjects:
            if state.subjects[-1].official and clause_over(self.scan.text, state.subjects[-1].end, begin):
                break
            person = state.subjects.pop()
            begin = person.begin
            self._put(person, "host", last)
        self._put(last, "host", last)

    def _beside(self, case: str | None, person: Person) -> bool:
        """Whether something was done with or towards somebody, out of any quotation: 向某局局长甲了解情况."""
        if self.cls == "Meeting" or case not in ("ComitativeCue", "RecipientCue"):
            return False
        return self.scan.text.rfind("“", 0, person.begin) <= self.scan.text.rfind("”", 0, person.begin)

    def _met(self, state: State, case: str | None, joined: bool, person: Person) -> bool:
        """Whether somebody without a post is met at a visit: 同种粮大户甲交流, 向锅炉工乙致以问候."""
        if case is None and joined and state.side is not None:
            case = state.side.case
        return state.subjects != [] and self._beside(case, person)

    def _reaches(self, begin: int, end: int) -> bool:
        """Whether a predicate is said of those before it: in their clause, or behind a comma and an adverb (甲与乙，分别签订)."""
        return not clause_over(self.scan.text, begin, end) or end - begin <= _ADVERB

    def _verb(self, state: State, verb: Verb, carried: Sequence[Person], begin: int) -> None:
        side, state.side = state.side, None
        if side is not None and side.case == "AgentCue":
            state.subjects, state.consumed, state.only_present = side.persons, False, False
        elif side is not None and side.case == "HearingCue":
            if verb.role == "speaker":
                for person in side.persons:
                    self._put(person, "speaker", verb)
                return
        elif side is not None and side.case == "RecipientCue":
            if verb.event and went_between(self.scan, side.persons[-1].end, verb.begin):
                # 甲对乙一行到公司走访表示欢迎: the second visited.
                for person in side.persons:
                    self._put(person, verb.role, verb)
                state.side = side
                return
            if verb.role == "leader" and self.cls != "Inspection":
                for person in side.persons:
                    self._put(person, "attendee", verb)
        elif side is not None and side.case == "ComitativeCue" and self._reaches(side.persons[-1].end, verb.begin):
            if not verb.statement and state.subjects and not state.consumed:
                state.subjects = [*state.subjects, *side.persons]
            elif not verb.statement:
                state.subjects, state.consumed = side.persons, False
        # 参加会谈的还有甲: whoever is listed as at a meeting does not hold it.
        role = "attendee" if verb.event and self.cls == "Meeting" else verb.role
        state.listing = role if lists(self.scan, verb.end) else None
        if self._circumstance(state, verb):
            return
        told = state.consumed and state.told
        if not state.subjects or (verb.event and state.actors and (told or "：" in self.scan.text[state.actors[-1].end : verb.begin])):
            # 甲汇报了情况：今年以来，全县共检查 …; 甲建议 … 联合执法: what follows is told.
            return
        state.consumed, state.told = True, verb.statement
        if verb.role == "speaker" and spoken_of(self.scan, state.subjects[-1].end, verb.begin):
            return
        if verb.role == "speaker" and not verb.statement and heard(self.scan, state.subjects[-1].end, verb.begin):
            self.present.extend(person for person in state.subjects if person.official)
            return
        if verb.statement and len(state.subjects) > 1 and self.scan.has_cue(state.subjects[-1].end, "PossessiveCue"):
            # 甲握着所长乙的手说
            held = state.subjects.pop()
            self._put(held, "host" if self.cls == "Inspection" else "attendee", held)
        state.actors = state.subjects
        if verb.event and (state.only_present or self.cls == "Meeting"):
            self.present.extend(person for person in state.subjects if person.official and self.cls == "Meeting")
            return
        state.only_present = state.only_present or verb.role in ("companion", "attendee", "host")
        along = verb.event and self.cls == "Inspection" and any(person.official for person in state.subjects)
        for person in state.subjects:
            self._put(person, verb.role, verb, along)
        first = state.subjects[0]
        if verb.begin >= first.end:
            self.stops.append(clause_begin(self.scan, self.named, first.begin, begin))
        if verb.statement and len(state.subjects) == 1:
            self.said.append((first, verb))

    def _circumstance(self, state: State, verb: Verb) -> bool:
        """在甲陪同下: the role is 甲's alone, and the subject goes on behind it."""
        if not any(word.kind == "CircumstanceCue" for _, _, word in self.scan.cue_at.get(verb.end, ())):
            return False
        after = state.subjects[-1].end if state.subjects else verb.begin
        if any(not self.named[at] and self.scan.has_cue(at, "LocativeCue") for at in range(after, verb.begin)):
            # 甲在有关负责人陪同下
            return True
        here = accompanying(self.scan, self.named, state.subjects)
        for person in here:
            self._put(person, verb.role, verb)
        state.subjects = state.subjects[: len(state.subjects) - len(here)]
        state.consumed = not state.subjects
        return True

    def _put(self, person: Person, role: str, at: Verb | Person, along: bool = False) -> None:
        # Whoever is only quoted took part as the holder of a post, not as a villager; at a meeting all who speak take part.
        # A title behind the name (某某总书记指出) is how others are quoted. Who goes ``along`` with officials visits as they do.
        quoted = self.cls != "Meeting" or person.end in self.scan.titles_by_begin
        # A title behind the name (某某书记到我院调研) is how a guest is named.
        guest = person.end in self.scan.titles_by_begin or self.scan.has_cue(person.end, "GroupCue")
        if not person.official and not along and isinstance(at, Verb) and ((at.event and not guest) or (at.statement and quoted)):
            if at.event and self.cls == "Inspection":
                self.visitors.add(person.name)
            return
        low, high = min(at.begin, person.begin), max(at.end, person.end)
        self.found.append(Participation(person.name, role, low, high, self.order[person.name], 0.9, self.tenures.get(person.name)))
