"""Facts → N-Quads lines with evidence, and the writers of files."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

from kg.gazetteer import Area
from kg.identity import Minter
from kg.lexicon import Lexicon
from kg.model import Event, Facts, Mention, Organization, Place, Tenure, When
from kg.namespaces import KG, PREFIXES
from kg.places import AreaReader

_ESCAPE = re.compile(r'[\\"\n\r\t\x00-\x1f\x7f]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_XSD = PREFIXES["xsd"]
_LINE_BREAKS = str.maketrans("", "", "\n\r")


def literal(words: str) -> str:
    """A plain literal in N-Quads."""
    return f'"{_quoted(words)}"'


def _quoted(words: str) -> str:
    return _ESCAPE.sub(lambda m: _ESCAPES.get(m.group(), f"\\u{ord(m.group()):04X}"), words)


def typed(words: str, datatype: str) -> str:
    """A literal of an XSD type."""
    return f'"{words}"^^<{_XSD}{datatype}>'


def chinese(words: str) -> str:
    """A literal in Chinese."""
    return f'"{_quoted(words)}"@zh'


def _iri(prefixed: str) -> str:
    prefix, _, name = prefixed.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


_TYPE = _iri("rdf:type")
_LABEL = _iri("rdfs:label")
_P = {name: _iri(name) for name in (
    "kg:sourceFile nif:beginIndex nif:endIndex schema:headline schema:alternativeHeadline schema:author schema:datePublished schema:mentions "
    "prov:wasDerivedFrom kg:evidence nif:referenceContext nif:anchorOf skos:altLabel org:subOrganizationOf org:classification kg:jurisdiction "
    "schema:containedInPlace kg:adminCode org:postIn kg:title kg:titleConcept kg:eventType schema:startDate schema:endDate schema:location "
    "schema:organizer schema:about schema:superEvent kg:yearBasis kg:event kg:participant kg:role kg:capacity kg:order kg:confidence kg:speaker "
    "kg:verb kg:text org:member org:organization kg:post kg:attestedOn org:memberDuring time:hasBeginning time:hasEnd time:inXSDDate schema:inLanguage"
).split()}
_C = {name: _iri(name) for name in (
    "kg:Article schema:NewsArticle prov:Entity nif:OffsetBasedString nif:Context kg:Person foaf:Person schema:Person kg:Official kg:Organization "
    "org:Organization kg:Place schema:Place kg:Document schema:CreativeWork kg:Post org:Post kg:Event sem:Event schema:Event kg:Participation sem:Role "
    "kg:Statement kg:Tenure org:Membership time:Interval time:Instant"
).split()}


class GraphBuilder:
    """Turns the facts of articles into quads under one base."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, minter: Minter) -> None:
        self.lexicon, self.areas, self.mint = lexicon, areas, minter
        self.place_graph = f"<{minter.base}graph/places>"
        self.organization_graph = f"<{minter.base}graph/organizations>"
        self._standing: dict[str, tuple[str, ...]] = {}

    def quads(self, facts: Facts, minimum: float = 0.0) -> Iterator[str]:
        """The quads of one article, facts under a confidence left out. Repeats are possible; sort and make unique."""
        yield from _ArticleQuads(self, facts, minimum).lines()

    def place(self, code: str) -> tuple[str, ...]:
        """The standing quads of an area and of what contains it."""
        known = self._standing.get(code)
        if known is None:
            known = self._standing[code] = tuple(self._area_lines(code))
        return known

    def _area_lines(self, code: str) -> Iterator[str]:
        graph = self.place_graph
        for c in self.areas.chain(code):
            area: Area = self.areas.area(c)
            s = f"<{self.mint.area(c)}>"
            yield f"{s} {_TYPE} {_C['kg:Place']} {graph} ."
            yield f"{s} {_TYPE} {_C['schema:Place']} {graph} ."
            shown = self.areas.label(c)
            yield f"{s} {_LABEL} {literal(shown)} {graph} ."
            yield f"{s} {_LABEL} {chinese(shown)} {graph} ."
            for form in dict.fromkeys([area.name, area.short, *area.alternatives]):
                if form and form != shown and len(form) > 1:
                    yield f"{s} {_P['skos:altLabel']} {chinese(form)} {graph} ."
            if c.isdigit():
                yield f"{s} {_P['kg:adminCode']} {literal(c.ljust(6, '0'))} {graph} ."
            if area.parent:
                yield f"{s} {_P['schema:containedInPlace']} <{self.mint.area(area.parent)}> {graph} ."

    def organization(self, organization: Organization) -> list[str]:
        """The standing quads of a body: what follows from its name, kind and seat."""
        lines: list[str] = []
        current: Organization | None = organization
        while current is not None:
            key = "org/" + current.path
            known = self._standing.get(key)
            if known is None:
                known = self._standing[key] = tuple(self._organization_lines(current))
            lines.extend(known)
            current = current.parent
        return lines

    def _organization_lines(self, organization: Organization) -> Iterator[str]:
        graph = self.organization_graph
        s = f"<{self.mint.organization(organization)}>"
        yield f"{s} {_TYPE} {_C['kg:Organization']} {graph} ."
        yield f"{s} {_TYPE} {_C['org:Organization']} {graph} ."
        yield f"{s} {_LABEL} {literal(organization.name)} {graph} ."
        yield f"{s} {_LABEL} {chinese(organization.name)} {graph} ."
        if organization.formal and organization.formal != organization.name:
            yield f"{s} {_P['skos:altLabel']} {chinese(organization.formal)} {graph} ."
        if organization.kind:
            yield f"{s} {_P['org:classification']} <{PREFIXES['kind']}{organization.kind}> {graph} ."
        if organization.area:
            yield f"{s} {_P['kg:jurisdiction']} <{self.mint.area(organization.area)}> {graph} ."
        if organization.parent is not None:
            yield f"{s} {_P['org:subOrganizationOf']} <{self.mint.organization(organization.parent)}> {graph} ."


