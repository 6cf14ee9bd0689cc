"""``kg build``: pages → graph."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from kg import graph, store
from kg.commands import FILE, Unreadable, base_option, given, store_option
from kg.pipeline import Builder, find_pages
from kg.progress import Progress


def _writable(ctx: click.Context, param: click.Parameter, out: Path | None) -> Path | None:
    """Refuse what cannot be written before any page is read."""
    if out is not None:
        try:
            graph.format_of(out)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
        if not out.parent.is_dir():
            raise click.BadParameter(f"{out}: there is no folder {out.parent}")
    return out


@click.command("build", short_help="Read pages and write their graph into a file or the store.")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--out", type=FILE, callback=_writable, help="Write this file; its suffix is the format. Without it: into the store.")
@store_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The issue date of all the pages.")
@base_option
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out facts that are less sure.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], out: Path | None, store: Path, day: datetime | None, base: str, min_confidence: float
) -> None:
    """Read pages (text files; folders are searched for *.txt) and write their graph.

    The file's format is told by its suffix: .ttl .nt .nq .trig .jsonld, each also with .gz. In the store an article that was
    there already is replaced.

    Input that cannot be read is named on stderr with file and line, the rest is built, and the exit code is 3.
    """
    if out is not None and given(ctx, "store"):
        raise click.UsageError("choose one: -o/--out or --store")
    pages, missing = _pages(paths)
    for path in missing:
        click.echo(f"{path}: no such file or folder", err=True)
    if not pages:
        raise Unreadable("no pages to read (*.txt)")
    issued: date | None = day.date() if day else None
    with Progress(len(pages)) as progress:
        build = Builder(base, issued, min_confidence).build(pages, on_page=progress.advance)
    for problem in build.problems:
        click.echo(str(problem) if problem.level == "error" else f"{problem} (warning)", err=True)
    _write(build.lines, out, store)
    click.echo(f"{len(pages)} pages, {build.articles} articles, {len(build.lines)} statements → {out or store}", err=True)
    if missing or any(problem.level == "error" for problem in build.problems):
        ctx.exit(Unreadable.exit_code)


def _pages(paths: tuple[Path, ...]) -> tuple[list[Path], list[Path]]:
    missing = [path for path in paths if not path.exists()]
    return find_pages([path for path in paths if path not in missing]), missing


def _write(lines: list[str], out: Path | None, folder: Path) -> None:
    if out is not None:
        graph.write(lines, out)
    else:
        store.load(store.open_store(folder), lines)
