"""A browser on pages that a real server sends: Debian's Chromium, which has no other host to talk to here than that server."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import ROOT
from web.conftest import serving, store  # noqa: F401
from web.reading import until_checked

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--enable-unsafe-swiftshader", "--disable-background-networking", "--disable-component-update"]

try:
    from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
except ImportError:
    sync_playwright = None  # type: ignore[assignment]


def _needed() -> None:
    missing = "playwright" if sync_playwright is None else "" if CHROMIUM else "chromium"
    if missing:
        pytest.skip(f"{missing} is not installed")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    _needed()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(store: Path) -> Iterator[str]:  # noqa: F811
    """The address of a server over the sample pages, whose validation has ended."""
    _needed()
    with serving(store, processes=3, sources=[ROOT / "seeds" / "pages"]) as address:
        until_checked(address)
        yield address


class Visit:
    """A context of the browser, with what its pages asked for and complained of."""

    def __init__(self, browser: "Browser", site: str, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(base_url=site, locale="zh-CN", **options)  # type: ignore[arg-type]
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def end(self) -> None:
        """No page may have asked another host or broken the policy."""
        self.context.close()
        hosts = {urlsplit(url).hostname for url in self.requests if not url.startswith("data:")}
        assert hosts <= {"127.0.0.1"}
        # Chromium itself tries to keep the colour of a text that is replaced in an editor, and the policy lets it not.
        assert not [words for words in self.complaints if not words.startswith("Applying inline style")]


@pytest.fixture
def visit(browser: "Browser", site: str) -> Iterator[Visit]:
    """A desktop's browser."""
    found = Visit(browser, site, viewport={"width": 1280, "height": 900})
    yield found
    found.end()
