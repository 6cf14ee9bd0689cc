"""What the formats share: how a report is looked at, its words, its findings by shape, how many of them are listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.addresses import Spot
from kg.findings import Finding, Report, Severity, Waived
from kg.namespaces import PREFIXES, SHAPES
from kg.resources import turtle_files

WORST_FIRST = tuple(sorted(Severity, reverse=True))
# What would move a terminal's cursor, turn the direction of writing or is no character at all.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class View:
    """How a report is shown. ``shapes`` are the files that were checked with, None for the project's own;
    files below ``folder`` are named relative to it; ``width`` are the columns that a quoted line may take."""

    language: str = "zh"
    fail_on: Severity = Severity.VIOLATION
    shapes: tuple[Path, ...] | None = None
    color: bool = False
    width: int = 100
    folder: Path = field(default_factory=Path.cwd)

    @cached_property
    def words(self) -> dict[str, str]:
        """Labels in the language, by IRI, from the shapes that bring them."""
        label = ox.NamedNode(PREFIXES["rdfs"] + "label")
        return {
            quad.subject.value: quad.object.value
            for path in turtle_files("shapes")
            for quad in ox.parse(path=path)
            if quad.predicate == label and isinstance(quad.object, ox.Literal) and quad.object.language == self.language
            if isinstance(quad.subject, ox.NamedNode)
        }

    def word(self, name: str, **values: object) -> str:
        """A word of the report itself, ``kgs:Report-…``."""
        return self.words[f"{SHAPES}Report-{name}"].format(**values)

    def says(self, name: str) -> str:
        """A word of what shapes demand, ``kgs:Says-…``."""
        return self.words[f"{SHAPES}Says-{name}"]

    def severity(self, severity: Severity) -> str:
        return self.words[severity.iri]

    def message(self, finding: Finding) -> str:
        return finding.message_zh if self.language == "zh" else finding.message_en

    def counts(self, report: Report) -> str:
        """How many of each severity, or that there are none."""
        counted = ((severity, report.count(severity)) for severity in WORST_FIRST)
        none = self.word("conforms" if report.known is None else "nothingNew")
        return ", ".join(f"{count} {self.severity(severity)}" for severity, count in counted if count) or none

    def reason(self, waived: Waived) -> str:
        return clean(waived.reason_zh if self.language == "zh" else waived.reason_en)

    def aside(self, report: Report) -> list[str]:
        """What was set apart: how many findings the baseline knows, and how many are waived until when and why."""
        told = [self.word("known", n=len(report.known))] if report.known else []
        reasons = Counter((waived.expires, self.reason(waived)) for waived in report.waived)
        return told + [self.word("waived", n=n, day=day.isoformat(), reason=reason) for (day, reason), n in sorted(reasons.items())]

    def engine(self, report: Report) -> str | None:
        """Which engine checked, and why no faster one."""
        if not report.engine:
            return None
        name = "engine" if report.reason is None else "engineFor"
        return clean(self.word(name, engine=report.engine, reason=report.reason))

    def file(self, spot: Spot) -> str | None:
        """The page's name with ``/`` between folders, relative to ``folder`` where it lies below."""
        if spot.file is None:
            return spot.source_file
        inside = spot.file.is_absolute() and spot.file.is_relative_to(self.folder)
        return (spot.file.relative_to(self.folder) if inside else spot.file).as_posix()

    def place(self, finding: Finding) -> str:
        """``file:line:column``, or what is known of it; the focus where no page is known."""
        return clean(finding.focus if finding.spot is None else self.spot(finding.spot))

    def spot(self, spot: Spot) -> str:
        name = self.file(spot) or spot.article
        if spot.line is not None:
            return clean(f"{name}:{spot.line}:{spot.column}")
        return clean(name if spot.begin is None else f"{name}#char={spot.begin},{spot.end}")


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one shape and severity: those that are listed, and how many there are."""

    severity: Severity
    shape: str
    first: Finding
    listed: tuple[Finding, ...]
    count: int

    @property
    def left(self) -> int:
        return self.count - len(self.listed)


def groups(report: Report, *, total: int, each: int) -> list[Group]:
    """Findings by severity and shape, worst first, at most ``each`` of a shape and ``total`` of all listed.

    Where a severity has more than what worse ones left, its shapes share that evenly, so that no shape hides another.
    """
    found: list[Group] = []
    for severity, part in groupby(report.findings, key=lambda f: f.severity):
        shapes = [(shape, tuple(findings)) for shape, findings in groupby(part, key=lambda f: f.shape)]
        for (shape, findings), share in zip(shapes, _shares([min(len(f), each) for _, f in shapes], total), strict=True):
            found.append(Group(severity, shape, findings[0], findings[:share], len(findings)))
            total -= share
    return found


def _shares(wanted: Sequence[int], total: int) -> list[int]:
    shares = [0] * len(wanted)
    smallest_first = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for done, i in enumerate(smallest_first):
        left = len(wanted) - done
        # Of fewer places than shapes, each of the first gets one.
        shares[i] = min(wanted[i], -(-total // left) if total < left else total // left)
        total -= shares[i]
    return shares


def what(finding: Finding) -> str:
    """The focus and the value that clashes with it, by name, on one line."""
    if finding.value_label is None:
        return clean(finding.focus_label)
    return clean(finding.focus_label + (f" ⟷ {finding.value_label}" if finding.related else f": {finding.value_label}"))


def clean(text: str) -> str:
    """On one line, without characters that do something instead of showing something."""
    return _CONTROL.sub(" ", text)


def clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def within(lines: Iterable[str], size: int) -> Iterator[str]:
    """The lines, as far as they fit into so many bytes of UTF-8."""
    for line in lines:
        size -= len(line.encode()) + 1
        if size < 0:
            return
        yield line
