"""Which of the words that may report an event do: the main one and the one beside it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.candidates import FOLLOWING, Candidate

# A candidate must be held, dated, led or in the headline; the bars were tuned on the development pages.
THRESHOLD, _TOLD, _SECOND, _LATER_SECOND = 2.5, 1.5, 6.0, 5.0
# What the event of a story that opens with scenes needs; what speaks for a visit that a sentence before a meeting's reports.
STORY_BAR, _VISIT = 0.7, 5.5
# A noun of so many characters (活动) names no event of its own.
_ANY = 2


def _told(ranked: Sequence[Candidate], body: int) -> Candidate:
    """The best candidate; where that is in the headline, the words of the text that report the same, wherever those are held."""
    best = ranked[0]
    if best.begin >= body:
        return best
    alike = [c for c in ranked if c.begin >= body and c.type.name == best.type.name and c.score >= _TOLD]
    return next((c for c in alike if not c.later), next((c for c in alike if c.held and not c.type.verb), best))


def choose(candidates: Sequence[Candidate], body: int, bar: float = THRESHOLD) -> list[Candidate]:
    """The main event; one of another class beside it; one that a later paragraph dates by itself."""
    ranked = sorted(candidates, key=lambda c: (c.later, -c.score, c.begin))
    if not ranked or ranked[0].score < bar or ranked[0].later:
        return []
    chosen = [_told(ranked, body)]
    visit = _visit_before(chosen[0], candidates, body)
    if visit is not None:
        return [visit, chosen[0]]
    for other in ranked[1:]:
        near = (other.begin < chosen[0].begin and chosen[0].begin - other.end < 16) or chosen[0].begin <= other.begin < chosen[0].end
        same = other.type.cls in {c.type.cls for c in chosen} and not (other.apart or _behind_guests(chosen[0], other))
        if near or same or _part_of_name(chosen[0], other) or not (other.follows or (other.held and not other.type.verb)):
            continue
        least = FOLLOWING if other.type.verb else THRESHOLD if other.follows else _LATER_SECOND if other.later else _SECOND
        if other.score >= least and not any(c.later == other.later for c in chosen[1:]):
            chosen.append(other)
    return chosen


def _behind_guests(main: Candidate, other: Candidate) -> bool:
    """Whether a meeting was held behind the reception of guests: 甲会见乙一行。会见结束后，丙主持召开座谈会."""
    if main.type.cls != "Meeting" or not main.type.verb or other.type.verb:
        return False
    return other.follows and other.held and other.begin > main.begin and other.sentence > main.sentence


def _part_of_name(main: Candidate, other: Candidate) -> bool:
    """Whether a noun for any activity names nothing beside a verb: 集中开竣工 | 活动, 到某地考察。甲陪同参加 | 活动."""
    return main.type.verb and other.end - other.begin <= _ANY and other.type.cls == "Activity"


def _visit_before(meeting: Candidate, candidates: Sequence[Candidate], body: int) -> Candidate | None:
    """The visit, or reception of guests, that a sentence before the one of a meeting reports: 代表团来我县考察。19日上午，联席会议召开。"""
    if meeting.type.cls != "Meeting" or meeting.type.verb or meeting.later:
        return None
    for c in candidates:
        guests = c.type.cls == "Inspection" or (c.type.cls == "Meeting" and meeting.follows)
        if c.type.verb and guests and body <= c.begin and c.sentence < meeting.sentence and c.score >= _VISIT:
            return c
    return None
