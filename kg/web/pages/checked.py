"""What a validation finds in the store: made once until it is built anew, in a process of its own, kept in memory."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette

from kg.findings import Report
from kg.read import UnreadableInput
from kg.store import StoreError, facts, known_pages, open_store
from kg.validation import validate


@dataclass(frozen=True, slots=True)
class Result:
    """A report, or why there is none."""

    report: Report | None
    failure: str = ""


def _validated(store: Path, sources: Sequence[Path]) -> Report:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever waits for a page comes first
    opened = open_store(store, read_only=True)
    return validate(facts(opened), sources=[*sources, *known_pages(store)])


async def _run(store: Path, sources: Sequence[Path]) -> Result:
    # Not a fork: the server has threads. The process ends with its one task.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return Result(await asyncio.get_running_loop().run_in_executor(pool, _validated, store, tuple(sources)))
        except (StoreError, UnreadableInput, BrokenProcessPool, MemoryError) as error:
            return Result(None, str(error) or type(error).__name__)


def result(app: Starlette) -> Result | None:
    """The result; None while it is being made. The first who asks begins it."""
    state = app.state
    if "checking" not in state.known:
        state.known["checking"] = asyncio.ensure_future(_run(state.workers.store, state.sources))
    task: asyncio.Task[Result] = state.known["checking"]
    return task.result() if task.done() and not task.cancelled() else None
