"""What a byline says: the words by which a paper credits people, and the names among them."""

from __future__ import annotations

import re

from kg.linecues import LayoutCues
from kg.signers import HAN, HAN_RUN, LONGEST_NAME, Signers, is_han
from kg.spotting import Spotter
from kg.values import dataclass

MARKS = "□■◎●○▲△◆◇★☆▶►"
# 丨 is a Chinese character that pages use as a bar: 记者丨甲.
BARS = "|｜丨│∣"
# What parts words, beside spaces.
_SEPARATORS = f"、，,/／：:（）()[]【】〔〕［］{BARS}；;。—-{MARKS}"
_TOKEN = re.compile(rf"[^\s{re.escape(_SEPARATORS)}]+")
_DOUBLE = 2
_SPACED = ("", " ", "\u3000")
# Labels of so many characters are printed with spaces between them.
_LETTERED = (2, 3)
_LABELLING = "：:"
_AFTER_MARK = frozenset(f"/／{BARS}")
_LABEL = re.compile(f"[{_LABELLING}]")
_AROUND = "（()） \u3000"
OPENING, CLOSING = "（(【[〔［", "）)】]〕］"
# What a byline may open with whose names are not all known as names.
_GUESSED = frozenset(MARKS + OPENING)
_SINGLES = re.compile(rf"(?:\s+[{HAN}](?![{HAN}]))+")
_SURNAMES_ONLY = re.compile(rf"[{HAN}]\s+[{HAN}]\s+[{HAN}]")


def printed(cue: str, lettered: bool = True) -> list[str]:
    """A cue as it may be printed: 文/甲 is 文 / 甲 too and each mark has several shapes; where it is ``lettered``, 记者 is 记 者."""
    parts = cue.split("/")
    forms = [parts[0]]
    for part in parts[1:]:
        forms = [f"{form}{before}{slash}{behind}{part}" for form in forms for before in _SPACED for slash in "/／" for behind in _SPACED]
    if cue[-1] in _LABELLING:
        forms += [cue[:-1] + mark for mark in _LABELLING]
    elif cue[-1] in BARS:
        forms += [cue[:-1] + bar for bar in BARS]
    elif lettered and _LETTERED[0] <= len(cue) <= _LETTERED[1] and HAN_RUN.fullmatch(cue):
        forms += [space.join(cue) for space in _SPACED[1:]]
    return forms


@dataclass(frozen=True, slots=True)
class Credit:
    """A byline as read. ``names`` have text spans; ``unknown`` counts the words that are neither name, cue nor office."""

    names: tuple[tuple[int, int, str], ...]
    unknown: int
    cued: bool
    suffixed: bool


