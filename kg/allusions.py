"""Bodies that the words at a title only hint at: a team by the end of its name, a firm by a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.mentions import Scan, han
from kg.model import Organization
from kg.searches import OrganizationSpan
from kg.seatwords import TEAM, SeatWords

# What is left of a firm's name before a title has at most so many characters.
_ALIAS = 6


def team(words: SeatWords, lexicon: Lexicon, spans: Sequence[OrganizationSpan], ends: Sequence[str], offset: int) -> Organization | None:
    """The last headquarters or team before an offset that goes by more than its end: 自治区第三督察组 for 督察组."""
    teams = tuple(end for end in ends if len(end) >= TEAM and any(k.top in words.passing for k in lexicon.ends.get(end, ())))
    named = (s.organization for s in reversed(spans) if s.end <= offset) if teams else ()
    called = ((body, (body.name, *body.forms)) for body in named)
    return next((body for body, names in called if any(n.endswith(teams) and n not in teams for n in names)), None)


def firm(words: SeatWords, scan: Scan, spans: Sequence[OrganizationSpan], begin: int) -> Organization | None:
    """The firm in whose name the words before an offset stand: 润扬智能 | 董事长 of 深圳市润扬智能装备有限公司.

    Where that is an end of names (商会 | 第一届理事会会长), the body that was named so.
    """
    text, low = scan.text, begin
    before = scan.word_before(begin)
    if before is not None and words.antecedents.stands(text[before[0] : begin]):
        return words.antecedents.last([s.organization for s in spans if s.end <= begin and s.given], text[before[0] : begin])
    while low > 0 and begin - low < _ALIAS and han(text, low - 1):
        low -= 1
    for at in range(low, begin - 1):
        if at > low and text[at - 1] not in words.joiners:
            continue
        part = text[at:begin]
        firms = (s.organization for s in spans if s.given or s.end <= begin)
        found = next((o for o in firms if not o.public and o.parent is None and part in o.name and not o.name.endswith(part)), None)
        if found is not None:
            return found
    return None
