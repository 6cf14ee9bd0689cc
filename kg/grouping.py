"""The articles of a page while its lines are read: where one rests, what joins it, the bylines that close it."""

from __future__ import annotations

from datetime import date

from kg.lines import Line, ended, headish, set_off, stated_date
from kg.sheet import Group, Sheet
from kg.typer import LineTyper


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
        for j in range(i, min(i + (4 if several else 1), len(lines))):
            if j > i and (len(text) > 60 or lines[j].gap or self.dateline(j, True)):
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

    def _take(self, i: int, j: int) -> int:
        group = self.group
        behind = group.body
        for line in self.lines[i:j]:
            # 作者：… 时间：2019-11-11: a web page's line of particulars.
            if not behind and group.issued is None:
                group.issued = stated_date(line.text)
            self.put(line, "byline")
        if behind and not self.typer.photo(self.lines[j - 1].text):
            group.over = True
        return j
