"""Whether ``kg serve`` stands what is thrown at it: mixed requests, a tenth of them malformed, endless or hostile.

    python benchmarks/hostile.py [--requests 10000] [--clients 32] [--out FILE]

Data: the store of seeds/pages with an article and people whose names are scripts. Method: ``kg serve`` as its own process; each client
sends one request after another over a connection of its own, byte for byte as written here, and reads to the end. What a well-meant
request must be answered with is computed beforehand from the store itself, by pyoxigraph in this process. An answer is wrong whose status
is not one of those named for its request, whose rows are others, that holds a file of the system, or a page in which a script would run;
well-meant queries that the time limit stopped (503, on a busy machine) are counted apart.
The memory is that of the server and all its processes together, looked at ten times a second. The seed of the order is fixed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from kg.namespaces import ID, KG, PREFIXES
from kg.store import load, open_store

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SCRIPTS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "{{7*7}}",
]
HOSTILE = f"{ID}article/hostile"
ENDLESS = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT (COUNT(*) AS ?n) { ?a (<x>|!<x>)* ?b . ?b (<x>|!<x>)* ?c . ?c (<x>|!<x>)* ?d }",
    "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?d), STR(?g), 'x')) }",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d = ?g && REGEX(STR(?c), '(a+)+$')) }",
    "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = 1) }",
]


@dataclass(frozen=True)
class Asked:
    """A request: its kind, its bytes with the seconds to wait after each part, the statuses that are right, what else must hold.

    Status 0 is no answer: right only where the client does not wait for one.
    """

    kind: str
    parts: tuple[tuple[bytes, float], ...]
    right: frozenset[int]
    check: Callable[[bytes], bool] = field(default=lambda body: True)
    read: float | None = 60.0
    hostile: bool = False


@dataclass(frozen=True)
class Told:
    kind: str
    status: int
    wrong: str
    seconds: float
    again: int = 0
    later: bool = False
    stopped: bool = False


class _Scripts(HTMLParser):
    """Finds what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        data = given.get("type") in ("application/ld+json", "application/json")
        if tag == "script" and not data and not (given.get("src") or "").startswith("/static/"):
            self.found.append(f"<script {given}>")
        for name, value in attrs:
            led = name in ("href", "src", "action", "formaction", "xlink:href", "data")
            if name.startswith("on") or (led and (value or "").strip().lower().startswith(("javascript:", "vbscript:"))):
                self.found.append(f"{tag} {name}={value}")


def scripts(page: bytes) -> list[str]:
    """What would run in a page that is not the server's own."""
    parser = _Scripts()
    parser.feed(page.decode("utf-8", "replace"))
    return parser.found


def build(folder: Path) -> Path:
    """The store of the sample pages, with names that are scripts."""
    store = folder / "store"
    subprocess.run([sys.executable, "-m", "kg", "build", str(ROOT / "seeds" / "pages"), "--store", str(store)], check=True, cwd=ROOT)
    opened = open_store(store)
    load(opened, list(_hostile()))
    del opened
    return store


def _hostile() -> Iterator[str]:
    graph = ox.NamedNode(HOSTILE)

    def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> str:
        return f"{ox.NamedNode(subject)} {ox.NamedNode(predicate)} {value} {graph} .\n"

    kind, label = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label"
    yield quad(HOSTILE, kind, ox.NamedNode(KG + "Article"))
    yield quad(HOSTILE, PREFIXES["schema"] + "headline", ox.Literal(SCRIPTS[0], language="zh"))
    yield quad(HOSTILE, KG + "sourceFile", ox.Literal("../../../etc/passwd"))
    yield quad(HOSTILE, PREFIXES["nif"] + "beginIndex", ox.Literal(0))
    yield quad(HOSTILE, PREFIXES["nif"] + "endIndex", ox.Literal(5))
    for number, words in enumerate(SCRIPTS):
        person = hostile_person(number)
        for name in ("Person", "Official"):
            yield quad(person, kind, ox.NamedNode(KG + name))
        yield quad(person, label, ox.Literal(words, language="zh"))
        yield quad(person, PREFIXES["schema"] + "url", ox.NamedNode("javascript:alert(1)"))
        yield quad(HOSTILE, PREFIXES["schema"] + "mentions", ox.NamedNode(person))


