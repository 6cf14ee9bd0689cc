"""Files → sorted quads: the pages found, read, and what could not be read said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg import lexicon
from kg.graph import GraphBuilder
from kg.identity import Minter
from kg.namespaces import ID
from kg.read import UnreadableInput, read_page
from kg.read.text import SUFFIXES
from kg.reader import Reader


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a user should know of an input. ``level`` is ``error`` or ``warning``."""

    path: Path
    reason: str
    line: int | None = None
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Build:
    """What a build gives: sorted unique N-Quads lines without line ends, counts, and the problems."""

    lines: list[str]
    articles: int
    problems: list[Problem]
    text_size: int


def find_pages(paths: Sequence[Path]) -> list[Path]:
    """The pages at the paths, folders walked, each once, by name. Raises FileNotFoundError for a path that is not there."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update((p, None) for p in sorted(path.rglob("*")) if p.is_file() and p.suffix in SUFFIXES)
        elif path.exists():
            found[path] = None
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
    return sorted(found, key=lambda p: (p.name, str(p)))


class Builder:
    """Builds graphs of pages."""

    def __init__(self, base: str = ID, issue_date: date | None = None, min_confidence: float = 0.0) -> None:
        known = lexicon.load()
        self.reader = Reader(known)
        self.graph = GraphBuilder(known, self.reader.areas, Minter(base))
        self.issue_date, self.min_confidence = issue_date, min_confidence

    def build(self, paths: Sequence[Path], on_page: Callable[[Path, int], None] | None = None) -> Build:
        """The quads of all pages. An article that stands on two pages is kept once, from the first page by name."""
        lines: set[str] = set()
        problems: list[Problem] = []
        seen: dict[str, str] = {}
        articles = size = 0
        for path in sorted(paths, key=lambda p: (p.name, str(p))):
            try:
                page = read_page(path, self.issue_date)
            except UnreadableInput as error:
                problems.append(Problem(error.path, error.reason, error.line))
                continue
            size += len(page.text)
            count = 0
            for facts in self.reader.read(page):
                iri = self.graph.mint.article(facts.article)
                if iri in seen:
                    problems.append(Problem(path, f"an article repeats one of {seen[iri]}; kept once", page.text.count("\n", 0, facts.article.begin) + 1, "warning"))
                    continue
                seen[iri] = page.name
                lines.update(self.graph.quads(facts, self.min_confidence))
                count += 1
            if not count:
                problems.append(Problem(path, "no article found", None, "warning"))
            articles += count
            if on_page is not None:
                on_page(path, count)
        return Build(sorted(lines), articles, problems, size)
