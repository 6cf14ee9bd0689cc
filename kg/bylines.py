"""Reporters: the names in bylines before and behind an article."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Mention

_TOKEN = re.compile(r"[^\s、，,/／：:（）()\[\]【】□■◎●○▲△◆|｜；;。]+")
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:[·•・][\u3400-\u9fff]{1,8})+")
# A byline at an article's start ends within its first line's opening: 本报讯（全媒体记者 甲 通讯员 乙 丙）.
_OPENING = 90


class BylineReader:
    """Reads the reporters of articles; shared by all."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.cues = lexicon.of_kind("ReporterCue")
        self.suffixes = lexicon.of_kind("BylineSuffixCue")
        self.editors = set(lexicon.of_kind("EditorCue"))
        self.media = tuple(c for name, kind in lexicon.kinds.items() if kind.top == "媒体" for c in lexicon.kind_cues.get(name, ()))
        self.surnames = lexicon.gazetteer.surnames
        slashed = [s for s in self.suffixes if not s.isalpha() or len(s) > 3]
        self.tail = re.compile("|".join(re.escape(s) for s in slashed) or "(?!)")
        self.core = re.compile("|".join(re.escape(c) for c in self.cues))

    def read(self, scan: Scan) -> tuple[list[Mention], list[tuple[int, int]]]:
        """The reporters, and the text spans of the bylines (no person is looked for there)."""
        article, text = scan.article, scan.text
        regions = [(b, e, True) for b, e in article.bylines]
        opening = text[article.body : article.body + _OPENING]
        line = opening.split("\n")[0]
        match = self.core.search(line)
        if match is not None:
            regions.append((article.body, article.body + self._opening_end(line, match.start()), False))
        found: dict[str, Mention] = {}
        spans = []
        for begin, end, whole in regions:
            names = self._names(text, begin, end, whole)
            for mention in names:
                found.setdefault(str(mention.thing), mention)
            if names or whole:
                spans.append((begin, end))
        return list(found.values()), spans

    @staticmethod
    def _opening_end(line: str, cue: int) -> int:
        """Where the opening byline ends: its closing bracket, or the first mark or digit of running text."""
        opening = max(line.rfind("（", 0, cue), line.rfind("(", 0, cue))
        if opening >= 0:
            closing = re.compile(r"[）)]").search(line, cue)
            if closing is not None:
                return closing.end()
        stop = re.compile(r"[，。；：:]|\d").search(line, cue)
        return stop.start() if stop is not None else 0

    def _names(self, text: str, begin: int, end: int, whole: bool) -> list[Mention]:
        out: list[Mention] = []
        text = self.tail.sub(lambda m: "，" * len(m.group()), text[:end])
        active = whole and self.core.search(text, begin, end) is None
        single: tuple[int, str] | None = None
        for match in _TOKEN.finditer(text, begin, end):
            at, token = match.start(), match.group()
            stripped = True
            while stripped:
                stripped = False
                for cue in self.cues:
                    k = token.find(cue)
                    if k >= 0 and (k == 0 or k + len(cue) == len(token) or not active):
                        active, at, token, stripped = True, at + k + len(cue), token[k + len(cue) :], True
                        break
            for suffix in self.suffixes:
                if token.endswith(suffix) and len(token) - len(suffix) in (0, 2, 3, 4):
                    token = token[: -len(suffix)]
                    break
            if token in self.editors:
                active = False
                continue
            if not active or not token:
                single = None
                continue
            if len(token) == 1:
                if single is not None:
                    out.append(Mention(single[0], at + 1, single[1] + token))
                    single = None
                elif token in self.surnames:
                    single = (at, token)
                continue
            single = None
            if _HAN_NAME.fullmatch(token) and self._plausible(token):
                out.append(Mention(at, at + len(token), token))
        return out

    def _plausible(self, token: str) -> bool:
        if any(token.endswith(m) for m in self.media):
            return False
        if "·" in token or "•" in token or "・" in token:
            return True
        if len(token) == 4:
            return token[:2] in self.surnames
        return len(token) in (2, 3)
