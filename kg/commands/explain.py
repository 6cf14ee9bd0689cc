"""``kg explain``: the sentences behind a fact."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import Failure, base_option, graph_option, opened, sources_option, store_option
from kg.profile import NotFound, explain, render_sentences
from kg.store import known_pages


@click.command("explain", short_help="Print the sentences behind a fact, with file and line.")
@click.argument("iri")
@store_option
@graph_option
@sources_option
@base_option
def command(iri: str, store: Path, graphs: tuple[Path, ...], sources: tuple[Path, ...], base: str) -> None:
    """Print the words on which a fact rests: IRI is that of an event, tenure, participation or statement, in full or without
    its base, as kg query prints it.

    Where the page is found, the whole sentence and its line; else the words and where they begin and end. Exit code 1 where the
    graph has nothing to say.
    """
    try:
        found = explain(opened(store, graphs), iri, sources or ([] if graphs else known_pages(store)), base)
    except NotFound as error:
        raise Failure(str(error)) from error
    click.echo(render_sentences(found), nl=False)
