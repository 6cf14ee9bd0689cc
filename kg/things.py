"""The nodes of the things that an article names: people, bodies, places, documents; and of the words that name them."""

from __future__ import annotations

from kg import terms as t
from kg.identity import Minter
from kg.model import Article, Organization, Place
from kg.writers import merged, unbroken

_SPACE = " \n\u3000"


class Things:
    """The nodes of one article so far, by subject. ``people``: the IRI of each name; ``officials``: the names of those that are."""

    def __init__(self, mint: Minter, article: Article, iri: str) -> None:
        self.mint, self.article, self.iri = mint, article, iri
        self.name = f"<{iri}>"
        self.nodes: dict[str, str] = {}
        self.areas: set[str] = set()
        self.names: dict[str, str] = {}
        self.formed: set[tuple[str, tuple[str, ...]]] = set()
        self.bodies: list[Organization] = []
        self.people: dict[str, str] = {}
        self.officials: set[str] = set()

    def put(self, s: str, lines: str) -> None:
        """The lines of a subject; those of one that is said twice are merged."""
        known = self.nodes.get(s)
        self.nodes[s] = lines if known is None or known == lines else merged((known, lines))

    def evidence(self, begin: int, end: int) -> str:
        """The node of the words that say so, with their place on the page."""
        text = self.article.text
        while begin < end and text[begin] in _SPACE:
            begin += 1
        while end > begin + 1 and text[end - 1] in _SPACE:
            end -= 1
        first, last, words = self.article.quote(begin, end)
        s, n = f"<{self.iri}#char={first},{last}>", t.LINE_END
        if s not in self.nodes:
            self.nodes[s] = (
                f"{s}{t.ANCHOR}{t.words(unbroken(words))}{n}{s}{t.BEGIN}{t.offset(first)}{n}"
                f"{s}{t.END}{t.offset(last)}{n}{s}{t.CONTEXT}{self.name}{n}{s}{t.IS_EVIDENCE}{n}"
            )
        return s

    def labelled(self, s: str, classes: tuple[str, ...], name: str) -> str:
        """The lines that give a node its classes and label."""
        n, words = t.LINE_END, t.words(name)
        types = "".join([f"{s}{cls}{n}" for cls in classes])
        return f"{types}{s}{t.LABEL}{words}{n}{s}{t.LABEL}{words}@zh{n}"

    def person(self, name: str) -> str:
        """The node of somebody named so."""
        s = self.people.get(name) or self.people.setdefault(name, f"<{self.mint.person_of(self.iri, name)}>")
        if s not in self.nodes:
            self.nodes[s] = self.labelled(s, t.IS_OFFICIAL if name in self.officials else t.IS_PERSON, name)
        return s

    def document(self, name: str) -> str:
        """The node of a document by its name."""
        s = f"<{self.mint.document(name)}>"
        if s not in self.nodes:
            self.nodes[s] = self.labelled(s, t.IS_DOCUMENT, name)
        return s

    def organization(self, organization: Organization) -> str:
        """The node of a body, which is noted among the article's."""
        path = organization.path
        s = self.names.get(path)
        if s is None:
            s = self.names[path] = f"<{self.mint.organization(organization)}>"
            self.bodies.append(organization)
        if organization.forms and (path, organization.forms) not in self.formed:
            self.formed.add((path, organization.forms))
            forms = sorted({t.words(form) for form in organization.forms if form != organization.name})
            if forms:
                self.put(s, "".join([f"{s}{t.ALT_LABEL}{form}@zh{t.LINE_END}" for form in forms]))
        return s

    def place(self, place: Place) -> str:
        """The node of a place; an administrative area is noted, since its own lines stand elsewhere."""
        s = f"<{self.mint.place(place)}>"
        if place.area is not None:
            self.areas.add(place.area)
        if (place.site or place.area is None) and s not in self.nodes:
            within = f"{s}{t.WITHIN}<{self.mint.area(place.area)}>{t.LINE_END}" if place.area is not None else ""
            others = sorted({t.words(form) for form in place.forms if form != place.name})
            forms = "".join([f"{s}{t.ALT_LABEL}{form}@zh{t.LINE_END}" for form in others])
            self.nodes[s] = self.labelled(s, t.IS_PLACE, place.name) + forms + within
        return s
