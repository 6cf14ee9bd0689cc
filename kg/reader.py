"""Page → the facts of its articles: the one place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import rjieba

from kg import addressed, contracted, documents, settings, sites
from kg.bodies import Bodies
from kg.boundaries import of_members, several
from kg.bylines import BylineReader
from kg.clauses import dateline_end, held_meetings
from kg.dates import Calendar, page_year
from kg.events import EventReader
from kg.layout import Layout
from kg.lexicon import Lexicon
from kg.linecues import LayoutCues
from kg.mentions import Scan, han, scan
from kg.misprints import impossible_days
from kg.model import Article, Facts, Mention, Organization, Page, Place
from kg.names import Names
from kg.offsets import covered
from kg.organizations import OrganizationReader
from kg.owners import OwnerReader
from kg.persons import Finder
from kg.places import AreaReader, Setting
from kg.posts import PostReader
from kg.predicates import Person
from kg.recall import Chain
from kg.searches import OrganizationSpan

# How sure a person is whose name no post and no score speaks for: as of score 3.
_UNSCORED = 0.74
# The first word of a body's own name has at least so many characters.
_LEAST_NAME = 2
_WIDE = "０１２３４５６７８９"
_NARROW = {ord(wide): str(k) for k, wide in enumerate(_WIDE)}
_TELLING = frozenset({"v", "m", "q", "d", "p", "c", "u", "uj", "r", "t"})


class Reader:
    """Reads pages. One reader serves any number of pages; none leaves a trace in it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.layout = Layout(LayoutCues.of(lexicon))
        self.areas = AreaReader(lexicon)
        kind = lexicon.of_kind
        bodies = Bodies(lexicon, self.areas)
        self.bodies = OrganizationReader(lexicon, self.areas, bodies)
        self.owners = OwnerReader(lexicon, self.areas, self.bodies)
        levels = {level for body in lexicon.kinds.values() for level in body.levels} | set(self.bodies.villages.levels)
        self.names = Names(
            lexicon.gazetteer,
            lexicon.name_elements,
            kind("ListJoinerCue"),
            kind("PersonSuffixCue"),
            {level[-1] for level in levels},
            kind("NameNoteCue"),
        )
        self.posts = PostReader(lexicon, self.areas, bodies)
        self.bylines = BylineReader(lexicon)
        self.lunar = kind("LunarCue")
        self.events = EventReader(self.areas, lexicon.kinds)

    def read(self, page: Page) -> list[Facts]:
        """The facts of a page's articles, in the order of the page. Wide digits are read as the usual ones; what is quoted has them."""
        source, page = page.text, _narrowed(page)
        articles = [replace(a, source=source) if a.source is not source else a for a in self.layout.articles(page)]
        year = page_year([a.text for a in articles], self.lexicon.of_kind, articles[0].issue_date if articles else None)
        scans = [scan(a, self.lexicon) for a in articles]
        for each in scans:
            addressed.part_bodies(each, self.names)
            addressed.part_areas(each, self.names)
            each.addressed, each.shared = addressed.starts(each, self.names), contracted.ends(each)
        found = settings.of_page(scans, *_outside(page, articles), self.areas)
        owner = self.owners.of_page(page, articles)
        return [self._article(s, setting, year, owner) for s, setting in zip(scans, found, strict=True)]

    def _article(self, found: Scan, setting: Setting, year: int | None, owner: Callable[[], Organization | None]) -> Facts:
        article = found.article
        finder = Finder(self.names, found)
        reporters, bylines = self.bylines.read(found)
        bodies = [s for s in self.bodies.read(found, setting, owner) if not any(b <= s.begin < e for b, e in bylines)]
        held = held_meetings(found, ((s.begin, s.end) for s in bodies))
        bodies = [s for s in bodies if (s.begin, s.end) not in held] if held else bodies
        chains = self.posts.read(found, setting, bodies, finder, owner)
        chains = [c for c in chains if not any(b <= c.begin < e for b, e in bylines)]
        known = [n.name for c in chains for n in c.names]
        blocked = [*bylines, *found.documents]
        loose = finder.untitled(known, [*blocked, *((s.begin, s.end) for s in bodies), *((c.begin, c.end) for c in chains)])
        people = finder.everywhere([*(n for c in chains for n in c.names), *loose], blocked)
        crossed = covered(found.text, [(n.begin + 1, n.end) for n in people])
        # 彭秋 | 华为新兵送行; 章海清、冯树等8家企业负责人
        named = {(n.begin, n.end) for n in people}
        bodies = [s for s in bodies if not crossed[s.begin] and (s.begin, s.end) not in named]
        tenures = _unique([t for c in chains for t in c.tenures])
        officials = {t.person for t in tenures}
        days = Calendar(article.issue_date, year).days(found)
        visited = sites.read(found, setting, bodies, self.areas, [(n.begin, n.end) for n in people])
        visited = [*visited, *self.bodies.corps.places(found, setting)]
        wrote = {str(r.thing) for r in reporters}
        persons = [Person(n.begin, n.end, n.name, n.name in officials) for n in people if n.name in officials or n.name not in wrote]
        events = self.events.read(found, setting, bodies, persons, tenures, days, visited, lambda: owner() or self._home(found, bodies))
        scores = {n.name: n.score for c in chains for n in c.names} | {n.name: n.score - 2 for n in loose}
        sure = {name: round(max(0.3, min(0.98, 0.55 + score / 16)), 2) for name, score in scores.items()}
        mentions = {n.name: Mention(n.begin, n.end, n.name, sure.get(n.name, _UNSCORED)) for n in reversed(people)}
        names = [*bylines, *((n.begin, n.end) for n in people)]
        return Facts(
            article,
            setting.locality,
            article.issue_date,
            tuple(reporters),
            tuple(sorted(mentions.values(), key=lambda m: m.begin)),
            tuple(self._bodies(found, bodies, chains)),
            tuple(self._places(found, setting, bodies, visited, names)),
            tuple(documents.read(found, setting)),
            tuple(tenures),
            events,
            tuple(impossible_days(article.text, self.lunar)),
        )

    def _home(self, found: Scan, bodies: Sequence[OrganizationSpan]) -> Organization | None:
        home = self.bodies.references.antecedents.home(found, bodies)
        kind = self.lexicon.kinds.get(home.kind or "") if home is not None else None
        return home if kind is not None and kind.own_pages else None

    @staticmethod
    def _lead(found: Scan) -> int:
        """Where the lead ends: behind the first two sentences of some length."""
        sentences = [s for s in found.sentences if s[0] >= found.article.body and s[1] - s[0] > 12]
        return sentences[min(1, len(sentences) - 1)][1] if sentences else found.article.body

    def _bodies(self, found: Scan, spans: Sequence[OrganizationSpan], chains: Sequence[Chain]) -> list[Mention]:
        """The bodies that are listed, each once: in a title chain as the chain resolved them, and the body that a unit there belongs to.

        A body named by its kind alone (督导组, 城运中心) is the one named before that ends so; else it counts only up to ``lead``.
        """
        lead, joiners, kinds = self._lead(found), self.names.joiners, self.lexicon.kinds
        paper = dateline_end(found)
        in_chain, unseated = {}, set()
        for chain in chains:
            for tenure in chain.tenures:
                if tenure.organization is None:
                    unseated.add(tenure.begin)
                elif not tenure.organization.collective:
                    in_chain[tenure.begin] = tenure.organization
        out: dict[str, Mention] = {}
        listed = common = -9
        named: list[str] = []
        for span in spans:
            organization = in_chain.get(span.begin, span.organization)
            if (organization.area is None and span.unit and not span.given and span.begin not in in_chain) or found.in_document(span.begin):
                continue
            if found.article.body <= span.begin < paper:
                # 某某新闻网讯
                continue
            shared = common >= 0 and found.text[common : span.begin] in joiners and all(b != span.begin for b, _, _ in found.areas)
            if shared or (not span.given and several(found, span.begin)):
                # 两省党委、政府
                common = span.end
                continue
            kind = kinds.get(span.organization.kind or "")
            if span.begin in unseated and not span.given and kind is not None and kind.top in self.bodies.references.party:
                # 纪委书记甲 of a school that nothing names: the county's is not meant.
                continue
            if kind is not None and kind.standing is not None and of_members(found, span.end):
                # 县人大 | 代表: what somebody is, and no body that does anything.
                continue
            if kind is not None and organization.path in self.lexicon.kind_cues.get(kind.name, ()) and "{" in (kind.short or ""):
                # 宣传部 of a county that nothing names.
                continue
            longer = (name for name in named if name != organization.name and name.endswith(organization.name))
            if kind is not None and not kind.public and not kind.own_pages and any(longer):
                # 江苏商会 for 某区工商联江苏商会
                continue
            own = kind is not None and not kind.inner and not kind.party_unit and _own_name(found, span)
            beside = found.text[listed : span.begin] in joiners if listed >= 0 else False
            if span.begin not in in_chain and not span.given and span.confidence <= 0.8 and not beside and not own:
                name = span.organization.path.rpartition("/")[2]
                if any(m.thing.name.endswith(name) for m in out.values() if isinstance(m.thing, Organization)):
                    continue
                if span.begin > lead:
                    continue
            listed = span.end
            named.append(organization.name)
            out.setdefault(organization.path, Mention(span.begin, span.end, organization, span.confidence))
            away = {e for b, e, _ in found.cues.get("StationedCue", ()) if span.begin < b < span.end}
            office = bool(away) and any(b in away for b, _, _ in found.areas)
            if span.begin in in_chain and organization.parent is not None and not office:
                # Not of 某市政府 | 驻某地办事处.
                out.setdefault(organization.parent.path, Mention(span.begin, span.end, organization.parent, span.confidence))
        return list(out.values())

    def _places(
        self,
        found: Scan,
        setting: Setting,
        bodies: Sequence[OrganizationSpan],
        visited: Sequence[Mention],
        people: Iterable[tuple[int, int]],
    ) -> list[Mention]:
        """The places that are listed: what the article is about, sites, and areas; not inside a body's name save where people went."""
        inside = covered(found.text, [*[(s.begin, s.end) for s in bodies], *[(m.begin, m.end) for m in visited]])
        named = covered(found.text, people)
        gone_to = sites.introduced(found, setting, visited, self.areas)
        out: dict[str, Mention] = {}
        for area in setting.spans:
            code = area.area
            if code is None or code in out or (inside[area.begin] and area.begin not in gone_to):
                continue
            if self.areas.areas[code].level == "region" or found.in_document(area.begin) or named.find(1, area.begin, area.end) >= 0:
                continue
            if not area.full and found.has_cue(area.end, "DatelineCue"):
                # 昆山 | 网讯
                continue
            out[code] = Mention(area.begin, area.end, Place(self.areas.label(code), code), 0.8)
        if setting.locality is not None:
            place = Place(self.areas.label(setting.locality), setting.locality)
            first = next((s for s in setting.spans if s.area == setting.locality), None)
            if first is not None:
                out.setdefault(place.path, Mention(first.begin, first.end, place, 0.9))
            elif (body := next((b for b in bodies if b.organization.area == setting.locality), None)) is not None:
                # 县委 stands for the county that the page's source line names.
                out.setdefault(place.path, Mention(body.begin, body.end, place, 0.7))
        names: list[str] = []
        for mention in sorted(visited, key=lambda m: -len(m.thing.name) if isinstance(m.thing, Place) else 0):
            assert isinstance(mention.thing, Place)
            own = mention.thing.name
            if not any(name.endswith(own) and not name.removesuffix(own).endswith(tuple(self.names.joiners)) for name in names):
                # 浙江商会 for 某市浙江商会, and a village named with its town and without
                out.setdefault(mention.thing.path, mention)
                names.append(own)
        return sorted(out.values(), key=lambda m: m.begin)


