"""Pages cut, shuffled and spoilt, as bad scans are: something sensible or nothing comes out, and every offset gives back its words.

``FANGZHI_NOISE=5000`` asks for that many pages to a test instead of the usual few.
"""

import os
import random
import re
import time

import pyoxigraph
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Page
from kg.namespaces import expand
from kg.pipeline import Builder, find_pages

PAGES = [p.read_text("utf-8") for p in find_pages([ROOT / "seeds" / "pages", *sorted((ROOT / "tests" / "articles").glob("dev-*.txt"))])]
MANY = settings(max_examples=int(os.environ.get("FANGZHI_NOISE", "60")), deadline=None, suppress_health_check=list(HealthCheck))
DIRT = "，。、；：“”（）《》\n\n\n 　·0123年月日市县委书记长记者Ａx\u3000\ufffd\U0001f600\u2028\r\t"


@pytest.fixture(scope="module")
def builder() -> Builder:
    return Builder()


def spoilt(seed: int) -> str:
    """A page made of pieces of others: cut anywhere, lines dropped and shuffled, characters lost, doubled and put in."""
    dice = random.Random(seed)
    parts = []
    for _ in range(dice.randint(1, 3)):
        text = dice.choice(PAGES)
        begin = dice.randrange(len(text))
        parts.append(text[begin : begin + dice.randint(1, 1500)] if dice.random() < 0.7 else text)
    lines = "".join(parts).split("\n")
    if dice.random() < 0.4:
        dice.shuffle(lines)
    if dice.random() < 0.4:
        width = dice.randint(3, 30)
        lines = [piece for line in lines for piece in re.findall(f".{{1,{width}}}", line) or [""]]
    lines = [line for line in lines if dice.random() < 0.95]
    characters = list("\n".join(lines))
    for _ in range(dice.randint(0, len(characters) // 15)):
        at = dice.randrange(len(characters))
        kind = dice.random()
        if kind < 0.3:
            characters[at] = ""
        elif kind < 0.6:
            characters[at] *= 2
        else:
            characters[at] += dice.choice(DIRT)
    return "".join(characters)


def check(builder: Builder, text: str) -> None:
    evidence: dict[str, dict[str, str]] = {}
    last = 0
    for facts in builder.reader.read(Page("page.txt", text, None)):
        assert last <= facts.article.begin < facts.article.end <= len(text)
        last = facts.article.end
        graph = builder.graph.article(facts, builder.mint.article(facts.article))
        for quad in pyoxigraph.parse("".join(graph.blocks), pyoxigraph.RdfFormat.N_QUADS):
            if "#char=" in str(quad.subject) and isinstance(quad.object, pyoxigraph.Literal):
                evidence.setdefault(str(quad.subject), {})[quad.predicate.value] = quad.object.value
    for values in evidence.values():
        begin, end = int(values[expand("nif:beginIndex")]), int(values[expand("nif:endIndex")])
        assert re.sub("[\n\r]", "", text[begin:end]) == values[expand("nif:anchorOf")]


@MANY
@given(st.integers(0, 2**62))
def test_a_spoilt_page_gives_sound_facts(builder: Builder, seed: int) -> None:
    check(builder, spoilt(seed))


@MANY
@given(st.lists(st.one_of(st.text(max_size=30), st.integers(0, 2**62).map(lambda seed: spoilt(seed)[:200])), max_size=6).map("".join))
def test_any_text_gives_sound_facts(builder: Builder, text: str) -> None:
    check(builder, text)


@pytest.mark.parametrize("seed", range(3))
def test_time_is_linear_in_the_number_of_articles(builder: Builder, seed: int) -> None:
    dice = random.Random(seed)
    pages = [text for text in dice.sample(PAGES, 12) if len(text) > 300]

    def seconds(copies: int) -> float:
        text = "\n\n".join(f"{page}\n{n}" for n in range(copies) for page in pages)
        start = time.process_time()
        builder.reader.read(Page("page.txt", text, None))
        return time.process_time() - start

    seconds(1)
    assert seconds(24) < 16 * seconds(6)
