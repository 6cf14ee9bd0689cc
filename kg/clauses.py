"""What the words around a possible event say of it: that it is held, goes on from another, is part of a name, is planned."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date

from kg.cues import EventType
from kg.dates import ANY_YEAR, Day
from kg.mentions import Scan, han
from kg.model import When
from kg.offsets import behind_last
from kg.predicates import Person

CLAUSE_STOPS = "，,；;。！？!?\n"
OPEN = CLAUSE_STOPS + "：:"
_BEFORE_CLAUSE = OPEN + " \u3000日）)"
_CLAUSE_ENDS = "，,；;。\n"
_OPENS, _CLAUSE_END, _APART = re.compile(f"[{OPEN}]"), re.compile(f"[{_CLAUSE_ENDS}]"), re.compile(f"[{OPEN}、“”]")
_BETWEEN = frozenset({"HoldingCue", "ListJoinerCue", "PossessiveCue", "LocativeCue", "DoubleEventCue"})
NEAR, _NAME = 8, 30
# A noun of so many characters (活动) names no event of its own.
_ANY = 2
_QUOTED_NAME = 9
_OPENING = 70
# A report tells of so many days behind its first.
_SOON = 7


def quotation(text: str, begin: int) -> bool:
    """Whether a sentence begins with somebody's words, and not with a name in marks: “八一”前夕."""
    return text[begin] == "“" and not 0 < text.find("”", begin) - begin <= _QUOTED_NAME


def goes_on(scan: Scan, low: int, begin: int) -> bool:
    """Whether a sentence goes on in time before an offset: 随后召开座谈会; 观摩结束后，召开点评会; 在甲地召开的座谈会上."""
    if scan.has_cue(begin - 1, "PossessiveCue") and any(e == begin - 1 for _, e, _ in scan.cues.get("HoldingCue", ())):
        return True
    if any(low <= b < begin for b, _, _ in scan.cues.get("FirstDayCue", ())):
        return True
    # 下午，座谈会在某县举行
    if low > scan.article.body and scan.text[low - 1] == "\n" and any(b == low for b, _, _ in scan.cues.get("HourCue", ())):
        return True
    return any(low <= b < begin and scan.text[e] in OPEN for b, e, _ in scan.cues.get("EventSettingCue", ()))


def further(scan: Scan, low: int, begin: int) -> bool:
    """Whether a sentence goes on to a further act before an offset: 考察茶园，并 | 召开座谈会, 到某镇调研 | 并召开座谈会."""
    visits = {e for _, e, done in scan.events if done.verb and done.cls == "Inspection"}
    return any(low < b < begin and (scan.text[b - 1] in OPEN or b in visits) for b, _, _ in scan.cues.get("FurtherCue", ()))


def recounted(scan: Scan, low: int, begin: int, end: int) -> bool:
    """Whether a paragraph begins by saying that it tells of a meeting: 在座谈会上， or 座谈会上， or 督办座谈会上，."""
    if low <= scan.article.body or scan.text[low - 1] != "\n" or begin - low > NEAR or _OPENS.search(scan.text, low, begin) is not None:
        return False
    return any(b == end and scan.text[e] in OPEN for b, e, _ in scan.cues.get("EventSettingCue", ()))


def several(scan: Scan, people: Iterable[Person], begin: int) -> bool:
    """Whether a paragraph names more than one person: 座谈会上，甲汇报了情况，乙提出建议, but not 座谈会上，甲强调."""
    end = scan.text.find("\n", begin)
    return len({p.name for p in people if begin <= p.begin < (end if end >= 0 else len(scan.text))}) > 1


def before_or_after(scan: Scan, low: int) -> bool:
    """Whether the paragraph around a sentence begins with what was before or after the event: 会前, 活动结束后."""
    begin = scan.text.rfind("\n", 0, low) + 1
    if begin <= scan.article.body:
        return False
    return any(begin <= b < begin + NEAR and _APART.search(scan.text, begin, b) is None for b, _, _ in scan.cues.get("SequelCue", ()))


