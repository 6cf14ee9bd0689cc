"""Lines of one article → Article: broken paragraphs joined, the headline chosen, every offset kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import rjieba

from kg.breaks import Breaks
from kg.credits import MARKS, Credits
from kg.lines import INNER, Line, bigrams_shared, ended, headish, opens, set_off
from kg.model import Article, Page
from kg.signers import HAN_RUN
from kg.typer import LineTyper

# A stretch of more characters to a mark of punctuation than this is a table or a list, no prose.
_UNPUNCTUATED = 1500
_LEAD = 240
# The longest byline that runs over lines.
_BYLINE = 90
# The second half of a name has so many characters.
_HALF = 2
# A byline in brackets is broken by one of a paragraph's first or last lines.
_BROKEN = 3
_UNCLOSED = re.compile("[（(][^（()）。]*$")
# A text of so many characters that has so few different ones, or hardly a sentence, is none.
_LONG, _FEW = 1000, 40
# A line without headline, dateline and byline is of the page's foot; the shortest news item of the development pages has 40 characters.
_LEAST, _LEAST_ALONE = 12, 26


class Unwrapper:
    """Builds articles from typed lines. Stateless between articles."""

    def __init__(self, typer: LineTyper) -> None:
        self._typer = typer

    def article(self, page: Page, group: Sequence[Line], wrapped: bool, issued: date | None) -> Article | None:
        """The article of a group of lines; None where they are no running Chinese text."""
        heads, bylines, paragraphs, marked = self._parts(group, wrapped)
        marked_news = heads or bylines or any(line.kind == "dateline" for line in group)
        if not _prose([line for p in paragraphs for line in p], _LEAST if marked_news else _LEAST_ALONE):
            return None
        lead = "".join(line.text for p in paragraphs[:2] for line in p)[:_LEAD]
        # A story that opens with a scene says its day later.
        marked = marked and not (self._typer.lead(lead[:40]) or self._typer.dated(lead))
        heads, main = _headline(heads, lead)
        text = _Text(self._typer.credits, self._typer.breaks)
        headline = alternative = None
        for k, head in enumerate(heads):
            span = text.add([head], glue_heads=True)
            if k in main:
                headline = (headline[0] if headline else span[0], span[1])
            elif alternative is None:
                alternative = span
        if heads:
            text.newline()
        spans: list[tuple[int, int]] = []
        signed: list[Line] = []
        said, closing = "", None
        body = text.size
        for number in range(len(paragraphs) + 1):
            for at, line in bylines:
                if at == number:
                    follows = spans and spans[-1][1] + 1 == text.size and signed[-1].end < line.begin
                    if follows and self._goes_on(signed[-1], said, line, page.text):
                        text.unbreak()
                        spans[-1] = (spans[-1][0], text.add_to(line, set_off(signed[-1], line)))
                        said += line.text
                    else:
                        spans.append(text.add([line]))
                        said = line.text
                        if number == len(paragraphs) and closing is None:
                            closing = spans[-1][0]
                    signed.append(line)
                    text.newline()
            if number == 0:
                body = text.size
            if number < len(paragraphs):
                text.add(paragraphs[number])
                text.newline()
        whole = text.text()
        if paragraphs:
            trimmed = whole[:closing].rstrip()
            tail = self._typer.tail(trimmed)
            if tail is not None and tail >= body:
                spans.append((tail, len(trimmed)))
        kept = [*heads, *(line for p in paragraphs for line in p), *(line for _, line in bylines)]
        begin, end = min(line.begin for line in kept), max(line.end for line in kept)
        origins = tuple(text.starts), tuple(text.origins)
        return Article(page.name, begin, end, whole, *origins, body, headline, alternative, tuple(spans), marked, issued, page.text)

    def _goes_on(self, last: Line, said: str, line: Line, source: str) -> bool:
        """Whether a line of a byline goes on with the ``last`` one: neither a blank line nor a cue of its own parts them.

        ``said`` is all that the byline says so far.
        """
        if _UNCLOSED.search(said):
            return True
        breaks = source.count("\n", last.end, line.begin)
        if breaks == 1 and not self._typer.byline(line.text):
            return True
        if breaks > 1 and len(line.text) > _HALF:
            return False
        return self._typer.breaks.runs_on(last.text, line.text)

    def _parts(self, group: Sequence[Line], wrapped: bool) -> tuple[list[Line], list[tuple[int, Line]], list[list[Line]], bool]:
        """Heads; bylines with the number of paragraphs before each; paragraphs; whether a marked byline opens (an opinion piece)."""
        heads: list[Line] = []
        bylines: list[tuple[int, Line]] = []
        paragraphs: list[list[Line]] = []
        current: list[Line] = []
        marked = False
        for line in group:
            if line.kind == "head" and not paragraphs and not current:
                heads.append(line)
                continue
            if line.kind == "byline":
                opens = not paragraphs and not current
                marked = marked or (opens and line.text[0] in MARKS and not self._typer.credits.reporters.sees(line.text))
                if current:
                    paragraphs.append(current)
                    current = []
                bylines.append((len(paragraphs), line))
                continue
            if current and (line.kind != "body" or current[-1].kind == "sub" or _breaks(current[-1], line, wrapped)):
                paragraphs.append(current)
                current = []
            current.append(line)
        if current:
            paragraphs.append(current)
        return heads, bylines, paragraphs, marked


class _Text:
    """The text of an article as it grows, with the origin of each piece."""

    def __init__(self, credits: Credits, breaks: Breaks) -> None:
        self._credits, self._breaks = credits, breaks
        self.pieces, self.size = list[str](), 0
        self.starts, self.origins = list[int](), list[int]()

    def _put(self, piece: str, origin: int) -> None:
        self.starts.append(self.size)
        self.origins.append(origin)
        self.pieces.append(piece)
        self.size += len(piece)

    def add(self, lines: Sequence[Line], glue_heads: bool = False) -> tuple[int, int]:
        if glue_heads and self.size and not crosses(self.pieces[-1], lines[0].text):
            self._put(" ", max(lines[0].begin - 1, 0))
        begin = self.size
        # Names are parted only where a byline is: most paragraphs have none, and most lines need no space.
        signed = len(lines) > 1 and (
            any(map(set_off, lines, lines[1:]))
            or any(opens(line.text) for line in (*lines[:_BROKEN], *lines[-_BROKEN:-1]))
            or self._credits.reporters.sees("".join([line.text for line in lines]))
        )
        sentence = before = ""
        indent = lines[0].indent
        starts, origins, pieces = self.starts.append, self.origins.append, self.pieces.append
        for line in lines:
            text = line.text
            spaced = before and before[-1].isascii() and _letter(before[-1]) and _letter(text[0])
            if spaced or (signed and before and self._signs(sentence, text, 0 < line.indent != indent)):
                self._put(" ", max(line.begin - 1, 0))
            if signed:
                sentence = (sentence + text[-_BYLINE:]).rpartition("。")[2][-_BYLINE:]
            starts(self.size)
            origins(line.begin)
            pieces(text)
            self.size += len(text)
            before, indent = text, line.indent
        return begin, self.size

    def _signs(self, sentence: str, following: str, apart: bool) -> bool:
        """Whether a line break parts two names of a byline; ``sentence`` is what stands before it, from the last full stop."""
        if len(sentence) >= _BYLINE or not (self._credits.reporters.sees(sentence) or self._names(sentence, apart)):
            return False
        return self._breaks.parted(sentence, following, apart)

    def _names(self, sentence: str, apart: bool) -> bool:
        """Whether names stand in an open bracket at a sentence's end, or are all that it has; ``apart`` as in ``parted``."""
        bracket = _UNCLOSED.search(sentence)
        if apart:
            return bracket is not None or (bool(sentence.strip()) and self._credits.all_sure(sentence))
        credit = self._credits.read(bracket.group()) if bracket is not None else None
        return credit is not None and credit.names != () and not credit.unknown

    def unbreak(self) -> None:
        """Take the last line end back."""
        self.starts.pop()
        self.origins.pop()
        self.size -= len(self.pieces.pop())

    def add_to(self, line: Line, apart: bool) -> int:
        """Add a line to the one before; returns its end."""
        if self._breaks.parted(self.pieces[-1], line.text, apart):
            self._put(" ", max(line.begin - 1, 0))
        self._put(line.text, line.begin)
        return self.size

    def newline(self) -> None:
        self._put("\n", self.origins[-1] + len(self.pieces[-1]) if self.origins else 0)

    def text(self) -> str:
        return "".join(self.pieces)


