"""``kg export``: the store as a folder to publish."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands import FILE, store_option
from kg.export import FolderError, check_folder, export
from kg.progress import Progress
from kg.store import open_store


def _replaceable(ctx: click.Context, param: click.Parameter, folder: Path) -> Path:
    """Refuse what must not be replaced before anything is read."""
    try:
        check_folder(folder)
    except FolderError as error:
        raise click.BadParameter(str(error)) from error
    return folder


@click.command("export", short_help="Write the store as dumps by month, with VoID and checksums.")
@click.argument("folder", type=FILE, metavar="DIR", callback=_replaceable)
@store_option
@click.option("--gzip", "packed", is_flag=True, help="Pack the dumps (.nq.gz .ttl.gz .jsonld.gz).")
def command(folder: Path, store: Path, packed: bool) -> None:
    """Write a folder to publish: N-Quads, Turtle and JSON-LD for each month of issue (articles/2024-05.nq …, articles/undated.nq),
    the standing facts and the ontology, VoID (void.ttl), checksums (SHA256SUMS), and how to load it all (README.md).

    The same store gives the same bytes. An earlier export in DIR is replaced; a folder with other files is refused.
    """
    opened = open_store(store, read_only=True)
    with Progress(sum(1 for _ in opened.named_graphs())) as progress:
        parts = export(opened, folder, packed, lambda article: progress.advance(Path(article), 0))
    months = sum(part.month is not None for part in parts)
    articles, statements = (sum(counts) for counts in zip(*((part.articles, part.quads) for part in parts), strict=True))
    click.echo(f"{articles} articles of {months} months, {statements} statements → {folder}", err=True)
