"""Ontology cues and seeds → one frozen Lexicon: an automaton over every cue and name."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import ahocorasick_rs
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg import gazetteer, resources
from kg.cues import LISTED, Body, Entry, EventType, Kind, Modifier, SiteKind, Title, Word
from kg.gazetteer import Gazetteer
from kg.namespaces import KG, PREFIXES

SKOS = PREFIXES["skos"]
_TYPE = PREFIXES["rdf"] + "type"
# Beside its own properties, those of the ontology that say something to the reader; the others, half of it, are for people.
_KNOWN = frozenset({_TYPE, SKOS + "broader", SKOS + "example"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every word the reader knows. ``entries[i]`` belong to the automaton's i-th pattern; ``ends`` are those of open names of bodies."""

    automaton: ahocorasick_rs.AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]
    gazetteer: Gazetteer
    titles: Mapping[str, Title] = field(repr=False)
    kinds: Mapping[str, Kind] = field(repr=False)
    words: Mapping[str, tuple[str, ...]] = field(repr=False)
    kind_cues: Mapping[str, tuple[str, ...]] = field(repr=False)
    ends: Mapping[str, tuple[Kind, ...]] = field(repr=False)
    functional: Mapping[str, str] = field(repr=False)
    name_elements: tuple[str, ...] = field(repr=False)
    levels: tuple[str, ...] = field(repr=False)
    grassroots: tuple[str, ...] = field(repr=False)
    followers: Mapping[str, str] = field(repr=False)
    generic: re.Pattern[str] = field(repr=False)
    doings: frozenset[str] = field(repr=False)
    examples: tuple[tuple[str, str, str], ...] = field(repr=False)

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """The cue strings of one ``kg:CueKind``, longest first."""
        return self.words.get(kind, ())


class _Node:
    """One subject of the ontology with its values by property."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)

    def one(self, prop: str) -> str | None:
        values = self.values.get(KG + prop)
        return values[0] if values else None

    def all(self, prop: str) -> tuple[str, ...]:
        values = self.values.get(KG + prop)
        return tuple(sorted(set(values))) if values else ()


def _read(paths: Iterable[Path]) -> dict[str, _Node]:
    nodes: dict[str, _Node] = defaultdict(_Node)
    for path in paths:
        for subject, predicate, value, _ in parse(path=str(path), format=RdfFormat.TURTLE):
            prop = predicate.value
            if not prop.startswith(KG) and prop not in _KNOWN:
                continue
            if isinstance(subject, NamedNode) and isinstance(value, (Literal, NamedNode)):
                nodes[subject.value].values[prop].append(value.value)
    return nodes


def local(iri: str) -> str:
    """The part of a concept's IRI behind the last ``#`` or ``/``."""
    return iri.rpartition("#" if "#" in iri else "/")[2]


def _top(iri: str, nodes: Mapping[str, _Node]) -> tuple[str, bool]:
    seen = set()
    public = None
    while iri not in seen:
        seen.add(iri)
        flag = nodes[iri].one("public")
        public = flag if public is None else public
        broader = nodes[iri].values.get(SKOS + "broader")
        if not broader:
            break
        iri = broader[0]
    return local(iri), public == "true"


def _entries(nodes: dict[str, _Node]) -> Iterable[tuple[str, Entry]]:
    for iri in sorted(nodes):
        node, name = nodes[iri], local(iri)
        cues, verbs, ends = node.all("cue"), node.all("verbCue"), node.all("nameSuffix")
        if iri.startswith(PREFIXES["title"]):
            status = node.one("tenureStatus")
            if status:
                yield from ((cue, Modifier(name, status, node.one("keptInTitle") != "false")) for cue in cues)
            elif node.one("rank"):
                for cue in cues:
                    yield (
                        cue,
                        Title(
                            name,
                            node.one("title") or cue,
                            int(node.one("rank") or 99),
                            node.one("singleSeat") == "true",
                            node.one("titleStrength") == "weak",
                            node.one("collective") == "true",
                            tuple(local(i) for i in node.all("impliesBody")),
                            node.all("bodySuffix"),
                            node.one("villageBody"),
                            node.all("areaLevel"),
                            local(body) if (body := node.one("areaBody")) else None,
                        ),
                    )
            else:
                yield from ((cue, Word("BracketNote", name)) for cue in cues)
        elif KG + "Standing" in node.values.get(_TYPE, ()):
            yield from ((cue, Word("PersonNounCue", name)) for cue in cues)
        elif KG + "FormOfAddress" in node.values.get(_TYPE, ()):
            yield from ((cue, Word("NameFollowerCue", name)) for cue in cues)
        elif iri.startswith(PREFIXES["kind"]):
            top, public = _top(iri, nodes)
            part, standing = node.one("partOf"), node.one("standingBody")
            for cue, is_open in [*((c, False) for c in cues), *((c, True) for c in ends)] or [("", True)]:
                yield (
                    cue,
                    Kind(
                        name,
                        is_open,
                        public,
                        node.all("areaLevel"),
                        node.one("shortForm"),
                        node.one("formalForm"),
                        local(part) if part else None,
                        node.one("ellipsis") == "true",
                        top,
                        node.one("titledOnly") == "true",
                        node.one("innerUnit") == "true",
                        node.one("partyUnit") == "true",
                        node.one("namedByPlace") == "true",
                        tuple(local(i) for i in node.all("mayBelongTo")),
                        node.one("ofZones") == "true",
                        node.one("siteFirst") == "true",
                        node.all("otherForm"),
                        local(standing) if standing else None,
                        node.all("standingTitle"),
                        nodes[PREFIXES["kind"] + top].one("ownPages") == "true",
                    ),
                )
        elif iri.startswith(PREFIXES["eventtype"]):
            cls = local(node.one("eventClass") or "Event")
            yield from ((cue, EventType(name, cls, False, node.one("opensWithCeremony") == "true")) for cue in cues)
            yield from ((cue, EventType(name, cls, True)) for cue in verbs)
        elif node.values.get(KG + "siteStrength"):
            strong = node.one("siteStrength") == "strong"
            short = (node.one("shortForm") or "").rpartition("}")[2]
            functional = any(nodes[broader].one("functional") == "true" for broader in node.values.get(SKOS + "broader", ()))
            town = bool(node.all("cue") and node.one("areaLevel"))
            worded = node.one("namedByWords") == "true"
            yield from ((cue, SiteKind(name, strong, (short or cue) if functional else None, town, worded)) for cue in ends)
        elif node.values.get(KG + "cueKind"):
            role, day = node.one("role"), node.one("dayOffset")
            for kind in node.all("cueKind"):
                word = Word(
                    local(kind),
                    name,
                    local(role) if role else None,
                    node.one("statementVerb") == "true",
                    int(day) if day else None,
                    node.one("areaLevel"),
                )
                yield from ((cue, word) for cue in dict.fromkeys([*cues, *verbs]))


