"""A store checked again where it changed: findings equal to those of a full check, from what the last one found and what changed since.

Beside the store lie the results of the last check (``kg.changes.STATE``) and the journal of the builds since. Of the focus nodes for
which a shape may read a changed statement, and only of them, the results are found anew, from the part of the store that shapes read
from them; constraints across articles follow their queries through the whole store. All results get their words and lines anew.
Whatever cannot be followed is checked in full: the reason is said.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg import __version__
from kg.changes import JOURNAL, STATE, delta
from kg.engines.checking import AUTO, PYSHACL, Checked, fast
from kg.engines.reads import Unfollowed, Way, ways
from kg.engines.results import Result, Subject, Term
from kg.engines.shapes import RDFS, ShapeGraph
from kg.engines.slices import View, affected, read_from
from kg.findings import Report
from kg.resources import turtle_files
from kg.store import facts, open_store
from kg.validation import checked_by, concept_facts, data_shapes, report, usable_shapes

_VERSION: Final = 1
# A node that is checked again costs as much as so many statements of a full check; of few nodes it does not matter.
_DEAR: Final = 150
_FEW: Final = 1000
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True, slots=True)
class Again:
    """The report, how many focus nodes were checked again, and why the whole store was instead (None where it was not)."""

    report: Report
    nodes: int
    full: str | None = None


@dataclass(frozen=True, slots=True)
class _State:
    length: int
    quads: int
    results: tuple[Result, ...]


def validate_changed(folder: Path, shapes: Sequence[Path] | None = None, *, sources: Sequence[Path] = (), engine: str = AUTO) -> Again:
    """Check a store, as far as can be only where it changed, and note what was found. Raises StoreError and UnreadableInput."""
    store = open_store(folder, read_only=True)
    files = data_shapes() if shapes is None else list(shapes)
    wanted = usable_shapes(files)
    joined = list(concept_facts(turtle_files("ontology")))
    key = _key(files)
    known = _read(folder / STATE, key, wanted)
    if isinstance(known, _State):
        found = _from(known, store, folder, wanted, joined, files, engine)
        if isinstance(found, tuple):
            checked, quads, nodes = found
            _write(folder, key, wanted, _State(len(store), quads, checked.results))
            return Again(report(checked, wanted, quads, sources), nodes)
        known = found
    checked = checked_by(wanted, facts(store), joined, engine, files)
    if checked.engine != PYSHACL:
        _write(folder, key, wanted, _State(len(store), checked.count, checked.results))
    else:
        (folder / STATE).unlink(missing_ok=True)
    return Again(report(checked, wanted, checked.count, sources), 0, known)


def _from(
    state: _State, store: ox.Store, folder: Path, shapes: ShapeGraph, joined: Sequence[ox.Quad], files: Sequence[Path], engine: str
) -> tuple[Checked, int, int] | str:
    """The results, the number of statements, and that of the nodes that were checked; or why it must be the whole store."""
    changed = delta(store, folder)
    if changed is None:
        return "the journal of the builds cannot be read"
    if state.length + changed.length != len(store):
        return "the store was changed otherwise than by kg build"
    view = View(store, joined)
    nodes, results = set[Term](), state.results
    if changed.triples:
        if len(changed.triples) > 10 * _FEW and 10 * len(changed.triples) > state.quads:
            return "much was changed"
        if any(triple.predicate == _SUBCLASS for triple in changed.triples):
            return "classes were changed"
        try:
            found = ways(shapes)
        except Unfollowed as error:
            return f"of the shapes: {error}"
        nodes = affected(view, changed.triples, found)
        if len(nodes) > _FEW and _DEAR * len(nodes) > state.quads:
            return f"much was changed ({len(nodes)} nodes)"
        checked = _slice(view, nodes, found, shapes, joined, files, engine)
        if checked.engine == PYSHACL:
            return f"of the engine: {checked.reason or checked.engine}"
        kept = (result for result in results if result.focus not in nodes)
        results = (*kept, *(result for result in checked.results if result.focus in nodes))
    # Of the facts that are joined nothing leads to words.
    count = state.quads + changed.quads
    return Checked(results, View(store, ()), fast(engine), count), count, len(nodes)


def _slice(
    view: View, nodes: set[Term], found: Iterable[Way], shapes: ShapeGraph, joined: Sequence[ox.Quad], files: Sequence[Path], engine: str
) -> Checked:
    quads = dict.fromkeys(read_from(view, nodes, found))
    return checked_by(shapes, quads, joined, engine, files)


def _key(files: Sequence[Path]) -> str:
    """The same as long as the shapes, the ontology and the programs are."""
    digest = sha256(f"{__version__} {_version('pyoxigraph')} {_version('shacl')}".encode())
    for path in (*files, *turtle_files("ontology")):
        digest.update(f"\n{path.name} {sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _read(path: Path, key: str, shapes: ShapeGraph) -> _State | str:
    """The state of the last check, or why there is none to go on from."""
    if not path.is_file():
        return "it is the first check"
    try:
        head, *rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        if head["version"] != _VERSION or head["key"] != key:
            return "the shapes, the ontology or the program are others than before"
        return _State(head["length"], head["quads"], tuple(_results(rows, shapes)))
    except (ValueError, KeyError, TypeError, IndexError):
        return "what the last check noted cannot be read"


def _write(folder: Path, key: str, shapes: ShapeGraph, state: _State) -> None:
    names = {node: name for name, node in _blank(shapes).items()}
    new = folder / f"{STATE}.new"
    with new.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps({"version": _VERSION, "key": key, "length": state.length, "quads": state.quads}) + "\n")
        for result in state.results:
            shape = names.get(result.shape, str(result.shape))
            value = None if result.value is None else str(result.value)
            row = [shape, str(result.focus), result.component, result.severity, value, result.path, list(map(str, result.messages))]
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    os.replace(new, folder / STATE)
    # Should it end between these two, the length of the store says so: see _from.
    (folder / JOURNAL).unlink(missing_ok=True)


def _blank(shapes: ShapeGraph) -> dict[str, Subject]:
    """Blank nodes of the shapes by number: their labels are others each time."""
    nodes = dict.fromkeys(quad.subject for quad in shapes.quads if isinstance(quad.subject, ox.BlankNode))
    return {f"_:{number}": node for number, node in enumerate(nodes)}


def _results(rows: Sequence[Any], shapes: ShapeGraph) -> Iterator[Result]:
    blank = _blank(shapes)
    texts = sorted({text for row in rows for text in (row[0], row[1], row[4], *row[6]) if text is not None and text not in blank})
    document = "".join(f"<x:s> <x:p> {text} .\n" for text in texts)
    terms: dict[str, Any] = dict(zip(texts, (quad.object for quad in ox.parse(document, ox.RdfFormat.N_TRIPLES)), strict=True))
    for shape, focus, component, severity, value, path, messages in rows:
        node = blank.get(shape) or terms[shape]
        yield Result(
            node, terms[focus], component, severity, None if value is None else terms[value], path, tuple(terms[m] for m in messages)
        )
