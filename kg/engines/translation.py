"""Core shapes as SPARQL: of each shape one query for the values that are wrong, and one for the focus nodes that lack or repeat some.

A query binds ``?this`` to the focus nodes and ``?value`` to the values; behind them stands, for each constraint component, whether it is
met. What is asked inside a shape is an expression that is true of a node that conforms, and never an error: an error would hide a finding.
Terms are compared as terms, never by value: the store has each literal as it was written (``kg.engines.written``).
pyoxigraph orders the patterns in EXISTS without knowing what is bound outside, so each step of a path is in the EXISTS of the one before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import pyoxigraph as ox

from kg.engines.results import SH, Subject, Term
from kg.engines.shapes import TYPE, ShapeGraph
from kg.engines.sparql import deactivated, target_classes
from kg.engines.written import ORDER, RIGHT, as_written, datatype
from kg.namespaces import PREFIXES

# So many values are told apart by one variable each, in time that grows with the power of their number.
MOST: Final = 4
# So many wrong values are looked up by name.
MANY: Final = 100
_XSD = PREFIXES["xsd"]
_LEAST = {"minCount": 0, "qualifiedMinCount": 0, "maxCount": 1, "qualifiedMaxCount": 1}
_LIMITS = {"minInclusive": ">= 0", "minExclusive": "> 0", "maxInclusive": "<= 0", "maxExclusive": "< 0"}
Focus = Callable[[str], str]
_Tests = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Query:
    """``components`` are what the columns ``?met0``, ``?met1`` … are about; without such columns, all that is found is against the one.

    ``wrong`` asks for the values that fail of any node, each once, where that can be told of a value alone: it is far less work than
    to ask of each focus node, and most often there is none.
    """

    shape: Subject
    select: str
    where: str
    components: tuple[str, ...]
    wrong: str = ""

    def text(self, values: Iterable[str] = ()) -> str:
        """Only of those values, if there are any."""
        only = " ".join(values)
        return f"{self.select} WHERE {{ {f'VALUES ?value {{ {only} }} ' if only else ''}{self.where} }}"


def unfit(shapes: ShapeGraph) -> str | None:
    """What cannot be asked in this way, of shapes that are otherwise proven; None if all can."""
    for quad in shapes.quads:
        name, value = quad.predicate.value.removeprefix(SH), quad.object
        if isinstance(value, ox.Literal) and name in _LEAST and int(value.value) + _LEAST[name] > MOST:
            return f"a high sh:{name}"
        if isinstance(value, ox.Literal) and name == "pattern" and not _is_expression(value):
            return "a sh:pattern that pyoxigraph does not read"
    return None


def _is_expression(pattern: ox.Literal) -> bool:
    """Others are errors in a query, and an error hides findings."""
    solutions = ox.Store().query(f'SELECT (REGEX("", {pattern}) AS ?matches) WHERE {{}}')
    return isinstance(solutions, ox.QuerySolutions) and all(solution["matches"] is not None for solution in solutions)


class Translation:
    """``below``: the subclasses of a class, itself left out."""

    def __init__(self, shapes: ShapeGraph, below: Mapping[Term, set[Term]]) -> None:
        self._shapes, self._below, self._names = shapes, below, count()

    def queries(self) -> Iterator[Query]:
        found: dict[Query, None] = {}
        for shape in sorted(self._shapes.shapes(), key=str):
            if not isinstance(shape, ox.Literal) and (targets := self._targets(shape)):
                found.update(dict.fromkeys(self._reported(shape, targets)))
        yield from found

    def _targets(self, shape: Term) -> Focus | None:
        """A pattern for the focus nodes of a shape that has targets."""
        classes = [each for cls in target_classes(self._shapes, shape) for each in (cls, *self._below.get(cls, ()))]
        nodes = [str(as_written(node)) for node in self._shapes.objects(shape, SH + "targetNode")]
        parts = [("", f" <{TYPE}> {cls}") for cls in classes]
        parts += [("VALUES ", f" {{ {' '.join(nodes)} }}")] if nodes else []
        parts += [("", f" {predicate} ?target") for predicate in self._shapes.objects(shape, SH + "targetSubjectsOf")]
        parts += [(f"?target {predicate} ", "") for predicate in self._shapes.objects(shape, SH + "targetObjectsOf")]
        if len(parts) < 2:
            return (lambda node: node.join(parts[0])) if parts else None
        return lambda node: " UNION ".join(f"{{ {node.join(part)} }}" for part in parts)

    def _reported(self, shape: Subject, focus: Focus) -> Iterator[Query]:
        if deactivated(self._shapes, shape):
            return
        steps = self._shapes.steps(shape)
        path = "/".join(steps)
        values = f"?this {path} ?value" if path else ""
        where = f"{focus('?this')} . "
        value = "?value" if path else "?this"
        if tests := self._of_value(shape, "?this", value):
            yield _query(shape, "?this ?value" if path else "?this", where + values, tests, steps[-1] if path else "")
        if tests := self._of_focus(shape, "?this"):
            yield _query(shape, "?this", where, tests)
        for component, pattern in self._further(shape, "?this", "?value", "?path"):
            yield Query(shape, "SELECT DISTINCT ?this ?value ?path", where + pattern, (component,))
        for part in self._shapes.objects(shape, SH + "property"):
            if not isinstance(part, ox.Literal):
                yield from self._reported(part, self._values_of(focus, path) if path else focus)

    def _values_of(self, focus: Focus, path: str) -> Focus:
        def inner(node: str) -> str:
            owner = self._new()
            return f"{focus(owner)} . {owner} {path} {node}"

        return inner

    def _of_value(self, shape: Term, focus: str, value: str) -> _Tests:
        """What must hold of each value: the component and an expression."""
        found = []
        for name, wanted in self._parameters(shape):
            test = self._test(shape, name, wanted, focus, value)
            if test is not None:
                found.append((name, test))
        return found

    def _test(self, shape: Term, name: str, wanted: Term, focus: str, value: str) -> str | None:
        match name:
            case "class":
                return _any(f"EXISTS {{ {value} <{TYPE}> {cls} }}" for cls in (wanted, *self._below.get(wanted, ())))
            case "datatype":
                return _datatype(value, wanted.value)
            case "nodeKind":
                return _any(f"is{kind.removesuffix('Node')}({value})" for kind in wanted.value.removeprefix(SH).split("Or"))
            case "minLength" | "maxLength":
                return f"(!isBlank({value}) && STRLEN(STR({value})) {'>=' if name == 'minLength' else '<='} {wanted.value})"
            case "pattern":
                flags = "".join(f", {flag}" for flag in self._shapes.objects(shape, SH + "flags"))
                return f"(!isBlank({value}) && REGEX(STR({value}), {wanted}{flags}))"
            case "languageIn":
                ranges = _any(f"LANGMATCHES(LANG({value}), {each})" for each in self._shapes.items(wanted))
                return f"(isLiteral({value}) && {ranges})"
            case "in":
                return _any(f"sameTerm({value}, {as_written(each)})" for each in self._shapes.items(wanted))
            case "minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive":
                return f"COALESCE(<{ORDER}>({value}, {as_written(wanted)}) {_LIMITS[name]}, false)"
            case "lessThan":
                other = self._new()
                return f"NOT EXISTS {{ {focus} {wanted} {other} FILTER(!COALESCE(<{ORDER}>({value}, {other}) < 0, false)) }}"
            case "disjoint":
                return f"NOT EXISTS {{ {focus} {wanted} {value} }}"
            case "equals":
                return f"EXISTS {{ {focus} {wanted} {value} }}"
            case "node":
                return self._conforms(wanted, value)
            case "not":
                return f"!{self._conforms(wanted, value)}"
            case "and" | "or" | "xone":
                return _joined(name, [self._conforms(each, value) for each in self._shapes.items(wanted)])
        return None

    def _of_focus(self, shape: Term, focus: str) -> _Tests:
        """What must hold of all values together."""
        steps = self._shapes.steps(shape)
        found = []
        for name, wanted in self._parameters(shape):
            if name == "hasValue":
                value = str(as_written(wanted))
                found.append((name, self._exists(focus, steps, value) if steps else f"sameTerm({focus}, {value})"))
            elif steps and name in ("minCount", "qualifiedMinCount"):
                found.append((name, self._at_least(shape, name, int(wanted.value), focus)))
            elif steps and name in ("maxCount", "qualifiedMaxCount"):
                found.append((name, "!" + self._at_least(shape, name, int(wanted.value) + 1, focus)))
            elif steps and name == "uniqueLang" and _is_true(wanted):
                one, other = self._new(), self._new()
                same = f"isLiteral({other}) && LCASE(LANG({one})) = LCASE(LANG({other})) && !sameTerm({one}, {other})"
                pair = [f"isLiteral({one}) && LANG({one}) != ''", self._exists(focus, steps, other, [same])]
                found.append((name, "!" + self._exists(focus, steps, one, pair)))
        return found

    def _at_least(self, shape: Term, name: str, least: int, focus: str) -> str:
        values = [self._new() for _ in range(least)]
        found: list[str] = []
        for number, value in reversed(list(enumerate(values))):
            tests = [f"!sameTerm({value}, {other})" for other in values[:number]]
            tests += self._counted(shape, value) if name.startswith("qualified") else []
            found = [self._exists(focus, self._shapes.steps(shape), value, tests + found)]
        return found[0] if found else "true"

    def _exists(self, focus: str, steps: Sequence[str], value: str, tests: Sequence[str] = ()) -> str:
        """Whether steps lead from a node to a value of which something is true."""
        first, *others = steps
        if not others:
            return f"EXISTS {{ {focus} {first} {value} {f'FILTER{_all(tests)} ' if tests else ''}}}"
        between = self._new()
        return f"EXISTS {{ {focus} {first} {between} FILTER {self._exists(between, others, value, tests)} }}"

    def _counted(self, shape: Term, value: str) -> list[str]:
        (wanted,) = self._shapes.objects(shape, SH + "qualifiedValueShape")
        tests = [self._conforms(wanted, value)]
        if any(map(_is_true, self._shapes.objects(shape, SH + "qualifiedValueShapesDisjoint"))):
            owners = [user for user in self._shapes.users(shape) if shape in self._shapes.objects(user, SH + "property")]
            parts = {part for owner in owners for part in self._shapes.objects(owner, SH + "property")}
            siblings = {sibling for part in parts for sibling in self._shapes.objects(part, SH + "qualifiedValueShape")}
            tests += [f"!{self._conforms(sibling, value)}" for sibling in sorted(siblings - {wanted}, key=str)]
        return tests

    def _further(self, shape: Term, focus: str, value: str, predicate: str) -> Iterator[tuple[str, str]]:
        """What must not be, besides the values of the path: the component and a pattern."""
        steps = self._shapes.steps(shape)
        for other in self._shapes.objects(shape, SH + "equals"):
            own = self._exists(focus, steps, value) if steps else f"sameTerm({focus}, {value})"
            yield "equals", f"{focus} {other} {value} FILTER(!{own})"
        if any(map(_is_true, self._shapes.objects(shape, SH + "closed"))):
            allowed = {p for part in self._shapes.objects(shape, SH + "property") for p in self._shapes.objects(part, SH + "path")}
            allowed |= {item for ignored in self._shapes.objects(shape, SH + "ignoredProperties") for item in self._shapes.items(ignored)}
            names = sorted(str(term) for term in allowed if isinstance(term, ox.NamedNode))
            # pyoxigraph finds nothing to be outside of an empty list.
            others = f" FILTER ({predicate} NOT IN ({', '.join(names)}))" if names else ""
            yield "closed", f"{focus} {predicate} {value}{others}"

    def _conforms(self, shape: Term, node: str) -> str:
        """An expression that is true where a node conforms to a shape, else false."""
        if deactivated(self._shapes, shape):
            return "true"
        steps = self._shapes.steps(shape)
        value = self._new() if steps else node
        tests = [test for _, test in self._of_value(shape, node, value)]
        tests += [self._conforms(part, value) for part in self._shapes.objects(shape, SH + "property")]
        if steps and tests:
            tests = ["!" + self._exists(node, steps, value, ["!" + _all(tests)])]
        tests += [test for _, test in self._of_focus(shape, node)]
        tests += [f"NOT EXISTS {{ {pattern} }}" for _, pattern in self._further(shape, node, self._new(), self._new())]
        return _all(tests)

    def _parameters(self, shape: Term) -> list[tuple[str, Term]]:
        return sorted(((p.removeprefix(SH), o) for p, o in self._shapes.about(shape) if p.startswith(SH)), key=str)

    def _new(self) -> str:
        return f"?v{next(self._names)}"


def _query(shape: Subject, variables: str, where: str, tests: _Tests, last: str = "") -> Query:
    """``last`` is the step that leads to the values."""
    met = " ".join(f"({test} AS ?met{number})" for number, (_, test) in enumerate(tests))
    wrong = f"FILTER(!{_all([test for _, test in tests])})"
    of_value = last.startswith("<") and not any("?this" in test for _, test in tests)
    # The inner limit keeps pyoxigraph from testing each value as often as it stands.
    each = f"SELECT DISTINCT ?value WHERE {{ ?node {last} ?value }} LIMIT {sys.maxsize}"
    asked = f"SELECT ?value WHERE {{ {{ {each} }} {wrong} }} LIMIT {MANY + 1}"
    names = tuple(name for name, _ in tests)
    return Query(shape, f"SELECT DISTINCT {variables} {met}", f"{where} {wrong}", names, asked if of_value else "")


def _datatype(value: str, wanted: str) -> str:
    right = f" && <{RIGHT}>({value})" if wanted.startswith(_XSD) and wanted != _XSD + "string" else ""
    return f"(isLiteral({value}) && DATATYPE({value}) = <{datatype(wanted)}>{right})"


def _joined(name: str, tests: Sequence[str]) -> str:
    if name == "xone":
        return _any(_all([test if at == one else f"!{test}" for at, test in enumerate(tests)]) for one in range(len(tests)))
    return _all(tests) if name == "and" else _any(tests)


def _all(tests: Sequence[str]) -> str:
    return f"({' && '.join(tests)})" if tests else "true"


def _any(tests: Iterable[str]) -> str:
    return f"({' || '.join(tests) or 'false'})"


def _is_true(value: Term) -> bool:
    return value.value in ("true", "1")
