"""Lines for a reader that takes a file, handed over while they are made; in one piece where the system has no pipes with names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Queue
from threading import Event, Thread

_SIZE = 1 << 20
# So many pieces wait for the reader: it is sometimes faster, sometimes slower than the writer.
_WAITING = 16


class Pipe:
    """Who writes is not held up by a reader that has gone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pieces: Queue[bytes] = Queue(_WAITING)
        self._named = hasattr(os, "mkfifo")
        self._ready = Event()
        if self._named:
            os.mkfifo(path)
            self._ready.set()
        self._writer = Thread(target=self._pour, daemon=True)
        self._writer.start()

    def file(self) -> Path:
        """Once it can be read."""
        self._ready.wait()
        return self._path

    def write(self, piece: bytes) -> None:
        if piece:
            self._pieces.put(piece)

    def end(self) -> None:
        """All is written."""
        self._pieces.put(b"")

    def join(self) -> None:
        # Should nobody have opened it for reading, the writer still waits for that.
        if self._named:
            os.close(os.open(self._path, os.O_RDONLY | os.O_NONBLOCK))
        self._writer.join()

    def _pour(self) -> None:
        with suppress(BrokenPipeError), self._path.open("wb", buffering=0) as out:
            _widen(out.fileno())
            while piece := self._pieces.get():
                left = memoryview(piece)
                while left:
                    left = left[out.write(left) :]
            self._ready.set()
            return
        # A reader that has gone says itself why.
        while self._pieces.get():
            pass


@contextmanager
def pipe(folder: Path) -> Iterator[Pipe]:
    found = Pipe(folder / "pipe.nq")
    try:
        yield found
    finally:
        found.end()
        found.join()


def _widen(descriptor: int) -> None:
    """A wider pipe lets writer and reader change places less often, where the system can."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _SIZE)
