"""Which of several formats a client gets by its Accept header."""

import pytest

from kg.web.negotiation import choose

OFFERS = ("text/turtle", "application/ld+json", "text/html")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML", "text/html"),
        ("text/*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("text/html;q=0.5, text/turtle;q=0.4", "text/html"),
        ("text/html ; Q=0.5 , application/ld+json", "application/ld+json"),
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("text/turtle;q=0, */*;q=0.1, text/html;q=0.2", "text/html"),
        ("*/*;q=0.9, text/turtle;q=0.1", "application/ld+json"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=0.000", None),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted, x;q=0"', "application/ld+json"),
        ("text/turtle;charset=utf-8;q=0.3, text/html;q=0.2", "text/turtle"),
        # What breaks the grammar is as if it were not there.
        ("text/turtle;q=2, text/html", "text/html"),
        ("text/turtle;q=0.1234, text/html;q=0.1", "text/html"),
        ("text/turtle;q=-1, text/html;q=0.1", "text/html"),
        ("*/html, application/ld+json", "application/ld+json"),
        ("turtle", "text/turtle"),
        (",,;", "text/turtle"),
    ],
)
def test_what_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


def test_nothing_to_offer() -> None:
    assert choose("text/html", ()) is None
