"""In which body a post is whose title says of what kind: 市长 of the city's government, 组织部长 of the committee's department."""

from __future__ import annotations

from collections.abc import Sequence

from kg.bodies import Bodies
from kg.chains import Context, Piece
from kg.cues import Kind, Title
from kg.extents import OrganizationSpan
from kg.model import Organization
from kg.nearby import Nearby
from kg.places import AreaReader
from kg.recall import BODILESS, Chain, Recall
from kg.seatwords import SeatWords
from kg.unread import Unread
from kg.villages import VillageReader

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
        code = piece.area or self._level(piece.level, piece.begin, governed=False)
        return (self.bodies.leadership(code, piece.title), PRINTED) if code else (None, BODILESS)

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
