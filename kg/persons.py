"""Who: names of people, from the likelihood of their characters, the words around them and the article as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import rjieba

from kg.mentions import Scan
from kg.names import SPACE, STOP, Names

_DOTS = "·•・‧∙．"
_DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}][\u4e00-\u9fff]{{1,10}}){{1,4}}")
_LISTED = frozenset("、 \u3000")
_NOTED = frozenset("，,")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")
_OPENING = frozenset("（(")
_PARTS = re.compile(r"[、，,\s]")
_BRACKET = re.compile(r"[（(]([^（()）\n]{1,24})[）)]")
# What follows a name in running text, by kind of cue.
_FOLLOWERS = ("RoleCue", "SpeechCue", "HoldingCue", "MovementCue", "NameFollowerCue", "GroupCue", "PlanCue", "HomeCue")
_STOPS = frozenset(STOP)
_PREDICATES = frozenset({"p", "c", "v", "d"})
# Adverbs, conjunctions and their kind, which nobody is called: 依法, 随后.
_NEVER_TAGS = frozenset({"d", "c", "p", "u", "r", "ad"})
# The likelihood that a name needs behind a title, and without one.
_TITLED, _FREE = 3.2, 5.6
# Less is enough behind a title where the words after leave no doubt about the end.
_LIKELY = 1.5
# Behind a word for a person (村民, 选手): on the development pages 60 of 66 names above are right, below it one of ten.
_VOUCHED, _VOUCHED_SHORT = 5.3, 6.6
_COUNTS = frozenset({"m", "d", "a", "ad"})
# 齐聚, 远离 are tagged as names too.
_TAGGED_SHORT = 5.5
_DONE = frozenset({"v", "d", "ad", "vd"})
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
_ASPECTS = frozenset({"ul", "uz", "ug"})
_FUNCTION_TAGS = frozenset({"p", "c", "d", "u", "uj", "ul", "uz", "r", "y", "f"})
# What ends a name that runs on, and the tags of words that are no part of one.
_RUN_ENDS = frozenset("、，,。（( \u3000")
_WORDLIKE = frozenset("vpdcfu")
_RUN_ON = 4.0
# 阿不都热合曼 and its like without a dot.
_LONGEST_NAME = 6
_BEGIN = attrgetter("begin")


@dataclass(frozen=True, slots=True)
class Name:
    """A name's text span, the name without inner spaces, and how sure it is (a log-likelihood, about -2 to 8)."""

    begin: int
    end: int
    name: str
    score: float


