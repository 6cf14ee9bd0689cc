"""Every cue's example is a test: the reader must see the concept in the sentence."""

from __future__ import annotations

from functools import cache

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kg import lexicon, resources
from kg.cues import LISTED, Body
from kg.lexicon import Lexicon, local
from kg.model import Page
from kg.namespaces import KG, PREFIXES
from kg.reader import Reader

LEXICON: Lexicon = lexicon.load()
ONTOLOGY = Store()
for turtle in resources.turtle_files("ontology"):
    ONTOLOGY.load(path=str(turtle), format=RdfFormat.TURTLE)
# Cues that no page is searched for.
LISTED_CUES = [
    (cue.object.value, local(concept.subject.value))
    for kind in sorted(LISTED)
    for concept in ONTOLOGY.quads_for_pattern(None, NamedNode(KG + "cueKind"), NamedNode(KG + kind))
    for cue in ONTOLOGY.quads_for_pattern(concept.subject, NamedNode(KG + "cue"), None)
]
EXAMPLES = [(iri, sentence) for iri, _, sentence in LEXICON.examples]


def seen(sentence: str) -> set[str]:
    """The local names of the concepts whose cues stand in a sentence."""
    found = {name for cue, name in LISTED_CUES if cue in sentence}
    found |= {LEXICON.followers[character] for character in sentence if character in LEXICON.followers}
    for index, _, _ in LEXICON.automaton.find_matches_as_indexes(sentence, overlapping=True):
        for entry in LEXICON.entries[index]:
            if isinstance(entry, tuple):
                names = [LEXICON.gazetteer.areas[code].name for code in entry]
                found |= {f"place-{level}" for level in LEXICON.levels if any(name.endswith(level) for name in names)}
            else:
                found.add(entry.kind if isinstance(entry, Body) else entry.name)
    return found


def test_there_is_an_example_for_every_kind_of_cue() -> None:
    spaces = {name: sum(iri.startswith(PREFIXES[name]) for iri, _ in EXAMPLES) for name in ("title", "kind", "eventtype", "cue")}
    least = {"title": 500, "kind": 600, "eventtype": 130, "cue": 400}
    assert all(spaces[name] >= number for name, number in least.items()), spaces


@pytest.mark.parametrize("space", ["title", "kind", "eventtype", "cue"])
def test_the_concept_is_seen_in_its_example(space: str) -> None:
    missed = [(local(iri), sentence) for iri, sentence in EXAMPLES if iri.startswith(PREFIXES[space]) and local(iri) not in seen(sentence)]
    assert not missed, missed


@cache
def reader() -> Reader:
    return Reader(LEXICON)


def test_titles_are_read_with_their_holder() -> None:
    titles = [(local(iri), sentence) for iri, sentence in EXAMPLES if local(iri) in LEXICON.titles and iri.startswith(PREFIXES["title"])]
    missed = []
    for name, sentence in titles:
        facts = reader().read(Page("example.txt", f"本报讯 {sentence}会议结束后，与会人员进行了交流，现场气氛热烈。"))
        if not any(t.concept == name for f in facts for t in f.tenures):
            missed.append((name, sentence))
    assert len(titles) >= 500
    assert len(missed) <= len(titles) * 0.05, missed
