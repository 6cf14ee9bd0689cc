"""Where: the administrative and functional areas named in each article of a page, and the place that each is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import rjieba

from kg import locality, partners, unsaid, zones
from kg.abbreviated import with_abbreviations
from kg.locality import Surroundings
from kg.mentions import Scan, han
from kg.places import AreaReader, AreaSpan, NameFacts, Setting, after_mark

_PASSES = 2
_SHORTEST = 2
_TOGETHER = 0.4
_NOW = 9999
# Parts of speech of one character before a place's name that belong to a longer one: 北, 大.
_OF_NAMES = ("f", "ns", "nr", "n", "a", "b")
_Hit = tuple[int, int, tuple[str, ...], bool]


def of_page(scans: Sequence[Scan], shared: str, own: Sequence[str], areas: AreaReader) -> list[Setting]:
    """The areas of each article of a page.

    What the page says outside its articles (``shared``) and beside each (``own``), and the other articles, help where one is silent.
    """
    outside = areas.named_in(shared)
    readings = [_Reading(s, outside | areas.named_in(text), areas) for s, text in zip(scans, own, strict=True)]
    settings = [reading.decide({}) for reading in readings]
    for _ in range(_PASSES if len(scans) > 1 else 0):
        before = [s.locality for s in settings]
        about = Counter(c for code in before if code for c in areas.chains[code])
        for i, code in enumerate(before):
            mine = areas.chains[code] if code else ()
            others = sum(other is not None for k, other in enumerate(before) if k != i)
            # What less than half of the others are about says nothing: the page is not of one place.
            settings[i] = readings[i].decide({c: float(n - (c in mine)) for c, n in about.items() if 2 * (n - (c in mine)) > others})
        if before == [s.locality for s in settings]:
            break
    return settings


class _Reading:
    """One article: what its own words say is read once, what hangs on the other articles is decided again as they become known."""

    def __init__(self, scan: Scan, outside: dict[str, float], areas: AreaReader) -> None:
        self.scan, self.areas, self._outside = scan, areas, outside
        text, names = scan.text, areas.names
        named = sorted([(b, -e, names[text[b:e]]) for b, e, _ in scan.areas], key=lambda hit: hit[:2])
        self._sure = {i for _, _, name in named for i in name.sure}
        # 金山区融媒体中心: what is an ordinary word too is the area wherever it stands, once a body there is named.
        risky = [(b, -minus_end, name) for b, minus_end, name in named if name.risky and len(name.full) == 1]
        self._seated = {name.full[0] for b, e, name in risky if scan.bounds[b] and self._holds_seat(e, name)}
        self._named = [(b, -minus_end, name) for b, minus_end, name in named if not name.level]
        self._full_begins = {b for b, _, name in named if name.full and not name.level}
        self._goals = {e for kind in ("MovementCue", "LocativeCue") for _, e, _ in scan.cues.get(kind, ())}
        self._functional = sorted({(b, -e) for b, e, kind in scan.sites if kind.short is not None})
        self._zones = {b for b, _ in self._functional}
        self._towns = partners.listed_as_towns(scan, areas)
        # 三都 beside 三都镇 is the town and no county of that name.
        self._stems = {text[b : e - 1] for b, e, name in self._named if name.full and name.small and e - b > _SHORTEST}
        self._sites = {b for b, e, kind in scan.sites if e == b + 1}
        self._hits: list[_Hit] | None = None
        self._unnamed: set[str] | None = None
        self._others: dict[str, float] | None = None
        self._setting = Setting((), None, {}, {})
        self._evidence: locality.Evidence | None = None

    def decide(self, others: dict[str, float]) -> Setting:
        """The areas of the article, and what it is about, where the ``others`` of the page are about these."""
        if others == self._others:
            return self._setting
        self._others = others
        chains = self.areas.chains
        near = {c for source in (self._outside, others) for code in source for c in chains[code]}
        hits = self._accepted(near)
        context: dict[str, float] = {}
        if self._functional or any(len(ids) > 1 for _, _, ids, _ in hits):
            context = self._context(hits, others)
        elif hits == self._hits:
            # Every name has one meaning, whatever the others say: the same areas as before.
            return self._about(self._setting.spans, others)
        self._hits = hits
        spans: list[AreaSpan] = []
        text = self.scan.text
        for begin, end, ids, full in hits:
            before = spans[-1].area if spans and spans[-1].end == begin else None
            code = ids[0] if len(ids) == 1 else self._choose(ids, context, before)
            if code is None and full and self._known_by_name(begin, end, ids):
                code = text[begin:end]
            spans.append(AreaSpan(begin, end, code, text[begin:end], full))
        spans = with_abbreviations(self.scan, self.areas, spans)
        if self._functional:
            spans = zones.with_zones(self.scan, self.areas, self._functional, spans, context)
        return self._about(tuple(spans), others)

    def _about(self, spans: tuple[AreaSpan, ...], others: dict[str, float]) -> Setting:
        if self._evidence is None or spans != self._setting.spans:
            self._evidence = locality.Evidence(self.scan, spans, self.areas)
            self._setting = Setting(spans, None, {s.begin: s for s in spans}, {s.end: s for s in spans}, self._evidence.visited)
        found = self._setting
        about = self._evidence.about(Surroundings(self._outside, others))
        if about is None:
            about = unsaid.county(self.scan, self._named, self._evidence.votes, self.areas)
        if about != found.locality:
            self._setting = Setting(spans, about, found.by_begin, found.by_end, found.away)
        return self._setting

    def _context(self, hits: Sequence[_Hit], others: dict[str, float]) -> dict[str, float]:
        """How much the page speaks of each area."""
        context: dict[str, float] = defaultdict(float)
        areas, chains = self.areas.areas, self.areas.chains
        for source in (self._outside, others):
            for code, weight in source.items():
                for containing in chains[code]:
                    context[containing] += 0.5 * weight
        doubtful: set[tuple[str, ...]] = set()
        for _, _, ids, _ in hits:
            if len(ids) == 1:
                for code in chains[ids[0]]:
                    context[code] += 1
            else:
                doubtful.add(ids)
        # Towns of common names together: 双江街道, 人和街道, 凤鸣镇 are all in one county only.
        together: dict[str | None, int] = {}
        for ids in doubtful:
            for above in {areas[i].parent for i in ids}:
                together[above] = together.get(above, 0) + 1
        for parent, n in together.items():
            if parent is not None and n > 1:
                context[parent] += _TOGETHER * (n - 1)
        return context

    def _accepted(self, near: set[str]) -> list[_Hit]:
        """The hits that are areas, left to right: begin, end, codes, whether the full name. ``near`` are areas that the page speaks of.

        A full name counts unless it is an ordinary word too. A short name needs a word's end behind it, and that of a county something
        that speaks for it: its prefecture in the same article, a body or title behind it, or a word of movement before.
        """
        scan, goals, chains = self.scan, self._goals, self.areas.chains
        text, bounds, areas = scan.text, scan.bounds, self.areas.areas
        surely = near | self._sure | self._seated
        around = {c for i in surely for c in self.areas.firm_chains[i]}
        picked: list[_Hit] = []
        last = 0
        for begin, end, name in self._named:
            if begin < last:
                continue
            full, use = name.full, name.full or name.ids
            joined = bool(picked) and last == begin
            if not (bounds[begin] or joined or after_mark(text, begin) or (full and (begin in goals or self._led(begin)))):
                continue
            if partners.acts_with(scan, self._named, self.areas, (begin, end, name), near):
                continue
            if not full and not name.small and any(lo < begin < hi for lo, hi in self._towns):
                continue
            if not full:
                # 下马关镇 | 三山井村: no county is behind a town, its province may be (绥阳镇 | 贵州某某茶业有限公司).
                if joined and picked[-1][3] and all(areas[i].level == "town" and chains[i][-1] not in name.ids for i in picked[-1][2]):
                    continue
                # 绍兴 | 开元名都大酒店
                within = joined and not name.chains.isdisjoint(picked[-1][2])
                if not self._short(begin, end, name, surely, around, within or begin in goals):
                    continue
                use = self._of_level(end, name)
            elif not self._whole(begin, end, full, not around.isdisjoint(name.above)):
                continue
            elif name.risky:
                follows = joined and not name.parents.isdisjoint(c for i in picked[-1][2] for c in chains[i])
                near_by = not around.isdisjoint(name.parents) or not surely.isdisjoint(full)
                stands = self._stands(begin, end) or self._is_home(begin, end, full)
                if not (follows or self._holds_seat(end, name) or near_by or stands):
                    continue
                use = tuple(i for i in full if areas[i].parent in surely or (joined and areas[i].parent in picked[-1][2])) or full
            if begin in self._zones and (begin, -end) in self._functional:
                # 潜山 | 经济开发区: a zone without a name of its own is one of the area before it, or of one that is named.
                use = tuple(i for i in use if areas[i].parent in surely or (joined and areas[i].parent in picked[-1][2]))
                if not use:
                    continue
            picked.append((begin, end, use, bool(full)))
            last = end
        return picked

    def _holds_seat(self, end: int, name: NameFacts) -> bool:
        """Whether a body stands behind a full name. 高新技术产业园区 in a list of towns is one by its kind alone, and has none."""
        zone = name.suffixes.isdisjoint(self.areas.levels) and any(s[-1:] in self.areas.zone_ends for s in name.suffixes)
        kinds = self.scan.kinds
        bodies = ((q, e, k) for q in (end, end - 1) for e, k in kinds.get(q, ()))
        return not zone and any(e - end > 1 or end in kinds for q, e, k in bodies if q == end or k.levels)

    def _stands(self, begin: int, end: int) -> bool:
        """Whether a county of one character (文县) is named, a part of whatever words: by itself where a clause begins or in a list."""
        scan = self.scan
        alone = end - begin == _SHORTEST and scan.words.get(begin, (0, "")) == (end, "ns") and begin not in scan.cue_at
        level = scan.text[end - 1] in scan.levels - self.areas.zone_ends  # Not 池 | 北区、
        listed = level and (scan.text.startswith("、", end) or scan.text[begin - 1 : begin] in self.areas.joiners)
        return alone and (listed or after_mark(scan.text, begin) or begin in self._goals)

    def _known_by_name(self, begin: int, end: int, ids: Sequence[str]) -> bool:
        """Whether one of several areas of a name is what the name says, also where nothing says which: a county, the article's own town."""
        ranks = {self.areas.ranks[i] for i in ids}
        worded = self.scan.words.get(begin, (0, "v"))[1].startswith(("v", "d", "p", "c"))
        return ranks == {locality.RANK["county"]} or (ranks == {locality.RANK["town"]} and not worded and self._is_home(begin, end, ids))

    def _is_home(self, begin: int, end: int, full: Sequence[str]) -> bool:
        """Whether a county whose name is words too begins a clause of an article that says 全县 or 县委 without a name: its own."""
        scan, text = self.scan, self.scan.text
        if not (scan.bounds[begin] and scan.bounds[end] and (begin == 0 or after_mark(text, begin))):
            return False
        if self._unnamed is None:
            said = [e for _, e, _ in scan.cues.get("SelfReferenceCue", ())]
            bare = [b for b, hits in scan.kinds.items() if any(kind.levels for _, kind in hits) and after_mark(text, b)]
            self._unnamed = {w for e in said for w in self.areas.levels_to(text, e)} | {
                w for b in bare for w in self.areas.levels_from(text, b)
            }
        return any(self.areas.level_words[code] in self._unnamed for code in full)

    def _led(self, begin: int) -> bool:
        """Whether an offset stands inside what the segmentation knows as the name of a body, or behind a level word.

        中共 | 安徽省 | 委, 到县 | 整董镇.
        """
        start = self.scan.bounds.rfind(1, 0, begin)
        return self.scan.words.get(start, (0, ""))[1] == "nt" or (start == begin - 1 and self.scan.text[start] in self.areas.levels)

    def _of_level(self, end: int, name: NameFacts) -> tuple[str, ...]:
        """Of the areas of a short name those of the level that the body behind it has: 阿克苏 | 地委 is the prefecture's."""
        if len(name.ids) == 1 or end not in self.scan.kinds:
            return name.ids
        levels = {w for _, kind in self.scan.kinds[end] for w in kind.levels}
        levels = levels.intersection(self.areas.levels_from(self.scan.text, end)) or levels
        return tuple(i for i in name.ids if self.areas.level_words[i] in levels) or name.ids

    def _short(self, begin: int, end: int, name: NameFacts, surely: set[str], around: set[str], led: bool) -> bool:
        """Whether a short name stands for its area."""
        scan = self.scan
        text, kinds = scan.text, scan.kinds
        if text.startswith(self.areas.settlements, end) or (text[begin - 1 : begin] == "“" and text[end : end + 1] == "”"):
            # “祁连”品牌: a name that is called so.
            return False
        levels = text[end : end + 1] in name.suffixes if end < len(text) else False
        beside = text[begin:end] in self._stems and around.isdisjoint(name.chains)
        if (end in self._sites or beside) and not levels and surely.isdisjoint(name.ids):
            # 丰泽 | 路, 大冶 | 湖
            return False
        zone = end in self._zones
        body = end in kinds or zone
        # 江城县 | 整董镇, whatever the segmentation says
        if not (scan.bounds[end] or levels or body or end - 1 in kinds or end in self._full_begins):
            return False
        if begin - 1 in self._goals and (scan.word_before(begin) or (0, ""))[1].startswith(_OF_NAMES):
            # 到 | 北 | 马鞍山
            return False
        if begin in scan.titles_by_end and not (levels or body or end in scan.titles_by_begin or not han(text, end)):
            # 主任 | 许昌发到会
            return False
        # 百色 | 军分区
        seat = not name.small and any(k.ellipsis and not k.of_zones for e, k in kinds.get(end, ()) if (k.short or "").startswith("{area}"))
        # 昆山 | 网讯: whose outlet reports, at a line's begin.
        paper = after_mark(text, begin) and any(e > end + 1 and cue.kind == "DatelineCue" for _, e, cue in scan.cue_at.get(end, ()))
        if name.short_risky and not ((levels and body) or zone or seat or paper or not surely.isdisjoint(name.ids)):
            return False
        return paper or not name.small or led or body or levels or end in scan.titles_by_begin or not around.isdisjoint(name.chains)

    def _whole(self, begin: int, end: int, full: tuple[str, ...], near: bool) -> bool:
        """Whether no word runs across the end of a full name (沿河乡|镇; 代县|长), and no preposition or verb ends inside it (会同|县).

        Behind a town the level word of what contains it is that of a body there: 钟管镇 | 县文化馆.
        """
        scan = self.scan
        if end - begin == 2 and not near and begin and scan.text[begin] in self.areas.joiners and han(scan.text, begin - 1):
            # 省人大代表 | 和 | 县人大代表
            return False
        if end - begin == 2 and not near and any(stop == end - 1 for _, stop, _ in scan.cue_at.get(begin - 1, ())):
            # 拟任 | 县财政局局长
            return False
        title = scan.titles_by_begin.get(end - 1)
        if end - begin == 2 and title is not None and title[0] > end and end not in scan.titles_by_begin:
            return False
        word = scan.words.get(end - 1)
        provincial = end in scan.kinds and all(self.areas.ranks[code] == locality.RANK["province"] for code in full)
        whole = provincial or (word is not None and any(e >= word[0] for e, _ in scan.kinds.get(end, ())))
        if word is not None and word[0] > end and end - 1 not in scan.kinds and not whole:
            # 沿河乡 | 镇, 红旗 | 区队; 浙江 | 省林业厅 is 浙江省 | 林业厅, 那曲 | 市妇联 那曲市 | 妇联.
            other = not near and rjieba.has_word(scan.text[end - 1 : word[0]])
            level = scan.text[end : word[0]]
            above = self.areas.chains[full[0]][1:] if len(full) == 1 and self.areas.ranks[full[0]] == locality.RANK["town"] else ()
            if other or (level in self.areas.levels and level not in [self.areas.level_words[c] for c in above]):
                return False
        word = scan.words.get(begin)
        # 大同 | 镇 in its county; 都 | 镇
        leading = ("p", "c") if near and end - begin > _SHORTEST else ("p", "c", "d") if near else ("p", "c", "d", "v")
        ends = word is not None and word[0] == end - 1 and word[1].startswith(leading)
        # 大均 | 乡: a guess of the segmentation.
        return not ends or (end - begin > _SHORTEST and not rjieba.has_word(scan.text[begin : end - 1]))

    def _choose(self, ids: tuple[str, ...], context: Mapping[str, float], before: str | None) -> str | None:
        """The area that is meant of several with one name: inside the one named just before, else where the page speaks of most.

        Of those that are no more the last one to go.
        """
        areas, chains, ranks = self.areas.areas, self.areas.chains, self.areas.ranks
        # 沙县 | 凤岗街道: the towns are listed under the district that the county is today.
        heir = areas[before].successor if before is not None else None
        inside = [i for i in ids if before is not None and not {before, heir}.isdisjoint(chains[i][1:])]
        # 荆州 is the prefecture and not its district of that name, which is always said in full.
        pool = inside or [i for i in ids if ranks[i] != locality.RANK["county"] or set(ids).isdisjoint(chains[i][1:])]
        latest = max([areas[i].until or _NOW for i in pool])
        current = [i for i in pool if (areas[i].until or _NOW) == latest]
        if len(current) == 1:
            return current[0]
        first, second = sorted([(-self._weight(i, context), ranks[i], i) for i in current])[:2]
        return first[2] if first[:2] < second[:2] else None

    def _weight(self, code: str, context: Mapping[str, float]) -> float:
        """How much the page speaks of an area and what contains it, below the province twice as much."""
        ranks, weight = self.areas.ranks, 0.0
        for above in self.areas.chains[code][1:]:
            if above in context:
                weight += context[above] * (2.0 if ranks[above] >= 3 else 1.0)
        return weight + context.get(code, 0.0)
