"""What is named to be checked → data: graph files as they are, pages built in memory: one command leads from a page to its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.loading import parsed
from kg.read.text import SUFFIXES

if TYPE_CHECKING:
    from kg.pipeline import Build, Problem


@dataclass(frozen=True, slots=True)
class Gathered:
    """Graph files and quads of everything together, the pages among it, and what is to be said of them beside findings."""

    data: Iterable[Path | ox.Quad]
    pages: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def pages_of(paths: Sequence[Path]) -> list[Path]:
    """The pages among files and in folders; whatever else is named is a graph file."""
    if all(path.is_file() and path.suffix not in SUFFIXES for path in paths):
        return []
    from kg.pipeline import find_pages  # with the reader, which takes its time

    return find_pages([path for path in paths if path.suffix in SUFFIXES or path.is_dir()])


def gather(
    paths: Sequence[Path], pages: Sequence[Path], issued: date | None = None, on_page: Callable[[Path, int], None] | None = None
) -> Gathered:
    """Build the pages, all of one issue date if that is given, and join them to the graph files among the paths."""
    graphs = [path for path in paths if path.suffix not in SUFFIXES]
    if not pages:
        return Gathered(graphs)
    from kg.pipeline import Builder

    build = Builder(issue_date=issued).build(pages, on_page)
    problems = tuple(problem for problem in build.problems if problem.level != "noted")
    return Gathered(chain(graphs, _quads(build)), tuple(pages), problems)


def _quads(build: Build) -> Iterator[ox.Quad]:
    for block in build.blocks:
        yield from parsed(block, ox.RdfFormat.N_QUADS, Path("-"), None)
