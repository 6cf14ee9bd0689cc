"""The page of an article: its text as printed, what it names marked and linked, the words behind a fact highlighted."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final

from starlette.responses import Response

from kg.web.pages import printed
from kg.web.pages.facts import Evidence, Fact, Row, gathered, local, plain
from kg.web.pages.panels import Panel, Subject, shown
from kg.web.pages.rendering import View, data_block

_AT: Final = re.compile(r"(\d{1,9}),(\d{1,9})")
_KINDS: Final = {"Person": "person", "Organization": "organization", "Place": "place", "Document": "document"}


async def page(view: View, subject: Subject) -> Response:
    """The page of an article; ``?at=begin,end`` marks words, offsets of the original page."""
    node = {"node": subject.iri}
    said, rows, named = await asyncio.gather(*(view.rows(f"article-{name}", node) for name in ("about", "facts", "names")))
    about = [plain(row) for row in said]
    values = {row["what"]: row["value"] for row in reversed(about)}
    facts = gathered(rows, ("fact", "begin", "end"), view.base)
    begin, end = int(values.get("begin", 0)), int(values.get("end", 0))
    spans = [(e.begin, e.end, e.words) for fact in facts for e in fact.evidence]
    text = await printed.text_of(view, values.get("source", ""), spans)
    marks = _wanted(view)
    found: list[printed.Line] = []
    fits = True
    if text is not None and begin < end <= len(text):
        marks = [(first, last) for first, last in marks if begin <= first < last <= len(text)]
        fits = bool(marks) or not view.request.query_params.get("at")
        names = _names(view, [plain(row) for row in named])
        mentions = printed.find(text, begin, end, names)
        anchors = sorted({(first, last) for first, last, _ in spans} | set(marks))
        found = printed.lines(text, printed.pieces(text, begin, end, mentions, marks, anchors), begin)
    first_marked = next((line.number for line in found if line.marked), None)
    panel = await shown(FACTS, view, subject, rows=rows)
    authors = [(row["thing"], row["value"]) for row in about if row["what"] == "author"]
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": subject.iri,
        "headline": values.get("headline") or subject.name,
        "alternativeHeadline": values.get("second"),
        "datePublished": values.get("published"),
        "author": [{"@type": "Person", "@id": iri, "name": name} for iri, name in authors],
        "url": view.path(subject.iri),
    }
    return view.page(
        "article.html",
        subject=subject,
        values=values,
        authors=authors,
        lines=found,
        passages=_passages(facts),
        marks=marks,
        fits=fits,
        first_marked=first_marked,
        panel=panel,
        data=data_block(data),
    )


def _wanted(view: View) -> list[tuple[int, int]]:
    matches = [_AT.fullmatch(value) for value in view.request.query_params.getlist("at")[:20]]
    return [(int(match[1]), int(match[2])) for match in matches if match]


def _passages(facts: list[Fact]) -> list[Evidence]:
    """The words that the store holds of the article, in their order, each once."""
    return sorted({(e.begin, e.end): e for fact in facts for e in fact.evidence}.values(), key=lambda e: (e.begin, e.end))


def _names(view: View, rows: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """What to look for: every name, and a body's without its place where the article has only one body of that short name."""
    main: dict[str, str] = {}
    known: dict[str, tuple[str, set[str]]] = {}
    areas: dict[str, set[str]] = {}
    for row in rows:
        kind = _KINDS.get(local(row.get("class", "")))
        if kind is None:
            continue
        names = known.setdefault(row["thing"], (kind, set()))[1]
        names |= {row[name] for name in ("label", "name") if name in row}
        if "label" in row:
            main.setdefault(row["thing"], row["label"])
        if "area" in row:
            areas.setdefault(row["thing"], set()).add(row["area"])
    short: dict[str, set[str]] = {}
    for thing, places in areas.items():
        for name in known[thing][1]:
            for place in places:
                rest = name.removeprefix(place)
                if rest != name and len(rest) >= 2:
                    short.setdefault(rest, set()).add(thing)
    for rest, things in short.items():
        if len(things) == 1:
            known[next(iter(things))][1].add(rest)
    found = []
    for thing, (kind, names) in known.items():
        path = view.path(thing)
        if path:
            found += [(name, kind, path, main.get(thing, name)) for name in names if len(name) >= 2]
    return found


async def facts(view: View, subject: Subject, rows: list[Row]) -> dict[str, Any]:
    """What rests on the article, in the order of its words."""
    return {"facts": [(fact, what(view, fact)) for fact in gathered(rows, ("fact", "begin", "end"), view.base)]}


def what(view: View, fact: Fact) -> str:
    """A fact in a few words."""
    detail = fact["detail"]
    match fact["kind"]:
        case "tenure":
            return f"{fact['aboutLabel']}{detail}"
        case "participation":
            return f"{view.named('role', local(detail))} {fact['aboutLabel']}"
        case "statement":
            return f"{detail} {fact['text']}"
        case _:
            return ""


FACTS: Final = Panel("article-facts", 300, facts, lazy=False)
PANELS: Final = (FACTS,)
