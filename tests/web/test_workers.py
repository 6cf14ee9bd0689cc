"""The processes that answer queries: what they give, what they refuse, when they are ended."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from kg.query import bind
from kg.resources import PACKAGE
from kg.store import StoreError
from kg.web.answers import Answer, BadQuery, Busy, Forbidden, Kept, Limits, QueryTimeout, Refused, Term, TooLarge, TooManyRows
from kg.web.pages.rendering import query_of
from kg.web.syntax import glance, scan
from kg.web.workers import Workers

JSON = "application/sparql-results+json"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
T = TypeVar("T")


def asked(store: Path, task: Callable[[Workers], Awaitable[T]], **options: object) -> T:
    async def run() -> T:
        async with Workers(store, **{"processes": 1, **options}) as workers:
            return await task(workers)

    return asyncio.run(run())


def test_rows_of_a_named_query(store: Path) -> None:
    rows = asked(store, lambda workers: workers.rows("official-record", {"name": "凌霄"}))
    assert "安吉县政府" in {term.value for row in rows for term in row.values()}
    assert all(isinstance(term, Term) for row in rows for term in row.values())


def test_terms_keep_kind_language_and_datatype(store: Path) -> None:
    query = 'SELECT * { VALUES (?a ?b ?c) { (<x> "名"@zh 5) (UNDEF "a" true) } }'
    first, second = asked(store, lambda workers: workers.rows(query))
    assert first["a"].kind == "iri"
    assert first["b"] == Term("名", "literal", "", "zh")
    assert first["c"] == Term("5", "literal", "http://www.w3.org/2001/XMLSchema#integer")
    assert "a" not in second


def test_queries_run_side_by_side_and_one_that_is_over_time_takes_nobody_with_it(store: Path) -> None:
    async def task(workers: Workers) -> list[object]:
        endless = asyncio.ensure_future(workers.ask(ENDLESS, JSON, outside=True))
        await asyncio.sleep(0.1)
        rows = await workers.rows("SELECT (1 AS ?x) {}")
        assert not endless.done()
        with pytest.raises(QueryTimeout, match=r"stopped after 0\.8 seconds"):
            await endless
        return [*rows, *await workers.rows("SELECT (1 AS ?x) {}")]

    assert len(asked(store, task, processes=2, limits=Limits(seconds=0.8))) == 2


def test_all_processes_come_back_after_endless_queries(store: Path) -> None:
    async def task(workers: Workers) -> int:
        async def one() -> int:
            with pytest.raises(QueryTimeout):
                await workers.ask(ENDLESS, JSON)
            return len(await workers.rows("SELECT (1 AS ?x) {}"))

        return sum(await asyncio.gather(*(one() for _ in range(4))))

    assert asked(store, task, processes=2, limits=Limits(seconds=0.3)) == 4


def test_who_goes_away_gives_the_process_up(store: Path) -> None:
    async def task(workers: Workers) -> float:
        endless = asyncio.ensure_future(workers.ask(ENDLESS, JSON))
        await asyncio.sleep(0.2)
        endless.cancel()
        start = time.monotonic()
        await workers.rows("SELECT (1 AS ?x) {}")
        return time.monotonic() - start

    assert asked(store, task, limits=Limits(seconds=60)) < 20


def test_when_all_are_busy_one_is_told_so(store: Path) -> None:
    async def task(workers: Workers) -> None:
        endless = asyncio.ensure_future(workers.ask(ENDLESS, JSON))
        await asyncio.sleep(0.1)
        with pytest.raises(Busy):
            await workers.rows("SELECT (1 AS ?x) {}")
        endless.cancel()

    asked(store, task, limits=Limits(seconds=60), wait=0.2)


def test_queries_from_outside_leave_a_process_to_the_pages(store: Path) -> None:
    async def task(workers: Workers) -> int:
        endless = [asyncio.ensure_future(workers.ask(ENDLESS, JSON, outside=True)) for _ in range(5)]
        await asyncio.sleep(0.2)
        rows = await workers.rows("SELECT (1 AS ?x) {}")
        for query in endless:
            query.cancel()
        return len(rows)

    assert asked(store, task, processes=2, limits=Limits(seconds=60)) == 1


def test_an_answer_has_as_many_rows_as_it_may(store: Path) -> None:
    for form in (JSON, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"):
        query = 'SELECT * { VALUES (?a ?b) { ("x\\n,{\\"y\\\\" <p>) (UNDEF UNDEF) ("}},{}" "[{") } }'
        answer = asked(store, lambda workers, form=form, query=query: workers.ask(query, form, limits=Limits(rows=3)))
        assert answer.rows == 3, form
        with pytest.raises(TooManyRows, match="more than 2"):
            asked(store, lambda workers, form=form, query=query: workers.ask(query, form, limits=Limits(rows=2)))


def test_triples_are_limited_too(store: Path) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 20"
    with pytest.raises(TooManyRows):
        asked(store, lambda workers: workers.ask(query, "text/turtle", limits=Limits(rows=10)))
    assert asked(store, lambda workers: workers.ask(query, "application/n-triples")).body.count(b"\n") <= 20


def test_bytes_are_limited(store: Path) -> None:
    with pytest.raises(TooLarge, match="larger than 1000 bytes"):
        asked(store, lambda workers: workers.ask("SELECT * { ?s ?p ?o }", JSON, limits=Limits(bytes=1000)))


def test_memory_is_limited(store: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"

    async def task(workers: Workers) -> int:
        with pytest.raises(TooLarge, match="memory"):
            await workers.ask(query, JSON)
        return len(await workers.rows("SELECT (1 AS ?x) {}"))

    assert asked(store, task, limits=Limits(seconds=60), megabytes=100) == 1


@pytest.mark.parametrize("depth", [100_000])
def test_a_query_of_great_depth_ends_a_process_and_not_the_server(store: Path, depth: int) -> None:
    async def task(workers: Workers) -> int:
        with pytest.raises(Refused):
            await workers.ask("SELECT (" + "(" * depth + "1" + ")" * depth + " AS ?x) {}", JSON)
        return len(await workers.rows("SELECT (1 AS ?x) {}"))

    assert asked(store, task) == 1


def test_a_bad_query_is_placed(store: Path) -> None:
    with pytest.raises(BadQuery) as caught:
        asked(store, lambda workers: workers.ask("SELECT *\n{ ?s ?p }", JSON))
    assert (caught.value.line, caught.value.column) == (2, 10)


@pytest.mark.parametrize(
    "query", ["CLEAR ALL", "LOAD <http://127.0.0.1/x>", "PREFIX a: <b> INSERT DATA { a:a a:a a:a }", "SELECT * { SERVICE <http://a/> { } }"]
)
def test_what_is_forbidden(store: Path, query: str) -> None:
    with pytest.raises(Forbidden):
        asked(store, lambda workers: workers.ask(query, JSON))


def test_the_dataset_is_the_one_that_is_named(store: Path) -> None:
    async def task(workers: Workers) -> list[int]:
        article = (await workers.rows("SELECT ?a { ?a a kg:Article } LIMIT 1"))[0]["a"].value
        some, graphs = "SELECT * { ?s ?p ?o } LIMIT 5", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 5"

        async def count(query: str, **dataset: list[str]) -> int:
            return (await workers.ask(query, JSON, **dataset)).rows

        return [
            await count(some, default_graphs=[article]),
            await count(graphs, default_graphs=[article]),
            await count(some, named_graphs=[article]),
            await count(graphs, named_graphs=[article]),
            await count(some, default_graphs=["http://nowhere.example/"]),
        ]

    assert asked(store, task) == [5, 0, 0, 1, 0]


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        asked(tmp_path / "none", lambda workers: workers.rows("SELECT (1 AS ?x) {}"))


def test_an_ask_is_no_select(store: Path) -> None:
    with pytest.raises(BadQuery, match="SELECT"):
        asked(store, lambda workers: workers.rows("ASK {}"))
    assert json.loads(asked(store, lambda workers: workers.ask("ASK {}", JSON)).body)["boolean"] is True


@pytest.mark.parametrize("node", ["person/3305/凌霄", "org/(a)'b", "article/1#char=1,2", 'x"} SERVICE <y:> {'])
def test_a_query_of_the_servers_own_reaches_the_engine_as_one_from_outside_does(node: str) -> None:
    files = sorted((PACKAGE / "web" / "pages" / "queries").glob("*.rq"))
    assert len(files) > 30
    for file in files:
        query = query_of(file.stem)
        text = bind(query, {"node": node} if any(p.name == "node" for p in query.parameters) else {})
        assert glance(text) == scan(text)


def test_answers_are_kept_within_bounds_the_latest_asked_for_last() -> None:
    kept = Kept(most=100_000)
    for number in range(100):
        kept.put(number, Answer("text/csv", b"x" * 1_000, 1))
        assert kept.get(0)
    assert kept.get(99)
    assert not kept.get(1)
    kept.put("large", Answer("text/csv", b"x" * 50_000, 1))
    assert not kept.get("large")
    kept.clear()
    assert not kept.get(99)
