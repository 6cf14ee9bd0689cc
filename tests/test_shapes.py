"""Every shape finds what it is for, and nothing in data that is right."""

import json
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, URIRef

from kg.namespaces import ID, SHAPES
from kg.resources import folder
from kg.validation import data_shapes, validate

FOLDER = folder("shapes") / "cases"
WORLD = FOLDER / "world.ttl"
OWN = ["article", "event", "meeting", "official", "organization", "place", "provenance", "waiver"]
CASES = sorted(p.name.removesuffix(".invalid.ttl") for topic in OWN for p in (FOLDER / topic).glob("*.invalid.ttl"))
FILES = {p.name.removesuffix(".invalid.ttl"): p for topic in OWN for p in (FOLDER / topic).glob("*.invalid.ttl")}


def found(case: Path) -> list[list[str | None]]:
    """(shape, focus, path, severity) of each finding in the world with one case added."""
    findings = validate([WORLD, case], ontology=()).findings
    return sorted(
        ([f.shape.removeprefix(SHAPES), f.focus.removeprefix(ID), f.path, f.severity.name.lower()] for f in findings),
        key=str,
    )


def expected(name: str) -> list[list[str | None]]:
    path = FILES[name].with_name(f"{name}.expected.json")
    return sorted(json.loads(path.read_text("utf-8")), key=str)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for path in data_shapes():
        graph.parse(path)
    return graph


def test_every_case_has_its_three_files() -> None:
    assert len(CASES) == len(FILES) == 49
    for kind in ("invalid.ttl", "valid.ttl", "expected.json"):
        assert sum(len(list((FOLDER / topic).glob(f"*.{kind}"))) for topic in OWN) == 49


def test_the_world_of_the_cases_is_right() -> None:
    report = validate(WORLD, ontology=())
    assert report.findings == ()
    assert report.triples > 150


@pytest.mark.parametrize("name", CASES)
def test_valid_data_conforms(name: str) -> None:
    assert found(FILES[name].with_name(f"{name}.valid.ttl")) == []


@pytest.mark.parametrize("name", CASES)
def test_invalid_data_has_exactly_the_findings_named(name: str) -> None:
    assert expected(name)
    assert found(FILES[name]) == expected(name)


def test_every_shape_has_an_invalid_case(shapes: Graph) -> None:
    messages = {str(s).removeprefix(SHAPES) for s in shapes.subjects(SH.message) if isinstance(s, URIRef)}
    assert len(messages) > 100
    assert messages - {row[0] for name in CASES for row in expected(name)} == set()


def test_every_shape_that_can_report_has_an_iri_a_severity_and_two_messages(shapes: Graph) -> None:
    reporting = set(shapes.subjects(RDF.type, SH.PropertyShape)) | set(shapes.subjects(SH.sparql))
    assert len(reporting) > 100
    for shape in reporting:
        assert isinstance(shape, URIRef)
        assert str(shape).startswith(SHAPES)
        assert len(list(shapes.objects(shape, SH.severity))) == 1
        assert sorted(getattr(m, "language", "") for m in shapes.objects(shape, SH.message)) == ["en", "zh"]
    assert all(isinstance(o, URIRef) for o in shapes.objects(None, SH.property))


def test_the_shapes_are_in_one_file_a_topic() -> None:
    assert {path.stem for path in data_shapes()} == set(OWN)
