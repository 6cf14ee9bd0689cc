"""Words of a page behind a node of a graph: evidence, article, input file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

import pyoxigraph as ox

from kg.namespaces import ID, PREFIXES, expand
from kg.passages import Pages, position, stand

_Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Statements(Protocol):
    """A store, or what answers as one."""

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: _Term | ox.Triple | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
        /,
    ) -> Iterator[ox.Quad]: ...

    def __contains__(self, quad: ox.Quad, /) -> bool: ...


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


_TYPE, _ARTICLE, _EVIDENCE, _SOURCE = _iri("rdf:type"), _iri("kg:Article"), _iri("kg:evidence"), _iri("kg:sourceFile")
_CONTEXT, _BEGIN, _END, _WORDS = _iri("nif:referenceContext"), _iri("nif:beginIndex"), _iri("nif:endIndex"), _iri("nif:anchorOf")
_HEADLINE, _MENTIONS, _AUTHOR = _iri("schema:headline"), _iri("schema:mentions"), _iri("schema:author")
_ISSUED = _iri("schema:datePublished")
_DATES = frozenset(map(expand, ("xsd:date", "xsd:gYearMonth", "xsd:gYear")))
_NAMES = (_iri("rdfs:label"), _HEADLINE, _WORDS)
_PARTS = tuple(
    map(_iri, ("org:member", "org:organization", "org:postIn", "kg:participant", "kg:speaker", "kg:title", "kg:role", "kg:verb"))
)
# Statements with a literal that are asked for here; of those with an IRI, all may lead to words.
ASKED = frozenset({*_NAMES, *_PARTS, _SOURCE, _BEGIN, _END, _ISSUED})
CLASSES = frozenset({_ARTICLE})

_CHARACTERS = re.compile(r"^(.*)#char=(\d+),(\d+)$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of a page. Offsets are characters of the original input, from 0, half-open; line and column
    count from 1 and are None where the page was not found. ``evidence`` is the IRI of the words' node."""

    article: str
    source_file: str | None
    begin: int | None
    end: int | None
    words: str | None
    evidence: str | None = None
    file: Path | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        name = str(self.file or self.source_file or self.article)
        if self.line is not None:
            return f"{name}:{self.line}:{self.column}"
        return name if self.begin is None else f"{name}#char={self.begin},{self.end}"


