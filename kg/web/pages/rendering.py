"""What every page needs of a request: its language, the store, addresses, templates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.query import NamedQuery, parse_query
from kg.web.answers import Busy, Forbidden, Limits, QueryTimeout, Refused, TooLarge
from kg.web.pages import links, texts
from kg.web.pages.facts import SURE, Row, day, local
from kg.web.workers import Workers

_HERE: Final = Path(__file__).parent
# A page never waits as long as a query of one's own may take.
PATIENCE: Final = Limits(seconds=8.0, rows=20_000, bytes=20_000_000)
SCRIPTED: Final = "js"


@cache
def environment() -> Environment:
    """The templates. Everything is escaped; a name that is not there is an error."""
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters.update(day=day, local=local)
    return found


@cache
def query_of(name: str) -> NamedQuery:
    """A query of the pages' own, by the name of its file. Raises FileNotFoundError."""
    return parse_query(name, (_HERE / "queries" / f"{name}.rq").read_text(encoding="utf-8"))


class View:
    """One request for a page."""

    sure = SURE

    def __init__(self, request: Request) -> None:
        self.request = request
        self.base: str = request.app.state.base
        self.workers: Workers = request.app.state.workers
        # What is read of the store once and kept until it is built anew.
        self.known: dict[str, Any] = request.app.state.known
        self.language = texts.language_of(request, request.app.state.language)

    @property
    def scripted(self) -> bool:
        """Whether this browser has run the pages' script before: then panels may load on their own."""
        return self.request.cookies.get(SCRIPTED) == "1"

    def t(self, key: str, **values: object) -> str:
        """The words of a key in the language of the page."""
        return texts.text(self.language, key, **values)

    def named(self, group: str, key: str) -> str:
        """The words for a value such as a role, where there are words for it; else the value."""
        full = f"{group}-{key}"
        return self.t(full) if texts.known(full) else key

    def refusal(self, error: Refused) -> str:
        """Why a query got no answer, for people."""
        match error:
            case QueryTimeout():
                return self.t("refused-timeout", seconds=f"{min(self.workers.limits.seconds, PATIENCE.seconds):g}")
            case TooLarge():
                return self.t("refused-rows")
            case Forbidden():
                return self.t("refused-forbidden")
            case Busy():
                return self.t("refused-busy")
            case _:
                return self.t("refused-query", reason=error)

    def path(self, iri: str) -> str | None:
        """The address of a node under this server."""
        return links.path_of(iri, self.base)

    def short(self, iri: str) -> str:
        """The short form of a node's IRI."""
        return links.short_of(iri, self.base)

    def shown(self, iri: str) -> str:
        """A node without a label, for people."""
        return links.name_of(iri, self.base)

    def address(self, path: str, **parameters: str) -> str:
        """A path with parameters, percent-encoded."""
        return f"{quote(path)}?{urlencode(parameters)}" if parameters else quote(path)

    def grouped(self, lines: Iterable[tuple[str, str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
        """Lines (label, IRI, words) with those of one label together, in the order of the first."""
        found: dict[str, list[tuple[str, str]]] = {}
        for label, iri, words in lines:
            found.setdefault(label, []).append((iri, words))
        return list(found.items())

    def other_language(self) -> str:
        """The address of this page in the other language."""
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "lang"]
        return "?" + urlencode([*kept, ("lang", "en" if self.language == "zh" else "zh")])

    async def rows(self, name: str, params: Mapping[str, str] | None = None, limits: Limits = PATIENCE) -> list[Row]:
        """The rows of a query of the pages' own. Raises Refused."""
        return await self.workers.rows(query_of(name), params or {}, limits=limits)

    def html(self, template: str, context: Mapping[str, Any]) -> str:
        """A template filled in."""
        return environment().get_template(template).render(context, view=self, t=self.t, lang=self.language, known=texts.known)

    def nothing(self) -> Response:
        """The page for an address at which there is nothing."""
        return self.page("not-found.html", status=404, path=self.request.url.path)

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """A whole page; the language that the address asks for is remembered."""
        response = HTMLResponse(self.html(template, context), status_code=status)
        response.headers["Vary"] = "Accept, Accept-Language, Cookie"
        response.headers["Content-Language"] = "zh-Hans" if self.language == "zh" else "en"
        if self.request.query_params.get("lang") in texts.LANGUAGES:
            response.set_cookie("lang", self.language, max_age=365 * 86400, httponly=True, samesite="lax")
        return response


def data_block(value: Mapping[str, Any]) -> Markup:
    """JSON-LD as the text of a script element: no text of the store can end the element or begin a comment."""
    content = json.dumps({name: item for name, item in value.items() if item not in (None, "", [], {})}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        content = content.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(content)
