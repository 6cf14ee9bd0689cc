"""What makes a Chinese name likely: surnames, the characters of given names, elements of other languages' names, words that are none."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import ahocorasick_rs

from kg.gazetteer import Gazetteer
from kg.spotting import alternatives
from kg.values import dataclass

SPACE = " \u3000\xa0\t"
# Names have so many characters as a rule.
SIZES = (2, 3, 4)
STOP = '，。、；：！？,;:!?）)（(《》”“"\n' + SPACE
# A clause starts behind one of these.
_MARKS = "，。；：、,;:\n“”（( \u3000"
_MARK = re.compile(f"[{_MARKS}]")
# A name of two characters starts behind one of three: about six people in seven have three.
_SHORT_NAME = -0.9
# Words above this frequency in jieba's dictionary are not taken for names even behind a title (职务, 方面).
_COMMON = 1500
# How common a character is as names' last, at the least, to be one.
RARE_LAST = 0.6
# The same where the characters before it, or the one behind, make a word.
OFTEN_LAST = 1.1
# Decimal logarithms of surnames' frequencies: below the first their characters are mostly words, above the second as often names.
_RARE, _OFTEN = 1.3, 2.0


def characters(of: Iterable[str]) -> str:
    """The inside of a pattern's class that has these characters; longer strings are left out."""
    return re.escape("".join(sorted({c for c in of if len(c) == 1})))


@dataclass(frozen=True, slots=True)
class Name:
    """A name's text span, the name without inner spaces, and how sure it is (a log-likelihood, about -2 to 8)."""

    begin: int
    end: int
    name: str
    score: float


