"""The start page: search, what the store holds, the newest articles, what the last validation found."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.findings import Severity
from kg.web.pages import checked, search
from kg.web.pages.facts import local, plain
from kg.web.pages.rendering import View

_COUNTED: Final = ("article", "official", "person", "organization", "place", "event", "statement", "tenure")


async def page(request: Request) -> Response:
    """The start page."""
    view = View(request)
    if "start" not in view.known:
        view.known["start"] = await _facts(view)
    search.begin(view)
    known: dict[str, Any] = view.known["start"]
    result = checked.result(request.app)
    report = result.report if result else None
    severities = [(s.name.lower(), n) for s in sorted(Severity, reverse=True) if report and (n := report.count(s))]
    return view.page(
        "start.html", counts=known["counts"], newest=known["newest"], examples=known["examples"], result=result, severities=severities
    )


async def _facts(view: View) -> dict[str, Any]:
    """What changes only when the store is built anew."""
    counted = {local(row["class"].value).lower(): int(row["n"].value) for row in await view.rows("counts")}
    newest = [plain(row) for row in await view.rows("newest-articles")]
    examples = [plain(row) for row in await view.rows("examples")]
    return {"counts": [(key, counted.get(key, 0)) for key in _COUNTED], "newest": newest, "examples": examples}