def hostile_person(number: int) -> str:
    """The IRI of a person whose name is a script."""
    return f"{ID}person/0000/hostile{number}"


def get(path: str, accept: str = "*/*", **parameters: str) -> bytes:
    """A GET as bytes; the path is sent as it is."""
    address = path + ("?" + urlencode(parameters) if parameters else "")
    return f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nConnection: close\r\n\r\n".encode()


def post(
    body: bytes, media: str = "application/sparql-query", accept: str = "*/*", length: int | None = None, method: str = "POST"
) -> bytes:
    """A POST to the endpoint as bytes."""
    size = len(body) if length is None else length
    head = f"{method} /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def well_meant(store: Path) -> list[Asked]:
    """Requests whose answers are known from the store."""
    opened = open_store(store, read_only=True)
    found: list[Asked] = []

    def rows(query: str) -> list[dict[str, str]]:
        result = opened.query(query, prefixes=dict(PREFIXES), base_iri=ID)
        assert isinstance(result, ox.QuerySolutions)
        names = [variable.value for variable in result.variables]
        return [{name: row[name].value for name in names if row[name] is not None} for row in result]

    def known(expected: list[dict[str, str]]) -> Callable[[bytes], bool]:
        def same(body: bytes) -> bool:
            bindings = json.loads(body)["results"]["bindings"]
            return sorted(map(_key, expected)) == sorted(_key({name: term["value"] for name, term in row.items()}) for row in bindings)

        return same

    people = rows("SELECT ?s ?name { ?s a kg:Official ; rdfs:label ?name FILTER(LANG(?name) = 'zh' && !CONTAINS(STR(?s), '/0000/')) }")
    others = rows(
        "SELECT ?s { VALUES ?c { kg:Organization kg:Place kg:Event kg:Article kg:Tenure kg:Post } ?s a ?c } ORDER BY ?s LIMIT 200"
    )
    queries = [f"SELECT ?p ?o {{ <{person['s']}> ?p ?o }}" for person in people]
    queries += [f"SELECT ?t ?b {{ ?t org:member <{person['s']}> ; org:organization ?b }}" for person in people]
    queries += ["SELECT ?e ?l { ?e a kg:Event ; rdfs:label ?l }", "SELECT (COUNT(*) AS ?n) { ?s a kg:Tenure }"]
    queries += [f"SELECT ?p ?o {{ GRAPH <{thing['s']}> {{ ?s ?p ?o }} }} ORDER BY ?p ?o" for thing in others if "/article/" in thing["s"]]
    fine = frozenset({200})
    for query in queries:
        check = known(rows(query))
        found.append(Asked("select by GET", ((get("/sparql", "application/sparql-results+json", query=query), 0),), fine, check))
        found.append(Asked("select by POST", ((post(query.encode(), accept="application/sparql-results+json"), 0),), fine, check))
        count = len(rows(query))
        counted = lambda body, count=count: body.count(b"<result>") == count  # noqa: E731
        found.append(Asked("select as XML", ((get("/sparql", "application/sparql-results+xml", query=query), 0),), fine, counted))
    for iri, name in [(person["s"], person["name"]) for person in people] + [(thing["s"], "") for thing in others]:
        path = "/" + quote(iri.removeprefix(ID), safe="/")
        shown = lambda body, name=name: name.encode() in body and not scripts(body)  # noqa: E731
        found.append(Asked("page", ((get(path, "text/html"), 0),), fine, shown))
        size = len(rows(f"SELECT ?p ?o {{ <{iri}> ?p ?o }}"))
        said = lambda body, iri=iri, size=size: body.decode().count(f"\n<{iri}> ") + body.decode().startswith(f"<{iri}> ") >= size  # noqa: E731
        found.append(Asked("triples", ((get(path, "application/n-triples"), 0),), fine, said))
    for path in ("/", "/findings", "/query", "/ontology", "/search?q=" + quote(people[0]["name"])):
        found += [Asked("page", ((get(path, "text/html"), 0),), fine, lambda body: bool(body) and not scripts(body))] * 20
    found += [Asked("void", ((get("/.well-known/void", "text/turtle"), 0),), fine, lambda body: b"void" in body)] * 10
    return found


def _key(row: dict[str, str]) -> str:
    return json.dumps(row, sort_keys=True)


