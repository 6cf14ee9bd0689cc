"""Names that go around their area's: 共青团 | 辽宁省 | 委, 民建 | 三明市 | 委会; level words in the words of kinds."""

from __future__ import annotations

from collections.abc import Iterable

from kg.bodies import Bodies
from kg.cues import Kind
from kg.edges import may_end
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.places import Cache
from kg.searches import OrganizationSpan
from kg.sessions import behind_session

# A level word and one character behind it.
_LEVEL_REACH = 4
# 总支部委员会
_LONGEST_BRANCH = 6


class Frames:
    """Reads such names; shared by all articles. By the words of a kind: the level word that they begin with (``own``), or have inside."""

    def __init__(self, lexicon: Lexicon, bodies: Bodies) -> None:
        self.levels, self.bodies = lexicon.levels, bodies
        self.level_starts = frozenset(word[0] for word in lexicon.levels)
        self.tails: dict[str, list[tuple[str, Kind]]] = {}
        self.branches: dict[str, Kind] = {}
        for kind in sorted(lexicon.kinds.values(), key=lambda k: not (k.short or "").startswith("{area}")):
            parts = [
                p.partition("{area}") for p in (kind.short, kind.formal, *kind.others) if p and "{area}" in p and not p.endswith("{area}")
            ]
            for prefix in {before for before, _, _ in parts if before}:
                self.tails.setdefault(prefix, []).extend((tail, kind) for _, _, tail in parts)
                # 民建市委会: a cue with a level word inside says how else the name goes on behind its area.
                for cue in lexicon.kind_cues.get(kind.name, ()):
                    level = self._leading(cue[len(prefix) :]) if cue.startswith(prefix) else None
                    if level is not None:
                        self.tails[prefix].append((cue[len(prefix) + len(level) :], kind))
                    elif cue.startswith(prefix) and cue != prefix:
                        self.branches[cue] = kind
            heads = tuple(before for before, _, _ in parts if before)
            for head, tail in self._short([c for c in lexicon.kind_cues.get(kind.name, ()) if heads and not c.startswith(heads)]):
                self.tails.setdefault(head, []).append((tail, kind))
        self.tails = {
            p: sorted(t, key=lambda item: -len(item[0])) for p, t in sorted(self.tails.items(), key=lambda item: (-len(item[0]), item[0]))
        }
        self.starts = frozenset(prefix[-1] for prefix in self.tails)
        self.own, self.framed = Cache(self._leading), Cache(self._inside)

    def head(self, scan: Scan, begin: int) -> int:
        """Where the words begin that stand before an area in such names: 民建 | 如皋市; the area's begin for none."""
        if scan.text[begin - 1 : begin] in self.starts:
            for prefix in self.tails:
                start = begin - len(prefix)
                if start >= 0 and scan.text.startswith(prefix, start) and scan.bounds[start]:
                    return start
        return begin

    def branch(self, scan: Scan, words: str, end: int) -> tuple[int, Kind] | None:
        """The longest branch that goes on behind an area: 九三学社 | 闽侯县 | 总支社."""
        for stop in range(end + _LONGEST_BRANCH, end + 1, -1):
            kind = self.branches.get(words + scan.text[end:stop])
            if kind is not None and may_end(scan, stop):
                return stop, kind
        return None

    def read(self, scan: Scan, begin: int, end: int, area: str | None) -> OrganizationSpan | None:
        """A body whose name goes around its area's: 共青团 | 辽宁省 | 委, 民建 | 三明市 | 委会."""
        if area is None or scan.text[begin - 1 : begin] not in self.starts:
            return None
        # 政协 | 某县 | 第十届 | 委员会
        at = behind_session(scan, end)
        for prefix, tails in self.tails.items():
            start = begin - len(prefix)
            if start < 0 or not scan.text.startswith(prefix, start) or (len(prefix) == 1 and not scan.bounds[start]):
                continue
            # 共青团 | 广西 | 区 | 委: a province's short name and its level word.
            level = self._leading(scan.text[end : end + _LEVEL_REACH]) if self.bodies.areas.area(area).level == "province" else None
            for tail, kind in tails:
                if level is not None and scan.text.startswith(level + tail, end):
                    tail = level + tail
                stop = at + len(tail)
                if scan.text.startswith(tail, at) and may_end(scan, stop):
                    made = self.bodies.make(kind, "", area)
                    framed = self.bodies.with_forms(made, (*made.forms, scan.text[start:stop]))
                    return OrganizationSpan(start, stop, framed, True)
        return None

    def _short(self, cues: Iterable[str]) -> Iterable[tuple[str, str]]:
        """What stands before and behind the area in the short names of framed kinds: 团 | 县 | 委 → 团龙州县委."""
        for cue in cues:
            level = self._leading(cue[1:])
            if level is not None and not cue.startswith(self.levels):
                yield cue[:1], cue[1 + len(level) :]

    def _leading(self, cue: str) -> str | None:
        if cue[:1] not in self.level_starts:
            return None
        return next((level for level in self.levels if cue.startswith(level) and len(cue) > len(level)), None)

    def _inside(self, cue: str) -> str | None:
        """The level word behind a frame's words: 团 | 县 | 委."""
        for prefix in self.tails:
            level = self._leading(cue[len(prefix) :]) if cue.startswith(prefix) else None
            if level is not None:
                return level
        return None
