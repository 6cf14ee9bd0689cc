"""Which words of an article may report an event, and what speaks for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from kg.clauses import (
    OPEN,
    attribute,
    before_or_after,
    begins_anew,
    by_others,
    first_halves,
    further,
    goes_on,
    inside_name,
    is_held,
    joined,
    plans,
    presented,
    quotation,
    recounted,
    several,
    went_there,
)
from kg.cues import EventType
from kg.dates import Day
from kg.mentions import Scan
from kg.predicates import Person
from kg.searches import OrganizationSpan
from kg.values import dataclass

# What speaks for words of a later paragraph, and for a meeting that follows on a visit; the weights were tuned on the development pages.
# What speaks against a noun that only says where something was said (座谈会上).
_LATER, FOLLOWING, _SETTING, _SETTING_DATED = 1.0, 1.5, 2.5, 1.0
# How much a noun loses that nothing stands before; words that only name what opened or closed, or the opening of a meeting.
_ISOLATED, _CEDED = 2.0, 4.0
# Classes of second events that a verb alone may report; a sentence that says something has more characters than 据悉。
_SECOND_VERBS, _SENTENCE = ("Inspection", "Meeting", "Ceremony"), 8
_GENERIC = 2  # 活动, 比赛: nouns that name no event of their own.
# The sentences in which a report says what happened, and those in which a story that opens with scenes does.
LEAD, STORY = 3, 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may report an event, and how much speaks for it; ``apart``: one of two meetings that the headline names,
    or one that a paragraph with a time of its own tells of.
    """

    begin: int
    end: int
    type: EventType
    score: float
    held: bool
    later: bool = False
    follows: bool = False
    apart: bool = False
    sentence: int = 0


def lead(scan: Scan, reach: int | None = LEAD) -> list[tuple[int, int]]:
    """The first ``reach`` sentences of some length, or all of them."""
    return [s for s in scan.sentences if s[0] >= scan.article.body and s[1] - s[0] > _SENTENCE][:reach]


def candidates(
    scan: Scan, bodies: Sequence[OrganizationSpan], people: Sequence[Person], days: Sequence[Day], reach: int = LEAD
) -> list[Candidate]:
    """All words of the headline, the lead (``reach`` sentences) and the later paragraphs that may report an event, in order."""
    body = scan.article.body
    # A story that opens with a quotation says in the sentence behind it what happened.
    opening = [s for s in lead(scan, None) if not quotation(scan.text, s[0])][:reach]
    # 召 | 开会 | 商会: the end of a verb of holding begins none.
    inside = {at for b, e, _ in scan.cues.get("HoldingCue", ()) for at in range(b + 1, e)}
    hits = _outer([hit for hit in scan.events if hit[0] not in inside])
    nouns = [begin for begin, _, kind in hits if not kind.verb]
    halves = first_halves(scan, hits) if "DoubleEventCue" in scan.cues else set()
    ends = [end for _, end, kind in hits if not kind.verb and end not in halves] if "DoubleEventCue" in scan.cues else []
    covers = [(s.begin, s.end) for s in bodies]
    covers += [(b, e) for b, e, _ in scan.cues.get("MaskCue", ())]
    out: list[Candidate] = []
    for k, (begin, end, kind) in enumerate(hits):
        if scan.in_document(begin) or _covered(begin, end, covers):
            continue
        if kind.verb:
            if scan.has_cue(end, "AttributiveCue") and not scan.has_cue(end, "PossessiveCue"):
                # 调研 | 组, 反馈巡察 | 情况
                continue
            if by_others(scan, begin, end):
                continue
            nth = bisect_right(nouns, begin)
            noun = nouns[nth] if nth < len(nouns) else None
            if noun is not None and (noun <= end or inside_name(scan, begin, end, noun)):
                continue
        elif end in halves or (k + 1 < len(hits) and attribute(scan, end, hits[k + 1])) or joined(scan, begin, ends):
            continue
        sentence = scan.sentence(begin)
        dated = begin >= body and _starts_within(days, sentence[0], begin)
        held = is_held(scan, begin, end, kind)
        zone = _zone(scan, begin, body, opening)
        later = zone is None
        paragraph = scan.text[sentence[0] - 1] == "\n"
        alike = any(c.type.cls == kind.cls and not c.later for c in out)
        anew = paragraph and held and begins_anew(scan, days, sentence[0], begin, alike and not kind.verb)
        if kind.verb:
            # 会前，甲到某处察看; 13日下午，甲会见客人
            begun = kind.cls in _SECOND_VERBS and begin >= body and _starts_within(people, sentence[0], begin)
            anew = anew and begun and kind.cls == "Inspection" and not (alike and _known(people, sentence[0]))
            follows = anew or (begun and (paragraph and dated and later if kind.cls == "Meeting" else before_or_after(scan, sentence[0])))
            # 当晚，双方举行了座谈
            follows = follows or (kind.cls == "Meeting" and begin >= body and held and goes_on(scan, sentence[0], begin))
        else:
            follows = (
                kind.cls == "Meeting"
                and begin >= body
                and (
                    (held and ((dated and paragraph and sentence[0] > body) or goes_on(scan, sentence[0], begin)))
                    or (
                        recounted(scan, sentence[0], begin, end)
                        and (scan.has_cue(sentence[0], "LocativeCue") or several(scan, people, begin))
                    )
                )
            )
        if zone is None:
            if not follows and (kind.verb or not held or not (dated and paragraph)):
                continue
            zone = _LATER
        if follows and not kind.verb:
            zone = max(zone, _LATER) + (0.0 if dated else FOLLOWING)
            zone += _SETTING if scan.has_cue(end, "EventSettingCue") else 0.0
            zone += _ISOLATED if paragraph and begin == sentence[0] else 0.0
        score = zone + _context(scan, begin, end, kind, people, bodies, dated, held)
        score += (3.0 if held else 0.0) + (1.5 if dated else 0.0)
        if kind.cls == "Meeting" and begin >= body and further(scan, sentence[0], begin):
            # 考察某地，并召开座谈会
            score -= _CEDED if any(c.type.cls == "Inspection" and c.begin >= sentence[0] for c in out) else 0.0
        out.append(Candidate(begin, end, kind, score, held, later, follows, anew and follows, sentence[0]))
    if halves:
        # 推介会暨签约仪式 … 当天的推介会: the half that stands alone is the whole.
        words = {scan.text[b:e] for b, e, _ in hits if e in halves}
        out = [replace(c, score=c.score - _CEDED) if scan.text[c.begin : c.end] in words else c for c in out]
    heads = {c.type.cls for c in out if c.begin < body}
    # 县委常委会会议、深改委会议召开
    two = sum(c.begin < body and c.type.cls == "Meeting" and not c.type.verb for c in out) > 1
    named = {scan.text[c.begin : c.end] for c in out if c.begin < body}
    for i, c in enumerate(out):
        if c.begin >= body:
            bonus = (2.0 if c.type.cls in heads else 0.0) + (1.0 if scan.text[c.begin : c.end] in named else 0.0)
            other = c.apart or (two and c.later and c.held and c.follows and c.type.cls == "Meeting" and not c.type.verb)
            out[i] = replace(c, score=c.score + bonus, apart=other) if bonus or other else c
    return _opened(scan, [_gone(scan, c, out) for c in out])


