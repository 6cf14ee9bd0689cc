"""From a file to a Page."""

from kg.read.text import UnreadableInput, read_page

__all__ = ["UnreadableInput", "read_page"]
