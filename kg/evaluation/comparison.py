"""A graph against annotated articles. A fact is compared within its article.

An article is right when it overlaps the annotated span by nine tenths; its facts are compared when it does
by three tenths.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pyoxigraph import Store

from kg.evaluation.facts import GraphFacts
from kg.evaluation.figures import KINDS, Evaluation, Judgement, Mistake, Score
from kg.evaluation.gold import GoldArticle, GoldEvent, Normalisation, Post, normalisation
from kg.namespaces import KG

RIGHT_OVERLAP, SAME_OVERLAP = 0.9, 0.3
_DAY = re.compile(r"\d\d-\d\d$")
_FOUND_DAY = re.compile(r"-(\d\d-\d\d)(?:T.*)?$")
_YEAR = re.compile(r"\d{4}")


def evaluate(store: Store, gold: Sequence[GoldArticle], rules: Normalisation | None = None) -> Evaluation:
    """Compare the union of a store's graphs with annotated articles. Pages without annotations are left out."""
    facts, names = GraphFacts(store), rules or normalisation()
    articles: dict[str, dict[str, Score]] = {}
    mistakes: list[Mistake] = []
    judgements: list[Judgement] = []
    pages: dict[str, list[GoldArticle]] = defaultdict(list)
    for article in gold:
        pages[article.page].append(article)
    for page, items in pages.items():
        left = sorted(facts.articles[page])
        for article in items:
            overlap, best = max(((_overlap(span, article), span) for span in left), default=(0.0, None), key=lambda pair: pair[0])
            same = best if overlap >= SAME_OVERLAP else None
            if same is not None:
                left.remove(same)
            comparison = _Comparison(facts, names, article, same[2] if same else "")
            comparison.count("articles", int(overlap >= RIGHT_OVERLAP), 0, int(overlap < RIGHT_OVERLAP))
            if overlap < RIGHT_OVERLAP:
                comparison.note("articles", "span", f"overlap {overlap:.2f}")
            comparison.run()
            articles[article.id] = comparison.scores
            mistakes += comparison.mistakes
            judgements += comparison.judgements
        if left:
            articles[page] = {"articles": Score(extra=len(left))}
            mistakes += [Mistake("articles", page, "extra", f"{begin}-{end}") for begin, end, _ in left]
    order = {kind: i for i, kind in enumerate(KINDS)}
    return Evaluation(articles, tuple(sorted(mistakes, key=lambda m: order[m.kind])), tuple(judgements))


def _overlap(span: tuple[int, int, str], article: GoldArticle) -> float:
    begin, end, _ = span
    both = min(end, article.end) - max(begin, article.begin)
    return both / (max(end, article.end) - min(begin, article.begin)) if both > 0 else 0.0


