"""Quads → rdflib graphs that answer the queries of shapes fast, every literal as it was written."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pyparsing import ParseException
from pyshacl.errors import ReportableRuntimeError
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.engines.lexical import is_ill_typed
from kg.engines.results import Term
from kg.loading import quads_of
from kg.namespaces import PREFIXES


def load(paths: Sequence[Path]) -> Graph:
    """The union of all graphs in files (.ttl .nt .nq .trig .jsonld .rdf, each also .gz) and folders of such.

    Raises UnreadableInput with the file and, for bad syntax, the line.
    """
    return from_quads(quads_of(paths))


def from_quads(quads: Iterable[ox.Quad]) -> Graph:
    """The union of all named graphs among quads, as an rdflib graph with every literal as written."""
    with quiet():
        return fill(Graph(bind_namespaces="none"), quads)


def fill(graph: Graph, quads: Iterable[ox.Quad]) -> Graph:
    terms: dict[Any, Node] = {}
    for quad in quads:
        s, p, o = (terms.get(t) or terms.setdefault(t, node_of(t)) for t in (quad.subject, quad.predicate, quad.object))
        graph.add((s, p, o))
    return graph


def node_of(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        # rdflib reads "x" and "x"^^xsd:string as two terms; the plain one is what its parsers make.
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        literal = Literal(term.value, datatype=None if plain else URIRef(term.datatype.value), normalize=False)
        # What rdflib itself takes for a date or a number is wider than XSD ("2023-02-28T00:00:00" as a date), elsewhere narrower.
        literal._ill_typed = is_ill_typed(term)
        return literal
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise ValueError(f"no RDF 1.1 term: {term}")


def as_quads(data: Graph | Iterable[Path | ox.Quad]) -> Iterable[Path | ox.Quad]:
    """An rdflib graph as quads of the default graph; all else as it is."""
    return _quads_in(data) if isinstance(data, Graph) else data


def _quads_in(graph: Graph) -> Iterator[ox.Quad]:
    for s, p, o in graph:
        subject, predicate = term_of(s), term_of(p)
        if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
            raise ValueError(f"no RDF 1.1 statement: {s} {p} {o}")
        yield ox.Quad(subject, predicate, term_of(o))


def term_of(node: Node) -> Term:
    if isinstance(node, Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else ox.NamedNode(str(node))


class Asked(Graph):
    """A graph that parses each query once: pySHACL sends the same text anew for every focus node."""

    def query(  # rdflib's parameters and order
        self,
        query_object: Any,
        processor: Any = "sparql",
        result: Any = "sparql",
        initNs: Any = None,
        initBindings: Any = None,
        use_store_provided: bool = True,
        **kwargs: Any,
    ) -> Result:
        if isinstance(query_object, str):
            # pySHACL's prefixes come in no fixed order.
            lines = query_object.split("\n")
            prefixes = tuple(sorted(line for line in lines if line.startswith("PREFIX ")))
            body = "\n".join(line for line in lines if not line.startswith("PREFIX "))
            query_object = _prepared(prefixes, body, frozenset(initBindings or ()))
        return super().query(query_object, processor, result, initNs, initBindings, use_store_provided, **kwargs)


@lru_cache(maxsize=256)
def _prepared(prefixes: tuple[str, ...], body: str, bound: frozenset[str]) -> Query:
    try:
        query = prepareQuery("\n".join([*prefixes, body]))
    except Exception as error:
        # A bare one is what rdflib raises for a prefix that is not declared.
        if not isinstance(error, ParseException) and type(error) is not Exception:
            raise
        raise ReportableRuntimeError(f"a query is not SPARQL: {error}") from error
    _order_triples(query.algebra, {Variable(name) for name in bound})
    return query


def _order_triples(part: Any, known: set[Variable]) -> set[Variable]:
    """Sorts a query's patterns so that each starts from what is bound, and returns what is bound after it.

    rdflib sorts them without knowing that ``$this`` is bound, and so walks the whole graph for each focus node.
    """
    if not isinstance(part, CompValue):
        return known
    if part.name == "BGP":
        left, known, ordered = list(part.triples), set(known), []
        while left:
            best = min(left, key=lambda triple: _cost(triple, known))
            left.remove(best)
            ordered.append(best)
            known |= {term for term in best if isinstance(term, Variable)}
        part["triples"] = ordered
        return known
    # A pattern (p, p1) is evaluated before the expression or pattern that follows it.
    for name in sorted(part, key=lambda name: (name not in ("p", "p1"), name)):
        # rdflib keeps the translated pattern of EXISTS as an attribute, the raw one as an item.
        value = getattr(part, name)
        for child in value if isinstance(value, list) else [value]:
            inner = _order_triples(child, known)
            if name in ("p", "p1") and part.name != "Union":
                known = inner
    return known


def _cost(triple: tuple[Any, ...], known: set[Variable]) -> tuple[int, bool]:
    variables = [term for term in triple if isinstance(term, (Variable, BNode))]
    return len([v for v in variables if v not in known]), not any(v in known for v in variables)


@contextmanager
def quiet() -> Iterator[None]:
    """Without rdflib's warnings of ill-typed literals: shapes report those."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean")
            yield
    finally:
        logger.setLevel(level)
