"""Villages and communities as an article names them, and the bodies in them: 北亭村 … 村党支部书记."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from kg.bodies import Bodies
from kg.boundaries import STOP_CUES, cued, done_in
from kg.cues import Kind
from kg.edges import former, titled
from kg.lexicon import Lexicon
from kg.mentions import Scan, han
from kg.model import Organization
from kg.offsets import cover, word_begin
from kg.places import AreaReader, Setting
from kg.searches import OrganizationSpan, Search

# A village's name has at least, usually and at most this many characters before its level word.
_SHORTEST, _USUAL, _LONGEST = 2, 3, 6
# 社区主任, 村主任: so long is the level word with which a title may begin.
_LEVEL = 2
# How frequent a surname is at least that a village's name of one character is.
_FAMILIES = 100
_MOVING = "MovementCue"
_LED_BY = ("LocativeCue", _MOVING, "StationedCue")
# Words that count, point or tell: no name begins with them, and a level word alone behind them means the village at hand.
_POINTING = frozenset({"r", "p", "c", "d", "v", "u", "ul", "uj", "t", "a"})
_COUNTING = ("m", "q", "r")
_NAMED_AS = ("nr", "ns", "nz")
_JOINING = frozenset({"c", "u", "uj", "ul"})
_NAMED, _REFERRED = 0.9, 0.85


@dataclass(frozen=True, slots=True)
class Village:
    """A village where it is named: its name with the level word, and the town or county before it."""

    begin: int
    name: str
    area: str | None


class VillageReader:
    """Reads the bodies of villages that are named elsewhere in the article; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.areas, self.bodies = areas, bodies
        self.joiners = frozenset(word for word in lexicon.of_kind("ListJoinerCue") if len(word) == 1)
        party = tuple(cue for kind in lexicon.kinds.values() if kind.party_unit for cue in lexicon.kind_cues.get(kind.name, ()))
        # 村, 社区, 居民区: what stands before the word for a branch in the ends of names.
        self.levels = tuple(sorted({end[: -len(cue)] for end in lexicon.ends for cue in party if end.endswith(cue) and end != cue}))
        self._starts = {level[0] for level in self.levels}
        # 王村, 焦村: villages named after a family.
        self.surnames = frozenset(s for s, often in lexicon.gazetteer.surnames.items() if len(s) == 1 and often >= _FAMILIES)

    def read(self, search: Search) -> Iterator[OrganizationSpan]:
        """The bodies that belong to a village which the article names, by its name or by the level word alone."""
        scan = search.scan
        heads = [(b, e, kind) for b, e, kind in scan.suffixes if scan.text[b] in self._starts and self._level(scan.text[b:e]) is not None]
        # 士林村 | 原 | 党支部书记
        once = [(b, e, kind) for b, hits in scan.kinds.items() for e, kind in hits if kind.party_unit and former(scan, b) < b]
        villages = self.named(scan, search.setting) if heads or once or scan.cues.get("StationedCue") else []
        known = {village.name: village for village in sorted(villages, key=lambda v: v.area is not None)}
        yield from self._stationed(search, known)
        for begin, end, kind in once:
            left = former(scan, begin)
            name = max((name for name in known if scan.text.endswith(name, 0, left)), key=len, default=None)
            if name is not None and titled(scan, end) and not search.taken[begin]:
                yield self._body(search, (left - len(name), end), known[name], begin, kind, _NAMED)
        for begin, end, kind in heads:
            if search.taken[begin] or not (scan.bounds[end] or titled(scan, end)):
                continue
            level = str(self._level(scan.text[begin:end]))
            start = self._named(scan.text, begin, level, known)
            if start is None:
                start = self._named(scan.text, former(scan, begin), level, known)
            if start is not None:
                stop = begin + len(level) if scan.text[start : begin + len(level)] in known else begin
                yield self._body(search, (start, end), known[scan.text[start:stop]], begin + len(level), kind, _NAMED)
            elif titled(scan, end) and (start := self._pointed(search, begin, level)) is not None:
                last = next((v for v in reversed(villages) if v.begin < begin and v.name.endswith(level)), None)
                if last is not None:
                    yield self._body(search, (start, end), known[last.name], begin + len(level), kind, _REFERRED)
                else:
                    # Of a village that was not understood; no unit of whatever body was named last.
                    cover(search.taken, start, end)

    def _stationed(self, search: Search, known: dict[str, Village]) -> Iterator[OrganizationSpan]:
        """The teams in villages that the article names: 驻 | 高桥村 | 工作队."""
        scan, text = search.scan, search.scan.text
        ends = {begin: (end, kind) for begin, end, kind in scan.suffixes}
        for begin, end, _ in scan.cues.get("StationedCue", ()):
            name = max((name for name in known if text.startswith(name, end)), key=len, default="")
            stop = end + len(name)
            # 村工作队 is the end of names, as 工作队 is.
            team = ends.get(stop) or ends.get(stop - 1) if name else None
            if team is not None and titled(scan, team[0]) and search.taken.find(1, begin, team[0]) < 0:
                yield OrganizationSpan(begin, team[0], self.bodies.named(text[begin : team[0]], None, team[1]), True, _NAMED)

    def _level(self, words: str) -> str | None:
        return next((level for level in self.levels if words.startswith(level) and len(words) > len(level)), None)

    def named(self, scan: Scan, setting: Setting) -> list[Village]:
        """The villages that an article names, in order."""
        return sorted(self._villages(scan, setting), key=lambda v: v.begin)

    def of_post(self, village: Village, pattern: str, kind: Kind | None) -> Organization:
        """The body of a village that a title means: ``pattern`` goes around the village's name."""
        local = pattern.replace("{village}", village.name)
        level = next(level for level in self.levels if village.name.endswith(level))
        once = pattern.replace("{village}" + level, village.name)
        if village.area is None:
            named, forms = self.bodies.named(local, None, kind, True), {once}
        else:
            named, forms = self.bodies.named(self.areas.seat(village.area) + local, village.area, kind, True), {local, once}
        return self.bodies.with_forms(named, tuple(sorted(form for form in forms if form not in (named.name, pattern))))

    def _villages(self, scan: Scan, setting: Setting) -> Iterator[Village]:
        """The villages named behind an area, a word of movement or place, a mark or a joining word."""
        text = scan.text
        led = {e: None for kind in _LED_BY for b, e, _ in scan.cues.get(kind, ()) if scan.bounds[b] or (kind == _MOVING and scan.bounds[e])}
        leads: dict[int, str | None] = {**led, **{area.end: area.area for area in setting.spans}}
        last: tuple[int, str | None] | None = None
        for begin, end, _ in scan.sites:
            if text[begin:end] not in self.levels:
                continue
            low = begin
            while low > begin - _LONGEST and han(text, low - 1):
                low -= 1
            start = next((k for k in range(begin - _SHORTEST, low - 1, -1) if k in leads or self._joins(text, k)), -1)
            if begin - 1 in setting.by_end and text[begin - 1] in self.surnames:
                start = begin - 1
            if start >= 0 and self._names(scan, setting, start, begin, end, start in leads):
                area = leads.get(start)
                # 板桥镇土桥村、西柳村: the next in a list is in the same town.
                if area is None and last is not None and start == last[0] + 1:
                    area = last[1]
                last = end, area
                yield Village(start, text[start:end], area)

    def _joins(self, text: str, begin: int) -> bool:
        return not han(text, begin - 1) or text[begin - 1] in self.joiners

    @staticmethod
    def _names(scan: Scan, setting: Setting, begin: int, level: int, end: int, led: bool) -> bool:
        """Whether the words before a level word are a village's own name, not a count (三个村) or a word of every village (示范村).

        Where nothing leads to it (``led``), neither may they start with what tells something, save where the name comes twice.
        """
        if level - begin > _SHORTEST and scan.text.endswith(scan.text[level:end], begin, level):
            # 高桥村 | 村主任, but 中村 | 村委会
            return False
        first = scan.words.get(begin)
        if first is not None and first[0] < end and first[1].startswith(_COUNTING) and scan.text[begin] != "第":
            return False
        if cued(scan, begin, STOP_CUES, level, level) or done_in(scan, begin, level):
            # 某镇 | 召开 | 村“两委”换届会, 高标准 | 推进 | 社区城运中心建设
            return False
        held = word_begin(scan.bounds, level + 1)
        if held > begin and held < level and scan.generic.fullmatch(scan.text, held, end) is not None:
            # 黄河防汛暨 | 农村 | 人居环境
            return False
        inside = [scan.words[k][1] for k in range(begin, level) if k in scan.words]
        doubtful = not led and (level - begin > _USUAL or not _POINTING.isdisjoint(inside))
        if doubtful and scan.text.count(scan.text[begin:end]) < 2:
            return False
        whole = _JOINING.isdisjoint(inside) or (begin in setting.by_end and level - begin == _SHORTEST)
        # 到和平村: who goes there goes to a place, also where its name is a word that the dictionary has.
        named = led and level - begin >= _SHORTEST and first is not None and first[0] == end and first[1].startswith(_NAMED_AS)
        known = rjieba.has_word(scan.text[begin:end]) and (not named or scan.generic.match(scan.text, begin) is not None)
        return whole and begin not in setting.by_begin and not known

    @staticmethod
    def _named(text: str, begin: int, level: str, known: dict[str, Village]) -> int | None:
        """Where the name of a known village begins that goes on at ``begin``: 北亭 | 村党支部, 北亭村 | 村委会."""
        for start in range(max(0, begin - _LONGEST - len(level)), begin):
            if text[start : begin + len(level)] in known or text[start:begin] in known:
                return start
        return None

    @staticmethod
    def _pointed(search: Search, begin: int, level: str) -> int | None:
        """Where a bare level word begins, with what points to the village at hand (该村, 同村); None for a part of a name."""
        scan = search.scan
        if not han(scan.text, begin - 1):
            return begin
        before = scan.word_before(begin)
        if before is not None:
            return begin if before[1] in _POINTING else None
        pointing = scan.words.get(begin - 1)
        if pointing is None or pointing[0] != begin + len(level) or (pointing[1] not in _POINTING and han(scan.text, begin - 2)):
            return None
        return begin - 1 if rjieba.tag(scan.text[begin - 1 : begin])[0][1] in _POINTING else None

    def _body(self, search: Search, span: tuple[int, int], village: Village, stem: int, kind: Kind, sure: float) -> OrganizationSpan:
        """The body whose name in the text has its village's level word end at ``stem``."""
        printed, words = search.scan.text[slice(*span)], search.scan.text[stem : span[1]]
        level = next(level for level in self.levels if village.name.endswith(level))
        # 北亭村 | 村委会, but 北亭村 | 党支部: the kind says whether the level word is said again.
        local = village.name + (level + words if kind.short == "{parent}" + level + words else words)
        forms = [form for form in (village.name + words, printed) if form != local and form.startswith(village.name)]
        if village.area is None:
            named = self.bodies.named(local, None, kind)
        else:
            named = self.bodies.named(self.areas.seat(village.area) + local, village.area, kind)
            forms.insert(0, local)
        return OrganizationSpan(*span, self.bodies.with_forms(named, tuple(dict.fromkeys(forms))), True, sure)


def of_title(scan: Scan, begin: int, end: int, villages: Sequence[Village], borrows: bool) -> Village | None:
    """The village whose post a title is: the one named right before it (派驻姚西村 | 第一书记), else, if it ``borrows``, the last."""
    before = [village for village in villages if village.begin < end]
    beside = [v for v in before if any(scan.text.endswith(v.name, 0, k) for k in range(begin, begin + _LEVEL + 1))]
    # 林村 and 东林村 may both be named.
    named = max(beside, key=lambda village: len(village.name), default=None)
    return named or (before[-1] if before and borrows else None)
