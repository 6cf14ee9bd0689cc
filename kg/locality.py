"""What an article is about: the area in which its elliptic words (市委, 区财政局, 我县) find what they mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.journeys import Areas, Span, seated, standing_above, visited
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
_ABOVE_MOST = 6.0
_SPACES = " \u3000\n"
_CLAUSE, _CLAUSE_LENGTH = "，。；：！？\n", 60


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page says around an article: areas in its source line and masthead, and what its other articles are about."""

    outside: Mapping[str, float]
    others: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Votes:
    """How often each level word stands for an area; those of bodies that only prefectures have (市中院); where they begin."""

    words: Counter[str]
    upper: set[str]
    places: Mapping[int, str]


class Evidence:
    """What an article's own words say of where it is: how much each area is named, and the votes of bare level words."""

    def __init__(self, scan: Scan, spans: Iterable[Span], areas: Areas) -> None:
        known = [s for s in spans if s.area is not None and areas.ranks[s.area] >= 2]
        if scan.documents:
            known = [s for s in known if not scan.in_document(s.begin)]
        self._scan, self._known, self._areas = scan, known, areas
        votes = _votes(scan, known, areas)
        self.votes, self._upper = votes.words, votes.upper
        self.visited, self._toured = visited(scan, known, areas, votes.places)
        self._visitors = {areas.chains[c][1] for c in self.visited if len(areas.chains[c]) > 1} if self.visited else set()
        self._headline = {s.area for s in known if s.end <= scan.article.body}
        self._led = _led(known, areas)
        self._roots = {areas.chains[code][-1] for code in self._led.values()}
        self._above = standing_above(scan, known, areas, votes.places)
        self._seated, self._elsewhere = seated(scan, known, areas, votes.places)
        self._strange: set[str] | None = None
        self._score: dict[str, float] = {}
        self._tallies: dict[tuple[str, ...], tuple[int, int, int]] = {}

    def _scores(self, around: Surroundings) -> dict[str, float]:
        """How much each area is named, with what is inside it."""
        chains = self._areas.chains
        home = {chains[c][-1] for source in (around.outside, around.others) for c in source}
        strange = self._roots - home if home else set()
        if strange != self._strange:
            self._strange = strange
            away = {begin for begin, code in self._led.items() if chains[code][-1] in strange}
            direct = _direct(self._scan, self._known, self._areas, away)
            self._score = defaultdict(float, direct)
            for code, weight in _inner(direct, self._areas).items():
                self._score[code] += min(_INNER_MOST, _INNER_SHARE * weight)
        return {**dict.fromkeys(around.outside, 0.0), **dict.fromkeys(around.others, 0.0), **self._score}

    def _tally(self, words: tuple[str, ...]) -> tuple[int, int, int]:
        """The votes that an area explains whose chain has these level words; those for itself; the most for one that contains it."""
        votes = self.votes
        found = self._tallies[words] = (
            sum([min(_VOTES_MOST, n) for w, n in votes.items() if w in words]),
            votes.get(words[0], 0),
            max([n for w, n in votes.items() if w in words[1:]], default=0),
        )
        return found

    def about(self, around: Surroundings) -> str | None:
        """The area that the article is about; None where too little says so.

        An area counts for where and how often it is named, for its towns and counties that are named, for the source line and the
        page; above all for the bare level words that find their area in it or in what contains it.
        """
        areas, tallies, outside, others = self._areas, self._tallies, around.outside, around.others
        # 赴山东学习考察 on a page of another province's.
        away = self._toured and any(areas.chains[code][-1] not in self._toured for code in (*outside, *others))
        best: tuple[float, int, str] | None = None
        chains, chain_words, ranks = areas.chains, areas.chain_words, areas.ranks
        for code, total in self._scores(around).items():
            chain, words, rank = chains[code], chain_words[code], ranks[code]
            explained, own, most = tallies.get(words) or self._tally(words)
            if code in self.visited:
                # 市文旅集团赴宜昌: its level word is not that of where they went.
                explained, own = explained - min(_VOTES_MOST, own), 0
            total += _EXPLAINS * explained + min(_ABOVE_MOST, self._above.get(code, 0.0))
            if outside:
                total += min(_PRIOR_MOST, sum([outside.get(c, 0.0) for c in chain]))
            if others:
                total += min(_PRIOR_MOST, _PRIOR * max([others.get(c, 0.0) for c in chain]))
            total += _OWN * min(_VOTES_MOST, own)
            if rank == RANK["town"]:
                its_own = own >= max(1, most) and (code in self._headline or not self._scan.article.body)
                total += _TOWN_NEWS if its_own else max(own - most - 1, -_VOTES_MOST)
            elif most > 3 * own + 1:
                total -= _CONTRADICTED
            if rank > RANK["prefecture"] and words[0] in self._upper:
                total -= _CONTRADICTED
            if code in self._elsewhere:
                total -= _VOTES_MOST
            elif code in self._seated:
                total += _VOTES_MOST
            if code in self.visited or (away and chain[-1] in self._toured):
                total -= 2 * _VOTES_MOST
            elif code in self._visitors:
                total += _VOTES_MOST
            if total >= _ENOUGH and (best is None or (total, rank, code) > best):
                best = (total, rank, code)
        return best[2] if best else None


