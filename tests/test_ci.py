"""What a build server of others gets: the action, the hooks and each recipe run on pages with a planted error, as far as that goes here."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft4Validator
from junitparser import JUnitXml
from test_reports import SARIF

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
PAGE_OF_RECIPES = (ROOT / "shapes" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", PAGE_OF_RECIPES)
MISPRINT = "anji-2024-05-17-01.txt"
PLACE = f"pages/{MISPRINT}:9:12"
# They install the package three times over: two minutes of a test run, which build servers take.
installing = pytest.mark.skipif(os.environ.get("CI") != "true", reason="installs environments of its own: run with CI=true")


def block(language: str, words: str) -> str:
    (found,) = [text for kind, text in BLOCKS if kind == language and words in text]
    return found


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment into which nothing but the action's own step has installed the package."""
    path = tmp_path_factory.mktemp("installed")
    venv.create(path / "venv", with_pip=True)
    # What the package needs is here already; not to fetch it again is all the difference to a new machine.
    packages = next((path / "venv" / "lib").glob("python*/site-packages"))
    (packages / "here.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Install"]
    bash(step["run"], path, path / "venv" / "bin", ACTION=str(ROOT))
    assert (path / "venv" / "bin" / "kg").is_file()
    return path / "venv" / "bin"


def environment(commands: Path | None = None, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "KG_LANG")}
    before = [] if commands is None else [str(commands)]
    return kept | {"PATH": os.pathsep.join([*before, kept["PATH"]])} | more