class Names:
    """What makes a Chinese name likely. Shared by all articles; holds no state of any."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        elements: Iterable[str] = (),
        joiners: Iterable[str] = (),
        nouns: Iterable[str] = (),
        levels: Iterable[str] = (),
        notes: Iterable[str] = (),
    ) -> None:
        self._surname = {s: math.log10(f + 1) for s, f in gazetteer.surnames.items()}
        self._given = {c: tuple(math.log10(w + 1) for w in weights) for c, weights in gazetteer.given.items()}
        self._not = gazetteer.not_names
        self._maybe = gazetteer.maybe_names
        self._none = (0.0, 0.0, 0.0)
        self.joiners = frozenset(["、", *joiners])
        self.noun_ends = frozenset(nouns)
        self.notes = frozenset(notes)
        # The last characters of areas' names: 县, 村.
        self.levels = frozenset(levels)
        self._first = frozenset(s[0] for s in [*gazetteer.surnames, *elements])
        first = characters(self._first)
        self._behind_mark = re.compile(rf"[{_MARKS}](?=[{first}])") if first else None
        common = characters(s for s in self._surname if self.common(s))
        usual = characters(c for c in self._given if self.last_weight(c) >= RARE_LAST)
        self._usual = re.compile(f"[{common}](?=.[{usual}])") if common and usual else re.compile("(?!)")
        self._double_first = frozenset(s[0] for s in gazetteer.surnames if len(s) == 2)
        parts = sorted(elements, key=lambda p: (-len(p), p))
        self._element_characters = frozenset("".join(parts))
        self._element_lasts = frozenset(p[-1] for p in parts)
        self._element_starts = frozenset(p[0] for p in parts)
        self._elements = re.compile(f"(?:{alternatives(parts)})+") if parts else None
        self._element = ahocorasick_rs.AhoCorasick(parts, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def elements(self, text: str, i: int) -> int:
        """The end of a run of name elements (扎西 | 次仁) that starts at ``i``, or ``i``."""
        match = self._elements.match(text, i) if self._elements is not None and text[i] in self._element_starts else None
        return match.end() if match is not None else i

    def ends_elements(self, character: str) -> bool:
        """Whether an element of other languages' names ends with a character."""
        return character in self._element_lasts

    def in_elements(self, character: str) -> bool:
        """Whether an element of other languages' names has a character."""
        return character in self._element_characters

    def runs(self, text: str) -> list[tuple[int, int]]:
        """The runs of name elements in a text."""
        found: list[tuple[int, int]] = []
        for _, begin, end in self._element.find_matches_as_indexes(text):
            if found and found[-1][1] == begin:
                begin = found.pop()[0]
            found.append((begin, end))
        return found

    def options(self, text: str, i: int) -> list[tuple[int, str, float]]:
        """Every span that starts at ``i`` and could be a name: end, name, likelihood of its characters."""
        first = text[i]
        double = self._surname.get(text[i : i + 2]) if first in self._double_first else None
        found = self._behind(text, i, i + 2, double + 1.0, True) if double is not None else []
        single = self._surname.get(first)
        return found if single is None else [*found, *self._behind(text, i, i + 1, single, double is None)]

    def _behind(self, text: str, i: int, j: int, surname: float, short: bool) -> list[tuple[int, str, float]]:
        """The spans whose surname, of a likelihood, ends at ``j``; ``short``: one given character is enough where two may stand."""
        n, given, none = len(text), self._given, self._none
        if j >= n:
            return []
        first = text[j]
        if not "\u4e00" <= first <= "\u9fff":
            gap = j
            while gap < n and gap - j < 4 and text[gap] in SPACE:
                gap += 1
            if gap in (j, n) or not "\u4e00" <= text[gap] <= "\u9fff":
                return []
            return [(gap + 1, text[i:j] + text[gap], surname + given.get(text[gap], none)[0])]
        weights = given.get(first, none)
        second = text[j + 1] if j + 1 < n else ""
        if not "\u4e00" <= second <= "\u9fff":
            return [(j + 1, text[i : j + 1], surname + weights[0] + _SHORT_NAME)]
        long = (j + 2, text[i : j + 2], surname + weights[1] + given.get(second, none)[2])
        return [(j + 1, text[i : j + 1], surname + weights[0] + _SHORT_NAME), long] if short else [long]

    def behind_marks(self, text: str) -> list[int]:
        """The offsets behind a clause's mark where a name may start."""
        pattern = _MARK if "·" in text or self._behind_mark is None else self._behind_mark
        return [match.end() for match in pattern.finditer(text)]

    def clause_begins(self, text: str) -> list[int]:
        """The offsets behind a clause's mark."""
        return [match.end() for match in _MARK.finditer(text)]

    def usual_begins(self, text: str) -> list[int]:
        """The offsets where a frequent surname stands, and two characters on one that names end with: a quick look."""
        return [match.start() for match in self._usual.finditer(text)]

    def may_start(self, text: str, i: int) -> bool:
        """Whether any name could start at ``i``: a quick look before the long one."""
        return text[i] in self._first or text.find("·", i, i + 8) >= 0

    def double(self, text: str, i: int) -> bool:
        """Whether a surname of two characters starts at an offset."""
        return text[i] in self._double_first and text[i : i + 2] in self._surname

    def one_given(self, name: str) -> bool:
        """Whether a name has one given character."""
        return len(name) == (3 if name[:2] in self._surname else 2)

    def ends_names(self, character: str) -> bool:
        """Whether a joining character (和) is also common as the last of a given name: above ten in ten thousand."""
        return self.last_weight(character) > 1.0

    def last_weight(self, character: str) -> float:
        """How common a character is as the last of a given name: the decimal logarithm of its share in ten thousand, plus one."""
        return self._given.get(character, self._none)[2]

    def rare(self, surname: str) -> bool:
        """Whether few people bear a surname, so that its character is rather a word (要, 及)."""
        return self._surname.get(surname, 0.0) < _RARE

    def common(self, surname: str) -> bool:
        """Whether so many people bear a surname that its character is one as often as a word (向, 于)."""
        return self._surname.get(surname, 0.0) > _OFTEN

    def known_word(self, name: str) -> bool:
        """Whether a string is an ordinary word."""
        return name in self._not

    def maybe(self, name: str) -> bool:
        """Whether an ordinary word is known as a name as well (高峰, 文明)."""
        return name in self._maybe

    def never(self, name: str) -> bool:
        """Whether a string is an ordinary word that nobody is called."""
        return self._not.get(name, 0) >= _COMMON and name not in self._maybe
