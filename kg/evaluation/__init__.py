"""How good a graph is: compared with annotated articles."""

from kg.evaluation.comparison import evaluate
from kg.evaluation.figures import KINDS, Evaluation, Mistake, Score
from kg.evaluation.gold import GoldArticle, GoldError, normalisation, read_gold

__all__ = ["KINDS", "Evaluation", "GoldArticle", "GoldError", "Mistake", "Score", "evaluate", "normalisation", "read_gold"]
