"""Where people went and what stands above an area: what they say of the place that an article is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kg.gazetteer import Area
from kg.mentions import Scan, han

# How much 我市 before a county says for the city, and a post of the city's before one of the county's; tuned on the development pages.
_SAID, _HELD = 6.0, 3.0
_PROVINCE = 2
# Names that differ do so in their first two characters.
_NAME = 2
_CLAUSE, _LISTED = "，。；：！？\n", "、"


class Span(Protocol):
    """An area named in the text."""

    @property
    def begin(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def area(self) -> str | None: ...
    @property
    def full(self) -> bool: ...


class Areas(Protocol):
    """What is known of areas by their codes."""

    @property
    def areas(self) -> Mapping[str, Area]: ...
    @property
    def chains(self) -> Mapping[str, list[str]]: ...
    @property
    def ranks(self) -> Mapping[str, int]: ...
    @property
    def level_words(self) -> Mapping[str, str]: ...
    @property
    def chain_words(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def levels(self) -> tuple[str, ...]: ...
    @property
    def prefectural(self) -> frozenset[str]: ...
    @property
    def level_starts(self) -> frozenset[str]: ...
    @property
    def level_stops(self) -> frozenset[str]: ...
    def levels_from(self, text: str, begin: int) -> Iterable[str]: ...
    def levels_to(self, text: str, end: int) -> Iterable[str]: ...


def visited(scan: Scan, spans: Sequence[Span], areas: Areas, places: Mapping[int, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The areas to which people of an unnamed area of the same level went: 副市长甲到乙市、丙市调研 is no news of 乙市.

    Beside them the provinces to which people of a lower level went: 市政协考察团赴山东.
    """
    goals = {e: b for b, e, _ in scan.cues.get("MovementCue", ())}
    if not any(span.begin in goals for span in spans):
        return frozenset(), frozenset()
    named = {b for b, e, _ in scan.suffixes if e - b > 1}
    out: set[str] = set()
    toured: set[str] = set()
    hosts: dict[int, list[str]] = {}
    listed: tuple[int, int] | None = None
    before: list[Span] = []
    begins = {s.begin: s.end for s in spans}
    held = {b for b, _, _ in scan.cues.get("HoldingCue", ())}
    # 甲县 | 召开, but not 赴甲市 | 开展
    holds = {s.end for s in spans if s.end in held and not han(scan.text, s.begin - 1)}
    for span in spans:
        going = goals.get(span.begin)
        # 江苏 | 苏州: who goes to the city goes to its province.
        before = [*before, span] if before and before[-1].end == span.begin else [span]
        if going is None and listed is not None and scan.text[listed[1] : span.begin] in ("", _LISTED):
            going = listed[0]
        listed = None if going is None else (going, span.end)
        # 到沁源 | 中学调研, 到桦甸市 | 浙江 | 商会走访: to a school or an association, not to the county.
        if going is None or (span.end in named and not span.full) or begins.get(span.end) in named:
            continue
        first = scan.sentence(span.begin)[0]
        # 甲市商务局联合市总工会赴甲市…: they are at home.
        # 乙市总工会开展活动。市人大常委会副主任甲到乙市人民医院慰问: nor is who was named before with a body of theirs, or held something.
        home = any(
            s.area == span.area and (first <= s.begin < going or (s.begin < first and (s.end in scan.kinds or s.end in holds)))
            for s in spans
        )
        words = [*[w for b, w in places.items() if first <= b < going], *_own(scan, areas, first)] if not home else []
        hosts.setdefault(going, []).append(str(span.area))
        if areas.level_words[str(span.area)] in words:
            out.update([str(s.area) for s in before if s.area is not None])
        elif words and areas.ranks[str(span.area)] == _PROVINCE and span.end not in begins and span.end not in scan.kinds:
            toured.add(str(span.area))
    for going, codes in hosts.items():
        # 甲市政协考察组到乙市、丙市: neither is theirs.
        guests = [s for s in spans if scan.sentence(going)[0] <= s.begin < going and s.end in scan.kinds and s.area not in codes]
        if len(set(codes)) > 1 and any(s.area is not None and areas.ranks[s.area] == areas.ranks[codes[0]] for s in guests):
            out.update(codes)
    return frozenset(out), frozenset(toured)


def _own(scan: Scan, areas: Areas, begin: int) -> list[str]:
    """The level word with which a sentence begins, as the name of a body does: 市 | 文旅集团赴某地."""
    stop = scan.words.get(begin, (begin, ""))[0]
    return [word for word in areas.levels_from(scan.text, begin) if begin + len(word) == stop]


def standing_above(scan: Scan, spans: Sequence[Span], areas: Areas, places: Mapping[int, str]) -> dict[str, float]:
    """What says that the article is about what contains an area: 我市龙州县; 市委常委、龙州县委书记."""
    found: dict[str, float] = {}
    selves = {e: cue.level for _, e, cue in scan.cues.get("SelfReferenceCue", ()) if cue.level is not None}
    for span in spans:
        word, weight = selves.get(span.begin), _SAID
        if word is None and scan.text[span.begin - 1 : span.begin] == _LISTED and span.begin - 1 in scan.titles_by_end:
            begin = max([b for b in places if scan.sentence(span.begin)[0] <= b < span.begin], default=-1)
            if begin >= 0 and not any(mark in scan.text[begin : span.begin] for mark in _CLAUSE):
                word, weight = places[begin], _HELD
        if word is not None and span.area is not None:
            higher = next((code for code in areas.chains[span.area][1:] if areas.level_words[code] == word), None)
            if higher is not None:
                found[higher] = found.get(higher, 0.0) + weight
    return found


def seated(scan: Scan, spans: Sequence[Span], areas: Areas, places: Mapping[int, str]) -> tuple[frozenset[str], frozenset[str]]:
    """The areas of which somebody holds a single seat whom the article has in it also without a name: 市委书记甲 and 某市委书记甲.

    Beside them those of which somebody else does: 市委书记甲 beside 某市委书记乙.
    """
    text = scan.text
    so: set[str] = set()
    otherwise: set[str] = set()
    kinds, titles = scan.kinds, scan.titles_by_begin
    for span in spans if places else ():
        end = span.end
        for at in [end - 1, *[e for q in (end - 1, end) for e, _ in kinds.get(q, ())]]:
            held = titles.get(at)
            if held is None or not held[1].single or not han(text, held[0]):
                continue
            word, stop = areas.level_words[str(span.area)], held[0]
            bare = [b for b, w in places.items() if w == word] if text.endswith(word, span.begin, end) else []
            seat = text[end - len(word) : stop]
            holders = {text[b + len(seat) :][:_NAME] for b in bare if text.startswith(seat, b) and han(text, b + len(seat))}
            if holders:
                (so if text[stop : stop + _NAME] in holders else otherwise).add(str(span.area))
    return frozenset(so), frozenset(otherwise)
