"""Figures against annotations: what counts as right, extra and missed, and that two programs agree on it."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, Run
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store

from kg.evaluation import KINDS, Evaluation, GoldArticle, GoldError, Mistake, Score, evaluate, normalisation, read_gold
from kg.evaluation.comparison import same_day
from kg.namespaces import PREFIXES
from kg.store import load_file

GOLD = {
    "id": "p-1",
    "page": "p.txt",
    "begin": 0,
    "end": 100,
    "reporters": ["闻书瑶"],
    "persons": ["柏云舟"],
    "posts": [["柏云舟", "青川县委", "书记"]],
    "organizations": ["青川县委"],
    "places": ["青川县"],
    "documents": ["防汛预案"],
    "events": [
        {
            "type": "meeting",
            "trigger": "会议",
            "date": "2024-03-05",
            "organizer": "青川县委",
            "participants": [["柏云舟", ["chair", "speaker"]]],
        }
    ],
}
ARTICLE = """
<a> a kg:Article ; kg:sourceFile "p.txt" ; nif:beginIndex 0 ; nif:endIndex 100 ; schema:author <r> ; schema:mentions <m>, <o>, <l>, <d> .
<r> a kg:Person ; rdfs:label "闻书瑶" . <m> a kg:Person ; rdfs:label "柏云舟" . <d> a kg:Document ; rdfs:label "防汛预案" .
<o> a kg:Organization ; rdfs:label "青川县委" ; skos:altLabel "中共青川县委员会" . <l> a kg:Place ; rdfs:label "青川县"@zh .
<t> a kg:Tenure ; prov:wasDerivedFrom <a> ; org:member <m> ; org:organization <o> ; kg:title "书记" .
<e> a kg:Event, kg:Meeting ; prov:wasDerivedFrom <a> ; schema:startDate "2024-03-05"^^xsd:date ; schema:organizer <o> ; rdfs:label "会议" .
<n> a kg:Participation ; kg:event <e> ; kg:participant <m> ; kg:role kg:chair .
"""


def graph(turtle: str) -> Store:
    store = Store()
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    store.load(head + turtle, format=RdfFormat.TURTLE, base_iri="https://example.org/")
    return store


def annotated(tmp_path: Path, **changes: object) -> list[GoldArticle]:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD | changes, ensure_ascii=False) + "\n\n", encoding="utf-8")
    return read_gold([path])


def measured(tmp_path: Path, turtle: str = ARTICLE, **changes: object) -> Evaluation:
    return evaluate(graph(turtle), annotated(tmp_path, **changes))


def test_a_perfect_graph_has_only_ones(tmp_path: Path) -> None:
    found = measured(tmp_path)
    assert found.mistakes == ()
    assert {kind: score.f1 for kind, score in found.scores.items()} == dict.fromkeys(KINDS, 1.0)
    assert all(score.right == 1 for score in found.scores.values())
    assert found.mean_f1 == 1.0


def test_an_empty_graph_misses_everything(tmp_path: Path) -> None:
    found = measured(tmp_path, "")
    assert {kind: (score.right, score.extra) for kind, score in found.scores.items()} == dict.fromkeys(KINDS, (0, 0))
    assert {mistake.kind for mistake in found.mistakes} == set(KINDS) - {"organizers"}


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("articles", "nif:endIndex 100", "nif:endIndex 89", Score(0, 0, 1)),
        ("articles", "nif:endIndex 100", "nif:endIndex 90", Score(1, 0, 0)),
        ("persons", '"柏云舟"', '"柏云"', Score(0, 1, 1)),
        ("reporters", '"闻书瑶"', '"闻书"', Score(0, 1, 1)),
        ("posts", '"书记"', '"副书记"', Score(0, 1, 1)),
        ("posts", 'rdfs:label "青川县委" ; skos:altLabel "中共青川县委员会"', 'rdfs:label "平武县委"', Score(0, 1, 1)),
        ("titles", 'rdfs:label "青川县委" ; skos:altLabel "中共青川县委员会"', 'rdfs:label "平武县委"', Score(1, 0, 0)),
        ("titles", '"书记"', '"副书记"', Score(0, 1, 1)),
        ("organizations", 'rdfs:label "青川县委" ; ', "", Score(1, 0, 0)),
        ("places", '"青川县"@zh', '"青川"', Score(1, 0, 0)),
        ("places", '"青川县"@zh', '"平武"', Score(0, 1, 1)),
        ("documents", '"防汛预案"', '"《防汛预案》"', Score(1, 0, 0)),
        ("documents", '"防汛预案"', '"防汛"', Score(0, 1, 1)),
        ("events", "kg:Event, kg:Meeting", "kg:Event, kg:Activity", Score(0, 1, 1)),
        ("events", "2024-03-05", "2024-03-06", Score(0, 1, 1)),
        ("events", "2024-03-05", "2023-03-05", Score(0, 1, 1)),
        ("organizers", "schema:organizer <o>", "schema:organizer <l>", Score(0, 1, 1)),
        ("organizers", "schema:organizer <o> ; ", "", Score(0, 0, 1)),
        ("participants", "kg:chair", "kg:speaker", Score(1, 0, 0)),
        ("participants", "kg:chair", "kg:companion", Score(0, 0, 1)),
        ("participants", "kg:participant <m>", "kg:participant <r>", Score(0, 1, 1)),
        ("participants", "kg:participant <m>", "kg:participant <o>", Score(0, 0, 1)),
        ("participants", "kg:Event, kg:Meeting", "kg:Event, kg:Activity", Score(0, 0, 1)),
    ],
)
def test_one_difference_counts_where_it_is(kind: str, old: str, new: str, expected: Score, tmp_path: Path) -> None:
    assert old in ARTICLE
    found = measured(tmp_path, ARTICLE.replace(old, new))
    assert found.scores[kind] == expected
    assert bool([mistake for mistake in found.mistakes if mistake.kind == kind]) == bool(expected.extra or expected.missed)


def test_doubtful_facts_are_neither_right_nor_wrong(tmp_path: Path) -> None:
    found = measured(
        tmp_path,
        organizations=[], organizations_optional=["中共青川县委"], places=[], places_optional=["青川县"], posts=[], documents=[],
        posts_optional=[["柏云舟", None, "书记"]], documents_optional=["防汛预案"],
        events=[], events_optional=[{"type": "meeting", "trigger": "会议", "date": "--03-05"}],
    )  # fmt: skip
    assert {kind for kind, score in found.scores.items() if score != Score()} == {"articles", "reporters", "persons"}


def test_a_party_body_may_stand_in_the_title(tmp_path: Path) -> None:
    turtle = ARTICLE.replace('"青川县委" ; skos:altLabel "中共青川县委员会"', '"青川县财政局党组"')
    assert measured(tmp_path, turtle, posts=[["柏云舟", "青川县财政局", "党组书记"]]).scores["posts"] == Score(1, 0, 0)


def test_an_article_that_nobody_annotated_is_extra(tmp_path: Path) -> None:
    turtle = ARTICLE + '<b> a kg:Article ; kg:sourceFile "p.txt" ; nif:beginIndex 100 ; nif:endIndex 200 .'
    found = measured(tmp_path, turtle)
    assert found.scores["articles"] == Score(1, 1, 0)
    assert found.mistakes == (Mistake("articles", "p.txt", "extra", "100-200"),)


def test_pages_without_annotations_are_left_out(tmp_path: Path) -> None:
    turtle = ARTICLE + '<b> a kg:Article ; kg:sourceFile "q.txt" ; nif:beginIndex 0 ; nif:endIndex 200 .'
    assert measured(tmp_path, turtle).mistakes == ()


def test_documents_nobody_looked_for_do_not_count(tmp_path: Path) -> None:
    without = {key: value for key, value in GOLD.items() if key != "documents"}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(without, ensure_ascii=False), encoding="utf-8")
    assert evaluate(graph(ARTICLE), read_gold([path])).scores["documents"] == Score()


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (None, None, True),
        (None, "2024-03-05", True),
        ("2024-03-05", None, False),
        ("2024-03-05", "2024-03-05", True),
        ("2024-03-05", "--03-05", False),
        ("2024-03-05", "2023-03-05", False),
        ("--03-05", "2023-03-05", True),
        ("--03-05", "--03-05", True),
        ("--03-05", "--03-15", False),
        ("2024-03-05", "2024-03", False),
    ],
)
def test_days(gold: str | None, found: str | None, same: bool) -> None:
    assert same_day(gold, found) is same


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("中国共产党青川县委员会", "青川县委"),
        ("青川县人民代表大会常务委员会", "青川县人大常委会"),
        ("中国人民政治协商会议青川县委员会", "青川县政协"),
        ("青川县发展和改革委员会", "青川县发改委"),
        ("青川县工商业联合会", "青川县工商联"),
        ("青川县人民政府办公室", "青川县政府办"),
        ("《关于(试行)的 办法》", "关于（试行）的办法"),
    ],
)
def test_names_that_are_the_same(left: str, right: str) -> None:
    assert normalisation().name(left) == normalisation().name(right)


def test_different_names_stay_different() -> None:
    names = ["中共中央办公厅", "青川县委", "青川县政府", "青川县委办公室", "青川县人大常委会", "青川县人大"]
    assert len(set(map(normalisation().name, names))) == len(names)


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 3)))
def test_figures_stay_between_0_and_1(counts: list[tuple[int, int, int]]) -> None:
    total = sum((Score(*count) for count in counts), Score())
    assert total == Score(*map(sum, zip(*counts, strict=True))) if counts else total == Score()
    assert 0 <= total.f1 <= 1
    assert min(total.precision, total.recall) - 1e-9 <= total.f1 <= max(total.precision, total.recall) + 1e-9


def test_a_floor_names_what_falls_below(tmp_path: Path) -> None:
    found = measured(tmp_path, ARTICLE.replace('"柏云舟"', '"柏云"'))
    assert found.below({"persons": 0.5, "articles": 1.0}) == ["persons: F1 0.0000 is below the floor of 0.5000"]
    assert found.below({"mean_f1": 0.99})[0].startswith("mean_f1: ")
    with pytest.raises(ValueError, match="songs"):
        found.below({"songs": 0.1})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "1: no JSON"),
        ("[]", "1: not an annotated article"),
        ('{"id": "1"}', "1: the key 'page' is missing"),
        (json.dumps(GOLD | {"posts": [["a"]]}), "1: not an annotated article"),
        (json.dumps(GOLD | {"begin": "x"}), "1: not an annotated article"),
    ],
)
def test_bad_annotations_are_named_by_line(line: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=reason):
        read_gold([path])


@pytest.mark.parametrize("which", ["seeds", "dev"])
def test_the_figures_are_those_of_the_independent_scorer(which: str, seeds: Path, gold: Path, score: Path, tmp_path: Path, kg: Run) -> None:
    articles = ROOT / "tests" / "articles"
    # An eighth of the sets: the scorer takes ten seconds for them.
    own = sorted(articles.glob("dev-[s-u]-*.txt"))
    annotations = [gold / "seeds.jsonl"] if which == "seeds" else sorted(articles.glob("dev-[s-u].jsonl"))
    assert len(annotations) == (1 if which == "seeds" else 3)
    dump = tmp_path / "dump.nq"
    assert kg("build", *([seeds] if which == "seeds" else own), "-o", dump).exit_code == 0
    # The scorer takes one zone of its pages by its short name too; our rules know no place.
    rules = normalisation()
    rules = replace(rules, other_forms=(*rules.other_forms, (re.compile("^郑州(?=经开区)"), "")))
    ours = evaluate(load_file(dump), read_gold(annotations), rules).figures()
    theirs = []
    for seed in range(3):
        out = tmp_path / f"{seed}.json"
        options = [option for path in annotations for option in ("--gold", str(path))]
        call = [sys.executable, str(score / "score.py"), str(dump), *options, "--json", str(out)]
        subprocess.run(call, check=True, capture_output=True, env={"PYTHONHASHSEED": str(seed)})
        theirs.append(json.loads(out.read_text(encoding="utf-8")))
    assert set(ours) == set(theirs[0]) == {*KINDS, "mean_f1"}
    for kind in KINDS:
        for key, value in ours[kind].items():
            # The scorer pairs two events of one class and day in no fixed order; then its own figures differ from run to run.
            runs = [figures[kind][key] for figures in theirs]
            assert min(runs) <= value <= max(runs), f"{kind} {key}"
    # Both round to four places, at different steps.
    means = [f["mean_f1"] for f in theirs]
    assert min(means) - 1e-4 <= ours["mean_f1"] <= max(means) + 1e-4


def test_what_a_hundred_papers_print_is_one_event(tmp_path: Path) -> None:
    lines = [str(quad.triple) for quad in graph(ARTICLE)]
    dump, gold = tmp_path / "dump.nq", tmp_path / "gold.jsonl"
    dump.write_text("".join(f"{line} <https://example.org/graph/{n}> .\n" for n in range(100) for line in lines), encoding="utf-8")
    gold.write_text(json.dumps(GOLD, ensure_ascii=False) + "\n", encoding="utf-8")
    # Joined by the graph of each paper, its facts are joined with those of all the others, which does not end.
    run = [sys.executable, "-m", "kg", "eval", str(gold), "--graph", str(dump), "--errors"]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert re.search(r"participants\s+1\.000\s+1\.000", done.stdout)
