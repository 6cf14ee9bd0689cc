"""One HTML page that needs nothing else: no script, no other file; light and dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from kg.findings import Finding, Report
from kg.namespaces import prefixed
from kg.reports.quotes import Quotes
from kg.reports.view import Group, View, clean, groups, what

EACH: Final = 200
TOTAL: Final = 5000

_WIDTH: Final = 120
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --violation: #b3261e; --warning: #8a5300; --info: #1a5fb4; --mark: #ffe08a; }
@media (prefers-color-scheme: dark) { :root { --violation: #ff8a80; --warning: #ffb74d; --info: #90caf9; --mark: #6b5300; } }
body { font: 1rem/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; }
.violation { color: var(--violation); } .warning { color: var(--warning); } .info { color: var(--info); }
article { border-inline-start: .2rem solid var(--line); padding-inline-start: 1rem; margin: 1rem 0; overflow-wrap: anywhere; }
article:target { border-color: currentColor; } h3 { font-size: 1rem; margin: 0; } p { margin: .2rem 0; }
pre { margin: .3rem 0; white-space: pre-wrap; } mark { background: var(--mark); color: inherit; } code { font-size: .9em; }
"""


def to_html(report: Report, view: View) -> str:
    """A summary that leads to a section for each shape; a finding's anchor is its key."""
    return "\n".join([*_page(report, view), ""])


def _page(report: Report, view: View) -> Iterator[str]:
    found, quotes = groups(report, total=TOTAL, each=EACH), Quotes()
    title = _text(view.word("title"))
    yield f'<!DOCTYPE html>\n<html lang="{view.language}">\n<head>\n<meta charset="utf-8">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    yield f"<p>{_text(view.counts(report))}</p>"
    yield f"<p>{_text(view.word('checked', triples=report.triples, shapes=report.shapes))}</p>"
    for told in view.aside(report):
        yield f"<p>{_text(told)}</p>"
    if found:
        yield from _summary(found, view)
    for group in found:
        yield from _section(group, view, quotes)
    yield "</main>\n</body>\n</html>"


def _summary(found: list[Group], view: View) -> Iterator[str]:
    yield "<table>\n<thead>\n<tr>"
    yield f'<th>{_text(view.word("shape"))}</th><th>{_text(view.word("meaning"))}</th><th class="n">{_text(view.word("count"))}</th>'
    yield "</tr>\n</thead>\n<tbody>"
    for group in found:
        link = f'<a href="#{_text(quote(_anchor(group)))}"><code>{_text(prefixed(group.shape))}</code></a>'
        yield f'<tr><td>{link}</td><td>{_badge(group, view)} {_text(view.message(group.first))}</td><td class="n">{group.count}</td></tr>'
    yield "</tbody>\n</table>"


def _section(group: Group, view: View, quotes: Quotes) -> Iterator[str]:
    yield f'<section id="{_text(_anchor(group))}">'
    yield f"<h2>{_badge(group, view)} {_text(view.message(group.first))} <code>{_text(prefixed(group.shape))}</code>: {group.count}</h2>"
    for finding in group.listed:
        yield from _article(finding, view, quotes)
    if group.left:
        yield f"<p>… {_text(view.word('more', n=group.left))}</p>"
    yield "</section>"


def _article(finding: Finding, view: View, quotes: Quotes) -> Iterator[str]:
    yield f'<article id="{finding.key}">\n<h3><a href="#{finding.key}">{_text(view.place(finding))}</a></h3>\n<p>{_text(what(finding))}</p>'
    found = quotes.quote(finding.spot, _WIDTH)
    if found is not None:
        yield f"<pre>{_text(found.before)}<mark>{_text(found.words)}</mark>{_text(found.after)}</pre>"
    elif finding.words:
        yield f"<p>“<mark>{_text(finding.words)}</mark>”</p>"
    if finding.related is not None:
        quoted = f" “{_text(finding.related.words)}”" if finding.related.words else ""
        yield f"<p>{_text(view.word('see'))} {_text(view.spot(finding.related))}{quoted}</p>"
    yield f"<p><code>{_text(finding.focus)}</code></p>\n</article>"


def _badge(group: Group, view: View) -> str:
    return f'<span class="{group.severity.name.lower()}">[{_text(view.severity(group.severity))}]</span>'


def _anchor(group: Group) -> str:
    """A shape may report in more than one severity."""
    return f"{group.severity.name.lower()}-{prefixed(group.shape)}"


def _text(text: str) -> str:
    return escape(clean(text))