class Credits(Signers):
    """Reads bylines. Stateless between them."""

    def __init__(self, cues: LayoutCues) -> None:
        super().__init__(cues)
        self._reporters, self._sources, self._suffixes = frozenset(cues.reporters), frozenset(cues.sources), frozenset(cues.byline_suffixes)
        self._printed = {form: cue for cue in cues.byline_suffixes for form in printed(cue, lettered=False)}
        self._printed |= {form: cue for cue in (*cues.reporters, *cues.editors) for form in printed(cue)}
        # 甲 文 乙 图: what stands behind a bar stands behind a space too.
        self.letters = frozenset(w[1] for w in cues.byline_suffixes if len(w) == _DOUBLE and w[0] in _AFTER_MARK)
        self.cues = Spotter(self._printed)
        self.reporters = Spotter(cues.reporters)
        # 本报, 全媒体: what stands before a shorter word for a reporter.
        self.papers = tuple(sorted({w.removesuffix(r) for w in cues.reporters for r in cues.reporters if w.endswith(r) and w != r}))
        # 日报, 客户端: those of them that name a medium.
        self.media = tuple(paper for paper in self.papers if self.office(paper))

    def read(self, text: str, begin: int = 0, end: int | None = None) -> Credit:
        """Read ``text[begin:end]`` as a byline.

        Names behind a reporter's cue count, and names before a suffix (甲 乙 摄); those behind an editor's cue do not. Without
        any cue every word must be able to stand alone as a name.
        """
        end = len(text) if end is None else end
        names: list[tuple[int, int, str]] = []
        pending: list[tuple[int, int, str]] = []
        weak: list[tuple[int, int, str]] = []
        guessed: list[tuple[int, int, str]] = []
        ahead: list[tuple[int, int, str]] = []
        unknown, cued, suffixed, active, at, word = 0, False, False, None, begin, ""
        pieces = [(begin + b, begin + e) for b, e in self.cues.spans(text[begin:end])]
        for cue_begin, cue_end in [*pieces, (end, end)]:
            before, word = word, self._printed.get(text[cue_begin:cue_end], "")
            opens = text[cue_end : cue_end + 1]
            joined = cue_begin > at and _TOKEN.match(text, cue_begin - 1) is not None
            labelled = opens != "" and opens in "：:" and not joined
            role = labelled if word in self._suffixes else word in self._reporters
            doubtful = guessed if active or (active is None and text[begin : begin + 1] in _GUESSED) else None
            tokens, odd = self._tokens(text, at, cue_begin, weak if active is None else None, doubtful)
            # 文/图 甲: names behind a mark that has none before it.
            first = not (joined or tokens or names or pending or weak)
            role = role or (word in self._suffixes and first and (opens.isspace() or opens in _AFTER_MARK))
            if joined and role and tokens and tokens[-1][1] == cue_begin:
                # 县融媒体 | 记者, but 王江波供稿 at the end.
                if text[cue_end:end].strip(_AROUND) or not self.sure(tokens[-1][2]):
                    tokens.pop()
            elif joined and role:
                odd = max(0, odd - 1)
                if weak and weak[-1][1] == cue_begin:
                    # 本报 | 见习记者
                    weak.pop()
            elif joined and word in self._suffixes and (names or len(tokens) > 1) and self.last_word(text[at:cue_begin]) in self.places:
                # 记者 甲 长沙 | 报道
                if tokens and tokens[-1][1] == cue_begin:
                    tokens = [*tokens[:-1], *(tokens[-1:] if self.sure(tokens[-1][2]) else ())]
                else:
                    odd = max(0, odd - 1)
            if active:
                names += tokens
                unknown += odd
            elif active is None:
                pending += tokens
                unknown += odd
            elif before in self._sources and (not word or labelled):
                # 来源：县水利局　甲
                names += self.of_office(text, at, cue_begin)
            if role:
                if not cued and text[begin] in OPENING:
                    # （镇宣 记者 甲）
                    guessed.clear()
                active = cued = True
                names += pending
                pending = []
            elif word in self._suffixes and word:
                suffixed = True
                names += pending
                pending = []
            elif word:
                if active is None and opens and opens in _LABELLING and text[begin] in OPENING:
                    # （甲 编辑：乙）
                    ahead = pending
                active = False
                pending = []
            at = cue_end
        names = names or ([] if suffixed else pending or ahead)
        if guessed and unknown == len(guessed) and (cued or suffixed or text[begin] not in OPENING):
            names, unknown = sorted([*names, *guessed]), 0
        if weak and len(weak) <= len(names):
            names, unknown = sorted([*names, *weak]), unknown - len(weak)
        return Credit(tuple(names), unknown, cued, suffixed)

    def _tokens(
        self, text: str, begin: int, end: int, weak: list[tuple[int, int, str]] | None, guessed: list[tuple[int, int, str]] | None
    ) -> tuple[list[tuple[int, int, str]], int]:
        """The names between two cues, and how many words are none.

        Where no cue came, ``weak`` takes words that may be either; behind one, ``guessed`` takes what is no known word.
        """
        found: list[tuple[int, int, str]] = []
        if begin == end:
            return found, 0
        odd, dated = 0, False
        single: tuple[int, str] | None = None
        if _SURNAMES_ONLY.fullmatch(text[begin:end].strip(_AROUND)):
            # （罗 刘 李）: surnames alone sign.
            return found, 1
        for match in _TOKEN.finditer(text, begin, end):
            b, e, token = match.start(), match.end(), match.group()
            if len(token) == 1:
                if token in self.letters and found and text[found[-1][1] : b].isspace() and self._stands_alone(text, e, end):
                    single = None
                    continue
                last = found[-1] if found and found[-1][1] == b - 1 and text[b - 1].isspace() else None
                if last is not None and last[2] in self.surnames and len(last[2]) == _DOUBLE and is_han(token):
                    # 欧阳 | 明
                    found[-1] = (last[0], e, last[2] + token)
                elif single is not None and text[single[0] + 1 : b].isspace() and is_han(token):
                    found.append((single[0], e, single[1] + token))
                    single = None
                elif token in self.surnames:
                    single = (b, token)
                continue
            single = None
            if text[e : e + 1] in _LABELLING and e < len(text):
                # 时间：2021-…: the next label; 联系人：甲 without a cue credits nobody.
                odd += weak is not None and not self.office(token)
                continue
            if named := self.before_others(token):
                e, token = b + named, token[:named]
            elif (
                len(token) == LONGEST_NAME
                and token[-1] in self.letters
                and self.sure(token[:-1])
                and not self.plausible(token, strict=True)
            ):
                # 王小川文 丁晓峰图, but not 格日勒图
                e, token = e - 1, token[:-1]
            # 视频会议: what runs on behind a cue may be one word with it.
            if self.plausible(token, strict=weak is not None or b == begin) or (
                weak is None and (found or len(token) > LONGEST_NAME) and self.foreign(token)
            ):
                found.append((b, e, token))
                continue
            office = self.behind_office(token)
            if office:
                found.append((b + office, e, token[office:]))
                continue
            halves = self.halves(token) if weak is None else 0
            if halves:
                found += [(b, b + halves, token[:halves]), (b + halves, e, token[halves:])]
                continue
            if weak is not None and len(token) < 4 and self.plausible(token):
                weak.append((b, e, token))
                odd += 1
            elif not self.office(token) and not (token.isdecimal() and dated):
                odd += 1
                if guessed is not None and b > begin and self.pen_name(token):
                    guessed.append((b, e, token))
            # 2024-05-17 is one word that is none; where labels stand each number is of one.
            dated = token.isdecimal() and _LABEL.search(text, begin, end) is None
        return found, odd

    def _stands_alone(self, text: str, begin: int, end: int) -> bool:
        """Whether no single character behind ``begin`` lacks its other half: 甲 文 丁 勇 图, but not 甲 文 雯."""
        singles = _SINGLES.match(text, begin, end)
        following = singles.group().split() if singles is not None else []
        return not (len(following) - (bool(following) and following[-1] in self.letters)) % _DOUBLE

    def of_office(self, text: str, begin: int, end: int) -> list[tuple[int, int, str]]:
        """The names behind the office that ``text[begin:end]`` begins with; none where anything else stands there."""
        office = _TOKEN.search(text, begin, end)
        if office is None or len(office.group()) <= _DOUBLE or not self.office(office.group()):
            return []
        if not text[office.end() : office.end() + 1].isspace() or "，" in text[begin:end]:
            # 在执行指挥中心，甲 | 仔细察看…
            return []
        names, odd = self._tokens(text, office.end(), end, None, None)
        return [] if odd or not all(self.sure(name) for _, _, name in names) else names

    @staticmethod
    def last_word(text: str) -> str:
        """What stands behind a text's last separator."""
        start = len(text)
        while start and not (text[start - 1] in _SEPARATORS or text[start - 1].isspace()):
            start -= 1
        return text[start:]

    @staticmethod
    def first_word(text: str) -> str:
        """What stands before a text's first separator."""
        match = _TOKEN.match(text)
        return match.group() if match is not None else ""
