"""A profile tells a person's, body's or place's record; an explanation points at the right line of the page."""

from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.profile import NotFound, explain, profile, render, render_sentences
from kg.store import dump, load, load_file, open_store

DATA = Path(__file__).parent / "data"
SOURCES = [DATA / "sources"]
SECRETARY = "tenure/4302/邱远川/430281/市委/书记"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = open_store(tmp_path_factory.mktemp("kg") / "store")
    load(opened, dump(load_file(DATA / "sample.trig")))
    return opened


def test_an_officials_profile(store: Store) -> None:
    (found,) = profile(store, "文以安")
    assert (found.kind, found.name, found.iri.rsplit("id/", 1)[1]) == ("person", "文以安", "person/4302/文以安")
    sections = {section.title: section.rows for section in found.sections}
    assert list(sections) == ["posts", "events", "companions", "sources"]
    assert sections["posts"] == (("醴陵市政府", "副市长", "2023-03-14", "2023-03-14"), ("醴陵市政府", "市长", "2023-03-14", "2023-03-14"))
    assert [row[:2] for row in sections["events"]] == [("2023-03-13", "companion"), ("2023-03-14", "attendee"), ("2023-03-14", "signatory")]
    assert sections["companions"][0] == ("邱远川", "3")


def test_posts_seen_with_and_without_a_year_keep_the_dated_days(store: Store) -> None:
    (found,) = profile(store, "邱远川")
    posts = {section.title: section.rows for section in found.sections}["posts"]
    assert posts == (("醴陵市委", "书记", "2023-03-14", "2023-03-14"),)
    assert "  statements:\n    --04-01     强调  要把服务送到群众家门口。\n" in render([found])


def test_a_bodys_profile_by_its_formal_name(store: Store) -> None:
    assert (
        render(profile(store, "中共醴陵市委员会"))
        == """\
醴陵市委 (中共醴陵市委员会)  organization  org/430281/市委
  officers:
    书记    邱远川  2023-03-14  2023-03-14
    副书记  罗启文  2023-03-14  2023-03-14
    常委    易小棠  2023-03-14  2023-03-14
  sub-bodies:
    醴陵市委组织部
  sources:
                liling-04.txt           市总工会开展春季植树活动
    2023-03-15  llxw-2023-03-15-02.txt  全市重点项目推进会召开
    2023-03-15  llxw-2023-03-15-02.txt  醴陵攸县签约陶瓷产业合作
"""
    )


def test_a_places_profile_reaches_what_it_contains(store: Store) -> None:
    (found,) = profile(store, "株洲市")
    sections = {section.title: section.rows for section in found.sections}
    assert sections["in"] == (("湖南省",),)
    assert ("--04-02", "春季植树活动", "仙岳山") in sections["events"]
    assert len(sections["events"]) == 5


def test_nodes_of_one_name_are_all_listed(store: Store) -> None:
    assert [found.iri.rsplit("id/", 1)[1] for found in profile(store, "段清和")] == ["person/4301/段清和", "person/4302/段清和"]
    assert [found.kind for found in profile(store, "醴陵市")] == ["organization", "place"]


@pytest.mark.parametrize(("name", "words"), [("醴陵市组织部", "near names: 醴陵市委组织部"), ("", "is named ''")])
def test_an_unknown_name_is_told_near_ones(store: Store, name: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        profile(store, name)


@pytest.mark.parametrize("iri", [SECRETARY, f"https://w3id.org/fangzhi/id/{SECRETARY}"])
def test_a_fact_is_explained_by_file_line_and_sentence(store: Store, iri: str) -> None:
    assert (
        render_sentences(explain(store, iri, SOURCES))
        == """\
liling-04.txt:7: 市委书记邱远川
    4月1日，市委书记邱远川到醴陵市妇幼保健院走访，市委常委、组织部部长易小棠陪同。
llxw-2023-03-15-02.txt:5: 市委书记邱远川
    市委书记邱远川主持会议并讲话，市委副书记、市长罗启文，市委常委、组织部部长易小棠，副市长文以安参加会议。
llxw-2023-03-15-02.txt:21: 醴陵市委书记邱远川
    醴陵市委书记邱远川，长沙市商务局副局长段清和出席，攸县县长贺云舟、醴陵市市长文以安代表双方签约。
"""
    )


def test_without_the_pages_the_offsets_are_given(store: Store) -> None:
    assert render_sentences(explain(store, SECRETARY)).splitlines()[0] == "liling-04.txt:66-73: 市委书记邱远川"


def test_a_page_that_was_changed_is_not_cited_by_line(store: Store, tmp_path: Path) -> None:
    text = (DATA / "sources" / "liling-04.txt").read_text(encoding="utf-8")
    (tmp_path / "liling-04.txt").write_text("x" + text, encoding="utf-8")
    assert explain(store, SECRETARY, [tmp_path])[0].line is None


def test_evidence_itself_can_be_explained(store: Store) -> None:
    (found,) = explain(store, "article/61a16389281a0392#char=66,73", SOURCES)
    assert (found.line, found.words) == (7, "市委书记邱远川")


@pytest.mark.parametrize(
    ("iri", "words"),
    [
        ("person/4302/无此人", "says nothing of"),
        ("person/4302/罗启文", "facts about it: article/.*/participation/"),
        ("", "is no IRI"),
    ],
)
def test_what_has_no_evidence_is_told_so(store: Store, iri: str, words: str) -> None:
    with pytest.raises(NotFound, match=words):
        explain(store, iri, SOURCES)
