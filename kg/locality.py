"""What an article is about: the area in which its elliptic words (市委, 区财政局, 我县) find what they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from kg.gazetteer import Area
from kg.mentions import Scan

RANK = {"country": 0, "foreign": 1, "region": 1, "province": 2, "prefecture": 3, "county": 4, "functional": 5, "town": 6}
# Weights tuned on the development pages.
_FULL, _SHORT, _REPEATS = 1.0, 0.6, 3.0
_HEADLINE, _LEAD, _GOAL = 2.0, 2.0, 1.0
_INNER_SHARE, _INNER_MOST = 0.4, 3.0
_EXPLAINS, _OWN, _VOTES_MOST, _CONTRADICTED = 1.0, 1.0, 4, 2.0
OUTSIDE = 2.0
_PRIOR, _PRIOR_MOST = 0.7, 2.0
_VISITOR, _TOWN, _PROVINCE = 0.15, 0.6, 0.5
_ENOUGH, _TOWN_NEWS = 1.2, 1.5
_CLAUSE, _CLAUSE_LENGTH = "，。；：！？\n", 60


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

    def area(self, code: str) -> Area: ...
    def chain(self, code: str) -> list[str]: ...
    def level_word(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page says around an article: areas in its source line and masthead, and what its other articles are about."""

    outside: Mapping[str, float]
    others: Mapping[str, float]


NOWHERE = Surroundings({}, {})


def find(scan: Scan, spans: Iterable[Span], areas: Areas, levels: Iterable[str], around: Surroundings) -> str | None:
    """The area that an article is about; None where too little says so.

    An area counts for where and how often it is named, for its towns and counties that are named, for the source line and the
    page; above all for the bare level words that find their area in it or in what contains it.
    """
    known = [s for s in spans if s.area is not None and RANK[areas.area(s.area).level] >= 2 and not scan.in_document(s.begin)]
    votes = _votes(scan, known, areas, tuple(levels))
    direct = _direct(scan, known, areas, around)
    score: dict[str, float] = defaultdict(float, direct)
    for code, weight in _inner(direct, areas).items():
        score[code] += min(_INNER_MOST, _INNER_SHARE * weight)
    for code in (*around.outside, *around.others):
        score[code] += 0.0
    headline = {s.area for s in known if s.end <= scan.article.body}
    best: tuple[float, int, str] | None = None
    for code in sorted(score):
        chain = areas.chain(code)
        words = [areas.level_word(c) for c in chain]
        total = score[code] + _EXPLAINS * sum(min(_VOTES_MOST, n) for w, n in votes.items() if w in words)
        total += min(_PRIOR_MOST, sum(around.outside.get(c, 0.0) for c in chain))
        total += min(_PRIOR_MOST, _PRIOR * sum(around.others.get(c, 0.0) for c in chain))
        own = votes.get(words[0], 0)
        total += _OWN * min(_VOTES_MOST, own)
        most = max((n for w, n in votes.items() if w in words[1:]), default=0)
        if areas.area(code).level == "town":
            its_own = own >= max(1, most) and (code in headline or not scan.article.body)
            total += _TOWN_NEWS if its_own else max(own - most - 1, -_VOTES_MOST)
        elif most > 3 * own + 1:
            total -= _CONTRADICTED
        rank = RANK[areas.area(code).level]
        if total >= _ENOUGH and (best is None or (total, rank, code) > best):
            best = (total, rank, code)
    return best[2] if best else None


def _inner(direct: Mapping[str, float], areas: Areas) -> dict[str, float]:
    """What the areas inside an area add to it: its towns all, of its counties and prefectures those beside the one named most."""
    branches: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for code, weight in direct.items():
        chain = areas.chain(code)
        for inside, above in pairwise(chain):
            branches[above][inside] += weight
    return {
        above: sum(inside.values()) - max((w for c, w in inside.items() if areas.area(c).level != "town"), default=0.0)
        for above, inside in branches.items()
    }


def _direct(scan: Scan, spans: list[Span], areas: Areas, around: Surroundings) -> dict[str, float]:
    """How much each area is named: often, in the headline, in the lead.

    A visitor's home, which its province's name introduces or a word of arrival follows, counts less.
    """
    article = scan.article
    lead = next((e for b, e in scan.sentences if b >= article.body and e - b > 8), article.body)
    home = {areas.chain(c)[-1] for c in (*around.outside, *around.others)}
    often: dict[str, float] = defaultdict(float)
    once: dict[tuple[str, str], float] = {}
    arrivals = [b for b, _, _ in scan.cues.get("ArrivalCue", ())]
    visitors = {s.area for s in spans for a in arrivals if s.end <= a and scan.sentence(a)[0] <= s.begin}
    last: Span | None = None
    led = False
    goals = {e for b, e, _ in scan.cues.get("MovementCue", ())}
    for span in spans:
        code = str(span.area)
        level = areas.area(code).level
        led = last is not None and last.end == span.begin and (led or areas.area(str(last.area)).level == "province")
        share = {"town": _TOWN, "province": _PROVINCE}.get(level, 1.0)
        if code in visitors or (led and home and areas.chain(code)[-1] not in home):
            share *= _VISITOR
        often[code] += share * (_FULL if span.full else _SHORT)
        if span.end <= article.body:
            once[code, "headline"] = max(once.get((code, "headline"), 0.0), share * _HEADLINE)
        elif span.begin < lead:
            share *= _FULL if span.full else _SHORT
            once[code, "lead"] = max(once.get((code, "lead"), 0.0), share * (_LEAD + (_GOAL if span.begin in goals else 0.0)))
        last = span
    out = {code: min(_REPEATS, weight) for code, weight in often.items()}
    for (code, _), weight in once.items():
        out[code] += weight
    return out


def _votes(scan: Scan, spans: list[Span], areas: Areas, levels: tuple[str, ...]) -> Counter[str]:
    """How often each level word stands for an area: 县委, 市财政局, 副区长, 我镇."""
    text = scan.text
    covered = bytearray(len(text) + 1)
    ends: dict[int, str] = {}
    for span in spans:
        covered[span.begin : span.end] = b"\1" * (span.end - span.begin)
        ends[span.end] = areas.level_word(str(span.area))
    places: dict[int, str] = {}
    for q, hits in scan.kinds.items():
        if covered[q] or q in ends:
            continue
        own = next((w for w in levels if text.startswith(w, q) and any(k.levels and e - q > len(w) for e, k in hits)), None)
        if own is not None:
            places[q] = own
            continue
        for w in levels:
            b = q - len(w)
            if b >= 0 and text.startswith(w, b) and scan.bounds[b] and not covered[b] and b not in ends:
                places[b] = w
                break
    for b, (_, title) in scan.titles_by_begin.items():
        if title.implies and not covered[b] and b not in ends:
            own = next((w for w in levels if text.startswith(w, b)), None)
            if own is not None:
                places[b] = own
    for b, _, _ in scan.cues.get("GroupTitleCue", ()):
        own = next((w for w in levels if text.startswith(w, b)), None)
        if own is not None and scan.bounds[b] and not covered[b] and b not in ends:
            places[b] = own
    votes: Counter[str] = Counter()
    for b, word in places.items():
        clause = max(text.rfind(mark, max(0, b - _CLAUSE_LENGTH), b) for mark in _CLAUSE)
        if not any(max(clause, b - _CLAUSE_LENGTH) < e <= b and w == word for e, w in ends.items()) and not scan.in_document(b):
            votes[word] += 1
    for b, _, cue in scan.cues.get("SelfReferenceCue", ()):
        if cue.level in levels and scan.bounds[b]:
            votes[str(cue.level)] += 1
    return votes