def sequels(scan: Scan, cls: str) -> list[tuple[int, int]]:
    """What is told of a visit before or after an event: 仪式结束后，甲一行参观了展厅, up to the paragraph's end or 会上.

    Behind a meeting or ceremony 当天 tells of one too; an activity is what was done that day.
    """
    sequel = scan.cues.get("SequelCue", ())
    anew = {b for b, _, cue in scan.cues.get("FirstDayCue", ()) if cue.day is not None} if cls != "Activity" else frozenset[int]()
    out: list[tuple[int, int]] = []
    if not sequel and not anew:
        return out
    others = ("Inspection", "Activity") if cls == "Ceremony" else ("Inspection",)
    went = [b for b, _, done in scan.events if done.cls in others and (done.verb or done.cls == "Activity")]
    went += [b for b, _, _ in scan.cues.get("MovementCue", ())]
    for low, high in scan.sentences:
        if low <= scan.article.body:
            continue
        if low in anew or any(low <= b < low + NEAR and _APART.search(scan.text, low, b) is None for b, _, _ in sequel):
            if any(low <= b < high for b in went):
                out.append((low, high))
        elif out and out[-1][1] == low and scan.text[low] != "\n" and not scan.has_cue(low, "FirstDayCue"):
            out[-1] = (out[-1][0], high)
    return out


def begins_anew(scan: Scan, days: Iterable[Day], low: int, begin: int, same_day: bool) -> bool:
    """Whether a paragraph begins with a time of its own: 当天下午, 同日, or, unless ``same_day``, another day than the lead's.

    ``low`` is where its first sentence begins, ``begin`` where the event is said.
    """
    body = scan.article.body
    if low <= body or begin < low:
        return False
    if any(b == low and cue.day is not None for b, _, cue in scan.cues.get("FirstDayCue", ())):
        return True
    opening = min(begin, _first(scan.text, _CLAUSE_END, low) + NEAR)
    mine = next((d.when for d in days if low <= d.begin < opening), None)
    first = next((d.when for d in days if d.begin >= body), None)
    return not same_day and mine is not None and first is not None and _days_after(first, mine)


def _days_after(first: When, second: When) -> bool:
    """Whether a day comes a few days behind another, or within its span."""
    year = first.year or second.year or ANY_YEAR
    one, other = _day(first, year, first.month or 1), _day(second, second.year or year, second.month or first.month or 1)
    return one is not None and other is not None and second.end_day is None and 0 < (other - one).days <= _SOON


def _day(when: When, year: int, month: int) -> date | None:
    """None where no such day is: 30日 on a page of February."""
    return date(year, month, when.day) if when.day is not None and when.day <= monthrange(year, month)[1] else None


def by_others(scan: Scan, begin: int, end: int) -> bool:
    """Whether a verb only says by whom a thing was made (由第三方 | 暗访 | 拍摄的短片), or what for somebody came to a meeting."""
    if _at_a_meeting(scan, begin):
        return True
    agents = [b for b, _, _ in scan.cues.get("AgentCue", ()) if b < begin and scan.bounds[b]]
    if not agents or _CLAUSE_END.search(scan.text, max(agents), begin) is not None:
        return False
    right = _first(scan.text, _CLAUSE_END, end)
    return any(end <= b < right for b, _, _ in scan.cues.get("PossessiveCue", ()))


def _at_a_meeting(scan: Scan, begin: int) -> bool:
    """Whether a verb says what somebody does at a meeting that its sentence reports: 某镇召开调度会，…，某某到会 | 督导."""
    if not any(e == begin and w.role == "attendee" for _, e, w in scan.cues.get("RoleCue", ())):
        return False
    low = scan.sentence(begin)[0]
    held = min((e for b, e, _ in scan.cues.get("HoldingCue", ()) if low <= b and e <= begin), default=begin)
    return any(held <= b < begin and kind.cls == "Meeting" and not kind.verb for b, _, kind in scan.events)


