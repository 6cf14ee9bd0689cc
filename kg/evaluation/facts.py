"""The facts of each article of a graph, read by SPARQL alone through the terms of the ontology."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import QuerySolutions, Store

from kg.evaluation.gold import EVENT_CLASSES
from kg.namespaces import KG, PREFIXES

_NAMES = "rdfs:label|skos:prefLabel|skos:altLabel|schema:name|schema:alternateName"


class GraphFacts:
    """The facts of each article of a store, in the order of the page where the graph knows it.

    Its default graph is the union of the others, as ``kg.store`` has it: what forty papers print is joined once and not forty times.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.labels = self._sets(f"SELECT ?s ?l {{ ?s {_NAMES} ?l }}")
        self.types = self._sets("SELECT ?s ?t { ?s a ?t }")
        self.articles: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        rows = self._rows("SELECT ?a ?f ?b ?e { ?a a kg:Article ; kg:sourceFile ?f ; nif:beginIndex ?b ; nif:endIndex ?e }")
        for article, file, begin, end in rows:
            self.articles[file.rsplit("/", 1)[-1]].append((int(begin), int(end), article))
        self.mentions = self._sets("SELECT ?a ?x { ?a a kg:Article ; schema:mentions ?x }")
        self.authors = self._sets("SELECT ?a ?x { ?a a kg:Article ; schema:author ?x }")
        self.organizers = self._sets("SELECT ?e ?o { ?e schema:organizer ?o }")
        # Another article may be surer of the same tenure: what this one says stands in its own graph.
        sure = "OPTIONAL { GRAPH ?a { ?n kg:confidence ?c } }"
        self.tenures: dict[str, list[tuple[str, str, str, float]]] = defaultdict(list)
        for article, person, title, organization, confidence in self._rows(
            "SELECT ?a ?p ?t ?o ?c { ?n a kg:Tenure ; prov:wasDerivedFrom ?a ; org:member ?p ; kg:title ?t"
            f" OPTIONAL {{ ?n org:organization ?o }} {sure} }}"
        ):
            self.tenures[article].append((person, organization, title, float(confidence or 1)))
        self.sure = {
            (article, event): float(confidence)
            for article, event, confidence in self._rows(
                "SELECT ?a ?n ?c { ?n a kg:Event ; prov:wasDerivedFrom ?a GRAPH ?a { ?n kg:confidence ?c } }"
            )
        }
        self.parts: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        for event, participant, role, confidence in self._rows(
            "SELECT ?e ?x ?r (MAX(?c) AS ?sure) { ?n a kg:Participation ; kg:event ?e ; kg:participant ?x ; kg:role ?r"
            " OPTIONAL { ?n kg:confidence ?c } } GROUP BY ?e ?x ?r"
        ):
            self.parts[event].append((participant, role.rsplit("#", 1)[-1], float(confidence or 1)))
        self.events = self._events()

    def _events(self) -> dict[str, dict[str, str | None]]:
        """By article: each event, first what stands first, with its day."""
        begins: dict[tuple[str, str], int] = {}
        for event, article, begin in self._rows(
            "SELECT ?e ?a ?b { ?e a kg:Event ; kg:evidence ?w . ?w nif:referenceContext ?a ; nif:beginIndex ?b }"
        ):
            begins[event, article] = min(int(begin), begins.get((event, article), int(begin)))
        rows = self._rows("SELECT ?a ?e ?d { ?e a kg:Event ; prov:wasDerivedFrom ?a OPTIONAL { ?e schema:startDate ?d } }")
        found: dict[str, dict[str, str | None]] = defaultdict(dict)
        for article, event, day in sorted(rows, key=lambda row: (begins.get((row[1], row[0]), 0), row)):
            found[article][event] = day or None
        return found

    def _sets(self, text: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for key, value in self._rows(text):
            found[key].add(value)
        return found

    def _rows(self, text: str) -> list[tuple[str, ...]]:
        """Sorted rows without doubles; an unbound variable is the empty string."""
        result = self._store.query(text, prefixes=dict(PREFIXES))
        if not isinstance(result, QuerySolutions):
            raise TypeError("a SELECT query is needed here")
        return sorted({tuple("" if term is None else getattr(term, "value", str(term)) for term in row) for row in result})

    def named(self, article: str, cls: str) -> list[set[str]]:
        """The labels of each thing of a class that an article mentions."""
        found = self.mentions.get(article, set())
        return [self.labels[x] for x in sorted(found) if KG + cls in self.types[x] and self.labels[x]]

    def event_class(self, event: str) -> str:
        return next((cls for cls in EVENT_CLASSES if KG + cls in self.types[event]), "Event")
