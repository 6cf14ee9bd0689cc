"""What the stages hand on: frozen dataclasses, from the page to the facts.

All offsets are characters (Unicode code points), from 0, half-open. *Text* offsets count in the
unwrapped text of one article; *page* offsets count in the input as it was read.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from datetime import date

from kg.values import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One input as it was read. ``name`` is the file's name without folders.

    ``given`` where the user gave the issue date: it then wins over a date that the page prints.
    """

    name: str
    text: str
    issue_date: date | None = None
    given: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page, its broken lines joined.

    ``text`` holds the headline's lines, then the paragraphs, one a line. ``starts[i]`` is the text
    offset at which the i-th piece of the page begins, ``origins[i]`` that piece's page offset.
    ``headline`` and ``alternative`` are text spans; ``body`` is the text offset of the first paragraph.
    ``source`` is the page's whole text, from which words are quoted; without it they are those of ``text``.
    """

    page: str
    begin: int
    end: int
    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    body: int
    headline: tuple[int, int] | None = None
    alternative: tuple[int, int] | None = None
    bylines: tuple[tuple[int, int], ...] = ()
    commentary: bool = False
    issue_date: date | None = None
    source: str | None = None

    def origin(self, offset: int) -> int:
        """The page offset of the character at a text offset."""
        i = bisect_right(self.starts, offset) - 1
        return self.origins[i] + offset - self.starts[i]

    def span(self, begin: int, end: int) -> tuple[int, int]:
        """The page span of a non-empty text span."""
        return self.origin(begin), self.origin(end - 1) + 1

    def quote(self, begin: int, end: int) -> tuple[int, int, str]:
        """The page span of a non-empty text span, and the page's words there."""
        first, last = self.span(begin, end)
        return first, last, self.source[first:last] if self.source is not None else self.text[begin:end]


@dataclass(frozen=True, slots=True)
class When:
    """A day, month or year. ``year`` is None where it cannot be known; ``basis`` says how it was."""

    month: int | None
    day: int | None
    year: int | None
    basis: str | None = None
    end_month: int | None = None
    end_day: int | None = None

    def literal(self) -> tuple[str, str] | None:
        """Lexical form and XSD type of the first day, or None where nothing is known."""
        return _literal(self.year, self.month, self.day)

    def end_literal(self) -> tuple[str, str] | None:
        """The same for the last day of a span of days; None for a single day."""
        if self.end_day is None:
            return None
        year = self.year
        if year is not None and self.end_month is not None and self.month is not None and self.end_month < self.month:
            year += 1
        return _literal(year, self.end_month or self.month, self.end_day)


def _literal(year: int | None, month: int | None, day: int | None) -> tuple[str, str] | None:
    if month is not None and day is not None:
        if year is None:
            return f"--{month:02d}-{day:02d}", "gMonthDay"
        return f"{year:04d}-{month:02d}-{day:02d}", "date"
    if year is None:
        return None
    if month is not None:
        return f"{year:04d}-{month:02d}", "gYearMonth"
    return f"{year:04d}", "gYear"


@dataclass(frozen=True, slots=True)
class Place:
    """A place: an area of the gazetteer (``area`` is its code), or a named site inside one. ``forms`` are other names of a site."""

    name: str
    area: str | None
    site: bool = False
    forms: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        parts = [p for p in (self.area, self.name if self.site else None) if p]
        return "/".join(parts) or self.name


@dataclass(frozen=True, slots=True)
class Organization:
    """A body. ``area`` is the code of its seat, ``path`` the IRI's path under ``org/``.

    ``kind`` is the local name of its ``kind:`` concept; ``forms`` are the other names met or formal.
    """

    name: str
    path: str
    area: str | None = None
    kind: str | None = None
    formal: str | None = None
    forms: tuple[str, ...] = ()
    parent: Organization | None = None
    public: bool = True
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text that name a thing."""

    begin: int
    end: int
    thing: Organization | Place | str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person seen in a post. ``former`` is True for 原 and 时任 posts."""

    person: str
    organization: Organization | None
    title: str
    begin: int
    end: int
    concept: str | None = None
    confidence: float = 1.0
    former: bool = False
    started: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Participation:
    """A person or body in a role (local name of a ``kg:Role``) of an event."""

    participant: str | Organization
    role: str
    begin: int
    end: int
    order: int
    confidence: float = 1.0
    capacity: Tenure | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said: ``verb`` as printed, ``text`` the words, the span of both."""

    speaker: str
    verb: str
    text: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: narrow class, type concept, when, where, by whom."""

    kind: str
    type: str | None
    name: str
    begin: int
    end: int
    when: When | None
    area: str | None
    place: Place | None = None
    organizer: Organization | Place | None = None
    participations: tuple[Participation, ...] = ()
    statements: tuple[Statement, ...] = ()
    about: tuple[str, ...] = ()
    super_event: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one article says."""

    article: Article
    locality: str | None
    published: date | None = None
    reporters: tuple[Mention, ...] = ()
    persons: tuple[Mention, ...] = ()
    organizations: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    documents: tuple[Mention, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    events: tuple[Event, ...] = field(default=())
    impossible_days: tuple[tuple[int, int], ...] = ()
