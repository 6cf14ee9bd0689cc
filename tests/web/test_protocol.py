"""The SPARQL 1.1 Protocol at /sparql: what clients that others wrote get, every format, every refusal."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.sparql.results.csvresults import CSVResultParser
from rdflib.plugins.sparql.results.tsvresults import TSVResultParser
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.namespaces import KG
from kg.store import open_store

TABLE = Path(__file__).parent / "protocol.tsv"
CASES = list(csv.DictReader((line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")), delimiter="\t"))
NAMES = "SELECT ?name { ?person a kg:Official ; rdfs:label ?name FILTER(LANG(?name) = 'zh') } ORDER BY ?name"
ROW_FORMS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
TRIPLE_FORMS = ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="session")
def officials(store: Path) -> list[str]:
    """The names that the store itself gives."""
    found = open_store(store, read_only=True).query(f"PREFIX kg: <{KG}> PREFIX rdfs: <{rdflib.RDFS}> {NAMES}")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    names = [row["name"].value for row in found]
    assert len(names) > 20
    return names


@pytest.fixture(scope="session")
def graphs(site: str) -> dict[str, str]:
    answer = httpx.get(f"{site}/sparql", params={"query": "SELECT ?a { ?a a kg:Article } ORDER BY ?a LIMIT 3", "format": "csv"})
    return dict(zip("abc", answer.text.split()[1:], strict=True))


# The tests of W3C


def test_the_table_is_whole() -> None:
    names = {case["test"].partition(",")[0] for case in CASES}
    assert len(names) == 34
    assert sum(name.startswith("bad_") for name in names) == 14


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["test"])
def test_of_w3c(case: dict[str, str], client: httpx.Client, graphs: dict[str, str]) -> None:
    def filled(text: str) -> str:
        for name, iri in graphs.items():
            text = text.replace(f"{{{name}}}", iri)
        return text

    body = filled(case["body"] or "")
    if case["type"] == "application/x-www-form-urlencoded" or body.startswith(("query=", "update=")):
        body = urlencode(parse_qsl(body))
    content = body.removeprefix("utf-16:").encode("utf-16" if body.startswith("utf-16:") else "utf-8")
    headers = {"Content-Type": case["type"]} if case["type"] else {}
    address = f"/sparql/?{urlencode(parse_qsl(filled(case['parameters'] or '')))}"
    answer = client.request(case["method"], address, content=content or None, headers=headers)
    assert answer.status_code == int(case["status"]), answer.text
    match case["answer"]:
        case "true" | "false":
            assert answer.json()["boolean"] is (case["answer"] == "true")
        case "rows":
            assert answer.headers["content-type"] == ROW_FORMS[0]
        case "triples":
            assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        case _:
            assert answer.text.strip(), "a refusal says why"


def test_nothing_was_written(client: httpx.Client, store: Path) -> None:
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).json()
    found = open_store(store, read_only=True).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(found, pyoxigraph.QuerySolutions)
    assert count["results"]["bindings"][0]["n"]["value"] == next(found)["n"].value


# Clients that others wrote


@pytest.mark.parametrize(("method", "way"), [("GET", "urlencoded"), (POST, "urlencoded"), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_gets_rows(method: str, way: str, site: str, officials: list[str]) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(JSON)
    found = wrapper.queryAndConvert()
    assert [row["name"]["value"] for row in found["results"]["bindings"]] == officials


@pytest.mark.parametrize("form", [XML, CSV, TSV])
def test_sparqlwrapper_gets_rows_in_other_formats(form: str, site: str, officials: list[str]) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    text = found.toxml() if form == XML else found.decode()
    assert all(name in text for name in officials)


# SPARQLWrapper makes a graph of a class that rdflib has renamed.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("form", [TURTLE, N3, JSONLD, RDFXML])
def test_sparqlwrapper_gets_triples(form: str, site: str, officials: list[str]) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setQuery("CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a kg:Official ; rdfs:label ?name FILTER(LANG(?name) = 'zh') }")
    wrapper.setReturnFormat(form)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert sorted(map(str, graph.objects())) == officials


def test_sparqlwrapper_tells_refusals_apart(site: str) -> None:
    wrapper = SPARQLWrapper(f"{site}/sparql")
    wrapper.setQuery("SELECT * { ?s ?p }")
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_sparqlstore_of_rdflib(method: str, site: str, officials: list[str]) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql", method=method))
    names = [str(row.name) for row in graph.query(f"PREFIX kg: <{KG}> {NAMES}")]
    assert names == officials
    assert len(set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(f"{KG}Official")))) == len(officials)
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True


def test_sparqlstore_asks_one_graph(site: str, graphs: dict[str, str]) -> None:
    article = rdflib.URIRef(graphs["a"])
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql"), identifier=article)
    assert (article, rdflib.RDF.type, rdflib.URIRef(f"{KG}Article")) in graph
    assert (rdflib.URIRef(graphs["b"]), rdflib.RDF.type, None) not in graph


# Formats


def parsed(answer: httpx.Response, form: str) -> list[tuple[str, ...]]:
    """The rows by rdflib's parsers, values only."""
    if form.endswith("json"):
        found = json.loads(answer.content)
        return [tuple(row.get(name, {}).get("value", "") for name in found["head"]["vars"]) for row in found["results"]["bindings"]]
    parser = {"text/csv": CSVResultParser, "text/tab-separated-values": TSVResultParser}.get(form, XMLResultParser)()
    result = parser.parse(BytesIO(answer.content))
    return [tuple("" if row[name] is None else str(row[name]) for name in result.vars or ()) for row in result]


