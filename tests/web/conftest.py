"""A real server on loopback over a real store."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from click.testing import CliRunner
from conftest import ROOT

from kg.cli import main
from kg.web.answers import Limits
from kg.web.app import application
from kg.web.sending import Ledger
from kg.web.server import configured

SECONDS = 3.0
ROWS = 20_000


@contextmanager
def serving(store: Path, patience: float = 5.0, ledger: Ledger | None = None, **options: object) -> Iterator[str]:
    """The address of a server; it stops with the block."""
    app = application(store, patience=patience, **options)
    app.state.ledger = ledger or app.state.ledger
    server = uvicorn.Server(configured(app, patience))
    server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    server.config.port = 0
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive(), "the server does not start"
            assert time.monotonic() < until, "the server does not start in time"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages as a store."""
    folder = tmp_path_factory.mktemp("web") / "store"
    result = CliRunner().invoke(main, ["build", str(ROOT / "seeds" / "pages"), "--store", str(folder)], prog_name="kg")
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[str]:
    """The address of a server over the sample pages."""
    with serving(store, limits=Limits(seconds=SECONDS, rows=ROWS), processes=3, sources=[ROOT / "seeds" / "pages"]) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx.Client]:
    """A client of that server, that follows no redirects."""
    with httpx.Client(base_url=site, timeout=30) as found:
        yield found
