"""How sure a fact is: the reader's own score for it → the share of facts of that score that were right on annotated pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from kg import resources

TENURE, BODILESS, EVENT, PARTICIPATION = FACTS = "tenure", "bodiless", "event", "participation"
Step = tuple[float, float]


class Calibration:
    """Steps by kind of fact: from which score on a fact is right how often. A kind without steps keeps its scores."""

    def __init__(self, steps: Mapping[str, Sequence[Step]]) -> None:
        self._scores = {kind: [score for score, _ in sorted(found)] for kind, found in steps.items()}
        self._shares = {kind: [share for _, share in sorted(found)] for kind, found in steps.items()}

    def share(self, kind: str, score: float) -> float:
        """The confidence of a fact, 0 to 1."""
        scores = self._scores.get(kind)
        return score if scores is None else self._shares[kind][max(0, bisect_right(scores, score) - 1)]


def fit(judged: Iterable[tuple[float, bool]], least: int) -> list[Step]:
    """Steps that never fall, each over ``least`` facts or more (pool adjacent violators): the score that begins each, the share right."""
    pools: list[tuple[float, int, int]] = []
    by_score: dict[float, list[bool]] = {}
    for score, right in judged:
        by_score.setdefault(score, []).append(right)
    for score, marks in sorted(by_score.items(), key=itemgetter(0)):
        pools.append((score, sum(marks), len(marks)))
        while len(pools) > 1 and (pools[-2][2] < least or pools[-1][1] * pools[-2][2] < pools[-2][1] * pools[-1][2]):
            _, right_here, all_here = pools.pop()
            begin, right_before, all_before = pools.pop()
            pools.append((begin, right_before + right_here, all_before + all_here))
    if len(pools) > 1 and pools[-1][2] < least:
        _, right_here, all_here = pools.pop()
        begin, right_before, all_before = pools.pop()
        pools.append((begin, right_before + right_here, all_before + all_here))
    # One more of each kind: no share is quite 0 or 1.
    return [(begin, round((right_count + 1) / (count + 2), 2)) for begin, right_count, count in pools]


def read(path: Path) -> Calibration:
    """The calibration in a table of kind, score and share. Raises ValueError with file and line for a row that is none."""
    steps: dict[str, list[Step]] = {}
    rows = [(n, line) for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if line and not line.startswith("#")]
    for n, line in rows[1:]:
        try:
            kind, score, share = line.split("\t")
            steps.setdefault(kind, []).append((float(score), float(share)))
        except ValueError as error:
            raise ValueError(f"{path}:{n}: a row is kind, score and share: {line!r}") from error
    return Calibration(steps)


@lru_cache(maxsize=1)
def load() -> Calibration:
    """The calibration that comes with the package."""
    return read(resources.folder("seeds") / "confidence.tsv")
