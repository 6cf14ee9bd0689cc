"""``kg eval``: a graph against annotated articles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kg.commands import FILE, Failure, Unreadable, graph_option, opened, store_option
from kg.evaluation import Evaluation, Score, evaluate, read_gold
from kg.results import pad, width


@click.command("eval", short_help="Compare a graph with annotated articles.")
@click.argument("gold", type=FILE, nargs=-1, required=True, metavar="GOLD...")
@store_option
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--errors", is_flag=True, help="Print every missed and every extra fact.")
@click.option("--floor", type=FILE, metavar="FILE", help="JSON of the least F1 by kind; exit code 1 where one is not reached.")
@click.option("--section", metavar="NAME", help="Which floor, where the file holds several.")
def command(
    gold: tuple[Path, ...], store: Path, graphs: tuple[Path, ...], as_json: bool, errors: bool, floor: Path | None, section: str | None
) -> None:
    """Compare a graph with annotated articles (JSON Lines): figures for each kind of fact and each article."""
    least = _floor(floor, section) if floor is not None else {}
    found = evaluate(opened(store, graphs), read_gold(gold))
    if as_json:
        click.echo(json.dumps(found.details(), ensure_ascii=False, indent=1))
    else:
        click.echo(_kinds(found) + "\n" + _articles(found), nl=False)
        if errors:
            click.echo()
            for mistake in found.mistakes:
                click.echo(f"{mistake.kind}\t{mistake.article}\t{mistake.what}\t{mistake.text}")
    try:
        below = found.below(least)
    except ValueError as error:
        raise Unreadable(f"{floor}: {error}") from error
    if below:
        raise Failure("\nkg: ".join(below))


def _floor(path: Path, section: str | None) -> Mapping[str, float]:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Unreadable(f"{path}: no JSON: {error}") from error
    if section is not None:
        if not isinstance(content, dict) or section not in content:
            raise Unreadable(f"{path}: there is no section {section!r}")
        content = content[section]
    if not isinstance(content, dict) or not all(isinstance(value, int | float) for value in content.values()):
        raise Unreadable(f"{path}: a floor leads from kinds to numbers; where there are several, name one with --section")
    return content


def _kinds(found: Evaluation) -> str:
    lines = [f"{'':14} {'P':>6} {'R':>6} {'F1':>6}  {'right':>6} {'extra':>6} {'missed':>6}"]
    lines += [f"{kind:14} {_line(score)}" for kind, score in found.scores.items()]
    lines.append(f"{'mean F1':14} {'':6} {'':6} {found.mean_f1:6.3f}")
    return "\n".join(lines) + "\n"


def _articles(found: Evaluation) -> str:
    columns = max(map(width, found.articles), default=0)
    totals = {
        article: sum((score for kind, score in scores.items() if kind != "titles"), Score()) for article, scores in found.articles.items()
    }
    return "".join(f"{pad(article, columns)} {_line(score)}\n" for article, score in totals.items())


def _line(score: Score) -> str:
    return f"{score.precision:6.3f} {score.recall:6.3f} {score.f1:6.3f}  {score.right:6d} {score.extra:6d} {score.missed:6d}"
