"""What class a body is of, and so what is a part of it or stands beside it."""

from __future__ import annotations

from collections.abc import Mapping

from kg.bodies import Bodies
from kg.cues import Kind, Title
from kg.model import Organization

# 党总支: so long are the words for a body's own units.
_OWN_UNIT = 3
# The rank of deputies (ontology/README.md).
_DEPUTY = 3


class Classes:
    """Tells bodies apart by their kinds; ``party`` are the classes of the Party's bodies, ``tops`` those that ends of names stand for."""

    def __init__(self, bodies: Bodies, party: frozenset[str], tops: Mapping[str, str]) -> None:
        self.bodies, self.lexicon, self.party, self.tops = bodies, bodies.lexicon, party, tops
        self._own = {kind.top for kind in bodies.lexicon.kinds.values() if kind.own_pages}

    def inner(self, organization: Organization) -> bool:
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is not None and kind.inner

    def alike(self, whole: Organization, kind: Kind) -> bool:
        """Whether a body is of the class whose bodies have such units: a faculty's, a ward's."""
        of = self.lexicon.kinds.get(whole.kind or "")
        return of is not None and of.top == kind.top and not of.inner

    def foreign(self, title: Title, body: Organization) -> bool:
        """Whether only firms, schools or hospitals have a head or deputy called so, and a public body is none: 教育局 has no 校长."""
        heads = {self.tops[end] for end in title.suffixes if len(end) > 1 and end in self.tops} if title.rank <= _DEPUTY else set()
        of = self.lexicon.kinds.get(body.kind or "")
        return bool(heads) and heads <= self._own and body.public and of is not None and of.top not in heads

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

    def beside_branch(self, kind: Kind | None, printed: str, branch: Organization) -> bool:
        """Whether a committee stands beside a Party branch of what nothing names: 连队党支部书记、| 连管会指导员."""
        own = kind is not None and (kind.short or "").endswith(printed)
        return own and branch.parent is None and self.bodies.is_party_unit(branch)

    def impossible(self, organization: Organization) -> bool:
        """Whether a body would be a committee's own Party unit, 纪委 or 工会 (市委党委), or a committee of a government (县政府党委).

        市委机关党委 and 县政府党组 there are.
        """
        whole, kind = organization.parent, self.lexicon.kinds.get(organization.kind or "")
        # 省公安厅党委 there is: of a bureau, which only provinces call so.
        bureau = whole is not None and not self.bodies.is_committee(whole) and self.bodies.office(self.lexicon.kinds.get(whole.kind or ""))
        if whole is None or kind is None or bureau or whole.kind not in self.bodies.territorial_kinds:
            return whole is not None and self.impossible(whole)
        words = organization.name[len(whole.name) :]
        if not self.bodies.is_committee(whole) and words[-1:] not in self.bodies.short_stems:
            return False
        own = kind.party_unit or kind.ellipsis or (kind.open and kind.short == "{parent}" + words)
        return own and not kind.part_of and not kind.inner and len(words) <= _OWN_UNIT
