"""A standard ``sh:ValidationReport`` in Turtle, with the evidence: every finding."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.findings import Finding, Report, Waived
from kg.namespaces import ID, PREFIXES, expand
from kg.reports.view import View

_OF_ALL_VALUES = {"MinCount", "MaxCount", "UniqueLang", "QualifiedMinCount", "QualifiedMaxCount", "HasValue"}
_NUMBER = PREFIXES["xsd"] + "integer"


def to_turtle(report: Report, view: View) -> str:
    """The standard report: no blank nodes, the same IRIs every run, with ``prov:wasDerivedFrom`` and ``kg:evidence``.

    Waived findings hang on ``kgs:waivedResult`` instead. Messages are in both languages.
    A path that is more than one IRI is left to ``sh:sourceShape``.
    """
    quads = sorted(_triples(report), key=str)
    prefixes = {name: PREFIXES[name] for name in ("sh", "kg", "kgs", "prov", "nif", "rdfs", "xsd", "dcterms")}
    content = ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return content.decode() if content is not None else ""


def _triples(report: Report) -> Iterator[ox.Triple]:
    root = ox.NamedNode(f"{ID}report")
    conforms = not report.findings
    yield ox.Triple(root, _iri("rdf:type"), _iri("sh:ValidationReport"))
    yield ox.Triple(root, _iri("sh:conforms"), ox.Literal(conforms))
    for finding in report.findings:
        yield from _result(root, "sh:result", finding)
    for waived in report.waived:
        yield from _result(root, "kgs:waivedResult", waived.finding)
        yield from _waiver(waived)


def _waiver(waived: Waived) -> Iterator[ox.Triple]:
    finding = ox.NamedNode(waived.finding.iri)
    node = ox.NamedNode(waived.waiver or f"{waived.finding.iri}/waiver")
    yield ox.Triple(finding, _iri("kgs:waivedBy"), node)
    yield ox.Triple(node, _iri("rdf:type"), _iri("kgs:Waiver"))
    yield ox.Triple(node, _iri("kgs:waivesFinding"), finding)
    yield ox.Triple(node, _iri("kgs:expires"), ox.Literal(waived.expires.isoformat(), datatype=_iri("xsd:date")))
    if waived.reason_zh == waived.reason_en:
        yield ox.Triple(node, _iri("dcterms:description"), ox.Literal(waived.reason_en))
    else:
        yield ox.Triple(node, _iri("dcterms:description"), ox.Literal(waived.reason_zh, language="zh"))
        yield ox.Triple(node, _iri("dcterms:description"), ox.Literal(waived.reason_en, language="en"))
    if waived.creator is not None:
        yield ox.Triple(node, _iri("dcterms:creator"), ox.Literal(waived.creator))


def _result(root: ox.NamedNode, link: str, finding: Finding) -> Iterator[ox.Triple]:
    node = ox.NamedNode(finding.iri)
    yield ox.Triple(root, _iri(link), node)
    yield ox.Triple(node, _iri("rdf:type"), _iri("sh:ValidationResult"))
    for predicate, value in _described(finding):
        yield ox.Triple(node, _iri(predicate), value)


def _described(finding: Finding) -> Iterator[tuple[str, ox.NamedNode | ox.BlankNode | ox.Literal]]:
    yield "sh:resultSeverity", ox.NamedNode(finding.severity.iri)
    yield "sh:sourceShape", ox.NamedNode(finding.shape)
    yield "sh:sourceConstraintComponent", ox.NamedNode(finding.component)
    yield "sh:focusNode", _node(finding.focus)
    yield "sh:resultMessage", ox.Literal(finding.message_zh, language="zh")
    yield "sh:resultMessage", ox.Literal(finding.message_en, language="en")
    yield "rdfs:label", ox.Literal(finding.focus_label)
    if finding.path is not None and not finding.path.startswith(("<", "^", "(")):
        yield "sh:resultPath", ox.NamedNode(finding.path)
    value = finding.value or (finding.focus if _is_of_focus(finding) else None)
    if value is not None:
        yield "sh:value", _node(value)
    for spot in (finding.spot, finding.related):
        if spot is not None:
            yield "prov:wasDerivedFrom", ox.NamedNode(spot.article)
            if spot.evidence is not None:
                yield "kg:evidence", ox.NamedNode(spot.evidence)
    if finding.spot is not None and finding.spot.source_file is not None:
        yield "kg:sourceFile", ox.Literal(finding.spot.source_file)
        for name, number in (("kg:line", finding.spot.line), ("kg:column", finding.spot.column)):
            if number is not None:
                yield name, ox.Literal(str(number), datatype=ox.NamedNode(_NUMBER))


def _is_of_focus(finding: Finding) -> bool:
    """Whether a finding without a value is about the focus itself, which the standard names as the value then.

    It is not where all values together are wrong, nor can it be told of a query for the values of a path.
    """
    name = finding.component.removeprefix(PREFIXES["sh"]).removesuffix("ConstraintComponent")
    return name not in _OF_ALL_VALUES and (finding.path is None or name not in (finding.component, "SPARQL"))


def _iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(expand(name))


def _node(term: str) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A focus (a bare IRI or ``_:name``) or a value in N-Triples syntax."""
    if term.startswith("_:"):
        return ox.BlankNode(term[2:])
    if term.startswith(("<", '"')):
        quad = next(iter(ox.parse(f"<x:s> <x:p> {term} .", ox.RdfFormat.N_TRIPLES)))
        if isinstance(quad.object, (ox.NamedNode, ox.Literal)):
            return quad.object
    return ox.NamedNode(term)
