"""``kg validate``: the shapes over a graph."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg import baseline as baselines
from kg import cases
from kg.commands import FILE, Done, Unreadable, date_option, echo_problems, given, language_option, sources_option, store_option
from kg.engines.checking import AUTO, ENGINES, PYSHACL
from kg.findings import Report, Severity
from kg.namespaces import prefixed
from kg.progress import Progress
from kg.read import UnreadableInput
from kg.reports import FORMATS, SUFFIXES, View, exit_code, form_of, render
from kg.reports.catalogue import declared
from kg.revalidation import validate_changed
from kg.store import facts, known_pages, open_store
from kg.validation import checked_with, data_shapes
from kg.validation import report as with_words
from kg.waivers import Waiver
from kg.waivers import apply as apply_waivers
from kg.waivers import read as read_waivers

if TYPE_CHECKING:
    from kg.gathering import Gathered

_SAY_ENGINE = ("text", "json")
_SUFFIX_HELP = ", ".join(suffix if suffix[1:] == form else f"{suffix} ({form})" for suffix, form in SUFFIXES.items())


def _known_suffixes(ctx: click.Context, param: click.Parameter, files: tuple[Path, ...]) -> tuple[Path, ...]:
    for file in files:
        if file.suffix not in SUFFIXES:
            raise click.BadParameter(f"{file.name}: the suffix must be one of {', '.join(SUFFIXES)}")
    return files


@click.command("validate", short_help="Check pages or a graph against the shapes; say what is wrong and where.")
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
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=AUTO,
    show_default=True,
    help="What checks: auto is the fastest that is proven equal to pyshacl on the shapes at hand.",
)
@sources_option
@date_option
@click.option("--baseline", type=FILE, metavar="FILE", help="Report only what this file does not know yet.")
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline: from now on they are known.")
@click.option("--waivers", type=FILE, multiple=True, metavar="FILE", help="Let pass what these waivers name (Turtle); may be given again.")
@click.option("--changed", is_flag=True, help="Check the store again only where builds changed it since the last --changed.")
@click.option("--self-test", is_flag=True, help="Check the shapes instead: by the cases that lie beside them.")
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
    engine: str,
    sources: tuple[Path, ...],
    day: datetime | None,
    baseline: Path | None,
    update_baseline: bool,
    waivers: tuple[Path, ...],
    changed: bool,
    self_test: bool,
    language: str,
) -> None:
    """Check graph files and pages (*.txt, which are built in memory), or the store where none is named, against the shapes.

    text is for people; turtle and json hold every finding; sarif, junit and github are read by build servers; markdown and html are
    pages. All but turtle and json list the first findings of each shape and count the rest.

    --changed notes in the store's folder what was found; from then on, builds note there what they change, and the next --changed checks
    only what shapes may say otherwise since. Its findings are those of a full check.

    What the baseline knows and what is waived is counted, not listed, and does not fail.

    Exit code 0: no finding at or above --fail-on; 1: there are some; 2: usage; 3: data, shapes, baseline or waivers that cannot be
    read (pages that can are still checked).
    """
    view = View(language, Severity[fail_on.upper()], shapes or None)
    if self_test:
        if data or changed or given(ctx, "store"):
            raise click.UsageError("--self-test checks the shapes, no data")
        ctx.exit(_self_test(list(shapes) or data_shapes(), engine, view))
    if data and given(ctx, "store"):
        raise click.UsageError("choose one: files or --store")
    if baseline is None and update_baseline:
        raise click.UsageError("--update-baseline: name the file with --baseline")
    if baseline is not None and not update_baseline and not baseline.is_file():
        raise click.UsageError(f"{baseline}: there is no baseline yet; --update-baseline writes one")
    if changed and (data or engine == PYSHACL):
        raise click.UsageError("--changed is for a store, and goes on from what a fast engine found: not with files or --engine pyshacl")
    passing = [waiver for path in waivers for waiver in read_waivers(path)]
    gathered = _gathered(data, day) if data else None
    places = sources or (gathered.pages if gathered else tuple(known_pages(store)))
    held = None
    if changed:
        report = _changed(store, shapes, places, engine)
    else:
        quads = gathered.data if gathered else facts(open_store(store, read_only=True))
        held, wanted = checked_with(quads, list(shapes) or None, engine=engine)
        report = with_words(held, wanted, held.count, places)
    if form not in _SAY_ENGINE:
        click.echo(f"kg: checked by {report.engine}{f': {report.reason}' if report.reason else ''}", err=True)
    findings = _waived(report, passing)
    if baseline is not None:
        findings = _compared(findings, baseline, update_baseline)
    if not findings.triples:
        click.echo("kg: there is nothing to check: the data hold no statements", err=True)
    for file in files:
        file.write_text(render(findings, form_of(file), view=view), encoding="utf-8", newline="\n")
    if sys.stdout.isatty():
        view = replace(view, color=True, width=shutil.get_terminal_size().columns)
    click.echo(render(findings, form, view=view), nl=False)
    unread = gathered is not None and any(problem.level == "error" for problem in gathered.problems)
    raise Done(Unreadable.exit_code if unread else exit_code(findings, fail_on), held)


def _self_test(shapes: Sequence[Path], engine: str, view: View) -> int:
    """Print what is not as the shapes' cases expect, and a summary; the exit code."""
    folders = dict.fromkeys(path.parent / cases.FOLDER for path in shapes)
    found = {folder: cases.cases(folder) for folder in folders}
    checks = wrong = 0
    for folder, members in found.items():
        for check in cases.run(folder, shapes, members, engine):
            checks, wrong = checks + 1, wrong + (not check.right)
            for name, rows in (("missing", check.missing), ("extra", check.extra)):
                for row in rows:
                    click.echo(f"{check.file}: {view.word(name)}: {cases.shown(row)}")
    expected = {row[0] for members in found.values() for case in members for row in case.expected}
    untested = [prefixed(rule.iri) for path in shapes for rule in declared(path) if rule.iri not in expected]
    if untested:
        click.echo(f"{view.word('untested')}: {', '.join(untested)}")
    count = sum(map(len, found.values()))
    click.echo(view.word("failed" if wrong else "tested", n=count, checks=checks, wrong=wrong))
    return int(wrong > 0)


