"""How likely a span is somebody's name: by its characters, its words, and how it can end."""

from __future__ import annotations

import rjieba

from kg.finals import TRADES, UNLIKELY, Finals, Start
from kg.names import RARE_LAST, STOP

_STOPS = frozenset(STOP)
# Adverbs, conjunctions and their kind, which nobody is called: 依法, 随后.
_NEVER_TAGS = frozenset({"d", "c", "p", "u", "r", "ad", "m"})
# The likelihood that a name needs without a title.
FREE = 5.6
_POSSESSIVE = "uj"
_COUNTS = frozenset({"m", "d", "a", "ad"})
_UNNAMED = frozenset({"m", "d", "a", "ad", "v", "vn"})
_DONE = frozenset({"v", "d", "ad", "vd"})
# What a verb or preposition of one character is followed by: 送 | 政策, 占 | 四成.
_OBJECTS = frozenset({"n", "m", "r", "q", "l"})
_FUNCTION_TAGS = frozenset({"p", "c", "d", "u", "uj", "ul", "uz", "r", "y", "f"})
# What a span loses that is words.
_WORDED = 4.0
# A word of the dictionary whose characters make no likelier a name is none behind a trade's word: 教师 | 支教.
_ORDINARY = 1.5
# Of a frequent surname and characters that names are made of (何立新): adverbs behind one (于持续, 任全面) reach 4.5.
_PLAINLY = 5.0
# 边秀丽 is a name whatever its words are: so likely are characters that names are made of.
_USUAL_CHARACTERS = 4.0
# Behind a title what nothing speaks against is a name where the words behind leave no doubt about its end.
_UNDOUBTED, _DOUBTFUL = 3.3, -2.0


