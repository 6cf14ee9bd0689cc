"""Shapes as documents: each in plain words with examples, in both languages, and every constraint of SHACL Core has its words."""

import json
import re
from pathlib import Path

import pytest
from conftest import Run
from rdflib import SH, Graph

from kg.namespaces import SHAPES
from kg.resources import folder, turtle_files
from kg.shapedoc import Described, describe
from kg.validation import data_shapes

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"


@pytest.fixture(scope="module", params=["zh", "en"])
def described(request: pytest.FixtureRequest) -> list[Described]:
    return describe(turtle_files("shapes"), request.param)


@pytest.fixture(scope="module")
def english() -> dict[str, Described]:
    return {shape.rule.iri.removeprefix(SHAPES): shape for shape in describe(turtle_files("shapes"), "en")}


def test_every_shape_says_of_what_it_demands_what(described: list[Described]) -> None:
    assert len(described) > 150
    for shape in described:
        # Two stand only inside others: what is Chinese, what is English.
        assert shape.targets or shape.rule.iri.endswith(("#Chinese", "#English")), shape.rule.iri
        assert shape.demands, shape.rule.iri


def test_every_shape_for_data_has_a_valid_and_an_invalid_example(english: dict[str, Described]) -> None:
    names = {path.name for path in data_shapes()}
    for shape in english.values():
        if shape.rule.file in names:
            assert [example.valid for example in shape.examples][:2] == [True, False], shape.rule.iri
            assert all(example.turtle.endswith(" .") for example in shape.examples)


def test_the_words_are_of_the_language(english: dict[str, Described]) -> None:
    for shape in english.values():
        assert not CHINESE.search(" ".join(shape.demands + shape.targets)), shape.rule.iri
    for shape in describe(turtle_files("shapes"), "zh"):
        assert CHINESE.search(" ".join(shape.demands)), shape.rule.iri


def test_our_own_regular_expressions_are_told_in_words(described: list[Described]) -> None:
    assert not [shape.rule.iri for shape in described for told in shape.demands if "regular expression" in told or "正则" in told]


def test_the_demands_of_a_shape(english: dict[str, Described]) -> None:
    role, span, title = english["Participation-role"], english["Evidence-span"], english["Tenure-postTitle"]
    assert role.targets == ("each participation (kg:Participation)",)
    assert (role.path, role.demands[:2]) == ("kg:role", ("at least 1 value(s)", "at most 1 value(s)"))
    assert role.demands[2].startswith("each value is one of kg:chair, kg:speaker")
    assert span.demands == ("each value is less than those of nif:endIndex",)
    assert (title.path, title.demands) == ("kg:post/kg:title", ("the values are those of kg:title",))
    assert english["Official-tenure"].path == "^org:member"
    assert (
        english["Event-startDate"]
        .demands[0]
        .startswith("each value is such that it is a literal of the type xsd:date, it is a day that exists (year-month-day), or it is")
    )
    (query,) = english["Tenure-singleSeat"].queries
    assert query.startswith("SELECT $this ?value")


def test_the_examples_are_those_of_the_shape(english: dict[str, Described]) -> None:
    valid, *invalid = english["Person-name"].examples
    assert (valid.case, "司马清和" in valid.turtle) == ("official/Person-name", True)
    assert "全体与会同志" in invalid[0].turtle
    assert any('"2023-02-30"^^xsd:date' in example.turtle for example in english["Event-startDate"].examples)
    # An example is the node that the case's report names, as it stands in the case.
    text = (folder("shapes") / "cases" / "event" / "Event.invalid.ttl").read_text(encoding="utf-8")
    assert "二月三十" in text


def test_the_command_prints_text_in_both_languages(kg: Run) -> None:
    chinese, english = (kg("shapes", "Evidence-span", "--lang", language) for language in ("zh", "en"))
    assert (chinese.exit_code, english.exit_code) == (0, 0)
    assert english.stdout.startswith("kgs:Evidence-span [violation] evidence must begin before it ends  (provenance.ttl)\n    applies to: ")
    assert "    demands: each value is less than those of nif:endIndex\n    valid (provenance/Evidence):\n" in english.stdout
    assert "    要求: 每个值都小于 nif:endIndex 的值\n" in chinese.stdout
    assert chinese.stdout == kg("shapes", "Evidence-span", "--lang", "zh").stdout


@pytest.mark.parametrize(
    ("name", "least"), [("kgs:Event-startDate", 1), (f"{SHAPES}Event-startDate", 1), ("Event-*", 15), ("meeting", 3), ("words", 0)]
)
def test_shapes_are_chosen_by_name_pattern_and_file(name: str, least: int, kg: Run) -> None:
    result = kg("shapes", name, "--lang", "en")
    if not least:
        assert result.exit_code == 2
        return
    heads = re.findall(r"(?m)^kgs:(\S+) \[", result.stdout)
    assert len(heads) >= least
    assert least > 1 or heads == ["Event-startDate"]


def test_a_name_that_is_none_is_a_mistake_with_a_proposal(kg: Run) -> None:
    result = kg("shapes", "Event-startDat")
    assert (result.exit_code, "did you mean Event-startDate?" in result.stderr) == (2, True)


def test_markdown_and_json(kg: Run) -> None:
    markdown = kg("shapes", "Evidence-span", "Evidence-address", "--format", "markdown", "--lang", "en").stdout
    assert re.findall(r"(?m)^### (.+)$", markdown) == ["`kgs:Evidence-address`", "`kgs:Evidence-span`"]
    assert markdown.count("```") % 2 == 0
    assert "```sparql\nSELECT $this WHERE {" in markdown
    shapes = json.loads(kg("shapes", "--format", "json").stdout)
    assert len(shapes) > 150
    assert {shape["shape"] for shape in shapes} >= {f"{SHAPES}Event-startDate", f"{SHAPES}Waiver-expires"}
    assert shapes[0]["message"].keys() == {"zh", "en"}


