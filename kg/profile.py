"""What the store says about one person, body or place, and the sentences behind a fact.

Both are plain text for a terminal. Every list is in a fixed order; days without a year come first.
"""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Store

from kg.namespaces import ID, expand
from kg.passages import Pages, position, sentence, stand
from kg.query import NamedQuery, parse_query, resource, select
from kg.read import UnreadableInput
from kg.results import pad, short, width

_NODES = """# param name [name]: a name
SELECT DISTINCT ?node ?kind {
  VALUES ?label { $name }
  ?node rdfs:label|skos:altLabel ?label ; a ?class .
  VALUES (?class ?kind) { (kg:Person "person") (kg:Organization "organization") (kg:Place "place") }
}
ORDER BY ?kind ?node"""
_NAMES = """SELECT DISTINCT ?name {
  VALUES ?class { kg:Person kg:Organization kg:Place }
  ?node a ?class ; rdfs:label|skos:altLabel ?label .
  BIND(STR(?label) AS ?name)
}
ORDER BY ?name"""
_LABELS = """# param node [iri]: a node
SELECT DISTINCT ?name ?main {
  { $node rdfs:label ?label BIND("1" AS ?main) } UNION { $node skos:altLabel ?label BIND("2" AS ?main) }
  BIND(STR(?label) AS ?name)
}
ORDER BY ?main ?name"""
_HEAD = "# param node [iri]: a node\n"
_SEEN = """(REPLACE(MIN(REPLACE(STR(?seen), "^--", "~--")), "^~", "") AS ?first) (MAX(STR(?seen)) AS ?last)"""
_SOURCES = (
    "sources",
    """SELECT DISTINCT ?published ?source ?headline {
  { ?article schema:mentions $node } UNION { ?article schema:author $node }
  ?article kg:sourceFile ?file
  OPTIONAL { ?article schema:headline ?words } OPTIONAL { ?article schema:datePublished ?day }
  BIND(STR(?file) AS ?source) BIND(STR(?words) AS ?headline) BIND(STR(?day) AS ?published)
} ORDER BY ?published ?source ?headline""",
)
_OFFICERS = (
    "SELECT ?title ?name "
    + _SEEN
    + """ {
  ?tenure org:organization $node ; org:member/rdfs:label ?label ; kg:title ?words
  OPTIONAL { ?tenure kg:post/kg:titleConcept/kg:rank ?known } OPTIONAL { ?tenure kg:attestedOn ?seen }
  BIND(COALESCE(?known, 999) AS ?rank) BIND(STR(?label) AS ?name) BIND(STR(?words) AS ?title)
} GROUP BY ?title ?name ORDER BY (MIN(?rank)) ?title ?first ?name"""
)
_EVENTS = """SELECT DISTINCT ?date ?role ?event {
  {
    ?part kg:participant $node ; kg:event ?happened ; kg:role ?how
    BIND(STRAFTER(STR(?how), "#") AS ?role)
  } UNION {
    ?happened schema:organizer $node
    BIND("organizer" AS ?role)
  }
  ?happened rdfs:label ?label OPTIONAL { ?happened schema:startDate ?start }
  BIND(STR(?start) AS ?date) BIND(STR(?label) AS ?event)
} ORDER BY ?date ?event ?role"""
_BODIES = "SELECT DISTINCT ?name { %s rdfs:label ?label BIND(STR(?label) AS ?name) } ORDER BY ?name"
_SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "person": (
        (
            "posts",
            "SELECT ?body ?title "
            + _SEEN
            + """ {
  ?tenure org:member $node ; a kg:Tenure ; kg:title ?words
  OPTIONAL { ?tenure org:organization/rdfs:label ?label } OPTIONAL { ?tenure kg:attestedOn ?seen }
  BIND(STR(?label) AS ?body) BIND(STR(?words) AS ?title)
} GROUP BY ?body ?title ORDER BY ?first ?body ?title""",
        ),
        ("events", _EVENTS),
        (
            "companions",
            """SELECT ?name (COUNT(DISTINCT ?event) AS ?events) {
  ?one kg:participant $node ; kg:event ?event .
  ?two kg:event ?event ; kg:participant ?other FILTER(?other != $node)
  ?other a kg:Person ; rdfs:label ?label BIND(STR(?label) AS ?name)
} GROUP BY ?name ?other ORDER BY DESC(?events) ?other""",
        ),
        (
            "statements",
            """SELECT DISTINCT ?date ?verb ?words {
  ?statement kg:speaker $node ; kg:text ?text
  OPTIONAL { ?statement kg:verb ?said } OPTIONAL { ?statement kg:event/schema:startDate ?start }
  BIND(STR(?start) AS ?date) BIND(STR(?said) AS ?verb) BIND(STR(?text) AS ?words)
} ORDER BY ?date ?statement""",
        ),
        _SOURCES,
    ),
    "organization": (
        ("under", _BODIES % "$node org:subOrganizationOf ?body . ?body"),
        ("officers", _OFFICERS),
        ("sub-bodies", _BODIES % "?body org:subOrganizationOf $node ;"),
        ("events", _EVENTS),
        _SOURCES,
    ),
    "place": (
        ("in", _BODIES % "$node schema:containedInPlace ?place . ?place"),
        (
            "events",
            """SELECT DISTINCT ?date ?event ?where {
  ?site schema:containedInPlace* $node . ?happened schema:location ?site ; a kg:Event ; rdfs:label ?label .
  ?site rdfs:label ?siteLabel OPTIONAL { ?happened schema:startDate ?start }
  BIND(STR(?start) AS ?date) BIND(STR(?label) AS ?event) BIND(STR(?siteLabel) AS ?where)
} ORDER BY ?date ?event ?where""",
        ),
        ("bodies", _BODIES % "?body kg:jurisdiction $node ;"),
        _SOURCES,
    ),
}


