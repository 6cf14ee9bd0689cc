"""Literals that a pyoxigraph store gives back otherwise than they were written.

It keeps numbers and times by value: "6.0"^^xsd:decimal comes back as "6", and every type of whole number as xsd:integer. A query that
tells such literals apart would answer otherwise than SHACL demands, so they are noted when a store is filled, by predicate.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from kg.engines.sparql import Constraint
from kg.namespaces import PREFIXES

RESPELLED = "respelled"
_TYPED = f'"^^<{PREFIXES["xsd"]}'.encode()
_USUAL = re.compile(rb"0|-?[1-9][0-9]{0,17}")
_DAY = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = frozenset(
    b"integer nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger byte short int long"
    b" unsignedByte unsignedShort unsignedInt unsignedLong".split()
)
_BY_VALUE = _WHOLE | frozenset(
    b"decimal double float boolean date dateTime time gYear gMonth gDay gYearMonth gMonthDay duration dayTimeDuration"
    b" yearMonthDuration dateTimeStamp".split()
)


class Spellings:
    """For each predicate what becomes of its literals: RESPELLED, or the types of its whole numbers."""

    def __init__(self) -> None:
        self._found: dict[bytes, set[str]] = defaultdict(set)

    def note(self, predicate: bytes, line: bytes) -> None:
        """A statement whose object is a literal, without what stands behind it."""
        becomes = _becomes(line[line.index(b'"') :])
        if becomes is not None:
            self._found[predicate].add(becomes)

    def of(self, predicates: Iterable[bytes]) -> set[str]:
        return set().union(*(self._found.get(p, ()) for p in predicates))


@lru_cache(maxsize=1 << 15)
def _becomes(literal: bytes) -> str | None:
    at = literal.rfind(_TYPED)
    text, name = literal[1:at], literal[at + len(_TYPED) : -1]
    if at < 0 or name not in _BY_VALUE:
        return None
    if name in _WHOLE and _USUAL.fullmatch(text):
        return name.decode()
    return RESPELLED if not (name == b"date" and _DAY.fullmatch(text)) and _respelled(text, name) else None


def _respelled(text: bytes, datatype: bytes) -> bool:
    line = b'<x:s> <x:p> "' + text + _TYPED + datatype + b"> .\n"
    store = ox.Store()
    store.load(line, ox.RdfFormat.N_TRIPLES)
    (written,) = ox.parse(line, ox.RdfFormat.N_TRIPLES)
    return ox.Quad(*written.triple) not in set(store)


def clash(spellings: set[str], query: Constraint) -> str | None:
    """Why a query that asks for literals so spelled may answer otherwise; None if it cannot."""
    if RESPELLED in spellings:
        return "numbers or times that are not in their shortest form"
    if len(spellings) > 1 and _joins_literals(query):
        return "whole numbers of several types, in a query that compares them"
    if spellings - {"integer"} and any(kind == "word" and word.upper() in ("DATATYPE", "SAMETERM") for kind, word in query.tokens):
        return "whole numbers of a narrower type, in a query about types"
    return None


def _joins_literals(query: Constraint) -> bool:
    """Whether a variable that may be a literal, being nowhere a subject, is an object twice."""
    objects: Counter[str] = Counter()
    subjects, depth, before = set(), 0, "{"
    for kind, value in query.body:
        depth += {"(": 1, ")": -1}.get(value, 0) if kind == "mark" else 0
        if kind == "variable" and before in (".", "{", "}"):
            subjects.add(value[1:])
        elif kind == "variable" and depth == 0:
            objects[value[1:]] += 1
        before = value
    return any(count > 1 and name not in subjects for name, count in objects.items())


def retyped(values: Iterable[ox.Literal], spellings: set[str]) -> bool:
    """Whether some results are whole numbers of which the type is lost."""
    return bool(spellings - {"integer"}) and any(v.datatype.value == PREFIXES["xsd"] + "integer" for v in values)
