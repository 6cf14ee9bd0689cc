"""Which words of an article report an event: what speaks for each, the main one and the one beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.cues import EventType
from kg.dates import Day
from kg.extents import OrganizationSpan
from kg.mentions import Scan, behind_last
from kg.predicates import Person

_OPEN = "，,；;。！？!?\n：:"
_CLAUSE_ENDS = "，,；;。\n"
_OPENS, _CLAUSE_END, _APART = re.compile(f"[{_OPEN}]"), re.compile(f"[{_CLAUSE_ENDS}]"), re.compile(f"[{_OPEN}、“”]")
_BETWEEN = frozenset({"HoldingCue", "ListJoinerCue", "PossessiveCue", "LocativeCue"})
# A candidate must be held, dated, led or in the headline; the weights were tuned on the development pages.
_THRESHOLD = 2.5
_SECOND = 6.0
_LATER, _LATER_SECOND = 1.0, 5.0
# What speaks for a meeting that follows on a visit; what speaks against a noun that only says where something was said (座谈会上).
_FOLLOWING, _SETTING, _SETTING_DATED = 1.5, 2.5, 1.0
_NEAR, _NAME = 8, 30
# 据悉。 and its like say nothing.
_SENTENCE = 8
# The sentences in which a report says what happened, and those in which a story that opens with scenes does.
LEAD, STORY = 3, 8
# What such a story's event needs: nothing else in it is one.
STORY_BAR = 0.7


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may report an event, and how much speaks for it."""

    begin: int
    end: int
    type: EventType
    score: float
    held: bool
    later: bool = False
    follows: bool = False


def lead(scan: Scan, reach: int | None = LEAD) -> list[tuple[int, int]]:
    """The first ``reach`` sentences of some length, or all of them."""
    return [s for s in scan.sentences if s[0] >= scan.article.body and s[1] - s[0] > _SENTENCE][:reach]


def candidates(scan: Scan, bodies: Sequence[OrganizationSpan], people: Sequence[Person], days: Sequence[Day],
               reach: int = LEAD) -> list[Candidate]:
    """All words of the headline, the lead (``reach`` sentences) and the later paragraphs that may report an event, in order."""
    body = scan.article.body
    # A story that opens with a quotation says in the sentence behind it what happened.
    opening = [s for s in lead(scan, None) if scan.text[s[0]] != "“"][:reach]
    hits = _outer(scan.events)
    nouns = [begin for begin, _, kind in hits if not kind.verb]
    # 第二次联席会议举行: a body that is held is none.
    covers = [(s.begin, s.end) for s in bodies if not scan.has_cue(s.end, "HoldingCue")]
    covers += [(b, e) for b, e, _ in scan.cues.get("MaskCue", ())]
    out = []
    for k, (begin, end, kind) in enumerate(hits):
        if scan.in_document(begin) or _covered(begin, end, covers):
            continue
        if kind.verb:
            if scan.has_cue(end, "AttributiveCue") and not scan.has_cue(end, "PossessiveCue"):
                # 调研 | 组, 反馈巡察 | 情况
                continue
            nth = bisect_right(nouns, begin)
            noun = nouns[nth] if nth < len(nouns) else None
            if noun is not None and (noun <= end or _inside_name(scan, begin, end, noun)):
                continue
        elif k + 1 < len(hits) and _attribute(scan, end, hits[k + 1]):
            continue
        sentence = scan.sentence(begin)
        dated = begin >= body and _starts_within(days, sentence[0], begin)
        held = _held(scan, begin, end, kind)
        zone = _zone(scan, begin, body, opening)
        later = zone is None
        follows = held and kind.cls == "Meeting" and not kind.verb and begin >= body and _follows(scan, sentence[0], begin)
        if zone is None:
            if not held or kind.verb or not (follows or (dated and scan.text[sentence[0] - 1] == "\n")):
                continue
            zone = _LATER
        if follows:
            zone += 0.0 if dated else _FOLLOWING
            zone += _SETTING if scan.has_cue(end, "EventSettingCue") else 0.0
        score = zone + _context(scan, begin, end, kind, people, bodies, dated, held)
        score += (3.0 if held else 0.0) + (1.5 if dated else 0.0)
        out.append(Candidate(begin, end, kind, score, held, later, follows))
    heads = {c.type.cls for c in out if c.begin < body}
    named = {scan.text[c.begin : c.end] for c in out if c.begin < body}
    for i, c in enumerate(out):
        if c.begin >= body:
            bonus = (2.0 if c.type.cls in heads else 0.0) + (1.0 if scan.text[c.begin : c.end] in named else 0.0)
            out[i] = replace(c, score=c.score + bonus)
    return _opened(scan, out)


