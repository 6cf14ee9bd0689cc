"""Named queries give these rows, the same as another engine's; bad input is told what is accepted."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import QuerySolutions, RdfFormat, Store

from kg.query import QueryError, bind, find_query, named_queries, parse_query, resource, run, select, standalone
from kg.results import render, short, width
from kg.store import dump, load, load_file, open_store

DATA = Path(__file__).parent / "data"
PARAMS = {
    "official-record": {"name": "邱远川"},
    "companions": {"name": "邱远川"},
    "meeting-people": {"event": "推进会"},
    "events-in-place": {"place": "株洲市"},
    "officers": {"organization": "醴陵市人民政府"},
    "post-holders": {"organization": "醴陵市政府", "title": "市长"},
    "statements": {"name": "邱远川"},
    "articles-naming": {"name": "段清和"},
    "evidence": {"node": "tenure/4302/邱远川/430281/市委/书记"},
    "sub-bodies": {"organization": "中共醴陵市委员会"},
    "new-faces": {"since": "2023-03-01"},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample on disk, as a user's store is."""
    opened = open_store(tmp_path_factory.mktemp("kg") / "store")
    load(opened, dump(load_file(DATA / "sample.trig")))
    return opened


@pytest.fixture(scope="module")
def oracle() -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(DATA / "sample.trig", format="trig")
    return dataset


def test_there_are_22_named_queries_and_each_has_its_rows() -> None:
    assert len(named_queries()) == 22
    assert sorted(named_queries()) == sorted(file.stem for file in (DATA / "expected").glob("*.tsv"))


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_named_query_gives_the_expected_rows(store: Store, name: str) -> None:
    expected = (DATA / "expected" / f"{name}.tsv").read_text(encoding="utf-8")
    assert render(run(store, name, PARAMS.get(name, {})), "tsv") == expected
    assert expected.count("\n") > 1, "a query without rows shows nothing"


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_named_query_gives_the_same_rows_in_rdflib(store: Store, oracle: rdflib.Dataset, name: str) -> None:
    params = PARAMS.get(name, {})
    found = run(store, name, params)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    mine = [tuple("" if row[n] is None else row[n].value for n in names) for row in found]
    theirs = [
        tuple("" if term is None else str(term) for term in row)  # type: ignore[union-attr]
        for row in oracle.query(standalone(find_query(name), params))
    ]
    assert sorted(mine) == sorted(theirs)


DAYLESS = """
@prefix kg: <https://w3id.org/fangzhi/ontology#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<x:e1> a kg:Event, kg:Meeting ; schema:organizer <x:body> . <x:e2> a kg:Event, kg:Meeting ; schema:organizer <x:body> .
<x:e3> a kg:Event ; schema:organizer <x:other> ; schema:startDate "2023-03-15"^^xsd:date .
<x:body> rdfs:label "醴陵市委"@zh . <x:other> rdfs:label "醴陵市教育局"@zh .
<x:p1> kg:event <x:e1> ; kg:participant <x:who> ; kg:role kg:chair . <x:p2> kg:event <x:e2> ; kg:participant <x:who> ; kg:role kg:chair .
<x:who> a kg:Person ; rdfs:label "段清和"@zh .
"""


@pytest.mark.parametrize(
    ("name", "row"), [("organizers", ("醴陵市委", "2", "", "", "x:body")), ("chairs", ("段清和", "2", "", "", "x:who"))]
)
def test_events_without_a_day_are_counted_by_both_engines(name: str, row: tuple[str, ...]) -> None:
    ours = Store()
    ours.load(DAYLESS, format=RdfFormat.TURTLE)
    found = run(ours, name)
    assert isinstance(found, QuerySolutions)
    assert row in [tuple("" if term is None else term.value for term in solution) for solution in found]
    theirs = rdflib.Graph().parse(data=DAYLESS, format="turtle").query(standalone(find_query(name), {}))
    assert row in [tuple("" if term is None else str(term) for term in solution) for solution in theirs]  # type: ignore[union-attr]


HOLDERS = [("柏舟", "a"), ("柏", "z"), ("柏舟", "b"), ("柏", "y")]


