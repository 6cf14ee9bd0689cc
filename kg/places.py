"""What is known of areas by their codes and names; the areas that a masthead names; what a bare level word means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from kg import locality
from kg.gazetteer import Area, Gazetteer
from kg.lexicon import Lexicon
from kg.locality import RANK
from kg.offsets import Affixes
from kg.values import dataclass

_Value = TypeVar("_Value")
# 矿区, 城区: so many characters with a district's last one are a word.
_PLAIN = 2

# The levels at which areas are autonomous and go by the level word alone too: 自治县, 县.
_AUTONOMOUS = ("prefecture", "county")


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
    """What an article is about, and every area in it; ``away`` are those to which people of an unnamed area went."""

    spans: tuple[AreaSpan, ...]
    locality: str | None
    by_begin: Mapping[int, AreaSpan]
    by_end: Mapping[int, AreaSpan]
    away: frozenset[str] = frozenset()

    def chain_begin(self, offset: int, full: bool = False) -> int:
        """Where the areas begin that stand one behind the other up to an offset; ``full``: those named in full alone."""
        while (before := self.by_end.get(offset)) is not None and (before.full or not full):
            offset = before.begin
        return offset


class Cache(dict[str, _Value]):
    """What a pure function gives, by its argument: a plain dict once asked, since these are asked for at every hit of every page."""

    def __init__(self, make: Callable[[str], _Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> _Value:
        value = self[key] = self._make(key)
        return value


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What is known of a name of areas whatever the text. ``ids`` are the areas of that name, ``full`` those whose full name it is.

    ``level`` where it is a level word by itself; ``sure`` are the areas in ``full`` that are no ordinary word; ``small`` where all
    are counties or towns; ``above`` what contains those in ``full``, ``chains`` all areas and what contains them.
    """

    ids: tuple[str, ...]
    full: tuple[str, ...]
    level: bool
    sure: tuple[str, ...]
    risky: bool
    short_risky: bool
    small: bool
    suffixes: frozenset[str]
    parents: frozenset[str | None]
    above: frozenset[str]
    chains: frozenset[str]


