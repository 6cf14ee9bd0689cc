"""Files of every format: read without complaint by three readers, no blank node, the same bytes in any process."""

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from conftest import ROOT
from test_identity import IRI

from kg.pipeline import Build, Builder, find_pages
from kg.writers import FORMATS, write

# A third of what there is: rdflib takes its time.
PAGES = find_pages([ROOT / "seeds" / "pages", ROOT / "tests" / "articles"])[::3]
RAPPER = shutil.which("rapper")
RDFLIB = {".ttl": "turtle", ".nt": "nt", ".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld"}
RAPTOR = {".ttl": "turtle", ".nt": "ntriples", ".nq": "nquads", ".trig": "trig"}


@pytest.fixture(scope="module")
def build() -> Build:
    return Builder().build(PAGES)


@pytest.fixture(scope="module")
def dumps(build: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dumps")
    for suffix in FORMATS:
        write(build.blocks, folder / f"dump{suffix}")
    return {suffix: folder / f"dump{suffix}" for suffix in FORMATS}


def triples(build: Build) -> set[str]:
    return {line[: line.rindex(" <")] for line in build.lines}


def test_the_lines_are_in_order_by_graph_and_none_is_twice(build: Build) -> None:
    assert len(build.lines) == len(build) == len(set(build.lines)) > 30_000
    keys = [(line[line.rindex(" <") + 2 : -3], line) for line in build.lines]
    assert keys == sorted(keys)


def test_no_blank_node_and_no_invalid_iri(build: Build) -> None:
    seen = set()
    for quad in pyoxigraph.parse("\n".join(build.lines), pyoxigraph.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            assert not isinstance(term, pyoxigraph.BlankNode | pyoxigraph.DefaultGraph)
            if isinstance(term, pyoxigraph.NamedNode):
                seen.add(term.value)
    assert [iri for iri in seen if not IRI.fullmatch(iri)] == []
    assert len(seen) > 5000


@pytest.mark.parametrize("suffix", FORMATS)
def test_pyoxigraph_reads_it_all(suffix: str, dumps: dict[str, Path], build: Build) -> None:
    read = {str(quad.triple) for quad in pyoxigraph.parse(path=dumps[suffix])}
    assert len(read) == len(triples(build))


@pytest.mark.parametrize("suffix", FORMATS)
def test_rdflib_reads_it_all_without_a_warning(suffix: str, dumps: dict[str, Path], build: Build, caplog: pytest.LogCaptureFixture) -> None:
    graph = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # rdflib warns of itself here.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph.parse(dumps[suffix], format=RDFLIB[suffix])
    assert len({(s, p, o) for s, p, o, _ in graph.quads()}) == len(triples(build))
    assert not caplog.records


@pytest.mark.skipif(RAPPER is None, reason="Raptor (rapper, Debian's raptor2-utils) is not on this machine")
@pytest.mark.parametrize("suffix", RAPTOR)
def test_raptor_reads_it_all_without_a_word(suffix: str, dumps: dict[str, Path], build: Build) -> None:
    assert RAPPER is not None
    quiet = subprocess.run([RAPPER, "-q", "-c", "-i", RAPTOR[suffix], dumps[suffix]], capture_output=True, text=True, check=False)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    counted = subprocess.run([RAPPER, "-c", "-i", RAPTOR[suffix], dumps[suffix]], capture_output=True, text=True, check=False)
    expected = len(build) if suffix in (".nq", ".trig") else len(triples(build))
    assert f"returned {expected} triples" in counted.stderr


def test_the_same_bytes_in_processes_with_different_hashes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.pipeline import *; from kg.writers import write; "
        "blocks = Builder().build(find_pages([Path(sys.argv[1])])).blocks; "
        "[write(blocks, Path(name)) for name in sys.argv[2:]]"
    )
    for seed in "1", "2", "3":
        outs = [tmp_path / f"{seed}{suffix}" for suffix in FORMATS]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, ROOT / "seeds" / "pages", *outs], check=True, env=environment)
    for suffix in FORMATS:
        assert len({(tmp_path / f"{seed}{suffix}").read_bytes() for seed in "123"}) == 1, suffix


@pytest.mark.parametrize("suffix", [".ttl", ".trig"])
def test_prefixes_come_first_in_order_and_none_is_idle(suffix: str, dumps: dict[str, Path]) -> None:
    text = dumps[suffix].read_text("utf-8")
    names = re.findall(r"(?m)^@prefix (\w+): ", text)
    assert names == sorted(names)
    assert len(names) > 8
    assert text.startswith("@prefix")
    for name in names:
        assert re.search(rf"[\s^]{name}:\w", text), name
    assert not {"owl", "sh", "kgs", "cue"} & set(names)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_packed_file_has_the_same_content_and_no_time(suffix: str, build: Build, dumps: dict[str, Path], tmp_path: Path) -> None:
    for name in "a", "b":
        write(build.blocks, tmp_path / f"{name}{suffix}.gz")
    one, other = ((tmp_path / f"{name}{suffix}.gz").read_bytes() for name in "ab")
    assert one == other
    assert gzip.decompress(one) == dumps[suffix].read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_nothing_makes_a_valid_empty_file(suffix: str, tmp_path: Path) -> None:
    write([], tmp_path / f"none{suffix}")
    assert list(pyoxigraph.parse(path=tmp_path / f"none{suffix}")) == []


def test_the_jsonld_is_json_with_a_graph_for_each_article(dumps: dict[str, Path], build: Build) -> None:
    graphs = json.loads(dumps[".jsonld"].read_text("utf-8"))
    assert sum("/article/" in graph["@id"] for graph in graphs) == build.articles


def test_the_order_of_the_pages_does_not_matter(build: Build) -> None:
    pages = PAGES[:]
    random.Random(7).shuffle(pages)
    assert Builder().build(pages).lines == build.lines


def test_an_unknown_suffix_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.jsonld"):
        write([], tmp_path / "a.rdf")
    assert list(tmp_path.iterdir()) == []
