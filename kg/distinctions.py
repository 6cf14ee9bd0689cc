"""What somebody is besides a post, printed between the post and the name: 党支部书记、| 全国劳动模范 | 甲."""

from __future__ import annotations

from kg.mentions import Scan, han

_MARK = "、"
_QUOTES = frozenset("“”")
# A distinction has at most so many characters (威海市赴云阳挂职干部), and so many follow one another.
_LONGEST, _MOST = 18, 3


def behind_distinctions(scan: Scan, offset: int) -> int:
    """The offset behind the distinctions that follow a list's mark at an offset, or the offset."""
    found = offset
    for _ in range(_MOST):
        stop = _distinction(scan, found + 1) if scan.text.startswith(_MARK, found) else None
        if stop is None:
            return offset
        found = stop
        if not scan.text.startswith(_MARK, found):
            return found
    return offset


def _distinction(scan: Scan, begin: int) -> int | None:
    """Where the distinction ends that begins at an offset."""
    text = scan.text
    for k in range(begin, min(begin + _LONGEST, len(text))):
        hit = scan.cue(k, "DistinctionCue")
        if hit is not None and (scan.bounds[hit[0]] or scan.may_part(k)):
            return hit[0]
        if not (han(text, k) or text[k].isdigit() or text[k] in _QUOTES):
            return None
    return None
