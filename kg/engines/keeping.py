"""The part of a file of N-Quads that queries ask for, in a store.

A store takes several times as long to fill as a file to be read, so what no query asks for stays out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import addresses
from kg.engines.results import Term
from kg.engines.shapes import TYPE, ShapeGraph
from kg.engines.sparql import Constraint, Token, narrower, target_classes
from kg.engines.spelling import Spellings
from kg.engines.statements import Statements
from kg.engines.written import as_written, in_lines

_TYPE = f"<{TYPE}>".encode()
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True)
class Kept:
    """Predicates whose statements with a literal are asked for, and classes whose instances are, as N-Quads has them; None is all."""

    literals: frozenset[bytes] | None
    classes: frozenset[bytes] | None


ALL = Kept(None, None)


def asked(shapes: ShapeGraph, constraints: Iterable[Constraint]) -> Kept:
    """What constraints and the addresses of findings ask for. Every IRI in a query counts as a predicate and as a class."""
    found: set[Term] = set()
    everything = False
    for constraint in constraints:
        found |= {ox.NamedNode(iri) for iri in iris(constraint)}
        for predicate in ("targetSubjectsOf", "targetObjectsOf"):
            found.update(o for p, o in shapes.about(constraint.shape) if p.endswith(predicate))
        found.update(target_classes(shapes, constraint.shape))
        everything = everything or _asks_any(constraint.body)
    if everything:
        return ALL
    return Kept(_written(found | addresses.ASKED), _written(found | addresses.CLASSES))


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
    """``store`` has the union of the files' graphs in its default graph, as far as it was asked for, and until a blank node was met.

    ``count`` is how many statements were read of all files but the first.
    """

    store: ox.Store
    spellings: Spellings
    count: int = 0
    blank: bool = False


def load(statements: Statements, kept: Kept, written: bool = False) -> Part:
    """``written``: with literals as ``kg.engines.written`` has them. Raises SyntaxError for what is no N-Quads among what was asked for."""
    store, spellings, count = ox.Store(), Spellings(), 0
    with ThreadPoolExecutor(1) as pool:
        loading: Future[int] | None = None
        for number, file in enumerate(statements.files):
            if loading is not None:
                count += loading.result()
                loading = None
            kept = _with_subclasses(kept, store)
            for lines in _chunks(file):
                found, others, blank = _sorted_out(lines, kept, None if written else spellings)
                if blank and not statements.blank:
                    return Part(store, spellings, 0, True)
                if statements.blank:
                    # Loading in bulk would give blank nodes new labels.
                    found, others = [], lines
                usual, unusual = b"".join(found), b"\n".join(others)
                count += len(lines) - len(others) if number else 0
                if loading is not None:
                    count += loading.result()
                # The next lines are sorted out meanwhile.
                loading = pool.submit(_fill, store, usual, unusual, number > 0, written)
        count += loading.result() if loading is not None else 0
    wider = _with_subclasses(kept, store)
    # What is a subclass may be said after its instances, which then are missing.
    return Part(store, spellings, count) if wider == kept else load(statements, wider, written)


def _fill(store: ox.Store, usual: bytes, unusual: bytes, counted: bool, written: bool) -> int:
    """How many statements the unusual lines were, where they are counted."""
    lines = in_lines(usual) if written else usual
    if lines is None:
        store.bulk_extend(_parsed(usual, written))
    else:
        store.bulk_load(lines, ox.RdfFormat.N_TRIPLES, lenient=True)
    others = list(_parsed(unusual, written))
    store.bulk_extend(others)
    return len(others) if counted else 0


def _parsed(lines: bytes, written: bool) -> Iterator[ox.Quad]:
    for quad in ox.parse(lines, ox.RdfFormat.N_QUADS):
        value = as_written(quad.object) if written and isinstance(quad.object, ox.Literal) else quad.object
        yield ox.Quad(quad.subject, quad.predicate, value)


def _with_subclasses(kept: Kept, store: ox.Store) -> Kept:
    if kept.classes is None:
        return kept
    below = ({str(each).encode() for each in narrow} for cls, narrow in narrower(store).items() if str(cls).encode() in kept.classes)
    return Kept(kept.literals, kept.classes.union(*below))


def _chunks(file: Path) -> Iterator[list[bytes]]:
    """Lines without their ends, so many at a time that their memory is used again and again: new memory costs more than the work."""
    with file.open("rb", buffering=0) as stream:
        left = b""
        while chunk := stream.read(_CHUNK):
            *lines, left = (left + chunk).split(b"\n")
            yield lines
        if left:
            yield [left]


def _sorted_out(lines: list[bytes], kept: Kept, spellings: Spellings | None) -> tuple[list[bytes], list[bytes], bool]:
    """What is asked for without the names of graphs, the lines that are not written in the usual way, and whether a blank node is met."""
    literals, classes = kept.literals, kept.classes
    found, others, blank = [], [], False
    for line in lines:
        try:
            subject, predicate, rest = line.split(b" ", 2)
        except ValueError:
            others.append(line)
            continue
        if subject[:1] != b"<" or predicate[:1] != b"<" or line[-2:] != b" ." or rest[:1] == b"_":
            blank = blank or b"_:" in line
            others.append(line)
        elif rest[:1] == b"<":
            if predicate == _TYPE and classes is not None and rest[: rest.find(b" ")] not in classes:
                continue
            cut = rest.rfind(b" <")
            found.append(line[:-1] + b".\n" if cut < 0 else line[: cut - len(rest)] + b" .\n")
        elif literals is None or predicate in literals:
            cut = line.rfind(b" <")
            # A quotation mark after it: not the name of a graph, but part of the literal or what stands before.
            statement = line[:-2] if b'"' in line[cut:] else line[:cut]
            found.append(statement + b" .\n")
            if spellings is not None and statement[-1:] == b">":
                spellings.note(predicate, statement)
    return found, others, blank
