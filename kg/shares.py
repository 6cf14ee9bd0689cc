"""Of a visit and the meeting that went with it: who took part in which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.clauses import CLAUSE_STOPS
from kg.mentions import Scan
from kg.model import Participation

# Roles that behind the report of a meeting are still the meeting's.
_MEETING = ("attendee", "speaker", "chair", "signatory")
# The object of 参加 that its cue includes (座谈会) has at most so many characters.
_OBJECT = 3


def within(p: Participation, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether somebody has a role in one of some spans."""
    return any(begin <= p.end - 1 < end for begin, end in spans)


def of_visit(scan: Scan, occurrences: Iterable[Participation], meetings: Iterable[tuple[int, int]]) -> list[Participation]:
    """Those of a visit, beside which meetings are told of: not who is named at one, nor who only speaks or signs behind it."""
    kept = [p for p in occurrences if not within(p, _at_meetings(scan))]
    behind = [_tail(scan, end) for _, end in meetings]
    seen = {p.participant for p in kept if listed(p) or not within(p, behind)}
    return [p for p in kept if p.participant in seen]


def _at_meetings(scan: Scan) -> list[tuple[int, int]]:
    """The paragraphs that begin by saying that they tell of a meeting: 会上，甲通报了情况, 联席会议上，…"""
    out: list[tuple[int, int]] = []
    meetings: dict[int, list[int]] = {}
    for begin, end, done in scan.events:
        if done.cls == "Meeting" and not done.verb:
            meetings.setdefault(begin, []).append(end)
    for low, _ in scan.sentences:
        if low <= scan.article.body or scan.text[low - 1] != "\n":
            continue
        nouns = meetings.get(low, ())
        if scan.has_cue(low, "AtMeetingCue") or any(
            scan.has_cue(e, "EventSettingCue") and scan.text[e + 1 : e + 2] in CLAUSE_STOPS for e in nouns
        ):
            end = scan.text.find("\n", low)
            out.append((low, end if end >= 0 else len(scan.text)))
    return out


def _tours(scan: Scan) -> list[int]:
    """Where the words stand by which somebody goes somewhere."""
    went = [b for b, e, _ in scan.cues.get("MovementCue", ()) if e - b > 1]
    return went + [b for b, _, done in scan.events if done.verb and done.cls == "Inspection"]


def _tail(scan: Scan, end: int) -> tuple[int, int]:
    """The paragraphs behind a meeting's up to the next that tells of somebody going somewhere: they are of the meeting still."""
    begin, went = end, _tours(scan)
    while begin < len(scan.text):
        stop = scan.text.find("\n", begin + 1)
        stop = len(scan.text) if stop < 0 else stop
        if any(begin <= b < stop for b in went):
            break
        begin = stop
    return end, begin


def listed(p: Participation) -> bool:
    """Whether a predicate says that somebody was there: 甲参加活动."""
    return p.role == "attendee" and p.end - p.begin > len(str(p.participant))


def of_meeting(scan: Scan, occurrences: Iterable[Participation], begin: int, end: int) -> list[Participation]:
    """Those of a meeting reported from ``begin`` to ``end``: who acts there or behind it.

    Not so who is listed there for the visit alone, or only acts where a visit is told of.
    """
    classes, went, told = {b: done.cls for b, _, done in scan.events}, _tours(scan), [(begin, end), *_at_meetings(scan)]
    out: list[Participation] = []
    for p in occurrences:
        if within(p, told):
            out.append(p)
        elif p.begin >= end and p.role in _MEETING and _of(scan, classes, p) != {"Inspection"}:
            low = scan.text.rfind("\n", 0, p.begin)
            if listed(p) or not any(low <= b < p.begin for b in went):
                out.append(p)
    return out


def of_named_meeting(scan: Scan, occurrences: Iterable[Participation]) -> list[Participation]:
    """Those of a meeting that a visit's report only names (到某镇调研并主持召开座谈会): who chairs, and who is said to be at a meeting."""
    classes = {b: done.cls for b, _, done in scan.events}
    return [p for p in occurrences if p.role == "chair" or (listed(p) and _of(scan, classes, p) == {"Meeting"})]


def _of(scan: Scan, classes: Mapping[int, str], p: Participation) -> set[str]:
    """Which of the two a list names that ends with being there: 参加 | 调研, 出席 | 签约仪式."""
    found: set[str] = set()
    # 参加考察, 参加座谈会 are cues: their objects are looked at too.
    at, text = max(p.begin, p.end - _OBJECT), scan.text
    while p.role == "attendee" and at < len(text) and text[at] not in CLAUSE_STOPS:
        cls = classes.get(at)
        if cls is not None and cls != "Activity":
            found.add("Inspection" if cls == "Inspection" else "Meeting")
        elif found and scan.has_cue(at, "SpeechCue"):
            # 参加观摩 | 点评
            found.add("Meeting")
        at += 1
    return found
