"""Places named by one character: 来渝考察, 在甬调研, 赴沪招商."""

from __future__ import annotations

from kg.mentions import Scan
from kg.places import AreaReader, AreaSpan

_LED_BY = ("LocativeCue", "MovementCue", "ApproachCue")
# The cue and the character are one word at most (来京), or two.
_LONGEST = 4


def with_abbreviations(scan: Scan, areas: AreaReader, spans: list[AreaSpan]) -> list[AreaSpan]:
    """The spans with those of one character behind a word of place or movement, where a word ends."""
    text, bounds, words = scan.text, scan.bounds, scan.words
    known, codes = areas.gazetteer.in_text, areas.gazetteer.abbreviations
    added: list[AreaSpan] = []
    taken = {span.begin for span in spans}
    for kind in _LED_BY:
        for begin, end, _ in scan.cues.get(kind, ()):
            if text[end : end + 1] not in known or end in taken or not bounds[end + 1] or end + 1 - begin > _LONGEST:
                continue
            alone = bounds[end] and words.get(end, (0, ""))[0] == end + 1
            if alone or (bounds[begin] and words.get(begin, (0, ""))[0] == end + 1):
                taken.add(end)
                added.append(AreaSpan(end, end + 1, codes[text[end]], text[end], False))
    return sorted([*spans, *added], key=lambda span: span.begin) if added else spans
