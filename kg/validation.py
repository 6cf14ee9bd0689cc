"""Shapes over a graph → findings that know the words of the page they come from.

pySHACL decides; this module loads the graph, keeps pySHACL's parsed queries, and gives every result
its address: evidence, article, input file, line and column. Nothing here prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.addresses import Addresses, Spot
from kg.loading import Asked, fill, from_quads, load, parsed, quads_of, quiet
from kg.namespaces import ID, KG, PREFIXES
from kg.read import UnreadableInput
from kg.resources import turtle_files

__all__ = ["Finding", "Report", "Severity", "Spot", "UnreadableInput", "Waived", "data_shapes", "from_quads", "load", "validate"]


class Severity(IntEnum):
    """How bad a finding is: the graph is wrong, the page is suspicious, it could be fuller."""

    INFO = 0
    WARNING = 1
    VIOLATION = 2

    @property
    def iri(self) -> str:
        return f"{SH}{self.name.capitalize()}"


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
class Waived:
    """A finding that is let pass until a day and with it, for a reason. ``waiver`` is the waiver's IRI, if it has one."""

    finding: Finding
    reason_zh: str
    reason_en: str
    expires: date
    creator: str | None = None
    waiver: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, worst first, then by shape, file, place in the file and focus.

    Set apart from them: those that a baseline ``known`` already (None where there was none), those that are ``waived``.
    """

    findings: tuple[Finding, ...]
    triples: int
    shapes: int
    known: tuple[Finding, ...] | None = None
    waived: tuple[Waived, ...] = ()

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
    shape_graph = fill(Graph(bind_namespaces="none"), quads_of(shape_files, base=True))
    graph = Asked(bind_namespaces="none")
    with quiet():
        fill(graph, _of(data))
        triples = len(graph)
        fill(graph, _concept_facts(turtle_files("ontology") if ontology is None else ontology))
        results = _run(graph, shape_graph, shape_files)
    addresses = Addresses(graph, sources)
    # Two constraints of one shape that fail on one value are one finding.
    found = sorted(_findings(results, shape_graph, addresses), key=lambda f: f.component, reverse=True)
    ordered = tuple(sorted({f.key: f for f in found}.values(), key=_order))
    return Report(ordered, triples, len(set(shape_graph.subjects(SH.targetClass | SH.path | SH.targetSubjectsOf))))


def data_shapes() -> list[Path]:
    """The project's shapes for graphs that were built: all but those that check the ontology itself."""
    return [path for path in turtle_files("shapes") if path.stem != "ontology"]


def _of(data: Data) -> Iterable[ox.Quad] | Graph:
    if isinstance(data, Path):
        return quads_of([data])
    if isinstance(data, (str, bytes)):
        return parsed(data, ox.RdfFormat.N_QUADS, Path("-"), None)
    if isinstance(data, Sequence):
        return quads_of([item for item in data if isinstance(item, Path)])
    return data


_JOINED = {KG + name for name in ("singleSeat", "rank", "deputyOf", "eventClass", "public")} | {str(SKOS.broader)}
_TYPES = {str(RDF.type), str(RDFS.subClassOf)}
_BUILT_IN = (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"])


def _concept_facts(files: Sequence[Path]) -> Iterator[ox.Quad]:
    """What shapes ask of the ontology: which IRIs are concepts, their rank, seat, head, class and wider concepts."""
    for quad in quads_of(files):
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


def _findings(results: Graph, shapes: Graph, addresses: Addresses) -> Iterator[Finding]:
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
