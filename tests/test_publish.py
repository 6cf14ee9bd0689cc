"""`kg publish`: what the store has is in the other store, and nothing more is sent than needs be. The other stores are real ones."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from conftest import ROOT, Run
from servers import PASSED, Front, Oxigraph, Virtuoso, by_graph, needs_oxigraph, needs_virtuoso, running

from kg.graphstore import Credentials, GraphStore, Patience, PublishError
from kg.namespaces import ID, PREFIXES
from kg.publishing import Journal, publish
from kg.store import dump, load, open_store, remove_source

SOONER = ("--pause", "0.01")
QUICK = Patience(10, 4, 0.01)
FEW = 12


def quads(name: str, *words: str) -> Iterator[str]:
    """An article with what an IRI and a literal may hold."""
    article = f"<{ID}article/{name}>"
    yield f"{article} <{PREFIXES['rdf']}type> <{PREFIXES['kg']}Article> {article} .\n"
    yield f'{article} <{PREFIXES["kg"]}sourceFile> "{name}.txt" {article} .\n'
    yield f'{article} <{PREFIXES["schema"]}headline> "<x> .\\n\\"引\\" \\\\ &amp; 𠮷"@zh {article} .\n'
    yield f'{article} <{PREFIXES["schema"]}datePublished> "2024-05-17"^^<{PREFIXES["xsd"]}date> {article} .\n'
    yield f'<{ID}event/1> <{PREFIXES["schema"]}startDate> "--05-17"^^<{PREFIXES["xsd"]}gMonthDay> {article} .\n'
    yield f'<{ID}event/1> <{PREFIXES["kg"]}confidence> "0.90"^^<{PREFIXES["xsd"]}decimal> {article} .\n'
    yield f"{article} <{PREFIXES['schema']}mentions> <{ID}person/4101/马·志峰> {article} .\n"
    yield f"<{ID}event/1> <{PREFIXES['kg']}evidence> <{ID}article/{name}#char=1,2> {article} .\n"
    yield from (f'{article} <{PREFIXES["schema"]}keywords> "{word}" {article} .\n' for word in words)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of twelve articles and a standing graph."""
    folder = tmp_path / "store"
    lines = [line for number in range(FEW) for line in quads(f"{number:02}")]
    load(open_store(folder), [*lines, f'<{ID}org/x> <{PREFIXES["rdfs"]}label> "x" <{ID}graph/organizations> .\n'])
    return folder


def held(store: Path) -> dict[str, set[str]]:
    return by_graph("".join(dump(open_store(store, read_only=True))).encode())


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Oxigraph]:
    (tmp_path / "oxigraph").mkdir()
    server = Oxigraph(tmp_path / "oxigraph")
    with running(server):
        yield server


@pytest.fixture
def front(oxigraph: Oxigraph) -> Iterator[Front]:
    before = Front(oxigraph)
    yield before
    before.close()


pytestmark = needs_oxigraph


