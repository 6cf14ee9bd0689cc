"""Where a line of a byline ends: whether the next one goes on with its last word, or begins another name."""

from __future__ import annotations

import re

from kg.credits import Credits
from kg.linecues import LayoutCues
from kg.signers import HAN, HAN_RUN
from kg.spotting import alternatives

# Names of two characters with a space between them, at a line's end and begin.
_SPACED_END, _SPACED_BEGIN = re.compile(rf"(?<![{HAN}])[{HAN}]\s[{HAN}]$"), re.compile(rf"[{HAN}]\s[{HAN}](?![{HAN}])")
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
        cued = self._credits.cues.spans(right[:_CUE])
        if cued and cued[0][0] == 0:
            return False
        single = len(following) == 1 and HAN_RUN.match(following) is not None and _SPACED_BEGIN.match(right) is None
        # 林巧 | 云报道
        rest = single or (bool(cued) and cued[0][0] == 1 and HAN_RUN.match(right, cued[0][1]) is None)
        return rest and len(name) == _SHORT_NAME and self._credits.plausible(name)

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
            return False
        start = len(left) - len(name)
        cue = self._reporter.search(name)
        if cue is not None:
            name = name[cue.end() :]
        if name in self._suffixes or (_UNCLOSED.search(left) and self._credits.office(name)):
            # 文 甲 图 | 乙, （图：政治部 | 乙）
            return True
        if len(name) == _SHORT_NAME and any(begin == 1 for begin, _ in self._credits.cues.spans(following)):
            # 记者 林巧 | 云报道
            return False
        if self._reporter.match(right):
            # 英德 | 融媒记者: two characters may be a place.
            return self._credits.all_sure(name) or (len(name) > _SHORT_NAME and self._credits.plausible(name, strict=True))
        if len(name) == 1 and start > 0 and left[start - 1] in "/／":
            return True
        short = following in self._elements or (len(following) == _SHORT_NAME and self._surnames.get(following[0], 0) < _COMMON_SURNAME)
        if len(name) == _SHORT_NAME and name in self._elements and short:
            # 洛桑 | 旺堆: a line seldom ends just where one of two short names does.
            return False
        if (len(name) == 2 and name in self._surnames) or len(_DOT.split(name)[-1]) == 1 or len(_DOT.split(following)[0]) == 1:
            return False
        if _DOT.search(name) and self._surnames.get(following[:1], 0) < _COMMON_SURNAME and self._credits.foreign(following):
            # 阿依努尔·木合 | 塔尔
            return False
        if len(name) + len(_DOT.split(following)[0]) > _LONGEST_PART:
            return self._credits.plausible(name) and self._credits.plausible(following)
        if _DOT.search(following) and not _DOT.search(name) and self._surnames.get(name[:1], 0) < _COMMON_SURNAME:
            return False
        return self._credits.plausible(name) and self._credits.plausible(following)
