"""The terms of the graph contract as pieces of N-Quads lines, in octets."""

from __future__ import annotations

from functools import lru_cache

from kg.octets import octets
from kg.writers import quoted, resource, typed

LINE_END = "\n"


def predicate(name: str) -> str:
    """A predicate between the spaces that part it from subject and object."""
    return f" {resource(name)} "


def is_a(*names: str) -> tuple[str, ...]:
    """What follows a subject in the lines of its classes, in order."""
    return tuple(sorted(predicate("rdf:type") + resource(name) for name in names))


LABEL, ALT_LABEL, DERIVED = predicate("rdfs:label"), predicate("skos:altLabel"), predicate("prov:wasDerivedFrom")
ANCHOR, CONTEXT = predicate("nif:anchorOf"), predicate("nif:referenceContext")
BEGIN, END = predicate("nif:beginIndex"), predicate("nif:endIndex")
MEMBER, DURING = predicate("org:member"), predicate("org:memberDuring")
IN, POST_IN = predicate("org:organization"), predicate("org:postIn")
HAS_BEGINNING, HAS_END, DAY = predicate("time:hasBeginning"), predicate("time:hasEnd"), predicate("time:inXSDDate")
HEADLINE, ALTERNATIVE, AUTHOR = predicate("schema:headline"), predicate("schema:alternativeHeadline"), predicate("schema:author")
PUBLISHED, MENTIONS, WITHIN = predicate("schema:datePublished"), predicate("schema:mentions"), predicate("schema:containedInPlace")
FIRST_DAY, LAST_DAY, LOCATION = predicate("schema:startDate"), predicate("schema:endDate"), predicate("schema:location")
ORGANIZER, SUPER = predicate("schema:organizer"), predicate("schema:superEvent")
SOURCE, ATTESTED, CONFIDENCE, EVIDENCE = (
    predicate("kg:sourceFile"),
    predicate("kg:attestedOn"),
    predicate("kg:confidence"),
    predicate("kg:evidence"),
)
POST, TITLE, CONCEPT = predicate("kg:post"), predicate("kg:title"), predicate("kg:titleConcept")
CAPACITY, EVENT, ORDER = predicate("kg:capacity"), predicate("kg:event"), predicate("kg:order")
PARTICIPANT, ROLE, SPEAKER = predicate("kg:participant"), predicate("kg:role"), predicate("kg:speaker")
TEXT, VERB, TYPE, BASIS = predicate("kg:text"), predicate("kg:verb"), predicate("kg:eventType"), predicate("kg:yearBasis")
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


@lru_cache(maxsize=4096)
def concept(scheme: str, name: str) -> str:
    """A concept by its scheme's prefix and its local name."""
    return octets(resource(f"{scheme}:{name}"))


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
