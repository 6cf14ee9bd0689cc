"""An error planted in a page leads in one command to its file and line."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import PAGE, ROOT, Run

from kg.misprints import impossible_days
from kg.reports import FORMATS

PAGES = ROOT / "seeds" / "pages"
LUNAR = ("农历",)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PAGES, tmp_path / "pages"))


def plant(pages: Path, name: str, old: str, new: str) -> int:
    """Misprint a page; the line of the first changed word."""
    text = (pages / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (pages / name).write_text(text.replace(old, new), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def places(output: str, shape: str) -> set[tuple[str, int]]:
    """File and line of the words of each finding of a shape, and of the words that clash with them."""
    found = [f for f in json.loads(output)["findings"] if f["shape"].endswith(f"#{shape}")]
    spots = [spot for f in found for spot in (f["at"], f["related"]) if spot is not None]
    return {(spot["sourceFile"], spot["line"]) for spot in spots}


PLANTED = [
    ("a day", "anji-2024-05-17-01.txt", "5月16日下午,安吉", "2月30日下午,安吉", "ImpossibleDay"),
    ("a day of a year, over a line's end", "changxing-03.txt", "4月 25日", "2023年2\n月 29日", "ImpossibleDay"),
    ("after the issue", "huzhou-2024-06-07-03.txt", "6月5日至6日", "6月25日", "Event-afterIssue"),
    ("a second holder", "changxing-2024-03-15-01.txt", "县委副书记、县长钦", "县委书记、县长钦", "Tenure-singleSeat"),
]


@pytest.mark.parametrize(("name", "old", "new", "shape"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_planted_error_leads_to_file_and_line(name: str, old: str, new: str, shape: str, pages: Path, kg: Run) -> None:
    assert places(kg("validate", pages / name, "--format", "json").stdout, shape) == set()
    line = plant(pages, name, old, new)
    result = kg("validate", pages / name, "--fail-on", "warning", "--format", "json")
    assert result.exit_code == 1
    assert (name, line) in places(result.stdout, shape)


def test_a_day_after_the_issue_leads_to_the_page_that_prints_it_not_to_others_that_show_the_post(pages: Path, kg: Run) -> None:
    two = [pages / "changxing-2024-03-15-01.txt", pages / "deqing-2024-04-19-02.txt"]
    plant(pages, two[1].name, "4月 18日上午，德清县召开", "4月 28日上午，德清县召开")
    found = places(kg("validate", *two, "--format", "json").stdout, "Tenure-afterIssue")
    assert len(found) >= 3
    assert {name for name, _ in found} == {two[1].name}


def test_the_line_is_in_every_report_that_names_lines(pages: Path, tmp_path: Path, kg: Run) -> None:
    line = plant(pages, *PLANTED[0][1:4])
    for form, words in (
        ("text", f"anji-2024-05-17-01.txt:{line}:12: 2月30日"),
        ("github", f"anji-2024-05-17-01.txt,line={line},col=12,endLine={line},endColumn=17,title=kgs%3AImpossibleDay"),
        ("sarif", f'"startLine": {line}, "startColumn": 12, "endLine": {line}, "endColumn": 17'),
        ("markdown", f"anji-2024-05-17-01.txt:{line}:12 2月30日"),
        ("html", f"anji-2024-05-17-01.txt:{line}:12"),
        ("turtle", f"kg:line {line}"),
    ):
        assert form in FORMATS
        assert words in kg("validate", pages / PLANTED[0][1], "--format", form).stdout


def test_pages_and_graphs_are_checked_together_also_in_folders(pages: Path, tmp_path: Path, kg: Run) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/fangzhi/ontology#> .\n"
        "<x:s> sh:targetClass kg:Article, <x:Thing> ; sh:property [ sh:path <x:p> ; sh:minCount 1 ] .\n"
    )
    for other in pages.glob("[!h]*"):
        other.unlink()
    (pages / "more.ttl").write_text("<x:one> a <x:Thing> .\n")
    checked = kg("validate", pages, "--shapes", shapes, "--format", "json")
    together = kg("validate", pages / "huzhou-2024-06-07-03.txt", pages / "more.ttl", "--shapes", shapes, "--format", "json")
    focuses = [f["focus"].rsplit("/", 1)[0] for f in json.loads(checked.stdout)["findings"]]
    assert (checked.exit_code, len(focuses), "x:one" in focuses) == (1, 4, True)
    assert checked.stdout == together.stdout


def test_pages_take_the_issue_date(page: Path, kg: Run) -> None:
    page.write_text(PAGE, encoding="utf-8")
    assert "Event-afterIssue" not in kg("validate", page, "--date", "2024-03-06").stdout
    assert "Event-afterIssue" in kg("validate", page, "--date", "2024-03-04").stdout


def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_checked(page: Path, kg: Run) -> None:
    bad = page.with_name("bad.txt")
    bad.write_bytes(b"\n\0")
    result = kg("validate", page.parent, "--lang", "en")
    assert (result.exit_code, f"{bad}:2: binary data" in result.stderr) == (3, True)
    assert "page-01.txt:1" in result.stdout
    assert kg("validate", page, page.with_name("gone.txt")).exit_code == 3


# Days that no calendar has


@pytest.mark.parametrize(
    "words",
    ["2月30日", "4月31号", "2023年2月29日", "13月1日", "1月0日", "5月32日", "２月３０日", "2023 年 2\n月 30 日"],
)
def test_a_day_that_no_calendar_has_is_found(words: str) -> None:
    text = f"本报讯 {words}，青川县召开会议。"
    assert [text[b:e] for b, e in impossible_days(text, LUNAR)] == [words]


@pytest.mark.parametrize(
    "words", ["2月29日", "2024年2月29日", "12月31日", "每月31日", "农历2月30日", "农历 2月30日", "10个月31日", "二月三十日"]
)
def test_a_day_that_can_be_is_not(words: str) -> None:
    assert impossible_days(f"本报讯 {words}，青川县召开会议。", LUNAR) == []


def test_the_build_says_so_with_its_line_also_where_no_article_is(page: Path, tmp_path: Path, kg: Run) -> None:
    page.write_text(f"青川日报\n2024年2月30日 星期五\n\n{PAGE.replace('3月5日', '4月31日')}", encoding="utf-8")
    built = kg("build", page, "-o", tmp_path / "out.nq")
    assert built.exit_code == 0
    assert f"{page}:2: no calendar has this day: 2024年2月30日 (warning)" in built.stderr
    assert f"{page}:4: no calendar has this day: 2024年4月31日 (warning)" in built.stderr
    # What is in the graph is a finding; only the masthead is left to be said.
    checked = kg("validate", page, "--lang", "en")
    assert ("2024年2月30日" in checked.stderr, "4月31日" in checked.stderr) == (True, False)
    assert "page-01.txt:4:12: 2024年4月31日" in checked.stdout
    assert "page-01.txt:4:12: 2024年4月31日" in kg("validate", tmp_path / "out.nq", "--sources", page.parent).stdout
