"""Days that no calendar has, as a page prints them: 2月30日, 13月5日."""

from __future__ import annotations

import re
from calendar import monthrange

_DAY = re.compile(r"月\s*(\d{1,2})\s*[日号]")
_MONTH = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)\s*年\s*)?(?<!\d)(\d{1,2})\s*$")
# Most pages print no day above the 28th and no month above the 12th: one quick look from 月 to 月 tells.
_SUSPECT = re.compile(
    r"月(?:\s*(?:[2２][9９]|[3-9３-９]\d|[0０]{1,2})\s*[日号]"
    r"|(?<=[1１][3-9３-９]月)|(?<=[2-9２-９]\d月)|(?<=(?<![1１])[0０]月)|(?<=\s月))"
)
# So many characters before 月 hold the month and the year, also where a line ends between them; so many more a word before those.
_BEFORE, _WORD = 16, 4
_LEAP = 2024


def impossible_days(text: str, lunar: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where a month and a day are printed that do not go together, with the year where one stands before them.

    A day behind a word of the ``lunar`` calendar is none: each of its months can have thirty.
    """
    found: list[tuple[int, int]] = []
    if _SUSPECT.search(text) is None:
        return found
    for match in _DAY.finditer(text):
        first = max(0, match.start() - _BEFORE)
        before = _MONTH.search(text[first : match.start()])
        if before is None:
            continue
        begin = first + before.start()
        year = int(before[1]) if before[1] else _LEAP
        if _exists(year, int(before[2]), int(match[1])) or text[max(0, begin - _WORD) : begin].rstrip().endswith(lunar):
            continue
        found.append((begin, match.end()))
    return found


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
