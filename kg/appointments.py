"""Appointments, elections and removals: the post behind the name (任命甲为某局局长, 免去乙的某局局长职务)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence

import rjieba

from kg import careers, rosters
from kg.chains import Context, PieceReader
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.names import Name
from kg.offsets import word_begin
from kg.persons import Finder, of_weight
from kg.recall import Chain
from kg.seats import SeatFinder
from kg.sessions import behind_session

# 已任, 此前担任
_ADVERBS = frozenset({"d", "t", "f"})
_MARKS = "，。；：、,;:\u3000 \n"
# A name before 任 or 为 that nothing else vouches for must be this likely.
_LIKELY = 5.6
_NAMES_BEFORE = 16
# Two more names with the marks behind them have at most so many, usual ones.
_ONE_MORE = 10
# How likely a name is that stands alone between 选举 and 为.
_STATED = 4.5
_CLOSING = frozenset("）)")
_SEMICOLONS = frozenset("；;")
_ITEMS = _SEMICOLONS | frozenset("，,")
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


class AppointmentReader:
    """Reads the appointments of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, pieces: PieceReader) -> None:
        self.pieces = pieces
        counted = "".join(lexicon.of_kind("CountedCue"))
        others = "|".join(w for w in lexicon.of_kind("GroupCue") if len(w) == 1)
        self.and_others = re.compile(rf"(?:{others})?(?:\d+[{counted}])?$")
        self.possessives = frozenset(lexicon.of_kind("PossessiveCue"))

    def read(
        self, context: Context, seats: Callable[[Sequence[Chain]], SeatFinder], chains: Sequence[Chain], finder: Finder
    ) -> list[Chain]:
        """The chains of an article in which the post stands behind the name. ``seats`` finds the bodies of a chain behind others."""
        scan = context.scan
        known = {n.name for c in chains for n in c.names}
        nominated = {e for _, e, _ in scan.cues.get("NominationCue", ())}
        # 经县委研究决定，| 张明任某局局长
        nominated |= {_item(scan.text, e) for e in nominated} | {e + 1 for e in nominated if scan.text[e : e + 1] in ("，", ",")}
        appointments = scan.cues.get("AppointmentCue", ())
        out = self._removed(context, seats, known, finder)
        for name in finder.noted():
            # 申屠明，男，汉族，现任某局局长，拟任 …: the first is the post that is held.
            stop = scan.text.find("\n", name.end)
            held = next((e for b, e, _ in appointments if name.end < b and (b < stop or stop < 0)), None)
            pieces = self.pieces.rightwards(context, held) if held is not None else []
            if pieces:
                out.append(seats(()).resolve(pieces, [name]))
        listed: list[Chain] = []
        for listing, posts in rosters.read(context, self.pieces, finder):
            listed.append(seats(listed).resolve(posts, [listing]))
        out += listed
        begun: list[Chain] = []
        longest = {end: begin for begin, end, _ in sorted(appointments, reverse=True, key=lambda hit: hit[0])}
        for begin, end, _ in appointments:
            if longest[end] < begin:
                # 连 | 任
                continue
            q = behind_session(scan, end)
            read = q in context.by_begin or q in context.setting.by_begin or q in scan.titles_by_begin or q in scan.modifiers_by_begin
            pieces = self.pieces.rightwards(context, end) if read else []
            if not pieces and careers.career(scan, begin) is not None:
                # 历任某县三区武委会主任、| 某县水电局局长等职
                pieces = self.pieces.leftwards(context, careers.last_post(scan, end), end)
            if not pieces or scan.has_cue(pieces[-1].end, "CandidateCue"):
                continue
            names = self.names_before(scan, self._by_ballot(scan, begin), nominated, known, finder)
            adverb = begin if names else self._adverb(scan, begin)
            names = names or self.names_before(scan, adverb, nominated, known, finder)
            names = names or careers.holder(scan, begin, pieces, begun, chains, known, finder)
            if names:
                # 此前担任, 曾任
                past = (adverb < begin and scan.has_cue(adverb, "RecallCue")) or careers.career(scan, begin) is not None
                # 选举甲为某会会长，乙为副会长: the second goes with the first.
                begun.append(seats(begun).resolve(pieces, names, started=not past, ended=past))
                nominated.add(begun[-1].end + 1)
        return out + begun + self._said(context, seats, nominated, known, finder, chains)

    def _said(
        self,
        context: Context,
        seats: Callable[[Sequence[Chain]], SeatFinder],
        nominated: set[int],
        known: set[str],
        finder: Finder,
        chains: Sequence[Chain],
    ) -> list[Chain]:
        """41岁的甲 | 是 | 某县某局局长: who is said to be something, and no more than that."""
        scan, out = context.scan, []
        for begin, end, _ in scan.cues.get("BeingCue", ()):
            if end in context.by_begin or end in context.setting.by_begin:
                pieces = self.pieces.rightwards(context, end)
                names = self.names_before(scan, begin, nominated, known, finder) if pieces and careers.closed(scan, pieces) else []
                if len(names) == 1:
                    out.append(seats(()).resolve(pieces, names))
        for _, end, _ in scan.cues.get("QualityCue", ()):
            pieces = self.pieces.rightwards(context, end)
            name = careers.qualified(scan, finder, pieces[-1].end, known) if pieces else None
            if name is not None:
                out.append(seats(()).resolve(pieces, [name]))
        for name, at in careers.apposed(scan, finder, known, context.by_begin, context.setting.by_begin):
            pieces = self.pieces.rightwards(context, at)
            if pieces and careers.closed(scan, pieces) and not any(c.begin == pieces[0].begin for c in chains):
                out.append(seats(()).resolve(pieces, [name]))
        return out

    @staticmethod
    def _adverb(scan: Scan, begin: int) -> int:
        """Where an adverb before 任 begins, or the offset: 甲 | 已 | 任, 甲 | 此前 | 担任."""
        before = scan.word_before(begin)
        if before is not None:
            return before[0] if before[1] in _ADVERBS else begin
        start = word_begin(scan.bounds, begin)
        # 已任: one word for the segmentation alone.
        return start if 0 <= start == begin - 1 and rjieba.tag(scan.text[start:begin])[0][1] in _ADVERBS else begin

    @staticmethod
    def _by_ballot(scan: Scan, end: int) -> int:
        """Where the name ends that is elected at an offset: 甲 | 以732票 | 当选主任, 甲 | 全票 | 当选主任."""
        if not any(e == end for _, e, _ in scan.cues.get("BallotCue", ())):
            return end
        word = word_begin(scan.bounds, end)
        return next((k for k in range(end - 1, max(0, end - _NAMES_BEFORE), -1) if scan.words.get(k, (0, ""))[1] == "p"), word)

    def _removed(self, context: Context, seats: Callable[[Sequence[Chain]], SeatFinder], known: set[str], finder: Finder) -> list[Chain]:
        """免去乙的某局局长职务; 接受丙辞去某局局长职务; 丙辞去 …."""
        scan = context.scan
        out = []
        left: set[int] = set()
        for begin, end, _ in scan.cues.get("RemovalCue", ()):
            if begin in left:
                continue
            first = at = scan.words[end][0] if scan.words.get(end, (0, ""))[1].startswith("u") else end
            while True:
                item = _item(scan.text, at)
                named = item in context.by_begin or item in context.setting.by_begin
                names = [] if named else finder.after(item) or self._between(scan, finder, end, at)
                p = finder.skip_bracket(names[-1].end) if names else end
                p = finder.skip_address(p) if names else p
                leave = scan.cue(p, "RemovalCue") if names else None
                if leave is not None:
                    left.add(p)
                    p = leave[0]
                if not names and at == first:
                    names = self.names_before(scan, begin, set(), known, finder) or self._subject(scan, begin, known, finder)
                    names = names or self._his(scan, begin, end, known, finder)
                    his = scan.cue(end, "OwnPronounCue") if names else None
                    p = his[0] if his is not None else p
                pieces = self.pieces.rightwards(context, p + (scan.text[p : p + 1] in self.possessives)) if names else []
                if not pieces:
                    break
                out.append(seats(()).resolve(pieces, names, ended=True))
                # 免去：甲的某局局长职务；乙的 … : the next item of the list.
                at = _next_item(scan.text, pieces[-1].end)
                if at < 0:
                    break
        return out

    def _between(self, scan: Scan, finder: Finder, end: int, at: int) -> list[Name]:
        """Whoever stands between 免去 and 的, whatever the characters."""
        stop = next((k for k in range(at + 2, at + 5) if scan.text[k : k + 1] in self.possessives), -1) if at == end else -1
        fitting = next((option for option in finder.names.options(scan.text, at) if option[0] == stop), None)
        return [Name(at, stop, fitting[1], max(fitting[2], _STATED))] if fitting is not None else []

    @staticmethod
    def _subject(scan: Scan, begin: int, known: set[str], finder: Finder) -> list[Name]:
        """Who begins the item or clause of a list that ends in a removal: 乙同志因年龄原因，| 不再担任."""
        low = scan.sentence(begin)[0]
        for start in [*(k + 1 for k in range(begin - 1, low, -1) if scan.text[k] in _ITEMS), low]:
            names = finder.after(start)
            if len(names) == 1 and names[0].begin == start and finder.skip_address(names[0].end) > names[0].end:
                return names
            if scan.text[start - 1] in _SEMICOLONS:
                break
        return []

    def _his(self, scan: Scan, begin: int, end: int, known: set[str], finder: Finder) -> list[Name]:
        """Whose post it is that is ended with 其: who was appointed before in the sentence (甲任某县委书记，免去其某局局长职务)."""
        if not scan.has_cue(end, "OwnPronounCue"):
            return []
        low = scan.sentence(begin)[0]
        before = [b for b, _, _ in scan.cues.get("AppointmentCue", ()) if low <= b < begin]
        return self.names_before(scan, before[-1], set(), known, finder) if before else []

    def names_before(self, scan: Scan, end: int, nominated: set[int], known: set[str], finder: Finder) -> list[Name]:
        """The longest list of names that ends at ``end`` (before 等11人), and starts a clause or stands behind 任命."""
        tail = self.and_others.search(scan.text, max(0, end - 8), end)
        end = tail.start() if tail is not None else end
        # 任命甲同志（女） | 为某局局长
        end = self._before_address(scan, end, finder)
        if scan.text[end - 1 : end] in _CLOSING:
            opened = max(scan.text.rfind(c, max(0, end - 8), end) for c in "（(")
            end = self._before_address(scan, opened, finder) if opened >= 0 and finder.skip_bracket(opened) == end else end
        best: list[Name] = []
        start, low = end - 1, max(0, end - _NAMES_BEFORE)
        while start > low:
            start -= 1
            if not (scan.bounds[start] or scan.text[start - 1] in _MARKS) or not finder.names.may_start(scan.text, start):
                continue
            listed = finder.after(start)
            if listed and listed[0].begin == start and listed[-1].end == end and (start in nominated or self._likely(listed, known)):
                best = listed
                # Of a list as long as may be, each name before those that were read.
                low = min(low, max(0, start - _ONE_MORE))
            elif not best and start in nominated:
                best = self._stated(scan, finder, start, end)
        return best

    @staticmethod
    def _likely(listed: Sequence[Name], known: Container[str]) -> bool:
        """Whether a list is one of names: each by itself, or its first and half of three and more, whatever words the others are."""
        likely = [n.score >= _LIKELY or n.name in known for n in listed]
        half = len(listed) > 2 and likely[0] and 2 * sum(likely) >= len(listed)
        return half or all(n.score >= _LIKELY or n.name in known for n in of_weight(list(listed)))

    @staticmethod
    def _before_address(scan: Scan, end: int, finder: Finder) -> int:
        """Where a form of address (同志) begins that ends at an offset, or the offset."""
        address = scan.word_before(end)
        return address[0] if address is not None and finder.skip_address(address[0]) == end else end

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
