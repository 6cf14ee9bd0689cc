"""Words of a page behind a node of a graph: evidence, article, input file, line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.namespaces import ID, KG, PREFIXES
from kg.read import read_page

_KG = Namespace(KG)
_NIF = Namespace(PREFIXES["nif"])
_ORG = Namespace(PREFIXES["org"])
_SCHEMA = Namespace(PREFIXES["schema"])

_CHARACTERS = re.compile(r"^(.*)#char=(\d+),(\d+)$")
_BREAK = re.compile(r"\r\n|\r|\n")
_NAMES = (RDFS.label, _SCHEMA.headline, _NIF.anchorOf)
_PARTS = (_ORG.member, _ORG.organization, _ORG.postIn, _KG.participant, _KG.speaker, _KG.title, _KG.role, _KG.verb)


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
    """Looks words up in one graph, and in the pages below ``sources`` where they are found."""

    def __init__(self, graph: Graph, sources: Sequence[Path] = ()) -> None:
        self._graph = graph
        self._pages = _Pages(sources)

    def of(self, focus: Node, value: Node | None = None) -> tuple[Spot | None, Spot | None]:
        """The words behind a focus node and behind the value that clashes with it, of one article if there is one."""
        own = list(self._spots(focus))
        if isinstance(value, Literal) or value is None or value == focus:
            return self._located(own[0] if own else None, focus), None
        other = list(self._spots(value))
        pairs = [(a, b) for a in own for b in other]
        if not pairs:
            return self._located(own[0] if own else None, focus), self._located(other[0] if other else None, value)
        here, there = min(pairs, key=lambda p: (p[0].article != p[1].article, p[0].source_file != p[1].source_file))
        return self._located(here, focus), self._located(there, value)

    def label(self, node: Node) -> str:
        """What people call a node: its Chinese label, else its parts' labels, else the end of its IRI."""
        if isinstance(node, Literal):
            return str(node)
        labels = [o for p in _NAMES for o in self._graph.objects(node, p)]
        labels.sort(key=lambda o: (getattr(o, "language", "") != "zh", str(o)))
        if labels:
            return str(labels[0])
        parts = [o for p in _PARTS for o in sorted(self._graph.objects(node, p), key=str) if o != node]
        if parts:
            return " ".join(self.label(part) for part in parts)
        name = str(node)
        for prefix, namespace in (("", ID), *((f"{p}:", n) for p, n in PREFIXES.items())):
            if name.startswith(namespace):
                return prefix + unquote(name.removeprefix(namespace))
        return name

    def _spots(self, node: Node) -> Iterator[Spot]:
        """First the node's own evidence, else that of the facts about it, else the articles that mention it."""
        graph = self._graph
        if (node, RDF.type, _KG.Article) in graph:
            yield self._article(node)
            return
        if _CHARACTERS.match(str(node)) or (node, _NIF.referenceContext, None) in graph:
            found = {node}
        else:
            found = set(graph.objects(node, _KG.evidence))
            for subject in set() if found else set(graph.subjects(None, node)):
                found |= set(graph.objects(subject, _KG.evidence))
        spots = [self._evidence(evidence) for evidence in found]
        if not spots:
            spots = [self._article(article) for article in graph.subjects(_SCHEMA.mentions, node)]
            spots += [self._article(article) for article in graph.subjects(_SCHEMA.author, node)]
        yield from sorted(spots, key=lambda s: (s.source_file or "", s.begin or 0, s.end or 0, s.article))

    def _evidence(self, node: Node) -> Spot:
        match = _CHARACTERS.match(str(node))
        context = self._graph.value(node, _NIF.referenceContext)
        article = context if context is not None else URIRef(match[1] if match else "")
        begin, end = self._number(node, _NIF.beginIndex), self._number(node, _NIF.endIndex)
        if match and (begin is None or end is None):
            begin, end = int(match[2]), int(match[3])
        words = self._text(node, _NIF.anchorOf)
        return Spot(str(article), self._text(article, _KG.sourceFile), begin, end, words, str(node))

    def _article(self, node: Node) -> Spot:
        begin, end = self._number(node, _NIF.beginIndex), self._number(node, _NIF.endIndex)
        return Spot(str(node), self._text(node, _KG.sourceFile), begin, end, self._text(node, _SCHEMA.headline))

    def _text(self, node: Node, predicate: URIRef) -> str | None:
        return min((str(o) for o in self._graph.objects(node, predicate)), default=None)

    def _number(self, node: Node, predicate: URIRef) -> int | None:
        text = self._text(node, predicate)
        return int(text) if text is not None and text.isascii() and text.isdigit() else None

    def _located(self, spot: Spot | None, node: Node) -> Spot | None:
        if spot is None or spot.source_file is None or spot.begin is None or spot.end is None:
            return spot
        for file, text in self._pages.named(spot.source_file):
            begin, end, words = spot.begin, spot.end, spot.words
            if spot.evidence is None and spot.article != str(node):
                # Only the article is known: the name itself stands somewhere in it.
                at = text.find(self.label(node), begin, end)
                if at >= 0:
                    begin, end, words = at, at + len(self.label(node)), self.label(node)
            if end > len(text) or (spot.evidence and _solid(words or "") != _solid(text[begin:end])):
                continue
            breaks = [m.end() for m in _BREAK.finditer(text, 0, begin)]
            column = begin - (breaks[-1] if breaks else 0) + 1
            return Spot(spot.article, spot.source_file, begin, end, words, spot.evidence, file, len(breaks) + 1, column)
        return spot


def _solid(words: str) -> str:
    return "".join(words.split())


class _Pages:
    """The pages below files and folders, by file name, read when first asked for."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._sources = sources
        self._files: dict[str, list[Path]] | None = None
        self._texts: dict[Path, str] = {}

    def named(self, name: str) -> Iterator[tuple[Path, str]]:
        if self._files is None:
            self._files = {}
            for source in self._sources:
                for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
                    self._files.setdefault(path.name, []).append(path)
        for path in self._files.get(name, ()):
            if path not in self._texts:
                self._texts[path] = read_page(path).text
            yield path, self._texts[path]
