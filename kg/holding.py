"""Which of the bodies and areas of a sentence held an event: the one that its verb is said of."""

from __future__ import annotations

from collections.abc import Sequence

from kg.clauses import CLAUSE_STOPS, begins_clause, went_there
from kg.mentions import Scan
from kg.model import Organization, Place
from kg.offsets import behind_last
from kg.searches import OrganizationSpan
from kg.values import dataclass

COMMAS = "，,"
_DONE = "ul"
_BETWEEN = 6
_WITH = ("ComitativeCue", "ListJoinerCue")


@dataclass(frozen=True, slots=True)
class Held:
    """An event as far as its holder is looked for: the words that report it, its class, whether they are a verb."""

    begin: int
    end: int
    cls: str
    verb: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A body or an area that may have held it; None for a unit of a body that nothing names."""

    begin: int
    end: int
    thing: Organization | Place | None


def subject(scan: Scan, items: Sequence[Item], event: Held) -> Organization | Place | None:
    """The first in the sentence; of a ceremony of two sides neither is the holder."""
    if not items:
        return None
    first = holding(scan, items, event.begin) or items[0]
    if isinstance(first.thing, Place) and not begins_clause(scan, first.begin):
        # 为了解全县饮水情况，县人大常委会组织视察
        first = next((i for i in items if scan.text[i.begin - 1] in COMMAS), first)
    before = scan.word_before(first.begin)
    if isinstance(first.thing, Organization) and (_takes_part(scan, first, event) or (before is not None and before[1] == _DONE)):
        # 甲一行参观了 | 某某中心: what something was done to. 某局、某公司负责人参加 | 活动: who was there.
        return None
    if event.cls == "Ceremony":
        between = range(first.end, items[1].begin) if len(items) > 1 else ()
        if any(w.kind in _WITH for at in between for _, _, w in scan.cue_at.get(at, ())) or _second(scan, first.begin):
            return None
    if event.cls == "Inspection" and (first.begin > event.begin or went_there(scan, first.begin)):
        return None
    return first.thing


def _takes_part(scan: Scan, item: Item, event: Held) -> bool:
    """Whether somebody is only said to be at what was held: 某局、某公司负责人参加 | 活动, 代表团参加了某某交流会."""
    if event.verb:
        return False
    stop = behind_last(scan.text, CLAUSE_STOPS, event.begin)
    held = [b for b, e, _ in scan.cues.get("HoldingCue", ()) if stop <= b and e <= event.begin]
    there = [e for b, e, w in scan.cues.get("RoleCue", ()) if item.end <= b and stop <= e <= event.begin and w.role == "attendee"]
    return bool(there) and (not held or max(held) < max(there))


def _second(scan: Scan, begin: int) -> bool:
    """Whether a body is named behind us and the like: 我校与 | 某某公司签约仪式."""
    us = {e for _, e, _ in scan.cues.get("SelfReferenceCue", ())}
    return begin - 1 in us and any(e == begin and w.kind in _WITH for _, e, w in scan.cue_at.get(begin - 1, ()))


def known(span: OrganizationSpan) -> bool:
    """Whether a body is more than a unit of one that nothing names: 相关处室."""
    body = span.organization
    return span.given or not span.unit or body.area is not None or body.parent is not None


def joined(scan: Scan, end: int, begin: int) -> bool:
    """Whether two are of one list, perhaps with another between them that is no item: 市商务局、新区、| 高新区."""
    between = scan.text[end:begin]
    if between.endswith("、") and len(between) <= _BETWEEN and not any(c in CLAUSE_STOPS for c in between):
        return True
    return any(w.kind == "ListJoinerCue" and e == begin for _, e, w in scan.cue_at.get(end, ()))


def holding(scan: Scan, items: Sequence[Item], begin: int) -> Item | None:
    """The first in the clause of the verb that holds the event: 为贯彻市委精神，7月4日，某区妇联 | 召开推进会."""
    low = scan.sentence(begin)[0]
    verbs = [b for b, e, _ in scan.cues.get("HoldingCue", ()) if low <= b and e <= begin]
    at = max(verbs) if verbs else begin
    left = behind_last(scan.text, CLAUSE_STOPS, at)
    return next((i for i in items if left <= i.begin < at), None)
