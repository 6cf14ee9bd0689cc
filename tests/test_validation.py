"""What a user of the checks gets: findings that lead to the words on the page, in any form of input."""

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import PROV, RDF, SH, Graph, URIRef

from kg import reports
from kg.findings import Report, Severity
from kg.namespaces import ID, KG, SHAPES
from kg.resources import folder
from kg.validation import UnreadableInput, from_quads, load, validate

SHAPES_FOLDER = folder("shapes") / "cases"
WORLD = SHAPES_FOLDER / "world.ttl"
PAGE = "qinghe-2023-03-29-01.txt"
TITLE = "https://w3id.org/fangzhi/ontology/title/"

# A page as papers print it: one article names two holders of one seat, the next has one of them as the deputy,
# a third names yet another holder.
LINES = [
    "",
    "4月20日,云岭区委书记陶一凡参加观摩。云岭区委书记温子墨点评。",
    "",
    "日前,云岭区委副书记温子墨调研社区。",
    "",
    "4月8日,项目开工,云岭区委书记施明远介绍情况。",
]
TENURES = [
    ("陶一凡", "书记", "云岭区委书记陶一凡", 1, "--04-20"),
    ("温子墨", "书记", "云岭区委书记温子墨", 1, "--04-20"),
    ("温子墨", "副书记", "云岭区委副书记温子墨", 3, None),
    ("施明远", "书记", "云岭区委书记施明远", 5, "--04-08"),
]


