"""A page as a reader gets it."""

import re
from html import unescape

import httpx


def page(client: httpx.Client, address: str, status: int = 200, **headers: str) -> str:
    answer = client.get(address, headers={"Accept": "text/html", **headers})
    assert answer.status_code == status, answer.text[:500]
    return answer.text


def text(html: str) -> str:
    """What a reader sees, without white space."""
    return "".join(unescape(re.sub(r"<(script|style|pre).*?</\1>|<[^>]+>", "", html, flags=re.DOTALL)).split())


def hrefs(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]*)"', html)]
