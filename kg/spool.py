"""Text that waits to be written in order, on disk once there is much of it: memory does not grow with the input."""

from __future__ import annotations

import heapq
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import IO

from kg.octets import octet_bytes

# What waits in memory before it goes to disk: the graphs of some 300 pages. More did not make a build of 20,000 pages faster.
_IN_MEMORY = 16 * 1024 * 1024
_AT_ONCE = 1 << 20


class Spool:
    """Graphs' lines by the graphs' names, put in any order and given back in the order of the names (code points), as often as asked."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as the spool
        weakref.finalize(self, self._file.close)
        self._spans: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, name: str, texts: Iterable[str]) -> int:
        """Keep the texts (N-Quads, in octets as the name) of the graph of that name as one; returns how many statements they have."""
        content = _joined(texts)
        self._keep(name, content)
        # Each line ends with its graph: long words are counted several times as fast as line breaks.
        return content.count(octet_bytes(f"<{name}> .\n"))

    def put_triples(self, name: str, texts: Iterable[str]) -> int:
        """The same for texts whose lines have subject, predicate and object only: the graph is put in once they are encoded."""
        triples, ending = _joined(texts), octet_bytes(f" <{name}> .\n")
        content = triples.replace(b"\n", ending)
        self._keep(name, content)
        return (len(content) - len(triples)) // (len(ending) - 1)

    def _keep(self, name: str, content: bytes) -> None:
        self._file.seek(self._end)
        self._file.write(content)
        self._spans[name] = self._end, len(content)
        self._end += len(content)

    def __iter__(self) -> Iterator[str]:
        for content in self.encoded():
            yield content.decode()

    def encoded(self) -> Iterator[bytes]:
        """The texts in UTF-8, as they are kept."""
        for name in sorted(self._spans):
            begin, size = self._spans[name]
            self._file.seek(begin)
            yield self._file.read(size)

    def __len__(self) -> int:
        return len(self._spans)


def _joined(texts: Iterable[str]) -> bytes:
    return octet_bytes("".join(texts))


def sorted_lines(lines: Iterable[str]) -> Iterator[str]:
    """Lines (with their ends) in the order of code points, each once: sorted by parts on disk, then merged."""
    held: set[str] = set()
    size = 0
    with ExitStack() as open_parts:
        parts: list[IO[bytes]] = []
        for line in lines:
            if line not in held:
                held.add(line)
                size += len(line)
                if size > _IN_MEMORY:
                    parts.append(_part(held, open_parts.enter_context(tempfile.TemporaryFile(buffering=_AT_ONCE))))
                    held, size = set(), 0
        # UTF-8 sorts as code points do.
        merged = heapq.merge(*parts, [line.encode() for line in sorted(held)])
        yield from (line.decode() for line, _ in groupby(merged))


def _part(lines: set[str], part: IO[bytes]) -> IO[bytes]:
    part.writelines(line.encode() for line in sorted(lines))
    part.seek(0)
    return part


class Stream:
    """Texts one behind the other as the file of bytes that a parser reads."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts, self._rest = iter(texts), b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size or size < 0:
            text = next(self._texts, None)
            if text is None:
                break
            self._rest += text.encode()
        found, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return found
