"""SARIF 2.1.0 for code scanning: a rule is a shape, a place is the line of the page.

Spec: https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html. Runs have their own
``automationDetails``, since GitHub refuses several runs of one category in a file.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from kg import __version__
from kg.addresses import Spot
from kg.findings import Finding, Report, Severity, Waived
from kg.namespaces import prefixed
from kg.reports.catalogue import Rule, rules, title
from kg.reports.quotes import Quotes
from kg.reports.view import View, groups, what

RUN: Final = 5000
"""Results of one run: GitHub shows no more."""
TOTAL: Final = 25_000
"""Results in all, in as many runs as they need; the rest is counted by shape in a notification."""

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_MEANS_LINK = re.compile(r"[\\\[\]]")


def to_sarif(report: Report, view: View) -> str:
    """One log, its results worst first, those that are waived (``suppressions``) at the end."""
    known = rules(report, view.shapes)
    numbers = {rule.iri: number for number, rule in enumerate(known)}
    listed = groups(report, total=TOTAL, each=TOTAL)
    quotes = Quotes()
    state = {} if report.known is None else {"baselineState": "new"}
    results = [_result(finding, numbers[finding.shape], view, quotes) | state for group in listed for finding in group.listed]
    for waived in report.waived[: TOTAL - len(results)]:
        results.append(_result(waived.finding, numbers[waived.finding.shape], view, quotes) | _suppressed(waived, view))
    parts = [results[at : at + RUN] for at in range(0, len(results), RUN)] or [[]]
    left = {prefixed(group.shape): group.left for group in listed if group.left}
    described = [_rule(rule, view) for rule in known]
    runs = [_run(part, described, number, left if number == len(parts) else {}, view) for number, part in enumerate(parts, 1)]
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, ensure_ascii=False) + "\n"


def _run(results: list[dict[str, Any]], rules: list[dict[str, Any]], number: int, left: dict[str, int], view: View) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": True}
    if left:
        shapes = ", ".join(f"{shape} {count}" for shape, count in left.items())
        text = view.word("left", n=sum(left.values()), shapes=shapes)
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": _message(text)}}]
    return {
        "tool": {
            "driver": {"name": "kg validate", "organization": "Fangzhi", "version": __version__, "language": view.language, "rules": rules}
        },
        "automationDetails": {"id": f"kg-validate/{number}/"},
        "language": view.language,
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation],
        "results": results,
    }


def _rule(rule: Rule, view: View) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": prefixed(rule.iri),
        "shortDescription": {"text": title(rule, "en")},
        "fullDescription": {"text": title(rule, view.language)},
        "messageStrings": {language: {"text": _message(title(rule, language))} for language in ("zh", "en")},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    if rule.see is not None:
        found["helpUri"] = rule.see
    return found | {"properties": {"iri": rule.iri, "file": rule.file, "problem.severity": _PROBLEMS[rule.severity]}}


def _result(finding: Finding, number: int, view: View, quotes: Quotes) -> dict[str, Any]:
    location: dict[str, Any] = {
        "logicalLocations": [{"name": finding.focus_label, "fullyQualifiedName": finding.focus, "kind": "resource"}]
    }
    result: dict[str, Any] = {
        "ruleId": prefixed(finding.shape),
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(f"{view.message(finding)}: {what(finding)}")},
        "locations": [_physical(finding.spot, view, quotes) | location],
        "partialFingerprints": {"finding/v1": finding.key},
    }
    if finding.related is not None:
        name = finding.value_label or finding.value or ""
        result["relatedLocations"] = [{"id": 1, "message": {"text": _message(name)}, **_physical(finding.related, view, quotes)}]
    properties = {
        "path": finding.path,
        "value": finding.value,
        "article": finding.article,
        "evidence": finding.spot.evidence if finding.spot else None,
    }
    return result | {"properties": {name: value for name, value in properties.items() if value is not None}}


def _suppressed(waived: Waived, view: View) -> dict[str, Any]:
    said = {"expires": waived.expires.isoformat(), "creator": waived.creator, "waiver": waived.waiver}
    properties = {name: value for name, value in said.items() if value is not None}
    justification = view.reason(waived)
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": justification, "properties": properties}]}


def _physical(spot: Spot | None, view: View, quotes: Quotes) -> dict[str, Any]:
    name = None if spot is None else view.file(spot)
    if spot is None or name is None:
        return {}
    place: dict[str, Any] = {"artifactLocation": _artifact(name)}
    region: dict[str, Any] = {}
    if spot.line is not None:
        region |= {"startLine": spot.line} | ({} if spot.column is None else {"startColumn": spot.column})
        passage = quotes.passage(spot)
        if passage is not None:
            region |= {"endLine": passage.end_line, "endColumn": passage.end_column}
    elif spot.begin is not None and spot.end is not None:
        region |= {"charOffset": spot.begin, "charLength": spot.end - spot.begin}
    if region and spot.words is not None:
        region["snippet"] = {"text": spot.words}
    return {"physicalLocation": place | ({"region": region} if region else {})}


def _artifact(name: str) -> dict[str, str]:
    path = PurePath(name)
    return {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(name), "uriBaseId": "%SRCROOT%"}


def _message(text: str) -> str:
    """Plain text as a message: brackets would begin a link (3.11.6), braces a placeholder (3.11.5)."""
    return _MEANS_LINK.sub(r"\\\g<0>", text).replace("{", "{{").replace("}", "}}")
