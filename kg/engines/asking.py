"""Core constraints asked of a pyoxigraph store that has all statements and every literal as it was written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox

from kg.engines.results import SH, Result
from kg.engines.shapes import ShapeGraph
from kg.engines.sparql import narrower
from kg.engines.translation import MANY, Query, Translation
from kg.engines.written import FUNCTIONS, as_written, meant

_TARGETS = ox.NamedNode("urn:x-fangzhi:targets")


def run(shapes: ShapeGraph, store: ox.Store) -> list[Result]:
    for quad in shapes.quads:
        if quad.predicate.value == SH + "targetNode" and not isinstance(quad.object, ox.Triple):
            # For pyoxigraph a path of no step leads only from what some statement has.
            store.add(ox.Quad(_TARGETS, _TARGETS, as_written(quad.object)))
    queries = list(Translation(shapes, narrower(store)).queries())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return [result for results in pool.map(lambda query: list(_asked(store, shapes, query)), queries) for result in results]


def _asked(store: ox.Store, shapes: ShapeGraph, query: Query) -> Iterator[Result]:
    wrong = [str(solution["value"]) for solution in _solutions(store, query.wrong)] if query.wrong else []
    if query.wrong and not wrong:
        return
    solutions = _solutions(store, query.text(wrong if len(wrong) <= MANY else ()))
    names = {variable.value for variable in solutions.variables}
    severity = shapes.one(query.shape, SH + "severity")
    level = severity.value if severity is not None else SH + "Violation"
    components = [(f"met{k}", f"{SH}{name[:1].upper()}{name[1:]}ConstraintComponent") for k, name in enumerate(query.components)]
    for solution in solutions:
        focus, value, path = (solution[name] if name in names else None for name in ("this", "value", "path"))
        if focus is None or isinstance(focus, ox.Triple) or isinstance(value, ox.Triple) or not isinstance(path, ox.NamedNode | None):
            continue
        for column, component in components:
            met = solution[column] if column in names else None
            if not (isinstance(met, ox.Literal) and met.value == "true"):
                yield Result(query.shape, meant(focus), component, level, value and meant(value), path and path.value)


def _solutions(store: ox.Store, text: str) -> ox.QuerySolutions:
    solutions = store.query(text, custom_functions=FUNCTIONS)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions
