"""The pages as they were printed: their text by name, its lines, what is marked and linked in it."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from kg.passages import BREAK, Pages, position, sentence, solid, stand
from kg.read import UnreadableInput, read_page
from kg.store import known_pages
from kg.web.pages.rendering import View

_AROUND: Final = 400
_LARGEST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a thing; offsets are characters of the page, half-open."""

    begin: int
    end: int
    kind: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is alike: what it names, whether it is marked, the anchors before it."""

    text: str
    mention: Mention | None = None
    marked: bool = False
    anchors: tuple[str, ...] = ()


@dataclass(slots=True)
class Line:
    """A line of the page; numbers count from 1."""

    number: int
    pieces: list[Piece] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        return any(piece.marked for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence around words of a page, with its first line and the words marked."""

    line: int
    begin: int
    end: int
    pieces: tuple[Piece, ...]


def printed(view: View) -> Pages:
    """The pages below ``--sources``, and those that the store remembers."""
    if "pages" not in view.known:
        view.known["pages"] = Pages([*view.request.app.state.sources, *known_pages(view.workers.store)])
    pages: Pages = view.known["pages"]
    return pages


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> str | None:
    try:
        return None if path.stat().st_size > _LARGEST else read_page(path).text
    except (UnreadableInput, OSError):
        # Without its file the article's page shows the words that the store holds, and says so.
        return None


def _first_fit(paths: Sequence[Path], spans: Sequence[tuple[int, int, str]]) -> str | None:
    for path in paths:
        text = _read(path, path.stat().st_mtime_ns)
        if text is not None and all(stand(text, *span) for span in spans):
            return text
    return None


async def text_of(view: View, source: str, spans: Sequence[tuple[int, int, str]]) -> str | None:
    """The text of the page of this name on which these words stand where they should; None where there is none."""
    paths = printed(view).named(source)
    return await asyncio.to_thread(_first_fit, paths, spans) if paths else None


def find(text: str, begin: int, end: int, names: Iterable[tuple[str, str, str, str]]) -> list[Mention]:
    """Where names stand between two offsets: (name, kind, path, title); the longest first, none inside another.

    White space inside a name, also a line's end, is passed over. Of a name that several bear, a body comes last: a place's
    leadership is called as the place.
    """
    offsets = [at for at in range(begin, end) if not text[at].isspace()]
    dense = "".join(text[at] for at in offsets)
    taken = bytearray(len(dense))
    found = []
    for name, kind, path, title in sorted(names, key=lambda entry: (-len(solid(entry[0])), entry[1] == "organization", entry)):
        word = solid(name)
        at = dense.find(word) if word else -1
        while at >= 0:
            stop = at + len(word)
            if not any(taken[at:stop]):
                taken[at:stop] = b"\1" * len(word)
                found.append(Mention(offsets[at], offsets[stop - 1] + 1, kind, path, title))
            at = dense.find(word, stop)
    return sorted(found, key=lambda mention: mention.begin)


def pieces(
    text: str, begin: int, end: int, mentions: Sequence[Mention], marks: Sequence[tuple[int, int]], anchors: Sequence[tuple[int, int]] = ()
) -> list[tuple[int, Piece]]:
    """The text between two offsets cut wherever something begins or ends or a line breaks, each piece with its offset."""
    named: dict[int, list[str]] = {}
    for first, last in dict.fromkeys(anchors):
        named.setdefault(max(first, begin), []).append(f"char={first},{last}")
    cuts = {begin, end, *named}
    for mention in mentions:
        cuts |= {mention.begin, mention.end}
    for first, last in marks:
        cuts |= {first, last}
    for match in BREAK.finditer(text, begin, end):
        cuts |= {match.start(), match.end()}
    places = sorted(cut for cut in cuts if begin <= cut <= end)
    starts = [mention.begin for mention in mentions]
    found = []
    for first, last in pairwise(places):
        index = bisect_right(starts, first) - 1
        here = mentions[index] if index >= 0 and mentions[index].end > first else None
        marked = any(one <= first < other for one, other in marks)
        found.append((first, Piece(text[first:last], here, marked, tuple(named.get(first, ())))))
    return found


def lines(text: str, cut: Sequence[tuple[int, Piece]], begin: int) -> list[Line]:
    """The pieces as lines, numbered as in the file; an empty line is kept."""
    found = [Line(position(text, begin)[0])]
    for _, piece in cut:
        if BREAK.fullmatch(piece.text):
            found.append(Line(found[-1].number + 1))
        else:
            found[-1].pieces.append(piece)
    return found


def quotes(text: str, spans: Sequence[tuple[int, int]]) -> list[Quote]:
    """The sentences around some words, those that touch as one, with the words marked."""
    around: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        left, right = sentence(text, begin, end, _AROUND)
        if around and left <= around[-1][1]:
            around[-1] = (around[-1][0], max(right, around[-1][1]))
        else:
            around.append((left, right))
    found = []
    for left, right in around:
        inside = [span for span in spans if left <= span[0] and span[1] <= right]
        cut = [piece for _, piece in pieces(text, left, right, (), inside)]
        flat = tuple(piece for piece in cut if not BREAK.fullmatch(piece.text))
        found.append(Quote(position(text, left)[0], inside[0][0], inside[0][1], flat))
    return found
