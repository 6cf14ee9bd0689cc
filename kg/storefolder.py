"""What can be told from a store's folder without opening it."""

from __future__ import annotations

import sys
from pathlib import Path


def being_written(path: Path) -> bool:
    """Whether another process has the store open for writing; False where that cannot be known."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        with (path / "LOCK").open("rb+") as lock:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def edition(path: Path) -> str:
    """What changes whenever the store in a folder is opened for writing, or made anew; empty where there is none."""
    try:
        return "".join((path / name).read_text(encoding="ascii", errors="replace") for name in ("IDENTITY", "CURRENT"))
    except OSError:
        return ""
