"""Shapes over a graph → findings that know the words of the page they come from.

pySHACL decides; this module loads the graph, keeps pySHACL's parsed queries, and gives every result
its address: evidence, article, input file, line and column. Nothing here prints.
"""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
import pyshacl
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.namespaces import ID, KG, PREFIXES
from kg.read import UnreadableInput, read_page
from kg.resources import turtle_files

__all__ = ["Finding", "Report", "Severity", "Spot", "UnreadableInput", "data_shapes", "from_quads", "load", "validate"]


_KG = Namespace(KG)
_NIF = Namespace(PREFIXES["nif"])
_ORG = Namespace(PREFIXES["org"])
_SCHEMA = Namespace(PREFIXES["schema"])

_CHARACTERS = re.compile(r"^(.*)#char=(\d+),(\d+)$")
_BREAK = re.compile(r"\r\n|\r|\n")
_NAMES = (RDFS.label, _SCHEMA.headline, _NIF.anchorOf)
_PARTS = (_ORG.member, _ORG.organization, _ORG.postIn, _KG.participant, _KG.speaker, _KG.title, _KG.role, _KG.verb)


class Severity(IntEnum):
    """How bad a finding is: the graph is wrong, the page is suspicious, it could be fuller."""

    INFO = 0
    WARNING = 1
    VIOLATION = 2

    @property
    def iri(self) -> str:
        return f"{SH}{self.name.capitalize()}"


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. ``focus`` is an IRI (or ``_:name``), ``path`` an IRI or a SPARQL property path,
    ``value`` a term in N-Triples syntax. ``spot`` are the words behind the focus, ``related`` those
    behind the value; each is None where the graph has no evidence.
    """

    shape: str
    severity: Severity
    message_zh: str
    message_en: str
    focus: str
    focus_label: str
    component: str
    path: str | None = None
    value: str | None = None
    value_label: str | None = None
    spot: Spot | None = None
    related: Spot | None = None

    @property
    def key(self) -> str:
        """The same for the same finding in any run: what two reports are compared by."""
        parts = (self.shape, self.focus, self.path or "", self.value or "")
        return sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def iri(self) -> str:
        return f"{ID}finding/{self.key}"

    @property
    def article(self) -> str | None:
        return self.spot.article if self.spot else None

    @property
    def source_file(self) -> str | None:
        return self.spot.source_file if self.spot else None

    @property
    def begin(self) -> int | None:
        return self.spot.begin if self.spot else None

    @property
    def end(self) -> int | None:
        return self.spot.end if self.spot else None

    @property
    def words(self) -> str | None:
        return self.spot.words if self.spot else None

    @property
    def line(self) -> int | None:
        return self.spot.line if self.spot else None

    @property
    def column(self) -> int | None:
        return self.spot.column if self.spot else None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, worst first, then by shape, file, place in the file and focus."""

    findings: tuple[Finding, ...]
    triples: int
    shapes: int

    def count(self, severity: Severity) -> int:
        return sum(f.severity is severity for f in self.findings)

    def worst(self) -> Severity | None:
        return self.findings[0].severity if self.findings else None


Data = Graph | Path | Sequence[Path] | str | bytes | Iterable[ox.Quad]


def validate(
    data: Data,
    shapes: Sequence[Path] | None = None,
    *,
    ontology: Sequence[Path] | None = None,
    sources: Sequence[Path] = (),
) -> Report:
    """Check a graph: an rdflib graph, files, pyoxigraph quads (an open store, for one) or N-Quads text.

    ``shapes`` and ``ontology`` default to the project's own; of the ontology only the facts that shapes
    ask for are joined to the data. ``sources`` are files or folders in which the pages are looked up for
    line and column. Raises UnreadableInput for files that are no RDF and for shapes that cannot be used.
    """
    shape_files = data_shapes() if shapes is None else list(shapes)
    shape_graph = _fill(Graph(bind_namespaces="none"), _quads(shape_files, base=True))
    graph = _Asked(bind_namespaces="none")
    with _quiet():
        _fill(graph, _of(data))
        triples = len(graph)
        _fill(graph, _concept_facts(turtle_files("ontology") if ontology is None else ontology))
        results = _run(graph, shape_graph, shape_files)
    addresses = _Addresses(graph, sources)
    # Two constraints of one shape that fail on one value are one finding.
    found = sorted(_findings(results, shape_graph, addresses), key=lambda f: f.component, reverse=True)
    ordered = tuple(sorted({f.key: f for f in found}.values(), key=_order))
    return Report(ordered, triples, len(set(shape_graph.subjects(SH.targetClass | SH.path | SH.targetSubjectsOf))))


def data_shapes() -> list[Path]:
    """The project's shapes for graphs that were built: all but those that check the ontology itself."""
    return [path for path in turtle_files("shapes") if path.stem != "ontology"]


