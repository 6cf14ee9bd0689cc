"""What a byline says: the words by which a paper credits people, and the names among them."""

from __future__ import annotations

import math
import re

from kg.linecues import LayoutCues
from kg.spotting import Spotter, alternatives
from kg.values import dataclass

HAN = r"\u4e00-\u9fff\u3400-\u4dbf\u3007"
MARKS = "□■◎●○▲△◆◇★☆▶►"
# 丨 is a Chinese character that pages use as a bar: 记者丨甲.
BARS = "|｜\u4e28│∣"
_SEPARATORS = rf"\s、，,/／：:（）()\[\]【】{BARS}；;。—\-{MARKS}"
_TOKEN = re.compile(rf"[^{_SEPARATORS}]+")
_SEPARATOR = re.compile(rf"[{_SEPARATORS}]")
# Chinese characters as is_han has them.
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_NAMES_ONLY = re.compile(rf"[\u3400-\u9fff{HAN}·•・‧\s、]+")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧][{HAN}]{{1,10}}){{1,4}}")
_DOT = re.compile("[·•・‧]")
# Dictionary words above this frequency are no names where nothing but their place says that they are.
_COMMON = 1500
# Names that stand alone need a surname of at least this frequency and characters of at least this likelihood.
_FREQUENT, _LIKELY = 9, 1.6
_COMMON_SURNAME = 60
# 阿依夏木古丽 without a dot.
_LONGEST_FOREIGN = 7
_DOUBLE = 2
_SPACED = ("", " ", "\u3000")
# Labels of so many characters are printed with spaces between them.
_LETTERED = (2, 3)
_LABELLING = "：:"
_LABEL = re.compile(f"[{_LABELLING}]")
_AROUND = "（()） \u3000"
_SURNAMES_ONLY = re.compile(rf"[{HAN}]\s+[{HAN}]\s+[{HAN}]")


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one of the basic block or its first extension."""
    return 0x3400 <= ord(character) <= 0x9FFF


def printed(cue: str) -> list[str]:
    """A cue as it may be printed: 文/甲 is 文 / 甲 too, 记者 is 记 者, and each mark has several shapes."""
    parts = cue.split("/")
    forms = [parts[0]]
    for part in parts[1:]:
        forms = [f"{form}{before}{slash}{behind}{part}" for form in forms for before in _SPACED for slash in "/／" for behind in _SPACED]
    if cue[-1] in _LABELLING:
        forms += [cue[:-1] + mark for mark in _LABELLING]
    elif cue[-1] in BARS:
        forms += [cue[:-1] + bar for bar in BARS]
    elif _LETTERED[0] <= len(cue) <= _LETTERED[1] and HAN_RUN.fullmatch(cue):
        forms += [space.join(cue) for space in _SPACED[1:]]
    return forms


# 黄桥镇: a town's name has so many characters; people's of that length seldom end so.
_TOWN = 3


@dataclass(frozen=True, slots=True)
class Credit:
    """A byline as read. ``names`` have text spans; ``unknown`` counts the words that are neither name, cue nor office."""

    names: tuple[tuple[int, int, str], ...]
    unknown: int
    cued: bool
    suffixed: bool


class Credits:
    """Reads bylines. Stateless between them."""

    def __init__(self, cues: LayoutCues) -> None:
        self._surnames, self._given, self._words, self._maybe = cues.surnames, cues.given, cues.words, cues.maybe
        self._elements = re.compile(f"(?:{alternatives(cues.elements)})+[{HAN}]{{0,3}}")
        self._element_starts = frozenset(element[0] for element in cues.elements)
        self._characters = frozenset("".join(cues.elements))
        self._offices, self._towns = tuple(cues.offices), tuple(cues.towns)
        self._office_ends = frozenset(office[-1] for office in cues.offices)
        self._never = frozenset(cues.leads)
        self._reporters, self._editors, self._suffixes = frozenset(cues.reporters), frozenset(cues.editors), frozenset(cues.byline_suffixes)
        self._printed = {form: cue for cue in (*cues.reporters, *cues.editors, *cues.byline_suffixes) for form in printed(cue)}
        self.cues = Spotter(self._printed)
        self.reporters = Spotter(cues.reporters)
        # 本报, 全媒体: what stands before a shorter word for a reporter.
        self.papers = tuple(sorted({w.removesuffix(r) for w in cues.reporters for r in cues.reporters if w.endswith(r) and w != r}))

    def read(self, text: str, begin: int = 0, end: int | None = None) -> Credit:
        """Read ``text[begin:end]`` as a byline.

        Names behind a reporter's cue count, and names before a suffix (甲 乙 摄); those behind an editor's cue do not. Without
        any cue every word must be able to stand alone as a name.
        """
        end = len(text) if end is None else end
        names: list[tuple[int, int, str]] = []
        pending: list[tuple[int, int, str]] = []
        weak: list[tuple[int, int, str]] = []
        unknown, cued, suffixed, active, at = 0, False, False, None, begin
        pieces = [(begin + b, begin + e) for b, e in self.cues.spans(text[begin:end])]
        for cue_begin, cue_end in [*pieces, (end, end)]:
            word = self._printed.get(text[cue_begin:cue_end], "")
            opens = text[cue_end : cue_end + 1]
            joined = cue_begin > at and _TOKEN.match(text, cue_begin - 1) is not None
            labelled = opens != "" and opens in "：:" and not joined
            role = labelled if word in self._suffixes else word in self._reporters
            tokens, odd = self._tokens(text, at, cue_begin, weak if active is None else None)
            # 文/图 甲: names behind a mark that has none before it.
            role = role or (word in self._suffixes and not joined and opens.isspace() and not (tokens or names or pending or weak))
            if joined and role and tokens and tokens[-1][1] == cue_begin:
                # 县融媒体 | 记者, but 王江波供稿 at the end.
                if text[cue_end:end].strip(_AROUND) or not self._sure(tokens[-1][2]):
                    tokens.pop()
            elif joined and role:
                odd = max(0, odd - 1)
                if weak and weak[-1][1] == cue_begin:
                    # 本报 | 见习记者
                    weak.pop()
            if active:
                names += tokens
                unknown += odd
            elif active is None:
                pending += tokens
                unknown += odd
            if role:
                active = cued = True
                names += pending
                pending = []
            elif word in self._suffixes and word:
                suffixed = True
                names += pending
                pending = []
            elif word:
                active = False
                pending = []
            at = cue_end
        names = names or pending
        if weak and len(weak) <= len(names):
            names, unknown = sorted([*names, *weak]), unknown - len(weak)
        return Credit(tuple(names), unknown, cued, suffixed)

    def _tokens(self, text: str, begin: int, end: int, weak: list[tuple[int, int, str]] | None) -> tuple[list[tuple[int, int, str]], int]:
        """The names between two cues, and how many words are none. Where no cue came, ``weak`` takes words that may be either."""
        found: list[tuple[int, int, str]] = []
        odd, dated = 0, False
        single: tuple[int, str] | None = None
        if _SURNAMES_ONLY.fullmatch(text[begin:end].strip(_AROUND)):
            # （罗 刘 李）: surnames alone sign.
            return found, 1
        for match in _TOKEN.finditer(text, begin, end):
            b, e, token = match.start(), match.end(), match.group()
            if len(token) == 1:
                last = found[-1] if found and found[-1][1] == b - 1 and text[b - 1].isspace() else None
                if last is not None and last[2] in self._surnames and len(last[2]) == _DOUBLE and is_han(token):
                    # 欧阳 | 明
                    found[-1] = (last[0], e, last[2] + token)
                elif single is not None and text[single[0] + 1 : b].isspace() and is_han(token):
                    found.append((single[0], e, single[1] + token))
                    single = None
                elif token in self._surnames:
                    single = (b, token)
                continue
            single = None
            if text[e : e + 1] in _LABELLING and e < len(text):
                # 时间：2021-…: the next label.
                continue
            # 视频会议: what runs on behind a cue may be one word with it.
            if self.plausible(token, strict=weak is not None or b == begin) or (weak is None and found and self._foreign(token)):
                found.append((b, e, token))
                continue
            halves = self._halves(token) if weak is None else 0
            if halves:
                found += [(b, b + halves, token[:halves]), (b + halves, e, token[halves:])]
                continue
            if weak is not None and len(token) < 4 and self.plausible(token):
                weak.append((b, e, token))
                odd += 1
            elif not self.office(token) and not (token.isdecimal() and dated):
                odd += 1
            # 2024-05-17 is one word that is none; where labels stand each number is of one.
            dated = token.isdecimal() and _LABEL.search(text, begin, end) is None
        return found, odd

    def _foreign(self, token: str) -> bool:
        """Whether a token in a list behind a cue is a name without a surname: all its characters are those of names' elements."""
        made = 2 <= len(token) <= _LONGEST_FOREIGN and self._characters.issuperset(token)
        return made and token not in self._words and not self.office(token)

    def _halves(self, token: str) -> int:
        """Where the second of two names begins that are printed as one behind a cue (毛润民陈曦), or 0."""
        if not 5 <= len(token) <= 6 or HAN_RUN.fullmatch(token) is None or self.office(token):
            return 0
        return next((k for k in (3, 2) if self._sure(token[:k]) and self._sure(token[k:])), 0)

    def plausible(self, token: str, strict: bool = False) -> bool:
        """Whether a token may be a name behind a byline's cue; ``strict`` where no cue stands before it."""
        size = len(token)
        if HAN_RUN.fullmatch(token) is None:
            return _DOTTED.fullmatch(token) is not None and not self.office(token)
        if not 2 <= size <= 6 or self.office(token) or token in self._never:
            return False
        if token[0] in self._element_starts and self._elements.fullmatch(token):
            return True
        if strict and self._words.get(token, 0) >= _COMMON and token not in self._maybe:
            return False
        compound = token[:2] in self._surnames
        if size == 4:
            return compound or (not strict and token[0] in self._surnames and token[1] in self._surnames)
        return size <= 3 and ((compound and size == 3) or token[0] in self._surnames)

    def alone(self, text: str, aside: bool = False) -> bool:
        """Whether a line has names and nothing else, half of which at least can only be names.

        ``aside`` where the line stands to the right, as bylines do: then they need only look like names.
        """
        if not _NAMES_ONLY.fullmatch(text):
            return False
        tokens = re.split(r"[\s、]+", text)
        if len(tokens) > 2 and all(len(t) == 1 for t in tokens):
            return False
        for k in range(len(tokens) - 1, 0, -1):
            # 甲 乙: a name of two characters with a space between them.
            if len(tokens[k]) == len(tokens[k - 1]) == 1:
                tokens[k - 1 : k + 1] = [tokens[k - 1] + tokens[k]]
        if not 1 <= len(tokens) <= 6 or not all(self.plausible(t) for t in tokens):
            return False
        sure = sum(self._sure(t) for t in tokens)
        if aside and (len(tokens) > 1 or self.plausible(tokens[0], strict=True)):
            return True
        return 2 * sure >= len(tokens)

    def all_sure(self, text: str) -> bool:
        """Whether a text is names alone, each of which can only be one."""
        return all(self._sure(token) for token in text.split())

    def _sure(self, token: str) -> bool:
        if not self.plausible(token, strict=True) or (token in self._words and token not in self._maybe):
            return False
        if _DOTTED.fullmatch(token):
            return len(_DOT.split(token)[-1]) <= 6 and not any(p in self._words for p in _DOT.split(token))
        if self._elements.fullmatch(token):
            return True
        size = 2 if token[:2] in self._surnames and len(token) > 2 else 1
        frequency, given = self._surnames[token[:size]], token[size:]
        if (size == 1 and frequency < _FREQUENT) or not 1 <= len(given) <= 2:
            return False
        none = (0.0, 0.0, 0.0)
        shares = [self._given.get(given, none)[0]] if len(given) == 1 else [self._given.get(c, none)[k + 1] for k, c in enumerate(given)]
        return size - 1 + math.log10(frequency + 1) + sum(math.log10(s + 1) for s in shares) >= _LIKELY

    def office(self, token: str) -> bool:
        """Whether a token names an office, a medium, a town or a collective that signs."""
        if token[-1:] in self._office_ends and token.endswith(self._offices):
            return True
        if len(token) >= _TOWN and token.endswith(self._towns):
            return True
        parts = _DOT.split(token)
        # 营口日报·港城新区: a paper and its column.
        return len(parts) > 1 and self.office(parts[0])

    @staticmethod
    def last_word(text: str) -> str:
        """What stands behind a text's last separator."""
        start = len(text)
        while start and not _SEPARATOR.match(text, start - 1):
            start -= 1
        return text[start:]

    @staticmethod
    def first_word(text: str) -> str:
        """What stands before a text's first separator."""
        match = _TOKEN.match(text)
        return match.group() if match is not None else ""
