"""How fast pages and named queries are over a big store: ``kg serve`` with clients side by side, and the queries beside rdflib's.

    python benchmarks/serving.py [--quads 1000000] [--clients 8] [--requests 400] [--cap 20] [--bound 40] [--store DIR] [--out FILE]

Data: the graph of our annotated pages (tests/articles/dev-*), copied until the store holds so many quads. Every copy has people of other
names, other articles, bodies and events, and other dates; the places are the same, so that they fill up. Method, pages: ``kg serve`` as
its own process, started anew, once it has checked the store by the shapes; so many clients side by side, each sending one request after
another over a connection of its own to nodes taken at random (fixed seed), no page twice but the start page, and reading to the end; from
opening the connection to the last byte. Queries: each named query with parameters that find something, in this process, over the store
(the engine that ``kg serve`` uses, the best of three; once where it takes more than a second) and over the same graphs and their union in
rdflib's memory, once, in a process that is ended after ``--cap`` seconds, or ``--bound`` times what it takes here where that is more;
rows compared where both end. rdflib gets each query without the blocks that are there for pyoxigraph's planner (kg.query): one pattern
beside the other, as suits it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, unquote

import pyoxigraph as ox
import rdflib

from kg.namespaces import ID, KG, PREFIXES
from kg.pipeline import Builder
from kg.query import named_queries, run, standalone
from kg.store import load, load_ontology, open_store

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOGETHER = 20
FAILED = "failed"
KINDS = ("official", "organization", "place", "event", "article")
_OWN = re.compile(rf"<{re.escape(ID)}(?!place/|graph/|person/)([a-z]+)/([^/>#]+)")
_PERSON = re.compile(rf"{re.escape(ID)}(?:person|tenure)/(?:\w+)/([^/>]+)")
_DATE = re.compile(r'"(\d{4})(-\d\d-\d\d"\^\^<[^>]*#date>)')
_FIRST, _LAST = 0x4E00, 0x9FA5
_BLOCK = re.compile(r"(?P<optional>OPTIONAL\s*)?\{\s*SELECT(?:\s+\?\w+)+\s*\{(?P<patterns>[^{}]*)\}\s*\}")


def renamed(lines: str, copy: int) -> str:
    """The same statements about other articles, people and bodies, in another year."""
    if copy == 0:
        return lines
    names = {unquote(name) for name in _PERSON.findall(lines) if len(unquote(name)) > 1}

    def other(name: str) -> str:
        return name[:-1] + chr(_FIRST + (ord(name[-1]) - _FIRST + 37 * copy) % (_LAST - _FIRST))

    chinese = {name: other(name) for name in names if _FIRST <= ord(name[-1]) <= _LAST}
    if chinese:
        pattern = re.compile("|".join(sorted(map(re.escape, chinese), key=len, reverse=True)))
        lines = pattern.sub(lambda match: chinese[match[0]], lines)

    def own(match: re.Match[str]) -> str:
        kind, name = match.groups()
        return f"<{ID}{kind}/" + (f"{copy:04x}{name[4:]}" if kind == "article" else f"{name}-{copy}")

    return _DATE.sub(lambda match: f'"{int(match[1]) - copy % 24}{match[2]}', _OWN.sub(own, lines))


def copies(quads: int) -> Iterator[str]:
    """N-Quads, the graphs of some pages at a time, until there are so many."""
    paths = sorted((ROOT / "tests" / "articles").glob("dev-*.txt"))
    parts = ["".join(Builder().build(paths[start : start + TOGETHER]).blocks) for start in range(0, len(paths), TOGETHER)]
    count = copy = 0
    while count < quads:
        for part in parts:
            lines = renamed(part, copy)
            count += lines.count("\n")
            yield lines
            if count >= quads:
                return
        copy += 1


def build(folder: Path, quads: int) -> dict[str, Any]:
    """Write the store. Returns how much of what it holds."""
    start = time.perf_counter()
    store = open_store(folder)
    load_ontology(store)
    load(store, copies(quads), replace=False)
    store.optimize()
    found = counts(store)
    del store
    return {**found, "seconds to build": round(time.perf_counter() - start, 1)}


def counts(store: ox.Store) -> dict[str, int]:
    """The quads in named graphs, the triples of their union, and some classes."""
    union = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    found = {"quads": len(store) - union, "triples of the union": union}
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    for name in ("Article", "Person", "Official", "Organization", "Place", "Event", "Statement"):
        found[name] = sum(1 for _ in store.quads_for_pattern(None, kind, ox.NamedNode(KG + name), ox.DefaultGraph()))
    return found


# Pages


def addresses(store: ox.Store, number: int) -> dict[str, list[str]]:
    """So many addresses of each kind, taken at random; and of some kinds an eighth of that number, of which most is said."""
    chance = random.Random(7)
    found: dict[str, list[str]] = {"start": ["/"]}
    labels: list[str] = []
    for kind in KINDS:
        name = kind.title()
        query = f"SELECT DISTINCT ?s {{ ?s a <{KG}{name}> }} ORDER BY ?s"
        nodes = [row[0].value for row in _rows(store, query)]
        found[kind] = ["/" + quote(node.removeprefix(ID), safe="/") for node in chance.sample(nodes, min(number, len(nodes)))]
        if kind == "official":
            labels = [unquote(node.rpartition("/")[2]) for node in chance.sample(nodes, min(number, len(nodes)))]
    found["search"] = ["/search?q=" + quote(label) for label in labels]
    for kind, pattern in _MOST.items():
        query = f"SELECT ?s {{ {pattern} }} GROUP BY ?s ORDER BY DESC(COUNT(*)) ?s LIMIT {number // 8}"
        found[f"{kind} of whom most is said"] = ["/" + quote(row[0].value.removeprefix(ID), safe="/") for row in _rows(store, query)]
    return found


_MOST = {
    "official": "?p kg:participant ?s . ?s a kg:Official",
    "organization": "?t org:organization ?s . ?t a kg:Tenure",
    "place": "?e schema:location ?s",
}


def _rows(store: ox.Store, query: str) -> ox.QuerySolutions:
    result = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(result, ox.QuerySolutions)
    return result


async def fetched(path: str, port: int) -> tuple[float, int, int]:
    """Seconds, status and size of one page."""
    start = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n".encode())
    data = await reader.read(-1)
    writer.close()
    return time.perf_counter() - start, int(data.split(b" ", 2)[1]), len(data)


async def visited(paths: list[str], port: int, clients: int) -> list[tuple[float, int, int]]:
    """All pages, so many clients side by side."""
    left = iter(paths)

    async def client() -> list[tuple[float, int, int]]:
        return [await fetched(path, port) for path in left]

    return [one for several in await asyncio.gather(*(client() for _ in range(clients))) for one in several]


def figures(found: list[tuple[float, int, int]]) -> dict[str, Any]:
    times = sorted(seconds for seconds, _, _ in found)
    return {
        "requests": len(found),
        "median ms": round(median(times) * 1000),
        "95th percentile ms": round(times[min(len(times) - 1, int(len(times) * 0.95))] * 1000),
        "most ms": round(times[-1] * 1000),
        "kilobytes": round(median(size for _, _, size in found) / 1000, 1),
        "not 200": sum(status != 200 for _, status, _ in found),
    }


def checking(pid: int) -> bool:
    """Whether the server still checks the store by the shapes, which it does once, in a process of its own."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    pids = [child for file in children for child in file.read_text().split()]
    return any(b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() for child in pids)


