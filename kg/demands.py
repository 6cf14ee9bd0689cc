"""What a shape demands, in plain words: every constraint of SHACL Core as a sentence of ``shapes/words.ttl``, the rest as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from kg.engines.results import SH, Term
from kg.engines.shapes import TARGETS, TYPE, ShapeGraph
from kg.namespaces import PREFIXES, SHAPES

Word = Callable[..., str]

_PATH, _PROPERTY, _SPARQL = SH + "path", SH + "property", SH + "sparql"
# In the order in which they are told; what is not among them comes last.
_TOLD: Final = (
    *("minCount", "maxCount", "nodeKind", "datatype", "class", "hasValue", "in", "languageIn", "uniqueLang", "minLength", "maxLength"),
    *("pattern", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
    *("node", "qualifiedValueShape", "or", "and", "xone", "not", "closed", "property", "sparql"),
)
_ORDER: Final = {SH + name: number for number, name in enumerate(_TOLD)}
_LISTS: Final = {SH + "and": "allOf", SH + "or": "oneOf", SH + "xone": "onlyOneOf"}
_PLAIN: Final = {SH + name for name in ("languageIn", "in")}
# What says something about the shape and demands nothing, or belongs to another constraint.
_SILENT: Final = {
    SH + name for name in ("message", "name", "description", "severity", "group", "order", "deactivated", "defaultValue", "flags")
}
_SILENT_TOO: Final = {_PATH, TYPE, *TARGETS, *(SH + name for name in ("ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount"))}
_LABEL, _PATTERN = PREFIXES["rdfs"] + "label", SHAPES + "pattern"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_IRI = re.compile(r"<([^<>]*)>")


class Teller:
    """Tells shapes of one graph in one language. ``words`` are labels by IRI, ``patterns`` those of regular expressions."""

    def __init__(self, shapes: ShapeGraph, words: Mapping[str, str], patterns: Mapping[str, str], language: str) -> None:
        self._shapes, self._words, self._patterns, self._language = shapes, words, patterns, language

    def word(self, word: str, /, **values: object) -> str:
        return self._words[f"{SHAPES}Says-{word}"].format(**values)

    def targets(self, shape: Term) -> list[str]:
        """What a shape applies to: its own targets, those of the shapes that ask for it, and a class that is a shape itself."""
        found = list(self._targets(shape))
        for user in self._shapes.users(shape):
            if shape in self._shapes.objects(user, _PROPERTY):
                found += self._targets(user)
        return list(dict.fromkeys(found))

    def path(self, shape: Term) -> str | None:
        path = self._shapes.path(shape)
        return None if path is None else self._in_prefixes(path)

    def demands(self, shape: Term, who: str | None = None) -> list[str]:
        """A sentence for each constraint; ``who`` are its subject's words, where it is told inside another sentence."""
        facts = [(p, o) for p, o in self._shapes.about(shape) if p.startswith(SH) and p not in _SILENT | _SILENT_TOO]
        if who is None or self._shapes.path(shape) is not None:
            who = self.word("value" if self._shapes.path(shape) is not None else "node")
        told: dict[str, None] = {}
        for predicate, value in sorted(facts, key=lambda fact: (_ORDER.get(fact[0], len(_ORDER)), str(fact[1]))):
            told.update(dict.fromkeys(self._told(shape, predicate, value, who)))
        return list(told)

    def description(self, shape: Term) -> str | None:
        """The shape's own account of itself, in the language."""
        found = [o for o in self._shapes.objects(shape, SH + "description") if isinstance(o, ox.Literal)]
        return next((o.value for o in found if o.language == self._language), None)

    def queries(self, shape: Term) -> list[str]:
        found = [o.value for c in self._shapes.objects(shape, _SPARQL) for o in self._shapes.objects(c, SH + "select") if _literal(o)]
        return [query.strip("\n") for query in sorted(found)]

    def name(self, term: Term) -> str:
        """A term as people call it: its label where the ontology has one, and its prefixed name."""
        if isinstance(term, ox.Literal):
            return f"“{term.value}”" + (f"@{term.language}" if term.language else "")
        if isinstance(term, ox.BlankNode):
            return self.word("comma").join(self.demands(term))
        label = self._words.get(term.value)
        return self._prefixed(term.value) if label is None else self.word("term", label=label, name=self._prefixed(term.value))

    def _targets(self, shape: Term) -> Iterator[str]:
        for target in TARGETS:
            for thing in sorted(self._shapes.objects(shape, target), key=str):
                yield self.word(target.removeprefix(SH), x=self.name(thing))

    def _told(self, shape: Term, predicate: str, value: Term, who: str) -> Iterator[str]:
        name = predicate.removeprefix(SH)
        if predicate in _LISTS:
            parts = [self._inner(item) for item in self._shapes.items(value)]
            yield self.word(_LISTS[predicate], who=who, x=self.word("and" if name == "and" else "or").join(parts))
        elif predicate in _PLAIN:
            yield self.word(name, who=who, x=self.word("comma").join(map(self._short, self._shapes.items(value))))
        elif name == "qualifiedValueShape":
            yield from self._qualified(shape, value)
        elif name in ("not", "node"):
            yield self.word("not" if name == "not" else "shape", who=who, x=self._inner(value))
        elif name == "property":
            if isinstance(value, ox.BlankNode):
                yield self._inner(value)
        elif name in ("uniqueLang", "closed"):
            if _literal(value) and value.value in ("true", "1"):
                ignored = [i for o in self._shapes.objects(shape, SH + "ignoredProperties") for i in self._shapes.items(o)]
                yield self.word(name, x=self.word("comma").join(map(self._short, ignored)))
        elif name == "pattern" and isinstance(value, ox.Literal):
            known = self._patterns.get(value.value)
            yield self.word("like", who=who, x=known) if known is not None else self.word(name, who=who, x=_visible(value.value))
        elif name == "nodeKind":
            yield self.word(name, who=who, x=self._words.get(getattr(value, "value", ""), self._short(value)))
        elif f"{SHAPES}Says-{name}" in self._words:
            yield self.word(
                name, who=who, x=self._short(value) if name in ("equals", "disjoint", "lessThan", "hasValue") else self._told_value(value)
            )
        else:
            yield self.word("other", predicate=self._prefixed(predicate), x=self.name(value))

    def _qualified(self, shape: Term, value: Term) -> Iterator[str]:
        for name in ("qualifiedMinCount", "qualifiedMaxCount"):
            for count in self._shapes.objects(shape, SH + name):
                yield self.word(name, n=self._told_value(count), x=self._inner(value))

    def _inner(self, shape: Term) -> str:
        """A shape inside a sentence."""
        demands = self.word("comma").join(self.demands(shape, self.word("it")))
        path = self.path(shape)
        return demands if path is None else self.word("inside", path=path, demands=demands)

    def _told_value(self, value: Term) -> str:
        return value.value if isinstance(value, ox.Literal) else self.name(value)

    def _short(self, value: Term) -> str:
        return self.name(value) if not isinstance(value, ox.NamedNode) else self._prefixed(value.value)

    def _in_prefixes(self, path: str) -> str:
        return _IRI.sub(lambda match: self._prefixed(match[1]), path) if "<" in path else self._prefixed(path)

    @staticmethod
    def _prefixed(iri: str) -> str:
        best = max((item for item in PREFIXES.items() if iri.startswith(item[1])), key=lambda item: len(item[1]), default=None)
        return f"<{iri}>" if best is None else f"{best[0]}:{iri.removeprefix(best[1])}"


def _visible(pattern: str) -> str:
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), pattern)


def _literal(term: Term) -> bool:
    return isinstance(term, ox.Literal)


def labels(quads: Iterable[ox.Quad], language: str) -> dict[str, str]:
    """Labels by IRI in a language."""
    found = ((q.subject, q.object) for q in quads if q.predicate.value == _LABEL)
    return {s.value: o.value for s, o in found if isinstance(s, ox.NamedNode) and isinstance(o, ox.Literal) and o.language == language}


def patterns(quads: Iterable[ox.Quad], words: Mapping[str, str]) -> dict[str, str]:
    """The labels of regular expressions."""
    return {
        q.object.value: words[q.subject.value]
        for q in quads
        if q.predicate.value == _PATTERN and isinstance(q.object, ox.Literal) and isinstance(q.subject, ox.NamedNode)
    }
