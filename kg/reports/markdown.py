"""Markdown for the summary page of a job: counts, and for each severity a table of shapes with their first places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from kg.findings import Report
from kg.namespaces import prefixed
from kg.reports.view import WORST_FIRST, Group, View, clean, clipped, groups, what, within

SIZE: Final = 60 * 1024
"""Bytes at most; GitHub's own limit is 1 MiB for all steps of a job."""
PLACES: Final = (5, 3, 1, 0)
"""So many places for each shape, the first number with which the page fits."""
ASIDES: Final = 50

_MARKUP = re.compile(r"[\\`*_{}\[\]|~#]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def to_markdown(report: Report, view: View) -> str:
    """A page of at most SIZE bytes."""
    for each in PLACES:
        page = "\n".join([*_page(report, groups(report, total=len(report.findings), each=each), view), ""])
        if len(page.encode()) <= SIZE:
            return page
    found = groups(report, total=0, each=0)
    shown = list(within(_page(report, found, view), SIZE - 200))
    rows = sum(line.startswith("| `") for line in shown)
    return "\n".join([*shown, "", f"… {view.word('others', n=len(found) - rows)}", ""])


def _page(report: Report, found: Sequence[Group], view: View) -> Iterator[str]:
    yield f"## {view.word('title')}"
    yield ""
    yield view.word("checked", triples=report.triples, shapes=report.shapes)
    yield ""
    for told in view.aside(report)[:ASIDES]:
        yield f"- {_cell(told)}"
    if report.known or report.waived:
        yield ""
    if not report.findings:
        yield view.counts(report)
        return
    yield "| " + " | ".join(view.severity(severity) for severity in WORST_FIRST) + " |"
    yield "| ---: | ---: | ---: |"
    yield "| " + " | ".join(str(report.count(severity)) for severity in WORST_FIRST) + " |"
    heads = [view.word(name) for name in ("shape", "meaning", "count", "places")]
    for severity, part in groupby(found, key=lambda group: group.severity):
        yield ""
        yield f"### {view.severity(severity)}"
        yield ""
        yield f"| {' | '.join(heads)} |"
        yield "| --- | --- | ---: | --- |"
        for group in part:
            yield f"| `{_code(prefixed(group.shape))}` | {_cell(view.message(group.first))} | {group.count} | {_places(group, view)} |"


def _places(group: Group, view: View) -> str:
    places = [f"{_cell(view.place(finding))} {_cell(what(finding))}" for finding in group.listed]
    return "<br>".join([*places, f"… {view.word('more', n=group.left)}"] if group.left and places else places)


def _cell(text: str) -> str:
    """Plain text in a cell, on one line, nothing in it read as Markdown or HTML."""
    escaped = _MARKUP.sub(r"\\\g<0>", clipped(clean(text), 300))
    return re.sub("[&<>]", lambda match: _ENTITIES[match[0]], escaped)


def _code(text: str) -> str:
    """A name between backticks: it has none, and its pipes would end the cell."""
    return clipped(clean(text), 300).replace("`", "'").replace("|", "\\|")
