"""RDF files → quads, each literal as it was written."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.read import UnreadableInput

_SUFFIXES = frozenset({".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"})


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The files, and those with a suffix of RDF below the folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and rdf_format(p))
        else:
            yield path


def rdf_format(path: Path) -> ox.RdfFormat | None:
    suffix = (Path(path.stem).suffix if path.suffix.lower() == ".gz" else path.suffix).lower()
    return ox.RdfFormat.from_extension(suffix.removeprefix(".")) if suffix in _SUFFIXES else None


@contextmanager
def opened(path: Path) -> Iterator[BufferedIOBase]:
    """The bytes of a file, unpacked where it is a .gz. Raises UnreadableInput, also for what goes wrong while it is read."""
    try:
        with cast(BufferedIOBase, gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")) as stream:
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableInput(path, f"broken gzip: {error}") from error
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error)) from error


def quads_of(paths: Sequence[Path], base: bool = False) -> Iterator[ox.Quad]:
    """The quads of files (.ttl .nt .nq .trig .jsonld .rdf, each also .gz) and folders of such; blank nodes get new labels.

    Raises UnreadableInput with the file and, for bad syntax, the line.
    """
    for path in files_of(paths):
        form = rdf_format(path)
        if form is None:
            raise UnreadableInput(path, f"the suffix {path.suffix!r} names no RDF format")
        with opened(path) as stream:
            content = stream.read()
        yield from parsed(content, form, path, f"file:///{path.name}" if base else None)


def parsed(content: str | bytes, form: ox.RdfFormat, path: Path, base: str | None) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(content, form, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        raise UnreadableInput(path, error.msg, error.lineno) from error
