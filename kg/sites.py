"""Places visited: named sites behind a word of movement, alone or in a list."""

from __future__ import annotations

from collections.abc import Iterable

from kg.mentions import Scan
from kg.model import Mention, Place
from kg.organizations import OrganizationSpan, left_edge
from kg.places import AreaReader, Setting

_SEPARATORS = "、，和及与"
_LONGEST = 24


def read(scan: Scan, setting: Setting, bodies: Iterable[OrganizationSpan], areas: AreaReader) -> list[Mention]:
    """The sites that an article's people went to or where something was held. Their area is what the article is about."""
    body_at = {s.begin: s for s in bodies}
    best: dict[int, tuple[int, bool]] = {}
    for begin, end, kind in scan.sites:
        if kind.short is None and scan.bounds[end] and (end not in best or best[end][0] > begin):
            best[end] = (begin, kind.strong or best.get(end, (0, False))[1])
    movement = [e for _, e, _ in scan.cues.get("MovementCue", ())]
    found: list[Mention] = []
    last = -1
    for end in sorted(best):
        begin, strong = best[end]
        if scan.in_document(begin) or (end < len(scan.text) and end + 1 in best and not scan.bounds[end]):
            continue
        left = _listed(scan, begin) if strong else None
        if left is None:
            left = left_edge(scan, begin, _LONGEST, setting)
        if left >= begin or left < last:
            continue
        sentence = scan.sentence(left)
        moved = any(sentence[0] <= m <= left for m in movement)
        located = scan.text[left - 1 : left] in _LOCATIVE
        if not (strong and (moved or located)) and not (moved and located):
            continue
        name = scan.text[left:end]
        area = setting.by_begin.get(left)
        seat = area.area if area is not None and area.area is not None else setting.locality
        if seat != setting.locality and seat is not None and areas.prefecture(seat) != areas.prefecture(setting.locality):
            seat = setting.locality
        if area is not None and area.end >= end:
            continue
        span = body_at.get(left)
        if span is not None and span.end > end:
            continue
        found.append(Mention(left, end, Place(name, seat, True), 0.8 if moved and strong else 0.65))
        last = end
    return found


_LOCATIVE = ("在",)


def _listed(scan: Scan, begin: int) -> int | None:
    """Where a short item of a list starts, when separators bound it and no reported act stands inside."""
    i = begin
    while i > 0 and begin - i < 10 and scan.text[i - 1] not in _BOUNDARY:
        if any(e == i and w.kind == "MovementCue" for b in range(max(0, i - 4), i) for e, w in scan.cue_at.get(b, ())):
            break
        i -= 1
    if begin - i >= 10 or i == begin:
        return None
    if any(w.kind in _ACTS for b in range(i, begin) for _, w in scan.cue_at.get(b, ()) if scan.bounds[b]):
        return None
    return i


_BOUNDARY = "，。、；：！？,;:!?）)（(《》“”\n和及与在对"
_ACTS = ("HoldingCue", "RoleCue", "SpeechCue", "PlanCue", "RecallCue", "SelfReferenceCue")
