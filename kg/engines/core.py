"""Core constraints by ``shacl``, a young engine in Rust: pinned, optional, and used only where it is proven equal.

It is given the shapes without ``sh:sparql``, and with two changes that leave their meaning: the blank nodes that are shapes
become IRIs, so that results can name them; ``sh:class`` inside ``sh:or`` and the like becomes a path with ``sh:hasValue``,
because it is checked there in time that grows with the square of the data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from kg.engines.results import SH, Result, Subject, Term
from kg.engines.shapes import FIRST, NIL, RDFS, REST, TYPE, ShapeGraph
from kg.engines.statements import Statements, as_one_file

shacl: Any
try:
    import shacl
except ImportError:  # no wheel for this machine: the other engines do its work
    shacl = None

_CLOSED = SH + "ClosedConstraintComponent"
_BLANK = "urn:x-fangzhi:shape:"
_Statement = tuple[Subject, str, Term]


def available() -> bool:
    return shacl is not None


def compiled(shapes: ShapeGraph) -> Any:
    """The shapes without ``sh:sparql``, ready to check with. Raises ValueError for shapes that are not well-formed."""
    return shacl.Shapes.from_text("".join(f"{s} <{p}> {o} .\n" for s, p, o in _rewritten(shapes)), "ntriples")


def _rewritten(shapes: ShapeGraph) -> Iterator[_Statement]:
    nodes = {node for node in shapes.shapes() if isinstance(node, ox.BlankNode)}
    queries = {q.object for q in shapes.quads if q.predicate.value == SH + "sparql"}
    path = ox.BlankNode("instance")
    yield from _instance_path(path)
    for number, quad in enumerate(shapes.quads):
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple) or predicate == SH + "sparql" or subject in queries:
            continue
        owner = _renamed(subject) if subject in nodes else subject
        if predicate == SH + "class" and subject in nodes and not _reports(shapes, subject):
            part = ox.NamedNode(f"{_BLANK}class:{number}")
            yield owner, SH + "property", part
            yield part, SH + "path", path
            yield part, SH + "hasValue", value
        else:
            yield owner, predicate, _renamed(value) if isinstance(value, ox.BlankNode) and value in nodes else value


def _renamed(node: Term) -> ox.NamedNode:
    return ox.NamedNode(_BLANK + node.value)


def _reports(shapes: ShapeGraph, node: Term) -> bool:
    """Whether a shape's own results are reported: it has a target, or is the property of a shape for which that holds."""
    seen: set[Term] = set()
    left = [node]
    while left:
        shape = left.pop()
        if shape in seen:
            continue
        seen.add(shape)
        if any(p.startswith(SH + "target") for p, _ in shapes.about(shape)) or isinstance(shape, ox.NamedNode):
            return True
        left += [user for user in shapes.users(shape) if shape in shapes.objects(user, SH + "property")]
    return False


def _instance_path(path: ox.BlankNode) -> Iterator[_Statement]:
    """``rdf:type/rdfs:subClassOf*``"""
    rest, more = ox.BlankNode("instance-rest"), ox.BlankNode("instance-more")
    yield path, FIRST, ox.NamedNode(TYPE)
    yield path, REST, rest
    yield rest, FIRST, more
    yield rest, REST, NIL
    yield more, SH + "zeroOrMorePath", ox.NamedNode(RDFS + "subClassOf")


def run(engine: Any, statements: Statements) -> list[Result]:
    """Check all graphs as one; other threads run meanwhile. Raises ValueError for bad syntax."""
    with as_one_file(statements) as file:
        results = engine.validate_file(str(file)).results
    literals = _literals({term for r in results for term in (r.focus_node, r.value) if term is not None and term.startswith('"')})
    return [
        Result(
            shape=_shape(r.source_shape),
            focus=_term(r.focus_node, literals),
            component=r.component_iri,
            severity=r.severity_iri,
            value=None if r.value is None else _term(r.value, literals),
            path=r.path[1:-1] if r.component_iri == _CLOSED and r.path else None,
        )
        for r in results
    ]


def _shape(text: str) -> Subject:
    name = text.removeprefix("<").removesuffix(">")
    return ox.BlankNode(name.removeprefix(_BLANK)) if name.startswith(_BLANK) else ox.NamedNode(name)


def _term(text: str, literals: dict[str, Term]) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return literals[text] if text.startswith('"') else ox.NamedNode(text[1:-1])


def _literals(texts: set[str]) -> dict[str, Term]:
    """Literals as they are written in N-Triples → terms, all read at once."""
    ordered = sorted(texts)
    document = "".join(f"<x:s> <x:p> {text} .\n" for text in ordered)
    terms = [q.object for q in ox.parse(document, ox.RdfFormat.N_TRIPLES) if not isinstance(q.object, ox.Triple)]
    return dict(zip(ordered, terms, strict=True))