def test_namesakes_with_several_posts_are_listed_one_after_another_in_both_engines() -> None:
    lines = [
        "@prefix kg: <https://w3id.org/fangzhi/ontology#> . @prefix org: <http://www.w3.org/ns/org#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <x:b0> rdfs:label '沅阳县委'@zh . <x:b1> rdfs:label '沅阳县政府'@zh .",
    ]
    for name, person in HOLDERS:
        lines.append(f"<x:{person}> a kg:Person ; rdfs:label '{name}'@zh .")
        for body in ("b0", "b1"):
            lines.append(f"<x:{person}{body}> a kg:Tenure ; org:member <x:{person}> ; org:organization <x:{body}> ; kg:title '委员' .")
    data = "\n".join(lines)
    ours = Store()
    ours.load(data, format=RdfFormat.TURTLE)
    found = run(ours, "several-posts")
    assert isinstance(found, QuerySolutions)
    persons = [row["person"].value for row in found]
    assert persons == ["x:y", "x:y", "x:z", "x:z", "x:a", "x:a", "x:b", "x:b"]
    theirs = rdflib.Graph().parse(data=data, format="turtle").query(standalone(find_query("several-posts"), {}))
    assert [str(row[4]) for row in theirs] == persons  # type: ignore[index]


def test_a_document_is_listed_with_the_event_about_it_and_only_if_its_name_has_the_words() -> None:
    data = """
    @prefix kg: <https://w3id.org/fangzhi/ontology#> . @prefix schema: <https://schema.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <x:plan> a kg:Document ; rdfs:label "防汛预案", "防汛预案"@zh . <x:rules> a kg:Document ; rdfs:label "用水管理办法"@zh .
    <x:named> a kg:Document ; rdfs:label "Flood plan"@en . <x:topic> rdfs:label "防汛"@zh .
    <x:e> a kg:Event ; rdfs:label "防汛部署会"@zh ; schema:startDate "2023-06-01"^^xsd:date .
    <x:e> schema:about <x:plan>, <x:rules>, <x:named>, <x:topic> .
    <x:other> schema:about <x:plan> .
    """
    ours = Store()
    ours.load(data, format=RdfFormat.TURTLE)
    rows = {words: list(select(ours, "documents", {"words": words})) for words in ("防汛", "")}
    plan = {"name": "防汛预案", "date": "2023-06-01", "how": "subject of", "what": "防汛部署会", "source": "", "document": "x:plan"}
    assert rows["防汛"] == [plan]
    assert rows[""] == [{**plan, "name": "用水管理办法", "document": "x:rules"}, plan]


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_named_query_says_what_it_is_for_in_two_languages_and_keeps_an_order(name: str) -> None:
    query = named_queries()[name]
    assert query.title.isascii()
    assert query.title
    assert query.purpose.endswith(".")
    assert not query.title_zh.isascii()
    assert not query.purpose_zh.isascii()
    assert all(parameter.meaning for parameter in query.parameters)
    assert "ORDER BY" in query.text
    assert bind(query, {p.name: "2023" for p in query.parameters}).count("$") == 0


@pytest.mark.parametrize(
    ("since", "until", "dates"),
    [
        ("2023-03-14", "2023-03-31", {"2023-03-14"}),
        ("2023-03", "2023-04", {"2023-03-13", "2023-03-14", "--04-01", "--04-02"}),
        ("2023-04-02", "2023-04-30", {"--04-02"}),
        ("2022-12-01", "2023-03-13", {"2023-03-13"}),
        ("2022-04-02", "2023-03-13", {"2023-03-13", "--04-02"}),
        ("2020", "2022", {"--04-01", "--04-02"}),
    ],
)
def test_dates_without_a_year_are_inside_when_their_day_can_be(store: Store, since: str, until: str, dates: set[str]) -> None:
    rows = run(store, "events-in-place", {"place": "湖南", "since": since, "until": until})
    assert isinstance(rows, QuerySolutions)
    assert {row["date"].value for row in rows} == dates


