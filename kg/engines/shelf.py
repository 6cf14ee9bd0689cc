"""A store, and beside it statements that are put into it once somebody asks for their nodes.

A store takes ten times as long to fill as a list, and the words of findings ask for few of the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.engines.results import Term
from kg.engines.sorting import Aside


class Shelf:
    """Only the default graph is asked. All is laid aside before the first question."""

    def __init__(self, store: ox.Store, aside: Aside) -> None:
        self._store, self._aside = store, aside
        self._taken: set[Term | ox.Triple | None] = {None}
        # For each node the last of its places, and for each place the one before: lists for each would take longer.
        self._last: dict[bytes, int] = {}
        self._before: list[int] = []

    def arrange(self) -> None:
        for place, node in enumerate(self._aside.nodes):
            self._before.append(self._last.get(node, -1))
            self._last[node] = place

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        value: Term | ox.Triple | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        for node in (subject, value):
            if node not in self._taken:
                self._take(node)
        return self._store.quads_for_pattern(subject, predicate, value, graph_name)

    def __contains__(self, quad: ox.Quad) -> bool:
        if quad.subject not in self._taken:
            self._take(quad.subject)
        return quad in self._store

    def _take(self, node: Term | ox.Triple | None) -> None:
        self._taken.add(node)
        place = self._last.get(f"<{node.value}>".encode(), -1) if isinstance(node, ox.NamedNode) else -1
        found: list[bytes] = []
        while place >= 0:
            found.append(self._aside.statements[place])
            place = self._before[place]
        if found:
            self._store.load(b" .\n".join([*found, b""]), ox.RdfFormat.N_TRIPLES, lenient=True)
