"""Name words right before a title or a body that were not read: whose a post is stays open, or they are the body's own first words."""

from __future__ import annotations

from collections.abc import Sequence

import rjieba

from kg.boundaries import miscut, proper
from kg.chains import Context, Piece
from kg.lexicon import Lexicon
from kg.mentions import han
from kg.model import Organization
from kg.searches import OrganizationSpan, behind_former
from kg.seatwords import SeatWords

# Tags of words that may be the first of a name: nouns and what the segmentation takes for a person's, a place's or no word.
_NAMES = ("n", "j", "b", "x", "eng", "g", "zg", "ag", "vn", "an", "a", "s", "f", "l", "i", "z")
_PROPER = ("nr", "ns", "nz", "nt", "j", "x", "eng", "g", "zg", "ng", "ag")
# Tags of numbers and of what they count.
_COUNTS = ("m", "q")
_CLOSED_BY = frozenset('”"')
# A body's own words before the rest of its name are at most so many characters.
_LONGEST = 10


class Unread:
    """Looks at what stands before the titles and bodies of one article."""

    def __init__(self, lexicon: Lexicon, words: SeatWords, context: Context) -> None:
        self.levels, self.joiners, self.high, self.zones = lexicon.levels, words.joiners, words.high_levels, words.zones
        self.class_words, self.stands = words.antecedents.class_words, words.antecedents.stands
        self.name_ends: set[int] = set()
        self.context, self.scan, self.text = context, context.scan, context.scan.text

    def before(self, first: Piece, seats: Sequence[tuple[Organization | None, float]]) -> bool:
        """Whether the body was not understood with which a chain begins, behind its first title: 集团公司党委书记、| 董事长."""
        if not seats or seats[0][0] is not None:
            return False
        if first.span is None:
            return self.before_title(first)
        return self.before_body(first.span) or self.text.startswith(self.levels, first.span.begin)

    def once(self, piece: Piece) -> bool:
        """Whether somebody was what the title says, who need not have been of the body of those named before: 老书记甲."""
        return not piece.concept.implies and behind_former(self.scan, piece.begin) > piece.begin

    def before_title(self, piece: Piece) -> bool:
        """Whether name words that no cue knows stand directly before a bare title: its body was not understood, and none is borrowed."""
        at = piece.begin
        if not piece.bare or at in self.scan.titles_by_end or self._joined(at):
            return False
        if any(at in (begin, end) for begin, end, _ in self.scan.cues.get("AppointmentCue", ())):
            # 刘宗汉为 | 秘书长, 涂国生 | 当选会长, whatever the segmentation makes of it.
            return False
        if self.text[at - 1 : at] in _CLOSED_BY:
            return True
        before = self.scan.word_before(at)
        if before is None or not han(self.text, at - 1):
            return False
        word = self.text[before[0] : at]
        if word in self.class_words or self.stands(word):
            # 公司 | 党委委员, where no company was named
            return True
        if word in self.joiners or any(e == at for _, e, _ in self.scan.cue_at.get(before[0], ())):
            return False
        return before[1].startswith(("n", "j", "b", "x")) or not rjieba.has_word(word)

    def before_body(self, span: OrganizationSpan) -> bool:
        """Whether a body's name is only the end of one: 虎山 | 水库管理局, 大均 | 乡党委."""
        at = span.begin
        if not han(self.text, at - 1) or self._closed(at) or self._joined(at):
            return False
        before = self.scan.word_before(at)
        if before is None:
            return False
        word, tag = self.text[before[0] : at], before[1]
        if self.scan.has_cue(before[0], "StationedCue"):
            # 驻鲁 | 全国政协委员
            return False
        known = rjieba.has_word(word)
        if word in self.levels or word in span.organization.name:
            # 县 | 工业园区管委会 is the county's; 区 | 地区办.
            return False
        if len(word) == 2 and word[1] in self.high and (not known or word[0] in self.scan.followers or word[0] in self.joiners):
            # 据县 | 水利局
            return False
        if not known or tag.startswith(_PROPER):
            return not tag.startswith(("p", "c", "u", "r"))
        if self.text.startswith(self.high, at):
            if tag == "a" and len(word) == 1:
                # 小 | 市供销社: of a town that is called so.
                return True
            # 县 | 发改局, but 高新技术产业园 | 区党工委
            return self.text.endswith(self.zones, 0, at + 1)
        if span.given:
            return tag.startswith("n") and before[0] in self.context.scan.name_ends
        # 征兵 | 领导小组, but 邀请 | 某大学经济管理学院.
        acts = tag != "v" or (span.unit and span.organization.parent is None and len(word) > 1)
        if tag.startswith(_COUNTS):
            return self._numbered(at) < at
        # 区 | 非公 | 党委, 国投 | 高新 | 党委
        further = self.scan.word_before(before[0]) if tag == "d" and han(self.text, before[0] - 1) else None
        named = further is not None and further[1].startswith(_PROPER) and not self._closed(before[0])
        levelled = tag == "d" and (named or self.text.endswith(self.levels, 0, before[0]))
        return acts and (levelled or tag.startswith((*_NAMES, "v")) or (tag == "d" and len(word) == 1))

    def _joined(self, at: int) -> bool:
        """Whether a conjunction stands before an offset, and somebody's name before it: 何立民 | 和 | 县长, whatever word 民和 is."""
        return self.text[at - 1 : at] in self.joiners and at - 1 in self.name_ends

    def before_level(self, at: int) -> bool:
        """Whether name words stand directly before a level word: 红岩 | 镇镇长, of a town that no list has."""
        before = self.scan.word_before(at) if han(self.text, at - 1) and not self._closed(at) else None
        return before is not None and before[1].startswith((*_NAMES, "v", "a"))

    def whole(self, end: int) -> int | None:
        """Where the name begins that goes on at ``end``, behind a mark or what no name goes over; None where that is not sure."""
        at = end
        while end - at <= _LONGEST:
            if at < end and (not han(self.text, at - 1) or self._closed(at)):
                return at if proper(self.scan, at, end) or not rjieba.has_word(self.text[at:end]) else None
            before = self.scan.word_before(at)
            if before is None:
                return None
            tag = before[1]
            if tag.startswith(_COUNTS) and (first := self._numbered(at)) < at:
                at = first
                continue
            if tag.startswith(("p", "c", "u", "r", "m", "q", "y", "t")):
                return at if at < end and proper(self.scan, at, end) else None
            if not tag.startswith(_NAMES) and not (at == end and tag[0] in "vd"):
                return None
            word = self.text[before[0] : at]
            if len(word) > 1 and not rjieba.has_word(word) and miscut(self.scan, before[0], at):
                # 黎正坤拉着 | 农产品物流园总经理
                return None
            if len(word) > 1 and (word[0] in self.scan.followers or word[0] in self.joiners) and not rjieba.has_word(word):
                # 院长甲 | 与尧头 | 镇党委书记乙
                return before[0] + 1
            at = before[0]
        return None

    def _numbered(self, end: int) -> int:
        """Where a proper noun begins that a number and what it counts follow as in a plant's name: 红旗 | 四场; else the end."""
        at = end
        while (before := self.scan.word_before(at)) is not None and han(self.text, at - 1) and not self._closed(at):
            if not before[1].startswith(_COUNTS):
                return before[0] if at < end and before[1].startswith(_PROPER) else end
            at = before[0]
        return end

    def _closed(self, at: int) -> bool:
        """Whether what ends at an offset is read: an area, a title, a joining word, a cue, a body."""
        scan = self.scan
        if self.text[at - 1] in scan.followers or self.text[at - 1] in self.joiners:
            return True
        if at in self.context.setting.by_end or at in self.context.by_end or at in self.name_ends:
            return True
        if at in scan.titles_by_end and at - scan.titles_by_end[at][0] > 1:
            return True
        for k in range(max(0, at - 5), at):
            for _, end, _ in scan.cue_at.get(k, ()):
                if end == at:
                    return True
        return False
