"""Text as its UTF-8 octets, each of them a character.

A graph's lines are ASCII but for names: held so, they take one byte a character and not two, are compared and put together by
copying bytes, and are written without being encoded. Octets sort as the words' code points do.
"""

from __future__ import annotations


def octets(words: str) -> str:
    """The octets of words. Raises UnicodeEncodeError for half a surrogate pair."""
    return words if words.isascii() else words.encode().decode("latin-1")


def octet_bytes(text: str) -> bytes:
    """Octets as bytes: UTF-8."""
    return text.encode("latin-1")


def words_of(text: str) -> str:
    """The words that octets stand for."""
    return text if text.isascii() else text.encode("latin-1").decode()