def _gone(scan: Scan, candidate: Candidate, all_of_them: Sequence[Candidate]) -> Candidate:
    """An activity that somebody went to an area for is the visit that the headline names: 赴绍兴考察 … 率团赴绍兴开展交流活动."""
    c, body = candidate, scan.article.body
    if c.type.verb or c.type.cls != "Activity" or c.end - c.begin > _GENERIC or c.begin < body or not went_there(scan, c.begin):
        return c
    head = next((h.type for h in all_of_them if h.begin < body and h.type.verb and h.type.cls == "Inspection"), None)
    return c if head is None else replace(c, type=EventType(head.name, head.cls, False))


def _opened(scan: Scan, candidates: list[Candidate]) -> list[Candidate]:
    """A meeting that opened or closed is the meeting, and held: 大会在甲地闭幕; a fair or festival that did is its ceremony: 博览会开幕."""
    out = list(candidates)
    for i, c in enumerate(candidates):
        if not c.type.verb or c.type.cls != "Ceremony" or scan.text[c.end : c.end + 1] not in OPEN:
            continue
        low = scan.sentence(c.begin)[0]
        before = [
            k
            for k, m in enumerate(candidates[:i])
            if m.begin >= low and not m.type.verb and (m.type.cls == "Meeting" or m.type.shown or _says(scan, c, m))
        ]
        if not before:
            continue
        first = candidates[before[0]]
        if first.type.cls == "Meeting" and not first.held:
            out[before[0]], out[i] = replace(first, score=first.score + 3.0, held=True), replace(c, score=c.score - _CEDED)
        elif first.type.cls != "Meeting" and (_says(scan, c, first) or _headed(candidates, first, scan.article.body)):
            out[before[0]] = replace(first, score=max(first.score, c.score), held=True)
            out[i] = replace(c, score=c.score - _CEDED)
        elif first.type.shown and c.begin >= scan.article.body:
            out[i] = replace(c, score=max(c.score, first.score), held=True)
            # 某文化节在某地开幕。本届文化节由县委宣传部主办
            again = [k for k in range(i + 1, len(candidates)) if candidates[k].type == first.type]
            for k in (*before, *again):
                out[k] = replace(candidates[k], score=candidates[k].score - _CEDED)
    return out


