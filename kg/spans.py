"""Where a name that starts at an offset ends, and how likely it is: by its characters and by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import rjieba

from kg.contexts import Contexts
from kg.names import STOP

_DOTS = "·•・‧∙．"
_DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}][\u4e00-\u9fff]{{1,10}}){{1,4}}")
_STOPS = frozenset(STOP)
# Adverbs, conjunctions and their kind, which nobody is called: 依法, 随后.
_NEVER_TAGS = frozenset({"d", "c", "p", "u", "r", "ad", "m"})
# The likelihood that a name needs behind a title, and without one.
_TITLED, _FREE = 3.2, 5.6
# Less is enough behind a title where the words after leave no doubt about the end.
_LIKELY = 1.5
_COUNTS = frozenset({"m", "d", "a", "ad"})
_UNNAMED = frozenset({"m", "d", "a", "ad", "v", "vn"})
_DONE = frozenset({"v", "d", "ad", "vd"})
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
# What a verb or preposition of one character is followed by: 送 | 政策, 占 | 四成.
_OBJECTS = frozenset({"n", "m", "r", "q", "l"})
_FUNCTION_TAGS = frozenset({"p", "c", "d", "u", "uj", "ul", "uz", "r", "y", "f"})
# What ends a name that runs on, and the tags of words that are no part of one.
_RUN_ENDS = frozenset("、，,。（( \u3000")
_WORDLIKE = frozenset("vpdcfu")
_RUN_ON = 4.0
# What a span loses that is words.
_WORDED = 4.0
# A rare surname's character with one that few given names have is a word: 依法, 远离.
_UNLIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """A name's text span, the name without inner spaces, and how sure it is (a log-likelihood, about -2 to 8)."""

    begin: int
    end: int
    name: str
    score: float


