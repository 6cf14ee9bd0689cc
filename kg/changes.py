"""What a build changes in a store, noted beside it before it is written: a validation then need not read all to know.

The journal is kept only where there is a state of a validation to go on from (``STATE``). It has a line for each quad that a page
takes away (``-``) or brings (``+``): the first of a quad says whether the store had it when it was validated last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store import ONTOLOGY_GRAPH, articles_of, is_article

STATE: Final = "validated.jsonl"
JOURNAL: Final = "changed.nq"
_MOST = 200_000_000

Pages = Iterable[tuple[str | None, Iterable[str]]]


@dataclass(frozen=True, slots=True)
class Delta:
    """Triples that the union of all graphs but the ontology's has now and had not, or the other way round.

    ``quads`` is by how many quads of those graphs the store has grown, ``length`` by how many in all.
    """

    triples: tuple[ox.Triple, ...]
    quads: int
    length: int


def noted(store: ox.Store, folder: Path, pages: Pages) -> Iterator[tuple[str | None, list[str]]]:
    """The pages as they come; what each is about to change is written down before it is passed on."""
    journal = folder / JOURNAL
    watched = (folder / STATE).is_file()
    if not watched:
        journal.unlink(missing_ok=True)
    for name, content in pages:
        blocks = list(content)
        if watched:
            with journal.open("ab") as out:
                out.writelines(_events(store, name, blocks))
                watched = out.tell() < _MOST
            if not watched:
                # So much changed that a full check is as good.
                (folder / STATE).unlink()
                journal.unlink()
        yield name, blocks


def _events(store: ox.Store, name: str | None, blocks: list[str]) -> Iterator[bytes]:
    new = {line.encode() for block in blocks for line in block.split("\n") if line}
    graphs = {line[:-2].rpartition(b" ")[2][1:-1].decode() for line in new}
    articles = {graph for graph in graphs if is_article(store, ox.NamedNode(graph))}
    articles.update(articles_of(store, name) if name is not None else ())
    old = {f"{quad} .".encode() for graph in articles for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph))}
    yield from (b"-" + line + b"\n" for line in sorted(old - new))
    for quad in ox.parse(b"\n".join(sorted(new - old)), ox.RdfFormat.N_QUADS):
        if quad not in store:
            yield f"+{quad} .\n".encode()


def delta(store: ox.Store, folder: Path) -> Delta | None:
    """What changed by the journal; None where it cannot be read, or a quad of it has blank nodes."""
    had = _had(folder / JOURNAL)
    if had is None:
        return None
    by_triple: dict[ox.Triple, dict[object, bool]] = {}
    for quad, was in had.items():
        by_triple.setdefault(quad.triple, {})[quad.graph_name] = was
    changed, quads, length = [], 0, 0
    for triple, graphs in by_triple.items():
        here = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        now: set[object] = {quad.graph_name for quad in here if not isinstance(quad.graph_name, ox.DefaultGraph)}
        before: set[object] = {graph for graph, old in graphs.items() if old} | {graph for graph in now if graph not in graphs}
        length += len(now) - len(before) + bool(now) - bool(before)
        now, before = now - {ONTOLOGY_GRAPH}, before - {ONTOLOGY_GRAPH}
        quads += len(now) - len(before)
        if bool(now) != bool(before):
            changed.append(triple)
    return Delta(tuple(changed), quads, length)


def _had(journal: Path) -> dict[ox.Quad, bool] | None:
    """Whether the store had a quad before it was first changed, for each quad of the journal."""
    lines = journal.read_bytes().split(b"\n") if journal.is_file() else [b""]
    # A line without its end was cut off while it was written.
    if lines.pop() or any(line[:1] not in (b"+", b"-") for line in lines):
        return None
    had: dict[ox.Quad, bool] = {}
    try:
        for line, quad in zip(lines, ox.parse(b"\n".join(line[1:] for line in lines), ox.RdfFormat.N_QUADS), strict=True):
            had.setdefault(quad, line[:1] == b"-")
    except (SyntaxError, ValueError):
        return None
    return None if any(isinstance(node, ox.BlankNode) for quad in had for node in (quad.subject, quad.object)) else had
