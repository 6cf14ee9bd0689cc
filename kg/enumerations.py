"""Bodies that only a list's last words make known: 甲、乙、丙等企业."""

from __future__ import annotations

from collections.abc import Iterator

import rjieba

from kg.boundaries import PUNCTUATION, STOP_CUES
from kg.edges import acts
from kg.mentions import Scan, han

# From 等 to the word for what they are there stand a number or a place: 等8家本地企业.
_GAP, _LONGEST = 10, 12
_PROPER = ("nr", "ns", "nt", "nz", "eng")
_TELLING = frozenset({"v", "d", "p"})
_VERBAL, _FUNCTIONAL = ("v", "d", "r"), ("u", "p", "c")


def items(scan: Scan) -> Iterator[tuple[int, int, str]]:
    """The text spans of such lists' items, with the concept of the closing noun."""
    ends = {e: b for b, e, _ in scan.cues.get("GroupCue", ()) if e - b == 1}
    if not ends:
        return
    for begin, _, noun in scan.cues.get("CollectiveNounCue", ()):
        mark = next((ends[e] for e in range(begin, max(0, begin - _GAP), -1) if e in ends), None)
        if mark is None or not PUNCTUATION.isdisjoint(scan.text[mark:begin]) or _told(scan, mark, begin):
            continue
        found = list(_leftwards(scan, mark))
        # 物流、石化等企业: words of every dictionary are trades and no names.
        if len(found) > 1 and 2 * sum([_names(scan, b, e) for b, e in found]) >= len(found):
            # 深入冬奥建设 | 场地、某某公司等单位: of the first item one ordinary word is left.
            begin, end = found[-1]
            ordinary = scan.words.get(begin, (0, ""))[0] == end and not _names(scan, begin, end)
            whole = found[:-1] if ordinary else found
            yield from ((b, e, noun.name) for b, e in reversed(whole))


def _told(scan: Scan, begin: int, end: int) -> bool:
    """Whether something is told between 等 and the noun, which then closes no list: 等环节需要高校支持; 等16人公司劳模 counts people.

    Nor does it where it ends a body's own name: 等国网某某供电公司领导.
    """
    if any(begin < b < end for b, _, _ in scan.cues.get("CountedCue", ())) or any(begin < b and e < end for b, e, _ in scan.areas):
        return True
    return any(k in scan.words and scan.words[k][1] in _TELLING for k in range(begin, end))


def _names(scan: Scan, begin: int, end: int) -> bool:
    """Whether an item has a word that names: a proper noun or one that no dictionary has."""
    inside = [(k, scan.words[k]) for k in range(begin, end) if k in scan.words]
    return any(tag.startswith(_PROPER) or (end - begin > 2 and not rjieba.has_word(scan.text[k:stop])) for k, (stop, tag) in inside)


def _leftwards(scan: Scan, end: int) -> Iterator[tuple[int, int]]:
    text = scan.text
    while True:
        begin = end
        while begin > 0 and end - begin <= _LONGEST and (han(text, begin - 1) or text[begin - 1].isalnum()):
            begin -= 1
        if text[begin - 1 : begin] == "、" and 2 <= end - begin <= _LONGEST and not acts(scan, begin, end):
            yield begin, end
            end = begin - 1
            continue
        first = _first_item(scan, begin, end)
        if first is not None:
            yield first, end
        return


def _first_item(scan: Scan, low: int, end: int) -> int | None:
    """Where the list's first item starts: behind the last verb or other word that no name has."""
    i = end
    while i > low and end - i < _LONGEST:
        word = scan.word_before(i)
        if word is None or (i < end and (word[1].startswith(_FUNCTIONAL) or (word[1].startswith(_VERBAL) and i - word[0] > 1))):
            break
        if any(cue.kind in STOP_CUES and e <= i for _, e, cue in scan.cue_at.get(word[0], ())):
            break
        i = word[0]
    return i if 2 <= end - i <= _LONGEST else None