class _ArticleQuads:
    def __init__(self, builder: GraphBuilder, facts: Facts, minimum: float) -> None:
        self.builder, self.facts, self.minimum = builder, facts, minimum
        self.mint, self.article = builder.mint, facts.article
        self.iri = builder.mint.article(facts.article)
        self.graph = f"<{self.iri}>"
        self.out: list[str] = []
        self.people: dict[str, str] = {}
        self._said: set[str] = set()
        self._assign_people()

    def _assign_people(self) -> None:
        """A person's IRI: the name and the prefecture of the highest seat held, else of the article."""
        areas = self.builder.areas
        home = areas.prefecture(self.facts.locality)
        for tenure in self.facts.tenures:
            if tenure.person in self.people:
                continue
            seat = home
            organizations = [t.organization for t in self.facts.tenures if t.person == tenure.person and t.organization is not None]
            if organizations:
                with_area = [o.area for o in organizations if o.area]
                if with_area:
                    local = [a for a in with_area if areas.area(a).level != "province"] or with_area
                    seat = areas.prefecture(local[0])
                elif all(o.public and o.parent is None for o in organizations):
                    seat = None
            self.people[tenure.person] = self.mint.person(tenure.person, seat)
        for mention in (*self.facts.persons, *self.facts.reporters):
            name = str(mention.thing)
            self.people.setdefault(name, self.mint.person(name, home) if home else f"{self.iri}/person/{name}")

    def add(self, s: str, p: str, o: str) -> None:
        self.out.append(f"{s} {p} {o} {self.graph} .")

    def lines(self) -> Iterator[str]:
        self._article()
        for tenure in self.facts.tenures:
            if tenure.confidence >= self.minimum:
                self._tenure(tenure)
        for index, event in enumerate(self.facts.events, 1):
            if event.confidence >= self.minimum:
                self._event(index, event)
        return iter(self.out)

    def evidence(self, node: str, begin: int, end: int) -> None:
        """What says so: the article, and the words with their place on the page."""
        text = self.article.text
        while begin < end and text[begin] in " \n\u3000":
            begin += 1
        while end > begin + 1 and text[end - 1] in " \n\u3000":
            end -= 1
        first, last = self.article.span(begin, end)
        s = f"<{self.iri}#char={first},{last}>"
        self.add(node, _P["prov:wasDerivedFrom"], self.graph)
        self.add(node, _P["kg:evidence"], s)
        self.add(s, _TYPE, _C["nif:OffsetBasedString"])
        self.add(s, _P["nif:referenceContext"], self.graph)
        self.add(s, _P["nif:beginIndex"], typed(str(first), "nonNegativeInteger"))
        self.add(s, _P["nif:endIndex"], typed(str(last), "nonNegativeInteger"))
        self.add(s, _P["nif:anchorOf"], literal(text[begin:end].translate(_LINE_BREAKS)))

    def _article(self) -> None:
        facts, s = self.facts, self.graph
        for cls in ("kg:Article", "schema:NewsArticle", "prov:Entity"):
            self.add(s, _TYPE, _C[cls])
        self.add(s, _P["kg:sourceFile"], literal(self.article.page))
        self.add(s, _P["nif:beginIndex"], typed(str(self.article.begin), "nonNegativeInteger"))
        self.add(s, _P["nif:endIndex"], typed(str(self.article.end), "nonNegativeInteger"))
        for name, span in (("schema:headline", self.article.headline), ("schema:alternativeHeadline", self.article.alternative)):
            if span is not None:
                self.add(s, _P[name], literal(self.article.text[slice(*span)]))
        if facts.published is not None:
            self.add(s, _P["schema:datePublished"], typed(facts.published.isoformat(), "date"))
        for mention in facts.reporters:
            self.add(s, _P["schema:author"], self._person(str(mention.thing)))
        for mention in facts.persons:
            if mention.confidence >= self.minimum:
                name = str(mention.thing)
                self._person(name)
                self.add(s, _P["schema:mentions"], f"<{self.people[name]}>")
        for mention in (*facts.organizations, *facts.places):
            if mention.confidence >= self.minimum:
                self.add(s, _P["schema:mentions"], self._thing(mention))
        for mention in facts.documents:
            node = f"<{self.mint.document(str(mention.thing))}>"
            for cls in ("kg:Document", "schema:CreativeWork"):
                self.add(node, _TYPE, _C[cls])
            self.add(node, _LABEL, literal(str(mention.thing)))
            self.add(node, _LABEL, chinese(str(mention.thing)))
            self.add(s, _P["schema:mentions"], node)

    def _person(self, name: str) -> str:
        s = f"<{self.people[name]}>"
        if s in self._said:
            return s
        self._said.add(s)
        for cls in ("kg:Person", "foaf:Person", "schema:Person"):
            self.add(s, _TYPE, _C[cls])
        if any(t.person == name and t.organization is not None and t.organization.public and t.confidence >= self.minimum for t in self.facts.tenures):
            self.add(s, _TYPE, _C["kg:Official"])
        self.add(s, _LABEL, literal(name))
        self.add(s, _LABEL, chinese(name))
        return s

    def _thing(self, mention: Mention) -> str:
        thing = mention.thing
        if isinstance(thing, Organization):
            return self._organization(thing)
        assert isinstance(thing, Place)
        return self._place(thing)

    def _organization(self, organization: Organization) -> str:
        s = f"<{self.mint.organization(organization)}>"
        if s in self._said:
            return s
        self._said.add(s)
        if organization.area is not None:
            self.out.extend(self.builder.place(organization.area))
        self.out.extend(self.builder.organization(organization))
        for form in organization.forms:
            if form != organization.name:
                self.add(s, _P["skos:altLabel"], chinese(form))
        return s

    def _place(self, place: Place) -> str:
        s = f"<{self.mint.place(place)}>"
        if s in self._said:
            return s
        self._said.add(s)
        if place.area is not None:
            self.out.extend(self.builder.place(place.area))
        if place.site or place.area is None:
            for cls in ("kg:Place", "schema:Place"):
                self.add(s, _TYPE, _C[cls])
            self.add(s, _LABEL, literal(place.name))
            self.add(s, _LABEL, chinese(place.name))
            if place.area is not None:
                self.add(s, _P["schema:containedInPlace"], f"<{self.mint.area(place.area)}>")
        return s

    def _dates(self) -> list[tuple[str, str]]:
        """The dates on which this article shows people in their posts: its events' first days, else its issue."""
        dates = [lit for event in self.facts.events if event.when is not None for lit in [event.when.literal()] if lit is not None]
        if dates:
            return dates[:1]
        if self.facts.published is not None:
            return [(self.facts.published.isoformat(), "date")]
        return []

    def _tenure(self, tenure: Tenure) -> None:
        person = self._person(tenure.person)
        s = f"<{self.mint.tenure(person[1:-1], tenure.organization, tenure.title)}>"
        for cls in ("kg:Tenure", "org:Membership"):
            self.add(s, _TYPE, _C[cls])
        self.add(s, _P["org:member"], person)
        self.add(s, _P["kg:title"], literal(tenure.title))
        if tenure.organization is not None:
            organization = self._organization(tenure.organization)
            post = f"<{self.mint.post(tenure.organization, tenure.title)}>"
            self.add(s, _P["org:organization"], organization)
            self.add(s, _P["kg:post"], post)
            for cls in ("kg:Post", "org:Post"):
                self.add(post, _TYPE, _C[cls])
            self.add(post, _P["org:postIn"], organization)
            self.add(post, _P["kg:title"], literal(tenure.title))
            self.add(post, _LABEL, chinese(tenure.organization.name + tenure.title))
            if tenure.concept is not None:
                self.add(post, _P["kg:titleConcept"], f"<{PREFIXES['title']}{tenure.concept}>")
        if not tenure.former and not tenure.ended:
            for lexical, datatype in self._dates():
                self.add(s, _P["kg:attestedOn"], typed(lexical, datatype))
        if tenure.started or tenure.ended:
            self._interval(s, tenure)
        self.add(s, _P["kg:confidence"], typed(f"{tenure.confidence:.2f}", "decimal"))
        self.evidence(s, tenure.begin, tenure.end)

    def _interval(self, s: str, tenure: Tenure) -> None:
        """A stated appointment or removal: an interval that begins or ends on the day, where a day is known."""
        date = next((d for d in self._dates() if d[1] == "date"), None)
        if date is None:
            return
        node = s[:-1] + "/interval>"
        instant = s[:-1] + f"/{'from' if tenure.started else 'until'}/{date[0]}>"
        self.add(s, _P["org:memberDuring"], node)
        self.add(node, _TYPE, _C["time:Interval"])
        self.add(node, _P["time:hasBeginning" if tenure.started else "time:hasEnd"], instant)
        self.add(instant, _TYPE, _C["time:Instant"])
        self.add(instant, _P["time:inXSDDate"], typed(*date))

    def _event(self, index: int, event: Event) -> None:
        s = f"<{self.mint.event(self.iri, index, event.kind, event.when, event.area, event.name)}>"
        for cls in ("kg:Event", "sem:Event", "schema:Event"):
            self.add(s, _TYPE, _C[cls])
        if event.kind != "Event":
            self.add(s, _TYPE, f"<{KG}{event.kind}>")
        label = event.name or event.type or event.kind
        self.add(s, _LABEL, literal(label))
        self.add(s, _LABEL, chinese(label))
        if event.type is not None:
            self.add(s, _P["kg:eventType"], f"<{PREFIXES['eventtype']}{event.type}>")
        self._when(s, event.when)
        if event.place is not None:
            self.add(s, _P["schema:location"], self._place(event.place))
        if isinstance(event.organizer, Organization):
            self.add(s, _P["schema:organizer"], self._organization(event.organizer))
        elif event.organizer is not None and event.organizer.area is not None:
            place = event.organizer
            self.add(s, _P["schema:organizer"], self._organization(
                Organization(place.name, f"{place.area}/领导" if False else f"{place.area}", place.area, None, None, (), None, True, True)))
        if event.super_event is not None:
            parent = self.facts.events[event.super_event]
            self.add(s, _P["schema:superEvent"], f"<{self.mint.event(self.iri, event.super_event + 1, parent.kind, parent.when, parent.area, parent.name)}>")
        self.add(s, _P["kg:confidence"], typed(f"{event.confidence:.2f}", "decimal"))
        self.evidence(s, event.begin, event.end)
        base = s[1:-1]
        for part in event.participations:
            self._participation(base, s, part)
        for statement in event.statements:
            node = f"<{self.iri}/statement/{self.article.origin(statement.begin)}>"
            self.add(node, _TYPE, _C["kg:Statement"])
            self.add(node, _P["kg:event"], s)
            self.add(node, _P["kg:speaker"], self._person(statement.speaker))
            self.add(node, _P["kg:verb"], literal(statement.verb))
            self.add(node, _P["kg:text"], literal(statement.text.translate(_LINE_BREAKS)))
            self.evidence(node, statement.begin, statement.end)

    def _when(self, s: str, when: When | None) -> None:
        first = when.literal() if when else None
        if when is None or first is None:
            return
        self.add(s, _P["schema:startDate"], typed(*first))
        last = when.end_literal()
        if last is not None:
            self.add(s, _P["schema:endDate"], typed(*last))
        if when.basis is not None and when.year is not None:
            self.add(s, _P["kg:yearBasis"], literal(when.basis))

    def _participation(self, base: str, event: str, part: object) -> None:
        from kg.model import Participation

        assert isinstance(part, Participation)
        if part.confidence < self.minimum:
            return
        name = part.participant if isinstance(part.participant, str) else part.participant.name
        node = f"<{base}/participation/{part.role}/{name}>"
        who = self._person(name) if isinstance(part.participant, str) else self._organization(part.participant)
        for cls in ("kg:Participation", "sem:Role"):
            self.add(node, _TYPE, _C[cls])
        self.add(node, _P["kg:event"], event)
        self.add(node, _P["kg:participant"], who)
        self.add(node, _P["kg:role"], f"<{KG}{part.role}>")
        self.add(node, _P["kg:order"], typed(str(part.order), "integer"))
        if part.capacity is not None and part.capacity.confidence >= self.minimum:
            self.add(node, _P["kg:capacity"], f"<{self.mint.tenure(self.people[name], part.capacity.organization, part.capacity.title)}>")
        self.add(node, _P["kg:confidence"], typed(f"{part.confidence:.2f}", "decimal"))
        self.evidence(node, part.begin, part.end)


