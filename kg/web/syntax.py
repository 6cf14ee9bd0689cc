"""What a SPARQL text is, by its tokens: the form of a query, or an update; whether it calls another service.

Words in strings, comments, IRIs and names are no keywords. Where the standard takes the longest match, the engine does not always:
it reads ``?a<?b)SERVICE?x#>`` as a comparison and a call. So an IRI with brackets or quotes is handed on with those escaped, which
makes both readings one, and ``SERVICE:name {``, a call to the engine, counts as one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
ROWS = frozenset({"SELECT", "ASK"})
TRIPLES = frozenset({"CONSTRUCT", "DESCRIBE"})
_TOKEN = re.compile(
    r"(?P<blank>\s+|#[^\r\n]*)"
    r"|(?P<iri><[^<>\"{}|^`\x00-\x20]*>)"
    r"|(?P<string>'''(?:\\.|[^\\])*?'''|\"\"\"(?:\\.|[^\\])*?\"\"\"|'(?:\\.|[^'\\\r\n])*'|\"(?:\\.|[^\"\\\r\n])*\")"
    r"|(?P<open>['\"])"
    r"|(?P<variable>[?$][\w\u00b7]+)"
    r"|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<name>(?P<prefix>(?:\w(?:[\w.\-\u00b7]*[\w\-\u00b7])?)?):(?:(?:[\w:%]|\\.)(?:[\w:%.\-\u00b7]|\\.)*)?)"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<other>\\.|.)",
    re.DOTALL,
)
# Pages ask the same again and again; long texts are not kept.
_SHORT = 4000
_BEGUN = re.compile(r"(?:\s+|#[^\r\n]*[\r\n])*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b")
_BRACKETED = re.compile(r"<[^<>\"{}|^`\x00-\x20'()]*['()][^<>\"{}|^`\x00-\x20]*>")
_ESCAPES = {"'": "\\u0027", "(": "\\u0028", ")": "\\u0029"}
# After these a name and a brace are no call.
_NAMERS = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})


@dataclass(frozen=True, slots=True)
class Scanned:
    """``form``: SELECT, ASK, CONSTRUCT, DESCRIBE, UPDATE, or nothing where no keyword says it; ``text`` is for the engine."""

    form: str
    calls: bool
    text: str


def scan(query: str) -> Scanned:
    """Read the tokens of a query or an update. An open string ends the reading: no engine takes such a text."""
    return _known(query) if len(query) <= _SHORT else _scanned(query)


def glance(query: str) -> Scanned:
    """The same of a query of one's own, whose values are escaped: where it begins as a query and no word is SERVICE, no token is read."""
    begun = _BEGUN.match(query)
    if begun is None or "service" in query.lower():
        return scan(query)
    text = _BRACKETED.sub(lambda match: re.sub(r"['()]", lambda found: _ESCAPES[found[0]], match[0]), query)
    return Scanned(begun[1], False, text)


@lru_cache(maxsize=1024)
def _known(query: str) -> Scanned:
    return _scanned(query)


def _scanned(query: str) -> Scanned:
    form, before = "", ""
    calls = called = False
    parts: list[str] = []
    for match in _TOKEN.finditer(query):
        kind, token = match.lastgroup, match[0]
        if kind == "open":
            parts.append(query[match.start() :])
            break
        if kind == "iri":
            token = re.sub(r"['()]", lambda found: _ESCAPES[found[0]], token)
        parts.append(token)
        if kind == "blank":
            continue
        if kind == "word" and not form:
            form = _form(token.upper())
        calls = calls or (kind == "word" and "SERVICE" in token.upper()) or (called and token == "{")
        called = kind == "name" and match["prefix"].upper().endswith(("SERVICE", "SERVICESILENT")) and before not in _NAMERS
        before = token.upper()
    return Scanned(form, calls, "".join(parts))


def _form(word: str) -> str:
    return "UPDATE" if word in UPDATES else word if word in ROWS | TRIPLES else ""