def test_the_other_store_has_the_same_graphs(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    result = kg("publish", oxigraph.address, "--store", store)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"{FEW + 1} graphs sent, 0 deleted, 0 unchanged → {oxigraph.address}\n"
    assert oxigraph.graphs() == held(store)


def test_what_is_there_already_is_not_sent_again(front: Front, store: Path, kg: Run) -> None:
    assert kg("publish", front.address, "--store", store).exit_code == 0
    front.seen.clear()
    assert "0 graphs sent, 0 deleted, 13 unchanged" in kg("publish", front.address, "--store", store).stderr
    assert front.seen == []
    assert "13 graphs sent, 0 deleted, 0 unchanged" in kg("publish", front.address, "--store", store, "--all").stderr
    assert len(front.seen) == 13


def test_a_changed_article_is_replaced_one_that_is_gone_deleted_what_others_put_there_stays(
    front: Front, oxigraph: Oxigraph, store: Path, kg: Run
) -> None:
    kg("publish", front.address, "--store", store)
    for graph in ("http://x.org/theirs", f"{ID}article/theirs"):
        put = Request(
            f"{oxigraph.address}?graph={graph}", b"<http://x.org/a> <http://x.org/b> 1 .", {"Content-Type": "text/turtle"}, method="PUT"
        )
        urlopen(put).close()
    opened = open_store(store)
    load(opened, [*quads("03", "new"), *quads("99")])
    assert remove_source(opened, "05.txt") == 1
    del opened
    front.seen.clear()
    assert "2 graphs sent, 1 deleted, 11 unchanged" in kg("publish", front.address, "--store", store).stderr
    assert [method for method, _, _ in front.seen] == ["PUT", "PUT", "DELETE"]
    there = oxigraph.graphs()
    assert len(there.pop("http://x.org/theirs")) == len(there.pop(f"{ID}article/theirs")) == 1
    assert there == held(store)
    assert f"{ID}article/05" not in there
    assert "0 graphs sent, 0 deleted, 13 unchanged" in kg("publish", front.address, "--store", store).stderr


def test_what_is_gone_there_too_is_no_error(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    kg("publish", oxigraph.address, "--store", store)
    urlopen(Request(f"{oxigraph.address}?graph={ID}article/05", method="DELETE")).close()
    remove_source(open_store(store), "05.txt")
    assert "0 graphs sent, 1 deleted, 12 unchanged" in kg("publish", oxigraph.address, "--store", store).stderr


def test_each_address_has_its_own_journal(oxigraph: Oxigraph, front: Front, store: Path, kg: Run) -> None:
    kg("publish", front.address, "--store", store)
    assert "13 graphs sent" in kg("publish", oxigraph.address, "--store", store).stderr
    assert len(list(store.glob("published-*.tsv"))) == 2


def test_a_dry_run_says_what_would_be_sent_and_sends_nothing(front: Front, store: Path, kg: Run) -> None:
    result = kg("publish", front.address, "--store", store, "--dry-run")
    assert len(result.stdout.splitlines()) == 13
    assert f"put\t{ID}article/03\t8 statements" in result.stdout.splitlines()
    assert result.stderr == "0 unchanged; nothing was sent\n"
    assert front.seen == []
    kg("publish", front.address, "--store", store)
    opened = open_store(store)
    load(opened, quads("03", "new"))
    remove_source(opened, "05.txt")
    del opened
    front.seen.clear()
    result = kg("publish", front.address, "--store", store, "--dry-run")
    assert result.stdout == f"put\t{ID}article/03\t9 statements\ndelete\t{ID}article/05\n"
    assert front.seen == []
    assert "1 graphs sent, 1 deleted" in kg("publish", front.address, "--store", store).stderr


# What fails on the way


def test_a_run_goes_on_when_the_server_was_killed_and_is_started_again(oxigraph: Oxigraph, store: Path) -> None:
    done: list[str] = []
    told: list[str] = []

    def on_graph(graph: str) -> None:
        done.append(graph)
        if len(done) == 4:
            oxigraph.kill()

    def on_retry(reason: str, pause: float) -> None:
        told.append(reason)
        if len(told) == 2:
            oxigraph.start()

    with GraphStore(oxigraph.address, Credentials(), QUICK, on_retry) as target:
        outcome = publish(open_store(store, read_only=True), Journal(store, oxigraph.address), target, on_graph=on_graph)
    assert (outcome.sent, outcome.unchanged, outcome.refused) == (FEW + 1, 0, [])
    assert "refuses the connection" in told[0]
    assert oxigraph.graphs() == held(store)


def test_the_next_run_takes_up_what_a_killed_server_cut_off(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    def on_graph(graph: str) -> None:
        if graph.endswith("/05"):
            oxigraph.kill()

    journal = Journal(store, oxigraph.address)
    with (
        GraphStore(oxigraph.address, Credentials(), QUICK) as target,
        pytest.raises(PublishError, match=r"no server is there \(tried 5 times\)"),
    ):
        publish(open_store(store, read_only=True), journal, target, on_graph=on_graph)
    result = kg("publish", oxigraph.address, "--store", store, "--retries", "0")
    assert result.exit_code == 1
    assert "no server is there (tried 1 times)" in result.stderr
    oxigraph.start()
    assert "7 graphs sent, 0 deleted, 6 unchanged" in kg("publish", oxigraph.address, "--store", store).stderr
    assert oxigraph.graphs() == held(store)


def test_the_next_run_takes_up_what_was_cut_off_by_killing_the_command(front: Front, oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    front.script = [(503, {"Retry-After": "30"})]
    kg("publish", front.address, "--store", store, "--retries", "0")
    front.script, front.seen = [PASSED] * 5 + [(503, {"Retry-After": "30"})] * 20, []
    command = [sys.executable, "-m", "kg", "publish", front.address, "--store", store]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL) as process:
        while len(front.script) >= 20 and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
    front.script.clear()
    before = set(oxigraph.graphs())
    assert 4 <= len(before) < FEW
    front.seen.clear()
    result = kg("publish", front.address, "--store", store)
    assert f"{len(before)} unchanged" in result.stderr
    assert len(front.seen) == FEW + 1 - len(before)
    assert oxigraph.graphs() == held(store)


def test_a_graph_that_was_on_its_way_when_the_run_was_cut_off_is_not_forgotten(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    """The server has it, the journal has no answer: it is sent again, and deleted once the store has it no longer."""

    class Killed(BaseException):
        pass

    class Cut(GraphStore):
        def put(self, graph: str, triples: bytes) -> None:
            super().put(graph, triples)
            if graph.endswith("/05"):
                raise Killed

    with Cut(oxigraph.address, Credentials(), QUICK) as target, pytest.raises(Killed):
        publish(open_store(store, read_only=True), Journal(store, oxigraph.address), target)
    assert f"{ID}article/05" in oxigraph.graphs()
    remove_source(open_store(store), "05.txt")
    assert "7 graphs sent, 1 deleted, 5 unchanged" in kg("publish", oxigraph.address, "--store", store).stderr
    assert oxigraph.graphs() == held(store)


def test_a_line_of_the_journal_that_was_cut_off_is_no_line(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    kg("publish", oxigraph.address, "--store", store)
    journal = next(store.glob("published-*.tsv"))
    text = journal.read_text("utf-8")
    assert text.startswith(f"# {oxigraph.address}\n")
    journal.write_text(text[:-30], encoding="utf-8")
    assert "1 graphs sent, 0 deleted, 12 unchanged" in kg("publish", oxigraph.address, "--store", store).stderr
    assert journal.read_text("utf-8") == text


@pytest.mark.parametrize("failure", [(500, {}), (502, {}), (503, {"Retry-After": "0"}), (429, {}), (408, {}), None])
def test_what_may_be_over_soon_is_tried_again(failure: tuple[int, dict[str, str]] | None, front: Front, store: Path, kg: Run) -> None:
    front.script = [failure, failure, failure]
    result = kg("publish", front.address, "--store", store, *SOONER)
    assert result.exit_code == 0, result.stderr
    assert len(front.seen) == FEW + 4
    assert result.stderr.count("once more in") == 3
    assert ("broke the connection off" if failure is None else f"kg: {failure[0]} ") in result.stderr


def test_it_gives_up_after_the_retries(front: Front, store: Path, kg: Run) -> None:
    front.script = [(503, {})] * 50
    result = kg("publish", front.address, "--store", store, *SOONER, "--retries", "2")
    assert result.exit_code == 1
    assert f"kg: {front.address}: 503 Service Unavailable (tried 3 times)" in result.stderr
    assert len(front.seen) == 3


def test_a_kept_connection_that_the_server_closed_is_opened_again_without_a_word(front: Front, store: Path, kg: Run) -> None:
    front.script = []
    seen = 0

    def on_graph(graph: str) -> None:
        nonlocal seen
        seen += 1
        if seen % 3 == 0:
            front.script = [None]

    told: list[str] = []
    with GraphStore(front.address, Credentials(), QUICK, lambda reason, pause: told.append(reason)) as target:
        outcome = publish(open_store(store, read_only=True), Journal(store, front.address), target, on_graph=on_graph)
    assert (outcome.sent, told) == (FEW + 1, [])


def test_a_graph_that_is_refused_is_named_and_the_others_are_sent(front: Front, oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    load(open_store(store), quads("03", "long" * 1000))
    front.limit = 3000
    result = kg("publish", front.address, "--store", store)
    assert result.exit_code == 1
    assert f"{ID}article/03: refused: 413" in result.stderr
    assert ": too large\n" in result.stderr
    assert "12 graphs sent" in result.stderr
    assert set(held(store)) - set(oxigraph.graphs()) == {f"{ID}article/03"}
    front.limit = 1 << 30
    assert "1 graphs sent, 0 deleted, 12 unchanged" in kg("publish", front.address, "--store", store).stderr


def test_when_one_graph_after_another_is_refused_it_stops(front: Front, store: Path, kg: Run) -> None:
    front.limit = 0
    result = kg("publish", front.address, "--store", store)
    assert result.exit_code == 1
    assert len(front.seen) == 5
    assert "kg: 413" in result.stderr


@pytest.mark.parametrize(
    ("status", "headers", "words"),
    [
        (301, {"Location": "https://elsewhere.org/store"}, "give https://elsewhere.org/store instead (301)"),
        (403, {}, "forbids to write (403)"),
        (404, {}, "there is no graph store; Oxigraph has its graph store at /store"),
        (405, {}, "takes no PUT"),
        (415, {}, "does not read application/n-triples (415)"),
        (501, {}, "takes no PUT"),
    ],
)
def test_what_will_not_be_over_soon_ends_it_at_once(
    status: int, headers: dict[str, str], words: str, front: Front, store: Path, kg: Run
) -> None:
    front.script = [(status, headers)]
    result = kg("publish", front.address, "--store", store)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"kg: {front.address}: ")
    assert words in result.stderr
    assert len(front.seen) == 1


def test_the_query_endpoint_of_a_real_server_is_no_graph_store(oxigraph: Oxigraph, store: Path, kg: Run) -> None:
    result = kg("publish", f"{oxigraph.root}/query", "--store", store)
    assert result.exit_code == 1
    assert "no graph store" in result.stderr


def test_a_host_that_is_not_there(store: Path, kg: Run) -> None:
    result = kg("publish", "http://nowhere.invalid/store", "--store", store, "--retries", "0")
    assert result.exit_code == 1
    assert "nowhere.invalid" in result.stderr


# Who writes


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def test_credentials_go_out_when_they_are_asked_for(front: Front, store: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USERNAME", "纪")
    monkeypatch.setenv("KG_PASSWORD", "a:b")
    assert kg("publish", front.address, "--store", store).exit_code == 0
    assert {sent for _, sent, _ in front.seen} == {None}
    front.seen.clear()
    front.demands = basic("纪", "a:b")
    assert kg("publish", front.address, "--store", store, "--all").exit_code == 0
    assert [sent for _, sent, _ in front.seen] == [None, *[front.demands] * 13]
    for file in store.glob("published-*"):
        assert "a:b" not in file.read_text("utf-8")


def test_a_token(front: Front, store: Path, kg: Run) -> None:
    front.demands = "Bearer secret"
    assert kg("publish", front.address, "--store", store, "--token", "secret").exit_code == 0
    wrong = kg("publish", front.address, "--store", store, "--all", "--token", "other")
    assert wrong.exit_code == 1
    assert "does not accept the token (401)" in wrong.stderr


def test_no_or_wrong_credentials_are_said(front: Front, store: Path, kg: Run) -> None:
    front.demands = basic("a", "b")
    result = kg("publish", front.address, "--store", store)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "give --username and --password, or --token (401)" in result.stderr
    result = kg("publish", front.address, "--store", store, "--username", "a", "--password", "c")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "does not accept this name and password (401)" in result.stderr


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not on this machine")
    pem = tmp_path / "localhost.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    options = ["-addext", "subjectAltName=DNS:localhost", "-keyout", pem, "-out", tmp_path / "crt.pem"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    pem.write_text(pem.read_text() + (tmp_path / "crt.pem").read_text())
    return pem


def test_tls(certificate: Path, oxigraph: Oxigraph, store: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    front = Front(oxigraph, certificate)
    try:
        untrusted = kg("publish", front.address, "--store", store)
        assert untrusted.exit_code == 1
        assert "the certificate is not trusted: self" in untrusted.stderr
        assert front.seen == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert kg("publish", front.address, "--store", store).exit_code == 0
        assert oxigraph.graphs() == held(store)
        other = front.address.replace("localhost", "127.0.0.1")
        assert "IP address mismatch" in kg("publish", other, "--store", store).stderr
    finally:
        front.close()


def test_a_server_without_tls_is_told(store: Path, kg: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        result = kg("publish", f"https://127.0.0.1:{listening.getsockname()[1]}/store", "--store", store)
        thread.join()
    assert result.exit_code == 1
    assert "no TLS with" in result.stderr
    assert "begin with http://" in result.stderr


def test_a_password_without_tls_is_warned_of(store: Path, kg: Run) -> None:
    result = kg("publish", "http://nowhere.invalid/store", "--store", store, "--retries", "0", "--username", "a")
    assert "has no TLS" in result.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["store"], "write http://HOST/PATH"),
        (["ftp://x.org/store"], "write http://HOST/PATH"),
        (["http://"], "write http://HOST/PATH"),
        (["http://a:b@x.org/store"], "not in the address"),
        (["http://x.org/store#a"], "with # is no graph store"),
        (["http://x.org:70000/store"], "ort"),
        (["http://x.org/store", "--token", "a", "--username", "b"], "choose one"),
        (["http://x.org/store", "--password", "a"], "--password needs --username"),
        (["http://x.org/store", "--retries", "-1"], "-1"),
    ],
)
def test_wrong_usage(args: list[str], words: str, store: Path, kg: Run) -> None:
    result = kg("publish", *args, "--store", store)
    assert result.exit_code == 2
    assert words in result.stderr


def test_no_store_is_said(tmp_path: Path, kg: Run) -> None:
    result = kg("publish", "http://x.org/store", "--store", tmp_path / "none")
    assert result.exit_code == 3
    assert "no store here" in result.stderr


def test_an_address_may_have_a_query_and_chinese(front: Front, store: Path, kg: Run) -> None:
    assert kg("publish", front.address + "?库=方志", "--store", store).exit_code == 0
    with GraphStore("http://例子.测试/库", Credentials(), QUICK) as target:
        assert target.address == "http://xn--fsqu00a.xn--0zwm56d/%E5%BA%93"


# Virtuoso


@needs_virtuoso
def test_virtuoso_by_digest(store: Path, tmp_path: Path, kg: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "virtuoso").mkdir()
    server = Virtuoso(tmp_path / "virtuoso")
    with running(server):
        publishing = ("publish", server.address, "--store", store)
        assert "give --username and --password" in kg(*publishing).stderr
        assert "does not accept this name" in kg(*publishing, "--username", "dba", "--password", "x").stderr
        monkeypatch.setenv("KG_USERNAME", "dba")
        monkeypatch.setenv("KG_PASSWORD", "dba")
        assert "13 graphs sent" in kg(*publishing).stderr
        for name, triples in held(store).items():
            assert server.graph(name) == triples
        opened = open_store(store)
        load(opened, quads("03", "new"))
        remove_source(opened, "05.txt")
        del opened
        assert "1 graphs sent, 1 deleted, 11 unchanged" in kg(*publishing).stderr
        graphs = held(store)
        for name in (f"{ID}article/{number:02}" for number in range(FEW)):
            assert server.graph(name) == graphs.get(name, set())
