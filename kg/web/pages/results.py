"""An answer to a query of one's own, as a table, a timeline, a network or raw."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.results import short
from kg.web.answers import BadQuery, Limits, QueryTimeout, Refused
from kg.web.pages import svg
from kg.web.pages.links import name_of
from kg.web.pages.rendering import View
from kg.web.syntax import TRIPLES, scan

VIEWS: Final = ("table", "timeline", "network", "raw")
SHOWN: Final = 500
_DRAWN: Final = 30
_LINES: Final = 80
_RAW: Final = 200_000
_PATIENCE: Final = {"rows": 20_000, "bytes": 10_000_000}
_JSON: Final = "application/sparql-results+json"
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?([T+Z].*)?")
_NUMBERS: Final = frozenset(PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of a result for people. ``iri`` is its full IRI where it is one."""

    text: str
    iri: str = ""
    path: str = ""
    number: bool = False
    language: str = ""


@dataclass(slots=True)
class Outcome:
    """What a query gave, or why nothing."""

    names: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    truth: bool | None = None
    raw: str = ""
    triples: bool = False
    error: str = ""
    line: int = 0
    column: int = 0


async def outcome(view: View, text: str) -> Outcome:
    """Ask the store; the answer may not be larger than a page can show."""
    own = view.workers.limits
    limits = Limits(own.seconds, min(own.rows, _PATIENCE["rows"]), min(own.bytes, _PATIENCE["bytes"]))
    triples = scan(text).form in TRIPLES
    try:
        answer = await view.workers.ask(text, "application/n-triples" if triples else _JSON, limits=limits, outside=True)
    except BadQuery as error:
        return Outcome(error=view.refusal(error), line=error.line, column=error.column)
    except QueryTimeout:
        return Outcome(error=view.t("refused-timeout", seconds=f"{limits.seconds:g}"))
    except Refused as error:
        return Outcome(error=view.refusal(error))
    if triples:
        parsed = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
        terms = sorted({(triple.subject, triple.predicate, triple.object) for triple in parsed}, key=str)
        rows = [[_cell(view, _as_json(term)) for term in triple] for triple in terms]
        return Outcome(["subject", "predicate", "object"], rows, raw=answer.body.decode(), triples=True)
    found = json.loads(answer.body)
    if "boolean" in found:
        return Outcome(truth=found["boolean"], raw=_indented(found))
    names = found["head"]["vars"]
    rows = [[_cell(view, row.get(name)) for name in names] for row in found["results"]["bindings"]]
    return Outcome(names, rows, raw=_indented(found))


def _indented(found: Any) -> str:
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return text if len(text) <= _RAW else text[:_RAW] + "\n\u2026"


def _as_json(term: Any) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.Literal):
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value, "xml:lang": term.language or ""}
    return {"type": "bnode", "value": str(term)}


def _cell(view: View, term: dict[str, str] | None) -> Cell:
    if term is None:
        return Cell("")
    value = term["value"]
    if term["type"] == "uri":
        return Cell(short(value, view.base), value, view.path(value) or "")
    return Cell(value, number=term.get("datatype", "") in _NUMBERS, language=term.get("xml:lang", ""))


def timeline(view: View, found: Outcome) -> dict[str, Any]:
    """Rows with a date as dots, those of one thing on one line: of the column of words that tells them apart."""
    columns = range(len(found.names))
    dates = [column for column in columns if any(_DATE.fullmatch(row[column].text) for row in found.rows)]
    if not dates:
        return {"lines": [], "ruler": ""}
    about = _telling(found, [c for c in columns if c not in dates], dates[0])
    groups: dict[str, tuple[Cell, list[svg.Dot]]] = {}
    for row in found.rows:
        cell = row[about]
        words = " ".join(row[c].text for c in columns if c not in (about, *dates) and not row[c].iri)[:80]
        for column in dates:
            day = svg.parsed(row[column].text) if _DATE.fullmatch(row[column].text) else None
            if day is not None:
                groups.setdefault(cell.text, (cell, []))[1].append(svg.Dot(day, f"{row[column].text} {words}".strip()))
    scale = svg.axis(dot.day for _, dots in groups.values() for dot in dots)
    if scale is None:
        return {"lines": [], "ruler": ""}
    lines = []
    for cell, dots in list(groups.values())[:_LINES]:
        days = sorted(dot.day for dot in dots)
        title = view.t("timeline-row", what=cell.text, first=days[0], last=days[-1], n=len(days))
        lines.append((cell, svg.row(scale, dots, title), days[0].isoformat(), days[-1].isoformat(), len(days)))
    return {"lines": lines, "ruler": svg.ruler(scale), "drawn": len(lines), "all": len(groups), "what": found.names[about]}


def _telling(found: Outcome, columns: list[int], otherwise: int) -> int:
    """The first column with words; where it always holds the same, the one that holds the most different ones."""
    different = {
        c: len({row[c].text for row in found.rows}) for c in columns if any(row[c].text and not row[c].number for row in found.rows)
    }
    first = next(iter(different), otherwise)
    return max(different, key=lambda column: different[column]) if different.get(first) == 1 else first


def network(view: View, found: Outcome) -> dict[str, Any]:
    """Edges between the first two columns of nodes, as thick as the first column of numbers says."""
    columns = [c for c in range(len(found.names)) if any(row[c].iri for row in found.rows)]
    if len(columns) < 2:
        return {"edges": [], "picture": "", "graph": None}
    if found.triples:
        columns = [0, 2]
    weights = next((c for c in range(len(found.names)) if any(row[c].number for row in found.rows)), None)
    totals: dict[tuple[str, str], float] = {}
    cells: dict[str, Cell] = {}
    for row in found.rows:
        one, other = row[columns[0]], row[columns[1]]
        if one.iri and other.iri and one.iri != other.iri:
            n = float(row[weights].text) if weights is not None and row[weights].number else 1.0
            totals[one.iri, other.iri] = totals.get((one.iri, other.iri), 0.0) + n
            cells.setdefault(one.iri, one)
            cells.setdefault(other.iri, other)
    ranked = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    drawn: dict[str, svg.Node] = {}
    for (one_iri, other_iri), _ in ranked:
        if len(drawn) + len({one_iri, other_iri} - drawn.keys()) <= _DRAWN:
            for iri in (one_iri, other_iri):
                drawn.setdefault(iri, svg.Node(iri, _label(view, iri), cells[iri].path, _kind(view, iri)))
    edges = [(pair[0], pair[1], round(n)) for pair, n in ranked]
    picture = svg.network(list(drawn.values()), edges[:200], view.t("query-network"), view.t("query-network-desc"))
    graph = {
        "nodes": [{"key": iri, "label": _label(view, iri), "path": cells[iri].path, "kind": _kind(view, iri)} for iri in cells][:800],
        "edges": [[pair[0], pair[1], n] for pair, n in ranked][:3000],
    }
    table = [(_label(view, pair[0]), cells[pair[0]].path, _label(view, pair[1]), cells[pair[1]].path, f"{n:g}") for pair, n in ranked]
    return {"edges": table[:SHOWN], "picture": picture, "graph": graph, "drawn": len(drawn), "all": len(cells)}


def _label(view: View, iri: str) -> str:
    return name_of(iri, view.base).rpartition("/")[2]


def _kind(view: View, iri: str) -> str:
    kind = view.short(iri).partition("/")[0]
    return {"org": "organization"}.get(kind, kind) if kind in ("person", "org", "place", "event", "document") else "other"
