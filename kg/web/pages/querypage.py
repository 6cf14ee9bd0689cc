"""The query page: an editor, the named queries, the result; its address says all of it and can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.namespaces import PREFIXES
from kg.query import NamedQuery, QueryError, find_query, named_queries, standalone
from kg.results import short
from kg.web.pages import results
from kg.web.pages.panels import MOST, Panel, node_of
from kg.web.pages.rendering import View

_EXAMPLE: Final = """SELECT ?event ?label ?date {
  ?event a kg:Meeting ; rdfs:label ?label ; schema:startDate ?date .
  FILTER(LANG(?label) = "zh")
}
ORDER BY DESC(?date)
LIMIT 20
"""
_LONGEST: Final = 50_000


async def page(request: Request) -> Response:
    """``?query=`` asks; ``?panel=`` opens the query of a panel; neither shows an example."""
    view = View(request)
    text = request.query_params.get("query", "")[:_LONGEST].replace("\r\n", "\n")
    asked = bool(text.strip())
    if not asked and "panel" in request.query_params:
        text, asked = _of_panel(view), True
    return await _answered(view, text or _prefixed(_EXAMPLE), asked=asked)


async def named(request: Request) -> Response:
    """``/query/NAME``: a named query, with its parameters where they are given."""
    view = View(request)
    try:
        query = find_query(request.path_params["name"])
    except QueryError:
        return view.page("not-found.html", status=404, path=request.url.path)
    given = {p.name: request.query_params[p.name] for p in query.parameters if request.query_params.get(p.name)}
    try:
        return await _answered(view, standalone(query, given, view.base), asked=True, query=query, given=given)
    except QueryError as error:
        # A parameter without a value, or with one that is not of its kind: the form says what is needed.
        message = str(error) if given else ""
        return await _answered(view, query.text, asked=False, query=query, given=given, message=message)


async def terms(request: Request) -> Response:
    """The prefixes, classes and properties of the store, for completion."""
    view = View(request)
    if "terms" not in view.known:
        rows = await view.rows("terms")
        view.known["terms"] = [
            {
                "name": short(row["term"].value, view.base),
                "kind": row["kind"].value,
                "n": int(row["n"].value),
                "zh": row["label"].value if "label" in row else "",
                "en": row["labelEn"].value if "labelEn" in row else "",
            }
            for row in rows
            if not short(row["term"].value, view.base).startswith("http")
        ]
    return JSONResponse({"prefixes": PREFIXES, "terms": view.known["terms"]})


def _of_panel(view: View) -> str:
    from kg.web.pages import PANELS

    panel: Panel | None = PANELS.get(view.request.query_params["panel"])
    if panel is None:
        return ""
    others = {p.name: view.request.query_params[p.name] for p in panel.query.parameters if p.name in view.request.query_params}
    return standalone(panel.limited(MOST), {**others, "node": node_of(view)}, view.base)


def _prefixed(text: str) -> str:
    return standalone(NamedQuery("query", "", "", "", "", (), text), {})


async def _answered(
    view: View, text: str, *, asked: bool, query: NamedQuery | None = None, given: Mapping[str, str] | None = None, message: str = ""
) -> Response:
    shape = view.request.query_params.get("view", "table")
    shape = shape if shape in results.VIEWS else "table"
    found = await results.outcome(view, text) if asked else None
    context: dict[str, Any] = {
        "text": text,
        "shape": shape,
        "views": results.VIEWS,
        "found": found,
        "query": query,
        "given": given or {},
        "message": message,
        "named": list(named_queries().values()),
        "shown": results.SHOWN,
        "drawing": {},
    }
    if found is not None and shape == "timeline":
        context["drawing"] = results.timeline(view, found)
    if found is not None and shape == "network":
        context["drawing"] = results.network(view, found)
    status = 400 if found is not None and found.error and found.line else 200
    if view.request.query_params.get("fragment"):
        return view.page("query-result.html", status=200, **context)
    return view.page("query.html", status=status, **context)
