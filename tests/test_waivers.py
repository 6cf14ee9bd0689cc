"""What a waiver does for its user: a finding passes for a reason until a day, every report says so, and nothing passes for good."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import Draft4Validator
from junitparser import JUnitXml, Skipped
from rdflib import DCTERMS, RDF, SH, Graph, URIRef
from test_reports import JSON, SARIF, finding, report, spot

from kg.findings import Severity
from kg.namespaces import SHAPES
from kg.reports import FORMATS, View, render
from kg.waivers import Passed, apply, read

PREFIXES = """@prefix kgs: <https://w3id.org/fangzhi/shapes#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
REASON = 'dcterms:description "报社已更正"@zh, "corrected in print"@en'
WHOLE = (
    f'[] a kgs:Waiver ; kgs:waivesShape kgs:Event-startDate ; {REASON} ; dcterms:creator "闻书瑶" ; kgs:expires "2026-12-31"^^xsd:date .\n'
)
DAY = date(2026, 12, 31)
EVENT = "<https://w3id.org/fangzhi/id/event/1>"
FINDINGS = (
    finding(spot=spot("温子墨", None)),
    finding(focus="2"),
    finding("Event-label", Severity.WARNING, spot=spot("会议", None)),
)


def waivers(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "waivers.ttl"
    path.write_text(PREFIXES + text, encoding="utf-8")
    return path


def passed(tmp_path: Path, text: str = WHOLE, today: date = DAY) -> Passed:
    return apply(report(*FINDINGS), read(waivers(tmp_path, text)), today)


def waiver(*conditions: str) -> str:
    return f'[] a kgs:Waiver ; {" ; ".join(conditions)} ; {REASON} ; kgs:expires "2026-12-31"^^xsd:date .\n'


@pytest.mark.parametrize(
    ("conditions", "covered"),
    [
        (["kgs:waivesShape kgs:Event-startDate"], [0, 1]),
        (["kgs:waivesShape kgs:Event-startDate, kgs:Event-label"], [0, 1, 2]),
        ([f"kgs:waivesFocus {EVENT}"], [0, 2]),
        ([f"kgs:waivesFocus {EVENT}", "kgs:waivesShape kgs:Event-label"], [2]),
        (["kgs:waivesShape kgs:Event-startDate", 'kgs:waivesFile "页 1.txt"'], [0]),
        ([f"kgs:waivesFinding <{FINDINGS[1].iri}>"], [1]),
        (["kgs:waivesShape kgs:Event-endDate"], []),
    ],
)
def test_a_waiver_covers_what_is_all_that_it_names(conditions: list[str], covered: list[int], tmp_path: Path) -> None:
    found = passed(tmp_path, waiver(*conditions))
    assert [w.finding for w in found.report.waived] == [f for i, f in enumerate(FINDINGS) if i in covered]
    assert set(found.report.findings) == {f for i, f in enumerate(FINDINGS) if i not in covered}
    assert len(found.idle) == (not covered)


def test_it_holds_through_its_last_day_and_no_longer(tmp_path: Path) -> None:
    assert len(passed(tmp_path, today=DAY).report.waived) == 2
    over = passed(tmp_path, today=date(2027, 1, 1))
    assert over.report.waived == ()
    ((expired, count),) = over.expired
    assert (count, expired.place.endswith("waivers.ttl:5")) == (2, True)


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"gitlab"}))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_gives_the_reason(form: str, language: str, tmp_path: Path) -> None:
    text = render(passed(tmp_path).report, form, view=View(language, Severity.INFO))
    assert ("报社已更正" if language == "zh" else "corrected in print") in text
    assert "2026-12-31" in text


