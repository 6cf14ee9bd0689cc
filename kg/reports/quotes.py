"""The lines of the pages that findings point at, cut to a width, with the words marked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from rich.cells import cell_len

from kg.addresses import Spot
from kg.passages import BREAK
from kg.read import UnreadableInput, read_page
from kg.reports.view import clean


@dataclass(frozen=True, slots=True)
class Passage:
    """Words on a page. ``line`` is the whole line they begin on, ``start`` and ``stop`` where they stand in it, from 0,
    half-open; ``end_line`` and ``end_column`` count from 1, the column is the one after the last word."""

    line: str
    start: int
    stop: int
    words: str
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A part of a line in three: before the words, the words, after them. Nothing in it moves a cursor."""

    before: str
    words: str
    after: str

    @property
    def caret(self) -> str:
        """What stands under the quote: one ``^`` for each column of a terminal that the words take."""
        return " " * cell_len(self.before) + "^" * max(1, cell_len(self.words))


class Quotes:
    """Reads each page once; keeps the last few. A page that is gone or no text has no lines to quote."""

    def __init__(self) -> None:
        self._text = lru_cache(maxsize=64)(_text)

    def passage(self, spot: Spot | None) -> Passage | None:
        if spot is None or spot.file is None or spot.line is None or spot.column is None or spot.begin is None or spot.end is None:
            return None
        text = self._text(spot.file)
        if text is None or spot.end > len(text):
            return None
        first = spot.begin - spot.column + 1
        match = BREAK.search(text, spot.begin)
        stop = match.start() if match else len(text)
        breaks = [m.end() for m in BREAK.finditer(text, spot.begin, spot.end)]
        end_column = spot.end - (breaks[-1] if breaks else first) + 1
        marked = min(spot.end, stop) - first
        return Passage(text[first:stop], spot.column - 1, marked, text[spot.begin : spot.end], spot.line + len(breaks), end_column)

    def quote(self, spot: Spot | None, width: int) -> Quote | None:
        """The line, of at most so many columns of a terminal, a Chinese character taking two."""
        passage = self.passage(spot)
        return None if passage is None else cut(passage.line, passage.start, passage.stop, max(width, 20))


def cut(line: str, start: int, stop: int, width: int) -> Quote:
    """The part of a line around its words, ``…`` where something was cut away."""
    words = _head(clean(line[start:stop][: width + 1]), width - 2)
    room = width - cell_len(words)
    before, after = clean(line[max(0, start - width - 1) : start]), clean(line[stop : stop + width + 1])
    left = min(cell_len(before), max(room // 2, room - cell_len(after)))
    before = _head(before[::-1], left)[::-1]
    return Quote(before, words, _head(after, room - cell_len(before)))


def _head(text: str, width: int) -> str:
    """The text's beginning, with ``…`` in its last column where it is too wide."""
    if len(text) <= width and cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    fits = sum(cells < width for cells in accumulate(cell_len(character) for character in text[:width]))
    return text[:fits] + "…"


def _text(path: Path) -> str | None:
    try:
        return read_page(path).text
    except UnreadableInput:
        return None
