"""Scores become the share that was right: never falling, whatever was judged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.confidence import FACTS, Calibration, fit, load, read

SCORES = st.floats(0, 1).map(lambda score: round(score, 2))


@given(st.lists(st.tuples(SCORES, st.booleans()), min_size=1), st.integers(1, 20))
def test_the_steps_never_fall_and_each_has_enough_facts(judged: list[tuple[float, bool]], least: int) -> None:
    steps = fit(judged, least)
    scores, shares = [score for score, _ in steps], [share for _, share in steps]
    assert scores == sorted(set(scores))
    assert all(0 < share < 1 for share in shares)
    sizes = [sum(low <= score < high for score, _ in judged) for low, high in zip(scores, [*scores[1:], 2.0], strict=True)]
    assert len(steps) == 1 or min(sizes) >= least


def test_a_score_has_the_share_of_its_step() -> None:
    judged = [(0.3, False)] * 8 + [(0.5, True)] * 4 + [(0.5, False)] * 4 + [(0.9, True)] * 18
    known = Calibration({"tenure": fit(judged, 8)})
    assert [known.share("tenure", score) for score in (0.1, 0.3, 0.49, 0.5, 0.9, 1.0)] == [0.1, 0.1, 0.1, 0.5, 0.95, 0.95]
    assert known.share("event", 0.42) == 0.42


def test_the_package_knows_every_kind_of_fact() -> None:
    assert all(load().share(kind, 0.0) <= load().share(kind, 1.0) < 1 for kind in FACTS)
    assert load().share("tenure", 1.0) > 0.9 > load().share("tenure", 0.0)


def test_a_row_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "confidence.tsv"
    table.write_text("# note\nfact\tscore\tshare\ntenure\t0.5\thalf\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"confidence\.tsv:3: "):
        read(table)
