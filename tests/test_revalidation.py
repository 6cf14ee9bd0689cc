"""`kg validate --changed` finds what a full check finds, whatever was added, replaced and removed since, and checks less."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from conftest import Run

from kg import revalidation
from kg.changes import JOURNAL, STATE, noted
from kg.engines.reads import Step, Unfollowed, ways
from kg.engines.shapes import ShapeGraph
from kg.loading import quads_of
from kg.namespaces import ID, KG, PREFIXES
from kg.resources import folder
from kg.revalidation import Again, validate_changed
from kg.store import facts, load_ontology, load_pages, open_store, remove_source
from kg.validation import data_shapes, validate

CASES = folder("shapes") / "cases"
WORLD = list(ox.parse(path=CASES / "world.ttl"))
TOPICS = [path.stem for path in data_shapes()]
INVALID = sorted(path for topic in TOPICS for path in (CASES / topic).glob("*.invalid.ttl"))
PREFIXED = (
    "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("sh", "schema", "rdfs", "skos")) + "@prefix ex: <http://x.org/> .\n"
)


def graph(name: str, triples: Iterable[ox.Quad | ox.Triple]) -> list[str]:
    """Triples as the graph of an article, by a page of its name."""
    article = ox.NamedNode(f"{ID}article/{name}")
    own = [
        ox.Quad(article, ox.NamedNode(PREFIXES["rdf"] + "type"), ox.NamedNode(KG + "Article"), article),
        ox.Quad(article, ox.NamedNode(KG + "sourceFile"), ox.Literal(f"{name}.txt"), article),
    ]
    quads = [*own, *(ox.Quad(t.subject, t.predicate, t.object, article) for t in triples)]
    return sorted({f"{quad} .\n" for quad in quads})


def put(store: Path, *pages: tuple[str, list[str]]) -> None:
    """What kg build does with pages."""
    opened = open_store(store)
    load_pages(opened, noted(opened, store, [(f"{name}.txt", lines) for name, lines in pages]))


def both(store: Path, shapes: list[Path] | None = None) -> Again:
    """Check what changed, and demand that a full check says the same."""
    again = validate_changed(store, shapes)
    whole = validate(facts(open_store(store, read_only=True)), shapes)
    assert again.report.findings == whole.findings
    assert (again.report.triples, again.report.shapes, again.report.engine) == (whole.triples, whole.shapes, whole.engine)
    return again


@pytest.fixture(scope="module")
def invalid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which every shape finds something: each invalid case in a graph of its own; checked once."""
    store = tmp_path_factory.mktemp("revalidation") / "store"
    load_ontology(open_store(store))
    put(store, ("world", graph("world", WORLD)), *((path.stem, graph(path.stem, ox.parse(path=path))) for path in INVALID))
    first = both(store)
    assert first.full == "it is the first check"
    assert len({finding.shape for finding in first.report.findings}) > 60
    return store


@pytest.fixture
def store(invalid: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(invalid, tmp_path / "store"))


def test_what_did_not_change_is_not_checked(store: Path) -> None:
    again = both(store)
    assert (again.nodes, again.full) == (0, None)
    put(store, (INVALID[0].stem, graph(INVALID[0].stem, ox.parse(path=INVALID[0]))))
    assert both(store).nodes == 0


