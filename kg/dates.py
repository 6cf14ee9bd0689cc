"""When: days in the text, resolved against the issue date or a year that the page states."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

import rjieba

from kg.mentions import Scan, han
from kg.model import When

_MONTH, _DATE = r"1[0-2]|0?[1-9]", r"3[01]|[12]\d|0?[1-9]"
# The second form is the first day of a span whose 日 stands once: 5月17至18日.
_DAY = re.compile(
    rf"(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?:(?P<month>{_MONTH})\s*月\s*(?:份\s*)?)?(?P<day>{_DATE})\s*(?P<bracket>[）)])?[日号]"
    rf"|(?<!\d)(?:(?P<year2>(?:19|20)\d\d)\s*年\s*)?(?P<month2>{_MONTH})\s*月\s*(?P<day2>{_DATE})(?!\s*[日号\d])"
)
# Where one can begin: at digits, and behind no other.
_DIGITS = re.compile("[0-9]+")
_DASHES = "-—－–~～、 "
_WIDEST_GAP = 8
_OPENING_BRACKETS = frozenset("（(")
_AHEAD = timedelta(days=60)
# A dateline stands within so many characters; a leap year, in which every day of a page without a year exists.
_OPENING, ANY_YEAR = 40, 2024
# A year's matter is named within so many characters behind it.
_MATTER = r"[\u4e00-\u9fff（）()]{0,24}?"


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in the text, with its span; ``relative`` where it was 昨日 and the like."""

    begin: int
    end: int
    when: When
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """A day as it is written; ``open`` where only the last day of the span has 日."""

    begin: int
    end: int
    year: int | None
    month: int | None
    day: int
    open: bool


def _valid(month: int | None, day: int | None, year: int | None) -> bool:
    if month is None or day is None:
        return False
    return 1 <= month <= 12 and 1 <= day <= (monthrange(year, month)[1] if year else (29 if month == 2 else monthrange(2023, month)[1]))


def _shifted(when: When, days: int) -> When:
    """The day so many days behind another; without a year where that has none."""
    assert when.month is not None
    assert when.day is not None
    day = date(when.year or ANY_YEAR, when.month, when.day) + timedelta(days=days)
    return replace(when, month=day.month, day=day.day, year=day.year if when.year is not None else None)


def page_year(texts: Iterable[str], words: Callable[[str], tuple[str, ...]], issued: date | None) -> int | None:
    """The year of a page: of its issue, else the one that it states as its own in a full date or as the year of a meeting or plan.

    ``words`` gives the cues of a kind. A year behind a word of planning, or before 底, 以来 and the like, says nothing of the page.
    """
    if issued is not None:
        return issued.year
    bounds = words("YearBoundCue")
    ahead = (*words("PlanCue"), *bounds)
    matters = "|".join(map(re.escape, words("YearMatterCue")))
    behind_year = rf"度|.?[一二三四1-4]季度|\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|{_MATTER}(?:{matters})"
    stated = re.compile(rf"(?P<year>(?:19|20)\d\d)\s*年(?:{behind_year})")
    found: Counter[int] = Counter()
    for text in texts:
        for match in stated.finditer(text):
            before = text[max(0, match.start() - 4) : match.start()]
            behind = text[match.start("year") + 5 : match.start("year") + 8]
            if before.endswith(ahead) or behind.startswith(bounds):
                continue
            found[int(match["year"])] += 1
    if not found:
        return None
    top = max(found.values())
    return max(year for year, count in found.items() if count == top)


def _put_in(text: str, match: re.Match[str]) -> bool:
    """Whether a day stands inside a word for it: 昨（12）日."""
    before = match.start() - 2
    return before >= 0 and text[before + 1] in _OPENING_BRACKETS and rjieba.has_word(text[before] + text[match.end() - 1])


def until(scan: Scan, end: int) -> bool:
    """Whether a day that ends at an offset is one before which something is to be done: 6月30日 | 前."""
    setting = scan.cue(end, "EventSettingCue")
    return setting is not None and bool(scan.bounds[setting[0]])


