"""The command ``kg``: parses, calls and prints. Data go to stdout, messages to stderr.

Exit codes of every command: 0 done, 1 findings or figures that fail, or a file that cannot be written, 2 usage,
3 input that cannot be read.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Any, Final, NoReturn

import click

from kg import __version__
from kg.commands import Done, Failure, Unreadable
from kg.evaluation.gold import GoldError
from kg.query import QueryError
from kg.read import UnreadableInput
from kg.store import StoreError

_COMMANDS: Final = {
    "build": "kg.commands.build",
    "validate": "kg.commands.validate",
    "shapes": "kg.commands.shapes",
    "query": "kg.commands.query",
    "show": "kg.commands.show",
    "explain": "kg.commands.explain",
    "export": "kg.commands.export",
    "publish": "kg.commands.publish",
    "eval": "kg.commands.evaluate",
    "serve": "kg.commands.serve",
}


class _Commands(click.Group):
    """Imports a command when it is asked for: pySHACL and the lexicon are not needed to say the version."""

    done: Done | None = None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{_COMMANDS[cmd_name]}.command is no command")
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """A user's mistake becomes a message and an exit code, whichever stage noticed it."""
        try:
            return super().invoke(ctx)
        except Done as done:
            self.done = done
            raise
        except (UnreadableInput, StoreError, GoldError) as error:
            raise Unreadable(str(error)) from error
        except QueryError as error:
            raise click.UsageError(str(error)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            place = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{place}{error.strerror or error}") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Turn official Chinese local news into linked data, check it, and ask it questions."""


def run() -> NoReturn:
    """The command as a process of its own, which ends without freeing what a command still holds."""
    try:
        main(prog_name="kg")
    except SystemExit:
        if not isinstance(main, _Commands) or main.done is None:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(main.done.exit_code)
    raise AssertionError("click ends the process")
