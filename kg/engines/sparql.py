"""``sh:sparql`` constraints asked once of all focus nodes, instead of once for each.

SHACL binds ``$this`` before a query is evaluated; here the focus nodes are joined to it. ``unfit`` says which queries
might then answer otherwise (those keep to the reference): what stands in a group of its own does not see ``$this``,
sub-selects and MINUS are evaluated apart, LIMIT and aggregates count over all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.engines.results import SH, Result, Subject, Term
from kg.engines.shapes import RDFS, TARGETS, TYPE, ShapeGraph
from kg.engines.written import as_written
from kg.namespaces import PREFIXES

COMPONENT = SH + "SPARQLConstraintComponent"
_CLASSES = {ox.NamedNode(PREFIXES["rdfs"] + "Class"), ox.NamedNode(PREFIXES["owl"] + "Class")}
_TRUE = ("true", "1")
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)
    |(?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<iri><[^<>"{}|^`\\\s]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w%:-](?:[\w%:.-]*[\w%:-])?)?)
    |(?P<word>[A-Za-z_]\w*|@[A-Za-z-]+)
    |(?P<mark>\^\^|&&|\|\||!=|<=|>=|[^\w\s])
    |(?P<number>[0-9.]+)""",
    re.VERBOSE,
)
_WORDS = frozenset({"a", "AND", "FILTER", "NOT", "EXISTS", "OPTIONAL", "UNION", "IN", "TRUE", "FALSE"})
_FUNCTIONS = (
    "BOUND CONCAT CONTAINS DATATYPE ISBLANK ISIRI ISLITERAL ISURI LANG LANGMATCHES LCASE REGEX REPLACE SAMETERM STR STRAFTER STRBEFORE"
    " STRENDS STRLEN STRSTARTS SUBSTR UCASE"
)

Token = tuple[str, str]


