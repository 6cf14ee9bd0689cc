"""GitHub's workflow commands: annotations of a pull request, printed by a step.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; the escapes are those of @actions/core.
"""

from __future__ import annotations

from typing import Final

from kg.findings import Finding, Report, Severity
from kg.namespaces import prefixed
from kg.reports.quotes import Quotes
from kg.reports.view import View, groups, what

TOTAL: Final = 50
"""GitHub keeps 50 annotations of a job."""

_LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_github(report: Report, view: View) -> str:
    """An annotation a line, worst first, and a notice with the counts of what is left; no command where nothing was found."""
    found = groups(report, total=TOTAL, each=TOTAL)
    quotes = Quotes()
    lines = [_command(finding, view, quotes) for group in found for finding in group.listed]
    left = {prefixed(group.shape): group.left for group in found if group.left}
    if left:
        shapes = ", ".join(f"{shape} {count}" for shape, count in left.items())
        title = _property(f"{view.word('title')}: {view.counts(report)}")
        lines.append(f"::notice title={title}::{_data(view.word('left', n=sum(left.values()), shapes=shapes))}")
    # What stands in the log without a command, and begins with a word, is only read.
    return "\n".join([*(lines or [view.counts(report)]), *view.aside(report), ""])


def _command(finding: Finding, view: View, quotes: Quotes) -> str:
    properties: dict[str, object] = {}
    spot = finding.spot
    if spot is not None and (file := view.file(spot)) is not None:
        properties["file"] = file
        if spot.line is not None and spot.column is not None:
            properties |= {"line": spot.line, "col": spot.column}
            passage = quotes.passage(spot)
            if passage is not None:
                properties["endLine"] = passage.end_line
                # Columns count only where all is on one line.
                if passage.end_line == spot.line:
                    properties["endColumn"] = passage.end_column
    properties["title"] = f"{prefixed(finding.shape)} ({view.severity(finding.severity)})"
    said = [f"{view.message(finding)}: {what(finding)}"]
    if finding.words:
        said.append(f"“{finding.words}”")
    if finding.related is not None:
        said.append(f"{view.word('see')} {view.spot(finding.related)}")
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {written}::{_data(chr(10).join(said))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
