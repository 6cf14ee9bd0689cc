"""The articles of a page while its lines are read: where one rests, what joins it, the bylines that close it."""

from __future__ import annotations

import re
from datetime import date

from kg.credits import CLOSING, MARKS
from kg.lines import HAN_CHARACTER, Line, ended, headish, only_date, set_off, stated_date
from kg.sheet import Group, Sheet
from kg.typer import LineTyper

# An open bracket with what stands behind it.
_UNCLOSED = re.compile("[（(][^（()）]*$")
_CLOSE, _CLOSES = re.compile("[）)]"), re.compile("[^（()）。，]{1,30}[）)]")
# So many blank lines part articles. The second half of a name has so many characters.
_APART, _HALF = 3, 2
# A byline runs over so many lines, with so many characters before the last.
_LINES, _BYLINE = 7, 80
# The rest of a byline is at most so many characters; its first line lacks at most so many of its column's width.
_NAMES, _SLACK = 8, 6
# An office that stands above its people has a name of at most so many characters.
_OFFICE = 16
# A name that signs stands so many columns in, and not as paragraphs do.
_ASIDE = 4
_HEADS = 4
# What is taken for text may be a title of so many lines and characters, with who printed it and when.
_TITLE_LINES, _TITLE = 7, 80


class Grouping(Sheet):
    """The lines read so far: ``done`` are the articles that are whole, ``group`` is the one that grows."""

    def __init__(self, lines: list[Line], typer: LineTyper) -> None:
        super().__init__(lines, typer)
        self.issued: date | None = None
        self.done: list[Group] = []
        self.group = Group()

    def close(self) -> None:
        """Begin another article."""
        if self.group.lines:
            self.done.append(self.group)
        self.group = Group()

    def put(self, line: Line, kind: str) -> None:
        """Add a line to the article as what it is."""
        line.kind = kind
        self.group.lines.append(line)
        self.group.paused = False
        if kind in ("body", "dateline", "sub"):
            self.group.body = True
            self.group.doubt = False

    def at_rest(self, i: int) -> bool:
        """Whether something new may begin at line ``i``."""
        if not self.group.body or self.group.over or self.group.paused:
            return True
        last = self.group.lines[-1]
        if last.kind in ("byline", "sub"):
            return True
        may_open = self.wrapped and ("（" in last.text or "(" in last.text) and self._may_go_on(self.lines[i])
        open_bracket = _UNCLOSED.search(last.text) if may_open else None
        if open_bracket is not None:
            # （记者 甲 | 通讯员 乙）
            credit = self.typer.credits.read(open_bracket.group())
            if credit.cued or (credit.names and not credit.unknown):
                return False
        if ended(last.text):
            return True
        if self.wrapped and (self.lines[i].gap > 2 or (self.indents and self.lines[i].indent == self.indent)):
            return True
        if last.text[-1] in "，,、；;：:“（《":
            return last.text[-1] in "；;：:" and not self.wrapped
        if self.wrapped:
            return (self.lines[i].gap > 0 or self.lines[i].indent > 0) and not self.filled(i - 1, 4)
        return len(last.text) <= 40 and headish(last.text)

    def under_title(self, i: int) -> bool:
        """Whether reporters stand apart under what is no text yet, however it looks."""
        line, following = self.lines[i], self.lines[i + 1] if i + 1 < len(self.lines) else None
        if not (line.gap or line.text[0] in MARKS):
            return False
        if self.title_only():
            return self.is_byline(i)
        return following is not None and (following.gap > 0 or self.sets_in(i + 1)) and self.is_byline(i) and self._detach()

    def _detach(self) -> bool:
        """Begin an article with the lines since the last gap, if no sentence ends in them and one did before."""
        lines = self.group.lines
        k = len(lines)
        while k > 1 and len(lines) - k < _HEADS and lines[k - 1].kind == "body" and "。" not in lines[k - 1].text:
            k -= 1
            if lines[k].gap:
                break
        if k == len(lines) or not lines[k].gap or not ended(lines[k - 1].text):
            return False
        heads, self.group.lines = lines[k:], lines[:k]
        self.close()
        for head in heads:
            self.put(head, "head")
        return True

    def amid(self, i: int) -> bool:
        """Whether line ``i`` is a date in a sentence that runs on in the next."""
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        amid = self.group.body and self.wrapped and only_date(self.lines[i].text)
        return amid and following is not None and not (following.gap or following.indent or self.is_furniture(i + 1))

    def closes_below(self, i: int, text: str) -> bool:
        """Whether a bracket that is open at the end of line ``i`` is closed by one of the next two lines."""
        if _UNCLOSED.search(text) is None:
            return False
        for line in self.lines[i + 1 : i + 3]:
            if not self._may_go_on(line):
                return False
            if _CLOSE.search(line.text) is not None:
                return True
        return False

    def as_text(self, i: int, text: str) -> bool:
        """Whether what looks like a byline at the end of line ``i`` is a sentence that goes on: 这是记者丁勇拍 | 下的."""
        following = self.lines[i + 1] if i + 1 < len(self.lines) else None
        if following is None or not self.wrapped or following.gap or following.indent or text[-1] in CLOSING:
            return False
        if not (self.indents or self.filled(i)) or self.is_furniture(i + 1) or self.byline_or_opening(i + 1):
            return False
        if self.head_line(i + 1) and not ended(following.text):
            return False
        return not self.typer.byline(self.typer.breaks.join(text, following.text))

    @staticmethod
    def _may_go_on(line: Line) -> bool:
        """Whether a line may go on with an open bracket: behind a blank line only where it closes one."""
        return not line.gap or (line.gap < _APART and _CLOSES.match(line.text) is not None)

    def _rest(self, text: str, line: Line) -> bool:
        """Whether a line behind a blank one is the rest of what a byline is broken at: its bracket, its cue, its last name."""
        if line.gap >= _APART:
            return False
        if _UNCLOSED.search(text) is not None and _CLOSES.match(line.text) is not None:
            return True
        breaks = self.typer.breaks
        return breaks.cue_across(text, line.text) or (len(line.text) <= _HALF and breaks.runs_on(text, line.text))

    def goes_on(self, j: int, text: str) -> bool:
        """Whether what looks like a byline runs on in the next line: an open bracket, a filled line before one that ends a sentence."""
        if text.count("（") + text.count("(") > text.count("）") + text.count(")"):
            return True
        if j + 1 >= len(self.lines) or text[-1] in "）)】]":
            return False
        following = self.lines[j + 1]
        if not self.wrapped or (following.gap and not self._rest(text, following)):
            return False
        apart = set_off(self.lines[j], following)
        if not apart and self.typer.breaks.runs_on(text, following.text):
            return True
        if apart and len(following.text) == 1:
            # 文/丁 | 勇
            return self.typer.breaks.halved(text)
        if apart:
            credit = self.typer.credits.read(following.text)
            return bool(credit.names) and not (credit.unknown or self.signing(j + 1))
        if not self.filled(j):
            # A line that ends before one name more has its column's width but for an indent.
            # Names may stand one below the other, too.
            names = len(following.text) <= _NAMES and self.typer.credits.all_sure(following.text)
            beside = self.filled(j, _SLACK) or self.typer.credits.all_sure(self.lines[j].text)
            return names and beside and not self.is_furniture(j + 1)
        if self.sets_in(j) and HAN_CHARACTER.match(text):
            # 在回答记者提问时，某某省 | 监察局副局长…
            return True
        if len(following.text) > _NAMES or self.signing(j + 1) or self.is_furniture(j + 1):
            return False
        return not self.typer.credits.read(self.typer.breaks.join(text, following.text)).unknown

    def take_byline(self, i: int) -> int:
        """Take a byline that starts at line ``i`` and may run over three; returns the line behind it, or 0."""
        text = ""
        lines = self.lines
        first = lines[i].text
        office = self.wrapped and len(first) <= _OFFICE and self.typer.credits.office(first)
        several = (office or self.typer.opens_byline(first)) and not self.typer.crumbs(first)
        amid = self.group.body and not self.group.over and not lines[i].gap and not set_off(lines[i - 1], lines[i])
        for j in range(i, min(i + _LINES, len(lines))):
            if j > i and not several:
                break
            if j > i and (len(text) > _BYLINE or (lines[j].gap and not self._rest(text, lines[j])) or self.dateline(j, True)):
                break
            text = self.typer.breaks.join(text, lines[j].text, set_off(lines[j - 1], lines[j])) if j > i else first
            if not (self.typer.byline(text) if j > i else self.signing(i)):
                continue
            if self.goes_on(j, text):
                several = True
                continue
            if self.dateline(i, True) or (amid and self.as_text(j, text)):
                break
            return self._take(i, j + 1)
        line = lines[i]
        open_end = self.group.body and not self.group.over and len(line.text) <= 30
        # 编辑 甲　校对 | 乙
        edited = i > 0 and not line.gap and lines[i - 1].kind == "furniture"
        aside = line.indent >= _ASIDE and not (self.indents and line.indent == self.indent)
        signs = open_end and not edited and (self.typer.credits.alone(line.text, aside) or self._of_office(line.text))
        if signs and self.last_of_article(i):
            return self._take(i, i + 1)
        return 0

    def _of_office(self, text: str) -> bool:
        """Whether an office and its people sign below a whole sentence; in a list of people no sentence ends."""
        if len(text.split(maxsplit=1)) == 1 or not ended(self.group.lines[-1].text):
            return False
        return bool(self.typer.credits.of_office(text, 0, len(text)))

    def title_only(self) -> bool:
        """Whether the article has nothing yet but what can be its title, taken for text: 守住西河，守住大堤！全市连夜调度."""
        text = [line for line in self.group.lines if line.kind in ("body", "dateline", "sub")]
        if not 0 < len(text) <= _TITLE_LINES or any(line.kind != "body" and not only_date(line.text) for line in text):
            return False
        if any(line.indent == self.indent != 0 for line in text if line.kind == "body" and line.gap):
            return False
        return all("。" not in line.text for line in text) and sum([len(line.text) for line in text]) <= _TITLE

    def as_title(self) -> bool:
        """Take what the article has for its title, if it can be one."""
        group = self.group
        if not self.title_only():
            return False
        for line in group.lines:
            line.kind = "head" if line.kind in ("body", "sub") else line.kind
            group.issued = group.issued or stated_date(line.text)
        group.lines = [line for line in group.lines if not self.typer.furniture(line.text)]
        group.body = group.over = False
        return True

    def _take(self, i: int, j: int) -> int:
        group = self.group
        if j < len(self.lines):
            self.as_title()
        behind = group.body
        for line in self.lines[i:j]:
            # 作者：… 时间：2019-11-11: a web page's line of particulars.
            if not behind and group.issued is None:
                group.issued = stated_date(line.text)
            self.put(line, "byline")
        if behind and not self.typer.photo(self.lines[j - 1].text):
            group.over = True
        return j
