"""The page of a body: officers over time, the bodies under it, its meetings and inspections, sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from starlette.responses import Response

from kg.web.pages.facts import Row, gathered, plain
from kg.web.pages.official import EVENTS, SOURCES, timeline
from kg.web.pages.panels import Panel, Subject, all_of, node_page
from kg.web.pages.rendering import View


@dataclass(slots=True)
class Branch:
    """A body with those under it."""

    iri: str
    label: str
    under: list[Branch] = field(default_factory=list)


async def page(view: View, subject: Subject) -> Response:
    """The page of a body."""
    about = [(row["what"].value, row["thing"].value, row["label"]) for row in await view.rows("organization-about", {"node": subject.iri})]
    # A kind is called in the language of the page where it has a name in it, a body or place by its own name.
    wanted = {"kind": view.language, "above": "zh", "place": "zh"}
    lines = [(view.t(f"about-{what}"), thing, label.value) for what, thing, label in about if label.language == wanted[what]]
    panels = await all_of(PANELS, view, subject)
    above = [label.value for what, _, label in about if what == "above" and label.language == "zh"]
    said = {"parentOrganization": [{"@type": "Organization", "name": name} for name in above]}
    return node_page(view, subject, "organization", "Organization", panels, about=lines, said=said)


async def officers(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """Tenures by rank, each a row of the timeline."""
    return timeline(view, gathered(rows, ("tenure",), view.base), officers=True)


async def tree(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """The bodies under it as a tree; one that stands under two bodies is shown once."""
    found = [plain(row) for row in rows]
    branches: dict[str, Branch] = {row["body"]: Branch(row["body"], row["label"]) for row in found}
    tops: list[Branch] = []
    placed: set[str] = set()
    for row in found:
        if row["body"] in placed or row["body"] == row["above"]:
            continue
        above = branches.get(row["above"])
        if above is None or _reaches(branches[row["body"]], row["above"]):
            if row["above"] == subject.iri or above is None:
                tops.append(branches[row["body"]])
                placed.add(row["body"])
            continue
        above.under.append(branches[row["body"]])
        placed.add(row["body"])
    return {"branches": tops}


def _reaches(branch: Branch, iri: str) -> bool:
    """Whether a body stands under a branch: to hang the branch there would make a circle."""
    return branch.iri == iri or any(_reaches(under, iri) for under in branch.under)


PANELS: Final = (
    Panel("organization-officers", 80, officers, lazy=False, template="tenures"),
    Panel("organization-tree", 60, tree),
    Panel("organization-meetings", 20, EVENTS, keys=("event", "role"), template="events"),
    Panel("organization-inspections", 20, EVENTS, keys=("event", "role"), template="events"),
    SOURCES,
)
