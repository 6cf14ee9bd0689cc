"""Rows of a query → facts for people: those of one fact together, with the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.namespaces import ID
from kg.web.answers import Term
from kg.web.pages.links import evidence_path

Row = dict[str, Term]
# Under it a fact is marked as doubtful: posts whose body is guessed from what stands around (right 85 times in 100), and no roles of
# people in events, the least sure of which are right 89 times (seeds/confidence.tsv).
SURE: Final = 0.88


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article: their place, the address that opens it there, and the day on which that article shows the fact."""

    article: str
    begin: int
    end: int
    path: str
    words: str = ""
    seen: str = ""
    source: str = ""


@dataclass(slots=True)
class Fact:
    """What several rows say of one thing. ``values`` are those of the first row."""

    values: dict[str, str]
    evidence: list[Evidence] = field(default_factory=list)
    confidence: float | None = None
    seen: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def doubtful(self) -> bool:
        """Whether the best of its sources leaves it doubtful."""
        return self.confidence is not None and self.confidence < SURE

    @property
    def first(self) -> str:
        return self.seen[0] if self.seen else ""

    @property
    def last(self) -> str:
        return self.seen[-1] if self.seen else ""


def plain(row: Row) -> dict[str, str]:
    """The values of a row."""
    return {name: term.value for name, term in row.items()}


def gathered(rows: Iterable[Row], keys: Sequence[str], base: str = ID) -> list[Fact]:
    """Facts in the order of their first rows; rows that are equal in ``keys`` are of one fact."""
    found: dict[tuple[str, ...], Fact] = {}
    for row in rows:
        values = plain(row)
        fact = found.setdefault(tuple(values.get(key, "") for key in keys), Fact(values))
        for evidence in _evidence(values, base):
            if evidence not in fact.evidence:
                fact.evidence.append(evidence)
        if "confidence" in values:
            fact.confidence = max(fact.confidence or 0.0, float(values["confidence"]))
        if (seen := values.get("seen")) and seen not in fact.seen:
            fact.seen.append(seen)
    for fact in found.values():
        # A day without a year (--09-21) says less than one with it: it comes last.
        fact.seen.sort(key=lambda day: (day.startswith("--"), day))
    return list(found.values())


def _evidence(values: dict[str, str], base: str) -> Iterator[Evidence]:
    if not {"article", "begin", "end"} <= values.keys():
        return
    begin, end = int(values["begin"]), int(values["end"])
    path = evidence_path(values["article"], begin, end, base)
    if path:
        yield Evidence(values["article"], begin, end, path, values.get("words", ""), values.get("seen", ""), values.get("source", ""))


def local(iri: str) -> str:
    """The part of an IRI after # or the last slash: the key of a role or class."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def day(date: str) -> str:
    """A date for people: one without a year without its dashes."""
    return date.removeprefix("--")
