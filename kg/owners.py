"""Whose page it is: the firm, school or hospital in its masthead, which 公司 and 我校 mean where the article names none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from kg import settings
from kg.lexicon import Lexicon
from kg.mentions import scan
from kg.model import Article, Organization, Page
from kg.organizations import OrganizationReader
from kg.places import AreaReader

# A masthead has at most so many characters; more is text that was not understood.
_MASTHEAD = 300


class OwnerReader:
    """Reads the owners of pages; shared by all."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: OrganizationReader) -> None:
        self.lexicon, self.areas, self.bodies = lexicon, areas, bodies
        own = (kind for kind in lexicon.kinds.values() if kind.own_pages and not kind.inner)
        words = {cue for kind in own for cue in lexicon.kind_cues.get(kind.name, ()) if len(cue) > 1}
        # A look for such words: most mastheads have none.
        self._ends = re.compile("|".join(sorted(map(re.escape, words)))) if words else re.compile("(?!)")

    def of_page(self, page: Page, articles: Sequence[Article]) -> Callable[[], Organization | None]:
        """The owner, looked for when it is asked for; None for a page with no or several such bodies before its first article."""
        head = page.text[: min((a.origins[0] for a in articles if a.origins), default=0)]
        return cache(partial(self._named, page.name, head))

    def _named(self, name: str, head: str) -> Organization | None:
        if len(head) > _MASTHEAD or self._ends.search(head) is None:
            return None
        found = scan(Article(name, 0, len(head), head, (0,), (0,), 0), self.lexicon)
        (setting,) = settings.of_page([found], "", [""], self.areas)
        wholes: dict[str, Organization] = {}
        for span in self.bodies.read(found, setting):
            whole = span.organization
            while whole.parent is not None:
                whole = whole.parent
            kind = self.lexicon.kinds.get(whole.kind or "")
            if kind is not None and kind.own_pages and not kind.inner and not (span.unit and whole is span.organization):
                wholes[whole.path] = whole
        return next(iter(wholes.values())) if len(wholes) == 1 else None
