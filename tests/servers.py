"""Stores that nobody here wrote, started for a test on a port of their own: Oxigraph's server, Virtuoso, and a front before one of them."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
OXIGRAPH = shutil.which("oxigraph", path=_PATH)
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt")
needs_oxigraph = pytest.mark.skipif(OXIGRAPH is None, reason="the oxigraph server (pip install oxigraph) is not on this machine")
needs_virtuoso = pytest.mark.skipif(
    VIRTUOSO is None or ISQL is None, reason="Virtuoso (Debian's virtuoso-opensource-7-bin) is not on this machine"
)
VIRTUOSO_INI = """[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
xa_persistent_file = virtuoso.pxa
LockFile = virtuoso.lck
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 4
NumberOfBuffers = 2000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{web}
ServerRoot = .
ServerThreads = 4
[SPARQL]
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A process that answers on a port; it can be killed and started again, on the same data and port."""

    probe = ""

    def __init__(self, command: list[str], folder: Path, port: int) -> None:
        self.command, self.folder, self.port = command, folder, port
        self.process: subprocess.Popen[bytes] | None = None
        self.root = f"http://127.0.0.1:{port}"

    def start(self) -> None:
        with (self.folder / "server.out").open("ab") as out:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=out, stderr=out)
        for _ in range(600):
            try:
                urllib.request.urlopen(self.root + self.probe, timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, (self.folder / "server.out").read_text("utf-8", "replace")
                time.sleep(0.1)
        raise TimeoutError("the server does not answer")

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Oxigraph(Server):
    """Its graph store is open to all."""

    probe = "/query?query=ASK%20%7B%7D"

    def __init__(self, folder: Path) -> None:
        port = free_port()
        super().__init__([OXIGRAPH or "", "serve", "--location", "data", "--bind", f"127.0.0.1:{port}"], folder, port)
        self.address = f"{self.root}/store"

    def graphs(self) -> dict[str, set[str]]:
        """The triples of each named graph."""
        return by_graph(_get(self.address, "application/n-quads"))


class Virtuoso(Server):
    """Its graph store wants name and password, by Digest."""

    probe = "/sparql?query=ASK%20%7B%7D"

    def __init__(self, folder: Path) -> None:
        self.sql, web = free_port(), free_port()
        super().__init__([VIRTUOSO or "", "+foreground", "+configfile", "virtuoso.ini"], folder, web)
        (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=self.sql, web=web, folder=folder.parent), encoding="utf-8")
        self.address = f"{self.root}/sparql-graph-crud-auth"

    def graph(self, name: str) -> set[str]:
        """The triples of a graph, none where it is not there."""
        try:
            content = _get(f"{self.root}/sparql-graph-crud?graph={quote(name, safe='')}", "text/plain")
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return set()
        return {f"{q.subject} {q.predicate} {q.object} ." for q in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}

    def delete(self, name: str) -> bool:
        statement = f"SPARQL CLEAR GRAPH <{name}>;"
        done = subprocess.run([ISQL or "", str(self.sql), "dba", "dba", f"exec={statement}"], capture_output=True, text=True, check=True)
        return "Done." in done.stdout and not self.graph(name)


def _get(address: str, form: str) -> bytes:
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept": form}), timeout=60) as answer:
        content: bytes = answer.read()
        return content


def by_graph(quads: bytes) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for q in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        found.setdefault(getattr(q.graph_name, "value", ""), set()).add(f"{q.subject} {q.predicate} {q.object} .")
    return found


@contextmanager
def running(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.kill()


# An entry of a script: the request is passed on.
PASSED: tuple[int, dict[str, str]] = (0, {})


class Front:
    """Stands before a server as a gateway does: passes on what it is asked, after what ``script`` says for the next requests.

    An entry of ``script`` is an answer (status and headers) instead of the server's, PASSED, or None: the connection is broken off.
    ``demands`` is the Authorization that a request must have; ``limit`` the longest body.
    """

    def __init__(self, behind: Server, certificate: Path | None = None) -> None:
        self.script: list[tuple[int, dict[str, str]] | None] = []
        self.seen: list[tuple[str, str | None, int]] = []
        self.demands: str | None = None
        self.limit = 1 << 30
        front = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                front.seen.append((self.command, self.headers["Authorization"], len(body)))
                scripted = front.script.pop(0) if front.script else PASSED
                if scripted is None:
                    self.close_connection = True
                elif scripted is not PASSED:
                    self.answer(*scripted)
                elif front.demands is not None and self.headers["Authorization"] != front.demands:
                    self.answer(401, {"WWW-Authenticate": 'Basic realm="here"'})
                elif len(body) > front.limit:
                    self.answer(413, {}, b"<p>too  large\n</p>")
                else:
                    there = http.client.HTTPConnection("127.0.0.1", behind.port)
                    there.request(self.command, self.path, body or None, {"Content-Type": self.headers["Content-Type"] or "text/plain"})
                    response = there.getresponse()
                    self.answer(response.status, {}, response.read())
                    there.close()

            do_DELETE = do_PUT

            def answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
            scheme = "https"
        self.address = f"{scheme}://localhost:{self.server.server_port}/store"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