def bash(script: str, cwd: Path, commands: Path, code: int = 0, **more: str) -> str:
    """Run a script as GitHub and GitLab run theirs: it ends with its first command that fails."""
    run = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(run, cwd=cwd, env=environment(commands, **more), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder as a build server checks it out: two pages, one of them with a day that no calendar has."""
    pages = tmp_path / "work" / "pages"
    pages.mkdir(parents=True)
    for name in (MISPRINT, "deqing-02.txt"):
        text = (ROOT / "seeds" / "pages" / name).read_text(encoding="utf-8")
        (pages / name).write_text(text.replace("5月16日下午,安吉", "2月30日下午,安吉"), encoding="utf-8")
    return pages.parent


# The action


@dataclass
class Job:
    """One use of the action: what its steps printed, wrote into the summary and left as outputs; the code of the last step that ran."""

    code: int = 0
    printed: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)


def use_action(workspace: Path, commands: Path, inputs: dict[str, str]) -> Job:
    """Runs the action's steps as its runner does; an expression that the runner would not know fails."""
    unknown = inputs.keys() - ACTION["inputs"].keys()
    assert not unknown
    known = {f"inputs.{name}": inputs.get(name, about["default"]) for name, about in ACTION["inputs"].items()}
    known |= {"github.action_path": str(ROOT), "runner.temp": str(workspace.parent / "temp")}
    known |= dict.fromkeys(re.findall(r"steps\.\w+\.outputs\.\w+", str(ACTION)), "")
    job = Job()

    def value(text: str) -> str:
        return re.sub(r"\$\{\{ (.+?) \}\}", lambda match: known[match[1]], text)

    for step in ACTION["runs"]["steps"]:
        if "run" not in step or step["name"] == "Install":
            continue
        if "if" in step:
            name = re.fullmatch(r"(inputs\.\S+) != ''", step["if"])
            assert name is not None
            if not known[name[1]]:
                continue
        files = {name: workspace.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_text("")
        more = {name: str(path) for name, path in files.items()} | {name: value(str(text)) for name, text in step["env"].items()}
        run = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(
            run, cwd=workspace, env=environment(commands, **more), capture_output=True, text=True, encoding="utf-8", check=False
        )
        job.code, job.printed = done.returncode, job.printed + done.stdout + done.stderr
        job.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        for line in files["GITHUB_OUTPUT"].read_text(encoding="utf-8").splitlines():
            known[f"steps.{step['id']}.outputs.{line.partition('=')[0]}"] = line.partition("=")[2]
        if job.code:
            break
    job.outputs = {name: value(about["value"]) for name, about in ACTION["outputs"].items()}
    return job


@installing
def test_the_action_annotates_the_line_and_leaves_sarif_counts_and_a_summary(workspace: Path, commands: Path) -> None:
    job = use_action(workspace, commands, {"pages": "pages", "fail-on": "warning", "junit": "out/junit.xml", "sarif": "out/kg.sarif"})
    assert job.code == 1
    assert f"::warning file=pages/{MISPRINT},line=9,col=12,endLine=9,endColumn=17,title=kgs%3AImpossibleDay (warning)::" in job.printed
    assert job.summary.startswith("## Validation report\n")
    assert PLACE in job.summary
    assert (job.outputs["violations"], job.outputs["warnings"], job.outputs["sarif"]) == ("0", "1", "out/kg.sarif")
    assert int(job.outputs["infos"]) == len(json.loads(Path(job.outputs["report"]).read_text(encoding="utf-8"))["findings"]) - 1
    assert Path(job.outputs["graph"]).read_text(encoding="utf-8").count("\n") > 1000
    sarif = json.loads((workspace / "out" / "kg.sarif").read_text(encoding="utf-8"))
    Draft4Validator(SARIF.schema).validate(sarif)
    first = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {"uri": f"pages/{MISPRINT}", "uriBaseId": "%SRCROOT%"}
    assert JUnitXml.fromfile(str(workspace / "out" / "junit.xml")).failures == 1


@installing
def test_the_action_passes_where_nothing_is_bad_enough(workspace: Path, commands: Path) -> None:
    job = use_action(workspace, commands, {"pages": "pages"})
    assert (job.code, job.outputs["warnings"]) == (0, "1")


@installing
def test_the_action_takes_several_paths_whatever_their_names(workspace: Path, commands: Path) -> None:
    odd = "页 1 $(touch gone) `x` 'y'.txt"
    (workspace / "pages" / MISPRINT).rename(workspace / odd)
    (workspace / "more.ttl").write_text('<x:e> <https://schema.org/startDate> "soon" ; a <https://w3id.org/fangzhi/ontology#Event> .\n')
    job = use_action(workspace, commands, {"pages": f"pages\n{odd}\n", "graph": "more.ttl\n", "fail-on": "warning", "language": "zh"})
    assert job.code == 1
    assert f"::warning file={odd.replace(',', '%2C')},line=9" in job.printed
    assert int(job.outputs["violations"]) > 0
    assert job.summary.startswith("## 校验报告\n")
    assert not (workspace / "gone").exists()


@installing
def test_the_action_checks_a_graph_alone_with_shapes_of_others(workspace: Path, commands: Path) -> None:
    (workspace / "data.ttl").write_text("<x:s> a <x:C> .\n")
    (workspace / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n<x:shape> sh:targetClass <x:C> ; sh:property [ sh:path <x:p> ; sh:minCount 1 ] .\n"
    )
    job = use_action(workspace, commands, {"graph": "data.ttl", "shapes": "shapes.ttl"})
    assert (job.code, job.outputs["violations"], job.outputs["graph"]) == (1, "1", "")


@installing
def test_the_action_holds_to_a_baseline_and_waivers(workspace: Path, commands: Path) -> None:
    bash("kg validate pages --baseline known.jsonl --update-baseline", workspace, commands)
    job = use_action(workspace, commands, {"pages": "pages", "fail-on": "info", "baseline": "known.jsonl"})
    assert (job.code, job.outputs["warnings"]) == (0, "0")
    (workspace / "waivers.ttl").write_text(
        "@prefix kgs: <https://w3id.org/fangzhi/shapes#> .\n[] a kgs:Waiver ; kgs:waivesShape kgs:ImpossibleDay ;\n"
        '<http://purl.org/dc/terms/description> "known" ; kgs:expires "2999-12-31"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
    )
    job = use_action(workspace, commands, {"pages": "pages", "fail-on": "warning", "waivers": "waivers.ttl"})
    assert (job.code, job.outputs["warnings"]) == (0, "0")


@installing
def test_the_action_checks_what_can_be_read_and_fails_for_the_rest(workspace: Path, commands: Path) -> None:
    (workspace / "pages" / "bad.txt").write_bytes(b"\n\0")
    job = use_action(workspace, commands, {"pages": "pages"})
    assert job.code == 3
    assert "pages/bad.txt:2: binary data" in job.printed
    assert job.outputs["warnings"] == "1"


@installing
def test_a_wrong_input_ends_the_action_with_a_message(workspace: Path, commands: Path) -> None:
    job = use_action(workspace, commands, {"pages": "pages", "fail-on": "everything"})
    assert (job.code, "'everything' is not one of" in job.printed) == (2, True)


# The recipes


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("vendor.github-actions", (ROOT / "action.yml").read_text(encoding="utf-8")),
        ("vendor.github-workflows", block("yaml", "OWNER/fangzhi")),
        ("vendor.github-workflows", block("yaml", "GITHUB_STEP_SUMMARY")),
        ("vendor.gitlab-ci", block("yaml", "image: python")),
    ],
    ids=["action", "workflow with the action", "workflow", "gitlab"],
)
def test_the_yaml_follows_its_official_schema(schema: str, text: str, tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text(text, encoding="utf-8")
    run = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(tmp_path / "file.yml")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_recipe_for_each_and_all_yaml_can_be_read() -> None:
    assert [kind for kind, _ in BLOCKS] == ["yaml", "yaml", "yaml", "groovy", "yaml", "sh"]
    assert all(yaml.safe_load(text) for kind, text in BLOCKS if kind == "yaml")


def test_the_recipe_uses_the_action_as_it_is() -> None:
    (step,) = [s for s in yaml.safe_load(block("yaml", "OWNER/fangzhi"))["jobs"]["validate"]["steps"] if s.get("id") == "kg"]
    assert step["with"].keys() <= ACTION["inputs"].keys()
    assert set(re.findall(r"steps\.kg\.outputs\.(\w+)", block("yaml", "OWNER/fangzhi"))) <= ACTION["outputs"].keys()
    listed = re.search(r"lists the inputs \((.+?)\) and outputs \((.+?)\)", PAGE_OF_RECIPES.replace("\n", " "))
    assert listed is not None
    assert set(listed[1].split(", ")) == ACTION["inputs"].keys()
    assert set(listed[2].split(", ")) == ACTION["outputs"].keys()


@installing
def test_the_recipe_for_github_without_the_action(workspace: Path, commands: Path) -> None:
    (job,) = yaml.safe_load(block("yaml", "GITHUB_STEP_SUMMARY"))["jobs"].values()
    install, check, summary = [step["run"] for step in job["steps"] if "run" in step]
    more = {"FANGZHI": str(ROOT), "GITHUB_STEP_SUMMARY": str(workspace / "job.md")}
    bash(install, workspace, commands, **more)
    assert f"::warning file=pages/{MISPRINT},line=9," in bash(check, workspace, commands, code=1, **more)
    bash(summary, workspace, commands, **more)
    assert PLACE in (workspace / "job.md").read_text(encoding="utf-8")


@installing
def test_the_recipe_for_gitlab(workspace: Path, commands: Path) -> None:
    job = yaml.safe_load(block("yaml", "image: python"))["validate"]
    bash("\n".join(job["script"]), workspace, commands, code=1, FANGZHI=str(ROOT))
    reports = job["artifacts"]["reports"]
    issues = json.loads((workspace / reports["codequality"]).read_text(encoding="utf-8"))
    assert issues[0]["location"] == {"path": f"pages/{MISPRINT}", "lines": {"begin": 9}}
    assert JUnitXml.fromfile(str(workspace / reports["junit"])).failures == 1


@installing
def test_the_recipe_for_jenkins(workspace: Path, commands: Path) -> None:
    text = block("groovy", "pipeline")
    assert (text.count("{"), text.count("(")) == (text.count("}"), text.count(")"))
    (script,) = re.findall(r"(?s)sh '''(.*?)'''", text)
    (junit,), (sarif,) = re.findall(r"junit '(.+?)'", text), re.findall(r"sarif\(pattern: '(.+?)'\)", text)
    # Jenkins ends a script of sh with its first command that fails, as set -e does.
    bash(script, workspace, Path(sys.executable).parent, code=1, FANGZHI=str(ROOT))
    assert JUnitXml.fromfile(str(workspace / junit)).failures == 1
    results = json.loads((workspace / sarif).read_text(encoding="utf-8"))["runs"][0]["results"]
    assert results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 9


@installing
def test_the_recipe_for_a_shell(workspace: Path, commands: Path) -> None:
    bash(block("sh", "kg build"), workspace, commands, FANGZHI=str(ROOT))
    assert PLACE in (workspace / "report.html").read_text(encoding="utf-8")
    step = "kg validate pages --fail-on warning || [ $? -eq 1 ]"
    assert "kg validate … || [ $? -eq 1 ]" in PAGE_OF_RECIPES
    bash(step, workspace, commands)
    bash(step.replace("pages", "gone"), workspace, commands, code=1)


# The hooks


def pre_commit(*args: str, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "pre_commit", *args]
    return subprocess.run(
        run, cwd=cwd, env=environment(PRE_COMMIT_HOME=str(home)), capture_output=True, text=True, encoding="utf-8", check=False
    )


def git(*args: str, cwd: Path) -> None:
    own = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *args], cwd=cwd, env=environment(), check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the package is built from, as a repository of its own, also what is not committed yet."""
    path = tmp_path_factory.mktemp("repository")
    for name in ("kg", "ontology", "shapes", "seeds"):
        shutil.copytree(ROOT / name, path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, path / name)
    git("init", "--quiet", cwd=path)
    git("add", "--all", cwd=path)
    git("commit", "--quiet", "--no-verify", "--message", "all", cwd=path)
    return path


@installing
def test_the_hooks_stop_a_commit_with_the_line_and_let_a_mended_one_pass(repository: Path, workspace: Path, tmp_path: Path) -> None:
    config = block("yaml", "kg-validate-pages").replace("https://example.org/fangzhi", str(repository))
    (workspace / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (workspace / "baseline.jsonl").write_text('{"baseline": 1}\n')
    (workspace / "graphs").mkdir()
    (workspace / "graphs" / "a.ttl").write_text(
        '<x:e> <https://schema.org/endDate> "2024-03-05" ; <https://schema.org/startDate> "2024-03-06" .\n'
    )
    git("init", "--quiet", cwd=workspace)
    git("add", "--all", cwd=workspace)
    assert pre_commit("validate-manifest", str(repository / ".pre-commit-hooks.yaml"), cwd=workspace, home=tmp_path).returncode == 0
    assert pre_commit("validate-config", cwd=workspace, home=tmp_path / "home").returncode == 0
    stopped = pre_commit("run", cwd=workspace, home=tmp_path / "home")
    assert stopped.returncode == 1, stopped.stdout + stopped.stderr
    assert f"{PLACE}: 2月30日" in stopped.stdout
    assert "kgs:Event-endsBeforeStart" in stopped.stdout
    page = workspace / "pages" / MISPRINT
    page.write_text(page.read_text(encoding="utf-8").replace("2月30日", "5月16日"), encoding="utf-8")
    (workspace / "graphs" / "a.ttl").write_text(
        '<x:e> <https://schema.org/endDate> "2024-03-07" ; <https://schema.org/startDate> "2024-03-06" .\n'
    )
    git("add", "--all", cwd=workspace)
    mended = pre_commit("run", cwd=workspace, home=tmp_path / "home")
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert re.findall(r"\.\.(Passed|Skipped)", mended.stdout) == ["Passed", "Passed"]
