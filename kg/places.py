"""Where: administrative and functional areas in the text, and the place that an article is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg import locality
from kg.gazetteer import Area, Gazetteer
from kg.lexicon import Lexicon
from kg.locality import NOWHERE, RANK, Surroundings
from kg.mentions import Scan


@dataclass(frozen=True, slots=True)
class AreaSpan:
    """An area named in the text. ``area`` is None where several areas of one name cannot be told apart."""

    begin: int
    end: int
    area: str | None
    name: str
    full: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article is about, and every area in it."""

    spans: tuple[AreaSpan, ...]
    locality: str | None
    by_begin: Mapping[int, AreaSpan]
    by_end: Mapping[int, AreaSpan]


class AreaReader:
    """Reads the areas of articles; shared by all."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.gazetteer: Gazetteer = lexicon.gazetteer
        self.functional = tuple(sorted({n for n, s in lexicon.functional.items()}, key=len, reverse=True))
        self.short_functional = lexicon.functional
        self.levels = tuple(sorted({w for k in lexicon.kinds.values() for w in k.levels}, key=lambda w: (-len(w), w)))
        self.settlements = tuple(w for w in lexicon.grassroots if w not in self.levels)
        codes = [i for i in self.gazetteer.areas if i.isdigit() and len(i) in (2, 4)]
        by_size = {n: {self.gazetteer.areas[i].suffix for i in codes if len(i) == n} for n in (2, 4)}
        self.provincial = frozenset(by_size[2] - by_size[4])
        self._areas: dict[str, Area] = {}
        self._chains: dict[str, list[str]] = {}
        self._automaton, self._entries = lexicon.automaton, lexicon.entries

    def area(self, code: str) -> Area:
        """The area of a code. A functional area that no list has is made from its city and name."""
        found = self._areas.get(code)
        if found is None:
            found = self._areas[code] = self.gazetteer.areas[code] if code in self.gazetteer.areas else self._made(code)
        return found

    def _made(self, code: str) -> Area:
        parent, _, name = code.partition("/")
        stem = self.gazetteer.areas[parent].short if parent in self.gazetteer.areas else ""
        full = name if name.startswith(stem) else stem + name
        return Area(code, full, full, (name,), "functional", name[-1:], parent, None, None, None, False, False)

    def label(self, code: str) -> str:
        """The name by which an area is shown: of a functional area the usual one (郑州经开区)."""
        area = self.area(code)
        return area.short if area.level == "functional" else area.name

    def seat(self, code: str) -> str:
        """The area's name inside the names of its bodies: the usual form of an autonomous prefecture or county (甘孜州总工会)."""
        area = self.area(code)
        usual = area.level == "functional" or (len(area.name) > len(area.short) + 1 and area.short.endswith(area.suffix))
        return area.short if usual else area.name

    def level_word(self, code: str) -> str:
        """The level word with which the shown name ends: 区 for 浦东新区 and 经开区."""
        area = self.area(code)
        if area.level == "functional":
            return area.short[-1:]
        return area.suffix if area.suffix in self.levels or area.suffix[-1:] not in self.levels else area.suffix[-1:]

    def prefecture(self, code: str | None) -> str | None:
        """The prefecture of an area; the province itself for a municipality's districts and provincial areas."""
        if code is None:
            return None
        chain = self.chain(code)
        for c in chain:
            if self.area(c).level == "prefecture":
                return c
        return chain[-1] if chain else None

    def chain(self, code: str) -> list[str]:
        """An area and what contains it, up to the province."""
        out = self._chains.get(code)
        if out is None:
            out = []
            current: str | None = code
            while current is not None and current not in out and len(out) < 8:
                out.append(current)
                current = self.area(current).parent
            self._chains[code] = out
        return out

    def read(self, scan: Scan, around: Surroundings = NOWHERE) -> Setting:
        """The areas of an article, and what it is about."""
        context: dict[str, float] = defaultdict(float)
        for source in (around.outside, around.others):
            for code, weight in source.items():
                for above in self.chain(code):
                    context[above] += 0.5 * weight
        hits = self._accepted(scan, set(context))
        for _, _, ids, _ in hits:
            if len(ids) == 1:
                for code in self.chain(ids[0]):
                    context[code] += 1
        spans: list[AreaSpan] = []
        for begin, end, ids, full in hits:
            before = spans[-1].area if spans and spans[-1].end == begin else None
            spans.append(AreaSpan(begin, end, self._choose(ids, context, before), scan.text[begin:end], full))
        spans = self._functional_spans(scan, spans, context)
        about = locality.find(scan, spans, self, self.levels, around)
        return Setting(tuple(spans), about, {s.begin: s for s in spans}, {s.end: s for s in spans})

    def named_in(self, text: str) -> dict[str, float]:
        """The areas that a masthead, source line or imprint names, each once: nothing but their names and usual short forms."""
        hits = sorted({(b, -e, entry) for i, b, e in self._automaton.find_matches_as_indexes(text, overlapping=True)
                       for entry in self._entries[i] if isinstance(entry, tuple)})
        areas = self.gazetteer.areas
        out: dict[str, float] = {}
        last = 0
        for begin, end, ids in hits:
            current = tuple(i for i in ids if areas[i].current)
            full = tuple(i for i in current if areas[i].name == text[begin:-end])
            if begin < last or not current or not (full or begin == last or self._after_mark(text, begin)):
                continue
            if all(areas[i].risky if full else areas[i].short_risky for i in full or current):
                continue
            last = -end
            code = (full or current)[0]
            if RANK[self.area(code).level] >= 2:
                out[code] = locality.OUTSIDE
        return out

    def _accepted(self, scan: Scan, near: set[str]) -> list[tuple[int, int, tuple[str, ...], bool]]:
        """The hits that are areas, left to right: begin, end, codes, whether the full name. ``near`` are areas that the page speaks of.

        A full name counts unless it is an ordinary word too. A short name needs a word's end behind it, and that of a county something
        that speaks for it: its prefecture in the same article, a body or title behind it, or a word of movement before.
        """
        text, areas = scan.text, self.gazetteer.areas
        surely = near | {i for b, e, ids in scan.areas for i in ids if not areas[i].risky and areas[i].name == text[b:e]}
        around = {c for i in surely for c in self.chain(i) if RANK[self.area(c).level] >= RANK["prefecture"]}
        goals = {e for kind in ("MovementCue", "LocativeCue") for _, e, _ in scan.cues.get(kind, ())}
        picked: list[tuple[int, int, tuple[str, ...], bool]] = []
        last = 0
        for begin, end, ids in sorted(scan.areas, key=lambda h: (h[0], -h[1])):
            if begin < last:
                continue
            name = text[begin:end]
            if all(areas[i].suffix == name for i in ids):
                continue
            joined = bool(picked) and picked[-1][1] == begin
            full = tuple(i for i in ids if areas[i].name == name)
            use = full or ids
            if not (scan.bounds[begin] or joined or self._after_mark(text, begin) or (full and begin in goals)):
                continue
            if not full:
                if not self._short(scan, begin, end, ids, surely, around, joined or begin in goals):
                    continue
            elif not self._whole(scan, begin, end, any(c in around - set(full) for i in full for c in self.chain(i))):
                continue
            elif all(areas[i].risky for i in full):
                parents = {areas[i].parent for i in full}
                follows = joined and bool(parents & {c for i in picked[-1][2] for c in self.chain(i)})
                bodies = ((q, e, k) for q in (end, end - 1) for e, k in scan.kinds.get(q, ()))
                seated = any(e - end > 1 or end in scan.kinds for q, e, k in bodies if q == end or k.levels)
                if not follows and not seated and not (surely & {*parents, *full}):
                    continue
                use = tuple(i for i in full if areas[i].parent in surely or (joined and areas[i].parent in picked[-1][2])) or full
            picked.append((begin, end, use, bool(full)))
            last = end
        return picked

    def _short(self, scan: Scan, begin: int, end: int, ids: tuple[str, ...], surely: set[str], around: set[str], led: bool) -> bool:
        """Whether a short name stands for its area."""
        text, areas = scan.text, self.gazetteer.areas
        if any(text.startswith(w, end) for w in self.settlements):
            return False
        levels = any(areas[i].suffix == text[end : end + 1] for i in ids if end < len(text))
        if not (scan.bounds[end] or levels or end in scan.kinds or end - 1 in scan.kinds):
            return False
        body = end in scan.kinds
        if all(areas[i].short_risky for i in ids) and not (surely & set(ids) or (levels and body)):
            return False
        if any(areas[i].level not in ("county", "town") for i in ids):
            return True
        return led or body or levels or end in scan.titles_by_begin or any(c in around for i in ids for c in self.chain(i))

    def _whole(self, scan: Scan, begin: int, end: int, near: bool) -> bool:
        """Whether no word runs across the end of a full name (沿河乡|镇), and no preposition or verb ends inside it (会同|县)."""
        word = scan.words.get(end - 1)
        if word is not None and word[0] > end and scan.text[end : word[0]] in self.levels and end - 1 not in scan.kinds:
            return False
        word = scan.words.get(begin)
        return word is None or word[0] != end - 1 or not word[1].startswith(("p", "c", "d") if near else ("p", "c", "d", "v"))

    @staticmethod
    def _after_mark(text: str, begin: int) -> bool:
        return begin == 0 or not "\u4e00" <= text[begin - 1] <= "\u9fff"

    def _choose(self, ids: tuple[str, ...], context: Mapping[str, float], before: str | None) -> str | None:
        if len(ids) == 1:
            return ids[0]
        areas = self.gazetteer.areas
        inside = [i for i in ids if before is not None and before in self.chain(i)[1:]]
        pool = inside or list(ids)
        current = [i for i in pool if areas[i].until is None] or pool

        def weight(code: str) -> float:
            above = self.chain(code)[1:]
            return sum(context.get(c, 0.0) * (2.0 if RANK[areas[c].level] >= 3 else 1.0) for c in above) + context.get(code, 0.0)

        ranked = sorted(current, key=lambda i: (-weight(i), RANK[areas[i].level], i))
        first = ranked[0]
        if len(ranked) == 1:
            return first
        if weight(first) > weight(ranked[1]):
            return first
        if RANK[areas[first].level] < RANK[areas[ranked[1]].level]:
            return first
        return None

    def _functional_spans(self, scan: Scan, spans: list[AreaSpan], context: Mapping[str, float]) -> list[AreaSpan]:
        """经开区 and its kind: in the city named before it, else in the city of which the article speaks most."""
        text = scan.text
        cities: Counter[str] = Counter()
        for span in spans:
            if span.area is not None and RANK[self.area(span.area).level] >= 3:
                city = self.prefecture(span.area)
                if city:
                    cities[city] += 2
        for code, weight in context.items():
            if code in self.gazetteer.areas and self.area(code).level == "prefecture":
                cities[code] += weight  # type: ignore[assignment]
        top = max(sorted(cities), key=lambda c: cities[c], default=None)
        added = []
        taken = {k for s in spans for k in range(s.begin, s.end)}
        before = {s.end: s for s in spans}
        for begin, end, _ in sorted(scan.sites, key=lambda s: (s[0], -s[1])):
            short = self.short_functional.get(text[begin:end])
            if short is None or any(k in taken for k in range(begin, end)):
                continue
            prefix = before.get(begin)
            if prefix is None and not (scan.bounds[begin] or self._after_mark(text, begin)):
                continue
            printed = text[begin:end]
            meant = next((s.area for s in spans if prefix is None and s.area and s.name.endswith(printed) and s.name != printed), None)
            seat = prefix.area if prefix is not None and prefix.area else top
            if seat is None and meant is None:
                continue
            code = meant or self._functional_code(str(seat), short)
            if prefix is None and code not in self.gazetteer.areas and end not in scan.kinds:
                continue
            start = prefix.begin if prefix is not None else begin
            if prefix is not None:
                spans = [s for s in spans if s is not prefix]
            taken.update(range(begin, end))
            added.append(AreaSpan(start, end, code, text[start:end], True))
        return sorted([*spans, *added], key=lambda s: s.begin)

    def _functional_code(self, seat: str, short: str) -> str:
        for code in dict.fromkeys([seat, self.prefecture(seat) or seat]):
            stem = self.area(code).short
            for i in self.gazetteer.names.get(stem + short, ()):
                return i
        return f"{seat}/{short}"

    def level(self, word: str, locality: str | None, scan: Scan, setting_spans: Iterable[AreaSpan], offset: int,
              governed: bool = False) -> str | None:
        """The area that a bare level word (市, 区, 镇) means: the locality or what contains it, else the last one named before."""
        if locality is not None:
            for code in self.chain(locality):
                if self.has_level(code, word) and not (governed and self.area(code).level == "functional"):
                    return code
        last = None
        for span in setting_spans:
            if span.begin >= offset and last is not None:
                break
            if span.area is not None and self.has_level(span.area, word) and not (governed and self.area(span.area).level == "functional"):
                last = span.area
        return last

    def has_level(self, code: str, word: str) -> bool:
        """Whether an area is of the level that a word names; 省 and 自治区 both name what is not a municipality."""
        if word == self.level_word(code):
            return True
        area = self.area(code)
        return area.level == "province" and {word, area.suffix} <= self.provincial
