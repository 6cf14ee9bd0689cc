"""Bodies that those named before make known: units stationed elsewhere, a second body of the same level."""

from __future__ import annotations

from dataclasses import replace

from kg.bodies import Bodies
from kg.extents import OrganizationSpan
from kg.frames import Frames
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.places import AreaReader


class References:
    """Gives such bodies their names in full; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, frames: Frames) -> None:
        self.lexicon, self.areas, self.bodies, self.frames = lexicon, areas, bodies, frames
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])

    def resolve(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """The bodies of an article in order, each by what stands before it."""
        return self._siblings(scan, self._stationed(scan, found))

    def _stationed(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县纪委监委 | 驻 | 县财政局纪检监察组 is one body; a second 驻 … belongs to the same sender."""
        links = {e: b for b, e, _ in scan.cues.get("StationedCue", ())}
        if not links:
            return found
        out: list[OrganizationSpan] = []
        sender: Organization | None = None
        for span in found:
            start = links.get(span.begin)
            if start is not None and span.organization.parent is not None:
                begin = start
                if out and out[-1].end == start:
                    sender, begin = out[-1].organization, out.pop().begin
                if sender is not None:
                    unit = replace(self.bodies.unit(sender, scan.text[start : span.end], None), kind=span.organization.kind)
                    span = replace(span, begin=begin, organization=unit, given=True)
            out.append(span)
        return out

    def _siblings(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县委、县政府: a body right behind another of the same level keeps its area."""
        out: list[OrganizationSpan] = []
        for span in found:
            kind = self.lexicon.kinds.get(span.organization.kind or "") if out and not span.given and not span.unit else None
            if kind is not None and kind.levels:
                last = out[-1]
                between = scan.text[last.end : span.begin]
                if last.given and last.organization.area is not None and (not between or between in self.joiners):
                    cue = scan.text[span.begin : span.end]
                    level = self.frames.own[cue]
                    if level is not None and self.areas.seat(last.organization.area).endswith(level):
                        span = replace(span, organization=self.bodies.make(kind, cue, last.organization.area))
            out.append(span)
        return out