def ill_meant(patience: float) -> list[Asked]:
    """Requests that want to break something."""

    def refused(*right: int, hostile: bool = True, kind: str, data: bytes) -> Asked:
        return Asked(kind, ((data, 0),), frozenset(right), hostile=hostile)

    found = [refused(503, 413, kind="endless query", data=post(query.encode())) for query in ENDLESS]
    found += [refused(413, 503, kind="too many rows", data=get("/sparql", query="SELECT * { ?s ?p ?o }"))]
    found += [refused(413, 503, kind="too many rows", data=post(b"SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } }", accept="text/csv"))]
    wrong = ["SELECT", "SELECT * {", "}{", "ASK { ?s ?p }", "\x00", "SELECT * { ?s ?p 'x }", "select * where { ?s nix:x ?o }", "(" * 3000]
    found += [refused(400, kind="bad query", data=get("/sparql", query=query)) for query in wrong]
    deep = [
        "SELECT (" + "(" * 50_000 + "1" + ")" * 50_000 + " AS ?x) {}",
        "ASK " + "{" * 50_000 + "}" * 50_000,
        "ASK { ?s " + "!(" * 30_000 + "a" + ")" * 30_000 + " ?o }",
    ]
    found += [refused(400, 413, kind="deep query", data=post(query.encode())) for query in deep]
    written = ["DROP ALL", "INSERT DATA { <a> <b> <c> }", "LOAD <file:///etc/passwd>", "DELETE WHERE { ?s ?p ?o }"]
    found += [refused(403, kind="update", data=post(query.encode())) for query in written]
    found += [refused(403, kind="update", data=post(f"update={quote(q)}".encode(), "application/x-www-form-urlencoded")) for q in written]
    called = [
        "SELECT * { SERVICE <http://127.0.0.1:22/> { ?s ?p ?o } }",
        "SELECT * { BIND(1 AS ?a) FILTER(?a<2)SERVICE?x#>\n{ ?d ?e ?f } }",
    ]
    found += [refused(400, 403, kind="call", data=post(query.encode())) for query in called]
    found += [refused(200, kind="file in FROM", data=post(b"SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"))]
    outside = [
        "/../../etc/passwd",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc%2fpasswd",
    ]
    outside += [
        "//etc/passwd",
        "/article/..%2f..%2fetc%2fpasswd",
        "/person/%00",
        "/%c0%ae%c0%ae/etc/passwd",
        "/static/%5c..%5c..%5cetc",
        "/query/..%2f..%2fsecret",
    ]
    unharmed = lambda body: b"root:" not in body  # noqa: E731
    found += [Asked("path", ((get(path, "text/html"), 0),), frozenset({404, 400, 405}), unharmed, hostile=True) for path in outside]
    for words in (*SCRIPTS, "' OR 1=1 --", "} UNION { ?s ?p ?o", "\r\nX-Injected: 1", "\u202e\u0000"):
        calm = lambda body: not scripts(body) and b"\nX-Injected" not in body  # noqa: E731
        for path in ("/search?q=", "/query?query=", "/person/", "/panel/", "/findings?shape="):
            data = get(path + quote(words, safe=""), "text/html")
            found.append(Asked("script", ((data, 0),), frozenset({200, 400, 404, 503}), calm, hostile=True))
    for number in range(len(SCRIPTS)):
        path = "/" + hostile_person(number).removeprefix(ID)
        found.append(
            Asked("script in a name", ((get(path, "text/html"), 0),), frozenset({200}), lambda body: not scripts(body), hostile=True)
        )
    data = get("/article/hostile", "text/html")
    found.append(Asked("script in a name", ((data, 0),), frozenset({200}), lambda body: not scripts(body) and unharmed(body), hostile=True))
    found += [
        refused(413, kind="giant body", data=post(b"x" * 5_000_000)),
        refused(413, kind="giant body", data=post(b"SELECT" + b" " * 2_000_000)),
    ]
    found += [refused(400, 413, 414, 431, kind="giant head", data=get("/" + "x" * 200_000))]
    found += [refused(400, 413, 431, kind="giant head", data=get("/", "x" * 200_000))]
    lines = [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /\r\n\r\n",
        b"\x00" * 64 + b"\r\n\r\n",
    ]
    lines += [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ]
    lines += [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: x\r\nA\x00: b\r\n\r\n",
    ]
    found += [refused(400, 408, 505, kind="no HTTP", data=line) for line in lines]
    found += [
        refused(415, kind="wrong type", data=post(b"ASK {}", "text/plain")),
        refused(405, kind="wrong method", data=post(b"ASK {}", method="PUT")),
    ]
    found += [
        refused(406, kind="wrong format", data=post(b"ASK {}", accept="image/png")),
        refused(400, kind="no UTF-8", data=post(b"ASK \xff {}")),
    ]
    found += [
        refused(400, kind="no UTF-8", data=get("/sparql?query=%FF")),
        refused(400, kind="bad dataset", data=get("/sparql", query="ASK {}", **{"named-graph-uri": "<"})),
    ]
    found += [refused(200, 400, 505, kind="no HTTP", data=b"GET / HTTP/9.9\r\nHost: x\r\nConnection: close\r\n\r\n")]
    slow, gone = frozenset({408}), frozenset({0})
    found += [Asked("slow head", ((b"GET / HTTP/1.1\r\nHo", patience * 2),), slow, hostile=True)]
    found += [Asked("slow head", tuple((bytes([byte]), patience / 4) for byte in b"GET / HTTP/1.1"), slow | gone, hostile=True)]
    found += [Asked("slow body", ((post(b"ASK", length=4000), patience * 2),), slow, hostile=True)]
    found += [Asked("client gone", ((post(ENDLESS[0].encode()), 0.05),), gone, read=None, hostile=True)] * 3
    found += [Asked("answer not taken", ((get("/ontology", "text/turtle"), patience * 3),), gone, read=None, hostile=True)]
    return found


