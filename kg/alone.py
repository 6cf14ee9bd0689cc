"""Names that nothing introduces: in lists, at the begin of clauses, of many mentions, of elements, with a dot."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rjieba

from kg.endings import Endings
from kg.foreign import NUMERALS
from kg.mentions import han
from kg.names import OFTEN_LAST, RARE_LAST, Name

_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")
_DOT = re.compile("[·•・‧]")
_DOTTED = re.compile("[\u4e00-\u9fff]{1,8}(?:[·•・‧][\u4e00-\u9fff]{1,10}){1,4}")
# A name has so many characters before its first dot at most.
_BEFORE_DOT = 8
# Two names of three have three characters; of two elements they have four.
USUAL, LONGEST = 3, 4
# What begins no clause, and what ends one.
_NO_CLAUSE = frozenset("、“（( \u3000")
_ENDS = frozenset('，。、；：！？,;:!?）)（(《》”“" \n\u3000')
_MEASURES = frozenset({"m", "q"})
_NAMELIKE = frozenset({"nr", "nz", "ns"})
# The likelihoods that a name needs at a clause's begin: of three characters, where it stands more than once, of two.
_SUBJECT, _REPEATED, _SHORT = 7.0, 7.0, 6.5
_INNER = 8.0
_OF_ELEMENTS = 6.0


class Alone(Endings):
    """The names of one article that stand alone."""

    def subjects(self) -> list[Name]:
        """Names of three characters that begin a clause with what is said of them behind: 程文杰连续几个晚上睡在帐篷里."""
        text, found = self.text, []
        for i in self.begins:
            if i not in self.usual or text[i - 1] in _NO_CLAUSE:
                continue
            name = self.at(i, False)
            if name is None or name.score < _SUBJECT or text[name.end : name.end + 1] in _ENDS or not self._usual(name):
                continue
            if self.right_context(name.end) >= 1.0:
                found.append(name)
        return found

    def often_short(self) -> list[Name]:
        """Names of two characters that begin clauses with a predicate more than once: 王宇招呼道, 王宇终于促成."""
        seen: dict[str, Name] = {}
        found = []
        for i in self.begins:
            end, tag = self.scan.words.get(i, (i, ""))
            if end != i + 2 or not tag.startswith("nr") or self.text[i - 1] in _NO_CLAUSE or not self.names.common(self.text[i]):
                continue
            name = self.at(i, False)
            if name is None or name.end != i + 2 or name.score < _SHORT or not self._as_name(name) or (i, name.end) in self.area_spans:
                continue
            if self.right_context(name.end) < 2.0 or self.text[name.end : name.end + 1] in _ENDS or self.names.maybe(name.name):
                continue
            if name.name in seen:
                found.append(name)
            seen[name.name] = name
        return found

    def repeated(self) -> list[Name]:
        """Names of three characters that the article has more than once, whatever stands around them."""
        text, found = self.text, []
        at: dict[str, list[int]] = {}
        for i in self.usual:
            if i in self.scan.words and text.count(text[i : i + USUAL]) > 1:
                at.setdefault(text[i : i + USUAL], []).append(i)
        for written, begins in at.items():
            names = [n for i in begins if (n := self.at(i, True)) is not None and n.name == written]
            if len(names) > 1 and max(n.score for n in names) >= _REPEATED and all(self._usual(n, RARE_LAST) for n in names):
                found.extend(names[:1])
        return found

    def listed(self) -> list[int]:
        """Where lists of names may start that neither a mark nor a title precedes: 与甲、乙、丙等人."""
        text, starts = self.text, []
        at = text.find("、")
        while at >= 0:
            for i in (at - 3, at - 2):
                if i > 0 and self.names.may_start(text, i) and text[i - 1] != "、" and self.scan.may_part(i):
                    name = self.at(i, False)
                    if name is not None and name.end == at:
                        starts.append(i)
            at = text.find("、", at + 1)
        return starts

    def foreign(self) -> list[Name]:
        """Names of elements: of four characters wherever they stand, of others where the article has them more than once."""
        text, scan, found = self.text, self.scan, []
        for i, e in self.element_runs:
            if not scan.may_part(i) or i in self.areas or self._taken(i, e, text[i:e]) or not self._closes(e):
                continue
            listed = self.right_context(e) >= 3.0 or text[i - 1] == "、"
            often = text.count(text[i:e]) > 1 or (text[e] == "、" and self.at(e + 1, False) is not None)
            short = e - i == 2 and listed and text[i - 1] != "“" and often
            if e - i >= LONGEST or (short and not rjieba.has_word(text[i:e]) and not self._inside(i)):
                found.append(Name(i, e, text[i:e], _OF_ELEMENTS))
        return found

    def _inside(self, i: int) -> bool:
        """Whether what stands before an offset may be the first part of the name: 嘉阳 | 卓玛."""
        before = self.scan.word_before(i)
        return before is not None and (before[1].startswith("nr") or before[1] == "ns" or not rjieba.has_word(self.text[before[0] : i]))

    def _closes(self, e: int) -> bool:
        return (self.right_context(e) >= 2.0 or self.text[e].isdigit()) and e not in self.site_begins

    def of_clans(self) -> list[Name]:
        """Names of four characters that begin or end with an element and begin clauses more than once: 吉好也求, 嘉阳卓玛."""
        text, found = self.text, []
        inside = {k for b, e in self.element_runs for k in range(b, e)}
        for i in self.names.clause_begins(text) if inside else ():
            e = i + LONGEST
            if e > len(text) or (i not in inside and i + 2 not in inside):
                continue
            if self.names.elements(text, i) != i + 2 and self.names.elements(text, i + 2) != e:
                continue
            if text.count(text[i:e]) < 2 or not self._closes(e) or _HAN_ONLY.fullmatch(text, i, e) is None:
                continue
            if self.is_foreign(i + 2 if self.scan.words.get(i, (0, ""))[1] == "ns" and i not in self.areas else i, e):
                found.append(Name(i, e, text[i:e], _OF_ELEMENTS))
        return found

    def standing_alone(self) -> list[Name]:
        """All names of the article that stand alone."""
        usual = (*self.repeated(), *self.subjects(), *self.inner(), *self.often_short())
        return [*usual, *self.foreign(), *self.of_clans(), *self.dotted_names()]

    def dotted_names(self) -> list[Name]:
        """Names with a dot behind a title or a word for people, or that the article has more than once: 大使若昂·费雷拉."""
        text, found = self.text, []
        for match in self._dotted_spans() if self.dotted else ():
            heads = [k for k in range(match.start() + 1, match.end()) if k in self.noun_stops and "·" not in text[match.start() : k]]
            i = heads[-1] if heads else match.start()
            name = self.with_dot(i) if text[i - 1] not in "“《" else None
            if name is not None and self.right_context(name.end) >= 2.0 and (heads or text.count(name.name) > 1):
                found.append(name)
        return found

    def _dotted_spans(self) -> Iterator[re.Match[str]]:
        """The spans with dots, from the dots outwards: the pattern by itself tries every run of characters."""
        text, last = self.text, 0
        for dot in _DOT.finditer(text):
            begin = dot.start()
            while begin > max(last, dot.start() - _BEFORE_DOT) and han(text, begin - 1):
                begin -= 1
            match = _DOTTED.match(text, begin)
            if match is not None:
                yield match
                last = match.end()

    def _may_be_name(self, i: int) -> bool:
        """Whether a span that starts at an offset could pass for a name by itself: a quick look before the long one."""
        word = self.scan.words.get(i)
        return i in self.usual or (word is not None and word[1].startswith("nr"))

    def _as_name(self, name: Name) -> bool:
        """Whether a span is no word: three usual characters, or tagged as a name."""
        if name.end - name.begin == USUAL and self._usual(name):
            return True
        word = self.scan.words.get(name.begin)
        tagged = word is not None and word[0] == name.end and word[1].startswith("nr") and not self.names.known_word(name.name)
        if not tagged or self.text[name.end - 1] in self.names.levels or name.end in self.site_ends:
            return False
        return name.end - name.begin < USUAL or self.names.last_weight(self.text[name.end - 1]) >= 1.0

    def inner(self) -> list[Name]:
        """Names of three characters that the segmentation too takes for names, inside a clause with a predicate behind: 包括刘栓柱在内."""
        text, found = self.text, []
        for i in self.scan.named:
            end, tag = self.scan.words[i]
            if tag != "nr" or not self.names.common(text[i]):
                continue
            if end - i == 1 and i + USUAL in self.groups:
                # 李 | 明福 | 等17名
                end = i + USUAL
            if end - i != USUAL or text[end : end + 1] in _ENDS:
                continue
            name = self.at(i, True)
            if name is not None and name.end == end and name.score >= _INNER and self.right_context(end) >= 2.0 and self._usual(name):
                found.append(name)
        return found

    def counted(self, e: int) -> bool:
        """Whether a count stands at an offset: 甲、乙 | 两户, 甲、乙 | 3人."""
        return self.text[e : e + 1].isdecimal() or self.text[e : e + 1] in NUMERALS

    def _usual(self, name: Name, least: float = 1.0) -> bool:
        """Whether a span has three characters, a frequent surname, a usual last one, and no word or site in it."""
        text, scan, i, e = self.text, self.scan, name.begin, name.end
        if e - i != USUAL or not self.names.common(text[i]) or self.names.last_weight(text[e - 1]) < least:
            return False
        if not scan.may_part(e) or e in self.site_ends or text[e - 1] in self.names.levels or self.names.known_word(name.name):
            return False
        before = scan.word_before(i)
        if before is not None and before[1] in _MEASURES:
            return False
        first, rest = scan.words.get(i, (i, "")), scan.words.get(i + 1, (i, ""))
        if self._word(text[i : i + 2]) and (first[0] != i + 1 or not first[1].startswith("nr")):
            return False
        if self.names.last_weight(text[e - 1]) < OFTEN_LAST and rjieba.has_word(text[i : i + 2]):
            # 林果 | 业
            tag: str = rjieba.tag(text[i : i + 2])[0][1]
            return tag.startswith("nr")
        return rest[0] != e or first[1].startswith("nr") or rest[1][:2] in _NAMELIKE or not rjieba.has_word(text[i + 1 : e])

    def _word(self, part: str) -> bool:
        return self.names.known_word(part) and not self.names.maybe(part)
