"""Days in the text, and the years that they belong to."""

from datetime import date

import pytest

from kg import lexicon
from kg.dates import Calendar, Day, page_year
from kg.mentions import scan
from kg.model import Article, Page
from kg.reader import Reader

WORDS = lexicon.load()


def days(text: str, issued: date | None = None, year: int | None = None) -> list[Day]:
    article = Article("page.txt", 0, len(text), text, (0,), (0,), 0)
    return Calendar(issued, year).days(scan(article, WORDS))


def literals(found: list[Day]) -> list[str]:
    out = []
    for day in found:
        first, last = day.when.literal(), day.when.end_literal()
        assert first is not None
        out.append(first[0] + (f"/{last[0]}" if last else ""))
    return out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日上午，全县召开大会。", ["2022-03-05"]),
        ("2021年11月3日，全县召开大会。", ["2021-11-03"]),
        ("3月5日至7日，培训班举办。", ["2022-03-05/2022-03-07"]),
        ("3月5日上午至7日下午，培训班举办。", ["2022-03-05/2022-03-07"]),
        ("3月5—7日，培训班举办。", ["2022-03-05/2022-03-07"]),
        ("2月27日到3月2日，培训班举办。", ["2022-02-27/2022-03-02"]),
        ("3月5日、6日，培训班举办。", ["2022-03-05/2022-03-06"]),
        ("3月5日，大会召开。7日，代表分组讨论。", ["2022-03-05", "2022-03-07"]),
        ("12月28日，大会召开。", ["2021-12-28"]),
        ("昨日，大会召开。", ["2022-03-09"]),
        ("本报成都3月8日讯（记者 甲）今天，大会召开。", ["2022-03-08"]),
        ("本报3月8日讯（记者 甲）昨天，大会召开。", ["2022-03-07"]),
        ("3月5日，大会召开。当天，代表参观了茶园。", ["2022-03-05", "2022-03-05"]),
        ("3月5日，大会召开，学习中央18号文件。", ["2022-03-05"]),
        ("3月5日，大会召开。镇里保证3月20日前清理到位。当天下午，代表参观了茶园。", ["2022-03-05", "2022-03-20"] + 2 * ["2022-03-05"]),
        ("本报青川3月8日电 3月7日，大会召开。", ["2022-03-07"]),
        ("昨（9）日，大会召开。", ["2022-03-09"]),
        ("做好（9）日常工作。", []),
        ("2月30日，大会召开。", []),
        ("共种树1235日元，成活率98%。", []),
    ],
)
def test_the_days_of_an_article_against_its_issue(text: str, expected: list[str]) -> None:
    assert literals(days(text, date(2022, 3, 10))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日，大会召开。", ["--03-05"]),
        ("5日，大会召开。", []),
        ("昨日，大会召开。", []),
    ],
)
def test_without_an_issue_no_year_is_made_up(text: str, expected: list[str]) -> None:
    assert literals(days(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青川县召开2023年春耕工作会议。", 2023),
        ("2023年第一季度，全县投资增长。", 2023),
        ("县安委会召开2023年第三次全体（扩大）会议。", 2023),
        ("2023年3月5日，大会召开。", 2023),
        ("到2025年底，全县建成茶园十万亩。", None),
        ("2020年以来，全县茶园工作稳步推进。", None),
        ("大会召开。", None),
    ],
)
def test_the_year_that_a_page_states(text: str, expected: int | None) -> None:
    assert page_year([text], WORDS.of_kind, None) == expected


def test_the_issue_goes_before_what_the_text_states() -> None:
    assert page_year(["青川县召开2023年春耕工作会议。"], WORDS.of_kind, date(2022, 12, 30)) == 2022


def test_that_day_is_the_day_named_before_and_not_what_somebody_calls_today() -> None:
    found = days("3月5日，大会召开。茶农说，今天的日子好过了。当天下午，代表参观了茶园。", date(2022, 3, 7))
    assert literals(found)[-1] == "2022-03-05"


def test_a_span_is_where_its_words_are() -> None:
    text = "昨天，即3月5日至7日，培训班举办。"
    (found,) = days(text)
    assert text[found.begin : found.end] == "3月5日至7日"


def test_wide_digits_are_read_and_quoted_as_they_are_printed() -> None:
    text = "本报讯 ５月８日，德清县召开会议，研究１２项工作。县委书记王建国讲话，强调要抓好１２项工作。\n"
    (facts,) = Reader(WORDS).read(Page("page", text, date(2024, 5, 9)))
    assert facts.events[0].when is not None
    assert facts.events[0].when.literal() == ("2024-05-08", "date")
    begin = facts.article.text.index("5月8日")
    assert facts.article.quote(begin, begin + 4)[2] == "５月８日"