def _changed(store: Path, shapes: Sequence[Path], places: Sequence[Path], engine: str) -> Report:
    again = validate_changed(store, list(shapes) or None, sources=places, engine=engine)
    told = f"the whole store was checked: {again.full}" if again.full else f"{again.nodes} nodes were checked again"
    click.echo(f"kg: {told}", err=True)
    return again.report


def _gathered(data: Sequence[Path], day: datetime | None) -> Gathered:
    from kg.gathering import gather, pages_of  # with the reader of pages, which takes its time

    for path in data:
        if not path.exists():
            raise UnreadableInput(path, "No such file or folder")
    pages = pages_of(data)
    with Progress(len(pages)) as progress:
        checked = gather(data, pages, day.date() if day else None, progress.advance)
    echo_problems(checked.problems)
    return checked


def _waived(report: Report, waivers: Sequence[Waiver]) -> Report:
    passed = apply_waivers(report, waivers, date.today())
    for waiver, count in passed.expired:
        click.echo(f"{waiver.place}: expired on {waiver.expires}; it no longer waives {count} findings", err=True)
    for waiver in passed.idle:
        click.echo(f"{waiver.place}: waives nothing", err=True)
    return passed.report


def _compared(report: Report, path: Path, update: bool) -> Report:
    known = baselines.read(path) if path.is_file() else []
    compared, stale = baselines.compare(report, known)
    if not update:
        if stale:
            click.echo(f"{path}: {len(stale)} entries are no longer found; --update-baseline drops them", err=True)
        return compared
    baselines.write(path, report.findings)
    click.echo(f"{path}: {len(report.findings)} findings ({len(compared.findings)} added, {len(stale)} dropped)", err=True)
    return replace(report, findings=(), known=report.findings)
