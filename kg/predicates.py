"""The predicates that give roles: who chairs, says, visits; and the persons whom they are given to."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

import rjieba

from kg.mentions import Scan
from kg.offsets import behind_last, covered, word_begin
from kg.values import dataclass

_BREAKS = "，,；;。、\n"
_MATTER, _LIST_REACH = 12, 12
# What somebody is at (参加 | 观摩) has at most so many characters before the next predicate.
_OBJECT = 4
CLAUSE_ENDS = "，,；;：:。！？!?\n"
# Roles of whoever is at an event that is named next.
_AT_EVENT = ("attendee", "chair")

# The tag of 过, which says that somebody once did something.
_ONCE = "ug"


@dataclass(frozen=True, slots=True)
class Person:
    """A person's mention in the running text, with what is known of the person."""

    begin: int
    end: int
    name: str
    official: bool


@dataclass(frozen=True, slots=True)
class Verb:
    """A predicate that gives a role. ``event`` where it names what was done itself (调研, 揭牌)."""

    begin: int
    end: int
    role: str
    text: str
    statement: bool = False
    event: bool = False


def _deliveries(scan: Scan) -> Iterable[Verb]:
    """作 … 辅导: the verb and its noun stand apart, with the matter and its title between."""
    nouns = sorted([(b, e) for b, e, _ in scan.cues.get("SpeechNounCue", ())]) if "DeliveryCue" in scan.cues else []
    for begin, end, _ in scan.cues.get("DeliveryCue", ()):
        noun = next(((b, e) for b, e in nouns if end <= b <= end + _MATTER), None)
        if noun is not None and not any(c in _BREAKS for c in scan.text[end : noun[0]]):
            yield Verb(begin, noun[1], "speaker", scan.text[begin : noun[1]])


def _in_noun(verb: Verb, nouns: Iterable[tuple[int, int]]) -> bool:
    for begin, end in nouns:
        if begin <= verb.begin and verb.end <= end and end - begin > verb.end - verb.begin:
            return True
    return False


def _cuts(scan: Scan, verb: Verb) -> bool:
    """Whether a predicate ends inside a word that stands behind its first one: 带队 in 带 | 队伍."""
    if scan.bounds[verb.end]:
        return False
    begin = word_begin(scan.bounds, verb.end)
    return begin > verb.begin and rjieba.has_word(scan.text[begin : scan.words.get(begin, (begin, ""))[0]])


