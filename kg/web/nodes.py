"""An address → the IRI that it stands for → what the store says of it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.namespaces import KG, ONTOLOGY, SITE
from kg.query import resource
from kg.web.answers import Answer
from kg.web.workers import Workers

INCOMING: Final = 1000
# What a path keeps as it is, beside letters and digits (RFC 3986).
SAFE: Final = "/,;=:@!$()*+~"
_PERCENT = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# What is said of the node; of the words in it, where it is an article; by whom it is named, within bounds.
_ABOUT = """CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?s { $node } ?s ?p ?o }
  UNION { $node ?link ?s FILTER(isBlank(?s)) ?s ?p ?o }
  UNION { SELECT ?s ?p ?o { GRAPH $node { ?s ?p ?o } } LIMIT 20000 }
  UNION { SELECT ?s ?p ?o { VALUES ?o { $node } ?s ?p ?o } LIMIT $incoming }
}"""
# The terms with a # share the ontology's document.
_ONTOLOGY = """CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?s { $node } ?s ?p ?o }
  UNION { GRAPH $node { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "$terms")) } }
}"""


def candidates(request: Request) -> list[str]:
    """The IRIs that the address may mean: browsers encode what an IRI leaves as it is, and leave what it encodes."""
    base: str = request.app.state.base
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0] or quote(request.url.path)
    found: list[str] = []
    for path in (unquote(raw), _PERCENT.sub(lambda match: unquote(match[0]), raw)):
        path = path.removeprefix("/")
        iri = SITE + path if path == "ontology" or path.startswith("ontology/") else base + path
        try:
            found.append(resource(iri).value)
        except ValueError:
            continue
    return list(dict.fromkeys(found))


async def triples(request: Request, media: str) -> tuple[str, Answer] | None:
    """The node that the address means, and what is said of it; None where the store says nothing."""
    workers: Workers = request.app.state.workers
    for iri in candidates(request):
        query = _ONTOLOGY if iri == ONTOLOGY else _ABOUT
        text = query.replace("$node", str(NamedNode(iri))).replace("$terms", KG).replace("$incoming", str(INCOMING))
        answer = await workers.ask(text, media)
        if answer.rows:
            return iri, answer
    return None
