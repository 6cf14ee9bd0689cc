"""How fast pages become N-Quads, beside jieba.posseg over the same text.

    python benchmarks/rate.py [PATH ...] [--copies N] [--rounds N] [--out benchmarks/results.json]

Input: text pages; by default our own annotated items (tests/articles: short, and made to be difficult: four times the facts of a
newspaper page to the character) and, where they are, the five newspaper pages. Each copy of a page gets other numbers, so that no
article repeats another. Method: one core, in one run. *In process*: everything is loaded and both have run over all the text once; `kg`
reads the files and makes all N-Quads in order, encoded; jieba.posseg cuts and tags the same text, which it has in memory
already. The two take turns, now one and now the other first; the ratio is that of the medians of their times. The items, some seven
hundred pages, are taken once, in three rounds; the newspaper pages, which are five, eight times, in nine.
*Whole*: a new process each, with start, loading, and writing the file (jieba: its dictionary from its cache).
Output: the ratios, the rates, and the machine. No test depends on time.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import jieba
import jieba.posseg

from kg import reader
from kg.pipeline import Builder, find_pages
from kg.read import read_page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
NEWSPAPERS = ROOT.parent / "shared" / "seeds"
# A number that is no day, month or year: it may become another without changing what a page says.
_NUMBER = re.compile(r"\d+(?![\d\s]*[年月日])")
_TAG = (
    "import sys, jieba, jieba.posseg as tagger; jieba.setLogLevel(60); "
    "sum(1 for name in sys.argv[1:] for _ in tagger.cut(open(name, encoding='utf-8').read()))"
)


def copies(paths: Sequence[Path], count: int, folder: Path) -> list[Path]:
    """Write each page so many times, every time with other numbers."""
    written = []
    for path in find_pages(paths):
        text = read_page(path).text
        for copy in range(count):
            page = folder / f"{path.stem}-copy{copy:03}.txt"
            page.write_text(_NUMBER.sub(lambda match, copy=copy: str(int(match[0]) + copy), text), encoding="utf-8")
            written.append(page)
    return written


def clock(action: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def compare(ours: Callable[[], object], theirs: Callable[[], object], rounds: int, size: int) -> dict[str, float]:
    """Rates in megabytes (10⁶ bytes of UTF-8) a second, and their ratio; the two take turns."""
    pairs = []
    for turn in range(rounds):
        first, second = (ours, theirs) if turn % 2 == 0 else (theirs, ours)
        times = clock(first), clock(second)
        pairs.append(times if turn % 2 == 0 else times[::-1])
    kg, posseg = (median(column) for column in zip(*pairs, strict=True))
    return {
        "kg_mb_per_s": round(size / kg / 1e6, 3),
        "jieba_posseg_mb_per_s": round(size / posseg / 1e6, 3),
        "ratio": round(posseg / kg, 2),
        "ratio_least": round(min(p / k for k, p in pairs), 2),
        "ratio_most": round(max(p / k for k, p in pairs), 2),
    }


def measure(paths: Sequence[Path], count: int, rounds: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        pages = copies(paths, count, Path(folder))
        texts = [page.read_text(encoding="utf-8") for page in pages]
        size = sum(len(text.encode()) for text in texts)
        builder = Builder()
        build = builder.build(pages)
        jieba.setLogLevel(logging.CRITICAL)
        for text in texts:
            jieba.posseg.lcut(text)
        inside = compare(
            lambda: list(builder.build(pages).blocks.encoded()),
            lambda: [jieba.posseg.lcut(text) for text in texts],
            rounds,
            size,
        )
        names = [str(page) for page in pages]
        out = str(Path(folder) / "out.nq")
        whole = compare(
            lambda: subprocess.run([sys.executable, "-m", "kg", "build", folder, "-o", out], check=True, capture_output=True, cwd=folder),
            lambda: subprocess.run([sys.executable, "-c", _TAG, *names], check=True, capture_output=True),
            rounds,
            size,
        )
    return {
        "text": {"pages": len(pages), "articles": build.articles, "characters": build.text_size, "bytes": size, "quads": len(build)},
        "in_process": inside,
        "whole_process": whole,
        "rounds": rounds,
    }


def machine() -> dict[str, str | int | None]:
    cpu = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.is_file():
        names = re.findall(r"(?m)^model name\s*:\s*(.+)$", information.read_text())
        cpu = names[0] if names else cpu
    packages = ("ahocorasick_rs", "jieba", "rjieba", "pyoxigraph")
    return {
        "cpu": cpu,
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        **{package: version(package) for package in packages},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--copies", type=int, help="of each page; 8 of the newspaper pages, else 1")
    parser.add_argument("--rounds", type=int, help="9 of the newspaper pages, else 3")
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        # Child processes inherit it.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sets = {"given": options.paths} if options.paths else {"items": [ROOT / "tests" / "articles"], "newspaper pages": [NEWSPAPERS]}
    measured = {}
    for name, paths in sets.items():
        copied, rounds = (8, 9) if paths == [NEWSPAPERS] else (1, 3)
        if all(p.exists() for p in paths):
            measured[name] = measure(paths, options.copies or copied, options.rounds or rounds)
    results = {
        "what": "kg build (text to N-Quads) against jieba.posseg over the same text, one core, one run",
        "compiled": Path(reader.__file__).suffix != ".py",
        **measured,
        "machine": machine(),
    }
    text = json.dumps(results, ensure_ascii=False, indent=1) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
