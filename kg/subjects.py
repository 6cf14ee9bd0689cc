"""Who a sentence speaks of so far: what is carried from one of its words to the next."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from kg.mentions import Scan
from kg.offsets import behind_last
from kg.predicates import CLAUSE_ENDS, Person

# Cues that give the persons behind them a case other than the subject's; those whose persons may be listed with commas between.
_CASES = frozenset({"AgentCue", "RecipientCue", "ComitativeCue", "HearingCue", "EntrustingCue"})
LONG_CASES = ("AgentCue", "RecipientCue")
# What is said of one item of a list ends at one of these.
_ITEM_ENDS = frozenset("、，。；：\n")
# A form of address behind a name (甲书记的) has at most so many characters.
_ADDRESS = 4


@dataclass(slots=True)
class Run:
    """Persons named one behind the other, and their case (None is the subject), or the role of all of them."""

    case: str | None
    persons: list[Person] = field(default_factory=list)
    role: str | None = None


@dataclass(slots=True)
class State:
    """What is carried through one sentence."""

    subjects: list[Person] = field(default_factory=list)
    consumed: bool = True
    side: Run | None = None
    listing: str | None = None
    only_present: bool = False
    told: bool = False
    actors: list[Person] = field(default_factory=list)


def case_before(scan: Scan, named: bytearray, name_ends: Container[int], last: int, begin: int, joined: bool) -> str | None:
    """The case cue that stands last between two marks, in the clause of the second."""
    left = last if joined else max(last, behind_last(scan.text, CLAUSE_ENDS, begin))
    found, behind = None, left
    for at in range(left, begin):
        if scan.text[at] in CLAUSE_ENDS and (found not in LONG_CASES or 0 in named[behind:at]):
            # 向教师致以问候，市长甲 …: the clause of the case is over.
            found = None
        elif found == "EntrustingCue" and scan.text[at] == "、":
            # 甲受市政府委托作的报告、| 乙作的报告
            found = None
        if named[at] or not (scan.bounds[at] or at in name_ends):
            continue
        for _, end, word in scan.cue_at.get(at, ()):
            # 对 | 口帮扶 is no case.
            if word.kind in _CASES and end <= begin and scan.may_part(end):
                found, behind = word.kind, end
    return found


def clause_over(text: str, begin: int, end: int) -> bool:
    """Whether a clause ends between two offsets."""
    return any(c in CLAUSE_ENDS for c in text[begin:end])


def went_between(scan: Scan, begin: int, end: int) -> bool:
    """Whether a word for going stands between two offsets of one clause."""
    return not clause_over(scan.text, begin, end) and any(begin <= b <= end for b, _, _ in scan.cues.get("MovementCue", ()))


def spoken_of(scan: Scan, end: int, begin: int) -> bool:
    """Whether a speech is only spoken of as somebody's: 甲书记 | 的讲话站位高."""
    possessed = any(e == begin and b <= end + _ADDRESS for b, e, _ in scan.cues.get("PossessiveCue", ()))
    return possessed and not clause_over(scan.text, end, begin)


def heard(scan: Scan, end: int, begin: int) -> bool:
    """Whether a noun of speaking is what the subject hears: 甲听取了 … 汇报."""
    left = max(end, behind_last(scan.text, CLAUSE_ENDS, begin))
    return any(left <= b < begin for b, _, _ in scan.cues.get("HearingCue", ()))


def acted(scan: Scan, named: bytearray, at: int) -> bool:
    """Whether a verb that no cue knows is said of those whose names end at an offset: 甲、乙 | 把红包交到群众手里."""
    while at < len(scan.text) and scan.text[at] not in CLAUSE_ENDS and not named[at]:
        stop, tag = scan.words.get(at, (at + 1, ""))
        if tag.startswith("v"):
            return True
        at = stop
    return False


def met_with(scan: Scan, side: Run | None, cls: str) -> list[Person]:
    """With whom a meeting is held that is named behind them in the clause: 甲与乙 | 举行会谈."""
    if side is None or side.case != "ComitativeCue" or cls != "Meeting":
        return []
    last = side.persons[-1].end
    held = next((b for b, _, done in sorted(scan.events, key=itemgetter(0)) if b >= last and done.cls == cls), None)
    return [] if held is None or any(c in CLAUSE_ENDS for c in scan.text[last:held]) else side.persons


def attribute(scan: Scan, last: int, begin: int) -> bool:
    """Whether what ends at the first offset says which person it is that begins at the second: 旁听的 | 村民甲."""
    return not clause_over(scan.text, last, begin) and any(scan.has_cue(at, "PossessiveCue") for at in range(last, begin))


def reporting(scan: Scan, end: int) -> bool:
    """Whether somebody who is listened to reports: 甲 | 的汇报, 甲 | 受市政府委托作的报告."""
    stop = next((k for k in range(end, len(scan.text)) if scan.text[k] in _ITEM_ENDS), len(scan.text))
    return any(cue.kind == "ReportMatterCue" for at in range(end, stop) for _, _, cue in scan.cue_at.get(at, ()))


def accompanying(scan: Scan, named: bytearray, subjects: Sequence[Person]) -> list[Person]:
    """Those of the subjects in whose company somebody is said to be: 在 | 甲、乙 | 陪同下; all where no such word begins it."""
    here: list[Person] = []
    for person in reversed(subjects):
        here.insert(0, person)
        ends = [p.end for p in subjects if p.end <= person.begin]
        left = max(behind_last(scan.text, CLAUSE_ENDS, person.begin), *ends, 0)
        cues = (w for at in range(left, person.begin) if not named[at] for _, _, w in scan.cue_at.get(at, ()))
        if any(w.kind == "LocativeCue" for w in cues):
            break
    return here


def clause_begin(scan: Scan, named: bytearray, at: int, low: int) -> int:
    """Where the clause around an offset begins; a title chain before it belongs to it."""
    while at > low and (named[at - 1] or scan.text[at - 1] not in CLAUSE_ENDS):
        at -= 1
    return at
