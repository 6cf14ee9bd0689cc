"""Data described by VoID and DCAT: what they hold, in numbers; for a folder of dumps, which files carry them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.census import Census
from kg.namespaces import PREFIXES
from kg.resources import PACKAGE

_NAMES = ("dcat", "dcterms", "foaf", "spdx", "void", "xsd")
_MEDIA = {".ttl": "text/turtle", ".nq": "application/n-quads", ".jsonld": "application/ld+json"}
_GZIP = "https://www.iana.org/assignments/media-types/application/gzip"
FORMATS: Final = "http://www.w3.org/ns/formats/"


@dataclass(frozen=True, slots=True)
class Dump:
    """A file: its path in the folder, its format's suffix, whether it is packed, its size in bytes and its SHA-256."""

    path: str
    suffix: str
    packed: bool
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one set of files holds: triples of the union, quads, articles; ``month`` where all are of one."""

    name: str
    month: str | None
    articles: int
    quads: int
    triples: int
    dumps: tuple[Dump, ...]


def describe(parts: Sequence[Part], census: Census, base: str | None) -> str:
    """The description as Turtle. Its IRIs are relative: it is true wherever the folder is put."""
    return "".join(_lines(parts, census, base))


def dataset(census: Census, base: str | None, formats: Sequence[str]) -> Iterator[str]:
    """Turtle of ``<#dataset>`` without its end: what it is, what it holds, in which ``formats`` (W3C's names) it is had."""
    yield (PACKAGE / "templates" / "dataset.ttl").read_text(encoding="utf-8")
    if base is not None:
        yield f'    void:uriSpace "{base}" ;\n'
    yield from (f"    void:vocabulary <{space}> ;\n" for space in sorted(census.vocabularies))
    yield from (f"    void:feature <{FORMATS}{name}> ;\n" for name in formats)
    yield f"    void:triples {census.triples} ;\n    void:distinctSubjects {census.subjects} ;\n"
    yield f"    void:classes {len(census.classes)} ;\n    void:properties {len(census.properties)} ;\n"
    for name, count in sorted(census.classes.items()):
        yield f"    void:classPartition [ void:class <{name}> ; void:entities {count} ] ;\n"
    for name, count in sorted(census.properties.items()):
        yield f"    void:propertyPartition [ void:property <{name}> ; void:triples {count} ] ;\n"


def _lines(parts: Sequence[Part], census: Census, base: str | None) -> Iterator[str]:
    yield from (f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _NAMES)
    yield "\n" + (PACKAGE / "templates" / "void.ttl").read_text(encoding="utf-8") + "\n"
    yield from dataset(census, base, ("Turtle", "N-Quads", "JSON-LD"))
    months = sorted(part.month for part in parts if part.month is not None)
    if months:
        first, last = (f'"{month}"^^xsd:gYearMonth' for month in (months[0], months[-1]))
        yield f"    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate {first} ; dcat:endDate {last} ] ;\n"
    # All of the dataset, once: the files of one format, that which keeps the named graphs.
    yield from (f"    void:dataDump <{dump.path}> ;\n" for part in parts for dump in part.dumps if dump.suffix == ".nq")
    yield "    void:subset " + " , ".join(f"<#{part.name}>" for part in parts) + " .\n"
    for part in parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    yield f'\n<#{part.name}> a void:Dataset , dcat:Dataset ;\n    dcterms:title "{part.name}" ;\n'
    if part.month is not None:
        yield f'    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "{part.month}"^^xsd:gYearMonth ] ;\n'
    yield f"    void:triples {part.triples} ;\n"
    yield from (f"    void:dataDump <{dump.path}> ;\n" for dump in part.dumps)
    yield "    dcat:distribution " + " , ".join(f"<#{dump.path}>" for dump in part.dumps) + " .\n"
    for dump in part.dumps:
        yield f"\n<#{dump.path}> a dcat:Distribution ;\n    dcat:downloadURL <{dump.path}> ;\n"
        yield f"    dcat:mediaType <https://www.iana.org/assignments/media-types/{_MEDIA[dump.suffix]}> ;\n"
        if dump.packed:
            yield f"    dcat:compressFormat <{_GZIP}> ;\n"
        yield f'    dcat:byteSize "{dump.size}"^^xsd:nonNegativeInteger ;\n'
        yield "    spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
        yield f'spdx:checksumValue "{dump.digest}"^^xsd:hexBinary ] .\n'
