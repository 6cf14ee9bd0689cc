"""Query results as text: a table for people, CSV, TSV and JSON by SPARQL's own formats, Turtle.

The same result gives the same bytes. CSV, TSV and JSON keep full terms; the table shortens IRIs
and drops control characters, so that no name can move a terminal's cursor.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from kg.namespaces import ID, PREFIXES, prefixed
from kg.query import QueryError, Result

FORMATS = ("table", "csv", "tsv", "json", "turtle")
_SERIALIZERS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}
_NUMERIC = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float"))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def render(result: Result, form: str = "table", base: str = ID) -> str:
    """The result in one of FORMATS, with a line end. Raises QueryError where the format does not fit."""
    if form not in FORMATS:
        raise QueryError(f"unknown format {form!r}; known: {', '.join(FORMATS)}")
    if isinstance(result, QueryBoolean):
        if form == "turtle":
            raise QueryError("an ASK query has a yes or no, no triples: choose table, csv, tsv or json")
        return _text(result.serialize(format=_SERIALIZERS[form if form != "table" else "csv"]))
    if isinstance(result, QuerySolutions):
        if form == "turtle":
            raise QueryError("a SELECT query has rows, no triples: choose another format, or write a CONSTRUCT")
        if form != "table":
            return _text(result.serialize(format=_SERIALIZERS[form]))
        names = [variable.value for variable in result.variables]
        return table(names, [[row[name] for name in names] for row in result], base)
    triples = sorted(set(result), key=str)
    if form == "turtle":
        return turtle(triples)
    if form == "table":
        return table(["subject", "predicate", "object"], [list(triple) for triple in triples], base)
    raise QueryError(f"a CONSTRUCT or DESCRIBE query has triples, no rows for {form}: choose turtle or table")


def _text(data: bytes | None) -> str:
    text = (data or b"").decode("utf-8")
    return text if text.endswith("\n") else text + "\n"


def turtle(triples: Iterable[Triple]) -> str:
    """Turtle whose prefix lines are sorted and needed (pyoxigraph writes them in no fixed order)."""
    text = _text(serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES)))
    lines = text.splitlines(keepends=True)
    start = next((i for i, line in enumerate(lines) if not line.startswith("@prefix ")), len(lines))
    body = "".join(lines[start:])
    used = [line for line in sorted(lines[:start]) if re.search(rf"(?<![\w:/-]){re.escape(line.split()[1])}", body)]
    return "".join(used) + body


def cell(term: object, base: str = ID) -> str:
    """One term for a person: a literal's value, an IRI short under the base or by its prefix."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return short(term.value, base)
    value = term.value if isinstance(term, (Literal, BlankNode)) else str(term)
    return _CONTROL.sub(" ", value).strip()


def short(iri: str, base: str = ID) -> str:
    """The short form of an IRI: what ``kg.query.resource`` reads back."""
    if iri.startswith(base):
        return iri[len(base) :]
    return prefixed(iri)


def width(text: str) -> int:
    """The columns of a terminal that a text fills: two for a Chinese character, none for a combining mark."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int, right: bool = False) -> str:
    """The text filled up with spaces to a number of terminal columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def table(names: Sequence[str], rows: Sequence[Sequence[object]], base: str = ID) -> str:
    """A plain table: two spaces between columns, numbers to the right, no line longer than its words."""
    cells = [[cell(term, base) for term in row] for row in rows]
    right = [bool(rows) and all(_is_number(row[i]) for row in rows) for i in range(len(names))]
    widths = [max([width(name), *(width(row[i]) for row in cells)]) for i, name in enumerate(names)]
    ruled = [list(names), ["-" * columns for columns in widths], *cells]
    return "".join("  ".join(map(pad, row, widths, right)).rstrip() + "\n" for row in ruled)


def _is_number(term: object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMERIC
