"""Who a sentence speaks of so far: what is carried from one of its words to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import itemgetter

from kg.mentions import Scan
from kg.predicates import CLAUSE_ENDS, Person


@dataclass(slots=True)
class Run:
    """Persons named one behind the other, and their case (None is the subject), or the role of all of them."""

    case: str | None
    persons: list[Person] = field(default_factory=list)
    role: str | None = None


@dataclass(slots=True)
class State:
    """What is carried through one sentence."""

    subjects: list[Person] = field(default_factory=list)
    consumed: bool = True
    side: Run | None = None
    listing: str | None = None
    only_present: bool = False
    told: bool = False
    actors: list[Person] = field(default_factory=list)


def met_with(scan: Scan, side: Run | None, cls: str) -> list[Person]:
    """With whom a meeting is held that is named behind them in the clause: 甲与乙 | 举行会谈."""
    if side is None or side.case != "ComitativeCue" or cls != "Meeting":
        return []
    last = side.persons[-1].end
    held = next((b for b, _, done in sorted(scan.events, key=itemgetter(0)) if b >= last and done.cls == cls), None)
    return [] if held is None or any(c in CLAUSE_ENDS for c in scan.text[last:held]) else side.persons
