"""Sets and runs that a command names, read or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bot.output import PROBLEMS, WRONG_USE, stop
from knowledge.curation import InvalidSet

Read = TypeVar("Read")


def read_or_stop(path: Path, wanted: str, read: Callable[[Path], Read]) -> Read:
    """Return what a file holds; leave when it cannot be read, or with every problem that it has."""
    try:
        return read(path)
    except OSError as error:
        stop(f"{path}: cannot be read ({error.strerror}); name a file of {wanted}", WRONG_USE)
    except InvalidSet as broken:
        stop("\nverbatim: ".join(map(str, broken.problems)), PROBLEMS)
