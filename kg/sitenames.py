"""Where the name of a site begins and ends, and whether it is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

import rjieba

from kg.mentions import Scan, han
from kg.places import AreaReader
from kg.values import dataclass

MARKS = frozenset('，。、；：！？,;:!?）)（(《》“”"\n \u3000…')
_DASH = "——"
_COMMA = "，,"
_BREAK = re.compile(r"[。；：！？;!?\n，,]")
_END = re.compile(r"[。；：！？;!?\n]")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万两0123456789")
_ACTS = ("HoldingCue", "RoleCue", "SpeechCue", "PlanCue", "RecallCue")
_GENERIC_TAGS = ("m", "q", "r", "p", "d", "u", "t")
# Parts of speech: conjunctions part a list, particles and pronouns end what belongs to a name; a verb, an adverb … may follow one.
_PARTING = ("c", "u", "r", "p", "y")
_FOLLOWERS = ("v", "d", "p", "u", "c", "f", "t", "m", "r", "a", "y", "z")
# 镇长, 副镇长: a title's first characters may be a place's end.
_TITLED = 2
_LONGEST, _SHORT, _COINED = 24, 5, 3


@dataclass(frozen=True, slots=True)
class End:
    """A kind of place at the end of a name: where its word begins, whether it alone makes a site, whether it is a village's.

    ``worded`` where ordinary words make a name with it.
    """

    begin: int
    strong: bool
    settled: bool
    ground: bool = False
    worded: bool = False


def ends_of(scan: Scan, areas: AreaReader, joins: Mapping[int, int]) -> dict[int, End]:
    """The words that may end a site's name, by their ends; of several with one end the longest.

    Behind a village no word goes on over a conjunction, whatever the segmentation says (三官村 | 和 | 柏家社区).
    """
    out: dict[int, End] = {}
    for begin, end, kind in scan.sites:
        settled = scan.text.endswith(areas.settlements, 0, end)
        # 东厂村 | 村南, whatever the segmentation says; but 余村村.
        twice = settled and scan.text.startswith(scan.text[begin:end], end) and not _short_named(scan, begin)
        if kind.short is not None or not (scan.bounds[end] or twice or (settled and (end in joins or scan.may_part(end)))):
            continue
        if settled and ((begin in out and out[begin].settled) or _in_area(scan, areas, begin, end)):
            # 姚西村 | 村集体, 枣村乡
            continue
        if in_title(scan, end):
            continue
        known = out.get(end)
        ground = scan.text[begin:end] in areas.grounds or (known is not None and known.ground)
        if known is None or begin < known.begin:
            out[end] = End(begin, kind.strong or (known is not None and known.strong), settled, ground, kind.worded)
        elif kind.strong and not known.strong:
            out[end] = End(known.begin, True, settled, ground, known.worded)
    return out


def in_title(scan: Scan, end: int) -> bool:
    """Whether what ends at an offset is the first part of a title: 副镇 | 长."""
    return any(b in scan.titles_by_begin and scan.titles_by_begin[b][0] > end for b in range(end - _TITLED, end))


def _short_named(scan: Scan, begin: int) -> bool:
    """Whether one character stands before a village's level word, behind a mark or a town."""
    return begin < 2 or scan.text[begin - 2] in MARKS or scan.text.endswith(tuple(scan.levels), 0, begin - 1)


def _in_area(scan: Scan, areas: AreaReader, begin: int, end: int) -> bool:
    """Whether a village's level word is inside the full name of a town: 枣村 | 乡."""
    return any(b < begin and end < e and areas.names[scan.text[b:e]].full for b, e, _ in scan.areas)


def closes(scan: Scan, end: int, peopled: bool) -> bool:
    """Whether a name can end here: no noun follows, save that people of a village (``peopled``) may."""
    text = scan.text
    if end >= len(text) or text[end] in MARKS or end in scan.cue_at:
        return True
    word = scan.words.get(end)
    if word is None:
        return False
    if (word[1].startswith(_FOLLOWERS) and not (peopled and word[1] == "vn")) or any(b == end for b, _, _ in scan.events):
        return True
    return peopled and end not in scan.kinds and end not in scan.titles_by_begin


def listed(scan: Scan, end: int) -> bool:
    """Whether a name is closed by a mark or a conjunction: 察看了A和B, not 督导A建设."""
    word = scan.words.get(end)
    return end >= len(scan.text) or scan.text[end] in MARKS or (word is not None and word[1].startswith(("c", "u")))


