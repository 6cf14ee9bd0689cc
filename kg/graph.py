"""Facts → N-Quads with evidence.

A graph is written node by node: each method below gives all lines of one subject, in the order of code points, so that only
the subjects have to be sorted. A node that is said twice is merged line by line. A line is subject, predicate (a constant with
its spaces), object, and the line's end; the graph, which is that of all lines, is put in when they are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg import confidence
from kg import terms as t
from kg.confidence import BODILESS, EVENT, PARTICIPATION, TENURE, Calibration
from kg.identity import Minter
from kg.model import Event, Facts, Mention, Organization, Participation, Place, Statement, Tenure
from kg.namespaces import KG
from kg.octets import words_of
from kg.places import AreaReader
from kg.things import Things
from kg.writers import quoted, unbroken

# A post that is wrong more often than right is left out: a wrong one for a real person is worse than none.
_EVEN = 0.5


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The graph of one article: its IRI, its lines, and the standing things that it names.

    Each of ``nodes`` holds the lines of one subject, without the graph; nodes and lines are in order. IRI and nodes are octets.
    """

    iri: str
    nodes: tuple[str, ...]
    areas: frozenset[str]
    organizations: tuple[Organization, ...]

    @property
    def blocks(self) -> list[str]:
        """The lines of each subject, N-Quads."""
        ending = f" <{self.iri}> .\n"
        return [words_of(lines.replace(t.LINE_END, ending)) for lines in self.nodes]


class GraphBuilder:
    """Turns the facts of articles into quads under one base."""

    def __init__(self, areas: AreaReader, minter: Minter, calibration: Calibration | None = None) -> None:
        self.areas, self.mint = areas, minter
        self.sure = (calibration or confidence.load()).share
        self.prefecture = lru_cache(maxsize=4096)(areas.prefecture)

    def article(self, facts: Facts, iri: str, minimum: float = 0.0) -> ArticleGraph:
        """The graph of one article with this IRI, facts under a confidence left out."""
        return _ArticleWriter(self, facts, iri, minimum).graph()

    def seat(self, organizations: Sequence[Organization], home: str | None) -> str | None:
        """The prefecture that tells a person from namesakes: that of the first local body, else of the article; None is central."""
        province = None
        for body in organizations:
            if body.area:
                if self.areas.area(body.area).level != "province":
                    return self.prefecture(body.area)
                province = province or body.area
        if province is not None:
            return self.prefecture(province)
        return None if organizations and all(body.public and body.parent is None for body in organizations) else home