@pytest.mark.parametrize("seed", range(2))
def test_any_change_leads_to_the_findings_of_a_full_check(seed: int, store: Path) -> None:
    """Articles lose and gain statements, take those of others, come, go, and change places with another."""
    chance = random.Random(seed)
    content = {path.stem: list(ox.parse(path=path)) for path in INVALID} | {"world": list(WORLD)}
    everything = [quad for quads in content.values() for quad in quads]
    partly = False
    for turn in range(3):
        names = chance.sample(sorted(content), 3)
        for name in names:
            quads = content[name]
            match chance.randrange(4):
                case 0:
                    quads = chance.sample(quads, len(quads) * 2 // 3)
                case 1:
                    quads = quads + chance.sample(everything, 5)
                case 2:
                    quads = []
                case _:
                    quads = content[chance.choice(names)]
            content[name] = quads
        content[f"new-{turn}"] = chance.sample(everything, 10)
        put(store, *((name, graph(name, content[name]) if content[name] else []) for name in (*names, f"new-{turn}")))
        again = both(store)
        partly = partly or again.full is None
        content = {name: quads for name, quads in content.items() if quads}
    assert partly


def test_a_finding_across_articles_comes_and_goes_with_the_other(tmp_path: Path, kg: Run) -> None:
    """A second head of one body, on another page: the warning is of both, and goes with either."""
    store, pages = tmp_path / "store", tmp_path / "pages"
    pages.mkdir()
    first = pages / "a-2024-03-05.txt"
    first.write_text("本报讯 3月5日,云岭区委书记温子墨到云岭社区调研。\n", encoding="utf-8")
    other = pages / "b-2024-03-05.txt"
    second = "本报讯 3月5日,云岭区委书记陶一舟到云岭社区调研。\n"
    assert kg("build", first, "--store", store).exit_code == 0

    def seats(say: str) -> int:
        result = kg("validate", "--store", store, "--changed", "--format", "json")
        assert say in result.stderr
        document = json.loads(result.stdout)
        assert document == json.loads(kg("validate", "--store", store, "--format", "json").stdout)
        return sum(finding["shape"].endswith("Tenure-singleSeat") for finding in document["findings"])

    assert seats("the whole store was checked: it is the first check") == 0
    other.write_text(second, encoding="utf-8")
    assert kg("build", other, "--store", store).exit_code == 0
    assert seats("nodes were checked again") == 1
    first.write_text("没有文章", encoding="utf-8")
    assert kg("build", pages, "--store", store).exit_code == 0
    assert seats("nodes were checked again") == 0


# What makes a full check


def without_journal(store: Path) -> None:
    (store / STATE).unlink()


def changed_shapes(store: Path) -> None:
    text = (store / STATE).read_text("utf-8")
    (store / STATE).write_text(text.replace('"key": "', '"key": "0'), encoding="utf-8")


def broken_state(store: Path) -> None:
    with (store / STATE).open("a") as file:
        file.write("[")


def broken_journal(store: Path) -> None:
    put(store, ("new", graph("new", [])))
    content = (store / JOURNAL).read_bytes()
    (store / JOURNAL).write_bytes(content[:-5])


def lost_journal(store: Path) -> None:
    put(store, ("new", graph("new", [])))
    (store / JOURNAL).unlink()


def otherwise(store: Path) -> None:
    assert remove_source(open_store(store), f"{INVALID[3].stem}.txt") == 1


def classes(store: Path) -> None:
    narrower = ox.Triple(ox.NamedNode("http://x.org/C"), ox.NamedNode(PREFIXES["rdfs"] + "subClassOf"), ox.NamedNode(KG + "Event"))
    put(store, ("new", graph("new", [narrower])))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_journal, "it is the first check"),
        (changed_shapes, "others than before"),
        (broken_state, "cannot be read"),
        (broken_journal, "journal of the builds cannot be read"),
        (lost_journal, "changed otherwise than by kg build"),
        (otherwise, "changed otherwise than by kg build"),
        (classes, "classes were changed"),
    ],
)
def test_where_it_cannot_go_on_it_checks_all_and_says_why(change: Callable[[Path], None], words: str, store: Path) -> None:
    change(store)
    again = both(store)
    assert words in (again.full or "")
    assert both(store).full is None


@pytest.mark.parametrize("few", [0, 5])
def test_where_much_changed_a_full_check_is_faster(few: int, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revalidation, "_FEW", few)
    put(store, *((path.stem, graph(path.stem, WORLD)) for path in INVALID[:10]))
    assert (both(store).full or "").startswith("much was changed")


def test_a_run_that_was_cut_off_after_its_state_was_written(store: Path) -> None:
    put(store, ("new", graph("new", ox.parse(path=INVALID[5]))))
    journal = (store / JOURNAL).read_bytes()
    validate_changed(store)
    (store / JOURNAL).write_bytes(journal)
    assert "changed otherwise" in (both(store).full or "")


def test_without_a_state_builds_note_nothing(tmp_path: Path) -> None:
    put(tmp_path / "store", ("a", graph("a", WORLD)))
    assert not (tmp_path / "store" / JOURNAL).exists()


