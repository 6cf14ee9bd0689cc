"""Where a name that starts at an offset ends: the likeliest of its spans."""

from __future__ import annotations

import rjieba

from kg.foreign import Foreign
from kg.mentions import Scan
from kg.names import Name, Names
from kg.scores import FREE

# The likelihood that a name needs behind a title.
_TITLED = 3.2
_TRANSLITERATED = "nrt"
# Less is enough behind a title where the words after leave no doubt about the end.
_LIKELY = 1.5
_RUN_ON = 4.0
# The likelihood that a name needs whose beginning would be a title too: 政法委书记 | 路长青.
_OVER_TITLE = 6.0


class Spans(Foreign):
    """What may be a name in one article, by where it starts."""

    def __init__(self, names: Names, scan: Scan) -> None:
        super().__init__(names, scan)
        self._best: dict[tuple[int, bool], Name | None] = {}

    def at(self, i: int, titled: bool) -> Name | None:
        """The best name that starts at ``i``; after a title less proof is asked."""
        key = i, titled
        if key not in self._best:
            self._best[key] = self._at(i, titled)
        return self._best[key]

    def _at(self, i: int, titled: bool) -> Name | None:
        text = self.text
        if i >= len(text) or not "\u4e00" <= text[i] <= "\u9fff":
            return None
        other = (self.with_dot(i) if self.dotted else None) or self.of_elements(i, titled)
        if other is not None:
            return other
        if i in self.barred or i in self.event_at:
            return None
        title = self.scan.titles_by_begin.get(i)
        # The end of a title that begins here, of several characters.
        over = title[0] if title is not None and title[0] - i > 1 else i
        if over > i and not (titled and i in self.scan.titles_by_end):
            return None
        best: Name | None = None
        doubtful, start = False, self.start(i, titled)
        for e, name, likelihood in self.names.options(text, i):
            scored = self.score(start, e, name, likelihood)
            if scored is None or (over > i and (e <= over or scored[0] < _OVER_TITLE)):
                continue
            # 阮以 | 怀，: of two that nothing speaks against, the one that ends better.
            if best is None or (scored[0], self.right_context(e)) > (best.score, self.right_context(best.end)):
                best, doubtful = Name(i, e, name, scored[0]), scored[1]
        found = self._sure(best, titled, doubtful) if best is not None else None
        return found or (self.without_surname(i) if titled else None)

    def _of_office(self, name: Name) -> bool:
        """Whether what stands behind an office's title is a name since it is no word, and a word of its own or before one of function."""
        if not self.behind_office(name.begin) or rjieba.has_word(name.name):
            return False
        end, tag = self.scan.words.get(name.begin, (0, ""))
        return self.text[name.begin] not in self.names.joiners and (
            self.right_context(name.end) >= 2.0 or (end == name.end and tag == "nr")
        )

    def _sure(self, best: Name, titled: bool, doubtful: bool) -> Name | None:
        """The best span, or a longer one without a surname that it is the beginning of; None where too little speaks for it."""
        i, end, text = best.begin, best.end, self.text
        longer_end = self.into_elements(i, end) if titled and self.run_ends else end
        if longer_end > end:
            return Name(i, longer_end, text[i:longer_end], max(best.score, _RUN_ON))
        longer_end = self.runs_on(end) if titled and end - i > 2 else end
        if longer_end > end and self.is_foreign(i, longer_end):
            return Name(i, longer_end, text[i:longer_end], min(best.score, _RUN_ON))
        if titled and not doubtful and best.score >= _LIKELY and self.right_context(end) >= 2.5:
            return best
        if best.score < (_TITLED if titled else FREE):
            likely = titled and not doubtful and best.score >= _LIKELY and self._of_office(best)
            other = self.without_surname(i) if likely else None
            return other if other is not None and other.end > end + 1 else best if likely else None
        longer = self.without_surname(i) if titled and end - i == 2 and self.right_context(end) < 2.0 else None
        if longer is not None and longer.end > end:
            # 胡格 | 吉勒 | 图: 吉勒 is tagged as of another language.
            whole = rjieba.cut(text[end : longer.end])[0] == text[end : longer.end]
            if whole or self.scan.words.get(end, (end, ""))[1] == _TRANSLITERATED:
                return longer
        return best
