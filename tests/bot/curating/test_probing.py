"""`verbatim probe` as a person or another program would start it, on a base of two documents."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

TRAMWAY = Path(__file__).resolve().parents[2] / "facts" / "tramway"

Program = Callable[..., subprocess.CompletedProcess[bytes]]


def test_table_tells_how_each_kind_went_and_what_the_base_lacks(verbatim: Program) -> None:
    done = verbatim("probe", "--kind", "actor", "--kind", "gap", "--kind", "place")

    assert (done.returncode, done.stderr) == (0, b"")
    assert [" ".join(line.split()) for line in done.stdout.decode().splitlines()] == [
        "kind asked right confused rate 95% interval",
        "actor 8 8 0 100.0% 67.6% to 100.0% another of the same kind acts",
        "gap 2 2 0 100.0% 34.2% to 100.0% something unsaid, in slightly other words",
        "all together 10 10 0 100.0% 72.2% to 100.0%",
        "no place probes: no wording with a place or city of its fact that can be exchanged",
    ]


def test_same_seed_prints_the_same_bytes(verbatim: Program) -> None:
    first, again = (verbatim("probe", "--json", "--seed", "7", PYTHONHASHSEED=seed) for seed in ("1", "2"))

    assert first.returncode == 0
    assert first.stdout == again.stdout
    assert json.loads(first.stdout)["seed"] == 7


def test_no_more_than_wanted_are_asked_of_one_fact(verbatim: Program) -> None:
    made = json.loads(verbatim("probe", "--json", "--fact", "weather-blamed", "--most", "3").stdout)

    assert made["asked"] == made["right"] + made["confused"] == 3


def test_rate_below_the_bar_ends_with_exit_code_1(verbatim: Program) -> None:
    """On the tramway some sides are taken for each other when they change places."""
    tramway = ("--documents", str(TRAMWAY / "documents"), "--facts", str(TRAMWAY / "facts"))
    done = verbatim("probe", "--kind", "mirror", "--bar", "1", *tramway)

    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1
    assert b"of the probes went right, which is below the bar 1.0" in done.stderr
    assert {line.split()[0] for line in lines[:5]} == {"mirror", "from", "asked", "changed", "expected"}
    assert any(line.startswith("right by side: ") for line in lines)


def test_rate_above_the_bar_ends_with_exit_code_0(verbatim: Program) -> None:
    assert verbatim("probe", "--kind", "gap", "--bar", "1").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--kind", "nope"), "no kind of probe 'nope'; there are actor, mirror, act, number, negation, place"),
        (("--fact", "weather"), "no fact 'weather'; did you mean 'weather-blamed'?"),
    ],
)
def test_unknown_name_is_refused_with_its_mend(arguments: tuple[str, ...], told: str, verbatim: Program) -> None:
    done = verbatim("probe", *arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
