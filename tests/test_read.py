"""Files → pages: every encoding a Chinese page comes in, and the day in a file's name."""

from datetime import date
from pathlib import Path

import pytest

from kg import lexicon
from kg.layout import Layout
from kg.linecues import LayoutCues
from kg.read import UnreadableInput, read_page
from kg.read.text import date_in_name

TEXT = "本报讯 5月6日，青川县召开会议。\r\n县长柏云舟出席。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-32"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_page(path).text == TEXT


def test_a_line_end_of_two_characters_counts_as_two(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode())
    assert read_page(path).text.index("县长") == TEXT.index("县长")


def test_a_file_cut_within_a_character_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes((TEXT * 60).encode()[:-5])
    assert read_page(path).text.startswith(TEXT)


@pytest.mark.parametrize(("data", "reason"), [(b"\x89PNG\r\n\0\0", "binary"), (b"\xff\xfea", "UTF-16")])
def test_what_is_no_text(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableInput, match=reason):
        read_page(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        read_page(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("xzbs-2023-03-31-02.txt", date(2023, 3, 31)),
        ("20230331A02.txt", date(2023, 3, 31)),
        ("2024年5月7日第3版.txt", date(2024, 5, 7)),
        ("2024.5.7.txt", date(2024, 5, 7)),
        ("2023-02-30.txt", None),
        ("120230331.txt", None),
        ("page-03.txt", None),
        ("202313.txt", None),
    ],
)
def test_the_day_in_a_name(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


def test_a_given_day_wins(tmp_path: Path) -> None:
    path = tmp_path / "2024-05-07.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert read_page(path, date(2024, 1, 2)).issue_date == date(2024, 1, 2)


def test_a_given_issue_date_wins_over_the_page_and_the_name(tmp_path: Path) -> None:
    page = tmp_path / "xzb-2024-05-18.txt"
    text = "德清县召开会议\n2024-05-17 来源：德清县融媒体中心\n5月8日，德清县召开会议，研究春耕工作。会议强调，要抓好落实。\n"
    page.write_text(text, encoding="utf-8")
    layout = Layout(LayoutCues.of(lexicon.load()))
    assert [a.issue_date for a in layout.articles(read_page(page))] == [date(2024, 5, 17)]
    assert [a.issue_date for a in layout.articles(read_page(page, date(2020, 6, 1)))] == [date(2020, 6, 1)]
