"""The pages that people read, in Chinese and English; they work without JavaScript and are better with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.query import QueryError
from kg.web.answers import Refused
from kg.web.pages import article, event, findings, official, organization, place, querypage, search, start, thing
from kg.web.pages.panels import FORMS, Panel, node_of, refused, rows_as, shown
from kg.web.pages.rendering import View
from kg.web.protocol import said

Endpoint = Callable[[Request], Awaitable[Response]]


def _panels(*pages: Iterable[Panel]) -> dict[str, Panel]:
    return {panel.name: panel for panels in pages for panel in panels}


PANELS: Final = _panels(official.PANELS, organization.PANELS, place.PANELS, event.PANELS, article.PANELS, (thing.ABOUT,))


def routes() -> list[BaseRoute]:
    """The pages at addresses of their own."""
    return [
        Route("/", answered(start.page), name="start"),
        Route("/search", answered(search.page), name="search"),
        Route("/suggest", answered(search.suggestions), name="suggest"),
        Route("/findings", answered(findings.page), name="findings"),
        Route("/query", answered(querypage.page), name="query"),
        Route("/query/terms", answered(querypage.terms), name="terms"),
        Route("/query/{name}", answered(querypage.named), name="named-query"),
        Route("/panel/{name}", answered(panel_page), name="panel"),
        Mount("/static", StaticFiles(directory=Path(__file__).parent.parent / "static"), name="static"),
    ]


def answered(endpoint: Endpoint) -> Endpoint:
    """The endpoint; a store that gives no answer in time gives a page that says so."""

    async def page(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as error:
            status, _ = said(error)
            view = View(request)
            response = view.page("failed.html", status=status, message=view.refusal(error))
            if status == 503:
                response.headers["Retry-After"] = "5"
            return response
        except QueryError as error:
            return View(request).page("failed.html", status=400, message=str(error))

    return page


async def not_found(request: Request, error: Exception) -> Response:
    """The page for an address at which there is nothing."""
    return View(request).nothing()


async def panel_page(request: Request) -> Response:
    """``/panel/NAME?node=``: a panel alone, as a part of a page (``fragment=1``), or its rows (``NAME.csv``, ``NAME.json``)."""
    view = View(request)
    name, _, form = request.path_params["name"].partition(".")
    panel = PANELS.get(name)
    if panel is None or (form and form not in FORMS):
        return view.nothing()
    subject = await thing.subject_of(view, node_of(view))
    if subject is None:
        return view.nothing()
    if form:
        try:
            return await rows_as(panel, view, subject, form)
        except Refused as error:
            return refused(view.refusal(error), said(error)[0])
    limit = request.query_params.get("limit", "")
    html = await shown(panel, view, subject, int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 7 else None)
    if request.query_params.get("fragment"):
        return HTMLResponse(html, headers={"Vary": "Accept-Language, Cookie"})
    return view.page("panel.html", subject=subject, panel=panel, html=html)
