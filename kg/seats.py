"""In which body a post is: printed before the title, shared along the chain, implied by the title, or remembered."""

from __future__ import annotations

from collections.abc import Sequence

from kg import allusions, offices, parties, parts, villages
from kg.boundaries import several
from kg.chains import Piece
from kg.cues import Kind
from kg.implied import HEADED, LOCAL, PRINTED, ImpliedSeats
from kg.model import Organization
from kg.names import Name
from kg.opennames import OPEN
from kg.recall import BODILESS, GUESSED, Chain
from kg.searches import OrganizationSpan
from kg.tenures import held

# A name of so many characters is a body's own: 公司, 分公司, 校医院 have fewer.
_OWN_NAME = 5
# How sure the body of a post is that the chain says.
_CHAINED = 0.9
# 学会, 基金会: an end of names alone has at most so many characters; 实验小学 is a place's.
_BARE_END = 3


class SeatFinder(ImpliedSeats):
    """Gives each piece of one chain its body."""

    def resolve(self, pieces: Sequence[Piece], names: Sequence[Name], started: bool = False, ended: bool = False) -> Chain:
        """The chain with a tenure for each name and piece."""
        self.begin = begin = pieces[0].begin
        self.unread.name_ends.update([n.end for n in names], [n.end for c in self.chains for n in c.names])
        self.before = [c for c in self.chains if c.begin < begin]
        if self.before and self.scan.sentence(self.before[-1].begin) == self.scan.sentence(begin):
            last = self.before[-1]
            # 甲市领导…，市领导…: the second leaders are the other side's.
            other = pieces[0].group and any(t.organization is not None and t.organization.collective for t in last.tenures)
            self.previous = None if other else last
        whose = self._refer(pieces[0], names)
        seats: list[tuple[Organization | None, float]] = []
        # 两县农业局党组书记、局长甲、乙: whose is whose is not said.
        shared = several(self.scan, pieces[0].span.begin if pieces[0].span is not None else begin)
        for piece in pieces:
            own = not piece.span.given if piece.span is not None else piece.bare and bool(piece.concept.implies)
            beside = own and self._open(pieces[0], seats)
            # 某某高铁董事长、| 总经理: of whatever body the words before the first title are.
            unread = piece.bare and not self.found and (self.unread.once(piece) or self.unread.before(pieces[0], seats))
            organization, confidence = self._body(piece) if not (shared or beside or unread) else (None, BODILESS)
            recalled = organization is None and whose and not shared and piece.bare and not piece.group
            if recalled and not unread and not self.unread.before_title(piece) and offices.ours(self.scan, piece) is None:
                organization, confidence = self.recall.remembered(piece, self.before)
            if organization is not None and self.recall.classes.impossible(organization):
                organization, confidence = None, BODILESS
            self._note(piece, organization)
            seats.append((organization, confidence))
        seats[0] = self._led(pieces[0], self._within(pieces, seats))
        if offices.others(self.recall, pieces, seats[0][0]):
            seats[0] = None, BODILESS
        tenures = held(self.context, self.bodies, pieces, seats, names, started, ended)
        end = max(pieces[-1].end, *(n.end for n in names))
        return Chain(min(begin, *(n.begin for n in names)), end, tuple(names), tuple(tenures), self.area, tuple(self.found))

    def _open(self, first: Piece, seats: Sequence[tuple[Organization | None, float]]) -> bool:
        """Whether a chain begins with the Party unit, or the county's body, that nothing names: 党委副书记、| 纪委书记 are no county's."""
        unit = first.span.organization if first.span is not None and seats and seats[0][0] is None else None
        if unit is None or first.span is None or unit.parent is not None or unit.area is not None:
            return False
        # 党委组织部副部长、| 统战部部长
        department = first.span.unit and self.scan.text.startswith(self.words.party_cues, first.span.begin)
        return department or self.bodies.is_party_unit(unit) or self.scan.text.startswith(self.lexicon.levels, first.span.begin)

    def _led(self, first: Piece, seats: Sequence[tuple[Organization | None, float]]) -> tuple[Organization | None, float]:
        """The seat of a chain's first piece: 党组副书记、副院长 is of the Party group in the body that the next piece is in."""
        if seats[0][0] is not None or first.span is None or len(seats) < 2 or seats[1][0] is None:
            return seats[0]
        unit = first.span.organization
        if not self.bodies.is_party_unit(unit) or unit.parent is not None or self.scan.text.startswith(self.words.high_levels, first.begin):
            return seats[0]
        kind = self.lexicon.kinds.get(unit.kind or "")
        return self.recall.part(seats[1][0], self.scan.text[first.span.begin : first.span.end], kind), min(seats[1][1], _CHAINED)

    def _refer(self, piece: Piece, names: Sequence[Name]) -> bool:
        """该院党组书记, 该局局长: the chain starts at the last body named so. False for 我院 where nothing says whose it is."""
        start = min(piece.span.begin if piece.span is not None else piece.begin, names[0].begin)
        for begin, end, cue in self.scan.cues.get("SelfReferenceCue", ()):
            if end == start and cue.level is None:
                own = self.scan.has_cue(begin, "OwnBodyCue")
                body = self.recall.named_so(begin, self.scan.text[begin + 1 : end], self.setting.locality if own else None, own)
                if body is not None:
                    self.found, self.area = [body], body.area
                elif own:
                    return False
        return True

    def _note(self, piece: Piece, organization: Organization | None) -> None:
        if organization is None:
            self.area = piece.area or self.area
            return
        seat, home = organization.area, self.setting.locality
        # Neither a firm says whose 市长 comes next (深圳某某公司总经理甲，市委书记乙), nor in a county's report the prefecture's court.
        given = piece.span is not None and piece.span.given
        above = not given and organization.kind in self.areas.prefectural and home is not None and seat in self.areas.chain(home)[1:]
        own = not above and (self.area is None or piece.span is None or given or seat != home)
        if seat is not None and organization.public and own and (not organization.collective or piece.area is not None):
            self.area = seat
        if not piece.group:
            self.found.append(organization)

    def _body(self, piece: Piece) -> tuple[Organization | None, float]:
        if piece.group:
            return self._leadership(piece)
        if (head := offices.head(self.recall, piece)) is not None:
            return offices.seat(self.recall, piece, head, self.found, self.before)
        if piece.span is not None:
            organization, sure = self._spanned(piece.span)
            return self.bodies.standing(self._department(piece, self._of_the_party(piece, organization)), piece.title), sure
        title = piece.concept
        if (ours := offices.ours(self.scan, piece)) is not None:
            body = self.recall.named_so(ours, self.scan.text[ours + 1 : piece.begin], self.setting.locality, True)
            return body, _CHAINED if body is not None else BODILESS
        if title.village is not None and piece.area is None:
            borrows = piece.level in self.villages.levels or (piece.bare and not self.found and not self.unread.before_title(piece))
            village = villages.of_title(self.scan, piece.end - len(title.name), piece.end, self.context.villages(), borrows)
            if village is not None:
                kind = self.lexicon.kinds.get(title.implies[0]) if title.implies else None
                return self.villages.of_post(village, title.village, kind), _CHAINED
        if title.implies:
            return self._implied(piece)
        if piece.bare and (body := self.recall.ended(piece.begin - 1)) is not None:
            return body, _CHAINED
        if piece.bare and self.unread.before_title(piece):
            firm = allusions.firm(self.words, self.scan, self.spans, piece.begin)
            return firm, _CHAINED if firm is not None else BODILESS
        if piece.level is not None and self._level(piece.level, piece.begin) is None:
            return None, BODILESS
        matching = self.recall.matching(title, self.found, False, piece.begin)
        if matching is not None:
            return matching, PRINTED if title.suffixes and matching.name.endswith(title.suffixes) else 0.85
        if piece.area is not None or piece.level is not None:
            code = piece.area or self._level(piece.level, piece.begin)
            if code is not None and (own := parties.led_by(self.bodies, title)):
                return parties.of_area(self.bodies, own, self._named(), code), _CHAINED
            if code is not None:
                fitting = title.area_body is not None and self.areas.level_word(code) in title.levels
                body = self.bodies.of_kind(title.area_body or "", code) if fitting else None
                return (body, LOCAL) if body is not None else (self.bodies.named(self.areas.label(code), code, None, True), GUESSED)
        if self.previous is not None and not offices.headless(self.previous, title):
            # What the title says of its bodies is believed: one that does not fit is as often another's, which was not read.
            strict = bool(title.suffixes) or not self._adjoins(piece.begin)
            matching = self.recall.matching(title, self.previous.organizations, strict)
        return (matching, 0.85) if matching is not None else (None, BODILESS)

    def _named(self) -> list[Organization]:
        """The bodies of the chain before this one in its sentence, and of its own pieces so far."""
        return [*(self.previous.organizations if self.previous else ()), *self.found]

    def _of_the_party(self, piece: Piece, organization: Organization | None) -> Organization | None:
        """民建某省委副主委、| 某市委主委: the committee of the party before, whose posts are called so; none where no party was named."""
        named = parties.led_by(self.bodies, piece.concept)
        if not named or organization is None or organization.area is None or not self.bodies.is_committee(organization):
            return organization
        return parties.of_area(self.bodies, named, self._named(), organization.area)

    def _spanned(self, span: OrganizationSpan) -> tuple[Organization | None, float]:
        """The body printed before a title, seated by the chain where it names no place itself."""
        organization = span.organization
        if self.unread.before_body(span):
            return self._headed(span)
        beside = self.by_end.get(span.begin)
        if beside is not None and beside.organization.parent is not organization:
            # 某高级人民法院 | 某州分院, 民革某市委 | 办公室
            return parts.by_words(self.bodies, beside.organization, self.scan.text[span.begin : span.end], organization.kind), _CHAINED
        office = organization.area is None and offices.unnamed(self.recall, span)
        if span.given and not office:
            return organization, PRINTED
        if organization.area is None and organization.parent is not None and len(organization.parent.name) >= _OWN_NAME and not office:
            # 某某医科大学 | 附属医院: the body that it is in is named with it.
            return organization, LOCAL
        lexicon = self.lexicon
        kind = lexicon.kinds.get(organization.kind or "")
        printed = self.scan.text[span.begin : span.end]
        nested = (
            kind is not None
            and "{parent}" in (kind.short or "")
            and kind.part_of is None
            and printed in lexicon.kind_cues.get(kind.name, ())
        )
        bare = span.unit and organization.area is None and organization.parent is None
        general = len(printed) <= _BARE_END or printed in self.words.antecedents.class_words
        if bare and general and self.words.antecedents.stands(printed):
            # 某研究院院长甲，| 学会副会长乙: of a firm or society that nothing names, and no part of what is beside it.
            return None, BODILESS
        part = nested or office or (span.unit and organization.area is None and organization.parent is None)
        low = not printed.startswith(self.words.high_levels)
        if not low and organization.area is None:
            return None, BODILESS
        if kind is not None and not span.unit and printed in lexicon.kind_cues.get(kind.name, ()):
            own = self._own_organ(kind)
            if own is not None:
                return own, _CHAINED
            if organization.area is None and "{" in (kind.short or ""):
                # 宣传部 of a county that nothing names.
                return None, BODILESS
        if part and kind is not None and (kind.short or "").startswith("{area}") and not kind.levels_grassroots(lexicon.grassroots):
            # 县人大常委会副主任甲、| 政府副县长乙
            territorial = kind.name in self.bodies.territorial_kinds
            code = self.area or ((self._here(span.begin) or self.setting.locality) if territorial else None)
            if code is not None:
                return self.bodies.make(kind, printed, code), _CHAINED
        group = self._government_group(printed, span.begin) if part else None
        if group is not None:
            return group, _CHAINED
        if part and (printed in self.words.teams or self.words.passes(lexicon, printed)):
            # 县委书记、| 领导小组组长: of the group that the article names, and no part of the committee.
            team = allusions.team(self.words, lexicon, self.spans, (printed,), span.begin)
            if team is not None or self.words.passes(lexicon, printed):
                return team, _CHAINED if team is not None else BODILESS
        level = self._grassroots(span)
        if level is not None and part and organization.area is None:
            return self._in_town(span, level, kind)
        if self.found and (part or self.recall.of_another_zone(span, kind, self.found[-1])):
            return self.recall.part(self.found[-1], printed, kind), _CHAINED
        if not self.found and self.previous is not None and self.previous.organizations and self._between(self.previous.end, span.begin):
            party = self.bodies.is_party_unit(organization)
            alike = [o for o in self.previous.organizations if (o.kind == organization.kind or party) and o.name.endswith(printed)]
            same = alike[-1] if alike else None
            if same is not None and low:
                return same, _CHAINED
            if part:
                return self.recall.just_named(span) or self.recall.part(self.recall.neighbour(self.previous, kind), printed, kind), 0.85
        elif not self.found and part and organization.parent is None and self._adjoins(span.begin):
            # 甲矿矿长某、| 党委书记某: beside a body that was not read, none is borrowed.
            return None, BODILESS
        if self.found and low and not (span.confidence == OPEN and len(printed) > _OWN_NAME and kind is not None and kind.of_zones):
            local = self.bodies.local(self.bodies.base(self.found[-1]), printed, kind)
            if local is not None:
                return local, _CHAINED
        village = self._of_village(span, kind) if low else None
        if village is not None:
            return village, _CHAINED
        town = self._town(level, span.begin) if level is not None else None
        if town is not None and organization.area is not None and not span.given:
            return self.bodies.reseat(organization, town), _CHAINED
        word = next(iter(self.words.levels.at(self.scan.text, span.begin)), None)
        here = self._here(span.begin)
        if here is None and word is None and self.previous is not None and self._adjoins(span.begin):
            # 丙市某局局长，甲县副县长，| 教育局局长: of the hosts' list, the county of whoever stands right before.
            here = self.previous.area
        if here is not None and organization.area is not None and organization.area != here:
            code = self._level(word, span.begin) if word else self.areas.off_towns(organization.kind, self.area or here)
            fits = kind is None or not kind.levels or code is None or self.areas.level_word(code) in kind.levels
            if code is not None and code != organization.area and fits:
                return self.bodies.reseat(organization, code), _CHAINED
        if organization.area is None:
            before = self.scan.word_before(span.begin)
            if before is not None and self.scan.text[before[0] : span.begin] in self.scan.levels:
                # 省 | 人大代表, of a province that nothing names: not of the assembly before it.
                return None, BODILESS
            return self.recall.antecedent(span, self.before)
        return organization, LOCAL + (0.05 if organization.area == self.setting.locality else 0.0)

    def _grassroots(self, span: OrganizationSpan) -> str | None:
        """The level word of a town with which a body's name begins, or that stands before it: 镇党委, 镇 | 妇联."""
        text, at = self.scan.text, span.begin
        begun = next(iter(self.words.towns.at(text, at)), None)
        led = at not in self.setting.by_end and not span.given
        return begun or next((w for w in self.words.towns.before(text, at) if led and self.scan.bounds[at - len(w)]), None)

    def _in_town(self, span: OrganizationSpan, level: str, kind: Kind | None) -> tuple[Organization | None, float]:
        """A body of a town that is named elsewhere: of the town whose body was named last, else of the article's only one."""
        printed = self.scan.text[span.begin : span.end]
        printed = printed if printed.startswith(level) else level + printed
        last = [*(o for c in self.before for o in c.organizations), *self.found]
        local = next((body for o in reversed(last) if (body := self.bodies.local(self.bodies.base(o), printed, kind)) is not None), None)
        if local is not None:
            return local, _CHAINED
        towns = {s.area for s in self.setting.spans if s.area is not None and self.areas.has_level(s.area, level)}
        if len(towns) != 1 or kind is None:
            return None, BODILESS
        return self.bodies.named(self.areas.seat(town := min(towns)) + printed.removeprefix(level), town, kind), 0.85

    def _headed(self, span: OrganizationSpan) -> tuple[Organization | None, float]:
        """A body of whose name only the end was read: with the words before it, where these are a name."""
        begin = self.unread.whole(span.begin)
        if begin is None:
            return None, BODILESS
        kind = self.lexicon.kinds.get(span.organization.kind or "")
        printed = self.scan.text[begin : span.end]
        level = next(iter(self.words.levels.at(printed, 0)), None)
        if level is not None:
            area = self._level(level, begin)
            if area is None:
                return None, BODILESS
            return self.bodies.named(self.areas.seat(area) + printed[len(level) :], area, kind), HEADED
        if span.organization.parent is not None and printed.endswith(span.organization.name):
            words = span.organization.name[len(span.organization.parent.name) :]
            whole = self.bodies.named(printed.removesuffix(words), None, self.lexicon.kinds.get(span.organization.parent.kind or ""))
            return self.bodies.unit(whole, words, kind), HEADED
        return parts.by_words(self.bodies, None, printed, span.organization.kind), HEADED
