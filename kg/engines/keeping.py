"""The part of a file of N-Quads that queries ask for, in a store.

A store takes several times as long to fill as a file to be read, so what no query asks for stays out of it, or lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from kg import addresses
from kg.engines.results import Term
from kg.engines.shapes import RDFS, TYPE, ShapeGraph
from kg.engines.shelf import Shelf
from kg.engines.sorting import Aside, Kept, Sorted, sort_out
from kg.engines.sparql import Constraint, Token, narrower, target_classes
from kg.engines.spelling import Spellings
from kg.engines.statements import Statements
from kg.engines.written import as_written

_CHUNK = 1 << 20
_BATCH = 1 << 14


def asked(shapes: ShapeGraph, constraints: Iterable[Constraint]) -> Kept:
    """What constraints and the addresses of findings ask for. Every IRI in a query counts as a predicate and as a class."""
    found: set[Term] = {ox.NamedNode(RDFS + "subClassOf")}
    for constraint in constraints:
        if _asks_any(constraint.body):
            return Kept(None, None)
        found |= {ox.NamedNode(iri) for iri in iris(constraint)}
        for predicate in ("targetSubjectsOf", "targetObjectsOf"):
            found.update(o for p, o in shapes.about(constraint.shape) if p.endswith(predicate))
        found.update(target_classes(shapes, constraint.shape))
    return Kept(_written(found), _written(found | addresses.CLASSES), _written(addresses.ASKED))


def _written(terms: Iterable[Term]) -> frozenset[bytes]:
    return frozenset(str(term).encode() for term in terms)


def iris(constraint: Constraint) -> Iterator[str]:
    """The IRIs in a query."""
    prefixes = dict(constraint.prefixes)
    for kind, value in constraint.body:
        if kind == "iri":
            yield value[1:-1]
        elif kind == "name":
            prefix, _, local = value.partition(":")
            yield prefixes[prefix] + local


def _asks_any(body: tuple[Token, ...]) -> bool:
    """Whether a predicate may be a variable, a type a variable, or a path one of all but some."""
    ended = {".", ";", ",", "{", "}"}
    for (_, before), (kind, value), (after_kind, after) in zip(body, body[1:], (*body[2:], ("mark", ".")), strict=False):
        if kind == "variable" and (after_kind in ("variable", "iri", "name", "string", "number") and before not in ended | {")"}):
            return True
        if kind == "variable" and (before == ";" or after_kind == "variable"):
            return True
        if before in ("a", "rdf:type", f"<{TYPE}>") and kind not in ("iri", "name"):
            return True
        if value == "!" and (after_kind in ("iri", "name") or after == "^"):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Part:
    """``store`` has the union of the files' graphs in its default graph, as far as queries ask for it, and until a blank node was met.

    ``whole`` has all of it, with literals as ``kg.engines.written`` has them, where that was wanted; ``words`` what words ask for.
    ``count`` is how many statements were read of all files but the first.
    """

    store: ox.Store
    whole: ox.Store
    words: addresses.Statements
    spellings: Spellings
    count: int = 0
    blank: bool = False


class _Filled:
    """A store that another thread fills, while the next lines are sorted out."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.store = ox.Store()
        self._pool = pool
        self._running: Future[None] | None = None

    def add(self, statements: list[bytes], others: Iterable[ox.Quad]) -> None:
        self.wait()
        self._running = self._pool.submit(self._fill, statements, others)

    def wait(self) -> None:
        """Raises SyntaxError for what was added."""
        if self._running is not None:
            self._running.result()
            self._running = None

    def _fill(self, statements: list[bytes], others: Iterable[ox.Quad]) -> None:
        self.store.bulk_load(b" .\n".join([*statements, b""]), ox.RdfFormat.N_TRIPLES, lenient=True)
        self.store.bulk_extend(others)


def load(statements: Statements, kept: Kept, whole: bool = False) -> Part:
    """Raises SyntaxError for what is no N-Quads among what was asked for."""
    spellings, aside, count = Spellings(), None if whole else Aside(), 0
    with ThreadPoolExecutor(2) as pool:
        asked_for, everything = _Filled(pool), _Filled(pool)
        shelf = None if aside is None else Shelf(asked_for.store, aside)
        words: addresses.Statements = shelf or everything.store
        for number, file in enumerate(statements.files):
            asked_for.wait()
            kept = _with_subclasses(kept, asked_for.store)
            for result in _sorted(file, kept, spellings, aside, statements.blank):
                if result.blank and not statements.blank:
                    return Part(asked_for.store, everything.store, words, spellings, blank=True)
                others = list(_parsed(result.others, spellings))
                asked_for.add(result.found, others)
                if whole:
                    everything.add(result.whole, [_as_written(quad) for quad in others])
                count += result.count + len(others) if number else 0
        if shelf is not None:
            shelf.arrange()
        asked_for.wait()
        everything.wait()
    wider = _with_subclasses(kept, asked_for.store)
    # What is a subclass may be said after its instances, which then are missing.
    return Part(asked_for.store, everything.store, words, spellings, count) if wider == kept else load(statements, wider, whole)


def _parsed(lines: Sequence[bytes], spellings: Spellings) -> Iterator[ox.Quad]:
    for quad in ox.parse(b"\n".join(lines), ox.RdfFormat.N_QUADS):
        if isinstance(quad.object, ox.Literal):
            spellings.note(str(quad.predicate).encode(), str(quad.triple).encode())
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _as_written(quad: ox.Quad) -> ox.Quad:
    return quad if isinstance(quad.object, ox.Triple) else ox.Quad(quad.subject, quad.predicate, as_written(quad.object))


def _with_subclasses(kept: Kept, store: ox.Store) -> Kept:
    if kept.classes is None:
        return kept
    below = ({str(each).encode() for each in narrow} for cls, narrow in narrower(store).items() if str(cls).encode() in kept.classes)
    return replace(kept, classes=kept.classes.union(*below))


def _sorted(file: Path, kept: Kept, spellings: Spellings, aside: Aside | None, blank: bool) -> Iterator[Sorted]:
    """Some at a time, so that their memory is used again and again: new memory costs more than the work."""
    with file.open("rb") as stream:
        result = Sorted()
        while text := stream.read(_CHUNK):
            text += stream.readline()
            if blank:
                # Loading in bulk would give blank nodes new labels.
                result.others.append(text)
            else:
                sort_out(text, kept, spellings, aside, result)
            if blank or result.blank or len(result.found) + len(result.whole) > _BATCH:
                yield result
                result = Sorted()
        yield result
