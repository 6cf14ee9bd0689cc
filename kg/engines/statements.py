"""Data of any kind → files of N-Quads, the form that every engine reads fastest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

import pyoxigraph as ox

from kg.loading import files_of, opened, quads_of, rdf_format

_PLAIN = {ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES}
_CHUNK = 1 << 22
_UNUSUAL = (b"_:", b"\n#", b"\n\n", b"\r")


@dataclass(frozen=True, slots=True)
class Statements:
    """Files of N-Quads, each ending with a line end: one in ``folder``, and those of the user that need no change.

    The first file begins with the ontology's statements; ``count`` leaves them out. ``blank``: some have blank nodes, with
    labels that are unique in all files.
    """

    folder: Path
    files: tuple[Path, ...]
    count: int
    blank: bool

    def quads(self) -> Iterator[ox.Quad]:
        """Raises SyntaxError."""
        for file in self.files:
            yield from ox.parse(path=file, format=ox.RdfFormat.N_QUADS)


def prepare(data: Iterable[Path | ox.Quad], extra: Iterable[ox.Quad], folder: Path) -> Statements:
    """Write what is no plain file of N-Quads or N-Triples into the folder. Plain files are not copied, and not parsed.

    Raises UnreadableInput for a file that cannot be read and, where it is not plain, for bad syntax.
    """
    own = folder / "data.nq"
    plain, count, blank = [], 0, False
    with own.open("wb") as out:
        out.writelines(_line(quad) for quad in extra)
        for item in data:
            for part in [item] if isinstance(item, ox.Quad) else files_of([item]):
                number = _lines_of(part) if isinstance(part, Path) and rdf_format(part) in _PLAIN else None
                if isinstance(part, Path) and number is not None:
                    plain.append(part)
                    count += number
                    continue
                for quad in [part] if isinstance(part, ox.Quad) else quads_of([part]):
                    line = _line(quad)
                    out.write(line)
                    count, blank = count + 1, blank or b"_:" in line
    return Statements(folder, (own, *plain), count, blank)


def _lines_of(path: Path) -> int | None:
    """How many lines, if each is a statement without blank nodes, as far as can be seen without parsing; else None."""
    count, last = 0, b"\n"
    with opened(path) as stream:
        if path.suffix.lower() == ".gz":
            return None
        while chunk := stream.read(_CHUNK):
            if any(mark in part for mark in _UNUSUAL for part in (chunk, last[-1:] + chunk[:1])):
                return None
            count += chunk.count(b"\n")
            last = chunk
    return count if last.endswith(b"\n") else None


def _line(quad: ox.Quad) -> bytes:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f"{quad.graph_name} "
    return f"{quad.subject} {quad.predicate} {quad.object} {graph}.\n".encode()


@contextmanager
def as_one_file(statements: Statements) -> Iterator[Path]:
    """All files as one, to be read once from begin to end: a pipe with a name where the system has such, else a copy."""
    path = statements.folder / "all.nq"
    if len(statements.files) == 1:
        yield statements.files[0]
    elif not hasattr(os, "mkfifo"):
        with path.open("wb") as out:
            _pour(statements, out)
        yield path
    else:
        os.mkfifo(path)
        writer = Thread(target=_pour_into_pipe, args=(statements, path), daemon=True)
        writer.start()
        try:
            yield path
        finally:
            # Should nobody have opened it for reading, the writer still waits for that.
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
            writer.join()


def _pour(statements: Statements, out: IO[bytes]) -> None:
    for file in statements.files:
        with file.open("rb", buffering=0) as stream:
            while chunk := stream.read(_CHUNK):
                out.write(chunk)


def _pour_into_pipe(statements: Statements, path: Path) -> None:
    # A reader that has gone says itself why.
    with suppress(BrokenPipeError), path.open("wb", buffering=0) as out:
        _pour(statements, out)