def _follows(scan: Scan, low: int, begin: int) -> bool:
    """Whether a sentence goes on in time before an offset: 随后召开座谈会; 观摩结束后，召开点评会; 在甲地召开的座谈会上."""
    if scan.has_cue(begin - 1, "PossessiveCue") and any(e == begin - 1 for _, e, _ in scan.cues.get("HoldingCue", ())):
        return True
    if any(low <= b < begin for b, _, _ in scan.cues.get("FirstDayCue", ())):
        return True
    return any(low <= b < begin and scan.text[e] in _OPEN for b, e, _ in scan.cues.get("EventSettingCue", ()))


def dispatched(scan: Scan) -> list[Candidate]:
    """An inspection that only the team's coming reports: 督查组来到某镇, 随机抽取 …"""
    first = lead(scan)
    moves = sorted(b for b, _, _ in scan.cues.get("MovementCue", ()))
    kinds = {b: kind for b, _, kind in scan.events if kind.verb and kind.cls == "Inspection"}
    for begin, end, _ in sorted(scan.cues.get("TeamCue", ()), key=lambda hit: hit[0]):
        move = next((m for m in moves if end <= m <= end + _NEAR), None)
        if (
            begin in kinds
            and move is not None
            and any(b <= begin < e for b, e in first)
            and not any(c in _OPEN for c in scan.text[end:move])
        ):
            return [Candidate(begin, end, kinds[begin], _THRESHOLD, True)]
    return []


def _attribute(scan: Scan, end: int, following: tuple[int, int, EventType]) -> bool:
    """Whether a noun only says what kind of event the next noun names: 志愿服务季启动仪式."""
    begin, _, kind = following
    if kind.verb or not 0 <= begin - end <= _NEAR or _APART.search(scan.text, end, begin) is not None:
        return False
    for at in range(end, begin):
        for _, _, word in scan.cue_at.get(at, ()):
            if word.kind in _BETWEEN:
                return False
    return True


def _inside_name(scan: Scan, begin: int, end: int, noun: int) -> bool:
    """Whether a verb stands in the name of what was held, up to the ``noun`` that follows: 召开安全检查动员会."""
    if noun - end > _NAME or _OPENS.search(scan.text, end, noun) is not None:
        return False
    left = behind_last(scan.text, _OPEN, begin)
    for b, e, _ in scan.cues.get("HoldingCue", ()):
        if left <= b and e <= begin:
            return True
    return False


def _opened(scan: Scan, candidates: list[Candidate]) -> list[Candidate]:
    """A meeting that opened or closed is the meeting, and held: 大会在甲地闭幕."""
    out = list(candidates)
    for i, c in enumerate(candidates):
        if not c.type.verb or c.type.cls != "Ceremony" or scan.text[c.end : c.end + 1] not in _OPEN:
            continue
        sentence = scan.sentence(c.begin)
        for k, m in enumerate(candidates[:i]):
            if m.type.cls == "Meeting" and m.begin >= sentence[0] and not m.type.verb and not m.held:
                out[k], out[i] = replace(m, score=m.score + 3.0, held=True), replace(c, score=c.score - 4.0)
                break
    return out


def _zone(scan: Scan, begin: int, body: int, lead: Sequence[tuple[int, int]]) -> float | None:
    if begin < body:
        headline = scan.article.headline
        return 2.0 if headline and headline[0] <= begin < headline[1] else 0.5
    for k, (b, e) in enumerate(lead):
        if b <= begin < e:
            return (3.0, 1.5, 0.5)[min(k, 2)] - min(1.5, (begin - b) / 120)
    return None


def _held(scan: Scan, begin: int, end: int, kind: EventType) -> bool:
    left = behind_last(scan.text, _CLAUSE_ENDS, begin)
    low = scan.sentence(begin)[0] if kind.verb else left
    holding = scan.cues.get("HoldingCue", ())
    for b, e, _ in holding:
        if b >= left and b >= low and e <= begin:
            return True
    if kind.verb:
        if kind.cls == "Inspection":
            for b, e, _ in scan.cues.get("MovementCue", ()):
                if b >= low and e <= begin:
                    return True
        return False
    if (kind.cls == "Meeting" and scan.has_cue(end, "AgentCue")) or _presented(scan, begin):
        # 座谈会由甲主持
        return True
    right = _first(scan.text, _CLAUSE_END, end)
    for b, _, _ in holding:
        if end <= b < right:
            return True
    return False


