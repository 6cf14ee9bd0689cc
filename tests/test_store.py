"""The store keeps articles apart, dumps the same facts the same way, and says what is wrong with a folder."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.namespaces import expand
from kg.store import (
    ONTOLOGY_GRAPH,
    StoreError,
    articles_of,
    dump,
    load,
    load_file,
    load_ontology,
    open_store,
    remove_source,
    replace_article,
)
from kg.writers import FORMATS

DATA = Path(__file__).parent / "data"
LINES = list(dump(load_file(DATA / "sample.trig")))
PAGE = "llxw-2023-03-15-02.txt"
ARTICLE = "https://w3id.org/fangzhi/id/article/c83dd7b37f921429"
PERSON = "<https://w3id.org/fangzhi/id/person/4302/邱远川>"


def in_step(store: Store) -> bool:
    """Whether the default graph is the union of the named ones."""
    union = {quad.triple for quad in store if not isinstance(quad.graph_name, DefaultGraph)}
    return union == {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "store")
    load(opened, LINES)
    return opened


def test_the_samples_evidence_has_the_words_of_its_pages() -> None:
    graph = rdflib.Dataset(default_union=True)
    graph.parse(DATA / "sample.trig", format="trig")
    rows = list(
        graph.query("""PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
        PREFIX kg: <https://w3id.org/fangzhi/ontology#>
        SELECT ?f ?b ?e ?w {
            ?x nif:referenceContext/kg:sourceFile ?f ; nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?w
        }""")
    )
    assert len(rows) > 30
    pages = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "sources").rglob("*.txt")}
    for file, begin, end, words in rows:  # type: ignore[misc]
        assert pages[str(file)][int(begin) : int(end)].replace("\n", "") == str(words)


def test_what_was_loaded_is_dumped_in_order_after_opening_again(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "store")
    assert load(opened, (line.encode() for line in reversed(LINES))) == len(LINES)
    del opened
    assert list(dump(open_store(tmp_path / "store", read_only=True))) == LINES == sorted(LINES)


def test_loading_twice_changes_nothing(store: Store) -> None:
    load(store, ["".join(LINES)])
    assert list(dump(store)) == LINES
    assert in_step(store)


def test_a_new_reading_of_an_article_replaces_the_old_one(store: Store) -> None:
    kept = [line for line in LINES if line.endswith(f"<{ARTICLE}> .\n") and "Statement" not in line]
    load(store, kept)
    assert [line for line in dump(store) if line.endswith(f"<{ARTICLE}> .\n")] == kept
    assert in_step(store)


def test_replace_article_drops_its_facts_and_keeps_those_that_others_say(store: Store) -> None:
    replace_article(store, ARTICLE, [f'<{ARTICLE}> <http://x.org/p> "a\\"}} ;b" <{ARTICLE}> .\n'])
    lines = list(dump(store))
    assert [line for line in lines if line.endswith(f"<{ARTICLE}> .\n")] == [f'<{ARTICLE}> <http://x.org/p> "a\\"}} ;b" <{ARTICLE}> .\n']
    assert any(line.startswith(PERSON) for line in lines)
    assert not any("/statement/103>" in line for line in lines)
    assert in_step(store)


def test_a_bad_replacement_changes_nothing(store: Store) -> None:
    for bad in ("<http://x> no", "<http://x> <http://y> <http://z> .\n"):
        with pytest.raises(ValueError, match=r"no N-Quads|without a named graph"):
            replace_article(store, ARTICLE, [bad])
    with pytest.raises(ValueError, match="with a named graph"):
        load(store, [f'<{ARTICLE}> <http://x.org/p> "no graph" .'])
    assert list(dump(store)) == LINES


def test_removing_a_source_takes_its_articles_and_leaves_the_standing_facts(store: Store) -> None:
    assert len(articles_of(store, PAGE)) == 2
    assert remove_source(store, PAGE) == 2
    assert remove_source(store, PAGE) == 0
    gone = {f"<{ARTICLE}>", "<https://w3id.org/fangzhi/id/article/1cc933c372d80152>"}
    assert list(dump(store)) == [line for line in LINES if line.split()[-2] not in gone]
    assert in_step(store)


def test_the_ontology_can_be_written_anew(store: Store) -> None:
    load_ontology(store)
    before = list(dump(store))
    load_ontology(store)
    assert list(dump(store)) == before
    assert in_step(store)


def test_an_ontology_of_other_files_is_replaced(store: Store) -> None:
    load_ontology(store)
    before = {graph: set(store.quads_for_pattern(None, None, None, graph)) for graph in (ONTOLOGY_GRAPH, DefaultGraph())}
    digest = next(store.quads_for_pattern(ONTOLOGY_GRAPH, NamedNode(expand("schema:sha256")), None, ONTOLOGY_GRAPH))
    for graph in before:
        store.remove(Quad(digest.subject, digest.predicate, digest.object, graph))
        store.add(Quad(ONTOLOGY_GRAPH, digest.predicate, Literal("of older files"), graph))
        store.add(Quad(NamedNode(expand("kg:Gone")), NamedNode(expand("rdf:type")), NamedNode(expand("owl:Class")), graph))
    load_ontology(store)
    assert {graph: set(store.quads_for_pattern(None, None, None, graph)) for graph in before} == before


def test_a_folder_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x", encoding="utf-8")
    for read_only in (True, False):
        with pytest.raises(StoreError, match="holds other files") as error:
            open_store(tmp_path, read_only)
        assert error.value.path == tmp_path
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="no store here yet"):
        open_store(tmp_path / "none", read_only=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_damaged_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-9\n", encoding="utf-8")
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path, read_only=True)


def test_a_store_that_another_process_writes_is_locked(tmp_path: Path) -> None:
    code = "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "store")], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="locked"):
            open_store(tmp_path / "store")
        other.communicate()
    open_store(tmp_path / "store")


@pytest.mark.parametrize("suffix", [*FORMATS, ".ttl.gz", ".nq.gz"])
def test_a_graph_file_of_any_suffix_has_the_same_triples(tmp_path: Path, suffix: str) -> None:
    sample = load_file(DATA / "sample.trig")
    form = FORMATS["." + suffix.split(".")[1]]
    if form in (RdfFormat.TURTLE, RdfFormat.N_TRIPLES):
        data = sample.dump(format=form, from_graph=DefaultGraph())
    else:
        data = sample.dump(format=form)
    assert data is not None
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    triples = {quad.triple for quad in load_file(path).quads_for_pattern(None, None, None, DefaultGraph())}
    assert triples == {quad.triple for quad in sample.quads_for_pattern(None, None, None, DefaultGraph())}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("g.ttl", b"<a> <b> .", "line 1"),
        ("g.xlsx", b"", "known: .ttl, .nt"),
        ("g", b"", "known"),
        ("g.nq.gz", b"no gzip", "gzip"),
    ],
)
def test_a_bad_graph_file_is_told_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(StoreError, match=words):
        load_file(tmp_path / name)
    with pytest.raises(StoreError, match="No such file"):
        load_file(tmp_path / "none.ttl")
