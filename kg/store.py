"""The embedded store: load, replace an article, remove a source, dump.

An article's facts live in the graph named by its IRI, so replacing or removing an article is
dropping that graph; standing facts (places, known bodies, the ontology) have graphs of their own
and stay. The default graph holds the union of all graphs, each triple once, and is kept in step:
a person whom a thousand articles name has a thousand equal labels in the named graphs, and
pyoxigraph's own union would meet each of them in every join. The store is a RocksDB folder: one
writer at a time, readers only while nobody writes.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.loading import opened, rdf_format
from kg.namespaces import ID, KG, ONTOLOGY, expand
from kg.read import UnreadableInput
from kg.resources import turtle_files
from kg.writers import FORMATS

DEFAULT = Path(".kg")
_PAGES = "pages.txt"
CHUNK = 100_000
_QUAD = re.compile(rb"(?P<triple>\s*\S+\s+\S+\s+\S.*\s)<(?P<graph>[^<>\s]*)>\s*\.\s*")
_TYPE = NamedNode(expand("rdf:type"))
_ARTICLE = NamedNode(KG + "Article")
ONTOLOGY_GRAPH = NamedNode(ONTOLOGY)
_SOURCE = NamedNode(KG + "sourceFile")
_DIGEST = NamedNode(expand("schema:sha256"))


class StoreError(Exception):
    """A store or graph file that cannot be used: ``path`` and the ``reason``."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")


def open_store(path: Path = DEFAULT, read_only: bool = False) -> Store:
    """Open the store in a folder; for writing, an absent or empty folder becomes a new one.

    The folder stays locked for other writers until the store is garbage-collected.
    Raises StoreError for a folder that is absent (reading), locked, damaged or no store.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(path, "is a file, not the folder of a store")
    holds_store = (path / "CURRENT").is_file()
    if not holds_store and path.is_dir() and any(path.iterdir()):
        raise StoreError(path, "this folder holds other files, not a store; choose another")
    if not holds_store and read_only:
        raise StoreError(path, "there is no store here yet; build one first")
    try:
        if read_only:
            return Store.read_only(str(path))
        path.mkdir(parents=True, exist_ok=True)
        return Store(path)
    except (OSError, RuntimeError) as error:
        raise StoreError(path, _reason(error)) from error


def remember_pages(folder: Path, pages: Iterable[Path]) -> None:
    """Note beside the store's data where pages lie: reports then name lines without being told. The graph knows names only."""
    known = {path.name: path for path in known_pages(folder)} | {path.name: path.absolute() for path in pages}
    (folder / _PAGES).write_text("".join(f"{path}\n" for path in sorted(known.values())), encoding="utf-8")


def known_pages(folder: Path) -> list[Path]:
    """The pages of a store that are still where they were when it was built."""
    notes = folder / _PAGES
    lines = notes.read_text(encoding="utf-8").splitlines() if notes.is_file() else []
    return [path for path in map(Path, lines) if path.is_file()]


def _reason(error: BaseException) -> str:
    text = str(error)
    if "lock" in text.lower():
        return "locked: another process (or an open store in this one) is writing to it"
    if isinstance(error, PermissionError) or "ermission denied" in text:
        return "no permission"
    return f"damaged, or being written by another process ({text.splitlines()[0] if text else type(error).__name__})"


