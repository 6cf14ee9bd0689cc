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

from kg.web.answers import Limits
from kg.web.app import application

CONNECTIONS: Final = 256
PATIENCE: Final = 20.0


class Patient(H11Protocol):
    """Lets go of clients that keep it waiting, as uvicorn itself does not: no whole head of a request in time, or an answer not taken."""

    patience: float = PATIENCE
    _head: asyncio.TimerHandle | None = None
    _look: asyncio.TimerHandle | None = None
    _paused: float | None = None
    _left = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clocks."""
        super().connection_made(transport)
        self._head = self.loop.call_later(self.patience, self._too_slow)
        self._look = self.loop.call_later(self.patience, self._look_after)

    def handle_events(self) -> None:
        """Stop the first clock once a request is there."""
        super().handle_events()
        if self.cycle is not None and self._head is not None:
            self._head.cancel()
            self._head = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        super().connection_lost(exc)
        for clock in (self._head, self._look):
            if clock is not None:
                clock.cancel()

    def pause_writing(self) -> None:
        """The client does not take what is sent as fast as it is."""
        super().pause_writing()
        self._paused = self.loop.time()

    def resume_writing(self) -> None:
        """The client has taken most of it."""
        super().resume_writing()
        self._paused = None

    def _too_slow(self) -> None:
        body = b"the request did not come in time\n"
        head = f"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        self.transport.write(head.encode() + body)
        self.transport.close()

    def _look_after(self) -> None:
        stuck = self._paused is not None and self.loop.time() - self._paused >= self.patience
        left = self.transport.get_write_buffer_size()
        forgotten = 0 < left == self._left and (self.cycle is None or self.cycle.response_complete)
        self._left = left
        if stuck or forgotten:
            self.transport.abort()
            return
        self._look = self.loop.call_later(self.patience, self._look_after)


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
    patience: float = PATIENCE,
) -> None:
    """Listen until interrupted. Raises OSError for an address that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        name = f"[{host}]" if ":" in host else host
        click.echo(f"http://{name}:{listening.getsockname()[1]}/", err=True)
        app = application(store, sources=sources, limits=limits, language=language, processes=processes, patience=patience)
        uvicorn.Server(configured(app, patience)).run(sockets=[listening])
