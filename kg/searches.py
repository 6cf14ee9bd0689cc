"""The bodies of one article while they are looked for."""

from __future__ import annotations

from dataclasses import field

from kg.mentions import Scan
from kg.model import Organization
from kg.offsets import cover
from kg.places import Setting
from kg.values import dataclass


@dataclass(frozen=True, slots=True)
class OrganizationSpan:
    """A body named in the text. ``given`` where the area's name stands with it; ``unit`` for a part of another body."""

    begin: int
    end: int
    organization: Organization
    given: bool
    confidence: float = 1.0
    unit: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """An article while its bodies are looked for: where suffixes and closed kinds begin, in order; what is found and taken so far."""

    scan: Scan
    setting: Setting
    suffixes: list[int]
    kinds: list[int]
    selves: frozenset[int]
    stationed: frozenset[int]
    long_ends: frozenset[int]
    firms: frozenset[int]
    wholes: frozenset[int]
    taken: bytearray
    found: list[OrganizationSpan] = field(default_factory=list)

    @classmethod
    def of(cls, scan: Scan, setting: Setting) -> Search:
        """The search in an article, with nothing found yet."""
        selves = frozenset([e for _, e, _ in scan.cues.get("SelfReferenceCue", ())])
        stationed = frozenset([e for _, e, _ in scan.cues.get("StationedCue", ())])
        begins = [begin for begin, _, _ in scan.suffixes]
        long_ends = frozenset([end for begin, end, _ in scan.suffixes if end - begin > 1])
        related = {e for _, e, _ in scan.cues.get("RelatingCue", ())}
        firms = frozenset([end for begin, end, kind in scan.suffixes if end - begin > 1 and not kind.public and end not in related])
        wholes = firms | {end for begin, hits in scan.kinds.items() for end, _ in hits if end - begin > 1}
        return cls(scan, setting, begins, sorted(scan.kinds), selves, stationed, long_ends, firms, wholes, bytearray(len(scan.text) + 1))

    def put(self, span: OrganizationSpan | None) -> None:
        """Keep a span that overlaps no earlier one."""
        if span is not None and self.taken.find(1, span.begin, span.end) < 0:
            self.found.append(span)
            cover(self.taken, span.begin, span.end)


def behind_former(scan: Scan, p: int) -> int:
    """The offset behind a word for what somebody was (县水利局 | 原 | 党组书记), which is no part of a body's name."""
    for stop in (p + 1, p + 2):
        hits = scan.modifiers.get(stop)
        if hits is None or not any(b == p and modifier.status == "former" for b, modifier in hits):
            continue
        # 老 | 会长, but 老促会 is one.
        if p not in scan.kinds and (stop in scan.kinds or scan.words.get(p, (p, ""))[0] == stop):
            return stop
    return p
