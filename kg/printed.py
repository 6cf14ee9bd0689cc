"""Posts whose body was guessed, where the same article prints it."""

from __future__ import annotations

from dataclasses import replace

from kg.chains import Context
from kg.model import Organization, Tenure
from kg.recall import Chain


def as_printed(context: Context, chains: list[Chain]) -> list[Chain]:
    """The chains in which a post whose body was guessed is in the one that is printed with the same person and title elsewhere.

    校党委副书记甲 in a headline is 某学院党委副书记甲 of the text, whatever schools were visited.
    """
    text, given = context.scan.text, set[int]()
    for span in context.by_begin.values():
        body = span.organization
        words = text[span.begin : span.end]
        if span.given and (words in (body.name, body.formal) or words in body.forms):
            given.add(span.begin)
    printed: dict[tuple[str, str], set[str]] = {}
    bodies: dict[str, Organization] = {}
    for tenure in (t for chain in chains for t in chain.tenures):
        if tenure.organization is not None and tenure.begin in given:
            printed.setdefault((tenure.person, tenure.title), set()).add(tenure.organization.path)
            bodies[tenure.organization.path] = tenure.organization

    if not printed:
        return chains
    settled: list[Chain] = []
    for chain in chains:
        # 某县工商联党组书记、县非公党委书记甲: two posts of one chain.
        beside = {(t.person, t.title) for t in chain.tenures if t.begin in given}
        tenures = [t if (t.person, t.title) in beside else _settled(t, given, printed, bodies) for t in chain.tenures]
        settled.append(replace(chain, tenures=tuple(tenures)) if tuple(tenures) != chain.tenures else chain)
    return settled


def _settled(tenure: Tenure, given: set[int], printed: dict[tuple[str, str], set[str]], bodies: dict[str, Organization]) -> Tenure:
    known = printed.get((tenure.person, tenure.title), set())
    guessed = tenure.begin not in given and tenure.organization is not None and tenure.organization.path not in known
    return replace(tenure, organization=bodies[next(iter(known))]) if guessed and len(known) == 1 else tenure
