"""Title chains → who holds which post in which body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial

import rjieba

from kg.addressed import Addressed
from kg.appointments import AppointmentReader
from kg.bodies import Bodies
from kg.boundaries import several
from kg.chains import Context, Piece, PieceReader
from kg.distinctions import behind_distinctions
from kg.lexicon import Lexicon
from kg.mentions import Scan, han
from kg.model import Organization
from kg.names import SIZES, Name
from kg.persons import Finder
from kg.places import AreaReader, Setting
from kg.printed import as_printed
from kg.recall import Chain
from kg.searches import OrganizationSpan
from kg.seats import SeatFinder
from kg.seatwords import SeatWords
from kg.villages import VillageReader

# Behind a title these marks say that no name follows.
_NO_NAME = frozenset("，。；：！？、》”,;\n")
_COLONS = frozenset("：:")
# 向, 与: they lead to somebody.
_LEADING = ("RecipientCue", "ComitativeCue")


class PostReader:
    """Reads the posts of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        self.pieces, self.words = PieceReader(lexicon), SeatWords.of(lexicon)
        self.villages = VillageReader(lexicon, areas, bodies)
        self.appointments = AppointmentReader(lexicon, self.pieces)

    def read(
        self, scan: Scan, setting: Setting, spans: Sequence[OrganizationSpan], finder: Finder, owner: Callable[[], Organization | None]
    ) -> list[Chain]:
        """The chains of an article, left to right. Names are found on the way."""
        groups = {e: b for b, e, _ in sorted(scan.cues.get("GroupTitleCue", ()), reverse=True, key=lambda hit: hit[0])}
        villages = cache(partial(self.villages.named, scan, setting))
        by_end = {scan.shared[s.end]: s for s in spans if s.end in scan.shared} | {s.end: s for s in spans}
        context = Context(scan, setting, {s.begin: s for s in spans}, by_end, groups, villages, owner)
        chains: list[Chain] = []
        last = 0
        addressed = Addressed(context, finder)
        for end in sorted({*scan.titles_by_end, *groups}):
            if end < last or scan.in_document(end):
                continue
            behind = addressed.at(end) if end in scan.titles_by_end else None
            if behind is not None:
                if not self._known_so(*behind, chains):
                    chains.append(self._seats(context, spans, chains).resolve([behind[0]], [behind[1]]))
                last = end
                continue
            beyond = behind_distinctions(scan, end) if end not in groups else self._listing(scan, end)
            if (beyond == end and scan.text[end : end + 1] in _NO_NAME) or (end not in groups and self._held(context, end, chains)):
                continue
            if end in groups:
                # 主要领导 and the like name no place: what follows must look like a name by itself.
                begin = groups[end]
                weak = not scan.text.startswith(self.lexicon.levels, begin) and begin not in setting.by_end
            else:
                begin, title = context.title(end) or scan.titles_by_end[end]
                if self._only_begins(scan, begin, end):
                    continue
                weak = title.weak and begin not in context.by_end
            candidate = scan.cue(end, "CandidateCue")
            start = finder.skip_bracket(end, anything=True) if candidate is None else candidate[0]
            if beyond > end and scan.text[begin:end] not in self.pieces.unnamed:
                # 党支部书记、全国劳动模范 | 甲; 县领导有： | 甲
                start = beyond
            names = self._people(context, finder.after(start, not weak) or (finder.acting(start) if weak else []))
            if not names or not (end in groups or self._stands(context, end)) or self._led(scan, names[0], chains):
                continue
            if scan.text[end].isspace() and scan.has_cue(names[-1].end, "AppointmentCue"):
                # 甲当选主任　乙 | 当选区长
                continue
            pieces = self.pieces.leftwards(context, end, chains[-1].end if chains else -1)
            # 县委常委、| 副县长候选人甲
            pieces = pieces if candidate is None else pieces[:-1]
            names = names if not pieces or pieces[-1].group else self._unposted(self._holders(scan, pieces, names, chains), chains)
            if pieces and not (pieces[-1].group and pieces[-1].bare and pieces[-1].end - pieces[-1].begin <= len(pieces[-1].title)):
                chains.append(self._seats(context, spans, chains).resolve(pieces, names))
                last = names[-1].end
        chains.extend(self.appointments.read(context, partial(self._seats, context, spans), chains, finder))
        chains.extend(self._grouped(context, spans, chains, finder))
        return as_printed(context, sorted(chains, key=lambda c: c.begin))

    @staticmethod
    def _listing(scan: Scan, end: int) -> int:
        """The offset behind the word for a list that a group title is the first part of (出席的县领导 | 有：), or its end."""
        found = max((e for b, e, _ in scan.cues.get("ListingCue", ()) if b < end < e), default=end)
        return found + 1 if found > end and scan.text[found : found + 1] in _COLONS else found

    def _seats(self, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain]) -> SeatFinder:
        return SeatFinder(self.words, self.areas, self.bodies, self.villages, context, spans, chains)

    @staticmethod
    def _people(context: Context, names: list[Name]) -> list[Name]:
        """The names of a list up to the first that begins a body's or is one: 副总经理刘星、青岚科技有限公司董事长李明."""
        scan = context.scan
        for k, name in enumerate(names):
            span = context.by_begin.get(name.begin) if k else None
            if span is not None and span.end > name.end:
                return names[:k]
            if k and name.end in scan.name_ends and (name.end in scan.titles_by_begin or name.end in scan.modifiers_by_begin):
                # 组织部部长陈山、科技处 | 处长李明
                return names[:k]
        return names

    @staticmethod
    def _led(scan: Scan, name: Name, chains: Sequence[Chain]) -> bool:
        """Whether somebody known stands behind a preposition that looks like his surname: 代表全校教师 | 向 | 陈林部长致谢."""
        led = any(e == name.begin + 1 and cue.kind in _LEADING for _, e, cue in scan.cue_at.get(name.begin, ()))
        return led and any(name.name[1:] == known.name for chain in chains for known in chain.names)

    @staticmethod
    def _known_so(piece: Piece, name: Name, chains: Sequence[Chain]) -> bool:
        """Whether somebody is addressed by a post that was given before: 某医院党委书记柏云舟 …, 某医院 | 柏云舟书记."""
        return any(t.person == name.name and t.title == piece.title for chain in chains for t in chain.tenures)

    @staticmethod
    def _holders(scan: Scan, pieces: Sequence[Piece], names: list[Name], chains: Sequence[Chain]) -> list[Name]:
        """Of the names behind a post that one person holds the first, save where several bodies are listed (甲镇、乙镇党委书记).

        县人大常委会主任甲及乙、丙等县领导: the others are only leaders.
        """
        begin = pieces[0].span.begin if pieces[0].span is not None else pieces[0].begin
        listed = scan.text[begin - 1 : begin] == "、" and not (chains and chains[-1].end == begin - 1)
        return names if not pieces[-1].concept.single or listed or several(scan, begin) else names[:1]

    @staticmethod
    def _unposted(names: list[Name], chains: Sequence[Chain]) -> list[Name]:
        """The names that share a title: somebody new has it alone where the next was given other posts before (部长甲、乙为选手颁奖)."""
        posted = {name.name for chain in chains for name in chain.names}
        if names[0].name in posted:
            return names
        known = next((k for k, name in enumerate(names) if name.name in posted), len(names))
        return names[:known]

    @staticmethod
    def _held(context: Context, end: int, chains: Sequence[Chain]) -> bool:
        """Whether somebody known stands right before a title, who holds it: 闻书瑶书记 | 向柏云舟主任颁发."""
        begin = (context.title(end) or context.scan.titles_by_end[end])[0]
        names = {name.name for chain in chains for name in chain.names}
        return any(context.scan.text[begin - size : begin] in names for size in SIZES)

    @staticmethod
    def _only_begins(scan: Scan, begin: int, end: int) -> bool:
        """Whether a title is the first part of another word: 常委 | 会, 教师 | 节."""
        stop = scan.words.get(begin, (end, ""))[0]
        return stop > end and rjieba.has_word(scan.text[begin:stop])

    def _across(self, context: Context, begin: int) -> bool:
        """Whether the level word with which a title begins is the end of another word: 片区 | 长, but not 该区 | 区长."""
        scan, at = context.scan, begin - 1
        if begin in context.setting.by_end or scan.modifiers.get(begin):
            # 金水区 | 区长, 代 | 县长
            return False
        if not scan.text.startswith(self.lexicon.levels, begin) or not han(scan.text, at):
            return False
        if scan.text[at] in self.pieces.joiners or scan.text[at] in scan.followers:
            # 书记甲和 | 县长乙, and no 和县
            return False
        if self._shared(context, begin):
            return False
        if scan.text[at] == scan.text[begin] or any(e == begin + 1 for _, e, _ in scan.cues.get("SelfReferenceCue", ())):
            return False
        return rjieba.has_word(scan.text[at : begin + 1])

    def _shared(self, context: Context, begin: int) -> bool:
        """Whether an area's name ends with the level word with which a title begins: 永泰县 | 县长, printed as 永泰县长."""
        scan, at = context.scan, begin + 1
        area = context.setting.by_end.get(at) if scan.text.startswith(self.lexicon.levels, begin) else None
        if area is None or area.begin >= begin - 1:
            return False
        end = scan.words.get(at, (at, ""))[0]
        # 永泰县 | 长期以来
        return end < at + 2 or not rjieba.has_word(scan.text[at:end])

    def _stands(self, context: Context, end: int) -> bool:
        """Whether a title is one: a word of its own, or behind a body, area, modifier or title."""
        scan = context.scan
        begin = (context.title(end) or scan.titles_by_end[end])[0]
        if begin in context.by_end:
            return True
        if any(k in context.setting.by_begin for k in range(begin + 1, end)) or self._across(context, begin):
            return False
        return (
            end - begin > 1
            and (
                scan.may_part(begin)
                or begin in context.setting.by_end
                or begin in scan.titles_by_end
                or bool(scan.modifiers.get(begin))
                or self._shared(context, begin)
                # 高桥村 | 村主任
                or (scan.text[begin - 1 : begin] == scan.text[begin] and scan.text.startswith(self.lexicon.levels, begin))
            )
        )

    def _grouped(self, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain], finder: Finder) -> list[Chain]:
        """甲、乙、丙等市领导: the leaders of a place who hold no other post in the article."""
        scan, out = context.scan, []
        posted = {name.name for chain in chains for name in chain.names}
        for end, begin in context.groups.items():
            if scan.text[begin - 1 : begin] not in self.pieces.group_ends:
                continue
            names = self.appointments.names_before(scan, begin - 1, set(), posted, finder)
            piece = self.pieces.piece(context, end)
            # 县长甲及 | 乙、丙等县领导
            names = names[max((k + 1 for k, n in enumerate(names) if n.name in posted), default=0) :]
            if names and piece is not None and not piece.bare and posted.isdisjoint(n.name for n in names):
                out.append(self._seats(context, spans, chains).resolve([piece], names))
        return out
