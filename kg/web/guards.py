"""What stands before every request: limits on its body and its pace, the client that goes away, headers that keep a page safe."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_PIECE: Final = 65_536
_DRAINED: Final = 64_000_000


class _TooLong(Exception):
    """The body is longer than it may be."""


class _TooSlow(Exception):
    """The body has not come in time."""


class Guard:
    """An ASGI application around another one.

    A body longer than ``body`` bytes is answered with 413, one that takes more than ``patience`` seconds with 408. When the client has
    gone, the work for it is cancelled.
    """

    def __init__(self, app: ASGIApp, body: int = 1_000_000, patience: float = 20.0) -> None:
        self._app, self._body, self._patience = app, body, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await _pieces(message, send)

        try:
            body = await self._read(receive)
        except _TooLong:
            await _plain(guarded, 413, f"a request may have {self._body} bytes")
            return
        except _TooSlow:
            await _plain(guarded, 408, f"the request did not come within {self._patience:g} seconds")
            return
        if body is None:
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        work = asyncio.ensure_future(self._app(scope, replay, guarded))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
            await asyncio.wait((work,))
            if not work.cancelled():
                work.result()
        finally:
            work.cancel()
            gone.cancel()

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body; None where the client went away."""
        parts: list[bytes] = []
        size = 0
        try:
            async with asyncio.timeout(self._patience):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    size += len(message.get("body", b""))
                    more = message.get("more_body", False)
                    # Who is still sending does not read: what is too long is taken and forgotten, within bounds.
                    if size > self._body and (not more or size > _DRAINED):
                        raise _TooLong
                    if size > self._body:
                        parts.clear()
                        continue
                    parts.append(message.get("body", b""))
                    if not more:
                        return b"".join(parts)
        except TimeoutError as error:
            raise _TooSlow from error


async def _pieces(message: Message, send: Send) -> None:
    """Send a body piece by piece: each waits until the client has taken those before it."""
    body = message.get("body", b"")
    if message["type"] != "http.response.body" or len(body) <= _PIECE:
        await send(message)
        return
    for start in range(0, len(body), _PIECE):
        last = start + _PIECE >= len(body)
        piece = {**message, "body": body[start : start + _PIECE], "more_body": message.get("more_body", False) or not last}
        await send(piece)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _plain(send: Send, status: int, message: str) -> None:
    body = (message + "\n").encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
