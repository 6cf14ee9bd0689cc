"""Which statements shapes read from a focus node: steps from it along predicates, as core constraints and queries take them.

A changed statement then leads back, step by step, to the focus nodes for which a shape may say something else. What cannot be followed
in this way (closed shapes, paths inside paths, a query with other than plain triple patterns) raises Unfollowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.engines.results import SH, Term
from kg.engines.shapes import FIRST, TARGETS, TYPE, ShapeGraph
from kg.engines.sparql import Constraint, Token, constraints


class Unfollowed(ValueError):
    """Shapes whose reading cannot be told from them; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """To the values of a predicate, or (``inverse``) to the nodes that have this one as value; ``many``: any number of times, also none."""

    predicate: str
    inverse: bool = False
    many: bool = False

    @property
    def back(self) -> Step:
        return Step(self.predicate, not self.inverse, self.many)


Way = tuple[Step, ...]
_IS_A = Step(TYPE)
_OF_FOCUS = tuple(SH + name for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_MANY = tuple(SH + name for name in ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"))
_CLAUSES = frozenset({"OPTIONAL", "UNION"})
_Pattern = tuple[tuple[int, ...], Token, list[Step], Token]


def ways(shapes: ShapeGraph) -> frozenset[Way]:
    """Every way on which a shape reads from its focus node; each begin of a way is among them. Raises Unfollowed."""
    found: set[Way] = {(_IS_A,)}
    for shape in shapes.shapes():
        if any(predicate in TARGETS for predicate, _ in shapes.about(shape)) or isinstance(shape, ox.NamedNode):
            found.update(_of_shape(shapes, shape, ()))
    for predicate, inverse in (("targetSubjectsOf", False), ("targetObjectsOf", True)):
        for quad in shapes.quads:
            if quad.predicate.value == SH + predicate and isinstance(quad.object, ox.NamedNode):
                found.add((Step(quad.object.value, inverse),))
    for constraint in constraints(shapes):
        found.update(_of_query(constraint))
    return frozenset(way[:end] for way in found for end in range(1, len(way) + 1))


def _of_shape(shapes: ShapeGraph, shape: Term, before: Way) -> Iterator[Way]:
    if shapes.objects(shape, SH + "closed"):
        raise Unfollowed("a closed shape")
    if shapes.objects(shape, SH + "qualifiedValueShapesDisjoint"):
        raise Unfollowed("a shape that looks at its siblings")
    path = shapes.one(shape, SH + "path")
    for steps in [()] if path is None else _of_path(shapes, path):
        value = before + steps
        yield value
        if shapes.objects(shape, SH + "class"):
            yield (*value, _IS_A)
        for predicate in _OF_FOCUS:
            yield from ((*before, Step(other.value)) for other in shapes.objects(shape, predicate))
        for part in shapes.parts(shape):
            yield from _of_shape(shapes, part, value)


def _of_path(shapes: ShapeGraph, path: Term) -> list[Way]:
    """The ways that a path allows."""
    if isinstance(path, ox.NamedNode):
        return [(Step(path.value),)]
    if shapes.objects(path, FIRST):
        found: list[Way] = [()]
        for part in shapes.items(path):
            found = [before + after for before in found for after in _of_path(shapes, part)]
        return found
    for predicate, part in shapes.about(path):
        if predicate == SH + "alternativePath":
            return [way for each in shapes.items(part) for way in _of_path(shapes, each)]
        if isinstance(part, ox.NamedNode) and predicate == SH + "inversePath":
            return [(Step(part.value, True),)]
        if isinstance(part, ox.NamedNode) and predicate in _MANY:
            return [(Step(part.value, many=True),)]
    raise Unfollowed("a path inside a path")


def _of_query(constraint: Constraint) -> Iterator[Way]:
    """From ``$this`` over the variables that patterns join. A variable is reached by what always holds where it is used."""
    waiting = _Reader(constraint).patterns
    reached: dict[str, list[tuple[tuple[int, ...], Way]]] = {"this": [((), ())]}

    def way_to(term: Token, scope: tuple[int, ...]) -> Way | None:
        known = reached.get(term[1][1:], []) if term[0] == "variable" else []
        return next((way for group, way in known if scope[: len(group)] == group), None)

    while waiting:
        for pattern in waiting:
            scope, subject, path, value = pattern
            there, back = way_to(subject, scope), way_to(value, scope)
            if there is not None:
                way, end = (*there, *path), value
            elif back is not None:
                way, end = (*back, *(step.back for step in reversed(path))), subject
            else:
                continue
            yield way
            if end[0] == "variable" and way_to(end, scope) is None:
                reached.setdefault(end[1][1:], []).append((scope, way))
            waiting.remove(pattern)
            break
        else:
            raise Unfollowed("a query with a pattern that is not joined to $this")


class _Reader:
    """The triple patterns of a query, each with the groups that it stands in."""

    def __init__(self, constraint: Constraint) -> None:
        self._prefixes = dict(constraint.prefixes)
        self._tokens = constraint.body
        self.patterns: list[_Pattern] = []
        self._groups = 0
        self._group((), 0, len(self._tokens))

    def _group(self, scope: tuple[int, ...], at: int, end: int) -> None:
        while at < end:
            kind, value = self._tokens[at]
            if value == "{":
                close = self._closing(at)
                self._groups += 1
                self._group((*scope, self._groups), at + 1, close)
                at = close + 1
            elif value == "." or (kind == "word" and value.upper() in _CLAUSES):
                at += 1
            elif kind == "word" and value.upper() == "FILTER":
                at = self._filter(scope, at + 1, end)
            else:
                at = self._triples(scope, at, end)

    def _filter(self, scope: tuple[int, ...], at: int, end: int) -> int:
        """Of a filter only the groups after EXISTS are patterns."""
        while at < end and self._tokens[at][1] not in ("(", "{"):
            at += 1
        if at == end or self._tokens[at][1] == "{":
            return at
        close = self._closing(at)
        at += 1
        while at < close:
            if self._tokens[at][1] == "{":
                self._groups += 1
                inner = self._closing(at)
                self._group((*scope, self._groups), at + 1, inner)
                at = inner
            at += 1
        return close + 1

    def _triples(self, scope: tuple[int, ...], at: int, end: int) -> int:
        subject, at = self._term(at, end)
        while True:
            path, at = self._path(at, end)
            while True:
                value, at = self._term(at, end)
                self.patterns.append((scope, subject, path, value))
                if at < end and self._tokens[at][1] == ",":
                    at += 1
                    continue
                break
            while at < end and self._tokens[at][1] == ";":
                at += 1
                if at == end or self._tokens[at][1] in (".", "{", "}"):
                    return at
            if at == end or self._tokens[at - 1][1] != ";":
                return at

    def _path(self, at: int, end: int) -> tuple[list[Step], int]:
        steps: list[Step] = []
        while at < end:
            kind, value = self._tokens[at]
            if kind not in ("iri", "name") and value != "a":
                break
            predicate = TYPE if value == "a" else value[1:-1] if kind == "iri" else self._full(value)
            at += 1
            many = at < end and self._tokens[at] in (("mark", "*"), ("mark", "+"), ("mark", "?"))
            steps.append(Step(predicate, many=many))
            at += many
            if at < end and self._tokens[at][1] == "/":
                at += 1
                continue
            return steps, at
        raise Unfollowed("a query with a path that is hard to follow")

    def _term(self, at: int, end: int) -> tuple[Token, int]:
        if at >= end or self._tokens[at][0] == "mark":
            raise Unfollowed("a query with other than plain patterns")
        term = self._tokens[at]
        at += 1
        if at < end and self._tokens[at] == ("mark", "^^"):
            at += 2
        elif at < end and self._tokens[at][1].startswith("@"):
            at += 1
        return term, at

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes[prefix] + local

    def _closing(self, at: int) -> int:
        opening = self._tokens[at][1]
        closing, depth = {"{": "}", "(": ")"}[opening], 0
        for index in range(at, len(self._tokens)):
            depth += (self._tokens[index] == ("mark", opening)) - (self._tokens[index] == ("mark", closing))
            if depth == 0:
                return index
        raise Unfollowed("a query whose brackets do not close")
