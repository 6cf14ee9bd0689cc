"""Every namespace, once."""

from typing import Final

SITE: Final = "https://w3id.org/fangzhi/"
ONTOLOGY: Final = f"{SITE}ontology"
KG: Final = f"{ONTOLOGY}#"
ID: Final = f"{SITE}id/"
SHAPES: Final = f"{SITE}shapes#"

PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "title": f"{ONTOLOGY}/title/",
    "kind": f"{ONTOLOGY}/body-kind/",
    "eventtype": f"{ONTOLOGY}/event-type/",
    "cue": f"{ONTOLOGY}/cue/",
    "kgs": SHAPES,
    "schema": "https://schema.org/",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "time": "http://www.w3.org/2006/time#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
}


def expand(name: str) -> str:
    """The IRI of a prefixed name. Raises KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def prefixed(iri: str) -> str:
    """The prefixed name of an IRI, or the IRI."""
    prefix = max((name for name, space in PREFIXES.items() if iri.startswith(space)), key=lambda name: len(PREFIXES[name]), default=None)
    return iri if prefix is None else f"{prefix}:{iri[len(PREFIXES[prefix]) :]}"