@pytest.mark.parametrize("form", ROW_FORMS)
@pytest.mark.parametrize("way", ["accept", "format"])
def test_rows_in_every_format(form: str, way: str, client: httpx.Client) -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("书记, \\"主任\\"\\n<b>&" <http://example.org/县长>) ("x"@zh 5) } }'
    short = {"text/csv": "csv", "text/tab-separated-values": "tsv"}.get(form, form.rpartition("+")[2])
    accept, extra = ({"Accept": form}, {}) if way == "accept" else ({"Accept": "text/html"}, {"format": short})
    answer = client.get("/sparql", params={"query": query, **extra}, headers=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == form
    assert "Accept" in answer.headers["vary"]
    assert parsed(answer, form) == [('书记, "主任"\n<b>&', "http://example.org/县长"), ("x", "5")]


@pytest.mark.parametrize("form", TRIPLE_FORMS)
def test_triples_in_every_format(form: str, client: httpx.Client) -> None:
    query = 'CONSTRUCT { <http://example.org/县长> rdfs:label "书记 \\"<b>\\n"@zh , 5 } WHERE {}'
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": form})
    assert answer.headers["content-type"].partition(";")[0] == form
    graph = rdflib.Graph().parse(data=answer.content, format={"application/ld+json": "json-ld"}.get(form, form))
    county = rdflib.URIRef("http://example.org/县长")
    assert set(graph) == {
        (county, rdflib.RDFS.label, rdflib.Literal('书记 "<b>\n', lang="zh")),
        (county, rdflib.RDFS.label, rdflib.Literal(5)),
    }


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        ("ASK {}", "text/turtle;q=0.9, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        ("SELECT * {}", "text/csv;q=0.1, application/sparql-results+json;q=0.05", "text/csv"),
        ("SELECT * {}", "application/json", "application/sparql-results+json"),
        ("DESCRIBE <x>", "application/sparql-results+json, application/n-triples;q=0.3", "application/n-triples"),
        ("DESCRIBE <x>", "text/plain", "application/n-triples"),
    ],
)
def test_the_format_that_a_client_likes_best(query: str, accept: str, media: str, client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": accept})
    assert answer.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize(("query", "accept"), [("ASK {}", "text/turtle"), ("DESCRIBE <x>", "text/csv"), ("SELECT * {}", "image/png")])
def test_no_format_that_both_have(query: str, accept: str, client: httpx.Client) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "answered as" in answer.text


def test_csv_is_for_spreadsheets(client: httpx.Client, officials: list[str]) -> None:
    answer = client.get("/sparql", params={"query": NAMES, "format": "csv"})
    assert [row["name"] for row in csv.DictReader(StringIO(answer.text, newline=""))] == officials


# Refusals


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT *\n{ ?s ?p }", 400, "line 2, column 10"),
        ("nonsense", 400, "line 1"),
        ("", 400, "line 1"),
        ("SELECT * { ?s nix:p ?o }", 400, "line 1"),
        ('SELECT * { ?s ?p "open }', 400, "line 1"),
        ("INSERT DATA { <a> <b> <c> }", 403, "read-only"),
        ("PREFIX a: <http://a/> # SELECT\nDELETE WHERE { ?s ?p ?o }", 403, "read-only"),
        ("LOAD <http://127.0.0.1:1/>", 403, "read-only"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "SERVICE"),
        ("ASK { FILTER EXISTS { {} UNION { SERVICE ?x { ?s ?p ?o } } } }", 403, "SERVICE"),
        ("SELECT * { ?s ?p ?o }", 413, "rows"),
        ("SELECT ?s { ?s ?p ?o } LIMIT 20001", 413, "more than 20000"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", 413, "more than 20000"),
        ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1000", 200, ""),
        (ENDLESS, 503, "stopped after"),
        ("SELECT * { ?s (<a>|!<a>)* ?o . ?o (<a>|!<a>)* ?x . ?x (<a>|!<a>)* ?y } ORDER BY ?y", 503, "stopped after"),
    ],
)
def test_a_query_that_gets_no_answer_is_told_why(query: str, status: int, words: str, client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == status, answer.text[:300]
    assert words in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <http://a/> { }" AS ?x) { }',
        "SELECT * { ?s ?p 'LOAD', 'it\\'s SERVICE' } # SERVICE <http://a/> {",
        'SELECT * { ?s ?p """INSERT " DATA SERVICE""" }',
        "SELECT ?service { ?service <http://example.org/SERVICE> ?x }",
        "PREFIX service: <http://a/> SELECT * { ?s service:insert service:load . service:delete ?p ?o }",
        "PREFIX service: <http://a/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'x'@service }",
        "SELECT * { ?s ?p ?o FILTER(?o<3&&?p>2) } LIMIT 0",
        "SELECT * { ?s <http://a/(b)'c> ?o }",
    ],
)
def test_words_in_strings_names_and_comments_are_no_keywords(query: str, client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(1 AS ?a) FILTER(?a<2)SERVICE?x#>\n{ ?d ?e ?f } }",
        "SELECT * { BIND(1 AS ?a) FILTER(?a<2&&'x'!='>' ) SERVICE <http://127.0.0.1:1/> { ?d ?e ?f } FILTER('y'='y') }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE:x { ?d ?e ?f } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICE#\n:x#\n{ ?d ?e ?f } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SERVICESILENT:x { ?d ?e ?f } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { ?s ?p :.SERVICE:x { ?d ?e ?f } }",
        "SELECT * { ?s ?p 1SERVICE?x{ ?d ?e ?f } }",
        "SELECT * { ?s ?p true.SERVICE?x{ ?d ?e ?f } }",
        "SELECT * # \rSERVICE\n{ SERVICE ?x { ?d ?e ?f } }",
    ],
)
def test_a_call_that_only_the_engine_would_see_is_refused(query: str, client: httpx.Client) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code in (400, 403), answer.text


