"""Build hook: compiles the reading stages with mypyc into a wheel for one platform, where ``FANGZHI_COMPILE=1`` asks for it.

Without it the wheel is pure Python and needs no compiler. The same modules, the same bytes out; only the rate differs.

mypyc looks a module's constants up in a dictionary each time unless they are ``Final``, and leaves what ``dataclass`` makes to the
interpreter, so that every object is made by a call out of the compiled code. What it compiles are therefore copies in which constants
are final and dataclasses have their methods written out. Lines keep their numbers wherever blank lines leave room.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SETUP = """
import sys

from mypyc.build import mypycify
from setuptools import setup

names, config = sys.argv.pop().split(","), sys.argv.pop()
arguments = ["--strict", "--config-file", config, *names]
# One file of C for each module: all in one take gcc four times as long.
modules = mypycify(arguments, opt_level="2", debug_level="0", multi_file=True, target_dir="c")
if sys.platform != "win32":
    # Calls between modules, and of what mypyc brings, are put in place when all are linked.
    for module in modules:
        module.extra_compile_args += ["-flto", "-fvisibility=hidden"]
        module.extra_link_args += ["-flto=auto", "-O2"]
setup(name="fangzhi", packages=[], ext_modules=modules)
"""
_FUTURE = "from __future__ import annotations"


def write_copies(root: Path, interpreted: Iterable[str], out: Path) -> list[str]:
    """Copy the package of a checkout to a folder, the modules to compile as mypyc is given them; those modules."""
    left = {root / name for name in interpreted}
    shutil.copytree(root / "kg", out / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    modules = []
    for path in sorted(root.glob("kg/**/*.py")):
        if path.name != "__init__.py" and not left & {path, *path.parents}:
            name = str(path.relative_to(root))
            (out / name).write_text(for_compiler(path.read_text(encoding="utf-8"), name), encoding="utf-8")
            modules.append(name)
    return modules


def for_compiler(source: str, name: str) -> str:
    """A module's text as mypyc compiles it well. Raises ValueError, with the module's name, for what it cannot be told."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and any(isinstance(e, ast.Starred) for c in node.comparators for e in getattr(c, "elts", ())):
            # mypyc makes comparisons of it, and stumbles over the star.
            raise ValueError(f"{name}:{node.lineno}: a star inside what is asked with 'in'")
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(d).endswith("cached_property") for d in node.decorator_list):
            # mypyc makes a plain property of it, which is computed each time.
            raise ValueError(f"{name}:{node.lineno}: a cached property")
    lines = source.split("\n")
    _finalize(tree, lines)
    for node in reversed(tree.body):
        if isinstance(node, ast.ClassDef):
            _write_methods(node, lines)
    text = "\n".join(lines)
    if text != source and _FUTURE not in text:
        raise ValueError(f"{name}: {_FUTURE} is missing")
    return text.replace(_FUTURE, f"{_FUTURE}; import dataclasses as _dataclasses; from typing import Final as _Final", 1)


def _finalize(tree: ast.Module, lines: list[str]) -> None:
    """Declare the names in capitals that a module assigns once as final; two that are assigned together each by itself."""
    stored = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    for node in tree.body:
        if not isinstance(node, ast.Assign) or len(node.targets) > 1:
            continue
        target, begin = node.targets[0], node.lineno - 1
        names = [each.id for each in (target.elts if isinstance(target, ast.Tuple) else [target]) if isinstance(each, ast.Name)]
        if not names or any(not name.isupper() or stored[name] > 1 for name in names):
            continue
        if isinstance(target, ast.Name):
            lines[begin] = lines[begin].replace(target.id, f"{target.id}: _Final", 1)
        elif isinstance(node.value, ast.Tuple) and len(node.value.elts) == len(names):
            parts = [f"{name}: _Final = {ast.unparse(value)}" for name, value in zip(names, node.value.elts, strict=True)]
            end = node.end_lineno or node.lineno
            lines[begin:end] = ["; ".join(parts), *[""] * (end - node.lineno)]


