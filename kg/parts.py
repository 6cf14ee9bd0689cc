"""Parts of bodies that are named by their own words alone: 外国语学院 of a university, 交警支队 of a bureau, 厅计财处."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import rjieba

from kg.antecedents import FACULTY, Antecedents
from kg.bodies import Bodies
from kg.cues import Kind
from kg.fullnames import LEAST_END
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.places import AreaReader
from kg.searches import OrganizationSpan

# Names of people, places and bodies, and what no dictionary has.
_PROPER = ("nr", "ns", "nt", "x", "eng")


class Parts:
    """Says which bodies such parts belong to; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, antecedents: Antecedents) -> None:
        self.lexicon, self.areas, self.bodies, self.antecedents = lexicon, areas, bodies, antecedents

    def faculty(
        self, scan: Scan, span: OrganizationSpan, before: Sequence[OrganizationSpan], owner: Callable[[], Organization | None]
    ) -> Organization | None:
        """外国语学院 in a report on a university: a name without a proper noun is a part of the last body that it may belong to.

        On a university's own page one with a proper noun (英东生物农业学院) is too.
        """
        named = span.organization
        own = named.parent if named.parent is not None and named.parent.parent is None and self.bodies.is_party_unit(named) else named
        kind = self.lexicon.kinds.get(own.kind or "")
        if kind is None or not kind.belongs or (span.given and own is named) or own.area is not None or own.parent is not None:
            return None
        named_so = [s.organization for s in before if s.given]
        if len(own.name) < FACULTY and self.antecedents.last(named_so, own.name) in named_so:
            # 学院 alone is the one that was named.
            return None
        page = owner() if kind.belongs and _proper(scan, span.begin, span.begin + len(own.name)) else None
        if page is not None and page.kind in kind.belongs:
            return self.bodies.unit(page, own.name, kind) if own is named else None
        if len(own.name) > FACULTY and _proper(scan, span.begin, span.begin + len(own.name)) is not False:
            return None
        wholes = (_outermost(s.organization, kind) for s in reversed(before) if s.given or _proper(scan, s.begin, s.end))
        whole = next((body for body in wholes if body is not None and body.name != own.name), None)
        if whole is not None and whole.name.endswith(own.name):
            return None
        faculty = self.bodies.unit(whole, own.name, kind) if whole is not None else None
        if faculty is None or own is named:
            return faculty
        # 地理科学学院 | 党委: the faculty's own committee.
        return self.bodies.unit(faculty, named.name.removeprefix(own.name), self.lexicon.kinds.get(named.kind or ""))

    def squad(self, span: OrganizationSpan, before: Sequence[OrganizationSpan]) -> Organization | None:
        """交警支队 behind 某市公安局: a closed kind without an area's name is a part of the last body there that it may belong to."""
        named = span.organization
        kind = self.lexicon.kinds.get(named.kind or "")
        if kind is None or not kind.belongs or kind.open or span.given or named.area is None or named.parent is not None:
            return None
        wholes = (_outermost(s.organization, kind) for s in reversed(before))
        whole = next((body for body in wholes if body is not None and body.area is not None), None)
        if whole is None or whole.area not in self.areas.chain(named.area):
            return None
        unit = self.bodies.unit(whole, named.name.removeprefix(self.areas.seat(named.area)), kind)
        return self.bodies.with_forms(unit, (*unit.forms, named.name)) if whole.area == named.area else unit

    def short(self, name: str, before: Sequence[Organization]) -> Organization | None:
        """分局, 分局科研科: an end of names that stands for a body before; then perhaps a unit. 县局 was read before (kg.shortened)."""
        end = self._end(name)
        if not end:
            return None
        rest = name[len(end) :]
        for body in reversed(before):
            if body.name.endswith(end) and len(body.name) > len(end):
                # 集团公司 is the group itself.
                return self.bodies.unit(body, rest, self._unit_kind(rest)) if rest and name not in self.lexicon.ends else body
        return None

    def part(self, scan: Scan, span: OrganizationSpan, before: Sequence[Organization]) -> Organization | None:
        """厅计财处, 局办公室: a unit of the last public body whose name ends in its first character."""
        named = span.organization
        if span.given or named.area is not None or named.parent is not None:
            return None
        # 厅 | 党组巡察办
        party = any(k.party_unit and e < span.end for e, k in scan.kinds.get(span.begin + 1, ()))
        kind = self.lexicon.kinds.get(named.kind or "") if party else self._unit_kind(named.name[1:])
        first = scan.words.get(span.begin, (span.begin, ""))[0]
        if kind is None or first == span.end or (first > span.begin + 1 and rjieba.has_word(scan.text[span.begin : first])):
            return None
        wholes = (o for o in reversed(before) if o.public and o.parent is None and o.area is not None)
        whole = next((body for body in wholes if body.name.endswith(named.name[0])), None)
        return self.bodies.unit(whole, named.name[1:], kind) if whole is not None else None

    def _end(self, name: str) -> str:
        """The longest end of names with which a unit's name begins."""
        return next((name[:n] for n in range(len(name) - 2, 1, -1) if name[:n] in self.lexicon.ends), "")

    def _unit_kind(self, rest: str) -> Kind | None:
        return next((kind for n in range(len(rest)) for kind in self.lexicon.ends.get(rest[n:], ()) if kind.inner), None)


def by_words(bodies: Bodies, whole: Organization | None, printed: str, kind: str | None) -> Organization:
    """A body by its words, inside another where one is given; its Party group is a part of it."""
    kinds, cues = bodies.lexicon.kinds, bodies.lexicon.kind_cues
    for party in [k for k in kinds.values() if k.party_unit]:
        for cue in cues.get(party.name, ()):
            if printed.endswith(cue) and len(cue) < len(printed):
                return bodies.unit(by_words(bodies, whole, printed.removesuffix(cue), None), cue, party)
    of = kinds.get(kind or "")
    return bodies.unit(whole, printed, of) if whole is not None else bodies.named(printed, None, of)


def _proper(scan: Scan, begin: int, end: int) -> bool | None:
    """Whether a name holds a proper noun before its end; None where it is that end alone."""
    words = [scan.words[k][1] for k in range(begin, end - LEAST_END) if k in scan.words]
    return any(tag.startswith(_PROPER) for tag in words) if words else None


def _outermost(organization: Organization, kind: Kind) -> Organization | None:
    """The outermost of what a body is part of, itself included, that bodies of a kind belong to: the university of a faculty."""
    found = None
    step: Organization | None = organization
    while step is not None:
        if step.kind in kind.belongs:
            found = step
        step = step.parent
    return found
