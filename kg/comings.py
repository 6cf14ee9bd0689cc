"""Visits that no verb of their own reports: only that somebody came."""

from __future__ import annotations

from collections.abc import Iterable

from kg.candidates import Candidate, lead
from kg.clauses import NEAR, OPEN
from kg.mentions import Scan
from kg.predicates import Person
from kg.selection import THRESHOLD


def dispatched(scan: Scan) -> list[Candidate]:
    """An inspection that only the team's coming reports: 督查组来到某镇, 随机抽取 …"""
    first = lead(scan)
    moves = sorted(b for b, _, _ in scan.cues.get("MovementCue", ()))
    kinds = {b: kind for b, _, kind in scan.events if kind.verb and kind.cls == "Inspection"}
    for begin, end, _ in sorted(scan.cues.get("TeamCue", ()), key=lambda hit: hit[0]):
        move = next((m for m in moves if end <= m <= end + NEAR), None)
        if (
            begin in kinds
            and move is not None
            and any(b <= begin < e for b, e in first)
            and not any(c in OPEN for c in scan.text[end:move])
        ):
            return [Candidate(begin, end, kinds[begin], THRESHOLD, True)]
    return []


def called(scan: Scan, found: Iterable[Candidate], people: Iterable[Person]) -> list[Candidate]:
    """A visit that the headline names and the lead only shows: 某局局长甲走进困难职工家中."""
    kinds = [c.type for c in found if c.begin < scan.article.body and c.type.verb and c.type.cls == "Inspection"]
    if not kinds:
        return []
    first = lead(scan)
    officials = [p for p in people if p.official and first and first[0][0] <= p.begin < first[-1][1]]
    for begin, end, _ in sorted(scan.cues.get("MovementCue", ()), key=lambda hit: hit[0]):
        before = [p.end for p in officials if p.end <= begin <= p.end + NEAR]
        if end - begin > 1 and before and not any(c in OPEN for c in scan.text[before[-1] : begin]):
            return [Candidate(begin, end, kinds[0], THRESHOLD, True)]
    return []
