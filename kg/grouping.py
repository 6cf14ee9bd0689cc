"""The articles of a page while its lines are read: where one rests, what joins it, the bylines that close it."""

from __future__ import annotations

import re
from datetime import date

from kg.lines import HEAD_LENGTH, Line, ended, headish, set_off, stated_date
from kg.sheet import Group, Sheet
from kg.typer import LineTyper

# An open bracket with what stands behind it.
_UNCLOSED = re.compile("[（(][^（()）]*$")
# A byline runs over so many lines, with so many characters before the last.
_LINES, _BYLINE = 7, 80
_TITLE_LINES = 4


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
        open_bracket = _UNCLOSED.search(last.text) if self.wrapped and not self.lines[i].gap else None
        if open_bracket is not None and self.typer.credits.reporters.sees(open_bracket.group()):
            # （记者 甲 | 通讯员 乙）
            return False
        if ended(last.text):
            return True
        if self.wrapped and (self.lines[i].gap > 2 or (self.indents and self.lines[i].indent == self.indent)):
            return True
        if last.text[-1] in "，,、；;：:“（《":
            return last.text[-1] in "；;：:" and not self.wrapped
        if self.wrapped:
            return not self.filled(i - 1, 4) and (self.lines[i].gap > 0 or self.lines[i].indent > 0)
        return len(last.text) <= 40 and headish(last.text)

    def take_byline(self, i: int) -> int:
        """Take a byline that starts at line ``i`` and may run over three; returns the line behind it, or 0."""
        text = ""
        lines = self.lines
        several = self.typer.opens_byline(lines[i].text) and not self.typer.crumbs(lines[i].text)
        for j in range(i, min(i + (_LINES if several else 1), len(lines))):
            torn = lines[j].gap > 0 and not self.typer.breaks.cue_across(text, lines[j].text)
            if j > i and (len(text) > _BYLINE or torn or self.dateline(j, True)):
                break
            text = self.typer.breaks.join(text, lines[j].text, j > i and set_off(lines[j - 1], lines[j]))
            if not self.typer.byline(text) or self.goes_on(j, text):
                continue
            if self.dateline(i, True):
                break
            return self._take(i, j + 1)
        line = lines[i]
        open_end = self.group.body and not self.group.over and len(line.text) <= 30
        if open_end and self.typer.credits.alone(line.text, line.indent >= 4) and self.last_of_article(i):
            return self._take(i, i + 1)
        return 0

    def title_only(self) -> bool:
        """Whether the article has nothing yet but what can be its title, taken for text: 守住西河，守住大堤！全市连夜调度."""
        text = [line for line in self.group.lines if line.kind in ("body", "dateline", "sub")]
        if not 0 < len(text) <= _TITLE_LINES or any(line.kind != "body" or line.indent == self.indent != 0 for line in text):
            return False
        return all("。" not in line.text for line in text) and sum([len(line.text) for line in text]) <= HEAD_LENGTH

    def _take(self, i: int, j: int) -> int:
        group = self.group
        if self.title_only() and j < len(self.lines):
            for line in group.lines:
                line.kind = "head" if line.kind == "body" else line.kind
                group.issued = group.issued or stated_date(line.text)
            group.lines = [line for line in group.lines if not self.typer.furniture(line.text)]
            group.body = False
        behind = group.body
        for line in self.lines[i:j]:
            # 作者：… 时间：2019-11-11: a web page's line of particulars.
            if not behind and group.issued is None:
                group.issued = stated_date(line.text)
            self.put(line, "byline")
        if behind and not self.typer.photo(self.lines[j - 1].text):
            group.over = True
        return j
