"""What was read before says whose a post is: bodies that fit a title, that a word stands for, that the last seats were in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg import allusions
from kg.bodies import Bodies
from kg.boundaries import proper
from kg.chains import Piece
from kg.classes import Classes
from kg.cues import Kind, Title
from kg.mentions import Scan, han
from kg.model import Organization, Tenure
from kg.names import Name
from kg.searches import OrganizationSpan
from kg.seatwords import SeatWords
from kg.values import dataclass

_ORDINAL = "第"
# How sure a body is that was remembered; and a post without one.
REMEMBERED, GUESSED, BODILESS = 0.8, 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Chain:
    """A title chain with the names that share it, the area that it ends in and its bodies, left to right."""

    begin: int
    end: int
    names: tuple[Name, ...]
    tenures: tuple[Tenure, ...]
    area: str | None
    organizations: tuple[Organization, ...]


class Recall:
    """The memory of one article: its bodies, and what the words of a title say of them."""

    def __init__(
        self, words: SeatWords, bodies: Bodies, scan: Scan, spans: Sequence[OrganizationSpan], owner: Callable[[], Organization | None]
    ) -> None:
        self.words, self.bodies, self.lexicon, self.scan, self.spans = words, bodies, bodies.lexicon, scan, spans
        self.owner, self.classes = owner, Classes(bodies, words.party, words.antecedents.tops)

    def matching(self, title: Title, bodies: Sequence[Organization], strict: bool, offset: int = 0) -> Organization | None:
        """The body that a bare title belongs to: the nearest whose name ends as the title's bodies do; else the last, unless strict.

        Before the last one comes a team that was named before an offset: 市长、| 指挥长 of the headquarters in the headline.
        """
        for body in reversed(bodies):
            base = self.bodies.base(body)
            step: Organization | None = base
            while step is not None:
                if self.fits(title, step):
                    return step
                step = step.parent
            if body is not base and self.fits(title, body):
                return body
        if strict or not bodies:
            return None
        team = allusions.team(self.words, self.lexicon, self.spans, title.suffixes, offset)
        if team is not None:
            return team
        last = self.bodies.base(bodies[-1])
        # 自治区党委常委、副主席: the committee has no such post, nor has a government a 宣传委员.
        other = self.bodies.is_committee(last) or (last.kind in self.bodies.territorial_kinds and title.name in self.words.committee_titles)
        unfit = title.suffixes and not last.name.endswith(title.suffixes) and (other or self.classes.foreign(title, last))
        return None if unfit else last

    def fits(self, title: Title, body: Organization) -> bool:
        """Whether a body's name ends as those with this title do. 委 of 发改委 is not that of 市委 and 党委."""
        secretary = title.name in self.words.committee_titles
        for suffix in title.suffixes:
            if body.name.endswith(suffix):
                return len(suffix) > 1 or not (self.classes.commission(body) if secretary else self.bodies.is_committee(body))
        # 景谷一中 | 校长: of the class of schools, whatever its name ends with.
        kind, known = self.lexicon.kinds.get(body.kind or ""), self.words.antecedents
        if kind is None or not kind.own_pages or kind.inner:
            return False
        return any(known.tops.get(suffix) == kind.top for suffix in title.suffixes if suffix in known.class_words)

    def named_so(self, offset: int, end: str, locality: str | None = None, own: bool = False) -> Organization | None:
        """The last body before an offset that an end of names stands for; where ``own`` (我院) the one whose report it is."""
        if own:
            return self.words.antecedents.own(self.scan, self.spans, end, locality)
        return self.words.antecedents.last([s.organization for s in self.spans if s.end <= offset], end)

    def ended(self, offset: int) -> Organization | None:
        """厅 | 总工程师: the last public body before an offset, or what it is part of, whose name ends in the one character there."""
        text = self.scan.text
        alone = offset >= 0 and (not han(text, offset - 1) or text[offset - 1] in self.words.joiners)
        if not alone or not self.words.antecedents.names(text[offset]):
            return None
        for span in reversed([s for s in self.spans if s.end <= offset]):
            step: Organization | None = span.organization
            while step is not None:
                if step.public and step.name.endswith(text[offset]):
                    return step
                step = step.parent
        return None

    def home(self, offset: int, title: Title | None = None) -> Organization | None:
        """The firm, school, court or bureau of the headline, or whose page it is, where the sentence before an offset names no other.

        With a title none that has such posts: 某集团董事长甲当选 | 会长 in a report on an association.
        """
        home = self.owner() or self.words.antecedents.home(self.scan, self.spans)
        if home is None or self.bodies.is_committee(home) or home.kind in self.bodies.territorial_kinds:
            return None
        start = self.scan.sentence(offset)[0]
        others = (s.organization for s in self.spans if start <= s.begin < offset and s.given)
        other = any(title is None or self.fits(title, body) for body in others)
        return None if other or not self.words.antecedents.speaks(self.scan, home) else home

    def remembered(self, piece: Piece, before: Sequence[Chain]) -> tuple[Organization | None, float]:
        """The body of a bare title from what was read before: that of the seat it is deputy to, else the last body whose name fits."""
        title, start = piece.concept, self.scan.sentence(piece.begin)[0]
        # 在某某公司，| 副总经理甲: of that one, and not of whose head spoke before.
        low = max(start, before[-1].end if before else 0)
        here = [s for s in self.spans if low <= s.begin and s.end <= piece.begin and not s.unit and self.fits(title, s.organization)]
        if here and here[-1].organization.name not in title.suffixes:
            return here[-1].organization, REMEMBERED
        for chain in reversed(before) if not title.implies else ():
            for tenure in chain.tenures:
                head = tenure.concept
                if head and title.name != head and title.name.endswith(head):
                    # 我院院长甲，| 副院长乙: where nothing says which, neither is known.
                    return tenure.organization, 0.85 if tenure.organization is not None else BODILESS
        if before and before[-1].begin >= start and all(t.organization is None for t in before[-1].tenures):
            # 区政协副主席甲、| 秘书长 where no district is known: what is beside it is in the same body.
            return None, BODILESS
        home = self.home(piece.begin, title)
        if home is not None and self.fits(title, home):
            return home, 0.85
        for chain in reversed(before):
            matching = self.matching(title, chain.organizations, strict=True)
            if matching is not None and "\n" not in self.scan.text[chain.end : piece.begin]:
                return matching, REMEMBERED
        # 公司 alone, of which nothing says which, is no body to remember.
        ended = (s for s in self.spans if s.end <= piece.begin and title.suffixes and s.organization.name.endswith(title.suffixes))
        named_in_full = (s for s in ended if s.organization.name not in title.suffixes and self.fits(title, s.organization))
        fitting = [s for s in named_in_full if not self.bodies.unplaced(s.organization)]
        near = [s for s in fitting if start - 60 <= s.begin] or ([] if before else [s for s in fitting if s.confidence >= 0.85])
        if near:
            return near[-1].organization, REMEMBERED
        # 会长 goes with 商会 wherever it was named; an end of one character (委, 办) says too little.
        if named := [s for s in fitting if self._ends_long(title, s)]:
            return named[-1].organization, 0.7
        if title.weak or title.name in self.words.committee_titles:
            return None, BODILESS
        # A school's own report names it at the end: the one body of the article that fits.
        # Not the one that somebody else is said to be of.
        own = [s for s in self.spans if s.end > piece.begin and s.given and s.end not in self.scan.titles_by_begin]
        later = {s.organization.path: s.organization for s in own if self._ends_long(title, s)}
        return (next(iter(later.values())), 0.7) if len(later) == 1 else (None, BODILESS)

    @staticmethod
    def _ends_long(title: Title, span: OrganizationSpan) -> bool:
        return any(len(end) > 1 and span.organization.name.endswith(end) for end in title.suffixes)

    def part(self, whole: Organization, printed: str, kind: Kind | None) -> Organization:
        """A unit of a body, or of what that is a unit of; a village's, street's or town's own (某镇人大主席、| 党委委员)."""
        base = self.bodies.base(whole)
        if kind is not None and kind.party_unit and (town := self.classes.town(base)):
            return self.bodies.named(town + printed, base.area, kind)
        aside = kind is not None and (kind.inner or bool(kind.belongs))
        # 某医院纪委书记、工会主席: beside each other.
        organ = kind is not None and not kind.inner and kind.top not in self.words.party
        while base.parent is not None and (
            self.classes.inner(base) or (aside and self.classes.beside(base, base.parent)) or (organ and self.classes.of_the_party(base))
        ):
            base = base.parent
        if len(base.name) > len(printed) and base.name.endswith(printed):
            # 某开发区管委会党工委书记、| 管委会主任; 某港区海事处 … 港区海事处处长: the body itself.
            return base
        local = self.bodies.local(base, printed, kind) if kind is None or not kind.inner else None
        if local is None and base.area is not None and self.classes.apart(kind, printed, base):
            # Of a village's town too: 村委会主任甲、| 派出所所长乙.
            return self.bodies.named(self.bodies.areas.seat(base.area) + printed, base.area, kind)
        of = self.lexicon.kinds.get(base.kind or "")
        if local is None and kind is not None and kind.of_zones and of is not None and of.top in self.words.party:
            # 嘉明经济开发区党工委书记、管委会主任: beside the committee and no part of it.
            party = self.classes.party_end(base.name)
            named = self.bodies.named(base.name.removesuffix(party) + printed, base.area, kind)
            return self.bodies.with_forms(named, tuple(f.removesuffix(party) + printed for f in base.forms if f.endswith(party)))
        alone = local is None and self.classes.beside_branch(kind, printed, base)
        return local or (self.bodies.named(printed, base.area, kind) if alone else self.bodies.unit(base, printed, kind))

    def neighbour(self, last: Chain, kind: Kind | None) -> Organization:
        """Of what a unit is a part that stands behind another's in a list: 护理部主任甲、| 医保办主任乙 are of one hospital."""
        body = self.bodies.base(last.organizations[-1])
        if kind is not None and (kind.inner or kind.party_unit) and not self.classes.own_pages(body):
            # 住建局副局长兼城建中心主任甲，| 党组成员乙: of the bureau.
            bureaus = [o for o in map(self.bodies.base, last.organizations) if self.bodies.office(self.lexicon.kinds.get(o.kind or ""))]
            body = bureaus[-1] if bureaus and body.parent is None else body
        if body.parent is None or (kind is not None and kind.party_unit):
            return body
        named = [span.given for span in self.spans if last.begin <= span.begin < last.end]
        # 党办主任甲、| 院办主任乙; 某局办公室主任甲、| 某科科长乙
        return body if not self.classes.section(kind, body) and (not named or named[-1]) else body.parent

    def just_named(self, span: OrganizationSpan) -> Organization | None:
        """The body of the same sentence whose name ends as an end of names does that stands alone: 消防救援大队 … 大队教导员."""
        kind = self.lexicon.kinds.get(span.organization.kind or "")
        if kind is not None and kind.top in self.words.party:
            # 党委, 纪委: every body has its own.
            return None
        printed, low = self.scan.text[span.begin : span.end], self.scan.sentence(span.begin)[0]
        same = [s.organization for s in self.spans if low <= s.begin < span.begin and s.given]
        return next((body for body in reversed(same) if body.name.endswith(printed) and len(body.name) > len(printed)), None)

    def of_another_zone(self, span: OrganizationSpan, kind: Kind | None, last: Organization) -> bool:
        """Whether a zone's body named alone was read as another zone's than the one before it: 国际陆港经开区党工委书记、| 管委会主任."""
        if kind is None or not kind.of_zones or span.given or span.unit or not last.name.endswith(self.words.zone_ends):
            return False
        return span.organization.area != last.area

    def own_organ(self, kind: Kind, bodies: Sequence[Organization]) -> Organization | None:
        """The Party organ of the body that a chain is about: 某公司党委副书记、纪委书记. None where the area's is meant.

        Firms, schools and hospitals have all of them and a 团委, bodies of the state only what is no part of a committee (纪委).
        """
        youth = kind in self.bodies.framed and bool(bodies) and self.classes.own_pages(bodies[-1])
        if not (kind.top in self.words.party or youth) or kind.party_unit or kind.name in self.bodies.territorial_kinds or not bodies:
            return None
        # 某学院组织部部长甲、| 宣传部部长乙: beside each other.
        inside = self.classes.own_pages(bodies[-1])
        for body in bodies if not inside else ():
            of = self.lexicon.kinds.get(body.kind or "")
            committee = of is not None and (of.part_of is not None or (of.top in self.words.party and not of.party_unit))
            if committee or body.kind in self.bodies.territorial_kinds or body.collective:
                return None
        base = self.bodies.base(bodies[-1])
        while base.parent is not None and self.classes.of_the_party(base):
            base = base.parent
        if base.public and kind.part_of is not None and not self.classes.of_the_people(base):
            return None
        if base.public and kind.part_of is None and self.classes.of_the_people(base):
            # 妇联主席甲、| 纪委书记乙
            return None
        words = min(self.lexicon.kind_cues[kind.name], key=len)
        organ, last = self.part(base, words, kind), self.bodies.base(bodies[-1])
        # 某学院党委委员、| 宣传部部长: of its 党委宣传部.
        return self.bodies.called(organ, bodies[-1].name + words) if last is not bodies[-1] and kind.part_of is not None else organ

    def antecedent(self, span: OrganizationSpan, before: Sequence[Chain]) -> tuple[Organization | None, float]:
        """A body named by its end alone (公司, 集团党委, 第二监察室): the last one named so, else a unit of the body that spoke last."""
        printed, start = self.scan.text[span.begin : span.end], self.scan.sentence(span.begin)[0]
        kind = self.lexicon.kinds.get(span.organization.kind or "")
        inside = kind is not None and (kind.inner or kind.party_unit or printed.startswith((*self.words.party_cues, _ORDINAL)))
        if span.unit and span.organization.parent is None and kind is not None and inside:
            home = self.home(span.begin)
            if home is not None and not printed.startswith(self.words.high_levels) and (kind.public or self.classes.alike(home, kind)):
                return self.part(home, printed, kind), 0.85
        # Beside people of the sentence it may be theirs.
        first = not before or before[-1].begin < start
        organ = first and kind is not None and kind.top in self.words.party and printed in self.lexicon.kind_cues.get(kind.name, ())
        for earlier in reversed([s for s in self.spans if s.end <= span.begin]):
            name = earlier.organization.name
            if len(name) > len(printed) and name.endswith(printed):
                return earlier.organization, 0.85
            if organ and earlier.given and earlier.begin >= start and self.classes.own_pages(earlier.organization):
                # 在某大学调研时与 | 党委书记甲座谈
                return self.part(earlier.organization, printed, kind), 0.85
        if not span.unit and kind is not None and kind.public and self._unnamed(span):
            last = next((c for c in reversed(before) if c.begin >= start and c.organizations), None)
            body = self.neighbour(last, kind) if last is not None else None
            of = self.lexicon.kinds.get(body.kind or "") if body is not None else None
            if body is not None and body.public and (body.area is not None or (of is not None and of.of_zones)):
                return self.bodies.unit(body, printed, kind), GUESSED
        if not span.unit or span.organization.parent is not None:
            return span.organization, 0.85
        if printed.startswith(self.words.high_levels) or not (kind is None or kind.public or kind.inner):
            return None, BODILESS
        if printed.startswith(self.words.grassroots):
            # 某街道党工委书记甲 … 街道办事处主任乙
            towns = (self.bodies.local(self.bodies.base(o), printed, kind) for c in reversed(before) for o in reversed(c.organizations))
            return next((body for body in towns if body is not None), None), REMEMBERED
        # 办公室 of whoever was named some sentences before is as often another's.
        host = self._school(kind, before) if kind is not None and not kind.public else None
        return (self.part(host, printed, kind), GUESSED) if host is not None else (None, BODILESS)

    def _unnamed(self, span: OrganizationSpan) -> bool:
        """Whether a body's name has no proper noun: 种植业管理处 of the bureau whose head was named just before."""
        whole = span.organization
        own = self.words.antecedents.names(self.scan.text[span.begin])
        return whole.area is None and whole.parent is None and not own and not proper(self.scan, span.begin, span.end)

    def _school(self, kind: Kind, before: Sequence[Chain]) -> Organization | None:
        """The body that can have a faculty, of the last people or the only one: 应用化学系 is no committee's and no delegation's."""
        last = (self.bodies.base(o) for chain in reversed(before) for o in chain.organizations)
        known = next((body for body in last if self.classes.alike(body, kind)), None)
        if known is not None:
            return known
        found: dict[str, Organization] = {}
        for span in self.spans:
            if span.given and self.classes.alike(span.organization, kind):
                found[span.organization.path] = span.organization
        return next(iter(found.values())) if len(found) == 1 else None
