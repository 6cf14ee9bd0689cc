"""Whether the last character of what may be a name is a word of its own, or the first of another: 沈砚秋 | 率, 刘伟 | 强调."""

from __future__ import annotations

import rjieba

from kg.contexts import Contexts
from kg.names import STOP
from kg.values import dataclass

_STOPS = frozenset(STOP)
_PARTICLES = frozenset({"p", "c", "v", "d", "u", "uj", "ul", "y", "f", "uz"})
# So seldom do names end with a character (names.last_weight) that it is rather a word.
UNLIKELY = 0.5
# Of the prepositions only 为 is so frequent at the end of names.
_LIKELY_LAST = 0.9
# What stands between a name and a mark: 等，说，家，
_ENDING = ("GroupCue", "SpeechCue", "HomeCue")
# The ranks of trades and of members, who hold no office (ontology/README.md).
TRADES = frozenset({8, 9, 30})
# What a span loses by a last character that joins or leads on, and by one that is no name's.
_PARTED, _NEVER = 2.5, 8.0


@dataclass(frozen=True, slots=True)
class Start:
    """Where a name may start: the offset, the end and tag of the word there, and whether a title stands before.

    ``named``: the word is tagged as a name; ``functional``: it is one character of function.
    """

    begin: int
    end: int
    tag: str
    titled: bool
    named: bool
    functional: bool


class Finals(Contexts):
    """What speaks against the last characters of the spans of one article."""

    def last_character(self, start: Start, e: int) -> tuple[float, bool]:
        """What a name of three characters and more loses by its last, and whether that may be a word of its own: 沈砚秋 | 率."""
        scan, text, names, cues = self.scan, self.text, self.names, self.long_cues
        last, loss, trailing = e - 1, 0.0, False
        if e - start.begin == 3 and names.double(text, start.begin) and text[last] not in names.joiners:
            return loss, trailing
        tail = scan.words.get(last)
        tag = tail[1] if tail is not None and tail[0] == e else ""
        # 梁有为等, 尚腊边出席 : neither a preposition nor an adverb stands before these.
        alone = tag != "v" and last not in self.groups and (e in self.groups or (e in cues and text[cues[e] : cues[e] + 1] in _STOPS))
        # 罗盘根 | 介绍: no preposition stands before a verb.
        verb = e in cues and scan.words.get(e, (0, ""))[1].startswith(("v", "l"))
        # 郭戍边 | 和种植户
        alone = alone or scan.words.get(e) == (e + 1, "c")
        alone = alone or (verb and text[last] not in scan.followers and last not in self.short_cues)
        joins = tag == "c" and (text[last] in names.joiners or names.last_weight(text[last]) < 1.0)
        # 何定顺 | 坐镇指挥: a preposition that leads from nobody's name. 沈万和 | 对: nothing is joined to a preposition.
        leads = tag == "p" and not alone and (text[last] in scan.followers or names.last_weight(text[last]) < 1.0)
        if (joins and scan.words.get(e, (0, ""))[1] != "p") or leads:
            loss += _PARTED
        own = start.end in (start.begin, last)
        if text[last] in scan.followers or last in self.short_cues or (tag in _PARTICLES and own):
            weight = names.last_weight(text[last])
            # 牟周到， : what needs an object is none before a mark; 等 and 说 may stand there.
            object_less = alone or (
                e < len(text) and text[e] in _STOPS and not any(w.kind in _ENDING for _, _, w in scan.cue_at.get(last, ()))
            )
            # 张有为 | 到乾元镇: no verb is a preposition's object.
            object_less = object_less or (
                tag == "p" and weight >= _LIKELY_LAST and (e in cues or (e in self.short_cues and e + 1 in self.areas))
            )
            # 何知启 | 不, 沈志遂 | 先: what follows no name as a rule is doubtful only where hardly a name ends with it.
            cue = text[last] in scan.followers or last in self.short_cues
            trailing = weight <= (1.0 if cue else UNLIKELY) and not object_less
            loss += 0.6 if not trailing else _NEVER if weight == 0 else 4.0 if weight < 0.5 else 2.6
        loss += self._cut_cue(e)
        if scan.has_cue(last, "HomeCue") and not self.behind_office(start.begin):
            # 在困难群众王中 | 家，
            loss += _NEVER
        if text[last] in scan.followers and loss < _PARTED and not alone and self.right_context(e) == 1.0:
            # 胡勇 | 同 | 企业负责人: no noun stands behind a name.
            loss += 2.0 if scan.words.get(e, (0, ""))[1].startswith("n") else 0.0
        if (e in self.areas or e in scan.titles_by_begin or e in scan.kinds) and scan.has_cue(last, "AppointmentCue"):
            # 张明 | 任 | 德清县财政局局长
            loss, trailing = loss + _NEVER, True
        if text[last] in names.joiners and (e in scan.titles_by_begin or e in self.person_nouns):
            # 团委书记桑璐 | 和 | 志愿者们
            loss, trailing = loss + _NEVER, True
        return loss, trailing

    def behind_office(self, begin: int) -> bool:
        """Whether an office's title ends at an offset: 局长, but neither 教师 nor 代表."""
        hit = self.scan.titles_by_end.get(begin)
        return hit is not None and not hit[1].weak and hit[1].rank not in TRADES

    def _cut_cue(self, e: int) -> float:
        """What a name of three characters loses where a cue begins with its last."""
        end = self.long_cues.get(e - 1)
        if end is None:
            return 0.0
        if self.text[end : end + 1] in _STOPS and self.scan.has_cue(e - 1, "SpeechCue"):
            # 刘伟 | 强调，
            return _NEVER
        following = self.scan.words.get(e, (e, ""))[0]
        # 何理强 | 调研 and no 强调, but 何军 | 先后 | 来到
        return 0.0 if following > end and end not in self.long_cues and rjieba.has_word(self.text[e:following]) else 3.0
