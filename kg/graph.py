"""Facts → N-Quads with evidence.

A graph is written node by node: each template below gives all lines of one subject, in the order of code points, so that
nothing has to be sorted but the subjects. What a template cannot know (a node that is said twice) is merged line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.identity import Minter
from kg.model import Event, Facts, Organization, Participation, Place, Statement, Tenure, When
from kg.namespaces import KG, PREFIXES
from kg.places import AreaReader
from kg.writers import quoted, resource, typed

_TITLE, _KIND, _EVENT_TYPE = PREFIXES["title"], PREFIXES["kind"], PREFIXES["eventtype"]
_SPACE = " \n\u3000"
_LINE_BREAKS = str.maketrans("", "", "\n\r")
# A tenure in no known body says little: never surer than this.
_BODILESS = 0.6

_TYPE, _LABEL, _ALT_LABEL = resource("rdf:type"), resource("rdfs:label"), resource("skos:altLabel")
_ANCHOR, _BEGIN, _END, _CONTEXT = (resource(f"nif:{n}") for n in ("anchorOf", "beginIndex", "endIndex", "referenceContext"))
_MEMBER, _DURING, _IN, _POST_IN = (resource(f"org:{n}") for n in ("member", "memberDuring", "organization", "postIn"))
_UNIT_OF, _CLASSIFIED, _DERIVED = resource("org:subOrganizationOf"), resource("org:classification"), resource("prov:wasDerivedFrom")
_HAS_BEGINNING, _HAS_END, _DAY = (resource(f"time:{n}") for n in ("hasBeginning", "hasEnd", "inXSDDate"))
_ALTERNATIVE, _AUTHOR, _WITHIN, _PUBLISHED, _LAST_DAY, _HEADLINE, _LOCATION, _MENTIONS, _ORGANIZER, _FIRST_DAY, _SUPER = (
    resource(f"schema:{n}")
    for n in (
        "alternativeHeadline author containedInPlace datePublished endDate headline location mentions organizer startDate superEvent"
    ).split()
)
_CODE, _ATTESTED, _CAPACITY, _CONFIDENCE, _EVENT, _EVENT_TYPE_IS, _EVIDENCE, _SEAT, _ORDER, _PARTICIPANT, _POST, _ROLE = (
    resource(f"kg:{n}")
    for n in ("adminCode attestedOn capacity confidence event eventType evidence jurisdiction order participant post role").split()
)
_SOURCE, _SPEAKER, _TEXT, _HAS_TITLE, _TITLE_CONCEPT, _VERB, _YEAR_BASIS = (
    resource(f"kg:{n}") for n in ("sourceFile", "speaker", "text", "title", "titleConcept", "verb", "yearBasis")
)
_CLASSES = {
    name: tuple(sorted(resource(n) for n in classes.split()))
    for name, classes in {
        "article": "kg:Article schema:NewsArticle prov:Entity",
        "evidence": "nif:OffsetBasedString",
        "person": "kg:Person foaf:Person schema:Person",
        "official": "kg:Official kg:Person foaf:Person schema:Person",
        "organization": "kg:Organization org:Organization",
        "place": "kg:Place schema:Place",
        "document": "kg:Document schema:CreativeWork",
        "post": "kg:Post org:Post",
        "tenure": "kg:Tenure org:Membership",
        "participation": "kg:Participation sem:Role",
        "statement": "kg:Statement",
        "interval": "time:Interval",
        "instant": "time:Instant",
        **{kind: f"kg:Event sem:Event schema:Event kg:{kind}" for kind in ("Meeting", "Inspection", "Ceremony", "Activity")},
        "Event": "kg:Event sem:Event schema:Event",
    }.items()
}

_quoted = lru_cache(maxsize=16384)(quoted)


@lru_cache(maxsize=1024)
def _sureness(confidence: float) -> str:
    return typed(f"{confidence:.2f}", "decimal")


def _merged(*blocks: str) -> str:
    """The lines of several blocks on one subject, each once, in order."""
    return "\n".join(sorted({line for block in blocks for line in block.split("\n") if line})) + "\n"


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The graph of one article: its IRI, its sorted lines as one text, and the areas and bodies it is about."""

    iri: str
    text: str
    areas: frozenset[str]
    organizations: tuple[Organization, ...]


class GraphBuilder:
    """Turns the facts of articles into quads under one base."""

    def __init__(self, areas: AreaReader, minter: Minter) -> None:
        self.areas, self.mint = areas, minter
        self.prefectures: dict[str | None, str | None] = {}

    def article(self, facts: Facts, minimum: float = 0.0, iri: str | None = None) -> ArticleGraph:
        """The graph of one article, facts under a confidence left out. ``iri`` is the article's, where it is known already."""
        return _ArticleWriter(self, facts, minimum, iri or self.mint.article(facts.article)).graph()

    def prefecture(self, code: str | None) -> str | None:
        if code not in self.prefectures:
            self.prefectures[code] = self.areas.prefecture(code)
        return self.prefectures[code]