class Addresses:
    """Looks words up in the default graph of a store, and in the pages below ``sources`` where they are found."""

    def __init__(self, store: Statements, sources: Sequence[Path] = ()) -> None:
        self._store = store
        self._pages = Pages(sources)
        # What many findings clash with, a kind of event for one, has words in thousands of facts.
        self._known: dict[_Term, list[Spot]] = {}

    def of(self, focus: _Term, value: _Term | None = None) -> tuple[Spot | None, Spot | None]:
        """The words behind a focus node and behind the value that clashes with it, of one article if there is one."""
        own = self._spots(focus)
        if isinstance(value, ox.Literal) and value.datatype.value in _DATES:
            return self._located(self._issued_before(own, value.value), focus), None
        if isinstance(value, ox.Literal) or value is None or value == focus:
            return self._located(own[0] if own else None, focus), None
        other = self._spots(value)
        pairs = [(a, b) for a in own for b in other]
        if not pairs:
            return self._located(own[0] if own else None, focus), self._located(other[0] if other else None, value)
        here, there = min(pairs, key=lambda p: (p[0].article != p[1].article, p[0].source_file != p[1].source_file))
        return self._located(here, focus), self._located(there, value)

    def label(self, node: _Term) -> str:
        """What people call a node: its Chinese label, else its parts' labels, else the end of its IRI."""
        if isinstance(node, ox.Literal):
            return node.value
        labels = [o for p in _NAMES for o in self._objects(node, p)]
        if labels:
            return min(labels, key=lambda o: (getattr(o, "language", "") != "zh", o.value)).value
        parts = [o for p in _PARTS for o in sorted(self._objects(node, p), key=lambda o: o.value) if o != node]
        if parts:
            return " ".join(self.label(part) for part in parts)
        name = node.value
        for prefix, namespace in (("", ID), *((f"{p}:", n) for p, n in PREFIXES.items())):
            if name.startswith(namespace):
                return prefix + unquote(name.removeprefix(namespace))
        return name

    def _spots(self, node: _Term) -> list[Spot]:
        if node not in self._known:
            self._known[node] = list(self._found(node))
        return self._known[node]

    def _found(self, node: _Term) -> Iterator[Spot]:
        """First the node's own evidence, else that of the facts about it, else the articles that mention it."""
        if isinstance(node, ox.Literal):
            return
        if ox.Quad(node, _TYPE, _ARTICLE) in self._store:
            yield self._article(node)
            return
        if _CHARACTERS.match(node.value) or self._objects(node, _CONTEXT):
            found: set[_Term] = {node}
        else:
            found = set(self._objects(node, _EVIDENCE))
            if not found:
                found = {o for subject in self._subjects(None, node) for o in self._objects(subject, _EVIDENCE)}
        spots = [self._evidence(evidence) for evidence in found]
        if not spots:
            spots = [self._article(article) for p in (_MENTIONS, _AUTHOR) for article in self._subjects(p, node)]
        yield from sorted(spots, key=lambda s: (s.source_file or "", s.begin or 0, s.end or 0, s.article))

    def _issued_before(self, spots: Sequence[Spot], day: str) -> Spot | None:
        """Whose misprint a day is, of several articles: that of the last issue before it. Without such, the first."""
        issues = [(self._text(ox.NamedNode(spot.article), _ISSUED) or "", spot) for spot in spots]
        before = [(issue, spot) for issue, spot in issues if "" < issue < day]
        return max(before, key=lambda pair: pair[0])[1] if before else spots[0] if spots else None

    def _objects(self, node: _Term, predicate: ox.NamedNode) -> list[_Term]:
        if isinstance(node, ox.Literal):
            return []
        found = self._store.quads_for_pattern(node, predicate, None, ox.DefaultGraph())
        return [quad.object for quad in found if not isinstance(quad.object, ox.Triple)]

    def _subjects(self, predicate: ox.NamedNode | None, node: _Term) -> set[_Term]:
        """An instance is no fact about its class."""
        found = self._store.quads_for_pattern(None, predicate, node, ox.DefaultGraph())
        return {quad.subject for quad in found if quad.predicate != _TYPE and not isinstance(quad.subject, ox.Triple)}

    def _evidence(self, node: _Term) -> Spot:
        match = _CHARACTERS.match(node.value)
        article = min(self._objects(node, _CONTEXT), default=None, key=lambda o: o.value)
        if article is None:
            article = ox.NamedNode(match[1]) if match else node
        begin, end = self._number(node, _BEGIN), self._number(node, _END)
        if match and (begin is None or end is None):
            begin, end = int(match[2]), int(match[3])
        words = self._text(node, _WORDS)
        return Spot(article.value, self._text(article, _SOURCE), begin, end, words, node.value)

    def _article(self, node: _Term) -> Spot:
        begin, end = self._number(node, _BEGIN), self._number(node, _END)
        return Spot(node.value, self._text(node, _SOURCE), begin, end, self._text(node, _HEADLINE))

    def _text(self, node: _Term, predicate: ox.NamedNode) -> str | None:
        return min((o.value for o in self._objects(node, predicate)), default=None)

    def _number(self, node: _Term, predicate: ox.NamedNode) -> int | None:
        text = self._text(node, predicate)
        return int(text) if text is not None and text.isascii() and text.isdigit() else None

    def _located(self, spot: Spot | None, node: _Term) -> Spot | None:
        if spot is None or spot.source_file is None or spot.begin is None or spot.end is None:
            return spot
        for file in self._pages.named(spot.source_file):
            text = self._pages.text(file)
            begin, end, words = spot.begin, spot.end, spot.words
            if spot.evidence is None and spot.article != node.value:
                # Only the article is known: the name itself stands somewhere in it.
                at = text.find(self.label(node), begin, end)
                if at >= 0:
                    begin, end, words = at, at + len(self.label(node)), self.label(node)
            if end > len(text) or (spot.evidence and not stand(text, begin, end, words or "")):
                continue
            return Spot(spot.article, spot.source_file, begin, end, words, spot.evidence, file, *position(text, begin))
        return spot
