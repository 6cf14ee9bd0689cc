"""Title chains → who holds which post in which body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import rjieba

from kg import rosters
from kg.addressed import Addressed
from kg.bodies import Bodies
from kg.chains import Context, PieceReader
from kg.extents import OrganizationSpan
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.names import SIZES, Name
from kg.persons import Finder
from kg.places import AreaReader, Setting
from kg.printed import as_printed
from kg.recall import Chain
from kg.seats import SeatFinder
from kg.seatwords import SeatWords
from kg.villages import VillageReader

# Behind a title these marks say that no name follows.
_NO_NAME = frozenset("，。；：！？、》”,;\n")
_MARKS = "，。；：、,;:\u3000 \n"
# A name before 任 or 为 that nothing else vouches for must be this likely.
_LIKELY = 5.6
_NAMES_BEFORE = 16
# How likely a name is that stands alone between 选举 and 为.
_STATED = 4.5
_CLOSING = frozenset("）)")
# Behind an item of a list of removals stand its last word (职务) and a semicolon.
_ITEM_END = re.compile(r"[^，。；：;\n]{0,4}[；;]")


def _item(text: str, at: int) -> int:
    """Where the first item of a list begins behind a colon and a line break."""
    while at < len(text) and text[at] in ":：\n ":
        at += 1
    return at


def _next_item(text: str, at: int) -> int:
    match = _ITEM_END.match(text, at)
    return match.end() if match is not None else -1


class PostReader:
    """Reads the posts of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        self.pieces, self.words = PieceReader(lexicon), SeatWords.of(lexicon)
        self.villages = VillageReader(lexicon, areas, bodies)
        counted = "".join(lexicon.of_kind("CountedCue"))
        others = "|".join(w for w in lexicon.of_kind("GroupCue") if len(w) == 1)
        self.and_others = re.compile(rf"(?:{others})?(?:\d+[{counted}])?$")
        self.possessives = frozenset(lexicon.of_kind("PossessiveCue"))

    def read(
        self, scan: Scan, setting: Setting, spans: Sequence[OrganizationSpan], finder: Finder, owner: Callable[[], Organization | None]
    ) -> list[Chain]:
        """The chains of an article, left to right. Names are found on the way."""
        groups = {e: b for b, e, _ in sorted(scan.cues.get("GroupTitleCue", ()), reverse=True, key=lambda hit: hit[0])}
        villages = cache(lambda: self.villages.named(scan, setting))
        context = Context(scan, setting, {s.begin: s for s in spans}, {s.end: s for s in spans}, groups, villages, owner)
        chains: list[Chain] = []
        last = 0
        addressed = Addressed(context, finder)
        for end in sorted({*scan.titles_by_end, *groups}):
            if end < last or scan.in_document(end):
                continue
            behind = addressed.at(end) if end in scan.titles_by_end else None
            if behind is not None:
                chains.append(self._seats(context, spans, chains).resolve([behind[0]], [behind[1]]))
                last = end
                continue
            if scan.text[end : end + 1] in _NO_NAME or (end not in groups and self._held(context, end, chains)):
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
            start = finder.skip_bracket(end, anything=True)
            names = self._people(context, finder.after(start, not weak) or (finder.acting(start) if weak else []))
            if not names or not (end in groups or self._stands(context, end)):
                continue
            if scan.text[end].isspace() and scan.has_cue(names[-1].end, "AppointmentCue"):
                # 甲当选主任　乙 | 当选区长
                continue
            pieces = self.pieces.leftwards(context, end, chains[-1].end if chains else -1)
            names = names if not pieces or pieces[-1].group else self._unposted(names, chains)
            if pieces and not (pieces[-1].group and pieces[-1].bare and pieces[-1].end - pieces[-1].begin <= len(pieces[-1].title)):
                chains.append(self._seats(context, spans, chains).resolve(pieces, names))
                last = names[-1].end
        chains.extend(self._appointed(context, spans, chains, finder))
        chains.extend(self._grouped(context, spans, chains, finder))
        return as_printed(context, sorted(chains, key=lambda c: c.begin))

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

    @staticmethod
    def _stands(context: Context, end: int) -> bool:
        """Whether a title is one: a word of its own, or behind a body, area, modifier or title."""
        scan = context.scan
        begin = (context.title(end) or scan.titles_by_end[end])[0]
        if begin in context.by_end:
            return True
        if any(k in context.setting.by_begin for k in range(begin + 1, end)):
            return False
        return end - begin > 1 and (
            scan.may_part(begin) or begin in context.setting.by_end or begin in scan.titles_by_end or bool(scan.modifiers.get(begin))
        )

    def _appointed(self, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain], finder: Finder) -> list[Chain]:
        """任命甲为某局局长, 甲任组长, 免去乙的某局局长职务: the post behind the name."""
        scan = context.scan
        known = {n.name for c in chains for n in c.names}
        nominated = {e for _, e, _ in scan.cues.get("NominationCue", ())}
        nominated |= {e + 1 for e in nominated if scan.text[e : e + 1] in ":："}
        appointments = scan.cues.get("AppointmentCue", ())
        out = self._removed(context, spans, known, finder)
        for name in finder.noted():
            # 申屠明，男，汉族，现任某局局长，拟任 …: the first is the post that is held.
            stop = scan.text.find("\n", name.end)
            held = next((e for b, e, _ in appointments if name.end < b and (b < stop or stop < 0)), None)
            pieces = self.pieces.rightwards(context, held) if held is not None else []
            if pieces:
                out.append(self._seats(context, spans, ()).resolve(pieces, [name]))
        listed: list[Chain] = []
        for listing, posts in rosters.read(context, self.pieces, finder):
            listed.append(self._seats(context, spans, listed).resolve(posts, [listing]))
        out += listed
        begun: list[Chain] = []
        longest = {end: begin for begin, end, _ in sorted(appointments, reverse=True, key=lambda hit: hit[0])}
        for begin, end, _ in appointments:
            if longest[end] < begin:
                # 连 | 任
                continue
            if not (
                end in context.by_begin or end in context.setting.by_begin or end in scan.titles_by_begin or end in scan.modifiers_by_begin
            ):
                continue
            names = self._names_before(scan, self._by_ballot(scan, begin), nominated, known, finder)
            pieces = self.pieces.rightwards(context, end) if names else []
            if pieces:
                # 选举甲为某会会长，乙为副会长: the second goes with the first.
                begun.append(self._seats(context, spans, begun).resolve(pieces, names, started=True))
                nominated.add(begun[-1].end + 1)
        return out + begun

    @staticmethod
    def _by_ballot(scan: Scan, end: int) -> int:
        """Where the name ends that is elected at an offset: 甲 | 以732票 | 当选主任."""
        if not any(e == end for _, e, _ in scan.cues.get("BallotCue", ())):
            return end
        return next((k for k in range(end - 1, max(0, end - _NAMES_BEFORE), -1) if scan.words.get(k, (0, ""))[1] == "p"), end)

    def _grouped(self, context: Context, spans: Sequence[OrganizationSpan], chains: Sequence[Chain], finder: Finder) -> list[Chain]:
        """甲、乙、丙等市领导: the leaders of a place who hold no other post in the article."""
        scan, out = context.scan, []
        posted = {name.name for chain in chains for name in chain.names}
        for end, begin in context.groups.items():
            if scan.text[begin - 1 : begin] not in self.pieces.group_ends:
                continue
            names = self._names_before(scan, begin - 1, set(), posted, finder)
            piece = self.pieces.piece(context, end)
            if names and piece is not None and not piece.bare and posted.isdisjoint(n.name for n in names):
                out.append(self._seats(context, spans, chains).resolve([piece], names))
        return out

    def _removed(self, context: Context, spans: Sequence[OrganizationSpan], known: set[str], finder: Finder) -> list[Chain]:
        """免去乙的某局局长职务; 接受丙辞去某局局长职务; 丙辞去 …."""
        scan = context.scan
        out = []
        left: set[int] = set()
        for begin, end, _ in scan.cues.get("RemovalCue", ()):
            if begin in left:
                continue
            first = at = scan.words[end][0] if scan.words.get(end, (0, ""))[1].startswith("u") else end
            while True:
                names = finder.after(_item(scan.text, at))
                p = finder.skip_bracket(names[-1].end) if names else end
                p = finder.skip_address(p) if names else p
                leave = scan.cue(p, "RemovalCue") if names else None
                if leave is not None:
                    left.add(p)
                    p = leave[0]
                if not names and at == first:
                    names = self._names_before(scan, begin, set(), known, finder)
                pieces = self.pieces.rightwards(context, p + (scan.text[p : p + 1] in self.possessives)) if names else []
                if not pieces:
                    break
                out.append(self._seats(context, spans, ()).resolve(pieces, names, ended=True))
                # 免去：甲的某局局长职务；乙的 … : the next item of the list.
                at = _next_item(scan.text, pieces[-1].end)
                if at < 0:
                    break
        return out

    def _names_before(self, scan: Scan, end: int, nominated: set[int], known: set[str], finder: Finder) -> list[Name]:
        """The longest list of names that ends at ``end`` (before 等11人), and starts a clause or stands behind 任命."""
        tail = self.and_others.search(scan.text, max(0, end - 8), end)
        end = tail.start() if tail is not None else end
        address = scan.word_before(end)
        # 任命甲同志 | 为某局局长
        end = address[0] if address is not None and finder.skip_address(address[0]) == end else end
        if scan.text[end - 1 : end] in _CLOSING:
            opened = max(scan.text.rfind(c, max(0, end - 8), end) for c in "（(")
            end = opened if opened >= 0 and finder.skip_bracket(opened) == end else end
        best: list[Name] = []
        for start in range(end - 2, max(-1, end - _NAMES_BEFORE), -1):
            if not (scan.bounds[start] or scan.text[start - 1] in _MARKS) or not finder.names.may_start(scan.text, start):
                continue
            listed = finder.after(start)
            if (
                listed
                and listed[0].begin == start
                and listed[-1].end == end
                and (start in nominated or all(n.score >= _LIKELY or n.name in known for n in listed))
            ):
                best = listed
            elif not best and start in nominated:
                best = self._stated(scan, finder, start, end)
        return best

    @staticmethod
    def _stated(scan: Scan, finder: Finder, begin: int, end: int) -> list[Name]:
        """The names that fill all that stands between 选举 and 为, whatever their characters; none where a part can be no name."""
        found: list[Name] = []
        at = begin
        for item in scan.text[begin:end].split("、"):
            stop = at + len(item)
            fitting = next((option for option in finder.names.options(scan.text, at) if option[0] == stop), None) if item else None
            if fitting is None or (finder.names.known_word(item) and not finder.names.maybe(item)):
                return []
            found.append(Name(at, stop, fitting[1], max(fitting[2], _STATED)))
            at = stop + 1
        return found
