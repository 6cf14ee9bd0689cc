"""Reporters: the names in bylines before and behind an article."""

from __future__ import annotations

import re

from kg.credits import MARKS, Credits
from kg.lexicon import Lexicon
from kg.linecues import LayoutCues
from kg.mentions import Scan
from kg.model import Mention
from kg.spotting import alternatives

# A byline at an article's start stands in its first line's opening: 本报讯（全媒体记者 甲 通讯员 乙 丙）.
_OPENING = 120
# What stands before the bracket that names the reporters: 【青川融媒讯】, 青川网（江城日报网）讯.
_BEFORE_BRACKET = 30
_DAY = r"(?:\d{1,2}月\d{1,2}日\s*)?"
_BRACKET = re.compile(r"[（(【\[]([^（()）【】\[\]。]{2,90})[）)】\]]")


class BylineReader:
    """Reads the reporters of articles; shared by all."""

    def __init__(self, lexicon: Lexicon) -> None:
        cues = LayoutCues.of(lexicon)
        self._credits = Credits(cues)
        suffixes = alternatives(w for w in cues.byline_suffixes if len(w) > 1)
        reporter = alternatives(cues.reporters)
        # Behind a dateline without brackets: 本报讯 记者甲、通讯员乙报道; a quotation or a day may stand for the verb.
        self._said = re.compile(
            rf"[^\s，。：；（(]{{0,14}}?[\s】\]]*{_DAY}"
            rf"(?P<byline>[^\s，。：；（(\d]{{0,8}}?(?:{reporter})(?:[^，。；：:\d]|，(?=(?:{reporter}))){{1,60}}?)(?:{suffixes}|\s+(?=[“\d]))"
        )
        # 本报讯 甲 乙报道, 本报讯 甲 乙 5月6日: without a word for who they are.
        self._told = re.compile(
            rf"[^\s，。：；（(]{{0,14}}(?:{alternatives(cues.datelines)})\s+{_DAY}(?P<byline>[^，。；：:（(\d]{{2,30}}?(?:{suffixes}|\s+(?=\d)))"
        )
        self._news = tuple(cues.datelines)

    def read(self, scan: Scan) -> tuple[list[Mention], list[tuple[int, int]]]:
        """The reporters, and the text spans of the bylines (no person is looked for there)."""
        article, text = scan.article, scan.text
        found: dict[str, Mention] = {}
        spans = list(article.bylines)
        regions = list(article.bylines)
        opening = self._opening(text, article.body)
        if opening is not None:
            regions.append(opening)
        for begin, end in regions:
            names = self._credits.read(text, begin, end).names
            for b, e, name in names:
                found.setdefault(name, Mention(b, e, name))
            if names and (begin, end) not in spans:
                spans.append((begin, end))
        return list(found.values()), spans

    def _opening(self, text: str, body: int) -> tuple[int, int] | None:
        """The span of the byline in the first line's opening, before its first sentence runs."""
        line = text[body : body + _OPENING].split("\n")[0]
        for bracket in _BRACKET.finditer(line) if "）" in line or ")" in line or "】" in line or "]" in line else ():
            if bracket.start() > _BEFORE_BRACKET or re.search(r"[，。：；]", line[: bracket.start()]):
                break
            credit = self._credits.read(line, bracket.start(1), bracket.end(1))
            # Behind a dateline names need no cue (本报讯（甲 乙）), but nothing else may stand with them.
            named = credit.unknown <= len(credit.names) if credit.cued else not credit.unknown
            marked = credit.cued or credit.suffixed or line[: bracket.start()].rstrip().endswith(self._news)
            # （甲 乙）5月6日，…: names and nothing else before the text.
            marked = marked or (not bracket.start() and all(self._credits.sure(name) for _, _, name in credit.names))
            if credit.names and named and marked:
                return body + bracket.start(), body + bracket.end()
        if line[:1] in MARKS:
            return None
        # The pattern tries every offset for every length of what may precede: only where a reporter is named at all.
        said = self._said.match(line) if self._credits.reporters.sees(line) else self._told.match(line)
        if said is None:
            return None
        credit = self._credits.read(line, said.start("byline"), said.end("byline"))
        if credit.unknown:
            return None
        if credit.cued or credit.suffixed or all(self._credits.sure(name) for _, _, name in credit.names):
            return body + said.start("byline"), body + said.end("byline")
        return None
