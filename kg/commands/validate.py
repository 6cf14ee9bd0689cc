"""``kg validate``: the shapes over a graph."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from kg.commands import FILE, given, language_option, sources_option, store_option
from kg.reports import FORMATS, exit_code, render
from kg.store import facts, known_pages, open_store
from kg.validation import Report, Severity, validate

_SUFFIXES: Final = {".ttl": "turtle", ".json": "json", ".txt": "text"}


def _report_suffix(ctx: click.Context, param: click.Parameter, report: Path | None) -> Path | None:
    if report is not None and report.suffix not in _SUFFIXES:
        raise click.BadParameter(f"{report.name}: the suffix must be one of {', '.join(_SUFFIXES)}")
    return report


@click.command("validate", short_help="Check a graph against the shapes; say what is wrong and where.")
@click.argument("data", type=FILE, nargs=-1, metavar="[DATA]...")
@store_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Format on stdout.")
@click.option("--report", type=FILE, callback=_report_suffix, metavar="FILE", help="Write the report here too: .ttl, .json or .txt.")
@click.option(
    "--fail-on",
    type=click.Choice([severity.name.lower() for severity in sorted(Severity, reverse=True)]),
    default="violation",
    show_default=True,
    help="The mildest finding for which the exit code is 1.",
)
@click.option("--shapes", type=FILE, multiple=True, metavar="FILE", help="Use these shapes instead of the project's own.")
@sources_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    data: tuple[Path, ...],
    store: Path,
    form: str,
    report: Path | None,
    fail_on: str,
    shapes: tuple[Path, ...],
    sources: tuple[Path, ...],
    language: str,
) -> None:
    """Check graph files, or the store where none is named, against the shapes.

    Exit code 0: no finding at or above --fail-on; 1: there are some; 2: usage; 3: data or shapes that cannot be read.
    """
    if data and given(ctx, "store"):
        raise click.UsageError("choose one: files or --store")
    findings = _checked(data, store, shapes, sources)
    if not findings.triples:
        click.echo("kg: there is nothing to check: the data hold no statements", err=True)
    if report is not None:
        report.write_text(render(findings, _SUFFIXES[report.suffix], language), encoding="utf-8")
    click.echo(render(findings, form, language), nl=False)
    ctx.exit(exit_code(findings, fail_on))


def _checked(data: Sequence[Path], store: Path, shapes: Sequence[Path], sources: Sequence[Path]) -> Report:
    if data:
        return validate(list(data), list(shapes) or None, sources=sources)
    return validate(facts(open_store(store, read_only=True)), list(shapes) or None, sources=sources or known_pages(store))
