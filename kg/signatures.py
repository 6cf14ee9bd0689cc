"""Lines that sign: whether one is a byline, where the byline begins that closes a paragraph."""

from __future__ import annotations

import re

from kg.breaks import Breaks
from kg.credits import BARS, CLOSING, MARKS, OPENING, Credit, Credits, printed
from kg.linecues import LayoutCues
from kg.lines import FULL_DATE
from kg.signers import HAN, HAN_RUN
from kg.spotting import alternatives, words

_COMMA = re.compile("[，,]")
# What ends a sentence stands in no byline.
_ASKED = frozenset("。！？!?")
# An office right before a reporter's cue that is not known as one has at most so many characters: 本报驻京记者.
_BEFORE_CUE = 5
# 2026-01-16 15:47 before the reporters.
_DAY = re.compile(rf"(?:{FULL_DATE.pattern})(?:\s+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?", FULL_DATE.flags)
_STAMP = re.compile(rf"(?:{FULL_DATE.pattern})\s+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?\s+(?=\S)", FULL_DATE.flags)
_QUOTING = ("“", "‘", "《", "「")
# （记者 甲）。
_STOPPED = ("）。", ")。")
# What closes a sentence or goes on with it: no byline ends so.
_UNSIGNED = frozenset("。！？，")
# An office before the names in brackets: （县政协办 李施蕾）.
_OFFICE_FIRST = re.compile(rf"[（(【]\s*[{HAN}]{{3,14}}[\s\u3000]")
# Names behind the last sentence with spaces between, as no sentence has them: …送到手上。甲甲 乙乙
_SIGNED = re.compile(rf"[。！？!?”]\s*(?P<byline>[{HAN}·]{{2,12}}(?:[\s\u3000]+[{HAN}·]{{2,12}}){{1,3}})$")
# A byline behind a paragraph's last sentence is no longer than this.
_TAIL = 130
_SHORT_NAME = 2
# Names without a cue are at most so many characters.
_NAMES = 40
_NEXT_LABEL = re.compile(rf"\s+[{HAN}]{{2,6}}\s*[：:]")


