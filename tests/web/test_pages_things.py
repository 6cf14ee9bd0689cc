"""Pages of officials, bodies, places, events and articles, as a browser without JavaScript gets them."""

import json
import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest

from web.reading import hrefs, page, text

PERSON = "/person/3305/凌霄"
MEETING = "/event/Meeting/2024-05-16/330523/安吉县第十七届人民代表大会第四次会议"
ARTICLE = "/article/3e801f3a4dc63e70"


def test_an_official_has_posts_with_first_and_last_day_and_a_dot_for_each_source(client: httpx.Client) -> None:
    html = page(client, PERSON)
    assert "官员" in text(html)
    row = next(part for part in html.split("<tr>") if 'scope="row"' in part and "安吉县政府" in part)
    assert "县长" in text(row)
    assert "2024-05-16—2024-06-05" in text(row)
    assert row.count("<circle") == 2
    assert all(found.startswith("/article/") for found in re.findall(r'<a href="([^"]*)" aria-label', row))


@pytest.mark.parametrize("panel", ["person-posts", "person-events", "person-companions", "person-places", "person-statements", "sources"])
def test_an_officials_panels_stand_in_the_page_with_their_query_csv_and_json(client: httpx.Client, panel: str) -> None:
    html = page(client, PERSON)
    section = re.search(rf'<section class="panel {panel}".*?</section>', html, re.DOTALL)
    assert section
    assert "SELECT" in section[0]
    assert "https://w3id.org/fangzhi/id/person/3305/凌霄" in section[0]
    links = [link for link in hrefs(section[0]) if link.startswith(f"/panel/{panel}.")]
    assert len(links) == 2
    rows, bindings = (client.get(link) for link in links)
    assert rows.headers["content-type"].startswith("text/csv")
    assert len(rows.text.splitlines()) == len(bindings.json()["results"]["bindings"]) + 1 > 1


def test_companions_are_ranked_and_drawn_with_the_same_names(client: httpx.Client) -> None:
    section = re.search(r'<section class="panel person-companions".*?</section>', page(client, PERSON), re.DOTALL)
    assert section
    names = re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', section[0])
    assert names[0] == "闵知行"
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", section[0])
    assert set(names[:12]) <= set(drawn)
    assert "<title>" in section[0]
    assert "<desc>" in section[0]


def test_a_doubtful_fact_has_a_question_mark_and_a_sure_one_has_none(client: httpx.Client) -> None:
    posts = re.compile(r'<section class="panel person-posts".*?</section>', re.DOTALL)
    doubtful, sure = posts.search(page(client, "/person/3305/云天阔")), posts.search(page(client, PERSON))
    assert doubtful
    assert 'class="doubt"' in doubtful[0]
    assert "把握" in doubtful[0]
    assert sure
    assert 'class="doubt"' not in sure[0]


def test_three_clicks_from_the_start_lead_to_the_sentence_that_says_who_chaired(client: httpx.Client) -> None:
    found = page(client, "/search?q=" + quote("楼望山"))
    person = next(link for link in hrefs(found) if link.startswith("/person/"))
    row = next(part for part in page(client, person).split("<tr>") if 'class="role chair"' in part)
    evidence = next(link for link in hrefs(row) if link.startswith("/article/"))
    opened = page(client, evidence)
    assert "楼望山主持会议" in "".join(text(mark) for mark in re.findall(r"<mark>.*?</mark>", opened))
    line = re.search(r'<div class="line hit" id="L(\d+)">', opened)
    assert line
    assert line[1] == "9"
    assert f'id="{evidence.partition("#")[2]}"' in opened


def test_an_article_shows_every_line_of_the_page_between_its_ends(client: httpx.Client) -> None:
    html = page(client, ARTICLE)
    lines = re.findall(r'<div class="line[^"]*" id="L(\d+)">.*?<p>(.*?)</p>', html, re.DOTALL)
    assert [int(number) for number, _ in lines] == list(range(5, 22))
    assert text(lines[0][1]) == "安吉县十七届人大四次会议闭幕"
    assert text(lines[8][1]) == "的决定》。"


def test_what_an_article_names_is_marked_by_kind_and_linked_also_across_a_line_break(client: httpx.Client) -> None:
    html = page(client, ARTICLE)
    marked = {(kind, unescape(name)) for kind, name in re.findall(r'<a class="m (\w+)"[^>]*>(.*?)</a>', html)}
    assert {("person", "凌霄"), ("organization", "安吉县人民政府"), ("organization", "县委"), ("place", "安吉")} <= marked
    assert ("document", "关于安吉县2024年民生实事项目") in marked
    assert ("document", "的决定") in marked


