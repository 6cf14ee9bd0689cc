"""The application: what is at which address, over which store."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware

from kg.namespaces import ID
from kg.web import linked, pages, protocol, void
from kg.web.answers import Limits
from kg.web.guards import Guard
from kg.web.pages import ontology, thing
from kg.web.sending import Ledger
from kg.web.workers import Workers

# A store that was built anew is noticed within so many seconds.
_LOOK: Final = 2.0


async def _follow(app: Starlette) -> None:
    """Let go of what is known of the store whenever it has been built anew."""
    while True:
        await asyncio.sleep(_LOOK)
        if app.state.workers.renew():
            app.state.known = {}


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
        async with workers, asyncio.TaskGroup() as tasks:
            following = tasks.create_task(_follow(app))
            try:
                yield
            finally:
                following.cancel()
                # A check of a big store takes longer than anyone waits for a server to stop.
                for process in multiprocessing.active_children():
                    process.kill()

    things = linked.routes(pages.answered(ontology.page), pages.answered(thing.page))
    routes = [*protocol.routes(), *void.routes(), *pages.routes(), *things]
    guards = [Middleware(Guard, patience=patience)]
    app = Starlette(routes=routes, exception_handlers={404: pages.not_found}, middleware=guards, lifespan=lifespan)
    app.state.workers = workers
    app.state.known = {}
    app.state.ledger = Ledger()
    app.state.sources = tuple(sources)
    app.state.base = base
    app.state.language = language
    return app
