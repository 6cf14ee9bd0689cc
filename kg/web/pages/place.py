"""The page of a place: what happened there and inside it, month by month, the places inside, its bodies."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from kg.web.pages import svg
from kg.web.pages.facts import Row, gathered, plain
from kg.web.pages.official import SOURCES
from kg.web.pages.panels import Panel, Subject, all_of, node_page
from kg.web.pages.rendering import View


async def page(view: View, subject: Subject) -> Response:
    """The page of a place, with the places around it from the province down."""
    above = [plain(row) for row in await view.rows("place-above", {"node": subject.iri})]
    panels = await all_of(PANELS, view, subject)
    schema = "AdministrativeArea" if subject.iri.rpartition("/")[2].isdigit() else "Place"
    inside = {"@type": "Place", "@id": above[-1]["place"], "name": above[-1]["label"]} if above else None
    return node_page(view, subject, "place", schema, panels, above=above, said={"containedInPlace": inside})


async def events(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Events, the newest first, of one month where the address says so."""
    return {"facts": gathered(rows, ("event",), view.base), "month": view.request.query_params.get("month", "")}


async def months(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """The calendar, and the same as a table."""
    counts = {row["month"].value: int(row["events"].value) for row in rows}
    here = view.path(subject.iri) or ""
    paths = {month: f"{here}?month={month}#place-events" for month in counts}
    label = view.t("heat-cell", month="{month}", n="{n}")
    picture = svg.months(counts, view.t("heat-title", name=subject.name), view.t("heat-desc"), label, paths)
    return {"picture": picture, "counts": [(month, n, paths[month]) for month, n in counts.items()]}


async def inside(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """The places directly inside, those where most happened first."""
    return {"places": [plain(row) for row in rows]}


async def bodies(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """The bodies of the place."""
    return {"bodies": [plain(row) for row in rows]}


PANELS: Final = (
    Panel("place-months", 240, months, lazy=False),
    Panel("place-inside", 40, inside, lazy=False),
    Panel("place-events", 25, events, lazy=False, keys=("event", "place")),
    Panel("place-bodies", 40, bodies),
    SOURCES,
)
