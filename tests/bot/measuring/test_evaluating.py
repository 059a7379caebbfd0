"""`verbatim eval` as a person or another program would start it, on a base of two documents."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.bot.measuring.conftest import SET, Write

Program = Callable[..., subprocess.CompletedProcess[bytes]]

MET = "Where did the two sides meet?"
MISLABELLED = {"id": "m-1", "turns": [MET], "answerable": False}
MISSED = {"id": "m-2", "turns": ["How much do the dock workers earn?"], "answerable": True, "gold": [["7 percent"]]}
WRONG = {"id": "m-3", "turns": [MET], "answerable": True, "gold": [["The company blamed the weather."]]}


def measured(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    """Return the one object that was printed."""
    assert done.stdout.count(b"\n") == 1
    made: dict[str, Any] = json.loads(done.stdout)
    return made


# What is printed ------------------------------------------------------------------------------------------------------


def test_table_tells_the_verdicts_by_kind_and_the_figures(verbatim: Program) -> None:
    done = verbatim("eval", str(SET))

    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert [line.split() for line in lines[:7]] == [
        ["kind", "n", "correct", "wrong", "missed", "held", "false", "right"],
        ["followup", "1", "1", "0", "0", "0", "0", "100.0%"],
        ["plain", "3", "3", "0", "0", "0", "0", "100.0%"],
        ["twofold", "1", "1", "0", "0", "0", "0", "100.0%"],
        ["typo", "1", "1", "0", "0", "0", "0", "100.0%"],
        ["unsaid", "2", "0", "0", "0", "2", "0", "100.0%"],
        ["all", "together", "8", "6", "0", "0", "2", "0", "100.0%"],
    ]
    assert lines[8] == "answered 100.0%  held 100.0%  precision 100.0%  score 100.0%"
    assert lines[9].startswith("95% interval of the score 100.0% to 100.0%; ms per question: median ")


def test_json_is_one_object_and_all_that_is_printed(verbatim: Program, write: Write) -> None:
    done = verbatim("eval", write(MISLABELLED, MISSED, WRONG), "--json")

    made = measured(done)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {key: made[key] for key in made if key not in {"ms", "set", "risk_coverage", "score_interval"}} == {
        "answered": 0.0,
        "held": 0.0,
        "precision": 0.0,
        "score": 0.0,
        "questions": 3,
        "verdicts": {"correct": 0, "wrong": 1, "missed": 1, "held": 0, "false": 1},
        "kinds": {"plain": {"correct": 0, "wrong": 1, "missed": 1, "held": 0, "false": 1}},
        "misses": [
            {
                "id": "m-3",
                "kind": "plain",
                "verdict": "wrong",
                "why": 'does not cite "The company blamed the weather."',
            },
            {
                "id": "m-1",
                "kind": "plain",
                "verdict": "false",
                "why": "answered, though the documents do not say",
            },
            {"id": "m-2", "kind": "plain", "verdict": "missed", "why": "not answered"},
        ],
    }
    assert made["risk_coverage"][0] == {"best_share": 0.0, "coverage": 0.6667, "risk": 1.0}


def test_terminal_gets_a_bar_on_the_standard_error_and_a_pipe_gets_none(
    surroundings: dict[str, str], tmp_path: Path
) -> None:
    shown = tmp_path / "shown"
    command = f"exec {sys.executable} -m bot eval {SET} --ablate=spelling > {shown}"

    output, code = _in_terminal(command, surroundings, tmp_path)

    assert code == 0
    assert "16/16" in output
    assert "\x1b" not in shown.read_text("utf-8")


def _in_terminal(command: str, surroundings: dict[str, str], folder: Path) -> tuple[str, int | None]:
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", command],
        env=surroundings,
        cwd=str(folder),
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 120),
    )
    child.expect(pexpect.EOF)
    child.close()
    return child.before or "", child.exitstatus


# Runs that are kept and compared --------------------------------------------------------------------------------------


def test_run_that_is_kept_is_what_a_batch_prints(verbatim: Program, tmp_path: Path) -> None:
    verbatim("eval", str(SET), "--out", "run.jsonl")
    batch = verbatim("ask", "--batch", str(SET), "--explain").stdout.decode()

    kept = (tmp_path / "run.jsonl").read_text("utf-8")
    assert [_timeless(line) for line in kept.splitlines()] == [_timeless(line) for line in batch.splitlines()]


@pytest.mark.parametrize("printed", ["eval --out", "ask --batch"])
def test_run_compared_with_itself_has_not_changed(printed: str, verbatim: Program, tmp_path: Path) -> None:
    if printed == "eval --out":
        verbatim("eval", str(SET), "--out", "run.jsonl")
    else:
        (tmp_path / "run.jsonl").write_bytes(verbatim("ask", "--batch", str(SET)).stdout)

    done = verbatim("eval", str(SET), "--json", "--compare", "run.jsonl")

    assert measured(done)["compare"] == {"run": "run.jsonl", "compared": 8, "better": [], "worse": [], "otherwise": []}


def test_what_got_better_and_worse_is_listed(verbatim: Program, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in verbatim("ask", "--batch", str(SET)).stdout.splitlines()]
    lines[0] |= {"outcome": "abstain", "citations": []}
    lines[6] |= {"outcome": "answer", "citations": lines[1]["citations"]}
    lines[7] |= {"outcome": "clarify"}
    (tmp_path / "run.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines[:-2] + lines[-1:]), "utf-8")

    done = verbatim("eval", str(SET), "--compare", "run.jsonl")

    told = done.stdout.decode().partition("beside run.jsonl: ")[2].splitlines()
    assert told[0] == "1 better, 0 worse, 1 otherwise; 7 compared"
    assert [line.split()[:5] for line in told[2:]] == [
        ["better", "h-1", "plain", "missed", "correct"],
        ["otherwise", "h-8", "unsaid", "held", "held"],
    ]


def test_run_of_another_set_is_refused(verbatim: Program, tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text('{"id": "other", "outcome": "abstain"}\n', "utf-8")

    done = verbatim("eval", str(SET), "--compare", "run.jsonl")

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"verbatim: run.jsonl: has no question of questions.jsonl; name a run of the same set\n"


# Ablation -------------------------------------------------------------------------------------------------------------


def test_ablation_of_one_mechanism_tells_its_loss(verbatim: Program) -> None:
    (without,) = measured(verbatim("eval", str(SET), "--json", "--ablate=spelling"))["ablation"]

    assert (without["without"], without["answered"], without["changed"], without["worse"]) == ("spelling", 0.8333, 1, 1)
    assert without["change"] == round(without["score"] - 1.0, 4) < 0


def test_ablation_of_all_is_sorted_by_what_is_lost(verbatim: Program) -> None:
    done = measured(verbatim("eval", "--ablate", str(SET), "--json"))["ablation"]

    changes = [one["change"] for one in done]
    assert len(done) > 20
    assert changes == sorted(changes)


def test_mechanism_that_is_unknown_is_wrong_use(verbatim: Program) -> None:
    done = verbatim("eval", str(SET), "--ablate=magic")

    assert done.returncode == 2
    assert done.stderr.startswith(b"verbatim: no mechanism 'magic'; there are signal:")


# Exit codes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bar", "code"), [("1", 0), ("0.5", 0)])
def test_bar_that_is_reached_is_silent(bar: str, code: int, verbatim: Program) -> None:
    done = verbatim("eval", str(SET), "--bar", bar)

    assert (done.returncode, done.stderr) == (code, b"")


def test_score_below_the_bar_fails_after_all_was_told(verbatim: Program, write: Write, tmp_path: Path) -> None:
    done = verbatim("eval", write(MISLABELLED, WRONG), "--json", "--bar", "0.8", "--out", "run.jsonl")

    assert (done.returncode, done.stderr) == (1, b"verbatim: the score 0.0000 is below the bar 0.8\n")
    assert measured(done)["score"] == 0.0
    assert len((tmp_path / "run.jsonl").read_text("utf-8").splitlines()) == 2


def test_bar_that_is_no_score_is_wrong_use(verbatim: Program) -> None:
    assert verbatim("eval", str(SET), "--bar", "80").returncode == 2


def test_broken_set_is_told_with_line_and_mend(verbatim: Program, write: Write) -> None:
    done = verbatim("eval", write(MISLABELLED, {**WRONG, "gold": [["never written"]]}, MISLABELLED))

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        'verbatim: set.jsonl: line 2: quote "never written" stands in no document of the base; copy the words of the '
        "document, or name the base of the set: --documents DIR --facts DIR\n"
        'verbatim: set.jsonl: line 3: id "m-1" is taken by line 1; give each question an id of its own\n'
    )


@pytest.mark.parametrize("arguments", [("none.jsonl",), (str(SET), "--compare", "none.jsonl")])
def test_file_that_is_not_there_is_wrong_use(arguments: tuple[str, ...], verbatim: Program) -> None:
    done = verbatim("eval", *arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"verbatim: none.jsonl: cannot be read (No such file or directory); name a file of ")


@pytest.mark.parametrize("option", ["--out", "--html"])
def test_file_that_cannot_be_written_is_told_before_anything_is_asked(option: str, verbatim: Program) -> None:
    done = verbatim("eval", str(SET), option, "none/file")

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"verbatim: none/file: there is no folder none; make it, or name another file\n"


def test_set_is_never_written_over(verbatim: Program, write: Write, tmp_path: Path) -> None:
    name = write(MISLABELLED)
    before = (tmp_path / name).read_bytes()

    assert verbatim("eval", name, "--out", f"./{name}").returncode == 2
    assert (tmp_path / name).read_bytes() == before


def test_interruption_leaves_nothing_half_written(surroundings: dict[str, str], write: Write, tmp_path: Path) -> None:
    many = write(*({**WRONG, "id": f"m-{number}"} for number in range(20_000)))
    (tmp_path / "run.jsonl").write_text("what was there before\n", "utf-8")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "eval", many, "--out", "run.jsonl", "--html", "page.html"],
        env=surroundings,
        cwd=str(tmp_path),
        encoding="utf-8",
        timeout=60,
        dimensions=(40, 120),
    )
    child.expect("/20000")

    child.kill(signal.SIGINT)
    child.expect(pexpect.EOF)
    child.close()

    assert (child.exitstatus, child.signalstatus) == (130, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.jsonl", "set.jsonl"]
    assert (tmp_path / "run.jsonl").read_text("utf-8") == "what was there before\n"


def _timeless(line: str) -> dict[str, Any]:
    made = json.loads(line)
    return {key: value for key, value in made.items() if key != "ms"}