def _bodies(path: Path) -> Iterable[tuple[str, Entry]]:
    if not path.exists():
        return
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for name, short, formal, kind, *_ in rows[1:]:
        forms = tuple(f for f in short.split("|") if f)
        body = Body(name, kind, formal or None, tuple(sorted({*forms, *([formal] if formal else [])} - {name})))
        for form in dict.fromkeys([name, *forms, *([formal] if formal else [])]):
            yield form, body


def _levels(nodes: Mapping[str, _Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The level words with which areas' names end, longest first; then those of areas that no list has in full (towns, villages)."""
    found: dict[str, bool] = {}
    for iri, node in nodes.items():
        if iri.startswith(PREFIXES["cue"]) and not node.values.get(KG + "cueKind"):
            for level in node.all("areaLevel"):
                open_list = level in node.all("nameSuffix")
                if open_list or level in node.all("cue"):
                    found[level] = found.get(level, False) or open_list
    ranked = sorted(found, key=lambda w: (-len(w), w))
    return tuple(ranked), tuple(w for w in ranked if found[w])


def _column(path: Path) -> tuple[str, ...]:
    """The first column of a table whose first line, comments apart, is its header."""
    rows = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return tuple(row.split("\t")[0] for row in rows[1:])


def _examples(nodes: dict[str, _Node]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        sorted(
            (iri, cue, example)
            for iri, node in nodes.items()
            for example in node.values.get(SKOS + "example", ())
            for cue in [next(iter(node.all("cue") + node.all("verbCue") + node.all("nameSuffix")), "")]
            if cue
        )
    )


def build(files: Iterable[Path], places: Gazetteer, bodies: Path, elements: Path) -> Lexicon:
    """A lexicon from ontology files, a gazetteer and a table of standing bodies.

    Raises SyntaxError (with file and line) for Turtle that cannot be parsed.
    """
    nodes = _read(files)
    table: dict[str, list[Entry]] = defaultdict(list)
    words: dict[str, list[str]] = defaultdict(list)
    kinds: dict[str, Kind] = {}
    followers: dict[str, str] = {}
    for text, entry in [*_entries(nodes), *_bodies(bodies)]:
        if isinstance(entry, Kind):
            kinds.setdefault(entry.name, entry)
        if not text:
            continue
        if isinstance(entry, Word):
            words[entry.kind].append(text)
            if entry.kind == "NameFollowerCue" and len(text) == 1:
                # 的, 在, 了: a third of all hits, and asked for at single offsets alone.
                followers.setdefault(text, entry.name)
                continue
            if entry.kind in LISTED:
                continue
        table[text].append(entry)
    kind_cues: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, tuple[Kind, ...]] = defaultdict(tuple)
    functional: dict[str, str] = {}
    for text, items in table.items():
        for entry in items:
            if isinstance(entry, Kind):
                kind_cues[entry.name].append(text)
                if entry.open:
                    ends[text] += (entry,)
            elif isinstance(entry, SiteKind) and entry.short:
                functional[text] = entry.short
    titles = {e.name: e for items in table.values() for e in items if isinstance(e, Title)}
    # Nine names of ten are no other word: their entries need no list to grow in.
    entries: dict[str, tuple[Entry, ...]] = {text: tuple(items) for text, items in table.items()}
    for text, ids in places.names.items():
        if len(text) > 1:
            entries[text] = (*entries[text], ids) if text in entries else (ids,)
    return Lexicon(
        ahocorasick_rs.AhoCorasick(entries, store_patterns=False),
        tuple(entries.values()),
        places,
        titles,
        kinds,
        {kind: tuple(sorted(set(items), key=lambda w: (-len(w), w))) for kind, items in words.items()},
        {name: tuple(cues) for name, cues in kind_cues.items()},
        dict(ends),
        functional,
        _column(elements),
        *_levels(nodes),
        followers,
        re.compile("|".join(sorted(map(re.escape, words["GenericPlaceCue"]), key=len, reverse=True)) or "(?!)"),
        frozenset(words["DoingCue"]),
        _examples(nodes),
    )


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon of the ontology and seeds that come with the package."""
    seeds = resources.folder("seeds")
    # All that is made here stays: to look for garbage among it takes a fifth of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        return build(resources.turtle_files("ontology"), gazetteer.load(), seeds / "bodies.tsv", seeds / "name-elements.tsv")
    finally:
        if collects:
            gc.enable()
