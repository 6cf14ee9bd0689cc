"""uvicorn around the application, with a limit on the time that a client may take to say what it wants."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.web.app import application
from kg.web.workers import Limits

CONNECTIONS: Final = 1000
PATIENCE: Final = 20.0


class Patient(H11Protocol):
    """Closes a connection on which no whole request head has come in time: uvicorn itself would wait for ever."""

    patience: float = PATIENCE
    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._closing = self.loop.call_later(self.patience, self._too_slow)

    def handle_events(self) -> None:
        """Stop the clock once a request is there."""
        super().handle_events()
        if self.cycle is not None and self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        super().connection_lost(exc)
        if self._closing is not None:
            self._closing.cancel()

    def _too_slow(self) -> None:
        body = b"the request did not come in time\n"
        head = f"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.transport.write(head.encode() + body)
        self.transport.close()


def configured(app: Any, patience: float = PATIENCE) -> uvicorn.Config:
    """How uvicorn runs it."""
    protocol = type("Patient", (Patient,), {"patience": patience})
    return uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )


def serve(
    store: Path,
    host: str,
    port: int,
    *,
    sources: Sequence[Path] = (),
    limits: Limits | None = None,
    processes: int = 2,
    language: str = "zh",
) -> None:
    """Listen until interrupted. Raises OSError for an address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        name = f"[{host}]" if ":" in host else host
        click.echo(f"http://{name}:{listening.getsockname()[1]}/", err=True)
        app = application(store, sources=sources, limits=limits, language=language, processes=processes)
        uvicorn.Server(configured(app)).run(sockets=[listening])
