"""The ontology keeps what its README promises, and shapes/ontology.ttl notices when it does not."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from kg.namespaces import KG, PREFIXES, SHAPES
from kg.resources import folder, turtle_files

FILES = ["event.ttl", "kg.ttl", "meeting.ttl", "official.ttl", "organization.ttl", "place.ttl"]
ROOT = URIRef("https://w3id.org/fangzhi/ontology")
CUES = [URIRef(KG + name) for name in ("cue", "verbCue", "nameSuffix")]


@lru_cache(maxsize=1)
def ontology() -> Graph:
    graph = Graph()
    for path in turtle_files("ontology"):
        graph.parse(path)
    return graph


@lru_cache(maxsize=1)
def shapes() -> Graph:
    return Graph().parse(folder("shapes") / "ontology.ttl")


def findings(data: Graph) -> set[tuple[str, str, str]]:
    """(shape, severity, local name of the value or else the focus node) of every finding."""
    _, report, text = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph), text
    found = set()
    for result in report.objects(None, SH.result):
        shape = str(report.value(result, SH.sourceShape)).removeprefix(SHAPES)
        value, focus = report.value(result, SH.value), report.value(result, SH.focusNode)
        node = value if isinstance(value, URIRef) and focus == ROOT else focus
        severity = str(report.value(result, SH.resultSeverity)).removeprefix(str(SH))
        found.add((shape, severity, re.split("[#/]", str(node))[-1]))
    return found


@lru_cache(maxsize=1)
def findings_of_ontology() -> set[tuple[str, str, str]]:
    return findings(ontology())


def of_class(name: str) -> set[Node]:
    return set(ontology().subjects(RDF.type, URIRef(KG + name)))


def test_there_is_one_file_per_topic() -> None:
    assert [path.name for path in turtle_files("ontology")] == FILES


@pytest.mark.parametrize("name", FILES)
def test_each_file_has_one_header_and_defines_only_its_own(name: str) -> None:
    graph = Graph().parse(folder("ontology") / name)
    headers = list(graph.subjects(RDF.type, OWL.Ontology))
    assert headers == [ROOT if name == "kg.ttl" else URIRef(f"{ROOT}/{name.removesuffix('.ttl')}")]
    assert set(graph.objects(None, RDFS.isDefinedBy)) == set(headers)


@pytest.mark.parametrize("name", FILES)
def test_each_file_has_section_banners(name: str) -> None:
    text = (folder("ontology") / name).read_text("utf-8")
    assert len(re.findall(r"^# ?[#=]{20,}", text, re.MULTILINE)) >= 2


def test_the_root_imports_every_other_file() -> None:
    topics = {f"{ROOT}/{name.removesuffix('.ttl')}" for name in FILES if name != "kg.ttl"}
    assert {str(o) for o in ontology().objects(ROOT, OWL.imports)} == topics


def test_the_root_says_its_version_and_licence() -> None:
    assert isinstance(ontology().value(ROOT, OWL.versionInfo), Literal)
    licence = ontology().value(ROOT, URIRef(PREFIXES["dcterms"] + "license"))
    assert licence == URIRef("https://www.apache.org/licenses/LICENSE-2.0")


def test_the_schemes_are_large_enough() -> None:
    short = set(ontology().subjects(URIRef(KG + "shortForm")))
    assert len(of_class("EventType")) >= 130
    assert len(of_class("PostTitle")) >= 200
    assert len(of_class("BodyKind") & short) >= 150
    roles = ("chair", "speaker", "attendee", "leader", "companion", "signatory", "host")
    assert of_class("Role") == {URIRef(KG + role) for role in roles}


@pytest.mark.parametrize("name", ["Meeting", "Inspection", "Ceremony", "Activity"])
def test_each_class_of_event_has_types(name: str) -> None:
    assert len(list(ontology().subjects(URIRef(KG + "eventClass"), URIRef(KG + name)))) >= 15


def test_the_ontology_conforms_to_its_own_shapes() -> None:
    assert {f for f in findings_of_ontology() if f[1] == "Violation"} == set()


def test_every_example_of_events_and_small_cues_has_its_cue() -> None:
    own = {ROOT, URIRef(f"{ROOT}/event"), URIRef(f"{ROOT}/meeting")}
    names = {re.split("[#/]", str(s))[-1] for s, o in ontology().subject_objects(RDFS.isDefinedBy) if o in own}
    assert {f for f in findings_of_ontology() if f[2] in names} == set()


def test_every_term_that_is_used_is_defined_once() -> None:
    graph = ontology()
    used = {x for triple in graph for x in triple if isinstance(x, URIRef) and str(x).startswith(KG)}
    defined = set(graph.subjects(RDFS.isDefinedBy))
    assert used - defined == set()
    assert {s for s in defined if len(list(graph.objects(s, RDFS.isDefinedBy))) > 1} == set()


def test_every_definition_points_to_a_header() -> None:
    graph = ontology()
    headers = set(graph.subjects(RDF.type, OWL.Ontology))
    assert len(headers) == len(FILES)
    assert set(graph.objects(None, RDFS.isDefinedBy)) <= headers


def test_the_terms_of_the_contract_are_there() -> None:
    classes = """Article Person Official Organization Place Document Post Event Meeting Inspection Ceremony Activity
        Participation Statement Tenure"""
    properties = """sourceFile evidence jurisdiction adminCode title eventType yearBasis event participant role capacity
        order confidence speaker verb text post attestedOn"""
    graph = ontology()
    assert [c for c in classes.split() if (URIRef(KG + c), RDF.type, OWL.Class) not in graph] == []
    kinds = {OWL.ObjectProperty, OWL.DatatypeProperty}
    assert [p for p in properties.split() if not kinds & set(graph.objects(URIRef(KG + p), RDF.type))] == []


@pytest.mark.parametrize(
    ("term", "standard"),
    [
        ("Article", "schema:NewsArticle"),
        ("Article", "prov:Entity"),
        ("Document", "schema:CreativeWork"),
        ("Person", "foaf:Person"),
        ("Person", "schema:Person"),
        ("Official", "foaf:Person"),
        ("Organization", "org:Organization"),
        ("Place", "schema:Place"),
        ("Post", "org:Post"),
        ("Tenure", "org:Membership"),
        ("Event", "sem:Event"),
        ("Meeting", "schema:Event"),
        ("Participation", "sem:Role"),
        ("EventType", "skos:Concept"),
        ("Role", "skos:Concept"),
    ],
)
def test_a_tool_that_knows_only_the_standard_terms_still_understands(term: str, standard: str) -> None:
    prefix, _, name = standard.partition(":")
    assert URIRef(PREFIXES[prefix] + name) in set(ontology().transitive_objects(URIRef(KG + term), RDFS.subClassOf))


def test_cues_are_plain_strings() -> None:
    words = [o for p in CUES for o in ontology().objects(None, p)]
    assert len(words) > 3000
    assert [w for w in words if not isinstance(w, Literal) or w.language or not w.strip()] == []


@pytest.mark.parametrize(
    "kind",
    [
        "HoldingCue",
        "MovementCue",
        "SpeechCue",
        "RoleCue",
        "PlanCue",
        "RecallCue",
        "GroupCue",
        "GroupTitleCue",
        "ReporterCue",
        "BylineSuffixCue",
        "EditorCue",
        "SourceCue",
        "DatelineCue",
        "SelfReferenceCue",
        "FurnitureCue",
        "FirstDayCue",
        "FurtherCue",
        "RelativeDayCue",
        "NameFollowerCue",
        "MaskCue",
        "OrganizerCue",
    ],
)
def test_each_kind_of_cue_has_words(kind: str) -> None:
    graph = ontology()
    concepts = set(graph.subjects(URIRef(KG + "cueKind"), URIRef(KG + kind)))
    assert len({w for c in concepts for p in CUES for w in graph.objects(c, p)}) >= 5


@pytest.mark.parametrize("path", turtle_files("ontology"), ids=lambda path: path.name)
def test_nothing_is_said_twice(path: Path) -> None:
    said = Counter(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))
    assert [str(quad) for quad, times in said.items() if times > 1] == []


def test_no_two_kinds_of_cue_have_one_label() -> None:
    graph = ontology()
    kinds = graph.subjects(RDF.type, URIRef(KG + "CueKind"))
    labels = Counter(label for kind in kinds for label in graph.objects(kind, SKOS.prefLabel))
    assert [label for label, times in labels.items() if times > 1] == []


def test_pyoxigraph_reads_it_to_the_same_size() -> None:
    store = pyoxigraph.Store()
    for path in turtle_files("ontology"):
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
    assert len(store) == len(ontology())


# A small ontology in which nothing is wrong; each case below spoils one thing and names the finding.
SOUND = """
<https://w3id.org/fangzhi/ontology> a owl:Ontology ; owl:imports <https://w3id.org/fangzhi/ontology/event> ;
    dcterms:title "甲"@zh, "A"@en ; dcterms:description "甲"@zh, "A"@en ;
    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0> .
