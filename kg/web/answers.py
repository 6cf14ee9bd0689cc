"""What one gets of the processes that answer queries: an answer with its terms, or why there is none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

# What an answer takes beside its body: the text that asked for it, above all.
_AROUND: Final = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take: seconds, rows (or triples) and bytes of its answer."""

    seconds: float = 10.0
    rows: int = 100_000
    bytes: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query in the media type that was asked for."""

    media: str
    body: bytes
    rows: int
    truncated: bool = False
    status: str = "ok"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a row. ``kind`` is iri, literal or blank; a plain literal has no datatype and no language."""

    value: str
    kind: str
    datatype: str = ""
    language: str = ""

    def __str__(self) -> str:
        return self.value


class Kept:
    """Answers that may be asked for again, within so many bytes; those not asked for the longest go first."""

    def __init__(self, most: int = 32_000_000) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()

    def get(self, key: Hashable) -> Answer | None:
        """The answer kept under the key."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, unless it is a large one."""
        if key in self._answers or len(answer.body) > self._most // 32:
            return
        self._answers[key] = answer
        self._size += len(answer.body) + _AROUND
        while self._size > self._most:
            self._size -= len(self._answers.popitem(last=False)[1].body) + _AROUND

    def clear(self) -> None:
        """Forget all."""
        self._answers.clear()
        self._size = 0


class Refused(Exception):
    """A query that gets no answer; the message says why, for people."""


class QueryTimeout(Refused):
    """It took longer than it may."""


class TooLarge(Refused):
    """It needs more bytes or more memory than it may."""


class TooManyRows(TooLarge):
    """It has more rows than it may."""


class Forbidden(Refused):
    """An update, or a call of another service."""


class Busy(Refused):
    """All processes were busy for too long."""


class BadQuery(Refused):
    """A query that cannot be read; line and column count from 1 and are 0 where they are not known."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def answered(head: Mapping[str, Any], body: bytes, form: str, limits: Limits, megabytes: int) -> Answer:
    """What a process says of its query, as an answer. Raises Refused where there is none."""
    match head["status"]:
        case "ok":
            return Answer(form, body, head["rows"])
        case "bad":
            raise BadQuery(head["message"], head["line"], head["column"])
        case "form":
            raise BadQuery(f"this form of query has no answer as {form}")
        case "store":
            raise Busy("the store is being written; try again in a moment")
        case "rows":
            raise TooManyRows(f"the answer has more than {limits.rows} rows or triples: add a LIMIT")
        case "bytes":
            raise TooLarge(f"the answer is larger than {limits.bytes} bytes: add a LIMIT")
        case _:
            raise TooLarge(f"the query was stopped: it needs more memory than {megabytes} MB")


def term_of(term: Mapping[str, str]) -> Term:
    """A term of SPARQL's JSON results."""
    kind = {"uri": "iri", "bnode": "blank"}.get(term["type"], "literal")
    return Term(term["value"], kind, term.get("datatype", ""), term.get("xml:lang", ""))
