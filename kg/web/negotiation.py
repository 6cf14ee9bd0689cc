"""An Accept header and what there is → what to send (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANGE = re.compile(r"\s*(?P<type>[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+)\s*(?P<rest>(?:;(?:[^\",;]|\"(?:\\.|[^\"\\])*\")*)*)\s*")
_QUALITY = re.compile(r";\s*q\s*=\s*(?P<value>[^;\s]*)\s*(?=;|$)", re.IGNORECASE)
_QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"")
_VALUE = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")
_SPLIT = re.compile(r"((?:[^\",]|\"(?:\\.|[^\"\\])*\")+)")


def ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of a header with their qualities; an element that breaks the grammar is as if absent."""
    found = []
    for element in _SPLIT.findall(accept):
        match = _RANGE.fullmatch(element)
        if match is None or (match["type"].startswith("*/") and match["type"] != "*/*"):
            continue
        quality = _QUALITY.search(_QUOTED.sub("", match["rest"]))
        if quality is None:
            found.append((match["type"].lower(), 1.0))
        elif _VALUE.fullmatch(quality["value"]):
            found.append((match["type"].lower(), float(quality["value"])))
    return found


def choose(accept: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the client likes best, of several liked the same the first; None where it accepts none.

    The most specific range decides about an offer. No header, or one without any range, accepts all.
    """
    wanted = ranges(accept or "")
    if not wanted:
        return offers[0] if offers else None
    qualities = [_quality(offer, wanted) for offer in offers]
    best = max(qualities, default=0.0)
    return offers[qualities.index(best)] if best > 0 else None


def _quality(offer: str, wanted: Sequence[tuple[str, float]]) -> float:
    for pattern in (offer, offer.partition("/")[0] + "/*", "*/*"):
        found = [quality for name, quality in wanted if name == pattern]
        if found:
            return max(found)
    return 0.0
