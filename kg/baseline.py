"""A baseline: the findings that are known already, one a line, so that a report says only what is new.

The file is JSON Lines, sorted, the same bytes for the same findings: a reviewer reads in a pull request which findings were
taken in. Each entry has two keys. ``id`` is the finding's own. ``mark`` stands in for it where a page was edited: IRIs of an
article and of what only the article knows are hashes of its text, so ``mark`` leaves them out and takes the page's name, the
labels and the words instead.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from kg.findings import Finding, Report, Severity
from kg.namespaces import prefixed
from kg.read import UnreadableInput
from kg.reports.view import what

VERSION: Final = 1
_OF_ARTICLE = re.compile(r"article/[0-9a-f]{16}(?:#char=\d+,\d+|/(?:event|statement)/\d+)?")


@dataclass(frozen=True, slots=True)
class Known:
    """One entry. All but ``id``, ``mark`` and ``severity`` are for who reads the file."""

    id: str
    mark: str
    shape: str
    severity: str
    file: str | None
    what: str
    words: str | None

    @property
    def level(self) -> Severity:
        return Severity[self.severity.upper()]


def entry(finding: Finding) -> Known:
    words = None if finding.words is None else "".join(finding.words.split())
    severity = finding.severity.name.lower()
    return Known(finding.key, _mark(finding), prefixed(finding.shape), severity, finding.source_file, _loose(what(finding)), words)


def read(path: Path) -> list[Known]:
    """The entries of a file. Raises UnreadableInput with the line for what is no baseline."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableInput(path, "not UTF-8") from error
    found = [_parsed(line, path, number) for number, line in enumerate(lines, 1) if line.strip()]
    if not found or found[0] != {"baseline": VERSION}:
        raise UnreadableInput(path, f'no baseline of kg validate: its first line is {{"baseline": {VERSION}}}', 1)
    return [_known(item, path, number) for number, item in enumerate(found[1:], 2)]


def write(path: Path, findings: Iterable[Finding]) -> None:
    entries = sorted(map(entry, findings), key=lambda e: (e.file or "", e.shape, e.what, e.words or "", e.id))
    lines = [{"baseline": VERSION}, *map(asdict, entries)]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8", newline="\n")


def compare(report: Report, known: Sequence[Known]) -> tuple[Report, list[Known]]:
    """The report with its known findings set apart, and the entries that nothing was found for.

    An entry stands for one finding, of its severity or milder: what has become worse is new.
    """
    left = list(known)
    new = list(report.findings)
    for key in ("id", "mark"):
        new, left = _unmatched(new, left, key)
    unmatched = set(map(id, new))
    old = tuple(finding for finding in report.findings if id(finding) not in unmatched)
    return replace(report, findings=tuple(new), known=old), left


def _unmatched(findings: list[Finding], known: list[Known], key: str) -> tuple[list[Finding], list[Known]]:
    waiting: dict[str, list[Known]] = defaultdict(list)
    for item in known:
        waiting[getattr(item, key)].append(item)
    new = []
    for finding in findings:
        candidates = waiting.get(finding.key if key == "id" else _mark(finding), [])
        match = next((item for item in candidates if finding.severity <= item.level), None)
        if match is None:
            new.append(finding)
        else:
            candidates.remove(match)
    left = {id(item) for items in waiting.values() for item in items}
    return new, [item for item in known if id(item) in left]


def _mark(finding: Finding) -> str:
    parts = (finding.shape, finding.source_file, _loose(finding.focus), finding.path, _loose(finding.value or ""))
    if finding.spot is not None and finding.focus == finding.spot.article:
        # An article is called by its headline, which is edited too: of articles of one page, so many are known.
        return _digest(parts)
    labels = (_loose(finding.focus_label), _loose(finding.value_label or ""), "".join((finding.words or "").split()))
    return _digest((*parts, *labels))


def _digest(parts: Iterable[str | None]) -> str:
    return sha256("\n".join(part or "" for part in parts).encode()).hexdigest()[:16]


def _loose(term: str) -> str:
    """Without what changes with any edit of the article: the hash of its text, offsets, its events counted."""
    return _OF_ARTICLE.sub("article", term)


def _parsed(line: str, path: Path, number: int) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        raise UnreadableInput(path, f"no JSON: {error}", number) from error


def _known(item: Any, path: Path, number: int) -> Known:
    names = {field.name for field in fields(Known)}
    if not isinstance(item, dict) or item.keys() != names:
        raise UnreadableInput(path, f"an entry has the keys {', '.join(sorted(names))}", number)
    if item["severity"] not in {severity.name.lower() for severity in Severity}:
        raise UnreadableInput(path, f"{item['severity']!r} is no severity", number)
    return Known(**item)
