"""How fast it is: starting, answering, and the memory that it takes.

    python -m tests.benchmarks.speed

Programs are started in a folder of their own with a cache of their own: first without a ready base, which is then kept,
then several times with it, in turns with a program that only imports two of the libraries. Questions are the phrasings
of the shipped facts in an order drawn with a fixed seed, as they stand and with typos. It is done within a minute: a
slow machine starts and asks less often, which the table tells.
"""

from __future__ import annotations

import os
import platform
import random
import resource
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.settings import PREFIX
from knowledge import KnowledgeBase
from knowledge.curation import median_and_p99
from tests.benchmarks.misspelling import misspelt
from tests.benchmarks.starting import BYTES_PER_RSS, Run, run

QUESTION = "what did Hamas demand?"
RUNS = 7
STARTS_S = 15.0
"""Seconds after which programs are no longer started anew."""

MOST_ASKED = 1500
"""Questions that are asked of each sort."""
ASKING_S = 8.0
"""Seconds after which no more questions of one sort are asked."""

SEED = 20

IMPORTS = "import rapidfuzz, pydantic"

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Starts:
    """What programs took that were started anew: the first without a ready base, the others with it.

    Attributes:
        taken: the base that was kept was taken up, not made anew.
    """

    first: Run
    ready: Sequence[Run]
    imports: Sequence[Run]
    taken: bool


def main() -> int:
    """Measure, and print one table; return the exit code."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        starts = started(folder)  # before this process grows: see starting.Run.peak
        base = KnowledgeBase.load(cache=folder / "verbatim")
        plain, typos = questions(base)
        rows = (
            *start_rows(starts),
            asked_row("a question", base, plain),
            asked_row("a question with typos", base, typos),
            ("peak memory after all of them", _megabytes(peak())),
        )
    print(f"{machine()}\n")
    for label, figure in rows:
        print(f"{label:48}{figure:>34}")
    if not starts.taken:
        print("\nThe base that was kept was not taken up: it was refused, or something it is made from has changed.")
    return 0 if starts.taken else 1


def started(folder: Path) -> Starts:
    """Start the programs; the ready base is kept in the folder."""
    verbatim = shutil.which("verbatim", path=str(Path(sys.executable).parent))
    if verbatim is None:
        raise SystemExit(f"no verbatim beside {sys.executable}; install it: pip install --editable .")
    ask, imports = (verbatim, "ask", QUESTION), (sys.executable, "-c", IMPORTS)
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    environment = own | {"XDG_CACHE_HOME": str(folder)}
    first = run(ask, environment, folder)
    before = _kept(folder)
    pairs: list[tuple[Run, Run]] = []
    end = time.perf_counter() + STARTS_S
    while not pairs or (len(pairs) < RUNS and time.perf_counter() < end):
        pairs.append((run(ask, environment, folder), run(imports, environment, folder)))
    ready, imported = zip(*pairs, strict=True)
    return Starts(first, ready, imported, taken=bool(before) and before == _kept(folder))


def questions(base: KnowledgeBase) -> tuple[list[str], list[str]]:
    """Return phrasings of the base in a shuffled order, and others of them with typos, the same every time."""
    chance = random.Random(SEED)  # noqa: S311  a draw that can be repeated
    phrasings = sorted(phrasing for fact in base.facts for phrasing in fact.phrasings)
    chance.shuffle(phrasings)
    plain = phrasings[:MOST_ASKED]
    chance.shuffle(phrasings)
    return plain, [misspelt(phrasing, chance) for phrasing in phrasings[:MOST_ASKED]]


def asked_row(label: str, base: KnowledgeBase, asked: Sequence[str]) -> Row:
    """Return how long questions take inside the process."""
    end = time.perf_counter() + ASKING_S
    times = [_ms(base, question) for question in asked if time.perf_counter() < end]
    middle, slow = median_and_p99(times)
    return f"{label} (of {len(times):,})", f"median {middle:.1f} ms, p99 {slow:.1f} ms"


def start_rows(starts: Starts) -> Iterator[Row]:
    """Yield how long starts take, and how much memory."""
    yield "verbatim ask, nothing ready", f"{starts.first.ms:,.0f} ms"
    yield f"verbatim ask, base ready (of {len(starts.ready)})", _median_ms(starts.ready)
    yield f'python -c "{IMPORTS}" (of {len(starts.imports)})', _median_ms(starts.imports)
    yield "peak memory, nothing ready", _megabytes(starts.first.peak)
    yield "peak memory, base ready", _megabytes(max(ready.peak for ready in starts.ready))


def machine() -> str:
    """Return what it was measured on."""
    load = f"load {os.getloadavg()[0]:.1f}"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {load} at the end, {python}"


def peak() -> int:
    """Return the greatest resident memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_RSS


def _kept(folder: Path) -> list[tuple[Path, int]]:
    """Return the files of a cache with the time, in nanoseconds, at which each was written."""
    return sorted((path, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())


def _ms(base: KnowledgeBase, question: str) -> float:
    start = time.perf_counter()
    base.ask(question)
    return (time.perf_counter() - start) * 1000


def _median_ms(runs: Sequence[Run]) -> str:
    times = [one.ms for one in runs]
    return f"median {median(times):.0f} ms ({min(times):.0f} to {max(times):.0f})"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
