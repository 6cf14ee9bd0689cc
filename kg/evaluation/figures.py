"""What an evaluation says: counts of right, extra and missed facts, for each kind and each article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mean
from typing import Any

KINDS = (
    "articles", "reporters", "persons", "posts", "titles", "organizations", "places", "documents", "events", "organizers", "participants",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of facts. Where there is nothing to find and nothing was found, the figures are 1."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.extra + other.extra, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fact that is ``missed`` or ``extra``, or a ``span`` that is off, with the article's id."""

    kind: str
    article: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A found fact with the confidence that the graph gives it, and whether it is right.

    A role counts by itself. ``bodiless`` are posts in no known body: right where the person has such a title.
    """

    kind: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome. ``articles`` leads from an article's id to its scores; extra articles stand under their page."""

    articles: Mapping[str, Mapping[str, Score]]
    mistakes: tuple[Mistake, ...]
    judgements: tuple[Judgement, ...] = ()

    @property
    def scores(self) -> dict[str, Score]:
        return {kind: sum((scores[kind] for scores in self.articles.values() if kind in scores), Score()) for kind in KINDS}

    @property
    def mean_f1(self) -> float:
        """The mean over all kinds but ``titles``, which ``posts`` holds already."""
        return mean(score.f1 for kind, score in self.scores.items() if kind != "titles")

    def figures(self) -> dict[str, Any]:
        """The same figures for machines, rounded to four places."""
        return {**_figures(self.scores), "mean_f1": round(self.mean_f1, 4)}

    def details(self) -> dict[str, Any]:
        """The figures with those of each article and every mistake."""
        return {
            **self.figures(),
            "by_article": {article: _figures(scores) for article, scores in self.articles.items()},
            "mistakes": [{"kind": m.kind, "article": m.article, "what": m.what, "text": m.text} for m in self.mistakes],
        }

    def below(self, floor: Mapping[str, float]) -> list[str]:
        """What falls under a floor of F1 by kind (and ``mean_f1``): one sentence each. Raises ValueError for an unknown kind."""
        reached = {kind: score.f1 for kind, score in self.scores.items()} | {"mean_f1": self.mean_f1}
        unknown = sorted(set(floor) - set(reached))
        if unknown:
            raise ValueError(f"a floor for what is not measured: {', '.join(unknown)}; known: {', '.join(reached)}")
        return [
            f"{kind}: F1 {reached[kind]:.4f} is below the floor of {least:.4f}" for kind, least in floor.items() if reached[kind] < least
        ]


def _figures(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {
        kind: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "right": score.right,
            "extra": score.extra,
            "missed": score.missed,
        }
        for kind, score in scores.items()
    }
