"""For people at a terminal: by shape, worst first, the line of the page with a caret under the words."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from kg.findings import Finding, Report, Severity
from kg.namespaces import prefixed
from kg.reports.quotes import Quotes
from kg.reports.view import View, clean, groups, what

TOTAL: Final = 1000
EACH: Final = 100

_STYLES: Final = {Severity.VIOLATION: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


def to_text(report: Report, view: View) -> str:
    """The findings of each shape, at most EACH of one and TOTAL of all, the counts, and which engine checked."""
    out = StringIO()
    console = Console(file=out, force_terminal=view.color, width=view.width, legacy_windows=False)
    quotes = Quotes()
    for group in groups(report, total=TOTAL, each=EACH):
        style = _STYLES[group.severity]
        head = (f"[{view.severity(group.severity)}]", style), f" {clean(view.message(group.first))} ", (f"({prefixed(group.shape)})", "dim")
        _print(console, Text.assemble(*head, f": {group.count}"))
        for finding in group.listed:
            for line in _lines(finding, view, quotes, style):
                _print(console, line)
        if group.left:
            _print(console, Text(f"  … {view.word('more', n=group.left)}", "dim"))
        _print(console, Text())
    _print(console, Text(view.counts(report), "bold" if report.findings else "green"))
    for told in (*view.aside(report), view.engine(report)):
        if told is not None:
            _print(console, Text(told, "dim"))
    return out.getvalue()


def _print(console: Console, line: Text) -> None:
    console.print(line, soft_wrap=True)


def _lines(finding: Finding, view: View, quotes: Quotes, style: str) -> Iterator[Text]:
    yield Text.assemble("  ", (view.place(finding), "bold"), f": {what(finding)}")
    margin = str(finding.line or "")
    quote = quotes.quote(finding.spot, view.width - len(margin) - 7)
    if quote is not None:
        yield Text.assemble("    ", (f"{margin} │ ", "dim"), quote.before, (quote.words, style), quote.after)
        yield Text.assemble("    ", (f"{' ' * len(margin)} │ ", "dim"), (quote.caret, style))
    elif finding.words:
        yield Text(f"    “{clean(finding.words)}”")
    if finding.related:
        quoted = f" “{clean(finding.related.words)}”" if finding.related.words else ""
        yield Text(f"    {view.word('see')} {view.spot(finding.related)}{quoted}")
    yield Text(f"    <{clean(finding.focus)}>", "dim")
