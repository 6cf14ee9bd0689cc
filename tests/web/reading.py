"""A page as a reader gets it."""

import re
import time
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


def until_checked(site: str) -> None:
    """Wait until the store has been validated."""
    until = time.monotonic() + 90
    while "正在核查" in httpx.get(f"{site}/findings", timeout=30).text:
        assert time.monotonic() < until, "the validation does not end"
        time.sleep(0.2)
