"""``kg validate``: the shapes over a graph."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from kg.commands import FILE, given, language_option, sources_option, store_option
from kg.reports import FORMATS, SUFFIXES, View, exit_code, form_of, render
from kg.store import facts, known_pages, open_store
from kg.validation import Report, Severity, validate

_SUFFIX_HELP = ", ".join(suffix if suffix[1:] == form else f"{suffix} ({form})" for suffix, form in SUFFIXES.items())


def _known_suffixes(ctx: click.Context, param: click.Parameter, files: tuple[Path, ...]) -> tuple[Path, ...]:
    for file in files:
        if file.suffix not in SUFFIXES:
            raise click.BadParameter(f"{file.name}: the suffix must be one of {', '.join(SUFFIXES)}")
    return files


@click.command("validate", short_help="Check a graph against the shapes; say what is wrong and where.")
@click.argument("data", type=FILE, nargs=-1, metavar="[DATA]...")
@store_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="Format on stdout.")
@click.option(
    "--report",
    "files",
    type=FILE,
    multiple=True,
    callback=_known_suffixes,
    metavar="FILE",
    help=f"Write the report here too, in the format of the suffix: {_SUFFIX_HELP}; may be given again.",
)
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
    files: tuple[Path, ...],
    fail_on: str,
    shapes: tuple[Path, ...],
    sources: tuple[Path, ...],
    language: str,
) -> None:
    """Check graph files, or the store where none is named, against the shapes.

    text is for people; turtle and json hold every finding; sarif, junit and github are read by build servers; markdown and html are
    pages. All but turtle and json list the first findings of each shape and count the rest.

    Exit code 0: no finding at or above --fail-on; 1: there are some; 2: usage; 3: data or shapes that cannot be read.
    """
    if data and given(ctx, "store"):
        raise click.UsageError("choose one: files or --store")
    findings = _checked(data, store, shapes, sources)
    if not findings.triples:
        click.echo("kg: there is nothing to check: the data hold no statements", err=True)
    view = View(language, Severity[fail_on.upper()], shapes or None)
    for file in files:
        file.write_text(render(findings, form_of(file), view=view), encoding="utf-8", newline="\n")
    if sys.stdout.isatty():
        view = replace(view, color=True, width=shutil.get_terminal_size().columns)
    click.echo(render(findings, form, view=view), nl=False)
    ctx.exit(exit_code(findings, fail_on))


def _checked(data: Sequence[Path], store: Path, shapes: Sequence[Path], sources: Sequence[Path]) -> Report:
    if data:
        return validate(list(data), list(shapes) or None, sources=sources)
    return validate(facts(open_store(store, read_only=True)), list(shapes) or None, sources=sources or known_pages(store))
