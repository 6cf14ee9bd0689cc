"""``kg serve``: the store as a SPARQL endpoint, linked data and pages."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import click

from kg.commands import Unreadable, language_option, sources_option, store_option
from kg.store import StoreError, known_pages, open_store
from kg.storefolder import being_written

_NEEDED = ("starlette", "uvicorn", "jinja2", "pypinyin")


@click.command("serve", short_help="Serve the store: SPARQL, linked data, pages.")
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; 0.0.0.0: on all networks.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port; 0: any that is free.")
@sources_option
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True, help="Seconds after which a query is stopped."
)
@click.option("--patience", type=click.FloatRange(0.1, 3600), default=20.0, show_default=True, help="Seconds that a slow client may take.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows or triples that an answer may have.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=lambda: (os.cpu_count() or 1) + 1,
    show_default="processors + 1",
    help="Processes that answer queries.",
)
@language_option
def command(
    store: Path,
    host: str,
    port: int,
    sources: tuple[Path, ...],
    timeout: float,
    patience: float,
    rows: int,
    workers: int,
    language: str,
) -> None:
    """Serve the store, read only: pages at /, SPARQL at /sparql, every IRI of the store under the server's own address."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise click.UsageError(f"serving needs {', '.join(missing)}: pip install 'fangzhi[web]'")
    # Opened once here: a store that is absent, damaged or being written is said before anything listens.
    open_store(store, read_only=True)
    if being_written(store):
        raise StoreError(store, "locked: another process is writing to it")
    from kg.web.answers import Limits
    from kg.web.server import serve

    limits = Limits(seconds=timeout, rows=rows)
    found = sources or known_pages(store)
    try:
        serve(store, host, port, sources=found, limits=limits, processes=workers, language=language, patience=patience)
    except OSError as error:
        raise Unreadable(f"{host}:{port}: {error.strerror or error}") from error
