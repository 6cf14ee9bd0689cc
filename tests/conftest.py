"""What several tests share: the folders, a small page, the command."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGE = """本报讯（记者 闻书瑶）2024年3月5日，青川县委副书记、县长柏云舟到乔庄镇调研春耕生产工作。县农业农村局局长司马清陪同调研。
柏云舟强调，要抓紧农时，确保种子、化肥供应。
"""

Run = Callable[..., Result]


def _outside(name: str) -> Path:
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        reason = f"the folder ../shared/{name} is not beside this checkout"
        # A machine that checks changes has it: without it the figures would be passed over unseen.
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of sample pages beside the checkout."""
    return _outside("seeds")


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of their annotations."""
    return _outside("gold")


@pytest.fixture(scope="session")
def score() -> Path:
    """The folder of the independent scorer."""
    return _outside("score")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with one article."""
    path = tmp_path / "pages" / "page-01.txt"
    path.parent.mkdir()
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture
def kg() -> Run:
    """Runs the command; what it does not turn into a message and an exit code fails the test."""

    def run(*args: object, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], input=stdin, prog_name="kg")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def graph(page: Path, tmp_path: Path, kg: Run) -> Path:
    """The graph of that page as N-Quads."""
    out = tmp_path / "page.nq"
    result = kg("build", page, "-o", out)
    assert result.exit_code == 0, result.stderr
    return out


# What runs servers, browsers, environments of its own and long random histories: three minutes of the five that `make test` has.
LONG = ("tests/web/", "tests/browser/", "tests/test_packaging.py", "tests/test_publish.py", "tests/test_revalidation.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without CI=true the long tests are left out, save where they are all that was asked for."""
    long = [item for item in items if item.nodeid.startswith(LONG)]
    if os.environ.get("CI") == "true" or len(long) == len(items):
        return
    for item in long:
        item.add_marker(pytest.mark.skip(reason="long: run with CI=true, or alone"))
