"""The page of any node: that of its class, else everything that the store says of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import KG, PREFIXES
from kg.results import short
from kg.web.nodes import candidates
from kg.web.pages import article, event, official, organization, place
from kg.web.pages.facts import Row, local
from kg.web.pages.panels import Panel, Subject, node_page, shown
from kg.web.pages.rendering import View

_TYPE: Final = PREFIXES["rdf"] + "type"
_LABEL: Final = PREFIXES["rdfs"] + "label"
_ALSO: Final = PREFIXES["skos"] + "altLabel"
_HEADLINE: Final = PREFIXES["schema"] + "headline"
_PAGES: Final[tuple[tuple[str, Callable[[View, Subject], Awaitable[Response]]], ...]] = (
    ("Person", official.page),
    ("Organization", organization.page),
    ("Place", place.page),
    ("Event", event.page),
    ("Article", article.page),
)
_OTHERS: Final = ("Document", "Statement", "Tenure", "Participation", "Post")


async def subject_of(view: View, iri: str) -> Subject | None:
    """What the store calls a node and of which classes it is; None where it says nothing of it."""
    rows = await view.rows("head", {"node": iri})
    if not rows and not await view.workers.rows(ABOUT.limited(1), {"node": iri}):
        return None
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row["p"].value, []).append(row["o"])
    labels = [term for name in (_LABEL, _HEADLINE) for term in found.get(name, ())]
    wanted = sorted(labels, key=lambda term: ({"zh": 0, view.language: 1}.get(term.language, 2), term.value))
    name = wanted[0].value if wanted else view.shown(iri)
    others = tuple(dict.fromkeys(term.value for term in found.get(_ALSO, ()) if term.value != name))
    return Subject(iri, name, frozenset(term.value for term in found.get(_TYPE, ())), others)


async def page(request: Request) -> Response:
    """The page of the node that the address means; one that says so where the store says nothing of it."""
    view = View(request)
    for iri in candidates(request):
        subject = await subject_of(view, iri)
        if subject is not None:
            return await _page(view, subject)
    return view.nothing()


async def _page(view: View, subject: Subject) -> Response:
    for name, make in _PAGES:
        if KG + name in subject.classes:
            return await make(view, subject)
    kind = next((name.lower() for name in _OTHERS if KG + name in subject.classes), "thing")
    panels = [await shown(ABOUT, view, subject)]
    if kind == "document":
        panels.insert(0, await shown(official.SOURCES, view, subject))
    schema = sorted(local(name) for name in subject.classes if name.startswith(PREFIXES["schema"]))
    return node_page(view, subject, kind, schema, panels)


async def about(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Everything said of the node, and by whom it is referred to."""
    lines = {"out": [], "in": []}  # type: dict[str, list[tuple[str, Any, str]]]
    seen = set()
    for row in rows:
        key = (row["direction"].value, row["property"].value, row["value"])
        if key not in seen:
            seen.add(key)
            label = row["label"].value if "label" in row else ""
            lines[row["direction"].value].append((row["property"].value, row["value"], label))
    return {"lines": lines, "term": short}


ABOUT: Final = Panel("about", 150, about, lazy=False)
