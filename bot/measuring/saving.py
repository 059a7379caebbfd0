"""Files that are there wholly or not at all: an interrupted command leaves what was there before."""

from __future__ import annotations

import os
from pathlib import Path

from bot.output import PROBLEMS, WRONG_USE, stop


def proven(path: Path) -> None:
    """Leave, before any work is done, when a file cannot be where it is wanted."""
    if path.is_dir():
        stop(f"{path}: is a folder; name a file", WRONG_USE)
    if not path.parent.is_dir():
        stop(f"{path}: there is no folder {path.parent}; make it, or name another file", WRONG_USE)


def save(path: Path, content: str) -> None:
    """Write a file in UTF-8; leave when that fails. What is no file, such as /dev/stdout, is written to as it is."""
    target = path.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_text(content, "utf-8")
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            beside.write_text(content, encoding="utf-8", newline="\n")
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        stop(f"{path}: cannot be written ({error.strerror}); name another file", PROBLEMS)
