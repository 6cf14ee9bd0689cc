"""Of a visit and the meeting that went with it: who took part in which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.clauses import CLAUSE_STOPS
from kg.mentions import Scan
from kg.model import Participation
from kg.predicates import Person

# Roles that behind the report of a meeting are still the meeting's; those that are the visit's wherever they stand.
_MEETING, _VISITING = ("attendee", "speaker", "chair", "signatory"), ("companion", "host")
# The object of 参加 that its cue includes (座谈会) has at most so many characters.
_OBJECT = 3


class Shares:
    """Tells the two apart by where the meeting is reported (``begin`` to ``end``) and what a list says that it is of."""

    def __init__(self, scan: Scan, people: Iterable[Person], begin: int, end: int) -> None:
        self.scan, self.begin, self.end = scan, begin, end
        self.visitors = {p.name for p in people if scan.article.body <= p.begin < begin}
        self.classes = {b: done.cls for b, _, done in scan.events}

    def visit(self, occurrences: Sequence[Participation], apart: bool) -> list[Participation]:
        """Those of the visit: who is named before the meeting, and who is said behind it to have been there or on it.

        What they do at a meeting of another time (``apart``) is no part of the visit.
        """
        return [p for p in occurrences if not self._met(p) or (p.participant in self.visitors and not (apart and p.end <= self.end))]

    def meeting(self, occurrences: Sequence[Participation]) -> list[Participation]:
        """Those of the meeting: who acts in its report or behind it, unless a list behind it is of the visit alone."""
        return [
            p
            for p in occurrences
            if self.begin <= p.end - 1 < self.end or (p.begin >= self.end and p.role in _MEETING and self._of(p) != {"Inspection"})
        ]

    def _met(self, p: Participation) -> bool:
        if p.begin < self.begin or p.role in _VISITING:
            return False
        said = self._of(p)
        inside = p.end <= self.end or p.role != "attendee"
        return "Inspection" not in said if inside or said else False

    def _of(self, p: Participation) -> set[str]:
        """Which of the two a list names that ends with being there: 参加 | 调研, 出席 | 签约仪式."""
        found: set[str] = set()
        # 参加考察, 参加座谈会 are cues: their objects are looked at too.
        at, text = max(p.begin, p.end - _OBJECT), self.scan.text
        while p.role == "attendee" and at < len(text) and text[at] not in CLAUSE_STOPS:
            cls = self.classes.get(at)
            if cls is not None and cls != "Activity":
                found.add("Inspection" if cls == "Inspection" else "Meeting")
            at += 1
        return found