class _Comparison:
    """One annotated article against one article of the graph (the empty string: none was found)."""

    def __init__(self, facts: GraphFacts, names: Normalisation, gold: GoldArticle, article: str) -> None:
        self.facts, self.names, self.gold, self.article = facts, names, gold, article
        self.scores: dict[str, Score] = {}
        self.mistakes: list[Mistake] = []
        self.judgements: list[Judgement] = []

    def run(self) -> None:
        gold, facts, article = self.gold, self.facts, self.article
        authors = [facts.labels[x] for x in sorted(facts.authors.get(article, ())) if facts.labels[x]]
        self._names("reporters", gold.reporters, (), authors)
        self._names("persons", gold.persons, gold.reporters, facts.named(article, "Person"))
        self._names("organizations", gold.organizations, gold.maybe_organizations, facts.named(article, "Organization"))
        self._names("places", gold.places, gold.maybe_places, facts.named(article, "Place"))
        if gold.documents is not None:
            self._names("documents", gold.documents, gold.maybe_documents, facts.named(article, "Document"))
        self._posts()
        self._titles()
        for event, found in self._events():
            if event.organizer and found:
                self._organizer(event.organizer, found)
            self._participants(event, found)

    def count(self, kind: str, right: int, extra: int, missed: int) -> None:
        self.scores[kind] = self.scores.get(kind, Score()) + Score(right, extra, missed)

    def judge(self, kind: str, confidence: float | None, right: bool) -> None:
        if confidence is not None:
            self.judgements.append(Judgement(kind, confidence, right))

    def note(self, kind: str, what: str, text: str) -> None:
        self.mistakes.append(Mistake(kind, self.gold.id, what, text))

    def _names(self, kind: str, wanted: Iterable[str], maybe: Iterable[str], found: Iterable[set[str]]) -> None:
        forms = [(name, self.names.forms(name)) for name in wanted]
        tolerated = [*(accepted for _, accepted in forms), *map(self.names.forms, maybe)]
        left = list(forms)
        right = extra = 0
        for labels in found:
            have = set(map(self.names.name, labels))
            hit = next((item for item in left if item[1] & have), None)
            if hit is not None:
                left.remove(hit)
                right += 1
            elif not any(accepted & have for accepted in tolerated):
                extra += 1
                self.note(kind, "extra", "/".join(sorted(labels)))
        for name, _ in left:
            self.note(kind, "missed", name)
        self.count(kind, right, extra, len(left))

    def _posts(self) -> None:
        wanted = [(self.names.name(post.person), *self.names.post(post.organization, post.title), post) for post in self.gold.posts]
        found = []
        for person, organization, title, confidence in self.facts.tenures.get(self.article, ()):
            bodies = sorted(self.facts.labels[organization]) if organization else []
            ways = {self.names.post(body, title) for body in bodies or [""]}
            named = {(self.names.name(body or ""), self.names.name(t)) for body, t in ways}
            found.append((person, f"{'/'.join(bodies)} {title}", named, confidence if organization else None))
            if not organization:
                names, said = set(map(self.names.name, self.facts.labels[person])), {t for _, t in named}
                self.judge("bodiless", confidence, any(name in names and self.names.name(t) in said for name, _, t, _ in wanted))

        def fits(want: tuple[str, str | None, str, Post], names: set[str], ways: set[tuple[str, str]]) -> bool:
            name, body, title, _ = want
            accepted = self.names.forms(body) if body is not None else None
            return name in names and any(self.names.name(title) == t and (accepted is None or b in accepted) for b, t in ways)

        self._held("posts", wanted, found, fits, lambda want: f"{want[0]} {want[3].organization or '-'} {want[3].title}")

    def _titles(self) -> None:
        wanted = list(
            dict.fromkeys((self.names.name(post.person), self.names.post(post.organization, post.title)[1]) for post in self.gold.posts)
        )
        pairs = sorted({(person, self.names.post("", title)[1]) for person, _, title, _ in self.facts.tenures.get(self.article, ())})
        found = [(person, title, self.names.name(title), None) for person, title in pairs]
        self._held(
            "titles",
            wanted,
            found,
            lambda want, names, title: want[0] in names and self.names.name(want[1]) == title,
            lambda w: f"{w[0]} - {w[1]}",
        )

    def _held(self, kind: str, wanted: Sequence[Any], found: Iterable[tuple[str, str, Any, float | None]], fits: Any, say: Any) -> None:
        """Count posts or titles; a post of a person with a doubtful one is never wrong."""
        doubtful = {self.names.name(post.person) for post in self.gold.maybe_posts}
        left = list(wanted)
        right = extra = 0
        for person, words, ways, confidence in found:
            names = set(map(self.names.name, self.facts.labels[person]))
            hit = next((want for want in left if fits(want, names, ways)), None)
            if hit is not None:
                left.remove(hit)
                right += 1
                self.judge(kind, confidence, True)
            elif not doubtful & names and not any(fits(want, names, ways) for want in wanted):
                extra += 1
                self.judge(kind, confidence, False)
                self.note(kind, "extra", f"{'/'.join(sorted(names))} {words}")
        for want in left:
            self.note(kind, "missed", say(want))
        self.count(kind, right, extra, len(left))

    def _events(self) -> Iterator[tuple[GoldEvent, str | None]]:
        """Each annotated event with the one found for it. A found one serves once."""
        free = dict(self.facts.events.get(self.article, {}))
        for event in self.gold.events:
            hit = next((e for e, day in free.items() if self.facts.event_class(e) == event.cls and same_day(event.date, day)), None)
            self.count("events", int(hit is not None), 0, int(hit is None))
            if hit is None:
                self.note("events", "missed", f"{event.cls} {event.date} {event.trigger}")
            else:
                del free[hit]
                self.judge("events", self.facts.sure.get((self.article, hit), 1.0), True)
            yield event, hit
        for found, day in free.items():
            cls = self.facts.event_class(found)
            if not any(maybe.cls == cls and same_day(maybe.date, day) for maybe in self.gold.maybe_events):
                self.count("events", 0, 1, 0)
                self.judge("events", self.facts.sure.get((self.article, found), 1.0), False)
                self.note("events", "extra", f"{cls} {day} {'/'.join(sorted(self.facts.labels[found]))}")

    def _organizer(self, organizer: str, event: str) -> None:
        got = {label for x in self.facts.organizers.get(event, ()) for label in self.facts.labels[x]}
        right = bool(self.names.forms(organizer) & set(map(self.names.name, got)))
        self.count("organizers", int(right), int(bool(got) and not right), int(not right))
        if not right:
            self.note("organizers", "missed", f"{organizer} (got {'/'.join(sorted(got)) or '-'})")

    def _participants(self, event: GoldEvent, found: str | None) -> None:
        got: dict[str, set[str]] = defaultdict(set)
        wanted = {self.names.name(name): roles for name, roles in event.participants.items()}
        for participant, role, confidence in self.facts.parts.get(found, ()) if found else ():
            if KG + "Person" in self.facts.types[participant]:
                names = set(map(self.names.name, self.facts.labels[participant]))
                self.judge("participants", confidence, any(role in wanted.get(name, ()) for name in names))
                for name in names:
                    got[name].add(role)
        missed = [name for name, roles in wanted.items() if not roles & got.get(name, set())]
        extra = [name for name in got if name not in wanted]
        self.count("participants", len(wanted) - len(missed), len(extra), len(missed))
        for name in missed:
            self.note(
                "participants", "missed", f"{name} {'|'.join(sorted(wanted[name]))} (got {'|'.join(sorted(got.get(name, ()))) or '-'})"
            )
        for name in extra:
            self.note("participants", "extra", name)


def same_day(gold: str | None, found: str | None) -> bool:
    """Whether a found day is the annotated one. No annotated day, or none with a year, leaves open what was found."""
    if gold is None:
        return True
    day, found_day = _DAY.search(gold), _FOUND_DAY.search(found or "")
    if day is None or found_day is None or day.group() != found_day[1]:
        return False
    year, found_year = _YEAR.match(gold), _YEAR.match(found or "")
    return year is None or (found_year is not None and found_year.group() == year.group())
