"""GitLab's code quality report: what a merge request shows beside the lines.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any, Final

from kg.findings import Finding, Report, Severity
from kg.namespaces import prefixed
from kg.reports.view import View, clean, groups, what

TOTAL: Final = 5000

_LEVELS: Final = {Severity.VIOLATION: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
# GitLab wants a path of every issue.
_NOWHERE: Final = "."


def to_gitlab(report: Report, view: View) -> str:
    """An issue a finding, worst first, and one more with the counts of what is left."""
    found = groups(report, total=TOTAL, each=TOTAL)
    issues = [_of(finding, view) for group in found for finding in group.listed]
    left = {prefixed(group.shape): group.left for group in found if group.left}
    if left:
        shapes = ", ".join(f"{shape} {count}" for shape, count in left.items())
        issues.append(_issue(view.word("left", n=sum(left.values()), shapes=shapes), "kg validate", "left", "info", _NOWHERE, 1))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _of(finding: Finding, view: View) -> dict[str, Any]:
    name = None if finding.spot is None else view.file(finding.spot)
    said = f"{view.message(finding)}: {what(finding)}"
    return _issue(said, prefixed(finding.shape), finding.key, _LEVELS[finding.severity], name or _NOWHERE, finding.line or 1)


def _issue(said: str, shape: str, key: str, level: str, path: str, line: int) -> dict[str, Any]:
    place = {"path": path, "lines": {"begin": line}}
    return {"description": clean(said), "check_name": shape, "fingerprint": key, "severity": level, "location": place}
