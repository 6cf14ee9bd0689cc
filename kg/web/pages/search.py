"""Search over names, by characters or pinyin, and suggestions while one types."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.web.answers import Limits, Refused
from kg.web.pages.facts import plain
from kg.web.pages.names import KINDS, Name, Names
from kg.web.pages.rendering import View

_ALL: Final = Limits(seconds=60.0, rows=2_000_000, bytes=600_000_000)
_SHOWN: Final = 40
_SUGGESTED: Final = 8
_LONGEST: Final = 100


async def names(view: View) -> Names:
    """The names of the store, read once; who asks meanwhile waits. Raises Refused."""
    task = begin(view)
    try:
        # A client that goes away must not end what others wait for.
        return await asyncio.shield(task)
    except Refused:
        if view.known.get("names") is task:
            del view.known["names"]
        raise


def begin(view: View) -> asyncio.Task[Names]:
    """Begin to read the names, unless that was done."""
    if "names" not in view.known:
        view.known["names"] = asyncio.ensure_future(_read(view))
    task: asyncio.Task[Names] = view.known["names"]
    return task


async def _read(view: View) -> Names:
    weights = {row["thing"].value: int(row["n"].value) for row in await view.rows("weights", limits=_ALL)}
    rows = [plain(row) for row in await view.rows("names", limits=_ALL) if "name" in row]
    kinds = {row["thing"]: row["kind"] for row in rows}
    others = [plain(row) for row in await view.rows("other-names", limits=_ALL)]
    found = [Name(row["thing"], row["kind"], row["name"], True, weights.get(row["thing"], 0)) for row in rows]
    found += [Name(o["thing"], kinds[o["thing"]], o["name"], False, weights.get(o["thing"], 0)) for o in others if o["thing"] in kinds]
    return await asyncio.to_thread(Names, found)


async def page(request: Request) -> Response:
    """The results for ``?q=``, by kind where ``kind=`` says so."""
    view = View(request)
    words = request.query_params.get("q", "").strip()[:_LONGEST]
    kind = request.query_params.get("kind", "")
    index = await names(view)
    found = await asyncio.to_thread(index.found, words, 2_000)
    kinds = {key: sum(name.kind == key for name in found) for key in KINDS}
    chosen = [name for name in found if not kind or name.kind == kind]
    near = await asyncio.to_thread(index.near, words) if words and not found else []
    hints = await _hints(view, chosen[:_SHOWN])
    return view.page("search.html", words=words, kind=kind, kinds=kinds, found=chosen, shown=chosen[:_SHOWN], near=near, hints=hints)


async def suggestions(request: Request) -> Response:
    """The first results as JSON, for the box that one types in."""
    view = View(request)
    words = request.query_params.get("q", "").strip()[:_LONGEST]
    index = await names(view)
    found = await asyncio.to_thread(index.found, words, _SUGGESTED)
    hints = await _hints(view, found)
    return JSONResponse(
        [
            {
                "name": name.name,
                "kind": view.t(f"kind-{name.kind}"),
                "hint": hints.get(name.thing, ""),
                "path": view.path(name.thing),
                "iri": name.thing,
            }
            for name in found
            if view.path(name.thing)
        ]
    )


async def _hints(view: View, found: list[Name]) -> dict[str, str]:
    """What tells persons, places and events of one name apart: a post, the place around, the day."""
    things = [name.thing for name in found]
    if not things:
        return {}
    among = " ".join(f"<{iri}>" for iri in things)
    text = (
        "SELECT ?thing ?one ?two {\n"
        f"  VALUES ?thing {{ {among} }}\n"
        "  { ?tenure org:member ?thing ; kg:title ?two OPTIONAL { ?tenure org:organization/rdfs:label ?one } }\n"
        "  UNION { ?thing schema:containedInPlace/rdfs:label ?one }\n"
        "  UNION { ?thing schema:startDate ?one }\n"
        "}\nORDER BY ?thing ?one ?two LIMIT 2000"
    )
    hints: dict[str, str] = {}
    for row in map(plain, await view.workers.rows(text)):
        hints.setdefault(row["thing"], (row.get("one", "") + row.get("two", "")).removeprefix("--"))
    return hints
