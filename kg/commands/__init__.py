"""One command a module, named ``command``; what they share stands here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click
from pyoxigraph import NamedNode, Store

from kg.namespaces import ID
from kg.store import DEFAULT, load_file, load_ontology, open_store

if TYPE_CHECKING:
    from kg.pipeline import Problem


class Failure(click.ClickException):
    """A message on stderr and exit code 1, without the usage lines."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"kg: {self.message}", file=file, err=file is None)


class Unreadable(Failure):
    """Input that cannot be read: exit code 3."""

    exit_code = 3


class Done(click.exceptions.Exit):
    """The end of a command that holds what takes long to free, as a store in memory does: a process that ends need not wait for it."""

    def __init__(self, code: int, held: object) -> None:
        super().__init__(code)
        self.held = held


def base_iri(ctx: click.Context, param: click.Parameter, base: str) -> str:
    """Refuse a base that makes no absolute IRIs."""
    try:
        NamedNode(base)
    except ValueError as error:
        raise click.BadParameter(f"{base!r} is no absolute IRI") from error
    return base


FILE: Final = click.Path(path_type=Path)
store_option = click.option("--store", type=FILE, default=DEFAULT, show_default=f"./{DEFAULT}", metavar="DIR", help="Folder of the store.")
graph_option = click.option(
    "--graph", "graphs", type=FILE, multiple=True, metavar="FILE", help="Read this file instead of the store; may be given again."
)
language_option = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, envvar="KG_LANG", help="Language of messages."
)
sources_option = click.option(
    "--sources",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    metavar="DIR",
    help="Where the pages lie, to name file and line (a store knows where they were); may be given again.",
)
date_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The issue date of all the pages."
)
base_option = click.option(
    "--base", default=ID, show_default=True, callback=base_iri, metavar="IRI", help="What the IRIs of all things begin with."
)


def opened(store: Path, graphs: Sequence[Path]) -> Store:
    """The store for reading, or the named files as one, with the ontology as in a store. Raises StoreError."""
    if not graphs:
        return open_store(store, read_only=True)
    union = load_file(graphs[0])
    for path in graphs[1:]:
        union.bulk_extend(load_file(path))
    load_ontology(union)
    return union


def echo_problems(problems: Iterable[Problem]) -> None:
    """What a user should know of the pages, a line each on stderr."""
    for problem in problems:
        click.echo(str(problem) if problem.level == "error" else f"{problem} (warning)", err=True)


def given(ctx: click.Context, name: str) -> bool:
    """Whether the user gave an option, in words or by an environment variable."""
    source = ctx.get_parameter_source(name)
    return source is not None and source is not click.core.ParameterSource.DEFAULT
