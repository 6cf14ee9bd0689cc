"""Files → quads: the pages found, read, and what could not be read said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg import lexicon
from kg.confidence import Calibration
from kg.graph import ArticleGraph, GraphBuilder
from kg.identity import Minter
from kg.misprints import impossible_days
from kg.model import Facts, Page
from kg.namespaces import ID
from kg.octets import words_of
from kg.read import UnreadableInput, read_page
from kg.read.text import SUFFIXES
from kg.reader import Reader
from kg.spool import Spool
from kg.standing import Standing, StandingFacts


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a user should know of an input. ``level`` is ``error``, ``warning``, or ``noted``: a warning that the graph holds too."""

    path: Path
    reason: str
    line: int | None = None
    level: str = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Built:
    """What one page gives. ``name`` is what its articles call their source, None where the page could not be read.

    ``standing`` are lines (octets) of standing facts that no page before has given.
    """

    path: Path
    name: str | None
    articles: tuple[ArticleGraph, ...]
    standing: tuple[str, ...]
    problems: tuple[Problem, ...]
    text_size: int

    @property
    def blocks(self) -> list[str]:
        """N-Quads, whole lines: each article's together."""
        return [*(block for article in self.articles for block in article.blocks), *map(words_of, self.standing)]


@dataclass(frozen=True, slots=True)
class Build:
    """All that a build gives. Each block holds the N-Quads lines of one graph; no line is twice.

    The lines are in order (of code points) by graph, then by line. ``size`` counts them.
    """

    blocks: Spool
    size: int
    articles: int
    problems: list[Problem]
    text_size: int

    @property
    def lines(self) -> list[str]:
        """The N-Quads lines without line ends."""
        return "".join(self.blocks).split("\n")[:-1]

    def __len__(self) -> int:
        return self.size


def find_pages(paths: Sequence[Path]) -> list[Path]:
    """The pages at the paths, folders walked, each once, by name. Raises FileNotFoundError for a path that is not there."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            pages = [p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file()]
        elif path.exists():
            pages = [path]
        else:
            raise FileNotFoundError(f"{path}: no such file or folder")
        for page in sorted(pages):
            found.setdefault(page.resolve(), page)
    return sorted(found.values(), key=_order)


def _order(path: Path) -> tuple[str, str]:
    return path.name, str(path)


class Builder:
    """Builds graphs of pages."""

    def __init__(
        self, base: str = ID, issue_date: date | None = None, min_confidence: float = 0.0, calibration: Calibration | None = None
    ) -> None:
        self.reader = Reader(lexicon.load())
        self.mint = Minter(base)
        self.graph = GraphBuilder(self.reader.areas, self.mint, calibration)
        public = frozenset(kind.name for kind in self.reader.lexicon.kinds.values() if kind.public)
        self.standing = StandingFacts(self.reader.areas, self.mint, public)
        self.issue_date, self.min_confidence = issue_date, min_confidence

    def stream(self, paths: Sequence[Path]) -> Iterator[Built]:
        """One page after another, by file name. An article that stands on two pages is kept once, from the first."""
        return self._pages(paths, Standing(self.standing))

    def build(self, paths: Sequence[Path], on_page: Callable[[Path, int], None] | None = None) -> Build:
        """All pages together: the same for any order of the paths."""
        standing = Standing(self.standing)
        spool = Spool()
        problems: list[Problem] = []
        articles = lines = size = 0
        for built in self._pages(paths, standing):
            lines += sum([spool.put_triples(article.iri, article.nodes) for article in built.articles])
            problems += built.problems
            articles += len(built.articles)
            size += built.text_size
            if on_page is not None:
                on_page(built.path, len(built.articles))
        lines += sum([spool.put(name, blocks) for name, blocks in standing.graphs().items()])
        return Build(spool, lines, articles, problems, size)

    def _pages(self, paths: Sequence[Path], standing: Standing) -> Iterator[Built]:
        seen: dict[str, str] = {}
        for path in sorted(paths, key=_order):
            try:
                page = read_page(path, self.issue_date)
            except UnreadableInput as error:
                yield Built(path, None, (), (), (Problem(error.path, error.reason, error.line),), 0)
                continue
            problems: list[Problem] = []
            found: list[ArticleGraph] = []
            new: list[str] = []
            read = self.reader.read(page)
            problems += self._misprints(path, page, read)
            for facts in read:
                iri = self.mint.article(facts.article)
                if iri in seen:
                    line = _line(page.text, facts.article.begin)
                    problems.append(Problem(path, f"an article repeats one of {seen[iri]}; kept once", line, "warning"))
                    continue
                seen[iri] = page.name
                article = self.graph.article(facts, iri, self.min_confidence)
                new += standing.add(article)
                found.append(article)
            if not read:
                problems.append(Problem(path, "no article found", None, "warning"))
            yield Built(path, page.name, tuple(found), tuple(new), tuple(problems), len(page.text))

    def _misprints(self, path: Path, page: Page, read: Sequence[Facts]) -> Iterator[Problem]:
        """Days that no calendar has; those inside an article are in its graph, in a masthead they are not."""
        noted = {facts.article.span(*day)[0] for facts in read for day in facts.impossible_days}
        for begin, end in impossible_days(page.text, self.reader.lunar):
            level = "noted" if begin in noted else "warning"
            words = "".join(page.text[begin:end].split())
            yield Problem(path, f"no calendar has this day: {words}", _line(page.text, begin), level)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
