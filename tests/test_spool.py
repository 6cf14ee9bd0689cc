"""Much text waits on disk and comes back in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import spool
from kg.octets import octets
from kg.spool import Spool, Stream, sorted_lines

LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=8).map(lambda words: words + "\n"))


@pytest.fixture(autouse=True, scope="module")
def _little_memory() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_IN_MEMORY", 40)
        yield


@given(LINES)
def test_lines_are_sorted_each_once_however_many_parts_there_are(lines: list[str]) -> None:
    assert list(sorted_lines(lines)) == sorted(set(lines))


@given(st.dictionaries(st.text("a:/方", max_size=5), LINES))
def test_a_spool_gives_its_statements_by_name(graphs: dict[str, list[str]]) -> None:
    texts = {name: [f"{line[:-1]} <{name}> .\n" for line in lines] for name, lines in graphs.items()}
    waiting = Spool()
    counts = [waiting.put(octets(name), map(octets, lines)) for name, lines in texts.items()]
    assert counts == [len(lines) for lines in texts.values()]
    for _ in range(2):
        assert list(waiting) == ["".join(texts[name]) for name in sorted(texts)]
        assert [content.decode() for content in waiting.encoded()] == list(waiting)


@given(st.dictionaries(st.text("a:/方", max_size=5), LINES))
def test_triples_are_kept_as_statements_of_their_graph(graphs: dict[str, list[str]]) -> None:
    whole, waiting = Spool(), Spool()
    for name, lines in graphs.items():
        statements = [octets(f"{line[:-1]} <{name}> .\n") for line in lines]
        assert waiting.put_triples(octets(name), map(octets, lines)) == whole.put(octets(name), statements)
    assert list(waiting) == list(whole)


@given(LINES, st.integers(1, 9))
def test_a_stream_is_read_by_any_number_of_bytes(lines: list[str], size: int) -> None:
    stream, found = Stream(lines), b""
    while piece := stream.read(size):
        found += piece
    assert found.decode() == "".join(lines)
