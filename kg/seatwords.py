"""What the lexicon says of lists, levels and committees to whoever asks in which body a post is."""

from __future__ import annotations

from collections import Counter

from kg.antecedents import Antecedents
from kg.lexicon import Lexicon
from kg.offsets import Affixes
from kg.values import dataclass

# 督察组, 指挥部: so long are the ends of teams' names.
TEAM = 3
_SEPARATORS = "、，,；; \u3000"


@dataclass(frozen=True, slots=True)
class SeatWords:
    """What the lexicon says of lists, levels and committees."""

    joiners: frozenset[str]
    separators: str
    committee_titles: frozenset[str]
    high_levels: tuple[str, ...]
    grassroots: tuple[str, ...]
    towns: Affixes
    levels: Affixes
    antecedents: Antecedents
    party: frozenset[str]
    party_cues: tuple[str, ...]
    zone_ends: tuple[str, ...]
    zones: tuple[str, ...]
    teams: tuple[str, ...]
    passing: frozenset[str]
    temporary: str

    def passes(self, lexicon: Lexicon, end: str) -> bool:
        """Whether a word is the end of the names of bodies that are set up for a time: 领导小组, 指挥部."""
        return any(kind.top == self.temporary for kind in lexicon.ends.get(end, ()))

    @classmethod
    def of(cls, lexicon: Lexicon) -> SeatWords:
        """The words of a lexicon. Titles of committees are those whose bodies' ends name a Party unit (党委, 党组)."""
        joiners = lexicon.of_kind("ListJoinerCue")
        # The class that most of the teams are of is that of bodies set up for a time.
        teams = Counter(kind.top for word in lexicon.of_kind("TeamCue") for kind in lexicon.ends.get(word, ()))
        party = {cue for kind in lexicon.kinds.values() if kind.party_unit for cue in lexicon.kind_cues.get(kind.name, ())}
        return cls(
            frozenset(["、", *joiners]),
            _SEPARATORS + "".join(w for w in joiners if len(w) == 1),
            frozenset(title.name for title in lexicon.titles.values() if party & set(title.suffixes)),
            tuple(w for w in lexicon.levels if w not in lexicon.grassroots),
            lexicon.grassroots,
            Affixes(lexicon.grassroots),
            Affixes(lexicon.levels),
            Antecedents(lexicon),
            frozenset(kind.top for kind in lexicon.kinds.values() if kind.party_unit),
            tuple(sorted(party)),
            tuple(cue for kind in lexicon.kinds.values() if kind.of_zones for cue in lexicon.kind_cues.get(kind.name, ())),
            tuple(lexicon.functional),
            tuple(lexicon.of_kind("TeamCue")),
            frozenset(teams),
            max(teams, key=lambda top: teams[top]),
        )
