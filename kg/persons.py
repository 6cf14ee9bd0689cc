"""Who: names of people, behind titles and words for people, in lists, and wherever the article names them again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import attrgetter

import rjieba

from kg.endings import Endings
from kg.names import SPACE, Name
from kg.scores import FREE

_LISTED = frozenset("、 \u3000")
_NOTED = frozenset("，,")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")
_OPENING = frozenset("（(")
_PARTS = re.compile(r"[、，,\s]")
_BRACKET = re.compile(r"[（(]([^（()）\n]{1,24})[）)]")
# Behind a word for a person (村民, 选手): on the development pages 60 of 66 names above are right, below it one of ten.
_VOUCHED, _VOUCHED_SHORT = 5.3, 6.6
# 齐聚, 远离 are tagged as names too.
_TAGGED, _TAGGED_SHORT = 4.0, 5.5
# On the development pages what stands so and is none (爱听, 数钱) scores up to 3.3.
_PREDICATED = 4.0
# Two names of three have three characters. The likelihoods that such need behind 接线工, behind 解桥村的, and before 说 behind a quotation.
_USUAL = 3
_BEHIND_NOUN, _BEHIND_HOME, _QUOTED = 6.0, 8.4, 5.3
_HOME = 14
_STEMS = frozenset("nvlj")
_SAID = re.compile("”([^，。；：、！？“”\n]{3,14})")
_BEGIN = attrgetter("begin")


class Finder(Endings):
    """Finds the names of one article."""

    def after(self, i: int, titled: bool = True) -> list[Name]:
        """The list of names that starts at ``i``: 张三、李四和王五 ; brackets behind a name are passed over."""
        text, joiners, titles = self.text, self.names.joiners, self.scan.titles_by_begin
        found: list[Name] = []
        while i < len(text) and text[i] in SPACE:
            i += 1
        while True:
            name = self.at(i, titled)
            if name is not None:
                name = self.settled(name)
            # A list's later names end where names end; 徐场 before 村党支部书记 is none.
            if name is not None and found and (self._predicate(name) or not self._ends_well(name)):
                name = None
            if name is None:
                # 副市长谷文和应邀参加: what looked like a joiner ends the name.
                if found and self.names.one_given(found[-1].name) and found[-1].end == i - 1 and self.names.ends_names(text[i - 1]):
                    last = found[-1]
                    longer = self.settled(Name(last.begin, i, text[last.begin : i], last.score))
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
        sure = (*self.noted(), *self.introduced(), *self.quoted())
        out = [name for name in sure if name.name not in have and skip.find(1, name.begin, name.end) < 0]
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
            and self.long_cues.keys().isdisjoint(near)
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
                found.append(Name(i, end, self.text[i:end], FREE))
        return found

    def introduced(self) -> list[Name]:
        """What the segmentation too takes for a name or a part of one, behind a noun for a person (接线工) or one's home (解桥村的)."""
        scan, found = self.scan, []
        tagged = [(begin, end) for begin, (end, tag) in scan.words.items() if tag.startswith("nr")]
        starts = {begin for begin, end in tagged if end - begin <= _USUAL}
        starts.update([begin - 1 for begin, end in tagged if end - begin == _USUAL - 1])
        for i in sorted(starts):
            before = scan.word_before(i)
            if before is None:
                continue
            noun = self.text[i - 1] in self.names.noun_ends and self._noun(i, *before)
            resident = not noun and before[1] == "uj" and self._resident(before[0])
            if not noun and not resident and not (before[1] == "uj" and before[0] in self.home_ends):
                continue
            name = self.at(i, True)
            if name is None or name.end != i + _USUAL or name.score < (_BEHIND_NOUN if noun or resident else _BEHIND_HOME):
                continue
            if self.right_context(name.end) >= 2.0 or name.end in self.event_at or self._acts(name.end):
                found.append(name)
        return found

    def _resident(self, end: int) -> bool:
        """Whether the clause before an offset begins with where somebody is from: 家住城东."""
        for _, behind, _ in self.scan.cues.get("ResidenceCue", ()):
            if 0 < end - behind <= _HOME and _PARTS.search(self.text, behind, end) is None:
                return True
        return False

    def _noun(self, i: int, begin: int, tag: str) -> bool:
        """Whether what ends at ``i`` with a person's suffix is a noun, as one word or as a stem with its suffix: 接线 | 工."""
        if i - begin > 1:
            return tag.startswith("n")
        stem = self.scan.word_before(begin)
        return stem is not None and begin - stem[0] > 1 and stem[1][:1] in _STEMS

    def quoted(self) -> list[Name]:
        """Who has said what is quoted: a name between the closing mark and a verb of speech in its clause."""
        found = []
        for match in _SAID.finditer(self.text):
            name = self.at(match.start(1), True)
            if name is None or len(name.name) < _USUAL or "·" in name.name:
                continue
            speaks = [b for b in range(name.end, match.end(1)) if self.scan.has_cue(b, "SpeechCue")]
            if speaks and (name.score >= _QUOTED or (speaks[0] == name.end and name.score >= _TAGGED)):
                found.append(name)
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
        # 战军宣布开工: a predicate behind two characters that are no word.
        short = len(name.name) == 2 and name.score >= _PREDICATED
        if short and self._acts(name.end) and not rjieba.has_word(name.name):
            return True
        word = self.scan.words.get(name.begin)
        tagged = word is not None and word[0] == name.end and word[1].startswith("nr")
        likely = len(name.name) > 2 or name.score >= _TAGGED_SHORT
        likely = likely and name.score >= _TAGGED
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
