"""``kg query``: named queries, query files, and queries from stdin."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands import base_option, graph_option, language_option, opened, store_option
from kg.query import NamedQuery, find_query, named_queries, parse_query, run
from kg.read import UnreadableInput
from kg.results import FORMATS, pad, render, width


def _parameters(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    found = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise click.BadParameter(f"{value!r}: write name=value")
        found[name.strip()] = text
    return found


@click.command("query", short_help="Ask a named query, a SPARQL file, or the query on stdin.")
@click.argument("query", required=False, metavar="NAME|FILE.rq|-")
@click.option("--param", "params", multiple=True, callback=_parameters, metavar="NAME=VALUE", help="A parameter; may be given again.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="Format of the answer.")
@store_option
@graph_option
@base_option
@click.option("--list", "listing", is_flag=True, help="Say what each named query is for, and its parameters.")
@language_option
def command(
    query: str | None,
    params: dict[str, str],
    form: str,
    store: Path,
    graphs: tuple[Path, ...],
    base: str,
    listing: bool,
    language: str,
) -> None:
    """Ask the store, or a graph file, a named query, a SPARQL file (.rq), or the query that comes on stdin (-)."""
    if listing:
        for named in named_queries().values():
            click.echo(_described(named, language))
        return
    if query is None:
        raise click.UsageError("name a query, a file or -; kg query --list says which there are")
    asked = _asked(query)
    click.echo(render(run(opened(store, graphs), asked, params, base), form, base), nl=False)


def _asked(query: str) -> NamedQuery:
    if query != "-" and not query.endswith((".rq", ".sparql")):
        return find_query(query)
    path = Path("stdin" if query == "-" else query)
    try:
        content = sys.stdin.buffer.read() if query == "-" else path.read_bytes()
        return parse_query(path.name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableInput(path, "not UTF-8") from error
    except OSError as error:
        raise UnreadableInput(path, error.strerror or "cannot be read") from error


def _described(query: NamedQuery, language: str) -> str:
    chinese = language == "zh"
    lines = [f"{query.name}: {(chinese and query.title_zh) or query.title}"]
    purpose = (chinese and query.purpose_zh) or query.purpose
    if purpose:
        lines.append(f"    {purpose}")
    columns = max((width(parameter.name) for parameter in query.parameters), default=0)
    for parameter in query.parameters:
        default = "" if parameter.default is None else f" [{parameter.default or 'any'}]"
        lines.append(f"    --param {pad(f'{parameter.name}=', columns + 1)} {parameter.meaning}{default}")
    return "\n".join(lines)
