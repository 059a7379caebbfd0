"""Where the desk is opened and left: whether there is a terminal for it, and what is said afterwards."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import typer

from bot.messages import printable
from bot.output import PROBLEMS, WRONG_USE, stop
from knowledge import VerbatimError

NO_TERMINAL = (
    "review is a desk in a terminal, and here is none; start it in one, without a pipe. In scripts, `verbatim check` "
    "tells what is left to review, and the fact file can be edited by hand"
)


def review(document: str, documents: Path, facts: Path) -> int:
    """Open a document for review; return the exit code when the desk is left.

    Args:
        document: its id.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or _is_dumb():
        stop(NO_TERMINAL, WRONG_USE)
    from bot.curating.reviewing.desk import opened, result_of  # noqa: PLC0415  textual, which only the desk needs

    try:
        desk = opened(document, documents, facts)
    except VerbatimError as error:
        stop(str(error), PROBLEMS)
    code = desk.run()
    code, lines = result_of(desk, code)
    for line in lines:
        typer.echo(printable(line))
    return code


def _is_dumb() -> bool:
    """Tell whether the terminal cannot place what is drawn."""
    import curses  # noqa: PLC0415  only for this

    try:
        curses.setupterm(fd=sys.stdout.fileno())
    except curses.error:
        return False
    return curses.tigetstr("cup") is None and os.name == "posix"
