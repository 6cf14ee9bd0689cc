"""Shapes over a graph → findings that know the words of the page they come from.

An engine decides; this module gives every result its words and its address: evidence, article, input file, line and column.
Nothing here prints.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.addresses import Addresses, Statements
from kg.engines.checking import AUTO, Checked, UnfitEngine, check
from kg.engines.results import Result, Term
from kg.engines.shapes import ShapeGraph
from kg.engines.statements import prepare
from kg.findings import Finding, Report, Severity
from kg.loading import parsed, quads_of
from kg.namespaces import KG, PREFIXES
from kg.read import UnreadableInput
from kg.resources import turtle_files

if TYPE_CHECKING:
    from rdflib import Graph

    Data = Graph | Path | str | bytes | Iterable[Path | ox.Quad]

__all__ = ["UnreadableInput", "data_shapes", "from_quads", "load", "validate"]

_SH = PREFIXES["sh"]


def validate(
    data: Data,
    shapes: Sequence[Path] | None = None,
    *,
    ontology: Sequence[Path] | None = None,
    sources: Sequence[Path] = (),
    engine: str = AUTO,
) -> Report:
    """Check a graph: an rdflib graph, files and pyoxigraph quads (an open store, for one), or N-Quads text.

    ``shapes`` and ``ontology`` default to the project's own; of the ontology only the facts that shapes
    ask for are joined to the data. ``sources`` are files or folders in which the pages are looked up for
    line and column. ``engine`` is one of ``kg.engines.checking.ENGINES``. Raises UnreadableInput for files
    that are no RDF, for shapes that cannot be used, and for an engine that cannot be used on them.
    """
    checked, wanted = checked_with(data, shapes, ontology=ontology, engine=engine)
    return report(checked, wanted, checked.count, sources)


def checked_with(
    data: Data, shapes: Sequence[Path] | None = None, *, ontology: Sequence[Path] | None = None, engine: str = AUTO
) -> tuple[Checked, ShapeGraph]:
    """What an engine finds, and the shapes: as ``validate``, before it is given words. Raises UnreadableInput."""
    shape_files = data_shapes() if shapes is None else list(shapes)
    wanted = usable_shapes(shape_files)
    facts = concept_facts(turtle_files("ontology") if ontology is None else ontology)
    return checked_by(wanted, _of(data), facts, engine, shape_files), wanted


def usable_shapes(files: Sequence[Path]) -> ShapeGraph:
    """The shapes of files. Raises UnreadableInput, also for shapes that ask for each other in a circle."""
    shapes = ShapeGraph(quads_of(files, base=True))
    _refuse_circles(shapes, files)
    return shapes


def checked_by(
    shapes: ShapeGraph, data: Iterable[Path | ox.Quad], facts: Iterable[ox.Quad], engine: str, shape_files: Sequence[Path]
) -> Checked:
    """What an engine finds. Raises UnreadableInput as ``validate`` does."""
    with TemporaryDirectory(prefix="kg-") as folder:
        statements = prepare(data, facts, Path(folder))
        try:
            return check(shapes, statements, engine)
        except UnfitEngine as error:
            raise UnreadableInput(_place(shape_files), str(error)) from error
        except SyntaxError as error:
            raise _unreadable(statements.files, error) from error
        except ValueError as error:
            if "parse error" in str(error):
                raise _unreadable(statements.files, error) from error
            raise UnreadableInput(_place(shape_files), f"shapes that cannot be used: {error}") from error


def report(checked: Checked, shapes: ShapeGraph, count: int, sources: Sequence[Path]) -> Report:
    """The results of an engine as findings; ``count`` statements were checked."""
    found = sorted(_findings(checked.results, checked.store, shapes, sources), key=lambda f: f.component, reverse=True)
    # Two constraints of one shape that fail on one value are one finding.
    ordered = tuple(sorted({f.key: f for f in found}.values(), key=_order))
    used = len(shapes.subjects(*(_SH + name for name in ("targetClass", "path", "targetSubjectsOf"))))
    return Report(ordered, count, used, engine=checked.engine, reason=checked.reason)


def load(paths: Sequence[Path]) -> Graph:
    """The union of all graphs in files and folders, as an rdflib graph. Raises UnreadableInput."""
    from kg.engines import graphs

    return graphs.load(paths)


def from_quads(quads: Iterable[ox.Quad]) -> Graph:
    """The union of all named graphs among quads, as an rdflib graph with every literal as written."""
    from kg.engines import graphs

    return graphs.from_quads(quads)


def _refuse_circles(shapes: ShapeGraph, files: Sequence[Path]) -> None:
    circle = shapes.circle()
    if circle:
        names = " → ".join(str(shapes.named(node)) for node in circle)
        raise UnreadableInput(_place(files), f"shapes that cannot be used: they ask for each other in a circle, {names}")


def _place(files: Sequence[Path]) -> Path:
    return files[0] if len(files) == 1 else files[0].parent if files else Path(".")


def _unreadable(files: Sequence[Path], error: Exception) -> UnreadableInput:
    """Which file is no RDF, and where: files that were not parsed before are parsed for it now."""
    try:
        for _ in quads_of(files):
            pass
    except UnreadableInput as found:
        return found
    return UnreadableInput(files[-1], str(error))


def data_shapes() -> list[Path]:
    """The project's shapes for graphs that were built: all but those that check the ontology itself. ``words.ttl`` has none."""
    return [path for path in turtle_files("shapes") if path.stem not in ("ontology", "words")]


