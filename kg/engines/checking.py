"""Which engine checks, and the check itself."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from kg import addresses
from kg.engines import asking, core, features, keeping, sparql, spelling, translation
from kg.engines.results import Result
from kg.engines.shapes import ShapeGraph
from kg.engines.statements import Statements, looked_at

AUTO: Final = "auto"
SHACL: Final = "shacl"
OXIGRAPH: Final = "oxigraph"
PYSHACL: Final = "pyshacl"
ENGINES: Final = (AUTO, SHACL, OXIGRAPH, PYSHACL)
_BLANK: Final = "the data have blank nodes"
_NOT_HERE: Final = "the package shacl is not installed"


class UnfitEngine(ValueError):
    """An engine was asked for that is not here, or not proven equal on the shapes or data at hand."""


@dataclass(frozen=True, slots=True)
class Checked:
    """``store`` has in its default graph what the addresses of the results ask for; ``count`` statements were checked.

    ``engine`` found them; ``reason`` is why a faster one was not let, None where it was the fastest or asked for. ``held`` is what was
    asked for them, kept because it takes long to free.
    """

    results: tuple[Result, ...]
    store: addresses.Statements
    engine: str
    count: int
    reason: str | None = None
    held: object = None


def check(shapes: ShapeGraph, statements: Statements, asked: str = AUTO) -> Checked:
    """Check with the engine that is asked for, or the fastest that is proven equal on the shapes and data.

    Raises UnfitEngine; SyntaxError or ValueError for data or shapes that cannot be used (the message does not say which).
    """
    if asked == PYSHACL:
        return _reference(shapes, statements)
    by = fast(asked)
    reason = _unfit(shapes, statements, by)
    if reason is None:
        found = _fast(shapes, statements, by)
        if isinstance(found, Checked):
            return replace(found, reason=_NOT_HERE) if asked == AUTO and by != SHACL else found
        reason = found
    if asked != AUTO:
        raise UnfitEngine(f"the engine {asked} is not for this: {reason}; pyshacl always works")
    return _reference(shapes, statements, reason)


def fast(asked: str) -> str:
    """The fast engine that is asked for, or the faster of those that are here."""
    return asked if asked in (SHACL, OXIGRAPH) else SHACL if core.available() else OXIGRAPH


def _unfit(shapes: ShapeGraph, statements: Statements, by: str) -> str | None:
    reason = features.only_reference(shapes) or (translation.unfit(shapes) if by == OXIGRAPH else None)
    if reason is not None:
        return f"of the shapes: {reason}"
    if statements.blank:
        return _BLANK
    return _NOT_HERE if by == SHACL and not core.available() else None


def _reference(shapes: ShapeGraph, statements: Statements, reason: str | None = None) -> Checked:
    from kg.engines import reference  # with rdflib and pySHACL, which take their time

    statements = looked_at(statements)
    results = tuple(reference.run(shapes, statements))
    part = keeping.load(statements, keeping.asked(shapes, ())) if results else None
    return Checked(results, part.words if part else ox.Store(), PYSHACL, statements.count, reason)


def _fast(shapes: ShapeGraph, statements: Statements, by: str) -> Checked | str:
    """The core constraints by an engine, the queries by pyoxigraph, at the same time; or why that cannot be done on these data."""
    queries = sparql.constraints(shapes)
    kept = keeping.asked(shapes, queries)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(core.run, core.compiled(shapes), statements) if by == SHACL else None
        part = keeping.load(statements, kept, whole=running is None)
        if part.blank:
            return _BLANK
        running = running or pool.submit(asking.run, shapes, part.whole)
        found = _answers(shapes, part, queries)
        results = running.result()
    return found if isinstance(found, str) else Checked((*found, *results), part.words, by, statements.count + part.count, held=part)


def _answers(shapes: ShapeGraph, part: keeping.Part, queries: Sequence[sparql.Constraint]) -> list[Result] | str:
    spelled = {query: part.spellings.of(f"<{iri}>".encode() for iri in keeping.iris(query)) for query in queries}
    for query, spellings in spelled.items():
        reason = spelling.clash(spellings, query)
        if reason is not None:
            return f"the data have {reason}"
    found = list(sparql.run(part.store, shapes, queries))
    values = [result.value for result in found if isinstance(result.value, ox.Literal)]
    if spelling.retyped(values, set().union(*spelled.values())):
        return "the data have whole numbers of a narrower type, which are found"
    return found
