"""Names → IRIs: functions of what the article says and of the seeds, never of what was read before."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from kg.model import Article, Organization, Place, When
from kg.namespaces import ID

_ILLEGAL = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f-\xa0%#?\[\]\u2028\u2029\ufff0-\uffff\ue000-\uf8ff]")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=65536)
def escape(words: str) -> str:
    """Words as part of an IRI: Chinese stays readable, what an IRI may not hold is percent-encoded."""
    return _ILLEGAL.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode("utf-8", "replace")), words)


class Minter:
    """Mints the IRIs under one base."""

    def __init__(self, base: str = ID) -> None:
        self.base = base

    def article(self, article: Article) -> str:
        """A hash of the article's text without white space."""
        digest = hashlib.sha256(_SPACE.sub("", article.text).encode("utf-8", "replace")).hexdigest()
        return f"{self.base}article/{digest[:16]}"

    def place(self, place: Place) -> str:
        return f"{self.base}place/{escape(place.path)}"

    def area(self, code: str) -> str:
        return f"{self.base}place/{escape(code)}"

    def organization(self, organization: Organization) -> str:
        return f"{self.base}org/{escape(organization.path)}"

    def person(self, name: str, area: str | None) -> str:
        """``area`` is the prefecture, the province for provincial office, or None for central office."""
        return f"{self.base}person/{escape(area or 'cn')}/{escape(name)}"

    def document(self, name: str) -> str:
        return f"{self.base}document/{escape(name)}"

    def post(self, organization: Organization, title: str) -> str:
        return f"{self.base}post/{escape(organization.path)}/{escape(title)}"

    def tenure(self, person: str, organization: Organization | None, title: str) -> str:
        """``person`` is the person's IRI."""
        path = f"{escape(organization.path)}/" if organization is not None else ""
        return f"{self.base}tenure/{person[len(self.base) + len('person/'):]}/{path}{escape(title)}"

    def event(self, article: str, index: int, cls: str, when: When | None, area: str | None, name: str) -> str:
        """Class, date, area and name, so that two papers on one meeting meet; where one is missing, the article's own."""
        literal = when.literal() if when else None
        if literal is None or area is None or literal[1] not in ("date",) or len(name) < 4:
            return f"{article}/event/{index}"
        return f"{self.base}event/{cls}/{literal[0]}/{escape(area)}/{escape(name)}"
