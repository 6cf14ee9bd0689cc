"""Page → Articles: lines are typed, articles bounded, broken paragraphs joined, offsets kept."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import rjieba

from kg.model import Article, Page

HAN = "\u4e00-\u9fff\u3400-\u4dbf\u3007"
_TERMINAL = re.compile(r"[。！？!?…][”’\"』」）)]*$|[。！？!?][”’]?\s*[（(][^（()）。]{2,40}[）)]$")
_SPLIT = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_HAN = re.compile(f"[{HAN}]")
_INNER = re.compile(r"[，。；：！？,;]")
_FULL_DATE = re.compile(r"((?:19|20)\d\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?")
# A printed column is narrow: the sample pages have 10 to 18 characters a line, web text has a paragraph a line.
_WRAPPED_WIDTH = 34
_HEAD_LENGTH = 60
_UNPUNCTUATED = 1500


@dataclass(frozen=True, slots=True)
class LayoutCues:
    """The words that bound articles, as the ontology gives them."""

    datelines: tuple[str, ...]
    reporters: tuple[str, ...]
    byline_suffixes: tuple[str, ...]
    editors: tuple[str, ...]
    furniture: tuple[str, ...]
    not_datelines: tuple[str, ...] = ()
    newspapers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Line:
    begin: int
    end: int
    text: str
    blank_before: bool
    indented: bool
    kind: str = "body"


class Layout:
    """Splits pages by the cues given. Stateless between pages."""

    def __init__(self, cues: LayoutCues) -> None:
        def words(items: tuple[str, ...]) -> str:
            return "|".join(re.escape(w) for w in sorted(items, key=lambda w: (-len(w), w))) or "(?!)"

        name = rf"[{HAN}·]{{1,12}}"
        names = rf"{name}(?:[\s、，,/／]+{name}){{0,9}}"
        reporter, suffix = words(cues.reporters), words(cues.byline_suffixes)
        marks = words(tuple(w for w in cues.datelines if len(w) > 1))
        short = words(tuple(w for w in cues.datelines if len(w) == 1))
        self._dateline = re.compile(
            rf"[【\[]?(?:[{HAN}·—-]{{0,14}}?)(?:{marks})(?:[{HAN}]{{0,8}}\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日\s*(?:讯|电))?"
            rf"(?=[\s（(：:，,\]】—-]|\d|[{HAN}]|$)"
            rf"|[{HAN}·]{{2,12}}(?:{short})(?=[\s（(：:】\]]|\d|$)"
            rf"|[【\[]?[{HAN}]{{2,20}}\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日\s*(?:讯|电)"
            rf"|[（(](?:{reporter})[^（()）\n]{{0,60}}[）)](?=\S)"
        )
        self._not_dateline = re.compile(rf"[{HAN}·]{{0,13}}?(?:{words(cues.not_datelines)})") if cues.not_datelines else None
        body = rf"(?:[□■◎●○▲△◆/\s]*(?:{reporter})?[\s：:/]*{names}[\s，、；;/]*)"
        self._byline = re.compile(
            rf"[\s（(【\[□■◎●○▲△◆]*(?:(?:{name}[\s]*)?(?:{reporter})[\s：:/]*{names}(?:[\s，、；;/]+(?:{reporter})[\s：:]*{names})*"
            rf"|[□■◎●○▲△◆]{body})[\s，、；;/]*(?:[{HAN}]{{0,4}}(?:{suffix})[\s/／]*){{0,3}}[\s）)】\]]*$"
        )
        self._media_byline = re.compile(rf"[{HAN}]{{2,8}}(?:\s+{name}){{1,6}}\s+(?:{suffix})\s*$")
        self._tail = re.compile(rf"[。！？!?”](?P<byline>\s*[（(【]?\s*(?:[{HAN}]{{2,8}}\s*)?(?:{reporter})[^。！？，]{{1,80}})$")
        self._names_only = re.compile(rf"[（(]\s*[{HAN}·]{{2,5}}(?:[\s　、]+[{HAN}·]{{2,5}}){{0,5}}\s*[）)]$")
        self._editor = re.compile(rf"[\s（(【\[□]*(?:{words(cues.editors)})[\s：:】\]]*.{{0,60}}$")
        self._furniture = re.compile(rf"[^。！？]{{0,60}}(?:{words(cues.furniture)})[^。！？]{{0,60}}$")

    def articles(self, page: Page) -> Iterator[Article]:
        """The articles of a page, in order. A page without running Chinese text has none."""
        lines = list(_lines(page.text))
        if not lines:
            return
        lengths = sorted(len(line.text) for line in lines)
        wrapped = len(lines) >= 6 and lengths[int(len(lengths) * 0.9)] <= _WRAPPED_WIDTH
        width = lengths[int(len(lengths) * 0.7)]
        self._type(lines, wrapped, width)
        issued = page.issue_date or _masthead_date(lines)
        for group in self._groups(lines):
            article = self._article(page, group, wrapped, issued)
            if article is not None:
                yield article

    def _type(self, lines: list[_Line], wrapped: bool, width: int) -> None:
        for line in lines:
            if len(line.text) > 200:
                continue
            if self._editor.match(line.text) and not line.text.endswith("。"):
                line.kind = "furniture"
            elif self._byline.match(line.text) or self._media_byline.match(line.text):
                line.kind = "byline"
            elif len(line.text) <= _HEAD_LENGTH and not _TERMINAL.search(line.text) and self._is_furniture(line.text):
                line.kind = "furniture"
        for line in lines:
            if line.kind == "body" and self._starts_article(line.text):
                line.kind = "dateline"
        for i, line in enumerate(lines):
            if line.kind == "dateline":
                self._heads_before(lines, i, wrapped, width)
            elif line.kind == "byline" and i + 1 < len(lines) and lines[i + 1].kind == "body":
                self._heads_before(lines, i, wrapped, width, opens=True)
        self._first_heads(lines, wrapped)

    def _is_furniture(self, text: str) -> bool:
        return self._furniture.match(text) is not None or not _HAN.search(text) or _only_date(text)

    def _starts_article(self, text: str) -> bool:
        match = self._dateline.match(text)
        if match is None:
            return False
        return self._not_dateline is None or self._not_dateline.match(text) is None

    def _heads_before(self, lines: list[_Line], i: int, wrapped: bool, width: int, opens: bool = False) -> None:
        found: list[_Line] = []
        j = i - 1
        while j >= 0 and len(found) < 8:
            line = lines[j]
            if line.kind == "byline" and not opens and not found and j > 0 and _headish(lines[j - 1].text) and lines[j - 1].kind == "body":
                j -= 1
                continue
            if line.kind != "body" or not _headish(line.text):
                break
            gap = (found[-1] if found else lines[i]).blank_before
            above = lines[j - 1] if j else None
            if wrapped and gap and found and len(line.text) >= width - 1 and above is not None and not line.blank_before:
                break
            if wrapped and not found and not gap and len(line.text) >= width - 1 and not line.blank_before:
                break
            found.append(line)
            j -= 1
        if opens and not found:
            return
        if wrapped and found and j >= 0 and lines[j].kind == "body" and not _TERMINAL.search(lines[j].text):
            while found and not found[-1].blank_before:
                found.pop()
        for line in found:
            line.kind = "head"

    def _first_heads(self, lines: list[_Line], wrapped: bool) -> None:
        closed = True
        i = 0
        while i < len(lines):
            line = lines[i]
            if line.kind == "body" and closed:
                run = []
                j = i
                while j < len(lines) and lines[j].kind == "body" and _headish(lines[j].text) and not lines[j].indented and len(run) < 4:
                    if wrapped and run and lines[j].blank_before and _INNER.search(_joined(lines, j)[:40]):
                        break
                    run.append(lines[j])
                    j += 1
                following = lines[j] if j < len(lines) else None
                if run and following is not None and following.kind in ("body", "byline", "furniture") and (not wrapped or following.blank_before):
                    for head in run:
                        head.kind = "head"
                closed = False
                i = max(j, i + 1)
                continue
            if line.kind == "byline":
                closed = i > 0 and lines[i - 1].kind in ("body", "dateline")
            elif line.kind in ("dateline", "body"):
                closed = self._tail.search(line.text) is not None or self._names_only.search(line.text) is not None
            i += 1

    def _groups(self, lines: list[_Line]) -> Iterator[list[_Line]]:
        group: list[_Line] = []
        has_body = ended = False
        for i, line in enumerate(lines):
            if line.kind == "furniture":
                if has_body and not ended and any(later.kind == "body" for later in lines[i + 1 : i + 2]):
                    continue
                ended = ended or has_body
                continue
            opens = line.kind == "dateline" and has_body
            if line.kind == "head" and has_body:
                opens = ended or self._head_opens(lines, i)
            elif line.kind == "body" and ended and self._tail_ended(group):
                opens = True
            if opens and group:
                yield group
                group, has_body, ended = [], False, False
            group.append(line)
            if line.kind in ("body", "dateline"):
                has_body = True
                ended = self._tail.search(line.text) is not None
            elif line.kind == "byline" and has_body:
                ended = True
        if group:
            yield group

    @staticmethod
    def _tail_ended(group: list[_Line]) -> bool:
        return any(line.kind == "byline" for line in group[-1:])

    @staticmethod
    def _head_opens(lines: list[_Line], i: int) -> bool:
        for line in lines[i + 1 :]:
            if line.kind in ("head", "furniture"):
                continue
            return line.kind in ("dateline", "byline")
        return False

    def _article(self, page: Page, group: list[_Line], wrapped: bool, issued: date | None) -> Article | None:
        heads, bylines, paragraphs = [], [], []
        current: list[_Line] = []
        commentary = False
        for i, line in enumerate(group):
            if line.kind == "head" and not paragraphs and not current:
                heads.append(line)
            elif line.kind == "byline":
                commentary = commentary or (not paragraphs and not current and line.text[:1] in "□■◎●○▲△◆")
                if current:
                    paragraphs.append(current)
                    current = []
                bylines.append((len(paragraphs), line))
            else:
                if current and (line.kind != "body" or _breaks(current[-1], line, wrapped)):
                    paragraphs.append(current)
                    current = []
                current.append(line)
        if current:
            paragraphs.append(current)
        size = sum(len(line.text) for p in paragraphs for line in p)
        stops = sum(1 for p in paragraphs for line in p if _INNER.search(line.text))
        if size < 12 or not stops or size / stops > _UNPUNCTUATED or not any(_HAN.search(line.text) for p in paragraphs for line in p):
            return None
        lead = "".join(line.text for line in paragraphs[0])[:240]
        heads, main = _headline(heads, lead)
        builder = _Builder(page.text)
        headline = alternative = None
        for k, head in enumerate(heads):
            span = builder.add([head], page.text, glue_heads=True)
            if k in main:
                headline = (headline[0] if headline else span[0], span[1])
            elif alternative is None:
                alternative = span
        if heads:
            builder.newline()
        body = builder.size
        spans = []
        for number, paragraph in enumerate(paragraphs):
            for at, line in bylines:
                if at == number:
                    spans.append(builder.add([line], page.text))
                    builder.newline()
            builder.add(paragraph, page.text)
            builder.newline()
        for at, line in bylines:
            if at >= len(paragraphs):
                spans.append(builder.add([line], page.text))
                builder.newline()
        text = builder.text()
        tail = next((m for m in (self._tail.search(text.rstrip()), self._names_only.search(text.rstrip())) if m), None)
        if tail is not None and not spans:
            spans.append((tail.start("byline") if "byline" in tail.groupdict() else tail.start(), tail.end()))
        kept = [*heads, *(line for p in paragraphs for line in p), *(line for _, line in bylines)]
        begin, end = min(line.begin for line in kept), max(line.end for line in kept)
        return Article(page.name, begin, end, text, tuple(builder.starts), tuple(builder.origins), body, headline, alternative,
                       tuple(spans), commentary, issued)


class _Builder:
    def __init__(self, source: str) -> None:
        self.source, self.pieces, self.size = source, list[str](), 0
        self.starts, self.origins = list[int](), list[int]()

    def _put(self, piece: str, origin: int) -> None:
        self.starts.append(self.size)
        self.origins.append(origin)
        self.pieces.append(piece)
        self.size += len(piece)

    def add(self, lines: list[_Line], source: str, glue_heads: bool = False) -> tuple[int, int]:
        if glue_heads and self.size and not _crosses(self.pieces[-1], lines[0].text):
            self._put(" ", max(lines[0].begin - 1, 0))
        begin = self.size
        for line in lines:
            self._put(line.text, line.begin)
        return begin, self.size

    def newline(self) -> None:
        self._put("\n", self.origins[-1] + len(self.pieces[-1]) if self.origins else 0)

    def text(self) -> str:
        return "".join(self.pieces)


def _lines(text: str) -> Iterator[_Line]:
    last = 0
    first = True
    for match in _SPLIT.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped:
            continue
        begin = match.start() + raw.index(stripped[0])
        blank = not first and text.count("\n", last, match.start()) > 1
        yield _Line(begin, begin + len(stripped), stripped, blank or first, raw.startswith(("\u3000", "  ")))
        last, first = match.end(), False


def _joined(lines: list[_Line], j: int) -> str:
    return "".join(line.text for line in lines[j : j + 3])


def _headish(text: str) -> bool:
    """Whether a line could be a headline: short, with words, without the marks of running text."""
    return (
        len(text) <= _HEAD_LENGTH
        and _HAN.search(text) is not None
        and not _TERMINAL.search(text.replace("！", "").replace("？", ""))
        and text[-1] not in "，,、；;：。"
        and len(_INNER.findall(text)) <= (1 if len(text) < 40 else 2)
        and "。" not in text
    )


def _only_date(text: str) -> bool:
    match = _FULL_DATE.search(text)
    return match is not None and len(text) - len(match.group()) <= 30 and not _INNER.search(text.replace("：", ""))


def _breaks(previous: _Line, line: _Line, wrapped: bool) -> bool:
    """Whether a new paragraph begins at ``line``: the one before is whole, and no word runs across."""
    if _TERMINAL.search(previous.text):
        return True
    if line.kind == "head":
        return True
    if wrapped or previous.text[-1] in "，,、；;：":
        return False
    return _headish(previous.text) and len(previous.text) < 30 and not _crosses(previous.text, line.text)


def _crosses(left: str, right: str) -> bool:
    """Whether a dictionary word spans the end of one line and the start of the next."""
    tail, head = left[-5:], right[:5]
    size = 0
    for word in rjieba.cut(tail + head):
        if size < len(tail) < size + len(word):
            return True
        size += len(word)
    return False


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if _HAN.match(text[i]) and _HAN.match(text[i + 1])}


def _headline(heads: list[_Line], lead: str) -> tuple[list[_Line], set[int]]:
    """The heads that belong to the article, and the indexes of the headline's own lines.

    Lines above the line that shares most with the lead are slogans or column names unless they share something too.
    """
    if not heads:
        return heads, set()
    known = _bigrams(lead)
    scores = [len(_bigrams(h.text) & known) for h in heads]
    ratios = [s / max(len(_bigrams(h.text)), 1) for s, h in zip(scores, heads, strict=True)]
    best = max(range(len(heads)), key=lambda k: (scores[k] * ratios[k], -k))
    if scores[best] == 0:
        return heads, set(range(len(heads)))
    first = best
    while first > 0 and (not heads[first].blank_before or ratios[first - 1] >= 0.5):
        first -= 1
    last = best
    while last + 1 < len(heads) and not heads[last + 1].blank_before:
        last += 1
    while first < best and heads[first].blank_before and ratios[first] < 0.2 and heads[first + 1].blank_before:
        first += 1
    kept = heads[first:]
    top = best
    while top > first and not heads[top].blank_before:
        top -= 1
    return kept, set(range(top - first, last - first + 1))


def _masthead_date(lines: list[_Line]) -> date | None:
    """The issue date that a line of furniture states, such as ``2024年5月17日 星期五``."""
    for line in lines:
        if line.kind == "furniture" and len(line.text) <= 2 * _HEAD_LENGTH:
            for match in _FULL_DATE.finditer(line.text):
                try:
                    return date(*map(int, match.groups()))
                except ValueError:
                    continue
    return None


Splitter = Callable[[Page], Iterator[Article]]
