"""Who: names of people, from the likelihood of their characters, the words around them and the article as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from kg.mentions import Scan
from kg.names import SPACE, STOP, Names

_DOTS = "·•・‧∙．"
_DOTTED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}(?:[{_DOTS}][\u4e00-\u9fff]{{1,10}}){{1,4}}")
_LISTED = frozenset("、 \u3000")
_CLAUSE = re.compile(r"[，。；：、\n“（( \u3000]")
_BRACKET = re.compile(r"[（(]([^（()）\n]{1,24})[）)]")
# What follows a name in running text, by kind of cue.
FOLLOWERS = ("RoleCue", "SpeechCue", "HoldingCue", "MovementCue", "NameFollowerCue", "GroupCue", "PlanCue")
_PREDICATES = frozenset({"p", "c", "v", "d"})
# Adverbs, conjunctions and their kind, which nobody is called: 依法, 随后.
_NEVER_TAGS = frozenset({"d", "c", "p", "u", "r", "ad"})
# The likelihood that a name needs behind a title, and without one.
_TITLED, _FREE = 3.2, 5.6
# Less is enough behind a title where the words after leave no doubt about the end.
_LIKELY = 1.5
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
_FUNCTION_TAGS = frozenset({"p", "c", "d", "u", "uj", "ul", "uz", "r", "y", "f"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name's text span, the name without inner spaces, and how sure it is (a log-likelihood, about -2 to 8)."""

    begin: int
    end: int
    name: str
    score: float


def right_context(scan: Scan, e: int) -> float:
    """How well a name can end at ``e``, by what follows."""
    text = scan.text
    if e >= len(text) or text[e] in STOP:
        return 3.0
    best = -1.0
    if scan.bounds[e]:
        end, tag = scan.words.get(e, (e, ""))
        best = 2.5 if tag in _PREDICATES and end - e > 1 else 2.0 if tag in _PARTICLES else 1.0
    for end, word in scan.cue_at.get(e, ()):
        if word.kind in FOLLOWERS:
            best = max(best, 3.0 if end - e > 1 or word.kind == "GroupCue" else 2.0)
    if best < 2.0 and text[e] in scan.followers:
        best = 2.0
    if e in scan.titles_by_begin and best < 2.5:
        best = 2.5
    return best