def contradicting_page() -> str:
    """The graph of that page as N-Quads, one named graph an article."""
    text = "\n".join(LINES)
    body = f"{ID}org/990102/区委"
    out: list[str] = []

    def say(graph: str, s: str, *pairs: tuple[str, str]) -> None:
        out.extend(f"<{s}> <{p}> {o} <{graph}> ." for p, o in pairs)

    def iri(name: str) -> str:
        return f"<{name}>"

    rdf_type, label = str(RDF.type), "http://www.w3.org/2000/01/rdf-schema#label"
    nif = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    org = "http://www.w3.org/ns/org#"
    say(
        f"{ID}graph/organizations",
        body,
        (rdf_type, iri(KG + "Organization")),
        (rdf_type, iri(org + "Organization")),
        (label, '"云岭区委"@zh'),
    )
    for name, title, words, line, day in TENURES:
        article = f"{ID}article/{line:016x}"
        first = text.index(LINES[line])
        begin = text.index(words, first)
        evidence = f"{article}#char={begin},{begin + len(words)}"
        person, post = f"{ID}person/9901/{name}", f"{ID}post/990102/区委/{title}"
        tenure = f"{ID}tenure/9901/{name}/990102/区委/{title}"
        say(
            article,
            article,
            *((rdf_type, iri(c)) for c in (KG + "Article", "https://schema.org/NewsArticle", f"{PROV}Entity")),
            (KG + "sourceFile", '"yunling.txt"'),
            (nif + "beginIndex", f'"{first}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            (nif + "endIndex", f'"{first + len(LINES[line])}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            ("https://schema.org/mentions", iri(person)),
        )
        say(
            article,
            evidence,
            (rdf_type, iri(nif + "OffsetBasedString")),
            (nif + "referenceContext", iri(article)),
            (nif + "beginIndex", f'"{begin}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            (nif + "endIndex", f'"{begin + len(words)}"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            (nif + "anchorOf", f'"{words}"'),
        )
        types = ("http://xmlns.com/foaf/0.1/Person", "https://schema.org/Person", KG + "Person", KG + "Official")
        say(article, person, *((rdf_type, iri(c)) for c in types), (label, f'"{name}"@zh'))
        say(
            article,
            post,
            *((rdf_type, iri(c)) for c in (KG + "Post", org + "Post")),
            (org + "postIn", iri(body)),
            (KG + "title", f'"{title}"'),
            (KG + "titleConcept", iri(TITLE + title)),
        )
        dated = [(KG + "attestedOn", f'"{day}"^^<http://www.w3.org/2001/XMLSchema#gMonthDay>')] if day else []
        say(
            article,
            tenure,
            *((rdf_type, iri(c)) for c in (KG + "Tenure", org + "Membership")),
            (org + "member", iri(person)),
            (org + "organization", iri(body)),
            (KG + "post", iri(post)),
            (KG + "title", f'"{title}"'),
            (f"{PROV}wasDerivedFrom", iri(article)),
            (KG + "evidence", iri(evidence)),
            *dated,
        )
    return "\n".join(out) + "\n"


def by_shape(report: Report, name: str) -> list[tuple[str, str | None]]:
    return [(f.focus_label, f.value_label) for f in report.findings if f.shape == f"{SHAPES}{name}"]


@pytest.fixture(scope="module")
def contradiction(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("pages") / "2023"
    folder.mkdir()
    (folder / "yunling.txt").write_text("\n".join(LINES), "utf-8")
    return validate(contradicting_page(), sources=[folder.parent])


@pytest.fixture(scope="module")
def broken() -> Report:
    return validate([WORLD, SHAPES_FOLDER / "event" / "Event.invalid.ttl"], ontology=(), sources=[SHAPES_FOLDER])


def test_a_page_that_contradicts_itself_is_found_with_the_ontology_alone(contradiction: Report) -> None:
    assert [f for f in contradiction.findings if f.severity is Severity.VIOLATION] == []
    assert by_shape(contradiction, "Tenure-singleSeat") == [("温子墨 云岭区委 书记", "陶一凡 云岭区委 书记")] or by_shape(
        contradiction, "Tenure-singleSeat"
    ) == [("陶一凡 云岭区委 书记", "温子墨 云岭区委 书记")]
    assert by_shape(contradiction, "Tenure-headAndDeputy") == [("温子墨 云岭区委 副书记", "温子墨 云岭区委 书记")]
    page = {frozenset((a[:3], (b or "")[:3])) for a, b in by_shape(contradiction, "Tenure-singleSeatPage")}
    assert page == {frozenset(("施明远", "陶一凡")), frozenset(("施明远", "温子墨"))}


def test_a_finding_leads_to_line_and_column_of_both_words(contradiction: Report) -> None:
    finding = next(f for f in contradiction.findings if f.shape == f"{SHAPES}Tenure-headAndDeputy")
    assert (finding.source_file, finding.line, finding.column) == ("yunling.txt", 4, LINES[3].index("云") + 1)
    assert finding.words == "云岭区委副书记温子墨"
    assert "\n".join(LINES)[finding.begin : finding.end] == finding.words
    assert finding.related is not None
    assert (finding.related.line, finding.related.words) == (2, "云岭区委书记温子墨")


def test_without_the_page_offsets_are_all_there_is() -> None:
    finding = validate(contradicting_page()).findings[0]
    assert finding.line is None
    assert finding.begin is not None
    assert f"yunling.txt#char={finding.begin},{finding.end}" == str(finding.spot)


def test_another_page_of_the_same_name_gives_no_line(tmp_path: Path) -> None:
    (tmp_path / "yunling.txt").write_text("别的文字" * 50, "utf-8")
    assert validate(contradicting_page(), sources=[tmp_path]).findings[0].line is None


def test_lines_count_from_1_whatever_ends_them(tmp_path: Path) -> None:
    for name, text in (("a", "\n".join(LINES)), ("b", "\r".join(LINES))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "yunling.txt").write_bytes(text.encode("gb18030"))
        report = validate(contradicting_page(), sources=[tmp_path / name])
        assert {f.line for f in report.findings if f.shape == f"{SHAPES}Tenure-headAndDeputy"} == {4}


def test_a_day_that_does_not_exist_is_a_violation_with_its_words(broken: Report) -> None:
    finding = next(f for f in broken.findings if f.focus_label == "二月三十")
    assert finding.severity is Severity.VIOLATION
    assert finding.value == '"2023-02-30"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert (finding.source_file, finding.line, finding.words) == (PAGE, 4, "青禾县召开春季防汛工作会议")


def test_findings_come_worst_first_and_the_same_for_any_order_of_input(broken: Report) -> None:
    order = [f.severity for f in broken.findings]
    assert order == sorted(order, reverse=True)
    assert {Severity.VIOLATION, Severity.WARNING, Severity.INFO} == set(order)
    lines = contradicting_page().splitlines()
    assert validate("\n".join(lines)).findings == validate("\n".join(reversed(lines))).findings
    assert len({f.key for f in broken.findings}) == len(broken.findings)


@pytest.mark.parametrize("suffix", [".ttl", ".nt", ".nq", ".trig", ".jsonld", ".ttl.gz", ".nq.gz"])
def test_every_form_of_the_graph_is_read(suffix: str, tmp_path: Path) -> None:
    wanted = set(load([WORLD]))
    quads = [ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(path=WORLD)]
    form = ox.RdfFormat.from_extension(suffix.split(".")[1])
    assert form is not None
    content = ox.serialize(quads, format=form)
    assert content is not None
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(gzip.compress(content) if suffix.endswith(".gz") else content)
    assert set(load([tmp_path])) == wanted


def test_an_open_store_and_an_rdflib_graph_are_checked_and_left_as_they_are() -> None:
    store = ox.Store()
    store.load(contradicting_page().encode(), format=ox.RdfFormat.N_QUADS)
    graph = from_quads(store)
    before = len(graph)
    assert validate(store).findings == validate(graph).findings == validate(contradicting_page()).findings
    assert len(graph) == before


def test_an_empty_graph_conforms() -> None:
    report = validate("")
    assert (report.findings, report.triples) == ((), 0)
    assert reports.exit_code(report, "info") == 0
    assert reports.render(report, "text", "en") == f"no findings\nchecked by {report.engine}\n"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.ttl", b"<x:a> <x:b> <x:c> .\n<x:a> <x:b> .\n", 2),
        ("a.nt", b"<x:a> <x:b> <x:c> .\n\nno triples\n", 3),
        ("a.ttl.gz", b"no gzip", None),
        ("a.txt", b"words", None),
        ("a.ttl", b"\xff\xfe\x00", 1),
    ],
)
def test_what_is_no_rdf_is_refused_with_file_and_line(name: str, content: bytes, line: int | None, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableInput) as refused:
        validate(tmp_path / name)
    assert refused.value.path == tmp_path / name
    assert refused.value.line == line


def test_a_missing_file_and_broken_shapes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"none\.ttl"):
        validate(tmp_path / "none.ttl")
    shapes = tmp_path / "shapes.ttl"
    prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    for wrong in ("sh:sparql [ sh:select 'SELECT nothing' ]", "sh:property [ sh:minCount 1 ]", "sh:minLength 'x'"):
        shapes.write_text(f"{prefixes}<x:s> a sh:NodeShape ; sh:targetNode <x:n> ; {wrong} .", "utf-8")
        with pytest.raises(UnreadableInput, match="shapes that cannot be used"):
            validate("<x:n> <x:p> <x:o> .", [shapes], ontology=())


