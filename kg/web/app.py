"""The application: what is at which address, over which store."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kg.namespaces import ID
from kg.web import linked, protocol, void
from kg.web.guards import Guard
from kg.web.sending import Ledger
from kg.web.workers import Limits, Workers

_HERE = Path(__file__).parent


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
            try:
                yield
            finally:
                # A check of a big store takes longer than anyone waits for a server to stop.
                for process in multiprocessing.active_children():
                    process.kill()

    pages = import_module("kg.web.pages") if (_HERE / "pages" / "__init__.py").is_file() else None
    guards = [Middleware(Guard, patience=patience)]
    app = Starlette(routes=_routes(pages), exception_handlers=_lost(pages), middleware=guards, lifespan=lifespan)
    app.state.workers = workers
    app.state.counts = void.Counts(workers)
    app.state.ledger = Ledger()
    app.state.sources = tuple(sources)
    app.state.base = base
    app.state.language = language
    return app


def _routes(pages: ModuleType | None) -> list[BaseRoute]:
    return [*protocol.routes(), *void.routes(), *linked.routes(pages.routes() if pages else [])]


def _lost(pages: ModuleType | None) -> dict[int, Callable[[Request, Exception], Awaitable[Response]]]:
    """What an address at which there is nothing gets."""
    if pages is None:
        return {}

    async def page(request: Request, error: Exception) -> Response:
        response: Response = await pages.not_found(request)
        return response

    return {404: page}
