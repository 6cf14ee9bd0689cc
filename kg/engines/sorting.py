"""Lines of N-Quads sorted out by what is asked of them, without parsing.

This looks at every statement, so each test in the loop is the cheapest that tells: whatever is not written in the usual way (one space
between the terms and before the dot, no blank nodes) is left to a parser.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.engines.shapes import TYPE
from kg.engines.spelling import Spellings
from kg.engines.written import line_as_written

_TYPE = f"<{TYPE}>".encode()
_LESS, _QUOTE, _SPACE, _DOT, _GREATER = b'<" .>'


@dataclass(frozen=True, slots=True)
class Kept:
    """What queries ask for, as N-Quads writes it: predicates, and classes whose instances are asked for; None is all.

    ``words``: predicates that only the words of findings ask for; of statements with an IRI all may lead there.
    """

    predicates: frozenset[bytes] | None
    classes: frozenset[bytes] | None
    words: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class Aside:
    """Statements of N-Triples without their dots, each at the place of the node that it is about; lists in lists would take longer."""

    nodes: list[bytes] = field(default_factory=list)
    statements: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Sorted:
    """Statements of N-Triples without their dots: those that queries ask for, and all with their literals as written.

    ``others`` are lines that are not written in the usual way; ``blank``: some of them may have blank nodes. ``count`` leaves them out.
    """

    found: list[bytes] = field(default_factory=list)
    whole: list[bytes] = field(default_factory=list)
    others: list[bytes] = field(default_factory=list)
    blank: bool = False
    count: int = 0


def sort_out(text: bytes, kept: Kept, spellings: Spellings, aside: Aside | None, result: Sorted) -> None:
    """``aside`` gets what only words ask for, by subject and by object; where it is None all statements are wanted whole."""
    found, whole, others = result.found, result.whole, result.others
    everything, asked, classes, words = kept.predicates is None, kept.predicates or (), kept.classes or (), kept.words
    nodes, statements = ([], []) if aside is None else (aside.nodes, aside.statements)
    all_whole = aside is None
    odd = b"\t" in text or b"\\" in text
    lines = text.split(b"\n")
    if not lines[-1]:
        lines.pop()
    before = len(others)
    for line in lines:
        try:
            subject, predicate, rest = line.split(b" ", 2)
            kind = rest[0]
            usual = line[0] == _LESS and predicate[0] == _LESS and line[-1] == _DOT and line[-2] == _SPACE
        except (ValueError, IndexError):
            usual = False
        if usual and odd:
            usual = not _is_odd(line, kind)
        if usual and kind == _LESS:
            wanted, value = predicate in asked or everything, b""
            if not wanted:
                value = rest[: rest.find(b" ")]
                wanted = predicate == _TYPE and value in classes
            if wanted or all_whole:
                cut = rest.rfind(b" <")
                statement = line[:-2] if cut < 0 else line[: cut - len(rest)]
                if wanted:
                    found.append(statement)
                if all_whole:
                    whole.append(statement)
            elif predicate != _TYPE:
                statement = line[: len(value) - len(rest)]
                nodes += (subject, value)
                statements += (statement, statement)
        elif usual and kind == _QUOTE:
            wanted = predicate in asked or everything
            if not (wanted or all_whole or predicate in words):
                continue
            cut = line.rfind(b" <")
            # A quotation mark after it: not the name of a graph, but part of the literal or what stands before.
            statement = line[:-2] if b'"' in line[cut:] else line[:cut]
            typed = statement[-1] == _GREATER
            if wanted:
                found.append(statement)
                if typed:
                    spellings.note(predicate, statement)
            elif not all_whole:
                nodes.append(subject)
                statements.append(statement)
            if all_whole:
                whole.append(line_as_written(statement) if typed else statement)
        else:
            others.append(line)
            result.blank = result.blank or b"_:" in line
    result.count += len(lines) - len(others) + before


def _is_odd(line: bytes, kind: int) -> bool:
    """Whether there are tabs, or names with escapes."""
    return b"\t" in line or b"\\" in (line if kind != _QUOTE else line[: line.find(b'"')] + line[line.rfind(b'"') :])
