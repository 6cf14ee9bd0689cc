"""What a graph holds, in numbers: counted while its sorted triples pass by, in memory that does not grow with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.namespaces import PREFIXES, expand

_TYPE = f"<{expand('rdf:type')}>"


class Census:
    """Counts of triples and subjects, of subjects by class and triples by property (IRIs)."""

    def __init__(self) -> None:
        self.triples = self.subjects = 0
        self.classes: Counter[str] = Counter()
        self.properties: Counter[str] = Counter()

    def counted(self, triples: Iterable[str]) -> Iterator[str]:
        """The lines of N-Triples, each once and those of a subject together, as they came."""
        last = ""
        for line in triples:
            subject, predicate, rest = line.split(" ", 2)
            self.triples += 1
            self.properties[predicate[1:-1]] += 1
            if subject != last:
                self.subjects += 1
                last = subject
            if predicate == _TYPE and rest.startswith("<"):
                self.classes[rest[1 : rest.index(">")]] += 1
            yield line

    @property
    def vocabularies(self) -> list[str]:
        """The namespaces whose classes and properties are used."""
        return [space for space in PREFIXES.values() if any(iri.startswith(space) for iri in (*self.classes, *self.properties))]