class SignedLines:
    """Tells bylines from other lines. Stateless between pages."""

    def __init__(self, cues: LayoutCues) -> None:
        self.credits = Credits(cues)
        self.breaks = Breaks(self.credits, cues)
        reporter = words(cues.reporters)
        self._byline_ends = frozenset(w[-1] for w in cues.byline_suffixes) | frozenset("）)】")
        reporting = [form for cue in cues.reporters for form in printed(cue)]
        suffixes = [form for cue in cues.byline_suffixes for form in printed(cue, lettered=False)]
        # 编辑整理：甲 credits no reporter.
        self._labelled = re.compile(rf"(?:{alternatives(reporting)}|(?<![{HAN}])(?:{alternatives(suffixes)}))\s*[：:／/{BARS}]")
        editing = [form for cue in cues.editors for form in printed(cue)]
        self._source = re.compile(rf"(?:{alternatives(cues.sources)})\s*[：:]")
        self._parting_comma = re.compile(rf"[，；](?=\s*(?:{words([*reporting, *suffixes, *editing])}))")
        offices = words(cues.offices)
        self._opens_byline = re.compile(rf"[{re.escape(OPENING)}{MARKS}]|[{HAN}·]{{0,12}}?(?:{reporter})|[{HAN}]{{0,10}}(?:{offices})\s")
        contributed = words(w for w in (*cues.reporters, *cues.byline_suffixes) if len(w) > 1)
        self._contributed = re.compile(rf"[{HAN}](?:{contributed})[）)】\]]$")
        self._photo = re.compile(rf"(?:{alternatives(w for w in cues.byline_suffixes if len(w) == 1)})\s*[）)】\]]*$")
        parts = rf"[^。！？，]{{1,80}}(?:{self._parting_comma.pattern}[^。！？，]{{1,80}}){{0,3}}"
        self._tail = re.compile(rf"[。！？!?”](?P<byline>\s*[（(【]?\s*(?:[{HAN}]{{2,12}}[ \u3000])?[{HAN}]{{0,8}}?(?:{reporter}){parts})$")
        self._bracket_tail = re.compile(
            rf"[。！？!?”](?P<byline>\s*[（(【](?:[{HAN}]{{2,14}}[：:])?[^（()）。，：]{{2,50}}[）)】]|\s+[^（()）。，：]{{2,40}}(?:{alternatives(cues.byline_suffixes)}))$"
        )

    def photo(self, text: str) -> bool:
        """Whether a byline credits a picture only."""
        return self._photo.search(text) is not None and "/" not in text and "／" not in text

    def byline(self, text: str) -> bool:
        """Whether a line is a byline: reporters with their cue, names in brackets, a mark before names."""
        if text.endswith(_STOPPED) or (text[-1:] == "。" and self._credited(text)):
            text = text[:-1]
        if not 2 < len(text) <= 100 or not _ASKED.isdisjoint(text) or text[-1] in "；、":
            return False
        comma = _COMMA.search(text) is not None
        if comma or "；" in text:
            text = self._parting_comma.sub(" ", text)
        if self._labelled.match(text):
            return "，" not in text
        stamp = _STAMP.match(text)
        text = text[stamp.end() :] if stamp is not None else text
        marked, bracketed = text[0] in MARKS, text[0] in OPENING and text[-1] in CLOSING
        # 甲 文 乙 图, 文 甲 图 乙
        letters = self.credits.letters
        lettered = (text[-1] in letters and text[-2:-1].isspace()) or (text[0] in letters and text[1:2].isspace())
        cues = self.credits.cues.spans(text)
        led = text[: cues[0][0]] if cues else ""
        if led.endswith(_QUOTING):
            # 当好“宣传员”
            return False
        media = led.startswith(self.credits.papers) or any(medium in led for medium in self.credits.media)
        sent = media and text[-1] not in "。！？"
        if len(led) > _BEFORE_CUE and HAN_RUN.fullmatch(led) and not (sent or self.credits.office(led)):
            # 县多年来对学校 | 实习 | 支教工作: a sentence.
            return False
        if not (marked or bracketed or cues or lettered):
            return False
        credit = self.credits.read(text)
        count = len(credit.names)
        if bracketed and not count and self._contributed.search(text) is not None:
            # （某某局办公室供稿）: who wrote it is not named.
            return True
        if lettered and count > 1 and self._certain(credit):
            return True
        if not count or not (credit.cued or credit.suffixed or marked or bracketed):
            return False
        if credit.cued:
            if cues and not (bracketed or marked) and all(end <= cues[0][0] for _, end, _ in credit.names):
                # 时政　文旅　视频: a site's columns.
                return self._certain(credit)
            if bracketed or not comma:
                return credit.unknown <= count
            if credit.unknown or _COMMA.search(text) is None:
                return not credit.unknown
            # 视频那头，某镇: a sentence; names in it stand apart from the cue and can be nothing else.
            ends = {end for _, end in cues}
            return all(begin not in ends and self.credits.sure(name) for begin, _, name in credit.names)
        if credit.suffixed:
            return credit.unknown <= 1
        if credit.unknown == 1 and bracketed and _OFFICE_FIRST.match(text):
            return True
        return not credit.unknown and ("，" not in text or (bracketed and self._certain(credit)))

    def signature(self, text: str) -> bool:
        """Whether a line has names alone, or an office and what can only be names (县水利局　甲)."""
        return self.credits.alone(text) or bool(self.credits.of_office(text, 0, len(text)))

    def _certain(self, credit: Credit) -> bool:
        """Whether a byline is names alone, each of which can only be one."""
        return not credit.unknown and all(self.credits.sure(name) for _, _, name in credit.names)

    def _credited(self, text: str) -> bool:
        """Whether a sentence is a label and names (记者：甲。) and not what somebody asks or says (记者：…)."""
        if self._labelled.match(text) is None:
            return False
        credit = self.credits.read(text, 0, len(text) - 1)
        return bool(credit.names) and not credit.unknown

    def opens_byline(self, text: str) -> bool:
        """Whether a line can be the first of a byline that runs over several."""
        return self._opens_byline.match(text) is not None or self._labelled.match(text) is not None

    def particulars(self, text: str, inside: bool = False) -> tuple[int, int] | None:
        """Where in a web page's line of particulars the author stands: 来源：甲 作者：乙 浏览：9.

        ``inside`` an article no author stands without a label.
        """
        match = self._labelled.search(text)
        if match is None:
            return self._sourced(text, inside)
        following = _NEXT_LABEL.search(text, match.end())
        while following is not None and (more := self._labelled.search(text, following.start())) and more.start() <= following.end():
            # 作者：甲　摄影：乙
            following = _NEXT_LABEL.search(text, more.end())
        end = following.start() if following else len(text)
        return (match.start(), end) if self.credits.read(text, match.start(), end).names else None

    def _sourced(self, text: str, inside: bool) -> tuple[int, int] | None:
        """Where the names stand behind the office that a line of particulars names as its source: 来源：某局　甲　2023-05-06."""
        match, stamp = self._source.search(text), _DAY.search(text)
        if match is None and (stamp is None or inside):
            return None
        begin = match.end() if match is not None else 0
        if stamp is not None:
            text = text[: stamp.start()] + " " * (stamp.end() - stamp.start()) + text[stamp.end() :]
        following = _NEXT_LABEL.search(text, begin)
        names = self.credits.of_office(text, begin, following.start() if following is not None else len(text))
        # Two characters beside a day may name a page as well: 江城日报 2023-05-06 时评.
        if not names or (match is None and all(len(name) == _SHORT_NAME for _, _, name in names)):
            return None
        return names[0][0], names[-1][1]

    def may_sign(self, text: str) -> bool:
        """Whether a paragraph can close with a byline: a quick look before ``tail``."""
        if text.endswith(_STOPPED):
            text = text[:-1]
        if text[-1:] in _UNSIGNED:
            return False
        if text[-1:] in self._byline_ends or self.credits.reporters.sees(text[-_TAIL:]):
            return True
        return _SIGNED.search(text, max(0, len(text) - _NAMES)) is not None

    def tail(self, text: str) -> int | None:
        """Where the byline begins that closes a paragraph behind its last sentence, or None."""
        if not self.may_sign(text):
            return None
        if text.endswith(_STOPPED):
            text = text[:-1]
        start = max(0, len(text) - _TAIL)
        match = self._tail.search(text, start)
        if match is not None and self.byline(text[match.start("byline") :].strip()):
            return match.start("byline")
        match = _SIGNED.search(text, max(0, len(text) - _NAMES))
        if match is not None and self.credits.all_sure(match["byline"]):
            return match.start("byline")
        match = self._bracket_tail.search(text, start) if text[-1] in self._byline_ends else None
        if match is not None and self.byline(text[match.start("byline") :].strip()):
            return match.start("byline")
        return None
