"""The reader's quality: no figure falls under the floor in tests/articles/floor.json."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Run

from kg.evaluation import KINDS, evaluate, read_gold
from kg.store import load_file

ARTICLES = ROOT / "tests" / "articles"
PAGES = [ARTICLES, ROOT / "seeds" / "pages"]
FLOOR = json.loads((ARTICLES / "floor.json").read_text(encoding="utf-8"))


def test_there_is_a_floor_for_every_kind() -> None:
    assert {section: set(floor) for section, floor in FLOOR.items()} == {
        section: {*KINDS, "mean_f1"} for section in ("seeds", "dev", "held")
    }


def test_the_annotated_pages_are_all_there() -> None:
    gold = read_gold(sorted(ARTICLES.glob("*.jsonl")))
    assert len(gold) >= 40
    assert len({article.id for article in gold}) == len(gold)
    assert {article.page for article in gold} == {path.name for folder in PAGES for path in folder.glob("*.txt")}


def reached(pages: list[Path], annotations: list[Path], section: str, tmp_path: Path, kg: Run) -> list[str]:
    """The figures under their floor; on a failure of a set that we develop on, its mistakes too."""
    dump = tmp_path / "dump.nq"
    result = kg("build", *pages, "-o", dump)
    assert result.exit_code == 0, result.stderr
    found = evaluate(load_file(dump), read_gold(annotations))
    below = found.below(FLOOR[section])
    if below and section != "held":
        below += [f"{m.kind}\t{m.article}\t{m.what}\t{m.text}" for m in found.mistakes]
    return below


def test_our_own_pages_are_read_as_well_as_before(tmp_path: Path, kg: Run) -> None:
    annotations = [*sorted(ARTICLES.glob("dev-*.jsonl")), ARTICLES / "pages.jsonl"]
    assert len(annotations) >= 3
    assert not reached(PAGES, annotations, "dev", tmp_path, kg)


def test_the_pages_held_out_are_read_as_well_as_before(tmp_path: Path, kg: Run) -> None:
    """Only the figures are looked at, never the mistakes: these pages tell how the reader does on text that it was not made for."""
    annotations = sorted(ARTICLES.glob("held-*.jsonl"))
    assert annotations
    assert not reached(PAGES, annotations, "held", tmp_path, kg)


def test_the_sample_pages_are_read_as_well_as_before(seeds: Path, gold: Path, tmp_path: Path, kg: Run) -> None:
    assert not reached([seeds], [gold / "seeds.jsonl"], "seeds", tmp_path, kg)


@pytest.mark.parametrize("section", ["seeds", "dev", "held"])
def test_a_floor_lies_between_0_and_1(section: str) -> None:
    assert all(0 <= value <= 1 for value in FLOOR[section].values())