FORMATS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def format_of(out: Path) -> pyoxigraph.RdfFormat:
    """The format that a file's name asks for. Raises ValueError for another suffix."""
    name = out.name.removesuffix(".gz")
    known = FORMATS.get(Path(name).suffix)
    if known is None:
        raise ValueError(f"{out}: no known format; use one of {' '.join(FORMATS)}, also with .gz")
    return known


def write(lines: Iterable[str], out: Path) -> None:
    """Write sorted N-Quads lines in the format of the file's suffix. Raises ValueError for another suffix."""
    chosen = format_of(out)
    with open(out, "wb") as raw:
        if out.suffix == ".gz":
            # No name and no time in the header: the same bytes on every run.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                _write(lines, chosen, packed)  # type: ignore[arg-type]
        else:
            _write(lines, chosen, raw)


def _write(lines: Iterable[str], chosen: pyoxigraph.RdfFormat, out: BinaryIO) -> None:
    if chosen == pyoxigraph.RdfFormat.N_QUADS:
        out.writelines((line + "\n").encode() for line in lines)
        return
    prefixes = {k: v for k, v in PREFIXES.items()}
    if chosen.supports_datasets:
        data = "\n".join(sorted(lines, key=lambda line: (line.rpartition("<")[2], line)))
        quads = pyoxigraph.parse(io.BytesIO(data.encode()), format=pyoxigraph.RdfFormat.N_QUADS)
        pyoxigraph.serialize(quads, out, format=chosen, prefixes=prefixes)
        return
    triples = sorted({line[: line.rindex(" <")] + " ." for line in lines})
    if chosen == pyoxigraph.RdfFormat.N_TRIPLES:
        out.writelines((line + "\n").encode() for line in triples)
        return
    parsed = pyoxigraph.parse(io.BytesIO("\n".join(triples).encode()), format=pyoxigraph.RdfFormat.N_TRIPLES)
    pyoxigraph.serialize(parsed, out, format=chosen, prefixes=prefixes)
