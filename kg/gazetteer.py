"""Places and names known beforehand: divisions, functional areas, foreign places, surnames, given names.

Read from ``seeds/gazetteer.bin``, which ``seeds/build.py`` makes of the tables in ``seeds/``. The file is one zlib stream of
UTF-8 text: tables parted by GS, their columns by RS, cells by line feeds. The columns stay lists of strings, an `Area` is made
when it is asked for, so that 49,000 areas load in under 60 ms.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.resources import folder

_BY_OTHER_NAMES = ("town", "functional")


@dataclass(frozen=True, slots=True)
class Area:
    """One place. ``id`` is what follows ``place/`` in its IRI: 33, 3307, 330782, 330782001, 4101/经开区, JP, region/川渝.

    ``level`` is province, prefecture, county, town, functional, region, country or foreign; ``suffix`` the level word with which
    the full name ends (自治县 ends with 县), empty for foreign places. ``since`` and ``until`` are the first and the last year
    of the name under that code; 1981, the source's first year, means 1981 or before. ``until`` is None for what exists.
    ``risky`` and ``short_risky`` say that the full or the short name is an ordinary word too, and needs its context.
    """

    id: str
    name: str
    short: str
    alternatives: tuple[str, ...]
    level: str
    suffix: str
    parent: str | None
    since: int | None
    until: int | None
    successor: str | None
    risky: bool
    short_risky: bool

    @property
    def current(self) -> bool:
        return self.until is None

    @property
    def forms(self) -> tuple[str, ...]:
        """Full name, short name and further usual forms, each once."""
        return tuple(dict.fromkeys((self.name, self.short, *self.alternatives)))

    @property
    def of_bodies(self) -> tuple[str, ...]:
        """Of the alternatives those that names of bodies have too: each of a town's or zone's (仲恺高新区), else with its level (博州)."""
        if self.level in _BY_OTHER_NAMES:
            return self.alternatives
        return tuple(other for other in self.alternatives if self.suffix and other.endswith(self.suffix))


class Areas(Mapping[str, Area]):
    """Areas above the towns in whole columns; the towns' columns are split when the first town is asked for."""

    def __init__(self, areas: list[list[str]], towns: list[str]) -> None:
        self._areas = areas
        self._first_town = len(areas[0])
        self._town_text = towns
        ids = areas[0] + towns[0].split("\n")
        self._rows = dict(zip(ids, range(len(ids)), strict=True))
        self._made: dict[str, Area] = {}
        self._town_columns: list[list[str]] | None = None

    @property
    def _towns(self) -> list[list[str]]:
        # Not cached_property: mypyc makes a plain property of one.
        columns = self._town_columns
        if columns is None:
            columns = self._town_columns = [column.split("\n") for column in self._town_text[1:]]
        return columns

    def __getitem__(self, id: str) -> Area:
        known = self._made.get(id)
        if known is None:
            known = self._made[id] = self._make(id)
        return known

    def _make(self, id: str) -> Area:
        row = self._rows[id]
        town = row - self._first_town
        if town >= 0:
            name, others, suffix, parent, risky = (column[town] for column in self._towns)
            forms = tuple(others.split("|")) if others else ()
            return Area(id, name, name, forms, "town", suffix, parent, None, None, None, risky == "1", risky == "1")
        _, name, short, others, level, suffix, parent, since, until, successor, risky, short_risky = (column[row] for column in self._areas)
        return Area(
            id=id,
            name=name,
            short=short,
            alternatives=tuple(others.split("|")) if others else (),
            level=level,
            suffix=suffix,
            parent=parent or None,
            since=int(since) if since else None,
            until=int(until) if until else None,
            successor=successor or None,
            risky=risky == "1",
            short_risky=short_risky == "1",
        )

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def parent(self, id: str) -> str | None:
        row = self._rows[id]
        town = row - self._first_town
        return (self._towns[3][town] if town >= 0 else self._areas[6][row]) or None

    def suffix(self, id: str) -> str:
        row = self._rows[id]
        town = row - self._first_town
        return self._towns[2][town] if town >= 0 else self._areas[5][row]


class _Names(Mapping[str, tuple[str, ...]]):
    def __init__(self, names: list[str], ids: list[str]) -> None:
        self._ids = dict(zip(names, ids, strict=True))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        ids = self._ids[name]
        return tuple(ids.split(" ")) if " " in ids else (ids,)

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All that the seeds know.

    ``names`` leads from every full, short and alternative name to area ids, current ones first, then higher levels; ``risky``
    are those among the names that are ordinary words too (of whatever form). ``surnames`` have their frequency, ``given`` the
    shares per ten thousand of a character as a single given name, as the first and as the second of two. ``not_names`` are
    words of two or three characters that begin like a name, with their frequency; ``maybe_names`` those that are names as well.
    ``abbreviations`` (豫 → 41) are no names in running text, save those ``in_text`` behind a word of place or movement (来豫);
    ``regions`` (region/川渝 → 51, 50) are.
    """

    areas: Areas
    names: Mapping[str, tuple[str, ...]]
    risky: frozenset[str]
    surnames: Mapping[str, int]
    given: Mapping[str, tuple[float, float, float]]
    not_names: Mapping[str, int]
    maybe_names: frozenset[str]
    abbreviations: Mapping[str, str]
    in_text: frozenset[str]
    regions: Mapping[str, tuple[str, ...]]

    def ancestors(self, id: str) -> tuple[str, ...]:
        """The areas that contain this one, nearest first, up to the province or country. Raises KeyError for an unknown id."""
        found = []
        parent = self.areas.parent(id)
        while parent is not None:
            found.append(parent)
            parent = self.areas.parent(parent)
        return tuple(found)

    def contains(self, a: str, b: str) -> bool:
        """Whether area ``a`` contains area ``b`` or is the same; a region contains what its members contain."""
        inner = (b, *self.ancestors(b))
        return a in inner or any(member in inner for member in self.regions.get(a, ()))

    def label(self, id: str) -> str:
        """The full name of an area. Raises KeyError for an unknown id."""
        return self.areas[id].name


def _columns(table: str) -> list[list[str]]:
    return [column.split("\n") for column in table.split("\x1e")]


@cache
def load() -> Gazetteer:
    """The gazetteer of this installation. Raises FileNotFoundError where ``seeds/gazetteer.bin`` is missing."""
    text = zlib.decompress((folder("seeds") / "gazetteer.bin").read_bytes()).decode("utf-8")
    area_columns, town_columns, *rest = text.split("\x1d")
    names, risky, surnames, given, words, abbreviations, regions = (_columns(table) for table in rest)
    areas = Areas(_columns(area_columns), town_columns.split("\x1e"))
    return Gazetteer(
        areas=areas,
        names=_Names(names[0], names[1]),
        risky=frozenset(risky[0]),
        surnames=dict(zip(surnames[0], map(int, surnames[1]), strict=True)),
        given={character: (float(single), float(first), float(second)) for character, single, first, second in zip(*given, strict=True)},
        not_names=dict(zip(words[0], map(int, words[1]), strict=True)),
        maybe_names=frozenset(word for word, plausible in zip(words[0], words[2], strict=True) if plausible == "1"),
        abbreviations=dict(zip(abbreviations[0], abbreviations[1], strict=True)),
        in_text=frozenset(char for char, spoken in zip(abbreviations[0], abbreviations[2], strict=True) if spoken == "1"),
        regions={f"region/{name}": tuple(ids.split("|")) for name, ids in zip(regions[0], regions[1], strict=True)},
    )
