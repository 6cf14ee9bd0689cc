"""N-Quads terms as text, and files of any RDF format: the same bytes for the same facts."""

from __future__ import annotations

import gzip
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph

from kg.namespaces import PREFIXES
from kg.octets import octets
from kg.spool import Spool, Stream, sorted_lines

_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_XSD = PREFIXES["xsd"]

FORMATS: Final = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def quoted(words: str) -> str:
    """Words between quotation marks, escaped: a plain literal, in octets."""
    return f'"{octets(_ESCAPE.sub(_escaped, words))}"'


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def typed(words: str, datatype: str) -> str:
    """A literal of an XSD type whose words need no escape."""
    return f'"{words}"^^<{_XSD}{datatype}>'


def resource(prefixed: str) -> str:
    """The IRI of a prefixed name in angle brackets. Raises KeyError for an unknown prefix."""
    prefix, _, name = prefixed.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def unbroken(words: str) -> str:
    """Words without the line breaks between them."""
    return words.replace("\n", "").replace("\r", "")


def merged(blocks: Iterable[str]) -> str:
    """The lines of several blocks, each once, in order."""
    return "".join([f"{line}\n" for line in sorted({line for block in blocks for line in block.split("\n") if line})])


def format_of(out: Path) -> pyoxigraph.RdfFormat:
    """The format that a file's name asks for. Raises ValueError for another suffix."""
    known = FORMATS.get(Path(out.name.removesuffix(".gz")).suffix)
    if known is None:
        raise ValueError(f"{out}: no known format; use one of {' '.join(FORMATS)}, also with .gz")
    return known


def write(blocks: Iterable[str], out: Path) -> None:
    """Write N-Quads in the format of the file's suffix; each block is whole lines of one graph, the graphs in order.

    Raises ValueError for another suffix.
    """
    chosen = format_of(out)
    if not chosen.supports_datasets:
        write_triples(union(blocks), out)
        return
    with _packed(out) as file:
        if chosen == pyoxigraph.RdfFormat.N_QUADS:
            file.writelines(blocks.encoded() if isinstance(blocks, Spool) else (block.encode() for block in blocks))
        else:
            _serialize(blocks, pyoxigraph.RdfFormat.N_QUADS, chosen, file)


def union(blocks: Iterable[str]) -> Iterator[str]:
    """The triples of N-Quads: lines of N-Triples in order, each once."""
    return sorted_lines(line[: line.rindex(" <")] + " .\n" for block in blocks for line in block.split("\n") if line)


def write_triples(triples: Iterable[str], out: Path) -> None:
    """Write lines of N-Triples, sorted, as a file whose suffix is that of a format for one graph (.ttl .nt, also with .gz)."""
    with _packed(out) as file:
        if format_of(out) == pyoxigraph.RdfFormat.N_TRIPLES:
            file.writelines(line.encode() for line in triples)
        else:
            _serialize(triples, pyoxigraph.RdfFormat.N_TRIPLES, format_of(out), file)


@contextmanager
def _packed(out: Path) -> Iterator[IO[bytes]]:
    with open(out, "wb") as raw:
        if out.suffix == ".gz":
            # No name and no time in the header: the same bytes on every run.
            with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                yield cast(IO[bytes], packed)
        else:
            yield raw


def _serialize(texts: Iterable[str], given: pyoxigraph.RdfFormat, chosen: pyoxigraph.RdfFormat, out: IO[bytes]) -> None:
    # rdf:type is written as "a".
    prefixes = {name: namespace for name, namespace in PREFIXES.items() if name != "rdf"}
    idle = set(prefixes)
    with tempfile.TemporaryFile() as content:
        stream = cast(IO[bytes], Stream(_watched(texts, idle)))
        pyoxigraph.serialize(pyoxigraph.parse(stream, format=given), content, format=chosen, prefixes=prefixes)
        content.seek(0)
        # pyoxigraph writes the prefixes first, in no fixed order.
        head: list[bytes] = []
        for line in content:
            if not line.startswith(b"@prefix "):
                out.writelines(sorted(head))
                out.write(line)
                break
            if line.split()[1][:-1].decode() not in idle:
                head.append(line)
        shutil.copyfileobj(content, out)


def _watched(texts: Iterable[str], idle: set[str]) -> Iterator[str]:
    """The texts, while the prefixes that they use are struck from ``idle``."""
    for text in texts:
        idle.difference_update([name for name in idle if f"<{PREFIXES[name]}" in text])
        yield text