def _of(data: Data) -> Iterable[Path | ox.Quad]:
    if isinstance(data, Path):
        return [data]
    if isinstance(data, (str, bytes)):
        return parsed(data, ox.RdfFormat.N_QUADS, Path("-"), None)
    if "rdflib" in sys.modules:  # else it is no graph of rdflib, which takes its time to load
        from kg.engines import graphs

        return graphs.as_quads(data)
    return cast("Iterable[Path | ox.Quad]", data)


_JOINED = {KG + name for name in ("singleSeat", "rank", "deputyOf", "eventClass", "public")} | {PREFIXES["skos"] + "broader"}
_TYPES = {PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "subClassOf"}
_BUILT_IN = (PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["rdf"])


def concept_facts(files: Sequence[Path]) -> Iterator[ox.Quad]:
    """What shapes ask of the ontology: which IRIs are concepts, their rank, seat, head, class and wider concepts."""
    for quad in quads_of(files):
        name = quad.predicate.value
        if name in _JOINED or (name in _TYPES and not getattr(quad.object, "value", "").startswith(_BUILT_IN)):
            yield quad


def _findings(results: Iterable[Result], store: Statements, shapes: ShapeGraph, sources: Sequence[Path]) -> Iterator[Finding]:
    addresses = Addresses(store, sources)
    for result in results:
        shape = shapes.named(result.shape)
        messages = _messages(result, shape, shapes)
        fallback = messages.get("") or next(iter(messages.values()), "")
        value = None if result.value is None or result.value == result.focus else result.value
        spot, related = addresses.of(result.focus, value)
        yield Finding(
            shape=_name(shape),
            severity=_severity(result.severity),
            message_zh=messages.get("zh", fallback),
            message_en=messages.get("en", fallback),
            focus=_name(result.focus),
            focus_label=addresses.label(result.focus),
            component=result.component,
            path=result.path or shapes.path(result.shape),
            value=None if value is None else str(value),
            value_label=None if value is None else addresses.label(value),
            spot=spot,
            related=related,
        )


def _messages(result: Result, shape: Term, shapes: ShapeGraph) -> dict[str, str]:
    """By language: the words of the shape, else those of the engine, else the constraint itself."""
    found = {m.language or "": m.value for m in result.messages}
    for owner in (result.shape, shape):
        found |= {m.language or "": m.value for m in shapes.objects(owner, _SH + "message") if isinstance(m, ox.Literal)}
    return found or {"": _constraint(result, shapes)}


def _constraint(result: Result, shapes: ShapeGraph) -> str:
    name = result.component.rpartition("#")[2].removesuffix("ConstraintComponent")
    parameter = name[:1].lower() + name[1:]
    values = [o for o in shapes.objects(result.shape, _SH + parameter) if not isinstance(o, ox.BlankNode)]
    return " ".join([f"sh:{parameter}", *sorted(map(str, values))])


def _name(node: Term) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _severity(iri: str) -> Severity:
    """SHACL allows severities of one's own; they count as violations, as SHACL's default does."""
    return next((s for s in Severity if s.iri == iri), Severity.VIOLATION)


def _order(finding: Finding) -> tuple[int, str, str, int, str, str, str]:
    begin = -1 if finding.begin is None else finding.begin
    tail = (finding.focus, finding.path or "", finding.value or "")
    return (-finding.severity, finding.shape, finding.source_file or "", begin, *tail)
