"""The shapes' own tests as their users run them: ``kg validate --self-test``."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import Run

from kg.cases import cases
from kg.read import UnreadableInput
from kg.resources import folder

THEIRS = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<x:s> sh:targetClass <x:C> ; sh:property <x:p> . <x:p> sh:path <x:q> ; sh:minCount 1 . <x:t> sh:targetClass <x:D> ; sh:nodeKind sh:IRI .
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Shapes of others with one case."""
    case = tmp_path / "cases" / "topic"
    case.mkdir(parents=True)
    (tmp_path / "theirs.ttl").write_text(THEIRS)
    (case / "q.valid.ttl").write_text("<x:n> a <x:C> ; <x:q> 1 .")
    (case / "q.invalid.ttl").write_text("<x:n> a <x:C> .")
    (case / "q.expected.json").write_text('[["x:p", "x:n", "x:q", "violation"]]')
    return tmp_path / "theirs.ttl"


def test_our_own_shapes_pass(kg: Run) -> None:
    result = kg("validate", "--self-test", "--lang", "en")
    count = len(list((folder("shapes") / "cases").glob("*/*.valid.ttl")))
    assert count > 45
    assert (result.exit_code, result.stdout) == (0, f"{count} cases, {2 * count + 1} checks: all as expected\n")


def test_a_shape_that_no_longer_finds_what_it_should_fails_with_the_case(tmp_path: Path, kg: Run) -> None:
    own = Path(shutil.copytree(folder("shapes"), tmp_path / "shapes"))
    for topic in (own / "cases").iterdir():
        if topic.is_dir() and topic.name != "meeting":
            shutil.rmtree(topic)
    text = (own / "meeting.ttl").read_text(encoding="utf-8")
    (own / "meeting.ttl").write_text(text.replace("sh:in ( kg:Meeting )", "sh:minCount 0"), encoding="utf-8")
    result = kg("validate", "--self-test", "--shapes", own / "meeting.ttl", "--lang", "en")
    assert result.exit_code == 1
    assert 'Meeting.invalid.ttl: expected and not found: ["Meeting-eventType", "event/' in result.stdout
    assert result.stdout.splitlines()[-1].startswith("2 cases, 5 checks: 1 not as expected")


def test_shapes_of_others_are_tested_by_the_cases_beside_them(theirs: Path, kg: Run) -> None:
    result = kg("validate", "--self-test", "--shapes", theirs, "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, "shapes without an invalid example: x:t\n1 cases, 2 checks: all as expected\n")
    (theirs.parent / "cases" / "topic" / "q.valid.ttl").write_text("<x:n> a <x:C> .")
    result = kg("validate", "--self-test", "--shapes", theirs, "--lang", "zh")
    assert (result.exit_code, '不应有而报: ["x:p", "x:n", "x:q", "violation"]' in result.stdout) == (1, True)


def test_a_world_that_is_wrong_is_said_once(theirs: Path, kg: Run) -> None:
    (theirs.parent / "cases" / "world.ttl").write_text("<x:w> a <x:C> .")
    result = kg("validate", "--self-test", "--shapes", theirs, "--lang", "en")
    assert result.exit_code == 1
    assert 'cases/world.ttl: found and not expected: ["x:p", "x:w", "x:q", "violation"]' in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("q.expected.json", None, "q.expected.json: No such file"),
        ("q.valid.ttl", None, "q.valid.ttl: No such file"),
        ("q.expected.json", "{", "q.expected.json: no JSON"),
        ("q.expected.json", "[]", "not empty"),
        ("q.expected.json", '[["x:p"]]', 'no [shape, focus, path or null, severity]: ["x:p"]'),
        ("q.invalid.ttl", "no Turtle", "q.invalid.ttl:1: "),
    ],
)
def test_a_case_that_is_not_whole_ends_in_a_message(name: str, content: str | None, words: str, theirs: Path, kg: Run) -> None:
    path = theirs.parent / "cases" / "topic" / name
    path.unlink() if content is None else path.write_text(content)
    result = kg("validate", "--self-test", "--shapes", theirs)
    assert (result.exit_code, words in result.stderr) == (3, True), result.stderr


def test_without_cases_there_is_nothing_to_test(theirs: Path, kg: Run) -> None:
    shutil.rmtree(theirs.parent / "cases")
    result = kg("validate", "--self-test", "--shapes", theirs)
    assert (result.exit_code, "there are no cases" in result.stderr) == (3, True)
    with pytest.raises(UnreadableInput):
        cases(theirs.parent / "cases")


def test_a_self_test_takes_no_data(theirs: Path, kg: Run) -> None:
    assert kg("validate", theirs, "--self-test").exit_code == 2


def test_the_cases_are_read_whole() -> None:
    found = {case.name: case for case in cases(folder("shapes") / "cases")}
    case = found["Event-afterIssue"]
    content = json.loads((case.invalid.with_name("Event-afterIssue.expected.json")).read_text(encoding="utf-8"))
    assert len(case.expected) == len(content)
    assert all(
        row[0].startswith("https://w3id.org/fangzhi/shapes#") and row[1].startswith("https://w3id.org/fangzhi/id/") for row in case.expected
    )
