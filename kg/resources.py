"""Finds ontology/, shapes/, seeds/ and the named queries in a checkout and in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``ontology``, ``shapes`` or ``seeds``.

    A wheel carries them inside the package, a checkout (also an editable install) beside it.
    Raises FileNotFoundError when neither is there.
    """
    for candidate in (PACKAGE / "data" / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the folder {name}/ is neither in the installed package nor beside it")


def turtle_files(name: str) -> list[Path]:
    """The Turtle files of a folder, by name."""
    return sorted(folder(name).glob("*.ttl"))
