"""Literals as they are written, in a pyoxigraph store.

A store keeps numbers and times by value ("6.0" comes back as "6"), and a query compares them so; SHACL compares terms. In a store that is
asked for core constraints, literals of the datatypes of XML Schema get another datatype, which pyoxigraph does not know and leaves alone.
Two functions for such queries read them: whether a literal is written as its datatype demands, and which of two comes first.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import Any, Final

import pyoxigraph as ox

from kg.engines.lexical import NUMBERS, is_ill_typed
from kg.engines.results import Term
from kg.namespaces import PREFIXES

RIGHT: Final = "urn:x-fangzhi:right"
ORDER: Final = "urn:x-fangzhi:order"
_XSD, _WRITTEN = PREFIXES["xsd"], "urn:x-fangzhi:written:"
_BEGIN, _OTHER = f'"^^<{_XSD}'.encode(), f'"^^<{_WRITTEN}'.encode()
_ALONE = Lock()
_YES, _NO = ox.Literal(True), ox.Literal(False)


def as_written(term: Term) -> Term:
    if isinstance(term, ox.Literal) and (name := datatype(term.datatype.value)) != term.datatype.value:
        return ox.Literal(term.value, datatype=ox.NamedNode(name))
    return term


def datatype(iri: str) -> str:
    """The datatype that stands for one in the store."""
    return _WRITTEN + iri.removeprefix(_XSD) if iri.startswith(_XSD) and iri != _XSD + "string" else iri


def meant(term: Term) -> Term:
    """The literal that was written."""
    if isinstance(term, ox.Literal) and term.datatype.value.startswith(_WRITTEN):
        return ox.Literal(term.value, datatype=ox.NamedNode(_XSD + term.datatype.value.removeprefix(_WRITTEN)))
    return term


def line_as_written(statement: bytes) -> bytes:
    """A statement of N-Triples without the dot that ends with the datatype of a literal."""
    at = statement.rfind(_BEGIN)
    if at < 0:
        return statement
    name = statement[at + len(_BEGIN) :]
    return statement[: at + 1] if name == b"string>" else statement[:at] + _OTHER + name


def _right(literal: Any) -> ox.Literal:
    return _NO if is_ill_typed(meant(literal)) else _YES


@lru_cache(maxsize=1 << 16)
def _order(value: Any, limit: Any) -> ox.Literal | None:
    """Below 0, 0 or above 0, as for pySHACL; None where there is no order."""
    one, other = meant(value), meant(limit)
    if not isinstance(one, ox.Literal) or not isinstance(other, ox.Literal):
        return None
    if one.datatype.value in NUMBERS and other.datatype.value in NUMBERS:
        if is_ill_typed(one) or is_ill_typed(other):
            return None
        first, second = _number(one), _number(other)
        if first.is_nan() or second.is_nan():
            return None
        return ox.Literal(0 if first == second else 1 if first > second else -1)
    compare = _compare()
    with _ALONE:
        order = compare(one, other)
    return None if order is None else ox.Literal(order)


@lru_cache(maxsize=1)
def _compare() -> Callable[[ox.Literal, ox.Literal], int | None]:
    """With rdflib and pySHACL, which take their time.

    In a thread of their own: the import leaves frames in circles, which would hold those before them, and of a query's solutions pyoxigraph
    complains when another thread lets them go.
    """

    def loaded() -> Callable[[ox.Literal, ox.Literal], int | None]:
        from kg.engines import reference

        return reference.order

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(loaded).result()


def _number(literal: ox.Literal) -> Decimal:
    """A float as the number that it is."""
    if literal.datatype.value in (_XSD + "double", _XSD + "float"):
        return Decimal(float(literal.value))
    return Decimal(literal.value)


FUNCTIONS: dict[ox.NamedNode, Callable[..., Any]] = {ox.NamedNode(RIGHT): _right, ox.NamedNode(ORDER): _order}
