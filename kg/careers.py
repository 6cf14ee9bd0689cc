"""Who has a post that no name stands right before: 张明（时任某局局长）; 张明曾任甲县县长，2021年任乙县县委书记; 担任某局局长的张明."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from kg.chains import Piece
from kg.mentions import Scan
from kg.names import Name
from kg.offsets import word_begin
from kg.persons import Finder
from kg.recall import Chain

# Tags of what says when: 2021年, 先后, 至, 并.
_TIMES = ("d", "t", "f", "m", "p", "q", "c")
_OPENING, _MARKS = "（(", "，,；;"
# A name has fewer characters than this.
_LONGEST = 20
_COMMAS, _LIST = frozenset("，,"), "、"
_ENDS = frozenset(["", *"，,。；;、）)（( \n"])
# The likelihoods that a name needs before a bracket, at a sentence's begin, and behind 的.
_BRACKETED, _SUBJECT, _POSSESSED = 4.5, 5.6, 5.6


def holder(
    scan: Scan, begin: int, pieces: Sequence[Piece], told: Sequence[Chain], chains: Sequence[Chain], known: set[str], finder: Finder
) -> list[Name]:
    """Who got the posts behind an appointment's word at an offset; ``told`` are the appointments before it, left to right."""
    described = _described(scan, pieces[-1].end, finder)
    if described:
        return described
    if not closed(scan, pieces):
        return []
    start = career(scan, begin)
    if start is not None and scan.sentence(begin)[0] == start:
        # 甲同志，某县某镇人。| 历任 …等职
        return _told_of(scan, start, chains, known, finder)
    at = _clause(scan, begin)
    if at < 0:
        return []
    if scan.text[at] in _OPENING:
        name = finder.ending_at(at)
        return [name] if name is not None and (name.name in known or name.score >= _BRACKETED) else []
    low = scan.sentence(begin)[0]
    before = [chain for chain in told if low <= chain.begin < begin]
    names = list(before[-1].names) if before else _subject(low, chains, known, finder)
    return names if len(names) == 1 else []


def closed(scan: Scan, pieces: Sequence[Piece]) -> bool:
    """Whether nothing goes on behind posts but a mark or 等职."""
    end = pieces[-1].end
    return scan.text[end : end + 1] in _ENDS or scan.has_cue(end, "GroupCue")


def career(scan: Scan, begin: int) -> int | None:
    """Where a word for a career begins that an appointment's word at an offset is, or the last part of: 历任, 曾 | 任."""
    return next((b for b, e, _ in scan.cues.get("CareerCue", ()) if b <= begin < e), None)


def last_post(scan: Scan, begin: int) -> int:
    """Where the posts of a career that begins at an offset end: before 等职 or a mark; the offset where none do."""
    for k in range(begin + 1, scan.sentence(begin)[1]):
        if k in scan.titles_by_end and (scan.text[k] in _ENDS or scan.has_cue(k, "GroupCue")) and scan.text[k] != _LIST:
            return k
    return begin


def apposed(scan: Scan, finder: Finder, known: set[str], bodies: Container[int], areas: Container[int]) -> Iterator[tuple[Name, int]]:
    """Who begins a sentence with a comma behind the name, where the post stands, and its offset: 甲，| 某县某局局长，从事 ….

    ``bodies`` and ``areas`` are the offsets where a post may begin.
    """
    for low, end in scan.sentences:
        if low < scan.article.body or not finder.names.may_start(scan.text, low):
            continue
        near = range(low + 2, min(low + _LONGEST, end))
        if not any(scan.text[k] in _COMMAS and (k + 1 in bodies or k + 1 in areas) for k in near):
            continue
        name = finder.at(low, True)
        at = name.end + 1 if name is not None else low
        if name is None or scan.text[at - 1 : at] not in _COMMAS or not (at in bodies or at in areas):
            continue
        if name.name in known or name.score >= _SUBJECT:
            yield name, at


def qualified(scan: Scan, finder: Finder, end: int, known: set[str]) -> Name | None:
    """Whoever stands behind the comma or 的 that a post ends at: 作为某局局长，| 甲 …; 身为某局局长的 | 甲 …."""
    comma = scan.text[end : end + 1] in _COMMAS and end + 1 < len(scan.text)
    name = finder.at(end + 1, True) if comma else _possessing(scan, end, finder)
    return name if name is not None and (name.name in known or name.score >= _SUBJECT) else None


def _told_of(scan: Scan, begin: int, chains: Sequence[Chain], known: set[str], finder: Finder) -> list[Name]:
    """Who begins a sentence before an offset in its paragraph: the last who does."""
    for low, end in reversed(scan.sentences):
        if end > begin:
            continue
        if "\n" in scan.text[end - 1 : begin] or end < begin - 1:
            break
        names = _subject(low, chains, known, finder)
        if names:
            return names if len(names) == 1 else []
        begin = low
    return []


def _described(scan: Scan, end: int, finder: Finder) -> list[Name]:
    """担任村党支部书记的 | 刘明: whose posts end at an offset."""
    name = _possessing(scan, end, finder)
    return [name] if name is not None and name.score >= _POSSESSED and finder.right_context(name.end) >= 2.0 else []


def _possessing(scan: Scan, end: int, finder: Finder) -> Name | None:
    """The name that stands behind the 的 at an offset."""
    mark = scan.cue(end, "PossessiveCue")
    return finder.at(mark[0], True) if mark is not None and mark[0] < len(scan.text) else None


def _clause(scan: Scan, begin: int) -> int:
    """The mark behind which nothing but a time stands before an offset; -1 for none."""
    at, text = begin, scan.text
    while at > 0 and text[at - 1] not in _OPENING + _MARKS:
        start = word_begin(scan.bounds, at)
        tag = scan.words.get(start, (0, ""))[1]
        if scan.has_cue(start, "PlanCue"):
            # 拟任: not yet
            return -1
        # 时 | 任, 现 | 任 are one word each.
        if not (tag.startswith(_TIMES) or (at == begin and start == begin - 1 and not scan.bounds[begin]) or text[start:at].isdigit()):
            return -1
        at = start
    return at - 1


def _subject(low: int, chains: Sequence[Chain], known: set[str], finder: Finder) -> list[Name]:
    """Who begins a sentence, with a title before the name or without."""
    for chain in chains:
        if chain.begin == low:
            return list(chain.names)
    names = finder.after(low)
    sure = len(names) == 1 and names[0].begin == low and (names[0].name in known or names[0].score >= _SUBJECT)
    return names if sure else []
