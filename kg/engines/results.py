"""What every engine returns: one result of SHACL, before it is given words and an address."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from kg.namespaces import PREFIXES

SH = PREFIXES["sh"]
Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Result:
    """``shape`` is the node of the shapes graph that failed, blank or not; ``path`` only where it is not that shape's own.

    ``messages`` are the engine's own words; those of the shape come first.
    """

    shape: Subject
    focus: Term
    component: str
    severity: str
    value: Term | None = None
    path: str | None = None
    messages: tuple[ox.Literal, ...] = ()
