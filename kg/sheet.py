"""One page's lines beside each other: what a line is by the width, the gaps and the indents around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from kg.columns import Columns
from kg.credits import MARKS
from kg.lines import FULL_DATE, INNER, LABEL, Line, balanced, bigrams_shared, ended, headish
from kg.typer import LineTyper
from kg.unwrap import crosses

_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．）)]|[①-⑳]")
# Names of columns have up to ten characters (走基层·一线见闻), headlines up to three lines.
_COLUMN_NAME, _HEADLINE = 10, 3
# Blank lines that part articles; paragraphs are parted by fewer.
_APART = 2
# A headline has at least so many characters.
_FEW = 6
# A head that parts an article is seldom so long.
_LONG = 12
# A news story that opens with a scene says its day in the second sentence.
_LEAD = 80
# 公示时间：2024年…, 联系人：某某 are lines of a notice, 某县：千亩果园迎丰收 is a headline.
_PARTICULAR = re.compile(r"[^\s：:，。]{2,8}\s*[：:](?:\s*\d|.{0,5}$)")
_COMMA = re.compile("[，,；;]")
_NO_LETTER = re.compile(r"[\W_]")


@dataclass(slots=True)
class Group:
    """The lines of the article that grows. ``over`` when a byline has closed it, ``doubt`` when furniture came behind its text,
    ``paused`` when a picture's credit did. ``signed`` is the day in the lines behind its text."""

    lines: list[Line] = field(default_factory=list)
    body: bool = False
    over: bool = False
    doubt: bool = False
    paused: bool = False
    issued: date | None = None
    signed: date | None = None


