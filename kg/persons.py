"""Who: names of people, behind titles and words for people, in lists, and wherever the article names them again."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

import rjieba

from kg.listings import Lists
from kg.names import Name
from kg.offsets import cover, covered, places

_LIST_BEGINS = frozenset("，,；;")
_ENDING = frozenset("，。；：、,;:\n")
# Behind a word for a person (村民, 选手): on the development pages 60 of 66 names above are right, below it one of ten.
_VOUCHED, _VOUCHED_SHORT = 5.3, 6.6
# 齐聚, 远离 are tagged as names too.
_TAGGED, _TAGGED_SHORT = 4.0, 5.5
# What the segmentation too takes for a name.
_SURE = 6.0
# On the development pages what stands so and is none (爱听, 数钱) scores up to 3.3.
_PREDICATED = 4.0
# What a dictionary's word of two characters needs to be a name behind a word for a person where a mark follows.
_WORDLIKE = 7.6
# What a list's items are is said in so many characters: 等重点景区.
_KIND = 8
_BEGIN = attrgetter("begin")
# Among so many names, the first and last of which are likely, one that is a word as often (陆军) is a name.
_AMONG, _LESS = 4, 4.0
# The tags of what a thing's name is made of behind a person's, and of what follows it; so many words at least.
_NOMINAL, _BEHIND_NOUNS, _FEWEST = ("n", "a", "b", "j", "l"), ("p", "x", "u", "c"), 3


class Finder(Lists):
    """Finds the names of one article."""

    def skip_address(self, i: int) -> int:
        """The offset behind a form of address (同志) that starts at ``i``, or ``i``."""
        address = self.scan.cue(i, "NameFollowerCue")
        return address[0] if address is not None and self.scan.words.get(i, (0, ""))[1].startswith("n") else i

    def untitled(self, known: Iterable[str], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Names without a title before them: at the start of a clause or behind a word for a person, with a predicate behind."""
        scan, text, titles = self.scan, self.text, self.scan.titles_by_begin
        skip = covered(text, blocked)
        have = set(known)
        strong = {e for _, e, _ in scan.cues.get("PersonNounCue", ())}
        starts = {0, scan.article.body, *strong}
        starts.update(self.begins)
        # ，以及柏云舟、闻书瑶等市领导
        for mark in _LIST_BEGINS:
            for at in places(text, mark):
                end, tag = scan.words.get(at + 1, (0, ""))
                if tag == "c" and end - at > 2:
                    starts.add(end)
        lists = set(self.listed()) - starts
        starts |= lists
        for e, (behind, _) in titles.items():
            word = scan.word_before(e)
            if word is None or not word[1].startswith("nr") or self.headed(behind):
                continue
            before = scan.word_before(word[0])
            if before is None or not before[1].startswith("nr"):
                starts.add(word[0])
            elif before[0] == word[0] - 1:
                # 杨 | 松涛
                starts.add(before[0])
        sure = (*self.vouched(), *self.standing_alone())
        out = [name for name in sure if name.name not in have and skip.find(1, name.begin, name.end) < 0]
        have.update([name.name for name in out])
        last = 0
        for i in sorted(starts):
            if i < last or i >= len(text) or skip[i]:
                continue
            vouched = i in strong
            if not vouched and not (self.names.may_start(text, i) and (self._ends_near(i) or text.find("·", i, i + 8) >= 0)):
                continue
            listed = [n for n in self.after(i, vouched) if skip.find(1, n.begin, n.end) < 0]
            names = [n for n in listed if n.name not in have]
            if not names or (i in lists and len(names) == len(listed) and not all(self._as_name(n) for n in names)):
                continue
            final = listed[-1]
            several = len(listed) > 2 or len(names) < len(listed)
            bar = 7.4 if not vouched else _VOUCHED if len(names[0].name) > 2 else _VOUCHED_SHORT
            good = [
                n
                for n in names
                if n.score >= bar
                or (several and (n.score >= 5.6 or n not in of_weight(listed)))
                or (n.score >= _SURE and self._named(n.begin, n.end))
                or (vouched and self._foreign_or_tagged(n))
            ]
            counted = len(listed) > 1 and self.counted(final.end) and all(self._as_name(n) for n in names)
            if not vouched and final.end in self.groups and self._places_follow(final.end):
                continue
            predicate = counted or final.end in titles or final.end in self.long_cues or final.end in self.groups
            if vouched and self._compound(final):
                continue
            if not vouched and (self.text[final.end - 1] in self.names.levels or (final.begin, final.end) in self.area_spans):
                # 彭水 | 举办培训班
                continue
            if len(good) < len(names) or not (predicate or vouched or several):
                continue
            out.extend(good)
            last = final.end
        return out

    def _places_follow(self, end: int) -> bool:
        """Whether what a list gives examples of are places or bodies: 黄龙、牟尼沟等重点景区."""
        for k in range(end + 1, min(end + _KIND, len(self.text))):
            if k in self.site_ends or k in self.body_ends:
                return True
            word = self.scan.words.get(k)
            if self.text[k] in _ENDING or (word is not None and word[1].startswith(("v", "p"))):
                return False
        return False

    def _compound(self, name: Name) -> bool:
        """Whether what stands behind a word for a person is a word with a suffix: 烈士 | 纪念 | 塔, 干部 | 包 | 牧户."""
        last = self.text[name.end - 1]
        if name.end - name.begin == 2 and rjieba.has_word(name.name):
            # 为老人 | 祝寿。
            single = self.text.count(name.name) == 1
            return single and name.score < _WORDLIKE and self.right_context(name.end) >= 3.0
        if name.end - name.begin != 3 or self.names.last_weight(last) >= 1.0:
            return False
        return last in self.names.noun_ends or self._word(self.text[name.begin : name.begin + 2])

    def _ends_near(self, i: int) -> bool:
        """Whether a name that starts at ``i`` could end before a predicate, a title or another item of a list. Most starts have none."""
        closers = self.closers
        return i + 2 in closers or i + 3 in closers or i + 4 in closers

    def acting(self, i: int) -> list[Name]:
        """A name of two characters that are no word, behind a trade's word and with its predicate: 专家 | 池源 | 认为."""
        name = self.at(i, True) if i < len(self.text) else None
        acts = name is not None and (self._acts(name.end) or self._says(name.end))
        if name is None or not acts or name.score < _TAGGED or len(name.name) != 2 or rjieba.has_word(name.name):
            return []
        return [name]

    def _foreign_or_tagged(self, name: Name) -> bool:
        """Whether a name behind a word for a person is one of another language, or what the segmentation alone takes for a name."""
        if "·" in name.name or self.names.elements(self.text, name.begin) == name.end:
            return True
        # 战军宣布开工: a predicate behind two characters that are no word.
        short = len(name.name) == 2 and name.score >= _PREDICATED
        word = self.scan.words.get(name.begin)
        tagged = word is not None and word[0] == name.end and word[1].startswith("nr")
        says = self._says(name.end)
        acts = self._acts(name.end) or says or self._at_home(name.end)
        if short and ((acts and not rjieba.has_word(name.name)) or (tagged and says)):
            return True
        likely = len(name.name) > 2 or name.score >= _TAGGED_SHORT
        likely = likely and name.score >= _TAGGED
        return tagged and likely and self.right_context(name.end) >= 2.0 and not rjieba.has_word(name.name)

    def _of_thing(self, end: int) -> bool:
        """Whether the words behind a name make it a thing's, nouns alone up to a preposition or mark: 某某 | 生态 | 文明 | 思想."""
        scan, nouns = self.scan, 0
        if end in self.short_cues or self.text[end : end + 1] in scan.followers:
            return False
        while (word := scan.words.get(end)) is not None and word[1].startswith(_NOMINAL) and not word[1].startswith("nr"):
            if end in scan.titles_by_begin or end in self.event_at or end in self.person_nouns or end in self.long_cues:
                return False
            nouns += 1
            end = word[0]
        return nouns >= _FEWEST and (word is None or word[1].startswith(_BEHIND_NOUNS))

    def everywhere(self, found: Iterable[Name], blocked: Iterable[tuple[int, int]]) -> list[Name]:
        """Every occurrence of the names found in this article, the longer first; one printed with spaces inside counts too."""
        text = self.text
        taken = covered(text, blocked)
        known = list(found)
        out: list[Name] = []
        for spaced in known:
            if spaced.end - spaced.begin > len(spaced.name) and taken.find(1, spaced.begin, spaced.end) < 0:
                out.append(spaced)
                cover(taken, spaced.begin, spaced.end)
        for name in sorted({n.name for n in known}, key=lambda n: (-len(n), n)):
            places: list[int] = []
            i = text.find(name)
            while i >= 0:
                e = i + len(name)
                if taken.find(1, i, e) < 0:
                    places.append(i)
                    cover(taken, i, e)
                i = text.find(name, e)
            # 以某某生态文明思想为指导 is no mention of who is spoken of elsewhere.
            own = [k for k in places if not self._of_thing(k + len(name))] if len(places) > 1 else []
            out.extend([Name(k, k + len(name), name, 5.0) for k in own or places])
        out.sort(key=_BEGIN)
        return out


def of_weight(listed: list[Name]) -> list[Name]:
    """The names of a list that have to be likely by themselves: not the inner ones of a long list, whatever words they are."""
    if len(listed) < _AMONG:
        return listed
    return [n for k, n in enumerate(listed) if k in (0, len(listed) - 1) or n.score < _LESS]
