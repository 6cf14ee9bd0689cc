"""The committees of the parties that the titles of their heads name (主委): 民建某省委, and never the committee that 省委 is by itself."""

from __future__ import annotations

from collections.abc import Sequence

from kg.bodies import Bodies
from kg.cues import Title
from kg.model import Organization


def led_by(bodies: Bodies, title: Title) -> tuple[str, ...]:
    """The names of the parties whose committees have a title; they stand around their area's."""
    return tuple(suffix for suffix in title.suffixes if suffix in bodies.frame_heads)


def of_area(bodies: Bodies, parties: tuple[str, ...], before: Sequence[Organization], area: str) -> Organization | None:
    """The committee in an area of the party that was named last: 民建某省委副主委甲、| 某市委主委乙."""
    last = next((body for body in reversed(before) if body.kind is not None and body.name.startswith(parties)), None)
    return bodies.of_kind(last.kind, area) if last is not None and last.kind is not None else None