def _narrowed(page: Page) -> Page:
    """A page with ５月８日 as 5月8日, at the same offsets."""
    return page if not any(digit in page.text for digit in _WIDE) else replace(page, text=page.text.translate(_NARROW))


def _outside(page: Page, articles: Sequence[Article]) -> tuple[str, list[str]]:
    """The page's text outside its articles, and the text inside each one's span that is not read with it (source lines).

    A page with one article has all of it for its own.
    """
    own, shared, at = [], [], 0
    for article in articles:
        shared.append(page.text[at : article.begin])
        at = max(at, article.end)
        gaps, last = [], article.begin
        for i, origin in enumerate(article.origins):
            if origin > last:
                gaps.append(page.text[last:origin])
            size = (article.starts[i + 1] if i + 1 < len(article.starts) else len(article.text)) - article.starts[i]
            last = max(last, origin + size)
        own.append("\n".join(gaps))
    shared.append(page.text[at:])
    if len(articles) == 1:
        return "", ["\n".join((*own, *shared))]
    return "\n".join(shared), own


def _unique(tenures: Sequence[object]) -> list:  # type: ignore[type-arg]
    out = {}
    for t in tenures:
        key = (t.person, t.organization.path if t.organization else None, t.title)  # type: ignore[attr-defined]
        if key not in out:
            out[key] = t
    return list(out.values())


def _own_name(found: Scan, span: OrganizationSpan) -> bool:
    """Whether a body is named by a name of its own, which begins with a proper noun or what no dictionary has: 紫金山实验室.

    No word inside tells or counts anything.
    """
    first, tag = found.words.get(span.begin, (span.begin, ""))
    if span.unit or span.organization.area is not None or first >= span.end or first - span.begin < _LEAST_NAME:
        return False
    if not han(found.text, span.begin) or any(found.words[k][1] in _TELLING for k in range(first, span.end) if k in found.words):
        return False
    return tag.startswith(("nr", "ns", "nt", "nz")) or not rjieba.has_word(found.text[span.begin : first])
