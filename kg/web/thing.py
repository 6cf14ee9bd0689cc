"""The plain page of a node: what is said of it, and by what it is named."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.namespaces import expand
from kg.results import short
from kg.web.nodes import ONTOLOGY, SITE, triples

_LABEL: Final = expand("rdfs:label")
_SCHEMA: Final = expand("schema:")
_RDF_TYPE: Final = expand("rdf:type")
# A page shows so many statements of each kind; the triples are all in the other formats.
SHOWN: Final = 500


@cache
def environment() -> Environment:
    """The templates of this package; everything is escaped."""
    return Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined)


async def page(request: Request) -> Response:
    """The page of the node that the address means. Raises HTTPException 404 where the store says nothing, Refused."""
    found = await triples(request, "application/n-triples")
    if found is None:
        raise HTTPException(404)
    iri, answer = found
    base: str = request.app.state.base
    statements = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
    own = [triple for triple in statements if triple.subject == ox.NamedNode(iri)]
    labels = sorted((t.object for t in own if t.predicate.value == _LABEL), key=lambda o: (getattr(o, "language", "") != "zh", str(o)))
    naming = [triple for triple in statements if triple.object == ox.NamedNode(iri)]
    terms = sorted({t.subject.value for t in statements if isinstance(t.subject, ox.NamedNode)} - {iri}) if iri == ONTOLOGY else []
    context: dict[str, Any] = {
        "iri": iri,
        "title": labels[0].value if labels and isinstance(labels[0], ox.Literal) else short(iri, base),
        "said": [(_link(t.predicate, base), _link(t.object, base)) for t in own[:SHOWN]],
        "naming": [(_link(t.subject, base), _link(t.predicate, base)) for t in naming[:SHOWN]],
        "terms": [_link(ox.NamedNode(term), base) for term in terms],
        "data": _embedded(iri, own),
        "zh": _language(request) == "zh",
    }
    return HTMLResponse(environment().get_template("thing.html").render(context))


def address(iri: str, base: str) -> str | None:
    """The address of a node under this server, percent-encoded; None for an IRI that is another's."""
    if iri.startswith(base):
        rest = iri[len(base) :]
    elif iri == ONTOLOGY or iri.startswith((f"{ONTOLOGY}/", f"{ONTOLOGY}#")):
        rest = iri[len(SITE) :]
    else:
        return None
    path, sharp, fragment = rest.partition("#")
    return "/" + quote(path, safe="/,;=:@!$()*+~") + (sharp and "#" + quote(fragment, safe="/,;=:@!$()*+~"))


def _link(term: object, base: str) -> dict[str, str]:
    """What to show of a term, and where it leads."""
    if isinstance(term, ox.NamedNode):
        web = term.value if term.value.startswith(("http://", "https://")) else ""
        return {"text": short(term.value, base), "href": address(term.value, base) or web, "language": ""}
    if isinstance(term, ox.Literal):
        return {"text": term.value, "href": "", "language": term.language or ""}
    return {"text": str(term), "href": "", "language": ""}


def _embedded(iri: str, own: list[ox.Triple]) -> str:
    """The statements that schema.org has words for, as JSON-LD that may stand in a page."""
    found: dict[str, Any] = {"@context": _SCHEMA, "@id": iri}
    for triple in own:
        name = "@type" if triple.predicate.value == _RDF_TYPE else triple.predicate.value.removeprefix(_SCHEMA)
        if triple.predicate.value == _LABEL:
            name = "name"
        elif name != "@type" and not triple.predicate.value.startswith(_SCHEMA):
            continue
        if isinstance(triple.object, ox.NamedNode):
            value: Any = triple.object.value
            if name == "@type" and not value.startswith(_SCHEMA):
                continue
            found.setdefault(name, []).append(value.removeprefix(_SCHEMA) if name == "@type" else {"@id": value})
        elif isinstance(triple.object, ox.Literal):
            found.setdefault(name, []).append(triple.object.value)
    return json.dumps(found, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _language(request: Request) -> str:
    given = request.query_params.get("lang") or request.cookies.get("lang") or request.headers.get("accept-language", "")
    return next((name for name in ("zh", "en") if given.lower().startswith(name)), request.app.state.language)
