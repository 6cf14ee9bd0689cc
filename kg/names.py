"""What makes a Chinese name likely: surnames, the characters of given names, elements of other languages' names, words that are none."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from kg.gazetteer import Gazetteer

SPACE = " \u3000\xa0\t"
STOP = '，。、；：！？,;:!?）)（(《》”“"\n' + SPACE
# A name of two characters starts behind one of three: about six people in seven have three.
_SHORT_NAME = -0.9
# Words above this frequency in jieba's dictionary are not taken for names even behind a title (职务, 方面).
_COMMON = 1500


class Names:
    """What makes a Chinese name likely. Shared by all articles; holds no state of any."""

    def __init__(self, gazetteer: Gazetteer, elements: Iterable[str] = (), joiners: Iterable[str] = ()) -> None:
        self._surname = {s: math.log10(f + 1) for s, f in gazetteer.surnames.items()}
        self._given = {c: tuple(math.log10(w + 1) for w in weights) for c, weights in gazetteer.given.items()}
        self._not = gazetteer.not_names
        self._maybe = gazetteer.maybe_names
        self._none = (0.0, 0.0, 0.0)
        self.joiners = frozenset(["、", *joiners])
        self._first = frozenset(s[0] for s in [*gazetteer.surnames, *elements])
        parts = sorted(elements, key=lambda p: (-len(p), p))
        self._element_starts = frozenset(p[0] for p in parts)
        self._elements = re.compile("(?:" + "|".join(map(re.escape, parts)) + ")+") if parts else None

    def elements(self, text: str, i: int) -> int:
        """The end of a run of name elements (扎西 | 次仁) that starts at ``i``, or ``i``."""
        match = self._elements.match(text, i) if self._elements is not None and text[i] in self._element_starts else None
        return match.end() if match is not None else i

    def options(self, text: str, i: int) -> Iterator[tuple[int, str, float]]:
        """Every span that starts at ``i`` and could be a name: end, name, likelihood of its characters."""
        n = len(text)
        for size in (2, 1):
            surname = self._surname.get(text[i : i + size]) if i + size <= n else None
            if surname is None:
                continue
            if size == 2:
                surname += 1.0
            j = i + size
            gap = j
            while gap < n and gap - j < 4 and text[gap] in SPACE:
                gap += 1
            if gap > j:
                if gap < n and "\u4e00" <= text[gap] <= "\u9fff":
                    yield gap + 1, text[i:j] + text[gap], surname + self._given.get(text[gap], self._none)[0]
                continue
            double = size == 1 and text[i : i + 2] in self._surname and j + 1 < n and "\u4e00" <= text[j + 1] <= "\u9fff"
            if j < n and "\u4e00" <= text[j] <= "\u9fff":
                one = surname + self._given.get(text[j], self._none)[0] + _SHORT_NAME
                if not double:
                    yield j + 1, text[i : j + 1], one
                if j + 1 < n and "\u4e00" <= text[j + 1] <= "\u9fff":
                    two = surname + self._given.get(text[j], self._none)[1] + self._given.get(text[j + 1], self._none)[2]
                    yield j + 2, text[i : j + 2], two

    def may_start(self, text: str, i: int) -> bool:
        """Whether any name could start at ``i``: a quick look before the long one."""
        return text[i] in self._first or "·" in text[i : i + 8]

    def one_given(self, name: str) -> bool:
        """Whether a name has one given character."""
        return len(name) == (3 if name[:2] in self._surname else 2)

    def ends_names(self, character: str) -> bool:
        """Whether a joining character (和) is also common as the last of a given name: above ten in ten thousand."""
        return self.last_weight(character) > 1.0

    def last_weight(self, character: str) -> float:
        """How common a character is as the last of a given name: the decimal logarithm of its share in ten thousand, plus one."""
        return self._given.get(character, self._none)[2]

    def known_word(self, name: str) -> bool:
        """Whether a string is an ordinary word."""
        return name in self._not

    def maybe(self, name: str) -> bool:
        """Whether an ordinary word is known as a name as well (高峰, 文明)."""
        return name in self._maybe

    def never(self, name: str) -> bool:
        """Whether a string is an ordinary word that nobody is called."""
        return self._not.get(name, 0) >= _COMMON and name not in self._maybe
