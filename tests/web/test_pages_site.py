"""The start page, search, findings, the query page, languages: over real HTTP, without JavaScript."""

import re
import time
import tomllib
from html import unescape
from pathlib import Path

import httpx
import pytest

import kg.web.pages as pages
from kg.query import named_queries
from web.reading import hrefs, page, text

FOLDER = Path(pages.__file__).parent


def test_the_start_page_has_search_counts_and_the_newest_articles(client: httpx.Client) -> None:
    html = page(client, "/")
    assert 'action="/search"' in html
    counts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert counts["报道"] == "16"
    newest = re.findall(r"<time>(.*?)</time>", html)
    assert newest == sorted(newest, reverse=True)
    assert newest[0] == "2024-06-07"


@pytest.mark.parametrize("words", ["凌霄", "凌", "lingxiao", "ling xiao", "lingx", "lx", "LingXiao"])
def test_a_name_is_found_by_characters_and_by_pinyin(client: httpx.Client, words: str) -> None:
    found = client.get("/suggest", params={"q": words}).json()
    assert "/person/3305/%E5%87%8C%E9%9C%84" in [name["path"] for name in found]
    assert "/person/3305/%E5%87%8C%E9%9C%84" in hrefs(page(client, f"/search?q={words}"))


def test_every_reading_of_a_character_is_known() -> None:
    from kg.web.pages.names import Name, Names

    index = Names([Name("x", "person", "单雄信", True, 1), Name("y", "person", "仇英", True, 1)])
    assert [name.name for name in index.found("shanxiongxin")] == ["单雄信"]
    assert [name.name for name in index.found("danxx")] == ["单雄信"]
    assert [name.name for name in index.found("qiuying")] == ["仇英"]
    assert not index.found("chouyingx")


def test_an_equal_name_comes_before_one_that_contains_it(client: httpx.Client) -> None:
    found = client.get("/suggest", params={"q": "安吉县"}).json()
    assert {name["name"] for name in found[:2]} == {"安吉县"}
    assert len(found) == 8


def test_words_that_no_name_has_are_answered_with_near_names(client: httpx.Client) -> None:
    html = page(client, "/search?q=安吉县伟")
    assert "安吉县委" in text(html.partition("相近")[2])
    assert "没有名称含" in html
    assert page(client, "/search")


def test_findings_are_browsed_by_severity_shape_and_page(client: httpx.Client) -> None:
    until = time.monotonic() + 60
    while "正在核查" in (html := page(client, "/findings")):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert "章予安" in html
    address = next(link for link in hrefs(html) if link.startswith("/article/"))
    assert "<mark>" in page(client, address)
    warnings = page(client, "/findings?severity=warning")
    assert set(re.findall(r'<td><span class="sev (\w+)"', warnings)) == {"warning"}
    one = page(client, "/findings?shape=kgs:Tenure-singleSeat")
    assert "德清县委" in text(one)
    assert "没有符合条件" in page(client, "/findings?source=absent.txt")
    assert 'href="/findings?severity=warning"' in page(client, "/")


def test_the_query_page_answers_a_query_with_a_table_whose_rows_csv_has_too(client: httpx.Client) -> None:
    asked = "SELECT ?person ?name { ?person a kg:Official ; rdfs:label ?name } ORDER BY ?name LIMIT 7"
    html = page(client, str(httpx.URL("/query", params={"query": asked})))
    body = re.search(r'<table class="list answer">.*?</table>', html, re.DOTALL)
    assert body
    assert body[0].count("<tr>") == 8
    csv = next(link for link in hrefs(html) if "format=csv" in link)
    rows = client.get(csv).text.splitlines()
    assert rows[0] == "person,name"
    assert len(rows) == 8
    assert asked in unescape(html)


def test_a_fault_in_a_query_is_pointed_at(client: httpx.Client) -> None:
    html = page(client, str(httpx.URL("/query", params={"query": "SELECT ?a {\n ?a a kg:Event ; ; ! }"})), status=400)
    assert "第 2 行" in html
    assert "^" in re.search(r'<pre class="fault">.*?</pre>', html, re.DOTALL)[0]  # type: ignore[index]