def load(store: Store, quads: Iterable[bytes | str], replace: bool = True) -> int:
    """Load N-Quads; each item is one or more whole lines. Returns the number of quads read.

    With ``replace`` the graph of every article met is emptied before its first quad is written,
    so all quads of an article must come in one call.
    Raises ValueError for a line that is no N-Quad with a named graph; earlier chunks stay.
    """
    seen: set[bytes] = set()
    count = 0
    for lines in _chunks(quads):
        triples = [_triple(line, seen, store if replace else None) for line in lines]
        try:
            store.bulk_load(input=b"".join(lines), format=RdfFormat.N_QUADS)
            store.bulk_load(input=b"".join(triples), format=RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            raise ValueError(f"no N-Quads: {error}") from error
        count += len(lines)
    store.flush()
    return count


def load_pages(store: Store, pages: Iterable[tuple[str | None, Iterable[str]]]) -> tuple[int, dict[str, int]]:
    """Load pages one after another: each the name of its input and N-Quads, all quads of an article together.

    What the store has of an input of that name is removed first; without a name nothing is. Returns the number of quads, and for
    each name how many articles are gone for good.
    """
    before: dict[str, list[str]] = {}

    def quads() -> Iterator[str]:
        for name, blocks in pages:
            if name is not None and (articles := articles_of(store, name)):
                before[name] = articles
                remove_source(store, name)
            yield from blocks

    count = load(store, quads())
    gone = {name: sum(not is_article(store, NamedNode(iri)) for iri in articles) for name, articles in before.items()}
    return count, {name: number for name, number in gone.items() if number}


def _chunks(quads: Iterable[bytes | str]) -> Iterator[list[bytes]]:
    lines: list[bytes] = []
    for item in quads:
        data = item.encode() if isinstance(item, str) else item
        # Not splitlines(): only LF ends an N-Quads line here, a carriage return is white space.
        lines.extend(line + b"\n" for line in data.split(b"\n") if line.strip())
        if len(lines) >= CHUNK:
            yield lines
            lines = []
    if lines:
        yield lines


def _triple(line: bytes, seen: set[bytes], store: Store | None) -> bytes:
    match = _QUAD.fullmatch(line)
    if match is None:
        raise ValueError(f"no N-Quad with a named graph: {line.decode(errors='replace').strip()[:200]}")
    graph = match["graph"]
    if graph not in seen:
        seen.add(graph)
        if store is not None and is_article(store, name := NamedNode(graph.decode())):
            _rewrite(store, name, [])
    return match["triple"] + b".\n"


def is_article(store: Store, graph: NamedNode) -> bool:
    """Whether a graph of the store is that of an article."""
    return Quad(graph, _TYPE, _ARTICLE, graph) in store


def replace_article(store: Store, article: str, quads: Iterable[bytes | str]) -> None:
    """Remove the article's graph and write the quads anew, in one transaction.

    Quads of other graphs (standing facts) are added. No quads at all: the article is removed.
    Raises ValueError for an IRI or a line that is not valid; the store is then unchanged.
    """
    data = b"".join(line for lines in _chunks(quads) for line in lines)
    try:
        facts = list(parse(input=data, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise ValueError(f"no N-Quads: {error}") from error
    if any(isinstance(quad.graph_name, DefaultGraph) for quad in facts):
        raise ValueError("a triple without a named graph")
    _rewrite(store, NamedNode(article), facts)
    store.flush()


def _rewrite(store: Store, graph: NamedNode, facts: list[Quad]) -> None:
    """Drop a graph, take its triples out of the union where no other graph says them, write the facts."""
    orphans = [quad for quad in store.quads_for_pattern(None, None, None, graph) if _only_in(store, quad, graph)]
    parts = [f"DROP SILENT GRAPH {graph}"]
    if orphans:
        parts.append("DELETE DATA {\n" + "\n".join(map(statement, orphans)) + "\n}")
    if facts:
        named = "\n".join(f"GRAPH {quad.graph_name} {{ {statement(quad)} }}" for quad in facts)
        parts.append("INSERT DATA {\n" + named + "\n" + "\n".join(map(statement, facts)) + "\n}")
    store.update(";\n".join(parts))


def _only_in(store: Store, quad: Quad, graph: NamedNode) -> bool:
    same = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return all(isinstance(other.graph_name, DefaultGraph) or other.graph_name == graph for other in same)


def statement(quad: Quad) -> str:
    """The triple of a quad, as a statement of N-Triples."""
    return f"{quad.subject} {quad.predicate} {quad.object} ."


def articles_of(store: Store, source: str) -> list[str]:
    """The IRIs of the articles of one input, by its ``kg:sourceFile``."""
    found = store.quads_for_pattern(None, _SOURCE, Literal(source), None)
    return sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})


def remove_source(store: Store, source: str) -> int:
    """Remove all articles of one input; standing facts stay. Returns how many articles went."""
    articles = articles_of(store, source)
    for article in articles:
        _rewrite(store, NamedNode(article), [])
    store.flush()
    return len(articles)


def dump(store: Store) -> Iterator[str]:
    """Every quad as an N-Quads line with its line end, sorted by code point: the same for the same facts.

    Of a store without named graphs (a Turtle file) the triples.
    """
    named = sorted(
        f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n"
        for quad in store.quads_for_pattern(None, None, None, None)
        if not isinstance(quad.graph_name, DefaultGraph)
    )
    return iter(named or sorted(f"{statement(quad)}\n" for quad in store))


def facts(store: Store) -> Iterator[Quad]:
    """The quads of all graphs but the ontology's; of a store without named graphs its triples."""
    graphs = [graph for graph in store.named_graphs() if graph != ONTOLOGY_GRAPH]
    if not graphs:
        yield from store.quads_for_pattern(None, None, None, DefaultGraph())
    for graph in graphs:
        yield from store.quads_for_pattern(None, None, None, graph)


def merge(store: Store) -> None:
    """Write the union of the named graphs into the default graph, for a store that was filled otherwise."""
    store.bulk_extend(
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in list(store.quads_for_pattern(None, None, None, None))
        if not isinstance(quad.graph_name, DefaultGraph)
    )


def load_ontology(store: Store) -> None:
    """Write ``ontology/*.ttl`` into the ontology's graph, instead of what is there: titles' ranks and seats.

    The graph keeps the digest of the files, and stays as it is where they are the same.
    """
    text = b"\n".join(file.read_bytes() for file in turtle_files("ontology"))
    digest = (ONTOLOGY_GRAPH, _DIGEST, Literal(hashlib.sha256(text).hexdigest()))
    if Quad(*digest, ONTOLOGY_GRAPH) in store:
        return
    if store.contains_named_graph(ONTOLOGY_GRAPH):
        _rewrite(store, ONTOLOGY_GRAPH, [])
    for graph in (DefaultGraph(), ONTOLOGY_GRAPH):
        store.bulk_load(input=text, format=RdfFormat.TURTLE, to_graph=graph)
        store.add(Quad(*digest, graph))
    store.flush()


def load_file(path: Path) -> Store:
    """Any RDF file (.ttl .nt .nq .trig .jsonld, also .gz) as a store in memory.

    Raises StoreError for a suffix that is not known, a file that cannot be read, or bad syntax.
    """
    form = rdf_format(path)
    if form is None:
        raise StoreError(path, f"not a graph file by its suffix; known: {', '.join(FORMATS)} (also with .gz)")
    store = Store()
    try:
        with opened(path) as stream:
            store.bulk_load(input=cast("IO[bytes]", stream), format=form, base_iri=ID)
        merge(store)
    except SyntaxError as error:
        raise StoreError(path, str(error)) from error
    except UnreadableInput as error:
        raise StoreError(path, error.reason) from error
    return store
