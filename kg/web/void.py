"""What the service and its data are: SPARQL 1.1 Service Description at ``/sparql``, VoID and DCAT at ``/.well-known/void``."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kg.census import Census
from kg.namespaces import ID, PREFIXES
from kg.results import turtle
from kg.void import FORMATS, dataset
from kg.web.answers import Limits, Refused
from kg.web.negotiation import choose
from kg.web.worker import TRIPLES
from kg.web.workers import Workers

ROWS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
# Each format of triples, by W3C's name of it.
FORMS: Final = {
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
}
# Counting all that a big store holds takes longer than a visitor's query may; it is counted once.
_COUNTING: Final = Limits(seconds=120.0)
_TRIPLES = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_SUBJECTS = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class }"
_GRAPHS = "SELECT (COUNT(*) AS ?n) { ?article a kg:Article }"
_CLASSES = "SELECT ?of (COUNT(*) AS ?n) { ?s a ?of } GROUP BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?n) { ?s ?of ?o } GROUP BY ?of"
_EXAMPLE = "SELECT ?s { VALUES ?class { kg:Official kg:Article kg:Place } ?s a ?class } LIMIT 1"

Description = Callable[[Request, "Counts"], Iterator[str]]


class Counts:
    """The figures of a store as it is served; counted when first asked for."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._counted: asyncio.Task[None] | None = None
        self.census = Census()
        self.articles = 0
        self.example = ID

    async def count(self) -> None:
        """Wait until all is counted. Raises Refused where that does not work out; the next one tries again."""
        if self._counted is None or (self._counted.done() and (self._counted.cancelled() or self._counted.exception())):
            self._counted = asyncio.create_task(self._count())
        await asyncio.shield(self._counted)

    async def _count(self) -> None:
        async def numbers(query: str) -> dict[str, int]:
            rows = await self._workers.rows(query, limits=_COUNTING)
            return {row["of"].value if "of" in row else "": int(row["n"].value) for row in rows}

        self.census.triples, self.census.subjects, self.articles = [(await numbers(q))[""] for q in (_TRIPLES, _SUBJECTS, _GRAPHS)]
        self.census.classes.update(await numbers(_CLASSES))
        self.census.properties.update(await numbers(_PROPERTIES))
        for row in await self._workers.rows(_EXAMPLE, limits=_COUNTING):
            self.example = row["s"].value


def routes() -> list[Route]:
    """VoID and DCAT."""

    async def well_known(request: Request) -> Response:
        return await describe(request, data)

    return [Route("/.well-known/void", well_known)]


async def describe(request: Request, description: Description) -> Response:
    """A description in the format that the client likes best."""
    media = choose(request.headers.get("accept"), list(FORMS))
    headers = {"Vary": "Accept", "Access-Control-Allow-Origin": "*"}
    if media is None:
        return PlainTextResponse(f"this is answered as {', '.join(FORMS)}\n", status_code=406, headers=headers)
    known = request.app.state.known
    counts: Counts = known.setdefault("counts", Counts(request.app.state.workers))
    try:
        await counts.count()
    except Refused as error:
        return PlainTextResponse(f"{error}\n", status_code=503, headers=headers | {"Retry-After": "30"})
    body = written(description(request, counts), str(request.base_url), media)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    return Response(body, headers=headers | {"Content-Type": media + charset, "ETag": tag})


def written(lines: Iterator[str], site: str, media: str) -> bytes:
    """Turtle whose IRIs are relative to ``site``, in a format of FORMS."""
    text = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()) + "".join(lines)
    numbers: dict[ox.BlankNode, ox.BlankNode] = {}

    def numbered(term: Any) -> Any:
        # The parser gives names at random; the bytes and their ETag must not change.
        return numbers.setdefault(term, ox.BlankNode(f"part{len(numbers)}")) if isinstance(term, ox.BlankNode) else term

    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=site)
    found = [ox.Triple(numbered(quad.subject), quad.predicate, numbered(quad.object)) for quad in quads]
    if media == "text/turtle":
        return turtle(found).encode()
    return ox.serialize(found, format=TRIPLES[media], prefixes=dict(PREFIXES)) or b""


def service(request: Request, counts: Counts) -> Iterator[str]:
    """The endpoint: what it understands, what it answers in, over which data."""
    yield "<sparql> a sd:Service ; sd:endpoint <sparql> ; sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ;\n"
    yield from (f"    sd:resultFormat <{FORMATS}{name}> ;\n" for name in (*ROWS, *FORMS.values()))
    yield f"    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ; void:triples {counts.census.triples} ] ] .\n"


def data(request: Request, counts: Counts) -> Iterator[str]:
    """The data: what they are about, how many there are, where to ask."""
    yield "@base <.well-known/void> .\n<> a void:DatasetDescription ; foaf:primaryTopic <#dataset> .\n"
    yield from dataset(counts.census, request.app.state.base, tuple(FORMS.values()))
    yield f"    void:documents {counts.articles} ;\n    void:exampleResource <{counts.example}> ;\n    foaf:homepage <../> ;\n"
    yield "    void:sparqlEndpoint <../sparql> ;\n    dcat:distribution <#endpoint> .\n"
    yield "<#endpoint> a dcat:Distribution ; dcat:accessURL <../sparql> ; dcat:accessService <../sparql> .\n"
    yield "<../sparql> a dcat:DataService ; dcat:endpointURL <../sparql> ; dcat:servesDataset <#dataset> .\n"