def test_shapes_and_files_of_ones_own(store: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(f"{PREFIXED}ex:S a sh:NodeShape ; sh:targetClass <{KG}Person> ; sh:property [ sh:path rdfs:label ; sh:maxCount 0 ] .")
    assert "others than before" in (both(store, [shapes]).full or "")
    put(store, (INVALID[0].stem, []))
    assert both(store, [shapes]).full is None
    shapes.write_text(shapes.read_text() + f"ex:T a sh:NodeShape ; sh:closed true ; sh:targetClass <{KG}Person> .")
    both(store, [shapes])
    put(store, (INVALID[1].stem, []))
    assert both(store, [shapes]).full in ("of the shapes: a closed shape", None)


def test_usage(tmp_path: Path, kg: Run) -> None:
    (tmp_path / "a.ttl").write_text("")
    for more in ([tmp_path / "a.ttl"], ["--engine", "pyshacl"], ["--self-test"]):
        assert kg("validate", "--changed", *more).exit_code == 2
    assert kg("validate", "--changed", "--store", tmp_path / "none").exit_code == 3


# How shapes are followed


def followed(constraint: str) -> set[str]:
    """The ways of one shape, short: ``p/^q/r*``."""
    declared = "ex:s sh:declare [ sh:prefix 'ex' ; sh:namespace 'http://x.org/' ] ."
    text = f"{PREFIXED} {declared} ex:S a sh:NodeShape ; sh:targetNode ex:x ; {constraint} ."

    def short(step: Step) -> str:
        return ("^" if step.inverse else "") + step.predicate.rpartition("/")[2].rpartition("#")[2] + ("*" if step.many else "")

    found = ways(ShapeGraph(ox.parse(text, ox.RdfFormat.TURTLE)))
    return {"/".join(map(short, way)) for way in found} - {"type"}


def asked(query: str) -> set[str]:
    return followed(f'sh:sparql [ sh:select """SELECT $this WHERE {{ {query} }}""" ; sh:prefixes ex:s ]')


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("sh:property [ sh:path ex:p ; sh:minCount 1 ]", "p"),
        ("sh:property [ sh:path ex:p ; sh:class ex:C ]", "p p/type"),
        ("sh:property [ sh:path ( ex:p [ sh:inversePath ex:q ] [ sh:zeroOrMorePath ex:r ] ) ; sh:equals ex:e ]", "p p/^q p/^q/r* e"),
        ("sh:property [ sh:path [ sh:alternativePath ( ex:p ex:q ) ] ; sh:node [ sh:property [ sh:path ex:r ] ] ]", "p q p/r q/r"),
        ("sh:or ( [ sh:path ex:p ; sh:lessThan ex:q ] [ sh:not [ sh:class ex:C ] ] )", "p q"),
    ],
)
def test_ways_of_core_constraints(constraint: str, expected: str) -> None:
    assert followed(constraint) == set(expected.split())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("$this ex:p ?v ; ex:q ?w .", "p q"),
        ("$this ex:p ?v . ?w ex:q ?v ; ex:r 'x'@en, 1 .", "p p/^q p/^q/r"),
        ("$this ex:p/ex:q* ?v . FILTER NOT EXISTS { ?v a ex:C }", "p p/q* p/q*/type"),
        ("$this ex:p ?v . FILTER (?v != 1 || EXISTS { ?v ex:q ?w . ?w ex:r ?x })", "p p/q p/q/r"),
        ("{ $this ex:p ?v . ?v ex:r 1 } UNION { $this ex:q ?v . ?v ex:r 2 }", "p p/r q q/r"),
        ("OPTIONAL { $this ex:p ?v ; } $this ex:q ?w", "p q"),
        ("?v <http://x.org/p> $this .", "^p"),
    ],
)
def test_ways_of_queries(query: str, expected: str) -> None:
    assert asked(query) == set(expected.split())


@pytest.mark.parametrize(
    "query",
    [
        "{ $this ex:p ?v } UNION { $this ex:q ?v } ?v ex:r ?w",  # what is read of ?v depends on where it comes from
        "$this ex:p ?v . ?a ex:q ?b",
        "$this (ex:p|ex:q) ?v",
        "$this ^ex:p ?v",
        "$this ex:p [ ex:q 1 ]",
        "$this ?p ?v",
    ],
)
def test_queries_that_cannot_be_followed(query: str) -> None:
    with pytest.raises(Unfollowed):
        asked(query)


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:closed true",
        "sh:property [ sh:path [ sh:zeroOrMorePath ( ex:p ex:q ) ] ]",
        "sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedValueShapesDisjoint true ]",
    ],
)
def test_core_constraints_that_cannot_be_followed(constraint: str) -> None:
    with pytest.raises(Unfollowed):
        followed(constraint)


def test_our_own_shapes_are_followed() -> None:
    found = ways(ShapeGraph(quads_of(data_shapes(), base=True)))
    assert len(found) > 60
    assert (Step(KG + "post"), Step(KG + "post", True)) in found
