"""Lines typed by a person, with readline: editing, history, and completion of commands."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

try:
    import readline
except ImportError:  # a Python without it, as on Windows: lines are typed plainly
    readline = None  # type: ignore[assignment]  # as above

REMEMBERED = 500
"""Lines kept in the history."""

LONGEST_REMEMBERED = 1_000
"""Characters; what is longer was pasted and would only get in the way."""


def edited_lines(prompt: str, words: Sequence[str], history: Path | None) -> Iterator[str]:
    """Yield what is typed, line by line, until the end of the input.

    Args:
        prompt: shown before each line.
        words: completed by Tab at the beginning of a line.
        history: file that keeps what was typed, readable by its owner only; None or an unwritable one keeps nothing.
    """
    if readline is not None:
        _prepare(words, history)
    try:
        while (line := _typed(prompt)) is not None:
            _remember(line)
            yield line
    finally:
        _keep(history)


def edited_line(prompt: str, prefilled: str) -> str:
    """Return one line that is typed, or what was prefilled and edited; what is typed here is not remembered.

    Raises:
        EOFError: the input has ended.
    """
    if readline is None:
        return input(f"{prompt}[{prefilled}] " if prefilled else prompt) or prefilled
    readline.set_auto_history(False)
    readline.set_completer(None)
    readline.set_startup_hook(lambda: readline.insert_text(prefilled))
    try:
        return input(prompt)
    finally:
        readline.set_startup_hook()


def _typed(prompt: str) -> str | None:
    """Return a typed line; None at the end of the input."""
    try:
        return input(prompt)
    except EOFError:
        return None


def _prepare(words: Sequence[str], history: Path | None) -> None:
    """Set up editing: history by hand, so that pasted pages stay out of it, and Tab."""

    def complete(text: str, state: int) -> str | None:
        fitting = [f"{word} " for word in words if text.startswith("/") and word.startswith(text)]
        return fitting[state] if state < len(fitting) else None

    readline.set_auto_history(False)
    readline.set_history_length(REMEMBERED)
    readline.set_completer(complete)
    readline.set_completer_delims(" ")
    is_editline = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_editline else "tab: complete")
    if history is not None:
        with contextlib.suppress(OSError):
            readline.read_history_file(history)


def _remember(line: str) -> None:
    """Add a line to the history, unless it is blank, very long, or the same as the one before."""
    if readline is None or not line.strip() or len(line) > LONGEST_REMEMBERED:
        return
    last = readline.get_current_history_length()
    if last == 0 or readline.get_history_item(last) != line:
        readline.add_history(line)


def _keep(history: Path | None) -> None:
    """Write the history to its file, which only its owner can read."""
    if readline is None or history is None:
        return
    with contextlib.suppress(OSError):
        history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(history, os.O_WRONLY | os.O_CREAT, 0o600))
        history.chmod(0o600)
        readline.write_history_file(history)
        history.chmod(0o600)
