"""What a line may be by itself: furniture, a byline, the start of a news item."""

from __future__ import annotations

import re

from kg.credits import BARS, MARKS, printed
from kg.linecues import LayoutCues
from kg.lines import FULL_DATE, INNER, LABEL, dated, has_words, only_date
from kg.signatures import SignedLines
from kg.signers import HAN
from kg.spotting import Spotter, alternatives, words

# Marks of sentences and titles, which a paper's name has not.
_NAME_MARKS = re.compile("[“”《》…！？!?—0-9]")
# 时间:2018-02-09 08:50　来源:县委办公室: what a web page says of its article.
_LABELS = re.compile(rf"(?:^|[\s\u3000【\[])[{HAN}]{{2,6}}\s*[：:]")
_MASTHEAD = 80
# What parts the steps of a path; most lines have no such character.
_PARTING = re.compile("[>＞»›→|｜-]")
_BARS = re.compile(r"[^，。：|｜]{2,16}(?:(?:\s*[|｜]\s*|\s+-\s+)[^，。：|｜]{2,10}){2,}")
_CRUMBS = re.compile(r"[^\s>]\s*(?:>|＞|»|›|→)\s*[^\s>]")
# 招领启事, 任前公示: what is shorter is a word of a sentence.
_SHORTEST_NOTICE = 4
# 公　告
_SPACED_NOTICE, _GAP = 5, re.compile(r"[ \u3000]+")
# A column's name and the number of a page: 今日要闻　A2.
_SECTION = 16
_PAGE_NUMBER = re.compile(rf"[{HAN}·]{{2,10}}[ \u3000]+[A-Z]\d{{1,2}}|[A-Z]\d{{1,2}}[ \u3000]+[{HAN}·]{{2,10}}")
# A line of a forecast: 甘州区　晴　9℃～25℃.
_DEGREES, _FORECAST = "℃", 30
# A dateline's word stands in a line's first so many characters, or a day does.
_DATELINE = 40
_BEFORE_DAY = re.compile(rf"[【\[]?[{HAN}]{{2,16}}+\s*(?:\d|$)")
_MONTH_DAY = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*日")


class LineTyper(SignedLines):
    """What a line may be, regardless of the lines around it. Stateless between pages."""

    def __init__(self, cues: LayoutCues) -> None:
        super().__init__(cues)
        shorts = [w for w in cues.datelines if len(w) <= 2]
        ends = tuple(shorts)
        full = [w for w in cues.datelines if len(w) > 2 and w.endswith(ends)] if ends else []
        loose = [w for w in cues.datelines if len(w) > 2 and w not in full]
        short, reporter = words(shorts), words(cues.reporters)
        day = r"\d{1,2}\s*月\s*\d{1,2}\s*日\s*"
        # （记者 甲）（图片由乙提供）, （记者 甲）责编：乙: no story begins behind the first bracket.
        self._behind_names = re.compile(rf"(?:[（(【\[][^（()）\n]+[）)】\]]|。)\s*(?:\n|$)|(?:{words(cues.editors)})\s*[：:/／{BARS}]")
        # （记者 甲）责 | 任编辑：乙
        self._editing = re.compile(rf"(?:{alternatives(cues.editors)})\s*[：:/／{BARS}]")
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
        self._continued = re.compile(rf"[（(]?\s*(?:{words(cues.continuations)})[^。，]{{0,20}}")
        self._caption = re.compile(rf"[（(▲△◀▶↑↓←→]?\s*(?:{words(cues.captions)})")
        edge = rf"[^{HAN}A-Za-z0-9]"
        self._furnishing = Spotter(cues.furniture)
        self._furniture = re.compile(rf"(?:^|{edge}|\d)(?:{words(cues.furniture)})(?={edge}|\d|$)")
        long = words(w for w in cues.furniture if len(w) > 3)
        self._titled = re.compile(rf"(?:^|{edge})[{HAN}]{{1,4}}(?:{long})(?={edge}|$)")
        self._notices = cues.notices
        editing = [form for cue in cues.editors for form in printed(cue)]
        labels, bare = [form for form in editing if form[-1] in BARS], [form for form in editing if form[-1] not in BARS]
        self._editor = re.compile(rf"[\s（(【\[{MARKS}]*(?:{words(labels)}|(?:{words(bare)})(?:[\s：:】\]/／{BARS}]|$))")
        lead = words(cues.leads)
        self._opening = re.compile(rf"(?:\d{{4}}\s*年\s*)?\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?:{lead})|[（(](?:{reporter})")
        self._lead = re.compile(rf"[^，。；：]{{0,16}}?(?:\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|(?:{lead}))|[（(](?:{reporter})")

    def may_open(self, text: str, following: str) -> bool:
        """Whether a line, and the one that follows, can be the start of a dateline: a quick look before ``dateline``."""
        if text[0] not in "（(" and self._dateline_word.search(text, 0, _DATELINE) is None:
            day = _BEFORE_DAY.match(text)
            if day is None or (day.end() == len(text) and not (following[:1].isdecimal() or text[-1].isdecimal())):
                return False
        if (dated(text) and self.masthead(text)) or (dated(following) and (only_date(following) or self.masthead(following))):
            return False
        return not self.crumbs(text)

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
        if match is None or (ahead[0] in "（(" and self._editing.match(ahead[match.end() :].replace("\n", ""))):
            return False
        # 5月6日电 | 视电话会议
        end = match.end() - ahead.count("\n", 0, match.end())
        words_ahead = ahead[: match.end() + 4].replace("\n", "")
        return not any(m.start() < end < m.end() or m.end() == end for m in self._not.finditer(words_ahead, 0, end + 3))

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
        if not has_words(text) or self.crumbs(text) or self._editor.match(text):
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
        if not self._furnishing.sees(text):
            return False
        return self._furniture.search(text) is not None or self._titled.search(text) is not None

    def notice(self, text: str) -> bool:
        """Whether a line is the title of a notice."""
        if len(text) <= _SPACED_NOTICE and _GAP.search(text) is not None:
            return _GAP.sub("", text) in self._notices
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