def load(paths: Sequence[Path]) -> Graph:
    """The union of all graphs in files (.ttl .nt .nq .trig .jsonld .rdf, each also .gz) and folders of such.

    Raises UnreadableInput with the file and, for bad syntax, the line.
    """
    return from_quads(_quads(paths))


def from_quads(quads: Iterable[ox.Quad]) -> Graph:
    """The union of all named graphs among quads, as an rdflib graph with every literal as written."""
    with _quiet():
        return _fill(Graph(bind_namespaces="none"), quads)


class _Asked(Graph):
    """A graph that parses each query once: pySHACL sends the same text anew for every focus node."""

    def query(  # rdflib's parameters and order
        self,
        query_object: Any,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Any = None,
        initBindings: Any = None,
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        if isinstance(query_object, str):
            # pySHACL's prefixes come in no fixed order.
            lines = query_object.split("\n")
            prefixes = tuple(sorted(line for line in lines if line.startswith("PREFIX ")))
            body = "\n".join(line for line in lines if not line.startswith("PREFIX "))
            query_object = _prepared(prefixes, body, frozenset(initBindings or ()))
        return super().query(query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs)


@lru_cache(maxsize=256)
def _prepared(prefixes: tuple[str, ...], body: str, bound: frozenset[str]) -> Query:
    try:
        query = prepareQuery("\n".join([*prefixes, body]))
    except ParseException as error:
        raise ReportableRuntimeError(f"a query is not SPARQL: {error}") from error
    _order_triples(query.algebra, {Variable(name) for name in bound})
    return query


def _order_triples(part: Any, known: set[Variable]) -> set[Variable]:
    """Sorts a query's patterns so that each starts from what is bound, and returns what is bound after it.

    rdflib sorts them without knowing that ``$this`` is bound, and so walks the whole graph for each focus node.
    """
    if not isinstance(part, CompValue):
        return known
    if part.name == "BGP":
        left, known, ordered = list(part.triples), set(known), []
        while left:
            best = min(left, key=lambda triple: _cost(triple, known))
            left.remove(best)
            ordered.append(best)
            known |= {term for term in best if isinstance(term, Variable)}
        part["triples"] = ordered
        return known
    # A pattern (p, p1) is evaluated before the expression or pattern that follows it.
    for name in sorted(part, key=lambda name: (name not in ("p", "p1"), name)):
        # rdflib keeps the translated pattern of EXISTS as an attribute, the raw one as an item.
        value = getattr(part, name)
        for child in value if isinstance(value, list) else [value]:
            inner = _order_triples(child, known)
            if name in ("p", "p1") and part.name != "Union":
                known = inner
    return known


def _cost(triple: tuple[Any, ...], known: set[Variable]) -> tuple[int, bool]:
    variables = [term for term in triple if isinstance(term, (Variable, BNode))]
    return len([v for v in variables if v not in known]), not any(v in known for v in variables)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without rdflib's warnings of ill-typed literals: shapes report those."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _of(data: Data) -> Iterable[ox.Quad] | Graph:
    if isinstance(data, Path):
        return _quads([data])
    if isinstance(data, (str, bytes)):
        return _parsed(data, ox.RdfFormat.N_QUADS, Path("-"), None)
    if isinstance(data, Sequence):
        return _quads([item for item in data if isinstance(item, Path)])
    return data


def _fill(graph: Graph, quads: Iterable[ox.Quad] | Graph) -> Graph:
    if isinstance(quads, Graph):
        graph.addN((s, p, o, graph) for s, p, o in quads)
    else:
        terms: dict[Any, Node] = {}
        for quad in quads:
            s, p, o = (terms.get(t) or terms.setdefault(t, _term(t)) for t in (quad.subject, quad.predicate, quad.object))
            graph.add((s, p, o))
    return graph


def _term(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        # rdflib reads "x" and "x"^^xsd:string as two terms; the plain one is what its parsers make.
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ValueError(f"no RDF 1.1 term: {term}")


def _quads(paths: Sequence[Path], base: bool = False) -> Iterator[ox.Quad]:
    for path in paths:
        if path.is_dir():
            yield from _quads(sorted(p for p in path.rglob("*") if p.is_file() and _format(p)), base)
            continue
        rdf_format = _format(path)
        if rdf_format is None:
            raise UnreadableInput(path, f"the suffix {path.suffix!r} names no RDF format")
        try:
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        except (EOFError, zlib.error) as error:
            raise UnreadableInput(path, f"broken gzip: {error}") from error
        except OSError as error:
            raise UnreadableInput(path, error.strerror or str(error)) from error
        yield from _parsed(content, rdf_format, path, f"file:///{path.name}" if base else None)


_SUFFIXES = frozenset({".ttl", ".nt", ".nq", ".trig", ".jsonld", ".rdf"})


def _format(path: Path) -> ox.RdfFormat | None:
    suffix = Path(path.stem).suffix if path.suffix == ".gz" else path.suffix
    return ox.RdfFormat.from_extension(suffix.removeprefix(".")) if suffix in _SUFFIXES else None


def _parsed(content: str | bytes, rdf_format: ox.RdfFormat, path: Path, base: str | None) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(content, rdf_format, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        raise UnreadableInput(path, error.msg, error.lineno) from error


_JOINED = {KG + name for name in ("singleSeat", "rank", "deputyOf", "eventClass", "public")} | {str(SKOS.broader)}
_TYPES = {str(RDF.type), str(RDFS.subClassOf)}
_BUILT_IN = (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"])


def _concept_facts(files: Sequence[Path]) -> Iterator[ox.Quad]:
    """What shapes ask of the ontology: which IRIs are concepts, their rank, seat, head, class and wider concepts."""
    for quad in _quads(files):
        name = quad.predicate.value
        if name in _JOINED or (name in _TYPES and not getattr(quad.object, "value", "").startswith(_BUILT_IN)):
            yield quad


def _run(graph: Graph, shapes: Graph, files: Sequence[Path]) -> Graph:
    where = files[0] if len(files) == 1 else files[0].parent if files else Path(".")
    try:
        _, report, text = pyshacl.validate(graph, shacl_graph=shapes, inplace=True, inference="none")
    except (ReportableRuntimeError, RuntimeError) as error:
        raise UnreadableInput(where, f"shapes that cannot be used: {error}") from error
    if not isinstance(report, Graph):
        raise UnreadableInput(where, f"shapes that cannot be used: {text}")
    return report


def _findings(results: Graph, shapes: Graph, addresses: _Addresses) -> Iterator[Finding]:
    for result in results.objects(None, SH.result):
        source = results.value(result, SH.sourceShape)
        shape = _named(shapes, source)
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        if focus is None:
            raise ValueError(f"a result of {shape} has no focus node")
        messages = {str(getattr(m, "language", None) or ""): str(m) for m in results.objects(result, SH.resultMessage)}
        # pySHACL drops the language of messages of SPARQL constraints: the shape's own come first.
        for owner in (source, shape):
            messages |= {m.language or "": str(m) for m in shapes.objects(owner, SH.message) if isinstance(m, Literal)}
        fallback = messages.get("") or next(iter(messages.values()), "")
        spot, related = addresses.of(focus, value)
        path = results.value(result, SH.resultPath)
        yield Finding(
            shape=str(shape),
            severity=_severity(results.value(result, SH.resultSeverity)),
            message_zh=messages.get("zh", fallback),
            message_en=messages.get("en", fallback),
            focus=focus.n3() if isinstance(focus, (BNode, Literal)) else str(focus),
            focus_label=addresses.label(focus),
            component=str(results.value(result, SH.sourceConstraintComponent)),
            path=str(path) if isinstance(path, URIRef) else _path(shapes, shapes.value(source, SH.path)),
            value=None if value is None or value == focus else _ntriples(value),
            value_label=None if value is None or value == focus else addresses.label(value),
            spot=spot,
            related=related,
        )


def _severity(node: Node | None) -> Severity:
    """SHACL allows severities of one's own; they count as violations, as SHACL's default does."""
    return next((s for s in Severity if s.iri == str(node)), Severity.VIOLATION)


def _ntriples(node: Node) -> str:
    if isinstance(node, Literal):
        if node.language:
            return str(ox.Literal(str(node), language=node.language))
        return str(ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None))
    return f"_:{node}" if isinstance(node, BNode) else f"<{node}>"


def _named(shapes: Graph, node: Node | None) -> Node | None:
    """The shape itself, or for a blank one the nearest named shape that holds it."""
    seen: set[Node] = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        node = min(shapes.subjects(None, node), default=node, key=str)
    return node


_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def _path(shapes: Graph, node: Node | None) -> str | None:
    """A complex path in SPARQL's syntax, full IRIs in angle brackets."""
    if node is None or isinstance(node, URIRef):
        return None if node is None else f"<{node}>"
    if (node, RDF.first, None) in shapes:
        return "/".join(_path(shapes, part) or "" for part in shapes.items(node))
    for predicate, part in shapes.predicate_objects(node):
        if predicate == SH.inversePath:
            return f"^{_path(shapes, part)}"
        if predicate == SH.alternativePath:
            return "(" + "|".join(_path(shapes, p) or "" for p in shapes.items(part)) + ")"
        if predicate in _MARKS:
            return f"({_path(shapes, part)}){_MARKS[URIRef(str(predicate))]}"
    return None


def _order(finding: Finding) -> tuple[int, str, str, int, str, str, str]:
    begin = -1 if finding.begin is None else finding.begin
    tail = (finding.focus, finding.path or "", finding.value or "")
    return (-finding.severity, finding.shape, finding.source_file or "", begin, *tail)


class _Addresses:
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
