"""Words on the pages as they were printed: the pages by name, lines, the sentence around words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from kg.read import read_page

BREAK = re.compile(r"\r\n|\r|\n")
_ENDS = frozenset("。！？!?")


class Pages:
    """The pages below files and folders, by file name; looked for when first asked for, each read once."""

    def __init__(self, sources: Iterable[Path]) -> None:
        self._sources = tuple(sources)
        self._texts: dict[Path, str] = {}

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for source in self._sources:
            for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
                if path not in (same := found.setdefault(path.name, [])):
                    same.append(path)
        return found

    def named(self, name: str) -> tuple[Path, ...]:
        """The files of this name, in the order of the sources."""
        return tuple(path for path in self._files.get(name, ()) if path.is_file())

    def text(self, path: Path) -> str:
        """The text of a page. Raises UnreadableInput."""
        if path not in self._texts:
            self._texts[path] = read_page(path).text
        return self._texts[path]


def stand(text: str, begin: int, end: int, words: str) -> bool:
    """Whether words stand between two offsets, white space aside: a page that changed since it was read shows others."""
    return end <= len(text) and solid(text[begin:end]) == solid(words)


def solid(words: str) -> str:
    """Words without white space."""
    return "".join(words.split())


def position(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of an offset, counted from 1."""
    breaks = [match.end() for match in BREAK.finditer(text, 0, offset)]
    return len(breaks) + 1, offset - (breaks[-1] if breaks else 0) + 1


def sentence(text: str, begin: int, end: int, reach: int | None = None) -> tuple[int, int]:
    """The span of the sentence around words, over line ends but not over empty lines; at most ``reach`` characters to each side."""
    low, high = (0, len(text)) if reach is None else (max(0, begin - reach), min(len(text), end + reach))
    left, right = begin, end
    while left > low and text[left - 1] not in _ENDS and text[left - 2 : left] != "\n\n":
        left -= 1
    while right < high and text[right - 1] not in _ENDS and text[right : right + 2] != "\n\n":
        right += 1
    while left < begin and text[left].isspace():
        left += 1
    return left, right