@dataclass(frozen=True)
class Constraint:
    """One ``sh:sparql`` of a shape: what its query says, and the prefixes it says it with."""

    shape: Subject
    node: Term
    prefixes: tuple[tuple[str, str], ...]
    select: str
    messages: tuple[ox.Literal, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, names, marks of the query, without white space and comments."""
        found = [(m.lastgroup or "", m[0]) for m in _TOKEN.finditer(self.select)]
        return tuple((kind, value) for kind, value in found if kind != "space")

    @property
    def body(self) -> tuple[Token, ...]:
        """What stands between the outer braces."""
        return self.tokens[self.tokens.index(("mark", "{")) + 1 : -1]

    @property
    def pattern(self) -> str:
        """The same as it is written, with a line end, should it close with a comment."""
        return self.select[self.select.index("{") + 1 : self.select.rindex("}")] + "\n"


def constraints(shapes: ShapeGraph) -> list[Constraint]:
    """All ``sh:sparql`` constraints that are not deactivated."""
    pairs = [(q.subject, q.object) for q in shapes.quads if q.predicate.value == SH + "sparql"]
    found = [
        Constraint(shape, node, _prefixes(shapes, node), _select(shapes, node), _messages(shapes, node))
        for shape, node in pairs
        if not isinstance(shape, ox.Triple) and not isinstance(node, ox.Triple)
        if not deactivated(shapes, shape) and not deactivated(shapes, node)
    ]
    return sorted(found, key=lambda c: (str(c.shape), str(c.node)))


def deactivated(shapes: ShapeGraph, node: Term) -> bool:
    return any(isinstance(o, ox.Literal) and o.value in _TRUE for o in shapes.objects(node, SH + "deactivated"))


def _prefixes(shapes: ShapeGraph, node: Term) -> tuple[tuple[str, str], ...]:
    declared = [d for owner in shapes.objects(node, SH + "prefixes") for d in shapes.objects(owner, SH + "declare")]
    pairs = {(shapes.one(d, SH + "prefix"), shapes.one(d, SH + "namespace")) for d in declared}
    return tuple(sorted((p.value, n.value) for p, n in pairs if p is not None and n is not None))


def _select(shapes: ShapeGraph, node: Term) -> str:
    return "".join(o.value for o in shapes.objects(node, SH + "select") if isinstance(o, ox.Literal))


def _messages(shapes: ShapeGraph, node: Term) -> tuple[ox.Literal, ...]:
    return tuple(sorted((o for o in shapes.objects(node, SH + "message") if isinstance(o, ox.Literal)), key=str))


def unfit(shapes: ShapeGraph, constraint: Constraint) -> str | None:
    """Why a constraint must be asked once for each focus node; None where one query for all says the same."""
    if not isinstance(constraint.shape, ox.NamedNode) or not _is_root(shapes, constraint.shape):
        return "sh:sparql in a shape inside another"
    if any("{" in m.value for owner in (constraint.node, constraint.shape) for m in _messages(shapes, owner)):
        return "sh:message with variables"
    if len(shapes.objects(constraint.node, SH + "select")) != 1 or len({p for p, _ in constraint.prefixes}) != len(constraint.prefixes):
        return "sh:sparql with other than one sh:select and one meaning for each prefix"
    if any(shapes.objects(o, PREFIXES["owl"] + "imports") for o in shapes.objects(constraint.node, SH + "prefixes")):
        return "prefixes that are imported"
    if any(as_written(node) != node for node in shapes.objects(constraint.shape, SH + "targetNode")):
        return "sh:sparql about a number or a time as sh:targetNode, which a store may write otherwise"
    known = {SH + name for name in ("select", "prefixes", "message", "deactivated")} | {TYPE}
    if not {p for p, _ in shapes.about(constraint.node)} <= known:
        return "sh:sparql with more than a query"
    return _unfit_query(constraint)


def _is_root(shapes: ShapeGraph, shape: Term) -> bool:
    return not shapes.objects(shape, SH + "path") and not any(shape in shapes.parts(user) for user in shapes.shapes() if user != shape)


def _unfit_query(constraint: Constraint) -> str | None:
    tokens = constraint.tokens
    head = [value.upper() for kind, value in tokens if kind != "mark"]
    start = tokens.index(("mark", "{")) if ("mark", "{") in tokens else len(tokens)
    selected = [value.upper() for _, value in tokens[:start]]
    variables = {value[1:] for kind, value in tokens[:start] if kind == "variable"}
    if not head or selected[:1] != ["SELECT"] or "this" not in variables or not variables <= {"this", "value"}:
        return "a query that selects more than $this and ?value"
    if {v for v in selected if v[0] not in "?$"} - {"SELECT", "DISTINCT", "WHERE"} or tokens[-1] != ("mark", "}"):
        return "a query with more than SELECT and WHERE"
    for index, (kind, value) in enumerate(constraint.body):
        following = constraint.body[index + 1][1] if index + 1 < len(constraint.body) else ""
        allowed = _FUNCTIONS.split() if following == "(" and value.upper() not in _WORDS else _WORDS
        if kind == "word" and not value.startswith("@") and value not in allowed and value.upper() not in allowed:
            return f"{value.upper()} in a query"
        if value.upper() == "IN" and constraint.body[index + 1 : index + 3] == (("mark", "("), ("mark", ")")):
            return "IN without members in a query"  # of which pyoxigraph says that nothing is outside
        if kind == "iri" and ("?" in value or "$" in value):
            return "a query that is hard to read"
        if kind == "name" and value.partition(":")[0] not in dict(constraint.prefixes):
            return f"the prefix {value.partition(':')[0]} in a query, which is not declared"
        if kind == "variable" and value[1:] in ("PATH", "shapesGraph", "currentShape"):
            return f"{value} in a query"
    return _unfit_groups(constraint.body)


def _unfit_groups(body: tuple[Token, ...]) -> str | None:
    """The group of EXISTS sees what is bound around it; a plain one, a branch of UNION and an OPTIONAL inside others do not."""
    depth = 0
    for index, token in enumerate(body):
        if token == ("mark", "{"):
            before = body[index - 1][1].upper() if index else ""
            group = body[index : _closing(body, index)]
            if before != "EXISTS" and not (before == "OPTIONAL" and depth == 0) and _has_filter(group) and _asks_this(group):
                return "a query that filters by $this in a group of its own"
        depth += {("mark", "{"): 1, ("mark", "}"): -1}.get(token, 0)
    return None if _asks_this(_outside(body)) else "a query that asks nothing of $this outside of filters"


def _outside(body: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens that are in no group and no filter."""
    found, index = [], 0
    while index < len(body):
        if body[index] == ("mark", "{"):
            index = _closing(body, index)
        elif _has_filter(body[index : index + 1]):
            while index < len(body) and body[index][1] not in ("(", "{"):
                index += 1
            index = _closing(body, index)
        else:
            found.append(body[index])
            index += 1
    return tuple(found)


def _has_filter(tokens: tuple[Token, ...]) -> bool:
    return any(kind == "word" and value.upper() == "FILTER" for kind, value in tokens)


def _asks_this(tokens: tuple[Token, ...]) -> bool:
    return any(kind == "variable" and value[1:] == "this" for kind, value in tokens)


def _closing(tokens: tuple[Token, ...], index: int) -> int:
    """Where the bracket at ``index`` is closed, one past it."""
    if index >= len(tokens):
        return index
    opening = tokens[index][1]
    depths = {("mark", opening): 1, ("mark", {"{": "}", "(": ")"}[opening]): -1}
    depth = 0
    for at in range(index, len(tokens)):
        depth += depths.get(tokens[at], 0)
        if depth == 0:
            return at + 1
    return len(tokens)


def query(shapes: ShapeGraph, constraint: Constraint, below: Mapping[Term, Iterable[Term]]) -> str:
    """The constraint over all its focus nodes. ``below`` are the subclasses of a class, itself left out."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in constraint.prefixes)
    value = "?value" if ("variable", "?value") in constraint.tokens or ("variable", "$value") in constraint.tokens else ""
    targets = " UNION ".join(f"{{ {pattern} }}" for pattern in _targets(shapes, constraint.shape, below))
    return f"{prefixes}SELECT DISTINCT $this {value} WHERE {{ {targets} {constraint.pattern}}}"


def _targets(shapes: ShapeGraph, shape: Term, below: Mapping[Term, Iterable[Term]]) -> Iterator[str]:
    for cls in target_classes(shapes, shape):
        for each in (cls, *below.get(cls, ())):
            yield f"$this <{TYPE}> {each}"
    for node in shapes.objects(shape, SH + "targetNode"):
        yield f"VALUES $this {{ {node} }}"
    for predicate in shapes.objects(shape, SH + "targetSubjectsOf"):
        yield f"$this {predicate} ?__value"
    for predicate in shapes.objects(shape, SH + "targetObjectsOf"):
        yield f"?__value {predicate} $this"


def target_classes(shapes: ShapeGraph, shape: Term) -> list[Term]:
    """The classes whose instances are focus nodes; a shape that is a class itself is one of them."""
    own = [shape] if _CLASSES & set(shapes.objects(shape, TYPE)) else []
    return own + shapes.objects(shape, SH + "targetClass")


def run(store: ox.Store, shapes: ShapeGraph, found: Iterable[Constraint]) -> Iterator[Result]:
    """Ask each constraint of the default graph, side by side. Raises ValueError with the shape for a query that is not SPARQL."""
    below = narrower(store)
    targeted = [c for c in found if target_classes(shapes, c.shape) or set(TARGETS) & {p for p, _ in shapes.about(c.shape)}]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for results in pool.map(lambda constraint: _asked(store, shapes, constraint, below), targeted):
            yield from results


def _asked(store: ox.Store, shapes: ShapeGraph, constraint: Constraint, below: Mapping[Term, Iterable[Term]]) -> list[Result]:
    try:
        solutions = store.query(query(shapes, constraint, below))
    except SyntaxError as error:
        raise ValueError(f"a query of {constraint.shape} is not SPARQL: {error}") from error
    if not isinstance(solutions, ox.QuerySolutions):
        raise ValueError(f"a query of {constraint.shape} is no SELECT")
    return list(_results(shapes, constraint, solutions))


def _results(shapes: ShapeGraph, constraint: Constraint, solutions: ox.QuerySolutions) -> Iterator[Result]:
    named = "value" in {variable.value for variable in solutions.variables}
    severity = shapes.one(constraint.shape, SH + "severity")
    for solution in solutions:
        focus, value = solution["this"], solution["value"] if named else None
        if focus is None or isinstance(focus, ox.Triple) or isinstance(value, ox.Triple):
            continue
        level = severity.value if severity is not None else SH + "Violation"
        yield Result(constraint.shape, focus, COMPONENT, level, focus if value is None else value, None, constraint.messages)


def narrower(store: ox.Store) -> dict[Term, set[Term]]:
    """The subclasses of each class that has some, at any depth."""
    below: dict[Term, set[Term]] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + "subClassOf"), None, ox.DefaultGraph()):
        if not isinstance(quad.object, ox.Triple) and not isinstance(quad.subject, ox.Triple):
            below.setdefault(quad.object, set()).add(quad.subject)
    found = {}
    for cls in below:
        left, seen = [cls], {cls}
        while left:
            new = below.get(left.pop(), set()) - seen
            seen |= new
            left += new
        found[cls] = seen - {cls}
    return found
