"""Bodies with open names: their left end is where name words stop, or a level word, whose area they belong to."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import rjieba

from kg.bodies import Bodies
from kg.boundaries import proper
from kg.cues import Kind
from kg.edges import clean_left, inner, left_edge, may_end, suffix_stands, titled
from kg.extents import BRACKETED, WINDOW, Extents
from kg.lexicon import Lexicon
from kg.mentions import BRACKETS, Scan, han
from kg.offsets import Affixes
from kg.places import AreaReader
from kg.searches import OrganizationSpan, Search
from kg.sessions import NUMERALS, behind_session

# 富源奶牛养殖专业合作社: a name of ordinary words is one where it and its end are long; 养殖专业合作社 is none.
_LONG_NAME, _LONG_END = 4, 4
# 管理局, 分公司: an end of a name that says which kind of body has so many characters.
_WHOLE_END = 3
# A body's own name, its end included, has at least so many characters; a longer one may be of ordinary words.
_WHOLE, _LONG_WHOLE = 4, 5
# 第一油矿: one of several of a body.
_ORDINAL = "第"
OPEN, BARE_UNIT = 0.7, 0.7
_REACHING = frozenset({"MovementCue", "ComitativeCue", "RecipientCue", "LocativeCue"})
_DOING = ("MovementCue", "HoldingCue")


class OpenNames:
    """Reads such bodies; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, extents: Extents) -> None:
        self.lexicon, self.areas, self.bodies, self.extents = lexicon, areas, bodies, extents
        self.levels = frozenset(lexicon.levels)
        self.affixes = Affixes(lexicon.levels)
        self.branches = lexicon.of_kind("BranchCue")
        self.end_characters = {
            end[-1]
            for kind in lexicon.kinds.values()
            if kind.open and not kind.inner and not kind.part_of
            for end in lexicon.kind_cues.get(kind.name, ())
            if len(end) > 1
        }
        # 学校, 公司: an end of names in which other ends end (外国语学校) is a word for all of its class.
        self.common_ends = {end[k:] for end in lexicon.ends for k in range(1, len(end) - 1) if end[k:] in lexicon.ends}
        # Those that stand for a firm, school or hospital: 学校 | 幼儿师范学院, but 中心 | 小学 is one name.
        self.whole_ends = {end for end in self.common_ends if not any(kind.public or kind.inner for kind in lexicon.ends[end])}

    def open(self, search: Search, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """An open name without an area: its left end is where name words stop."""
        scan, setting = search.scan, search.setting
        led = titled(scan, end)
        if end - begin == 1 and end in search.long_ends:
            # 司 in 公司: the longer end was tried before.
            return None
        if not (led or may_end(scan, end)) or (end - begin == 1 and not (led and suffix_stands(scan, begin, end, kind))):
            return None
        if not led and self._goes_on(search, end, kind):
            return None
        left = left_edge(scan, begin, WINDOW, setting, self.levels, search.taken)
        if scan.text[left - 1 : left] in BRACKETS.values() and not kind.public:
            return self._behind_brackets(search, left, end, kind)
        stop = scan.words.get(left, (left, ""))[0]
        if not kind.public and stop < begin and han(scan.text, left - 1) and scan.text[left:stop] in self.areas.settlements:
            # 中沟社区 | 东申玻璃有限公司
            left = stop
        if led and any(e == end for e, _ in scan.kinds.get(left, ())):
            return None
        words = scan.text[left:end]
        if left in setting.by_begin or (len(words) < 4 and not led and words[0] not in self.affixes.firsts):
            return None
        title = scan.titles_by_begin.get(left)
        if left == begin and title is not None and title[0] > end:
            # 董事局主席 is one title.
            return None
        if left == begin:
            return (
                OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, 0.6, True)
                if led and end - begin > 1 and end not in scan.kinds
                else None
            )
        word = scan.words.get(left, (left, ""))
        common = scan.text[begin:end] in self.whole_ends or kind.levels_grassroots(self.lexicon.grassroots)
        if common and word == (begin, "v") and rjieba.has_word(scan.text[left:begin]):
            # 接受 | 学院领导检阅, 利用 | 村委会旁的空地
            return None
        seated = self.seated(search, left, begin, end, kind)
        if seated is not None:
            return seated
        housed = self._housed(search, left, begin, end, kind) if kind.inner else None
        if housed is not None:
            return housed
        if scan.text[left] in self.end_characters and any(e == end for e, _ in scan.kinds.get(left + 1, ())):
            # 院 | 党组 is no 组.
            return None
        closed = next((k for e, k in scan.kinds.get(left, ()) if e == end and k.inner), None)
        if closed is not None:
            return OrganizationSpan(left, end, self.bodies.named(words, None, closed), False, BARE_UNIT, True)
        head = scan.words.get(left, (left, ""))[0]
        if head <= begin and self.stands_alone(scan, left, head) and scan.text[head:end] not in self.whole_ends:
            whole = self.bodies.named(scan.text[left:head], None, None, False)
            return OrganizationSpan(left, end, self.bodies.unit(whole, scan.text[head:end], kind), False, BARE_UNIT, True)
        if led and (kind.inner or (scan.text[left] == _ORDINAL and not kind.public)):
            return OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, BARE_UNIT, True)
        if not led and self._described(scan, left, begin):
            # 建设高水平研究型 | 大学
            return None
        # 中央第五 | 生态环境保护督察组
        numbered = kind.public and end - begin >= _WHOLE_END and _ORDINAL in scan.text[left + 1 : begin]
        long = numbered or (end - begin >= _LONG_END and begin - left > _LONG_NAME)
        if not (
            led
            or long
            or proper(scan, left, begin)
            or self._firm_of(search, left, begin, end)
            or self._opens(scan, left, end, kind)
            or self._met(scan, left, begin, kind)
        ):
            return self.extents.sibling(search, left, end, kind, OPEN) if kind.inner else None
        span = self.extents.extend(search, left, end, self.bodies.named(words, None, kind), False, OPEN)
        # A branch of a firm that is named with it.
        return replace(span, given=True) if span.unit and not kind.public else span

    def _met(self, scan: Scan, left: int, begin: int, kind: Kind) -> bool:
        """Whether a firm of whatever words is gone to or met: 到 | 绿源公司, 与 | 绿源公司."""
        if not kind.own_pages or kind.placed or begin - left < 2 or not scan.bounds[begin] or scan.text[left:begin] in self.lexicon.ends:
            return False
        first = scan.words.get(left, (left, "v"))
        reached = any(e == left for k in range(max(0, left - 4), left) for _, e, word in scan.cue_at.get(k, ()) if word.kind in _REACHING)
        return reached and not first[1].startswith(("v", "m", "r", "d", "a", "b"))

    @staticmethod
    def _described(scan: Scan, begin: int, end: int) -> bool:
        """Whether there are only words that tell what sort of body it is."""
        while begin < end and (word := scan.generic.match(scan.text, begin, end)) is not None and scan.bounds[word.end()]:
            begin = word.end()
        return begin == end

    @staticmethod
    def _firm_of(search: Search, left: int, begin: int, end: int) -> bool:
        """Whether a firm's end stands behind the whole name of what became a firm: 前进 | 农场 | 有限公司."""
        near = range(bisect_left(search.suffixes, left + 1), bisect_left(search.suffixes, begin))
        return end - begin >= _LONG_END and end in search.firms and any(search.scan.suffixes[k][1] == begin for k in near)

    @staticmethod
    def _opens(scan: Scan, left: int, end: int, kind: Kind) -> bool:
        """Whether a line begins with a school, firm or hospital, of whatever words, and what it does: 海运学院 | 赴某地调研."""
        begins = left == 0 or scan.text[left - 1] == "\n"
        return begins and not kind.public and not kind.inner and end - left >= _WHOLE and scan.cue(end, *_DOING) is not None

    @staticmethod
    def _goes_on(search: Search, end: int, kind: Kind) -> bool:
        """Whether a firm's name has another end right behind this one: 盘龙药业 | 有限公司."""
        scan = search.scan
        for k in range(bisect_left(search.suffixes, end), len(search.suffixes)):
            begin, stop, longer = scan.suffixes[k]
            if begin != end:
                return False
            if stop - begin > 1 and not (kind.public or kind.inner or longer.inner) and longer.top == kind.top and may_end(scan, stop):
                return True
        return False

    def _housed(self, search: Search, left: int, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A unit behind the name of the body that it is in: 某某医科大学附属医院 | 急诊科."""
        scan = search.scan
        if scan.text.startswith(self.extents.levels, left):
            # 区总工会 | 党组, of a district that nothing names
            return None
        for k in range(bisect_left(search.suffixes, begin) - 1, -1, -1):
            start, stop, whole = scan.suffixes[k]
            if start <= left:
                return None
            if stop > begin or stop - start < 2 or whole.inner or stop - left < _WHOLE or not may_end(scan, stop):
                continue
            if stop - left > _LONG_WHOLE or proper(scan, left, start):
                body = self.bodies.named(scan.text[left:stop], None, whole)
                return OrganizationSpan(left, end, self.bodies.unit(body, scan.text[stop:end], kind), True, OPEN, True)
        return None

    def _behind_brackets(self, search: Search, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A firm whose name has brackets inside: 青瓷（中国）有限公司."""
        scan, setting = search.scan, search.setting
        mark = next(opening for opening, closing in BRACKETS.items() if scan.text[begin - 1] == closing)
        opened = scan.text.rfind(mark, max(0, begin - BRACKETED), begin)
        left = left_edge(scan, opened, WINDOW, setting, self.levels, search.taken) if opened > 0 else opened
        if left >= opened > 0 and opened + 1 in setting.by_begin:
            # 、正大康地（梅州）生物科技有限公司: an item of a list begins where the list says, whatever the segmentation makes of it.
            first = max([scan.text.rfind(mark, 0, opened) + 1 for mark in self.extents.joiners])
            left = first if opened - WINDOW < first < opened and all(han(scan.text, k) for k in range(first, opened)) else left
        # 科技（安徽）有限公司: that is how firms are named, whatever the words before the area.
        located = opened + 1 in setting.by_begin and opened - left >= _LONG_NAME
        if left >= opened or not (located or proper(scan, left, opened) or titled(scan, end)):
            return None
        area = setting.by_begin.get(left)
        named = self.bodies.named(scan.text[left:end], area.area if area is not None else None, kind)
        return self.extents.extend(search, left, end, named, area is not None, OPEN)

    def seated(self, search: Search, left: int, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A name whose first word is a level word or begins with one: 县 | 农牧水利和科技局, 市中心人民医院; None for any other."""
        scan, setting, text = search.scan, search.setting, search.scan.text
        first = scan.words.get(left)
        if first is None or text[left] not in self.affixes.firsts:
            return None
        level = next(iter(self.affixes.at(text, left)), None)
        if level is None or left + len(level) > min(begin, first[0]):
            return None
        stem = left + len(level)
        # 镇商会 is the town's, 县医院 and its like are closed kinds.
        if stem == begin and (begin in scan.kinds or end - begin < 2):
            return None
        # 市四届人大常委会, 县三级政协: a number is a body's term or a count, save with 第, which numbers bodies too.
        if text[stem] in NUMERALS or behind_session(scan, stem) > stem:
            return None
        # 市场, 县城 are words; 市铁 | 投公司 is what the segmentation makes of a name that it does not know.
        rest, known = text[stem : first[0]], rjieba.has_word(text[left : first[0]])
        if (rest and known and (len(rest) < 2 or not rjieba.has_word(rest))) or not inner(scan, first[0], begin):
            return None
        area = self.areas.level(level, setting, left)
        named = self.bodies.named(self.areas.seat(area) + text[stem:end], area, kind) if area is not None else None
        return self.extents.extend(search, left, end, named, False, 0.9) if named is not None else None

    def stands_alone(self, scan: Scan, begin: int, end: int) -> bool:
        """Whether a word is the end of a body's name, which stands for all of it."""
        word = scan.text[begin:end]
        if word in self.whole_ends:
            return True
        # 办事处, 居委会 are every street's; without a name they mean all of them.
        # 分局 | 治安大队: of the branch that was named.
        long = end - begin >= _WHOLE_END or word.startswith(self.branches)
        own = long and not any(kind.levels for kind in self.lexicon.ends.get(word, ()))
        return own and word in self.lexicon.ends and clean_left(scan, begin)
