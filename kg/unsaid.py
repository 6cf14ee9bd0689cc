"""Which county an article is about that names it by a short name alone, inside other names or words: 定远中学, 为襄城发展."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.mentions import Scan
from kg.places import AreaReader, NameFacts, after_mark

# How often a name must stand; at the beginning of a body's name once is enough.
_ENOUGH = 2


def county(scan: Scan, named: Sequence[tuple[int, int, NameFacts]], votes: Mapping[str, int], areas: AreaReader) -> str | None:
    """The one area of the level that most bare level words of the article ask for and that is named so; None where there are several.

    ``named`` are the hits that are names of areas (begin, end, what is known), ``votes`` how often each level word stands alone.
    """
    level = max(votes, key=lambda word: (votes[word], word), default=None)
    begins = {*scan.kinds, *(begin for begin, end, _ in scan.suffixes if end - begin > 1)}
    found: Counter[str] = Counter()
    for begin, end, name in named:
        if name.full or name.short_risky or not (scan.bounds[begin] or after_mark(scan.text, begin)):
            continue
        if scan.text.startswith(areas.settlements, end) or not (end in begins or scan.bounds[end]):
            continue
        meant = [i for i in name.ids if areas.level_words[i] == level]
        if len(meant) > 1:
            return None
        for code in meant:
            found[code] += _ENOUGH if end in begins else 1
    return max(found) if len(found) == 1 and found.total() >= _ENOUGH else None
