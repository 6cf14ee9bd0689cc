"""In which body a post is whose title says of what kind: 市长 of the city's government, 组织部长 of the committee's department."""

from __future__ import annotations

from collections.abc import Sequence

from kg.bodies import Bodies
from kg.chains import Context, Piece
from kg.cues import Kind, Title
from kg.model import Organization
from kg.nearby import Nearby
from kg.places import AreaReader
from kg.recall import BODILESS, Chain, Recall
from kg.searches import OrganizationSpan
from kg.seatwords import SeatWords
from kg.unread import Unread
from kg.villages import VillageReader

# The levels of areas whose officials have posts above them too: 省委常委、宁波市委书记.
_SEATED = ("prefecture", "county", "functional")
# How sure the body of a post is: printed with its place; through the locality; with words before it that were not read.
PRINTED, LOCAL, HEADED = 0.96, 0.88, 0.85


class ImpliedSeats(Nearby):
    """What titles say of the bodies of one chain; ``found`` are those of its pieces so far."""

    def __init__(
        self,
        words: SeatWords,
        areas: AreaReader,
        bodies: Bodies,
        villages: VillageReader,
        context: Context,
        spans: Sequence[OrganizationSpan],
        chains: Sequence[Chain],
    ) -> None:
        super().__init__(words, areas, context, chains)
        self.lexicon, self.bodies, self.spans = bodies.lexicon, bodies, spans
        self.by_end, self.villages = context.by_end, villages
        self.recall = Recall(words, bodies, context.scan, spans, context.owner)
        self.unread = Unread(self.lexicon, words, context)
        self.begin = 0
        self.found: list[Organization] = []

    def _implied(self, piece: Piece) -> tuple[Organization | None, float]:
        """市长 → the city's government, 组织部长 → the committee's department: of the area at hand."""
        title = piece.concept
        if self.unread.before_title(piece):
            return None, BODILESS
        town = self.setting.by_begin.get(piece.begin)
        if town is not None and town.area is None:
            return self._of_unlisted(title, town.begin, town.end)
        if piece.level in self.words.grassroots and self.unread.before_level(piece.begin):
            return self._of_unlisted(title, self.unread.whole(piece.begin), piece.begin + len(str(piece.level)))
        word = None
        if piece.area is None:
            word = next((lv for lv in self.lexicon.levels if title.name.startswith(lv) or lv in title.name[:4]), None)
        last = self.found[-1] if self.found and piece.area is None and piece.level is None else None
        if last is not None and last.area is None and last.kind in self.bodies.territorial_kinds:
            # 市中区委常委、| 宣传部长, of a district that more than one city has.
            own = self._department(piece, last)
            return (own, PRINTED) if own is not last else (None, BODILESS)
        if piece.area is None and word is None and piece.level is None:
            matching = self.recall.matching(title, self.found, strict=True) or self._own_organ(self.lexicon.kinds.get(title.implies[0]))
            if matching is not None:
                return matching, PRINTED
        if piece.area is not None:
            code: str | None = piece.area
        elif self.previous is not None and self.area is None and word is None and self.previous.area is not None:
            code = self.previous.area
        elif piece.level or word:
            code = self._level(piece.level or word, piece.begin)
        else:
            code = self.area or self.setting.locality
        organization = self.bodies.of_kind(title.implies[0], code) if code is not None else None
        if organization is None:
            return None, BODILESS
        return organization, PRINTED if piece.area is not None or self.area is not None else LOCAL

    def _department(self, piece: Piece, organization: Organization | None) -> Organization | None:
        """县委 | 组织部长: the committee's department whose head is called so, and not the committee."""
        kind = self.lexicon.kinds.get(piece.concept.implies[0]) if piece.concept.implies else None
        territorial = self.bodies.territorial_kinds
        if kind is None or organization is None or organization.kind not in territorial or kind.name in territorial:
            return organization
        if organization.area is not None:
            return self.bodies.of_kind(kind.name, organization.area)
        return self.bodies.unit(organization, min(self.lexicon.kind_cues[kind.name], key=len), kind)

    def _leadership(self, piece: Piece) -> tuple[Organization | None, float]:
        """市领导 are the place's; 公司领导 and 校领导 those of the body that was named so."""
        if piece.span is not None:
            return piece.span.organization, PRINTED
        whose = self.scan.text[piece.begin : piece.end].removesuffix(piece.title)
        if piece.bare and self.words.antecedents.names(whose):
            headline = (s.organization for s in self.spans if s.end <= self.scan.article.body and s.organization.name.endswith(whose))
            body = next(headline, None) or self.recall.named_so(piece.begin, whose)
            return (body, 0.85) if body is not None else (None, BODILESS)
        code = piece.area or self._receiving(piece) or self._leaders(piece)
        return (self.bodies.leadership(code, piece.title), PRINTED) if code else (None, BODILESS)

    def _within(self, pieces: Sequence[Piece], seats: list[tuple[Organization | None, float]]) -> list[tuple[Organization | None, float]]:
        """The seats of a chain, a bare 省委 in the province of the city that comes after it: 省委常委、| 宁波市委书记."""
        if len(pieces) < 2:
            return seats
        placed = [o.area for o, _ in seats if o is not None and o.area is not None and o.public]
        below = [area for area in placed if self.areas.area(area).level in _SEATED]
        if not below:
            return seats
        for k, (piece, (body, sure)) in enumerate(zip(pieces, seats, strict=True)):
            word = next(iter(self.words.levels.at(self.scan.text, piece.begin)), None)
            if word is None or body is None or body.area is None or body.area in self.areas.chain(below[-1]):
                continue
            above = next((code for code in self.areas.chain(below[-1])[1:] if self.areas.has_level(code, word)), None)
            if above is not None and self.areas.has_level(body.area, word):
                seats[k] = self.bodies.reseat(body, above), sure
        return seats

    def _leaders(self, piece: Piece) -> str | None:
        """Whose leaders 市领导 are: of the visitors' place where its own officials stand before, and not its societies'."""
        last, society = self.previous, self.recall.classes.of_the_people
        if last is not None and all(society(self.bodies.base(o)) or not o.public for o in last.organizations):
            home = self.setting.locality
            if home is not None and piece.level is not None and self.areas.has_level(home, piece.level):
                return home
        return self._level(piece.level, piece.begin, governed=False)

    def _receiving(self, piece: Piece) -> str | None:
        """Where visitors came, whose leaders a sentence behind names as those who accompanied them: 县领导甲、乙陪同."""
        scan, level = self.scan, piece.level
        begin, end = scan.sentence(piece.begin)
        if (
            level is None
            or self.previous is not None
            or not any(w.role == "companion" and begin <= b < end for b, _, w in scan.cues.get("RoleCue", ()))
        ):
            return None
        goals = {e for _, e, _ in scan.cues.get("MovementCue", ())}
        gone = [s.area for s in self.setting.spans if s.end <= begin and s.full and s.begin in goals and s.area is not None]
        return gone[-1] if gone and self.areas.has_level(gone[-1], level) else None

    def _of_village(self, span: OrganizationSpan, kind: Kind | None) -> Organization | None:
        """A mass organization of the village or community whose people a list is of: 某村村委会主任甲、| 妇联主席乙."""
        if self.found or not self._adjoins(span.begin) or self.previous is None or not self.previous.organizations:
            return None
        last = self.bodies.base(self.previous.organizations[-1])
        if not self.recall.classes.of_the_people(span.organization) or not any(word in last.name for word in self.areas.settlements):
            return None
        return self.bodies.local(last, self.scan.text[span.begin : span.end], kind)

    def _government_group(self, printed: str, offset: int) -> Organization | None:
        """县委常委、| 政府党组副书记: the Party group of the area's government, and no part of the committee."""
        if not printed.endswith(self.words.party_cues):
            return None
        code = self.area or self._here(offset) or self.setting.locality
        for party in (k for k in self.lexicon.kinds.values() if k.party_unit and code is not None):
            for cue in self.lexicon.kind_cues.get(party.name, ()):
                for name in self.bodies.territorial_kinds if printed.endswith(cue) and printed != cue else ():
                    if printed.removesuffix(cue) in self.lexicon.kind_cues.get(name, ()):
                        return self.bodies.unit(self.bodies.make(self.lexicon.kinds[name], "", str(code)), cue, party)
        return None

    def _of_unlisted(self, title: Title, begin: int | None, end: int) -> tuple[Organization | None, float]:
        """红岩镇 | 镇长, of a town that no list has here: its own, and never that of the last town that was named."""
        kind = self.lexicon.kinds.get(title.implies[0])
        if kind is None or begin is None:
            return None, BODILESS
        town = self.scan.text[begin:end]
        code = self._level(None, end) if town.endswith(self.words.grassroots) else None
        while code is not None and self.areas.area(code).level == "town":
            code = self.areas.area(code).parent
        return self.bodies.named((kind.short or "{area}").replace("{area}", town), code, kind), HEADED

    def _own_organ(self, kind: Kind | None) -> Organization | None:
        """The Party organ of the firm, school or bureau that this chain, or the one right before it in a list, names."""
        if kind is None:
            return None
        beside = self.previous is not None and self._between(self.previous.end, self.begin)
        return self.recall.own_organ(kind, self.found or (self.previous.organizations if self.previous is not None and beside else ()))
