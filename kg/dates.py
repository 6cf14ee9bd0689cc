"""When: days in the text, resolved against the issue date or a year that the page states."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.mentions import Scan
from kg.model import When

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?"
_DAY = re.compile(
    _YEAR + r"(?:(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:份)?\s*)?(?P<day>3[01]|[12]\d|0?[1-9])\s*日"
    r"(?:(?:上午|下午|晚)?\s*(?:至|到|-|—|－|~|～|、|和)\s*(?:(?P<month2>1[0-2]|0?[1-9])\s*月\s*)?(?P<day2>3[01]|[12]\d|0?[1-9])\s*日)?(?!报|讯|电)"
    r"|(?P<monthx>1[0-2]|0?[1-9])\s*月\s*(?P<dayx>3[01]|[12]\d|0?[1-9])\s*(?:日)?\s*(?:至|到|-|—|－|~|～)\s*(?P<day2x>3[01]|[12]\d|0?[1-9])\s*日"
)
_DATELINE_DAY = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s*月\s*(?P<day>3[01]|[12]\d|0?[1-9])\s*日\s*(?:讯|电)")
_STATED = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年(?:度|第?[一二三四1-4]季度|[上下]半年|全[国省市县区州]|[\u4e00-\u9fff]{0,24}?(?:会|工作|活动|月\s*\d{1,2}\s*日))")
_NOT_NOW = re.compile(r"(?:底|末|初|以来|以前|之前|起|至|到|－|—|-|~|前)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in the text, with its span; ``relative`` where it was 昨日 and the like."""

    begin: int
    end: int
    when: When
    relative: bool = False


def _valid(month: int | None, day: int | None, year: int | None) -> bool:
    if month is None or day is None:
        return False
    return 1 <= month <= 12 and 1 <= day <= (monthrange(year, month)[1] if year else (29 if month == 2 else monthrange(2023, month)[1]))


def page_year(texts: Iterable[str], plans: Iterable[str], issued: date | None) -> int | None:
    """The year that a page itself states as its own: in a full date, or as the year of a meeting, plan or quarter.

    A year behind a word of planning, or before 底, 以来 and the like, says nothing of the page.
    """
    if issued is not None:
        return None
    ahead = tuple(plans)
    found: Counter[int] = Counter()
    for text in texts:
        for match in _STATED.finditer(text):
            before = text[max(0, match.start() - 4) : match.start()]
            if any(before.endswith(p) for p in ahead) or _NOT_NOW.match(text, match.start("year") + 5):
                continue
            if text[max(0, match.start() - 1) : match.start()] in ("至", "到", "-", "—", "－", "自", "从", "于"):
                continue
            found[int(match["year"])] += 1
    if not found:
        return None
    top = max(found.values())
    return max(year for year, count in found.items() if count == top)


class Calendar:
    """Resolves the days of one article."""

    def __init__(self, issued: date | None, page_states: int | None) -> None:
        self.issued, self.page_states = issued, page_states

    def year_of(self, month: int, day: int) -> tuple[int | None, str | None]:
        """The year of a day that has none, and on what it rests."""
        if self.issued is not None:
            if not _valid(month, day, self.issued.year):
                return self.issued.year - 1 if _valid(month, day, self.issued.year - 1) else None, "issue"
            # News is written afterwards: a day far ahead of the issue belongs to the year before.
            ahead = date(self.issued.year, month, day) > self.issued + timedelta(days=60)
            return self.issued.year - ahead, "issue"
        if self.page_states is not None:
            return self.page_states, "page"
        return None, None

    def days(self, scan: Scan) -> list[Day]:
        """The days in an article, in order. Months carry forward: 5月17日 … 18日."""
        found: list[Day] = []
        month: int | None = None
        year: int | None = None
        stated = False
        dateline = _DATELINE_DAY.search(scan.text[: scan.article.body + 60])
        if dateline is not None:
            month = int(dateline["month"])
        elif self.issued is not None:
            month = None
        for match in _DAY.finditer(scan.text):
            if match["dayx"]:
                m, d, m2, d2 = int(match["monthx"]), int(match["dayx"]), None, int(match["day2x"])
                own_year = None
            else:
                own_year = int(match["year"]) if match["year"] else None
                d = int(match["day"])
                m2 = int(match["month2"]) if match["month2"] else None
                d2 = int(match["day2"]) if match["day2"] else 0
                if match["month"]:
                    m = int(match["month"])
                elif month is not None:
                    m = month
                elif self.issued is not None:
                    m = self.issued.month if d <= self.issued.day else (self.issued.month - 2) % 12 + 1
                else:
                    continue
            if own_year is not None:
                year, stated = own_year, True
            basis: str | None = "stated"
            use = own_year
            if use is None and stated and match.start() > scan.article.body and self.issued is None:
                use = year
            if use is None:
                use, basis = self.year_of(m, d)
            if not _valid(m, d, use):
                continue
            month = m
            found.append(Day(*match.span(), When(m, d, use, basis, m2, d2 or None)))
        found.extend(self._relative(scan, found))
        return sorted(found, key=lambda day: day.begin)

    def _relative(self, scan: Scan, days: list[Day]) -> Iterable[Day]:
        for begin, end, word in scan.cues.get("RelativeDayCue", ()):
            if word.day is not None and self.issued is not None:
                day = self.issued + timedelta(days=word.day)
                yield Day(begin, end, When(day.month, day.day, day.year, "issue"), relative=True)
            elif word.day == 0 or word.day is None:
                before = [d for d in days if d.end <= begin]
                if before and word.name in ("当天", "当日"):
                    yield Day(begin, end, replace(before[-1].when, end_month=None, end_day=None), relative=True)
