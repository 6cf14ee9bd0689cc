"""Standing facts: what follows of an area or a body from the seeds and its name, whichever article names it."""

from __future__ import annotations

from collections.abc import Container, Iterator

from kg import terms as t
from kg.graph import ArticleGraph
from kg.identity import Minter
from kg.model import Organization
from kg.places import AreaReader
from kg.terms import is_a, predicate
from kg.writers import merged, quoted

_IS_ORGANIZATION = is_a("kg:Organization", "org:Organization")
_CODE, _SEAT = predicate("kg:adminCode"), predicate("kg:jurisdiction")
_CLASSIFIED, _UNIT_OF = predicate("org:classification"), predicate("org:subOrganizationOf")

BodyKey = tuple[str | None, ...]


class StandingFacts:
    """Makes the lines of areas and bodies, each once."""

    def __init__(self, areas: AreaReader, minter: Minter, public_kinds: Container[str] = ()) -> None:
        self.areas, self.mint, self.public_kinds = areas, minter, public_kinds
        self.place_graph = f"<{minter.base}graph/places>"
        self.organization_graph = f"<{minter.base}graph/organizations>"
        self._areas: dict[str, tuple[str, str]] = {}
        self._bodies: dict[BodyKey, tuple[str, str]] = {}

    def area(self, code: str) -> tuple[str, str]:
        """The subject and the lines of an area."""
        known = self._areas.get(code)
        if known is None:
            s = f"<{self.mint.area(code)}>"
            known = self._areas[code] = s, merged(self._area_lines(s, code))
        return known

    def body(self, body: Organization, key: BodyKey) -> tuple[str, str]:
        """The subject and the lines of a body; ``key`` is what they depend on."""
        known = self._bodies.get(key)
        if known is None:
            s = f"<{self.mint.organization(body)}>"
            known = self._bodies[key] = s, merged(self._body_lines(s, body))
        return known

    def _area_lines(self, s: str, code: str) -> Iterator[str]:
        area, g, shown = self.areas.area(code), f" {self.place_graph} .", self.areas.label(code)
        yield from (f"{s}{cls}{g}" for cls in t.IS_PLACE)
        yield f"{s}{t.LABEL}{quoted(shown)}{g}"
        yield f"{s}{t.LABEL}{quoted(shown)}@zh{g}"
        for form in area.forms:
            if form != shown and len(form) > 1:
                yield f"{s}{t.ALT_LABEL}{quoted(form)}@zh{g}"
        if code.isdigit():
            yield f"{s}{_CODE}{quoted(code.ljust(6, '0'))}{g}"
        if area.parent:
            yield f"{s}{t.WITHIN}<{self.mint.area(area.parent)}>{g}"

    def _body_lines(self, s: str, body: Organization) -> Iterator[str]:
        g, name = f" {self.organization_graph} .", quoted(body.name)
        yield from (f"{s}{cls}{g}" for cls in _IS_ORGANIZATION)
        yield f"{s}{t.LABEL}{name}{g}"
        yield f"{s}{t.LABEL}{name}@zh{g}"
        if body.formal and body.formal != body.name:
            yield f"{s}{t.ALT_LABEL}{quoted(body.formal)}@zh{g}"
        # A firm's union is no public body: it is not classified as one.
        if body.kind and (body.public or body.kind not in self.public_kinds):
            yield f"{s}{_CLASSIFIED}{t.concept('kind', body.kind)}{g}"
        if body.area:
            yield f"{s}{_SEAT}<{self.mint.area(body.area)}>{g}"
        if body.parent is not None:
            yield f"{s}{_UNIT_OF}<{self.mint.organization(body.parent)}>{g}"


class Standing:
    """Collects what the articles of one build name. Which lines there are does not depend on the articles' order."""

    def __init__(self, facts: StandingFacts) -> None:
        self._facts = facts
        self._areas: set[str] = set()
        self._bodies: set[BodyKey] = set()
        self._places: dict[str, str] = {}
        self._organizations: dict[str, str] = {}

    def add(self, article: ArticleGraph) -> list[str]:
        """The lines of what no article before has named, so that a caller may write them as they come."""
        new: list[str] = []
        for code in article.areas:
            if code not in self._areas:
                self._add_area(code, new)
        for organization in article.organizations:
            body: Organization | None = organization
            while body is not None:
                parent = body.parent
                key = (body.path, body.name, body.kind, body.formal, body.area, parent.path if parent is not None else None)
                if key not in self._bodies:
                    self._add_body(body, key, new)
                body = parent
        return new

    def graphs(self) -> dict[str, tuple[str, ...]]:
        """The lines of each subject, in order, by the graph's IRI."""
        found = {self._facts.place_graph: self._places, self._facts.organization_graph: self._organizations}
        return {graph[1:-1]: tuple([nodes[s] for s in sorted(nodes)]) for graph, nodes in found.items() if nodes}

    def _add_body(self, body: Organization, key: BodyKey, new: list[str]) -> None:
        # Articles may see one body differently (its kind, its formal name): then all that they say is said.
        self._bodies.add(key)
        s, lines = self._facts.body(body, key)
        known = self._organizations.get(s)
        self._organizations[s] = lines if known is None else merged((known, lines))
        new.append(lines)
        if body.area is not None and body.area not in self._areas:
            self._add_area(body.area, new)

    def _add_area(self, code: str, new: list[str]) -> None:
        for above in self._facts.areas.chain(code):
            if above not in self._areas:
                self._areas.add(above)
                s, lines = self._facts.area(above)
                self._places[s] = lines
                new.append(lines)
