"""What a line may be by itself: furniture, a byline, the start of a news item."""

from __future__ import annotations

import re

from kg.breaks import Breaks
from kg.credits import BARS, MARKS, Credits, printed
from kg.linecues import LayoutCues
from kg.lines import FULL_DATE, HAN_CHARACTER, INNER, LABEL, dated, only_date
from kg.signers import HAN, HAN_RUN
from kg.spotting import alternatives, words

_COMMA = re.compile("[，,]")
# What ends a sentence stands in no byline.
_ASKED = frozenset("。！？!?")
# An office right before a reporter's cue that is not known as one has at most so many characters: 本报驻京记者.
_BEFORE_CUE = 5
# Marks of sentences and titles, which a paper's name has not.
_NAME_MARKS = re.compile("[“”《》…！？!?—0-9]")
# 2026-01-16 15:47 before the reporters.
_STAMP = re.compile(rf"(?:{FULL_DATE.pattern})\s+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?\s+(?=\S)", FULL_DATE.flags)
# （记者 甲）。
_STOPPED = ("）。", ")。")
# What closes a sentence or goes on with it: no byline ends so.
_UNSIGNED = frozenset("。！？，")
# 时间:2018-02-09 08:50　来源:县委办公室: what a web page says of its article.
_LABELS = re.compile(rf"(?:^|[\s\u3000【\[])[{HAN}]{{2,6}}\s*[：:]")
_MASTHEAD = 80
# An office before the names in brackets: （县政协办 李施蕾）.
_OFFICE_FIRST = re.compile(rf"[（(【]\s*[{HAN}]{{3,14}}[\s\u3000]")
# Names behind the last sentence with spaces between, as no sentence has them: …送到手上。甲甲 乙乙
_SIGNED = re.compile(rf"[。！？!?”]\s*(?P<byline>[{HAN}·]{{2,12}}(?:[\s\u3000]+[{HAN}·]{{2,12}}){{1,3}})$")
_PARTING = re.compile("[>＞»›→|｜]|\\s-\\s")
_BARS = re.compile(r"[^，。：|｜]{2,16}(?:(?:\s*[|｜]\s*|\s+-\s+)[^，。：|｜]{2,10}){2,}")
_CRUMBS = re.compile(r"[^\s>]\s*(?:>|＞|»|›|→)\s*[^\s>]")
# A byline behind a paragraph's last sentence is no longer than this.
_TAIL = 130
# Names without a cue are at most so many characters.
_NAMES = 40
# 招领启事, 任前公示: what is shorter is a word of a sentence.
_SHORTEST_NOTICE = 4
# A column's name and the number of a page: 今日要闻　A2.
_SECTION = 16
_PAGE_NUMBER = re.compile(rf"[{HAN}·]{{2,10}}[ \u3000]+[A-Z]\d{{1,2}}|[A-Z]\d{{1,2}}[ \u3000]+[{HAN}·]{{2,10}}")
# A line of a forecast: 甘州区　晴　9℃～25℃.
_DEGREES, _FORECAST = "℃", 30
# A dateline's word stands in a line's first so many characters, or a day does.
_DATELINE = 40
_BEFORE_DAY = re.compile(rf"[【\[]?[{HAN}]{{2,16}}\s*(?:\d|$)")
_MONTH_DAY = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日")
_NEXT_LABEL = re.compile(rf"\s+[{HAN}]{{2,6}}\s*[：:]")


