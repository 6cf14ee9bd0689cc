"""The part of a store that shapes read from some focus nodes, and the focus nodes for which changed statements are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.engines.reads import Step, Way
from kg.engines.results import Term
from kg.store import ONTOLOGY_GRAPH


class View:
    """What is checked of an open store: the union of its graphs without the ontology's, and the facts that are joined to them."""

    def __init__(self, store: ox.Store, joined: Iterable[ox.Quad]) -> None:
        self._store = store
        others = ox.Store()
        others.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in joined)
        self._stores = (store, others) if len(others) else (store,)

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        value: Term | ox.Triple | None,
        graph_name: object = None,
    ) -> Iterator[ox.Quad]:
        """Statements without their graphs, each once."""
        found: set[ox.Triple] = set()
        for store in self._stores:
            for quad in store.quads_for_pattern(subject, predicate, value, None):
                if store is self._store and (isinstance(quad.graph_name, ox.DefaultGraph) or quad.graph_name == ONTOLOGY_GRAPH):
                    continue
                if (triple := quad.triple) not in found:
                    found.add(triple)
                    yield ox.Quad(quad.subject, quad.predicate, quad.object)

    def __contains__(self, quad: ox.Quad) -> bool:
        return next(self.quads_for_pattern(quad.subject, quad.predicate, quad.object), None) is not None

    def next(self, node: Term, step: Step) -> Iterator[tuple[ox.Quad, Term]]:
        """The statements of one step from a node, and the nodes that it leads to."""
        predicate = ox.NamedNode(step.predicate)
        if isinstance(node, ox.Literal) and not step.inverse:
            return
        subject, value = (None, node) if step.inverse or isinstance(node, ox.Literal) else (node, None)
        for quad in self.quads_for_pattern(subject, predicate, value):
            end = quad.subject if step.inverse else quad.object
            if not isinstance(end, ox.Triple):
                yield quad, end


def affected(view: View, changed: Iterable[ox.Triple], ways: Iterable[Way]) -> set[Term]:
    """The focus nodes from which a way leads over a changed statement.

    Of the changed statements on a way the first is looked at: what stands before it is in the store as it was.
    """
    by_predicate: dict[str, list[tuple[Way, Step]]] = {}
    for way in ways:
        by_predicate.setdefault(way[-1].predicate, []).append((way[:-1], way[-1]))
    found: set[Term] = set()
    seen: set[tuple[Way, Term]] = set()
    left: list[tuple[Way, Term]] = []
    for triple in changed:
        for before, step in by_predicate.get(triple.predicate.value, ()):
            start = triple.object if step.inverse else triple.subject
            if not isinstance(start, ox.Triple):
                left += [(before, node) for node in (_closure(view, start, step.back) if step.many else {start})]
    while left:
        way, node = left.pop()
        if (way, node) in seen:
            continue
        seen.add((way, node))
        if not way:
            found.add(node)
        elif way[-1].many:
            left += [(way[:-1], before) for before in _closure(view, node, way[-1].back)]
        else:
            left += [(way[:-1], before) for _, before in view.next(node, way[-1].back)]
    return found


def _closure(view: View, node: Term, step: Step) -> set[Term]:
    found, left = {node}, [node]
    while left:
        new = {end for _, end in view.next(left.pop(), step)} - found
        found |= new
        left += new
    return found


def read_from(view: View, nodes: Iterable[Term], ways: Iterable[Way]) -> Iterator[ox.Quad]:
    """All statements that ways lead over from the nodes; some more than once."""
    following: dict[Way, list[Step]] = {}
    for way in ways:
        following.setdefault(way[:-1], []).append(way[-1])
    seen: set[tuple[Way, Term]] = set()
    left: list[tuple[Way, Term]] = [((), node) for node in nodes]
    while left:
        way, node = left.pop()
        if (way, node) in seen:
            continue
        seen.add((way, node))
        for step in following.get(way, ()):
            for quad, end in view.next(node, step):
                yield quad
                left.append(((*way, step), end))
                if step.many:
                    left.append((way, end))
            if step.many:
                left.append(((*way, step), node))
