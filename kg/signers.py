"""Who signs: what may be a person's name in a byline, and what is an office's, a paper's or a town's."""

from __future__ import annotations

import math
import re

from kg.linecues import LayoutCues
from kg.spotting import alternatives

HAN = r"\u4e00-\u9fff\u3400-\u4dbf\u3007"
# Chinese characters as is_han has them.
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_NAMES_ONLY = re.compile(rf"[\u3400-\u9fff{HAN}·•・‧\s、]+")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,10}}){{1,4}}")
_DOT = re.compile("[·•・‧]")
# Dictionary words above this frequency are no names where nothing but their place says that they are.
_COMMON = 1500
# Above this one they are none behind a cue either: 图片由受访者 提供.
_TOO_COMMON = 5000
# Characters of the longest name without a dot, and of an office with a name.
LONGEST_NAME, _LONGEST_OFFICE = 4, 16
# Names that stand alone need a surname of at least this frequency and characters of at least this likelihood.
_FREQUENT, _LIKELY = 9, 1.6
# The last part of a name with a dot that has more characters may end in a word that is none of it.
_DOTTED_LAST = 4
# 阿依夏木古丽 without a dot.
_LONGEST_FOREIGN = 7
_DOUBLE = 2
# 黄桥镇: a town's name has so many characters; people's of that length seldom end so.
_TOWN = 3


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one of the basic block or its first extension."""
    return 0x3400 <= ord(character) <= 0x9FFF


class Signers:
    """Tells names from offices. Stateless between bylines."""

    def __init__(self, cues: LayoutCues) -> None:
        self.surnames, self._given, self._words, self._maybe = cues.surnames, cues.given, cues.words, cues.maybe
        self._elements = re.compile(f"(?:{alternatives(cues.elements)})+[{HAN}]{{0,3}}")
        self._element_starts = frozenset(element[0] for element in cues.elements)
        self._characters = frozenset("".join(cues.elements))
        self._offices, self._towns = tuple(cues.offices), tuple(cues.towns)
        self._office_ends = frozenset(office[-1] for office in cues.offices)
        self._never, self.places, self._others = frozenset(cues.leads), cues.places, cues.others

    def foreign(self, token: str) -> bool:
        """Whether a token in a list behind a cue is a name without a surname: all its characters are those of names' elements."""
        made = 2 <= len(token) <= _LONGEST_FOREIGN and self._characters.issuperset(token)
        return made and token not in self._words and not self.office(token)

    def pen_name(self, token: str) -> bool:
        """Whether a token is two characters that are neither a word nor a place: 外轩."""
        return len(token) == _DOUBLE and HAN_RUN.fullmatch(token) is not None and token not in self._words and token not in self.places

    def before_others(self, token: str) -> int:
        """Where a name ends behind which others are meant (王小川 | 等), or 0."""
        return next((len(token) - len(word) for word in self._others if token.endswith(word) and self.sure(token[: -len(word)])), 0)

    def behind_office(self, token: str) -> int:
        """Where a name begins that is printed as one with the office before it (县委宣传部王小川), or 0."""
        if not LONGEST_NAME < len(token) <= _LONGEST_OFFICE or HAN_RUN.fullmatch(token) is None or self.office(token):
            return 0
        return next((len(token) - k for k in (3, 2) if self.office(token[:-k]) and self.sure(token[-k:])), 0)

    def halves(self, token: str) -> int:
        """Where the second of two names begins that are printed as one behind a cue (毛润民陈曦), or 0."""
        if not 5 <= len(token) <= 6 or HAN_RUN.fullmatch(token) is None or self.office(token):
            return 0
        return next((k for k in (3, 2) if self.sure(token[:k]) and self.sure(token[k:])), 0)

    def plausible(self, token: str, strict: bool = False) -> bool:
        """Whether a token may be a name behind a byline's cue; ``strict`` where no cue stands before it."""
        size = len(token)
        if HAN_RUN.fullmatch(token) is None:
            return _DOTTED.fullmatch(token) is not None and not self.office(token)
        if not 2 <= size <= 6 or self.office(token) or token in self._never:
            return False
        if token[0] in self._element_starts and self._elements.fullmatch(token):
            return True
        if self._words.get(token, 0) >= (_COMMON if strict else _TOO_COMMON) and token not in self._maybe:
            return False
        compound = token[:2] in self.surnames
        if size == 4:
            return compound or (not strict and token[0] in self.surnames and token[1] in self.surnames)
        return size <= 3 and ((compound and size == 3) or token[0] in self.surnames)

    def alone(self, text: str, aside: bool = False) -> bool:
        """Whether a line has names and nothing else, half of which at least can only be names.

        ``aside`` where the line stands to the right, as bylines do: then they need only look like names.
        """
        if not _NAMES_ONLY.fullmatch(text):
            return False
        tokens = re.split(r"[\s、]+", text)
        if len(tokens) > 2 and all(len(t) == 1 for t in tokens):
            # 丁 勇 卜 凡
            pairs = ["".join(tokens[k : k + 2]) for k in range(0, len(tokens), 2)]
            return len(tokens) <= 6 and all(map(self.sure, pairs))
        for k in range(len(tokens) - 1, 0, -1):
            # 甲 乙: a name of two characters with a space between them.
            if len(tokens[k]) == len(tokens[k - 1]) == 1:
                tokens[k - 1 : k + 1] = [tokens[k - 1] + tokens[k]]
        if not 1 <= len(tokens) <= 6 or not all(self.plausible(t) for t in tokens):
            return False
        sure = sum(self.sure(t) for t in tokens)
        if aside and (len(tokens) > 1 or self.plausible(tokens[0], strict=True)):
            return True
        return 2 * sure >= len(tokens)

    def all_sure(self, text: str) -> bool:
        """Whether a text is names alone, each of which can only be one."""
        return all(self.sure(token) for token in text.split())

    def sure(self, token: str) -> bool:
        if not self.plausible(token, strict=True) or (token in self._words and token not in self._maybe):
            return False
        if _DOTTED.fullmatch(token):
            last = _DOT.split(token)[-1]
            # 玛依拉·哈斯木 | 宣读
            worded = len(last) > _DOTTED_LAST and last[-2:] in self._words
            return len(last) <= 6 and not worded and not any(p in self._words for p in _DOT.split(token))
        if self._elements.fullmatch(token):
            return True
        size = 2 if token[:2] in self.surnames and len(token) > 2 else 1
        frequency, given = self.surnames[token[:size]], token[size:]
        if (size == 1 and frequency < _FREQUENT) or not 1 <= len(given) <= 2:
            return False
        none = (0.0, 0.0, 0.0)
        shares = [self._given.get(given, none)[0]] if len(given) == 1 else [self._given.get(c, none)[k + 1] for k, c in enumerate(given)]
        return size - 1 + math.log10(frequency + 1) + sum(math.log10(s + 1) for s in shares) >= _LIKELY

    def office(self, token: str) -> bool:
        """Whether a token names an office, a medium, a town or a collective that signs."""
        if token[-1:] in self._office_ends and token.endswith(self._offices):
            return True
        if len(token) >= _TOWN and (token.endswith(self._towns) or (token[-1] in self._office_ends and token[:-1] in self.places)):
            # 雷甸镇, 德清台
            return True
        parts = _DOT.split(token)
        # 营口日报·港城新区: a paper and its column.
        return len(parts) > 1 and self.office(parts[0])
