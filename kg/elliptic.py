"""Bodies named without their area: 市委, 区财政局, 组织部; open names whose left end is where name words stop."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import rjieba

from kg.bodies import Bodies
from kg.cues import Kind
from kg.edges import NUMERALS, behind_session, clean_left, counts, inner, left_edge, may_end, proper, suffix_stands, titled
from kg.extents import BRACKETED, UNIT_WINDOW, WINDOW, Extents, OrganizationSpan, Search
from kg.frames import Frames
from kg.lexicon import Lexicon
from kg.mentions import BRACKETS, Scan
from kg.places import AreaReader

_TOWN_WINDOW = 8
_ZONES = ("functional", "town")
# 富源奶牛养殖专业合作社: a name of ordinary words is one where it and its end are long; 养殖专业合作社 is none.
_LONG_NAME, _LONG_END = 4, 4
# 管理局, 分公司: an end of a name that says which kind of body has so many characters.
_WHOLE_END = 3
# A body's own name, its end included, has at least so many characters; a longer one may be of ordinary words.
_WHOLE, _LONG_WHOLE = 4, 5
BARE, OPEN, BARE_UNIT = 0.8, 0.7, 0.7


class Elliptic:
    """Reads such bodies; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, extents: Extents, frames: Frames) -> None:
        self.lexicon, self.areas, self.bodies, self.extents, self.frames = lexicon, areas, bodies, extents, frames
        self.levels = frozenset(lexicon.levels)
        self.level_starts, self.level_ends = {word[0] for word in lexicon.levels}, {word[-1] for word in lexicon.levels}
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
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

    def bare(self, search: Search, q: int) -> OrganizationSpan | None:
        """A closed kind without an area's name: 市委, 区财政局, 我市公安局, 组织部."""
        scan, setting = search.scan, search.setting
        text, locality = scan.text, setting.locality
        free = bool(scan.bounds[q]) or clean_left(scan, q)
        left: int | None = None
        before = scan.word_before(q)
        # 学校团委, 公司工会, 管理局农业局: of the school, company or administration that was named, not of the place.
        inside = before is not None and self._stands_alone(scan, before[0], q)
        if before is not None and counts(scan, before[0], q):
            # 三个 | 巡察组
            return None
        for end, kind in scan.kinds[q]:
            if not may_end(scan, end):
                continue
            cue = text[q:end]
            own = self.frames.own[cue]
            if inside and own is None:
                return None
            framed = self.frames.framed[cue] if own is None else None
            if framed is not None and free:
                area = self.areas.level(framed, setting, q, True) or locality
                return self.extents.extend(search, q, end, self.bodies.make(kind, cue, area), False)
            if own is None and free:
                left = left_edge(scan, q, UNIT_WINDOW, setting, self.levels, search.taken, True) if left is None else left
                seated = self._seated(search, left, q, end, kind) if left < q and left not in setting.by_begin else None
                if seated is not None:
                    return seated
                climbed = self._climbed(kind, locality) if kind.ellipsis else None
                if climbed is not None:
                    return self.extents.extend(search, q, end, self.bodies.make(kind, cue, climbed), False)
            # 该镇 | 党委 is one word of the segmentation and 党委.
            own_self = own is not None and not free and q + len(own) in search.selves
            if own is not None and kind.levels and (free or own_self or q in setting.by_end):
                area = self.areas.above(kind.name, self.areas.level(own, setting, q, True))
                if area is None:
                    return self._unlisted(search, q, end, kind)
                return self.extents.extend(search, q - own_self, end, self.bodies.make(kind, cue, area), False)
            for level in self.lexicon.levels if text[q - 1 : q] in self.level_ends else ():
                b = q - len(level)
                if b >= 0 and text.startswith(level, b) and (scan.bounds[b] or clean_left(scan, b) or b in search.stationed):
                    area = self.areas.above(kind.name, self.areas.level(level, setting, b))
                    if area is None:
                        return self._unlisted(search, b, end, kind)
                    return self.extents.extend(search, b - 1 if q in search.selves else b, end, self.bodies.make(kind, cue, area), False)
            if kind.ellipsis and free and not self._generic(kind, cue):
                if left is not None and left < q and left not in setting.by_begin:
                    if cue in self.lexicon.ends and proper(scan, left, q):
                        return None
                    if not kind.levels and self._own(scan, left, q):
                        # 照金纪念馆, 霸王岭林业局: its own name's end, not the place's.
                        named = self.bodies.named(text[left:end], None, kind)
                        sure = titled(scan, end) or proper(scan, left, q)
                        return self.extents.extend(search, left, end, named, False, OPEN) if sure else None
                    if not kind.levels and proper(scan, left, q) and not any(e == q for _, e, _ in scan.cues.get("SessionCue", ())):
                        return None
                area = self._zone(search, q) if kind.of_zones else self._nearest(search, q)
                if kind.of_zones and area is None:
                    return None
                return self.extents.extend(search, q, end, self.bodies.make(kind, cue, area), False, BARE)
        return None

    def _zone(self, search: Search, q: int) -> str | None:
        """The zone or street at hand: the nearest body's or the locality where it is one, else the last zone named before."""
        near = self._nearest(search, q), search.setting.locality
        before = [s.area for s in reversed(search.setting.spans) if s.begin < q]
        return next((code for code in (*near, *before) if code is not None and self.areas.area(code).level in _ZONES), None)

    def _own(self, scan: Scan, left: int, q: int) -> bool:
        """Whether the words before a kind are a name of its own: nouns alone, no level word, count or other body among them."""
        text = scan.text
        if q - left < 2 or text[left] in self.level_starts or text[left] in NUMERALS or q in scan.name_ends:
            return False
        if any(text.startswith(level, q - len(level)) for level in self.lexicon.levels):
            return False
        tags = [scan.words[k][1] for k in range(left, q) if k in scan.words]
        return all(tag.startswith(("n", "j")) and tag not in ("nr", "nrt") for tag in tags)

    def _stands_alone(self, scan: Scan, begin: int, end: int) -> bool:
        """Whether a word is the end of a body's name, which stands for all of it."""
        word = scan.text[begin:end]
        if word in self.whole_ends:
            return True
        # 办事处, 居委会 are every street's; without a name they mean all of them.
        # 分局 | 治安大队: of the branch that was named.
        long = end - begin >= _WHOLE_END or word.startswith(self.branches)
        own = long and not any(kind.levels for kind in self.lexicon.ends.get(word, ()))
        return own and word in self.lexicon.ends and clean_left(scan, begin)

    def _climbed(self, kind: Kind, locality: str | None) -> str | None:
        """The locality, or what contains it, where a body of a kind of certain levels is."""
        if locality is None or not kind.levels:
            return None
        code = next((code for code in self.areas.chain(locality) if self.areas.level_word(code) in kind.levels), None)
        return self.areas.above(kind.name, code)

    def _generic(self, kind: Kind, cue: str) -> bool:
        """Whether a kind's word is also the end of names (学校, 医院): alone it means one named before, not the place's."""
        return cue in self.common_ends and not (kind.short or "").startswith("{area}")

    def _unlisted(self, search: Search, b: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A body of an area that no list has (a new town): the name words before the level word are the area's."""
        scan, setting = search.scan, search.setting
        left = left_edge(scan, b, _TOWN_WINDOW, setting, self.levels)
        if left >= b or left in setting.by_begin:
            return None
        return self.extents.extend(search, left, end, self.bodies.named(scan.text[left:end], setting.locality, kind), True, BARE)

    def bare_unit(self, scan: Scan, q: int) -> OrganizationSpan | None:
        """A kind before a title that is a unit of a body named elsewhere: 党委 in 党委书记, 机关党委."""
        # 校党委 is one word of the segmentation.
        ended = next((b for b, e, _ in scan.suffixes if e == q and scan.bounds[b]), None)
        one = q > 0 and scan.text[q - 1] in self.end_characters and (bool(scan.bounds[q - 1]) or clean_left(scan, q - 1))
        if not (one or ended is not None or scan.bounds[q] or clean_left(scan, q)):
            return None
        for end, kind in scan.kinds[q]:
            if titled(scan, end):
                if ended is None and one:
                    ended = q - 1
                if ended is None:
                    return OrganizationSpan(q, end, self.bodies.named(scan.text[q:end], None, kind), False, BARE_UNIT, True)
                whole = self.bodies.named(scan.text[ended:q], None, None, False)
                return OrganizationSpan(ended, end, self.bodies.unit(whole, scan.text[q:end], kind), False, BARE_UNIT, True)
        return None

    def _nearest(self, search: Search, q: int) -> str | None:
        """The seat of a body named alone: that of a body just before it in the same list, else the locality (its county for a town)."""
        scan = search.scan
        sentence = scan.sentence(q)
        before = [s for s in search.found if sentence[0] <= s.begin < q and s.organization.area]
        if before:
            last = max(before, key=lambda s: s.end)
            between = scan.text[last.end : q]
            if between in self.joiners or (last.end in scan.titles_by_begin and "，" not in between):
                return last.organization.area
        code = search.setting.locality
        while code is not None and self.areas.area(code).level == "town" and self.areas.area(code).parent is not None:
            code = self.areas.area(code).parent
        return code

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
        if led and any(e == end for e, _ in scan.kinds.get(left, ())):
            return None
        words = scan.text[left:end]
        if left in setting.by_begin or (len(words) < 4 and not led):
            return None
        if left == begin:
            return (
                OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, 0.6, True)
                if led and end - begin > 1 and end not in scan.kinds
                else None
            )
        seated = self._seated(search, left, begin, end, kind)
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
        if head <= begin and self._stands_alone(scan, left, head) and scan.text[head:end] not in self.whole_ends:
            whole = self.bodies.named(scan.text[left:head], None, None, False)
            return OrganizationSpan(left, end, self.bodies.unit(whole, scan.text[head:end], kind), False, BARE_UNIT, True)
        if led and kind.inner:
            return OrganizationSpan(left, end, self.bodies.named(words, None, kind), False, BARE_UNIT, True)
        long = end - begin >= _LONG_END and begin - left > _LONG_NAME
        if not (led or long or proper(scan, left, begin)):
            return self.extents.sibling(search, left, end, kind, OPEN) if kind.inner else None
        span = self.extents.extend(search, left, end, self.bodies.named(words, None, kind), False, OPEN)
        # A branch of a firm that is named with it.
        return replace(span, given=True) if span.unit and not kind.public else span

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
        if left >= opened or not proper(scan, left, opened):
            return None
        area = setting.by_begin.get(left)
        named = self.bodies.named(scan.text[left:end], area.area if area is not None else None, kind)
        return self.extents.extend(search, left, end, named, area is not None, OPEN)

    def _seated(self, search: Search, left: int, begin: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A name whose first word is a level word or begins with one: 县 | 农牧水利和科技局, 市中心人民医院; None for any other."""
        scan, setting, text = search.scan, search.setting, search.scan.text
        first = scan.words.get(left)
        if first is None or text[left] not in self.level_starts:
            return None
        level = next((word for word in self.lexicon.levels if text.startswith(word, left)), None)
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
