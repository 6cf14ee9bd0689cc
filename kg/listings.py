"""Lists of names: 张三、李四和王五, where each item ends and the list does."""

from __future__ import annotations

import re

import rjieba

from kg.alone import USUAL
from kg.contexts import LISTED
from kg.names import SPACE, Name
from kg.signs import Signs

_OPENING = frozenset("（(")
PARTS = re.compile(r"[、，,\s]")
_BRACKET = re.compile(r"[（(]([^（()）\n]{1,24})[）)]")
# The likelihood of the name behind a joiner that a name could end with.
_JOINED = 4.5
# What is noted behind a title is said in so many characters: 主持县政府日常工作.
_SAID = 12
# The marks between officials in a list, how long the next one's titles are, and the tags of words for what somebody does.
_ITEMS, _CHAIN, _ACTS = frozenset("，、"), 24, ("v", "d", "p", "c")
# How far a standing reaches.
_STANDING = 7


class Lists(Signs):
    """The lists of names of one article."""

    def after(self, i: int, titled: bool = True) -> list[Name]:
        """The list of names that starts at ``i``: 张三、李四和王五 ; brackets behind a name are passed over."""
        text, joiners, titles = self.text, self.names.joiners, self.scan.titles_by_begin
        found: list[Name] = []
        while i < len(text) and text[i] in SPACE:
            i += 1
        while True:
            name = self.at(i, titled)
            if name is not None:
                name = self._joined(self.settled(name))
            # A list's later names end where names end; 徐场 before 村党支部书记 is none.
            if name is not None and found and (self._predicate(name) or not self._ends_well(name) or self._unit(name)):
                name = None
            if name is None:
                name = (self._between(i) if found else self._beside(i)) or self._whole_item(i)
            if name is None:
                # 副市长谷文和应邀参加: what looked like a joiner ends the name.
                if found and self.names.one_given(found[-1].name) and found[-1].end == i - 1 and self.names.ends_names(text[i - 1]):
                    last = found[-1]
                    longer = self.settled(Name(last.begin, i, text[last.begin : i], last.score))
                    if longer.end == i and self._acted(i) and not self._standing(i) and not self._item(i):
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

    def _standing(self, i: int) -> bool:
        """Whether the clause that goes on at an offset begins with somebody's standing or title: 听证员、市政协委员."""
        match = PARTS.search(self.text, i, i + _STANDING)
        return match is not None and (self.text[match.start() - 1] in self.names.noun_ends or match.start() in self.scan.titles_by_end)

    def _acted(self, i: int) -> bool:
        """Whether the clause goes on as behind a name, and not with others: 谷文和 | 应邀参加, 章慧和 | 社区居民代表."""
        return i not in self.person_nouns and self.right_context(i) >= 2.0

    def _unit(self, name: Name) -> bool:
        """Whether a list's later item begins the next title: 和 | 麻醉科, 、| 镇分管."""
        text, i = self.text, name.begin
        if text[i] in self.names.levels and self.names.rare(text[i]):
            return True
        title = self.scan.titles_by_begin.get(name.end)
        if title is not None and self.headed(title[0]):
            # 、特斯拉 | CEO马斯克
            return True
        return len(name.name) == 3 and self._word(name.name[:2]) and self.right_context(name.end) < 2.5

    def _item(self, i: int) -> bool:
        """Whether a title of its own follows that begins with a level or a body: 和 | 镇包村干部."""
        if self.text[i : i + 1] not in self.names.levels and i not in self.scan.kinds:
            return False
        mark = PARTS.search(self.text, i, i + _STANDING)
        return any(k in self.scan.titles_by_begin for k in range(i + 1, mark.start() if mark is not None else i + _STANDING))

    def _joined(self, name: Name) -> Name:
        """A name without the joiner that another name follows: 张科 | 和罗文."""
        stop = name.end - 1
        if stop - name.begin < 2 or self.text[stop] not in self.names.joiners or name.end - name.begin != len(name.name):
            return name
        following = self.at(name.end, True)
        if following is None or following.score < _JOINED or self.right_context(name.end) >= 2.5:
            return name
        return Name(name.begin, stop, self.text[name.begin : stop], name.score)

    def _predicate(self, name: Name) -> bool:
        """Whether the second or later item of a list is a verb rather than a name."""
        word = self.scan.words.get(name.begin)
        return word is not None and word[0] == name.end and word[1] in ("v", "d", "vd") and rjieba.has_word(name.name)

    def _between(self, i: int) -> Name | None:
        """What stands in a list where another name follows, of three characters with a surname, whatever words they are: 、幸福根、."""
        text, e = self.text, i + USUAL
        if text[i - 1] not in LISTED or text[e : e + 1] != "、" or self._taken(i, e, text[i:e]) or text[e - 1] in self.names.levels:
            return None
        following = self.at(e + 1, True)
        if following is None or following.score < _JOINED or not self._ends_well(following) or rjieba.has_word(text[i:e]):
            return None
        return next((Name(i, e, name, _JOINED) for end, name, _ in self.names.options(text, i) if end == e), None)

    def _beside(self, i: int) -> Name | None:
        """A word that is all that stands between a title and the next official's: 书记 | 国防，县人大常委会副主任甲."""
        text, titles = self.text, self.scan.titles_by_end
        if not self.behind_office(i) or not self.names.may_start(text, i):
            return None
        stop, tag = self.scan.words.get(i, (i, ""))
        for e, name, _ in self.names.options(text, i):
            if text[e : e + 1] in _ITEMS and not self._taken(i, e, text[i:e]) and not (stop == e and tag.startswith(_ACTS)):
                mark = PARTS.search(text, e + 1)
                end = min(e + _CHAIN, len(text), mark.start() + 1 if mark is not None else len(text))
                ends = [k for k in range(e + 2, end) if k in titles]
                following = self.at(ends[-1], True) if ends else None
                # …名单，| 甲向教师乙颁发聘书
                first = self.at(e + 1, True)
                named = first is not None and first.score >= _JOINED and bool(ends) and first.end < ends[0]
                if following is not None and following.score >= _JOINED and self._ends_well(following) and not named:
                    return Name(i, e, name, _JOINED)
        return None

    def _whole_item(self, i: int) -> Name | None:
        """A word of two characters that fills an item, where names follow, or stand before and all act: 高峰、| 周到、| 向阳 | 出席."""
        text, e = self.text, i + 2
        if e > len(text) or not self.names.may_start(text, i):
            return None
        more = text.startswith("、", e)
        if not more and not (text[i - 1] == "、" and self.scan.has_cue(e, "RoleCue")):
            return None
        name = next((Name(i, e, name, _JOINED) for end, name, _ in self.names.options(text, i) if end == e), None)
        if name is None or self._taken(i, e, text[i:e]):
            return None
        if not more:
            return name
        following = self.at(e + 1, True)
        good = following is not None and following.score >= _JOINED and self._ends_well(following)
        return name if good or self._whole_item(e + 1) is not None else None

    def _ends_well(self, name: Name) -> bool:
        """Whether what follows an item, or the segmentation, says that a name ends there."""
        if self.right_context(name.end) >= 2.0 or name.end in self.event_at or self.skip_bracket(name.end) > name.end:
            return True
        words = self.scan.words
        word = words.get(name.begin)
        if word is not None and word[0] == name.begin + 1 and word[1] == "nr":
            # 樊 | 宝珠
            word = words.get(word[0])
        tagged = word is not None and word[0] == name.end and word[1].startswith("nr") and name.score >= _JOINED
        return tagged and not (len(name.name) > 2 and rjieba.has_word(name.name[:2]))

    def skip_bracket(self, i: int, anything: bool = False) -> int:
        """The offset behind a bracketed note (女, 回族) that starts at ``i``, or ``i``; ``anything``: whatever a title may carry."""
        match = _BRACKET.match(self.text, i) if self.text[i : i + 1] in _OPENING else None
        if match is None:
            return i
        inner = match.group(1)
        if anything and len(inner) <= _SAID:
            return match.end()
        parts = PARTS.split(inner)
        if all(self.scan.cue(match.start(1) + inner.find(p), "BracketNote") for p in parts if p):
            return match.end()
        return i
