"""The fast engines find what pySHACL finds: on our shapes, on every core feature of SHACL, on random graphs.

Compared is the set of (shape, focus, path, value, severity, component) of all findings.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
from conftest import ROOT

from kg.pipeline import Builder
from kg.validation import Report, data_shapes, validate

SHAPES = Path(__file__).parent / "shapes"
WORLD = SHAPES / "world.ttl"
TOPICS = [path.stem for path in data_shapes()]
INVALID = {path.name.removesuffix(".invalid.ttl"): path for topic in TOPICS for path in sorted((SHAPES / topic).glob("*.invalid.ttl"))}
PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
# "6.0" as an end: a store of pyoxigraph gives back "6", so the query that compares what is written is left to pySHACL.
RESPELLED = {"Evidence"}


class Case(NamedTuple):
    shapes: str
    data: str
    results: tuple[str, ...]


def _cases() -> dict[str, Case]:
    text = (Path(__file__).parent / "data" / "shacl-cases.txt").read_text("utf-8")
    found = {}
    for part in text.split("\n== ")[1:]:
        name, _, body = part.partition("\n")
        shapes, data, results = re.split(r"^-- (?:data|results)\n", body, flags=re.MULTILINE)
        found[name] = Case(shapes, data, tuple(results.split("\n")[: len(results.strip().splitlines())]))
    return found


CASES = _cases()

Found = set[tuple[str | None, ...]]


def found(report: Report) -> Found:
    return {(f.shape, f.focus, f.path, f.value, f.severity.name, f.component.partition("#")[2]) for f in report.findings}


def agree(data: list[Path], shapes: list[Path] | None, *, by: str = "shacl") -> Found:
    """What both engines find; fails where they differ."""
    fast = validate(data, shapes, ontology=())
    assert fast.engine == by, fast.reason
    slow = validate(data, shapes, ontology=(), engine="pyshacl")
    assert found(fast) == found(slow)
    assert (fast.triples, fast.shapes) == (slow.triples, slow.shapes)
    return found(fast)


def test_there_are_as_many_cases_as_are_meant() -> None:
    assert len(CASES) == 66
    assert len(INVALID) == 49


@pytest.mark.parametrize("name", INVALID)
def test_the_engines_agree_on_each_invalid_case_of_our_shapes(name: str) -> None:
    assert agree([WORLD, INVALID[name]], None, by="pyshacl" if name in RESPELLED else "shacl")


def test_the_engines_agree_on_all_cases_of_our_shapes_at_once() -> None:
    cases = [path for name, path in INVALID.items() if name not in RESPELLED]
    valid = [path.with_name(path.name.replace(".invalid.", ".valid.")) for path in cases]
    assert len({row[0] for row in agree([WORLD, *cases, *valid], None)}) > 100


def test_the_engines_agree_on_the_sample_pages(tmp_path: Path) -> None:
    out = tmp_path / "pages.nq"
    out.write_text("".join(Builder().build(sorted((ROOT / "seeds" / "pages").glob("*.txt"))).blocks), "utf-8")
    fast, slow = (validate(out, engine=engine) for engine in ("auto", "pyshacl"))
    assert fast.engine == "shacl"
    assert len(fast.findings) > 5
    assert fast.findings == slow.findings


@pytest.mark.parametrize("name", CASES)
def test_the_engines_find_what_the_standard_demands(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    rows = agree([_file(tmp_path / "data.ttl", case.data)], [_file(tmp_path / "shapes.ttl", case.shapes)])
    assert sorted(map(_terms, rows)) == sorted(map(_expected, case.results))


def _file(path: Path, text: str) -> Path:
    path.write_text(PREFIXES + text, "utf-8")
    return path


def _terms(row: tuple[str | None, ...]) -> tuple[str, str, str]:
    _, focus, _, value, _, component = row
    shown = value or ("-" if component and _has_no_value(component) else f"<{focus}>" if not str(focus).startswith('"') else str(focus))
    return f"<{focus}>" if not str(focus).startswith('"') else str(focus), shown, str(component).removesuffix("ConstraintComponent")


def _has_no_value(component: str) -> bool:
    return bool(re.match("(MinCount|MaxCount|UniqueLang|QualifiedM|HasValue)", component))


def _expected(line: str) -> tuple[str, str, str]:
    focus, *value, component = re.findall(r"'(?:[^'\\]|\\.)*'\S*|\S+", line)
    return _term(focus), "-" if value == ["-"] else _term(value[0]), component


def _term(text: str) -> str:
    turtle = text if text[0] in "'0123456789" else f"ex:{text}"
    (quad,) = ox.parse(f"{PREFIXES} ex:s ex:p {turtle} .", ox.RdfFormat.TURTLE)
    return str(quad.object)
