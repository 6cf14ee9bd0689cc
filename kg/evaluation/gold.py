"""Annotated articles: what a person found on a page, and when two names count as the same.

One JSON object a line; ``tests/articles/README.md`` says what its keys mean. The rewrites that make
names comparable stand in ``seeds/normalisation.tsv``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.resources import folder

EVENT_CLASSES = ("Meeting", "Inspection", "Ceremony", "Activity", "Event")
_CLASS_OF = {
    "meeting": "Meeting",
    "inspection": "Inspection",
    "visit": "Inspection",
    "ceremony": "Ceremony",
    "signing": "Ceremony",
    "groundbreaking": "Ceremony",
    "activity": "Activity",
    "training": "Activity",
}


class GoldError(ValueError):
    """An annotation that cannot be used: file, line (from 1, or None) and reason."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


@dataclass(frozen=True, slots=True)
class Post:
    """A post as annotated; ``organization`` is None where no body is known."""

    person: str
    organization: str | None
    title: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as annotated. ``participants`` leads from a name to the roles that are right."""

    cls: str
    date: str | None
    trigger: str
    organizer: str | None
    participants: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as annotated. ``begin`` and ``end`` are characters of the page, half-open.

    The ``maybe`` names of a class are neither right nor wrong; ``documents`` is None where nobody looked for them.
    """

    id: str
    page: str
    begin: int
    end: int
    reporters: tuple[str, ...]
    persons: tuple[str, ...]
    organizations: tuple[str, ...]
    maybe_organizations: tuple[str, ...]
    places: tuple[str, ...]
    maybe_places: tuple[str, ...]
    documents: tuple[str, ...] | None
    maybe_documents: tuple[str, ...]
    posts: tuple[Post, ...]
    maybe_posts: tuple[Post, ...]
    events: tuple[GoldEvent, ...]
    maybe_events: tuple[GoldEvent, ...]


def read_gold(paths: Iterable[Path]) -> list[GoldArticle]:
    """All annotated articles of JSON Lines files, in their order.

    Raises GoldError for a file that cannot be read, a line that is no JSON object, and a missing or wrong key.
    """
    return [article for path in paths for article in _articles(path)]


def _articles(path: Path) -> Iterable[GoldArticle]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise GoldError(path, "not UTF-8") from error
    except OSError as error:
        raise GoldError(path, error.strerror or "cannot be read") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _article(json.loads(line))
        except json.JSONDecodeError as error:
            raise GoldError(path, f"no JSON: {error.msg}, column {error.colno}", number) from error
        except KeyError as error:
            raise GoldError(path, f"the key {error} is missing", number) from error
        except (TypeError, ValueError, AttributeError) as error:
            raise GoldError(path, f"not an annotated article: {error}", number) from error


def _article(item: Mapping[str, Any]) -> GoldArticle:
    def names(key: str) -> tuple[str, ...]:
        return tuple(map(str, item.get(key, ())))

    return GoldArticle(
        id=str(item["id"]),
        page=str(item["page"]),
        begin=int(item["begin"]),
        end=int(item["end"]),
        reporters=names("reporters"),
        persons=tuple(map(str, item["persons"])),
        organizations=tuple(map(str, item["organizations"])),
        maybe_organizations=names("organizations_optional"),
        places=tuple(map(str, item["places"])),
        maybe_places=names("places_optional"),
        documents=names("documents") if "documents" in item else None,
        maybe_documents=names("documents_optional"),
        posts=tuple(Post(*post) for post in item["posts"]),
        maybe_posts=tuple(Post(*post) for post in item.get("posts_optional", ())),
        events=tuple(_event(event) for event in item["events"]),
        maybe_events=tuple(_event(event) for event in item.get("events_optional", ())),
    )


def _event(item: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        cls=_CLASS_OF.get(item["type"], "Event"),
        date=item.get("date"),
        trigger=str(item.get("trigger", "")),
        organizer=item.get("organizer"),
        participants={str(name): frozenset(roles) for name, roles in item.get("participants", ())},
    )


@dataclass(frozen=True, slots=True)
class Normalisation:
    """How names are made comparable: ordered rewrites, further accepted forms, party bodies inside titles."""

    rewrites: tuple[tuple[re.Pattern[str], str], ...]
    other_forms: tuple[tuple[re.Pattern[str], str], ...]
    party: tuple[tuple[re.Pattern[str], str], ...]

    def name(self, name: str) -> str:
        """The name without what writers leave out or write differently."""
        text = unicodedata.normalize("NFKC", name)
        for pattern, replacement in self.rewrites:
            text = pattern.sub(replacement, text)
        return text

    def forms(self, name: str) -> frozenset[str]:
        """The normalised ways in which an annotated name may be written."""
        plain = self.name(name)
        return frozenset([plain, *(pattern.sub(replacement, plain) for pattern, replacement in self.other_forms)])

    def post(self, organization: str | None, title: str) -> tuple[str | None, str]:
        """Body and title with a party body moved from the title to the body: both ways of writing are one post."""
        for pattern, replacement in self.party:
            match = pattern.match(title)
            if match and organization is not None:
                return organization + match.expand(replacement), title[match.end() :]
        return organization, title


@cache
def normalisation() -> Normalisation:
    """The rules of ``seeds/normalisation.tsv``. Raises GoldError for a rule that cannot be used."""
    path = folder("seeds") / "normalisation.tsv"
    rules: dict[str, list[tuple[re.Pattern[str], str]]] = {"rewrite": [], "form": [], "post": []}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#") or line == "rule\tpattern\treplacement":
            continue
        rule, pattern, replacement = _columns(line)
        try:
            rules[rule].append((re.compile(pattern), replacement))
        except (KeyError, re.error) as error:
            raise GoldError(path, f"not a rule: {error}", number) from error
    return Normalisation(*(tuple(rules[rule]) for rule in ("rewrite", "form", "post")))


def _columns(line: str) -> Sequence[str]:
    """Three columns; the last may be empty, and editors drop a tab at a line's end."""
    return [*line.split("\t"), "", ""][:3]
