"""Programs started anew and measured from outside: the time until they end, and the memory that they took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

LONGEST_S = 15.0
"""Seconds after which a program is ended."""

BYTES_PER_RSS = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in. Source: getrusage(2) of macOS and of Linux."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took.

    Attributes:
        ms: milliseconds from the start to the end.
        peak: greatest resident memory, in bytes; on Linux never less than that of the program that started it.
    """

    ms: float
    peak: int


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Run:
    """Run a command in a folder; one that fails, or takes too long, ends the program."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    limit = Timer(LONGEST_S, process.kill)
    limit.start()
    _, status, usage = os.wait4(process.pid, 0)
    ms = (time.perf_counter() - start) * 1000
    limit.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: ended with {process.returncode}")
    return Run(ms, usage.ru_maxrss * BYTES_PER_RSS)
