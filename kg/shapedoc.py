"""Shapes as documents: what each one demands, of what, how bad it is, and examples out of its own tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.cases import FOLDER, Case, cases
from kg.demands import Teller, labels, patterns
from kg.engines.shapes import TARGETS, ShapeGraph
from kg.loading import quads_of
from kg.namespaces import ID, PREFIXES, prefixed
from kg.reports.catalogue import Rule, declared, title
from kg.reports.view import View
from kg.resources import turtle_files

_IRI = re.compile(r"<([^<>]*)>")
VALID, INVALID = 1, 2
"""Examples shown of a shape."""


@dataclass(frozen=True, slots=True)
class Example:
    """The statements about one node in a case, as Turtle below the base of all things."""

    case: str
    valid: bool
    turtle: str


@dataclass(frozen=True, slots=True)
class Described:
    """One shape. ``targets`` and ``demands`` are words in one language, ``path`` is a SPARQL path with prefixes."""

    rule: Rule
    targets: tuple[str, ...]
    path: str | None
    demands: tuple[str, ...]
    queries: tuple[str, ...]
    examples: tuple[Example, ...]


def describe(files: Sequence[Path], language: str) -> list[Described]:
    """Every shape of the files that demands something, by file and name. Raises UnreadableInput."""
    graph = ShapeGraph(quads_of(files, base=True))
    said = list(quads_of(turtle_files("shapes")))
    words = labels(quads_of(turtle_files("ontology")), language) | labels(said, language)
    teller = Teller(graph, words, patterns(said, words), language)
    tested = _Examples(graph, [case for folder in _folders(files) for case in cases(folder)])
    return [_described(rule, teller, tested) for file in files for rule in declared(file)]


def _folders(files: Sequence[Path]) -> list[Path]:
    folders = dict.fromkeys(file.parent / FOLDER for file in files)
    return [folder for folder in folders if folder.is_dir()]


def _described(rule: Rule, teller: Teller, tested: _Examples) -> Described:
    shape = ox.NamedNode(rule.iri)
    own = teller.description(shape)
    demands = (*([own] if own is not None else []), *teller.demands(shape))
    return Described(rule, tuple(teller.targets(shape)), teller.path(shape), demands, tuple(teller.queries(shape)), tuple(tested.of(shape)))


class _Examples:
    """Finds examples of a shape in the case that is named after it, else in one that expects it to find something."""

    def __init__(self, graph: ShapeGraph, found: Sequence[Case]) -> None:
        self._graph, self._cases = graph, found
        self._facts: dict[Path, list[ox.Quad]] = {}

    def of(self, shape: ox.NamedNode) -> Iterator[Example]:
        expecting = [case for case in self._cases if any(row[0] == shape.value for row in case.expected)]
        case = min(expecting, key=lambda c: (not shape.value.endswith(f"#{c.name}"), len(c.expected), c.name), default=None)
        if case is None:
            return
        name, relevant = f"{case.topic}/{case.name}", self._relevant(shape)
        facts = self._of(case.valid)
        for node in _nodes(facts, relevant)[:VALID]:
            yield Example(name, True, _turtle(q for q in facts if q.subject == node))
        facts = self._of(case.invalid)
        wrong = dict.fromkeys(row[1] for row in case.expected if row[0] == shape.value)
        rejected = [q.subject for q in facts if getattr(q.subject, "value", "") in wrong]
        # What is wrong may lie in what another node says of one that is right.
        for node in list(dict.fromkeys(rejected or _nodes(facts, relevant)))[:INVALID]:
            yield Example(name, False, _turtle(q for q in facts if q.subject == node))

    def _relevant(self, shape: ox.NamedNode) -> list[set[str]]:
        """What a telling node has, the more telling first: a property of the path; a class or property that is a target."""
        path = self._graph.path(shape) or ""
        owners = [shape, *(user for user in self._graph.users(shape))]
        targets = {o.value for owner in owners for name in TARGETS for o in self._graph.objects(owner, name) if isinstance(o, ox.NamedNode)}
        return [set(_IRI.findall(path)) or {path}, targets]

    def _of(self, file: Path) -> list[ox.Quad]:
        if file not in self._facts:
            self._facts[file] = list(quads_of([file]))
        return self._facts[file]


def _nodes(facts: Sequence[ox.Quad], relevant: Sequence[set[str]]) -> list[ox.NamedNode | ox.BlankNode | ox.Triple]:
    for wanted in relevant:
        found = [q.subject for q in facts if q.predicate.value in wanted or getattr(q.object, "value", "") in wanted]
        if found:
            return list(dict.fromkeys(found))
    return list(dict.fromkeys(q.subject for q in facts))


def _turtle(quads: Iterable[ox.Quad]) -> str:
    text = (ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
    lines = [line for line in text.replace(f"<{ID}", "<").splitlines() if line and not line.startswith("@prefix")]
    return "\n".join(line.replace("\t", "    ") for line in lines)


def to_text(found: Sequence[Described], view: View) -> str:
    return "\n".join("\n".join(_text(shape, view)) + "\n" for shape in found)


def to_markdown(found: Sequence[Described], view: View) -> str:
    return "\n".join("\n".join(_markdown(shape, view)) + "\n" for shape in found)


def to_json(found: Sequence[Described], view: View) -> str:
    return json.dumps([_object(shape) for shape in found], ensure_ascii=False, indent=1) + "\n"


def _text(shape: Described, view: View) -> Iterator[str]:
    rule = shape.rule
    yield f"{prefixed(rule.iri)} [{view.severity(rule.severity)}] {title(rule, view.language)}  ({rule.file})"
    for name, told in _told(shape, view):
        yield f"    {name}: {told[0]}" if len(told) == 1 else f"    {name}:"
        if len(told) > 1:
            yield from (f"      - {line}" for line in told)
    for query in shape.queries:
        yield from (f"      | {line}" for line in query.splitlines())
    for example in shape.examples:
        yield f"    {view.says('valid' if example.valid else 'invalid')} ({example.case}):"
        yield from (f"      {line}" for line in example.turtle.splitlines())


def _markdown(shape: Described, view: View) -> Iterator[str]:
    rule = shape.rule
    yield f"### `{prefixed(rule.iri)}`\n\n**{view.severity(rule.severity)}**: {title(rule, view.language)} (`{rule.file}`)\n"
    for name, told in _told(shape, view):
        yield from (f"- {name}: {line}" for line in (_escaped(line) for line in told))
    for query in shape.queries:
        yield f"\n```sparql\n{query}\n```"
    for example in shape.examples:
        yield f"\n{view.says('valid' if example.valid else 'invalid')} (`{example.case}`):\n\n```turtle\n{example.turtle}\n```"


def _told(shape: Described, view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    paths = () if shape.path is None else (shape.path,)
    for name, told in (("appliesTo", shape.targets), ("path", paths), ("demands", shape.demands)):
        if told:
            yield view.says(name), told


def _escaped(line: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>|" else c for c in line)


def _object(shape: Described) -> dict[str, object]:
    rule = shape.rule
    return {
        "shape": rule.iri,
        "file": rule.file,
        "severity": rule.severity.name.lower(),
        "message": {"zh": rule.message_zh, "en": rule.message_en},
        "targets": shape.targets,
        "path": shape.path,
        "demands": shape.demands,
        "queries": shape.queries,
        "examples": [{"case": e.case, "valid": e.valid, "turtle": e.turtle} for e in shape.examples],
    }
