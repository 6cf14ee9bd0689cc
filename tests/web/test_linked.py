"""Every IRI of the store under the server's own address: as a page, as triples, as the client likes it."""

import json
import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import DCAT, RDF, RDFS, VOID

from kg.namespaces import ID, KG, expand
from kg.store import open_store
from kg.web.nodes import SITE

FORMS = {"text/turtle": "turtle", "application/n-triples": "nt", "application/ld+json": "json-ld", "application/rdf+xml": "xml"}
PERSON = "person/3305/凌霄"
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


def path(iri: str) -> str:
    """The address of an IRI as the pages write it."""
    return "/" + quote(iri.removeprefix(ID if iri.startswith(ID) else SITE).partition("#")[0], safe="/,;=:@!$()*+~")


@pytest.fixture(scope="session")
def iris(store: Path) -> list[str]:
    """Every subject of the store that has an address of its own."""
    query = "SELECT DISTINCT ?s { ?s ?p ?o FILTER(isIRI(?s)) }"
    found = open_store(store, read_only=True).query(query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    own = sorted({row["s"].value.partition("#")[0] for row in found if row["s"].value.startswith(SITE)})
    assert len(own) > 1000
    return own


def test_every_iri_answers(iris: list[str], client: httpx.Client) -> None:
    kinds: dict[str, list[str]] = {}
    for iri in iris:
        kinds.setdefault(re.split("[/#]", iri.removeprefix(ID).removeprefix(SITE))[0], []).append(iri)
    assert set(kinds) == {"article", "document", "event", "ontology", "org", "person", "place", "post", "tenure"}
    asked = [iri for several in kinds.values() for iri in several[:: max(1, len(several) // 15)]]
    assert len(asked) > 100
    for iri in asked:
        answer = client.get(path(iri), headers={"Accept": "application/n-triples"})
        assert answer.status_code == 200, iri
        assert f"<{iri}" in answer.text
        assert client.get(path(iri), headers={"Accept": "text/html"}).status_code == 200, iri


@pytest.mark.parametrize("form", FORMS)
def test_triples_are_those_of_the_store(form: str, client: httpx.Client, store: Path) -> None:
    answer = client.get(f"/{PERSON}", headers={"Accept": form})
    assert answer.headers["content-type"].partition(";")[0] == form
    graph = rdflib.Graph().parse(data=answer.content, format=FORMS[form])
    person = rdflib.URIRef(ID + PERSON)
    found = open_store(store, read_only=True).quads_for_pattern(pyoxigraph.NamedNode(ID + PERSON), None, None, pyoxigraph.DefaultGraph())
    assert len(set(graph.predicate_objects(person))) == len(list(found)) > 3
    assert (person, RDF.type, rdflib.URIRef(f"{KG}Official")) in graph
    # What names it is there too: its tenures.
    assert set(graph.subjects(rdflib.URIRef(expand("org:member")), person))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle;q=0.5, application/ld+json;q=0.6", "application/ld+json"),
        ("text/html;q=0.1, text/turtle;q=0.2", "text/turtle"),
    ],
)
def test_the_client_chooses(accept: str, media: str, client: httpx.Client) -> None:
    answer = client.get(f"/{PERSON}", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_links_lead_to_the_other_formats(accept: str, client: httpx.Client) -> None:
    answer = client.get(f"/{PERSON}", headers={"Accept": accept})
    links = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', answer.headers["link"])
    assert {media for _, media in links} == {"text/html", *FORMS}
    for address, media in links:
        assert client.get(address, headers={"Accept": "image/png"}).headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json"])
def test_what_has_not_changed_is_not_sent_again(accept: str, client: httpx.Client) -> None:
    first = client.get(f"/{PERSON}", headers={"Accept": accept})
    tag = first.headers["etag"]
    for known in (tag, f'"x", W/{tag}', "*"):
        again = client.get(f"/{PERSON}", headers={"Accept": accept, "If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["vary"] == first.headers["vary"]
    assert client.get(f"/{PERSON}", headers={"Accept": accept, "If-None-Match": '"x"'}).status_code == 200
    tags = {client.get(f"/{PERSON}", headers={"Accept": form}).headers["etag"] for form in ("text/html", *FORMS)}
    assert len(tags) == 1 + len(FORMS)


def test_an_article_has_its_evidence(client: httpx.Client, iris: list[str]) -> None:
    article = next(iri for iri in iris if iri.startswith(f"{ID}article/"))
    graph = rdflib.Graph().parse(data=client.get(path(article), headers={"Accept": "text/turtle"}).text, format="turtle")
    evidence = [subject for subject in graph.subjects(unique=True) if str(subject).startswith(f"{article}#char=")]
    assert evidence
    assert all(graph.value(subject, rdflib.URIRef(expand("nif:anchorOf"))) is not None for subject in evidence)


def test_the_ontology_has_all_its_terms(client: httpx.Client) -> None:
    graph = rdflib.Graph().parse(data=client.get("/ontology", headers={"Accept": "text/turtle"}).text, format="turtle")
    assert graph.value(rdflib.URIRef(f"{KG}Tenure"), RDFS.label) is not None
    assert len({subject for subject in graph.subjects() if str(subject).startswith(KG)}) > 50
    page = client.get("/ontology", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "Tenure" in page.text


@pytest.mark.parametrize(("address", "iri"), [(PERSON, ID + PERSON), ("ontology/title/书记", f"{SITE}ontology/title/书记")])
def test_a_page_holds_json_ld_and_no_script_of_its_own(address: str, iri: str, client: httpx.Client) -> None:
    page = client.get(f"/{address}", headers={"Accept": "text/html"})
    assert page.status_code == 200
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert iri in json.dumps(json.loads(data), ensure_ascii=False)
    assert re.findall(r'<script(?! type="application/ld\+json")(?! src="/static/)', page.text) == []


UNKNOWN = [
    "person/nobody",
    "nowhere",
    "ontology/title/none",
    "person/%00",
    "person/%FF%FE",
    "%3Cscript%3E",
    "person/a%20b%22%3E",
    "org/%E2%80%AE",
]


@pytest.mark.parametrize("address", UNKNOWN)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_the_store_does_not_know(address: str, accept: str, client: httpx.Client) -> None:
    answer = client.get(f"/{address}", headers={"Accept": accept})
    assert answer.status_code in (400, 404)
    assert "<script>" not in answer.text


def test_nothing_that_both_have(client: httpx.Client) -> None:
    assert client.get(f"/{PERSON}", headers={"Accept": "image/png"}).status_code == 406


def test_the_long_form_of_an_address_leads_to_the_short_one(client: httpx.Client) -> None:
    answer = client.get(f"/id/{PERSON}")
    assert answer.status_code == 308
    assert client.get(answer.headers["location"], headers={"Accept": "text/turtle"}).status_code == 200


def test_every_answer_keeps_a_page_safe(client: httpx.Client) -> None:
    for address in ("/sparql?query=ASK%7B%7D", f"/{PERSON}", "/nowhere", "/.well-known/void", "/sparql?query=x"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"], address
        assert "'unsafe-inline'" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


# What describes the service


@pytest.mark.parametrize("form", FORMS)
def test_the_service_describes_itself(form: str, client: httpx.Client, site: str) -> None:
    answer = client.get("/sparql", headers={"Accept": form})
    assert answer.headers["content-type"].partition(";")[0] == form
    graph = rdflib.Graph().parse(data=answer.content, format=FORMS[form])
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert str(graph.value(service, SD.endpoint)) == f"{site}/sparql"
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert len(set(graph.objects(service, SD.resultFormat))) == 8


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", ["/sparql", "/.well-known/void"])
def test_a_description_is_the_same_bytes_each_time(address: str, form: str, client: httpx.Client) -> None:
    first, second = (client.get(address, headers={"Accept": form}) for _ in range(2))
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]


def test_void_counts_what_is_there(client: httpx.Client, site: str) -> None:
    answer = client.get("/.well-known/void", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    (data,) = set(graph.subjects(RDF.type, VOID.Dataset))
    assert (data, RDF.type, DCAT.Dataset) in graph
    count = client.get("/sparql", params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}).text.split()[1]
    assert str(graph.value(data, VOID.triples)) == count
    assert str(graph.value(data, VOID.sparqlEndpoint)) == f"{site}/sparql"
    example = str(graph.value(data, VOID.exampleResource))
    assert client.get(path(example)).status_code == 200
    officials = [
        part for part in graph.objects(data, VOID.classPartition) if (part, VOID["class"], rdflib.URIRef(f"{KG}Official")) in graph
    ]
    asked = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a kg:Official }"
    number = client.get("/sparql", params={"query": asked, "format": "csv"}).text.split()[1]
    assert [str(graph.value(part, VOID.entities)) for part in officials] == [number]


def test_a_browser_at_the_endpoint_is_shown_the_query_page(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
