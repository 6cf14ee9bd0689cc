"""The command ``kg serve``: it says where it listens, stops when told to, and says what is wrong."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from conftest import ROOT, Run

from kg.store import open_store
from web.conftest import serving


def started(*args: object) -> tuple[subprocess.Popen[str], str]:
    """The command as its own process, and the address that it names."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", *map(str, args)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stderr is not None
    return process, process.stderr.readline().strip().rstrip("/")


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()] if tasks.exists() else []


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop(store: Path, sent: signal.Signals) -> None:
    process, address = started("--store", store, "--workers", 2, "--timeout", 1)
    try:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+", address)
        for _ in range(100):
            try:
                answer = httpx.get(f"{address}/sparql", params={"query": "ASK { ?a a kg:Article }"}, timeout=30)
                break
            except httpx.ConnectError:
                continue
        assert answer.json()["boolean"] is True
        workers = children(process.pid)
        assert len(workers) in (0, 2)
    finally:
        process.send_signal(sent)
        process.communicate(timeout=30)
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_a_store_that_is_not_there(kg: Run, tmp_path: Path) -> None:
    result = kg("serve", "--store", tmp_path / "none")
    assert result.exit_code == 3
    assert "build one first" in result.stderr


def test_a_store_that_is_being_written(kg: Run, tmp_path: Path) -> None:
    writing = "import sys, pyoxigraph; s = pyoxigraph.Store(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", writing, str(tmp_path / "store")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        result = kg("serve", "--store", tmp_path / "store")
        writer.communicate("")
    assert result.exit_code == 3
    assert "locked" in result.stderr


def test_a_port_that_is_taken(kg: Run, store: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = kg("serve", "--store", store, "--port", taken.getsockname()[1])
    assert result.exit_code == 3
    assert "in use" in result.stderr


def test_without_the_extra_it_says_how_to_get_it(store: Path, tmp_path: Path) -> None:
    """A Python without the packages, as after ``pip install fangzhi``."""
    hidden = (
        "import sys, importlib.util as u; found = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name in ('starlette', 'pypinyin') else found(name, *a)\n"
        "from kg.cli import main; main(prog_name='kg')"
    )
    command = [sys.executable, "-c", hidden, "serve", "--store", str(store)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "serving needs starlette, pypinyin: pip install 'fangzhi[web]'" in done.stderr


def test_a_reader_leaves_the_store_to_a_writer(store: Path, tmp_path: Path) -> None:
    process, _ = started("--store", store, "--workers", 1)
    try:
        open_store(store)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_it_stops_at_once_also_while_it_checks_the_store(store: Path) -> None:
    process, address = started("--store", store, "--workers", 1)
    for _ in range(100):
        try:
            assert httpx.get(f"{address}/", timeout=30).status_code == 200
            break
        except httpx.ConnectError:
            continue
    process.terminate()
    process.communicate(timeout=20)


def test_a_store_that_is_built_anew_is_served_anew(kg: Run, tmp_path: Path) -> None:
    pages = sorted((ROOT / "seeds" / "pages").glob("*.txt"))
    first = kg("build", pages[0], "--store", tmp_path / "store")
    with serving(tmp_path / "store", processes=2) as address, httpx.Client(base_url=address, timeout=30) as client:

        def articles() -> tuple[int, int, int]:
            count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?a a kg:Article }"})
            shown = re.search(r"<dd>(\d+)</dd>", client.get("/?lang=en").text)
            described = re.search(r"void:documents (\d+)", client.get("/.well-known/void", headers={"Accept": "text/turtle"}).text)
            assert shown is not None
            assert described is not None
            return int(count.json()["results"]["bindings"][0]["n"]["value"]), int(shown[1]), int(described[1])

        before = articles()
        assert len(set(before)) == 1
        command = [sys.executable, "-m", "kg", "build", *map(str, pages[1:]), "--store", str(tmp_path / "store")]
        second = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
        until = time.monotonic() + 30
        while articles() == before and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(0.5)
        after = articles()
        assert len(set(after)) == 1
        assert after[0] > before[0]
        assert after[0] == sum(int(re.search(r"(\d+) articles", said)[1]) for said in (first.stderr, second.stderr))
