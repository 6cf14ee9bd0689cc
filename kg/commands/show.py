"""``kg show``: the profile of a person, body or place."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import Failure, base_option, graph_option, opened, store_option
from kg.profile import NotFound, profile, render


@click.command("show", short_help="Print what is known of a person, body or place.")
@click.argument("name")
@store_option
@graph_option
@base_option
def command(name: str, store: Path, graphs: tuple[Path, ...], base: str) -> None:
    """Print the profile of every person, body and place of this NAME: posts, events, sources and more.

    Exit code 1 where nothing has the name; names like it are then proposed.
    """
    try:
        found = profile(opened(store, graphs), name, base)
    except NotFound as error:
        raise Failure(str(error)) from error
    click.echo(render(found, base), nl=False)