def _write_methods(node: ast.ClassDef, lines: list[str]) -> None:
    """Give a dataclass the methods that the decorator would make: always ``__init__``; the others where it is frozen."""
    decorator = next((d for d in node.decorator_list if isinstance(d, ast.Call) and ast.unparse(d.func) == "dataclass"), None)
    if decorator is None:
        return
    options = {str(k.arg): ast.literal_eval(k.value) for k in decorator.keywords}
    if not options.keys() <= {"frozen", "slots"} or node.bases:
        raise ValueError(f"{node.name}: {ast.unparse(decorator)}")
    fields = [stmt for stmt in node.body if isinstance(stmt, ast.AnnAssign) and isinstance(stmt.target, ast.Name)]
    parameters, assigned = zip(*map(_field, fields), strict=True)
    methods = [f"    def __init__(self, {', '.join(parameters)}) -> None: {'; '.join(assigned)}"]
    names = [ast.unparse(field.target) for field in fields]
    if options.get("frozen"):
        same = " and ".join(f"self.{name} == other.{name}" for name in names)
        methods.append(f"    def __eq__(self, other: object) -> bool: return isinstance(other, {node.name}) and {same}")
        methods.append(f"    def __hash__(self) -> int: return hash(({', '.join(f'self.{name}' for name in names)},))")
    # Blank lines stand behind the docstring and behind the class.
    begins = {node.body[0].end_lineno or 0, node.end_lineno or 0, (node.end_lineno or 0) + 1}
    for at in sorted(begins):
        if methods and at < len(lines) and not lines[at]:
            lines[at] = methods.pop()
    lines[node.end_lineno : node.end_lineno] = methods
    made = "init=False, eq=False" if options.get("frozen") else "init=False"
    lines[decorator.lineno - 1] = f"@_dataclasses.dataclass({made})"


def _field(field: ast.AnnAssign) -> tuple[str, str]:
    """A field's parameter, and its assignment."""
    name, kind, value = ast.unparse(field.target), ast.unparse(field.annotation), field.value
    if value is None:
        return f"{name}: {kind}", f"self.{name} = {name}"
    if not (isinstance(value, ast.Call) and ast.unparse(value.func) == "field"):
        return f"{name}: {kind} = {ast.unparse(value)}", f"self.{name} = {name}"
    given = {k.arg: k.value for k in value.keywords}
    if "default" in given:
        return f"{name}: {kind} = {ast.unparse(given['default'])}", f"self.{name} = {name}"
    if "default_factory" not in given:
        return f"{name}: {kind}", f"self.{name} = {name}"
    factory = given["default_factory"]
    made = ast.unparse(factory.body) if isinstance(factory, ast.Lambda) else f"{ast.unparse(factory)}()"
    return f"{name}: {kind} | None = None", f"self.{name} = {made} if {name} is None else {name}"


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        return list(self.config["compile-dependencies"]) if self._asked else []

    @property
    def _asked(self) -> bool:
        return self.target_name == "wheel" and os.environ.get("FANGZHI_COMPILE") == "1"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not self._asked or version == "editable":
            return
        root = Path(self.root)
        self._out = tempfile.TemporaryDirectory()
        out = Path(self._out.name)
        modules = write_copies(root, self.config["interpreted"], out)
        (out / "setup.py").write_text(SETUP, encoding="utf-8")
        config = str(root / "pyproject.toml")
        command = [sys.executable, "setup.py", "build", "--build-base", "build", "--build-lib", "lib", config, ",".join(modules)]
        subprocess.run(command, check=True, cwd=out, stdout=sys.stderr)
        library = out / "lib"
        built = {str(path): str(path.relative_to(library)) for path in library.rglob("*") if path.suffix in (".so", ".pyd")}
        build_data["force_include"].update(built)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_out"):
            self._out.cleanup()
