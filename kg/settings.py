"""Where: the administrative and functional areas named in each article of a page, and the place that each is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg import locality, partners, unsaid, zones
from kg.abbreviated import with_abbreviations
from kg.locality import Surroundings
from kg.mentions import Scan, han
from kg.places import AreaReader, AreaSpan, NameFacts, Setting, after_mark
from kg.wholenames import SHORTEST, headed, holds_seat, led, stands, whole

_PASSES = 2
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
        self._seated = {name.full[0] for b, e, name in risky if scan.bounds[b] and holds_seat(self.scan, self.areas, e, name)}
        self._named = [(b, -minus_end, name) for b, minus_end, name in named if not name.level]
        self._full_begins = {b for b, _, name in named if name.full and not name.level}
        self._goals = {e for kind in ("MovementCue", "LocativeCue") for _, e, _ in scan.cues.get(kind, ())}
        self._functional = sorted({(b, -e) for b, e, kind in scan.sites if kind.short is not None})
        self._zones = {b for b, _ in self._functional}
        self._towns = partners.listed_as_towns(scan, areas)
        # 三都 beside 三都镇 is the town and no county of that name.
        self._stems = {text[b : e - 1] for b, e, name in self._named if name.full and name.small and e - b > SHORTEST}
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
            # 从 | 望城区, whatever the segmentation makes of 从望
            behind = full and (begin in goals or (text[begin - 1] in scan.followers and areas[full[0]].level != "town"))
            if not (bounds[begin] or joined or after_mark(text, begin) or behind or (full and led(self.scan, self.areas, begin))):
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
            elif not whole(self.scan, self.areas, begin, end, full, not around.isdisjoint(name.above)):
                continue
            elif name.risky:
                follows = joined and not name.parents.isdisjoint(c for i in picked[-1][2] for c in chains[i])
                near_by = not around.isdisjoint(name.parents) or not surely.isdisjoint(full)
                alone = stands(self.scan, self.areas, self._goals, begin, end) or self._is_home(begin, end, full)
                if not (follows or holds_seat(self.scan, self.areas, end, name) or near_by or alone):
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
        known = (levels and body) or zone or seat or paper or headed(scan, end, name) or not surely.isdisjoint(name.ids)
        if name.short_risky and not known:
            return False
        # 赣榆 | 副区长, 赣榆 | 代 | 区长
        office = end in scan.titles_by_begin or end in scan.modifiers_by_begin
        return paper or not name.small or led or body or levels or office or not around.isdisjoint(name.chains)

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
