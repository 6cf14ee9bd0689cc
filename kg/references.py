"""Bodies that those named before make known: by an end of names alone (集团, 校党委), stationed elsewhere, of the same level."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.antecedents import Antecedents
from kg.bodies import Bodies
from kg.boundaries import digits, proper
from kg.edges import left_edge, titled
from kg.extents import UNIT_WINDOW
from kg.frames import Frames
from kg.fullnames import FullNames
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.parts import Parts
from kg.places import AreaReader, Setting
from kg.searches import OrganizationSpan

# 分公司, 集团: an end of a name that stands for a body named before has at most this many characters.
_END = 4
# 局, 中心: so short an end of a public body's name is in many names.
_SHORT = 2
_REFERRED = 0.85


class References:
    """Gives such bodies their names in full; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, frames: Frames) -> None:
        self.lexicon, self.areas, self.bodies, self.frames = lexicon, areas, bodies, frames
        self.antecedents = Antecedents(lexicon)
        self.full = FullNames(lexicon, areas, self.antecedents)
        self.parts = Parts(lexicon, areas, bodies, self.antecedents)
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.party = frozenset(kind.top for kind in lexicon.kinds.values() if kind.party_unit)

    def resolve(
        self, scan: Scan, found: list[OrganizationSpan], setting: Setting, owner: Callable[[], Organization | None]
    ) -> list[OrganizationSpan]:
        """The bodies of an article in order, each by what stands before it."""
        found = self._ends(scan, self._of_towns(scan, self._adjoined(scan, found)), setting, owner)
        return self._siblings(scan, self._stationed(scan, found))

    def _of_towns(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """关工委 alone in a report on the town's, which it names with the town, and not the county's."""
        out: list[OrganizationSpan] = []
        for span in found:
            named, words = span.organization, scan.text[span.begin : span.end]
            kind = self.lexicon.kinds.get(named.kind or "")
            alone = (
                not span.given and not span.unit and named.area is not None and words in self.lexicon.kind_cues.get(named.kind or "", ())
            )
            if alone and kind is not None and not kind.levels and self.frames.own[words] is None:
                like = {s.organization.path: s.organization for s in found if s.given and s.organization.name.endswith(words)}
                only = next(iter(like.values())) if len(like) == 1 else None
                if only is not None and only.area is not None and self.areas.area(only.area).level == "town":
                    span = replace(span, organization=only, given=True)
            out.append(span)
        return out

    def _adjoined(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """区委 | 巡察工作领导小组: an open name right behind a public body is a unit of it, save a firm's or school's."""
        out: list[OrganizationSpan] = []
        for span in found:
            named = span.organization
            last = out[-1] if out else None
            kind = self.lexicon.kinds.get(named.kind or "")
            own = span.given or span.unit or named.area is not None or named.parent is not None or (kind is not None and kind.own_pages)
            if own or last is None or last.end != span.begin or last.organization.area is None or not last.organization.public:
                out.append(span)
            else:
                unit = self.bodies.unit(last.organization, scan.text[span.begin : span.end], kind)
                out[-1] = replace(span, begin=last.begin, organization=unit, given=last.given, unit=True)
        return out

    def _ends(
        self, scan: Scan, found: list[OrganizationSpan], setting: Setting, owner: Callable[[], Organization | None]
    ) -> list[OrganizationSpan]:
        """集团, 学校幼儿园, 校党委: an end of names, alone or before a unit, is the last body that is named so."""
        out: list[OrganizationSpan] = []
        before: list[Organization] = []
        for k, span in enumerate(found):
            named = span.organization
            whole = named.parent or named
            if span.unit and not span.given and self._chained(scan, span):
                # 县委常委、| 办公室主任: of the committee, and of no office that was named before.
                out.append(span)
                continue
            short = self.parts.short(named.name, before) if span.unit and named.area is None and named.parent is None else None
            faculty = self.parts.squad(span, out) or self.parts.faculty(scan, span, out, owner)
            if faculty is not None:
                span = replace(span, organization=faculty, given=True, confidence=_REFERRED, unit=True)
            elif short is not None:
                span = replace(span, organization=short, given=True, confidence=_REFERRED)
            elif whole.parent is None and (full := self.full.of(whole, self._named(scan, found, k, before))) is not None:
                kind = self.lexicon.kinds.get(named.kind or "")
                full = self.bodies.called(full, whole.name)
                body = full if whole is named else self.bodies.unit(full, named.name[len(whole.name) :], kind)
                span = self._with_party(scan, replace(span, organization=body, given=True, confidence=_REFERRED))
            elif (part := self.parts.part(scan, span, before)) is not None:
                span = replace(span, organization=part, given=True, confidence=_REFERRED, unit=True)
            elif span.unit and whole.parent is None and named.area is None and len(whole.name) <= _END:
                stands = whole is not named or self.antecedents.stands(whole.name)
                own = scan.has_cue(span.begin - 1, "OwnBodyCue")
                if own:
                    last = self.antecedents.own(scan, found, whole.name, setting.locality)
                else:
                    last = self._last(scan, span, out, before, whole.name, owner) if stands else self._so_named(named, before)
                if last is None and (stands or own) and (page := owner()) is not None:
                    last = self.antecedents.last([page], whole.name)
                if last is None and whole is not named and not own:
                    # 校党委书记甲出席某某学院与某县的签约仪式: a school's own report names it later.
                    later = (self.antecedents.last([s.organization], whole.name) for s in found[k + 1 :] if s.given)
                    last = next((body for body in later if body is not None), None)
                if last is None and self.antecedents.stands(whole.name):
                    last = self._site(scan, setting, out, span.begin, whole.name)
                if last is not None:
                    kind = self.lexicon.kinds.get(named.kind or "")
                    body = last if whole is named else self.bodies.unit(last, named.name[len(whole.name) :], kind)
                    span = self._with_party(scan, replace(span, organization=body, given=True, confidence=_REFERRED))
                elif whole is not named and (len(whole.name) == 1 or self.antecedents.stands(whole.name)):
                    # 团党委 of a 团, 农场党委 of a 农场 that was not named: no body.
                    continue
            out.append(span)
            before.extend(_wholes(span.organization))
        return out

    def _chained(self, scan: Scan, span: OrganizationSpan) -> bool:
        """Whether a unit stands in a title chain behind another title."""
        kind = self.lexicon.kinds.get(span.organization.kind or "")
        return (
            kind is not None
            and not kind.own_pages
            and scan.text[span.begin - 1 : span.begin] == "、"
            and span.begin - 1 in scan.titles_by_end
        )

    def _last(
        self,
        scan: Scan,
        span: OrganizationSpan,
        out: Sequence[OrganizationSpan],
        before: Sequence[Organization],
        end: str,
        owner: Callable[[], Organization | None],
    ) -> Organization | None:
        """What an end of names stands for: one named in the same sentence, else the headline's or the page's own, else the last one."""
        last = self.antecedents.last(before, end)
        home = (owner() or self.antecedents.home(scan, out)) if last is not None else None
        if last is None or home is None or not out or out[-1].begin >= scan.sentence(span.begin)[0]:
            return last
        # 学院 is the faculty where its university is called so too.
        # 龙煤鸡西矿业公司 on the page of 黑龙江龙煤鸡西矿业有限责任公司 is itself.
        inside = last.parent is not None and last.parent.name == home.name
        return last if inside or last.name.removesuffix(end) in home.name else self.antecedents.last([home], end) or last

    def _so_named(self, named: Organization, before: Sequence[Organization]) -> Organization | None:
        """The last body whose longer name ends as one that is read by its end alone: 某技术研究院 … | 研究院院长."""
        kind = self.lexicon.kinds.get(named.kind or "")
        if kind is None or kind.inner or len(named.name) <= _SHORT:
            return None
        return next((o for o in reversed(before) if o.kind == named.kind and o.name.endswith(named.name) and o.name != named.name), None)

    def _site(self, scan: Scan, setting: Setting, before: Sequence[OrganizationSpan], at: int, name: str) -> Organization | None:
        """The body behind a site that was visited or a unit that was named: 在八五〇农场，| 农场党委书记甲."""
        for b, e, kind in reversed(scan.suffixes):
            if e <= at and scan.text[b:e] == name:
                left = left_edge(scan, b, UNIT_WINDOW, setting)
                if left < b and (proper(scan, left, b) or digits(scan, left, b) or any(s.begin == left for s in before)):
                    return self.bodies.named(scan.text[left:e], None, kind)
        return None

    @staticmethod
    def _named(scan: Scan, found: Sequence[OrganizationSpan], k: int, before: Sequence[Organization]) -> Sequence[Organization]:
        """The bodies that a span may mean: those before it, for one in the headline those behind it as well."""
        if found[k].end > scan.article.body:
            return before
        return [*before, *(s.organization for s in found[k + 1 :] if s.given)]

    def _with_party(self, scan: Scan, span: OrganizationSpan) -> OrganizationSpan:
        """A firm with its Party unit or 纪委, where a title follows that: 投资公司 | 党委 | 书记."""
        for end, kind in scan.kinds.get(span.end, ()):
            if kind.top in self.party and not kind.levels and titled(scan, end):
                return replace(span, end=end, organization=self.bodies.unit(span.organization, scan.text[span.end : end], kind), unit=True)
        return span

    def _stationed(self, scan: Scan, found: list[OrganizationSpan]) -> list[OrganizationSpan]:
        """县纪委监委 | 驻 | 县财政局纪检监察组 is one body; a second 驻 … belongs to the same sender."""
        links = {e: b for b, e, _ in scan.cues.get("StationedCue", ())}
        if not links:
            return found
        out: list[OrganizationSpan] = []
        sender: Organization | None = None
        for span in found:
            start = links.get(span.begin)
            adjoined = bool(out) and out[-1].end == start
            # 国家林业局 | 驻 | 福州森林资源监督专员办事处 | 专员
            held = adjoined and span.organization.area is not None and titled(scan, span.end)
            if start is not None and (span.organization.parent is not None or held):
                begin = start
                if adjoined:
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


def _wholes(organization: Organization) -> list[Organization]:
    """A body behind all that it is part of, the outermost first."""
    found = [organization]
    while (parent := found[-1].parent) is not None:
        found.append(parent)
    return found[::-1]
