"""Terms of congresses and committees, and counts: 十八届, 第五届, 多名."""

from __future__ import annotations

import re

from kg.mentions import Scan

NUMERALS = "一二三四五六七八九十百0123456789"
# Tags of numbers and measures: 多名, 两位.
_COUNTS = ("m", "q")
_ORDINAL = re.compile(f"第?[{NUMERALS}]+")
_ORDINAL_STARTS = frozenset("第" + NUMERALS)


def behind_session(scan: Scan, offset: int) -> int:
    """The offset behind a body's term (十八届, 第五届, 新一届) that starts at ``offset``, or ``offset``."""
    term = scan.cue(offset, "SessionCue")
    if term is not None and term[0] > offset + 1:
        return term[0]
    number = _ORDINAL.match(scan.text, offset) if scan.text[offset : offset + 1] in _ORDINAL_STARTS else None
    session = scan.cue(number.end(), "SessionCue") if number is not None else None
    return session[0] if session is not None else offset


def before_session(scan: Scan, offset: int) -> int:
    """Where a body's term begins that ends at an offset: 市 | 十五届 | 人大常委会; the offset for none."""
    terms = scan.cues.get("SessionCue")
    begin = min([b for b, e, _ in terms if e == offset], default=offset) if terms else offset
    if begin < offset - 1:
        # 新一届
        return begin
    start = begin
    while start > 0 and scan.text[start - 1] in _ORDINAL_STARTS:
        start -= 1
    return start if start < begin else offset


def before_ordinal(scan: Scan, offset: int) -> int:
    """Where an ordinal begins that ends at an offset: 第三 | 巡察组; the offset for none."""
    start = offset
    while start > 0 and scan.text[start - 1] in NUMERALS:
        start -= 1
    return start - 1 if start < offset and scan.text[start - 1 : start] == "第" else offset


def before_count(scan: Scan, begin: int) -> int:
    """Where a count begins that stands before a title: 某市政协 | 多名 | 副主席; the offset for none."""
    before = scan.word_before(begin)
    while before is not None and before[1].startswith(_COUNTS):
        begin, before = before[0], scan.word_before(before[0])
    return begin