def mixed(store: Path, requests: int, patience: float, seed: int = 5) -> list[Asked]:
    """So many requests in a fixed order, nine of ten well-meant."""
    chance = random.Random(seed)
    well, ill = well_meant(store), ill_meant(patience)
    most = [chance.choice(well) for _ in range(requests - requests // 10)]
    # Of the ill-meant ones first one of each kind, then a second of each: none is left to chance.
    seen: Counter[str] = Counter()
    turns = []
    for asked in ill:
        turns.append((seen[asked.kind], asked))
        seen[asked.kind] += 1
    ill = [asked for _, asked in sorted(turns, key=lambda turn: turn[0])]
    rest = [ill[number % len(ill)] for number in range(requests // 10)]
    both = [*most, *rest]
    chance.shuffle(both)
    return both


async def told(asked: Asked, port: int) -> Told:
    """Send a request and judge what comes; who is told to come again does so, three times at most."""
    for again in range(4):
        found = await _told(asked, port, again)
        if not found.later:
            break
        await asyncio.sleep(2)
    return found


async def _told(asked: Asked, port: int, again: int) -> Told:
    start = time.perf_counter()
    data = b""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for part, pause in asked.parts:
                writer.write(part)
                await writer.drain()
                if pause:
                    await asyncio.sleep(pause)
            if asked.read is not None:
                async with asyncio.timeout(asked.read):
                    while piece := await reader.read(65_536):
                        data += piece
        finally:
            writer.transport.abort()
    except (ConnectionError, TimeoutError) as error:
        if not data:
            return Told(asked.kind, 0, "" if 0 in asked.right else f"no answer: {type(error).__name__}", time.perf_counter() - start)
    seconds = time.perf_counter() - start
    status = int(data.split(b" ", 2)[1]) if data.startswith(b"HTTP/1.") else 0
    body = data.partition(b"\r\n\r\n")[2]
    wrong = ""
    later = status == 503 and 503 not in asked.right and b"\r\nretry-after:" in data.partition(b"\r\n\r\n")[0].lower()
    stopped = status == 503 and not asked.hostile and b"stopped after" in body
    if status not in asked.right and not stopped:
        wrong = f"status {status}: {body[:200]!r}"
    elif status == 200 and not asked.check(body):
        wrong = f"another answer: {asked.parts[0][0][:200]!r}: {body[:300]!r}"
    return Told(asked.kind, status, wrong, seconds, again, later, stopped)


async def throw(requests: Sequence[Asked], port: int, clients: int) -> list[Told]:
    """Send all, so many clients side by side."""
    left = iter(requests)

    async def client() -> list[Told]:
        return [await told(asked, port) for asked in left]

    return [one for several in await asyncio.gather(*(client() for _ in range(clients))) for one in several]


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += family(int(child))
    return found


def memory(pid: int) -> int:
    """Bytes of memory that a process and all below it hold."""
    total = 0
    try:
        for one in family(pid):
            fields = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) * 1024 for line in fields.splitlines() if line.startswith("Pss:"))
    except (FileNotFoundError, ProcessLookupError, StopIteration):
        return 0
    return total


def run(store: Path, requests: int, clients: int, timeout: float, patience: float, workers: int) -> dict[str, Any]:
    """Serve the store, throw the requests, say what came of it."""
    all_asked = mixed(store, requests, patience)
    options = ["--timeout", timeout, "--patience", patience, "--workers", workers, "--rows", 20_000, "--sources", ROOT / "seeds" / "pages"]
    command = [sys.executable, "-m", "kg", "serve", "--store", store, "--port", "0", *options]
    server = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert server.stderr is not None
    port = int(server.stderr.readline().rstrip("/\n").rpartition(":")[2])

    async def watched() -> tuple[list[Told], list[int]]:
        sizes: list[int] = []

        async def watch() -> None:
            while True:
                sizes.append(await asyncio.to_thread(memory, server.pid))
                await asyncio.sleep(0.1)

        watching = asyncio.create_task(watch())
        found = await throw(all_asked, port, clients)
        watching.cancel()
        return found, sizes

    errors: list[str] = []
    try:
        for _ in range(300):
            if asyncio.run(told(Asked("start", ((get("/sparql", query="ASK {}"), 0),), frozenset({200})), port)).status == 200:
                break
            time.sleep(0.1)
        before = memory(server.pid)
        start = time.perf_counter()
        found, sizes = asyncio.run(watched())
        seconds = time.perf_counter() - start
        time.sleep(timeout + 1)
        last = [asyncio.run(told(Asked("end", ((get("/", "text/html"), 0),), frozenset({200})), port)).status for _ in range(3)]
        alive = server.poll() is None and last == [200, 200, 200]
        after = memory(server.pid)
        processes = sum(b"kg.web.worker" in Path(f"/proc/{pid}/cmdline").read_bytes() for pid in family(server.pid))
    finally:
        server.terminate()
        errors = [line for line in server.communicate(timeout=60)[1].splitlines() if line.strip()]
    wrong = [one for one in found if one.wrong]
    kinds = {asked.kind for asked in all_asked if asked.hostile}
    calm = sorted(one.seconds for one in found if one.kind not in kinds)
    return {
        "requests": len(found),
        "clients": clients,
        "ill-meant": sum(one.kind in kinds for one in found),
        "seconds": round(seconds, 1),
        "by status": {str(status): count for status, count in sorted(Counter(one.status for one in found).items())},
        "by kind": {
            kind: {str(status): count for status, count in sorted(Counter(one.status for one in found if one.kind == kind).items())}
            for kind in sorted({one.kind for one in found})
        },
        "not answered": sum(one.status == 0 and one.kind not in ("client gone", "answer not taken", "slow head") for one in found),
        "told to come again, and answered then": sum(one.again > 0 and not one.wrong for one in found),
        "well-meant, but stopped by the time limit": sum(one.stopped for one in found),
        "wrong": len(wrong),
        "wrong ones": [f"{one.kind}: {one.wrong}" for one in wrong[:20]],
        "well-meant, seconds": {
            "median": round(calm[len(calm) // 2], 3),
            "95th percentile": round(calm[int(len(calm) * 0.95)], 3),
            "most": round(calm[-1], 3),
        },
        "server alive": alive,
        "processes at the end": processes,
        "memory, MB": {"before": round(before / 1e6), "peak": round(max(sizes) / 1e6), "after": round(after / 1e6)},
        "said on stderr": len(errors),
        "errors": [line for line in errors if "Error" in line or "Traceback" in line][:20],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--timeout", type=float, default=5.0)
    parser.add_argument("--patience", type=float, default=5.0)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--out", type=Path, default=HERE / "results-hostile.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(build(Path(folder)), options.requests, options.clients, options.timeout, options.patience, options.workers)
    sys.path.insert(0, str(HERE))
    from rate import machine

    found = {"what": "kg serve under mixed requests, a tenth of them malformed, endless or hostile", **found, "machine": machine()}
    options.out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
