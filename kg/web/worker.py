"""One process that answers queries, one after another: ``python -m kg.web.worker STORE MEGABYTES``.

A request is four bytes of length and JSON; so is the answer's head, which the answer's body follows. The parent ends the process when a
query is over time. Should the parent be gone, the alarm ends it, and no exception: the engine does not look at Python's signals.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import struct
import sys
from pathlib import Path
from typing import IO, Any, Final

import pyoxigraph as ox

from kg.namespaces import ID, PREFIXES
from kg.results import turtle
from kg.store import StoreError, open_store

ROWS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
# Inside a literal each of these is escaped, but for CSV.
MARKS: Final = {
    "application/sparql-results+json": b',{"',
    "application/sparql-results+xml": b"<result>",
    "text/csv": b"\n",
    "text/tab-separated-values": b"\n",
}
GRACE: Final = 3.0
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_JSON_ROW = re.compile(rb"[\[,]\{")


class _Full(OSError):
    """The answer has grown past a limit: ``rows`` or ``bytes``."""


class _Bounded(io.BytesIO):
    """Takes so many bytes and rows and no more: a flood of rows ends early.

    ``mark`` stands once in each row and nowhere else; in CSV also between quotes, where it does not count. JSON has none in its first row.
    """

    def __init__(self, limit: int, rows: int, form: str) -> None:
        super().__init__()
        self._limit, self._rows, self._mark = limit, rows + 1, MARKS[form]
        self._csv, self._quoted = form == "text/csv", False

    def write(self, data: Any, /) -> int:
        piece = bytes(data)
        if self._csv:
            parts = piece.split(b'"')
            self._rows -= sum(part.count(self._mark) for part in parts[self._quoted :: 2])
            self._quoted ^= len(parts) % 2 == 0
        else:
            self._rows -= piece.count(self._mark)
        if self._rows < 0:
            raise _Full("rows")
        if self.tell() + len(piece) > self._limit:
            raise _Full("bytes")
        return super().write(piece)


def rows_of(body: bytes, form: str) -> int:
    """The rows of a SELECT's results, counted in the bytes that the engine wrote: quotes inside strings are always escaped."""
    if form == "application/sparql-results+xml":
        return body.count(b"<result>")
    if form == "text/tab-separated-values":
        return body.count(b"\n") - 1
    if form == "text/csv":
        return sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1
    bare = body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    return sum(len(_JSON_ROW.findall(part)) for part in bare)


def answer(store: ox.Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The head and the body of an answer to one request."""
    form, default, named = request["form"], request["default_graphs"], request["named_graphs"]
    try:
        result = store.query(
            request["query"],
            prefixes=dict(PREFIXES),
            base_iri=ID,
            default_graph=None if default is None else [ox.NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [ox.NamedNode(iri) for iri in named],
        )
        if isinstance(result, ox.QueryTriples):
            return _triples(result, form, request["rows"], request["bytes"])
        if form not in ROWS:
            return {"status": "form"}, b""
        out = _Bounded(request["bytes"], request["rows"], form)
        result.serialize(out, ROWS[form])
        body = out.getvalue()
        count = 1 if isinstance(result, ox.QueryBoolean) else rows_of(body, form)
        return ({"status": "rows"}, b"") if count > request["rows"] else ({"status": "ok", "rows": count}, body)
    except SyntaxError as error:
        found = _POSITION.match(str(error))
        line, column, message = (int(found[1]), int(found[2]), found[3]) if found else (0, 0, str(error))
        return {"status": "bad", "message": " ".join(message.split())[:300], "line": line, "column": column}, b""
    except _Full as error:
        return {"status": str(error)}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except OSError:
        # The store's files are not what they were: it is being written, or gone.
        return {"status": "store"}, b""
    except (RuntimeError, ValueError) as error:
        return {"status": "bad", "message": str(error)[:300], "line": 0, "column": 0}, b""


def _triples(result: ox.QueryTriples, form: str, rows: int, limit: int) -> tuple[dict[str, Any], bytes]:
    if form not in TRIPLES:
        return {"status": "form"}, b""
    found: set[ox.Triple] = set()
    for triple in result:
        found.add(triple)
        if len(found) > rows:
            return {"status": "rows"}, b""
    triples = sorted(found, key=str)
    body = turtle(triples).encode() if form == "text/turtle" else ox.serialize(triples, format=TRIPLES[form], prefixes=dict(PREFIXES))
    return ({"status": "bytes"}, b"") if len(body or b"") > limit else ({"status": "ok", "rows": len(triples)}, body or b"")


def _confine(megabytes: int) -> None:
    """Let the process take so much memory beyond what it has, and leave no core behind."""
    if sys.platform == "win32":
        return
    import resource

    taken = 0
    with contextlib.suppress(FileNotFoundError):
        fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if ":" in line)
        taken = int(fields["VmData"].split()[0]) * 1024
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if taken:
        limit = taken + megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _alarm(seconds: float) -> None:
    if sys.platform != "win32":
        import signal

        signal.setitimer(signal.ITIMER_REAL, seconds)


def _send(stream: IO[bytes], head: dict[str, Any], body: bytes = b"") -> None:
    data = json.dumps(head | {"length": len(body)}).encode()
    stream.write(struct.pack("!I", len(data)) + data + body)
    stream.flush()


def main(path: str, megabytes: str) -> None:
    """Open the store, say so, and answer until the parent closes the pipe."""
    requests = sys.stdin.buffer
    # What anything else writes to the standard output must not come between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        store = open_store(Path(path), read_only=True)
    except StoreError as error:
        _send(answers, {"status": "store", "message": error.reason})
        return
    _confine(int(megabytes))
    _send(answers, {"status": "ready"})
    while len(size := requests.read(4)) == 4:
        request = json.loads(requests.read(struct.unpack("!I", size)[0]))
        _alarm(request["seconds"] + GRACE)
        head, body = answer(store, request)
        _alarm(0)
        _send(answers, head, body)


if __name__ == "__main__":
    main(*sys.argv[1:])
