"""The names of the store in memory, found by Chinese characters and by pinyin: full, by initials, or begun.

Every reading of a character counts, so 单 is found as dan and as shan.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from pypinyin import Style, pinyin

KINDS: Final = ("person", "organization", "place", "event", "document")
_LATIN: Final = re.compile(r"[a-z\u00fc\u00e0-\u01dc' ]+")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
# A name of this many characters is matched by pinyin from its start; longer ones by what they begin with.
_READ: Final = 12


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what bears it. ``main``: not one of its other names. ``weight``: how many articles name it."""

    thing: str
    kind: str
    name: str
    main: bool
    weight: int


@lru_cache(maxsize=30_000)
def readings(char: str) -> tuple[str, ...]:
    """The readings of a character without tones; a letter or digit reads as itself."""
    if not _CHINESE.fullmatch(char):
        return (char.lower(),)
    found = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(reading.replace("\u00fc", "v") for reading in found))


def spelled(word: str, name: str) -> bool:
    """Whether a word in Latin letters spells the name from its start: each character by a reading, its beginning, or its initial."""
    at = {0}
    for char in name[:_READ]:
        if len(word) in at:
            return True
        step: set[int] = set()
        for place in at:
            for reading in readings(char):
                length = len(reading)
                if word.startswith(reading, place):
                    step.add(place + length)
                elif reading.startswith(word[place:]):
                    return True
                if word.startswith(reading[:1], place):
                    step.add(place + 1)
        at = step
        if not at:
            return False
    return len(word) in at


class Names:
    """All names, ready to be searched."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = sorted(names, key=lambda name: (-name.weight, len(name.name), name.name, name.thing))
        # All names as one text, a line each: a search of it is one of the machine's, not of 100,000 strings.
        self._lines = "\n".join(name.name.lower() for name in self._names)
        self._begins = [0, *accumulate(len(name.name.lower()) + 1 for name in self._names)]
        self._initials: dict[str, list[Name]] = {}
        for name in self._names:
            for initial in {reading[:1] for reading in readings(name.name[:1])}:
                self._initials.setdefault(initial, []).append(name)

    def __len__(self) -> int:
        return len(self._names)

    def found(self, words: str, limit: int = 200) -> list[Name]:
        """What bears a name with these words, each thing once: an equal name first, then one that begins so, then the rest."""
        wanted = "".join(words.split()).lower()
        if not wanted:
            return []
        groups: tuple[list[Name], list[Name], list[Name]] = ([], [], [])
        at = self._lines.find(wanted)
        while at >= 0:
            number = bisect_right(self._begins, at) - 1
            begin, end = self._begins[number], self._begins[number + 1]
            whole = end - begin == len(wanted) + 1
            groups[0 if whole else 1 if at == begin else 2].append(self._names[number])
            at = self._lines.find(wanted, end)
        matches = [name for group in groups for name in group]
        if _LATIN.fullmatch(words.strip().lower()):
            word = wanted.replace("\u00fc", "v").replace("'", "")
            matches += self._spelled(word)
        once: dict[str, Name] = {}
        for name in matches:
            once.setdefault(name.thing, name)
            if len(once) >= limit:
                break
        return list(once.values())

    def _spelled(self, word: str) -> list[Name]:
        candidates = self._initials.get(word[:1], [])
        full: list[Name] = []
        begun: list[Name] = []
        for name in candidates:
            if spelled(word, name.name):
                (full if _whole(word, name.name) else begun).append(name)
        return full + begun

    def near(self, words: str, limit: int = 5) -> list[Name]:
        """Names that look alike, for words that no name has."""
        labels = {name.name: name for name in reversed(self._names[:20_000]) if abs(len(name.name) - len(words)) <= 2}
        return [labels[label] for label in difflib.get_close_matches(words, labels, n=limit, cutoff=0.5)]


def _whole(word: str, name: str) -> bool:
    """Whether the word spells the whole name, by full readings or by the initials alone."""
    if len(word) == len(name):
        return all(any(reading.startswith(letter) for reading in readings(char)) for letter, char in zip(word, name, strict=True))
    rests = {word}
    for char in name:
        rests = {rest[len(reading) :] for rest in rests for reading in readings(char) if rest.startswith(reading)}
    return "" in rests
