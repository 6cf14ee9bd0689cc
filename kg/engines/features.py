"""What a shapes graph uses, and whether the fast engines are proven equal to the reference on it.

Proven is what tests/test_engines.py compares. All else, and whatever looks ill-formed, is left to pySHACL, which says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from kg.engines.lexical import is_ill_typed
from kg.engines.results import SH, Term
from kg.engines.shapes import FIRST, NIL, REST, TYPE, ShapeGraph
from kg.engines.sparql import constraints, unfit
from kg.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERS = _names("minCount maxCount minLength maxLength qualifiedMinCount qualifiedMaxCount")
_FLAGS = _names("closed uniqueLang deactivated qualifiedValueShapesDisjoint")
_LIMITS = _names("minInclusive minExclusive maxInclusive maxExclusive")
_IRIS = _names("class datatype nodeKind equals disjoint lessThan lessThanOrEquals targetClass targetSubjectsOf targetObjectsOf severity")
_LISTS = _names("in languageIn ignoredProperties and or xone alternativePath")
_SHAPES = _names("property node not qualifiedValueShape")
_ONCE = _NUMBERS | _FLAGS | _LIMITS | _names("path datatype nodeKind in languageIn ignoredProperties severity flags")
_PATHS = _names("inversePath zeroOrMorePath oneOrMorePath zeroOrOnePath")
_QUERIES = _names("sparql select prefixes declare prefix namespace")
_OTHERS = _names("path hasValue targetNode pattern flags message name description order group defaultValue")
# pySHACL takes an IRI for less than or equal to itself.
_KNOWN = (_NUMBERS | _FLAGS | _LIMITS | _IRIS | _LISTS | _SHAPES | _PATHS | _QUERIES | _OTHERS) - {"lessThanOrEquals"}
_CLASSES = _names("NodeShape PropertyShape SPARQLConstraint PrefixDeclaration PropertyGroup")
_KINDS = _names("IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral")

# What Python's regular expressions and those of Rust both know, and mean the same by.
_ESCAPES = re.compile(r"\\[^dwsDWSnrt.^$*+?()\[\]{}|/\\-]")
_EXTENSIONS = re.compile(r"\(\?(?!:)|[*+?}]\+|\[[^\]]*(?:\[|&&|--|~~)")


def only_reference(shapes: ShapeGraph) -> str | None:
    """Why shapes need the reference; None where the fast engines are proven equal."""
    return next(_reasons(shapes), None)


def _reasons(shapes: ShapeGraph) -> Iterator[str]:
    for quad in shapes.quads:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if predicate == TYPE and isinstance(value, ox.NamedNode) and value.value.startswith(SH):
            if value.value.removeprefix(SH) not in _CLASSES:
                yield f"they use sh:{value.value.removeprefix(SH)}"
        elif predicate.startswith(SH) and not isinstance(subject, ox.Triple) and not isinstance(value, ox.Triple):
            name = predicate.removeprefix(SH)
            if name not in _KNOWN:
                yield f"they use sh:{name}"
            elif _is_odd(shapes, name, value) or (name in _ONCE and len(shapes.objects(subject, predicate)) > 1):
                yield f"sh:{name} is not as usual"
    for shape in shapes.shapes():
        yield from _of_shape(shapes, shape)
    for constraint in constraints(shapes):
        reason = unfit(shapes, constraint)
        if reason is not None:
            yield f"they have {reason}"


def _of_shape(shapes: ShapeGraph, shape: Term) -> Iterator[str]:
    names = {p.removeprefix(SH) for p, _ in shapes.about(shape) if p.startswith(SH)}
    if isinstance(shape, ox.Literal) or not shapes.about(shape):
        yield "a shape is asked for and not there"
    if any(part for part in shapes.objects(shape, SH + "property") if not shapes.objects(part, SH + "path")):
        yield "a property has no sh:path"
    if names & {"uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape", "minCount", "maxCount"} and "path" not in names:
        yield "a constraint of properties is in a shape without sh:path"
    if names & {"closed", "ignoredProperties"} and "path" in names:
        yield "sh:closed is in a shape with sh:path"
    if ("qualifiedValueShape" in names) != bool(names & {"qualifiedMinCount", "qualifiedMaxCount"}):
        yield "sh:qualifiedValueShape and its counts are not together"
    if len(shapes.objects(shape, SH + "qualifiedValueShape")) > 1:
        yield "there is more than one sh:qualifiedValueShape"
    if "flags" in names and shapes.objects(shape, SH + "flags") != [ox.Literal("i")]:
        yield "sh:flags is other than i"
    for path in shapes.objects(shape, SH + "path"):
        if not _is_path(shapes, path):
            yield "a sh:path is not as usual"


def _is_odd(shapes: ShapeGraph, name: str, value: Term) -> bool:
    if name in _NUMBERS:
        return not _is_literal(value, "integer") or value.value.startswith("-")
    if name in _FLAGS:
        # "1" is true as a value, and not the term that SHACL compares some flags with.
        return value not in (ox.Literal(True), ox.Literal(False))
    if name in _LIMITS:
        # Of other types pySHACL passes what cannot be compared.
        return not any(_is_literal(value, datatype) for datatype in ("integer", "decimal", "double", "float"))
    if name == "nodeKind":
        return value not in {ox.NamedNode(SH + kind) for kind in _KINDS}
    if name in _IRIS:
        return not isinstance(value, ox.NamedNode)
    if name in _LISTS:
        return not _is_list(shapes, value)
    if name == "pattern":
        return not _is_literal(value, "string") or bool(_ESCAPES.search(value.value) or _EXTENSIONS.search(value.value))
    if name in ("hasValue", "targetNode"):
        return isinstance(value, ox.BlankNode)
    return False


def _is_literal(value: Term, datatype: str) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == _XSD + datatype and not is_ill_typed(value)


def _is_list(shapes: ShapeGraph, node: Term) -> bool:
    seen: set[Term] = set()
    while node != NIL:
        rest = shapes.objects(node, REST)
        if node in seen or len(shapes.objects(node, FIRST)) != 1 or len(rest) != 1:
            return False
        seen.add(node)
        node = rest[0]
    return True


def _is_path(shapes: ShapeGraph, node: Term, depth: int = 0, backwards: bool = False) -> bool:
    """An IRI, a sequence, or one operator over a path; IRIs that are themselves described as paths are left out.

    So is a sequence that is taken backwards: pySHACL then keeps the order of its parts.
    """
    if depth > 20 or isinstance(node, ox.Literal):
        return False
    if isinstance(node, ox.NamedNode):
        return True
    facts = shapes.about(node)
    if shapes.objects(node, FIRST):
        items = list(shapes.items(node))
        usual = _is_list(shapes, node) and len(facts) == 2 and len(items) > 1 and not backwards
        return usual and all(_is_path(shapes, item, depth + 1) for item in items)
    if len(facts) != 1:
        return False
    name, part = facts[0][0].removeprefix(SH), facts[0][1]
    if name == "alternativePath":
        parts = list(shapes.items(part))
        return len(parts) > 1 and all(_is_path(shapes, p, depth + 1, backwards) for p in parts)
    return name in _PATHS and _is_path(shapes, part, depth + 1, backwards or name == "inversePath")
