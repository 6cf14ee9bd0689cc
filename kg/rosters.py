"""Lists of names with the posts behind each: in brackets, or to the end of the line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.chains import Context, Piece, PieceReader
from kg.names import Name
from kg.persons import Finder

# What stands before a name of a list with posts in a bracket behind it, its likelihood, and how long the bracket is.
_LISTING = frozenset("：:、，；。！？”,; \u3000\n")
_LISTED, _IN_BRACKET = 4.5, 60
# What a name needs that stands inside a clause: 获奖者有甲（某局局长）.
_INSIDE = 6.0
# Between particulars; a day of birth has at most so many characters.
_PARTS, _BORN = frozenset("，,、；; "), 14
# What parts a name and its posts in a roster, whose every line has both.
_GAP, _ROSTERED = re.compile(r"[ \u3000]+"), 2.5
_CLOSING = frozenset("）)")

Entry = tuple[Name, Sequence[Piece]]


def read(context: Context, pieces: PieceReader, finder: Finder) -> Iterator[Entry]:
    """The names of an article's lists, each with its posts."""
    yield from _bracketed(context, pieces, finder)
    yield from _rostered(context, pieces, finder)


def _bracketed(context: Context, reader: PieceReader, finder: Finder) -> Iterator[Entry]:
    """组长：甲（某局党组书记、局长）: the posts in the bracket behind a name of a list."""
    text = context.scan.text
    for end in context.scan.titles_by_end:
        if text[end : end + 1] not in _CLOSING:
            continue
        low = max(0, end - _IN_BRACKET)
        opened = max(text.rfind("（", low, end), text.rfind("(", low, end))
        start = _behind_particulars(context, opened + 1) if opened >= 0 else -1
        if start not in context.by_begin and start not in context.setting.by_begin:
            continue
        name = finder.ending_at(opened)
        listed = name is not None and text[name.begin - 1] in _LISTING
        if name is None or name.score < (_LISTED if listed else _INSIDE) or not (listed or context.scan.bounds[name.begin]):
            continue
        pieces = reader.rightwards(context, start)
        if pieces and pieces[-1].end == end:
            yield name, pieces


def _behind_particulars(context: Context, at: int) -> int:
    """The offset behind what else a bracket says of somebody: （女，1975年5月生，| 某县某局局长）."""
    scan, text = context.scan, context.scan.text
    while True:
        note = scan.cue(at, "BracketNote")
        end = note[0] if note is not None else text.find("，", at, at + _BORN) if text[at : at + 1].isdigit() else -1
        if end < 0 or text[end : end + 1] not in _PARTS:
            return at
        at = end + 1


def _rostered(context: Context, reader: PieceReader, finder: Finder) -> Iterator[Entry]:
    """总河长：甲　县委书记, a line each: the posts that fill the line behind a name and a gap."""
    text = context.scan.text
    for end in [end for end in context.scan.titles_by_end if text[end : end + 1] in ("", "\n")]:
        for gap in _GAP.finditer(text, text.rfind("\n", 0, end) + 1, end):
            pieces = reader.rightwards(context, gap.end())
            name = finder.ending_at(gap.start()) if pieces and pieces[-1].end == end else None
            if name is not None and (name.begin == 0 or text[name.begin - 1] in _LISTING) and name.score >= _ROSTERED:
                yield name, pieces
                break
