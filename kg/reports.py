"""Findings → text for people, Turtle (a standard ``sh:ValidationReport``), JSON.

A further format is one more function from (report, language) to text in ``FORMATS``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

import pyoxigraph as ox

from kg.namespaces import ID, PREFIXES, SHAPES, expand
from kg.resources import turtle_files
from kg.validation import Finding, Report, Severity, Spot

VERSION: Final = 1
LANGUAGES: Final = ("zh", "en")

_NUMBER = PREFIXES["xsd"] + "integer"


def exit_code(report: Report, fail_on: Severity | str = Severity.VIOLATION) -> int:
    """0, or 1 where a finding is at or above ``fail_on`` (``violation``, ``warning``, ``info``).

    Raises KeyError for another word.
    """
    threshold = Severity[fail_on.upper()] if isinstance(fail_on, str) else fail_on
    worst = report.worst()
    return int(worst is not None and worst >= threshold)


def to_text(report: Report, language: str = "zh") -> str:
    """For people: worst first, grouped by shape; what is wrong, where, the words; the counts at the end."""
    words = _words(language)
    lines: list[str] = []
    for (severity, shape), group in groupby(report.findings, key=lambda f: (f.severity, f.shape)):
        findings = list(group)
        lines.append(f"[{words[severity.iri]}] {_message(findings[0], language)} ({_short(shape)}): {len(findings)}")
        for finding in findings:
            lines.extend(_finding_lines(finding, words[f"{SHAPES}Report-see"]))
        lines.append("")
    counts = ", ".join(f"{report.count(s)} {words[s.iri]}" for s in sorted(Severity, reverse=True) if report.count(s))
    return "\n".join([*lines, counts or words[f"{SHAPES}Report-conforms"], ""])


def to_turtle(report: Report, language: str = "zh") -> str:
    """The standard report: no blank nodes, the same IRIs every run, with ``prov:wasDerivedFrom`` and ``kg:evidence``.

    Messages are in both languages. A path that is more than one IRI is left to ``sh:sourceShape``.
    """
    quads = sorted(_triples(report), key=str)
    prefixes = {name: PREFIXES[name] for name in ("sh", "kg", "kgs", "prov", "nif", "rdfs", "xsd")}
    content = ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return content.decode() if content is not None else ""


def to_json(report: Report, language: str = "zh") -> str:
    """One object: ``version``, ``conforms`` (no violation), ``counts``, ``findings``; keys in a fixed order."""
    document = {
        "version": VERSION,
        "conforms": report.count(Severity.VIOLATION) == 0,
        "triples": report.triples,
        "shapes": report.shapes,
        "counts": {s.name.lower(): report.count(s) for s in sorted(Severity, reverse=True)},
        "findings": [_finding_object(f) for f in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


FORMATS: Final[dict[str, Callable[[Report, str], str]]] = {"text": to_text, "turtle": to_turtle, "json": to_json}


def render(report: Report, form: str = "text", language: str = "zh") -> str:
    """The report in one of ``FORMATS``. Raises KeyError for another."""
    return FORMATS[form](report, language)


def _words(language: str) -> dict[str, str]:
    """The few words of a report, from the shapes that bring them."""
    label = ox.NamedNode(PREFIXES["rdfs"] + "label")
    return {
        quad.subject.value: quad.object.value
        for path in turtle_files("shapes")
        for quad in ox.parse(path=path)
        if quad.predicate == label and isinstance(quad.object, ox.Literal) and quad.object.language == language
        if isinstance(quad.subject, ox.NamedNode)
    }


def _message(finding: Finding, language: str) -> str:
    return finding.message_zh if language == "zh" else finding.message_en


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _finding_lines(finding: Finding, see: str) -> Iterator[str]:
    what = finding.focus_label
    if finding.value_label is not None:
        what += f" ⟷ {finding.value_label}" if finding.related else f": {finding.value_label}"
    yield f"  {finding.spot or finding.focus}: {what}"
    if finding.spot and finding.spot.words:
        yield f"    “{finding.spot.words}”"
    if finding.related:
        quoted = f" “{finding.related.words}”" if finding.related.words else ""
        yield f"    {see} {finding.related}{quoted}"
    yield f"    <{finding.focus}>"


def _finding_object(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.key,
        "shape": finding.shape,
        "severity": finding.severity.name.lower(),
        "message": {"zh": finding.message_zh, "en": finding.message_en},
        "focus": finding.focus,
        "focusLabel": finding.focus_label,
        "path": finding.path,
        "value": finding.value,
        "valueLabel": finding.value_label,
        "at": _spot_object(finding.spot),
        "related": _spot_object(finding.related),
    }


def _spot_object(spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    return {
        "article": spot.article,
        "evidence": spot.evidence,
        "sourceFile": spot.source_file,
        "file": None if spot.file is None else spot.file.as_posix(),
        "begin": spot.begin,
        "end": spot.end,
        "line": spot.line,
        "column": spot.column,
        "words": spot.words,
    }


def _triples(report: Report) -> Iterator[ox.Triple]:
    root = ox.NamedNode(f"{ID}report")
    conforms = not report.findings
    yield ox.Triple(root, _iri("rdf:type"), _iri("sh:ValidationReport"))
    yield ox.Triple(root, _iri("sh:conforms"), ox.Literal(conforms))
    for finding in report.findings:
        node = ox.NamedNode(finding.iri)
        yield ox.Triple(root, _iri("sh:result"), node)
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
    if finding.value is not None:
        yield "sh:value", _node(finding.value)
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