kg:EventTypes a skos:ConceptScheme ; DEFINED .
kg:Cues a skos:ConceptScheme ; DEFINED .
kg:Roles a skos:ConceptScheme ; DEFINED .
kg:PostTitles a skos:ConceptScheme ; DEFINED .
kg:SpeechCue a kg:CueKind ; DEFINED .
kg:speaker a kg:Role ; skos:inScheme kg:Roles ; kg:verbCue "强调" ; skos:example "他强调纪律。"@zh ; DEFINED .
eventtype:会议 a kg:EventType ; skos:inScheme kg:EventTypes ; kg:eventClass kg:Meeting ; kg:cue "会议" ;
    skos:example "县里开了会议。"@zh ; DEFINED .
eventtype:例会 a kg:EventType ; skos:inScheme kg:EventTypes ; skos:broader eventtype:会议 ; kg:eventClass kg:Meeting ;
    kg:cue "例会" ; skos:example "局里开了例会。"@zh ; DEFINED .
cue:强调 a kg:Cue ; skos:inScheme kg:Cues ; kg:cueKind kg:SpeechCue ; kg:role kg:speaker ; kg:statementVerb true ;
    kg:verbCue "强调" ; skos:example "他强调纪律。"@zh ; DEFINED .
title:局长 a kg:PostTitle ; skos:inScheme kg:PostTitles ; kg:rank 1 ; kg:singleSeat true ; kg:impliesBody kind:局 ;
    kg:cue "局长" ; skos:example "局长来了。"@zh ; DEFINED .
