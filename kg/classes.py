"""What class a body is of, and so what is a part of it or stands beside it."""

from __future__ import annotations

from kg.bodies import Bodies
from kg.cues import Kind
from kg.model import Organization


class Classes:
    """Tells bodies apart by their kinds; ``party`` are the classes of the Party's bodies."""

    def __init__(self, bodies: Bodies, party: frozenset[str]) -> None:
        self.bodies, self.lexicon, self.party = bodies, bodies.lexicon, party

    def inner(self, organization: Organization) -> bool:
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is not None and kind.inner

    def alike(self, whole: Organization, kind: Kind) -> bool:
        """Whether a body is of the class whose bodies have such units: a faculty's, a ward's."""
        of = self.lexicon.kinds.get(whole.kind or "")
        return of is not None and of.top == kind.top and not of.inner

    def of_the_people(self, organization: Organization) -> bool:
        """Whether a body is a mass organization, which has a 宣传部 and 组织部 too: 省妇联副主席甲、| 宣传部部长乙."""
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is not None and any(kind.top == framed.top for framed in self.bodies.framed)

    def own_pages(self, organization: Organization) -> bool:
        """Whether a body is in a firm, school or hospital."""
        base = self.bodies.base(organization)
        while base.parent is not None:
            base = base.parent
        kind = self.lexicon.kinds.get(base.kind or "")
        return kind is not None and kind.own_pages

    def of_the_party(self, organization: Organization) -> bool:
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is not None and kind.top in self.party and organization.kind not in self.bodies.territorial_kinds

    def commission(self, organization: Organization) -> bool:
        """Whether a body that ends in 委 is a bureau by another name (发改委), and no committee of a party or league."""
        return not self.bodies.is_committee(organization) and self.bodies.office(self.lexicon.kinds.get(organization.kind or ""))

    def beside(self, organization: Organization, whole: Organization) -> bool:
        """Whether a body is a part of a university, firm, hospital or mass organization, beside which others stand in lists."""
        kind, of = (self.lexicon.kinds.get(body.kind or "") for body in (organization, whole))
        office = of is not None and of.own_pages and not (kind is not None and kind.own_pages)
        return office or self.of_the_people(whole) or (kind is not None and whole.kind in kind.belongs)

    def apart(self, kind: Kind | None, printed: str, whole: Organization) -> bool:
        """Whether a body is the area's own and no part of the one before it: 教育局局长甲、| 一中校长乙; 村委会主任甲、| 派出所所长乙."""
        if kind is None or whole.area is None:
            return False
        if self.bodies.office(kind) and any(word in whole.name for word in self.bodies.areas.settlements):
            return True
        if not kind.own_pages or kind.inner or kind.belongs or printed in self.lexicon.of_kind("ClassWordCue"):
            return False
        of = self.lexicon.kinds.get(whole.kind or "")
        if not self.own_pages(whole):
            return whole.public
        return of is not None and of.top == kind.top and kind.top in self.bodies.of_areas and of.name not in self.bodies.universities

    def town(self, body: Organization) -> str | None:
        """The town whose government, congress or office a body is, so that the town's Party committee is beside it; None for others."""
        towns = tuple(word for word in self.lexicon.grassroots if word not in self.bodies.areas.settlements)
        cues = self.lexicon.kind_cues.get(body.kind or "", ()) if body.public and body.parent is None and not self.own_pages(body) else ()
        names = (body.name.removesuffix(cue) for cue in cues if body.name.endswith(cue))
        return next((name for name in names if name.endswith(towns)), None)

    def section(self, kind: Kind | None, beside: Organization) -> bool:
        """Whether a unit is beside another in a list: of the same kind, or both sections of a bureau (某局办公室主任甲、| 某科科长乙)."""
        whole = beside.parent
        if kind is None or whole is None:
            return False
        bureau = whole.kind not in self.bodies.territorial_kinds and self.bodies.office(self.lexicon.kinds.get(whole.kind or ""))
        return kind.name == beside.kind or (kind.inner and bureau)

    def party_end(self, name: str) -> str:
        """The longest word for a Party committee that a name ends with: 党工委 of 某开发区党工委."""
        kinds = [kind.name for kind in self.lexicon.kinds.values() if kind.top in self.party]
        cues = [cue for kind in kinds for cue in self.lexicon.kind_cues.get(kind, ()) if name.endswith(cue)]
        return max(cues, key=len, default="")