class _ArticleWriter(Things):
    def __init__(self, builder: GraphBuilder, facts: Facts, iri: str, minimum: float) -> None:
        super().__init__(builder.mint, facts.article, iri)
        self.builder, self.facts, self.minimum = builder, facts, minimum
        self.sure = builder.sure
        self.tenures = [tenure for tenure in facts.tenures if self._of_tenure(tenure) >= max(minimum, _EVEN)]
        self.people.update(self._people())
        self.held: dict[tuple[str, str | None, str], str] = {}
        self.shown_on = self._shown_on()
        self.officials.update(tenure.person for tenure in self.tenures if tenure.organization is not None and tenure.organization.public)

    def _of_tenure(self, tenure: Tenure) -> float:
        return self.sure(BODILESS if tenure.organization is None else TENURE, tenure.confidence)

    def _of_event(self, event: Event) -> float:
        return self.sure(EVENT, event.confidence)

    def _of_part(self, event: Event, part: Participation) -> float:
        return self.sure(PARTICIPATION, round(event.confidence * part.confidence, 2))

    def _people(self) -> dict[str, str]:
        """Persons' IRIs: the name and the prefecture of the highest seat held, else of the article."""
        home = self.builder.prefecture(self.facts.locality)
        held: dict[str, list[Organization]] = {}
        for tenure in self.facts.tenures:
            bodies = held.setdefault(tenure.person, [])
            if tenure.organization is not None:
                bodies.append(tenure.organization)
        people = {name: f"<{self.mint.person(name, self.builder.seat(bodies, home))}>" for name, bodies in held.items()}
        for mention in (*self.facts.persons, *self.facts.reporters):
            name = str(mention.thing)
            if name not in people:
                people[name] = f"<{self.mint.person(name, home) if home else self.mint.person_of(self.iri, name)}>"
        return people

    def graph(self) -> ArticleGraph:
        facts = self.facts
        mentions = (*facts.persons, *facts.organizations, *facts.places)
        named = {self._thing(mention) for mention in mentions if mention.confidence >= self.minimum}
        named.update([self.document(str(mention.thing)) for mention in facts.documents])
        for tenure in self.tenures:
            self._tenure(tenure)
        for index, event in enumerate(self.facts.events, 1):
            if self._of_event(event) >= self.minimum:
                self._event(index, event)
        for begin, end in facts.impossible_days:
            words = self.evidence(begin, end)
            self.put(words, f"{words}{t.IS_IMPOSSIBLE}{t.LINE_END}")
        # What takes part in a fact that is sure is named too.
        named.update(self._thing(mention) for mention in mentions if mention.confidence < self.minimum and self._is_used(mention.thing))
        self._article(named)
        nodes = self.nodes
        return ArticleGraph(self.iri, tuple([nodes[s] for s in sorted(nodes)]), frozenset(self.areas), tuple(self.bodies))

    def _article(self, named: Iterable[str]) -> None:
        facts, article, s, n = self.facts, self.article, self.name, t.LINE_END
        head = "".join([f"{s}{cls}{n}" for cls in t.IS_ARTICLE])
        lines = [f"{s}{t.BEGIN}{t.offset(article.begin)}{n}{s}{t.END}{t.offset(article.end)}{n}{head}"]
        if article.alternative is not None:
            lines.append(f"{s}{t.ALTERNATIVE}{quoted(article.text[slice(*article.alternative)])}{n}")
        lines += [f"{s}{t.AUTHOR}{who}{n}" for who in sorted({self.person(str(mention.thing)) for mention in facts.reporters})]
        if facts.published is not None:
            lines.append(f"{s}{t.PUBLISHED}{t.date(facts.published.isoformat(), 'date')}{n}")
        if article.headline is not None:
            lines.append(f"{s}{t.HEADLINE}{quoted(article.text[slice(*article.headline)])}{n}")
        lines += [f"{s}{t.MENTIONS}{node}{n}" for node in sorted(named)]
        lines.append(f"{s}{t.SOURCE}{t.words(article.page)}{n}")
        self.nodes[s] = "".join(lines)

    def _thing(self, mention: Mention) -> str:
        thing = mention.thing
        if isinstance(thing, Organization):
            return self.organization(thing)
        if isinstance(thing, Place):
            return self.place(thing)
        return self.person(thing)

    def _is_used(self, thing: Organization | Place | str) -> bool:
        if isinstance(thing, Organization):
            return thing.path in self.names
        if isinstance(thing, Place):
            return f"<{self.mint.place(thing)}>" in self.nodes if thing.site else thing.area in self.areas
        return self.people.get(thing) in self.nodes

    def _shown_on(self) -> tuple[str, str] | None:
        """The day on which this article shows people in their posts: its first event's with one, else its issue's."""
        for event in self.facts.events:
            day = event.when.literal() if event.when is not None else None
            if day is not None:
                return day
        return (self.facts.published.isoformat(), "date") if self.facts.published is not None else None

    def _tenure(self, tenure: Tenure) -> None:
        person, organization, n, title = self.person(tenure.person), tenure.organization, t.LINE_END, t.words(tenure.title)
        s = f"<{self.mint.tenure(person[1:-1], organization, tenure.title)}>"
        self.held[tenure.person, organization.path if organization is not None else None, tenure.title] = s
        day = self.shown_on
        during = self._interval(s, tenure.started, day) if tenure.started or tenure.ended else ""
        attested = "" if tenure.former or tenure.ended or day is None else f"{s}{t.ATTESTED}{t.date(*day)}{n}"
        within, post = "", ""
        if organization is not None:
            body, seat = self.organization(organization), f"<{self.mint.post(organization, tenure.title)}>"
            within, post = f"{s}{t.IN}{body}{n}", f"{s}{t.POST}{seat}{n}"
            concept = f"{seat}{t.CONCEPT}{t.concept('title', tenure.concept)}{n}" if tenure.concept is not None else ""
            self.put(seat, f"{seat}{t.IS_POST}{n}{seat}{t.IS_POST_TOO}{n}{seat}{t.LABEL}{t.words(organization.name + tenure.title)}@zh{n}"
                            f"{seat}{t.POST_IN}{body}{n}{seat}{t.TITLE}{title}{n}{concept}")  # fmt: skip
        self.put(s, f"{s}{t.IS_TENURE}{n}{s}{t.IS_TENURE_TOO}{n}{s}{t.MEMBER}{person}{n}{during}{within}"
                     f"{s}{t.DERIVED}{self.name}{n}{attested}{s}{t.CONFIDENCE}{t.sureness(self._of_tenure(tenure))}{n}"
                     f"{s}{t.EVIDENCE}{self.evidence(tenure.begin, tenure.end)}{n}{post}{s}{t.TITLE}{title}{n}")  # fmt: skip

    def _interval(self, s: str, started: bool, day: tuple[str, str] | None) -> str:
        """A stated appointment or removal: an interval that begins or ends on the day, where a day is known."""
        if day is None or day[1] != "date":
            return ""
        n, node = t.LINE_END, f"{s[:-1]}/interval>"
        instant = f"{s[:-1]}/{'from' if started else 'until'}/{day[0]}>"
        self.put(node, f"{node}{t.IS_INTERVAL}{n}{node}{t.HAS_BEGINNING if started else t.HAS_END}{instant}{n}")
        self.put(instant, f"{instant}{t.IS_INSTANT}{n}{instant}{t.DAY}{t.date(*day)}{n}")
        return f"{s}{t.DURING}{node}{n}"

    def _event_iri(self, index: int, event: Event) -> str:
        return self.mint.event(self.iri, index, event.kind, event.when, event.area, event.name)

    def _event(self, index: int, event: Event) -> None:
        iri, n = self._event_iri(index, event), t.LINE_END
        s = f"<{iri}>"
        label = event.name or event.type or event.kind
        first = event.when.literal() if event.when is not None else None
        last = event.when.end_literal() if event.when is not None and first is not None else None
        lines = [self.labelled(s, t.is_event(event.kind), label), f"{s}{t.DERIVED}{self.name}{n}"]
        if last is not None:
            lines.append(f"{s}{t.LAST_DAY}{t.date(*last)}{n}")
        if event.place is not None:
            lines.append(f"{s}{t.LOCATION}{self.place(event.place)}{n}")
        if event.organizer is not None and (organizer := self._organizer(event.organizer)) is not None:
            lines.append(f"{s}{t.ORGANIZER}{organizer}{n}")
        if first is not None:
            lines.append(f"{s}{t.FIRST_DAY}{t.date(*first)}{n}")
        if event.super_event is not None:
            parent = self.facts.events[event.super_event]
            if self._of_event(parent) >= self.minimum:
                lines.append(f"{s}{t.SUPER}<{self._event_iri(event.super_event + 1, parent)}>{n}")
        lines.append(f"{s}{t.CONFIDENCE}{t.sureness(self._of_event(event))}{n}")
        if event.type is not None:
            lines.append(f"{s}{t.TYPE}{t.concept('eventtype', event.type)}{n}")
        lines.append(f"{s}{t.EVIDENCE}{self.evidence(event.begin, event.end)}{n}")
        if first is not None and event.when is not None and event.when.basis is not None and event.when.year is not None:
            lines.append(f"{s}{t.BASIS}{t.words(event.when.basis)}{n}")
        self.put(s, "".join(lines))
        took_part: dict[str, float] = {}
        for part in event.participations:
            sure = self._of_part(event, part)
            if sure >= self.minimum:
                self._participation(iri, s, part, sure)
                took_part[str(part.participant)] = sure
        for statement in event.statements:
            # Who said it is as sure as that the person was there.
            if statement.speaker in took_part:
                self._statement(s, statement, took_part[statement.speaker])

    def _organizer(self, organizer: Organization | Place) -> str | None:
        """A place as organizer stands for its leadership."""
        if isinstance(organizer, Organization):
            return self.organization(organizer)
        if organizer.area is None:
            return None
        return self.organization(Organization(organizer.name, organizer.area, organizer.area, collective=True))

    def _participation(self, event_iri: str, event: str, part: Participation, sure: float) -> None:
        who, n = part.participant, t.LINE_END
        name, node = (who, self.person(who)) if isinstance(who, str) else (who.name, self.organization(who))
        s = f"<{self.mint.participation(event_iri, part.role, name)}>"
        capacity = ""
        if part.capacity is not None:
            body = part.capacity.organization
            # None: one that is not sure enough is not in the graph.
            tenure = self.held.get((name, body.path if body is not None else None, part.capacity.title))
            capacity = f"{s}{t.CAPACITY}{tenure}{n}" if tenure is not None else ""
        self.put(s, f"{s}{t.IS_PART}{n}{s}{t.IS_PART_TOO}{n}{s}{t.DERIVED}{self.name}{n}{capacity}"
                     f"{s}{t.CONFIDENCE}{t.sureness(sure)}{n}{s}{t.EVENT}{event}{n}"
                     f"{s}{t.EVIDENCE}{self.evidence(part.begin, part.end)}{n}{s}{t.ORDER}{t.integer(part.order)}{n}"
                     f"{s}{t.PARTICIPANT}{node}{n}{s}{t.ROLE}<{KG}{part.role}>{n}")  # fmt: skip

    def _statement(self, event: str, statement: Statement, sure: float) -> None:
        s, n = f"<{self.mint.statement(self.iri, self.article.origin(statement.begin))}>", t.LINE_END
        self.put(s, f"{s}{t.IS_STATEMENT}{n}{s}{t.DERIVED}{self.name}{n}{s}{t.CONFIDENCE}{t.sureness(sure)}{n}{s}{t.EVENT}{event}{n}"
                     f"{s}{t.EVIDENCE}{self.evidence(statement.begin, statement.end)}{n}{s}{t.SPEAKER}{self.person(statement.speaker)}{n}"
                     f"{s}{t.TEXT}{quoted(unbroken(statement.text))}{n}{s}{t.VERB}{t.words(statement.verb)}{n}")  # fmt: skip
