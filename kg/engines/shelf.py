"""A store, and beside it statements that are put into it once somebody asks for their nodes.

A store takes ten times as long to fill as a list, and the words of findings ask for few of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.engines.results import Term
from kg.engines.sorting import Aside


class Shelf:
    """Only the default graph is asked."""

    def __init__(self, store: ox.Store, aside: Aside) -> None:
        self._store, self._aside = store, aside
        self._asked: set[Term | ox.Triple | None] = {None}
        # For each node the last of its places, and for each place the one before: lists for each would take longer.
        self._last: dict[bytes, int] = {}
        self._before: list[int] = []

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        value: Term | ox.Triple | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        self._take(subject)
        self._take(value)
        return self._store.quads_for_pattern(subject, predicate, value, graph_name)

    def __contains__(self, quad: ox.Quad) -> bool:
        self._take(quad.subject)
        return quad in self._store

    def _take(self, node: Term | ox.Triple | None) -> None:
        if node in self._asked:
            return
        self._asked.add(node)
        if isinstance(node, ox.NamedNode) and (found := list(self._about(str(node).encode()))):
            self._store.load(b" .\n".join([*found, b""]), ox.RdfFormat.N_TRIPLES, lenient=True)

    def _about(self, node: bytes) -> Iterator[bytes]:
        if not self._before:
            for place, each in enumerate(self._aside.nodes):
                self._before.append(self._last.get(each, -1))
                self._last[each] = place
        place = self._last.get(node, -1)
        while place >= 0:
            yield self._aside.statements[place]
            place = self._before[place]
