"""JUnit XML for build servers: a suite for each file of shapes, a case for each shape, also for those that found nothing."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

from kg.findings import Finding, Report, Waived
from kg.namespaces import prefixed
from kg.reports.catalogue import Rule, rules, title
from kg.reports.view import Group, View, groups, what

EACH: Final = 100
TOTAL: Final = 2000

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(report: Report, view: View) -> str:
    """A case fails where its shape found something at or above ``fail_on``; milder findings stand in its output.

    It is skipped where all of that is waived.
    """
    found: dict[str, list[Group]] = {}
    for group in groups(report, total=TOTAL, each=EACH):
        found.setdefault(group.shape, []).append(group)
    waived: dict[str, list[Waived]] = {}
    for item in report.waived:
        waived.setdefault(item.finding.shape, []).append(item)
    suites: dict[str, list[Rule]] = {}
    for rule in rules(report, view.shapes):
        suites.setdefault(rule.file, []).append(rule)
    root = ElementTree.Element("testsuites", {"name": "kg validate"})
    for file, members in suites.items():
        suite = ElementTree.SubElement(root, "testsuite", {"name": _xml(file)})
        for rule in members:
            _case(suite, rule, found.get(rule.iri, []), waived.get(rule.iri, []), view)
        _count(suite)
    _count(root)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, rule: Rule, found: list[Group], waived: list[Waived], view: View) -> None:
    case = ElementTree.SubElement(suite, "testcase", {"classname": _xml(rule.file), "name": _xml(prefixed(rule.iri))})
    failures = [group for group in found if group.severity >= view.fail_on]
    if failures:
        first = failures[0].first
        if first.spot is not None and (file := view.file(first.spot)) is not None:
            case.set("file", _xml(file))
            if first.line is not None:
                case.set("line", str(first.line))
        message = f"{view.message(first)}: {sum(group.count for group in failures)}"
        failure = ElementTree.SubElement(case, "failure", {"message": _xml(message), "type": failures[0].severity.name.lower()})
        failure.text = _xml("\n".join(line for group in failures for line in _lines(group, view)))
    elif waived:
        reasons = sorted({f"{view.reason(item)} ({item.expires})" for item in waived})
        skipped = ElementTree.SubElement(case, "skipped", {"message": _xml("; ".join(reasons[:EACH]))})
        skipped.text = _xml("\n".join(_place(item.finding, view) for item in waived[:EACH]))
    milder = [group for group in found if group.severity < view.fail_on]
    if milder:
        heads = (
            [f"[{view.severity(group.severity)}] {title(rule, view.language)}: {group.count}", *_lines(group, view)] for group in milder
        )
        ElementTree.SubElement(case, "system-out").text = _xml("\n".join(line for lines in heads for line in lines))


def _lines(group: Group, view: View) -> list[str]:
    places = [_place(finding, view) for finding in group.listed]
    return [*places, f"… {view.word('more', n=group.left)}"] if group.left else places


def _place(finding: Finding, view: View) -> str:
    return f"{view.place(finding)}: {what(finding)} <{finding.focus}>"


def _count(suite: ElementTree.Element) -> None:
    cases = len(list(suite.iter("testcase")))
    failures = len(list(suite.iter("failure")))
    skipped = len(list(suite.iter("skipped")))
    for name, value in (("tests", cases), ("failures", failures), ("errors", 0), ("skipped", skipped)):
        suite.set(name, str(value))


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 has no way to write."""
    return _NO_XML.sub("", text)
