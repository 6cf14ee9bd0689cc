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


@dataclass(frozen=True, slots=True)
class Statements:
    """Files of N-Quads, each ending with a line end: one in ``folder``, and those of the user that need no change.

    The first file begins with the ontology's statements. ``count`` leaves them out; until all were ``looked`` at it is that of the
    first file alone. ``blank``: some of those have blank nodes, with labels that are unique in all files.
    """

    folder: Path
    files: tuple[Path, ...]
    count: int
    blank: bool
    looked: bool = False

    def quads(self) -> Iterator[ox.Quad]:
        """Raises SyntaxError."""
        for file in self.files:
            yield from ox.parse(path=file, format=ox.RdfFormat.N_QUADS)


def prepare(data: Iterable[Path | ox.Quad], extra: Iterable[ox.Quad], folder: Path) -> Statements:
    """Write what is no plain file of N-Quads or N-Triples into the folder. Plain files are not copied, and not read.

    Raises UnreadableInput for a file that cannot be read and, where it is not plain, for bad syntax.
    """
    own, count, blank = folder / "data.nq", 0, False
    files: list[Path] = []
    with own.open("wb") as out:
        out.writelines(_line(quad) for quad in extra)
        for item in data:
            if isinstance(item, ox.Quad):
                line = _line(item)
                out.write(line)
                count, blank = count + 1, blank or b"_:" in line
            else:
                for file in files_of([item]):
                    files.append(file if rdf_format(file) in _PLAIN and _whole(file) else _written(file, folder / f"{len(files)}.nq"))
    return Statements(folder, (own, *files), count, blank)


def looked_at(statements: Statements) -> Statements:
    """The same with all files counted; those with blank nodes or lines that are no statement are written anew."""
    if statements.looked:
        return statements
    own, *files = statements.files
    count, blank = statements.count, statements.blank
    for k, file in enumerate(files):
        lines, usual = _look(file)
        if not usual:
            files[k] = _written(file, statements.folder / f"{k}-again.nq")
            lines, usual = _look(files[k])
        count, blank = count + lines, blank or not usual
    return Statements(statements.folder, (own, *files), count, blank, True)


def _whole(path: Path) -> bool:
    """Whether a file is not packed, and its last line ends."""
    if path.suffix.lower() == ".gz":
        return False
    with opened(path) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, size - 1))
        return stream.read(1) in (b"", b"\n")


def _written(path: Path, file: Path) -> Path:
    """The file as N-Quads, by the machine: a line of Python for each statement takes twice as long."""
    ox.serialize(quads_of([path]), str(file), ox.RdfFormat.N_QUADS)
    return file


def _look(path: Path) -> tuple[int, bool]:
    """How many lines, and whether each is a statement without blank nodes, as far as can be seen without parsing."""
    count, usual = 0, True
    before, piece = b"\n", bytearray(_CHUNK)
    with opened(path) as stream:
        # One piece of memory again and again: new memory costs as much as the look.
        while size := stream.readinto(piece):
            part = piece if size == _CHUNK else piece[:size]
            ends = part.count(b"\n")
            begins = part.count(b"\n<") + part.endswith(b"\n")
            joint = before + part[:2]
            usual = usual and begins == ends and not (b" _:" in part or b"\r" in part or b" _:" in joint)
            usual = usual and (before[-1:] != b"\n" or part.startswith(b"<"))
            count, before = count + ends, bytes(part[-2:])
    return count, usual and before[-1:] == b"\n"


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
