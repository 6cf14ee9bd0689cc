"""How a kind's words join the name of a body's area: 永康市 | 市委 is 永康市委, 歙县 | 县委 is 歙县县委."""

from __future__ import annotations

import rjieba

from kg.cues import Kind
from kg.gazetteer import Area
from kg.lexicon import Lexicon
from kg.places import AreaReader

# 歙县: a county's name of one character.
_SHORTEST = 2
# A committee's name behind its area's has so many characters at most: 委, 地委.
_STEM = 2


class Stems:
    """What a kind's words become behind an area's name."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader) -> None:
        self.lexicon, self.areas = lexicon, areas
        kinds = lexicon.kinds.values()
        self.framed = [kind for kind in kinds if not (kind.short or "{").startswith("{") and "{area}" in (kind.short or "")]
        # 团县委, 民盟市委: what stands before the level word in the cues of bodies whose names go around their area's.
        self.frame_heads = {
            cue[: cue.find(level)]
            for kind in self.framed
            for cue in lexicon.kind_cues.get(kind.name, ())
            for level in lexicon.levels
            if cue.find(level) > 0
        }
        self.territorial_kinds = {kind.name for kind in kinds if kind.levels and (kind.short or "").startswith("{area")}
        cues = [(kind, cue) for kind in kinds if kind.name in self.territorial_kinds for cue in lexicon.kind_cues.get(kind.name, ())]
        # 市委 → 委: stems of one character keep their level word in IRIs (org/330784/市委).
        self.short_stems = {cue[-1] for kind, cue in cues if any(cue == level + cue[-1] for level in kind.levels)}
        # {area}委, {areaStem}地委, and neither {area}政府办 nor {area}委办.
        ends = {kind.name: (kind.short or "").rpartition("}")[2] for kind in kinds if kind.name in self.territorial_kinds}
        self.committees = {
            name for name, end in ends.items() if end[-1:] in self.short_stems and len(end) <= _STEM and end[:-1] not in self.short_stems
        }

    def own_word(self, kind: Kind, cue: str) -> bool:
        """Whether a cue begins with a word of its own and not with a level word: 市场监管局, 乡村振兴局."""
        level = next((word for word in self.lexicon.levels if cue.startswith(word)), "")
        rest = cue[len(level) :]
        if not level or not rest or rest[0] in self.short_stems or not rjieba.has_word(level + rest[0]):
            return False
        return not rest.startswith((kind.short or "{area}").rpartition("}")[2]) and rest not in self.lexicon.kind_cues.get(kind.name, ())

    def framed_form(self, cue: str, shown: str) -> str | None:
        """A cue with a level word inside, said with the area's name: 团县委 → 团德清县委."""
        for level in self.lexicon.levels:
            at = cue.find(level)
            if 0 < at < len(cue) - len(level) and shown.endswith(level) and cue[:at] in self.frame_heads:
                return cue[:at] + shown + cue[at + len(level) :]
        return None

    def stem(self, cue: str, area: str, shown: str) -> str:
        """A cue without the level word that the area's name says already (永康市 | 市委 → 委)."""
        place = self.areas.area(area)
        for level in self.lexicon.levels:
            if cue.startswith(level) and len(cue) > len(level) and (shown.endswith(level) or place.name.endswith(level)):
                # 歙县县委 but 歙县人民医院, 滨海新区区委: said twice where the name is short or ends with a longer level word.
                twice = self._doubles(place, shown) and (len(shown) > _SHORTEST or cue[len(level)] in self.short_stems)
                return cue if twice else cue[len(level) :]
        return cue

    def _doubles(self, place: Area, shown: str) -> bool:
        """Whether an area's name is short (歙县), or a district's that ends with a longer level word (滨海新区)."""
        return len(shown) == _SHORTEST or (place.level == "county" and len(place.suffix) > 1 and place.suffix not in self.lexicon.levels)

    def said_twice(self, kind: Kind, area: str) -> str:
        """The words of the committee of such an area: 滨海新区 | 区委; none for any other body."""
        short, place = (kind.short or "").partition("{area}")[2], self.areas.area(area)
        return self.areas.level_word(area) + short if short in self.short_stems and self._doubles(place, self.areas.seat(area)) else ""

    def said_so(self, kind: Kind, cue: str, stem: str) -> bool:
        """Whether a cue is another form of the kind's names: 人民政府 for 政府, 自治县党委 for 县委."""
        other = self._formal_cue(kind, cue) or "{area}" + stem in kind.others
        tail = (kind.short or "").rpartition("}")[2]
        level = stem.removesuffix(tail)
        # 歙县 | 县委
        return other or (kind.name in self.committees and level != "" and level not in self.lexicon.levels)

    @staticmethod
    def _formal_cue(kind: Kind, cue: str) -> bool:
        return bool(kind.formal) and cue not in (kind.short or "") and cue in (kind.formal or "") and len(cue) > 2

    def fill(self, pattern: str, area: str) -> str:
        """A pattern of names with the area's name, or its stem, in it: {area}委, {areaStem}地委."""
        place, shown = self.areas.area(area), self.areas.seat(area)
        stem = shown[: -len(place.suffix)] if place.suffix and shown.endswith(place.suffix) else shown
        return pattern.replace("{area}", shown).replace("{areaStem}", stem)
