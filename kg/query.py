"""Named queries and their results.

A named query is a file ``kg/queries/NAME.rq`` whose first comment lines say what it is for:

    # title: What an official did, day by day
    # purpose: one or more lines
    # param name [name]: whose record
    # param since [date]: the first day (default 0000)

A line with a Chinese key translates the English key before it. A parameter stands in the query as
``$name``; it is replaced, outside strings, comments and IRIs, by one escaped SPARQL term, so no value
can change the query. Kinds: ``text`` (the default), ``date`` (YYYY, YYYY-MM, YYYY-MM-DD), ``number``,
``iri`` (full, prefixed, or short under the base), and ``name``, which stands in a VALUES block and is
both the plain string and the one tagged zh. ``(default any)`` is the empty string.

Queries see the union of all graphs: the store's default graph, where each triple stands once (see
kg.store); ``GRAPH ?article { … }`` asks for one article's own. Dates may lack a year (``--09-21``)
and are compared as strings: see events-in-place.rq.

How pyoxigraph runs them: patterns beside each other are looked up one in the other, some 13 microseconds a
row; a block of its own, ``{ SELECT ?tenure ?person { ?tenure org:member ?person } }``, is read once and joined
by hash, half a microsecond a row. Queries over all of a kind use blocks, those about one thing patterns. What
is said about the rows found (labels) is OPTIONAL, one pattern each: the planner begins with the pattern that it
thinks smallest, and only OPTIONAL keeps its place. Rows are made DISTINCT inside, before they are sorted. To
compare two rows, their terms are read from the store, but for those of at most 16 bytes and texts that the
store has not. So are the terms of each STR, LANG and CONTAINS.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.namespaces import ID, PREFIXES
from kg.resources import PACKAGE

Result = QuerySolutions | QueryBoolean | QueryTriples
KINDS = frozenset({"text", "name", "date", "number", "iri"})
_HEADER = re.compile(r"#\s*(?:param\s+(?P<param>\w+)(?:\s*\[(?P<kind>\w+)\])?|(?P<key>\w+))\s*[:\uff1a]\s*(?P<text>.*)")
_DEFAULT = re.compile(r"\s*\(default (.+)\)\s*$")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_TOKEN = re.compile(
    r"<[^<>\"{}|^`\\\x00-\x20]*>|'''(?:\\.|.)*?'''|\"\"\"(?:\\.|.)*?\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\""
    r"|\\.|#[^\n]*|\$(?P<param>\w+)",
    re.DOTALL,
)
_HEADING = re.compile(r"\A(?:#[^\n]*\n)+")
_ERROR = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class QueryError(ValueError):
    """A query or parameter that cannot be used; the message says why and what is accepted."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query. ``default`` is None where a value must be given."""

    name: str
    meaning: str
    kind: str = "text"
    default: str | None = None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with what its header says. ``text`` is the whole file."""

    name: str
    title: str
    title_zh: str
    purpose: str
    purpose_zh: str
    parameters: tuple[Parameter, ...]
    text: str


def parse_query(name: str, text: str) -> NamedQuery:
    """Read the header of a query; a query without one has no title and no parameters."""
    found: dict[str, list[str]] = {}
    key = ""
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _HEADER.fullmatch(line.rstrip())
        if match is None:
            continue
        if match["param"]:
            parameters.append(_parameter(name, match["param"], match["kind"] or "text", match["text"]))
            continue
        if match["key"].isascii():
            key = match["key"]
        found.setdefault(key if match["key"].isascii() else f"{key} zh", []).append(match["text"])
    title, title_zh, purpose, purpose_zh = (" ".join(found.get(name, ())) for name in ("title", "title zh", "purpose", "purpose zh"))
    return NamedQuery(name, title, title_zh, purpose, purpose_zh, tuple(parameters), text)


def _parameter(query: str, name: str, kind: str, text: str) -> Parameter:
    if kind not in KINDS:
        raise QueryError(f"{query}: parameter {name} has the kind [{kind}]; known: {', '.join(sorted(KINDS))}")
    default = _DEFAULT.search(text)
    if default is None:
        return Parameter(name, text, kind)
    value = default[1].strip()
    return Parameter(name, text[: default.start()], kind, "" if value == "any" else value)


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Every query of ``kg/queries``, by name."""
    files = sorted((PACKAGE / "queries").glob("*.rq"))
    return {file.stem: parse_query(file.stem, file.read_text(encoding="utf-8")) for file in files}


def find_query(name: str) -> NamedQuery:
    """The named query. Raises QueryError with near names for one that does not exist."""
    queries = named_queries()
    if name in queries:
        return queries[name]
    near = difflib.get_close_matches(name, queries, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(queries)}"
    raise QueryError(f"there is no query named {name!r}; {hint}")