def _letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _prose(lines: Sequence[Line], least: int) -> bool:
    """Whether lines are Chinese prose of some length: mostly Chinese characters, with punctuation."""
    text = "".join(line.text for line in lines)
    if len(text) < least:
        return False
    if INNER.search(text) is None:
        return False
    if len(text) > _UNPUNCTUATED:
        stops = sum(1 for line in lines if INNER.search(line.text))
        if len(text) / stops > _UNPUNCTUATED and len(text) / len(INNER.findall(text)) > _UNPUNCTUATED:
            return False
    if len(text) > _LONG and (_few(text) or len(text) > 2 * _UNPUNCTUATED * sum(text.count(c) for c in "。！？!?；")):
        return False
    # Half of it mostly has enough already.
    return any(3 * sum(map(len, HAN_RUN.findall(part))) >= len(text) for part in (text[: len(text) // 2], text))


def _few(text: str) -> bool:
    """Whether a text has few different characters: those of prose are seen in its first sentences."""
    return len(set(text[: 4 * _FEW])) < _FEW and len(set(text)) < _FEW


def _breaks(previous: Line, line: Line, wrapped: bool) -> bool:
    """Whether a new paragraph begins at ``line``: the one before is whole, and no word runs across."""
    if ended(previous.text):
        return True
    if line.kind != "body":
        return True
    if wrapped or previous.text[-1] in "，,、；;：":
        return False
    return len(previous.text) < 30 and headish(previous.text) and not crosses(previous.text, line.text)


def crosses(left: str, right: str) -> bool:
    """Whether a dictionary word spans the end of one line and the start of the next."""
    tail, head = left[-5:], right[:5]
    size = 0
    for word in rjieba.cut(tail + head):
        if size < len(tail) < size + len(word):
            return True
        size += len(word)
    return False


def _headline(heads: list[Line], lead: str) -> tuple[list[Line], set[int]]:
    """The heads that belong to the article, and the indexes of the headline's own lines.

    Lines above the line that shares most with the lead are slogans or column names unless they share something too.
    """
    if not heads:
        return heads, set()
    if len(heads) == 1:
        return heads, {0}
    shared = [bigrams_shared(head.text, lead) for head in heads]
    scores, ratios = [n for n, _ in shared], [ratio for _, ratio in shared]
    best = max(range(len(heads)), key=lambda k: (scores[k] * ratios[k], -k))
    if scores[best] == 0:
        return heads, set(range(len(heads)))
    first = best
    while first > 0 and (not heads[first].gap or ratios[first - 1] >= 0.5):
        first -= 1
    last = best
    while last + 1 < len(heads) and not heads[last + 1].gap:
        last += 1
    while first < best and heads[first].gap and ratios[first] < 0.2 and heads[first + 1].gap:
        first += 1
    kept = heads[first:]
    top = best
    while top > first and not heads[top].gap:
        top -= 1
    return kept, set(range(top - first, last - first + 1))
