"""Whether a literal is written as its datatype demands.

``sh:datatype`` asks that of the datatypes of SPARQL 1.1. rdflib, and so pySHACL, takes some wrong forms for right
("2023-02-28T00:00:00"^^xsd:date, "1e3"^^xsd:decimal, " 1"^^xsd:integer); with this check all engines find the same.
Grammar: XML Schema 1.1, part 2. Datatypes that are not listed here (gYear, anyURI, those of others) are never ill-typed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache

import pyoxigraph as ox

from kg.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_DATE = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_SECONDS = r"[0-9]+(?:\.[0-9]+)?S"
_HOURS = rf"T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:{_SECONDS})?"
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DATED = {"date": re.compile(_DATE + _ZONE), "dateTime": re.compile(f"{_DATE}T{_TIME}{_ZONE}")}
_FORMS = {
    "boolean": re.compile("true|false|1|0"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "double": _FLOAT,
    "float": _FLOAT,
    "time": re.compile(_TIME + _ZONE),
    "duration": re.compile(rf"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_HOURS})?"),
}
_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in (("byte", 8), ("short", 16), ("int", 32), ("long", 64))},
    **{f"unsigned{name}": (0, 2**bits - 1) for name, bits in (("Byte", 8), ("Short", 16), ("Int", 32), ("Long", 64))},
}

NUMBERS = frozenset(_XSD + name for name in (*_RANGES, "decimal", "double", "float"))


@lru_cache(maxsize=1 << 16)
def is_ill_typed(literal: ox.Literal) -> bool:
    if not literal.datatype.value.startswith(_XSD):
        return False
    name, text = literal.datatype.value.removeprefix(_XSD), literal.value
    if name in _FORMS:
        return not _FORMS[name].fullmatch(text)
    if name in _DATED:
        return not _is_day(_DATED[name].fullmatch(text))
    if name in _RANGES:
        low, high = _RANGES[name]
        # int() has its own limit of digits; a number beyond it is outside of every range but the open ones.
        if not _INTEGER.fullmatch(text):
            return True
        number = int(text) if len(text) < 4000 else (-(10**100) if text.startswith("-") else 10**100)
        return (low is not None and number < low) or (high is not None and number > high)
    return False


def _is_day(match: re.Match[str] | None) -> bool:
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    # Leap years repeat every 400 years; monthrange knows the years 1 to 9999.
    return 1 <= day <= monthrange(2000 + year % 400, month)[1]
