"""The page of a person: posts on a timeline, events, companions, places, statements, sources."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from kg.namespaces import KG
from kg.web.pages import svg
from kg.web.pages.facts import Fact, Row, gathered, plain
from kg.web.pages.panels import Panel, Subject, all_of, listed, node_page
from kg.web.pages.rendering import View

_AROUND: Final = 12


async def page(view: View, subject: Subject) -> Response:
    """The page of a person; an official where a post in a public body is known."""
    panels = await all_of(PANELS, view, subject)
    kind = "official" if KG + "Official" in subject.classes else "person"
    return node_page(view, subject, kind, "Person", panels)


async def posts(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Tenures, each a row of the timeline; the latest seen first."""
    return timeline(view, gathered(rows, ("tenure",), view.base))


def timeline(view: View, tenures: list[Fact], *, officers: bool = False) -> dict[str, Any]:
    """The rows of a timeline with their common axis: a body's ``officers`` as they come, a person's tenures the latest seen first."""
    dots = {id(tenure): _dots(tenure) for tenure in tenures}
    stated = {id(tenure): (svg.parsed(tenure["from"]), svg.parsed(tenure["until"])) for tenure in tenures}
    days = [dot.day for row in dots.values() for dot in row] + [d for pair in stated.values() for d in pair if d]
    scale = svg.axis(days)
    if not officers:
        tenures = sorted(tenures, key=lambda tenure: tenure.last if not tenure.last.startswith("--") else "", reverse=True)
    lines = []
    for tenure in tenures:
        what = f"{tenure['bodyLabel']}{tenure['title']}" if tenure["bodyLabel"] else f"{tenure['personLabel']} {tenure['title']}".strip()
        known = sorted(dot.day for dot in dots[id(tenure)])
        picture = None
        if scale is not None and (known or any(stated[id(tenure)])):
            first, last = (known[0], known[-1]) if known else (stated[id(tenure)][0], stated[id(tenure)][1])
            title = view.t("timeline-row", what=what, first=first or "?", last=last or "?", n=len(known))
            picture = svg.row(scale, dots[id(tenure)], title, *stated[id(tenure)])
        lines.append((tenure, picture))
    return {"lines": lines, "officers": officers, "ruler": svg.ruler(scale) if scale is not None else ""}


def _dots(tenure: Fact) -> list[svg.Dot]:
    found = []
    for evidence in tenure.evidence:
        day = svg.parsed(evidence.seen)
        if day is not None:
            found.append(svg.Dot(day, f"{evidence.seen} {evidence.words}", evidence.path))
    return found


async def companions(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Companions ranked, and the most frequent of them as a picture."""
    people = [plain(row) for row in rows]
    near = people[:_AROUND]
    nodes = [svg.Node(subject.iri, subject.name, "", "center")]
    nodes += [svg.Node(person["person"], person["label"], view.path(person["person"]) or "") for person in near]
    edges = [(subject.iri, person["person"], int(person["events"])) for person in near]
    edges += await _among(view, [person["person"] for person in near])
    picture = svg.network(nodes, edges, view.t("network-title", name=subject.name), view.t("network-desc"), subject.iri) if near else ""
    return {"people": people, "picture": picture}


async def _among(view: View, people: list[str]) -> list[tuple[str, str, int]]:
    """How often the companions met each other."""
    if len(people) < 2:
        return []
    among = " ".join(f"<{iri}>" for iri in people)
    text = (
        f"SELECT ?one ?other (COUNT(DISTINCT ?event) AS ?n) {{ VALUES ?one {{ {among} }} ?a kg:participant ?one ; kg:event ?event . "
        f"?b kg:event ?event ; kg:participant ?other . FILTER(STR(?one) < STR(?other)) FILTER(?other IN ({among.replace(' ', ', ')})) }} "
        "GROUP BY ?one ?other ORDER BY ?one ?other"
    )
    return [(row["one"].value, row["other"].value, int(row["n"].value)) for row in await view.workers.rows(text)]


# A role that two articles give is one; a place that stands in two others is listed once.
EVENTS: Final = listed("facts", "event", "role")
STATEMENTS: Final = listed("facts", "statement")
SOURCES: Final = Panel("sources", 15, listed("articles", "article"))
PANELS: Final = (
    Panel("person-posts", 60, posts, lazy=False, template="tenures"),
    Panel("person-events", 20, EVENTS, lazy=False, keys=("event", "role"), template="events"),
    Panel("person-companions", 15, companions),
    Panel("person-places", 10, listed("places", "place")),
    Panel("person-statements", 8, STATEMENTS, template="statements"),
    SOURCES,
)
