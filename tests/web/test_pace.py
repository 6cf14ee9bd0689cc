"""Clients that keep a server waiting: slow to ask, slow to take their answer, or gone."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from kg.web.answers import Limits
from kg.web.sending import Ledger
from web.conftest import serving

PATIENCE = 1.5
LARGE = {"query": "SELECT * { ?s ?p ?o } LIMIT 50000"}
ROOM = 16_000_000


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Room for one large answer."""
    return Ledger(ROOM)


@pytest.fixture(scope="module")
def slow(store: Path, ledger: Ledger) -> Iterator[str]:
    """A server of little patience."""
    with serving(store, patience=PATIENCE, ledger=ledger, processes=2, limits=Limits(seconds=30)) as address:
        yield address


def connected(address: str) -> socket.socket:
    """A connection that takes little at a time."""
    found = socket.socket()
    found.settimeout(20)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.connect(("127.0.0.1", urlsplit(address).port))
    return found


def test_half_a_head_is_answered_after_a_while(slow: str) -> None:
    with connected(slow) as client:
        client.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n")
        start = time.monotonic()
        assert client.recv(1000).startswith(b"HTTP/1.1 408 ")
        assert time.monotonic() - start >= PATIENCE - 0.5
        assert client.recv(1000) == b""


def test_half_a_body_is_answered_after_a_while(slow: str) -> None:
    with connected(slow) as client:
        client.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK")
        assert client.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_who_does_not_take_an_answer_is_let_go_and_makes_room(slow: str, ledger: Ledger) -> None:
    size = len(httpx.get(f"{slow}/sparql", params=LARGE, timeout=30).content)
    assert size < ROOM < 2 * size
    with connected(slow) as client:
        client.sendall(f"GET /sparql?{urlencode(LARGE)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert client.recv(15) == b"HTTP/1.1 200 OK"
        until = time.monotonic() + 20 * PATIENCE
        while not ledger.take(ROOM):
            assert time.monotonic() < until, "the answer is still held"
            time.sleep(0.1)
    # There is no room for a large answer now, but for small ones there is.
    large = httpx.get(f"{slow}/sparql", params=LARGE, timeout=30)
    small = httpx.get(f"{slow}/sparql", params={"query": "ASK {}"}, timeout=30)
    ledger.give(ROOM)
    assert (large.status_code, small.status_code) == (503, 200)
    assert "large answers" in large.text
    assert "retry-after" in large.headers
    assert httpx.get(f"{slow}/sparql", params=LARGE, timeout=30).status_code == 200


def test_a_client_that_goes_away_frees_its_process(slow: str) -> None:
    endless = urlencode({"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    for _ in range(3):
        with connected(slow) as client:
            client.sendall(f"GET /sparql?{endless} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.3)
    start = time.monotonic()
    assert httpx.get(f"{slow}/sparql", params={"query": "ASK {}"}, timeout=60).status_code == 200
    assert time.monotonic() - start < 20


def test_a_body_that_is_too_long(slow: str) -> None:
    answer = httpx.post(f"{slow}/sparql", content=b"x" * 3_000_000, headers={"Content-Type": "application/sparql-query"}, timeout=30)
    assert answer.status_code == 413
    assert "1000000 bytes" in answer.text