def attribute(scan: Scan, end: int, following: tuple[int, int, EventType]) -> bool:
    """Whether a noun only says what kind of event the next noun names: 志愿服务季启动仪式."""
    begin, _, kind = following
    reach = NEAR
    if scan.text.startswith("”", end) and (kind.cls == "Ceremony" or (begin == end + 1 and following[1] - begin > _ANY)):
        # 第二届“大练兵、大比武” | 某片区劳动竞赛启动仪式, “两会” | 新闻发布会, but not “板凳会” | 活动
        end, reach = end + 1, _NAME
    if kind.verb or not 0 <= begin - end <= reach or _APART.search(scan.text, end, begin) is not None:
        return False
    for at in range(end, begin):
        for _, _, word in scan.cue_at.get(at, ()):
            if word.kind in _BETWEEN:
                return False
    return True


def first_halves(scan: Scan, hits: Sequence[tuple[int, int, EventType]]) -> set[int]:
    """Where nouns end of activities and fairs that a ceremony begins together with another: 劳动竞赛 | 暨技术比武启动仪式."""
    out: set[int] = set()
    for k, (_, end, kind) in enumerate(hits):
        if (kind.cls == "Activity" or kind.shown) and not kind.verb and scan.has_cue(end, "DoubleEventCue"):
            near = (b for b, _, other in hits[k + 1 : k + 4] if not other.verb and other.cls == "Ceremony" and b - end <= _NAME)
            out.update(end for b in near if _OPENS.search(scan.text, end, b) is None)
    return out


def joined(scan: Scan, begin: int, ends: Iterable[int]) -> bool:
    """Whether a noun only goes on with the name of one event: 开学典礼 | 暨“开学第一课”活动, 开工仪式某县分会场 | 活动.

    ``ends`` are those of all nouns.
    """
    venue = next((b for b, e, _ in scan.cues.get("DoubleEventCue", ()) if e == begin), -1)
    for end in ends:
        double = scan.has_cue(end, "DoubleEventCue") or end <= venue <= end + NEAR
        if double and 0 < begin - end <= _NAME and _OPENS.search(scan.text, end, begin) is None:
            return True
    return False


def inside_name(scan: Scan, begin: int, end: int, noun: int) -> bool:
    """Whether a verb stands in the name of what was held, up to the ``noun`` that follows: 召开安全检查动员会."""
    if noun - end > _NAME or _OPENS.search(scan.text, end, noun) is not None:
        return False
    left = behind_last(scan.text, OPEN, begin)
    for b, e, _ in scan.cues.get("HoldingCue", ()):
        if left <= b and e <= begin:
            return True
    return False


def is_held(scan: Scan, begin: int, end: int, kind: EventType) -> bool:
    low = scan.sentence(begin)[0] if kind.verb else 0
    holding = scan.cues.get("HoldingCue", ())
    before = [b for b, e, _ in holding if b >= low and e <= begin]
    if before and _CLAUSE_END.search(scan.text, max(before), begin) is None:
        return True
    if kind.verb:
        if kind.cls == "Inspection":
            for b, e, _ in scan.cues.get("MovementCue", ()):
                if b >= low and e <= begin:
                    return True
            # 带队来慰问的是甲
            return scan.has_cue(end, "ListingCue")
        return False
    if (kind.cls == "Meeting" and scan.has_cue(end, "AgentCue")) or presented(scan, begin):
        # 座谈会由甲主持
        return True
    # 活动，由县妇联组织
    right = _first(scan.text, _CLAUSE_END, end + (scan.text[end : end + 1] == "，" and scan.has_cue(end + 1, "AgentCue")))
    # 就换届选举等事宜进行 | 座谈: something else is held.
    begins = {b for b, _, _ in scan.events}
    for b, e, _ in holding:
        if end <= b < right and e not in begins:
            return True
    return False


