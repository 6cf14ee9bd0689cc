"""Bodies by their names: what a body is called in full, its formal name, its IRI's path."""

from __future__ import annotations

from dataclasses import replace

from kg.cues import Kind
from kg.lexicon import Lexicon
from kg.mentions import BRACKETS
from kg.model import Organization
from kg.places import AreaReader
from kg.stems import Stems

# Bodies made once are kept, up to this many: the same few come up in every article of a page.
_KEPT = 20_000
_PARTY_LEVELS = frozenset({"province", "prefecture", "county"})


class Bodies(Stems):
    """Makes bodies of kinds, areas and words; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader) -> None:
        super().__init__(lexicon, areas)
        kinds = lexicon.kinds.values()
        self._made: dict[tuple[str, str, str | None], Organization] = {}
        self._offices = {kind.top for kind in kinds if kind.name in areas.of_no_town}
        # The classes whose bodies are areas' (schools, hospitals), and the schools that others are in.
        self.of_areas = frozenset(kind.top for kind in kinds if kind.own_pages and kind.levels)
        self.universities = frozenset(whole for kind in kinds if kind.own_pages for whole in kind.belongs)
        # Kinds that share a formal name differ by level alone: 县委, 自治区党委, 地委.
        self._for_level: dict[tuple[str | None, str], Kind] = {
            (kind.formal, level): kind for kind in kinds if kind.formal for level in kind.levels
        }

    def of_kind(self, name: str, area: str) -> Organization | None:
        """The body of a kind in an area: kind 人民政府 and 330784 → 永康市政府; None for an unknown kind."""
        kind = self.lexicon.kinds.get(name)
        return self.make(kind, "", area) if kind is not None else None

    def make(self, kind: Kind, cue: str, area: str | None) -> Organization:
        """A body of a closed kind, named after its area; without an area the words stand alone."""
        key = (kind.name, cue, area)
        known = self._made.get(key)
        if known is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            known = self._made[key] = self._make(kind, cue, area)
        return known

    def _make(self, kind: Kind, cue: str, area: str | None) -> Organization:
        if area is None:
            return Organization(cue or kind.name, cue or kind.name, None, kind.name, None, (), None, kind.public)
        if cue.endswith(tuple(BRACKETS.values())):
            # 工商联（总商会）
            plain = self.make(kind, cue[: max(cue.rfind(mark) for mark in BRACKETS)], area)
            return self.called(plain, self.areas.seat(area) + cue)
        kind = self._fitting(kind, area)
        place, shown = self.areas.area(area), self.areas.seat(area)
        words = cue or self.said_twice(kind, area)
        stem = words if self.own_word(kind, words) else self.stem(words, area, shown)
        parent = None
        name = shown + stem
        if kind.part_of and place.level in _PARTY_LEVELS and kind.short and "{parent}" in kind.short:
            above = self.lexicon.kinds.get(kind.part_of)
            if above is not None:
                parent = self.make(above, "", area)
                name = kind.short.replace("{parent}", parent.name)
        elif (
            kind.short
            and "{parent}" not in kind.short
            and (not stem or self.said_so(kind, cue, stem) or not kind.short.startswith("{area}"))
        ):
            name = self.fill(kind.short, area)
        formal = self.fill(kind.formal, area) if kind.formal and "{parent}" not in kind.formal and place.level in _PARTY_LEVELS else None
        forms = dict.fromkeys([self.framed_form(cue, shown) or shown + stem])
        if words != cue:
            forms[self.fill(kind.short or "", area)] = None
        forms.update(dict.fromkeys([self.fill(other, area) for other in kind.others if other.startswith("{area}")]))
        for other in (place.name, *place.of_bodies):
            # 恩施州政府 is 恩施土家族苗族自治州政府 in full.
            if stem:
                forms[self.framed_form(cue, other) or other + stem] = None
                forms[other + stem] = None
            if parent is None and kind.short and "{areaStem}" not in kind.short and shown != place.name:
                forms[kind.short.replace("{area}", other)] = None
        if parent is not None and kind.short:
            forms.update(dict.fromkeys([kind.short.replace("{parent}", form) for form in parent.forms]))
        return Organization(
            name,
            self.path(area, name),
            area,
            kind.name,
            formal if formal != name else None,
            tuple(f for f in forms if f not in (name, shown, place.name)),
            parent,
            kind.public,
        )

    def _fitting(self, kind: Kind, area: str) -> Kind:
        """The kind that an area of this level has: 县委 of a county, 自治区党委 of an autonomous region."""
        level = self.areas.level_word(area)
        return kind if level in kind.levels or not kind.levels else self._for_level.get((kind.formal, level), kind)

    def path(self, area: str, name: str) -> str:
        """The IRI path of a body: its seat's code and the name without the seat's."""
        shown = self.areas.seat(area)
        rest = name[len(shown) :] if name.startswith(shown) else name
        if rest and rest[0] in self.short_stems and name != rest:
            rest = self.areas.level_word(area) + rest
        return f"{area}/{rest or name}"

    @staticmethod
    def with_forms(body: Organization, forms: tuple[str, ...]) -> Organization:
        """A body with other forms of its name."""
        return Organization(body.name, body.path, body.area, body.kind, body.formal, forms, body.parent, body.public, body.collective)

    def called(self, body: Organization, form: str) -> Organization:
        """A body with one more form of its name."""
        return body if form == body.name or form in body.forms else self.with_forms(body, (*body.forms, form))

    @staticmethod
    def longer(body: Organization, words: str, kind: Kind) -> Organization:
        """A body whose name goes on with more words."""
        forms = tuple(form + words for form in body.forms)
        return replace(body, name=body.name + words, path=body.path + words, kind=kind.name, forms=forms)

    def renamed(self, body: Organization, name: str) -> Organization:
        """A body, or a unit inside one, that has another name."""
        kind = self.lexicon.kinds.get(body.kind or "")
        if body.parent is None:
            return self.named(name, body.area, kind, body.public)
        return self.unit(self.renamed(body.parent, name), body.name.removeprefix(body.parent.name), kind)

    @staticmethod
    def unit(parent: Organization, words: str, kind: Kind | None) -> Organization:
        """A unit inside a body; one with a name of its own (尧头人民法庭) is known by that too, one that says whose it is once alone."""
        words = words.removeprefix(parent.name) or words
        stem = words.removesuffix(kind.name) if kind is not None and kind.public and not kind.inner and len(kind.name) > 2 else words
        own = (words,) if stem not in ("", words) and not (kind is not None and kind.part_of) else ()
        return Organization(
            parent.name + words,
            parent.path + words,
            parent.area,
            kind.name if kind else None,
            None,
            (*(f + words for f in (*parent.forms, *([parent.formal] if parent.formal else []))), *own),
            parent,
            parent.public,
        )

    def named(self, name: str, area: str | None, kind: Kind | None, public: bool | None = None) -> Organization:
        """A body with an open name."""
        path = self.path(area, name) if area else name
        forms = self._otherwise(name, area) if area else ()
        return Organization(
            name, path, area, kind.name if kind else None, None, forms, None, kind.public if kind and public is None else bool(public)
        )

    def leadership(self, area: str, title: str) -> Organization:
        """The leadership of a place, which 市领导 belong to; it carries the place's name."""
        return Organization(self.areas.label(area), f"{area}/{title}", area, None, None, (), None, True, True)

    def standing(self, body: Organization | None, title: str) -> Organization | None:
        """The body in which a post is that is said to be in another: 县人大 | 副主任 is one of its standing committee."""
        kind = self.lexicon.kinds.get(body.kind or "") if body is not None else None
        if body is None or body.area is None or kind is None or kind.standing is None or title not in kind.standing_titles:
            return body
        real = self.of_kind(kind.standing, body.area)
        return self.called(real, body.name) if real is not None else body

    def is_committee(self, organization: Organization) -> bool:
        """Whether a body is a committee of the Party: of an area (市委) or inside a body (党委)."""
        areal = organization.kind in self.committees and organization.name[-1:] in self.short_stems
        return areal or self.is_party_unit(organization)

    def is_party_unit(self, organization: Organization) -> bool:
        """Whether a body is a Party group inside another."""
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is not None and kind.party_unit

    def unplaced(self, organization: Organization) -> bool:
        """Whether a body is one of a level (县委) of which nothing says where it is."""
        return organization.area is None and organization.name in self.lexicon.kind_cues.get(organization.kind or "", ())

    def base(self, organization: Organization) -> Organization:
        """The body itself where its party group is given: 市财政局党组 → 市财政局."""
        while organization.parent is not None and self.is_party_unit(organization):
            organization = organization.parent
        return organization

    def local(self, base: Organization, printed: str, kind: Kind | None) -> Organization | None:
        """A body of the same village or street as another: 海洲村党委 … 村委会 → 海洲村委会; 某街道工委 … 办事处 → 某街道办事处."""
        place = self.areas.area(base.area) if base.area is not None else None
        seat = (
            len(self.areas.seat(base.area or "")) if place is not None and place.level != "town" and base.name.startswith(place.name) else 0
        )
        for level in sorted(self.lexicon.grassroots, key=lambda word: (not printed.startswith(word), -base.name.rfind(word))):
            at = base.name.rfind(level)
            if (
                at <= 0
                or at + len(level) >= len(base.name)
                or at + len(level) <= seat
                or (self.is_party_unit(base) and at + len(level) + 2 < len(base.name))
            ):
                continue
            # No village has a police station.
            town = level in self.areas.settlements and self.office(kind)
            if (town or (kind is not None and kind.party_unit)) and not printed.startswith(level):
                continue
            rest = printed[len(level) :] if printed.startswith(level) else printed
            name = base.name[: at + len(level)] + rest
            path = self.path(base.area, name) if base.area is not None else name
            forms = tuple(f[: f.rfind(level) + len(level)] + rest for f in base.forms if level in f)
            return Organization(name, path, base.area, kind.name if kind else None, None, forms, None, True)
        return None

    def office(self, kind: Kind | None) -> bool:
        """Whether a kind is of the classes that bureaus and courts are of."""
        return kind is not None and kind.top in self._offices

    def reseat(self, organization: Organization, area: str) -> Organization:
        """The like-named body of another area."""
        if organization.area is None:
            return organization
        old, new = self.areas.seat(organization.area), self.areas.seat(area)
        name, formal = organization.name.replace(old, new, 1), (organization.formal or "").replace(old, new, 1) or None
        parent = self.reseat(organization.parent, area) if organization.parent else None
        forms = self._otherwise(name, area)
        return replace(organization, name=name, path=self.path(area, name), area=area, formal=formal, parent=parent, forms=forms)

    def _otherwise(self, name: str, area: str) -> tuple[str, ...]:
        """A body's name with the other names of its area: 石柱县森林防灭火指挥部 is 石柱土家族自治县森林防灭火指挥部 in full."""
        place, shown = self.areas.area(area), self.areas.seat(area)
        return tuple(name.replace(shown, other, 1) for other in (place.name, *place.of_bodies) if other != shown and shown in name)