def predicates(scan: Scan, cls: str, named: bytearray, name_ends: Container[int]) -> list[Verb]:
    """The predicates of an article in order, none inside another or inside a name (``named`` marks their characters)."""
    masked = covered(scan.text, [(b, e) for b, e, _ in scan.cues.get("MaskCue", ())])
    hits: list[Verb] = []
    for kind in ("RoleCue", "SpeechCue"):
        hits.extend(Verb(b, e, w.role, scan.text[b:e], w.statement) for b, e, w in scan.cues.get(kind, ()) if w.role is not None)
    hits.extend(Verb(b, e, "pronoun", "") for b, e, _ in scan.cues.get("PronounCue", ()))
    if cls == "Inspection":
        hits.extend(Verb(b, e, "talk", scan.text[b:e]) for b, e, _ in scan.cues.get("ConversationCue", ()))
        along = {b for b, _, w in scan.cues.get("RoleCue", ()) if w.role == "companion"}
        moves = ((b, e, "companion" if b in along else "leader") for b, e, _ in scan.cues.get("MovementCue", ()) if e - b > 1)
        hits.extend(Verb(b, e, role, scan.text[b:e], event=True) for b, e, role in moves)
    hits.extend(_deliveries(scan))
    for b, e, done in scan.events:
        if done.verb and done.cls == cls:
            hits.append(Verb(b, e, "leader", scan.text[b:e], event=True))
        elif done.verb and done.cls == "Inspection" and cls == "Activity":
            hits.append(Verb(b, e, "attendee", scan.text[b:e], event=True))
    nouns = [(b, e) for b, e, done in scan.events if not done.verb]
    inside = {at for b, e in nouns for at in range(b, e)}
    heads = {b for b, _ in nouns}
    offices = {b for b, e, _ in scan.suffixes if e - b == 1 and e in scan.titles_by_begin}
    done_before = {e for b, e, done in scan.events if done.verb}
    out: list[Verb] = []
    for verb in sorted(hits, key=lambda v: (v.begin, -v.end, v.event)):
        if masked.find(0, verb.begin, verb.end) < 0 or named[verb.begin]:
            continue
        if verb.begin in inside and _in_noun(verb, nouns):
            # 出席汇报会, 主持剪彩仪式
            continue
        at = _listed_with(scan, verb.end)
        if at in heads and out and out[-1].role in _AT_EVENT and not any(c in _BREAKS for c in scan.text[out[-1].end : verb.begin]):
            # 参加校企合作捐赠 | 签约仪式, 参加签约 | 、揭牌仪式
            continue
        if not scan.bounds[verb.begin] and verb.begin not in name_ends:
            continue
        if verb.begin in done_before and out and out[-1].role == "attendee" and verb.begin - out[-1].end <= _OBJECT and not verb.statement:
            # 参加观摩 | 点评
            continue
        if scan.words.get(verb.end, (0, ""))[1] == _ONCE:
            # 参加 | 过 | 抗美援朝的老兵
            continue
        if (out and verb.begin < out[-1].end) or _cuts(scan, verb) or verb.end in offices:
            # 某军分区 | 动员 | 处 | 参谋
            continue
        out.append(verb)
    return out


def _listed_with(scan: Scan, end: int) -> int:
    """Where what is named with a predicate begins: behind it, or behind a mark or a joining word."""
    if scan.text.startswith("、", end):
        return end + 1
    joiner = scan.cue(end, "ListJoinerCue")
    return joiner[0] if joiner is not None else end


def passed_on(scan: Scan, person: Person) -> bool:
    """Whether somebody's words are only passed on in the clause: 会议传达学习了 | 副省长甲的批示."""
    citing = [b for b, e, _ in scan.cues.get("CitingCue", ()) if e <= person.begin and scan.bounds[b]]
    return bool(citing) and citing[-1] >= behind_last(scan.text, CLAUSE_ENDS, person.begin)


def posted(scan: Scan, person: Person, decided: Collection[int]) -> bool:
    """Whether somebody is only given or relieved of a post: 任命甲 | 为, 乙 | 为, 免去丙 | 的, 接受丁 | 辞去."""
    if scan.has_cue(person.end, "AppointmentCue") and not scan.has_cue(person.end, "RoleCue"):
        low = scan.sentence(person.begin)[0]
        return any(low <= at <= person.begin for at in decided)
    return person.begin in decided and (scan.has_cue(person.end, "PossessiveCue") or scan.has_cue(person.end, "RemovalCue"))


def elected(scan: Scan, people: Iterable[Person]) -> list[Person]:
    """Who is elected at a meeting, and so was there: 选举甲为主席，乙为副主席."""
    chosen = [e for _, e, _ in scan.cues.get("ElectionCue", ())]
    if not chosen:
        return []
    return [p for p in people if scan.has_cue(p.end, "AppointmentCue") and any(scan.sentence(p.begin)[0] <= e <= p.begin for e in chosen)]


def lists(scan: Scan, end: int) -> bool:
    """Whether people follow a predicate that ends at an offset: 参加调研的有甲、乙."""
    listing = [b for b, _, _ in scan.cues.get("ListingCue", ()) if end <= b < end + _LIST_REACH and scan.has_cue(b, "ListingCue")]
    return bool(listing) and not any(c in CLAUSE_ENDS for c in scan.text[end : min(listing) + 1])
