"""What a baseline does for its user: only what is new fails, an edit elsewhere on the page changes nothing, the file can be reviewed."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Run
from jsonschema import Draft4Validator
from test_reports import SARIF, finding, report, spot

from kg import baseline
from kg.findings import Finding, Severity
from kg.reports import FORMATS, render

# Two articles, neither with a headline; the first has a post at a day of which the year is unknown.
FIRST = "本报讯（记者 闻书瑶）3月5日，青川县委副书记、县长柏云舟到乔庄镇调研春耕生产工作。县农业农村局局长司马清陪同调研。\n"
SECOND = "本报讯（记者 岑望舒）3月6日，青川县委书记陶一凡主持召开县委常委会会议。县委副书记、县长柏云舟出席会议。\n"


@pytest.fixture
def checked(tmp_path: Path, kg: Run):  # type: ignore[no-untyped-def]
    """Builds pages and validates them with a baseline; the result of ``kg validate``."""
    file = tmp_path / "baseline.jsonl"

    def run(*pages: str, update: bool = False):  # type: ignore[no-untyped-def]
        folder = tmp_path / "pages"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for number, text in enumerate(pages, 1):
            (folder / f"page-{number}.txt").write_text(text, encoding="utf-8")
        assert kg("build", folder, "-o", tmp_path / "out.nq").exit_code == 0
        options = ["--baseline", file, "--fail-on", "info", "--lang", "en", *(["--update-baseline"] if update else [])]
        return kg("validate", tmp_path / "out.nq", "--sources", folder, *options)

    return run


def keys(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][1:]


def test_what_is_known_neither_fails_nor_is_listed(checked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = checked(FIRST, update=True)
    assert (first.exit_code, "added, 0 dropped" in first.stderr) == (0, True)
    count = len(keys(tmp_path / "baseline.jsonl"))
    assert count > 1
    again = checked(FIRST)
    assert again.exit_code == 0
    assert again.stdout == f"no new findings\n{count} known findings not shown (they are in the baseline)\nchecked by shacl\n"


def test_only_the_new_finding_is_listed_and_fails(checked) -> None:  # type: ignore[no-untyped-def]
    checked(FIRST, update=True)
    result = checked(FIRST, SECOND)
    assert result.exit_code == 1
    assert "page-2.txt:1" in result.stdout
    assert "page-1.txt" not in result.stdout


@pytest.mark.parametrize("edit", [("春耕生产工作", "夏收夏种和防汛工作"), ("本报讯", "特别报道\n\n本报讯")])
def test_an_edit_elsewhere_in_the_article_makes_nothing_new(edit: tuple[str, str], checked) -> None:  # type: ignore[no-untyped-def]
    checked(FIRST, update=True)
    assert "no new findings" in checked(FIRST.replace(*edit)).stdout


def test_what_is_found_no_more_is_said_and_dropped_with_the_next_update(checked, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    checked(FIRST, SECOND, update=True)
    before = len(keys(tmp_path / "baseline.jsonl"))
    result = checked(FIRST)
    assert result.exit_code == 0
    assert "entries are no longer found; --update-baseline drops them" in result.stderr
    assert len(keys(tmp_path / "baseline.jsonl")) == before
    checked(FIRST, update=True)
    assert len(keys(tmp_path / "baseline.jsonl")) < before


def test_the_file_is_sorted_readable_and_the_same_every_run(tmp_path: Path) -> None:
    found = [finding(focus=str(i), spot=spot("温子墨", None)) for i in range(9)]
    one, two = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    baseline.write(one, found)
    baseline.write(two, reversed(found))
    assert one.read_bytes() == two.read_bytes()
    first = keys(one)[0]
    assert (first["shape"], first["file"], first["words"], first["severity"]) == ("kgs:Event-startDate", "页 1.txt", "温子墨", "violation")
    assert [baseline.entry(f) for f in sorted(found, key=lambda f: f.key)] == baseline.read(one)


def about_article(digest: str, **more: object) -> Finding:
    return replace(finding(**more), focus=f"https://w3id.org/fangzhi/id/article/{digest}/event/1")  # type: ignore[arg-type]


def test_each_entry_stands_for_one_finding() -> None:
    known = [baseline.entry(about_article("0" * 16))]
    compared, stale = baseline.compare(report(about_article("1" * 16), about_article("2" * 16)), known)
    assert (len(compared.findings), len(compared.known or ()), stale) == (1, 1, [])


def test_another_page_another_shape_and_other_words_are_new() -> None:
    known = [baseline.entry(about_article("0" * 16, spot=spot("温子墨", None)))]
    for other in ({"spot": spot("陶一\n凡", None)}, {"spot": None}, {"shape": "Event-label", "spot": spot("温子墨", None)}):
        compared, stale = baseline.compare(report(about_article("1" * 16, **other)), known)
        assert (len(compared.findings), stale) == (1, known)


@pytest.mark.parametrize(("then", "now", "new"), [(Severity.INFO, Severity.VIOLATION, 1), (Severity.VIOLATION, Severity.INFO, 0)])
def test_what_has_become_worse_is_new(then: Severity, now: Severity, new: int) -> None:
    known = [baseline.entry(finding(severity=then))]
    assert len(baseline.compare(report(finding(severity=now)), known)[0].findings) == new


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_lists_only_what_is_new(form: str) -> None:
    known, new = finding(focus="known", focus_label="旧的"), finding(focus="new", focus_label="新的")
    compared, _ = baseline.compare(report(known, new), [baseline.entry(known)])
    text = render(compared, form, "en")
    if form != "junit":
        assert ("1 known findings not shown" in text) == (form in ("text", "github", "markdown", "html"))
    assert "新的" in text
    assert "旧的" not in text


def test_sarif_says_that_a_result_is_new() -> None:
    compared, _ = baseline.compare(report(finding()), [])
    document = json.loads(render(compared, "sarif"))
    Draft4Validator(SARIF.schema).validate(document)
    assert [result["baselineState"] for result in document["runs"][0]["results"]] == ["new"]
    assert "baselineState" not in json.loads(render(report(finding()), "sarif"))["runs"][0]["results"][0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no baseline yet"),
        ("", ":1: no baseline of kg validate"),
        ("[]\n", ":1: no baseline of kg validate"),
        ('{"baseline": 2}\n', ":1: no baseline of kg validate"),
        ('{"baseline": 1}\n{]\n', ":2: no JSON"),
        ('{"baseline": 1}\n{"id": "1"}\n', ":2: an entry has the keys "),
        (b"\xff\xfe\x00", ": not UTF-8"),
    ],
)
def test_a_file_that_is_no_baseline_is_refused(content: str | bytes | None, words: str, tmp_path: Path, kg: Run) -> None:
    (tmp_path / "data.ttl").write_text("<x:s> <x:p> <x:o> .\n")
    file = tmp_path / "baseline.jsonl"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    result = kg("validate", tmp_path / "data.ttl", "--baseline", file)
    assert (result.exit_code, result.stdout) == (2 if content is None else 3, "")
    assert f"{file}{words}" in result.stderr or words in result.stderr


def test_an_update_needs_a_file(tmp_path: Path, kg: Run) -> None:
    (tmp_path / "data.ttl").write_text("<x:s> <x:p> <x:o> .\n")
    result = kg("validate", tmp_path / "data.ttl", "--update-baseline")
    assert (result.exit_code, "name the file with --baseline" in result.stderr) == (2, True)
