"""The curator's guide goes from a file to answers, and to a second edition of it, as it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "knowledge" / "README.md"

KEYS = "keys: "
"""Begins the line that says what is pressed at the desk."""

ACCEPTS = "A"
"""The key of the desk that accepts all drafts of a sentence."""

LONGEST_S = 60


@dataclass(frozen=True, slots=True)
class Step:
    """A command of the guide, what is pressed while it runs, and what it prints, an ellipsis standing for anything."""

    command: str
    keys: str
    printed: str


def block(language: str) -> str:
    """Return the fenced block of the guide that is in one language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(found)


def steps() -> Iterator[Step]:
    for part in re.split(r"^\$ ", block("walk"), flags=re.MULTILINE)[1:]:
        command, *lines = part.splitlines()
        keys = "".join(line.removeprefix(KEYS) for line in lines if line.startswith(KEYS))
        yield Step(command, keys, "\n".join(line for line in lines if not line.startswith(KEYS)))


def is_as_told(shown: str, printed: str) -> bool:
    """Return whether what was printed is what the guide shows."""
    pattern = ".*".join(map(re.escape, shown.strip("\n").split("…")))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """An environment in which the folders of the guide are set and `verbatim` is the program."""
    program = tmp_path / "bin" / "verbatim"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m bot "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(program.parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "VERBATIM_DOCUMENTS": "documents",
        "VERBATIM_FACTS": "facts",
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of somebody who has received a report."""
    folder = tmp_path / "work"
    for each in ("documents", "facts"):
        (folder / each).mkdir(parents=True)
    (folder / "library.txt").write_text(block("report"), encoding="utf-8", newline="\n")
    return folder


def pressed(step: Step, folder: Path, surroundings: dict[str, str]) -> tuple[str, int | None]:
    """Return what a step prints when it is gone through in a terminal, and its exit code."""
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", step.command],
        cwd=str(folder),
        env=surroundings,
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=LONGEST_S,
    )
    try:
        child.expect("sentence")
        for key in step.keys:
            child.send(key)
            if key == ACCEPTS:
                child.expect("accepted ")  # a key for what is not yet shown would be lost
        child.expect(pexpect.EOF)
        return str(child.before).replace("\r", ""), child.wait()
    finally:
        child.close(force=True)


def taken(step: Step, folder: Path, surroundings: dict[str, str]) -> tuple[str, int | None]:
    """Return what a step prints, and its exit code."""
    if step.keys:
        return pressed(step, folder, surroundings)
    done = subprocess.run(
        ["/bin/sh", "-c", step.command],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=LONGEST_S,
        check=False,
    )
    return done.stdout, done.returncode


def test_guide_goes_the_whole_way_as_it_shows(folder: Path, surroundings: dict[str, str]) -> None:
    for step in steps():
        printed, code = taken(step, folder, surroundings)

        assert code == 0, (step.command, printed)
        shown = f"…{step.printed}" if step.keys else step.printed
        assert is_as_told(shown, printed), (step.command, printed)
