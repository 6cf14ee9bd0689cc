"""What the graph of an article says: the contract's terms, words that stand on the page, nothing that is not sure enough."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph
import pytest
from conftest import ROOT
from pyoxigraph import Literal, NamedNode, Quad

from kg import lexicon
from kg.confidence import Calibration
from kg.graph import ArticleGraph, GraphBuilder
from kg.identity import Minter
from kg.model import Article, Event, Facts, Mention, Organization, Participation, Place, Statement, Tenure, When
from kg.namespaces import ID, KG, PREFIXES, expand
from kg.octets import words_of
from kg.pipeline import Builder, find_pages
from kg.places import AreaReader
from kg.standing import Standing, StandingFacts

PAGES = find_pages([ROOT / "seeds" / "pages"])
PREDICATES = (
    "kg:sourceFile", "nif:beginIndex", "nif:endIndex", "schema:headline", "schema:author", "schema:datePublished",
    "schema:mentions", "prov:wasDerivedFrom", "kg:evidence", "nif:referenceContext", "nif:anchorOf", "rdfs:label", "org:postIn",
    "kg:title", "kg:eventType", "schema:startDate", "schema:location", "schema:organizer", "kg:yearBasis", "kg:event",
    "kg:participant", "kg:role", "kg:capacity", "kg:order", "kg:confidence", "kg:speaker", "kg:verb", "kg:text", "org:member",
    "org:organization", "kg:post", "kg:attestedOn", "org:memberDuring",
)  # fmt: skip
CLASSES = (
    "Article", "Person", "Official", "Post", "Event", "Meeting", "Inspection", "Ceremony", "Activity", "Participation",
    "Statement", "Tenure",
)  # fmt: skip
TEXT = "县委书记闻人一叶“讲话”\\\n反馈：\t好\x01。主任练达出席。"
COUNTY = Organization("长兴县委", "330522/县委", "330522", "县委", "中共长兴县委员会", ("县委",))
HELD = Tenure("闻人一叶", COUNTY, "书记", 0, 8, "书记", 0.9)
LOOSE = Tenure("练达", None, "主任", 20, 24, None, 0.9)
CHAIR = Participation("闻人一叶", "chair", 0, 8, 1, 0.8, HELD)
MEETING = Event(
    "Meeting", "座谈会", "长兴县教育座谈会", 0, 12, When(3, 5, 2024, "issue"), "330522", Place("画溪社区", "330522", True), COUNTY,
    (CHAIR,), (Statement("闻人一叶", "反馈", "好", 13, 18),), confidence=0.7,
)  # fmt: skip


def facts(*events: Event, tenures: tuple[Tenure, ...] = (HELD, LOOSE), text: str = TEXT) -> Facts:
    article = Article("p.txt", 5, 5 + len(text), text, (0,), (5,), 0, (0, 8), None, (), False, date(2024, 3, 6))
    people = (Mention(4, 8, "闻人一叶", 0.9), Mention(22, 24, "练达", 0.5))
    return Facts(article, "330522", date(2024, 3, 6), (), people, (Mention(0, 2, COUNTY),), (), (), tenures, events)


@pytest.fixture(scope="module")
def areas() -> AreaReader:
    return AreaReader(lexicon.load())


@pytest.fixture(scope="module")
def builder(areas: AreaReader) -> GraphBuilder:
    return GraphBuilder(areas, Minter(), Calibration({"bodiless": [(0.0, 0.6)]}))


def quads(graph: ArticleGraph) -> set[Quad]:
    return set(pyoxigraph.parse("".join(graph.blocks), pyoxigraph.RdfFormat.N_QUADS))


def made(builder: GraphBuilder, found: Facts, minimum: float = 0.0) -> set[Quad]:
    return quads(builder.article(found, builder.mint.article(found.article), minimum))


def values(found: set[Quad], predicate: str, subject: str = "") -> set[str]:
    return {q.object.value for q in found if q.predicate.value == expand(predicate) and subject in str(q.subject)}  # type: ignore[union-attr]


def typed(found: set[Quad], cls: str) -> set[str]:
    return {str(q.subject) for q in found if q.predicate.value == expand("rdf:type") and q.object == NamedNode(expand(cls))}


def test_an_article_says_where_it_stands_and_whom_it_names(builder: GraphBuilder) -> None:
    found = made(builder, facts(MEETING))
    (graph,) = {q.graph_name for q in found}
    about = f"{graph}"
    assert values(found, "kg:sourceFile", about) == {"p.txt"}
    assert values(found, "schema:headline", about) == {TEXT[:8]}
    assert values(found, "schema:datePublished", about) == {"2024-03-06"}
    assert values(found, "schema:mentions", about) == {f"{ID}person/3305/闻人一叶", f"{ID}person/3305/练达", f"{ID}org/330522/县委"}
    assert typed(found, "kg:Article") == typed(found, "schema:NewsArticle") == typed(found, "prov:Entity") == {about}


def test_a_tenure_has_body_post_and_day_and_makes_an_official(builder: GraphBuilder) -> None:
    found = made(builder, facts(MEETING))
    held = f"<{ID}tenure/3305/闻人一叶/330522/县委/书记>"
    assert held in typed(found, "kg:Tenure") & typed(found, "org:Membership")
    assert values(found, "org:organization", held) == {f"{ID}org/330522/县委"}
    assert values(found, "kg:post", held) == {f"{ID}post/330522/县委/书记"}
    assert values(found, "kg:attestedOn", held) == {"2024-03-05"}
    assert values(found, "kg:titleConcept", "/post/") == {PREFIXES["title"] + "书记"}
    assert typed(found, "kg:Official") == {f"<{ID}person/3305/闻人一叶>"}


def test_a_title_without_a_body_is_kept_as_read_and_never_sure(builder: GraphBuilder) -> None:
    found = made(builder, facts(MEETING))
    loose = f"<{ID}tenure/3305/练达/主任>"
    assert loose in typed(found, "kg:Tenure")
    assert values(found, "kg:title", loose) == {"主任"}
    assert values(found, "kg:post", loose) == values(found, "org:organization", loose) == set()
    assert values(found, "kg:confidence", loose) == {"0.60"}


def test_an_event_says_what_when_where_by_whom(builder: GraphBuilder) -> None:
    found = made(builder, facts(MEETING))
    event = f"<{ID}event/Meeting/2024-03-05/330522/长兴县教育座谈会>"
    assert all(event in typed(found, cls) for cls in ("kg:Event", "sem:Event", "schema:Event", "kg:Meeting"))
    for predicate, value in {
        "kg:eventType": PREFIXES["eventtype"] + "座谈会",
        "schema:startDate": "2024-03-05",
        "schema:location": f"{ID}place/330522/画溪社区",
        "schema:organizer": f"{ID}org/330522/县委",
        "kg:yearBasis": "issue",
        "kg:confidence": "0.70",
    }.items():
        assert values(found, predicate, event) == {value}
    part = event[:-1] + "/participation/chair/闻人一叶>"
    assert part in typed(found, "kg:Participation") & typed(found, "sem:Role")
    assert values(found, "kg:capacity", part) == {f"{ID}tenure/3305/闻人一叶/330522/县委/书记"}
    assert values(found, "kg:role", part) == {KG + "chair"}
    assert values(found, "kg:text") == {"好"}


def test_odd_characters_come_through_literals(builder: GraphBuilder) -> None:
    whole = Event("Event", None, 'a "b" \\ c', 0, len(TEXT), None, None)
    found = made(builder, facts(whole))
    assert TEXT.replace("\n", "") in values(found, "nif:anchorOf")
    assert values(found, "rdfs:label", "/event/1>") == {'a "b" \\ c'}


@pytest.mark.parametrize(("least", "left"), [(0.0, 2), (0.6, 2), (0.85, 1), (0.95, 0)])
def test_what_is_less_sure_is_left_out_and_nothing_points_at_it(least: float, left: int, builder: GraphBuilder) -> None:
    inner = Event("Activity", None, "其中的活动", 0, 12, None, None, participations=(CHAIR,), super_event=0, confidence=0.99)
    found = made(builder, facts(MEETING, inner), least)
    assert len(typed(found, "kg:Tenure")) == left
    assert (len(typed(found, "kg:Meeting")) == 1) == (least <= 0.7)
    said = {str(q.subject) for q in found}
    for predicate in ("kg:capacity", "schema:superEvent", "kg:event", "kg:evidence"):
        assert {f"<{value}>" for value in values(found, predicate)} <= said, predicate


def test_a_node_that_is_said_twice_has_each_line_once_in_order(builder: GraphBuilder) -> None:
    again = Event("Meeting", "会议", "长兴县教育座谈会", 20, 27, When(3, 5, 2024), "330522")
    found = facts(MEETING, again)
    blocks = builder.article(found, builder.mint.article(found.article)).blocks
    lines = "".join(blocks).split("\n")[:-1]
    assert lines == sorted(set(lines))
    assert len(values(made(builder, found), "kg:eventType")) == 2
    assert len({block.split(" ")[0] for block in blocks}) == len(blocks)


def test_a_stated_appointment_makes_a_term_and_a_removal_no_sighting(builder: GraphBuilder) -> None:
    started = Tenure("闻人一叶", COUNTY, "县长", 0, 8, started=True)
    ended = Tenure("练达", COUNTY, "县长", 20, 24, ended=True)
    found = made(builder, facts(MEETING, tenures=(started, ended)))
    assert values(found, "org:memberDuring") == {
        f"{ID}tenure/3305/闻人一叶/330522/县委/县长/interval", f"{ID}tenure/3305/练达/330522/县委/县长/interval"
    }  # fmt: skip
    assert values(found, "time:hasBeginning") == {f"{ID}tenure/3305/闻人一叶/330522/县委/县长/from/2024-03-05"}
    assert values(found, "time:hasEnd") == {f"{ID}tenure/3305/练达/330522/县委/县长/until/2024-03-05"}
    assert values(found, "kg:attestedOn", "练达") == set()


def test_standing_facts_do_not_depend_on_the_order_of_the_articles(areas: AreaReader, builder: GraphBuilder) -> None:
    party = Organization("长兴县委", "330522/县委", "330522", "党委", None, ())
    graphs = [ArticleGraph("a", (), frozenset({"330522"}), (COUNTY,)), ArticleGraph("b", (), frozenset({"410184"}), (party,))]
    made = []
    for order in (graphs, graphs[::-1]):
        standing = Standing(StandingFacts(areas, Minter()))
        new = {line for graph in order for block in standing.add(graph) for line in block.split("\n")}
        assert [standing.add(graph) for graph in order] == [[], []]
        assert new - {""} == {line for blocks in standing.graphs().values() for block in blocks for line in block.split("\n")} - {""}
        made.append(standing.graphs())
    assert made[0] == made[1]
    assert list(made[0]) == [f"{ID}graph/places", f"{ID}graph/organizations"]
    text = words_of("".join(made[0][f"{ID}graph/organizations"]))
    assert f"<{PREFIXES['kind']}党委>" in text
    assert '"中共长兴县委员会"@zh' in text


@pytest.fixture(scope="module")
def built() -> list[tuple[Path, ArticleGraph]]:
    return [(page.path, article) for page in Builder().stream(PAGES) for article in page.articles]


def evidence(graph: ArticleGraph) -> Iterator[tuple[str, int, int, str]]:
    found = quads(graph)
    nodes: dict[str, dict[str, str]] = {}
    for quad in found:
        if "#char=" in str(quad.subject) and isinstance(quad.object, Literal):
            nodes.setdefault(str(quad.subject), {})[quad.predicate.value.rpartition("#")[2]] = quad.object.value
    for node, values in nodes.items():
        yield node, int(values["beginIndex"]), int(values["endIndex"]), values["anchorOf"]


def test_evidence_gives_back_the_words_of_the_page(built: list[tuple[Path, ArticleGraph]]) -> None:
    checked = 0
    for path, graph in built:
        text = path.read_text("utf-8")
        for node, begin, end, words in evidence(graph):
            assert text[begin:end].replace("\n", "") == words, node
            assert node == f"<{graph.iri}#char={begin},{end}>"
            checked += 1
    assert checked > 150


def test_every_fact_has_its_article_and_its_words(built: list[tuple[Path, ArticleGraph]]) -> None:
    for _, graph in built:
        found = quads(graph)
        assert {q.graph_name for q in found} == {NamedNode(graph.iri)}
        for cls in ("kg:Event", "kg:Tenure", "kg:Participation", "kg:Statement"):
            for node in typed(found, cls):
                assert values(found, "prov:wasDerivedFrom", node) == {graph.iri}
                assert values(found, "kg:evidence", node)


def test_the_contracts_terms_are_there(built: list[tuple[Path, ArticleGraph]]) -> None:
    found = {quad for _, graph in built for quad in quads(graph)}
    predicates = {quad.predicate.value for quad in found}
    assert [name for name in PREDICATES if expand(name) not in predicates] == []
    assert [name for name in CLASSES if not typed(found, f"kg:{name}")] == []
    roles = values(found, "kg:role")
    assert roles <= {KG + role for role in ("chair", "speaker", "attendee", "leader", "companion", "signatory", "host")}
    assert len(roles) >= 5