@pytest.mark.parametrize(
    ("method", "address", "content", "headers", "status"),
    [
        ("GET", "/sparql?query=%FF", b"", {}, 400),
        ("GET", "/sparql?query=%ED%A0%80", b"", {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", b"", {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D" + "&x=1" * 300, b"", {}, 400),
        ("POST", "/sparql", b"\xff\xfe", {"Content-Type": "application/sparql-query"}, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"query=ASK%7B%7D", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", {"Content-Type": "application/sparql-query"}, 400),
        ("POST", "/sparql", b"", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ("DELETE", "/sparql", b"", {}, 405),
    ],
)
def test_a_request_that_is_not_of_the_protocol(
    method: str, address: str, content: bytes, headers: dict[str, str], status: int, client: httpx.Client
) -> None:
    answer = client.request(method, address, content=content, headers=headers)
    assert answer.status_code == status
    assert answer.text.strip()


# Other sites' pages


def test_pages_of_other_sites_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    allowed = client.options("/sparql", headers=asked)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == "*"
    assert "POST" in allowed.headers["access-control-allow-methods"]
    assert "Content-Type" in allowed.headers["access-control-allow-headers"]
    assert client.get("/sparql?query=ASK%7B%7D").headers["access-control-allow-origin"] == "*"


def test_head_has_no_body(client: httpx.Client) -> None:
    answer = client.head("/sparql", params={"query": "ASK {}"})
    assert answer.status_code == 200
    assert not answer.content
