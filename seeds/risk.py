"""Which names of places are ordinary words too, or look like people's names: the columns ``…ordinary``."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

PLACE_TAGS = frozenset({"ns", "nt", "nz", "nrt", "nrfg", "x", "zg"})
TOWN = re.compile("(街道|镇|乡|苏木|嘎查)$")
GENERIC = re.compile(
    "^(国[营有])?(高新|经济|工业|综合|科技|物流|产业|循环|临[港空]|新材料|化工|农业|城市|航空|现代|生态|旅游|社会"
    "|第?[一二三四五六七八九十]+农)"
)
LEVEL_WORDS = ("区", "县", "市", "旗", "镇", "乡", "人")
# The dictionary tags many places as words or people, with low frequency; below these it says nothing.
LEAST_WORD = 100
LEAST_PERSON = 60
LEAST_AROUND = 40
OWN_SHARE = 0.3
COMMON_SURNAME = 100
COMMON_SINGLE = 25


class Word(NamedTuple):
    frequency: int
    tag: str


def load_words(dictionary: Path) -> dict[str, Word]:
    """jieba's dict.txt: word, frequency, tag."""
    words = {}
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        words[word] = Word(int(frequency), tag)
    return words


class Risk:
    """Grades names by jieba's dictionary; ``judged`` (ordinary.tsv) overrules what the dictionary says."""

    def __init__(self, words: dict[str, Word], judged: dict[str, bool], surnames: dict[str, int], singles: dict[str, float]) -> None:
        self.words = words
        self.judged = judged
        self.surnames = surnames
        self.singles = singles
        self.around: dict[str, int] = defaultdict(int)
        for word, (frequency, tag) in words.items():
            if tag in PLACE_TAGS or tag == "nr" or len(word) < 3 or word[2:] in LEVEL_WORDS:
                continue
            self.around[word[:2]] += frequency
            self.around[word[-2:]] += frequency

    def listed(self, name: str) -> bool:
        """The dictionary has the name as an ordinary word, or as a person's name, and not as a rare one."""
        word = self.words.get(name)
        if word is None or word.tag in PLACE_TAGS:
            return False
        return word.frequency >= (LEAST_PERSON if word.tag == "nr" else LEAST_WORD)

    def inside(self, name: str) -> bool:
        """Longer ordinary words begin or end with the name, more often than it stands alone (大城市, 示范县)."""
        around = self.around.get(name, 0)
        own = self.words[name].frequency if name in self.words else 0
        return around >= LEAST_AROUND and around > OWN_SHARE * own

    def whole(self, name: str) -> bool:
        """Whether a full name of a province, prefecture or county is an ordinary word."""
        if name in self.judged:
            return self.judged[name]
        return len(name) == 2 and (self.listed(name) or self.inside(name))

    def short(self, name: str, level: str) -> bool:
        """Whether a short form is an ordinary word, part of frequent ones, or like a person's name.

        Long forms, and prefectures and provinces, are known places: only what ordinary.tsv names is risky.
        """
        if name in self.judged:
            return self.judged[name]
        if level != "county" or len(name) != 2:
            return False
        if self.listed(name) or self.inside(name):
            return True
        own = self.words[name].frequency if name in self.words else 0
        return own < 100 and self.surnames.get(name[0], 0) >= COMMON_SURNAME and self.singles.get(name[1], 0.0) >= COMMON_SINGLE

    def town(self, name: str) -> bool:
        """Whether a town's full name is an ordinary word or says only what kind of place it is (经济开发区)."""
        if name in self.judged:
            return self.judged[name]
        if TOWN.search(name):
            return len(TOWN.sub("", name)) < 2
        return len(name) <= 4 or self.listed(name) or GENERIC.search(name) is not None
