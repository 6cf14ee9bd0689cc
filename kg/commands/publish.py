"""``kg publish``: the store's graphs into another store."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import click
from pyoxigraph import Store

from kg.commands import Failure, store_option
from kg.graphstore import Credentials, GraphStore, Patience, PublishError, normalized
from kg.progress import Progress
from kg.publishing import PUT, Journal, Outcome, publish, steps
from kg.store import open_store


def _address(ctx: click.Context, param: click.Parameter, address: str) -> str:
    try:
        return normalized(address)
    except ValueError as error:
        raise click.BadParameter(f"{address!r}: {error}") from error


@click.command("publish", short_help="Send the store's graphs to another store; only what changed.")
@click.argument("address", metavar="URL", callback=_address)
@store_option
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted; nothing goes out.")
@click.option("--all", "everything", is_flag=True, help="Send all graphs, also those that the journal calls unchanged.")
@click.option(
    "--username", envvar="KG_USERNAME", show_envvar=True, metavar="NAME", help="Who writes (Basic or Digest, as the server asks)."
)
@click.option("--password", envvar="KG_PASSWORD", show_envvar=True, metavar="WORD", help="Others may see a command line: set the variable.")
@click.option("--token", envvar="KG_TOKEN", show_envvar=True, metavar="TOKEN", help="A bearer token instead of name and password.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="Seconds to wait for an answer.")
@click.option("--retries", type=click.IntRange(0), default=6, show_default=True, help="How often to try again what failed.")
@click.option("--pause", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds before the second try; doubles with each.")
@click.pass_context
def command(
    ctx: click.Context,
    address: str,
    store: Path,
    dry_run: bool,
    everything: bool,
    username: str | None,
    password: str | None,
    token: str | None,
    timeout: float,
    retries: int,
    pause: float,
) -> None:
    """Send the store's named graphs (articles, standing facts, ontology) to URL by the SPARQL 1.1 Graph Store HTTP Protocol, one by one:
    PUT what is new or changed, DELETE what this store sent earlier and no longer has.

    URL is the graph store: http://HOST:7878/store of Oxigraph, …/DATASET/data of Fuseki, …/sparql-graph-crud-auth of Virtuoso.

    A journal in the store's folder, one for each URL, remembers what was sent. A run that is cut off is taken up by the next. Broken
    connections and the answers 408, 429 and 5xx are tried again with growing pauses.

    Exit code 0: URL has all; 1: it has not; 2: usage; 3: the store cannot be read.
    """
    if token is not None and username is not None:
        raise click.UsageError("choose one: --token or --username")
    if password is not None and username is None:
        raise click.UsageError("--password needs --username")
    opened = open_store(store, read_only=True)
    journal = Journal(store, address)
    if dry_run:
        _preview(opened, journal, everything)
        return
    credentials = Credentials(username, password or "", token)
    if credentials and urlsplit(address).scheme == "http" and not _is_here(urlsplit(address).hostname or ""):
        click.echo(f"kg: {address} has no TLS: others on the way may read who writes", err=True)
    outcome = _published(opened, journal, address, credentials, Patience(timeout, retries, pause), everything)
    for graph, reason in outcome.refused:
        click.echo(f"{graph}: refused: {reason}", err=True)
    click.echo(f"{outcome.sent} graphs sent, {outcome.deleted} deleted, {outcome.unchanged} unchanged → {address}", err=True)
    if outcome.refused:
        raise Failure(f"{len(outcome.refused)} graphs were refused")


def _published(store: Store, journal: Journal, address: str, credentials: Credentials, patience: Patience, everything: bool) -> Outcome:
    done = 0

    def waiting(reason: str, pause: float) -> None:
        click.echo(f"kg: {reason}; once more in {pause:.1f} s", err=True)

    def advance(graph: str) -> None:
        nonlocal done
        done += 1
        progress.advance(Path(graph), 0)

    with Progress(sum(1 for _ in store.named_graphs())) as progress, GraphStore(address, credentials, patience, waiting) as target:
        try:
            return publish(store, journal, target, everything, advance)
        except PublishError as error:
            more = f"\n{done} graphs are done; the same command goes on from there" if done else ""
            raise Failure(f"{error}{more}") from error


def _preview(store: Store, journal: Journal, everything: bool) -> None:
    known = journal.read()
    unchanged = 0
    for step in steps(store, dict.fromkeys(known, "?") if everything else known):
        if step is None:
            unchanged += 1
        else:
            click.echo(f"{step.action}\t{step.graph}" + (f"\t{step.statements} statements" if step.action == PUT else ""))
    click.echo(f"{unchanged} unchanged; nothing was sent", err=True)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
