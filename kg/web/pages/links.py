"""IRIs of the store ↔ addresses under the server."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from kg.namespaces import ID, ONTOLOGY, SITE
from kg.web.nodes import SAFE

_EVIDENCE: Final = re.compile(r"(?P<article>.*)#char=(?P<begin>\d+),(?P<end>\d+)")


def path_of(iri: str, base: str = ID) -> str | None:
    """The address of a node under the server, percent-encoded; None for an IRI that is another's."""
    if iri.startswith(ONTOLOGY):
        rest = iri[len(SITE) :]
    elif iri.startswith(base):
        match = _EVIDENCE.fullmatch(iri)
        if match is not None:
            return evidence_path(match["article"], int(match["begin"]), int(match["end"]), base)
        rest = iri[len(base) :]
    else:
        return None
    main, sharp, fragment = rest.partition("#")
    return f"/{quote(main, safe=SAFE)}" + (f"#{quote(fragment, safe=SAFE)}" if sharp else "")


def evidence_path(article: str, begin: int, end: int, base: str = ID) -> str | None:
    """The address that opens an article at some words: marked by the server, and scrolled to by the browser."""
    path = path_of(article, base)
    return path and f"{path}?at={begin},{end}#char={begin},{end}"


def short_of(iri: str, base: str = ID) -> str:
    """The short form of a node's IRI for a parameter in an address, not percent-encoded."""
    return iri[len(base) :] if iri.startswith(base) else iri


def name_of(iri: str, base: str = ID) -> str:
    """What to call a node that has no label: the end of its IRI."""
    rest = short_of(iri, base)
    if "://" in rest:
        rest = re.split(r"[/#]", rest.rstrip("/#"))[-1]
    return unquote(rest)
