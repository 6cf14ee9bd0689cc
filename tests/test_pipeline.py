"""From files to a build: the same for any order, each article once, and a word about what is no page."""

import gc
import random
import time
from pathlib import Path

import pyoxigraph
import pytest
from conftest import PAGE, ROOT, Run

from kg.findings import Severity
from kg.namespaces import ID, KG
from kg.pipeline import Build, Builder, find_pages
from kg.store import articles_of, dump, open_store
from kg.validation import validate

PAGES = find_pages([ROOT / "seeds" / "pages"])
OTHER = PAGE.replace("柏云舟", "岑望舒").replace("5日", "6日")


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder()


@pytest.fixture(scope="module")
def build(builder: Builder) -> Build:
    return builder.build(PAGES)


def write(folder: Path, **pages: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return find_pages([folder])


def sources(build: Build) -> set[str]:
    quads = pyoxigraph.parse("".join(build.blocks), pyoxigraph.RdfFormat.N_QUADS)
    return {quad.object.value for quad in quads if quad.predicate.value == KG + "sourceFile"}  # type: ignore[union-attr]


def test_the_order_of_the_files_does_not_matter(builder: Builder, build: Build) -> None:
    for seed in range(3):
        pages = PAGES[:]
        random.Random(seed).shuffle(pages)
        assert builder.build(pages).lines == build.lines


def test_a_builder_remembers_nothing_of_what_it_built(builder: Builder, build: Build) -> None:
    builder.build(PAGES[:2])
    assert builder.build(PAGES).lines == build.lines == Builder().build(PAGES).lines


def test_reading_leaves_nothing_to_the_collector(builder: Builder) -> None:
    builder.build(PAGES)
    gc.collect()
    gc.disable()
    try:
        builder.build(PAGES)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_pages_one_by_one_give_the_same_lines(builder: Builder, build: Build) -> None:
    lines = [line for built in builder.stream(PAGES) for block in built.blocks for line in block.split("\n") if line]
    assert set(lines) == set(build.lines)
    assert all(line.endswith(" .") for line in lines)


def test_the_counts_are_right(build: Build) -> None:
    assert build.articles == sum(f"<{KG}Article>" in line for line in build.lines) == 16
    assert build.text_size == sum(len(page.read_text("utf-8")) for page in PAGES)
    assert len(build) == len(build.lines)
    assert build.problems == []


def test_an_article_on_two_pages_is_kept_once_with_a_warning(builder: Builder, tmp_path: Path) -> None:
    pages = write(tmp_path, b=PAGE, a=f"\n{PAGE}")
    build = builder.build(pages[::-1])
    (problem,) = build.problems
    assert (problem.path.name, problem.level, problem.line, build.articles) == ("b.txt", "warning", 1, 1)
    assert "repeats one of a.txt" in str(problem)
    assert sources(build) == {"a.txt"}


def test_an_article_twice_in_pages_of_one_name_is_kept_once_too(builder: Builder, tmp_path: Path) -> None:
    write(tmp_path / "1", page=PAGE)
    write(tmp_path / "2", page=PAGE)
    build = builder.build(find_pages([tmp_path]))
    assert (build.articles, [p.path.parent.name for p in build.problems]) == (1, ["2"])


def test_what_is_less_sure_is_cut(build: Build) -> None:
    sizes = [len(build)]
    for least in (0.5, 0.8, 0.99):
        cut = Builder(min_confidence=least).build(PAGES)
        assert cut.articles == build.articles
        assert {line for line in cut.lines if "#confidence" in line} <= set(build.lines)
        sure = [float(line.split('"')[1]) for line in cut.lines if "ontology#confidence>" in line]
        assert all(value >= least for value in sure)
        assert not validate("\n".join(cut.lines)).count(Severity.VIOLATION)
        sizes.append(len(cut))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] < sizes[0]


def test_each_article_has_a_graph_of_its_own(build: Build) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse("".join(build.blocks), pyoxigraph.RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, set()).add(str(quad.subject))  # type: ignore[union-attr]
    articles = {name for name in graphs if "/article/" in name}
    assert len(articles) == build.articles
    assert set(graphs) - articles == {f"{ID}graph/places", f"{ID}graph/organizations"}
    for name in articles:
        others = {subject for subject in graphs[name] if "/article/" in subject and not subject.startswith(f"<{name}")}
        assert not others


def test_the_base_changes_every_iri(build: Build) -> None:
    other = Builder("https://example.org/").build(PAGES)
    assert ID not in "".join(other.blocks)
    assert sorted(line.replace("https://example.org/", ID) for line in other.lines) == sorted(build.lines)


