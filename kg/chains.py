"""Title chains as printed: the pieces of 永康市委常委、组织部部长、社治委主任, leftwards of a name or rightwards of 任 and 为."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg import notes
from kg.cues import Title
from kg.edges import clean_left
from kg.lexicon import Lexicon
from kg.mentions import Scan, han
from kg.model import Organization
from kg.offsets import Affixes
from kg.places import Setting
from kg.searches import OrganizationSpan, behind_former
from kg.sessions import before_count, before_session, behind_session
from kg.values import dataclass
from kg.villages import Village

_SPACE = " \u3000"
# The longest chain of the development pages has six posts.
_MAX_PIECES = 9
# Behind a comma a chain that is given to somebody goes on with another body, and ends at a mark.
_COMMAS, _ENDS = frozenset("，,"), frozenset(["", *"，,。；;、（( \u3000\n"])
# The rank of members and delegates (ontology/README.md).
MEMBERS = 30
# What a river's or a task's name has before a title: 颍河县级 | 河长.
_UNREAD = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """One post of a chain as printed: its span, its title, and the body, area or bare level word before it.

    ``former`` for 原 and the like; ``group`` for 市领导, which name no single post.
    """

    begin: int
    end: int
    title: str
    concept: Title
    span: OrganizationSpan | None = None
    area: str | None = None
    level: str | None = None
    former: bool = False
    group: bool = False

    @property
    def bare(self) -> bool:
        """Whether nothing says whose post it is."""
        return self.span is None and self.area is None and self.level is None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands where in one article; ``owner`` is whose page it is."""

    scan: Scan
    setting: Setting
    by_begin: Mapping[int, OrganizationSpan]
    by_end: Mapping[int, OrganizationSpan]
    groups: Mapping[int, int]
    villages: Callable[[], Sequence[Village]]
    owner: Callable[[], Organization | None]

    def title(self, end: int) -> tuple[int, Title] | None:
        """Where the title that ends here begins: the longest, save where a body ends inside it (心血管内科 | 主任, no 科主任).

        One that says of what body it is does so where no unit is printed with the body that it is in (公司纪委 | 书记).
        """
        hit = self.scan.titles_by_end.get(end)
        if hit is None or hit[0] in self.by_end:
            return hit
        for k in range(hit[0] + 1, end - 1):
            inner = self.scan.titles_by_begin.get(k) if k in self.by_end else None
            if inner is not None and inner[0] == end:
                body = self.by_end[k]
                if not hit[1].implies or (body.begin < hit[0] and body.unit and body.organization.parent is not None):
                    return k, inner[1]
        return hit


