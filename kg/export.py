"""A store as a folder to publish: dumps by month of issue, the ontology, VoID, checksums, and how to load them.

The same store gives the same bytes. A graph at a time is in memory; what has to be sorted across graphs is sorted on disk.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from string import Template
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.census import Census
from kg.loading import opened
from kg.namespaces import expand
from kg.resources import PACKAGE
from kg.spool import sorted_lines
from kg.store import ONTOLOGY_GRAPH, is_article, statement
from kg.void import Dump, Part, describe
from kg.writers import union, write, write_triples

SUMS: Final = "SHA256SUMS"
_VOID, _README, _UNDATED = "void.ttl", "README.md", "undated"
_SUFFIXES = (".nq", ".ttl", ".jsonld")
_ISSUED = NamedNode(expand("schema:datePublished"))
_AT_ONCE = 1 << 20


class FolderError(ValueError):
    """A folder that an export must not replace; the message says why."""


def check_folder(folder: Path) -> None:
    """Raises FolderError for what is there already and is not an earlier export."""
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file")
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} if folder.exists() else set()
    if not found:
        return
    earlier = {SUMS, *_listed(folder / SUMS)}
    if not {SUMS, _VOID, _README} <= found & earlier:
        raise FolderError(f"{folder} holds files that are no earlier export; choose another folder")
    if others := sorted(found - earlier):
        raise FolderError(f"{folder} holds other files than those of an earlier export: {', '.join(others[:3])}")


def _listed(sums: Path) -> Iterator[str]:
    if sums.is_file():
        for line in sums.read_text(encoding="utf-8", errors="replace").splitlines():
            yield line.partition("  ")[2]


def export(store: Store, folder: Path, packed: bool = False, on_article: Callable[[str], None] | None = None) -> tuple[Part, ...]:
    """Write the folder; an earlier export there is replaced once the new one is whole. Raises FolderError."""
    folder = folder.resolve()
    check_folder(folder)
    with _replaced(folder) as new:
        (new / "articles").mkdir()
        parts = tuple(_parts(store, new, ".gz" if packed else "", on_article or (lambda article: None)))
        census = Census()
        deque(census.counted(union(block for part in parts for block in _read(_quads_of(part, new)))), maxlen=0)
        base = next((graph.value.rpartition("article/")[0] for graph in _graphs(store) if is_article(store, graph)), None)
        (new / _VOID).write_text(describe(parts, census, base), encoding="utf-8", newline="\n")
        (new / _README).write_text(_readme(parts, census, packed), encoding="utf-8", newline="\n")
        dumps = {dump.path: dump.digest for part in parts for dump in part.dumps}
        digests = dumps | {name: _digest(new / name) for name in (_VOID, _README)}
        sums = "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
        (new / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    return parts


@contextmanager
def _replaced(folder: Path) -> Iterator[Path]:
    """An empty folder beside, which takes the folder's place when all went well."""
    new, old = (folder.with_name(f".{folder.name}.{state}") for state in ("new", "old"))
    for left in (new, old):
        # Of a run that was killed.
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _parts(store: Store, folder: Path, packing: str, on_article: Callable[[str], None]) -> Iterator[Part]:
    months = sorted_lines(f"{_month(store, graph)} {graph.value}\n" for graph in _graphs(store) if is_article(store, graph))
    for month, lines in groupby(months, key=lambda line: line.partition(" ")[0]):
        name = f"articles/{month}"
        blocks = _articles(store, (line.partition(" ")[2].rstrip("\n") for line in lines), on_article)
        articles, quads, triples, dumps = _dumped(blocks, folder, name, packing)
        yield Part(name, None if month == _UNDATED else month, articles, quads, triples, dumps)
    standing = (graph for graph in _graphs(store) if graph != ONTOLOGY_GRAPH and not is_article(store, graph))
    for name, graphs in (("standing", sorted(standing, key=lambda graph: graph.value)), ("ontology", [ONTOLOGY_GRAPH])):
        _, quads, triples, dumps = _dumped((line for graph in graphs for line in sorted_lines(_lines(store, graph))), folder, name, packing)
        yield Part(name, None, 0, quads, triples, dumps)


def _articles(store: Store, names: Iterable[str], on_article: Callable[[str], None]) -> Iterator[str]:
    for name in names:
        yield "".join(sorted(_lines(store, NamedNode(name))))
        on_article(name)


def _dumped(blocks: Iterable[str], folder: Path, name: str, packing: str) -> tuple[int, int, int, tuple[Dump, ...]]:
    """Write the files of one part; how many blocks, quads and triples there were, and the files."""
    files = {suffix: folder / f"{name}{suffix}{packing}" for suffix in _SUFFIXES}
    census, count, quads = Census(), 0, 0

    def passing() -> Iterator[str]:
        nonlocal count, quads
        for block in blocks:
            count, quads = count + 1, quads + block.count(" .\n")
            yield block

    write(passing(), files[".nq"])
    write(_read(files[".nq"]), files[".jsonld"])
    write_triples(census.counted(union(_read(files[".nq"]))), files[".ttl"])
    dumps = [Dump(f"{name}{suffix}{packing}", suffix, bool(packing), file.stat().st_size, _digest(file)) for suffix, file in files.items()]
    return count, quads, census.triples, tuple(dumps)


def _graphs(store: Store) -> Iterator[NamedNode]:
    return (graph for graph in store.named_graphs() if isinstance(graph, NamedNode))


def _month(store: Store, article: NamedNode) -> str:
    """The month of issue, where the article says it: a year alone is no month."""
    days = [quad.object.value for quad in store.quads_for_pattern(article, _ISSUED, None, article) if hasattr(quad.object, "value")]
    return min((day[:7] for day in days if len(day) >= 7 and day[:4].isdigit()), default=_UNDATED)


def _lines(store: Store, graph: NamedNode) -> Iterator[str]:
    for quad in store.quads_for_pattern(None, None, None, graph):
        yield f"{statement(quad)[:-1]}{graph} .\n"


def _quads_of(part: Part, folder: Path) -> Path:
    return next(folder / dump.path for dump in part.dumps if dump.suffix == ".nq")


def _read(quads: Path) -> Iterator[str]:
    with opened(quads) as stream:
        while lines := stream.readlines(_AT_ONCE):
            yield b"".join(lines).decode()


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _readme(parts: Sequence[Part], census: Census, packed: bool) -> str:
    gz = ".gz" if packed else ""
    return Template((PACKAGE / "templates" / "export.md").read_text(encoding="utf-8")).substitute(
        articles=sum(part.articles for part in parts),
        statements=sum(part.quads for part in parts),
        triples=census.triples,
        table="\n".join(f"| `{part.name}` | {part.articles or ''} | {part.quads} |" for part in parts),
        gz=gz,
        quads=f"*.nq{gz} articles/*.nq{gz}",
        gzip="import gzip\n" if packed else "",
        source="gzip.open(path)" if packed else "path",
    )
