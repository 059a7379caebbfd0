"""How far a long command is: a bar on the standard error, where that is a terminal, and nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Made = TypeVar("Made")

Step = Callable[[str, int], None]
"""Tells what is being done, and how many steps of it are done since the last time."""


@contextmanager
def progress(steps: int) -> Iterator[Step]:
    """Show a bar while the block runs; it vanishes with it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("", total=steps)
        yield lambda label, done: bar.update(task, description=label, advance=done)


def stepping(made: Iterable[Made], label: str, step: Step) -> Iterator[Made]:
    """Yield what is made, each a step."""
    step(label, 0)
    for one in made:
        step(label, 1)
        yield one