def _inner(direct: Mapping[str, float], areas: Areas) -> dict[str, float]:
    """What the areas inside an area add to it: its towns all, of its counties and prefectures those beside the one named most."""
    branches: dict[str, dict[str, float]] = {}
    chains, ranks, town = areas.chains, areas.ranks, RANK["town"]
    for code, weight in direct.items():
        below = code
        for above in chains[code][1:]:
            inside = branches.setdefault(above, {})
            inside[below] = inside.get(below, 0.0) + weight
            below = above
    return {
        above: sum(inside.values()) - max([w for c, w in inside.items() if ranks[c] != town], default=0.0)
        for above, inside in branches.items()
    }


def _led(spans: Sequence[Span], areas: Areas) -> dict[int, str]:
    """The areas whose province's name introduces them, by where they begin."""
    out: dict[int, str] = {}
    last: Span | None = None
    for span in spans:
        if last is not None and last.end == span.begin and (last.begin in out or areas.ranks[str(last.area)] == RANK["province"]):
            out[span.begin] = str(span.area)
        last = span
    return out


def _direct(scan: Scan, spans: Sequence[Span], areas: Areas, away: set[int]) -> dict[str, float]:
    """How much each area is named: often, in the headline, in the lead.

    A visitor's home, which its province's name introduces (those that begin ``away``) or a word of arrival follows, counts less.
    """
    article = scan.article
    body = article.body
    lead = next((e for b, e in scan.sentences if b >= body and e - b > 8), body)
    often: dict[str, float] = defaultdict(float)
    once: dict[tuple[str, str], float] = {}
    arrivals = [(scan.sentence(b)[0], b) for b, _, _ in scan.cues.get("ArrivalCue", ())]
    # What stands in another line or half of the headline (贵德县融媒体中心 如东县代表团来我县) does not arrive.
    visitors = {s.area for s in spans for first, a in arrivals if s.end <= a and first <= s.begin and _arrives(scan, s.end, a)}
    goals = {e for b, e, _ in scan.cues.get("MovementCue", ())}
    for span in spans:
        code = str(span.area)
        rank = areas.ranks[code]
        share = _TOWN if rank == RANK["town"] else _PROVINCE if rank == RANK["province"] else 1.0
        if code in visitors or span.begin in away:
            share *= _VISITOR
        often[code] += share * (_FULL if span.full else _SHORT)
        if span.end <= body:
            once[code, "headline"] = max(once.get((code, "headline"), 0.0), share * _HEADLINE)
        elif span.begin < lead:
            share *= _FULL if span.full else _SHORT
            once[code, "lead"] = max(once.get((code, "lead"), 0.0), share * (_LEAD + (_GOAL if span.begin in goals else 0.0)))
    out = {code: min(_REPEATS, weight) for code, weight in often.items()}
    for (code, _), weight in once.items():
        out[code] += weight
    return out


def _arrives(scan: Scan, end: int, arrival: int) -> bool:
    """Whether it is those of the area that ends at an offset who arrive: those of its bodies, or who are named in the same clause."""
    between = scan.text[end:arrival]
    clause = not any(mark in between for mark in _CLAUSE)
    return not any(space in between for space in _SPACES) and (clause or end in scan.kinds or end in scan.titles_by_begin)


def _votes(scan: Scan, spans: Sequence[Span], areas: Areas) -> _Votes:
    """The level words that stand for an area: 县委, 市财政局, 副区长, 我镇."""
    text, bounds, levels_from = scan.text, scan.bounds, areas.levels_from
    starts, stops, prefectural = areas.level_starts, areas.level_stops, areas.prefectural
    covered = bytearray(len(text) + 1)
    ends: dict[int, str] = {}
    for span in spans:
        begin, end = span.begin, span.end
        for q in range(begin, end):
            covered[q] = 1
        ends[end] = areas.level_words[str(span.area)]
    places: dict[int, str] = {}
    upper: set[str] = set()
    for q, hits in scan.kinds.items():
        if covered[q] or q in ends:
            continue
        own = [w for w in levels_from(text, q) if any(k.levels and e - q > len(w) for e, k in hits)] if text[q] in starts else ()
        b, word = q, own[0] if own else ""
        if not own and q and text[q - 1] in stops:
            before = [w for w in areas.levels_to(text, q) if bounds[q - len(w)] and not covered[q - len(w)] and q - len(w) not in ends]
            word = before[0] if before else ""
            b = q - len(word)
        if word:
            places[b] = word
            if any(k.name in prefectural for _, k in hits):
                upper.add(word)
    titles = [b for b, (_, title) in scan.titles_by_begin.items() if title.implies]
    for b in (*titles, *(b for b, _, _ in scan.cues.get("GroupTitleCue", ()) if bounds[b])):
        if text[b] in starts and not covered[b] and b not in ends:
            for w in levels_from(text, b):
                places[b] = w
                break
    votes: Counter[str] = Counter()
    named = set(ends.values())
    for b, word in places.items():
        # A level word close behind an area of that level is a part of its body's name and no vote.
        near = max([e for e, w in ends.items() if b - _CLAUSE_LENGTH < e <= b and w == word], default=-1) if word in named else -1
        if near >= 0 and near > max([text.rfind(mark, max(0, b - _CLAUSE_LENGTH), b) for mark in _CLAUSE]):
            continue
        if not scan.in_document(b):
            votes[word] += 1
    for b, _, cue in scan.cues.get("SelfReferenceCue", ()):
        if cue.level in areas.levels and bounds[b]:
            votes[str(cue.level)] += 1
    return _Votes(votes, upper, places)