class PieceReader:
    """Finds the pieces of title chains; shared by all articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.levels = Affixes(lexicon.levels)
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.group_ends = frozenset(word for word in lexicon.of_kind("GroupCue") if len(word) == 1)
        self.unnamed = lexicon.of_kind("UnnamedTitleCue")
        self.kinds = lexicon.kinds
        self.collective = next((t for t in lexicon.titles.values() if t.collective), None)

    def leftwards(self, context: Context, end: int, stop: int) -> list[Piece]:
        """The pieces of the chain that ends at ``end``, left to right; nothing at or before ``stop`` belongs to it."""
        scan = context.scan
        pieces: list[Piece] = []
        at = end
        while len(pieces) < _MAX_PIECES:
            piece = self.piece(context, at)
            if piece is None or (pieces and ((piece.bare and piece.concept.weak) or self._closes(context, piece))):
                break
            other = bool(pieces) and pieces[-1].span is not None and piece.span is not None
            if (pieces and piece.concept.weak and self._conjoined(scan.text, at)) or (other and piece.title in self.unnamed):
                # 代表团成员 | 与 | 村党委书记甲交谈; 市中院负责人、| 市检察院检察长甲
                break
            q = piece.begin
            if piece.bare and q in scan.titles_by_end and not piece.group:
                if not pieces and piece.concept.weak and piece.concept.rank >= MEMBERS:
                    # 党组织负责人 | 代表: somebody for those who have the post.
                    return []
                pieces.append(piece)
                at = q
                continue
            pieces.append(piece)
            while q > 0 and scan.text[q - 1] in _SPACE:
                q -= 1
            if q > 0 and (
                scan.text[q - 1] in self.joiners or (scan.text[q - 1] in "，,；" and not piece.bare and self._ends_in_body(context, q - 1))
            ):
                # 经理、兼党支部书记
                at = q - 2 if scan.text[q - 1] in self.joiners and scan.text[q - 2 : q - 1] in self.joiners else q - 1
            elif q > 0 and q in scan.titles_by_end and piece.span is not None and not piece.group and not self.office(piece):
                at = q
            elif (mark := self._before_unread(scan, q)) is not None and not (piece.concept.weak or piece.group):
                at = mark
            else:
                break
            if at not in scan.titles_by_end:
                opening = notes.opening(scan.text, at)
                if opening is not None and scan.cue(opening + 1, "BracketNote") is not None:
                    at = opening
            if at <= stop:
                break
        pieces.reverse()
        return pieces

    def office(self, piece: Piece) -> bool:
        """Whether a post is in an office without an area's name, which the title before it names: 校长 | 办公室主任."""
        if piece.span is None or piece.span.given or piece.span.organization.area is not None:
            return False
        kind = self.kinds.get(piece.span.organization.kind or "")
        return kind is not None and not kind.party_unit and piece.span.organization.parent is None

    def _conjoined(self, text: str, at: int) -> bool:
        """Whether a conjunction, and no mark of a list, stands at an offset."""
        return text[at : at + 1] in self.joiners and text[at] != "、"

    @staticmethod
    def _before_unread(scan: Scan, begin: int) -> int | None:
        """The mark behind another title that a few words before this one follow: 副县长 | 、颍河县级 | 河长."""
        for k in range(begin - 1, max(begin - _UNREAD, 0), -1):
            if scan.text[k] == "、":
                return k if k in scan.titles_by_end else None
            if not han(scan.text, k) or k in scan.titles_by_begin:
                return None
        return None

    def _closes(self, context: Context, piece: Piece) -> bool:
        """Whether a group title closes a list of names and is nobody's behind it: 王建国等市领导和 | 市总工会主席刘志文."""
        return piece.group and context.scan.text[piece.begin - 1 : piece.begin] in self.group_ends

    def _ends_in_body(self, context: Context, comma: int) -> bool:
        """Whether a comma stands behind 某局局长 or 某局党组书记、局长: posts without a name yet; 某局负责人 will have none."""
        text = context.scan.text
        for _ in range(2):
            hit = context.title(comma)
            if hit is None or text[hit[0] : comma] in self.unnamed:
                return False
            if (body := context.by_end.get(hit[0])) is not None:
                # 甲任某县委常委；| 某市委书记乙
                return not any(end == body.begin for _, end, _ in context.scan.cues.get("AppointmentCue", ()))
            if text[hit[0] - 1 : hit[0]] != "、":
                break
            comma = hit[0] - 1
        return False

    def piece(self, context: Context, at: int) -> Piece | None:
        """The post that ends at an offset: its title, or a group title (市领导), with what stands before it."""
        scan, text = context.scan, context.scan.text
        begin = context.groups.get(at)
        if begin is not None and self.collective is not None:
            body = context.by_end.get(at - len(self.collective.title))
            if body is not None:
                # 某某公司 | 领导: the body's name shares its end with the group title.
                return Piece(body.begin, at, self.collective.title, self.collective, body, group=True)
            span = context.setting.by_end.get(begin) or context.setting.by_end.get(begin + 1)
            level = None if span is not None else next(iter(self.levels.at(text, begin)), None)
            return Piece(
                span.begin if span else begin,
                at,
                self.collective.title,
                self.collective,
                None,
                span.area if span else None,
                level,
                group=True,
            )
        hit = context.title(at)
        if hit is None:
            return None
        begin, concept = hit
        title, former = concept.title, False
        for _ in range(3):
            if begin in context.by_end:
                break
            found = next(
                (
                    (b, m)
                    for b, m in sorted(scan.modifiers.get(begin, ()), key=lambda x: x[0])
                    if scan.bounds[b] or b in context.by_end or b in context.setting.by_end
                ),
                None,
            )
            if found is None:
                break
            word = text[found[0] : begin]
            former = former or found[1].status in ("former", "elect")
            if found[1].kept and not former and not title.startswith(word):
                title = word + title
            begin = found[0]
        if text[begin - 1 : begin] == "“" and text[at : at + 1] == "”":
            return None
        return self._rooted(context, begin, at, title, concept, former)

    def _rooted(self, context: Context, begin: int, at: int, title: str, concept: Title, former: bool) -> Piece:
        """The body, area or level word directly before a title."""
        scan, setting, text = context.scan, context.setting, context.scan.text
        # 某县工商联 | 第四届 | 会长
        first = before_session(scan, begin)
        span = context.by_end.get(begin) or context.by_end.get(first) or context.by_end.get(before_count(scan, begin))
        if span is None:
            opening = notes.opening(text, first)
            span = context.by_end.get(opening) if opening else None
        if span is not None and span.unit and span.organization.parent is None and (term := before_session(scan, span.begin)) < span.begin:
            # 某县作家协会 | 第三届 | 理事会 | 会长: of the association.
            span = context.by_end.get(term)
            if span is None:
                return Piece(term, at, title, concept, former=former)
        if span is not None:
            start = next((b for b, m in scan.modifiers.get(span.begin, ()) if m.status == "former" and scan.bounds[b]), span.begin)
            # 某县水利局 | 原 | 党组书记
            ends = [k for k in range(span.begin + 1, span.end) if k + 1 in scan.modifiers or k + 2 in scan.modifiers]
            inside = any(behind_former(scan, k) > k for k in ends)
            return Piece(start, at, title, concept, span, former=former or inside or start < span.begin)
        shared = setting.by_end.get(begin + 1) if concept.title.startswith(text[begin : begin + 1]) else None
        area = setting.by_end.get(begin) or shared
        if area is not None:
            return Piece(area.begin, at, title, concept, None, area.area, None, former, concept.collective)
        selves = [s for s, e, _ in scan.cues.get("SelfReferenceCue", ()) if e == begin]
        for level in self.levels.before(text, begin):
            b = begin - len(level)
            if selves or scan.bounds[b] or clean_left(scan, b):
                return Piece(min([b, *selves]), at, title, concept, None, None, level, former, concept.collective)
        return Piece(begin, at, title, concept, None, None, None, former, concept.collective)

    def rightwards(self, context: Context, p: int) -> list[Piece]:
        """The pieces of the chain that begins at ``p``: 某局党组书记、局长 behind 任命甲为."""
        scan = context.scan
        pieces: list[Piece] = []
        while len(pieces) < _MAX_PIECES:
            # 某县纪委 | 书记, else 某县 | 纪委书记; 某县 | 某镇党委 | 书记.
            starts = [behind_session(scan, p)]
            while (area := context.setting.by_begin.get(starts[-1])) is not None:
                starts.append(area.end)
            read = [context.by_begin[q].end for q in reversed(starts) if q in context.by_begin] + starts[:0:-1]
            ends = [scan.shared.get(end) or behind_session(scan, notes.behind(scan.text, end)) for end in read] or [p]
            stops = [e for q in reversed(ends) for e in self._stops(context, q)]
            piece = self.piece(context, stops[-1]) if stops else None
            if piece is None or not (piece.begin <= p + 1 or piece.begin in starts):
                break
            ended = scan.text[piece.end : piece.end + 1] in _ENDS or scan.has_cue(piece.end, "MaskCue")
            if pieces and scan.text[p - 1] in _COMMAS and not ended:
                # 任某县委书记，| 某县县长乙: somebody else's; not so 免去甲的某县委书记，某县县长 | 职务.
                break
            pieces.append(piece)
            p = piece.end + 1
            another = p in context.by_begin or p in context.setting.by_begin
            if scan.text[piece.end : p] not in (self.joiners | _COMMAS if another else self.joiners):
                break
        return pieces

    def _stops(self, context: Context, q: int) -> list[int]:
        """Where the titles end that begin at an offset, the longest last."""
        return [e for e in range(q + 1, q + 12) if e in context.scan.titles_by_end and self._fills(context.scan, q, e)]

    @staticmethod
    def _fills(scan: Scan, q: int, end: int) -> bool:
        """Whether a title with its modifiers fills a span exactly."""
        begin = scan.titles_by_end[end][0]
        for _ in range(3):
            if begin <= q or not scan.modifiers.get(begin):
                break
            begin = scan.modifiers[begin][0][0]
        return begin == q