class Calendar:
    """Resolves the days of one article."""

    def __init__(self, issued: date | None, page_states: int | None) -> None:
        self.issued, self.page_states = issued, page_states

    def year_of(self, month: int, day: int) -> tuple[int | None, str | None]:
        """The year of a day that has none, and on what it rests."""
        if self.issued is not None:
            if not _valid(month, day, self.issued.year):
                return self.issued.year - 1 if _valid(month, day, self.issued.year - 1) else None, "issue"
            # News is written afterwards: a day far ahead of the issue belongs to the year before, one far behind to the year after.
            ahead = date(self.issued.year, month, day) > self.issued + _AHEAD
            return self.issued.year - ahead, "issue"
        if self.page_states is not None:
            return self.page_states, "page"
        return None, None

    def days(self, scan: Scan) -> list[Day]:
        """The days in an article, in order, without those of datelines. Months carry forward: 5月17日 … 18日."""
        found: list[Day] = []
        sent: When | None = None
        month = year = None
        written = self._all_written(scan.text)
        last = -1
        for k, first in enumerate(written):
            if first.begin < last:
                continue
            following = written[k + 1] if k + 1 < len(written) else None
            until = following if following is not None and self._joined(scan, first, following) else None
            if first.open and until is None:
                continue
            end = until.end if until is not None else first.end
            here = first.month or month or self._near_issue(first.day)
            if scan.has_cue(end, "DispatchCue"):
                month = here
                if sent is None and here is not None and first.begin < scan.article.body + _OPENING:
                    stated = (first.year, "stated") if first.year is not None else self.year_of(here, first.day)
                    sent = When(here, first.day, *stated) if _valid(here, first.day, stated[0]) else None
                continue
            if here is None:
                continue
            if first.year is not None:
                year = first.year
            use, basis = first.year, "stated" if first.year is not None else None
            if use is None and year is not None and first.begin > scan.article.body and self.issued is None:
                use, basis = year, "stated"
            if use is None:
                use, basis = self.year_of(here, first.day)
            if not _valid(here, first.day, use):
                continue
            month, last = here, end
            when = When(here, first.day, use, basis)
            if until is not None and _valid(until.month or here, until.day, use):
                when = replace(when, end_month=until.month, end_day=until.day)
                month = until.month or here
            found.append(Day(first.begin, end, when))
        self._add_relative(scan, found, sent)
        return sorted(found, key=lambda day: day.begin)

    @classmethod
    def _all_written(cls, text: str) -> list[_Written]:
        """The days as they are written, none inside another."""
        found: list[_Written] = []
        last = 0
        for digits in _DIGITS.finditer(text):
            if digits.start() < last:
                continue
            match = _DAY.match(text, digits.start())
            if match is not None and (match["bracket"] is None or _put_in(text, match)) and not cls._numbered(text, match):
                found.append(cls._written(match))
                last = match.end()
        return found

    @staticmethod
    def _numbered(text: str, match: re.Match[str]) -> bool:
        """Whether a number is a document's or a building's rather than a day's: 中央18号文件."""
        return match["month"] is None and match["day"] is not None and text[match.end() - 1] == "号" and han(text, match.end())

    @staticmethod
    def _written(match: re.Match[str]) -> _Written:
        short = match["day"] is None
        year, month, day = (match["year2"], match["month2"], match["day2"]) if short else (match["year"], match["month"], match["day"])
        return _Written(*match.span(), int(year) if year else None, int(month) if month else None, int(day), short)

    @staticmethod
    def _joined(scan: Scan, first: _Written, second: _Written) -> bool:
        """Whether two days are the first and the last of a span: nothing but a time of day and a word or dash stands between."""
        at, joined = first.end, False
        if second.begin - at > _WIDEST_GAP or second.year is not None or (second.month or 0, second.day) == (first.month, first.day):
            return False
        while at < second.begin:
            step = max((e for _, e, w in scan.cue_at.get(at, ()) if w.kind in ("HourCue", "RangeCue") and e <= second.begin), default=at)
            joined = joined or scan.has_cue(at, "RangeCue")
            if step == at:
                if scan.text[at] not in _DASHES:
                    return False
                joined = joined or scan.text[at] != " "
                step += 1
            at = step
        return joined

    def _near_issue(self, day: int) -> int | None:
        if self.issued is None:
            return None
        return self.issued.month if day <= self.issued.day else (self.issued.month - 2) % 12 + 1

    def _add_relative(self, scan: Scan, days: list[Day], sent: When | None) -> None:
        """Add 昨日 against the dateline's day (本报4月28日讯) or the issue date, 当天 against the day named before it."""
        if sent is None and self.issued is not None:
            sent = When(self.issued.month, self.issued.day, self.issued.year, "issue")
        if sent is not None:
            # 今天（12月30日）
            put_in = {d.begin - 1 for d in days if scan.text[d.begin - 1 : d.begin] in _OPENING_BRACKETS}
            for begin, end, word in scan.cues.get("RelativeDayCue", ()):
                # “咱们今天算清楚”: the day of whoever is quoted.
                quoted = scan.text.rfind("“", 0, begin) > scan.text.rfind("”", 0, begin)
                if word.day is not None and not quoted and end not in put_in:
                    days.append(Day(begin, end, _shifted(sent, word.day), relative=True))
        # The day named before it: none by which something is to be done (5月20日 | 前), 今天 only where no other is.
        told = [d for d in sorted(days, key=attrgetter("begin")) if not until(scan, d.end)]
        for begin, end, word in scan.cues.get("FirstDayCue", ()) if told else ():
            before = [d for d in told if d.end <= begin] if word.day == 0 else []
            named = [d for d in before if not d.relative] or before
            if named:
                days.append(Day(begin, end, replace(named[-1].when, end_month=None, end_day=None), relative=True))
