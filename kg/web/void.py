"""What the service and its data are: SPARQL 1.1 Service Description at ``/sparql``, VoID and DCAT at ``/.well-known/void``."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.namespaces import ID, KG, PREFIXES, expand
from kg.results import turtle
from kg.web.negotiation import choose
from kg.web.worker import TRIPLES
from kg.web.workers import Limits, Refused, Workers

FORMS: Final = {"text/turtle": "ttl", "application/ld+json": "jsonld", "application/n-triples": "nt", "application/rdf+xml": "rdf"}
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_NAMED: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)
_LICENCE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
# Counting all that a big store holds takes longer than a visitor's query may; it is counted once.
_COUNTING: Final = Limits(seconds=120.0)
_TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class }"
_GRAPHS = "SELECT (COUNT(*) AS ?n) { ?article a kg:Article }"
_CLASSES = "SELECT ?of (COUNT(*) AS ?n) { ?s a ?of } GROUP BY ?of ORDER BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of ORDER BY ?of"
_EXAMPLE = "SELECT ?s { VALUES ?class { kg:Official kg:Article kg:Place } ?s a ?class } LIMIT 1"

Triples = Iterator[tuple[str | ox.BlankNode, str, str | ox.Literal | ox.BlankNode]]
Description = Callable[[Request, "Counts"], Triples]


class Counts:
    """The figures of a store that does not change while it is served; counted when first asked for."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._counted: asyncio.Task[None] | None = None
        self.triples = self.subjects = self.articles = 0
        self.classes: list[tuple[str, int]] = []
        self.properties: list[tuple[str, int]] = []
        self.example = ID

    async def count(self) -> None:
        """Wait until all is counted. Raises Refused where that does not work out; the next one tries again."""
        if self._counted is None or (self._counted.done() and (self._counted.cancelled() or self._counted.exception())):
            self._counted = asyncio.create_task(self._count())
        await asyncio.shield(self._counted)

    async def _count(self) -> None:
        async def numbers(query: str) -> list[tuple[str, int]]:
            rows = await self._workers.rows(query, limits=_COUNTING)
            return [(row["of"].value if "of" in row else "", int(row["n"].value)) for row in rows]

        self.triples, self.subjects, self.articles = [(await numbers(query))[0][1] for query in (_TRIPLES, _SUBJECTS, _GRAPHS)]
        self.classes, self.properties = await numbers(_CLASSES), await numbers(_PROPERTIES)
        for row in await self._workers.rows(_EXAMPLE, limits=_COUNTING):
            self.example = row["s"].value


def routes() -> list[Route]:
    """VoID and DCAT."""

    async def well_known(request: Request) -> Response:
        return await describe(request, dataset)

    return [Route("/.well-known/void", well_known)]


async def describe(request: Request, description: Description) -> Response:
    """A description in the format that the client likes best."""
    media = choose(request.headers.get("accept"), list(FORMS))
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    if media is None:
        return PlainTextResponse(f"this is answered as {', '.join(FORMS)}\n", status_code=406, headers=headers)
    counts: Counts = request.app.state.counts
    try:
        await counts.count()
    except Refused as error:
        return PlainTextResponse(f"{error}\n", status_code=503, headers=headers | {"Retry-After": "30"})
    body = written(description(request, counts), media)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(body, headers=headers | {"Content-Type": media + charset, "ETag": tag})


def written(triples: Iterable[tuple[str | ox.BlankNode, str, str | ox.Literal | ox.BlankNode]], media: str) -> bytes:
    """Triples whose strings are IRIs, in a format of FORMS."""
    found = [
        ox.Triple(
            ox.NamedNode(subject) if isinstance(subject, str) else subject,
            ox.NamedNode(predicate),
            ox.NamedNode(value) if isinstance(value, str) else value,
        )
        for subject, predicate, value in triples
    ]
    if media == "text/turtle":
        return turtle(found).encode()
    return ox.serialize(found, format=TRIPLES[media], prefixes=dict(PREFIXES)) or b""


def service(request: Request, counts: Counts) -> Triples:
    """The endpoint: what it understands, what it answers in, over which data."""
    endpoint = str(request.url_for("endpoint"))
    data, graph = ox.BlankNode("dataset"), ox.BlankNode("graph")
    yield endpoint, expand("rdf:type"), _SD + "Service"
    yield endpoint, _SD + "endpoint", endpoint
    yield endpoint, _SD + "supportedLanguage", _SD + "SPARQL11Query"
    yield endpoint, _SD + "feature", _SD + "UnionDefaultGraph"
    for name in _NAMED:
        yield endpoint, _SD + "resultFormat", _FORMATS + name
    yield endpoint, _SD + "defaultDataset", data
    yield data, expand("rdf:type"), _SD + "Dataset"
    yield data, _SD + "defaultGraph", graph
    yield graph, expand("rdf:type"), _SD + "Graph"
    yield graph, _VOID + "triples", _number(counts.triples)


def dataset(request: Request, counts: Counts) -> Triples:
    """The data: what they are about, how many there are, where to ask."""
    site = str(request.base_url)
    endpoint, here = str(request.url_for("endpoint")), f"{site}.well-known/void#data"
    document, access = f"{site}.well-known/void", f"{site}.well-known/void#endpoint"
    yield document, expand("rdf:type"), _VOID + "DatasetDescription"
    yield document, expand("foaf:primaryTopic"), here
    yield here, expand("rdf:type"), _VOID + "Dataset"
    yield here, expand("rdf:type"), _DCAT + "Dataset"
    yield here, expand("dcterms:title"), ox.Literal("What official local news says, as linked data", language="en")
    yield (
        here,
        expand("dcterms:description"),
        ox.Literal("People, posts, bodies, places and events named in local news, each fact with the words that say it.", language="en"),
    )
    yield here, expand("foaf:homepage"), site
    yield here, _VOID + "sparqlEndpoint", endpoint
    yield here, _VOID + "uriSpace", ox.Literal(ID)
    yield here, _VOID + "exampleResource", counts.example
    for vocabulary in (KG, *(PREFIXES[name] for name in ("schema", "org", "prov", "sem", "nif", "skos", "foaf"))):
        yield here, _VOID + "vocabulary", vocabulary
    for media in FORMS:
        yield here, _VOID + "feature", _FORMATS + {"ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF_XML"}[FORMS[media]]
    yield here, _VOID + "triples", _number(counts.triples)
    yield here, _VOID + "entities", _number(counts.subjects)
    yield here, _VOID + "documents", _number(counts.articles)
    yield here, _VOID + "classes", _number(len(counts.classes))
    yield here, _VOID + "properties", _number(len(counts.properties))
    for kind, number in counts.classes:
        part = ox.BlankNode()
        yield here, _VOID + "classPartition", part
        yield part, _VOID + "class", kind
        yield part, _VOID + "entities", _number(number)
    for name, number in counts.properties:
        part = ox.BlankNode()
        yield here, _VOID + "propertyPartition", part
        yield part, _VOID + "property", name
        yield part, _VOID + "triples", _number(number)
    yield here, _DCAT + "distribution", access
    yield access, expand("rdf:type"), _DCAT + "Distribution"
    yield access, _DCAT + "accessURL", endpoint
    yield access, _DCAT + "accessService", endpoint
    yield endpoint, expand("rdf:type"), _DCAT + "DataService"
    yield endpoint, _DCAT + "endpointURL", endpoint
    yield endpoint, _DCAT + "servesDataset", here


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(expand("xsd:integer")))
