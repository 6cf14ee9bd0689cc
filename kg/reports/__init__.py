"""Findings → text for people, Turtle, JSON, SARIF, JUnit, annotations, code quality, Markdown, HTML.

A further format is one more module with a function from (report, view) to text, named in ``FORMATS``.
All give the same bytes every run. Turtle and JSON hold every finding; the others list so many and count the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kg.findings import Report, Severity
from kg.reports.annotations import to_github
from kg.reports.document import VERSION, to_json
from kg.reports.gitlab import to_gitlab
from kg.reports.junit import to_junit
from kg.reports.markdown import to_markdown
from kg.reports.page import to_html
from kg.reports.rdf import to_turtle
from kg.reports.sarif import to_sarif
from kg.reports.text import to_text
from kg.reports.view import View

__all__ = ["FORMATS", "SUFFIXES", "VERSION", "View", "exit_code", "form_of", "render"]

FORMATS: Final[dict[str, Callable[[Report, View], str]]] = {
    "text": to_text,
    "turtle": to_turtle,
    "json": to_json,
    "sarif": to_sarif,
    "junit": to_junit,
    "github": to_github,
    "gitlab": to_gitlab,
    "markdown": to_markdown,
    "html": to_html,
}
# Annotations have no suffix: GitHub reads them from stdout. GitLab's JSON has none of its own.
SUFFIXES: Final = {
    ".txt": "text",
    ".ttl": "turtle",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
    ".html": "html",
}


def render(report: Report, form: str = "text", language: str = "zh", view: View | None = None) -> str:
    """The report in one of ``FORMATS``; ``view`` says more than the language. Raises KeyError for another format."""
    return FORMATS[form](report, view or View(language))


def form_of(path: Path) -> str:
    """The format that a file's name asks for. Raises KeyError where its suffix is none of ``SUFFIXES``."""
    return "sarif" if path.name.endswith(".sarif.json") else SUFFIXES[path.suffix]


def exit_code(report: Report, fail_on: Severity | str = Severity.VIOLATION) -> int:
    """0, or 1 where a finding is at or above ``fail_on`` (``violation``, ``warning``, ``info``).

    Raises KeyError for another word.
    """
    threshold = Severity[fail_on.upper()] if isinstance(fail_on, str) else fail_on
    worst = report.worst()
    return int(worst is not None and worst >= threshold)