class LineTyper:
    """What a line may be, regardless of the lines around it. Stateless between pages."""

    def __init__(self, cues: LayoutCues) -> None:
        self.credits = Credits(cues)
        self.breaks = Breaks(self.credits, cues)
        shorts = [w for w in cues.datelines if len(w) <= 2]
        ends = tuple(shorts)
        full = [w for w in cues.datelines if len(w) > 2 and w.endswith(ends)] if ends else []
        loose = [w for w in cues.datelines if len(w) > 2 and w not in full]
        short, reporter = words(shorts), words(cues.reporters)
        day = r"\d{1,2}\s*月\s*\d{1,2}\s*日\s*"
        # （记者 甲）（图片由乙提供）, （记者 甲）责编：乙: no story begins behind the first bracket.
        self._behind_names = re.compile(rf"(?:[（(【\[][^（()）\n]+[）)】\]]|。)\s*(?:\n|$)|(?:{words(cues.editors)})\s*[：:/／{BARS}]")
        self._strong = re.compile(
            rf"[【\[（(]?[{HAN}·—-]{{0,14}}?(?:{words(full)})"
            rf"|[【\[（(]?[{HAN}·—-]{{0,8}}?(?:{words(loose)})(?:[{HAN}]{{0,10}}\s*{day}(?:{short})|\s*[（(](?:{reporter})|[：:】\]])"
            rf"|[【\[]?[{HAN}]{{2,16}}\s*{day}(?:{short})"
        )
        self._weak = re.compile(
            rf"[【\[]?[{HAN}·]{{2,12}}(?:{short})(?=[ \u3000：:】\]]|\n?[（(]|\n?\d)|[【\[]?(?:{words(loose)})[\]】]?(?=[ \u3000])"
            rf"|[（(][{HAN}]{{0,12}}?(?:{reporter})[^（()）]{{0,60}}[）)](?=[^\n\s])(?!{self._behind_names.pattern})"
        )
        self._not = re.compile(alternatives(cues.not_datelines))
        self._dateline_word = re.compile(alternatives(cues.datelines))
        self._lead_starts = frozenset(w[0] for w in cues.leads) | frozenset("（(")
        self._byline_ends = frozenset(w[-1] for w in cues.byline_suffixes) | frozenset("）)】")
        self._continued = re.compile(rf"[（(]?\s*(?:{words(cues.continuations)})[^。，]{{0,20}}")
        self._caption = re.compile(rf"[（(▲△◀▶↑↓←→]?\s*(?:{words(cues.captions)})")
        edge = rf"[^{HAN}A-Za-z0-9]"
        self._furniture = re.compile(rf"(?:^|{edge}|\d)(?:{words(cues.furniture)})(?={edge}|\d|$)")
        long = words(w for w in cues.furniture if len(w) > 3)
        self._titled = re.compile(rf"(?:^|{edge})[{HAN}]{{1,4}}(?:{long})(?={edge}|$)")
        self._notices = cues.notices
        editing = [form for cue in cues.editors for form in printed(cue)]
        labels, bare = [form for form in editing if form[-1] in BARS], [form for form in editing if form[-1] not in BARS]
        self._editor = re.compile(rf"[\s（(【\[{MARKS}]*(?:{words(labels)}|(?:{words(bare)})(?:[\s：:】\]/／{BARS}]|$))")
        reporting = [form for cue in cues.reporters for form in printed(cue)]
        suffixes = [form for cue in cues.byline_suffixes for form in printed(cue, lettered=False)]
        # 编辑整理：甲 credits no reporter.
        self._labelled = re.compile(rf"(?:{alternatives(reporting)}|(?<![{HAN}])(?:{alternatives(suffixes)}))\s*[：:／/{BARS}]")
        self._parting_comma = re.compile(rf"[，；](?=\s*(?:{words([*reporting, *suffixes, *editing])}))")
        offices = words(cues.offices)
        self._opens_byline = re.compile(rf"[（(【\[{MARKS}]|[{HAN}]{{0,8}}?(?:{reporter})|[{HAN}]{{0,10}}(?:{offices})\s")
        contributed = words(w for w in (*cues.reporters, *cues.byline_suffixes) if len(w) > 1)
        self._contributed = re.compile(rf"[{HAN}](?:{contributed})[）)】\]]$")
        self._photo = re.compile(rf"(?:{alternatives(w for w in cues.byline_suffixes if len(w) == 1)})\s*[）)】\]]*$")
        self._tail = re.compile(
            rf"[。！？!?”](?P<byline>\s*[（(【]?\s*(?:[{HAN}]{{2,12}}[ \u3000])?[{HAN}]{{0,8}}?(?:{reporter})[^。！？，]{{1,80}})$"
        )
        self._bracket_tail = re.compile(
            rf"[。！？!?”](?P<byline>\s*[（(【][^（()）。，：]{{2,50}}[）)】]|\s+[^（()）。，：]{{2,40}}(?:{alternatives(cues.byline_suffixes)}))$"
        )
        lead = words(cues.leads)
        self._opening = re.compile(rf"(?:\d{{4}}\s*年\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?:{lead})|[（(](?:{reporter})")
        self._lead = re.compile(rf"[^，。；：]{{0,16}}?(?:\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?:{lead}))|[（(](?:{reporter})")

    def may_open(self, text: str, following: str) -> bool:
        """Whether a line, and the one that follows, can be the start of a dateline: a quick look before ``dateline``."""
        if (dated(text) and self.masthead(text)) or (dated(following) and (only_date(following) or self.masthead(following))):
            return False
        if self.crumbs(text):
            return False
        if text[0] in "（(" or self._dateline_word.search(text, 0, _DATELINE):
            return True
        day = _BEFORE_DAY.match(text)
        return day is not None and (day.end() < len(text) or following[:1].isdecimal() or text[-1].isdecimal())

    def masthead(self, text: str) -> bool:
        """Whether a line names the paper, the day and the page: 某某周讯　2013年2月25日　星期一　第1版."""
        if len(text) > _MASTHEAD or not dated(text) or INNER.search(text) is not None or FULL_DATE.search(text) is None:
            return False
        return self._furniture.search(text) is not None

    @staticmethod
    def crumbs(text: str) -> bool:
        """Whether a line is a site's path to the page: 首页 > 新闻中心."""
        return _PARTING.search(text) is not None and (_CRUMBS.search(text) is not None or _BARS.fullmatch(text) is not None)

    def names_page(self, text: str) -> bool:
        """Whether a line may be the name of a paper or site: a few words without any mark."""
        return len(text) <= _MASTHEAD and INNER.search(text) is None and _NAME_MARKS.search(text) is None

    def owner(self, text: str) -> bool:
        """Whether a line is the name of a medium or office, perhaps with that of its page, or in Latin letters as well."""
        tokens = text.split()
        latin = [t for t in tokens if t.isascii() and t.isalpha()]
        return self.credits.office(tokens[0]) or (len(latin) > 1 and len(tokens) == len(latin) + 1)

    def dateline(self, ahead: str, weak: bool) -> bool:
        """Whether a news item opens at the start of ``ahead`` (a line and some after it); ``weak`` at a paragraph's start only."""
        match = self._strong.match(ahead) or (self._weak.match(ahead) if weak else None)
        if match is None:
            return False
        end = match.end()
        return not any(m.start() < end < m.end() or m.end() == end for m in self._not.finditer(ahead, 0, end + 3))

    def continued(self, text: str) -> bool:
        """Whether a piece begins that came over from another page (上接第1版)."""
        return self._continued.match(text) is not None

    def caption(self, text: str) -> bool:
        return self._caption.match(text) is not None

    def may_lead(self, text: str) -> bool:
        """Whether a text can open with a day: a quick look before ``opening``."""
        return text[0] in self._lead_starts or text[0].isdecimal()

    def opening(self, text: str) -> bool:
        """Whether a text opens with a day itself."""
        return self._opening.match(text) is not None

    def dated(self, text: str) -> bool:
        """Whether a day of a month stands in a text."""
        return _MONTH_DAY.search(text) is not None

    def lead(self, text: str) -> bool:
        """Whether a text opens as the first paragraph of a news item does: with a day, or a word for one."""
        return self._lead.match(text) is not None

    def furniture(self, text: str, inside: bool = False) -> bool:
        """Whether a line is of the page and not of an article: mastheads, dates, numbers, contacts, editors, web buttons.

        ``inside`` an article a date with a label (公示时间：) is text.
        """
        if len(text) > 120 or (len(text) > 30 and text.endswith("。")):
            return False
        if not HAN_CHARACTER.search(text) or self.crumbs(text) or self._editor.match(text):
            return True
        if dated(text) and FULL_DATE.search(text) is not None and len(_LABELS.findall(text)) > 1:
            return True
        if only_date(text) and not (inside and LABEL.match(text)):
            return True
        if len(text) > 100 or "。" in text or text.count("，") > 1:
            return False
        if len(text) <= _SECTION and _PAGE_NUMBER.fullmatch(text) is not None:
            return True
        if _DEGREES in text and len(text) <= _FORECAST and "，" not in text:
            return True
        return self._furniture.search(text) is not None or self._titled.search(text) is not None

    def notice(self, text: str) -> bool:
        """Whether a line is the title of a notice."""
        return _SHORTEST_NOTICE <= len(text) <= 50 and text.endswith(self._notices) and not INNER.search(text)

    def particular(self, text: str) -> bool:
        """Whether a line gives a web article's particulars: a label and a full date."""
        stated = FULL_DATE.search(text)
        if stated is None or len(text) > 120:
            return False
        if len(_LABELS.findall(text)) > 1:
            return True
        first = stated.start() == 0 and text[stated.end() : stated.end() + 1] not in ("—", "-", "，")
        return first or self._furniture.search(text) is not None

    def photo(self, text: str) -> bool:
        """Whether a byline credits a picture only."""
        return self._photo.search(text) is not None and "/" not in text and "／" not in text

    def byline(self, text: str) -> bool:
        """Whether a line is a byline: reporters with their cue, names in brackets, a mark before names."""
        if text.endswith(_STOPPED) or (text[-1:] == "。" and self._credited(text)):
            text = text[:-1]
        if not 2 < len(text) <= 100 or not _ASKED.isdisjoint(text) or text[-1] in "；":
            return False
        if "，" in text or "；" in text:
            text = self._parting_comma.sub(" ", text)
        if self._labelled.match(text):
            return "，" not in text
        stamp = _STAMP.match(text)
        text = text[stamp.end() :] if stamp is not None else text
        marked, bracketed = text[0] in MARKS, text[0] in "（(【[" and text[-1] in "）)】]"
        cues = self.credits.cues.spans(text)
        led = text[: cues[0][0]] if cues else ""
        sent = led.startswith(self.credits.papers) and text[-1] not in "。！？"
        if len(led) > _BEFORE_CUE and HAN_RUN.fullmatch(led) and not (sent or self.credits.office(led)):
            # 县多年来对学校 | 实习 | 支教工作: a sentence.
            return False
        if not (marked or bracketed or cues):
            return False
        credit = self.credits.read(text)
        count = len(credit.names)
        if bracketed and not count and self._contributed.search(text) is not None:
            # （某某局办公室供稿）: who wrote it is not named.
            return True
        if not count or not (credit.cued or credit.suffixed or marked or bracketed):
            return False
        if credit.cued:
            return credit.unknown <= (count if bracketed or _COMMA.search(text) is None else 0)
        if credit.suffixed:
            return credit.unknown <= 1
        if credit.unknown == 1 and bracketed and _OFFICE_FIRST.match(text):
            return True
        return not credit.unknown and "，" not in text

    def _credited(self, text: str) -> bool:
        """Whether a sentence is a label and names (记者：甲。) and not what somebody asks or says (记者：…)."""
        if self._labelled.match(text) is None:
            return False
        credit = self.credits.read(text, 0, len(text) - 1)
        return bool(credit.names) and not credit.unknown

    def opens_byline(self, text: str) -> bool:
        """Whether a line can be the first of a byline that runs over several."""
        return self._opens_byline.match(text) is not None

    def particulars(self, text: str) -> tuple[int, int] | None:
        """Where in a web page's line of particulars the author stands: 来源：甲 作者：乙 浏览：9."""
        match = self._labelled.search(text)
        if match is None:
            return None
        following = _NEXT_LABEL.search(text, match.end())
        while following is not None and (more := self._labelled.search(text, following.start())) and more.start() <= following.end():
            # 作者：甲　摄影：乙
            following = _NEXT_LABEL.search(text, more.end())
        end = following.start() if following else len(text)
        return (match.start(), end) if self.credits.read(text, match.start(), end).names else None

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