class Sheet(Columns):
    """The lines of one page beside each other, and what the cues say of each."""

    def __init__(self, lines: list[Line], typer: LineTyper) -> None:
        super().__init__(lines)
        self.typer = typer
        self._may_open: dict[int, bool] = {}
        # The line below a masthead, which is a headline whatever marks it has.
        self.below = -1
        self._of_page: dict[int, bool] = {}
        self._signing: dict[int, bool] = {}

    def dateline(self, i: int, weak: bool) -> bool:
        """Whether a news item opens at line ``i``; ``weak`` at a paragraph's start only."""
        may = self._may_open.get(i)
        if may is None:
            following = self.lines[i + 1].text if i + 1 < len(self.lines) else ""
            may = self._may_open[i] = self.typer.may_open(self.lines[i].text, following) and not self.is_furniture(i)
        return may and self.typer.dateline(self.ahead(i), weak)

    def is_furniture(self, i: int) -> bool:
        """Whether line ``i``, whatever stands around it, is of the page and not of an article."""
        known = self._of_page.get(i)
        if known is None:
            known = self._of_page[i] = self.typer.furniture(self.lines[i].text)
        return known

    def day_opens(self, i: int) -> bool:
        """Whether line ``i`` opens with a day itself."""
        return self.typer.may_lead(self.lines[i].text) and self.typer.opening(self.ahead(i, 30).replace("\n", ""))

    def sets_in(self, k: int) -> bool:
        """Whether a paragraph begins at line ``k``: set in as those of the page are, with more of it in the next line."""
        line, following = self.lines[k], self.lines[k + 1] if k + 1 < len(self.lines) else None
        if not self.indents or line.indent != self.indent or following is None or following.indent >= line.indent:
            return False
        return self.filled(k) and not self.is_byline(k + 1)

    def stands_alone(self, i: int) -> bool:
        line = self.lines[i]
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        return line.gap > 0 and (following is None or following.gap > 0) and not self.filled(i)

    def column_name(self, i: int) -> bool:
        """Whether line ``i`` names a column of the page: a few characters alone, then a headline alone, then text.

        A head that parts an article stands alone too, but no second one stands between it and the text.
        """
        lines = self.lines
        if not self.wrapped or not self.stands_alone(i) or len(_NO_LETTER.sub("", lines[i].text)) > _COLUMN_NAME:
            return False
        k = i + 1
        while k < len(lines) and k - i <= _HEADLINE and (k == i + 1 or not (lines[k].gap or self.sets_in(k))):
            if not self.head_line(k) or self.is_furniture(k) or self.byline_or_opening(k):
                return False
            k += 1
        if k == i + 1 or k + 1 >= len(lines) or lines[k + 1].gap or _NUMBERED.match(lines[i].text):
            return False
        if not (lines[k].gap or self.sets_in(k)):
            return False
        if k > i + 2 and not self.sets_in(k) and any(self.filled(n) for n in range(i + 1, k)):
            return False
        return headish(lines[i].text) and self.first_filled(k) and bigrams_shared(lines[i].text, self.ahead(k, 160))[0] < 2

    def last_of_article(self, i: int) -> bool:
        if i + 1 >= len(self.lines):
            return True
        line, following = self.lines[i], self.lines[i + 1]
        set_in = self.indents and line.indent == self.indent and self.filled(i)
        if following.gap or (line.indent > following.indent + 2 and not set_in):
            return True
        return self.is_furniture(i + 1) or self.dateline(i + 1, True)

    def signs(self, j: int) -> bool:
        """Whether line ``j`` is the date at the foot of a notice and not a piece of a sentence."""
        following = self.lines[j + 1] if j + 1 < len(self.lines) else None
        whole = len(self.lines[j].text) <= 12 and FULL_DATE.fullmatch(self.lines[j].text) is not None
        return whole and (following is None or not self.wrapped or following.gap > 0 or following.indent > 0)

    def signing(self, j: int) -> bool:
        """Whether line ``j`` by itself is a byline, be it a picture's; asked from several sides."""
        known = self._signing.get(j)
        if known is None:
            known = self._signing[j] = self.typer.byline(self.lines[j].text)
        return known

    def is_byline(self, j: int) -> bool:
        text = self.lines[j].text
        if self.signing(j):
            return not self.typer.photo(text)
        if j + 1 == len(self.lines) or not (text[0] in MARKS or (self.wrapped and self.typer.breaks.halved(text))):
            return False
        # □ 甲某某　阿依古丽· | 买买提, 本报记者　丁 | 勇
        text = self.typer.breaks.join(text, self.lines[j + 1].text)
        return self.typer.byline(text) and not self.typer.photo(text)

    def split_heads(self, i: int, j: int) -> int:
        """Where in a run of short lines without punctuation the text begins; ``i`` where no line is a head."""
        lines = self.lines
        if not self.wrapped:
            return j
        if self.indents:
            if 1 <= lines[i].indent <= 4:
                return i
            for k in range(i + 1, min(j + 1, len(lines))):
                if self.sets_in(k):
                    return k
        for k in range(i + 1, j + 1):
            if k < len(lines) and self.day_opens(k):
                return k
        behind = i > 0 and lines[i - 1].kind == "furniture"
        near = lines[i].gap > self.usual_gap and ended(lines[i - 1].text)
        run = next((k for k in range(i + 1, min(i + _HEADLINE, j, len(lines) - 1) + 1) if lines[k].gap), i)
        if run - i > 1 and (behind or near) and not self.crossing(run):
            # Below more than a paragraph's gap, two or three lines without marks and a gap below them.
            return run
        best = i
        for k in range(i + 1, j + 1):
            below = lines[k].gap > self.torn and (k - i > 1 or not self.crossing(k))
            if below or not self.first_filled(k - 1) or lines[k - 1].text.startswith("——"):
                best = k
        while i < best < j and not balanced("".join(line.text for line in lines[i:best])):
            best += 1
        parted = self.parted(i)
        if best == i and (behind or parted or self.far(i)):
            # Far below the text before, a line that fills its column is a headline too; what has marks inside is text.
            end = next((k for k in range(i + 1, j) if INNER.search(lines[k].text)), j)
            farther = parted or (lines[i].gap > self.usual_gap + 1 + self.torn and ended(lines[i - 1].text))
            if end - i <= 2 and end < len(lines) and not (crosses(lines[end - 1].text, lines[end].text) if farther else self.crossing(end)):
                best = end
        return best

    def crossing(self, k: int) -> bool:
        """Whether the text of line ``k`` goes on from the line before: a word runs across, or that line is no clause of its own."""
        before, after = self.lines[k - 1].text, self.lines[k].text
        return crosses(before, after) or bool(INNER.search(before))

    def opens(self, i: int, k: int, doubt: bool) -> bool:
        """Whether heads in the midst of text open another article and do not merely part the one they stand in.

        ``doubt`` where furniture came between.
        """
        head = "".join(line.text for line in self.lines[i:k])
        if self.indents and self.lines[i].indent == self.indent and LABEL.match(head):
            return False
        if _NUMBERED.match(head) or (len(head) < 9 and self.lines[i].gap < 2 and not doubt):
            return False
        if self.wrapped and not self.lines[i].gap and i and self.filled(i - 1) and self.filled(k - 1):
            return False
        if self.lines[i].gap >= _APART and self.sets_in(k) and not self.lines[i].indent and len(head) >= _FEW:
            # Far below the text before, not set in as its paragraphs are, and above one that is.
            return not _PARTICULAR.match(head)
        following = "".join(self.ahead(k, 160).split("\n"))[:160]
        shared, ratio = bigrams_shared(head, following)
        dated = self.typer.dated(following[:_LEAD])
        stands = self.parted(i) and len(head) >= _FEW and not (_PARTICULAR.match(head) or _COMMA.search(head))
        ends = self.lines[k].gap > self.torn or not (self.filled(k - 1) or crosses(self.lines[k - 1].text, self.lines[k].text))
        if stands and (dated or ends):
            # Where articles stand farther apart than paragraphs, what looks like a headline there is one, if no sentence goes on from it.
            return True
        outside = self.sets_in(k) and not self.lines[i].indent and not LABEL.match(head) and ended(self.lines[i - 1].text)
        if outside and dated and self.lines[i].gap and len(head) >= _LONG:
            # Not set in as paragraphs are, above one that is and says its day.
            return True
        if doubt and k - i > 1 and not self.lines[i].indent and (self.sets_in(k) or self.lines[k].gap) and len(head) >= _LONG:
            return True
        if self.typer.lead(following[:40]):
            apart = self.lines[i].gap > 1 or (doubt and k - i > 1)
            return (shared >= 2 and ratio >= 0.2) or (apart and shared >= 1 and not _COMMA.search(head))
        broken = self.wrapped and k - i > 1 and self.lines[i].gap > 0 and not any(self.filled(n) for n in range(i, k))
        apart = self.lines[i].gap > 1 or doubt or broken or dated
        if not apart or len(head) < _FEW or _PARTICULAR.match(head) or (self.lines[i].gap < 2 and not broken and LABEL.match(head)):
            return False
        far = self.wrapped and self.far(i)
        if self.wrapped and not far and _COMMA.search(head) and (self.filled(k - 1) or not (self.lines[k].gap or self.lines[k].indent)):
            return False
        if doubt and k - i > 1 and shared >= 1 and not self.filled(k - 1):
            # Furniture came between, and a headline of two lines that the text goes on with.
            return True
        if far and broken and dated and self.lines[k].gap:
            return True
        if (shared >= 3 and ratio >= 0.3) or (dated and shared >= 2 and (far or broken)):
            return True
        # A story that says its day need not say its headline again.
        return dated and ((self.lines[i].gap > 1 and shared >= 2 and ratio >= 0.2) or (self.lines[i].gap > 2 and shared >= 1))

    def head_line(self, i: int) -> bool:
        """Whether line ``i`` could be a headline's: also one that breaks at a comma, apart from the text before and after it."""
        text = self.lines[i].text
        if headish(text) or i == self.below:
            return True
        apart = self.wrapped and self.lines[i].gap >= _APART and not self.filled(i)
        titled = text[-1] in "：:" and self.wrapped and i + 1 < len(self.lines) and not self.lines[i + 1].gap and self._tops(i)
        if titled and len(text) > _FEW and headish(text[:-1]) and headish(self.lines[i + 1].text):
            # 兴隆镇黄家河坝村：| 评出好媳妇
            below = range(i + 2, min(i + 5, len(self.lines)))
            printed = any(self.is_furniture(k) for k in below) or (i + 2 < len(self.lines) and self.lines[i + 2].gap > 0)
            return (printed or self._outside(i)) and not self.sets_in(i + 1)
        if not apart or len(text) < 2 or text[-1] not in "，," or not headish(text[:-1]):
            return False
        for k in range(i + 1, min(i + _HEADLINE + 1, len(self.lines))):
            if self.lines[k].gap or self.sets_in(k):
                return k > i + 1
            if not headish(self.lines[k].text):
                return False
        return False

    def _tops(self, i: int) -> bool:
        """Whether line ``i`` stands below a gap, or below the one line of a headline that does: 文明实践在某县 | 某乡某村：."""
        above = self.lines[i - 1] if i else None
        return self.lines[i].gap > 0 or (above is not None and above.gap > 0 and not above.indent and headish(above.text))

    def _outside(self, i: int) -> bool:
        """Whether lines ``i`` and ``i`` + 1 are not set in, and a paragraph below them is."""
        return i + 2 < len(self.lines) and self.sets_in(i + 2) and not (self.lines[i].indent or self.lines[i + 1].indent)

    def byline_or_opening(self, i: int) -> bool:
        return self.signing(i) or self.dateline(i, True)
