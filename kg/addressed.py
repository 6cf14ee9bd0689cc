"""Names between a body and a title, as officials are addressed: 某市卫生健康局柏云舟副局长、我院闻书瑶院长."""

from __future__ import annotations

import rjieba

from kg.chains import Context, Piece
from kg.contexts import FOLLOWERS
from kg.mentions import Scan
from kg.names import OFTEN_LAST, RARE_LAST, STOP, Name, Names
from kg.persons import Finder

# Two characters in front of a title are as often words: a name only where the segmentation says so and the surname is frequent.
_SIZES = (3, 2)
_NAME = "nr"
# The short names of places that people are called after (延安, 长春) have so many characters.
_GIVEN = 2
# Tags of words of function, which a rare surname's character rather is.
_FUNCTIONS = ("p", "c", "d", "u", "m", "r")
# Tags of what leads to somebody and begins no name.
_LEADING = ("p", "c", "d", "u")
# The likelihoods that a name needs behind a body, and where only another so addressed stands before it.
_BEHIND_BODY, _LISTED = 5.5, 6.5
# The likelihood of the characters of a name whose first the segmentation took for an area's last.
_BEHIND_TITLE = 2.0
_JOINS = frozenset("、，,")
_CLAUSE = frozenset("，。；：！？,;:\n")
# 任命, 免去
_GIVING = ("NominationCue", "RemovalCue")
# 向, 与
_TOWARDS = ("RecipientCue", "ComitativeCue", "ListJoinerCue")
_CLOSING = frozenset([*STOP, "）", ")"])


def starts(scan: Scan, names: Names) -> frozenset[int]:
    """The offsets where a name may stand between the end of a body's name, or 我院, and a title that nobody's name follows."""
    if not scan.titles_by_begin:
        return frozenset()
    ends = {end for _, end, _ in scan.suffixes} | {end for hits in scan.kinds.values() for end, _ in hits}
    ends |= {end for _, end, _ in scan.cues.get("SelfReferenceCue", ())}
    return frozenset(
        i
        for begin, (end, _) in scan.titles_by_begin.items()
        for size in _SIZES
        if (i := begin - size) in ends and _open(scan, names, i, begin, end)
    )


def part_areas(scan: Scan, names: Names) -> None:
    """Take the areas away that are in names: 孙 | 延安; or begin with a title's last character: 区长 | 沙蕴博, not 区 | 长沙."""
    scan.areas = [(b, e, ids) for b, e, ids in scan.areas if not _in_name(scan, names, b, e)]
    chance = {b for b, _, _ in scan.areas if b + 1 in scan.titles_by_end and _titled(scan, b) and _named(scan, names, b + 1)}
    if not chance:
        return
    scan.areas = [area for area in scan.areas if area[0] not in chance]
    scan.full_areas = frozenset(scan.full_areas - chance)
    for b in chance:
        before, (end, _) = scan.word_before(b), scan.words.get(b, (b, ""))
        if before is not None and end > b + 1:
            scan.words[before[0]], scan.words[b + 1] = (b + 1, "n"), (end, _NAME)
            del scan.words[b]
            scan.bounds[b], scan.bounds[b + 1] = 0, 1
    scan.named = sorted([begin for begin, word in scan.words.items() if word[1].startswith(_NAME)])


def part_bodies(scan: Scan, names: Names) -> None:
    """Take the standing bodies away that are a name's end and what follows it: 任命张添华 | 为, and no 华为."""
    ended = {b for b, e, _ in scan.bodies if e - b == _GIVEN and _ends_name(scan, names, b)}
    if not ended:
        return
    scan.bodies = [body for body in scan.bodies if body[0] not in ended]
    for b in ended:
        end, tag = scan.words.get(b, (b, ""))
        if end == b + _GIVEN:
            scan.words[b], scan.words[b + 1], scan.bounds[b + 1] = (b + 1, _NAME), (end, tag), 1


def _ends_name(scan: Scan, names: Names, last: int) -> bool:
    """Whether a frequent surname stands before what many names end with, where a name may begin, and a word of function behind it."""
    text = scan.text
    if text[last + 1] not in scan.followers or names.last_weight(text[last]) < OFTEN_LAST:
        return False
    given = {e for kind in (*_GIVING, "AppointmentCue") for _, e, _ in scan.cues.get(kind, ())}
    # 任命：| 某某为
    given |= {e + 1 for e in given if text[e : e + 1] in ("：", ":", "\n")}
    return any(
        (
            (names.may_start(text, k) and (k in given or k in scan.titles_by_end))
            or (names.common(text[k]) and (k == 0 or text[k - 1] in _CLAUSE))
        )
        and not scan.words.get(k, (k, ""))[1].startswith(_LEADING)
        for k in range(max(0, last - _GIVEN), last)
    )