def left_of(scan: Scan, begin: int, stops: set[int], towns: Mapping[int, int]) -> int | None:
    """Where a name ends leftwards: at a mark, a word of movement, a conjunction or particle.

    ``towns`` are the areas named in full, by their ends: each is one word, whatever the segmentation says (扎其乡). None where it grows
    too long or tells an act.
    """
    text = scan.text
    i = begin
    while i > 0 and i not in stops and text[i - 1] not in MARKS and not text.endswith(_DASH, 0, i):
        if i in towns and begin - towns[i] < _LONGEST:
            i = towns[i]
            continue
        word = scan.word_before(i)
        if (
            word is not None
            and word[1].startswith(_PARTING)
            and (i - word[0] == 1 or (i - word[0] == 2 and rjieba.has_word(text[word[0] : i])))
            # 某街道 | 佳和购物广场: what a conjunction joins has more than one character.
            and word[0] - 1 not in towns
        ):
            break
        if word is not None and word[1] == "d" and word[0] not in stops and rjieba.has_word(text[word[0] : i]):
            return None
        if begin - i >= _LONGEST:
            return None
        i -= 1
    return None if tells_act(scan, i, begin, begin) else i


def tells_act(scan: Scan, begin: int, end: int, most: int | None = None) -> bool:
    """Whether a word that begins in a span, and ends up to ``most``, tells an act."""
    cue_at = scan.cue_at
    for i in range(begin, end):
        hits = cue_at.get(i)
        if hits and scan.bounds[i] and any(w.kind in _ACTS and (most is None or e <= most) for _, e, w in hits):
            return True
    return False


def bare_ends(scan: Scan) -> set[int]:
    """Where an end of firms' and schools' names stands alone, for one named before: 学校 | 行政楼, 学院 | 实训车间."""
    return {b for b, e, kind in scan.suffixes if not kind.public and e - b > 1 and scan.words.get(b, (0, ""))[0] == e}


def weak_stands(scan: Scan, begin: int, end: int, kind: End) -> bool:
    """Whether a name with a weak end (寺, 中心) is one: at least two characters before it, a mark behind it, and no ordinary word."""
    if kind.begin - begin < 2:
        return False
    word = scan.words.get(begin)
    if end - kind.begin > 1:
        return True
    return end - begin <= _SHORT and scan.text[end : end + 1] in MARKS and (word is None or word[0] != end or word[1].startswith("n"))


def counted(scan: Scan, begin: int, end: int) -> bool:
    """Whether a number of years or things stands in a name: 三年内增设十二处."""
    i = begin
    while i < end:
        word = scan.words.get(i)
        measured = word is not None and (word[0] - i > 1 or scan.words.get(word[0], (0, ""))[1] == "q")
        if word is not None and word[1] == "m" and measured and scan.text[i] in _NUMERALS:
            return True
        i = word[0] if word is not None else i + 1
    return False


def unknown(scan: Scan, begin: int, end: int) -> bool:
    """Whether a span begins with a word that no dictionary has, whatever the segmentation makes of it: 新盈 | 中心渔港."""
    stop = scan.words.get(begin, (end, ""))[0]
    return begin + 1 < stop <= end and not rjieba.has_word(scan.text[begin:stop])


def coined(scan: Scan, begin: int, end: int) -> bool:
    """Whether a span is three characters that are no word and begin with one alone: 白 | 草坪 | 水库."""
    return end - begin == _COINED and scan.words.get(begin, (0, ""))[0] == begin + 1 and not rjieba.has_word(scan.text[begin:end])


def generic(scan: Scan, begin: int, suffix: int, end: int) -> bool:
    """Whether a name has no proper part: all its words are such as 各, 老旧, 三个."""
    i = begin
    while i < suffix:
        cue = scan.generic.match(scan.text, i)
        word = scan.words.get(i)
        if cue is not None and (cue.end() >= suffix or cue.end() in scan.words):
            i = cue.end()
        elif (
            word is not None and word[0] > i + 1 and end - suffix == 1 and han(scan.text, i) and not rjieba.has_word(scan.text[i : word[0]])
        ):
            # 高定 | 村: what no dictionary has says nothing of a kind or count.
            return False
        elif word is not None and word[0] <= suffix and word[1].startswith(_GENERIC_TAGS):
            if word[1] == "t" and word[0] == suffix and i == begin and not scan.cue_at.get(i):
                # 国庆 | 村
                return False
            if word[1] == "m" and word[0] == i + 1 and scan.text[i] not in _NUMERALS:
                # 余 | 东村
                return False
            if word[1] == "m" and scan.words.get(word[0], (0, ""))[1] == "r":
                # 四 | 各庄 | 村: no number stands before 各.
                return False
            i = word[0]
        else:
            return False
    return i <= end


def led(scan: Scan, begin: int, anchors: list[int]) -> bool:
    """Whether a word of movement or place stands before an offset in its sentence: a quick look before the names of sites are read."""
    k = bisect_right(anchors, begin)
    return k > 0 and _END.search(scan.text, anchors[k - 1], begin) is None


def anchored(scan: Scan, left: int, anchors: list[int]) -> bool:
    """Whether a word of movement or place stands before a name, with nothing but a list between."""
    k = bisect_right(anchors, left)
    if not k:
        return False
    start = anchors[k - 1]
    for mark in _BREAK.finditer(scan.text, start, left):
        if mark.group() not in _COMMA:
            return False
        word = scan.words.get(mark.end())
        if word is None or word[1] != "c":
            return False
    return not tells_act(scan, start + 1, left)