def held_meetings(scan: Scan, spans: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those spans of bodies' names that end with a meeting's noun and name what was held, no body: 两地召开第三次联席会议."""
    nouns = sorted((b, e) for b, e, kind in scan.events if not kind.verb and kind.cls == "Meeting")
    ends = {e for _, e in nouns}
    return {span for span in spans if span[1] in ends and _meeting_held(scan, *span, nouns)}


def _meeting_held(scan: Scan, begin: int, end: int, nouns: Sequence[tuple[int, int]]) -> bool:
    holding = scan.cues.get("HoldingCue", ())
    left, right = behind_last(scan.text, _CLAUSE_ENDS, begin), _first(scan.text, _CLAUSE_END, end)
    if right == end and any(left <= b and e <= begin for b, e, _ in holding):
        return True
    if any(end < b < right for b, _ in nouns):
        # 某某联席会议召开全体会议: a body does.
        return False
    if scan.has_cue(end, "LocativeCue"):
        return any(end <= b < right for b, _, _ in holding)
    return scan.has_cue(end, "AgentCue") or any(b == end and e == right for b, e, _ in holding)


def presented(scan: Scan, begin: int) -> bool:
    """Whether a story that opens with a scene says here what it was: 这是某镇举办的擂台赛现场."""
    return "PresentationCue" in scan.cues and scan.has_cue(behind_last(scan.text, _CLAUSE_ENDS, begin), "PresentationCue")


def plans(scan: Scan, end: int) -> bool:
    """Whether a plan's word of one character (将, 拟) speaks of holding something or of a day, and not of a verb of its own."""
    near = range(end, end + 3)
    kinds = ("HoldingCue", "LocativeCue", "RelativeDayCue", "HourCue")
    return any(scan.text[k : k + 1].isdecimal() or scan.cue(k, *kinds) is not None for k in near)


def _first(text: str, mark: re.Pattern[str], at: int) -> int:
    """The first mark from an offset on, or the text's end."""
    match = mark.search(text, at)
    return match.start() if match is not None else len(text)


def news_begins(scan: Scan) -> int:
    """The text offset behind the dateline and the reporters' names at an article's beginning, or the body's begin."""
    body, text = scan.article.body, scan.text
    stop = min(len(text), body + _OPENING)
    hits = [hit for kind in ("DatelineCue", "ReporterCue") for hit in scan.cues.get(kind, ()) if body <= hit[0] < stop]
    stops = {e for _, e, _ in hits}
    # 第九次 | 视频 | 调度会: inside a phrase it is none. 电视 | 电话会议: a dateline's word of one character ends it.
    ends = [e for b, e, _ in hits if scan.bounds[b] and (not han(text, b - 1) or b in stops) and (e - b > 1 or not han(text, e))]
    # 某某在线10月20日讯
    ends += [e for b, e, _ in scan.cues.get("DispatchCue", ()) if body < b < stop and text[b - 1] == "日"]
    if not ends:
        return body
    sentence = text[body:stop]
    last = max(ends)
    closed = max(sentence.find("）", last - body), sentence.find(")", last - body))
    opened = max(sentence.rfind("（", 0, last - body), sentence.rfind("(", 0, last - body))
    return body + closed + 1 if opened >= 0 and closed >= 0 else last


def dateline_end(scan: Scan) -> int:
    """The text offset behind an article's dateline (某某新闻网5月8日讯), or the body's begin where it has none."""
    body, end = scan.article.body, news_begins(scan)
    return end if _first(scan.text, _CLAUSE_END, body) >= end else body


def begins_clause(scan: Scan, offset: int) -> bool:
    """Whether a clause begins at an offset, or behind a day or an hour that it begins with."""
    if scan.text[offset - 1 : offset] in _BEFORE_CLAUSE:
        return True
    hours = [e for kind in ("HourCue", "RelativeDayCue", "FirstDayCue", "DatelineCue") for _, e, _ in scan.cues.get(kind, ())]
    return offset in hours


def went_there(scan: Scan, offset: int) -> bool:
    """Whether somebody goes somewhere in the clause before an offset: 到某区某镇."""
    left = behind_last(scan.text, CLAUSE_STOPS, offset)
    return any(left <= b < offset for b, _, _ in scan.cues.get("MovementCue", ()))