@pytest.mark.parametrize("name", named_queries())
def test_every_named_query_has_a_page_with_its_text_and_parameters(client: httpx.Client, name: str) -> None:
    html = page(client, f"/query/{name}")
    query = named_queries()[name]
    assert query.title_zh in html
    assert "SELECT" in re.search(r"<textarea.*?</textarea>", html, re.DOTALL)[0]  # type: ignore[index]
    for parameter in query.parameters:
        assert f'<input name="{parameter.name}"' in html
        assert not re.search(r"[a-z]+ [a-z]+", re.sub(r"<[^>]+>", "", re.search(r'<form class="parameters".*?</form>', html, re.DOTALL)[0]))  # type: ignore[index]


def test_a_named_query_with_its_parameters_is_asked_and_can_be_drawn(client: httpx.Client) -> None:
    table = page(client, "/query/official-record?name=凌霄")
    assert "安吉县政府" in re.search(r'<table class="list answer">.*?</table>', table, re.DOTALL)[0]  # type: ignore[index]
    drawn = page(client, "/query/official-record?name=凌霄&view=timeline")
    assert drawn.count("<circle") >= 8
    # All is about one person: the lines are of what happened.
    lines = re.findall(r'<th scope="row">(.*?)</th>', drawn)
    assert "安吉县政府" in lines
    assert "一季度经济形势分析会" in lines
    network = page(client, "/query/who-met-whom?least=1&view=network")
    assert network.count('class="node person"') == 30
    assert "data-graph=" in network
    assert "results" in page(client, "/query/companions?name=凌霄&view=raw")


def test_the_query_of_a_panel_opens_in_the_query_page(client: httpx.Client) -> None:
    html = page(client, "/query?panel=person-posts&node=person/3305/凌霄")
    assert "安吉县政府" in text(html)
    assert page(client, "/query?panel=no-such&node=x")


def test_completion_knows_the_prefixes_classes_and_properties_of_the_store(client: httpx.Client) -> None:
    known = client.get("/query/terms").json()
    names = {term["name"]: term for term in known["terms"]}
    assert names["kg:Event"]["kind"] == "class"
    assert names["kg:participant"]["n"] > 50
    assert known["prefixes"]["kg"] == "https://w3id.org/fangzhi/ontology#"


def test_the_language_is_that_of_the_address_then_the_cookie_then_the_browser(client: httpx.Client) -> None:
    assert '<html lang="zh-Hans">' in page(client, "/")
    assert '<html lang="en">' in page(client, "/", **{"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="zh-Hans">' in page(client, "/", **{"Accept-Language": "en", "Cookie": "lang=zh"})
    answer = client.get("/person/3305/凌霄?lang=en", headers={"Accept": "text/html"})
    assert "lang=en" in answer.headers["set-cookie"]
    assert "Posts" in answer.text
    assert "凌霄" in answer.text


def test_every_text_is_there_in_both_languages_and_used() -> None:
    texts = tomllib.loads((FOLDER / "texts.toml").read_text(encoding="utf-8"))
    assert all(set(words) == {"zh", "en"} for words in texts.values())
    braces = {key: [set(re.findall(r"{(\w+)}", words[language])) for language in ("zh", "en")] for key, words in texts.items()}
    assert not {key: found for key, found in braces.items() if found[0] != found[1]}
    sources = "".join(file.read_text(encoding="utf-8") for file in FOLDER.rglob("*") if file.suffix in (".html", ".py"))
    groups = (
        "kind-",
        "count-",
        "role-",
        "status-",
        "severity-",
        "view-",
        "basis-",
        "about-",
        "article-fact-",
        "ontology-",
        "thing-",
        "param-",
    )
    unused = [key for key in texts if f'"{key}"' not in sources and f"'{key}'" not in sources and not key.startswith(groups)]
    assert set(unused) <= set(pages.PANELS)


@pytest.mark.parametrize(
    "address", ["/", "/search?q=凌霄", "/person/3305/凌霄", "/article/3e801f3a4dc63e70", "/query", "/ontology", "/findings"]
)
def test_a_page_takes_nothing_from_another_host_and_has_no_inline_script_or_style(client: httpx.Client, address: str) -> None:
    html = page(client, address)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert not re.findall(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert all("src=" in tag or "ld+json" in tag for tag in re.findall(r"<script[^>]*>", html))
    for found in re.findall(r'(?:src|href)="(/static/[^"]*)"', html):
        assert client.get(found).status_code == 200, found


def test_hostile_words_are_shown_and_not_executed(client: httpx.Client) -> None:
    words = '"><script>alert(1)</script>'
    for address in (httpx.URL("/search", params={"q": words}), httpx.URL("/query", params={"query": words})):
        html = client.get(address, headers={"Accept": "text/html"}).text
        assert "<script>alert" not in html
        assert "alert(1)" in html