kind:局 a kg:BodyKind ; kg:shortForm "{area}局" ; kg:formalForm "{area}管理局" ; kg:partOf kind:局 ; DEFINED .
"""
DEFINED = """skos:prefLabel "甲"@zh, "A"@en ; rdfs:label "甲"@zh, "A"@en ; skos:definition "甲"@zh, "A"@en ;
    rdfs:isDefinedBy <https://w3id.org/fangzhi/ontology>"""


def small(text: str) -> Graph:
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    return Graph().parse(data=head + text.replace("DEFINED", DEFINED), format="turtle")


def test_a_sound_ontology_has_no_finding() -> None:
    assert findings(small(SOUND)) == set()


SPOILT = [
    ("Header-title-zh", "ontology", 'dcterms:title "甲"@zh,', "dcterms:title"),
    ("Header-title-en", "ontology", 'dcterms:title "甲"@zh, "A"@en', 'dcterms:title "甲"@zh'),
    ("Header-description-zh", "ontology", 'dcterms:description "甲"@zh,', "dcterms:description"),
    ("Header-description-en", "ontology", 'dcterms:description "甲"@zh, "A"@en', 'dcterms:description "甲"@zh'),
    ("Header-license", "ontology", ";\n    dcterms:license <https://www.apache.org/licenses/LICENSE-2.0>", ""),
    ("Term-isDefinedBy", "Cues", "kg:Cues a", "kg:Cues rdfs:isDefinedBy kg:Roles ; a"),
    ("Term-prefLabel-zh", "Cues", "kg:Cues a", 'kg:Cues skos:prefLabel "乙"@zh ; a'),
    ("Term-undefined", "Cues", "kg:Cues a skos:ConceptScheme ; DEFINED", "kg:Cues a skos:ConceptScheme"),
    ("CueBearer-cue", "例会", 'kg:cue "例会"', 'kg:cue "例会", "例会 "'),
    ("CueBearer-verbCue", "强调", "kg:statementVerb true", 'kg:statementVerb true ; kg:verbCue "强调"@zh'),
    ("CueBearer-nameSuffix", "例会", 'kg:cue "例会"', 'kg:cue "例会" ; kg:nameSuffix "例 会"'),
    ("CueBearer-example", "例会", 'skos:example "局里开了例会。"@zh', 'skos:example "a meeting 例会"@en'),
    ("CueBearer-scheme", "局长", "skos:inScheme kg:PostTitles ;", ""),
    ("CueBearer-exampleShowsCue", "例会", "局里开了例会。", "局里开了会。"),
    ("CueBearer-oneConcept", "会议", 'kg:cue "例会"', 'kg:cue "例会", "会议"'),
    (
        "Cue-oneConcept",
        "强调",
        "title:局长 a",
        "cue:重申 a kg:Cue ; skos:inScheme kg:Cues ; kg:cueKind kg:SpeechCue ; "
        "kg:role kg:speaker ; "
        'kg:statementVerb true ; kg:verbCue "强调" ; skos:example "强调。"@zh ; DEFINED .\ntitle:局长 a',
    ),
    ("Cue-kind", "强调", "kg:cueKind kg:SpeechCue ;", ""),
    ("Cue-role", "强调", "kg:statementVerb true ;", ""),
    ("Role-verbs", "speaker", "skos:inScheme kg:Roles ;", 'skos:inScheme kg:Roles ; kg:verbCue "说" ;'),
    ("EventType-eventClass", "例会", "eventtype:会议 ; kg:eventClass kg:Meeting", "eventtype:会议"),
    ("EventType-sees", "例会", 'kg:cue "例会" ;', ""),
    ("PostTitle-rank", "局长", "kg:rank 1 ;", ""),
    ("PostTitle-singleSeat", "局长", "kg:singleSeat true ;", ""),
    ("PostTitle-impliesBody", "局长", "kg:impliesBody kind:局", "kg:impliesBody kind:厅"),
    ("BodyKind-shortForm-stated", "局", 'kg:shortForm "{area}局" ;', ""),
    ("BodyKind-shortFormOne", "局", 'kg:shortForm "{area}局"', 'kg:shortForm "{area}局", "{areaStem}局"'),
    ("BodyKind-pattern", "{city}局", 'kg:shortForm "{area}局"', 'kg:shortForm "{city}局"'),
    ("BodyKind-partOf-kind", "局", "kg:partOf kind:局", "kg:partOf kind:厅"),
    ("Broader", "例会", "skos:broader eventtype:会议", "skos:broader title:局长"),
    ("Broader", "会议", "eventtype:会议 a", "eventtype:会议 skos:broader eventtype:例会 ; a"),
]
SPOILT += [
    (f"Term-{name}-{lang}", "会议", "eventtype:会议 a", f"REMOVE {prop} {lang} ;eventtype:会议 a")
    for name, prop in (("prefLabel", "skos:prefLabel"), ("label", "rdfs:label"), ("definition", "skos:definition"))
    for lang in ("zh", "en")
]