class Spans(Contexts):
    """What may be a name in one article, by where it starts."""

    def at(self, i: int, titled: bool) -> Name | None:
        """The best name that starts at ``i``; after a title less proof is asked."""
        scan, text, names = self.scan, self.text, self.names
        if i >= len(text) or not "\u4e00" <= text[i] <= "\u9fff":
            return None
        dotted = self._dotted(i) if self.dotted else None
        if dotted is not None:
            return dotted
        run = names.elements(text, i)
        if (
            run - i > (1 if titled else 2)
            and (self.right_context(run) >= 2.0 or run in self.event_at)
            and (run not in self.site_begins or scan.words.get(run, (run, ""))[0] > self.site_begins[run])
        ):
            return self._element_more(i, run)
        longer = self._element_on(i, run) if titled and run > i + 1 and i not in self.areas else None
        if longer is not None:
            return longer
        title = scan.titles_by_begin.get(i)
        if (title is not None and title[0] - i > 1) or i in self.barred or i in self.event_at:
            return None
        words, titles, barred, cues = scan.words, scan.titles_by_begin, self.barred, self.long_cues
        area_end, cue_end = self.areas.get(i, i), max(cues.get(i, i), self.person_nouns.get(i, i))
        best_end, best_name, best_score, doubtful = i, "", 0.0, False
        # The word that starts here: its end, whether it is tagged as a name, whether it is one character of function.
        word = words.get(i)
        word_end, tag = word if word is not None else (i, "")
        name_tag, functional = tag.startswith("nr"), word_end - i == 1 and tag in _FUNCTION_TAGS
        for e, name, likelihood in names.options(text, i):
            context = self.right_context(e)
            if context < 3.0 and e in self.event_at:
                context = 3.0
            if e - i > len(name) and (context < 2.5 or not (titled or i == 0 or text[i - 1] in _STOPS)):
                continue
            score = likelihood + context
            # Without a title nothing but the tag of a name can make up for what is missing.
            if not titled and score < _FREE and not (name_tag and word_end == e):
                continue
            if e <= area_end or (e <= cue_end and not names.maybe(name)):
                continue
            if not barred.isdisjoint(range(i + 1, e)) or self.body_ends.get(e, i) > i or self._addressed(i, e):
                continue
            last, trailing = e - 1, False
            if last >= i + 2:
                tail = words.get(last)
                tail_tag = tail[1] if tail is not None and tail[0] == e else ""
                # 梁有为等, 尚腊边出席 : neither a preposition nor an adverb stands before these.
                alone = tail_tag != "v" and (e in self.groups or (e in cues and text[cues[e] : cues[e] + 1] in _STOPS))
                if tail_tag == "c" or (tail_tag == "p" and not alone):
                    score -= 2.5
                if (
                    text[last] in scan.followers
                    or last in self.short_cues
                    or (tail_tag in _PARTICLES and (word is None or word_end == last))
                ):
                    weight = names.last_weight(text[last])
                    # 牟周到， : what needs an object is none before a mark; 等 and 说 may stand there.
                    object_less = alone or (
                        e < len(text)
                        and text[e] in _STOPS
                        and not any(w.kind in ("GroupCue", "SpeechCue") for _, _, w in scan.cue_at.get(last, ()))
                    )
                    trailing = weight <= 1.0 and not object_less
                    score -= 0.6 if not trailing else 8.0 if weight == 0 else 4.0 if weight < 0.5 else 2.6
                if last in self.long_cues:
                    score -= 3.0
                if text[last] in names.joiners and (e in titles or e in self.person_nouns):
                    # 团委书记桑璐 | 和 | 志愿者们
                    score -= 8.0
            for k in range(i + 1, e):
                inner = words.get(k)
                if inner is not None and inner[0] > e and (inner[1].startswith("nr") or rjieba.has_word(text[k : inner[0]])):
                    score -= 2.5 if context < 2 else 1.0
                title = titles.get(k)
                if title is not None and title[0] >= e and title[0] - k > 1:
                    score -= 4
            worded = self._worded(i, e, likelihood)
            if worded:
                score -= _WORDED
            known = names.known_word(name)
            if functional or tag == "v":
                rest = words.get(word_end)
                if rest is not None and rest[0] == e and rest[0] - word_end > 1 and rest[1] in _DONE:
                    # 委员要 | 持续
                    score, worded = score - 4.0, True
                elif rest is not None and word_end == i + 1 and rest[0] == i + 2 < e and rest[1] in _COUNTS and text[i] in scan.followers:
                    # 干部要 | 多 | 进院
                    score, worded = score - 4.0, True
            if functional:
                score -= 1.0 if titled else 2.5
            elif word_end < e and word_end - i > 1 and tag in _FUNCTION_TAGS:
                # 关于 | 错峰
                score -= 4.0
            elif word_end > e:
                if not name_tag or rjieba.has_word(text[i:word_end]):
                    score -= 2.5 if context < 3 or not titled else 1.0
            elif word_end == e:
                if name_tag:
                    score += 3.0 if context >= 2.5 and rjieba.has_word(name) else 1.0
                elif known and len(name) == e - i:
                    score -= 2.5 if context < 3 or not titled else 1.0
            if known:
                score -= 1.0 if titled and (context >= 3 or (name_tag and word_end == e)) else 4.0
            if (known and names.never(name)) or (
                word_end == e and tag in _NEVER_TAGS and not names.maybe(name) and rjieba.has_word(name)
            ):
                score -= 4.0
            elif (
                titled
                and not (trailing or worded)
                and -2.0 < score < 3.3
                and len(name) <= 3
                and (context >= 3 or (context >= 2 and word_end == e))
            ):
                score = 3.3
            if best_end == i or score > best_score:
                best_end, best_name, best_score, doubtful = e, name, score, trailing
        if best_end > i:
            longer_end = self._runs_on(best_end) if titled and best_end - i > 2 else best_end
            if longer_end > best_end and self._foreign(i, longer_end):
                return Name(i, longer_end, text[i:longer_end], min(best_score, _RUN_ON))
            best = Name(i, best_end, best_name, best_score)
            if titled and not doubtful and best_score >= _LIKELY and self.right_context(best_end) >= 2.5:
                return best
            if best_score >= (_TITLED if titled else _FREE):
                if titled and best_end - i == 2 and self.right_context(best_end) < 2.0:
                    longer = self._without_surname(i)
                    if (
                        longer is not None
                        and longer.end > best_end
                        and rjieba.cut(text[best_end : longer.end])[0] == text[best_end : longer.end]
                    ):
                        return longer
                return best
        return self._without_surname(i) if titled else None

    def _addressed(self, i: int, e: int) -> bool:
        """Whether a span is a surname and a form of address: 黄小姐."""
        address = self.scan.cue(i + 1, "NameFollowerCue") if e - i == 3 else None
        return address is not None and address[0] == e

    def _worded(self, i: int, e: int, likelihood: float) -> bool:
        """Whether a span that could be a name is words, whatever follows: 要 | 带头, 和 | 群众, 天天."""
        text, scan, names = self.text, self.scan, self.names
        word_end, tag = scan.words.get(i, (i, ""))
        if names.rare(text[i]) and not scan.may_part(i):
            # 常委 | 会召开
            return True
        if e - i == 2:
            if word_end == e and text[i] == text[i + 1]:
                return not tag.startswith("nr") and rjieba.has_word(text[i:e])
            return likelihood < _UNLIKELY and names.rare(text[i]) and (word_end != e or not tag.startswith("nr"))
        cue = text[i] in scan.followers or text[i] in names.joiners
        if names.rare(text[i]) and cue and rjieba.has_word(text[i + 1 : e]):
            return True
        rest = scan.words.get(i + 1, (i, ""))
        function = (cue or i in scan.cue_at) and not names.common(text[i])
        if function and rest[0] == e and not rest[1].startswith("nr") and rjieba.has_word(text[i + 1 : e]):
            # 应 | 全程
            return True
        if word_end == e and names.rare(text[i]) and not tag.startswith("nr") and rjieba.has_word(text[i:e]):
            # 接待日
            return True
        if word_end == i + 2 < e and names.rare(text[i]) and tag in _UNNAMED and rjieba.has_word(text[i:word_end]):
            # 多次 | 召开, 接待 | 日
            return True
        if word_end != i + 1 or rest[0] != e or e - word_end < 2 or rest[1].startswith("nr"):
            return False
        return tag == "c" or (names.rare(text[i]) and rest[1] in _OBJECTS and tag in ("p", "v"))

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
            if not "\u4e00" <= self.text[e - 1] <= "\u9fff" or e - 1 in self.barred or e - 1 in self.scan.cue_at:
                return None
            if self.right_context(e) >= 2.5 or e in self.event_at:
                return Name(i, e, self.text[i:e], 4.5) if self._foreign(run, e) else None
        return None

    def _dotted(self, i: int) -> Name | None:
        match = _DOTTED.match(self.text, i)
        if match is None:
            return None
        first = min((self.text.find(d, i, match.end()) for d in _DOTS if d in match.group()), default=-1)
        last = max(self.text.rfind(d, i, match.end()) for d in _DOTS)
        if first < 0:
            return None
        run = self.names.elements(self.text, last + 1)
        if run > last + 2 and self.right_context(run) >= 2.0:
            return Name(i, run, self.text[i:run], 5.0)
        for e in range(last + 2, match.end() + 1):
            # 玉山江到: a verb of one character ends the name where a word may begin.
            short = e > last + 3 and (e in self.short_cues or self.text[e : e + 1] in self.scan.followers) and self.scan.may_part(e)
            if short or self.right_context(e) >= 2.5 or e in self.event_at:
                return Name(i, e, self.text[i:e], 4.0)
        return Name(i, min(match.end(), last + 5), self.text[i : min(match.end(), last + 5)], 3.0)

    def _runs_on(self, end: int) -> int:
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

    def _without_surname(self, i: int) -> Name | None:
        """A name of the Tibetan, Mongolian or Yi kind behind a title: up to six characters that are no word."""
        scan, text = self.scan, self.text
        # An ordinary word here stands in every span that starts here.
        if i in self.areas or scan.cue_at.get(i) or not self._foreign(i, i + 1):
            return None
        for e in range(i + 2, min(i + 7, len(text) + 1)):
            if not "\u4e00" <= text[e - 1] <= "\u9fff" or e - 1 in self.barred:
                return None
            if (
                e in self.event_at
                or self.right_context(e) >= 2.5
                or (scan.bounds[e] and (text[e] in scan.followers or e in self.short_cues))
            ):
                return Name(i, e, text[i:e], 3.2) if e - i > 2 and self._foreign(i, e) else None
        return None

    def _foreign(self, i: int, e: int) -> bool:
        """Whether a span holds no ordinary word: single characters, names, and what no dictionary has."""
        scan, text = self.scan, self.text
        k = i
        while k < e:
            end, tag = scan.words.get(k, (k + 1, "x"))
            if not tag.startswith("nr") and (
                (end - k > 1 and rjieba.has_word(text[k:end])) or (k == i and end - k == 1 and tag in _PARTICLES)
            ):
                return False
            k = end
        return True
