"""What a user of the command gets: data on stdout, messages on stderr, exit codes, never a stack trace."""

import gzip
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import click
import pyoxigraph
import pytest
import rdflib
from conftest import PAGE, ROOT, Run
from pyoxigraph import RdfFormat

from kg import __version__
from kg.cli import main
from kg.namespaces import ID, KG
from kg.reports import SUFFIXES
from kg.store import open_store

NAMES = ["build", "validate", "shapes", "query", "show", "explain", "export", "publish", "eval", "serve"]
FORMATS = [".ttl", ".nt", ".nq", ".trig", ".jsonld"]
ANNOTATED = {
    "id": "page-01-1",
    "page": "page-01.txt",
    "begin": 0,
    "end": len(PAGE.rstrip()),
    "reporters": ["闻书瑶"],
    "persons": ["柏云舟", "司马清"],
    "posts": [["柏云舟", "青川县委", "副书记"], ["柏云舟", "青川县政府", "县长"], ["司马清", "青川县农业农村局", "局长"]],
    "organizations": ["青川县委", "青川县农业农村局"],
    "places": ["青川县", "乔庄镇"],
    "documents": [],
    "events": [{"type": "inspection", "trigger": "调研", "date": "2024-03-05", "participants": [["柏云舟", ["leader"]]]}],
}
# Two things that the shapes call wrong: an event that ends before it starts.
WRONG = """@prefix kg: <https://w3id.org/fangzhi/ontology#> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/fangzhi/id/event/1> a kg:Event ; schema:startDate "2024-03-05"^^xsd:date ; schema:endDate "2024-03-01"^^xsd:date .
"""


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def process(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    """The command as its own process, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, args)], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, **options
    )


def quads(path: Path) -> set[pyoxigraph.Quad]:
    return set(pyoxigraph.parse(path=path, format=RdfFormat.N_QUADS))


# The command itself


def test_version(kg: Run) -> None:
    assert kg("--version").stdout == f"kg, version {__version__}\n"


def test_help_names_every_command(kg: Run) -> None:
    lines = [line.split()[0] for line in kg("--help").stdout.split("Commands:")[1].splitlines() if re.match(r"  \w", line)]
    assert lines == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_each_option_is_for(name: str, kg: Run) -> None:
    assert kg(name, "--help").exit_code == 0
    for parameter in command(name).params:
        assert not isinstance(parameter, click.Option) or parameter.help, f"{parameter.name} has no help"


@pytest.mark.parametrize("name", NAMES)
def test_readme_has_each_command_once(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    row = f"| `kg {name}` | {command(name).get_short_help_str(200)} |"
    assert re.findall(rf"(?m)^\| `kg {name}\b.*$", readme) == [row], f"the README's table of commands needs exactly this row:\n{row}"


def test_readme_has_no_other_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"(?m)^\| `kg (\w+)", readme)) == set(NAMES)
    assert set(re.findall(r"(?m)^(?:\$ )?(?:\.venv/bin/)?kg ([a-z]+)\b", readme)) <= set(NAMES)


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["bild"], 2, "No such command"),
        (["build"], 2, "Missing argument"),
        (["build", "gone.txt", "-o", "out.nq"], 3, "gone.txt: no such file"),
        (["build", ".", "-o", "out.xyz"], 2, ".jsonld"),
        (["build", ".", "-o", "gone/out.nq"], 2, "there is no folder gone"),
        (["build", ".", "--date", "2024-13-01"], 2, "2024-13-01"),
        (["build", ".", "--base", "no iri"], 2, "no absolute IRI"),
        (["build", ".", "--min-confidence", "1.5"], 2, "1.5"),
        (["build", ".", "-o", "out.nq", "--store", "s"], 2, "choose one"),
        (["build", "folder"], 3, "no pages"),
        (["build", "page.txt", "--store", "file.ttl"], 3, "file.ttl: is a file"),
        (["build", "page.txt", "--store", "folder"], 3, "holds other files"),
        (["build", "page.txt", "--store", "broken"], 3, "broken: damaged"),
        (["validate", "gone.ttl"], 3, "gone.ttl: No such file"),
        (["validate", "broken.ttl"], 3, "broken.ttl:2: "),
        (["validate", "file.xyz"], 3, "file.xyz: "),
        (["validate", "file.ttl", "--shapes", "broken.ttl"], 3, "broken.ttl:2: "),
        (["validate", "--store", "gone"], 3, "no store here"),
        (["validate", "--store", "broken"], 3, "broken: damaged"),
        (["validate", "file.ttl", "--store", "s"], 2, "choose one"),
        (["validate", "file.ttl", "--sources", "gone"], 2, "gone"),
        (["validate", "file.ttl", "--report", "report.ttl", "--report", "report.doc"], 2, ".txt, .ttl, .json, .sarif, .xml, .md, .html"),
        (["validate", "file.ttl", "--report", "gone/report.ttl"], 1, "gone/report.ttl: No such file"),
        (["query"], 2, "--list"),
        (["query", "chair", "--graph", "file.ttl"], 2, "did you mean chairs"),
        (["query", "chairs", "--graph", "gone.ttl"], 3, "gone.ttl: No such file"),
        (["query", "chairs", "--graph", "broken.ttl"], 3, "broken.ttl: "),
        (["query", "chairs", "--param", "name", "--graph", "file.ttl"], 2, "name=value"),
        (["query", "chairs", "--param", "x=y", "--graph", "file.ttl"], 2, "has no parameter 'x'"),
        (["query", "gone.rq", "--graph", "file.ttl"], 3, "gone.rq: No such file"),
        (["query", "binary.rq", "--graph", "file.ttl"], 3, "binary.rq: not UTF-8"),
        (["query", "wrong.rq", "--graph", "file.ttl"], 2, "line 1"),
        (["query", "chairs", "--format", "turtle", "--graph", "file.ttl"], 2, "CONSTRUCT"),
        (["query", "chairs", "--store", "gone"], 3, "no store here"),
        (["show", "无名氏", "--graph", "file.ttl"], 1, "无名氏"),
        (["show", "无名氏", "--graph", "gone.ttl"], 3, "gone.ttl"),
        (["explain", "person/nobody", "--graph", "file.ttl"], 1, "person/nobody"),
        (["explain", "person/nobody", "--graph", "gone.ttl"], 3, "gone.ttl"),
        (["eval", "gone.jsonl", "--graph", "file.ttl"], 3, "gone.jsonl: No such file"),
        (["eval", "broken.jsonl", "--graph", "file.ttl"], 3, "broken.jsonl:2: no JSON"),
        (["eval", "keys.jsonl", "--graph", "file.ttl"], 3, "keys.jsonl:1: the key 'begin' is missing"),
        (["eval", "empty.jsonl", "--graph", "file.ttl", "--floor", "gone.json"], 1, "gone.json: No such file"),
        (["eval", "empty.jsonl", "--graph", "file.ttl", "--floor", "broken.jsonl"], 3, "broken.jsonl: no JSON"),
        (["eval", "empty.jsonl", "--graph", "file.ttl", "--floor", "floor.json"], 3, "--section"),
        (["eval", "empty.jsonl", "--graph", "file.ttl", "--floor", "floor.json", "--section", "x"], 3, "no section 'x'"),
        (["eval", "empty.jsonl", "--graph", "file.ttl", "--floor", "floor.json", "--section", "a"], 3, "not measured: songs"),
    ],
)
def test_a_mistake_ends_in_a_message(
    args: list[str], code: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("folder", "broken"):
        Path(folder).mkdir()
    Path("folder/other.md").write_text("other")
    Path("broken/CURRENT").write_text("MANIFEST-000001\n")
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("file.ttl").write_text("<x:s> <x:p> <x:o> .\n")
    Path("file.xyz").write_text("<x:s> <x:p> <x:o> .\n")
    Path("broken.ttl").write_text("<x:s> <x:p> <x:o> .\n<x:s> <x:p> .\n")
    Path("wrong.rq").write_text("SELECT ?s {")
    Path("binary.rq").write_bytes(b"\xff\xfe\x00")
    Path("broken.jsonl").write_text("\n{]\n")
    Path("keys.jsonl").write_text('{"id": "1", "page": "p"}\n')
    Path("empty.jsonl").write_text("")
    Path("floor.json").write_text('{"a": {"songs": 0.5}}')
    result = kg(*args)
    assert (result.exit_code, words in result.stderr) == (code, True), result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == "" or args[0] == "eval"
    assert not Path("out.nq").exists()


def test_a_reader_that_goes_away_is_no_error() -> None:
    run = subprocess.Popen([sys.executable, "-m", "kg", "query", "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.close()
    assert run.stderr.read() == b""
    run.stderr.close()
    run.wait()


def test_a_check_that_ends_without_freeing_what_it_holds_ends_as_any_other(tmp_path: Path, kg: Run) -> None:
    data = tmp_path / "data.nq"
    data.write_text(f"<{ID}person/cn/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Person> .\n", "utf-8")
    (tmp_path / "work").mkdir()
    for form in ("text", "json"):
        args = ("validate", data, "--format", form)
        ended, called = process(*args, env={**os.environ, "TMPDIR": str(tmp_path / "work")}), kg(*args)
        assert (ended.returncode, ended.stdout, ended.stderr) == (called.exit_code, called.stdout, called.stderr)
        assert ended.returncode == 1
    assert list((tmp_path / "work").iterdir()) == []
    # What a process frees at its end it frees after these words.
    freeing = "import atexit, sys; from kg.cli import run; atexit.register(print, 'freeing'); run()"
    once = subprocess.run([sys.executable, "-c", freeing, "validate", data], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (once.returncode, "freeing" in once.stdout) == (1, False)


# build


@pytest.mark.parametrize("suffix", [*FORMATS, *(f"{suffix}.gz" for suffix in FORMATS)])
def test_build_writes_the_format_of_the_suffix(suffix: str, page: Path, tmp_path: Path, kg: Run) -> None:
    out = tmp_path / f"out{suffix}"
    result = kg("build", page, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 pages, 1 articles, ")
    data = gzip.decompress(out.read_bytes()) if suffix.endswith(".gz") else out.read_bytes()
    known = RdfFormat.from_extension(suffix.split(".")[1])
    assert known is not None
    found = {(quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(data, known)}
    plain = tmp_path / "plain.nq"
    kg("build", page, "-o", plain)
    assert found == {(quad.subject, quad.predicate, quad.object) for quad in quads(plain)}


def test_build_is_read_by_rdflib(graph: Path) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(graph, format="nquads")
    assert len(dataset) == len(quads(graph))


@pytest.mark.parametrize("suffix", [*FORMATS, ".nq.gz"])
def test_build_writes_the_same_bytes_for_any_order_and_run(suffix: str, tmp_path: Path) -> None:
    pages = sorted((ROOT / "tests" / "articles").glob("*.txt"))[:3]
    out = []
    for seed, order in enumerate([pages, pages[::-1]]):
        path = tmp_path / f"{seed}{suffix}"
        assert process("build", *order, "-o", path, env={**os.environ, "PYTHONHASHSEED": str(seed)}).returncode == 0
        out.append(path.read_bytes())
    assert out[0] == out[1]


def test_build_walks_folders(page: Path, tmp_path: Path, kg: Run) -> None:
    inner = page.parent / "2024" / "03"
    inner.mkdir(parents=True)
    (inner / "page-02.txt").write_text(PAGE.replace("柏云舟", "岑望舒"), encoding="utf-8")
    (inner / "notes.md").write_text("no page")
    result = kg("build", page.parent, "-o", tmp_path / "out.nt")
    assert result.stderr.startswith("2 pages, 2 articles, ")


def test_build_goes_into_the_store_and_replaces(page: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    counts = []
    for _ in range(2):
        assert process("build", page, "--store", store).returncode == 0
        answer = process("query", "-", "--store", store, "--format", "csv", input="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
        counts.append(answer.stdout)
    assert counts[0] == counts[1]
    assert int(counts[0].split()[1]) > 50


def test_build_uses_the_folder_kg_without_a_word(page: Path, tmp_path: Path) -> None:
    options = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "capture_output": True}
    assert subprocess.run([sys.executable, "-m", "kg", "build", str(page)], check=False, **options).returncode == 0
    assert (tmp_path / ".kg").is_dir()


def test_build_names_bad_input_and_builds_the_rest(page: Path, tmp_path: Path, kg: Run) -> None:
    bad = page.parent / "bad.txt"
    bad.write_bytes(b"\n\n\0\0")
    out = tmp_path / "out.nq"
    result = kg("build", page.parent, tmp_path / "gone", "-o", out)
    assert result.exit_code == 3
    assert f"{bad}:3: " in result.stderr
    assert f"{tmp_path / 'gone'}: no such file or folder" in result.stderr
    assert any(quad.predicate.value == KG + "sourceFile" for quad in quads(out))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "The quick brown fox jumps over the lazy dog. " * 99,
        "中" * 1_000_000,
        "a" * 1_000_000,
        "年份\t产量\n2021\t3.5\n2022\t4.1\n" * 99,
    ],
    ids=["empty", "blank", "English", "one Chinese character", "one letter", "figures"],
)
def test_build_of_what_is_no_news_is_a_valid_graph_without_articles(text: str, tmp_path: Path, kg: Run) -> None:
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    result = kg("build", tmp_path / "page.txt", "-o", tmp_path / "out.nq")
    assert result.exit_code == 0
    assert "page.txt: no article found (warning)" in result.stderr
    assert not [quad for quad in quads(tmp_path / "out.nq") if quad.object == pyoxigraph.NamedNode(KG + "Article")]


def test_build_takes_the_issue_date(page: Path, tmp_path: Path, kg: Run) -> None:
    page.write_text(PAGE.replace("2024年", ""), encoding="utf-8")
    for day, literal in ((None, '"--03-05"'), ("2023-03-06", '"2023-03-05"')):
        out = tmp_path / "out.nq"
        assert kg("build", page, "-o", out, *(["--date", day] if day else [])).exit_code == 0
        starts = [str(quad.object) for quad in quads(out) if quad.predicate.value == "https://schema.org/startDate"]
        assert starts
        assert all(start.startswith(literal) for start in starts)


def test_build_takes_the_base(page: Path, tmp_path: Path, kg: Run) -> None:
    out = tmp_path / "out.nq"
    kg("build", page, "-o", out, "--base", "https://example.org/id/")
    text = out.read_text(encoding="utf-8")
    assert "<https://example.org/id/person/" in text
    assert f"<{ID}" not in text.replace(f"<{ID}graph/", "")


def test_build_leaves_out_what_is_less_sure(page: Path, tmp_path: Path, kg: Run) -> None:
    sizes = []
    for least in (0, 1):
        out = tmp_path / f"{least}.nq"
        assert kg("build", page, "-o", out, "--min-confidence", least).exit_code == 0
        sizes.append(len(quads(out)))
        low = [
            float(q.object.value) for q in quads(out) if q.predicate.value == KG + "confidence" and isinstance(q.object, pyoxigraph.Literal)
        ]
        assert all(value >= least for value in low)
    assert sizes[0] >= sizes[1] > 0


def test_build_shows_a_bar_on_a_terminal_only(page: Path, tmp_path: Path) -> None:
    piped = process("build", page, "-o", tmp_path / "a.nq")
    assert "\x1b" not in piped.stderr
    ours, theirs = pty.openpty()
    try:
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        run = [sys.executable, "-m", "kg", "build", str(page), "-o", str(tmp_path / "b.nq")]
        subprocess.run(run, stderr=theirs, stdout=subprocess.PIPE, check=True, cwd=ROOT, env=environment)
        assert "1/1" in os.read(ours, 100_000).decode("utf-8", "replace")
    finally:
        os.close(ours)
        os.close(theirs)


# validate


def test_validate_says_that_a_graph_conforms(graph: Path, page: Path, kg: Run) -> None:
    result = kg("validate", graph, "--sources", page.parent)
    assert result.exit_code == 0, result.stdout
    assert "Traceback" not in result.stderr


def test_validate_reads_the_store(page: Path, tmp_path: Path) -> None:
    assert process("build", page, "--store", tmp_path / "store").returncode == 0
    assert process("validate", "--store", tmp_path / "store").returncode == 0


def test_a_store_that_is_locked_is_said_and_can_still_be_checked(page: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert process("build", page, "--store", store).returncode == 0
    held = open_store(store)
    locked = process("build", page, "--store", store)
    assert (locked.returncode, f"kg: {store}: locked: another process" in locked.stderr) == (3, True)
    assert "Traceback" not in locked.stderr
    assert process("validate", "--store", store).returncode == 0
    del held


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("text", "["),
        ("turtle", "@prefix"),
        ("json", "{"),
        ("sarif", '{"$schema"'),
        ("junit", "<?xml"),
        ("github", "::error "),
        ("gitlab", "[\n {"),
        ("markdown", "## "),
        ("html", "<!DOCTYPE html>"),
    ],
)
def test_validate_prints_each_format(form: str, begins: str, tmp_path: Path, kg: Run) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(WRONG, encoding="utf-8")
    result = kg("validate", wrong, "--format", form)
    assert result.exit_code == 1
    assert result.stdout.startswith(begins)
    assert "event/1" in result.stdout


def test_validate_writes_every_report_by_its_suffix(tmp_path: Path, kg: Run) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(WRONG, encoding="utf-8")
    names = [f"report{suffix}" for suffix in SUFFIXES]
    options = [part for name in names for part in ("--report", tmp_path / name)]
    assert kg("validate", wrong, *options, "--lang", "en").exit_code == 1
    conforms = rdflib.Graph().parse(tmp_path / "report.ttl").objects(None, rdflib.SH.conforms)
    assert list(conforms) == [rdflib.Literal(False)]
    for name, form in zip(names, SUFFIXES.values(), strict=True):
        assert (tmp_path / name).read_text(encoding="utf-8") == kg("validate", wrong, "--lang", "en", "--format", form).stdout


def test_validate_speaks_both_languages(tmp_path: Path, kg: Run) -> None:
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(WRONG, encoding="utf-8")
    chinese, english = (kg("validate", wrong, "--lang", language).stdout for language in ("zh", "en"))
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english)


def test_validate_fails_on_what_the_user_says(tmp_path: Path, kg: Run) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    data.write_text("<x:s> a <x:C> .\n")
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:shape> a sh:NodeShape ; sh:targetClass <x:C> ;"
        ' sh:property [ sh:path <x:p> ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "no p" ] .\n'
    )
    codes = {level: kg("validate", data, "--shapes", shapes, "--fail-on", level).exit_code for level in ("violation", "warning", "info")}
    assert codes == {"violation": 0, "warning": 1, "info": 1}


# query, show, explain


def test_query_lists_what_there_is(kg: Run) -> None:
    result = kg("query", "--list", "--lang", "en")
    names = re.findall(r"(?m)^([a-z][a-z-]*): \S", result.stdout)
    assert len(names) >= 15
    assert names == sorted(names)
    assert re.search("[\u4e00-\u9fff]", kg("query", "--list", "--lang", "zh").stdout)


def test_query_answers_a_named_query(graph: Path, kg: Run) -> None:
    result = kg("query", "official-record", "--param", "name=柏云舟", "--graph", graph)
    assert result.exit_code == 0, result.stderr
    assert "县长" in result.stdout
    assert "2024-03-05" in result.stdout


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_query_answers_a_query_of_ones_own(way: str, graph: Path, tmp_path: Path, kg: Run) -> None:
    text = "SELECT DISTINCT (STR(?label) AS ?name) { ?p a kg:Person ; rdfs:label ?label } ORDER BY ?name"
    (tmp_path / "names.rq").write_text(text)
    asked = tmp_path / "names.rq" if way == "file" else "-"
    result = kg("query", asked, "--graph", graph, "--format", "csv", stdin=text)
    assert result.stdout.split() == ["name", "司马清", "柏云舟", "闻书瑶"]


def test_query_reads_several_graphs_as_one(graph: Path, tmp_path: Path, kg: Run) -> None:
    more = tmp_path / "more.ttl"
    more.write_text("<x:s> <x:only> <x:o> .\n")
    text = "ASK { ?s <x:only> ?o . ?a a kg:Article }"
    assert "true" in kg("query", "-", "--graph", graph, "--graph", more, stdin=text).stdout
    assert "false" in kg("query", "-", "--graph", graph, stdin=text).stdout


@pytest.mark.parametrize(("form", "begins"), [("table", "n\n"), ("csv", "n\r\n"), ("tsv", "?n\n"), ("json", '{"head"')])
def test_query_prints_each_format(form: str, begins: str, graph: Path, kg: Run) -> None:
    result = kg("query", "-", "--graph", graph, "--format", form, stdin="SELECT (1 AS ?n) {}")
    assert result.stdout_bytes.decode().startswith(begins)


def test_query_prints_turtle(graph: Path, kg: Run) -> None:
    result = kg("query", "-", "--graph", graph, "--format", "turtle", stdin="CONSTRUCT { ?s a kg:Article } { ?s a kg:Article }")
    assert len(rdflib.Graph().parse(data=result.stdout, format="turtle")) == 1


def test_show_prints_a_profile(graph: Path, kg: Run) -> None:
    result = kg("show", "柏云舟", "--graph", graph)
    assert result.exit_code == 0, result.stderr
    assert "县长" in result.stdout


def test_explain_prints_the_words_with_file_and_line(graph: Path, page: Path, kg: Run) -> None:
    tenure = next(q.subject.value for q in quads(graph) if str(q.object) == f"<{KG}Tenure>" and q.subject.value.endswith("县长"))
    result = kg("explain", tenure, "--graph", graph, "--sources", page.parent)
    assert result.exit_code == 0, result.stderr
    assert re.search(r"page-01\.txt:1", result.stdout)
    assert "柏云舟" in result.stdout


# eval


@pytest.fixture
def annotations(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(ANNOTATED, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_eval_prints_figures_by_kind_and_article(graph: Path, annotations: Path, kg: Run) -> None:
    result = kg("eval", annotations, "--graph", graph)
    assert result.exit_code == 0
    assert re.search(r"(?m)^articles +1\.000 +1\.000 +1\.000 +1 +0 +0$", result.stdout)
    assert re.search(r"(?m)^page-01-1 ", result.stdout)


def test_eval_prints_json_and_errors(graph: Path, annotations: Path, tmp_path: Path, kg: Run) -> None:
    annotations.write_text(json.dumps({**ANNOTATED, "persons": ["柏云舟", "司马清", "梅长歌"]}, ensure_ascii=False), encoding="utf-8")
    figures = json.loads(kg("eval", annotations, "--graph", graph, "--json").stdout)
    assert figures["persons"]["missed"] == 1
    assert figures["by_article"]["page-01-1"]["persons"]["right"] == 2
    assert "persons\tpage-01-1\tmissed\t梅长歌" in kg("eval", annotations, "--graph", graph, "--errors").stdout


def test_eval_holds_the_floor(graph: Path, annotations: Path, tmp_path: Path, kg: Run) -> None:
    floor = tmp_path / "floor.json"
    floor.write_text('{"own": {"articles": 1.0}, "high": {"articles": 1.01, "persons": 0}}')
    assert kg("eval", annotations, "--graph", graph, "--floor", floor, "--section", "own").exit_code == 0
    result = kg("eval", annotations, "--graph", graph, "--floor", floor, "--section", "high")
    assert result.exit_code == 1
    assert result.stderr == "kg: articles: F1 1.0000 is below the floor of 1.0100\n"