class Finder:
    """Finds the names of one article."""

    def __init__(self, names: Names, scan: Scan) -> None:
        self.names, self.scan, self.text = names, scan, scan.text
        self.event_at = {b for b, _, t in scan.events if t.verb}
        self.area_spans = {(b, e) for b, e, _ in scan.areas if e - b > 2}
        self.dotted = any(d in scan.text for d in _DOTS)
        # Where cues that may follow a name begin: those of several characters, those of one, and 等.
        self.long_cues: set[int] = set()
        self.short_cues: set[int] = set()
        self.groups = {b for b, _, _ in scan.cues.get("GroupCue", ())}
        # Where the ends of bodies' names end, and begin: 市公安局长兴分局 holds no person.
        self.body_ends = {e: b for b, e, _ in scan.suffixes if e - b > 1}
        self.person_nouns = {b for b, _, _ in scan.cues.get("PersonNounCue", ())}
        for kind in _FOLLOWERS:
            for b, e, _ in scan.cues.get(kind, ()):
                if e - b > 1:
                    self.long_cues.add(b)
                else:
                    self.short_cues.add(b)
        # Where words begin that no name holds: those that only look like cues, and closed kinds of bodies (the longest is first).
        self.barred = {b for b, _, _ in scan.cues.get("MaskCue", ())}
        for b, hits in scan.kinds.items():
            if hits[0][0] - b > 1:
                self.barred.add(b)
        self._right: dict[int, float] = {}
        self._ends: dict[str, int] = {}

    def right_context(self, e: int) -> float:
        """How well a name can end at ``e``, by what follows."""
        known = self._right.get(e)
        if known is None:
            known = self._right[e] = self._right_context(e)
        return known

    def _right_context(self, e: int) -> float:
        text, scan = self.text, self.scan
        if e >= len(text) or text[e] in _STOPS or e in self.long_cues or e in self.groups:
            return 3.0
        best = -1.0
        word = scan.words.get(e)
        if scan.words.get(e + 1, (e, ""))[1] in _ASPECTS and (word is not None or self._guessed(e)):
            return 2.5
        if word is not None:
            if word[1] in _ASPECTS:
                # 黎飞 | 握着: a verb stands before 着 and 了, never a name.
                return -3.0
            best = 2.5 if word[0] - e > 1 and word[1] in _PREDICATES else 2.0 if word[1] in _PARTICLES else 1.0
            if word[0] - e == 1 and word[1] == "v" and e not in self.short_cues and self._acts(e + 1):
                # 松 | 盼 | 首先, 启 | 呈 | 毕业: the predicate is behind what ends the name.
                best = 0.5
            if word[0] - e > 1 and best > 1.0 and not rjieba.has_word(text[e : word[0]]):
                # 发说 behind 林顺, 双算起 behind 刘必: what no dictionary has is no predicate.
                best = 1.0
        elif self._guessed(e):
            best = 1.0
        if best < 2.5 and e in scan.titles_by_begin:
            return 2.5
        if best < 2.0 and (e in self.short_cues or text[e] in scan.followers):
            return 2.0
        return best

    def _acts(self, e: int) -> bool:
        """Whether a cue of several characters or a verb of the dictionary begins at an offset."""
        word = self.scan.words.get(e)
        verb = word is not None and word[0] - e > 1 and word[1] in ("v", "d") and rjieba.has_word(self.text[e : word[0]])
        return verb or e in self.long_cues

    def _guessed(self, e: int) -> bool:
        """Whether the word around an offset is only the segmentation's guess, and one of the dictionary begins here: 发 | 说."""
        scan = self.scan
        begin = scan.bounds.rfind(1, 0, e)
        word = scan.words.get(begin)
        if word is None or word[0] <= e or rjieba.has_word(self.text[begin : word[0]]):
            return False
        return rjieba.has_word(self.text[e : word[0]])

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
            and not any(b == run for b, _, _ in scan.sites)
        ):
            return Name(i, run, text[i:run], 6.0)
        title = scan.titles_by_begin.get(i)
        if (title is not None and title[0] - i > 1) or i in self.barred:
            return None
        words, titles, barred = scan.words, scan.titles_by_begin, self.barred
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
            if not barred.isdisjoint(range(i + 1, e)) or (i, e) in self.area_spans or self.body_ends.get(e, i) > i:
                continue
            last, trailing = e - 1, False
            if last >= i + 2:
                tail = words.get(last)
                tail_tag = tail[1] if tail is not None and tail[0] == e else ""
                if tail_tag == "p" or tail_tag == "c":
                    score -= 2.5
                if (
                    text[last] in scan.followers
                    or last in self.short_cues
                    or (tail_tag in _PARTICLES and (word is None or word_end == last))
                ):
                    weight = names.last_weight(text[last])
                    # 牟周到， : what needs an object is none before a mark; 等 and 说 may stand there.
                    object_less = (
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
            known = names.known_word(name)
            if functional or tag == "v":
                rest = words.get(word_end)
                if rest is not None and rest[0] == e and rest[0] - word_end > 1 and rest[1] in _DONE:
                    # 委员要 | 持续
                    score -= 4.0
                elif rest is not None and word_end == i + 1 and rest[0] == i + 2 < e and rest[1] in _COUNTS and text[i] in scan.followers:
                    # 干部要 | 多 | 进院
                    score -= 4.0
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
                score -= 1.0 if titled and context >= 3 else 4.0
            if (known and names.never(name)) or (
                word_end == e and tag in _NEVER_TAGS and not names.maybe(name) and rjieba.has_word(name)
            ):
                score -= 4.0
            elif (
                titled
                and not trailing
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
            if self.right_context(e) >= 2.5 or e in self.event_at:
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
        if scan.cue_at.get(i) or not self._foreign(i, i + 1):
            return None
        for e in range(i + 2, min(i + 7, len(text) + 1)):
            if not "\u4e00" <= text[e - 1] <= "\u9fff" or e - 1 in self.barred:
                return None
            if (
                e in self.event_at
                or self.right_context(e) >= 2.5
                or (scan.bounds[e] and (text[e] in scan.followers or e in self.short_cues))
            ):
                return Name(i, e, text[i:e], 3.2) if self._foreign(i, e) else None
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

    def after(self, i: int, titled: bool = True) -> list[Name]:
        """The list of names that starts at ``i``: 张三、李四和王五 ; brackets behind a name are passed over."""
        text, joiners, titles = self.text, self.names.joiners, self.scan.titles_by_begin
        found: list[Name] = []
        while i < len(text) and text[i] in SPACE:
            i += 1
        while True:
            name = self.at(i, titled)
            if name is not None:
                name = self._settled(name)
            # A list's later names end where names end; 徐场 before 村党支部书记 is none.
            if name is not None and found and (self._predicate(name) or not self._ends_well(name)):
                name = None
            if name is None:
                # 副市长谷文和应邀参加: what looked like a joiner ends the name.
                if found and self.names.one_given(found[-1].name) and found[-1].end == i - 1 and self.names.ends_names(text[i - 1]):
                    last = found[-1]
                    longer = self._settled(Name(last.begin, i, text[last.begin : i], last.score))
                    if i not in self.person_nouns and longer.end == i:
                        found[-1] = longer
                break
            found.append(name)
            j = self.skip_bracket(name.end)
            k = j
            while k < len(text) and text[k] in SPACE:
                k += 1
            if k < len(text) and text[k] in joiners:
                k += 1
                while k < len(text) and text[k] in SPACE:
                    k += 1
            elif k == j or text[k - 1] == "\n":
                break
            title = titles.get(k)
            if title is not None and title[0] - k > 1:
                break
            i = k
        return found

    def _settled(self, name: Name) -> Name:
        """A name as the article's other mentions of it end it: 林顺 is 林顺发 where 发 follows it everywhere, 桑璐和 桑璐 where it does not."""
        written = name.name
        if name.end - name.begin != len(written):
            return name
        end = self._ends.get(written)
        if end is None:
            end = self._ends[written] = self._ended(written)
        if end == len(written):
            return name
        stop = name.begin + end
        if end > len(written) and not self.text.startswith(written, name.begin):
            return name
        return Name(name.begin, stop, self.text[name.begin : stop], name.score)

    def _ended(self, written: str) -> int:
        """How many characters a name has, by its mentions in the article."""
        text, size = self.text, len(written)
        mentions = self._mentions(written)
        last = mentions[0] + size - 1
        if size > 2 and (text[last] in self.scan.followers or last in self.short_cues or text[last] in self.names.joiners):
            others = [k for k in self._mentions(written[:-1]) if text[k + size - 1 : k + size] != written[-1]]
            if any(self.right_context(k + size - 1) >= 2.0 for k in others):
                return size - 1
        if len(mentions) > 1 and size < _LONGEST_NAME:
            longer = {text[k + size : k + size + 1] for k in mentions}
            behind = {text[k + size + 1 : k + size + 2] for k in mentions}
            character = min(longer)
            if len(longer) == 1 and len(behind) > 1 and "\u4e00" <= character <= "\u9fff" and self._of_name(mentions, size):
                return size + 1
        return size

    def _of_name(self, mentions: Sequence[int], size: int) -> bool:
        """Whether the character behind each mention of a name begins no word or cue, and ends as names do once at least."""
        scan = self.scan
        for k in mentions:
            end = k + size
            word = scan.words.get(end)
            if end in self.long_cues or end in self.short_cues or end in scan.titles_by_begin or end in self.event_at:
                return False
            if self.text[end] in scan.followers or (word is not None and word[0] > end + 1 and rjieba.has_word(self.text[end : word[0]])):
                return False
        return any(self.right_context(k + size + 1) >= 2.0 or k + size + 1 in self.event_at for k in mentions)

    def _mentions(self, written: str) -> list[int]:
        found, at = [], self.text.find(written)
        while at >= 0:
            found.append(at)
            at = self.text.find(written, at + 1)
        return found

    def _ends_well(self, name: Name) -> bool:
        return self.right_context(name.end) >= 2.0 or name.end in self.event_at or self.skip_bracket(name.end) > name.end

    def _predicate(self, name: Name) -> bool:
        """Whether the second or later item of a list is a verb rather than a name."""
        word = self.scan.words.get(name.begin)
        return word is not None and word[0] == name.end and word[1] in ("v", "d", "vd") and rjieba.has_word(name.name)

    def skip_bracket(self, i: int, anything: bool = False) -> int:
        """The offset behind a bracketed note (女, 回族) that starts at ``i``, or ``i``; ``anything``: whatever a title may carry."""
        match = _BRACKET.match(self.text, i) if self.text[i : i + 1] in _OPENING else None
        if match is None:
            return i
        inner = match.group(1)
        if anything and len(inner) <= 8:
            return match.end()
        parts = _PARTS.split(inner)
        if all(self.scan.cue(match.start(1) + inner.find(p), "BracketNote") for p in parts if p):
            return match.end()
        return i

    def untitled(self, known: Iterable[str], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Names without a title before them: at the start of a clause or behind a word for a person, with a predicate behind."""
        scan, text, titles = self.scan, self.text, self.scan.titles_by_begin
        skip = bytearray(len(text) + 1)
        for b, e in blocked:
            skip[b:e] = b"\1" * (e - b)
        have = set(known)
        strong = {e for _, e, _ in scan.cues.get("PersonNounCue", ())}
        starts = {0, scan.article.body, *strong}
        starts.update(self.names.behind_marks(text))
        for e in titles:
            word = scan.word_before(e)
            if word is not None and word[1].startswith("nr"):
                starts.add(word[0])
        out = [name for name in self.noted() if name.name not in have]
        have.update([name.name for name in out])
        last = 0
        for i in sorted(starts):
            if i < last or i >= len(text) or skip[i]:
                continue
            vouched = i in strong
            if not vouched and not (self.names.may_start(text, i) and (self._ends_near(i) or "·" in text[i : i + 8])):
                continue
            names = [n for n in self.after(i, vouched) if n.name not in have and skip.find(1, n.begin, n.end) < 0]
            if not names:
                continue
            final = names[-1]
            bar = 7.4 if not vouched else _VOUCHED if len(names[0].name) > 2 else _VOUCHED_SHORT
            good = [
                n
                for n in names
                if n.score >= bar or (len(names) > 2 and n.score >= 5.6) or self._tagged(n) or (vouched and self._foreign_or_tagged(n))
            ]
            predicate = final.end in titles or final.end in self.long_cues or final.end in self.groups
            if len(good) < len(names) or not (predicate or vouched or len(names) > 2):
                continue
            out.extend(good)
            last = final.end
        return out

    def _ends_near(self, i: int) -> bool:
        """Whether a name that starts at ``i`` could end before a predicate, a title or another item of a list. Most starts have none."""
        near = range(i + 2, i + 5)
        return not (
            _LISTED.isdisjoint(self.text[i + 2 : i + 5])
            and self.long_cues.isdisjoint(near)
            and self.scan.titles_by_begin.keys().isdisjoint(near)
            and self.groups.isdisjoint(near)
        )

    def noted(self) -> list[Name]:
        """The names with which a person's particulars begin: 申屠明，男，汉族."""
        ends = {b - 1 for b, _, _ in self.scan.cues.get("BracketNote", ()) if b and self.text[b - 1] in _NOTED}
        found: list[Name] = []
        for i in self.names.behind_marks(self.text) if ends else ():
            end = next((e for e in range(i + 2, i + 5) if e in ends), 0)
            if end and self._alone(i, end):
                found.append(Name(i, end, self.text[i:end], _FREE))
        return found

    def _alone(self, i: int, end: int) -> bool:
        """Whether a span is all of its clause, and a note (男) all of the next."""
        scan = self.scan
        note = scan.cue(end + 1, "BracketNote")
        if note is None or self.text[note[0] : note[0] + 1] not in _NOTED or end - i > 4:
            return False
        if i in scan.titles_by_begin or not self.barred.isdisjoint(range(i, end)):
            return False
        return _HAN_ONLY.fullmatch(self.text, i, end) is not None

    def _foreign_or_tagged(self, name: Name) -> bool:
        """Whether a name behind a word for a person is one of another language, or what the segmentation alone takes for a name."""
        if "·" in name.name or self.names.elements(self.text, name.begin) == name.end:
            return True
        word = self.scan.words.get(name.begin)
        tagged = word is not None and word[0] == name.end and word[1].startswith("nr")
        likely = len(name.name) > 2 or name.score >= _TAGGED_SHORT
        return tagged and likely and self.right_context(name.end) >= 2.0 and not rjieba.has_word(name.name)

    def _tagged(self, name: Name) -> bool:
        word = self.scan.words.get(name.begin)
        return word is not None and word[0] == name.end and word[1] == "nr" and name.score >= 6.0

    def everywhere(self, found: Iterable[Name], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Every occurrence of the names found in this article, the longer first; one printed with spaces inside counts too."""
        text = self.text
        taken = bytearray(len(text) + 1)
        for b, e in blocked:
            taken[b:e] = b"\1" * (e - b)
        known = list(found)
        out: list[Name] = []
        for spaced in known:
            if spaced.end - spaced.begin > len(spaced.name) and taken.find(1, spaced.begin, spaced.end) < 0:
                out.append(spaced)
                taken[spaced.begin : spaced.end] = b"\1" * (spaced.end - spaced.begin)
        for name in sorted({n.name for n in known}, key=lambda n: (-len(n), n)):
            i = text.find(name)
            while i >= 0:
                e = i + len(name)
                if taken.find(1, i, e) < 0:
                    out.append(Name(i, e, name, 5.0))
                    taken[i:e] = b"\1" * (e - i)
                i = text.find(name, e)
        out.sort(key=_BEGIN)
        return out
