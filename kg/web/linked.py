"""Every IRI of the store under the server's own address, as a page or as triples.

``https://w3id.org/fangzhi/id/X`` answers at ``/X``, ``https://w3id.org/fangzhi/ontology…`` at ``/ontology…``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg.web.answers import Refused
from kg.web.negotiation import choose
from kg.web.nodes import SAFE, triples
from kg.web.protocol import SHORT, refused

HTML: Final = "text/html"
FORMS: Final = {"turtle": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples", "rdf": "application/rdf+xml"}
OFFERS: Final = ("text/html", "application/xhtml+xml", *FORMS.values())
Endpoint = Callable[[Request], Awaitable[Response]]


def routes(ontology: Endpoint, thing: Endpoint) -> list[Route]:
    """The ontology at its address, and every other IRI at its own; the endpoints make the pages."""
    return [
        Route("/ontology", negotiated(ontology), methods=["GET"], name="ontology"),
        Route("/id/{path:path}", _moved),
        Route("/{path:path}", negotiated(thing), methods=["GET"], name="thing"),
    ]


async def _moved(request: Request) -> Response:
    """The long form of an address."""
    return RedirectResponse("/" + quote(request.path_params["path"], safe=SAFE), status_code=308)


def negotiated(endpoint: Endpoint) -> Endpoint:
    """The endpoint for people's browsers, triples for those who ask for triples."""

    async def answered(request: Request) -> Response:
        media = _wanted(request)
        if media is None:
            return PlainTextResponse(f"this is answered as {', '.join(OFFERS)}\n", status_code=406, headers={"Vary": "Accept"})
        try:
            response = await (_shown(request, endpoint) if media in OFFERS[:2] else _data(request, media))
        except Refused as error:
            return refused(error)
        response.headers["Vary"] = ", ".join(dict.fromkeys(["Accept", *_listed(response.headers.get("Vary", ""))]))
        response.headers["Link"] = ", ".join([*_listed(response.headers.get("Link", "")), *_alternates(request)])
        return conditional(request, response)

    return answered


def _wanted(request: Request) -> str | None:
    given = request.query_params.get("format")
    if given is None:
        return choose(request.headers.get("accept"), OFFERS)
    media = HTML if given == "html" else FORMS.get(given, SHORT.get(given, given))
    return media if media in OFFERS else None


async def _shown(request: Request, endpoint: Endpoint) -> Response:
    response = await endpoint(request)
    response.headers["Vary"] = ", ".join(dict.fromkeys([*_listed(response.headers.get("Vary", "")), "Accept-Language", "Cookie"]))
    return response


async def _data(request: Request, media: str) -> Response:
    found = await triples(request, media)
    if found is None:
        return PlainTextResponse("the store says nothing of this\n", status_code=404, headers={"Access-Control-Allow-Origin": "*"})
    charset = "; charset=utf-8" if media.startswith("text/") else ""
    headers = {"Content-Type": media + charset, "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Link, ETag"}
    return Response(found[1].body, headers=headers)


def _listed(header: str) -> list[str]:
    return [part.strip() for part in header.split(",") if part.strip()]


def _alternates(request: Request) -> list[str]:
    path = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
    links = [(HTML, "html"), *((media, name) for name, media in FORMS.items())]
    return [f'<{path}?format={name}>; rel="alternate"; type="{media}"' for media, name in links]


def conditional(request: Request, response: Response) -> Response:
    """The response with its ETag; 304 where the client has it already."""
    if response.status_code != 200:
        return response
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "no-cache")
    known = _listed(request.headers.get("if-none-match", ""))
    if tag in (name.removeprefix("W/") for name in known) or "*" in known:
        kept = ("etag", "vary", "link", "cache-control", "access-control-allow-origin", "access-control-expose-headers")
        return Response(status_code=304, headers={name: response.headers[name] for name in kept if name in response.headers})
    return response
