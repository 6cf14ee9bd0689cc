"""Where a name ends as the article's other mentions of it end."""

from __future__ import annotations

from collections.abc import Sequence

import rjieba

from kg.mentions import Scan, han
from kg.names import RARE_LAST, Name, Names
from kg.offsets import places
from kg.spans import Spans

# 阿不都热合曼 and its like without a dot.
_LONGEST_NAME = 6


class Endings(Spans):
    """The names of one article by what all their mentions have in common."""

    def __init__(self, names: Names, scan: Scan) -> None:
        super().__init__(names, scan)
        self._ends: dict[str, int] = {}

    def settled(self, name: Name) -> Name:
        """A name as the article's other mentions of it end: 林顺 is 林顺发 where 发 always follows, 桑璐和 is 桑璐 where 和 does not."""
        written = name.name
        if name.end - name.begin != len(written):
            return name
        end = self._ends.get(written)
        if end is None:
            end = self._ends[written] = self._ended(written)
        if end == len(written):
            return name
        stop = name.begin + end
        if end > len(written) and not self.text.startswith(written, name.begin):
            return name
        return Name(name.begin, stop, self.text[name.begin : stop], name.score)

    def _ended(self, written: str) -> int:
        """How many characters a name has, by its mentions in the article."""
        text, size = self.text, len(written)
        mentions = places(text, written)
        last = mentions[0] + size - 1
        if size > 2 and (text[last] in self.scan.followers or last in self.short_cues or text[last] in self.names.joiners):
            others = [k for k in places(text, written[:-1]) if text[k + size - 1 : k + size] != written[-1]]
            if any(self.right_context(k + size - 1) >= 2.0 for k in others):
                return size - 1
        alike = len({text[k + size : k + size + 1] for k in mentions}) == 1
        if size == 2 and alike and any(self._addressed_so(k, k + size) for k in mentions):
            return size + 1
        if len(mentions) > 1 and size < _LONGEST_NAME:
            longer = {text[k + size : k + size + 1] for k in mentions}
            behind = {text[k + size + 1 : k + size + 2] for k in mentions}
            character = min(longer)
            if len(longer) == 1 and len(behind) > 1 and "\u4e00" <= character <= "\u9fff" and self._of_name(mentions, size):
                return size + 1
        return size

    def _addressed_so(self, k: int, end: int) -> bool:
        """Whether a clause begins with a name and one more character before a title: 周加 | 来 | 副校长, but not 周加 | 副校长."""
        titles, begins = self.scan.titles_by_begin, k == 0 or not han(self.text, k - 1)
        title = titles.get(end + 1)
        whole = begins and han(self.text, end) and title is not None and title[0] - end > 2 and bool(self.scan.bounds[title[0]])
        return (
            whole
            and self.names.last_weight(self.text[end]) >= RARE_LAST
            and end not in titles
            and end not in self.scan.modifiers_by_begin
            and end not in self.scan.kinds
        )

    def _of_name(self, mentions: Sequence[int], size: int) -> bool:
        """Whether the character behind each mention of a name begins no word or cue, and ends as names do once at least."""
        scan = self.scan
        for k in mentions:
            end = k + size
            word = scan.words.get(end)
            if self._named(k, end + 1):
                # 尚腊边 | 擦着汗: a particle that the segmentation takes for the name's last character.
                continue
            if end in self.long_cues or end in self.short_cues or end in scan.titles_by_begin or end in self.event_at:
                return False
            if self.text[end] in scan.followers or (word is not None and word[0] > end + 1 and rjieba.has_word(self.text[end : word[0]])):
                return False
        return any(self.right_context(k + size + 1) >= 2.0 or k + size + 1 in self.event_at for k in mentions)

    def _named(self, i: int, end: int) -> bool:
        """Whether the segmentation takes a span for a name."""
        word = self.scan.words.get(i)
        return word is not None and word[0] == end and word[1] == "nr"
