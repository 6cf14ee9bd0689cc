"""A shapes graph with its nodes at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.engines.results import SH, Subject, Term
from kg.namespaces import PREFIXES

RDF, RDFS = PREFIXES["rdf"], PREFIXES["rdfs"]
TYPE, FIRST, REST, NIL = RDF + "type", RDF + "first", RDF + "rest", ox.NamedNode(RDF + "nil")
TARGETS = tuple(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))
_ONE_SHAPE = tuple(SH + name for name in ("property", "node", "not", "qualifiedValueShape"))
_SHAPES = tuple(SH + name for name in ("and", "or", "xone"))
_MARKS = {SH + "zeroOrMorePath": "*", SH + "oneOrMorePath": "+", SH + "zeroOrOnePath": "?"}


class ShapeGraph:
    """The statements of shapes files, by subject and by object."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.quads = tuple({(q.subject, q.predicate, q.object): q for q in quads if not isinstance(q.object, ox.Triple)}.values())
        self._about: dict[Term, list[tuple[str, Term]]] = defaultdict(list)
        self._users: dict[Term, list[Subject]] = defaultdict(list)
        for quad in self.quads:
            if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                self._about[quad.subject].append((quad.predicate.value, quad.object))
                self._users[quad.object].append(quad.subject)

    def about(self, node: Term) -> list[tuple[str, Term]]:
        return self._about.get(node, [])

    def objects(self, node: Term, predicate: str) -> list[Term]:
        return [o for p, o in self.about(node) if p == predicate]

    def one(self, node: Term, predicate: str) -> Term | None:
        return min(self.objects(node, predicate), default=None, key=str)

    def users(self, node: Term) -> list[Subject]:
        """The nodes that have this one as an object."""
        return self._users.get(node, [])

    def subjects(self, *predicates: str) -> set[Subject]:
        return {node for node, facts in self._about.items() if not isinstance(node, ox.Literal) and any(p in predicates for p, _ in facts)}

    def predicates(self) -> set[str]:
        return {quad.predicate.value for quad in self.quads}

    def items(self, node: Term) -> Iterator[Term]:
        """The members of a list; one that goes round in a circle ends where it meets itself."""
        seen: set[Term] = set()
        while node != NIL and node not in seen:
            seen.add(node)
            yield from self.objects(node, FIRST)
            node = self.one(node, REST) or NIL

    def parts(self, shape: Term) -> Iterator[Term]:
        """The shapes that a shape asks of its values or of its own focus."""
        for predicate, value in self.about(shape):
            if predicate in _ONE_SHAPE:
                yield value
            elif predicate in _SHAPES:
                yield from self.items(value)

    def shapes(self) -> set[Term]:
        """Every shape: what has a target or a shape's type, and what such a shape asks for."""
        found: set[Term] = set(self.subjects(*TARGETS))
        found |= {node for node in self.subjects(TYPE) for kind in self.objects(node, TYPE) if kind in (_NODE_SHAPE, _PROPERTY_SHAPE)}
        left = list(found)
        while left:
            new = set(self.parts(left.pop())) - found
            found |= new
            left += new
        return found

    def circle(self) -> list[Term]:
        """Shapes that ask for each other in a circle, which SHACL leaves undefined: the first found, or none."""
        done: set[Term] = set()
        for start in sorted(self.shapes(), key=str):
            trail: list[tuple[Term, Iterator[Term]]] = [(start, self.parts(start))]
            while trail:
                part = next(trail[-1][1], None)
                nodes = [node for node, _ in trail]
                if part is None:
                    done.add(trail.pop()[0])
                elif part in nodes:
                    return [*nodes[nodes.index(part) :], part]
                elif part not in done:
                    trail.append((part, self.parts(part)))
        return []

    def named(self, node: Term) -> Term:
        """The shape itself, or for a blank one the nearest named shape that holds it."""
        seen: set[Term] = set()
        while isinstance(node, ox.BlankNode) and node not in seen:
            seen.add(node)
            node = min(self.users(node), default=node, key=str)
        return node

    def path(self, shape: Term) -> str | None:
        """A shape's path: an IRI, or SPARQL's syntax with full IRIs in angle brackets."""
        node = self.one(shape, SH + "path")
        return node.value if isinstance(node, ox.NamedNode) else self._path(node)

    def steps(self, shape: Term) -> list[str]:
        """The parts that a shape's path is a sequence of, in SPARQL's syntax; of no path none."""
        left = self.objects(shape, SH + "path")
        found: list[str] = []
        while left:
            node = left.pop(0)
            if self.objects(node, FIRST):
                left = [*self.items(node), *left]
            else:
                found.append(self._path(node) or "")
        return found

    def _path(self, node: Term | None) -> str | None:
        if node is None or isinstance(node, ox.NamedNode):
            return None if node is None else str(node)
        if self.objects(node, FIRST):
            return "/".join(self._path(part) or "" for part in self.items(node))
        for predicate, part in self.about(node):
            if predicate == SH + "inversePath":
                return f"^({self._path(part)})" if self.objects(part, FIRST) else f"^{self._path(part)}"
            if predicate == SH + "alternativePath":
                return "(" + "|".join(self._path(p) or "" for p in self.items(part)) + ")"
            if predicate in _MARKS:
                return f"({self._path(part)}){_MARKS[predicate]}"
        return None


_NODE_SHAPE, _PROPERTY_SHAPE = ox.NamedNode(SH + "NodeShape"), ox.NamedNode(SH + "PropertyShape")
