"""IRIs: legal whatever the words, readable in Chinese, different for different words."""

import re
from urllib.parse import unquote

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.identity import Minter, escape, escape_path
from kg.model import Article, Organization, Place, When
from kg.octets import octet_bytes, octets, words_of

# RFC 3987, section 2.2, for an absolute IRI with no authority's own characters.
UCS = "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef" + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
UCS += f"{chr(0xE1000)}-{chr(0xEFFFD)}"
IPCHAR = f"(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@{UCS}]|%[0-9A-F]{{2}})"
IRI = re.compile(f"https?://[a-z0-9.-]+(?:/{IPCHAR}*)*(?:#(?:{IPCHAR}|[/?])*)?")
ANY = st.text(st.characters(exclude_categories=[]))


def article(text: str) -> Article:
    return Article("p.txt", 0, len(text), text, (0,), (0,), 0)


@given(ANY)
@example('a b<>"{}|\\^`%#?[]\x00\x7f\xa0\u3000\u2028\ufeff\ue000\ufdd0\ufff9\U000e0001\U000f0000\U0010ffff\ud800/..')
def test_any_words_make_a_legal_segment_and_come_back(words: str) -> None:
    segment = escape(words)
    assert re.fullmatch(f"{IPCHAR}*", segment)
    assert unquote(segment, errors="surrogatepass") == words
    assert segment not in (".", "..")
    pyoxigraph.NamedNode(f"https://example.org/{segment}")


@given(ANY, ANY)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert (escape(one) == escape(other)) == (one == other)


@given(st.lists(ANY, min_size=1, max_size=4))
def test_a_path_keeps_its_slashes_only(parts: list[str]) -> None:
    path = "/".join(parts)
    assert escape_path(path) == "/".join(escape(part) for part in path.split("/"))


def test_every_character_is_legal_or_encoded() -> None:
    # Two planes in full: all that Unicode names but rare characters; of the others every 97th.
    for code in (*range(0x20000), *range(0x20000, 0x110000, 97)):
        character = chr(code)
        made = escape(character)
        assert made == character or made == "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
        assert re.fullmatch(f"{IPCHAR}+", made), hex(code)
        assert not (character.isspace() and made == character), hex(code)


@pytest.mark.parametrize("words", ["长兴县", "乌兰巴干·苏和", "“两会”", "（一）", "𬭊", "A-1.b_c~", "a,b;c=d&e+f!g$h'i*j:k@l"])
def test_what_is_legal_stays_readable(words: str) -> None:
    assert escape(words) == words


@given(ANY, ANY, ANY)
def test_every_kind_of_iri_is_legal(name: str, area: str, title: str) -> None:
    mint = Minter()
    body = Organization(name, f"{area}/{name}", area)
    source = mint.article(article(name))
    person = mint.person(name, area)
    made = [
        source, person, mint.person(name, None), mint.person_of(source, name), mint.place(Place(name, area, True)), mint.area(area),
        mint.organization(body), mint.document(name), mint.post(body, title), mint.tenure(person, body, title),
        mint.tenure(person, None, title), mint.tenure(mint.person_of(source, name), body, title),
        mint.event(source, 1, "Meeting", When(3, 5, 2024), area, name),
        mint.event(source, 1, "Meeting", None, area, name), mint.participation(source, "chair", name), mint.statement(source, 5),
    ]  # fmt: skip
    for iri in made:
        assert IRI.fullmatch(words_of(iri)), iri


def test_the_iris_are_those_of_the_scheme() -> None:
    mint = Minter("https://example.org/")
    body = Organization("长兴县委", "330522/县委", "330522")
    person = mint.person("闻人一叶", "3305")
    assert words_of(person) == "https://example.org/person/3305/闻人一叶"
    assert words_of(mint.organization(body)) == "https://example.org/org/330522/县委"
    assert words_of(mint.post(body, "书记")) == "https://example.org/post/330522/县委/书记"
    assert words_of(mint.tenure(person, body, "书记")) == "https://example.org/tenure/3305/闻人一叶/330522/县委/书记"
    assert words_of(mint.tenure(person, None, "书记")) == "https://example.org/tenure/3305/闻人一叶/书记"
    assert words_of(mint.place(Place("画溪社区", "330522", True))) == "https://example.org/place/330522/画溪社区"


def test_an_articles_iri_is_that_of_its_words_not_of_its_lines() -> None:
    mint = Minter()
    assert mint.article(article("长兴 县\n开会")) == mint.article(article("长兴县开\u3000会"))
    assert mint.article(article("长兴县开会")) != mint.article(article("长兴县开会。"))


def test_an_event_with_class_day_area_and_name_is_the_same_for_every_paper() -> None:
    mint, day = Minter("https://example.org/"), When(3, 5, 2024)
    assert words_of(mint.event("https://example.org/article/1", 2, "Meeting", day, "330522", "全县教育大会")) == (
        "https://example.org/event/Meeting/2024-03-05/330522/全县教育大会"
    )
    for when, area, name in (
        (None, "330522", "全县教育大会"),
        (When(3, 5, None), "330522", "全县教育大会"),
        (day, None, "全县教育大会"),
        (day, "330522", "会议"),
    ):
        assert mint.event("https://example.org/article/1", 2, "Meeting", when, area, name) == "https://example.org/article/1/event/2"


@given(st.text(), st.text())
def test_octets_are_the_words_in_utf_8_and_sort_as_they_do(one: str, other: str) -> None:
    assert octet_bytes(octets(one)) == one.encode()
    assert words_of(octets(one)) == one
    assert (octets(one) < octets(other)) == (one < other)
