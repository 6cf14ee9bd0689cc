"""What besides a title says that something is a name: a note behind it, a trade or a home before it, a body, a quotation."""

from __future__ import annotations

import re

import rjieba

from kg.alone import LONGEST, USUAL, Alone
from kg.names import Name
from kg.offsets import places
from kg.scores import FREE

_NOTED = frozenset("，,")
_HAN_ONLY = re.compile("[\u4e00-\u9fff]+")
_PARTS = re.compile(r"[、，,\s]")
# The likelihoods that a name needs behind 接线工 (one of two characters more), behind 解桥村的, before 说 behind a quotation.
_BEHIND_NOUN, _BEHIND_SHORT, _BEHIND_HOME, _QUOTED = 6.0, 7.0, 8.4, 5.3
# The same behind a title's 的, and right behind a body.
_POSSESSED, _MEMBER = 6.0, 7.5
# The same behind a noun where the segmentation takes just that for a name: 能手 | 卢家亮 | 拉家常.
_INTRODUCED = 7.5
# The same beside a title or before 老人.
_CALLED = 5.5
_TAGGED = 4.0
_HOME = 14
_OPENING = ("（", "(")
_NOTE = re.compile(r"[（(]([^（()），,、\s]{1,6})[）)，,、 ]")
_ENDS = frozenset('，。；：！？,;:!?）)（(《》”“" \n\u3000')
_BEFORE = "，。；：、！？,;:\n "
_STEMS = frozenset("nvlj")
_SAID = re.compile("”([^，。；：、！？“”\n]{3,14})")


