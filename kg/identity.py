"""Names → IRIs: functions of what the article says and of the seeds, never of what was read before."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from kg.model import Article, Organization, Place, When
from kg.namespaces import ID
from kg.octets import octets

# All but what RFC 3987 lets stand in a path segment (iunreserved, sub-delims, ":", "@"), and of that without white space,
# invisible and direction marks, and the specials: nobody could see or copy those.
_ILLEGAL = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdcf"
    r"\ufdf0-\ufefe\uff00-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)
_ILLEGAL_IN_PATH = re.compile(f"(?!/){_ILLEGAL.pattern}")
_DOTS = re.compile(r"(?:^|(?<=/))\.{1,2}(?=/|$)")
_FEWEST = 4  # characters that a name needs to tell one event of a place and day from another


def _encoded(words: str) -> str:
    return "".join(f"%{byte:02X}" for byte in words.encode("utf-8", "surrogatepass"))


def escape(words: str) -> str:
    """Words as one segment of an IRI: Chinese stays readable, what may not stand there is percent-encoded, ``/`` too.

    Different words stay different; ``urllib.parse.unquote`` gives them back.
    """
    return _dotless(_ILLEGAL.sub(lambda match: _encoded(match[0]), words))


def escape_path(path: str) -> str:
    """The same for several segments joined by ``/``."""
    return _dotless(_ILLEGAL_IN_PATH.sub(lambda match: _encoded(match[0]), path))


def _dotless(path: str) -> str:
    # Software that resolves IRIs would take the segments . and .. away.
    return _DOTS.sub(lambda match: _encoded(match[0]), path) if "." in path else path


@lru_cache(maxsize=65536)
def _segment(words: str) -> str:
    return octets(escape(words))


@lru_cache(maxsize=65536)
def _path(path: str) -> str:
    return octets(escape_path(path))


class Minter:
    """Mints the IRIs under one base; they are octets."""

    def __init__(self, base: str = ID) -> None:
        self.base = octets(base)
        self._person = f"{self.base}person/"

    def article(self, article: Article) -> str:
        """A hash of the article's text without white space."""
        words = "".join(article.text.split())
        return f"{self.base}article/{hashlib.sha256(words.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def place(self, place: Place) -> str:
        return f"{self.base}place/{_path(place.path)}"

    def area(self, code: str) -> str:
        return f"{self.base}place/{_path(code)}"

    def organization(self, organization: Organization) -> str:
        return f"{self.base}org/{_path(organization.path)}"

    def person(self, name: str, area: str | None) -> str:
        """``area`` is the prefecture, the province for provincial office, or None for central office."""
        return f"{self._person}{_path(area or 'cn')}/{_segment(name)}"

    def person_of(self, article: str, name: str) -> str:
        """A person of whom nothing but the article (its IRI) is known."""
        return f"{article}/person/{_segment(name)}"

    def document(self, name: str) -> str:
        return f"{self.base}document/{_segment(name)}"

    def post(self, organization: Organization, title: str) -> str:
        return f"{self.base}post/{_path(organization.path)}/{_segment(title)}"

    def tenure(self, person: str, organization: Organization | None, title: str) -> str:
        """``person`` is the person's IRI. A tenure in no known body is told by person and title."""
        path = f"{_path(organization.path)}/" if organization is not None else ""
        return f"{self.base}tenure/{person.removeprefix(self._person).removeprefix(self.base)}/{path}{_segment(title)}"

    def event(self, article: str, index: int, cls: str, when: When | None, area: str | None, name: str) -> str:
        """Class, date, area and name, so that two papers on one meeting meet; where one is missing, the article's own."""
        literal = when.literal() if when else None
        if literal is None or area is None or literal[1] != "date" or len(name) < _FEWEST:
            return f"{article}/event/{index}"
        return f"{self.base}event/{cls}/{literal[0]}/{_path(area)}/{_segment(name)}"

    def participation(self, event: str, role: str, name: str) -> str:
        """``event`` is the event's IRI, ``role`` the local name of the role."""
        return f"{event}/participation/{role}/{_segment(name)}"

    def statement(self, article: str, begin: int) -> str:
        return f"{article}/statement/{begin}"
