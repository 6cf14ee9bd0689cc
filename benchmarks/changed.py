"""What ``kg validate --changed`` saves: the store of our annotated pages checked in full, and again after builds of some pages.

    python benchmarks/changed.py [--out FILE]

Method: a new process for each run, from its start to the report as JSON; processor time is the system's. After each build the report of
``--changed`` must be that of a full check, byte for byte. The pages that are built again say 副书记 for 书记, or the other way round.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from validation import ROOT, measured

COUNTS = (0, 1, 10, 50)


def checked(store: Path, out: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "kg", "validate", "--store", str(store), "--format", "json", *options]
    return measured(command, out)


def edited(page: Path) -> None:
    text = page.read_text("utf-8")
    new = text.replace("副书记", "书记") if "副书记" in text else text.replace("书记", "副书记")
    page.write_text(new, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results-changed.json"))
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages, store = folder / "pages", folder / "store"
        pages.mkdir()
        for path in sorted((ROOT / "tests" / "articles").glob("dev-*.txt")):
            shutil.copy(path, pages)
        named = [path for path in sorted(pages.iterdir()) if "书记" in path.read_text("utf-8")]
        build = [sys.executable, "-m", "kg", "build", "--store", str(store)]
        measured([*build, str(pages)], folder / "built.txt")
        rows = [{"run": "--changed, the first", **checked(store, folder / "changed.json", "--changed")}]
        for count in COUNTS:
            for page in named[:count]:
                edited(page)
            if count:
                measured([*build, *map(str, named[:count])], folder / "built.txt")
            rows.append({"run": f"--changed, {count} pages", **checked(store, folder / "changed.json", "--changed")})
            rows.append({"run": f"in full, {count} pages", **checked(store, folder / "full.json")})
            if (folder / "changed.json").read_bytes() != (folder / "full.json").read_bytes():
                raise SystemExit(f"{count} pages: the reports differ")
        document = json.loads((folder / "full.json").read_text("utf-8"))
        size = {"statements": document["triples"], "findings": sum(document["counts"].values()), "pages": len(list(pages.iterdir()))}
    out.write_text(json.dumps({"store": size, "runs": rows}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for row in rows:
        print(f"{row['run']:24} {row['processor_seconds']:6.2f} s of the processor  {row['peak_mb']:5} MB  {' '.join(row['said'])}")


if __name__ == "__main__":
    main()
