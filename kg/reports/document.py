"""JSON for programs: every finding. ``shapes/report.schema.json`` says what stands where."""

from __future__ import annotations

import json
from typing import Any, Final

from kg.addresses import Spot
from kg.findings import Finding, Report, Severity, Waived
from kg.reports.view import WORST_FIRST, View

VERSION: Final = 1


def to_json(report: Report, view: View) -> str:
    """One object: ``version``, ``conforms`` (no violation), ``counts``, ``findings`` …; keys in a fixed order, a finding a line."""
    document = {
        "version": VERSION,
        "conforms": report.count(Severity.VIOLATION) == 0,
        "triples": report.triples,
        "shapes": report.shapes,
        "engine": {"name": report.engine, "reason": report.reason} if report.engine else None,
        "counts": {s.name.lower(): report.count(s) for s in WORST_FIRST},
        "known": None if report.known is None else len(report.known),
    }
    head = json.dumps(document, ensure_ascii=False, indent=1).removesuffix("\n}")
    findings = ",\n".join(json.dumps(_finding(f), ensure_ascii=False) for f in report.findings)
    waived = ",\n".join(json.dumps(_finding(w.finding) | {"waived": _waived(w)}, ensure_ascii=False) for w in report.waived)
    return f'{head},\n "findings": [\n{findings}\n],\n "waived": [\n{waived}\n]}}\n'


def _finding(finding: Finding) -> dict[str, Any]:
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
        "at": _spot(finding.spot),
        "related": _spot(finding.related),
    }


def _waived(waived: Waived) -> dict[str, Any]:
    return {
        "reason": {"zh": waived.reason_zh, "en": waived.reason_en},
        "expires": waived.expires.isoformat(),
        "creator": waived.creator,
        "waiver": waived.waiver,
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
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