CORE = {
    "minCount 1": "at least 1 value(s)",
    "maxCount 2": "at most 2 value(s)",
    "class <x:C>": "each value is an instance of <x:C>",
    "datatype xsd:date": "each value is a literal of the type xsd:date",
    "nodeKind sh:IRI": "each value is an IRI",
    "minExclusive 1": "each value is more than 1",
    "maxExclusive 1": "each value is less than 1",
    "minInclusive 1": "each value is 1 or more",
    "maxInclusive 1": "each value is 1 or less",
    "minLength 1": "each value has at least 1 character(s)",
    "maxLength 1": "each value has at most 1 character(s)",
    'pattern "a\\nb"': "each value matches the regular expression a\\nb",
    'languageIn ( "zh" "en" )': "each value is in the language “zh”, “en”",
    "uniqueLang true": "no two values are in one language",
    "equals <x:q>": "the values are those of <x:q>",
    "disjoint <x:q>": "none of the values is one of <x:q>",
    "lessThan <x:q>": "each value is less than those of <x:q>",
    "lessThanOrEquals <x:q>": "each value is not more than those of <x:q>",
    "not [ sh:minLength 1 ]": "each value is not such that it has at least 1 character(s)",
    "and ( [ sh:minLength 1 ] [ sh:maxLength 3 ] )": "such that it has at least 1 character(s); it has at most 3 character(s)",
    "or ( [ sh:minLength 1 ] [ sh:nodeKind sh:Literal ] )": "each value is such that it has at least 1 character(s), or it is a literal",
    "xone ( [ sh:minLength 1 ] [ sh:class <x:C> ] )": "only one holds: it has at least 1 character(s), or it is an instance of <x:C>",
    "node [ sh:path <x:q> ; sh:minCount 1 ]": "each value conforms to the shape the values of <x:q>: at least 1 value(s)",
    "property [ sh:path <x:q> ; sh:maxCount 1 ]": "the values of <x:q>: at most 1 value(s)",
    "qualifiedValueShape [ sh:class <x:C> ] ; sh:qualifiedMinCount 2": "at least 2 value(s) such that it is an instance of <x:C>",
    "qualifiedValueShape [ sh:class <x:C> ] ; sh:qualifiedMaxCount 2": "at most 2 value(s) such that it is an instance of <x:C>",
    "closed true ; sh:ignoredProperties ( <x:q> )": "no properties but those of the shape and <x:q>",
    'hasValue "x"@en': "“x”@en is among the values",
    'in ( <x:a> "b" )': "each value is one of <x:a>, “b”",
    'sparql [ sh:select "SELECT $this {}" ]': "the query below has no answers",
}


@pytest.mark.parametrize(("constraint", "words"), CORE.items(), ids=[name.split()[0] for name in CORE])
def test_every_constraint_of_the_core_has_its_words(constraint: str, words: str, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        f"{PREFIXES}<x:s> a sh:PropertyShape ; sh:targetSubjectsOf <x:t> ; sh:path ( <x:p> [ sh:inversePath <x:r> ] ) ; sh:{constraint} ."
    )
    (shape,) = describe([shapes], "en")
    assert shape.targets == ("each node that has <x:t>",)
    assert shape.path == "<x:p>/^<x:r>"
    assert words in shape.demands[-1] or words in shape.demands
    (chinese,) = describe([shapes], "zh")
    assert chinese.demands
    assert all(CHINESE.search(told) for told in chinese.demands)


def test_the_list_of_constraints_is_that_of_the_vocabulary() -> None:
    told = {name.split()[0] for name in CORE}
    components = {
        "minCount",
        "maxCount",
        "class",
        "datatype",
        "nodeKind",
        "pattern",
        "sparql",
        "node",
        "property",
        "in",
        "hasValue",
        "closed",
    }
    assert components <= told
    # rdflib's copy of the vocabulary knows them as terms.
    assert all(getattr(SH, name) for name in told)


def test_shapes_of_others_are_told_too(tmp_path: Path, kg: Run) -> None:
    shapes = tmp_path / "theirs.ttl"
    shapes.write_text(
        f"{PREFIXES}<x:s> sh:targetNode <x:n> ; sh:description 'Nodes are named.'@en ; sh:message 'no name'@en ; sh:severity sh:Warning ;\n"
        "  sh:property [ sh:path <x:name> ; sh:minCount 1 ] ; <http://www.w3.org/ns/shacl#custom> 3 .\n"
    )
    result = kg("shapes", "--shapes", shapes, "--lang", "en")
    assert result.stdout == (
        "x:s [warning] no name  (theirs.ttl)\n    applies to: <x:n>\n    demands:\n      - Nodes are named.\n"
        "      - the values of <x:name>: at least 1 value(s)\n      - sh:custom: “3”\n"
    )
    assert kg("shapes", "--shapes", tmp_path / "gone.ttl").exit_code == 3


def test_every_word_is_in_both_languages() -> None:
    graph = Graph().parse(folder("shapes") / "words.ttl")
    for subject in set(graph.subjects()):
        languages = sorted(getattr(o, "language", "") for o in graph.objects(subject) if getattr(o, "language", None))
        assert languages == ["en", "zh"] or not languages, subject
    placeholders = {
        s: {frozenset(re.findall(r"{(\w+)}", str(o))) for o in graph.objects(s) if getattr(o, "language", None)} for s in graph.subjects()
    }
    assert not [s for s, found in placeholders.items() if len(found) > 1]