def test_every_evidence_of_an_article_can_be_pointed_at(client: httpx.Client) -> None:
    html = page(client, ARTICLE)
    rows = client.get("/panel/article-facts.json", params={"node": ARTICLE[1:]}).json()["results"]["bindings"]
    for row in rows:
        assert f'id="char={row["begin"]["value"]},{row["end"]["value"]}"' in html
    assert len(rows) > 10
    facts = re.search(r'<section class="panel article-facts".*?</section>', html, re.DOTALL)
    assert facts
    assert facts[0].count(f'href="{ARTICLE}?at=') == len(rows)


def test_words_that_are_not_in_the_article_are_not_marked(client: httpx.Client) -> None:
    html = page(client, ARTICLE + "?at=99999,100003")
    assert "<mark>" not in html
    assert "不在这一页" in html
    assert "<mark>" not in page(client, ARTICLE + "?at=9,x")


def test_an_event_lists_people_by_role_and_its_sources_side_by_side(client: httpx.Client) -> None:
    html = page(client, MEETING)
    roles = re.findall(r'scope="rowgroup"[^>]*><span class="role (\w+)"', html)
    assert roles[0] == "chair"
    people = re.search(r'<section class="panel event-people".*?</section>', html, re.DOTALL)
    assert people
    assert "安吉县委书记" in text(people[0])
    clips = re.findall(r'<article class="clip".*?</article>', html, re.DOTALL)
    assert len(clips) == 1
    assert "<mark>会议</mark>" in clips[0]
    assert "县委书记闵知行在闭幕会上讲话。" in text(clips[0])


def test_a_body_shows_its_officers_by_rank_its_place_and_the_bodies_under_it(client: httpx.Client) -> None:
    html = page(client, "/org/330523/县委")
    section = re.search(r'<section class="panel organization-officers".*?</section>', html, re.DOTALL)
    assert section
    titles = [text(found) for found in re.findall(r'<th scope="row">(.*?)</th>', section[0], re.DOTALL)]
    assert titles[0] == "书记"
    assert "安吉县" in text(re.search(r'<dl class="gist">.*?</dl>', html, re.DOTALL)[0])  # type: ignore[index]


def test_a_place_counts_events_by_month_and_shows_one_month(client: httpx.Client) -> None:
    html = page(client, "/place/3305")
    months = dict(re.findall(r'aria-label="(\d{4}-\d\d)：(\d+) 次"', html))
    table = dict(re.findall(r'<a href="[^"]*month=(\d{4}-\d\d)[^"]*">[^<]*</a></th><td class="num">(\d+)', html))
    assert months == table
    assert sum(map(int, months.values())) > 5
    one = page(client, "/place/3305?month=2024-05")
    section = re.search(r'<section class="panel place-events".*?</section>', one, re.DOTALL)
    assert section
    days = re.findall(r'<td class="date"><time>(.*?)</time>', section[0])
    assert len(days) == int(months["2024-05"])
    assert all(day.startswith("2024-05") for day in days)
    assert "浙江省" in text(html)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (PERSON, "Person"),
        (MEETING, "Event"),
        (ARTICLE, "NewsArticle"),
        ("/org/330523/县委", "Organization"),
        ("/place/3305", "AdministrativeArea"),
    ],
)
def test_a_page_carries_schema_org_data(client: httpx.Client, address: str, kind: str) -> None:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page(client, address), re.DOTALL)
    assert block
    data = json.loads(block[1])
    assert data["@type"] == kind
    assert data["@id"] == f"https://w3id.org/fangzhi/id{address}"


def test_what_has_no_page_of_its_own_shows_all_that_is_said_of_it(client: httpx.Client) -> None:
    html = page(client, "/tenure/3305/凌霄/330523/政府/县长")
    assert "kg:attestedOn" in text(html)
    assert "2024-05-16" in text(html)


def test_an_address_without_anything_says_so_with_a_search_box(client: httpx.Client) -> None:
    html = page(client, "/person/3305/无此人", status=404)
    assert "没有这个条目" in html
    assert 'name="q"' in html


def test_a_panel_alone_has_more_rows_and_can_be_a_part_of_a_page(client: httpx.Client) -> None:
    node = {"node": "person/3305/凌霄"}
    whole = client.get("/panel/person-companions", params={**node, "limit": "500"}).text
    first = client.get("/panel/person-companions", params={**node, "fragment": "1"}).text
    assert whole.startswith("<!DOCTYPE html>")
    assert first.lstrip().startswith("<section")
    assert whole.count('<th scope="row">') > first.count('<th scope="row">') == 15
    assert client.get("/panel/no-such", params=node).status_code == 404
    assert client.get("/panel/person-posts").status_code == 400


def test_with_the_script_the_later_panels_come_on_their_own(client: httpx.Client) -> None:
    html = page(client, PERSON, Cookie="js=1")
    waiting = re.findall(r'data-panel="([^"]*)"', html)
    assert len(waiting) == 4
    for address in waiting:
        part = client.get(unescape(address))
        assert part.status_code == 200
        assert part.text.lstrip().startswith("<section")
