"""How fast graphs are checked: the engines of ``kg validate`` beside plain pySHACL over the same statements.

    python benchmarks/validation.py [--sizes 100000 300000 1000000] [--reference-to 1000000] [--plain-to 100000]
        [--plain-cap 900] [--out FILE]

Data: the graph of our annotated pages (tests/articles/dev-*), copied with other IRIs for all but places, so that no copy repeats
another, until the file holds so many different triples; and once every invalid case of shapes/cases, in a world of its own, so that
every shape finds something. Where that breaks less than 1 node in 1,000, the cases are copied too.
Method: a new process for each run, from its start to the report as JSON; wall time, processor time and peak memory are the
system's. Plain is ``pyshacl.validate`` as its manual shows it, over the union of the same statements and facts, also with start and
loading; it may be ended before it has said anything. Equal means: the same findings, all of them, in the same order.
No test depends on time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pyoxigraph as ox

from kg.namespaces import ID
from kg.pipeline import Builder
from kg.resources import folder, turtle_files
from kg.validation import concept_facts, data_shapes

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TOGETHER = 20
CASES = folder("shapes") / "cases"
_OWN = re.compile(rf"<{re.escape(ID)}(?!place/|graph/)([a-z]+)/([^/>#]+)".encode())
_PLAIN = """
import sys, pyshacl
from rdflib import Graph
data, shapes = Graph().parse(sys.argv[1], format="nt"), Graph().parse(sys.argv[2], format="nt")
_, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
print(len(set(report.subjects(None, None))))
"""


def renamed(lines: bytes, copy: int) -> bytes:
    """The same statements about other articles, people, bodies: each IRI gets a mark, the hash of an article another begin."""
    if copy == 0:
        return lines

    def other(match: re.Match[bytes]) -> bytes:
        kind, name = match.groups()
        name = f"{copy:04x}".encode() + name[4:] if kind == b"article" else name + f"-{copy}".encode()
        return b"<" + ID.encode() + kind + b"/" + name

    return _OWN.sub(other, lines)


def pages() -> list[bytes]:
    """The graphs of some pages together, each with the standing facts that it needs."""
    paths = sorted((ROOT / "tests" / "articles").glob("dev-*.txt"))
    return ["".join(Builder().build(paths[start : start + TOGETHER]).blocks).encode() for start in range(0, len(paths), TOGETHER)]


def cases(start: int) -> Iterator[bytes]:
    """Each invalid case of our shapes with its world, in a graph of its own."""
    world = list(ox.parse(path=CASES / "world.ttl"))
    topics = [path.stem for path in data_shapes()]
    for number, case in enumerate(sorted(path for topic in topics for path in (CASES / topic).glob("*.invalid.ttl"))):
        graph = ox.NamedNode(f"{ID}graph/{case.name.partition('.')[0]}")
        quads = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in (*world, *ox.parse(path=case))]
        # A number that a store would write otherwise is left to pySHACL: see kg/engines/spelling.py.
        lines = (f"{q} .\n" for q in quads if not str(q.object).startswith('"6.0"'))
        yield renamed("".join(lines).encode(), start + number)


def generate(triples: int, file: Path) -> dict[str, int]:
    """Write so many different triples, and some. Returns how many of what there are."""
    seen: set[int] = set()
    subjects: set[bytes] = set()
    quads, copies, parts = 0, 0, pages()
    with file.open("wb") as out:

        def add(lines: bytes) -> None:
            nonlocal quads
            out.write(lines)
            for line in lines.splitlines():
                seen.add(hash(line.rpartition(b" <")[0]))
                subjects.add(line.partition(b" ")[0])
                quads += 1

        for start in range(max(1, triples // 1_000_000)):
            for lines in cases(0x8000 + 0x100 * start):
                add(lines)
        while len(seen) < triples:
            add(renamed(parts[copies % len(parts)], 1 + copies // len(parts)))
            copies += 1
    return {
        "triples": len(seen),
        "quads": quads,
        "nodes": len(subjects),
        "bytes": file.stat().st_size,
        "copies of a page": copies * TOGETHER,
    }


def measured(command: list[str], out: Path, cap: float | None = None) -> dict[str, Any]:
    """Run a command to its end, or for ``cap`` seconds: seconds, seconds of the processor, megabytes at the peak."""
    with out.open("wb") as stdout:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT)
        assert process.stderr is not None
        ended = Timer(cap, process.kill) if cap else None
        if ended:
            ended.start()
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    capped = ended is not None and not ended.is_alive()
    if ended:
        ended.cancel()
    if process.returncode not in (0, 1) and not capped:
        raise SystemExit(f"{command}: {said}")
    times = {"seconds": round(seconds, 2), "processor_seconds": round(usage.ru_utime + usage.ru_stime, 2)}
    return {**times, "peak_mb": round(usage.ru_maxrss / 1024), "ended": not capped, "said": said.strip().splitlines()[-1:]}


def checked(file: Path, engine: str, folder: Path) -> tuple[dict[str, Any], list[Any]]:
    out = folder / f"{engine}.json"
    run = measured([sys.executable, "-m", "kg", "validate", str(file), "--engine", engine, "--format", "json"], out)
    document = json.loads(out.read_text("utf-8"))
    run["findings"] = document["counts"]
    run["shapes that find something"] = len({f["shape"] for f in document["findings"]})
    return run, document["findings"]


def plain(file: Path, folder: Path, cap: float) -> dict[str, Any]:
    data, shapes, out = folder / "data.nt", folder / "shapes.nt", folder / "plain.txt"
    union = {ox.Triple(q.subject, q.predicate, q.object) for q in (*ox.parse(path=file), *concept_facts(turtle_files("ontology")))}
    ox.serialize(union, str(data), ox.RdfFormat.N_TRIPLES)
    rules = [q.triple for path in data_shapes() for q in ox.parse(path=path, base_iri=f"file:///{path.name}", rename_blank_nodes=True)]
    ox.serialize(rules, str(shapes), ox.RdfFormat.N_TRIPLES)
    return measured([sys.executable, "-W", "ignore", "-c", _PLAIN, str(data), str(shapes)], out, cap)


def measure(size: int, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    file = folder / f"{size}.nq"
    result: dict[str, Any] = {"data": generate(size, file)}
    result["auto"], fast = checked(file, "auto", folder)
    result["oxigraph"], kept = checked(file, "oxigraph", folder)
    result["findings equal"] = fast == kept
    if size <= options.reference_to:
        result["pyshacl"], slow = checked(file, "pyshacl", folder)
        result["findings equal"] = fast == kept == slow
    if size <= options.plain_to:
        run = result["plain pySHACL"] = plain(file, folder, options.plain_cap)
        ratio = round(run["seconds"] / result["auto"]["seconds"], 1)
        result["plain to auto"] = ratio if run["ended"] else f"more than {ratio}"
    print(json.dumps({size: result}, ensure_ascii=False, indent=1), flush=True)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[100_000, 300_000, 1_000_000])
    parser.add_argument("--reference-to", type=int, default=1_000_000, help="check with pySHACL (queries kept) up to this size")
    parser.add_argument("--plain-to", type=int, default=100_000, help="check with plain pySHACL up to this size")
    parser.add_argument("--plain-cap", type=float, default=900, help="end plain pySHACL after so many seconds")
    parser.add_argument("--out", type=Path, default=HERE / "results-validation.json")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sizes = {str(size): measure(size, options, Path(folder)) for size in options.sizes}
    sys.path.insert(0, str(HERE))
    from rate import machine

    results = {"what": "kg validate by its engines and plain pySHACL, whole processes, one run each", "sizes": sizes, "machine": machine()}
    options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
