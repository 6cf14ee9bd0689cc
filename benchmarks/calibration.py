"""How often a fact is right that the graph gives a confidence; and the table by which the reader's scores become confidence.

    python benchmarks/calibration.py [--fit] [--out benchmarks/calibration.md]

Input: the annotated pages of tests/articles. ``--fit``: scores are fitted (steps that never fall) and written to
seeds/confidence.tsv: those of the pages held out, since a score promises more on pages whose errors were mended; a kind of
fact with few of them there, of the pages developed on. Output, always: the facts by confidence, and how many of them are
right: for the pages held out, each part by the steps of the others; for the pages developed on, by the table.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from kg import confidence
from kg.confidence import BODILESS, EVENT, PARTICIPATION, TENURE, Calibration, Step
from kg.evaluation import evaluate, read_gold
from kg.evaluation.figures import Judgement
from kg.pipeline import Builder, find_pages
from kg.store import load_file
from kg.writers import write

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "tests" / "articles"
TABLE = ROOT / "seeds" / "confidence.tsv"
# A step over fewer facts tells little: with 80 facts of which 72 are right, 0.9 is known to a thirtieth.
LEAST = 80
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
FACTS = {"posts": TENURE, "bodiless": BODILESS, "events": EVENT, "participants": PARTICIPATION}


def judged(annotations: Sequence[Path], calibration: Calibration | None) -> tuple[Judgement, ...]:
    gold = read_gold(annotations)
    pages = {article.page for article in gold}
    build = Builder(calibration=calibration).build([page for page in find_pages([ARTICLES]) if page.name in pages])
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "dump.nq"
        write(build.blocks, dump)
        return evaluate(load_file(dump), gold).judgements


def scores(judgements: Sequence[Judgement]) -> dict[str, list[tuple[float, bool]]]:
    out: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for judgement in judgements:
        out[FACTS[judgement.kind]].append((judgement.confidence, judgement.right))
    return out


def fit(held: Sequence[Judgement], developed: Sequence[Judgement], least: int) -> dict[str, list[Step]]:
    """Steps by kind, of the pages held out where they hold twice ``least`` facts of the kind: one step says nothing of a score."""
    unseen, seen = scores(held), scores(developed)
    return {k: confidence.fit(unseen[k] if len(unseen[k]) >= 2 * least else seen[k], least) for k in FACTS.values() if seen[k]}


def rows(steps: dict[str, list[Step]]) -> str:
    out = ["# The share of facts of a score that were right on annotated pages: made by benchmarks/calibration.py --fit.",
           "# bodiless: a post in no known body; right is its title.",
           "fact\tscore\tshare"]  # fmt: skip
    out += [f"{kind}\t{begin:.2f}\t{share:.2f}" for kind, found in steps.items() for begin, share in found]
    return "\n".join(out) + "\n"


def table(title: str, judgements: Sequence[Judgement]) -> str:
    lines = [f"## {title}", "", "| fact | confidence | facts | right | share right |", "| --- | --- | ---: | ---: | ---: |"]
    for kind in FACTS:
        for low, high in pairwise(BANDS):
            marks = [j.right for j in judgements if j.kind == kind and low <= j.confidence < high]
            if marks:
                top = min(high, 1.0)
                lines.append(f"| {kind} | {low:.2f} to {top:.2f} | {len(marks)} | {sum(marks)} | {sum(marks) / len(marks):.2f} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "calibration.md")
    options = parser.parse_args()
    developed, held = sorted(ARTICLES.glob("dev-*.jsonl")), sorted(ARTICLES.glob("held-*.jsonl"))
    raw = Calibration({})
    seen, halves = judged(developed, raw), [[path] for path in held]
    unseen = [judged(half, raw) for half in halves]
    if options.fit:
        TABLE.write_text(rows(fit([j for found in unseen for j in found], seen, LEAST)), encoding="utf-8")
        confidence.load.cache_clear()
    # No part is judged by steps that it helped to fit.
    others = [[j for k, found in enumerate(unseen) if k != n for j in found] for n in range(len(halves))]
    fresh = [j for half, other in zip(halves, others, strict=True) for j in judged(half, Calibration(fit(other, seen, LEAST)))]
    head = "# Confidence\n\nHow often facts were right, by the confidence that the graph gives them (`benchmarks/calibration.py`).\n"
    text = "\n".join(
        [head, table("Pages held out, each part by the steps of the others", fresh), table("Pages developed on", judged(developed, None))]
    )
    options.out.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