def test_find_pages_walks_folders_and_takes_each_page_once(tmp_path: Path) -> None:
    write(tmp_path / "b", one="x")
    write(tmp_path / "a" / "deep", two="x")
    (tmp_path / "a" / "notes.md").write_text("x")
    found = find_pages([tmp_path, tmp_path / "b" / "one.txt", tmp_path / "a"])
    assert [path.name for path in found] == ["one.txt", "two.txt"]
    with pytest.raises(FileNotFoundError, match="gone"):
        find_pages([tmp_path / "gone"])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\n\r\n \t\n",
        b"It was the best of times, it was the worst of times.\n" * 2000,
        "年份\t产量\n2021\t3.5\n2022\t4.1\n".encode() * 999,
        "甲".encode() * 3_500_000,
        b"a" * 10_000_000,
        b"\n" * 10_000_000,
        "。".encode() * 3_500_000,
    ],
    ids=["empty", "mark", "blank", "English", "figures", "10 MB of a character", "10 MB of a letter", "10 MB of lines", "10 MB of stops"],
)
def test_what_is_no_news_ends_in_an_empty_valid_graph(data: bytes, builder: Builder, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    start = time.process_time()
    build = builder.build([path])
    # About a second; what grows with the square of the size would take hours.
    assert time.process_time() - start < 60
    assert (build.lines, build.articles) == ([], 0)
    assert [str(problem) for problem in build.problems] == [f"{path}: no article found"]
    assert validate("").findings == ()


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0" * 9, b"\xff\xfe\x00", bytes(range(256)) * 99])
def test_what_is_no_text_is_an_error_with_its_place(data: bytes, builder: Builder, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    (problem,) = builder.build([path]).problems
    assert (problem.level, problem.path) == ("error", path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_page_is_the_same_in_any_encoding(encoding: str, builder: Builder, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(PAGE.encode(encoding))
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "page.txt").write_bytes(PAGE.encode())
    assert builder.build([tmp_path / "page.txt"]).lines == builder.build([tmp_path / "plain" / "page.txt"]).lines != []


# The store


def test_a_second_build_changes_nothing_in_the_store(tmp_path: Path, kg: Run) -> None:
    dumps = []
    for _ in range(2):
        assert kg("build", ROOT / "seeds" / "pages", "--store", tmp_path / "store").exit_code == 0
        dumps.append(list(dump(open_store(tmp_path / "store", read_only=True))))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 5000


def test_a_corrected_page_takes_its_old_articles_along(tmp_path: Path, kg: Run) -> None:
    pages, store = tmp_path / "pages", tmp_path / "store"
    write(pages, one=PAGE, two=OTHER)
    assert "gone" not in kg("build", pages, "--store", store).stderr
    before = articles_of(open_store(store, read_only=True), "two.txt")
    write(pages, one=PAGE.replace("春耕", "夏收"))
    result = kg("build", pages / "one.txt", "--store", store)
    assert "one.txt: replaces a page of this name; 1 of its articles are gone (warning)" in result.stderr
    text = "".join(dump(open_store(store, read_only=True)))
    assert "夏收" in text
    assert articles_of(open_store(store, read_only=True), "two.txt") == before
    assert len(articles_of(open_store(store, read_only=True), "one.txt")) == 1


def test_a_page_that_can_no_longer_be_read_stays_as_it_was(tmp_path: Path, kg: Run) -> None:
    pages, store = tmp_path / "pages", tmp_path / "store"
    write(pages, one=PAGE)
    kg("build", pages, "--store", store)
    before = list(dump(open_store(store, read_only=True)))
    (pages / "one.txt").write_bytes(b"\0")
    assert kg("build", pages, "--store", store).exit_code == 3
    assert list(dump(open_store(store, read_only=True))) == before


def test_pages_of_one_name_in_one_build_are_kept_together_and_later_ones_replace_with_a_word(tmp_path: Path, kg: Run) -> None:
    write(tmp_path / "pages" / "1", page=PAGE)
    write(tmp_path / "pages" / "2", page=OTHER)
    store = tmp_path / "store"
    for _ in range(2):
        assert "gone" not in kg("build", tmp_path / "pages", "--store", store).stderr
        assert len(articles_of(open_store(store, read_only=True), "page.txt")) == 2
    assert "1 of its articles are gone" in kg("build", tmp_path / "pages" / "2", "--store", store).stderr
    assert len(articles_of(open_store(store, read_only=True), "page.txt")) == 1


def test_the_store_and_a_file_give_the_same_answers(tmp_path: Path, kg: Run) -> None:
    store, out = tmp_path / "store", tmp_path / "out.nq"
    kg("build", ROOT / "seeds" / "pages", "--store", store)
    kg("build", ROOT / "seeds" / "pages", "-o", out)
    for query in ("chairs", "several-posts", "event-types"):
        ours = kg("query", query, "--store", store)
        assert ours.exit_code == 0
        assert ours.stdout == kg("query", query, "--graph", out).stdout != ""


def test_the_sample_pages_conform_and_their_misprint_is_named_with_file_line_and_words(tmp_path: Path, kg: Run) -> None:
    store = tmp_path / "store"
    kg("build", ROOT / "seeds" / "pages", "--store", store)
    result = kg("validate", "--store", store, "--lang", "en")
    assert result.exit_code == 0, result.stdout
    part = result.stdout.split("two people hold the one seat")[1].split("\n\n")[0]
    assert "(kgs:Tenure-singleSeat): 1\n" in part
    assert "deqing-2024-04-19-02.txt:7:9: " in part
    assert "deqing-2024-04-19-02.txt:6:10 “县委书记沈砚秋”" in part


def test_the_contradiction_on_a_real_page_is_found_without_being_told(seeds: Path, tmp_path: Path, kg: Run) -> None:
    store = tmp_path / "store"
    kg("build", seeds, "--store", store)
    result = kg("validate", "--store", store, "--lang", "en")
    assert result.exit_code == 0, result.stdout
    part = result.stdout.split("[warning] two people hold the one seat")[1].split("\n\n")[0]
    assert "004_9e476d53aada9340.txt:7:" in part
    assert "党工委 书记" in part
