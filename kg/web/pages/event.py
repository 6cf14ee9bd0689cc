"""The page of an event: what and when, people by role in the order of the article, statements, the sources side by side."""

from __future__ import annotations

from typing import Any, Final

from starlette.responses import Response

from kg.namespaces import KG
from kg.web.pages import printed
from kg.web.pages.facts import Fact, Row, gathered, local, plain
from kg.web.pages.official import STATEMENTS
from kg.web.pages.panels import Panel, Subject, all_of, node_page
from kg.web.pages.rendering import View

# The order in which a report names the roles.
_ROLES: Final = ("chair", "leader", "speaker", "signatory", "attendee", "companion", "host")
_CLASSES: Final = ("Meeting", "Inspection", "Ceremony", "Activity")


async def page(view: View, subject: Subject) -> Response:
    """The page of an event."""
    found = await view.rows("event-about", {"node": subject.iri})
    values = {row["what"].value: row["value"].value for row in found if "value" in row}
    things = [
        (row["what"].value, row["thing"].value, row["label"].value)
        for row in found
        if "thing" in row and row["label"].language == (view.language if row["what"].value == "type" else "zh")
    ]
    when = values.get("start", "") + (f" — {values['end']}" if "end" in values else "")
    about: list[tuple[str, str, str]] = []
    if when:
        basis = f"basis-{values.get('basis', '')}"
        about.append((view.t("about-when"), "", when + (f"  ({view.t(basis)})" if view.language == "en" and values.get("basis") else "")))
        if view.language == "zh" and values.get("basis"):
            about[-1] = (view.t("about-when"), "", f"{when}\uff08{view.t(basis)}\uff09")
    about += [(view.t(f"about-{what}"), thing, label) for what, thing, label in things]
    panels = await all_of(PANELS, view, subject)
    kind = next((name.lower() for name in _CLASSES if KG + name in subject.classes), "event")
    named = {what: {"@id": thing, "name": label} for what, thing, label in things}
    said = {
        "startDate": values.get("start"),
        "endDate": values.get("end"),
        "location": {"@type": "Place", **named["place"]} if "place" in named else None,
        "organizer": {"@type": "Organization", **named["organizer"]} if "organizer" in named else None,
    }
    confidence = float(values["confidence"]) if "confidence" in values else None
    return node_page(view, subject, kind, "Event", panels, about=about, confidence=confidence, said=said)


async def people(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Who took part, by role; in each role in the order of the article."""
    facts = gathered(rows, ("role", "who"), view.base)
    titles: dict[int, list[str]] = {id(fact): [] for fact in facts}
    for row in map(plain, rows):
        fact = next(f for f in facts if (f["role"], f["who"]) == (row["role"], row["who"]))
        title = row.get("bodyLabel", "") + row.get("title", "")
        if title and title not in titles[id(fact)]:
            titles[id(fact)].append(title)
    groups: dict[str, list[tuple[Fact, list[str]]]] = {}
    for fact in facts:
        groups.setdefault(local(fact["role"]), []).append((fact, titles[id(fact)]))
    order = {role: place for place, role in enumerate(_ROLES)}
    return {"groups": sorted(groups.items(), key=lambda group: order.get(group[0], len(order)))}


async def sources(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """For each article its sentences on the event, the words marked; only the words where the page is not at hand."""
    articles = []
    for fact in gathered(rows, ("article",), view.base):
        spans = sorted({(evidence.begin, evidence.end) for evidence in fact.evidence})
        text = await printed.text_of(view, fact["source"], [(e.begin, e.end, e.words) for e in fact.evidence])
        quotes = [] if text is None else printed.quotes(text, spans)
        articles.append((fact, quotes))
    return {"articles": articles}


PANELS: Final = (
    Panel("event-people", 200, people, lazy=False),
    Panel("event-statements", 60, STATEMENTS, lazy=False, template="statements"),
    Panel("event-sources", 200, sources, lazy=False),
)
