"""Where a line of a byline ends: whether the next one goes on with its last word, or begins another name."""

from __future__ import annotations

import re

from kg.credits import Credits
from kg.linecues import LayoutCues
from kg.signers import HAN, HAN_RUN, LONGEST_NAME
from kg.spotting import alternatives

# Names of two characters with a space between them, at a line's end and begin.
_SPACED_END, _SPACED_BEGIN = re.compile(rf"(?<![{HAN}])[{HAN}]\s[{HAN}]$"), re.compile(rf"[{HAN}]\s[{HAN}](?![{HAN}])")
_SINGLES = re.compile(rf"(?:[{HAN}]\s+)+[{HAN}](?![{HAN}])")
_SINGLES_END = re.compile(rf"(?<![{HAN}])[{HAN}](?:\s+[{HAN}])*$")
_UNCLOSED = re.compile("[（(][^）)]*$")
_DOT = re.compile("[·•・‧]")
_COMMON_SURNAME = 60
# A name of two characters may go on behind a line's end.
_SHORT_NAME = 2
# Characters of the longest part of a dotted name.
_LONGEST_PART = 7
# The longest cue has fewer characters.
_CUE = 12


class Breaks:
    """Joins the lines of bylines. Stateless between them."""

    def __init__(self, credits: Credits, cues: LayoutCues) -> None:
        self._credits = credits
        self._surnames, self._suffixes = cues.surnames, frozenset(cues.byline_suffixes)
        self._elements = frozenset(cues.elements)
        letters = "".join(sorted(credits.letters))
        self._lettered = re.compile(rf"[{HAN}]\s+[{letters}](?![{HAN}])") if letters else re.compile("(?!)")
        self._reporter = re.compile(alternatives(cues.reporters))

    def join(self, left: str, right: str, apart: bool = False) -> str:
        """Two lines of a byline as one; ``apart`` where the second is set in, as a space that fell on the break does."""
        return f"{left} {right}" if self.parted(left, right, apart) else left + right

    def runs_on(self, left: str, right: str) -> bool:
        """Whether a word runs across the break: a cue (实 | 习生), a paper's name (本报 | 见习记者), a name whose rest stands alone."""
        if self.cue_across(left, right):
            return True
        name, following = self._credits.last_word(left), self._credits.first_word(right)
        if name in self._credits.papers:
            return self._reporter.match(right) is not None
        if right[:1] in ("：", ":") and self._ends_with_cue(left):
            return True
        if self._awaits(left, following) and not self._credits.read(right).unknown:
            return True
        cued = self._credits.cues.spans(right[:_CUE])
        if cued and cued[0][0] == 0:
            return False
        if self._half(left, name) and (not cued or cued[0][0] > 0):
            # 见习记者 丁 | 勇　实习生 甲, 记者贺 | 文娟报道
            half = following[: cued[0][0]] if cued else following
            return len(half) <= _SHORT_NAME and self._credits.plausible(left[-1] + half)
        single = len(following) == 1 and HAN_RUN.match(following) is not None and _SPACED_BEGIN.match(right) is None
        # 林巧 | 云报道
        rest = single or (bool(cued) and cued[0][0] == 1 and HAN_RUN.match(right, cued[0][1]) is None)
        return rest and len(name) == _SHORT_NAME and self._credits.plausible(name)

    def _awaits(self, left: str, following: str) -> bool:
        """Whether a line ends with a cue whose names are in the next: 本报记者 甲 通讯员 | 乙."""
        said = left.rstrip("：:")
        if not self._ends_with_cue(said) or not self._credits.plausible(following):
            return False
        cue = self._credits.cues.spans(said)[-1][0]
        return self._reporter.fullmatch(said, cue) is not None and self._credits.read(left, 0, cue).cued

    def _ends_with_cue(self, left: str) -> bool:
        cues = self._credits.cues.spans(left)
        return len(cues) > 0 and cues[-1][1] == len(left)

    def _letter_before(self, left: str, start: int, following: str) -> bool:
        """Whether what ends a line tells what the name before it is credited with: 甲 文 | 乙 图."""
        return self._credits.sure(following) and self._lettered.match(left, start - 2) is not None

    def _short(self, word: str) -> bool:
        """Whether a word is no longer than the second half of a Tibetan or Mongolian name."""
        return word in self._elements or (len(word) == _SHORT_NAME and self._surnames.get(word[0], 0) < _COMMON_SURNAME)

    def _first_half(self, name: str) -> bool:
        return name in self._elements or (self._surnames.get(name[0], 0) < _COMMON_SURNAME and self._credits.foreign(name))

    def _long(self, name: str) -> bool:
        """Whether a word is too long for a name, so that it must be a body's or a place's."""
        return len(name) > LONGEST_NAME and HAN_RUN.fullmatch(name) is not None and not self._credits.foreign(name)

    def _may_name(self, word: str) -> bool:
        return self._credits.plausible(word) or (len(word) > LONGEST_NAME and self._credits.foreign(word))

    def halved(self, left: str) -> bool:
        """Whether a byline's line ends with a surname whose name goes on in the next."""
        return left[-1:] in self._surnames and self._credits.reporters.sees(left) and self._half(left, self._credits.last_word(left))

    def _half(self, left: str, name: str) -> bool:
        """Whether a line ends with a surname alone, which is no second half of a name printed with a space."""
        cue = self._reporter.search(name)
        if cue is not None:
            return name[cue.end() :] in self._surnames and len(name) == cue.end() + 1
        singles = _SINGLES_END.search(left)
        return singles is not None and name in self._surnames and len(singles.group().split()) % 2 == 1

    def cue_across(self, left: str, right: str) -> bool:
        """Whether a cue stands across the break."""
        at = len(left[-_CUE:])
        return any(begin < at < end for begin, end in self._credits.cues.spans(left[-_CUE:] + right[:_CUE]))

    def parted(self, left: str, right: str, apart: bool = False) -> bool:
        """Whether a line break in a byline parts two names, so that joining them takes a space."""
        if _SPACED_END.search(left) and _SPACED_BEGIN.match(right):
            return True
        following = self._credits.first_word(right)
        name = self._credits.last_word(left) if left and following else ""
        if not name or self.cue_across(left, right):
            return False
        if apart:
            return True
        if len(following) < _SHORT_NAME:
            # 贺文娟 | 丁 勇
            if self._reporter.match(right) or (following in self._credits.letters and self._lettered.search(left)):
                # 文/甲 | 图/乙, 甲 文 乙 | 图
                return self._credits.sure(name)
            singles = _SINGLES.match(right)
            return singles is not None and not len(singles.group().split()) % 2 and len(name) > _SHORT_NAME and self._credits.sure(name)
        start = len(left) - len(name)
        cue = self._reporter.search(name)
        if cue is not None:
            name = name[cue.end() :]
        if name in self._suffixes or (_UNCLOSED.search(left) and self._credits.office(name)):
            # 文 甲 图 | 乙, （图：政治部 | 乙）
            return True
        if (len(name) == _SHORT_NAME or _DOT.search(name)) and any(begin == 1 for begin, _ in self._credits.cues.spans(following)):
            # 记者 林巧 | 云报道
            return False
        if self._reporter.match(right):
            # 英德 | 融媒记者: two characters may be a place.
            return self._credits.all_sure(name) or (len(name) > _SHORT_NAME and self._credits.plausible(name, strict=True))
        if len(name) == 1 and start > 0 and (left[start - 1 :] in self._suffixes or self._letter_before(left, start, following)):
            # 甲/文 | 乙/图, 甲 文 | 乙 图
            return True
        if self._credits.office(following) and self._credits.sure(name) and name not in self._credits.places:
            # （县委宣传部 甲 | 县水利局 乙）, but （云冈区 | 税务局 甲）
            return True
        if self._long(name) and self._credits.sure(following) and _UNCLOSED.search(left):
            # （县应急管理大楼 | 甲）
            return True
        if len(name) == _SHORT_NAME and self._short(following) and self._first_half(name):
            # 洛桑 | 旺堆: a line seldom ends just where one of two short names does.
            return False
        if (len(name) == 2 and name in self._surnames) or len(_DOT.split(name)[-1]) == 1 or len(_DOT.split(following)[0]) == 1:
            return False
        if _DOT.search(name) and self._surnames.get(following[:1], 0) < _COMMON_SURNAME and self._credits.foreign(following):
            # 阿依努尔·木合 | 塔尔
            return False
        if len(name) + len(_DOT.split(following)[0]) > _LONGEST_PART:
            return self._may_name(name) and self._may_name(following)
        if _DOT.search(following) and not _DOT.search(name) and self._surnames.get(name[:1], 0) < _COMMON_SURNAME:
            return False
        return self._credits.plausible(name) and self._credits.plausible(following)
