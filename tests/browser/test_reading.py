"""What a person does with the pages, with script and without."""

from pathlib import Path

import pytest

from browser.conftest import Visit

PAGES = {
    "start": "/",
    "search": "/search?q=lingxiao",
    "official": "/person/3305/凌霄",
    "organization": "/org/330523/县委",
    "place": "/place/3305",
    "event": "/event/Inspection/2024-06-05/330523/考察县域经济和生态旅游",
    "article": "/article/3e801f3a4dc63e70?at=128,135",
    "findings": "/findings",
    "query": "/query",
    "table": "/query/companions?name=凌霄",
    "timeline": "/query/official-record?name=凌霄&view=timeline",
    "network": "/query/who-met-whom?least=1&view=network",
    "fault": "/query?query=SELECT",
    "ontology": "/ontology",
    "tenure": "/tenure/3305/凌霄/330523/政府/县长",
    "nothing": "/person/3305/无此人",
}


def test_from_the_start_three_clicks_lead_to_the_sentence_that_says_who_chaired(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("lws", delay=30)
    page.get_by_role("option").filter(has_text="楼望山").first.click()  # 1
    assert page.get_by_role("heading", level=1).inner_text() == "楼望山"
    row = page.get_by_role("row").filter(has=page.locator(".role.chair")).first
    row.get_by_role("link", name="原文").click()  # 2
    marked = page.locator("mark")
    assert "".join(marked.all_inner_texts()) == "楼望山主持会议"
    assert marked.first.is_visible()
    box = marked.first.bounding_box()
    assert box
    assert 0 <= box["y"] < 900
    assert page.locator(".line.hit").get_attribute("id") == "L9"


def test_chinese_that_is_being_composed_finds_names_when_it_is_done(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    box = page.get_by_role("combobox")
    box.focus()
    devtools = visit.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "ling x", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(300)
    assert not any("/suggest" in url for url in visit.requests)
    devtools.send("Input.insertText", {"text": "凌霄"})
    page.get_by_role("option").first.wait_for()
    assert box.input_value() == "凌霄"
    box.press("ArrowDown")
    assert page.get_by_role("option").first.get_attribute("aria-selected") == "true"
    box.press("Enter")
    page.wait_for_url("**/person/**")
    assert page.get_by_role("heading", level=1).inner_text() == "凌霄"


def test_panels_load_on_their_own_on_the_second_page(visit: Visit) -> None:
    page = visit.page
    page.goto("/")
    page.goto(PAGES["official"])
    page.get_by_role("region", name="报道").or_(page.locator("#sources")).get_by_role(
        "link", name="安吉县十七届人大四次会议闭幕"
    ).wait_for()
    assert sum("fragment=1" in url for url in visit.requests) >= 3
    page.locator("#person-companions").get_by_text("显示更多").click()
    page.wait_for_function("() => document.querySelectorAll('#person-companions tbody tr').length > 15")


def test_a_fragment_alone_marks_the_words(visit: Visit) -> None:
    page = visit.page
    page.goto("/article/3e801f3a4dc63e70#char=136,143")
    page.locator("mark").first.wait_for()
    assert "".join(page.locator("mark").all_inner_texts()) == "县委书记闵知行"


def write(visit: Visit, text: str) -> None:
    """Put a text into the editor, in place of what is there."""
    visit.page.get_by_role("textbox", name="SPARQL").click()
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.press("Delete")
    visit.page.keyboard.type(text)


def test_a_query_gives_a_table_and_csv_and_its_address_can_be_shared(visit: Visit) -> None:
    page = visit.page
    page.goto("/query")
    write(visit, 'SELECT ?person { ?person a kg:Official ; rdfs:label "凌霄" }')
    page.get_by_role("button", name="运行").click()
    page.locator("table.answer tbody tr").first.wait_for()
    assert page.locator("table.answer tbody tr").all_inner_texts() == ["person/3305/凌霄"]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "https://w3id.org/fangzhi/id/person/3305/凌霄" in Path(download.value.path()).read_text(encoding="utf-8")
    shared = page.url
    page.goto("/")
    page.goto(shared)
    assert page.locator("table.answer tbody tr").count() == 1


def test_the_editor_completes_a_class_and_writes_its_prefix(visit: Visit) -> None:
    page = visit.page
    with page.expect_response("**/query/terms"):
        page.goto("/query")
    write(visit, "SELECT ?e { ?e a kg:Mee")
    page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('query').value.includes('kg:Meeting')")
    assert page.locator("#query").input_value().startswith("PREFIX kg: <https://w3id.org/fangzhi/ontology#>\nSELECT")


def test_the_editor_completes_names_inside_a_string(visit: Visit) -> None:
    page = visit.page
    page.goto("/query")
    write(visit, 'SELECT ?e { ?e rdfs:label "lingx')
    page.locator(".cm-tooltip-autocomplete li").filter(has_text="凌霄").first.wait_for()


def test_a_long_query_can_be_stopped(visit: Visit) -> None:
    page = visit.page
    page.goto("/query")
    write(visit, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.get_by_role("button", name="运行").click()
    page.get_by_role("button", name="停止").click()
    page.get_by_text("已停止").wait_for()
    assert not page.get_by_role("button", name="停止").is_visible()


def test_a_network_can_be_moved_where_there_is_webgl_and_its_table_stays(visit: Visit) -> None:
    page = visit.page
    page.goto(PAGES["network"])
    page.locator(".graph canvas").first.wait_for()
    assert page.locator("table.rank tbody tr").count() > 30


FITS = """() => {
  const wrong = document.documentElement.scrollWidth > innerWidth + 1 ? ['the page is too wide'] : [];
  const words = (node) => node.textContent.trim().slice(0, 40);
  for (const node of document.querySelectorAll('h1, h2, h3, p, li, dt, dd, th, td, label, button, a, summary')) {
    if (!node.checkVisibility() || node.closest('.hidden, .skip, .scroll, pre')) continue;
    const box = node.getBoundingClientRect();
    if (box.width && (box.right > innerWidth + 1 || box.left < -1)) wrong.push('cut: ' + words(node));
    const hides = getComputedStyle(node).overflowX === 'hidden';
    if (hides && node.scrollWidth > node.clientWidth + 2) wrong.push('clipped: ' + words(node));
  }
  for (const svg of document.querySelectorAll('svg.network')) {
    const frame = svg.getBoundingClientRect();
    const labels = [...svg.querySelectorAll('text')].map((text) => [words(text), text.getBoundingClientRect()]);
    labels.forEach(([name, box], i) => {
      const wide = box.left < frame.left - 1 || box.right > frame.right + 1;
      const inside = !wide && box.top >= frame.top - 3 && box.bottom <= frame.bottom + 3;
      if (!inside) wrong.push('outside: ' + name);
      for (const [other, at] of labels.slice(i + 1)) {
        const beside = box.left >= at.right || at.left >= box.right;
        if (!beside && box.top + 3 < at.bottom && at.top + 3 < box.bottom) wrong.push(`over each other: ${name} ${other}`);
      }
    });
  }
  return wrong;
}"""


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_nothing_is_cut_and_pictures_are_taken(
    visit: Visit, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = visit.page
    folder = tmp_path_factory.getbasetemp() / "screenshots"
    folder.mkdir(exist_ok=True)
    for width, scheme in ((1280, "light"), (360, "dark"), (360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.goto(PAGES[name])
        page.wait_for_function("() => !document.querySelector('section[data-panel]')")
        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate(FITS) == [], (width, scheme)
        if (width, scheme) in ((1280, "light"), (360, "dark")):
            found = Axe().run(page).response["violations"]
            serious = [rule for rule in found if rule["impact"] in ("serious", "critical")]
            assert not serious, [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in serious]
    # That an address has nothing, or that a query is at fault, the browser too counts as an error.
    visit.complaints[:] = [words for words in visit.complaints if "404" not in words and "400" not in words]


def test_without_script_every_panel_and_the_answer_of_a_query_are_there(browser, site: str) -> None:  # type: ignore[no-untyped-def]
    found = Visit(browser, site, java_script_enabled=False)
    page = found.page
    page.goto("/")
    page.get_by_role("searchbox").fill("凌霄")
    page.get_by_role("button", name="检索").click()
    page.get_by_role("link", name="凌霄").first.click()
    assert page.locator("section.panel").count() == 6
    assert page.locator("section.waiting").count() == 0
    page.goto("/query")
    page.get_by_role("button", name="运行").click()
    assert page.locator("table.answer tbody tr").count() > 3
    found.end()