def _presented(scan: Scan, begin: int) -> bool:
    """Whether a story that opens with a scene says here what it was: 这是某镇举办的擂台赛现场."""
    return scan.has_cue(behind_last(scan.text, _CLAUSE_ENDS, begin), "PresentationCue")


def _context(scan: Scan, begin: int, end: int, kind: EventType, people: Sequence[Person], bodies: Sequence[OrganizationSpan],
             dated: bool, held: bool) -> float:
    text = scan.text
    score = 0.0
    sentence = scan.sentence(begin)
    for b, e, _ in scan.cues.get("PlanCue", ()):
        if sentence[0] <= b and e <= begin and (e - b > 1 or (scan.bounds[b] and _plans(scan, e))):
            score -= 7.0 if begin - e < 30 else 1.0
    for b, e, _ in scan.cues.get("RecallCue", ()):
        if sentence[0] <= b and e <= begin and e - b > 1:
            score -= 3.0
    if not kind.verb:
        if text[begin - 1 : begin] in _OPEN or begin == 0:
            score -= 2.0
        elif any(e == begin for b, e, _ in scan.cues.get("RoleCue", ())) and _starts_within(people, sentence[0], begin):
            # 甲、乙出席座谈会: who was there says that it was held.
            score += 2.5
        if scan.has_cue(end, "EventSettingCue") and not _presented(scan, begin):
            # 分红大会上 may be any; a day of its own says that it was held.
            score -= _SETTING_DATED if dated else _SETTING
        # In a quotation somebody speaks of it; a quoted name ends with it: 开起了“板凳会”.
        named = held and text.startswith("”", end)
        if not named and text.rfind("“", sentence[0], begin) > text.rfind("”", sentence[0], begin):
            score -= 2.0
        return score
    if _starts_within(people, sentence[0], begin) or _starts_within(bodies, sentence[0], begin):
        score += 1.5
    if not scan.bounds[end] or scan.has_cue(end, "AttributiveCue"):
        score -= 2.0
    if not scan.bounds[begin]:
        score -= 2.0
    return score


def choose(candidates: Sequence[Candidate], bar: float = _THRESHOLD) -> list[Candidate]:
    """The main event; one of another class beside it; one that a later paragraph dates by itself."""
    ranked = sorted(candidates, key=lambda c: (c.later, -c.score, c.begin))
    if not ranked or ranked[0].score < bar or ranked[0].later:
        return []
    chosen = [ranked[0]]
    for other in ranked[1:]:
        near = (other.begin < chosen[0].begin and chosen[0].begin - other.end < 16) or chosen[0].begin <= other.begin < chosen[0].end
        if near or other.type.cls in {c.type.cls for c in chosen} or not other.held or other.type.verb:
            continue
        least = _THRESHOLD if other.follows else _LATER_SECOND if other.later else _SECOND
        if other.score >= least and not any(c.later == other.later for c in chosen[1:]):
            chosen.append(other)
    return chosen


class _Begins(Protocol):
    """What has a place in the text."""

    @property
    def begin(self) -> int: ...


def _plans(scan: Scan, end: int) -> bool:
    """Whether a plan's word of one character (将, 拟) speaks of holding something or of a day, and not of a verb of its own."""
    near = range(end, end + 3)
    kinds = ("HoldingCue", "LocativeCue", "RelativeDayCue", "HourCue")
    return any(scan.text[k : k + 1].isdecimal() or scan.cue(k, *kinds) is not None for k in near)


def _starts_within(things: Iterable[_Begins], low: int, high: int) -> bool:
    for thing in things:
        if low <= thing.begin < high:
            return True
    return False


def _covered(begin: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    for low, high in spans:
        if low <= begin and end <= high:
            return True
    return False


def _first(text: str, mark: re.Pattern[str], at: int) -> int:
    """The first mark from an offset on, or the text's end."""
    match = mark.search(text, at)
    return match.start() if match is not None else len(text)


def _outer(hits: Iterable[tuple[int, int, EventType]]) -> list[tuple[int, int, EventType]]:
    """Hits that no longer hit covers."""
    out: list[tuple[int, int, EventType]] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if out and hit[1] <= out[-1][1]:
            continue
        if out and hit[0] < out[-1][1] and hit[1] > out[-1][1] and not hit[2].verb:
            out[-1] = (out[-1][0], hit[1], hit[2])
            continue
        out.append(hit)
    return out
