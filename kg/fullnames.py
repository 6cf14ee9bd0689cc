"""Firms, schools and hospitals by a part of the name that was given in full before: 渝润集团, 投资公司, 省水务集团."""

from __future__ import annotations

from collections.abc import Sequence

from kg.antecedents import Antecedents
from kg.lexicon import Lexicon
from kg.model import Organization
from kg.places import AreaReader

# 学院: an end of names has two characters or more.
LEAST_END = 2


class FullNames:
    """Knows such names again; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, antecedents: Antecedents) -> None:
        self.lexicon, self.areas, self.antecedents = lexicon, areas, antecedents

    def of(self, named: Organization, before: Sequence[Organization]) -> Organization | None:
        """The firm, school or hospital before whose name goes on as this one does, with another end: 投资公司 of 某局投资有限公司."""
        if named.area is not None or not named.name:
            # 省沿海水务集团 of 江苏省沿海水务集团有限公司
            longer = (o for o in reversed(before) if named.name and not o.public and o.area == named.area and o.parent is None)
            return next((o for o in longer if o.name.startswith(named.name) and o.name[len(named.name) :] in self.lexicon.ends), None)
        for cut in range(LEAST_END, len(named.name) - 1):
            top = self.antecedents.tops.get(named.name[cut:])
            if top is None:
                continue
            for body in reversed(before):
                head, stem, end = body.name.rpartition(named.name[:cut])
                if stem and self._shortened(head, end, named.name[cut:], body, top):
                    return body
                if (
                    head
                    and stem
                    and len(end) > len(named.name) - cut
                    and end.endswith(named.name[cut:])
                    and self.antecedents.tops.get(end) == top
                ):
                    return body
        return None

    def _shortened(self, head: str, end: str, tail: str, body: Organization, top: str) -> bool:
        """Whether a firm's short form has the first word of its name and one of its ends: 渝润集团 of 重庆渝润新材料集团有限公司."""
        of = self.lexicon.kinds.get(body.kind or "")
        if of is None or of.top != top or of.public or body.parent is not None or len(end) <= len(tail) or tail not in end:
            return False
        if end.startswith(tail) and end not in self.lexicon.ends:
            # 某大学 is no 某大学马克思主义学院.
            return False
        return not head or (body.area is not None and self.areas.seat(body.area).startswith(head))
