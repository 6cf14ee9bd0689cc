"""The columns of one page: how wide its lines run, how far they stand apart and how its paragraphs are set in."""

from __future__ import annotations

from collections import Counter

from kg.lines import Line, ended

# A printed column is narrow: the sample pages have 10 to 18 characters a line, web text has a paragraph a line.
_WRAPPED_WIDTH = 34
# One character in so many stands in a line that is too long for a column.
_LONG_LINES = 4
# A page is torn where more than one gap in so many breaks a sentence.
_TORN = 8
# So many gaps of a size are a page's manner of parting paragraphs.
_USUAL = 3


class Columns:
    """The lines of one page. ``wrapped`` where paragraphs are broken into lines, ``indents`` where each of them is set in
    by ``indent`` columns. ``torn`` where gaps break sentences, ``usual_gap`` is the one between paragraphs."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        lengths = sorted([len(line.text) for line in lines])
        self._widths = [len(line.text) + line.indent for line in lines]
        # No column has lines of twice its width; on a page that has them the short ones are a list's.
        listed = sum([n for n in lengths if n > 2 * _WRAPPED_WIDTH]) * _LONG_LINES > sum(lengths)
        self.wrapped = len(lines) >= 6 and lengths[int(len(lengths) * 0.9)] <= _WRAPPED_WIDTH and not listed
        long = [n for n in lengths if n > 5] or lengths
        self.width = long[int(len(long) * 0.8)] if long else 0
        indents = Counter(line.indent for line in lines if 1 <= line.indent <= 4)
        self.indent, indented = indents.most_common(1)[0] if indents else (0, 0)
        self.indents = self.wrapped and 2 <= indented <= len(lines) * 0.6 and indented * 25 >= len(lines)
        gapped = [i for i, line in enumerate(lines) if i and line.gap]
        self.torn = sum([not ended(lines[i - 1].text) and self.filled(i - 1) for i in gapped]) * _TORN > len(gapped)
        gaps = Counter([lines[i].gap for i in gapped]).most_common(1)
        self.usual_gap = gaps[0][0] if gaps and gaps[0][1] >= _USUAL else 1
        wide = [i for i in gapped if lines[i].gap > self.usual_gap]
        self._clean = bool(wide) and not any(self.filled(i - 1) and not ended(lines[i - 1].text) for i in wide)

    def far(self, i: int) -> bool:
        """Whether line ``i`` stands farther below the text before than paragraphs of the page do."""
        return self.lines[i].gap > self.usual_gap + self.torn

    def parted(self, i: int) -> bool:
        """Whether line ``i`` stands farther below a sentence's end than paragraphs do, on a page where no wide gap breaks a sentence."""
        return self._clean and self.lines[i].gap > self.usual_gap and i > 0 and ended(self.lines[i - 1].text)

    def filled(self, i: int, slack: int = 2) -> bool:
        """Whether line ``i`` takes its column's whole width, give or take; columns of one page differ."""
        near = sorted(self._widths[max(0, i - 3) : i + 8])
        width = min(near[len(near) * 4 // 5], self.width + 2)
        return self._widths[i] >= width - slack

    def first_filled(self, i: int) -> bool:
        """The same for a line that may be a paragraph's first, whose indent may be lost."""
        return self.filled(i, 2 if self.lines[i].indent or self.indents else 4)

    def ahead(self, i: int, size: int = 80) -> str:
        """The text of a line and, where it is short, of those after it."""
        text = self.lines[i].text
        if len(text) >= size:
            return text[: 3 * size]
        parts, total = [text], len(text)
        for line in self.lines[i + 1 : i + 12]:
            if total >= size:
                break
            parts.append(line.text[:size])
            total += len(line.text)
        return "\n".join(parts)