def test_shapes_and_graphs_of_others_work_too(tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:s> a sh:NodeShape ; sh:targetSubjectsOf <x:p> ;\n"
        "sh:property [ sh:path ( <x:p> [ sh:inversePath <x:q> ] ) ; sh:minCount 1 ] .",
        "utf-8",
    )
    (finding,) = validate("<x:n> <x:p> <x:o> .", [shapes], ontology=()).findings
    assert (finding.shape, finding.focus, finding.path, finding.spot) == ("x:s", "x:n", "<x:p>/^<x:q>", None)
    assert finding.message_zh == finding.message_en != ""


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("warning", 1), ("info", 1), (Severity.VIOLATION, 0), (Severity.INFO, 1)])
def test_the_exit_code_follows_the_worst_finding(contradiction: Report, fail_on: str | Severity, code: int) -> None:
    assert reports.exit_code(contradiction, fail_on) == code


def test_a_violation_fails_at_any_level(broken: Report) -> None:
    assert [reports.exit_code(broken, level) for level in ("violation", "warning", "info")] == [1, 1, 1]


@pytest.mark.parametrize(("language", "message"), [("zh", "同一时间有两个人"), ("en", "two people hold the one seat")])
def test_the_text_says_what_and_where(contradiction: Report, language: str, message: str) -> None:
    text = reports.render(contradiction, "text", language)
    assert message in text
    assert "yunling.txt:4:" in text
    assert "4 │ 日前,云岭区委副书记温子墨调研社区。\n      │      ^^^^^^^^^^^^^^^^^^^^\n" in text
    assert "“云岭区委书记温子墨”" in text
    assert "kgs:Tenure-headAndDeputy" in text
    assert text.splitlines()[-2].startswith(f"{contradiction.count(Severity.WARNING)} ")


def test_the_turtle_is_a_standard_report_without_blank_nodes(broken: Report) -> None:
    turtle = reports.render(broken, "turtle")
    assert turtle == reports.render(broken, "turtle")
    graph = Graph().parse(data=turtle, format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms).toPython() is False  # type: ignore[union-attr]
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(broken.findings)
    for result in results:
        for predicate in (SH.focusNode, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert isinstance(graph.value(result, predicate), URIRef)
        assert {m.language for m in graph.objects(result, SH.resultMessage)} == {"zh", "en"}  # type: ignore[attr-defined]
    assert len(list(graph.subjects(URIRef(KG + "evidence")))) > 10
    assert "_:" not in turtle


def test_the_json_has_a_version_and_every_finding(broken: Report) -> None:
    document = json.loads(reports.render(broken, "json"))
    assert (document["version"], document["conforms"]) == (reports.VERSION, False)
    assert sum(document["counts"].values()) == len(document["findings"]) == len(broken.findings)
    assert document["findings"][0]["message"].keys() == {"zh", "en"}
    assert any(f["at"] and f["at"]["sourceFile"] == PAGE and f["at"]["line"] == 4 for f in document["findings"])
