"""Shapes' own tests: data that is right, data that is wrong, and exactly what is to be found in it.

They lie in ``cases/`` beside the shapes: ``TOPIC/NAME.valid.ttl``, ``NAME.invalid.ttl`` and ``NAME.expected.json``, a list of [shape,
focus, path, severity]; each is checked together with ``world.ttl``, in which nothing is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.engines.checking import AUTO
from kg.findings import Report
from kg.namespaces import ID, SHAPES
from kg.read import UnreadableInput
from kg.validation import validate

FOLDER, WORLD = "cases", "world.ttl"
Row = tuple[str, str, str | None, str]
_VALID, _INVALID, _EXPECTED = ".valid.ttl", ".invalid.ttl", ".expected.json"


@dataclass(frozen=True, slots=True)
class Case:
    """One case by its name; ``expected`` are full IRIs."""

    topic: str
    name: str
    valid: Path
    invalid: Path
    expected: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one file: findings that were expected and are missing, and those that nobody expected."""

    file: Path
    missing: tuple[Row, ...]
    extra: tuple[Row, ...]

    @property
    def right(self) -> bool:
        return not self.missing and not self.extra


def cases(folder: Path) -> list[Case]:
    """The cases of a folder by topic and name. Raises UnreadableInput where there are none, and for one that is not whole."""
    files = [path for path in folder.glob("*/*") if path.name.endswith((_VALID, _INVALID, _EXPECTED))]
    names = sorted({(path.parent.name, path.name.split(".")[0]) for path in files})
    if not names:
        raise UnreadableInput(folder, f"there are no cases (TOPIC/NAME{_VALID}, NAME{_INVALID}, NAME{_EXPECTED})")
    return [_case(folder / topic, name) for topic, name in names]


def run(folder: Path, shapes: Sequence[Path], found: Sequence[Case], engine: str = AUTO) -> Iterator[Check]:
    """Check the world of the cases, then each case: its valid file, then its invalid one."""
    world = [path for path in [folder / WORLD] if path.is_file()]
    for path in world:
        yield _check(path, [path], shapes, (), engine)
    for case in found:
        yield _check(case.valid, [*world, case.valid], shapes, (), engine)
        yield _check(case.invalid, [*world, case.invalid], shapes, case.expected, engine)


def shown(row: Row) -> str:
    """A row as it is written in ``expected.json``."""
    shape, focus, path, severity = row
    return json.dumps([shape.removeprefix(SHAPES), focus.removeprefix(ID), path, severity], ensure_ascii=False)


def rows(report: Report) -> list[Row]:
    return [(f.shape, f.focus, f.path, f.severity.name.lower()) for f in report.findings]


def _check(file: Path, data: Sequence[Path], shapes: Sequence[Path], expected: Sequence[Row], engine: str) -> Check:
    missing, extra = list(expected), []
    for row in rows(validate(data, shapes, ontology=(), engine=engine)):
        if row in missing:
            missing.remove(row)
        else:
            extra.append(row)
    return Check(file, tuple(missing), tuple(sorted(extra, key=str)))


def _case(folder: Path, name: str) -> Case:
    valid, invalid, expected = (folder / f"{name}{suffix}" for suffix in (_VALID, _INVALID, _EXPECTED))
    for path in (valid, invalid, expected):
        if not path.is_file():
            raise UnreadableInput(path, "No such file: a case has three")
    return Case(folder.name, name, valid, invalid, tuple(_expected(expected)))


def _expected(path: Path) -> Iterator[Row]:
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableInput(path, f"no JSON: {error}") from error
    if not isinstance(content, list) or not content:
        raise UnreadableInput(path, "a list of what is to be found, not empty")
    for row in content:
        if not isinstance(row, list) or [type(part) for part in row] not in ([str, str, str, str], [str, str, type(None), str]):
            raise UnreadableInput(path, f"no [shape, focus, path or null, severity]: {json.dumps(row, ensure_ascii=False)}")
        shape, focus, way, severity = row
        yield _full(shape, SHAPES), _full(focus, ID), way, severity


def _full(name: str, base: str) -> str:
    """Names of our own shapes and nodes are written without their namespace."""
    return name if ":" in name else base + name
