"""``kg shapes``: the shapes in plain words."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

import click

from kg.commands import FILE, language_option
from kg.namespaces import prefixed
from kg.reports import View
from kg.resources import turtle_files
from kg.shapedoc import Described, describe, to_json, to_markdown, to_text

_FORMATS = {"text": to_text, "markdown": to_markdown, "json": to_json}


@click.command("shapes", short_help="Say in plain words what each shape demands, with examples.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--format", "form", type=click.Choice(list(_FORMATS)), default="text", show_default=True, help="Format on stdout.")
@click.option("--shapes", "files", type=FILE, multiple=True, metavar="FILE", help="Tell these shapes instead of the project's own.")
@language_option
def command(names: tuple[str, ...], form: str, files: tuple[Path, ...], language: str) -> None:
    """Say what each shape demands, of what, and how bad it is where that fails; with valid and invalid examples out of its own tests.

    NAME is a shape (kgs:Event-startDate, or without its prefix), several (Event-*), or a file of shapes (event).
    """
    described = describe(list(files) or turtle_files("shapes"), language)
    chosen = [shape for shape in described if not names or any(_is(shape, name) for name in names)]
    for name in names:
        if not any(_is(shape, name) for shape in described):
            known = {prefixed(shape.rule.iri).partition(":")[2] for shape in described} | {_stem(shape) for shape in described}
            close = get_close_matches(name.rpartition(":")[2], sorted(known), 1)
            raise click.UsageError(f"there is no shape {name!r}" + (f"; did you mean {close[0]}?" if close else ""))
    click.echo(_FORMATS[form](chosen, View(language)), nl=False)


def _is(shape: Described, name: str) -> bool:
    iri = prefixed(shape.rule.iri)
    return any(fnmatchcase(known, name) for known in (iri, iri.partition(":")[2], shape.rule.iri, _stem(shape)))


def _stem(shape: Described) -> str:
    return Path(shape.rule.file).stem
