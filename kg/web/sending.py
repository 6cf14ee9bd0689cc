"""Large answers on their way: all that clients have not taken yet is held in memory, so there is a bound for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

LARGE: Final = 1_000_000


class Ledger:
    """How many bytes of large answers are being sent, of how many that may be."""

    def __init__(self, most: int = 200_000_000) -> None:
        self._left = most

    def take(self, size: int) -> bool:
        """Whether there is room for so many bytes; then they are taken."""
        if size > self._left:
            return False
        self._left -= size
        return True

    def give(self, size: int) -> None:
        """They are sent, or given up."""
        self._left += size


class Sending(Response):
    """An answer whose bytes the ledger has taken; it gives them back at the end, however it ends."""

    def __init__(self, content: bytes, ledger: Ledger, headers: Mapping[str, str]) -> None:
        super().__init__(content, headers=dict(headers))
        self._ledger = ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ledger.give(len(self.body))
