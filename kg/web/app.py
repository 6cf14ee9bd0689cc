"""The application: what is at which address, over which store."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from kg.namespaces import ID
from kg.web import protocol, void
from kg.web.guards import Guard
from kg.web.workers import Limits, Workers


def application(
    store: Path,
    *,
    sources: Sequence[Path] = (),
    limits: Limits | None = None,
    language: str = "zh",
    processes: int = 2,
    wait: float = 20.0,
    patience: float = 20.0,
    base: str = ID,
) -> Starlette:
    """The server over a store, as an ASGI application; its processes live as long as it runs. Starting it raises StoreError."""
    workers = Workers(store, processes, limits, wait)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with workers:
            yield

    app = Starlette(routes=_routes(), middleware=[Middleware(Guard, patience=patience)], lifespan=lifespan)
    app.state.workers = workers
    app.state.counts = void.Counts(workers)
    app.state.sources = tuple(sources)
    app.state.base = base
    app.state.language = language
    return app


def _routes() -> list[BaseRoute]:
    found: list[BaseRoute] = [*protocol.routes(), *void.routes()]
    if find_spec("kg.web.pages") is not None:
        found.extend(import_module("kg.web.pages").routes())
    return found
