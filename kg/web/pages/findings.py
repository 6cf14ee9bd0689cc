"""The findings of the validation: by shape, severity and page."""

from __future__ import annotations

from collections import Counter
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.findings import Finding, Severity
from kg.results import short
from kg.web.pages import checked
from kg.web.pages.links import evidence_path
from kg.web.pages.rendering import View

_PAGE: Final = 50


async def page(request: Request) -> Response:
    """The findings that the address asks for, so many a page."""
    view = View(request)
    result = checked.result(request.app)
    if result is None or result.report is None:
        return view.page("findings-wait.html", status=200 if result is None else 503, failure=result.failure if result else "")
    asked = {name: request.query_params.get(name, "") for name in ("shape", "severity", "source")}
    found = [finding for finding in result.report.findings if _fits(finding, asked)]
    pages = max(1, -(-len(found) // _PAGE))
    number = request.query_params.get("page", "1")
    current = min(pages, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    part = found[(current - 1) * _PAGE : current * _PAGE]
    everything = result.report.findings
    return view.page(
        "findings.html",
        report=result.report,
        asked=asked,
        total=len(found),
        rows=[(finding, _place(view, finding)) for finding in part],
        shapes=sorted(Counter(short(finding.shape) for finding in everything).items()),
        severities=[(s.name.lower(), n) for s in sorted(Severity, reverse=True) if (n := result.report.count(s))],
        sources=sorted(Counter(finding.source_file or "" for finding in everything).items()),
        current=current,
        pages=pages,
        short=short,
    )


def _fits(finding: Finding, asked: dict[str, str]) -> bool:
    return (
        asked["shape"] in ("", short(finding.shape))
        and asked["severity"] in ("", finding.severity.name.lower())
        and asked["source"] in ("", finding.source_file or "-")
    )


def _place(view: View, finding: Finding) -> str | None:
    """The address of the words behind a finding, else of what it is about."""
    spot = finding.spot
    if spot is not None and spot.begin is not None and spot.end is not None:
        return evidence_path(spot.article, spot.begin, spot.end, view.base)
    return view.path(finding.focus)
