"""Build hook: compiles the reading stages with mypyc into a wheel for one platform, where ``FANGZHI_COMPILE=1`` asks for it.

Without it the wheel is pure Python and needs no compiler. The same modules, the same bytes out; only the rate differs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SETUP = """
import sys
from pathlib import Path

from mypyc.build import mypycify
from setuptools import setup

arguments = ["--strict", *sys.argv.pop().split(",")]
modules = mypycify(arguments, opt_level="2", debug_level="0", target_dir=str(Path(__file__).parent / "c"))
setup(name="fangzhi", packages=[], ext_modules=modules)
"""


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
        left = {root / name for name in self.config["interpreted"]}
        modules = sorted(path for path in root.glob("kg/**/*.py") if not left & {path, *path.parents} and path.name != "__init__.py")
        self._out = tempfile.TemporaryDirectory()
        setup = Path(self._out.name, "setup.py")
        setup.write_text(SETUP, encoding="utf-8")
        names = ",".join(str(path.relative_to(root)) for path in modules)
        command = [sys.executable, str(setup), "build", "--build-base", self._out.name, "--build-lib", f"{self._out.name}/lib", names]
        subprocess.run(command, check=True, cwd=root, stdout=sys.stderr)
        library = Path(self._out.name, "lib")
        built = {str(path): str(path.relative_to(library)) for path in library.rglob("*") if path.suffix in (".so", ".pyd")}
        build_data["force_include"].update(built)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_out"):
            self._out.cleanup()
