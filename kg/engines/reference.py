"""pySHACL: the reference, and the engine for what the others cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH as _SH
from rdflib import Graph, URIRef

from kg.engines.graphs import Asked, fill, quiet, term_of
from kg.engines.results import SH, Result
from kg.engines.shapes import ShapeGraph
from kg.engines.statements import Statements

# Escapes and classes of characters are passed over whole.
_END = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def run(shapes: ShapeGraph, statements: Statements) -> Iterator[Result]:
    """Check all graphs as one. Raises SyntaxError for the data, ValueError for shapes that cannot be used."""
    with quiet():
        graph = fill(Asked(bind_namespaces="none"), statements.quads())
        wanted = fill(Graph(bind_namespaces="none"), map(_strict, shapes.quads))
        try:
            _, report, text = pyshacl.validate(graph, shacl_graph=wanted, inplace=True, inference="none")
        except (ReportableRuntimeError, RuntimeError) as error:
            raise ValueError(str(error)) from error
    if not isinstance(report, Graph):
        raise ValueError(str(text))
    yield from _results(report)


def _strict(quad: ox.Quad) -> ox.Quad:
    """``$`` of a pattern as the end of the text: for Python it also stands before a line end there."""
    pattern = quad.object
    if quad.predicate.value != SH + "pattern" or not isinstance(pattern, ox.Literal):
        return quad
    return ox.Quad(quad.subject, quad.predicate, ox.Literal(_END.sub(_at_end, pattern.value), datatype=pattern.datatype))


def _at_end(match: re.Match[str]) -> str:
    return r"\Z" if match[0] == "$" else match[0]


def _results(report: Graph) -> Iterator[Result]:
    for result in report.objects(None, _SH.result):
        shape, focus, value = (report.value(result, p) for p in (_SH.sourceShape, _SH.focusNode, _SH.value))
        if shape is None or focus is None:
            raise ValueError(f"a result without a shape or a focus node: {result}")
        source = term_of(shape)
        path = report.value(result, _SH.resultPath)
        messages = sorted(report.objects(result, _SH.resultMessage), key=str)
        yield Result(
            shape=ox.NamedNode(str(shape)) if isinstance(source, ox.Literal) else source,
            focus=term_of(focus),
            component=str(report.value(result, _SH.sourceConstraintComponent)),
            severity=str(report.value(result, _SH.resultSeverity)),
            value=None if value is None else term_of(value),
            path=str(path) if isinstance(path, URIRef) else None,
            messages=tuple(m for m in map(term_of, messages) if isinstance(m, ox.Literal)),
        )
