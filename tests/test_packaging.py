"""The package as others get it: a wheel in an empty environment, and a checkout."""

import ast
import importlib
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import PAGE, ROOT

from kg.resources import PACKAGE, folder, turtle_files

DATA = {
    "ontology": ["kg.ttl", "event.ttl", "meeting.ttl", "official.ttl", "organization.ttl", "place.ttl"],
    "shapes": ["provenance.ttl", "ontology.ttl", "report.schema.json"],
    "seeds": ["gazetteer.bin", "normalisation.tsv"],
}


def run(*args: object, cwd: Path = ROOT) -> str:
    """The output of a command that must go well, without this process's import path."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    done = subprocess.run(list(map(str, args)), cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def name_of(requirement: str) -> str:
    return re.split("[^A-Za-z0-9_-]", requirement)[0]


def environment(path: Path) -> Path:
    """A new virtual environment with nothing in it; its folder of commands."""
    venv.create(path, with_pip=True)
    return path / "bin"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out)
    (built,) = out.glob("fangzhi-*.whl")
    return built


def test_the_wheel_carries_everything_and_no_more(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = [path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".rq", ".typed")]
    assert len(sources) > 40
    assert {f"kg/{path.relative_to(PACKAGE).as_posix()}" for path in sources} <= names
    data = {f"kg/data/{name}/{path.name}" for name in DATA for path in (ROOT / name).glob("*.t[ts][lv]")}
    assert len(data) > 15
    cases = {f"kg/data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "shapes" / "cases").rglob("*.*")}
    assert len(cases) > 140
    assert data | cases | {"kg/data/shapes/report.schema.json"} <= names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    assert not [name for name in names if not name.startswith(("kg/", "fangzhi-"))]
    assert not [name for name in names if "__pycache__" in name or (name.startswith("kg/data/") and name.endswith(".py"))]


def test_the_wheel_works_in_an_empty_environment_from_the_root_folder(wheel: Path, tmp_path: Path) -> None:
    commands = environment(tmp_path / "empty")
    run(commands / "python", "-m", "pip", "install", "--quiet", wheel)
    page, out = tmp_path / "page.txt", tmp_path / "page.ttl"
    page.write_text(PAGE, encoding="utf-8")
    assert "1 articles" in run(commands / "kg", "build", page, "-o", out, cwd=Path("/"))
    assert "柏云舟" in out.read_text(encoding="utf-8")
    assert "柏云舟" in run(commands / "kg", "query", "official-record", "--param", "name=柏云舟", "--graph", out, cwd=Path("/"))
    run(commands / "kg", "validate", out, cwd=Path("/"))
    assert "all as expected" in run(commands / "kg", "validate", "--self-test", "--lang", "en", cwd=Path("/"))
    assert "司马清和" in run(commands / "kg", "shapes", "Person-name", cwd=Path("/"))


def test_an_editable_install_finds_the_folders_of_the_checkout(tmp_path: Path) -> None:
    commands = environment(tmp_path / "editable")
    run(commands / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--editable", ROOT)
    code = "import kg.resources; print(*(kg.resources.folder(n) for n in ('ontology', 'shapes', 'seeds')), sep='\\n')"
    found = run(commands / "python", "-c", code, cwd=Path("/"))
    assert found.split() == [str(ROOT / name) for name in DATA]


def test_what_the_compiler_is_given_says_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copies that ``FANGZHI_COMPILE=1`` hands to mypyc, interpreted."""
    monkeypatch.syspath_prepend(str(ROOT))
    hook = importlib.import_module("hatch_build")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    modules = hook.write_copies(ROOT, settings["targets"]["wheel"]["hooks"]["custom"]["interpreted"], tmp_path)
    assert len(modules) > 70
    assert not [name for name in modules if "@dataclass(" in (tmp_path / name).read_text(encoding="utf-8")]
    for name in DATA:
        (tmp_path / name).symlink_to(ROOT / name)
    code = "import kg, sys; from kg.cli import main; print(kg.__file__); main(sys.argv[1:])"
    for root, out in ((ROOT, tmp_path / "source.nq"), (tmp_path, tmp_path / "copies.nq")):
        assert str(root) in run(sys.executable, "-c", code, "build", ROOT / "seeds" / "pages", "-o", out, cwd=root)
    assert (tmp_path / "copies.nq").read_bytes() == (tmp_path / "source.nq").read_bytes()


def test_the_compiler_has_what_the_modules_import() -> None:
    """Without a package's types what it returns is anything, which no function that promises more may return."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hook = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    left = {ROOT / name for name in hook["interpreted"]}
    compiled = [path for path in ROOT.glob("kg/**/*.py") if not left & {path, *path.parents}]
    imported = {
        name.partition(".")[0].replace("_", "-")
        for path in compiled
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [getattr(node, "module", None) or ""])
    }
    needed = {requirement for requirement in map(name_of, settings["project"]["dependencies"]) if requirement in imported}
    assert needed
    assert needed <= {name_of(requirement) for requirement in hook["compile-dependencies"]}


def test_the_compiler_is_given_nothing_that_it_stumbles_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    hook = importlib.import_module("hatch_build")
    with pytest.raises(ValueError, match=r"a\.py:2: a star"):
        hook.for_compiler("from __future__ import annotations\nprint(1 in (1, *range(2)))\n", "a.py")
    with pytest.raises(ValueError, match=r"a\.py:3: a cached property"):
        hook.for_compiler("class A:\n    @cached_property\n    def b(self) -> int:\n        return 1\n", "a.py")


@pytest.mark.parametrize("name", DATA)
def test_a_checkout_finds_its_folders(name: str) -> None:
    assert {path.name for path in folder(name).iterdir()} >= set(DATA[name])


def test_turtle_files_come_by_name() -> None:
    names = [path.name for path in turtle_files("ontology")]
    assert names == sorted(names)
    assert set(DATA["ontology"]) <= set(names)


def test_an_unknown_rootis_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere/"):
        folder("nowhere")
