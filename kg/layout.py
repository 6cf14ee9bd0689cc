"""Page → Articles: where one article ends and the next begins, among everything else that a page carries.

A line can begin something new only where the text before it is at rest: behind the end of a paragraph, a byline, furniture.
There it is furniture, a byline, the opening of a news item, a headline, a subhead or a paragraph; elsewhere it goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.grouping import Grouping
from kg.linecues import LayoutCues
from kg.lines import FULL_DATE, HEAD_LENGTH, INNER, TERMINAL, Line, balanced, bigrams_shared, headish, opens, set_off, split, stated_date
from kg.model import Article, Page
from kg.sheet import Group
from kg.typer import LineTyper
from kg.unwrap import Unwrapper

__all__ = ["Layout", "LayoutCues", "Splitter"]

_MOST_HEADS = 8
# 责任编辑：: so long are labels.
_LABEL = 6
# A notice's title of fewer characters needs a gap of two blank lines before it.
_CLEAR_NOTICE = 8
# A page with a masthead has so many lines at least; its name is so long, and so many lines may stand between it and a headline.
_WITH_MASTHEAD, _PAPER, _SITE, _MOST_LINES = 3, 6, 12, 4


class Layout:
    """Splits pages by the cues given. Stateless between pages."""

    def __init__(self, cues: LayoutCues) -> None:
        self._typer = LineTyper(cues)
        self._unwrap = Unwrapper(self._typer)

    def articles(self, page: Page) -> Iterator[Article]:
        """The articles of a page, in order. A page without running Chinese text has none."""
        if INNER.search(page.text) is None:
            return
        sheet = _Reading(list(split(page.text)), self._typer)
        for group in sheet.groups():
            issued = page.issue_date if page.given else group.issued or page.issue_date or sheet.issued or group.signed
            article = self._unwrap.article(page, group.lines, sheet.wrapped, issued)
            if article is not None:
                yield article


class _Reading(Grouping):
    """One page's lines on the way to groups."""

    def groups(self) -> list[Group]:
        i = self._masthead()
        while i < len(self.lines):
            i = self._step(i)
        self.close()
        return self.done

    def _masthead(self) -> int:
        """Pass over the name of the paper or site in the page's first line; returns the next line.

        Behind it comes the day of the issue and a headline, or the headline at once where the name is one of a medium or office.
        """
        lines = self.lines
        if len(lines) < _WITH_MASTHEAD or self.is_furniture(0) or not self.typer.names_page(lines[0].text):
            return 0
        k = 1
        while k < len(lines) - 1 and k < _MOST_LINES and self.is_furniture(k):
            k += 1
        dated = k > 1 and FULL_DATE.search(lines[1].text) is not None
        short = dated and (len(lines[0].text) <= _PAPER or (self.typer.masthead(lines[1].text) and len(lines[0].text) <= _SITE))
        owned = self.typer.owner(lines[0].text)
        head = self.head_line(k) or (owned and len(lines[k].text) <= HEAD_LENGTH and "。" not in lines[k].text)
        if not (short or owned) or not head or self.byline_or_opening(k) or self.day_opens(k):
            return 0
        lines[0].kind, self.below = "furniture", k
        return 1

    def _step(self, i: int) -> int:
        """Deal with what begins at line ``i``; returns the next line to deal with."""
        line, rest = self.lines[i], self.at_rest(i)
        if len(line.text) > 400:
            return self._text(i, rest)
        if rest or self.under_title(i):
            after = self.take_byline(i)
            if after:
                return after
        if self.dateline(i, rest) and not (self.group.lines and self.group.lines[-1].kind == "dateline" and not rest):
            self._open()
            self.put(line, "dateline")
            return self._tail(i)
        if (rest or line.gap) and self.typer.continued(line.text):
            self._close_for_piece(line)
            return i + 1
        if (rest or self.stands_alone(i)) and self._furniture(i, rest):
            return i + 1
        if rest and self.column_name(i):
            if self.group.body:
                self.close()
            line.kind = "furniture"
            return i + 1
        if rest and self.group.doubt and len(line.text) <= 20 and line.text[-1] in "：:" and not self._headed(i):
            return i + 1
        # Below a headline a line that opens with a day is text, however short.
        below = bool(self.group.lines) and not self.group.body
        if rest and self.head_line(i) and not (below and self.day_opens(i)):
            after = self._heads(i)
            if after:
                return after
        return self._text(i, rest)

    def _headed(self, i: int) -> bool:
        """Whether a line that ends in a colon is the first of a headline's two: 兴隆镇黄家河坝村：| 评出好媳妇."""
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        return following is not None and len(self.lines[i].text) > _LABEL and not following.gap and self.head_line(i + 1)

    def _close_for_piece(self, line: Line) -> None:
        if self.group.body:
            self.close()
        if len(line.text) > 24:
            self.put(line, "dateline")

    def _furniture(self, i: int, rest: bool) -> bool:
        """Pass over line ``i`` if it is of the page, keeping what it says of the article: its day, its author."""
        line, group = self.lines[i], self.group
        text = line.text
        # Inside an article fewer lines are: none that is not outside of one.
        if not self.is_furniture(i) or (group.body and not self.typer.furniture(text, True)):
            return False
        if self.amid(i):
            return False
        if group.body and not group.over and rest and self.signs(i) and not TERMINAL.search(group.lines[-1].text):
            self.put(line, "sub")
            group.over = True
            return True
        stated = stated_date(text) if len(text) <= 2 * HEAD_LENGTH else None
        if stated is not None:
            if self.typer.particular(text):
                self.as_title()
            if group.lines and not group.body and group.issued is None and i + 1 < len(self.lines):
                group.issued = stated
            if group.body and rest:
                group.signed = group.signed or stated
            if self.issued is None and not self.done and (not group.lines or (self.wrapped and not group.body)):
                self.issued = stated
        author = self.typer.particulars(text, group.body)
        if author is not None and group.lines and not group.over:
            begin, end = author
            said = text[begin:end].rstrip()
            self.put(replace(line, text=said, begin=line.begin + begin, end=line.begin + begin + len(said)), "byline")
        elif group.body and rest:
            group.doubt = True
        line.kind = "furniture"
        return True

    def _open(self) -> None:
        """Begin a new article at a dateline, with the headline that was taken for the end of the text before."""
        if not self.group.body or self.as_title():
            return
        lines = self.group.lines
        k = len(lines)
        while k > 0 and len(lines) - k < _MOST_HEADS and lines[k - 1].kind in ("body", "sub") and headish(lines[k - 1].text):
            k -= 1
        while k < len(lines) and not lines[k].gap and lines[k].kind != "sub":
            k += 1
        if self.group.over:
            k = len(lines)
        heads, self.group.lines = lines[k:], lines[:k]
        if not any(line.kind in ("body", "dateline", "sub") for line in self.group.lines):
            self.group.lines = []
        self.close()
        for head in heads:
            self.put(head, "head")

    def _heads(self, i: int) -> int:
        """Take a run of heads at line ``i``; returns the line behind it, or 0 where the line is text."""
        lines = self.lines
        if self.sets_in(i):
            return 0
        j = i
        strong = False
        while j < len(lines) and j - i < _MOST_HEADS and self.head_line(j):
            if j > i:
                if self.dateline(j, True) or self.is_byline(j):
                    strong = True
                    break
                if self.is_furniture(j):
                    break
            j += 1
        else:
            strong = j < len(lines) and (self.dateline(j, True) or self.is_byline(j))
        if j >= len(lines):
            return 0
        k = j
        joined = ["".join(m.text for m in lines[i : n + 1]) for n in range(i, min(j, i + 4))]
        enough = _CLEAR_NOTICE if lines[i].gap < 2 else 0
        title = next((i + n + 1 for n, t in enumerate(joined) if len(t) >= enough and self.typer.notice(t) and balanced(t)), 0)
        first = next((n for n in range(i + 1, j) if self.day_opens(n) or self.sets_in(n)), j)
        if title and not strong and title <= first:
            k, strong = title, lines[i].gap > 0 and not self.typer.lead(lines[i].text)
        elif first < j and not self.is_furniture(first):
            k, strong = first, False
        elif not strong:
            if self.is_furniture(j):
                if j - i == 1 and self.indents and lines[i].indent == self.indent and self.amid(j):
                    return 0
                if not lines[j].gap and FULL_DATE.search(lines[j - 1].text):
                    # 公示时间：2024年5月20日至 | 2024年5月24日
                    return 0
                meta = j
                while meta < len(lines) and meta - j < 4 and self.is_furniture(meta):
                    strong = strong or self.typer.particular(lines[meta].text)
                    meta += 1
                foot = strong and self.group.body and not self.group.over and self.signs(j)
                if foot and (meta >= len(lines) or bigrams_shared(lines[j - 1].text, self.ahead(meta, 160))[0] < 3):
                    return self._signature(i, j)
                if meta >= len(lines):
                    return 0
            else:
                k = self.split_heads(i, j)
                if k == i:
                    return 0
        if strong and self.wrapped and self.group.body and not lines[i].gap and not balanced("".join(line.text for line in lines[i:k])):
            # The rest of what somebody said, above a byline: …拉过来十 | 分钟就到！”
            return 0
        strong = strong or any(lines[n].text.startswith("——") for n in range(i + 1, k))
        if not strong and not balanced("".join(line.text for line in lines[i:k])):
            return 0
        if self.group.body and not self.group.over and not strong and not self.opens(i, k, self.group.doubt):
            return self._subheads(i, k)
        if self.group.body:
            self.close()
        signed = k - i > 1 and k < len(lines) and self.typer.signature(lines[k - 1].text)
        for n in range(i, k):
            self.put(lines[n], "byline" if signed and n == k - 1 else "head")
        return k

    def _signature(self, i: int, j: int) -> int:
        """Take the body that signs a notice, and the date below it."""
        for line in self.lines[i : j - 1]:
            self.put(line, "body")
        for line in self.lines[j - 1 : j + 1]:
            self.put(line, "sub")
        self.group.over = True
        return j + 1

    def _subheads(self, i: int, k: int) -> int:
        """Take heads that part an article, where they can be nothing else; 0 where they may be text."""
        lines = self.lines
        if self.wrapped and (any(INNER.search(line.text) for line in lines[i:k]) or self.filled(k - 1, 4)):
            return 0
        for line in lines[i:k]:
            self.put(line, "sub")
        return k

    def _text(self, i: int, rest: bool) -> int:
        line = self.lines[i]
        if rest and self.group.over and not self.typer.caption(line.text):
            self.close()
        self.put(line, "body")
        return self._tail(i)

    def _tail(self, i: int) -> int:
        """Close the article where line ``i`` ends with a byline, with the rest of it in the next line; returns the line behind."""
        last = [line for line in self.group.lines[-3:] if line.kind in ("body", "dateline")]
        if not self.typer.may_sign("".join([line.text[-130:] for line in last])):
            return i + 1
        text, before = "", self.lines[i]
        for line in last:
            apart = bool(text) and set_off(before, line)
            joins = apart or opens(text) or self.typer.credits.reporters.sees(text)
            text = self.typer.breaks.join(text, line.text[-130:], apart) if joins else text + line.text[-130:]
            before = line
        tail = self.typer.tail(text)
        if tail is None or self.closes_below(i, text[tail:]) or self.as_text(i, text[tail:].strip()):
            return i + 1
        if self.typer.photo(text[tail:]):
            self.group.paused = True
            return i + 1
        self.group.over = True
        following = self.lines[i + 1] if self.wrapped and i + 1 < len(self.lines) else None
        if following is None or following.gap or len(following.text) > 12 or self.byline_or_opening(i + 1):
            return i + 1
        apart = set_off(self.lines[i], following)
        if apart and self.typer.credits.read(following.text).unknown:
            return i + 1
        if self.typer.tail(self.typer.breaks.join(text, following.text, apart)) is not None:
            self.put(following, "body")
            return i + 2
        return i + 1


Splitter = Callable[[Page], Iterator[Article]]