def _says(scan: Scan, verb: Candidate, noun: Candidate) -> bool:
    """Whether a verb names again what opened: 培训班在某地 | 开班, but not 活动 | 启动."""
    return noun.type.cls == "Activity" and noun.end - noun.begin > _GENERIC and scan.text[noun.end - 1] == scan.text[verb.end - 1]


def _headed(candidates: Sequence[Candidate], noun: Candidate, body: int) -> bool:
    """Whether the headline says that what opened was held, and not that it opened: 某校举行科技节."""
    heads = [c for c in candidates if c.begin < body]
    return any(c.type.name == noun.type.name and c.held for c in heads) and all(c.type.cls != "Ceremony" for c in heads)


def _zone(scan: Scan, begin: int, body: int, lead: Sequence[tuple[int, int]]) -> float | None:
    if begin < body:
        headline = scan.article.headline
        return 2.0 if headline and headline[0] <= begin < headline[1] else 0.5
    for k, (b, e) in enumerate(lead):
        if b <= begin < e:
            return (3.0, 1.5, 0.5)[min(k, 2)] - min(1.5, (begin - b) / 120)
    return None


def _context(
    scan: Scan, begin: int, end: int, kind: EventType, people: Sequence[Person], bodies: Sequence[OrganizationSpan], dated: bool, held: bool
) -> float:
    text = scan.text
    score = 0.0
    sentence = scan.sentence(begin)
    for b, e, _ in scan.cues.get("PlanCue", ()):
        if sentence[0] <= b and e <= begin and (e - b > 1 or (scan.bounds[b] and plans(scan, e))) and not _in_marks(text, b, begin):
            score -= 7.0 if begin - e < 30 else 1.0
    # 开展建市以来最大的演练: behind the verb it belongs to the name.
    holding = [b for b, e, _ in scan.cues.get("HoldingCue", ()) if sentence[0] <= b and e <= begin]
    for b, e, _ in scan.cues.get("RecallCue", ()):
        if sentence[0] <= b and e <= begin and e - b > 1 and (not holding or b < max(holding)):
            score -= 3.0
    if not kind.verb:
        if text[begin - 1 : begin] in OPEN or begin == 0:
            score -= _ISOLATED
        elif any(e == begin for b, e, _ in scan.cues.get("RoleCue", ())) and _starts_within(people, sentence[0], begin):
            # 甲、乙出席座谈会: who was there says that it was held.
            score += 2.5
        if scan.has_cue(end, "PossessiveCue") and any(body.begin == end + 1 for body in bodies):
            # 会见了正在某县开展“送服务”活动 | 的省电力公司总经理甲
            score -= _CEDED
        if scan.has_cue(end, "EventSettingCue") and not presented(scan, begin):
            # 分红大会上 may be any; a day of its own says that it was held.
            score -= _SETTING_DATED if dated else _SETTING
        # In a quotation somebody speaks of it; a quoted name ends with it: 开起了“板凳会”.
        named = held and text.startswith("”", end)
        if not named and text.rfind("“", sentence[0], begin) > text.rfind("”", sentence[0], begin):
            score -= 2.0
        return score
    if _starts_within(people, sentence[0], begin) or _starts_within(bodies, sentence[0], begin):
        score += 1.5
    if kind.cls == "Ceremony" and scan.has_cue(end, "EventSettingCue"):
        # 全国“两会”闭幕后，甲接受采访
        score -= _SETTING
    if not scan.bounds[end] or (scan.has_cue(end, "AttributiveCue") and not scan.has_cue(end, "ListingCue")):
        score -= 2.0
    if not scan.bounds[begin]:
        score -= 2.0
    return score


def _in_marks(text: str, at: int, begin: int) -> bool:
    """Whether an offset stands in a name in marks that closes before another: 参加“共护未来”主题活动."""
    close = text.find("”", at, begin)
    return close >= 0 and text.rfind("“", 0, at) > text.rfind("”", 0, at)


class _Begins(Protocol):
    """What has a place in the text."""

    @property
    def begin(self) -> int: ...


def _known(people: Sequence[Person], low: int) -> bool:
    """Whether the first person named from an offset on was named before."""
    first = min((p for p in people if p.begin >= low), key=lambda p: p.begin, default=None)
    return first is not None and any(p.name == first.name and p.begin < low for p in people)


def _starts_within(things: Iterable[_Begins], low: int, high: int) -> bool:
    return any(low <= thing.begin < high for thing in things)


def _covered(begin: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(low <= begin and end <= high for low, high in spans)


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
