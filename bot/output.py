"""What commands print: lines, JSON, and the word with which they stop."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NoReturn

import typer

from bot.messages import printable

if TYPE_CHECKING:
    from bot.screens import Line

DONE, PROBLEMS, WRONG_USE = 0, 1, 2
"""Exit codes of commands; `bot.__main__` has those of failures."""


def show(lines: Iterable[Line]) -> None:
    """Print lines as the terminal, or what stands in for it, can show them."""
    from bot.screens import screen  # noqa: PLC0415  rich, which answers in JSON do without

    output = screen()
    for line in lines:
        output.print(line)


def print_json(made: Mapping[str, object]) -> None:
    """Print a JSON object as one line, in UTF-8 whatever the terminal speaks, and at once."""
    from bot.contract import as_line  # noqa: PLC0415  not needed to show help

    sys.stdout.flush()
    sys.stdout.buffer.write(f"{as_line(made)}\n".encode())
    sys.stdout.buffer.flush()


def stop(message: str, code: int) -> NoReturn:
    """Print a message to the standard error and leave."""
    typer.echo(printable(f"verbatim: {message}"), err=True)
    raise typer.Exit(code)
