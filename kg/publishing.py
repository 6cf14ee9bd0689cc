"""The named graphs of a store sent to a graph store elsewhere: only what changed since the last time.

A journal in the store's folder, one for each address, knows what was sent: a line for each graph (its IRI, a tab, the SHA-256 of its
sorted triples; ``?`` while it is on its way, ``-`` when it was deleted), the last line of a graph counts. It is only ever added to
while graphs are sent, so a run that is cut off can be taken up by the next.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.graphstore import GraphStore, Refusal
from kg.store import statement

_LINE = re.compile(r"(\S+)\t([0-9a-f]{64}|\?|-)")
_SENT, _GONE = "?", "-"
_TOO_MANY = 5
PUT: Final = "put"
DELETE: Final = "delete"


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with a graph: ``put`` its sorted N-Triples (whose digest is kept) or ``delete`` it."""

    action: str
    graph: str
    triples: bytes = b""
    digest: str = ""

    @property
    def statements(self) -> int:
        return self.triples.count(b" .\n")


@dataclass(slots=True)
class Outcome:
    """How many graphs were sent, deleted, left as they are, and which were refused, with the reason."""

    sent: int = 0
    deleted: int = 0
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


class Journal:
    """What a store has published to one address."""

    def __init__(self, folder: Path, address: str) -> None:
        self.path = folder / f"published-{hashlib.sha256(address.encode()).hexdigest()[:16]}.tsv"
        self._address = address

    def read(self) -> dict[str, str]:
        """The graphs that are there, or may be, each with its digest (``?`` where it was not confirmed)."""
        known: dict[str, str] = {}
        for match in self._lines():
            if match[2] == _GONE:
                known.pop(match[1], None)
            else:
                known[match[1]] = match[2]
        return known

    def _lines(self) -> Iterator[re.Match[str]]:
        if self.path.is_file():
            for line in self.path.read_text(encoding="utf-8", errors="replace").split("\n"):
                # A line that a killed process began is no line.
                if match := _LINE.fullmatch(line):
                    yield match

    def note(self, graph: str, state: str) -> None:
        """Add a line; opened each time, so that two runs at once do no harm."""
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{graph}\t{state}\n" if file.tell() else f"# {self._address}\n{graph}\t{state}\n")

    def mend(self) -> None:
        """End a line that was cut off."""
        if self.path.is_file() and (content := self.path.read_bytes()) and not content.endswith(b"\n"):
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write("\n")

    def tidy(self) -> None:
        """Keep one line for each graph."""
        lines = "".join(f"{graph}\t{state}\n" for graph, state in sorted(self.read().items()))
        new = self.path.with_suffix(".new")
        new.write_text(f"# {self._address}\n{lines}", encoding="utf-8", newline="\n")
        os.replace(new, self.path)


def steps(store: Store, known: dict[str, str]) -> Iterator[Step | None]:
    """What brings the target up to date, in the order of the IRIs, deletions last; None for each graph that it has as it is."""
    graphs = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    for graph in graphs:
        triples = "".join(sorted(f"{statement(quad)}\n" for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))))
        content = triples.encode()
        digest = hashlib.sha256(content).hexdigest()
        yield None if known.get(graph) == digest else Step(PUT, graph, content, digest)
    for graph in sorted(known.keys() - set(graphs)):
        yield Step(DELETE, graph)


def publish(
    store: Store, journal: Journal, target: GraphStore, everything: bool = False, on_graph: Callable[[str], None] | None = None
) -> Outcome:
    """Send what changed; with ``everything`` also what the journal calls unchanged.

    A graph that is refused is passed over, unless several are one after another. Raises PublishError where the target cannot be
    written to; what was sent until then is in the journal.
    """
    outcome = Outcome()
    journal.mend()
    known = journal.read()
    refused = 0
    for step in steps(store, dict.fromkeys(known, _SENT) if everything else known):
        if step is None:
            outcome.unchanged += 1
            continue
        try:
            if step.action == PUT:
                journal.note(step.graph, _SENT)
                target.put(step.graph, step.triples)
                journal.note(step.graph, step.digest)
                outcome.sent += 1
            else:
                target.delete(step.graph)
                journal.note(step.graph, _GONE)
                outcome.deleted += 1
            refused = 0
        except Refusal as error:
            refused += 1
            if refused == _TOO_MANY:
                raise
            outcome.refused.append((step.graph, str(error)))
        if on_graph is not None:
            on_graph(step.graph)
    if outcome.sent or outcome.deleted:
        journal.tidy()
    return outcome