@pytest.mark.parametrize("value", ['") } #', 'x" } UNION { ?s ?p ?o } #', "\\", "\\u0022", "a\nb", "'''", "$name", "<x>"])
def test_a_value_cannot_change_the_query(store: Store, value: str) -> None:
    assert render(run(store, "official-record", {"name": value}), "csv").count("\n") == 1
    echo = parse_query("echo", "# param name: x\nSELECT ($name AS ?v) ('$name' AS ?w) { } # $name")
    rows = run(store, echo, {"name": value})
    assert isinstance(rows, QuerySolutions)
    assert [(row["v"].value, row["w"].value) for row in rows] == [(value, "$name")]


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("officers", {"body": "x"}, "accepted: organization"),
        ("chairs", {"name": "x"}, "it has none"),
        ("officers", {}, "parameter organization: a value is needed"),
        ("officer", {}, "did you mean officers"),
        ("events-in-place", {"place": "x", "since": "yesterday"}, "YYYY-MM-DD"),
        ("events-in-place", {"place": "x", "since": "2023-13-01"}, "not a date"),
        ("doubtful", {"below": "much"}, "not a number"),
        ("doubtful", {"below": "NaN"}, "not a finite number"),
        ("statements", {"name": "\ud800"}, "parameter name"),
    ],
)
def test_bad_parameters_are_told_what_is_accepted(store: Store, name: str, params: dict[str, str], words: str) -> None:
    with pytest.raises(QueryError, match=words):
        run(store, name, params)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT ?x {\n ?x ?p\n}", r"line 3, column \d+"),
        ("SELECT ?x {\n ?x foo:bar ?y\n}", r"line 2, column \d+: unknown prefix.*\n   \?x foo:bar \?y"),
        ("not a query", "line 1"),
        ("", "query"),
    ],
)
def test_a_malformed_query_is_told_its_line(store: Store, text: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        run(store, text)


def test_an_unknown_parameter_kind_is_refused() -> None:
    with pytest.raises(QueryError, match="known: date, iri, name, number, text"):
        parse_query("mine", "# param x [colour]: a colour\nASK { }")


def test_a_triple_in_several_graphs_counts_once(store: Store) -> None:
    text = f"SELECT (COUNT(*) AS ?n) {{ {resource('person/4302/邱远川')} rdfs:label ?l }}"
    assert render(run(store, text), "csv") == "n\r\n1\r\n"


def test_a_table_lines_up_chinese_and_hides_control_characters(store: Store) -> None:
    rows = '("会议" 10 kg:Meeting) ("ab\\u001b[2J" 7 <http://x.org/>) (UNDEF 1 UNDEF)'
    text = f"SELECT ?a ?n ?i {{ VALUES (?a ?n ?i) {{ {rows} }} }}"
    assert render(run(store, text)).splitlines() == [
        "a        n  i",
        "------  --  -------------",
        "会议    10  kg:Meeting",
        "ab [2J   7  http://x.org/",
        "         1",
    ]
    assert width("会议 10") == 7


def test_formats_that_do_not_fit_are_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="SELECT query has rows"):
        render(run(store, "chairs"), "turtle")
    with pytest.raises(QueryError, match="choose turtle or table"):
        render(run(store, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), "csv")
    with pytest.raises(QueryError, match="known: table, csv, tsv, json, turtle"):
        render(run(store, "chairs"), "xml")


def test_construct_gives_the_same_turtle_every_time_that_rdflib_reads(store: Store) -> None:
    text = "CONSTRUCT { ?e a kg:Event ; schema:startDate ?d } { ?e a kg:Event ; schema:startDate ?d }"
    turtle = render(run(store, text), "turtle")
    assert turtle == render(run(store, text), "turtle")
    assert [line.split()[1] for line in turtle.splitlines() if line.startswith("@")] == ["kg:", "schema:", "xsd:"]
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 12


def test_ask_and_json(store: Store) -> None:
    assert render(run(store, "ASK { ?e a kg:Meeting }")) == "true\n"
    assert '"boolean":true' in render(run(store, "ASK { ?e a kg:Meeting }"), "json")
    assert '"type":"uri"' in render(run(store, "chairs"), "json")


def test_short_forms_are_read_back() -> None:
    for iri in ("https://w3id.org/fangzhi/id/person/4302/邱远川", "https://w3id.org/fangzhi/ontology/title/书记"):
        assert resource(short(iri)).value == iri
    assert resource("<https://example.org/a b>").value == "https://example.org/a%20b"
    assert resource("place/1", base="https://example.org/").value == "https://example.org/place/1"
