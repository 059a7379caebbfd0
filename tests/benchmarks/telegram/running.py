"""Two programs on a core each, the bot and the server, looked at from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from bot.settings import PREFIX
from tests.benchmarks.telegram.arrivals import Arrivals, read
from tests.benchmarks.telegram.load import Load
from tests.benchmarks.telegram.server import Plan

ROOT = Path(__file__).resolve().parents[3]
PROC = Path("/proc")
SETTLE_S = 0.3
"""After the last message has arrived: what was put off until then is work, too."""

STOP_S = 15.0

Command = Callable[[str, Path], tuple[list[str], dict[str, str]]]
"""How a bot is started for the URL of a server, with a folder for what it keeps: arguments and environment."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process has used so far: seconds of CPU, and bytes of memory at the most. Both are 0 without /proc."""

    cpu_s: float = 0.0
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement.

    Attributes:
        cpu_s: seconds of CPU of the bot, from the first messages handed out.
        peak: greatest resident memory of the bot, in bytes.
        server_cpu_s: seconds of CPU of the server in the same time.
    """

    updates: int
    arrivals: Arrivals
    cpu_s: float
    peak: int
    server_cpu_s: float

    @property
    def per_second(self) -> float:
        return self.updates / self.arrivals.last_s if self.arrivals.last_s else 0.0

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of CPU for one update."""
        return 1000 * self.cpu_s / self.updates


def run(command: Command, load: Load, *, per_second: float = 0.0, limit_s: float = 60.0) -> Run:
    """Let a bot answer a load; a bot or a server that ends too soon ends the program."""
    plan = Plan(load.messages, load.expected, per_second, limit_s)
    with TemporaryDirectory() as name, _started(_server(), core=1, given=json.dumps(asdict(plan))) as server:
        url = _next(server)["url"]
        arguments, environment = command(url, Path(name))
        with _started((arguments, environment), core=0, folder=Path(name)) as bot:
            begun = _next(server)
            before = spent(bot.pid)
            told = _next(server) if begun.get("begun") else {}
            time.sleep(SETTLE_S)
            after = spent(bot.pid)
            if not told or bot.poll() is not None:
                raise SystemExit(f"{' '.join(arguments)}: does not come for messages (exit code {bot.poll()})")
    arrivals = read(told, load, paced=per_second > 0)
    return Run(len(load.messages), arrivals, after.cpu_s - before.cpu_s, after.peak, told["cpu_s"])


def stock(at_once: int = 0) -> Command:
    """Return how the stock set-up is started."""

    def command(url: str, folder: Path) -> tuple[list[str], dict[str, str]]:  # noqa: ARG001  it keeps nothing
        arguments = [sys.executable, "-m", "tests.benchmarks.telegram.echo", url, "--at-once", str(at_once)]
        return arguments, _environment()

    return command


def ours(cache: Path) -> Command:
    """Return how `verbatim telegram` is started: without flood limits, with a store that does not exist yet."""

    def command(url: str, folder: Path) -> tuple[list[str], dict[str, str]]:
        own = {
            "TELEGRAM_TOKEN": "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
            "TELEGRAM_API": url,
            "STORE": str(folder / "store.db"),
            "TELEGRAM_PER_SECOND": "0",
            "TELEGRAM_CHAT_PER_SECOND": "0",
            "TELEGRAM_GROUP_PER_MINUTE": "0",
            "QUESTIONS_PER_MINUTE": "0",
        }
        set_ = {f"{PREFIX}{name}": value for name, value in own.items()}
        return [sys.executable, "-m", "bot", "telegram"], {**_environment(), **set_, "XDG_CACHE_HOME": str(cache)}

    return command


def cores() -> Sequence[int]:
    """Return the cores that a process can be held to; empty where that cannot be done."""
    return sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []


def spent(pid: int) -> Spent:
    """Return what a process has used so far. Source: proc(5)."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        status = (PROC / str(pid) / "status").read_text()
    except OSError:
        return Spent()
    ticks = int(fields[11]) + int(fields[12])
    peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
    return Spent(ticks / os.sysconf("SC_CLK_TCK"), 1024 * peak)


def _server() -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "tests.benchmarks.telegram.server"], _environment()


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
    return {**own, "PYTHONPATH": str(ROOT)}


def _next(server: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the next thing that the server tells."""
    line = server.stdout.readline() if server.stdout else ""
    if not line:
        raise SystemExit("the server of the measurement has ended")
    told: dict[str, Any] = json.loads(line)
    return told


@contextmanager
def _started(
    how: tuple[list[str], dict[str, str]], core: int, folder: Path = ROOT, given: str | None = None
) -> Iterator[subprocess.Popen[str]]:
    """Run a program on one core, where that can be asked for; at the end it is told to stop."""
    arguments, environment = how
    with subprocess.Popen(
        arguments,
        env=environment,
        cwd=folder,
        text=True,
        stdin=subprocess.PIPE if given else subprocess.DEVNULL,
        stdout=subprocess.PIPE if given else subprocess.DEVNULL,
        stderr=None if given else subprocess.DEVNULL,
    ) as process:
        try:
            if places := cores():
                os.sched_setaffinity(process.pid, {places[core % len(places)]})
            if given and process.stdin:
                process.stdin.write(given)
                process.stdin.close()
            yield process
        finally:
            process.terminate()
            limit = Timer(STOP_S, process.kill)
            limit.start()
            process.wait()
            limit.cancel()
