"""Characters of given names by position, and ordinary words that begin like a name."""

from __future__ import annotations

from collections import Counter

from risk import PLACE_TAGS, Word

Given = dict[str, tuple[float, float, float]]
PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})
ODD = frozenset("氏帝王后皇妃侯僧禅宗祖")
FOREIGN = frozenset("尔斯特克姆夫巴亚拉罗里托勒杰诺萨洛蒂丁塞莫伊·")
ORDINARY_FREQUENCY = 30
MOST = 8000


def given_names(words: dict[str, Word], surnames: dict[str, int], own: Given) -> list[tuple[str, float, float, float]]:
    """(character, single, first of two, second of two) per ten thousand: half the dictionary's names, half the table's."""
    counts: tuple[Counter[str], Counter[str], Counter[str]] = (Counter(), Counter(), Counter())
    for name, (frequency, tag) in words.items():
        if tag != "nr" or not 2 <= len(name) <= 3 or surnames.get(name[0], 0) < 30 or frequency > 500:
            continue
        given = name[1:]
        if given[-1] in ODD or any(character in FOREIGN for character in given):
            continue
        if len(given) == 1:
            counts[0][given] += 1
        else:
            counts[1][given[0]] += 1
            counts[2][given[1]] += 1
    totals = [sum(count.values()) for count in counts]
    sums = [sum(weights[i] for weights in own.values()) for i in range(3)]
    rows = []
    for character in sorted(set(own).union(*counts)):
        mine = own.get(character, (0.0, 0.0, 0.0))
        shares = [round(10_000 * (counts[i][character] / totals[i] + mine[i] / sums[i]) / 2, 2) for i in range(3)]
        if any(share >= 0.5 for share in shares):
            rows.append((character, shares[0], shares[1], shares[2]))
    return rows


def not_names(words: dict[str, Word], surnames: dict[str, int], given: Given, judged: dict[str, bool]) -> list[tuple[str, int, int]]:
    """The most frequent ordinary words of 2-3 characters that begin with a surname: word, frequency, plausible as a name.

    What ``judged`` (words-and-names.tsv) lists is always among them, whatever the dictionary's tag, and graded as it says.
    """
    found = [(word, words[word].frequency if word in words else 1, int(plain)) for word, plain in judged.items()]
    others = []
    for word, (frequency, tag) in words.items():
        if word in judged or not 2 <= len(word) <= 3 or surnames.get(word[0], 0) < 1 or frequency < ORDINARY_FREQUENCY:
            continue
        if tag not in PERSON_TAGS:
            others.append((word, frequency, int(tag not in PLACE_TAGS and plausible(word, surnames, given))))
    others.sort(key=_by_frequency)
    return sorted(found + others[: MOST - len(found)], key=_by_frequency)


def _by_frequency(row: tuple[str, int, int]) -> tuple[int, str]:
    return -row[1], row[0]


def plausible(word: str, surnames: dict[str, int], given: Given) -> bool:
    """Whether a word would pass for a name: a common surname and characters common in given names at their places."""
    if surnames.get(word[0], 0) < 60:
        return False
    none = (0.0, 0.0, 0.0)
    if len(word) == 2:
        return given.get(word[1], none)[0] >= 25
    return given.get(word[1], none)[1] >= 12 and given.get(word[2], none)[2] >= 12
