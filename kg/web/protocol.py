"""``/sparql``: the SPARQL 1.1 Protocol, for queries only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.web import syntax, void
from kg.web.answers import BadQuery, Busy, Forbidden, Refused, TooLarge
from kg.web.negotiation import choose
from kg.web.sending import LARGE, Ledger, Sending
from kg.web.workers import Workers

# What a client may name → what the engine writes; the first is sent where the client takes anything.
ROWS: Final = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
TRIPLES: Final = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/turtle": "text/turtle",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
}
# ``format=`` in an address, for links that people click.
SHORT: Final = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "ntriples": "application/n-triples",
    "n3": "text/turtle",
    "jsonld": "application/ld+json",
    "json-ld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "rdf+xml": "application/rdf+xml",
}
FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_CORS: Final = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Link, ETag, Retry-After"}
_VARY: Final = {"Vary": "Accept"}


class Wrong(Exception):
    """A request that is not of the protocol: its status and the words for it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A query operation: its text, its dataset, the short name of a format or nothing."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    form: str


def routes() -> list[Route]:
    """The endpoint."""
    methods = ["GET", "POST", "OPTIONS"]
    return [Route("/sparql", endpoint, methods=methods), Route("/sparql/", endpoint, methods=methods, name="slash")]


async def endpoint(request: Request) -> Response:
    """Answers a query operation; without a query the description of the service."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_CORS | _ALLOWED)
    try:
        asked = await _asked(request)
        if asked is None:
            accept = request.headers.get("accept")
            if choose(accept, [*void.FORMS, "text/html"]) == "text/html":
                return RedirectResponse("/query", status_code=303, headers=_VARY)
            return await void.describe(request, void.service)
        return await _answer(request, asked)
    except Wrong as error:
        return refusal(error.status, str(error))


_ALLOWED: Final = {
    "Allow": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


def refusal(status: int, message: str, more: Mapping[str, str] | None = None) -> Response:
    """An answer that says in words why there is none; ``more`` are headers."""
    return PlainTextResponse(message + "\n", status_code=status, headers={**_CORS, **(more or {})})


def refused(error: Refused) -> Response:
    """The same for a query that the workers did not answer."""
    return refusal(*said(error), {"Retry-After": "5"} if isinstance(error, Busy) else None)


def said(error: Refused) -> tuple[int, str]:
    """The status and the words for a query that the workers did not answer."""
    match error:
        case BadQuery(line=line, column=column):
            return 400, f"line {line}, column {column}: {error}" if line else str(error)
        case Forbidden():
            return 403, str(error)
        case TooLarge():
            return 413, str(error)
        case _:
            return 503, str(error)


async def _answer(request: Request, asked: Asked) -> Response:
    workers: Workers = request.app.state.workers
    form = syntax.scan(asked.query).form
    if form in syntax.ROWS | syntax.TRIPLES:
        media = _media(request, asked, TRIPLES if form in syntax.TRIPLES else ROWS)
    else:
        # It is refused, whatever the client accepts.
        media = ROWS["application/json"]
    try:
        answer = await workers.ask(asked.query, media, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs, outside=True)
    except Refused as error:
        return refused(error)
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    headers = _CORS | _VARY | {"Content-Type": media + charset}
    if len(answer.body) <= LARGE:
        return Response(answer.body, headers=headers)
    ledger: Ledger = request.app.state.ledger
    if not ledger.take(len(answer.body)):
        return refusal(503, "too many large answers are on their way; try again in a moment, or add a LIMIT", {"Retry-After": "10"})
    return Sending(answer.body, ledger, headers)


def _media(request: Request, asked: Asked, offers: dict[str, str]) -> str:
    # Clients send a format of theirs beside the header; one that is not known here, or does not fit, says nothing.
    wanted = SHORT.get(asked.form)
    if wanted in offers:
        return offers[wanted]
    chosen = choose(request.headers.get("accept"), list(offers))
    if chosen is None:
        raise Wrong(406, f"this form of query is answered as {', '.join(dict.fromkeys(offers.values()))}")
    return offers[chosen]


async def _asked(request: Request) -> Asked | None:
    address = _fields(request.scope["query_string"])
    if request.method != "POST":
        if any(name == "update" for name, _ in address):
            raise Wrong(403, "this endpoint is read-only: it takes no updates")
        return _operation(address) if any(name == "query" for name, _ in address) else None
    media, parameters = _content_type(request)
    if media == _UPDATE:
        raise Wrong(403, "this endpoint is read-only: it takes no updates")
    if media not in (FORM, _QUERY):
        raise Wrong(415, f"send {FORM} or {_QUERY}, not {media or 'a body without a Content-Type'}")
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Wrong(415, "a query is sent in UTF-8")
    body = await request.body()
    if media == _QUERY:
        if any(name in ("query", "update") for name, _ in address):
            raise Wrong(400, "a query in the address and one in the body: send one")
        return _operation([*address, ("query", _text(body))])
    fields = _fields(body)
    if any(name == "update" for name, _ in (*address, *fields)):
        raise Wrong(403, "this endpoint is read-only: it takes no updates")
    if any(name == "query" for name, _ in address):
        raise Wrong(400, "the query of a form stands in the body, not in the address")
    # The dataset may stand in the address also where the query stands in a form.
    return _operation([*fields, *(field for field in address if field[0].endswith("-graph-uri"))])


def _operation(fields: list[tuple[str, str]]) -> Asked:
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise Wrong(400, f"one query is needed, not {len(queries)}")
    graphs = {name: tuple(value for key, value in fields if key == name) for name in ("default-graph-uri", "named-graph-uri")}
    for iri in (*graphs["default-graph-uri"], *graphs["named-graph-uri"]):
        try:
            NamedNode(iri)
        except ValueError as error:
            raise Wrong(400, f"no IRI of a graph: {iri[:200]}") from error
    form = next((value for name, value in fields if name == "format"), "")
    return Asked(queries[0], graphs["default-graph-uri"], graphs["named-graph-uri"], form)


def _content_type(request: Request) -> tuple[str, dict[str, str]]:
    media, *rest = request.headers.get("content-type", "").split(";")
    pairs = [part.partition("=") for part in rest]
    return media.strip().lower(), {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _fields(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except UnicodeDecodeError as error:
        raise Wrong(400, "the parameters are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise Wrong(400, "too many parameters") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Wrong(400, "the query is not UTF-8") from error