class NotFound(LookupError):
    """A name or IRI of which the store says nothing; the message has near names."""


@dataclass(frozen=True, slots=True)
class Section:
    """One list of a profile: its columns and rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the store says about one node. ``kind`` is person, organization or place; empty sections are left out."""

    iri: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a page behind a fact.

    ``line`` counts from 1 and is None where the page was not found; ``sentence`` is then the words alone.
    ``begin`` and ``end`` are offsets in the page as it was read.
    """

    source: str
    begin: int
    end: int
    words: str
    sentence: str
    line: int | None = None


@cache
def _query(kind: str, title: str) -> NamedQuery:
    return parse_query(f"{kind} {title}", _HEAD + dict(_SECTIONS[kind])[title])


def profile(store: Store, name: str, base: str = ID) -> tuple[Profile, ...]:
    """The profiles of all nodes with this name: bodies, persons, places. Raises NotFound with near names."""
    nodes = list(select(store, _NODES, {"name": name}, base)) if name.strip() else []
    if not nodes:
        near = difflib.get_close_matches(name, [row["name"] for row in select(store, _NAMES)], n=5, cutoff=0.4)
        hint = f"; near names: {', '.join(near)}" if near else ""
        raise NotFound(f"no person, body or place is named {name!r}{hint}")
    return tuple(_profile(store, row["node"], row["kind"], base) for row in nodes)


def _profile(store: Store, iri: str, kind: str, base: str) -> Profile:
    names = list(dict.fromkeys(row["name"] for row in select(store, _LABELS, {"node": iri}, base)))
    sections = []
    for title, _ in _SECTIONS[kind]:
        rows = list(select(store, _query(kind, title), {"node": iri}, base))
        if rows:
            sections.append(Section(title, tuple(rows[0]), tuple(tuple(row.values()) for row in rows)))
    return Profile(iri, kind, names[0], tuple(names[1:]), tuple(sections))


def render(profiles: Iterable[Profile], base: str = ID) -> str:
    """The profiles one after another, as plain text."""
    return "\n".join(_render(found, base) for found in profiles)


def _render(found: Profile, base: str) -> str:
    also = f" ({', '.join(found.other_names)})" if found.other_names else ""
    lines = [f"{found.name}{also}  {found.kind}  {short(found.iri, base)}"]
    for section in found.sections:
        lines.append(f"  {section.title}:")
        widths = [max(width(row[i]) for row in section.rows) for i in range(len(section.columns))]
        lines += ["    " + "  ".join(map(pad, row, widths)).rstrip() for row in section.rows]
    return "\n".join(lines) + "\n"


_EVIDENCE = """# param node [iri]: a fact
SELECT DISTINCT ?source ?begin ?end ?words {
  { $node kg:evidence ?evidence } UNION { $node a nif:OffsetBasedString BIND($node AS ?evidence) }
  ?evidence nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?anchor .
  ?article kg:sourceFile ?file
  BIND(STR(?file) AS ?source) BIND(STR(?anchor) AS ?words)
} ORDER BY ?source ?begin ?end"""


def explain(store: Store, iri: str, sources: Sequence[Path] = (), base: str = ID) -> tuple[Sentence, ...]:
    """The sentences on which a fact rests, read from the pages under ``sources`` (files or folders).

    Raises NotFound for an IRI of which the store says nothing, or that has no evidence of its own.
    """
    try:
        node = resource(iri, base)
    except ValueError as error:
        raise NotFound(f"{iri!r} is no IRI: {error}") from error
    rows = list(select(store, _EVIDENCE, {"node": node.value}, base))
    if not rows:
        raise NotFound(_no_evidence(store, node, base))
    pages = Pages(sources)
    return tuple(_sentence(row["source"], int(row["begin"]), int(row["end"]), row["words"], pages) for row in rows)


def _no_evidence(store: Store, node: NamedNode, base: str) -> str:
    name = short(node.value, base)
    if next(iter(store.quads_for_pattern(node, None, None, None)), None) is None:
        return f"the store says nothing of {name}"
    links = ("org:member", "kg:participant", "kg:speaker", "kg:post")
    facts = sorted(
        {
            short(quad.subject.value, base)
            for link in links
            for quad in store.quads_for_pattern(None, NamedNode(expand(link)), node, None)
            if isinstance(quad.subject, NamedNode)
        }
    )
    hint = f"; facts about it: {', '.join(facts[:5])}" if facts else ""
    return f"{name} has no evidence of its own{hint}"


def _sentence(source: str, begin: int, end: int, words: str, pages: Pages) -> Sentence:
    for path in pages.named(source):
        try:
            text = pages.text(path)
        except UnreadableInput:
            continue
        # Of other words its line would be a lie.
        if stand(text, begin, end, words):
            left, right = sentence(text, begin, end)
            return Sentence(source, begin, end, words, _flat(text[left:right]), position(text, begin)[0])
    return Sentence(source, begin, end, words, words)


def _flat(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def render_sentences(sentences: Iterable[Sentence]) -> str:
    """Where, the words, and the sentence around them."""
    return "".join(
        f"{found.source}:{found.line if found.line else f'{found.begin}-{found.end}'}: {found.words}\n"
        + (f"    {found.sentence}\n" if found.sentence != found.words else "")
        for found in sentences
    )
