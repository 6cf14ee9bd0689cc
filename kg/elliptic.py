"""Bodies of closed kinds named without their area: 市委, 区财政局, 组织部, 校党委."""

from __future__ import annotations

import rjieba

from kg.boundaries import counts, proper
from kg.cues import Kind
from kg.edges import clean_left, left_edge, may_end, titled
from kg.extents import UNIT_WINDOW
from kg.frames import Frames
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.offsets import word_begin
from kg.opennames import BARE_UNIT, OPEN, OpenNames
from kg.searches import OrganizationSpan, Search
from kg.sessions import NUMERALS, before_ordinal, before_session

_TOWN_WINDOW = 8
_ZONES = ("functional", "town")
BARE = 0.8
_POINTING = "r"
# 党委, 党工委: so long are the words for a committee inside a body.
_COMMITTEE = 3


class Elliptic:
    """Reads such bodies; shared by all articles."""

    def __init__(self, lexicon: Lexicon, names: OpenNames, frames: Frames) -> None:
        self.lexicon, self.names, self.frames = lexicon, names, frames
        self.areas, self.bodies, self.extents = names.areas, names.bodies, names.extents
        self.levels, self.affixes = names.levels, names.affixes
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.numerals = frozenset(NUMERALS)

    def bare(self, search: Search, q: int) -> OrganizationSpan | None:
        """A closed kind without an area's name: 市委, 区财政局, 我市公安局, 组织部."""
        scan, setting = search.scan, search.setting
        text, locality = scan.text, setting.locality
        term = before_session(scan, q)
        free = bool(scan.bounds[q]) or clean_left(scan, q) or term < q
        left: int | None = None
        before = scan.word_before(q)
        if (department := self._of_committee(scan, q)) is not None:
            return department
        # 学校团委, 公司工会, 管理局农业局: of the school, company or administration that was named, not of the place.
        inside = before is not None and self.names.stands_alone(scan, before[0], q)
        if before is not None and term == q and counts(scan, before[0], q):
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
                seated = self.names.seated(search, left, q, end, kind) if left < q and left not in setting.by_begin else None
                if seated is not None:
                    return seated
                # 县 | 人民医院 is the county's, and nobody's where nothing names one.
                levelled = before is not None and text[before[0] : q] in self.levels
                climbed = self._climbed(kind, locality) if kind.ellipsis and not levelled else None
                if climbed is not None:
                    return self.extents.extend(search, q, end, self.bodies.make(kind, cue, climbed), False)
            # 该镇 | 党委 is one word of the segmentation and 党委.
            own_self = own is not None and not free and q + len(own) in search.selves
            if own is not None and kind.levels and (free or own_self or q in setting.by_end):
                area = self.areas.above(kind.name, self.areas.level(own, setting, q, True))
                if area is None:
                    return self._unlisted(search, q, end, kind)
                return self.extents.extend(search, q - own_self, end, self.bodies.make(kind, cue, area), False)
            for level in self.affixes.before(text, term):
                b = term - len(level)
                if scan.may_part(b) or clean_left(scan, b) or b in search.stationed or self._that(search, b, q, end):
                    if b - 1 in scan.full_areas and text[b - 1] not in self.joiners and text[b - 1] not in scan.followers:
                        # 新市 | 法庭, of a town that is called so, is no city's.
                        return None
                    area = self.areas.above(kind.name, self.areas.level(level, setting, b))
                    # 武康镇 | 党委, of a town that no list has: no 镇党委 of the town at hand.
                    inside = b - word_begin(scan.bounds, b) > 1 and not (clean_left(scan, b) or b in search.stationed or q in search.selves)
                    if area is None or (inside and level in self.lexicon.grassroots):
                        return self._unlisted(search, b, end, kind)
                    return self.extents.extend(search, b - 1 if q in search.selves else b, end, self.bodies.make(kind, cue, area), False)
            if kind.ellipsis and free and not self._generic(kind, cue):
                if left is not None and left < q and left not in setting.by_begin:
                    if not kind.of_zones and any(e == q and b >= left and site.strong for b, e, site in scan.sites):
                        # 汽车城 | 公用事业局: the site's, and not the place's.
                        return None
                    if cue in self.lexicon.ends and proper(scan, left, q):
                        return None
                    if not kind.levels and self._own(scan, left, q):
                        # 照金纪念馆, 霸王岭林业局: its own name's end, not the place's.
                        named = self.bodies.named(text[left:end], None, kind)
                        sure = titled(scan, end) or proper(scan, left, q)
                        return self.extents.extend(search, left, end, named, False, OPEN) if sure else None
                    if not kind.levels and proper(scan, left, q) and not any(e == q for _, e, _ in scan.cues.get("SessionCue", ())):
                        return None
                area = self._zone(search, q, kind) if kind.of_zones else self._nearest(search, q, kind)
                if kind.of_zones and area is None:
                    return None
                first = before_ordinal(scan, q)
                whole = self.bodies.make(kind, cue, area).parent if first < q else None
                if whole is not None:
                    # 第四巡察组 is not the committee's only one.
                    numbered = self.bodies.unit(whole, text[first:end], kind)
                    return self.extents.extend(search, first, end, numbered, False, BARE)
                return self.extents.extend(search, q, end, self.bodies.make(kind, cue, area), False, BARE)
        return None

    def _of_committee(self, scan: Scan, q: int) -> OrganizationSpan | None:
        """A department of a Party committee inside a body: 党委 | 宣传部 is a school's or a firm's and no county's; 校 | 党委 | 宣传部."""
        for begin in range(max(0, q - _COMMITTEE), q):
            if not any(end == q and kind.party_unit for end, kind in scan.kinds.get(begin, ())):
                continue
            left = begin - (scan.text[begin - 1 : begin] in self.names.end_characters)
            if not (scan.bounds[left] or clean_left(scan, left)):
                continue
            for end, kind in scan.kinds[q]:
                if kind.part_of is not None and may_end(scan, end):
                    words = scan.text[begin:end]
                    whole = self.bodies.named(scan.text[left:begin], None, None, False) if left < begin else None
                    named = self.bodies.unit(whole, words, kind) if whole is not None else self.bodies.named(words, None, kind)
                    return OrganizationSpan(left, end, named, False, BARE_UNIT, True)
        return None

    @staticmethod
    def _that(search: Search, b: int, q: int, end: int) -> bool:
        """Whether a level word is pointed at, and somebody heads what stands behind: 该 | 镇 | 武装部部长, but not 全区 | 法院."""
        pointed = q in search.selves and titled(search.scan, end)
        return pointed and rjieba.tag(search.scan.text[b - 1 : b])[0][1] == _POINTING

    def _zone(self, search: Search, q: int, kind: Kind) -> str | None:
        """The zone or street at hand: the nearest body's or the locality where it is one, else the last zone named before."""
        near = self._nearest(search, q, kind), search.setting.locality
        before = [s.area for s in reversed(search.setting.spans) if s.begin < q]
        return next((code for code in (*near, *before) if code is not None and self.areas.area(code).level in _ZONES), None)

    def _own(self, scan: Scan, left: int, q: int) -> bool:
        """Whether the words before a kind are a name of its own: nouns alone, no level word, count or other body among them."""
        text = scan.text
        if q - left < 2 or text[left] in self.affixes.firsts or text[left] in NUMERALS or q in scan.name_ends:
            return False
        if self.affixes.before(text, q):
            return False
        tags = [scan.words[k][1] for k in range(left, q) if k in scan.words]
        return all(tag.startswith(("n", "j")) and tag not in ("nr", "nrt") for tag in tags)

    def _climbed(self, kind: Kind, locality: str | None) -> str | None:
        """The locality, or what contains it, where a body of a kind of certain levels is."""
        if locality is None or not kind.levels:
            return None
        code = next((code for code in self.areas.chain(locality) if self.areas.level_word(code) in kind.levels), None)
        return self.areas.above(kind.name, code)

    def _generic(self, kind: Kind, cue: str) -> bool:
        """Whether a kind's word is also the end of names (学校, 医院): alone it means one named before, not the place's."""
        return cue in self.names.common_ends and not (kind.short or "").startswith("{area}")

    def _unlisted(self, search: Search, b: int, end: int, kind: Kind) -> OrganizationSpan | None:
        """A body of an area that no list has (a new town): the name words before the level word are the area's."""
        scan, setting = search.scan, search.setting
        before = scan.word_before(b)
        if before is not None and scan.text[before[0] : b] in self.joiners:
            # 市三院 | 与 | 镇卫生院, but 义和 | 镇卫生院
            return None
        left = left_edge(scan, b, _TOWN_WINDOW, setting, self.levels)
        # 一行莅丹调研 | 县政协: what was done is no name.
        left = max((e for v, e, act in scan.events if act.verb and left <= v < b), default=left)
        # 利用 | 村委会旁的空地
        acts = scan.words.get(left) == (b, "v") and rjieba.has_word(scan.text[left:b])
        # 市委 | 市政府, of a city that nothing names
        paired = any(e == b for e, _ in scan.kinds.get(left, ()))
        if left >= b or left in setting.by_begin or acts or paired:
            return None
        return self.extents.extend(search, left, end, self.bodies.named(scan.text[left:end], setting.locality, kind), True, BARE)

    def called(self, search: Search, q: int) -> OrganizationSpan | None:
        """A body of a closed kind with a name of its own before it that is no area's: 五岔沟 | 国有林管理局 | 局长."""
        scan = search.scan
        end, kind = scan.kinds[q][0]
        left = left_edge(scan, q, UNIT_WINDOW, search.setting, self.levels, search.taken, True)
        # 厅 | 直属机关党委
        of_one = scan.words.get(left, (0, ""))[0] == left + 1 and scan.text[left] in self.names.end_characters
        if left == q or left in search.setting.by_begin or of_one or not titled(scan, end) or not proper(scan, left, q) or kind.inner:
            return None
        return OrganizationSpan(left, end, self.bodies.named(scan.text[left:end], None, kind), False, OPEN)

    def bare_unit(self, scan: Scan, q: int) -> OrganizationSpan | None:
        """A kind before a title that is a unit of a body named elsewhere: 党委 in 党委书记, 机关党委."""
        # 校党委 is one word of the segmentation.
        ended = next((b for b, e, _ in scan.suffixes if e == q and scan.bounds[b]), None)
        one = q > 0 and scan.text[q - 1] in self.names.end_characters and (bool(scan.bounds[q - 1]) or clean_left(scan, q - 1))
        # 红旗二 | 场党委
        one = one and scan.text[q - 2 : q - 1] not in self.numerals
        if not (one or ended is not None or scan.bounds[q] or clean_left(scan, q)):
            return None
        for end, kind in scan.kinds[q]:
            if titled(scan, end):
                if ended is None and one:
                    ended = q - 1
                if ended is None:
                    body = self.bodies.named(scan.text[q:end], None, kind)
                    for stop, party in scan.kinds.get(end, ()):
                        if party.party_unit and titled(scan, stop):
                            # 监狱 | 党委 | 书记
                            return OrganizationSpan(q, stop, self.bodies.unit(body, scan.text[end:stop], party), False, BARE_UNIT, True)
                    return OrganizationSpan(q, end, body, False, BARE_UNIT, True)
                whole = self.bodies.named(scan.text[ended:q], None, None, False)
                return OrganizationSpan(ended, end, self.bodies.unit(whole, scan.text[q:end], kind), False, BARE_UNIT, True)
        return None

    def _nearest(self, search: Search, q: int, kind: Kind) -> str | None:
        """The seat of a body named alone: that of a body just before it in the same list, else the locality (its county for a town)."""
        scan = search.scan
        sentence = scan.sentence(q)
        before = [s for s in search.found if sentence[0] <= s.begin < q and s.organization.area]
        if before:
            last = max(before, key=lambda s: s.end)
            between = scan.text[last.end : q]
            if between in self.joiners or (last.end in scan.titles_by_begin and "，" not in between):
                return self.areas.off_towns(kind.name, last.organization.area or "")
        scene = {e for b, e, _ in scan.cues.get("LocativeCue", ()) if b == sentence[0]}
        there = next((s for s in search.setting.spans if s.begin in scene and s.full), None)
        # 在某县，科技局局长甲介绍 …
        code = there.area if there is not None and there.area is not None else search.setting.locality
        while code is not None and self.areas.area(code).level == "town" and self.areas.area(code).parent is not None:
            code = self.areas.area(code).parent
        return code