class Scores(Finals):
    """What speaks for and against the spans of one article."""

    def start(self, i: int, titled: bool) -> Start:
        """What stands at an offset."""
        end, tag = self.scan.words.get(i, (i, ""))
        return Start(i, end, tag, titled, tag.startswith("nr"), end - i == 1 and tag in _FUNCTION_TAGS)

    def score(self, start: Start, e: int, name: str, likelihood: float) -> tuple[float, bool] | None:
        """How likely the span from a start to ``e`` is a name, and whether its last character is doubtful; None for what is none."""
        i, titled = start.begin, start.titled
        # No context makes more than 3 of it.
        if not titled and likelihood + 3.0 < FREE and not (start.named and start.end == e):
            return None
        if not self.scan.bounds[i] and i not in self.scan.titles_by_end and not self.scan.may_part(i):
            # 妇女儿 | 童春节
            return None
        context = self.right_context(e)
        if context < 3.0 and e in self.event_at and not self._within_verb(e):
            context = 3.0
        if e - i > len(name) and (context < 2.5 or not (titled or i == 0 or self.text[i - 1] in _STOPS)):
            return None
        score = likelihood + context
        # Without a title nothing but the tag of a name can make up for what is missing.
        if not titled and score < FREE and not (start.named and start.end == e):
            return None
        if self._taken(i, e, name) or self.scan.words.get(e - 1, (0, ""))[1] == _POSSESSIVE:
            # 诸葛岚 | 的汇报
            return None
        loss, trailing = self.last_character(start, e) if e - 1 >= i + 2 else (0.0, False)
        score -= loss + self._across(i, e, context)
        if self._compounded(start, e):
            return None
        worded = self._worded(start, e, likelihood)
        if worded:
            score -= _WORDED
        if self._predicated(start, e) and not (likelihood >= _PLAINLY and self.names.common(self.text[i])):
            score, worded = score - _WORDED, True
        score += self._first_word(start, e, name, context)
        known = self.names.known_word(name)
        if known:
            score -= 1.0 if titled and (context >= 3 or (start.named and start.end == e)) else 4.0
        if (known and self.names.never(name)) or self._function_word(start, e, name):
            score -= 4.0
        elif (known or (likelihood < _ORDINARY and rjieba.has_word(name))) and self._noun_of(start, e, name, context):
            # 民警 | 宿舍, 教师 | 安心从教, 医生 | 查房
            score -= 4.0
        elif titled and not (trailing or worded) and (context >= 3 or (context >= 2 and start.end == e)):
            score = _UNDOUBTED if _DOUBTFUL < score < _UNDOUBTED and len(name) <= 3 else score
        return score, trailing

    def _taken(self, i: int, e: int, name: str) -> bool:
        """Whether a span is an area's, a cue's or a body's, or a surname and a form of address."""
        # 布依族, 来我县; 从 | 道县
        if name in self.landed or (i, e) in self.notes or i in self.arrivals:
            return True
        if (i + 1, e) in self.area_spans and self.text[e - 1] in self.names.levels:
            return True
        if (i, e - 1) in self.area_spans and self.text[e - 2] in self.names.levels:
            # 和县 | 直
            return True
        if self.text[e - 1] in self.names.levels and e in self.scan.titles_by_begin and i not in self.scan.titles_by_end:
            # 高桥村 | 村主任
            return True
        if e <= self.areas.get(i, i) or self.body_ends.get(e, i) > i:
            return True
        if (e <= self.long_cues.get(i, i) or e <= self.person_nouns.get(i, i)) and not self.names.maybe(name):
            return True
        for k in range(i + 1, e):
            if k in self.barred and not self._over_bar(i, k, e):
                return True
        return self._addressed(i, e)

    def _within_verb(self, e: int) -> bool:
        """Whether a verb goes over an offset: no 讲 in 何锋 | 主讲."""
        end, tag = self.scan.words.get(e - 1, (e, ""))
        return end > e and tag == "v"

    def _over_bar(self, i: int, k: int, e: int) -> bool:
        """Whether the name of no rare surname ends over a word that only looks like a cue: 何建新 | 要求， and no 新要求."""
        return i + 1 < k == e - 1 and not self.names.rare(self.text[i]) and bool(self.scan.bounds[e]) and not self.scan.bounds[k]

    def _across(self, i: int, e: int, context: float) -> float:
        """What a span loses by words and titles that begin inside it and end behind it."""
        scan, loss = self.scan, 0.0
        for k in range(i + 1, e):
            if k == e - 1 and k in self.areas and self.text[e] in self.names.joiners:
                # 何立民 | 和县委副书记: nobody's name stands before an area's.
                continue
            inner = scan.words.get(k)
            if inner is not None and inner[0] > e and (inner[1].startswith("nr") or rjieba.has_word(self.text[k : inner[0]])):
                loss += 2.5 if context < 2 else 1.0
            title = scan.titles_by_begin.get(k)
            if (title is not None and title[0] >= e and title[0] - k > 1) or self.areas.get(k, e) > e:
                loss += 4
        return loss

    def _predicated(self, start: Start, e: int) -> bool:
        """Whether a word of one character and its predicate make the span: 委员要 | 持续, 干部要 | 多 | 进院."""
        if start.tag == "f" and start.begin + 1 < start.end <= e:
            # 审判长 | 席上, but 逯中和，; 程前 | 主持
            ended = start.end < e and self.text[e : e + 1] in _STOPS
            return not (ended or (self.names.common(self.text[start.begin]) and not rjieba.has_word(self.text[start.begin : start.end])))
        rest = self.scan.words.get(start.end)
        if rest is not None and start.tag == "c" and start.functional and rest[0] == e and self.text[start.begin] in self.names.joiners:
            # 负责人 | 及 | 师生
            following = self.text[start.end : e]
            if self.names.known_word(following) and not self.names.maybe(following):
                return True
        if rest is None or not (start.functional or start.tag == "v"):
            return False
        if rest[0] == e and rest[0] - start.end > 1 and rest[1] in _DONE:
            return True
        one = start.end == start.begin + 1 and rest[0] == start.begin + 2 < e
        return one and rest[1] in _COUNTS and self.text[start.begin] in self.scan.followers

    def _first_word(self, start: Start, e: int, name: str, context: float) -> float:
        """What a span gains or loses by the word that it starts with."""
        i, unsure = start.begin, context < 3 or not start.titled
        if start.functional:
            return -1.0 if start.titled else -2.5
        if start.end < e:
            # 关于 | 错峰
            return -4.0 if start.end - i > 1 and start.tag in _FUNCTION_TAGS else 0.0
        if start.end > e:
            return 0.0 if not rjieba.has_word(self.text[i : start.end]) else -2.5 if unsure else -1.0
        if start.named:
            return 3.0 if context >= 2.5 and rjieba.has_word(name) else 1.0
        if self.names.known_word(name) and len(name) == e - i:
            return -2.5 if unsure else -1.0
        return 0.0

    def _noun_of(self, start: Start, e: int, name: str, context: float) -> bool:
        """Whether an ordinary word goes on with what a trade's word begins, or says how those who have it act."""
        if (start.named and context >= 2.0) or start.end != e or self.names.maybe(name):
            return False
        title = self.scan.titles_by_end.get(start.begin)
        if title is None:
            return start.begin in self.noun_stops
        return title[1].rank in TRADES or (title[1].collective and self.text[e : e + 1] != "、")

    def _function_word(self, start: Start, e: int, name: str) -> bool:
        return start.end == e and start.tag in _NEVER_TAGS and not self.names.maybe(name) and rjieba.has_word(name)

    def _addressed(self, i: int, e: int) -> bool:
        """Whether a span is a surname and a form of address, whatever the segmentation says: 黄小姐, 王镇长."""
        address = self.scan.cue(i + 1, "NameFollowerCue") if e - i == 3 else None
        title = self.scan.titles_by_begin.get(i + 1)
        return (address is not None and address[0] == e) or (title is not None and title[0] == e and e - i > 2)

    def _compounded(self, start: Start, e: int) -> bool:
        """Whether a span ends as no name does and is a word with a suffix, or a preposition and its object."""
        text, names, i, word_end = self.text, self.names, start.begin, start.end
        if e - i != 3 or word_end not in (i + 1, i + 2) or names.last_weight(text[e - 1]) >= RARE_LAST or names.double(text, i):
            return False
        if word_end == i + 2 and not (names.common(text[i]) and text[e : e + 1] == "、"):
            # 村干部 | 周转 | 房, 厂长 | 时间 | 紧
            return names.known_word(text[i:word_end]) and not names.maybe(text[i:word_end])
        # 主任 | 向 | 群众 | 道歉, but 副院长 | 于海鹰，
        return start.tag == "p" and rjieba.has_word(text[word_end:e]) and text[e : e + 1] not in _STOPS

    def _worded(self, start: Start, e: int, likelihood: float) -> bool:
        """Whether a span that could be a name is words, whatever follows: 要 | 带头, 和 | 群众, 天天."""
        text, scan, names = self.text, self.scan, self.names
        i, word_end, tag = start.begin, start.end, start.tag
        if names.double(text, i) and e - i > 2:
            return False
        if names.rare(text[i]) and not scan.may_part(i):
            # 常委 | 会召开
            return True
        if e - i == 2:
            if tag == "c" and word_end == i + 1 and any(b == word_end and stop == e for b, stop, _ in scan.suffixes):
                # 负责人 | 和 | 局班子成员
                return True
            if e in self.areas and names.last_weight(text[e - 1]) < RARE_LAST:
                # 教师 | 齐聚 | 桐乡
                return True
            if word_end == e and text[i] == text[i + 1]:
                return not tag.startswith("nr") and rjieba.has_word(text[i:e])
            verb = word_end == e and tag in _DONE and names.last_weight(text[e - 1]) < UNLIKELY
            if verb and not names.maybe(text[i:e]) and rjieba.has_word(text[i:e]):
                # 民警 | 查获
                return True
            return likelihood < UNLIKELY and names.rare(text[i]) and (word_end != e or not tag.startswith("nr"))
        cue = text[i] in scan.followers or text[i] in names.joiners
        if names.rare(text[i]) and cue and rjieba.has_word(text[i + 1 : e]):
            return True
        rest = scan.words.get(i + 1, (i, ""))
        function = (cue or i in scan.cue_at) and not names.common(text[i]) and likelihood < _USUAL_CHARACTERS
        if function and rest[0] == e and not rest[1].startswith("nr") and rjieba.has_word(text[i + 1 : e]):
            # 应 | 全程
            return True
        if word_end == e and names.rare(text[i]) and not tag.startswith("nr") and rjieba.has_word(text[i:e]):
            # 接待日
            return True
        if word_end == i + 2 < e and scan.words.get(word_end, (0, ""))[1].startswith("u") and rjieba.has_word(text[i:word_end]):
            # 光荣 | 地
            return True
        unnamed = tag in _UNNAMED or (not tag.startswith("nr") and names.last_weight(text[e - 1]) < UNLIKELY)
        if word_end == i + 2 < e and names.rare(text[i]) and unnamed and rjieba.has_word(text[i:word_end]):
            # 多次 | 召开, 接待 | 日, 科技 | 处
            return True
        if word_end != i + 1 or rest[0] != e or e - word_end < 2 or rest[1].startswith("nr"):
            return False
        known = rjieba.has_word(text[word_end:e])
        return tag == "c" or (names.rare(text[i]) and known and rest[1] in _OBJECTS and (tag in ("p", "v") or unnamed))