def spoil(old: str, new: str) -> Graph:
    assert SOUND.count(old) == 1, f"{SOUND.count(old)} times: {old}"
    removal = re.search(r"REMOVE (\w+):(\w+) (\w+) ;", new)
    graph = small(SOUND.replace(old, new.replace(removal[0], "") if removal else new))
    if removal:
        subject, predicate = URIRef(PREFIXES["eventtype"] + "会议"), URIRef(PREFIXES[removal[1]] + removal[2])
        for value in list(graph.objects(subject, predicate)):
            if isinstance(value, Literal) and value.language == removal[3]:
                graph.remove((subject, predicate, value))
    return graph


@pytest.mark.parametrize(("shape", "node", "old", "new"), SPOILT)
def test_a_spoilt_ontology_has_that_finding(shape: str, node: str, old: str, new: str) -> None:
    assert (shape, node) in {(found, name) for found, _, name in findings(spoil(old, new))}


def test_every_shape_with_a_message_has_a_case() -> None:
    stated = {str(s).removeprefix(SHAPES) for s in shapes().subjects(SH.message) if isinstance(s, URIRef)}
    assert len(stated) == 34
    assert stated - {case[0] for case in SPOILT} == set()


def test_messages_are_in_both_languages() -> None:
    for shape in set(shapes().subjects(SH.message)):
        assert {m.language for m in shapes().objects(shape, SH.message) if isinstance(m, Literal)} == {"zh", "en"}


def test_the_shapes_are_silent_on_a_graph_that_only_refers_to_the_ontology() -> None:
    event_type = "eventtype:会议 a kg:EventType, skos:Concept ; kg:eventClass kg:Meeting ."
    title = "title:局长 a kg:PostTitle ; kg:rank 1 ; kg:singleSeat true ."
    assert findings(small(f"{event_type}\n{title}")) == set()


def test_no_concept_is_without_a_label_to_show() -> None:
    concepts = set(ontology().subjects(SKOS.inScheme))
    assert len(concepts) > 1000
    assert [c for c in concepts if ontology().value(c, SKOS.prefLabel) is None] == []
