"""What a validation says: findings with the words of the page that they come from, and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from hashlib import sha256

from kg.addresses import Spot
from kg.namespaces import ID, PREFIXES

_SH = PREFIXES["sh"]


class Severity(IntEnum):
    """How bad a finding is: the graph is wrong, the page is suspicious, it could be fuller."""

    INFO = 0
    WARNING = 1
    VIOLATION = 2

    @property
    def iri(self) -> str:
        return f"{_SH}{self.name.capitalize()}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. ``focus`` is an IRI (or ``_:name``), ``path`` an IRI or a SPARQL property path,
    ``value`` a term in N-Triples syntax. ``spot`` are the words behind the focus, ``related`` those
    behind the value; each is None where the graph has no evidence.
    """

    shape: str
    severity: Severity
    message_zh: str
    message_en: str
    focus: str
    focus_label: str
    component: str
    path: str | None = None
    value: str | None = None
    value_label: str | None = None
    spot: Spot | None = None
    related: Spot | None = None

    @property
    def key(self) -> str:
        """The same for the same finding in any run: what two reports are compared by."""
        parts = (self.shape, self.focus, self.path or "", self.value or "")
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def iri(self) -> str:
        return f"{ID}finding/{self.key}"

    @property
    def article(self) -> str | None:
        return self.spot.article if self.spot else None

    @property
    def source_file(self) -> str | None:
        return self.spot.source_file if self.spot else None

    @property
    def begin(self) -> int | None:
        return self.spot.begin if self.spot else None

    @property
    def end(self) -> int | None:
        return self.spot.end if self.spot else None

    @property
    def words(self) -> str | None:
        return self.spot.words if self.spot else None

    @property
    def line(self) -> int | None:
        return self.spot.line if self.spot else None

    @property
    def column(self) -> int | None:
        return self.spot.column if self.spot else None


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that is let pass until a day and with it, for a reason. ``waiver`` is the waiver's IRI, if it has one."""

    finding: Finding
    reason_zh: str
    reason_en: str
    expires: date
    creator: str | None = None
    waiver: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, worst first, then by shape, file, place in the file and focus.

    Set apart from them: those that a baseline ``known`` already (None where there was none), those that are ``waived``.
    ``triples`` are statements as they were read: one that two graphs make counts twice. ``engine`` checked them; ``reason`` is
    why a faster one did not (None where it did).
    """

    findings: tuple[Finding, ...]
    triples: int
    shapes: int
    known: tuple[Finding, ...] | None = None
    waived: tuple[Waived, ...] = ()
    engine: str = ""
    reason: str | None = None

    def count(self, severity: Severity) -> int:
        return sum(f.severity is severity for f in self.findings)

    def worst(self) -> Severity | None:
        return self.findings[0].severity if self.findings else None
