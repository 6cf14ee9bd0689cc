"""Bodies by their level and the end of their names: 县局, 市院 in a report on a police bureau or a court."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.bodies import Bodies
from kg.edges import may_end
from kg.extents import Extents
from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.places import AreaReader
from kg.searches import OrganizationSpan, Search

# How sure the body is: named in the article, or the like-named one of what contains its area.
_NAMED, _ABOVE = 0.9, 0.8
# 附城学校: a name of its own has so many characters.
_OWN = 4


class ShortBodies:
    """Reads such bodies; shared by all articles."""

    def __init__(self, lexicon: Lexicon, areas: AreaReader, bodies: Bodies, extents: Extents) -> None:
        self.areas, self.bodies, self.extents = areas, bodies, extents
        levels, ends = (sorted(words, key=len, reverse=True) for words in (lexicon.levels, lexicon.of_kind("ShortBodyCue")))
        self.pattern = re.compile(f"({'|'.join(map(re.escape, levels))})({'|'.join(map(re.escape, ends))})") if ends else None

    def read(self, search: Search) -> Iterator[OrganizationSpan]:
        """The bodies that the ones found so far explain, each of one meaning."""
        scan = search.scan
        hits = list(self.pattern.finditer(scan.text)) if self.pattern is not None else []
        known = list({s.organization.path: s.organization for s in search.found if s.given}.values()) if hits else []
        for hit in hits:
            begin, end = hit.span()
            word = scan.words.get(begin)
            if search.taken[begin] or not scan.may_part(begin) or not may_end(scan, end) or (word is not None and word[0] > end):
                continue
            like = [o for o in known if o.area is not None and o.parent is None and o.public and o.name.endswith(hit[2])]
            meant = self._meant(search, begin, hit[1], like)
            if meant is not None:
                yield self.extents.extend(search, begin, end, meant[0], True, meant[1])

    def areal(self, search: Search) -> Iterator[OrganizationSpan]:
        """The bodies that the list of areas has among the towns, which their names' ends say: 海林林业局, 海林农场."""
        scan = search.scan
        text, levels = scan.text, scan.levels
        named = [a for a in search.setting.spans if a.full and text[a.end - 1] not in levels and text[a.end - 2 : a.end] not in levels]
        if not named:
            return
        ends = {e: (b, kind) for b, e, kind in scan.suffixes if e - b > 1} | {e: (b, k) for b, hits in scan.kinds.items() for e, k in hits}
        further = {b for b, e, kind in scan.suffixes if e - b > 1 and not kind.public}
        for area in named:
            before = scan.word_before(area.begin)
            led = before is not None and before[1].startswith("n") and before[0] not in search.setting.by_begin
            if area.end in further or led:
                # 嫩江农场 | 有限公司, 庆安 | 国有林场管理局
                continue
            begin, kind = ends.get(area.end, (area.end, None))
            if area.full and kind is not None and area.begin < begin < area.end and scan.bounds[area.end]:
                yield OrganizationSpan(area.begin, area.end, self.bodies.named(area.name, None, kind), True)

    def _meant(self, search: Search, begin: int, level: str, like: list[Organization]) -> tuple[Organization, float] | None:
        """The one like-named body of that level; where none is named the one of what contains the area of the only one."""
        of_level = [o for o in like if o.area is not None and self.areas.has_level(o.area, level)]
        if len(of_level) == 1:
            return of_level[0], _NAMED
        if of_level or len(like) != 1 or like[0].area is None:
            return None
        above = next((code for code in self.areas.chain(like[0].area)[1:] if self.areas.has_level(code, level)), None)
        return (self.bodies.reseat(like[0], above), _ABOVE) if above is not None else None


def _ending(given: Mapping[str, Organization], name: str, levels: frozenset[str]) -> Organization | None:
    """The one body whose printed name, behind a place in full, ends with a name of its own: 卢阳镇 | 附城学校."""
    ends = [(printed.removesuffix(name), body) for printed, body in given.items() if len(name) >= _OWN and printed.endswith(name)]
    bodies = {body.path: body for before, body in ends if before[-1:] in levels}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def as_named(scan: Scan, spans: Sequence[OrganizationSpan], joiners: Collection[str]) -> list[OrganizationSpan]:
    """The bodies with those of no area as another place in the text has them: with one, or with one more character before.

    京山农场 behind 在 and at a clause's beginning; 大西沟矿业公司 and what the segmentation leaves of it behind 深入. What another
    place has without the area that a joiner follows, is no body of it: 太平镇 | 和 | 善洲林场.
    """
    text = scan.text
    placed = {text[s.begin : s.end]: s.organization for s in spans if s.organization.area is not None and s.given and not s.unit}
    wholes = [
        s.organization.parent or s.organization for s in spans if text.startswith((s.organization.parent or s.organization).name, s.begin)
    ]
    named = {whole.name: whole for whole in wholes if whole.area is None}
    given = {text[s.begin : s.end]: s.organization for s in spans if s.given and not s.unit}
    own = {text[s.begin : s.end]: s.organization for s in spans if not s.unit}
    ends = [e for b, e, _ in scan.areas if b in scan.full_areas and text[e : e + 1] in joiners]
    out = []
    for span in spans:
        joined = [e for e in ends if span.begin < e < span.end and text[e + 1 : span.end] in own]
        if joined:
            span = replace(span, begin=joined[0] + 1, organization=own[text[joined[0] + 1 : span.end]])
        alone = span.organization.area is None and span.organization.parent is None
        known = placed.get(text[span.begin : span.end]) if alone else None
        longer = named.get(text[span.begin - 1 : span.end]) if alone and span.begin else None
        whole = _ending(given, text[span.begin : span.end], scan.levels) if alone and not span.given else None
        if known is not None:
            span = replace(span, organization=known, given=True)
        elif longer is not None:
            span = replace(span, begin=span.begin - 1, organization=longer)
        elif whole is not None:
            span = replace(span, organization=whole, given=True)
        out.append(span)
    return out
