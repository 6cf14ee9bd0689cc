"""Waivers: findings that are let pass until a day, with the reason, in Turtle (``shapes/waiver.ttl`` says what a waiver is)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.findings import Finding, Report, Waived
from kg.loading import quads_of
from kg.namespaces import PREFIXES, SHAPES, expand
from kg.read import UnreadableInput
from kg.resources import folder
from kg.validation import validate

_TYPE, _WAIVER = expand("rdf:type"), ox.NamedNode(SHAPES + "Waiver")
_REASON, _CREATOR = PREFIXES["dcterms"] + "description", PREFIXES["dcterms"] + "creator"
# A waiver without an IRI gets one here, and loses it again: a blank node has no name that would last from one reading to the next.
_NAMELESS: Final = "x-waiver:"


@dataclass(frozen=True, slots=True)
class Waiver:
    """What a finding must be of: each kind that is not empty names the ones that will do."""

    iri: str | None
    place: str
    shapes: frozenset[str]
    focuses: frozenset[str]
    findings: frozenset[str]
    files: frozenset[str]
    reason_zh: str
    reason_en: str
    creator: str | None
    expires: date

    def covers(self, finding: Finding) -> bool:
        asked = (self.shapes, finding.shape), (self.focuses, finding.focus), (self.findings, finding.iri), (self.files, finding.source_file)
        return all(not wanted or given in wanted for wanted, given in asked)


@dataclass(frozen=True, slots=True)
class Passed:
    """A report without what is waived; waivers that are over, each with the number of findings it would cover; those that cover nothing."""

    report: Report
    expired: tuple[tuple[Waiver, int], ...]
    idle: tuple[Waiver, ...]


def read(path: Path) -> list[Waiver]:
    """The waivers of a file, in its order. Raises UnreadableInput with the line of a waiver that the shapes for waivers reject."""
    quads = [quad for quad in quads_of([path]) if not isinstance(quad.subject, ox.Triple)]
    names = {subject: _name(subject, number) for number, subject in enumerate(dict.fromkeys(quad.subject for quad in quads))}
    named = [ox.Quad(names[quad.subject], quad.predicate, quad.object) for quad in quads]
    wrong = validate(iter(named), [folder("shapes") / "waiver.ttl"], ontology=()).findings
    order = list(names.values())
    if wrong:
        first = min(wrong, key=lambda finding: order.index(ox.NamedNode(finding.focus)))
        raise UnreadableInput(path, first.message_en, _line(path, order.index(ox.NamedNode(first.focus))))
    waivers = {quad.subject for quad in named if quad.predicate.value == _TYPE and quad.object == _WAIVER}
    return [_waiver(node, named, f"{path}:{_line(path, number)}") for number, node in enumerate(order) if node in waivers]


def apply(report: Report, waivers: Sequence[Waiver], today: date) -> Passed:
    """Set apart what the waivers cover that hold today; of several that cover one finding the one that holds longest says why."""
    holding = sorted((w for w in waivers if w.expires >= today), key=lambda w: w.expires, reverse=True)
    kept, waived, used = [], [], set()
    for finding in report.findings:
        covering = [waiver for waiver in holding if waiver.covers(finding)]
        used |= {waiver.place for waiver in covering}
        if covering:
            first = covering[0]
            waived.append(Waived(finding, first.reason_zh, first.reason_en, first.expires, first.creator, first.iri))
        else:
            kept.append(finding)
    over = [w for w in waivers if w.expires < today]
    expired = tuple((waiver, sum(map(waiver.covers, kept))) for waiver in over)
    idle = tuple(waiver for waiver in waivers if waiver in holding and waiver.place not in used)
    return Passed(replace(report, findings=tuple(kept), waived=(*report.waived, *waived)), expired, idle)


def _name(subject: ox.NamedNode | ox.BlankNode | ox.Triple, number: int) -> ox.NamedNode:
    return subject if isinstance(subject, ox.NamedNode) else ox.NamedNode(f"{_NAMELESS}{number}")


def _waiver(node: ox.NamedNode, quads: Iterable[ox.Quad], place: str) -> Waiver:
    about = [(quad.predicate.value, quad.object) for quad in quads if quad.subject == node]

    def values(name: str) -> frozenset[str]:
        return frozenset(o.value for p, o in about if p == SHAPES + name and isinstance(o, (ox.NamedNode, ox.Literal)))

    reasons = {o.language or "": o.value for p, o in about if p == _REASON and isinstance(o, ox.Literal)}
    fallback = reasons.get("", next(iter(reasons.values())))
    creators = [o.value for p, o in about if p == _CREATOR and isinstance(o, (ox.NamedNode, ox.Literal))]
    return Waiver(
        iri=None if node.value.startswith(_NAMELESS) else node.value,
        place=place,
        shapes=values("waivesShape"),
        focuses=values("waivesFocus"),
        findings=values("waivesFinding"),
        files=values("waivesFile"),
        reason_zh=reasons.get("zh", fallback),
        reason_en=reasons.get("en", fallback),
        creator=min(creators, default=None),
        expires=date.fromisoformat(min(values("expires"))),
    )


def _line(path: Path, number: int) -> int | None:
    """The line on which the file's subject of this number, from 0, begins: the first with which it can be read that far.

    The parser names lines of errors only; it hands out what stands before an error first.
    """
    if path.suffix != ".ttl":
        return None
    lines = path.read_bytes().splitlines(keepends=True)
    return 1 + bisect_left(range(len(lines)), number + 1, key=lambda last: _subjects(b"".join(lines[: last + 1])))


def _subjects(content: bytes) -> int:
    found = set()
    try:
        for quad in ox.parse(content, ox.RdfFormat.TURTLE, base_iri="file:///"):
            found.add(quad.subject)
    except SyntaxError:
        pass
    return len(found)
