"""The terms of the graph contract as pieces of N-Quads lines."""

from __future__ import annotations

from functools import lru_cache

from kg.writers import quoted, resource, typed


def predicate(name: str) -> str:
    """A predicate between the spaces that part it from subject and object."""
    return f" {resource(name)} "


def is_a(*names: str) -> tuple[str, ...]:
    """What follows a subject in the lines of its classes, in order."""
    return tuple(sorted(predicate("rdf:type") + resource(name) for name in names))


LABEL, ALT_LABEL, DERIVED = predicate("rdfs:label"), predicate("skos:altLabel"), predicate("prov:wasDerivedFrom")
ANCHOR, BEGIN, END, CONTEXT = (predicate(f"nif:{n}") for n in ("anchorOf", "beginIndex", "endIndex", "referenceContext"))
MEMBER, DURING, IN, POST_IN = (predicate(f"org:{n}") for n in ("member", "memberDuring", "organization", "postIn"))
HAS_BEGINNING, HAS_END, DAY = (predicate(f"time:{n}") for n in ("hasBeginning", "hasEnd", "inXSDDate"))
ALTERNATIVE, AUTHOR, PUBLISHED, HEADLINE, MENTIONS = (
    predicate(f"schema:{n}") for n in ("alternativeHeadline", "author", "datePublished", "headline", "mentions")
)
WITHIN, LAST_DAY, LOCATION, ORGANIZER, FIRST_DAY, SUPER = (
    predicate(f"schema:{n}") for n in ("containedInPlace", "endDate", "location", "organizer", "startDate", "superEvent")
)
SOURCE, ATTESTED, CONFIDENCE, EVIDENCE, POST, TITLE, CONCEPT = (
    predicate(f"kg:{n}") for n in ("sourceFile", "attestedOn", "confidence", "evidence", "post", "title", "titleConcept")
)
CAPACITY, EVENT, ORDER, PARTICIPANT, ROLE, SPEAKER, TEXT, VERB, TYPE, BASIS = (
    predicate(f"kg:{n}") for n in ("capacity", "event", "order", "participant", "role", "speaker", "text", "verb", "eventType", "yearBasis")
)
IS_ARTICLE = is_a("kg:Article", "schema:NewsArticle", "prov:Entity")
IS_PERSON = is_a("kg:Person", "foaf:Person", "schema:Person")
IS_OFFICIAL = is_a("kg:Official", "kg:Person", "foaf:Person", "schema:Person")
(IS_EVIDENCE,), (IS_IMPOSSIBLE,), (IS_STATEMENT,) = is_a("nif:OffsetBasedString"), is_a("kg:ImpossibleDay"), is_a("kg:Statement")
(IS_INTERVAL,), (IS_INSTANT,) = is_a("time:Interval"), is_a("time:Instant")
IS_POST, IS_POST_TOO = is_a("kg:Post", "org:Post")
IS_TENURE, IS_TENURE_TOO = is_a("kg:Tenure", "org:Membership")
IS_PART, IS_PART_TOO = is_a("kg:Participation", "sem:Role")
IS_PLACE = is_a("kg:Place", "schema:Place")
IS_DOCUMENT = is_a("kg:Document", "schema:CreativeWork")
words = lru_cache(maxsize=16384)(quoted)


@lru_cache(maxsize=64)
def is_event(kind: str) -> tuple[str, ...]:
    """The classes of an event of a narrower class, or of ``Event`` itself."""
    return is_a(*{"kg:Event", "sem:Event", "schema:Event", f"kg:{kind}"})


@lru_cache(maxsize=1024)
def sureness(confidence: float) -> str:
    return typed(f"{confidence:.2f}", "decimal")


@lru_cache(maxsize=1024)
def date(lexical: str, datatype: str) -> str:
    return typed(lexical, datatype)


@lru_cache(maxsize=16384)
def offset(number: int) -> str:
    return typed(str(number), "nonNegativeInteger")


@lru_cache(maxsize=256)
def integer(number: int) -> str:
    return typed(str(number), "integer")
