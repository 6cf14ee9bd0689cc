"""The shapes that were checked: what a rule says, how bad it is, and which file declares it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.findings import Report, Severity
from kg.loading import quads_of
from kg.namespaces import PREFIXES, prefixed
from kg.validation import data_shapes

UNDECLARED = "shapes"

_SH = PREFIXES["sh"]
_GROUPING = {_SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "property", "node")}
_DESCRIBING = {_SH + name for name in ("name", "description", "group", "order", "severity", "message", "deactivated")}
_KINDS = {_SH + "NodeShape", _SH + "PropertyShape"}
_TYPE, _LABEL = PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label"
_SEE = PREFIXES["rdfs"] + "seeAlso"

_Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Rule:
    """One named shape. ``file`` is the name of the file that declares it, ``shapes`` where none is known."""

    iri: str
    file: str
    severity: Severity
    message_zh: str
    message_en: str
    see: str | None = None

    def message(self, language: str) -> str:
        return self.message_zh if language == "zh" else self.message_en


def rules(report: Report, files: Sequence[Path] | None) -> list[Rule]:
    """Every named shape that demands something, by file and IRI, then those that only the findings know.

    A node shape that does no more than group named property shapes is none: nothing is ever found by it.
    """
    found = [rule for path in (data_shapes() if files is None else files) for rule in declared(path)]
    known = {rule.iri: rule for rule in found}
    firsts = {finding.shape: finding for finding in [*(w.finding for w in report.waived), *reversed(report.findings)]}
    named = []
    for rule in known.values():
        first = firsts.pop(rule.iri, None)
        if first is not None and not (rule.message_zh or rule.message_en):
            rule = Rule(rule.iri, rule.file, first.severity, first.message_zh, first.message_en, rule.see)
        named.append(rule)
    others = (Rule(f.shape, UNDECLARED, f.severity, f.message_zh, f.message_en) for _, f in sorted(firsts.items()))
    return [*named, *others]


def declared(path: Path) -> list[Rule]:
    """The shapes of a file that demand something, by IRI."""
    about: dict[str, list[tuple[str, _Term]]] = defaultdict(list)
    for quad in quads_of([path], base=True):
        if isinstance(quad.subject, ox.NamedNode):
            about[quad.subject.value].append((quad.predicate.value, quad.object))
    return [_rule(iri, path, about[iri]) for iri in sorted(about) if _demands(about[iri])]


def _demands(facts: Sequence[tuple[str, _Term]]) -> bool:
    kinds = {o.value for p, o in facts if p == _TYPE and isinstance(o, ox.NamedNode)}
    parts = {p for p, _ in facts}
    if not (kinds & _KINDS or parts & _GROUPING or _SH + "path" in parts):
        return False
    if any(p == _SH + "deactivated" and isinstance(o, ox.Literal) and o.value in ("true", "1") for p, o in facts):
        return False
    if any(p in (_SH + "property", _SH + "node") and isinstance(o, ox.BlankNode) for p, o in facts):
        return True
    return any(p.startswith(_SH) and p not in _GROUPING | _DESCRIBING for p in parts)


def _rule(iri: str, path: Path, facts: Sequence[tuple[str, _Term]]) -> Rule:
    texts = {name: _texts(facts, name) for name in (_SH + "message", _SH + "name", _SH + "description", _LABEL)}
    said = next((found for found in texts.values() if found), {})
    fallback = said.get("") or next(iter(said.values()), "")
    level = next((o.value for p, o in facts if p == _SH + "severity" and isinstance(o, ox.NamedNode)), None)
    severity = next((s for s in Severity if s.iri == level), Severity.VIOLATION)
    see = min((o.value for p, o in facts if p == _SEE and isinstance(o, ox.NamedNode)), default=None)
    return Rule(iri, path.name, severity, said.get("zh", fallback), said.get("en", fallback), see)


def _texts(facts: Sequence[tuple[str, _Term]], predicate: str) -> dict[str, str]:
    found = [o for p, o in facts if p == predicate and isinstance(o, ox.Literal)]
    return {o.language or "": o.value for o in sorted(found, key=str, reverse=True)}


def title(rule: Rule, language: str) -> str:
    return rule.message(language) or prefixed(rule.iri)
