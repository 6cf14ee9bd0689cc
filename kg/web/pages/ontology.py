"""The page of the ontology: its classes and properties, each at its own fragment, with what they mean and how often they are used."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.namespaces import KG
from kg.web.pages.facts import plain
from kg.web.pages.rendering import View


async def page(request: Request) -> Response:
    """Classes, properties and roles of the ontology's own namespace, by name."""
    view = View(request)
    terms: dict[str, dict[str, Any]] = {}
    for row in map(plain, await view.rows("ontology")):
        term = terms.setdefault(row["term"], {"kind": row["kind"].rpartition("#")[2], "labels": {}, "definitions": {}})
        for name in ("label", "definition"):
            if name in row:
                term[f"{name}s"][row.get("language", "")] = row[name]
    groups = [
        (name, sorted((iri.removeprefix(KG), term) for iri, term in terms.items() if iri.startswith(KG) and kind(term["kind"]) == name))
        for name in ("classes", "properties")
    ]
    schemes = [plain(row) for row in await view.rows("schemes")]
    return view.page("ontology.html", groups=groups, schemes=[row for row in schemes if row.get("language") == view.language])


def kind(name: str) -> str:
    """Whether a term is listed among the classes or the properties."""
    return "classes" if name in ("Class", "Role") else "properties"