class AreaReader:
    """What is known of areas; shared by all articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.gazetteer: Gazetteer = lexicon.gazetteer
        self.functional = tuple(sorted({n for n, s in lexicon.functional.items()}, key=len, reverse=True))
        self.short_functional = lexicon.functional
        self.zone_ends = frozenset(word[-1] for word in self.functional)
        self.levels = tuple(sorted({w for k in lexicon.kinds.values() for w in k.levels}, key=lambda w: (-len(w), w)))
        self.joiners = frozenset(lexicon.of_kind("ListJoinerCue"))
        self.grounds = frozenset(lexicon.of_kind("GroundCue"))
        self.grassroots = lexicon.grassroots
        self.settlements = tuple(w for w in lexicon.grassroots if w not in self.levels)
        codes = [i for i in self.gazetteer.areas if i.isdigit() and len(i) in (2, 4)]
        by_size = {n: {self.gazetteer.areas.suffix(i) for i in codes if len(i) == n} for n in (2, 4)}
        counties = {self.gazetteer.areas.suffix(i) for i in self.gazetteer.areas if i.isdigit() and len(i) == 6}
        self.provincial = frozenset(by_size[2] - by_size[4])
        # Kinds of body that prefectures have and counties have not (中级人民法院), though a county may be a 市 too.
        self.prefectural = frozenset(
            k.name for k in lexicon.kinds.values() if by_size[4] >= set(k.levels) and not counties.issuperset(k.levels)
        )
        ends = lexicon.of_kind("CountyBodyCue")
        # Those that counties have and towns have not.
        self.of_no_town = frozenset(name for name, cues in lexicon.kind_cues.items() if min(cues, key=len).endswith(ends))
        self._automaton, self._entries = lexicon.automaton, lexicon.entries
        self.areas, self.chains, self.ranks = Cache(self._area), Cache(self._chain), Cache(self._rank)
        self.level_words, self.chain_words = Cache(self._level_word), Cache(self._chain_words)
        self.firm_chains, self.names = Cache(self._firm_chain), Cache(self._name)
        self._affixes = Affixes(self.levels)
        self.level_starts, self.level_stops = self._affixes.firsts, self._affixes.lasts

    def area(self, code: str) -> Area:
        """The area of a code. A functional area that no list has is made from its city and name; one of several of a name is it alone."""
        return self.areas[code]

    def _area(self, code: str) -> Area:
        return self.gazetteer.areas[code] if code in self.gazetteer.areas else self._made(code)

    def _made(self, code: str) -> Area:
        parent, _, name = code.partition("/")
        if not name:
            # 鼓楼区, of no city that the page names
            return replace(self.gazetteer.areas[self.gazetteer.names[code][0]], id=code, parent=None)
        stem = self.gazetteer.areas[parent].short if parent in self.gazetteer.areas else ""
        full = name if name.startswith(stem) else stem + name
        return Area(code, full, full, (name,), "functional", name[-1:], parent, None, None, None, False, False)

    def label(self, code: str) -> str:
        """The name by which an area is shown: of a functional area the usual one (合肥经开区)."""
        area = self.area(code)
        return area.short if area.level == "functional" else self._zone(area) or area.name

    def _zone(self, area: Area) -> str | None:
        """The name with its county's of a zone that is listed among the towns by its kind alone: 霍山 | 经济开发区."""
        if area.name not in self.short_functional or area.parent is None:
            return None
        return self.area(area.parent).short + area.name

    def seat(self, code: str) -> str:
        """The area's name inside the names of its bodies: the usual form of an autonomous prefecture or county (甘孜州总工会)."""
        area = self.area(code)
        usual = area.level == "functional" or (len(area.name) > len(area.short) + 1 and area.short.endswith(area.suffix))
        return area.short if usual else self._zone(area) or area.name

    def level_word(self, code: str) -> str:
        """The level word with which the shown name ends: 区 for 浦东新区 and 经开区."""
        return self.level_words[code]

    def _level_word(self, code: str) -> str:
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
        return self.chains[code]

    def _chain(self, code: str) -> list[str]:
        out: list[str] = []
        current: str | None = code
        while current is not None and current not in out and len(out) < 8:
            out.append(current)
            current = self.areas[current].parent
        return out

    def _firm_chain(self, code: str) -> tuple[str, ...]:
        """The part of an area's chain that says where its counties are: from the prefecture downwards."""
        return tuple(c for c in self.chains[code] if self.ranks[c] >= RANK["prefecture"])

    def _chain_words(self, code: str) -> tuple[str, ...]:
        """The level words of an area's chain."""
        return tuple(self.level_words[c] for c in self.chains[code])

    def _rank(self, code: str) -> int:
        return RANK[self.areas[code].level]

    def _name(self, name: str) -> NameFacts:
        ids = self.gazetteer.names[name]
        areas = [self.areas[i] for i in ids]
        # Every form of a town's name is a full one (白银纳乡), and the usual form of an autonomous county's (石柱县).
        usual = [a for a in areas if a.level == "town" or (name == a.short and name[-1:] == a.suffix[-1:])]
        full = tuple(a.id for a in areas if a.name == name or a in usual)
        return NameFacts(
            ids,
            full,
            all(a.suffix == name for a in areas),
            tuple(i for i in full if not self.areas[i].risky),
            all(self.areas[i].risky for i in full),
            all(a.short_risky for a in areas),
            all(a.level in ("county", "town") for a in areas),
            frozenset(a.suffix for a in areas),
            frozenset(self.areas[i].parent for i in full),
            frozenset(c for i in full for c in self.chains[i] if c not in full),
            frozenset(c for i in ids for c in self.chains[i]),
        )

    def levels_from(self, text: str, begin: int) -> Iterable[str]:
        """The level words that stand at an offset, longest first."""
        return self._affixes.at(text, begin)

    def levels_to(self, text: str, end: int) -> Iterable[str]:
        """The level words that end at an offset, longest first."""
        return self._affixes.before(text, end)

    def named_in(self, text: str) -> dict[str, float]:
        """The areas that a masthead, source line or imprint names, each once: nothing but their names and usual short forms."""
        hits = sorted(
            {
                (b, -e, entry)
                for i, b, e in self._automaton.find_matches_as_indexes(text, overlapping=True)
                for entry in self._entries[i]
                if isinstance(entry, tuple)
            }
        )
        areas = self.gazetteer.areas
        out: dict[str, float] = {}
        last = 0
        for begin, end, ids in hits:
            current = tuple(i for i in ids if areas[i].current)
            full = tuple(i for i in current if areas[i].name == text[begin:-end])
            if begin < last or not current or not (full or begin == last or after_mark(text, begin)):
                continue
            if all(areas[i].risky for i in full) if full else text[begin:-end] in self.gazetteer.risky:
                # 景县新闻 at a line's begin is the county's; 矿区新闻 is any.
                plain = -end - begin <= _PLAIN and text[-end - 1] in self.zone_ends
                if len(full) != 1 or plain or not after_mark(text, begin):
                    continue
            last = -end
            code = (full or current)[0]
            if RANK[self.area(code).level] >= 2:
                out[code] = locality.OUTSIDE
        return out

    def level(self, word: str, setting: Setting, offset: int, governed: bool = False) -> str | None:
        """The area that a bare level word (市, 区, 镇) means: the locality or what contains it, else the last one named before.

        None of those to which people of an unnamed area went.
        """
        if setting.locality is not None:
            for code in self.chain(setting.locality):
                if self._meant(code, word, governed):
                    return code
        last = region = None
        for span in setting.spans:
            if span.begin >= offset and last is not None:
                break
            if span.area is None or span.area in setting.away:
                continue
            if self._meant(span.area, word, governed):
                last = span.area
            elif self.ranks[span.area] == RANK["province"] and self.level_words[span.area].endswith(word):
                # 内蒙古自治区党委书记、| 区人大常委会主任, where no district is named
                region = span.area
        return last or region

    def _meant(self, code: str, word: str, governed: bool) -> bool:
        return self.has_level(code, word) and not (governed and self.area(code).level == "functional")

    def above(self, kind: str, code: str | None) -> str | None:
        """The area of a body of a kind: of one that only prefectures have the prefecture."""
        below = code is not None and kind in self.prefectural and self.ranks[code] > RANK["prefecture"]
        return self.prefecture(code) if below else code

    def off_towns(self, kind: str | None, code: str) -> str:
        """The area of a body that a list goes on with: of one that no town has what contains the town (镇长甲、| 财政局局长乙)."""
        while kind in self.of_no_town and self.ranks[code] == RANK["town"] and (parent := self.area(code).parent) is not None:
            code = parent
        return code

    def has_level(self, code: str, word: str) -> bool:
        """Whether an area is of the level that a word names; 省 and 自治区 both name what is not a municipality."""
        if word == self.level_word(code):
            return True
        area = self.area(code)
        if len(word) > 1 and area.level in _AUTONOMOUS and area.name.endswith(word):
            # 自治县 for 三江侗族自治县, of which 县 is said too
            return True
        return area.level == "province" and {word, area.suffix} <= self.provincial


def after_mark(text: str, begin: int) -> bool:
    """Whether no Chinese character stands before an offset."""
    return begin == 0 or not "\u4e00" <= text[begin - 1] <= "\u9fff"
