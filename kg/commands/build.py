"""``kg build``: pages → graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from kg import store as stores
from kg import writers
from kg.changes import noted
from kg.commands import FILE, Unreadable, base_option, date_option, echo_problems, given, store_option
from kg.pipeline import Builder, Problem, find_pages
from kg.progress import Progress


def _writable(ctx: click.Context, param: click.Parameter, out: Path | None) -> Path | None:
    """Refuse what cannot be written before any page is read."""
    if out is not None:
        try:
            writers.format_of(out)
        except ValueError as error:
            raise click.BadParameter(str(error)) from error
        if not out.parent.is_dir():
            raise click.BadParameter(f"{out}: there is no folder {out.parent}")
    return out


@click.command("build", short_help="Read pages and write their graph into a file or the store.")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--out", type=FILE, callback=_writable, help="Write this file; its suffix is the format. Without it: into the store.")
@store_option
@date_option
@base_option
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, help="Leave out facts that are less sure.")
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], out: Path | None, store: Path, day: datetime | None, base: str, min_confidence: float
) -> None:
    """Read pages (text files; folders are searched for *.txt) and write their graph.

    The file's format is told by its suffix: .ttl .nt .nq .trig .jsonld, each also with .gz.

    The store knows a page by its file name, without folders. What it had of a page of that name goes before the page's articles
    come in, also when that page lay in another folder (a line on stderr says so); pages of one name in one build are kept
    together.

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
    builder = Builder(base, issued, min_confidence)
    with Progress(len(pages)) as progress:
        if out is not None:
            build = builder.build(pages, on_page=progress.advance)
            writers.write(build.blocks, out)
            articles, statements, problems = build.articles, len(build), build.problems
        else:
            articles, statements, problems = _into_store(store, builder, pages, progress)
    echo_problems(problems)
    click.echo(f"{len(pages)} pages, {articles} articles, {statements} statements → {out or store}", err=True)
    if missing or any(problem.level == "error" for problem in problems):
        ctx.exit(Unreadable.exit_code)


def _pages(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    missing = [path for path in paths if not path.exists()]
    return find_pages([path for path in paths if path not in missing]), missing


def _into_store(folder: Path, builder: Builder, pages: Sequence[Path], progress: Progress) -> tuple[int, int, list[Problem]]:
    """Counts of articles and statements, and the problems. Page after page: only a part of the graph is in memory at a time."""
    problems: list[Problem] = []
    articles: list[int] = []
    paths: dict[str, Path] = {}

    def taken() -> Iterator[tuple[str | None, list[str]]]:
        for built in builder.stream(pages):
            articles.append(len(built.articles))
            problems.extend(built.problems)
            # A page that could not be read stays in the store as it was; one whose name this build had already adds to it.
            yield None if built.name in paths else built.name, built.blocks
            if built.name is not None:
                paths.setdefault(built.name, built.path)
            progress.advance(built.path, len(built.articles))

    store = stores.open_store(folder)
    stores.load_ontology(store)
    statements, gone = stores.load_pages(store, noted(store, folder, taken()))
    stores.remember_pages(folder, paths.values())
    for name, count in gone.items():
        problems.append(Problem(paths[name], f"replaces a page of this name; {count} of its articles are gone", None, "warning"))
    return sum(articles), statements, problems
