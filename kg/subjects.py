"""Who a sentence speaks of so far: what is carried from one of its words to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.predicates import Person


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
