"""A store, and beside it lines that are put into it once somebody asks for their nodes.

A store takes ten times as long to fill as a list, and the addresses of findings ask for few of the nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.engines.results import Term

# After so many nodes the rest is put into the store at once.
_MANY = 20_000


class Shelf:
    """``lines`` are statements of N-Triples without the dot, IRIs without escapes; only the default graph is asked."""

    def __init__(self, store: ox.Store, lines: Iterable[list[bytes]]) -> None:
        self._store = store
        self._lines = list(lines)
        self._by_node: dict[bytes, list[bytes]] | None = None
        self._asked: set[Term] = set()

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        value: Term | ox.Triple | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
    ) -> Iterator[ox.Quad]:
        for node in (subject, value):
            if isinstance(node, ox.NamedNode):
                self._take(node)
        return self._store.quads_for_pattern(subject, predicate, value, graph_name)

    def __contains__(self, quad: ox.Quad) -> bool:
        if isinstance(quad.subject, ox.NamedNode):
            self._take(quad.subject)
        return quad in self._store

    def _take(self, node: ox.NamedNode) -> None:
        if node in self._asked or not self._lines:
            return
        self._asked.add(node)
        if len(self._asked) > _MANY:
            for lines in self._lines:
                self._store.bulk_load(_document(lines), ox.RdfFormat.N_TRIPLES, lenient=True)
            self._lines = []
            return
        if self._by_node is None:
            self._by_node = self._sorted()
        if found := self._by_node.get(str(node).encode()):
            self._store.load(_document(found), ox.RdfFormat.N_TRIPLES, lenient=True)

    def _sorted(self) -> dict[bytes, list[bytes]]:
        found: dict[bytes, list[bytes]] = defaultdict(list)
        for lines in self._lines:
            for line in lines:
                subject, _, rest = line.split(b" ", 2)
                found[subject].append(line)
                if rest[:1] == b"<":
                    found[rest].append(line)
        return found


def _document(lines: list[bytes]) -> bytes:
    return b" .\n".join((*lines, b""))
