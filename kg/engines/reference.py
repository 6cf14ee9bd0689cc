"""pySHACL: the reference, and the engine for what the others cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from typing import Any

import pyoxigraph as ox
import pyshacl
from pyshacl.constraints.core import property_pair_constraints, string_based_constraints, value_range_constraints
from pyshacl.errors import ReportableRuntimeError
from rdflib import SH as _SH
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.engines.graphs import Asked, fill, node_of, quiet, term_of
from kg.engines.lexical import NUMBERS
from kg.engines.results import SH, Result, Term
from kg.engines.shapes import ShapeGraph
from kg.engines.statements import Statements
from kg.namespaces import PREFIXES

_RANGES: Any = value_range_constraints
_LESS: Any = property_pair_constraints.LessThanConstraintComponent
_LANGUAGES: Any = string_based_constraints.LanguageInConstraintComponent
_compare_literal, _compare_lt, _languages = _RANGES.compare_literal, _LESS._compare_lt, _LANGUAGES._evaluate_string_rule
_IMPORTS, _DECLARE = PREFIXES["owl"] + "imports", ox.NamedNode(SH + "declare")
# Escapes and classes of characters are passed over whole.
_END = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def run(shapes: ShapeGraph, statements: Statements) -> Iterator[Result]:
    """Check all graphs as one. Raises SyntaxError for the data, ValueError for shapes that cannot be used."""
    with quiet(), _strictly():
        graph = fill(Asked(bind_namespaces="none"), statements.quads())
        wanted = fill(Graph(bind_namespaces="none"), (*map(_strict, shapes.quads), *_imported_prefixes(shapes)))
        try:
            _, report, text = pyshacl.validate(graph, shacl_graph=wanted, inplace=True, inference="none")
        except (ReportableRuntimeError, RuntimeError) as error:
            raise ValueError(str(error)) from error
    if not isinstance(report, Graph):
        raise ValueError(str(text))
    yield from _results(report)


@contextmanager
def _strictly() -> Iterator[None]:
    """As the standard says, values that have no order among them are not less, and a range of languages may be of several parts.

    pySHACL lets "2023-02-30"^^xsd:date and NaN pass as below 2, and has no "zh-Hans-CN" in "zh-Hans".
    """
    try:
        _RANGES.compare_literal, _LESS._compare_lt, _LANGUAGES._evaluate_string_rule = _compare, _not_less, _not_in_languages
        yield
    finally:
        _RANGES.compare_literal, _LESS._compare_lt, _LANGUAGES._evaluate_string_rule = _compare_literal, _compare_lt, _languages


def _compare(value: Literal, limit: Literal) -> int:
    if value.ill_typed or limit.ill_typed or value.language or limit.language or _ordered_with(value) != _ordered_with(limit):
        raise TypeError("no order between them")
    if _is_no_number(value) or _is_no_number(limit):
        raise TypeError("NaN has no order")
    return int(_compare_literal(value, limit))


def _not_less(component: Any, values: set[Node], others: set[Node], graph: Graph, focus: Node) -> tuple[bool, list[Any]]:
    failed = [value for value in values for other in others if not _is_less(value, other)]
    return bool(failed), [component.make_v_result(graph, focus, value_node=value) for value in failed]


def _not_in_languages(component: Any, wanted: Node, graph: Graph, values: dict[Node, set[Node]]) -> Any:
    ranges = list(component.shape.sg.graph.items(wanted))
    if not all(isinstance(each, Literal) for each in ranges):
        return _languages(component, wanted, graph, values)  # which refuses them
    prefixes = tuple("" if str(each) == "*" else f"{each}-".lower() for each in ranges)
    failed = [(focus, value) for focus, nodes in values.items() for value in nodes if not _is_in_language(value, prefixes)]
    return bool(failed), [component.make_v_result(graph, focus, value_node=value) for focus, value in failed]


def _is_in_language(value: Node, prefixes: tuple[str, ...]) -> bool:
    language = value.language if isinstance(value, Literal) else None
    return bool(language) and f"{language}-".lower().startswith(prefixes)


def order(value: ox.Literal, other: ox.Literal) -> int | None:
    """Below 0, 0 or above 0; None where there is no order."""
    with quiet():
        one, two = node_of(value), node_of(other)
        try:
            return _compare(one, two) if isinstance(one, Literal) and isinstance(two, Literal) else None
        except (TypeError, NotImplementedError):
            return None


def _is_less(value: Node, other: Node) -> bool:
    try:
        return isinstance(value, Literal) and isinstance(other, Literal) and _compare(value, other) < 0
    except (TypeError, NotImplementedError):
        return False


def _ordered_with(literal: Literal) -> str:
    datatype = str(literal.datatype)
    return "numbers" if datatype in NUMBERS else datatype


def _is_no_number(literal: Literal) -> bool:
    return isinstance(literal.value, float) and isnan(literal.value)


def _strict(quad: ox.Quad) -> ox.Quad:
    """``$`` of a pattern as the end of the text: for Python it also stands before a line end there.

    ``sh:uniqueLang`` asks for the term ``true``, by its definition in SPARQL (sameTerm): "1"^^xsd:boolean does not ask for it.
    """
    pattern = quad.object
    if quad.predicate.value == SH + "uniqueLang" and pattern != ox.Literal(True):
        return ox.Quad(quad.subject, quad.predicate, ox.Literal(False))
    if quad.predicate.value != SH + "pattern" or not isinstance(pattern, ox.Literal):
        return quad
    return ox.Quad(quad.subject, quad.predicate, ox.Literal(_END.sub(_at_end, pattern.value), datatype=pattern.datatype))


def _imported_prefixes(shapes: ShapeGraph) -> Iterator[ox.Quad]:
    """What an ontology declares by those that it imports, as its own: pySHACL asks only that itself."""
    for start in {q.object for q in shapes.quads if q.predicate.value == SH + "prefixes" and isinstance(q.object, ox.NamedNode)}:
        seen: set[Term] = {start}
        left: list[Term] = [start]
        while left:
            imported = set(shapes.objects(left.pop(), _IMPORTS)) - seen
            seen |= imported
            left += imported
        for owner in seen - {start}:
            yield from (ox.Quad(start, _DECLARE, declared) for declared in shapes.objects(owner, _DECLARE.value))


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
