"""Frozen dataclasses that cost no more to make than others.

At run time ``dataclass(frozen=True)`` sets each field through a call of its own: seven times the price, for objects of which an
article needs some hundreds. The type checker sees the standard decorator and refuses assignments; at run time the class has the
same fields, equality and hash, and nothing that stands in the way of ``__init__``.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool, slots: bool) -> Any:
        """The decorator of ``dataclasses``, with freezing left to the type checker."""
        return dataclasses.dataclass(slots=slots, unsafe_hash=frozen)
