"""A pool of processes that answer queries over one store: each answers one at a time and is ended when it is over time.

The engine cannot be interrupted, a process can. Who waits for nobody's answer (the client has gone) gives the process up too. When all
are busy, a request waits for a bounded time; queries from outside never hold the last process, so pages stay quick.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from kg.namespaces import ID
from kg.query import NamedQuery, QueryError, as_query, bind
from kg.store import StoreError
from kg.storefolder import being_written, edition
from kg.web.answers import Answer, BadQuery, Busy, Forbidden, Kept, Limits, QueryTimeout, Term, TooLarge, answered, term_of
from kg.web.syntax import glance, scan
from kg.web.worker import ROWS, TRIPLES

JSON: Final = "application/sparql-results+json"


class _Worker:
    """One process and its two pipes."""

    def __init__(self, process: asyncio.subprocess.Process, generation: int) -> None:
        self._process, self.generation = process, generation

    @classmethod
    async def start(cls, store: Path, megabytes: int, generation: int) -> _Worker:
        """A process that has opened the store. Raises StoreError where it cannot."""
        command = (sys.executable, "-m", "kg.web.worker", str(store), str(megabytes))
        pipe = asyncio.subprocess.PIPE
        worker = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe), generation)
        try:
            head, _ = await worker._receive()
        except asyncio.IncompleteReadError as error:
            raise StoreError(store, "the process that should read it ended") from error
        if head["status"] != "ready":
            await worker.end()
            raise StoreError(store, head["message"])
        return worker

    async def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Raises IncompleteReadError or ConnectionError where the process dies of the request."""
        assert self._process.stdin is not None
        data = json.dumps(request).encode()
        self._process.stdin.write(struct.pack("!I", len(data)) + data)
        await self._process.stdin.drain()
        return await self._receive()

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout is not None
        size = await self._process.stdout.readexactly(4)
        head: dict[str, Any] = json.loads(await self._process.stdout.readexactly(struct.unpack("!I", size)[0]))
        return head, await self._process.stdout.readexactly(head["length"])

    async def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Workers:
    """``async with Workers(store) as workers`` starts and ends the processes. Raises StoreError for a store that does not open.

    ``wait``: the seconds that a request waits for a process; ``megabytes``: the memory that a query may take.
    """

    def __init__(self, store: Path, processes: int = 2, limits: Limits | None = None, wait: float = 20.0, megabytes: int = 1000) -> None:
        self.store, self.limits = store, limits or Limits()
        self._processes, self._wait, self._megabytes = max(1, processes), wait, megabytes
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._outside = asyncio.Semaphore(max(1, self._processes - 1))
        self._living: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = asyncio.Event()
        self._edition, self._generation = "", 0
        self._kept = Kept()

    async def __aenter__(self) -> Self:
        self._edition = edition(self.store)
        starts = (_Worker.start(self.store, self._megabytes, self._generation) for _ in range(self._processes))
        started = await asyncio.gather(*starts, return_exceptions=True)
        for worker in started:
            if isinstance(worker, _Worker):
                self._living.add(worker)
                self._idle.put_nowait(worker)
        failed = [error for error in started if isinstance(error, BaseException)]
        if failed:
            await self.__aexit__()
            raise failed[0]
        return self

    async def __aexit__(self, *error: object) -> None:
        self._closed.set()
        # A replacement that is under way ends by itself: cancelled midway it would leave a process behind.
        await asyncio.gather(*self._tasks)
        await asyncio.gather(*(worker.end() for worker in self._living))
        self._living.clear()

    async def ask(
        self,
        query: str,
        form: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        limits: Limits | None = None,
        outside: bool = False,
    ) -> Answer:
        """The answer as the media type ``form``; ``outside``: not one of the server's own queries. Raises Refused."""
        scanned = scan(query) if outside else glance(query)
        if scanned.form == "UPDATE":
            raise Forbidden("this endpoint is read-only: it takes no updates")
        if scanned.calls:
            raise Forbidden("this endpoint calls no other service: SERVICE is refused")
        if form not in ROWS and form not in TRIPLES:
            raise BadQuery(f"unknown format {form}")
        limits = limits or self.limits
        request: dict[str, Any] = {
            "query": scanned.text,
            "form": form,
            "default_graphs": None,
            "named_graphs": None,
            "seconds": limits.seconds,
            "rows": limits.rows,
            "bytes": limits.bytes,
        }
        if default_graphs or named_graphs:
            # A dataset that names only graphs of one kind has none of the other.
            request |= {"default_graphs": list(default_graphs), "named_graphs": list(named_graphs)}
        if not outside:
            return await self._own(request, form, limits)
        try:
            async with asyncio.timeout(self._wait):
                await self._outside.acquire()
        except TimeoutError as error:
            raise Busy("other queries are being answered; try again in a moment") from error
        try:
            head, body = await self._turn(request, limits)
        finally:
            self._outside.release()
        return answered(head, body, form, limits, self._megabytes)

    async def _own(self, request: Mapping[str, Any], form: str, limits: Limits) -> Answer:
        """Pages are looked at again and again: what was answered is kept until the store is built anew."""
        key = json.dumps(request)
        if (known := self._kept.get(key)) is not None:
            return known
        generation = self._generation
        head, body = await self._turn(request, limits)
        found = answered(head, body, form, limits, self._megabytes)
        if generation == self._generation:
            self._kept.put(key, found)
        return found

    async def rows(
        self, query: NamedQuery | str, params: Mapping[str, str] | None = None, *, limits: Limits | None = None
    ) -> list[dict[str, Term]]:
        """The rows of a SELECT: a named query, its name, or a text; an unbound variable is absent. Raises Refused."""
        try:
            text = bind(as_query(query), params or {}, ID)
        except QueryError as error:
            raise BadQuery(str(error)) from error
        found = json.loads((await self.ask(text, JSON, limits=limits)).body)
        if "results" not in found:
            raise BadQuery("a SELECT query is needed here")
        return [{name: term_of(term) for name, term in row.items()} for row in found["results"]["bindings"]]

    async def _turn(self, request: Mapping[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
        try:
            async with asyncio.timeout(self._wait):
                worker = await self._idle.get()
        except TimeoutError as error:
            raise Busy("other queries are being answered; try again in a moment") from error
        well = False
        try:
            async with asyncio.timeout(limits.seconds):
                found = await worker.ask(request)
            well = found[0]["status"] != "store"
        except TimeoutError as error:
            raise QueryTimeout(f"the query was stopped after {limits.seconds:g} seconds") from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise TooLarge(f"the query was stopped: it needs more memory than {self._megabytes} MB, or more depth than there is") from error
        finally:
            if well and worker.generation == self._generation:
                self._idle.put_nowait(worker)
            else:
                self._retire(worker)
        return found

    def renew(self) -> bool:
        """Replace the processes where the store has been built anew, each when it has answered; whether that is so.

        While the store is being written they go on with what they have opened.
        """
        if not (now := edition(self.store)) or now == self._edition or being_written(self.store):
            return False
        self._edition = now
        self._generation += 1
        self._kept.clear()
        while not self._idle.empty():
            self._retire(self._idle.get_nowait())
        return True

    def _retire(self, worker: _Worker) -> None:
        if not self._closed.is_set():
            task = asyncio.ensure_future(self._replace(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: _Worker) -> None:
        await worker.end()
        self._living.discard(worker)
        while not self._closed.is_set():
            try:
                fresh = await _Worker.start(self.store, self._megabytes, self._generation)
            except StoreError:
                # It is being built anew: those who wait are told that the server is busy.
                await asyncio.sleep(0.5)
                continue
            self._living.add(fresh)
            if fresh.generation == self._generation:
                self._idle.put_nowait(fresh)
            else:
                self._retire(fresh)
            return
