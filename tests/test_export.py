"""`kg export`: dumps that hold all of the store and nothing else, the same bytes on every run, described and checked by others' tools."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT, Run
from pyoxigraph import RdfFormat
from rdflib.namespace import DCAT, RDF, VOID
from servers import Virtuoso, by_graph, needs_oxigraph, needs_virtuoso, running

from kg import export as exports
from kg.cli import main
from kg.namespaces import ID, PREFIXES
from kg.store import dump, load, open_store, remove_source

FORMATS = {".nq": RdfFormat.N_QUADS, ".ttl": RdfFormat.TURTLE, ".jsonld": RdfFormat.JSON_LD}
MONTHS = ["2024-03", "2024-04", "2024-05", "2024-06"]
NAMES = [f"articles/{month}" for month in (*MONTHS, "undated")] + ["ontology", "standing"]
SPDX = rdflib.Namespace(PREFIXES["spdx"])


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample pages."""
    folder = tmp_path_factory.mktemp("export") / "store"
    assert main(["build", str(ROOT / "seeds" / "pages"), "--store", str(folder)], standalone_mode=False) in (0, None)
    return folder


@pytest.fixture(scope="module")
def folder(store: Path) -> Path:
    """The export of that store."""
    out = store.parent / "export"
    assert main(["export", str(out), "--store", str(store)], standalone_mode=False) in (0, None)
    return out


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store of three articles with all that a literal may hold: of a month, of a year only, of no date."""
    folder = tmp_path / "small"
    load(open_store(folder), small_quads())
    return folder


def small_quads() -> Iterator[str]:
    a, date, day = PREFIXES["rdf"] + "type", PREFIXES["schema"] + "datePublished", PREFIXES["xsd"]
    for name, issued in (("一", f'"2024-05-17"^^<{day}date>'), ("二", f'"2024"^^<{day}gYear>'), ("三", f'"--05-17"^^<{day}gMonthDay>')):
        article = f"<{ID}article/{name}>"
        yield f"{article} <{a}> <{PREFIXES['kg']}Article> {article} .\n"
        yield f"{article} <{date}> {issued} {article} .\n"
        yield f'{article} <{PREFIXES["kg"]}sourceFile> "{name}.txt" {article} .\n'
        yield f'{article} <{PREFIXES["schema"]}headline> " <x> .\\n\\"{name}\\" \\\\ .\\r𠮷"@zh {article} .\n'
    yield f'<{ID}org/x> <{PREFIXES["rdfs"]}label> "x" <{ID}graph/organizations> .\n'


def test_each_article_is_in_the_file_of_its_month(store: Path, folder: Path) -> None:
    assert sorted(files(folder)) == sorted(
        [*(f"{name}{suffix}" for name in NAMES for suffix in FORMATS), "README.md", "SHA256SUMS", "void.ttl"]
    )
    opened = open_store(store, read_only=True)
    counts = defaultdict(int)
    for name in NAMES:
        for quad in ox.parse(path=folder / f"{name}.nq", format=RdfFormat.N_QUADS):
            assert ("/article/" in quad.graph_name.value) == name.startswith("articles/")
            if quad.predicate.value == PREFIXES["schema"] + "datePublished":
                assert name == f"articles/{quad.object.value[:7]}"
                counts[name] += 1
            elif name.endswith("undated"):
                dates = opened.quads_for_pattern(quad.graph_name, ox.NamedNode(PREFIXES["schema"] + "datePublished"), None, None)
                assert not list(dates)
    assert sum(counts.values()) > 10


def test_together_the_files_hold_the_store_and_nothing_else(store: Path, folder: Path) -> None:
    lines = [line for name in NAMES for line in (folder / f"{name}.nq").read_text("utf-8").splitlines(keepends=True)]
    assert sorted(lines) == list(dump(open_store(store, read_only=True)))


@pytest.mark.parametrize("name", NAMES)
def test_the_three_formats_say_the_same(name: str, folder: Path) -> None:
    quads, triples, graphs = (set(ox.parse(path=folder / f"{name}{suffix}", format=form)) for suffix, form in FORMATS.items())
    assert graphs == quads
    assert {quad.triple for quad in triples} == {quad.triple for quad in quads}
    assert len(quads) > 100


def test_rdflib_reads_them(folder: Path) -> None:
    sizes = set()
    for suffix, form in {".nq": "nquads", ".ttl": "turtle", ".jsonld": "json-ld"}.items():
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(folder / f"articles/2024-05{suffix}", format=form)
        sizes.add(len(set(dataset.triples((None, None, None)))))
    assert len(sizes) == 1
    assert sizes.pop() > 500


def test_the_same_store_gives_the_same_bytes(store: Path, folder: Path, tmp_path: Path) -> None:
    """In another process with other hashes, from a store that was filled in another order."""
    lines = list(dump(open_store(store, read_only=True)))
    lines.sort(key=lambda line: hashlib.md5(line.rsplit(" ", 2)[1].encode()).digest())
    load(open_store(tmp_path / "store"), lines)
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    out = [sys.executable, "-m", "kg", "export", tmp_path / "out", "--store", tmp_path / "store"]
    subprocess.run(out, check=True, env=environment, capture_output=True)
    assert files(tmp_path / "out") == files(folder)


def test_packed_files_have_the_same_content(small: Path, tmp_path: Path, kg: Run) -> None:
    for name, options in {"plain": [], "a": ["--gzip"], "b": ["--gzip"]}.items():
        assert kg("export", tmp_path / name, "--store", small, *options).exit_code == 0
    packed, plain = files(tmp_path / "a"), files(tmp_path / "plain")
    assert packed == files(tmp_path / "b")
    dumps = [name for name in plain if name.endswith(tuple(FORMATS)) and name != "void.ttl"]
    assert len(dumps) == 12
    for name in dumps:
        assert gzip.decompress(packed[f"{name}.gz"]) == plain[name]
    assert {"README.md", "SHA256SUMS", "void.ttl"} <= set(packed)
    assert len(packed) == len(plain)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum (coreutils) is not on this machine")
def test_sha256sum_accepts_the_sums_and_sees_a_change(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    check = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    assert subprocess.run(check, cwd=copy, capture_output=True, text=True).stdout.count(": OK\n") == len(files(copy)) - 1
    with (copy / "articles" / "2024-05.ttl").open("a") as file:
        file.write("#")
    wrong = subprocess.run(check, cwd=copy, capture_output=True, text=True)
    assert wrong.returncode == 1
    assert "articles/2024-05.ttl: FAILED" in wrong.stdout


@pytest.fixture(scope="module")
def void(folder: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / "void.ttl", format="turtle", publicID="https://x.org/void.ttl")


def test_void_counts_what_rdflib_counts(void: rdflib.Graph, folder: Path) -> None:
    graph = rdflib.Graph()
    for name in NAMES:
        if name != "ontology":
            graph.parse(folder / f"{name}.ttl")
    # rdflib takes long over the ontology: its part is counted by lines.
    ontology = (folder / "ontology.nq").read_text("utf-8").splitlines()
    dataset = rdflib.URIRef("https://x.org/void.ttl#dataset")
    union = {tuple(term.n3() for term in triple) for triple in graph} | {
        tuple(line[: line.rindex(" <")].split(" ", 2)) for line in ontology
    }
    assert void.value(dataset, VOID.triples).toPython() == len(union)
    assert void.value(dataset, VOID.distinctSubjects).toPython() == len({subject for subject, _, _ in union})
    assert void.value(dataset, VOID.properties).toPython() == len({predicate for _, predicate, _ in union})
    for name in ("kg:Tenure", "kg:Person", "schema:Event", "kg:Article"):
        prefix, _, local = name.partition(":")
        cls = rdflib.URIRef(PREFIXES[prefix] + local)
        partition = void.value(None, VOID["class"], cls)
        assert void.value(partition, VOID.entities).toPython() == len(set(graph.subjects(RDF.type, cls))) > 10
    evidence = rdflib.URIRef(PREFIXES["kg"] + "evidence")
    partition = void.value(None, VOID.property, evidence)
    assert void.value(partition, VOID.triples).toPython() == len(list(graph.triples((None, evidence, None)))) > 100


def test_void_leads_to_every_file_with_its_size_and_checksum(void: rdflib.Graph, folder: Path) -> None:
    found = set()
    for distribution in void.subjects(RDF.type, DCAT.Distribution):
        path = str(void.value(distribution, DCAT.downloadURL)).removeprefix("https://x.org/")
        content = (folder / path).read_bytes()
        assert void.value(distribution, DCAT.byteSize).toPython() == len(content)
        checksum = void.value(distribution, SPDX.checksum)
        assert str(void.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        found.add(path)
    assert found == set(files(folder)) - {"README.md", "SHA256SUMS", "void.ttl"}
    dataset = rdflib.URIRef("https://x.org/void.ttl#dataset")
    assert {str(dump) for dump in void.objects(dataset, VOID.dataDump)} == {f"https://x.org/{name}.nq" for name in NAMES}
    for part in void.objects(dataset, VOID.subset):
        turtle = next(str(dump).removeprefix("https://x.org/") for dump in void.objects(part, VOID.dataDump) if str(dump).endswith(".ttl"))
        assert void.value(part, VOID.triples).toPython() == sum(1 for _ in ox.parse(path=folder / turtle, format=RdfFormat.TURTLE))


def commands(folder: Path) -> dict[str, str]:
    """The recipes of an export's README, by the first word."""
    text = (folder / "README.md").read_text("utf-8")
    blocks = re.findall(r"```(?:sh|python)\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 6
    return {block.split()[0]: block for block in blocks}


def run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-euc", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["plain", "gzip"])
def exported(request: pytest.FixtureRequest, small: Path, tmp_path: Path, kg: Run) -> Path:
    assert kg("export", tmp_path / "out", "--store", small, *(["--gzip"] if request.param == "gzip" else [])).exit_code == 0
    return tmp_path / "out"


def test_the_readmes_commands_for_python_and_kg_work(exported: Path) -> None:
    python = commands(exported)["import"]
    assert run(f"python <<'END'\n{python}END", exported) == "13\n"
    query = 'SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "/id/")) }'
    counted = commands(exported)["kg"].replace("kg query event-types", "python -m kg query -")
    assert run(f"echo '{query}' | {counted}", exported).split()[-1] == "13"


@needs_oxigraph
def test_the_readmes_command_for_oxigraph_loads_all(exported: Path, small: Path) -> None:
    run(commands(exported)["oxigraph"], exported)
    found = run("oxigraph dump --location store --format nq", exported).splitlines(keepends=True)
    assert sorted(found) == list(dump(open_store(small, read_only=True)))


@needs_virtuoso
def test_the_readmes_command_for_virtuoso_loads_all(small: Path, tmp_path: Path, kg: Run) -> None:
    (tmp_path / "virtuoso").mkdir()
    server = Virtuoso(tmp_path / "virtuoso")
    with running(server):
        for name, options in {"plain": [], "packed": ["--gzip"]}.items():
            assert kg("export", tmp_path / name, "--store", small, *options).exit_code == 0
            run(commands(tmp_path / name)["isql-vt"].replace("1111", str(server.sql)), tmp_path / name)
            for graph, triples in by_graph("".join(dump(open_store(small, read_only=True))).encode()).items():
                assert server.graph(graph) == triples
                assert server.delete(graph)


def test_a_month_has_to_be_said(small: Path, tmp_path: Path, kg: Run) -> None:
    """A year is no month, nor is a day without a year."""
    result = kg("export", tmp_path / "out", "--store", small)
    assert result.stderr.startswith("3 articles of 1 months, ")
    undated = (tmp_path / "out" / "articles" / "undated.nq").read_text("utf-8")
    assert undated.count("#Article>") == 2
    assert (tmp_path / "out" / "articles" / "2024-05.nq").read_text("utf-8").count("#Article>") == 1


def test_a_store_without_articles_is_exported_too(tmp_path: Path, kg: Run) -> None:
    open_store(tmp_path / "store")
    assert kg("export", tmp_path / "out", "--store", tmp_path / "store").exit_code == 0
    assert (tmp_path / "out" / "standing.nq").read_bytes() == b""
    rdflib.Graph().parse(tmp_path / "out" / "void.ttl")


def test_an_earlier_export_is_replaced(small: Path, tmp_path: Path, kg: Run) -> None:
    out = tmp_path / "new" / "out"
    assert kg("export", out, "--store", small, "--gzip").exit_code == 0
    assert remove_source(open_store(small), "一.txt") == 1
    assert kg("export", out, "--store", small).exit_code == 0
    assert [path.name for path in sorted((out / "articles").iterdir())] == ["undated.jsonld", "undated.nq", "undated.ttl"]
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    listed = {line.partition("  ")[2] for line in (out / "SHA256SUMS").read_text("utf-8").splitlines()}
    assert set(files(out)) == listed | {"SHA256SUMS"}


@pytest.mark.parametrize("extra", ["letter.txt", "articles/letter.txt", ".hidden"])
def test_a_folder_with_other_files_is_refused_and_left_alone(extra: str, small: Path, tmp_path: Path, kg: Run) -> None:
    out = tmp_path / "out"
    for earlier in (False, True):
        if earlier:
            shutil.rmtree(out)
            assert kg("export", out, "--store", small).exit_code == 0
        (out / extra).parent.mkdir(parents=True, exist_ok=True)
        (out / extra).write_text("x")
        before = files(out)
        result = kg("export", out, "--store", small)
        assert result.exit_code == 2
        assert (extra if earlier else "no earlier export") in result.stderr
        assert files(out) == before


def test_a_store_is_no_place_for_its_export(small: Path, kg: Run) -> None:
    assert kg("export", small, "--store", small).exit_code == 2
    assert kg("export", small / "CURRENT", "--store", small).exit_code == 2
    assert kg("export", small.parent / "out", "--store", small).exit_code == 0


def test_what_goes_wrong_on_the_way_leaves_the_earlier_export(small: Path, tmp_path: Path, kg: Run) -> None:
    out = tmp_path / "out"
    assert kg("export", out, "--store", small).exit_code == 0
    before = files(out)

    def fail(article: str) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        exports.export(open_store(small, read_only=True), out, on_article=fail)
    assert files(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"small", "out"}


def test_the_present_folder_may_be_the_place(small: Path, tmp_path: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert kg("export", ".", "--store", small).exit_code == 0
    assert (tmp_path / "here" / "SHA256SUMS").is_file()


def test_the_articles_are_in_the_order_of_their_names(folder: Path) -> None:
    for name in NAMES:
        graphs = [line.rsplit(" ", 2)[1] for line in (folder / f"{name}.nq").read_text("utf-8").splitlines()]
        assert graphs == sorted(graphs)


def test_no_store_is_said(tmp_path: Path, kg: Run) -> None:
    result = kg("export", tmp_path / "out", "--store", tmp_path / "none")
    assert (result.exit_code, list(tmp_path.iterdir())) == (3, [])
    assert "no store here" in result.stderr
