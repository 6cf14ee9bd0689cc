"""Names that carry no Chinese surname: of elements (扎西 | 次仁), with a dot (努尔兰·哈布力), of characters that are no word."""

from __future__ import annotations

import re

import rjieba

from kg.names import Name
from kg.scores import Scores

_DOTS = "·•・‧∙．"
_DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}][\u4e00-\u9fff]{{1,10}}){{1,4}}")
# What is quoted and goes on over the dot is a motto.
_IN_QUOTES, _QUOTE_ENDS, _QUOTED = re.compile("“[^”，。：、]+$"), re.compile("[^“，。：、]{2,12}”"), 20
_PLACE = "ns"
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
# The tags of words that stand behind names and begin no part of one.
_APART = frozenset({"m", "t", "r", "d", "v", "p", "c"})
NUMERALS = frozenset("一二两三四五六七八九十")
# What ends a name that runs on, and the tags of words that are no part of one.
_RUN_ENDS = frozenset("、，,。（( \u3000")
_LONGEST_RUN = 6
# What the segmentation takes for one word may be two of these.
_TWO_WORDS = 4
_WORDLIKE = frozenset("vpdcfu")
_ASPECTS = frozenset({"ul", "uj"})


class Foreign(Scores):
    """What may be such a name in one article, by where it starts."""

    def of_elements(self, i: int, titled: bool) -> Name | None:
        """The name of elements that starts at ``i``; after a title two characters are enough, and others may follow."""
        run = self.names.elements(self.text, i) if self.element_runs else i
        if run == i:
            return None
        site = self.site_begins.get(run)
        if (
            run - i > (1 if titled else 2)
            and (self.right_context(run) >= 2.0 or run in self.event_at or (titled and run - i > 3))
            and (site is None or self.scan.words.get(run, (run, ""))[0] > site)
        ):
            return self._element_more(i, run)
        return self._element_on(i, run) if titled and run > i + 1 and i not in self.areas else None

    def _element_more(self, i: int, run: int) -> Name:
        """A name of elements that starts at ``i``; one more character belongs to it where a mark follows and no cue begins: 仁青太、"""
        text, scan = self.text, self.scan
        end = run
        if text[run + 1 : run + 2] in _RUN_ENDS and "\u4e00" <= text[run : run + 1] <= "\u9fff":
            cue = text[run] in scan.followers or run in self.short_cues or run in self.groups or text[run] in self.names.joiners
            end = run if cue else run + 1
        return Name(i, end, text[i:end], 6.0)

    def _element_on(self, i: int, run: int) -> Name | None:
        """A name that begins with elements and goes on with one to three characters that are no word: 白玛 | 文毛."""
        for e in range(run + 1, min(run + 3, len(self.text) - 1) + 1):
            if not "\u4e00" <= self.text[e - 1] <= "\u9fff" or e - 1 in self.barred or e - 1 in self.long_cues or e - 1 in self.groups:
                return None
            short = e > run + 1 and (e in self.short_cues or self.text[e : e + 1] in self.scan.followers) and self.scan.may_part(e)
            if short or self.right_context(e) >= 2.5 or e in self.event_at:
                better = e + 1 < len(self.text) and self.right_context(e) < 3.0 and self.right_context(e + 1) >= 3.0
                end = e + 1 if better and self.is_foreign(run, e + 1) else e
                return Name(i, end, self.text[i:end], 4.5) if self.is_foreign(run, end) else None
        return None

    def with_dot(self, i: int) -> Name | None:
        """The name with a dot in it that starts at ``i``."""
        match = _DOTTED.match(self.text, i) if i not in self.person_nouns and i not in self.scan.titles_by_begin else None
        if match is None:
            return None
        first = min((self.text.find(d, i, match.end()) for d in _DOTS if d in match.group()), default=-1)
        last = max(self.text.rfind(d, i, match.end()) for d in _DOTS)
        if first < 0 or any((i, e) in self.area_spans and e <= first for e in range(i + 2, first + 1)):
            # 湖北·来凤农产品博览会
            return None
        country = self.scan.words.get(i) == (first, _PLACE) and rjieba.has_word(self.text[i:first])
        if country and any((first + 1, e) in self.area_spans for e in range(first + 3, match.end() + 1)):
            # 中国·巫溪红池坝避暑旅游季
            return None
        if _IN_QUOTES.search(self.text, max(0, i - _QUOTED), i) is not None and _QUOTE_ENDS.match(self.text, first) is not None:
            # “我为群众办实事·志愿红”
            return None
        for k in range(first + 2, last - 2):
            if self.text[k] in self.names.joiners and self.scan.may_part(k):
                # 吐尔逊江·玉山 | 和妻子帕提曼·艾则孜
                return Name(i, k, self.text[i:k], 4.0)
        run = self.names.elements(self.text, last + 1)
        if run > last + 2 and self.right_context(run) >= 2.0:
            return Name(i, run, self.text[i:run], 5.0)
        for e in range(last + 2, match.end() + 1):
            # 玉山江到: a verb of one character ends the name where a word may begin.
            inside = 3 if self.names.in_elements(self.text[e : e + 1]) else 2
            short = e > last + inside and (e in self.short_cues or self.text[e : e + 1] in self.scan.followers) and self.scan.may_part(e)
            if short or self.right_context(e) >= 2.5 or e in self.event_at or (e > last + 2 and self._word_at(e)):
                end = self._before_word(last, e)
                return Name(i, end, self.text[i:end], 4.0)
        end = self._before_word(last, min(match.end(), last + 5))
        return Name(i, end, self.text[i:end], 3.0)

    def _before_word(self, last: int, end: int) -> int:
        """Where a name ends that seemed to end inside a word of the dictionary: 艾山 | 手把手, 卡地尔 | 算起; ``last`` is its last dot."""
        for e in range(last + 3, end):
            if self.names.ends_elements(self.text[e - 1]) and len(self.first_word(e)[0]) > end - e:
                return e
        return end

    def _word_at(self, e: int) -> bool:
        """Whether a word of the dictionary with several characters begins here, or 的: 每天, 一人."""
        end, tag = self.scan.words.get(e, (e, ""))
        if tag == "uj":
            # 赛提 | 的毡房
            return True
        return end > e + 1 and ((tag in _APART and rjieba.has_word(self.text[e:end])) or self.text[e] in NUMERALS)

    def runs_on(self, end: int) -> int:
        """Where a name ends that only begins as one with a surname does, as 才仁旺秀: one or two more characters up to a mark, no word."""
        text, scan = self.text, self.scan
        e = end
        while e < len(text) and e - end < 3 and "\u4e00" <= text[e] <= "\u9fff":
            e += 1
        if not 1 <= e - end <= 2 or text[e : e + 1] not in _RUN_ENDS:
            return end
        for k in range(end, e):
            if k in scan.cue_at or k in self.event_at or k in scan.titles_by_begin or text[k] in scan.followers or k in self.barred:
                return end
        word = scan.words.get(end)
        if word is not None and (word[1][:1] in _WORDLIKE or (word[0] - end > 1 and rjieba.has_word(text[end : word[0]]))):
            return end
        return e

    def into_elements(self, i: int, end: int) -> int:
        """Where a name ends whose likeliest end stands before or inside elements: 道吉 | 才让, 龙周 | 才加."""
        for k in range(i + 2, end + 1):
            run = self.run_ends.get(k, 0)
            if run > end and run - i <= _LONGEST_RUN and self.right_context(run) >= 2.0 and self.is_foreign(i, run):
                return run
        return end

    def without_surname(self, i: int) -> Name | None:
        """A name of the Tibetan, Mongolian or Yi kind behind a title: up to six characters that are no word."""
        scan, text = self.scan, self.text
        # An ordinary word here stands in every span that starts here.
        if i in self.areas or scan.cue_at.get(i) or not self.is_foreign(i, i + 1):
            return None
        for e in range(i + 2, min(i + 7, len(text) + 1)):
            if not "\u4e00" <= text[e - 1] <= "\u9fff" or e - 1 in self.barred or e - 1 in self.areas:
                return None
            if text[e - 1] in self.names.joiners and e in scan.titles_by_begin:
                # 康泰 | 和 | 县长
                return None
            if (
                e in self.event_at
                or self.right_context(e) >= 2.5
                or (scan.bounds[e] and (text[e] in scan.followers or e in self.short_cues))
            ):
                # 书记 | 被查: what leads on behind a name begins none of two characters.
                often = e - i > 2 or (text[i] not in scan.followers and text.count(text[i:e]) > 2)
                return Name(i, e, text[i:e], 3.2) if often and self.is_foreign(i, e) else None
        return None

    def _ordinary(self, k: int, end: int) -> bool:
        """Whether a word that the segmentation takes for a name is none: 周转, 严格 | 执行."""
        word = self.text[k:end]
        if len(word) >= _TWO_WORDS and rjieba.has_word(word[:2]) and rjieba.has_word(word[2:]):
            return True
        return self.names.known_word(word) and not self.names.maybe(word)

    def is_foreign(self, i: int, e: int) -> bool:
        """Whether a span holds no ordinary word: single characters, names, and what no dictionary has."""
        scan, text = self.scan, self.text
        k = i
        while k < e:
            end, tag = scan.words.get(k, (k + 1, "x"))
            if tag.startswith("nr") and end - k >= _TWO_WORDS and self._ordinary(k, end):
                return False
            if (not tag.startswith("nr") or self._ordinary(k, end)) and (
                tag in _ASPECTS or (end - k > 1 and rjieba.has_word(text[k:end])) or (k == i and end - k == 1 and tag in _PARTICLES)
            ):
                return False
            k = end
        return True
