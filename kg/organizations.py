"""Which body: standing bodies, those behind an area's name, then those named without it; in order and by what stands before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from kg import enumerations
from kg.bodies import Bodies
from kg.boundaries import counts, of_each
from kg.corps import CorpsReader
from kg.cues import Body
from kg.edges import clean_left, left_edge, may_end, stands_apart
from kg.elliptic import Elliptic
from kg.extents import UNIT_WINDOW, WINDOW, Extents
from kg.frames import Frames
from kg.lexicon import Lexicon
from kg.locality import RANK
from kg.mentions import Scan, han
from kg.model import Organization
from kg.offsets import less_one
from kg.opennames import OPEN, OpenNames
from kg.places import AreaReader, AreaSpan, Setting
from kg.references import References
from kg.searches import OrganizationSpan, Search, behind_former
from kg.sessions import behind_session
from kg.shortened import ShortBodies, as_named
from kg.villages import VillageReader

# A firm's own name with its end: 恒大公司.
_OWN_NAME = 4
# A unit's name of so many characters has no other body's name as its end.
_LONG_UNIT = 6
# Prepositions, conjunctions and verbs lead to a name.
_LEADING = ("p", "c", "v")
# A ministry's name of so many characters behind a noun is the end of another's: 安全 | 环保部.
_SHORT, _NOUNS = 3, ("n", "vn", "an", "b")
# 海尔: so long are the names of groups that no list has, and so they are tagged.
_BRAND, _BRANDED = 2, ("nz", "nrt", "j")
_BEGIN = attrgetter("begin")


class OrganizationReader:
    """Reads the bodies of articles; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.branches, self.brands = tuple(lexicon.of_kind("BranchCue")), frozenset(lexicon.of_kind("BrandCue"))
        self.extents, self.frames = Extents(lexicon, bodies), Frames(lexicon, bodies)
        self.names = OpenNames(lexicon, areas, bodies, self.extents)
        self.elliptic = Elliptic(lexicon, self.names, self.frames)
        self.villages = VillageReader(lexicon, areas, bodies)
        self.shortened = ShortBodies(lexicon, areas, bodies, self.extents)
        self.corps = CorpsReader(lexicon, areas, self.extents)
        self.references = References(lexicon, areas, bodies, self.frames)

    def read(self, scan: Scan, setting: Setting, owner: Callable[[], Organization | None] = lambda: None) -> list[OrganizationSpan]:
        """The bodies of an article, in order, none overlapping another; ``owner`` is whose page it is."""
        search = Search.of(scan, setting)
        taken = search.taken
        for body in self.corps.read(search):
            search.put(body)
        self._standing(search)
        for area in setting.spans:
            if not self._contains_next(search, area):
                span = self._after_area(search, area.begin, area.end, area.area)
                search.put(self._in_full(search, span))
                if span is not None and area.area is not None:
                    search.put(self._paired(scan, span.end, area.area))
        for body in (*self.shortened.areal(search), *self.shortened.read(search), *self.villages.read(search)):
            search.put(body)
        for q in search.kinds:
            if not taken[q] and (span := self.elliptic.bare(search, q)) is not None:
                search.put(span)
                if span.organization.area is not None and not span.unit:
                    search.put(self._paired(scan, span.end, span.organization.area, False))
        for q in search.kinds:
            # 监察和司法委员会 | 主任委员: no 司法委员会.
            if not taken[q] and scan.kinds[q][0][0] - q >= _LONG_UNIT:
                search.put(self.elliptic.called(search, q) or self.elliptic.bare_unit(scan, q))
        for begin, end, kind in scan.suffixes:
            if not taken[begin] and not taken[end - 1]:
                search.put(self.names.open(search, begin, end, kind))
        for begin, end, noun in enumerations.items(scan):
            if taken.find(1, begin, end) < 0 and begin not in setting.by_begin:
                listed = self.bodies.named(scan.text[begin:end], None, self.lexicon.kinds.get(noun))
                search.put(OrganizationSpan(begin, end, listed, True, OPEN))
        for q in search.kinds:
            if not taken[q]:
                search.put(self.elliptic.bare_unit(scan, q))
        self._again(search)
        found = sorted([s for s in search.found if not of_each(scan, s.begin, s.end)], key=_BEGIN)
        return self.references.resolve(scan, as_named(scan, found, self.joiners), setting, owner)

    @staticmethod
    def _again(search: Search) -> None:
        """The other places of a body's own name: what is one before a title (恒大公司 | 总经理) is one everywhere."""
        scan = search.scan
        for span in [s for s in search.found if not s.unit and not s.given and s.organization.area is None and s.confidence == OPEN]:
            name = scan.text[span.begin : span.end]
            at = scan.text.find(name) if len(name) >= _OWN_NAME else -1
            while at >= 0:
                if scan.bounds[at] and may_end(scan, at + len(name)):
                    search.put(replace(span, begin=at, end=at + len(name)))
                at = scan.text.find(name, at + len(name))

    def _standing(self, search: Search) -> None:
        """The bodies of the seeds, which need no area's name."""
        scan, taken = search.scan, search.taken
        for begin, end, body in sorted(scan.bodies, key=lambda h: (h[0], -h[1])):
            if self._of_a_group(search, end, body):
                continue
            if self._formal_prefix(search, end, body.name):
                taken[begin:end] = b"\1" * (end - begin)
                continue
            before = scan.word_before(begin)
            if before is not None and scan.text[before[0] : begin] in scan.levels:
                # 县 | 人民银行
                continue
            if self._inside(search, begin, end):
                continue
            if stands_apart(scan, begin, end) and begin not in search.setting.by_end:
                kind = self.lexicon.kinds.get(body.kind)
                org = Organization(body.name, body.name, None, body.kind, body.formal, body.forms, None, kind.public if kind else True)
                search.put(self.extents.extend(search, begin, end, org, True))

    def _inside(self, search: Search, begin: int, end: int) -> bool:
        """Whether a name goes around a standing body's: 民族大学 | 东盟学院, 某某大学食用菌 | 教育部工程研究中心, 安全 | 环保部."""
        before = search.scan.word_before(begin)
        if end - begin <= _SHORT and before is not None and before[1] in _NOUNS:
            return True
        if begin not in search.firms:
            # 国网某某供电公司安全 | 监察部: nor does it end the name of a firm's unit.
            left = left_edge(search.scan, begin, UNIT_WINDOW, search.setting)
            return not search.firms.isdisjoint(range(left + _OWN_NAME, begin))
        return self.extents.open_end(search, end, UNIT_WINDOW, 0) is not None

    def _formal_prefix(self, search: Search, end: int, name: str) -> bool:
        """Whether a body's name only begins that of a branch, which goes by the area's name: 国家税务总局 | 云冈区税务局."""
        area = search.setting.by_begin.get(end)
        while area is not None and area.end in search.setting.by_begin:
            area = search.setting.by_begin[area.end]
        if area is None:
            return False
        return any(less_one(name, search.scan.text[area.end : stop]) for stop, _ in search.scan.kinds.get(area.end, ()))

    def _of_a_group(self, search: Search, end: int, body: Body) -> bool:
        """Whether a group's name only begins that of its firm in an area: 国网 | 新化县供电公司."""
        area, kind = search.setting.by_begin.get(end), self.lexicon.kinds.get(body.kind)
        # 国家能源集团 | 宁夏煤业公司 goes on as it is.
        if area is None or kind is None or kind.public or end in search.firms:
            return False
        found = [k for stop, k in search.scan.kinds.get(area.end, ()) if may_end(search.scan, stop)]
        if not found and (named := self.extents.open_end(search, area.end, UNIT_WINDOW, 1)) is not None:
            found = [named[1]]
        return any(k.top == kind.top for k in found)

    def _contains_next(self, search: Search, area: AreaSpan) -> bool:
        """Whether the next area's name follows directly and lies inside: 浙江省 | 永康市. 新疆 | 塔河枣业 is no such case.

        Nor does a firm's name begin with what it stands in before its province's: 无锡市 | 江苏某某有限公司, 德清经开区 | 安徽某某厂.
        """
        inside = search.setting.by_begin.get(area.end)
        if inside is None or inside.area is None or area.area is None:
            return inside is not None
        if self.areas.ranks[inside.area] == RANK["province"] < RANK["county"] <= self.areas.ranks[area.area]:
            firm = self.extents.open_end(search, inside.end, WINDOW, 1)
            if firm is not None and firm[1].own_pages:
                return True
        return area.area in self.areas.chain(inside.area) or inside.area in self.areas.chain(area.area)

    def _in_full(self, search: Search, span: OrganizationSpan | None) -> OrganizationSpan | None:
        """A body with the name that the areas before its own make: 佛山市 | 高明区人民医院."""
        if span is None:
            return None
        body, text = span.organization, search.scan.text
        if not body.public:
            begin = search.setting.chain_begin(span.begin)
            begin = next((b for b, e, _ in search.scan.bodies if e == begin), begin)
            begin = self._brand(search.scan, begin) if begin == span.begin else begin
            if begin < span.begin and not text[begin : span.begin].endswith(self.areas.levels):
                # 三亚 | 崖州中心渔港有限公司, 国网 | 新化县供电公司, 中铁 | 上海工程局集团有限公司
                whole = body
                while whole.parent is not None:
                    whole = whole.parent
                printed = next((f for f in (whole.name, *whole.forms) if text.startswith(f, span.begin)), whole.name)
                return replace(span, begin=begin, organization=self.bodies.renamed(body, text[begin : span.begin] + printed))
        begin = search.setting.chain_begin(span.begin, full=True)
        head = next((b for b, e, _ in search.scan.bodies if e == begin), begin)
        if head == span.begin:
            return span
        # 国家税务总局 | 天津市北辰区税务局
        forms = dict.fromkeys((*body.forms, text[begin : span.begin] + body.name, text[begin : span.end], text[head : span.end]))
        return replace(span, organization=self.bodies.with_forms(body, tuple(form for form in forms if form != body.name)))

    def _brand(self, scan: Scan, at: int) -> int:
        """Where a firm's name begins whose group's goes before its area: 中铁 | 上海工程局, 海尔 | 青岛空调有限公司."""
        before = scan.word_before(at) if han(scan.text, at - 1) else None
        if before is None or at in scan.name_ends or at in scan.titles_by_end:
            return at
        named = before[1] in _BRANDED and at - before[0] >= _BRAND and not scan.cue_at.get(before[0])
        return before[0] if named or scan.text[before[0] : at] in self.brands else at

    def _after_area(self, search: Search, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        scan = search.scan
        other = self._level_word(search, begin, end, area)
        if other is not None:
            return self._after_area(search, *other)
        # 中共 | 衢州市衢江区 | 第五届委员会
        framed = self.frames.read(scan, search.setting.chain_begin(begin), end, area)
        if framed is not None:
            return self.extents.extend(search, framed.begin, framed.end, framed.organization, True)
        head = self.frames.head(scan, begin)
        if head < begin and area is not None:
            return self._branch(search, head, begin, end, area)
        behind = behind_former(scan, end)
        closed = self.extents.closed(scan, behind_session(scan, behind), area)
        printed = "" if closed is None else scan.text[begin:end] + scan.text[behind : closed[1]]
        if closed is None and (closed := self.extents.owned(scan, end, area)) is not None:
            printed = scan.text[begin:end] + scan.text[closed[0] : closed[1]]
        if closed is not None:
            start, stop, kind = closed
            org = self.bodies.make(kind, scan.text[start:stop], area) if area is not None else self.bodies.named(printed, None, kind)
            return self.extents.extend(search, begin, stop, self.bodies.called(org, printed), True)
        # 中国移动 | 德清分公司 is no branch of the firm before it.
        alone = not han(scan.text, begin - 1) or scan.text[begin - 1] in self.joiners
        if alone and scan.text.startswith(self.branches, end) and (branch := self.extents.branch(search, begin, end)) is not None:
            return branch
        found = self.extents.open_end(search, end, WINDOW, 1)
        word = scan.words.get(end)
        if found is None or (word is not None and word[0] < found[0] and counts(scan, end, word[0])):
            # 某街道 | 一家木器厂
            return None
        stop, kind = found
        if begin in (search.wholes if scan.text.startswith(self.branches, end) else search.firms if not kind.public else ()):
            # 某某集团有限公司 | 德州分公司, 高级人民法院 | 伊犁州分院: the whole's own, and read with it.
            return None
        words, printed = scan.text[end:stop], scan.text[begin:end]
        if area is None:
            return self.extents.extend(search, begin, stop, self.bodies.named(printed + words, None, kind), True)
        official = kind.public or printed in scan.levels or self.areas.area(area).level == "functional"
        name = self.areas.seat(area) + words if official else printed + words
        forms = [f for f in (printed + words,) if f != name]
        if any(level in words[1:-1] for level in self.lexicon.grassroots):
            forms.append(words)
        return self.extents.extend(search, begin, stop, self.bodies.with_forms(self.bodies.named(name, area, kind), tuple(forms)), True)

    def _level_word(self, search: Search, begin: int, end: int, area: str | None) -> tuple[int, int, str] | None:
        """The level word that says whose the body is and not the area's name beside it, and the area that it means.

        It stands behind a town in what contains it (林东镇 | 旗文化馆, but 镇 | 市场监管所), or before what begins a body's own
        name (县 | 武进实验学校).
        """
        scan = search.scan
        stop = scan.words.get(end, (end, ""))[0]
        for level in self.areas.levels_from(scan.text, end) if area is not None else ():
            above = next((code for code in self.areas.chain(str(area))[1:] if self.areas.has_level(code, level)), None)
            if above is not None and stop in (end, end + len(level)):
                return end, end + len(level), above
        for level in self.areas.levels_to(scan.text, begin) if begin not in search.setting.by_end else ():
            at = begin - len(level)
            before = scan.word_before(at)
            if clean_left(scan, at) or (before is not None and before[1].startswith(_LEADING)):
                meant = self.areas.level(level, search.setting, at)
                return None if meant is None else (at, begin, meant)
        return None

    def _branch(self, search: Search, head: int, begin: int, end: int, area: str) -> OrganizationSpan | None:
        """A branch whose name goes around its area's, by whatever end: 民建 | 如皋市 | 基层委员会, 九三学社 | 闽侯县 | 总支社."""
        scan = search.scan
        found = self.frames.branch(scan, scan.text[head:begin], end)
        closed = self.extents.closed(scan, end, area) if found is None else None
        found = found or ((closed[1], closed[2]) if closed is not None else self.extents.open_end(search, end, WINDOW, 1))
        if found is None:
            return None
        stop, kind = found
        named = self.bodies.named(scan.text[head:begin] + self.areas.seat(area) + scan.text[end:stop], area, kind)
        if named.name != scan.text[head:stop]:
            named = self.bodies.with_forms(named, (scan.text[head:stop],))
        return self.extents.extend(search, head, stop, named, True)

    def _paired(self, scan: Scan, p: int, area: str, levelled: bool = True) -> OrganizationSpan | None:
        """The second body of a pair that shares the area's name: 市委 | 市政府 (if ``levelled``), 旗委 | 政府."""
        if scan.text[p : p + 1] in self.joiners:
            p += 1
        for end, kind in scan.kinds.get(p, ()):
            cue = scan.text[p:end]
            shared = levelled and cue.startswith(self.areas.level_word(area)) and bool(kind.levels)
            plain = self.frames.own[cue] is None and (kind.short or "").startswith("{area}")
            if (shared or plain) and kind.part_of is None and may_end(scan, end):
                return OrganizationSpan(p, end, self.bodies.make(kind, cue, area), True)
        return None