def test_sarif_suppresses_with_a_justification(tmp_path: Path) -> None:
    document = json.loads(render(passed(tmp_path).report, "sarif", "en"))
    Draft4Validator(SARIF.schema).validate(document)
    results = document["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["kgs:Event-label", "kgs:Event-startDate", "kgs:Event-startDate"]
    assert "suppressions" not in results[0]
    (suppression,) = results[1]["suppressions"]
    assert (suppression["kind"], suppression["status"], suppression["justification"]) == ("external", "accepted", "corrected in print")
    assert suppression["properties"] == {"expires": "2026-12-31", "creator": "闻书瑶"}


def test_junit_skips_a_shape_whose_findings_are_all_waived(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(render(passed(tmp_path).report, "junit", "en"), encoding="utf-8")
    xml = JUnitXml.fromfile(str(tmp_path / "report.xml"))
    skipped = [(case.name, result.message) for suite in xml for case in suite for result in case.result if isinstance(result, Skipped)]
    assert skipped == [("kgs:Event-startDate", "corrected in print (2026-12-31)")]
    assert (xml.failures, xml.skipped) == (0, 1)


def test_the_json_names_them_apart(tmp_path: Path) -> None:
    document = json.loads(render(passed(tmp_path).report, "json"))
    JSON.validate(document)
    assert [item["shape"] for item in document["findings"]] == [f"{SHAPES}Event-label"]
    assert [item["waived"]["creator"] for item in document["waived"]] == ["闻书瑶", "闻书瑶"]
    assert document["conforms"] is True


def test_the_turtle_hangs_them_on_a_property_of_their_own(tmp_path: Path) -> None:
    graph = Graph().parse(data=render(passed(tmp_path).report, "turtle"), format="turtle")
    assert len(set(graph.objects(None, SH.result))) == 1
    results = set(graph.objects(None, URIRef(f"{SHAPES}waivedResult")))
    assert len(results) == 2
    for result in results:
        by = graph.value(result, URIRef(f"{SHAPES}waivedBy"))
        assert (by, RDF.type, URIRef(f"{SHAPES}Waiver")) in graph
        assert {str(reason) for reason in graph.objects(by, DCTERMS.description)} == {"报社已更正", "corrected in print"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (WHOLE + '\n[] a kgs:Waiver ; kgs:waivesShape kgs:Event-label ; kgs:expires "2026-12-31"^^xsd:date .\n', 7, "its reason"),
        (f"\n\n[] a kgs:Waiver ;\n kgs:waivesShape kgs:Event-label ; {REASON} .\n", 7, "one last day"),
        (f'[] a kgs:Waiver ; kgs:waivesShape kgs:Event-label ; {REASON} ; kgs:expires "31.12.2026" .\n', 5, "one last day"),
        (f'<x:w> a kgs:Waiver ; {REASON} ; kgs:expires "2026-12-31"^^xsd:date .\n', 5, "what it waives"),
        (f'<x:w> kgs:waivesShape kgs:Event-label ; {REASON} ; kgs:expires "2026-12-31"^^xsd:date .\n', 5, "a kgs:Waiver"),
        (WHOLE + "[] a kgs:Waiver ;;\n kgs:waivesShape\n", 8, ""),
    ],
    ids=["reason", "day", "format", "target", "type", "syntax"],
)
def test_a_waiver_that_is_not_whole_is_refused_with_its_line(text: str, line: int, words: str, tmp_path: Path, kg: Run) -> None:
    path = waivers(tmp_path, text)
    (tmp_path / "data.ttl").write_text("<x:s> <x:p> <x:o> .\n")
    result = kg("validate", tmp_path / "data.ttl", "--waivers", path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert f"kg: {path}:{line}: " in result.stderr
    assert words in result.stderr


def test_the_command_counts_them_and_tells_of_those_that_are_over_or_idle(tmp_path: Path, kg: Run) -> None:
    (tmp_path / "data.ttl").write_text(
        "@prefix kg: <https://w3id.org/fangzhi/ontology#> . @prefix schema: <https://schema.org/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<x:e> schema:startDate "2024-03-05"^^xsd:date ; schema:endDate "2024-03-01"^^xsd:date .\n'
    )
    holding = waiver("kgs:waivesShape kgs:Event-endsBeforeStart").replace("2026", "2999")
    assert kg("validate", tmp_path / "data.ttl").exit_code == 1
    result = kg("validate", tmp_path / "data.ttl", "--waivers", waivers(tmp_path, holding), "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "no findings\n1 waived until 2999-12-31: corrected in print\nchecked by shacl\n")
    lapsed = holding.replace("2999", "2001") + waiver("kgs:waivesShape kgs:Event-label").replace("2026", "2999")
    result = kg("validate", tmp_path / "data.ttl", "--waivers", waivers(tmp_path, lapsed))
    assert result.exit_code == 1
    assert "waivers.ttl:5: expired on 2001-12-31; it no longer waives 1 findings" in result.stderr
    assert "waivers.ttl:6: waives nothing" in result.stderr


def test_what_is_waived_does_not_come_into_the_baseline(tmp_path: Path, kg: Run) -> None:
    (tmp_path / "data.ttl").write_text('<x:e> <https://schema.org/endDate> "soon" .\n')
    path = waivers(tmp_path, waiver("kgs:waivesFocus <x:e>").replace("2026", "2999"))
    file = tmp_path / "baseline.jsonl"
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "<x:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#targetNode> <x:e>, <x:f> ;"
        " <http://www.w3.org/ns/shacl#nodeKind> <http://www.w3.org/ns/shacl#Literal> .\n"
    )
    kg("validate", tmp_path / "data.ttl", "--shapes", shapes, "--waivers", path, "--baseline", file, "--update-baseline")
    assert [json.loads(line)["what"] for line in file.read_text(encoding="utf-8").splitlines()[1:]] == ["x:f"]