class Finder:
    """Finds the names of one article."""

    def __init__(self, names: Names, scan: Scan) -> None:
        self.names, self.scan = names, scan
        self.event_at = {b for b, _, t in scan.events if t.verb}
        self.area_spans = {(b, e) for b, e, _ in scan.areas if e - b > 2}
        self.dotted = any(d in scan.text for d in _DOTS)

    def at(self, i: int, titled: bool) -> Name | None:
        """The best name that starts at ``i``; after a title less proof is asked."""
        scan, text = self.scan, self.scan.text
        if i >= len(text) or not "\u4e00" <= text[i] <= "\u9fff":
            return None
        dotted = self._dotted(i) if self.dotted else None
        if dotted is not None:
            return dotted
        run = self.names.elements(text, i)
        if (
            run - i > (1 if titled else 2)
            and (right_context(scan, run) >= 2.0 or run in self.event_at)
            and not any(b == run for b, _, _ in scan.sites)
        ):
            return Name(i, run, text[i:run], 6.0)
        best: Name | None = None
        doubtful = False
        if i in scan.titles_by_begin and scan.titles_by_begin[i][0] - i > 1:
            return None
        word = scan.words.get(i)
        for e, name, likelihood in self.names.options(text, i):
            context = right_context(scan, e)
            if e in self.event_at:
                context = max(context, 3.0)
            if e - i > len(name) and (context < 2.5 or not (titled or i == 0 or text[i - 1] in STOP)):
                continue
            score = likelihood + context
            last, trailing = e - 1, False
            if last >= i + 2:
                tail = scan.words.get(last)
                if tail is not None and scan.bounds[last] and tail[0] == e and tail[1] in ("p", "c"):
                    score -= 2.5
                if (
                    text[last] in scan.followers
                    or any(w.kind in FOLLOWERS and end == e for end, w in scan.cue_at.get(last, ()))
                    or (
                        tail is not None
                        and scan.bounds[last]
                        and tail[0] == e
                        and tail[1] in _PARTICLES
                        and (word is None or word[0] == last)
                    )
                ):
                    weight = self.names.last_weight(text[last])
                    # 牟周到， : what needs an object is none before a mark; 等 and 说 may stand there.
                    object_less = (
                        e < len(text)
                        and text[e] in STOP
                        and not any(w.kind in ("GroupCue", "SpeechCue") for _, w in scan.cue_at.get(last, ()))
                    )
                    trailing = weight <= 1.0 and not object_less
                    score -= 0.6 if not trailing else 8.0 if weight == 0 else 4.0 if weight < 0.5 else 2.6
                if any(w.kind in FOLLOWERS and end > e for end, w in scan.cue_at.get(last, ())):
                    score -= 3.0
            for k in range(i + 1, e):
                inner = scan.words.get(k)
                if inner is not None and inner[0] > e and inner[0] - k > 1:
                    score -= 2.5 if context < 2 else 1.0
                if k in scan.titles_by_begin and scan.titles_by_begin[k][0] >= e and scan.titles_by_begin[k][0] - k > 1:
                    score -= 4
            if (i, e) in self.area_spans or any(w.kind == "MaskCue" for k in range(i, e) for _, w in scan.cue_at.get(k, ())):
                continue
            if any(end - k > 1 for k in range(i, e) for end, _ in scan.kinds.get(k, ())):
                continue
            if word is not None:
                if word[0] - i == 1 and word[1] in _FUNCTION_TAGS:
                    score -= 1.0 if titled else 2.5
                elif word[0] > e and word[1].startswith("nr") and not rjieba.has_word(text[i : word[0]]):
                    pass
                elif word[0] > e or (
                    word[0] == e and not word[1].startswith("nr") and len(name) == word[0] - i and self.names.known_word(name)
                ):
                    score -= 2.5 if context < 3 or not titled else 1.0
                elif word[0] == e and word[1].startswith("nr"):
                    score += 3.0 if rjieba.has_word(name) and context >= 2.5 else 1.0
            if self.names.known_word(name):
                score -= 1.0 if titled and context >= 3 else 4.0
            if self.names.never(name) or (
                word is not None and word[0] == e and word[1] in _NEVER_TAGS and not self.names.maybe(name) and rjieba.has_word(name)
            ):
                score -= 4.0
            elif (
                titled
                and not trailing
                and len(name) <= 3
                and score > -2.0
                and (context >= 3 or (context >= 2 and scan.bounds[e] and word is not None and word[0] == e))
            ):
                score = max(score, 3.3)
            if best is None or score > best.score:
                best, doubtful = Name(i, e, name, score), trailing
        if best is not None and titled and not doubtful and best.score >= _LIKELY and right_context(scan, best.end) >= 2.5:
            return best
        if best is not None and best.score >= (_TITLED if titled else _FREE):
            if titled and best.end - best.begin == 2 and right_context(scan, best.end) < 2.0:
                longer = self._without_surname(i)
                if (
                    longer is not None
                    and longer.end > best.end
                    and rjieba.cut(text[best.end : longer.end])[0] == text[best.end : longer.end]
                ):
                    return longer
            return best
        return self._without_surname(i) if titled else None

    def _dotted(self, i: int) -> Name | None:
        match = _DOTTED.match(self.scan.text, i)
        if match is None:
            return None
        first = min((self.scan.text.find(d, i, match.end()) for d in _DOTS if d in match.group()), default=-1)
        last = max(self.scan.text.rfind(d, i, match.end()) for d in _DOTS)
        if first < 0:
            return None
        run = self.names.elements(self.scan.text, last + 1)
        if run > last + 2 and right_context(self.scan, run) >= 2.0:
            return Name(i, run, self.scan.text[i:run], 5.0)
        for e in range(last + 2, match.end() + 1):
            if right_context(self.scan, e) >= 2.5 or e in self.event_at:
                return Name(i, e, self.scan.text[i:e], 4.0)
        return Name(i, min(match.end(), last + 5), self.scan.text[i : min(match.end(), last + 5)], 3.0)

    def _without_surname(self, i: int) -> Name | None:
        """A name of the Tibetan, Mongolian or Yi kind behind a title: up to six characters that are no word."""
        scan, text = self.scan, self.scan.text
        for e in range(i + 2, min(i + 7, len(text) + 1)):
            if not "\u4e00" <= text[e - 1] <= "\u9fff":
                return None
            cued = text[e : e + 1] in scan.followers or any(w.kind in FOLLOWERS for _, w in scan.cue_at.get(e, ()))
            follows = cued and bool(scan.bounds[e])
            if follows or right_context(scan, e) >= 2.5 or e in self.event_at:
                if any(w.kind == "MaskCue" for k in range(i, e) for _, w in scan.cue_at.get(k, ())) or any(
                    end - k > 1 for k in range(i, e) for end, _ in scan.kinds.get(k, ())
                ):
                    return None
                if scan.cue_at.get(i) or not self._foreign(i, e):
                    return None
                return Name(i, e, text[i:e], 3.2)
        return None

    def _foreign(self, i: int, e: int) -> bool:
        """Whether a span holds no ordinary word: single characters, names, and what no dictionary has."""
        scan, text = self.scan, self.scan.text
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
        text = self.scan.text
        found: list[Name] = []
        while i < len(text) and text[i] in SPACE:
            i += 1
        while True:
            name = self.at(i, titled)
            # A list's later names end where names end; 徐场 before 村党支部书记 is none.
            if name is not None and found and (self._predicate(name) or not self._ends_well(name)):
                name = None
            if name is None:
                # 副市长谷文和应邀参加: what looked like a joiner ends the name.
                if found and self.names.one_given(found[-1].name) and found[-1].end == i - 1 and self.names.ends_names(text[i - 1]):
                    last = found.pop()
                    found.append(Name(last.begin, i, text[last.begin : i], last.score))
                break
            found.append(name)
            j = self.skip_bracket(name.end)
            k = j
            while k < len(text) and text[k] in SPACE:
                k += 1
            if k < len(text) and text[k] in self.names.joiners:
                k += 1
                while k < len(text) and text[k] in SPACE:
                    k += 1
            elif k == j or text[k - 1] == "\n":
                break
            if k in self.scan.titles_by_begin and self.scan.titles_by_begin[k][0] - k > 1:
                break
            i = k
        return found

    def _ends_well(self, name: Name) -> bool:
        return right_context(self.scan, name.end) >= 2.0 or name.end in self.event_at or self.skip_bracket(name.end) > name.end

    def _predicate(self, name: Name) -> bool:
        """Whether the second or later item of a list is a verb rather than a name."""
        word = self.scan.words.get(name.begin)
        return word is not None and word[0] == name.end and word[1] in ("v", "d", "vd") and rjieba.has_word(name.name)

    def skip_bracket(self, i: int, anything: bool = False) -> int:
        """The offset behind a bracketed note (女, 回族) that starts at ``i``, or ``i``; ``anything``: whatever a title may carry."""
        match = _BRACKET.match(self.scan.text, i)
        if match is None:
            return i
        inner = match.group(1)
        if anything and len(inner) <= 8:
            return match.end()
        parts = re.split(r"[、，,\s]", inner)
        if all(self.scan.cue(match.start(1) + inner.find(p), "BracketNote") for p in parts if p):
            return match.end()
        return i

    def untitled(self, known: Iterable[str], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Names without a title before them: at the start of a clause or behind a word for a person, with a predicate behind."""
        scan, text = self.scan, self.scan.text
        skip = bytearray(len(text) + 1)
        for b, e in blocked:
            skip[b:e] = b"\1" * (e - b)
        have = set(known)
        starts = {0, scan.article.body}
        starts.update(match.end() for match in _CLAUSE.finditer(text))
        strong = {e for _, e, _ in scan.cues.get("PersonNounCue", ())}
        starts |= strong
        before_titles = (scan.word_at_end.get(e) for e in scan.titles_by_begin)
        starts.update(word[0] for word in before_titles if word is not None and word[1].startswith("nr"))
        # Where a name could end: before a predicate, a title or another item of a list. Most starts have no such end near.
        ends = {
            b for kind in FOLLOWERS for b, e, _ in scan.cues.get(kind, ()) if e - b > 1 or kind == "GroupCue"
        } | scan.titles_by_begin.keys()
        out: list[Name] = []
        last = 0
        for i in sorted(starts):
            if i < last or i >= len(text) or skip[i] or not self.names.may_start(text, i):
                continue
            if (
                i not in strong
                and not any(k in ends or text[k : k + 1] in _LISTED for k in range(i + 2, i + 5))
                and "·" not in text[i : i + 8]
            ):
                continue
            names = self.after(i, False)
            names = [n for n in names if n.name not in have and not any(skip[n.begin : n.end])]
            if not names:
                continue
            final = names[-1]
            bar = 5.6 if i in strong else 7.4
            good = [n for n in names if n.score >= bar or (len(names) > 2 and n.score >= 5.6) or self._tagged(n)]
            predicate = final.end in scan.titles_by_begin or any(
                w.kind in FOLLOWERS and (e - final.end > 1 or w.kind == "GroupCue") for e, w in scan.cue_at.get(final.end, ())
            )
            if len(good) < len(names) or not (predicate or i in strong or len(names) > 2):
                continue
            out.extend(good)
            last = final.end
        return out

    def _tagged(self, name: Name) -> bool:
        word = self.scan.words.get(name.begin)
        return word is not None and word[0] == name.end and word[1] == "nr" and name.score >= 6.0

    def everywhere(self, found: Iterable[Name], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Every occurrence of the names found in this article, the longer first; one printed with spaces inside counts too."""
        text = self.scan.text
        taken = bytearray(len(text) + 1)
        for b, e in blocked:
            taken[b:e] = b"\1" * (e - b)
        known = list(found)
        out = []
        for spaced in known:
            if spaced.end - spaced.begin > len(spaced.name) and not any(taken[spaced.begin : spaced.end]):
                out.append(spaced)
                taken[spaced.begin : spaced.end] = b"\1" * (spaced.end - spaced.begin)
        for name in sorted({n.name for n in known}, key=lambda n: (-len(n), n)):
            i = text.find(name)
            while i >= 0:
                e = i + len(name)
                if not any(taken[i:e]):
                    out.append(Name(i, e, name, 5.0))
                    taken[i:e] = b"\1" * (e - i)
                i = text.find(name, e)
        return sorted(out, key=lambda n: n.begin)