def pages(folder: Path, clients: int, requests: int, workers: int) -> dict[str, Any]:
    """The times of each kind of page alone, and of all mixed."""
    known = addresses(open_store(folder, read_only=True), 2 * requests)
    chance = random.Random(3)
    command = [sys.executable, "-m", "kg", "serve", "--store", str(folder), "--port", "0", "--workers", str(workers)]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stderr is not None
    port = int(server.stderr.readline().rstrip("/\n").rpartition(":")[2])
    try:
        for _ in range(300):
            try:
                first = asyncio.run(fetched("/", port))
                break
            except ConnectionError:
                time.sleep(0.1)
        settled = time.perf_counter()
        while checking(server.pid) and time.perf_counter() - settled < 150:
            time.sleep(0.5)
        found: dict[str, Any] = {"clients": clients, "processes": workers, "first page, ms": round(first[0] * 1000)}
        for kind, paths in known.items():
            asked = paths[:requests] if len(paths) > 1 else paths * (requests // 4)
            found[kind] = figures(asyncio.run(visited(asked, port, clients)))
        profiles = [path for kind in KINDS for path in known[kind][requests:]] + known["start"] * requests
        chance.shuffle(profiles)
        found["all mixed"] = figures(asyncio.run(visited(profiles, port, clients)))
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
    return found


# Queries


_OFTEN = "SELECT ?n {{ {pattern} ?s rdfs:label ?n FILTER(LANG(?n) = 'zh') }} GROUP BY ?s ?n ORDER BY DESC(COUNT(*)) ?s LIMIT 1"
_TITLE = "SELECT ?w {{ ?b rdfs:label '{body}'@zh . ?t org:organization ?b ; kg:title ?w }} LIMIT 1"


def parameters(store: ox.Store) -> dict[str, dict[str, str]]:
    """For each named query values that find something: the names that occur most often."""

    def one(query: str) -> str:
        return str(next(iter(_rows(store, query)))[0].value)

    def often(pattern: str) -> str:
        return one(_OFTEN.format(pattern=pattern))

    body = often("?t org:organization ?s .")
    name = often("?p kg:participant ?s . ?s a kg:Official .")
    return {
        "articles-naming": {"name": name},
        "companions": {"name": name},
        "events-in-place": {"place": often("?e schema:location ?s .")},
        "evidence": {"node": one("SELECT ?t { ?t a kg:Tenure } ORDER BY ?t LIMIT 1")},
        "meeting-people": {"event": one("SELECT ?n { ?e a kg:Meeting ; rdfs:label ?n } ORDER BY ?n LIMIT 1")},
        "new-faces": {"since": "2024-01-01"},
        "officers": {"organization": body},
        "official-record": {"name": name},
        "post-holders": {"organization": body, "title": one(_TITLE.format(body=body))},
        "statements": {"name": often("?e kg:speaker ?s .")},
        "sub-bodies": {"organization": often("?b org:subOrganizationOf ?s .")},
    }


def plain(term: Any) -> str:
    """A term's value: the same from both engines."""
    text = "" if term is None else term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)
    return re.sub(r"^(-?\d+)\.0*$", r"\1", text)