def _in_name(scan: Scan, names: Names, begin: int, end: int) -> bool:
    """Whether an area's short name is a given name: one behind a surname that a title or a list's mark is before."""
    text, at = scan.text, begin - 1
    if text[begin + 1] in names.joiners and any(k in scan.titles_by_end and names.common(text[k]) for k in range(max(0, at - 1), begin)):
        # 书记何立民 | 和 | 县委副书记: an area's name stands behind no person's.
        return True
    if end - begin != _GIVEN or at < 0 or not names.common(text[at]):
        return False
    stop, tag = scan.words.get(at, (0, ""))
    if stop == end and tag.startswith(_NAME):
        return True
    led = at in scan.titles_by_end or (at > 0 and text[at - 1] in _JOINS)
    led = led or any(e == at for kind in _GIVING for _, e, _ in scan.cues.get(kind, ()))
    # 副院长 | 于 | 乐山: somebody's name is missing before 于 else; 向乐山 is to there.
    surname = at in scan.titles_by_end and tag == "p" and not any(cue.kind in _TOWARDS for _, _, cue in scan.cue_at.get(at, ()))
    return stop == begin and led and (surname or not tag.startswith(_FUNCTIONS)) and _ended(scan, end)


def _titled(scan: Scan, last: int) -> bool:
    """Whether the title that ends with a character begins where a word or a modifier (副) says that one does."""
    begin = scan.titles_by_end[last + 1][0]
    return begin < last and bool(scan.bounds[begin] or scan.modifiers.get(begin))


def _ended(scan: Scan, end: int) -> bool:
    """Whether a mark or a cue for a name's end follows."""
    return (
        scan.text[end : end + 1] in _CLOSING
        or end == len(scan.text)
        or any(cue.kind in FOLLOWERS for _, _, cue in scan.cue_at.get(end, ()))
    )


def _named(scan: Scan, names: Names, i: int) -> bool:
    """Whether a likely name starts at an offset, and a mark or a cue for a name's end follows."""
    for end, _, likelihood in names.options(scan.text, i):
        if _ended(scan, end) and likelihood >= _BEHIND_TITLE and names.last_weight(scan.text[end - 1]) >= RARE_LAST:
            return True
    return False


def _open(scan: Scan, names: Names, i: int, begin: int, end: int) -> bool:
    """Whether what stands before a title may be a name: a surname, no words, no end of a body's name or title."""
    text = scan.text
    tag = scan.words.get(i, (i, ""))[1]
    worded = text[i] in scan.followers or text[i] in names.joiners or tag.startswith(_FUNCTIONS)
    if end - begin < 2 or not names.may_start(text, i) or (worded and not names.common(text[i])) or names.last_weight(text[begin - 1]) <= 0:
        return False
    if not (
        end >= len(text)
        or text[end] in _CLOSING
        or text[end] in _JOINS
        or text[end] in names.joiners
        or scan.cue_at.get(end)
        or end in scan.words
    ):
        return False
    named = tag.startswith(_NAME) and scan.words[i][0] == begin
    word = names.known_word(text[i:begin]) and not names.maybe(text[i:begin])
    if begin - i < _SIZES[0] and (word or not (named and names.common(text[i]))):
        return False
    if (rjieba.has_word(text[i:begin]) and not named) or begin in scan.titles_by_end or any(k in scan.modifiers for k in range(i, begin)):
        return False
    if any(b == i + 1 and e == begin for b, e, _ in scan.cues.get("PersonNounCue", ())):
        # 向 | 学生 | 代表
        return False
    closed = {stop for k in range(i, begin) for stop, _ in scan.kinds.get(k, ())}
    return begin not in closed and not any(i <= b and e == begin for b, e, _ in scan.suffixes)


class Addressed:
    """Finds the people of one article who are addressed so."""

    def __init__(self, context: Context, finder: Finder) -> None:
        self.context, self.scan, self.finder = context, context.scan, finder
        self.last = -1

    def at(self, end: int) -> tuple[Piece, Name] | None:
        """The post and its holder where the title that ends at an offset stands behind the name; to be asked from left to right."""
        begin, title = self.context.title(end) or self.scan.titles_by_end[end]
        if end - begin < 2:
            return None
        for start in (begin - size for size in _SIZES if size <= begin):
            listed = self._goes_on(start) and (begin - start == _SIZES[0] or _open(self.scan, self.finder.names, start, begin, end))
            if start not in self.scan.addressed and not listed and (title.weak or not self._begins(start, begin, end)):
                continue
            name = self.finder.at(start, True)
            bar = _BEHIND_BODY if start in self.scan.addressed else _LISTED
            if name is None or name.end != begin or name.score < bar or self.finder.headed(end):
                continue
            self.last = end
            span = self.context.by_end.get(start)
            return Piece(span.begin if span is not None else start, end, title.title, title, span), name
        return None

    def _begins(self, start: int, begin: int, end: int) -> bool:
        """Whether a clause begins with somebody so addressed, or names who does something: 柏云舟院长指出, 由 | 柏云舟院长主持."""
        scan = self.scan
        alone = start == 0 or scan.text[start - 1] in _CLAUSE or any(e == start for _, e, _ in scan.cues.get("AgentCue", ()))
        return alone and _open(scan, self.finder.names, start, begin, end)

    def _goes_on(self, start: int) -> bool:
        """Whether a list goes on behind somebody who was addressed so: 、闻书瑶院长."""
        joint = self.scan.text[self.last : start]
        return start - 1 == self.last and (joint in _JOINS or joint in self.finder.names.joiners)
