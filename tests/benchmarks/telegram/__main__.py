"""Updates a second and milliseconds of waiting, of the stock set-up and of ours, against the same server in one run.

    python -m tests.benchmarks.telegram [--rounds N] [--json]

A backlog of 1,500 questions of 100 chats waits at the beginning; then 30 questions a second come from 200 chats. The
bot is held to one core and the server to another. Stock set-ups echo. Ours is the process that an operator runs, with
real answers and a store on the disk, without its flood limits; every text that arrives is compared with what the base
says in that conversation. The best of the rounds counts, because other programs can only make it slower; there is one
round less where they do. It takes two to three minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from knowledge import KnowledgeBase
from knowledge.curation import median_and_p99
from tests.benchmarks.speed import machine
from tests.benchmarks.telegram import load as loads
from tests.benchmarks.telegram.load import Load, Message
from tests.benchmarks.telegram.running import Command, Run, cores, ours, run, stock

BACKLOG = 1500
CHATS = 100

ROUNDS_S = 60.0
"""Seconds after which no other round of backlogs is begun."""

PER_SECOND = 30.0
"""Source: the most that Telegram lets a bot send."""
PACED_S = 20
PACED_CHATS = 200

GOAL = "goal: 400 updates a second, better 600; p99 below 25 ms"

Row = dict[str, Any]


def main() -> int:
    """Measure, and print a table or JSON; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=2, help="times that each backlog is worked off at most")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    base = KnowledgeBase.load()
    drawn = loads.questions(base)
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        KnowledgeBase.load(cache=cache / "verbatim")
        backlogs = backlog_rows(base, drawn, ours(cache), given.rounds)
        paced = paced_rows(base, drawn, ours(cache))
    if given.json:
        print(json.dumps({"machine": machine(), "pinned": bool(cores()), "backlog": backlogs, "paced": paced}))
    else:
        show(backlogs, paced)
    return 0 if all(row["missing"] == row["unexpected"] == 0 for row in (*backlogs, *paced)) else 1


def backlog_rows(base: KnowledgeBase, drawn: Sequence[str], bot: Command, rounds: int) -> list[Row]:
    """Measure how fast a backlog is worked off."""
    different = loads.different(drawn, BACKLOG, CHATS)
    often = loads.popular(drawn, BACKLOG, CHATS)
    echoed = loads.echoed(different)
    measured: list[tuple[str, Command, Load]] = [
        ("stock, one after another, echo", stock(), echoed),
        ("stock, eight at once, echo", stock(8), echoed),
        ("ours, all different, 15 in a conversation", bot, loads.answered(different, base)),
        ("ours, all different, a chat each", bot, loads.answered(each_in_its_chat(different), base)),
        ("ours, popular ones, 15 in a conversation", bot, loads.answered(often, base)),
        ("ours, popular ones, a chat each", bot, loads.answered(each_in_its_chat(often), base)),
    ]
    runs: dict[str, list[Run]] = {label: [] for label, _, _ in measured}
    end = time.perf_counter() + ROUNDS_S
    for done in range(rounds):
        if done and time.perf_counter() > end:
            break
        for label, command, load in measured:
            runs[label].append(run(command, load))
    return [
        {
            "label": label,
            "different_questions": load.distinct,
            **figures(max(runs[label], key=lambda one: one.per_second)),
            "rounds_per_second": [round(one.per_second, 1) for one in runs[label]],
        }
        for label, _, load in measured
    ]


def paced_rows(base: KnowledgeBase, drawn: Sequence[str], bot: Command) -> list[Row]:
    """Measure how long people wait at the pace that Telegram allows."""
    many = int(PER_SECOND * PACED_S)
    messages, often = loads.different(drawn, many, PACED_CHATS), loads.popular(drawn, many, PACED_CHATS)
    measured: list[tuple[str, Command, Load]] = [
        ("stock, one after another, echo", stock(), loads.echoed(messages)),
        ("ours, all different, 3 in a conversation", bot, loads.answered(messages, base)),
        ("ours, popular ones, 3 in a conversation", bot, loads.answered(often, base)),
    ]
    rows = []
    for label, command, load in measured:
        one = run(command, load, per_second=PER_SECOND, limit_s=PACED_S + 10.0)
        waits = one.arrivals.waits_ms
        middle, slow = median_and_p99(waits)
        rows.append({"label": label, "p50_ms": middle, "p99_ms": slow, "max_ms": waits[-1], **figures(one)})
    return rows


def each_in_its_chat(messages: Sequence[Message]) -> list[Message]:
    """Return the same messages, each from another person: nobody has asked anything before."""
    return [(number, text) for number, (_, text) in enumerate(messages, start=1)]


def figures(one: Run) -> Row:
    """Return the figures of a run."""
    return {
        "updates": one.updates,
        "per_second": one.per_second,
        "cpu_ms": one.cpu_ms,
        "server_cpu_ms": 1000 * one.server_cpu_s / one.updates,
        "out_of_order": one.arrivals.out_of_order,
        "missing": one.arrivals.missing,
        "unexpected": one.arrivals.unexpected,
        "peak_mb": one.peak / 1e6,
    }


def show(backlogs: Sequence[Row], paced: Sequence[Row]) -> None:
    """Print both tables."""
    print(f"{machine()}; {'a core for each' if cores() else 'not held to cores'}\n{GOAL}\n")
    _line(f"backlog of {BACKLOG:,}", "updates/s", "CPU ms", "server ms", "disorder", "wrong", "MB", "  rounds")
    for row in backlogs:
        rounds = ", ".join(f"{rate:.0f}" for rate in row["rounds_per_second"])
        _line(
            row["label"],
            *(f"{row['per_second']:.0f}", f"{row['cpu_ms']:.2f}", f"{row['server_cpu_ms']:.2f}"),
            *(row["out_of_order"], row["missing"] + row["unexpected"], f"{row['peak_mb']:.0f}", f"  {rounds}"),
        )
    print()
    _line(f"{PER_SECOND:.0f} a second for {PACED_S} s", "p50 ms", "CPU ms", "p99 ms", "max ms", "wrong", "MB")
    for row in paced:
        _line(
            row["label"],
            *(f"{row['p50_ms']:.1f}", f"{row['cpu_ms']:.2f}", f"{row['p99_ms']:.1f}", f"{row['max_ms']:.1f}"),
            *(row["missing"] + row["unexpected"], f"{row['peak_mb']:.0f}"),
        )


def _line(label: str, first: object, second: object, *more: object) -> None:
    """Print a line of a table; what comes last may be longer than its column."""
    print(f"{label:43}{first:>10}{second:>8}{''.join(f'{one:>10}' for one in more)}")


if __name__ == "__main__":
    sys.exit(main())