def unblocked(text: str) -> str:
    """The query with plain patterns in place of blocks that only keep some apart."""

    def patterns(match: re.Match[str]) -> str:
        inner = match["patterns"].strip().rstrip(".").strip()
        return f"{match['optional'] or ''}{{ {inner} }}" if match["optional"] or "BIND" in inner else f"{inner} ."

    return _BLOCK.sub(patterns, text)


def within(seconds: float, task: Callable[[], Any]) -> Any:
    """What the task returns, computed in a copy of this process; None where it was ended after so many seconds, FAILED where it raised."""
    with tempfile.NamedTemporaryFile("w+") as answer:
        pid = os.fork()
        if pid == 0:
            try:
                json.dump(task(), answer)
                answer.flush()
            finally:
                if raised := sys.exception():
                    traceback.print_exception(raised)
                os._exit(0)
        until = time.monotonic() + seconds
        while os.waitpid(pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > until:
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
                return None
            time.sleep(0.005)
        answer.seek(0)
        return json.load(answer) if answer.read(1) and not answer.seek(0) else FAILED


def queries(folder: Path, cap: float, bound: float) -> dict[str, Any]:
    """Each named query over the store and over rdflib's memory."""
    store = open_store(folder, read_only=True)
    given = parameters(store)
    ours: dict[str, tuple[float, list[list[str]]]] = {}
    for name in named_queries():
        best, rows = float("inf"), []
        for _ in range(3):
            start = time.perf_counter()
            result = run(store, name, given.get(name, {}))
            assert isinstance(result, ox.QuerySolutions)
            taken = [tuple(row) for row in result]
            best = min(best, time.perf_counter() - start)
            rows = sorted([plain(term) for term in row] for row in taken)
            if best > 1:
                break
        print(name, round(best * 1000, 1), "ms", file=sys.stderr, flush=True)
        ours[name] = best, rows
    start = time.perf_counter()
    graph = rdflib.Dataset(default_union=True)
    with tempfile.NamedTemporaryFile(suffix=".nq") as file:
        named = (quad for quad in store.quads_for_pattern(None, None, None, None) if not isinstance(quad.graph_name, ox.DefaultGraph))
        ox.serialize(named, file.name, ox.RdfFormat.N_QUADS)
        graph.parse(file.name, format="nquads")
    loading = time.perf_counter() - start
    # What rdflib loads and builds for its first query is no query's time.
    graph.query("ASK {}")
    del store
    found: dict[str, Any] = {}
    for name, (seconds, rows) in ours.items():
        text = unblocked(standalone(named_queries()[name], given.get(name, {})))
        limit = max(cap, seconds * bound)

        def oracle(text: str = text) -> tuple[float, list[list[str]]]:
            begun = time.perf_counter()
            result = graph.query(text)
            taken = [tuple(row) for row in result]
            seconds = time.perf_counter() - begun
            return seconds, sorted([plain(term) for term in row] for row in taken)

        other = within(limit, oracle)
        found[name] = {"rows": len(rows), "ms": round(seconds * 1000, 2)}
        if other == FAILED:
            found[name] |= {"rdflib": FAILED}
        elif other is None:
            found[name] |= {"rdflib ms": f"more than {round(limit * 1000)}", "times": f"more than {int(limit / seconds)}"}
        else:
            found[name] |= {"rdflib ms": round(other[0] * 1000, 1), "times": round(other[0] / seconds, 1), "rows equal": other[1] == rows}
        print(name, found[name], file=sys.stderr, flush=True)
    ended = [one for one in found.values() if "rows equal" in one]
    others = [one for one in found.values() if "rows equal" not in one]
    return {
        "cap per query, seconds": cap,
        "rdflib's loading, seconds": round(loading, 1),
        "queries": found,
        "ended in both": len(ended),
        "rows equal": sum(one["rows equal"] for one in ended),
        "median of times where both ended": median(one["times"] for one in ended) if ended else None,
        "20 times or more": sum(one["times"] >= 20 for one in ended) + sum(one.get("rdflib") != FAILED for one in others),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--cap", type=float, default=20.0, help="seconds that rdflib gets for a query")
    parser.add_argument("--bound", type=float, default=40.0, help="it gets so many times what a query takes here, where that is more")
    parser.add_argument("--store", type=Path, help="keep the store here, and take it if it is there")
    parser.add_argument("--note", default="", help="what else is to be known of the machine while it was measured")
    parser.add_argument("--out", type=Path, default=HERE / "results-serving.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.store or Path(temporary) / "store"
        data = counts(open_store(folder, read_only=True)) if (folder / "CURRENT").is_file() else build(folder, options.quads)
        print(json.dumps(data, ensure_ascii=False), file=sys.stderr, flush=True)
        served = pages(folder, options.clients, options.requests, options.workers)
        print(json.dumps(served, ensure_ascii=False, indent=1), file=sys.stderr, flush=True)
        asked = queries(folder, options.cap, max(options.bound, 20))
    sys.path.insert(0, str(HERE))
    from rate import machine

    what = "kg serve and the named queries over a big store"
    results = {"what": what, "note": options.note, "data": data, "pages": served, "queries": asked, "machine": machine()}
    options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