def as_query(query: "NamedQuery | str") -> NamedQuery:
    """A query, the name of one, or the text of one."""
    if isinstance(query, NamedQuery):
        return query
    return find_query(query) if _NAME.fullmatch(query.strip()) else parse_query("query", query)


def bind(query: NamedQuery, params: Mapping[str, str], base: str = ID) -> str:
    """The query's text with every parameter replaced. Lines keep their numbers.

    Raises QueryError for an unknown or missing parameter and for a value that is not of its kind.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in known:
            accepted = f"accepted: {', '.join(known)}" if known else "it has none"
            raise QueryError(f"{query.name} has no parameter {name!r}; {accepted}")
    terms = {name: _term(query, parameter, params.get(name), base) for name, parameter in known.items()}

    def replace(match: re.Match[str]) -> str:
        return terms.get(match["param"] or "", match[0])

    return _TOKEN.sub(replace, query.text)


def standalone(query: NamedQuery, params: Mapping[str, str], base: str = ID) -> str:
    """The bound query without its header and with the PREFIX lines that it needs, to run anywhere."""
    body = _HEADING.sub("", bind(query, params, base))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in _undeclared(query.text)) + body


@lru_cache(maxsize=256)
def _undeclared(text: str) -> tuple[str, ...]:
    """The prefixes that a query uses and does not declare. A bound parameter is a full term: it needs none."""
    bare = _TOKEN.sub(" ", _HEADING.sub("", text))
    declared = {name.lower() for name in re.findall(r"(?i)\bPREFIX\s+([\w-]*):", bare)}
    return tuple(name for name in PREFIXES if name not in declared and re.search(rf"(?<![\w:-]){name}:", bare))


def _term(query: NamedQuery, parameter: Parameter, given: str | None, base: str) -> str:
    value = parameter.default if given is None else given.strip()
    where = f"{query.name}, parameter {parameter.name}"
    if value is None or (parameter.kind == "name" and not value):
        raise QueryError(f"{where}: a value is needed ({parameter.meaning})")
    try:
        if parameter.kind == "iri":
            return str(resource(value, base))
        if parameter.kind == "number":
            return str(Literal(str(_decimal(value)), datatype=NamedNode(PREFIXES["xsd"] + "decimal")))
        if parameter.kind == "name":
            return f"{Literal(value, language='zh')} {Literal(value)}"
        if parameter.kind == "date" and value and not _DATE.fullmatch(value):
            raise ValueError("not a date: YYYY, YYYY-MM or YYYY-MM-DD")
        return str(Literal(value))
    except (ValueError, InvalidOperation) as error:
        reason = "not a number" if isinstance(error, InvalidOperation) else str(error)
        raise QueryError(f"{where}: {value!r}: {reason}") from error


def _decimal(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("not a finite number")
    return Decimal(f"{number:f}")


def resource(text: str, base: str = ID) -> NamedNode:
    """The node of a full IRI, a prefixed name, or a short form under the base (``person/4302/…``).

    Raises ValueError for what cannot be an IRI.
    """
    text = text.strip().removeprefix("<").removesuffix(">")
    if not text:
        raise ValueError("an empty IRI")
    prefix, colon, local = text.partition(":")
    if "://" not in text:
        text = PREFIXES[prefix] + local if colon and prefix in PREFIXES else base + text
    return NamedNode(re.sub(r'[\x00-\x20<>"{}|\\^`]', lambda match: quote(match[0]), text))


def run(store: Store, query: NamedQuery | str, params: Mapping[str, str] | None = None, base: str = ID) -> Result:
    """Run a query, the name of one, or the text of one over the union of all graphs.

    Raises QueryError for bad parameters and for a malformed query (with line, column and the line's text).
    """
    found = as_query(query)
    text = bind(found, params or {}, base)
    try:
        return store.query(text, prefixes=dict(PREFIXES), base_iri=base)
    except SyntaxError as error:
        raise QueryError(f"{found.name}: {_explain(str(error), text)}") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"{found.name}: {error}") from error


def _explain(message: str, text: str) -> str:
    match = _ERROR.fullmatch(message)
    if match is None:
        return message
    number, column = int(match[1]), int(match[2])
    reason = re.sub(r"\s+", " ", match[3])
    if "Prefix not found" in reason:
        reason = f"unknown prefix; known: {', '.join(PREFIXES)}"
    lines = text.split("\n")
    line = lines[number - 1] if number <= len(lines) else ""
    return f"line {number}, column {column}: {reason[:200]}\n  {line.rstrip()}"


def select(store: Store, query: NamedQuery | str, params: Mapping[str, str] | None = None, base: str = ID) -> Iterator[dict[str, str]]:
    """The rows of a SELECT as plain strings, empty where a variable is unbound."""
    result = run(store, query, params, base)
    if not isinstance(result, QuerySolutions):
        raise QueryError("a SELECT query is needed here")
    names = [variable.value for variable in result.variables]
    for row in result:
        yield {name: "" if row[name] is None else row[name].value for name in names}