class Signs(Alone):
    """The names of one article that something else than a title vouches for."""

    def vouched(self) -> list[Name]:
        """All names of the article that something vouches for."""
        beside = (*self.titled_by(), *self.before_titles(), *self.behind_titles())
        return [*self.noted(), *self.bracketed(), *self.introduced(), *beside, *self.quoted(), *self.members()]

    def noted(self) -> list[Name]:
        """The names with which a person's particulars begin: 申屠明，男，汉族."""
        ends = {b - 1 for b, _, _ in self.scan.cues.get("BracketNote", ()) if b and self.text[b - 1] in _NOTED}
        found: list[Name] = []
        for i in self.begins if ends else ():
            end = next((e for e in range(i + 2, i + 5) if e in ends), 0)
            # 本科 in 申屠明，男，本科，中共党员 is nobody.
            if end and (i, end) not in self.notes and self.text[i - 1 : i] not in _NOTED and self._alone(i, end):
                found.append(Name(i, end, self.text[i:end], FREE))
        return found

    def bracketed(self) -> list[Name]:
        """The names behind which a bracket says where in a picture somebody stands, or that the name is changed: 甲（左三）, 乙（化名）."""
        found: list[Name] = []
        for at in sorted([at for bracket in _OPENING for at in places(self.text, bracket)]):
            note = _NOTE.match(self.text, at)
            name = self._clause(at) or self.ending_at(at) if note is not None and note.group(1) in self.names.notes else None
            if name is not None:
                found.append(name)
        return found

    def _clause(self, end: int) -> Name | None:
        """All of a short clause that ends at an offset and has no title: 卡着才让（左一）."""
        begin = max(self.text.rfind(mark, 0, end) for mark in _BEFORE) + 1
        if not 1 < end - begin <= LONGEST or _HAN_ONLY.fullmatch(self.text, begin, end) is None:
            return None
        if end in self.scan.titles_by_end or not self.barred.isdisjoint(range(begin, end)) or not self.is_foreign(begin, end):
            return None
        return Name(begin, end, self.text[begin:end], FREE)

    def ending_at(self, end: int) -> Name | None:
        """The likeliest name that ends at an offset."""
        best: Name | None = None
        for i in range(max(0, end - LONGEST), end - 1):
            name = self.at(i, True) if self.scan.may_part(i) or self.text[i - 1] in self.names.levels else None
            if name is not None and name.end == end and (best is None or name.score > best.score):
                best = name
        return best

    def introduced(self) -> list[Name]:
        """What the segmentation too takes for a name or a part of one, behind a noun for a person (接线工) or one's home (解桥村的)."""
        scan, found = self.scan, []
        starts: set[int] = set()
        homes = "ResidenceCue" in scan.cues
        for begin in scan.named:
            size = scan.words[begin][0] - begin
            starts.update((begin, begin - 1) if size == USUAL - 1 else (begin,) if size <= USUAL else ())
        starts.update([i for i in self.usual if i and self._suffixed(i)])
        if homes:
            starts.update([end for begin, (end, tag) in scan.words.items() if tag == "uj" and self._resident(begin)])
        for i in sorted(starts):
            before = scan.word_before(i) or ((i - 1, "") if i in self.usual and self._suffixed(i) else None)
            if before is None:
                continue
            noun = self.text[i - 1] in self.names.noun_ends and self._noun(i, *before)
            resident = not noun and before[1] == "uj" and self._resident(before[0])
            if not noun and not resident and not (before[1] == "uj" and before[0] in self.home_ends):
                continue
            name = self.at(i, True)
            if name is None or name.score < (_BEHIND_NOUN if noun or resident else _BEHIND_HOME):
                continue
            if name.end != i + USUAL and not (noun and name.score >= _BEHIND_SHORT and self._as_name(name)):
                continue
            if self._word(name.name[:2]) or (name.end == i + 2 and rjieba.has_word(name.name)):
                continue
            if self.text[name.end - 1] in self.names.levels:
                # 70岁的 | 李堡村 | 村民
                continue
            sure = noun and name.score >= _INTRODUCED and self._named(i, name.end)
            if sure or self.right_context(name.end) >= 2.0 or name.end in self.event_at or self._acts(name.end):
                found.append(name)
        return found

    def _suffixed(self, i: int) -> bool:
        """Whether a person's suffix stands before an offset that the segmentation joined to a surname: 瞭望 | 员关."""
        word = self.scan.words.get(i - 1) if self.text[i - 1] in self.names.noun_ends else None
        return word is not None and word[0] > i and not rjieba.has_word(self.text[i - 1 : word[0]])

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
        speech = sorted([b for b, _, _ in self.scan.cues.get("SpeechCue", ()) if self.scan.has_cue(b, "SpeechCue")])
        for match in _SAID.finditer(self.text) if speech else ():
            spoken = [b for b in speech if match.start(1) + USUAL <= b < match.end(1)]
            name = self.at(match.start(1), True) if spoken else None
            if name is None or len(name.name) < USUAL or "·" in name.name:
                continue
            speaks = [b for b in spoken if b >= name.end]
            likely = name.score >= _QUOTED and self.right_context(name.end) >= 2.0 and name.end not in self.person_nouns
            if speaks and (likely or (speaks[0] == name.end and name.score >= _TAGGED)):
                found.append(name)
        return found

    def titled_by(self) -> list[Name]:
        """The names behind a title and a particle or a closing quotation mark: 刚卸任第一书记的马天, “第一书记”巫四贵."""
        scan, found = self.scan, []
        for end in scan.titles_by_end:
            following = scan.words.get(end)
            if following is None or (following[1] != "uj" and self.text[end] != "”"):
                continue
            name = self.at(following[0], True)
            if name is not None and name.score >= _POSSESSED and self.right_context(name.end) >= 2.0 and self._as_name(name):
                found.append(name)
        return found

    def members(self) -> list[Name]:
        """The names right behind a body that is no chain's, with what they did: 某公司刘霞、某公司谭石梅分别夺得."""
        text, found = self.text, []
        levelled = [i for i in sorted({*self.usual, *self.scan.named}) if text[i - 1 : i] in self.names.levels]
        for i in (*self.body_ends, *levelled):
            name = self.at(i, True) if i < len(text) and self.names.common(text[i]) and self._may_be_name(i) else None
            if name is None or text[name.end : name.end + 1] in _ENDS or not self._as_name(name):
                continue
            called = name.end in self.person_nouns and name.score >= _CALLED
            if called or (name.score >= _MEMBER and self.right_context(name.end) >= 2.5):
                found.append(name)
        return found

    def before_titles(self) -> list[Name]:
        """The names of three characters right before a title: 骨科刘洪业主任."""
        found = []
        for e, (end, _) in self.scan.titles_by_begin.items():
            i = e - USUAL
            if end - e < 2 or i < 0 or not self.names.common(self.text[i]) or self.headed(end) or not self.scan.may_part(i):
                continue
            name = self.at(i, True)
            if name is not None and name.end == e and name.score >= _CALLED and self._usual(name):
                found.append(name)
        return found

    def headed(self, end: int) -> bool:
        """Whether a title that ends at an offset has its holder behind it, so that a body stands before: 特斯拉CEO | 马斯克."""
        name = self.at(end, True)
        return name is not None and name.score >= _CALLED

    def behind_titles(self) -> list[Name]:
        """The names right behind a title, whatever body it is of."""
        found = []
        for i in self.scan.titles_by_end:
            name = self.at(i, True) if self._may_be_name(i) else None
            if name is not None and name.score >= _CALLED and self.right_context(name.end) >= 1.0 and self._as_name(name):
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
