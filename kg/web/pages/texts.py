"""The words of the pages, from ``texts.toml``: one language is chosen for each request."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request

LANGUAGES: Final = ("zh", "en")
_COOKIE: Final = "lang"


@cache
def texts() -> dict[str, dict[str, str]]:
    """All words: by key, then by language."""
    return tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))


def text(language: str, key: str, **values: object) -> str:
    """The words of a key in a language, with its braces filled in. Raises KeyError for a key that is not there."""
    words = texts()[key][language]
    return words.format(**values) if values else words


def known(key: str) -> bool:
    """Whether there are words of this key."""
    return key in texts()


def language_of(request: Request, default: str) -> str:
    """What the address says, else the cookie, else the browser where it knows only one of the two, else the server's own."""
    for wish in (request.query_params.get("lang"), request.cookies.get(_COOKIE)):
        if wish in LANGUAGES:
            return wish
    preferred = [part.partition(";")[0].strip().lower()[:2] for part in request.headers.get("accept-language", "").split(",")]
    spoken = [language for language in preferred if language in LANGUAGES]
    return spoken[0] if spoken else default
