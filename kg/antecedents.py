"""What an end of bodies' names stands for where it stands alone: 该公司, 学校, 校党委."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from kg.lexicon import Lexicon
from kg.mentions import Scan
from kg.model import Organization
from kg.searches import OrganizationSpan

# 文学院, 商学院: a faculty's name alone has at most so many characters.
FACULTY = 3
# 公司, 学校, 集团: a word for bodies of a class has at most so many characters.
_WORD = 2
# A lead's first sentence has more characters; a dateline fewer.
_LEAD = 8
# 我校, 我公司: so long are the ends of names behind a word for one's own.
_ENDS = (1, 2)


class Antecedents:
    """What ends of names stand for where they stand alone; shared by all articles."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon, self.tops = lexicon, _tops(lexicon)
        self.joiners = frozenset(["、", *lexicon.of_kind("ListJoinerCue")])
        self.class_words = frozenset(lexicon.of_kind("ClassWordCue"))

    def last(self, before: Sequence[Organization], end: str) -> Organization | None:
        """The last of the bodies before whose name ends so; else the last of that class for 学校 or 公司, for 农场 if its name holds it."""
        longer = [o for o in reversed(before) if len(o.name) > len(end)]
        # 协会 is the 作协 whose full name ends so; banks are no 公司 in the words of a report.
        full = end not in self.class_words
        same = next((o for o in longer if o.name.endswith(end) or (full and any(form.endswith(end) for form in o.forms))), None)
        top = self.tops.get(end)
        if same is not None or top is None:
            return same
        general = end in self.class_words
        # 公司 is any firm, 集团公司 one that calls itself a group.
        part = "" if general and len(end) <= _WORD else end[:_WORD] if general else end
        fitting = (o for o in longer if self._top(o) == top and self._holds(o, part))
        return next((self._whole(o, top) for o in fitting), None)

    @staticmethod
    def _holds(organization: Organization, end: str) -> bool:
        return end in organization.name or any(end in form for form in organization.forms)

    def _whole(self, organization: Organization, top: str) -> Organization:
        """The school of a campus, the company of a branch: what a body is part of, of the same class."""
        while organization.parent is not None and self._top(organization.parent) == top:
            organization = organization.parent
        return organization

    def own(self, scan: Scan, spans: Sequence[OrganizationSpan], end: str, locality: str | None) -> Organization | None:
        """Whom 我院 means: the one body of the class that the article names, of several the one at the locality or in the headline."""
        top = self.tops.get(end)
        wholes: dict[str, tuple[Organization, bool]] = {}
        others: set[str] = set()
        arrivals = [(scan.sentence(b)[0], b) for b, _, _ in scan.cues.get("ArrivalCue", ())]
        # 某某研究院研究员甲，我院院长乙: what a sentence names beside 我院 is another.
        beside = {scan.sentence(b)[0] for b, e, _ in scan.cues.get("OwnBodyCue", ()) if scan.text[b + 1 : e] == end}
        for span in reversed(spans):
            whole = self._of_class(span.organization, end, top) if span.given else None
            if whole is not None:
                wholes[whole.path] = whole, span.end <= scan.article.body
                # 某县中医院院长一行 | 来我院
                visits = any(first <= span.begin and span.end <= at for first, at in arrivals)
                listed = span.end > scan.article.body and span.end in scan.titles_by_begin and scan.sentence(span.begin)[0] in beside
                if visits or listed or self._with_us(scan, span.begin):
                    others.add(whole.path)
        for path in others:
            del wholes[path]
        for some in (wholes.values(), [w for w in wholes.values() if w[0].area == locality], [w for w in wholes.values() if w[1]]):
            if len(some) == 1:
                return next(iter(some))[0]
        return None

    def _with_us(self, scan: Scan, begin: int) -> bool:
        """Whether a body is named as another than our own: 我校与 | 某某党校."""
        joined = scan.text[begin - 1 : begin] in self.joiners
        left = next((b for b, e, _ in scan.cues.get("ComitativeCue", ()) if e == begin), begin - 1 if joined else 0)
        return any(
            scan.has_cue(left - size - 1, "OwnBodyCue") and self.names(scan.text[left - size : left]) for size in _ENDS if size < left
        )

    def home(self, scan: Scan, spans: Sequence[OrganizationSpan]) -> Organization | None:
        """The one firm, school, hospital, court or bureau that the headline names, its units aside; else who held what the lead tells."""
        body = scan.article.body
        found: dict[str, Organization] = {}
        for span in spans:
            if span.end <= body and (span.given or span.organization.area is not None):
                whole = span.organization
                while whole.parent is not None and self._is_unit(whole):
                    whole = whole.parent
                found[whole.path] = whole
        if len(found) != 1:
            return self._host(scan, spans) if not found else None
        home = next(iter(found.values()))
        # 昌图县供电公司 in the headline is 国网昌图县供电公司 in the text.
        longer = [s.organization for s in spans if s.given and s.organization.name.endswith(home.name)]
        return max([home, *longer], key=lambda o: len(o.name))

    def _host(self, scan: Scan, spans: Sequence[OrganizationSpan]) -> Organization | None:
        """The firm, school or hospital of which the first sentence says that it held something: 某某学院 | 召开干部大会."""
        body = scan.article.body
        lead = next((e for b, e in scan.sentences if b >= body and e - b > _LEAD), body)
        held = {b for b, _, _ in scan.cues.get("HoldingCue", ())}
        for span in spans:
            kind = self.lexicon.kinds.get(span.organization.kind or "")
            if body <= span.begin < lead and span.end in held and span.given and kind is not None and kind.own_pages and not kind.inner:
                return span.organization
        return None

    def speaks(self, scan: Scan, home: Organization) -> bool:
        """Whether an article that says 我校 or 我院 can be a body's own: 某区委来我院 is not the committee's."""
        ends = [end for b, e, _ in scan.cues.get("OwnBodyCue", ()) if self.names(end := scan.text[b + 1 : e])]
        return not ends or any(self._of_class(home, end, self.tops.get(end)) is not None for end in ends)

    def _is_unit(self, organization: Organization) -> bool:
        kind = self.lexicon.kinds.get(organization.kind or "")
        return kind is None or kind.inner or kind.party_unit

    def _of_class(self, organization: Organization, end: str, top: str | None) -> Organization | None:
        """A body, or what it is part of, whose name ends so or which is of the class."""
        step: Organization | None = organization
        while step is not None:
            alike = top is not None and self._top(step) == top and (end in self.class_words or self._holds(step, end))
            if step.name.endswith(end) or alike:
                return self._whole(step, top) if top is not None else step
            step = step.parent
        return None

    def names(self, end: str) -> bool:
        """Whether a word is an end of bodies' names, in full or by its last character: 公司, 校."""
        return end in self.lexicon.ends or end in self.tops

    def stands(self, end: str) -> bool:
        """Whether an end of names alone stands for a firm, school or hospital."""
        return end in self.tops and not any(kind.public for kind in self.lexicon.ends.get(end, ()))

    def _top(self, organization: Organization) -> str | None:
        kind = self.lexicon.kinds.get(organization.kind or "")
        if kind is None or (kind.belongs and organization.parent is None and len(organization.name) <= FACULTY):
            # 文学院 is no university.
            return None
        return kind.top


def _tops(lexicon: Lexicon) -> dict[str, str]:
    """The class of body that an end of names stands for, in full (学校) and by its last character (校)."""
    found: dict[str, Counter[str]] = {}
    for end, kinds in lexicon.ends.items():
        for kind in kinds:
            if not kind.inner and len(end) > 1:
                for form in (end, end[-1]):
                    found.setdefault(form, Counter())[kind.top] += 1
    # A few schools are filed under other classes (党校): two in three must agree.
    first = {end: max(tops.items(), key=itemgetter(1)) for end, tops in found.items()}
    return {end: top for end, (top, count) in first.items() if count * 3 >= found[end].total() * 2}
