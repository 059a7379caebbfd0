"""`verbatim gaps`, run as a curator would."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., subprocess.CompletedProcess[bytes]]


def listed(done: subprocess.CompletedProcess[bytes]) -> Any:  # noqa: ANN401  JSON
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return json.loads(done.stdout)


def first_wordings(done: subprocess.CompletedProcess[bytes]) -> list[tuple[int, str]]:
    return [(gap["times"], gap["wordings"][0]["text"]) for gap in listed(done)["gaps"]]


def test_gaps_are_listed_with_what_is_near_them(verbatim: Program, store: Path) -> None:
    done = verbatim("gaps", "--store", str(store), "--most", "1")

    assert (done.returncode, done.stderr.decode()) == (0, "")
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("1. 3× · 2 people · not stated 3 · last 20")
    assert lines[1:4] == [
        "     How old is the ferry?  (2×)",
        "     what is the age of the ferry",
        "  now       The documents do not state this.",
    ]
    assert [line.split()[-1] for line in lines if "crossings-cancelled" in line][-1] == "crossings-cancelled"
    assert lines[-3:] == [
        "3 gaps, asked for 5 times",
        "2 of them not shown; --most 3 shows them",
        "1 more answered by now or known to be unsaid; --all shows them",
    ]


def test_json_has_its_keys_in_their_order(verbatim: Program, store: Path) -> None:
    made = listed(verbatim("gaps", "--store", str(store), "--json"))

    assert list(made) == ["gaps", "settled", "of_few", "not_compared"]
    assert (made["settled"], made["of_few"], made["not_compared"]) == (1, 0, 0)
    assert list(made["gaps"][0]) == [
        *("times", "people", "reasons", "last", "state", "states", "now"),
        *("wordings", "facts", "unsaid", "sentence"),
    ]
    assert made["gaps"][0]["now"] == {"outcome": "abstain", "reason": "not_stated", "about": None}


def test_nobody_and_no_personal_data_is_shown(verbatim: Program, store: Path) -> None:
    for option in ("--json", "--all"):
        shown = verbatim("gaps", "--store", str(store), option).stdout.decode()
        assert "Who painted the cranes [number]" in shown
        assert not any(word in shown for word in ("7946", "77000", "99000"))


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--people", "2"), [(3, "How old is the ferry?")]),
        (("--reason", "out_of_scope"), [(1, "Who is the king of Spain?")]),
        (("--since", "2999-01-01"), []),
        (("--all", "--people", "2"), [(3, "How old is the ferry?")]),
    ],
)
def test_gaps_can_be_narrowed(
    options: tuple[str, ...], left: list[tuple[int, str]], verbatim: Program, store: Path
) -> None:
    assert first_wordings(verbatim("gaps", "--store", str(store), "--json", *options)) == left


def test_file_of_turns_is_asked(verbatim: Program, tmp_path: Path) -> None:
    turns = [["How old is the ferry?"], ["Where did the two sides meet?"], ["hello"]]
    (tmp_path / "set.jsonl").write_text("".join(json.dumps({"turns": each}) + "\n" for each in turns), "utf-8")

    assert first_wordings(verbatim("gaps", "--from", "set.jsonl", "--json")) == [(1, "How old is the ferry?")]


def test_what_a_batch_printed_is_read(verbatim: Program) -> None:
    asked: tuple[list[str], ...] = (["How old is the ferry?"], ["Where did the two sides meet?"], [])
    lines = "".join(json.dumps({"id": number, "turns": turns}) + "\n" for number, turns in enumerate(asked))
    printed = verbatim("ask", "--batch", "-", given=lines.encode()).stdout

    done = verbatim("gaps", "--from", "-", "--json", given=printed)
    assert first_wordings(done) == [(1, "How old is the ferry?")]
    assert listed(done)["gaps"][0]["people"] is None


def test_lines_that_cannot_be_read_are_told_with_the_mend(verbatim: Program) -> None:
    done = verbatim("gaps", "--from", "-", given=b'{"turns": []}\nno\n[1]\n\xff\n{"outcome": "abstain"}\n')

    assert (done.returncode, done.stdout) == (1, b"")
    told = done.stderr.decode().splitlines()
    assert [line.partition("; write")[0].partition(": write")[0] for line in told] == [
        'verbatim: -: line 1: no "turns", a list of one or more strings, and no "outcome"',
        "verbatim: -: line 2: not JSON",
        "verbatim: -: line 3: not an object",
        "verbatim: -: line 4: not UTF-8 text (byte 1 of the line)",
        'verbatim: -: line 5: no "question"',
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--store", "nowhere.db"), "no bot has kept anything here yet"),
        (("--from", "nowhere.jsonl"), "cannot be read"),
        (("--from", "."), "is a folder"),
        (("--from", "-", "--since", "2024-03-19"), "--since needs dates"),
        (("--from", "-", "--people", "2"), "--people needs to know who asked"),
        (("--reason", "dull"), "no reason 'dull'; there are not_stated"),
        (("--work",), "needs a terminal"),
    ],
)
def test_wrong_use_is_told(options: tuple[str, ...], told: str, verbatim: Program) -> None:
    done = verbatim("gaps", *options)

    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_store_that_is_none_is_told(verbatim: Program, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("x" * 5000, "utf-8")
    done = verbatim("gaps", "--store", "store.db")

    assert done.returncode == 1
    assert done.stderr.decode().startswith("verbatim: store.db: cannot be read as a store")
