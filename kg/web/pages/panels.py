"""A panel: a query with its limit, shown in a page, alone, as CSV or JSON, and as the text that was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import PlainTextResponse, Response

from kg.query import NamedQuery, QueryError, bind, resource, standalone
from kg.web.answers import Refused
from kg.web.pages.facts import Row, gathered
from kg.web.pages.rendering import PATIENCE, View, data_block, query_of

Build = Callable[[View, "Subject", list[Row]], Awaitable[dict[str, Any]]]
MOST: Final = 500
_HERE: Final = "# limit"
FORMS: Final = {"csv": "text/csv", "json": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a page is about."""

    iri: str
    name: str
    classes: frozenset[str] = frozenset()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """``name`` is that of its query and its title, and of its ``template`` too unless that serves several.

    ``limit`` rows are asked for at first, ``most`` at all.

    ``build`` makes of the rows what the template needs; with ``lazy`` it loads on its own where a script can ask for it. Rows that are
    equal in ``keys`` count as one.
    """

    name: str
    limit: int
    build: Build
    lazy: bool = True
    most: int = MOST
    keys: tuple[str, ...] = ()
    template: str = ""

    @property
    def query(self) -> NamedQuery:
        return query_of(self.name)

    def limited(self, limit: int) -> NamedQuery:
        """The query with so many rows at most; where it says ``# limit``, with so many of what is chosen there."""
        if _HERE in self.query.text:
            return replace(self.query, text=self.query.text.replace(_HERE, f"LIMIT {limit}"))
        return replace(self.query, text=f"{self.query.text.rstrip()}\nLIMIT {limit}\n")

    def parameters(self, view: View, subject: Subject) -> dict[str, str]:
        """The parameters of the query: the node, and what the address of the page says of the others."""
        others = {p.name: view.request.query_params[p.name] for p in self.query.parameters if p.name in view.request.query_params}
        return {**others, "node": subject.iri}


def listed(name: str, *keys: str) -> Build:
    """What makes of rows the facts ``name`` of a template: rows that are equal in ``keys`` are of one."""

    async def build(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
        return {name: gathered(rows, keys, view.base)}

    return build


def node_page(
    view: View,
    subject: Subject,
    kind: str,
    schema: str | Sequence[str],
    panels: Sequence[Markup],
    *,
    about: Sequence[tuple[str, str, str]] = (),
    above: Sequence[dict[str, str]] = (),
    confidence: float | None = None,
    said: Mapping[str, Any] | None = None,
) -> Response:
    """The page of a node: lines (label, IRI, words) about it, the places above it, panels; its class and what is ``said`` as JSON-LD."""
    data = {
        "@context": "https://schema.org",
        "@type": schema,
        "@id": subject.iri,
        "name": subject.name,
        "alternateName": list(subject.other_names),
        "url": view.path(subject.iri),
        **(said or {}),
    }
    parts: dict[str, Any] = {"panels": panels, "about": about, "above": above, "confidence": confidence, "data": data_block(data)}
    return view.page("thing.html", subject=subject, kind=kind, **parts)


async def shown(panel: Panel, view: View, subject: Subject, limit: int | None = None, rows: list[Row] | None = None) -> Markup:
    """The panel as HTML, of ``rows`` that were asked for already or its own. Without an answer it says so; the page stays."""
    asked = panel.limit if limit is None else max(1, min(limit, panel.most))
    parameters = panel.parameters(view, subject)
    context: dict[str, Any] = {"panel": panel, "subject": subject, "address": _Addresses(panel, view, subject), "failure": ""}
    try:
        context["query_text"] = standalone(panel.limited(MOST), parameters, view.base)
        if rows is None:
            rows = await view.workers.rows(panel.limited(asked + 1), parameters, limits=PATIENCE)
        kept = _first(rows, panel.keys, asked)
        context |= await panel.build(view, subject, kept)
    except (Refused, QueryError) as error:
        failure = view.refusal(error) if isinstance(error, Refused) else str(error)
        return Markup(view.html("panel-failed.html", context | {"failure": failure}))
    context |= {"empty": not rows, "more": len(rows) > len(kept) and asked < panel.most}
    return Markup(view.html(f"panels/{panel.template or panel.name}.html", context))


def _first(rows: list[Row], keys: Sequence[str], limit: int) -> list[Row]:
    """So many rows; where keys are given, the rows of so many things."""
    if not keys:
        return rows[:limit]
    things = list(dict.fromkeys(tuple(row.get(key) for key in keys) for row in rows))
    kept = set(things[:limit])
    return [row for row in rows if tuple(row.get(key) for key in keys) in kept]


def waiting(panel: Panel, view: View, subject: Subject) -> Markup:
    """The place of a panel that a script will fill; a link to it where none does."""
    return Markup(view.html("panel-waiting.html", {"panel": panel, "subject": subject, "address": _Addresses(panel, view, subject)}))


async def all_of(panels: Sequence[Panel], view: View, subject: Subject) -> list[Markup]:
    """The panels of a page, in order; their queries run side by side."""
    here = [panel for panel in panels if not (panel.lazy and view.scripted)]
    made = dict(zip((panel.name for panel in here), await asyncio.gather(*(shown(p, view, subject) for p in here)), strict=True))
    return [made.get(panel.name) or waiting(panel, view, subject) for panel in panels]


class _Addresses:
    """The addresses of one panel."""

    def __init__(self, panel: Panel, view: View, subject: Subject) -> None:
        self._panel = panel
        kept = [
            (name, value) for name, value in view.request.query_params.multi_items() if name in {p.name for p in panel.query.parameters}
        ]
        self._parameters = [(name, value) for name, value in kept if name != "node"] + [("node", view.short(subject.iri))]

    def _with(self, path: str, *more: tuple[str, str]) -> str:
        return f"{path}?{urlencode([*self._parameters, *more])}"

    @property
    def alone(self) -> str:
        return self._with(f"/panel/{self._panel.name}")

    @property
    def fragment(self) -> str:
        return self._with(f"/panel/{self._panel.name}", ("fragment", "1"))

    @property
    def more(self) -> str:
        return self._with(f"/panel/{self._panel.name}", ("limit", str(self._panel.most)))

    @property
    def query(self) -> str:
        return self._with("/query", ("panel", self._panel.name))

    def form(self, name: str) -> str:
        """The address of its rows as CSV or JSON."""
        return self._with(f"/panel/{self._panel.name}.{name}")


async def rows_as(panel: Panel, view: View, subject: Subject, form: str) -> Response:
    """The rows of a panel as CSV or JSON, as many as there are."""
    text = bind(panel.query, panel.parameters(view, subject), view.base)
    answer = await view.workers.ask(text, FORMS[form])
    media = f"{answer.media}; charset=utf-8" if form == "csv" else answer.media
    headers = {"Content-Type": media, "Content-Disposition": f'attachment; filename="{panel.name}.{form}"'}
    return Response(answer.body, headers=headers)


def refused(message: str, status: int) -> Response:
    """A plain answer to a request for rows that got none."""
    return PlainTextResponse(f"{message}\n", status_code=status)


def node_of(view: View) -> str:
    """The IRI that a request names by ``node=``. Raises QueryError."""
    try:
        return resource(view.request.query_params.get("node", ""), view.base).value
    except ValueError as error:
        raise QueryError(f"node: {error}") from error
