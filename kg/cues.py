"""What a cue of the ontology or an entry of the seeds says to the reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A post title: ``title`` is what the graph says, ``name`` the concept, ``suffixes`` the ends of bodies that have it.

    ``village`` is the pattern of the body in a village that has it; ``area_body`` the kind that it is in right behind the name of an
    area of one of its ``levels`` (自治区主席).
    """

    name: str
    title: str
    rank: int
    single: bool
    weak: bool
    collective: bool
    implies: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    village: str | None = None
    levels: tuple[str, ...] = ()
    area_body: str | None = None


@dataclass(frozen=True, slots=True)
class Modifier:
    """What may stand before a title (副, 代) ; ``status`` is current, former, acting …"""

    name: str
    status: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of body or place. ``open`` where the cue is only a name's end, ``placed`` where a place's name before it makes a name.

    ``of_zones`` where one named alone is no county's. ``belongs``: the kinds of bodies that one whose name holds no proper noun is a
    part of. ``site_first`` where its name is a site's, and a body's only before a title or another body. ``standing``: the kind of the
    body in which the posts with ``standing_titles`` are that are said to be in this one. ``own_pages``: in those of such a body 公司 and
    学校 mean itself.
    """

    name: str
    open: bool
    public: bool = False
    levels: tuple[str, ...] = ()
    short: str | None = None
    formal: str | None = None
    part_of: str | None = None
    ellipsis: bool = False
    top: str = ""
    titled_only: bool = False
    inner: bool = False
    party_unit: bool = False
    placed: bool = False
    belongs: tuple[str, ...] = ()
    of_zones: bool = False
    site_first: bool = False
    others: tuple[str, ...] = ()
    standing: str | None = None
    standing_titles: tuple[str, ...] = ()
    own_pages: bool = False

    def levels_grassroots(self, grassroots: tuple[str, ...]) -> bool:
        """Whether such bodies belong to streets, towns or villages alone."""
        return bool(self.levels) and all(level in grassroots for level in self.levels)


@dataclass(frozen=True, slots=True)
class SiteKind:
    """A kind of place by the end of its name; ``strong`` where a name ending so is a place visited, ``town`` for the level of towns.

    ``worded`` where names are often of ordinary words: 人民路, 幸福桥.
    """

    name: str
    strong: bool
    short: str | None = None
    town: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: ``cls`` is the narrow class; ``verb`` where the cue is a predicate; ``shown`` for a fair or festival, which
    the ceremony reports that opens it or is held with it."""

    name: str
    cls: str
    verb: bool
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Any other cue: ``kind`` is the local name of its ``kg:CueKind``."""

    kind: str
    name: str
    role: str | None = None
    statement: bool = False
    day: int | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """A standing body of the seeds, known without a place before it."""

    name: str
    kind: str
    formal: str | None
    forms: tuple[str, ...]


Entry = Title | Modifier | Kind | SiteKind | EventType | Word | Body | tuple[str, ...]

# Kinds that are asked for as lists of strings alone (by the layout, the calendar, the reader of sites): no page is searched for them.
LISTED = frozenset(
    {
        "BranchCue",
        "BrandCue",
        "BylineBodyCue",
        "BylineSuffixCue",
        "CaptionCue",
        "ClassWordCue",
        "CompanyCue",
        "ContinuationCue",
        "CorpsCue",
        "CountyBodyCue",
        "DivisionCue",
        "DoingCue",
        "EditorCue",
        "FurnitureCue",
        "GenericPlaceCue",
        "GroundCue",
        "LunarCue",
        "NameNoteCue",
        "NotDatelineCue",
        "NoticeHeadCue",
        "PersonSuffixCue",
        "RegimentCue",
        "ShortBodyCue",
        "SourceCue",
        "UnnamedTitleCue",
        "YearBoundCue",
        "YearMatterCue",
    }
)
