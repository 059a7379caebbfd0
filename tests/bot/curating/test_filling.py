"""`verbatim gaps --work`, in a real pseudo-terminal of 80 columns and 24 lines."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from knowledge import KnowledgeBase
from knowledge.proof.records import read_fact_file

Terminal = Callable[[], "pexpect.spawn[str]"]

CODES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")
KEYS = "q quit"


@pytest.fixture
def terminal(surroundings: dict[str, str], own: Path, store: Path, tmp_path: Path) -> Iterator[Terminal]:
    started: list[pexpect.spawn[str]] = []

    def start() -> pexpect.spawn[str]:
        options = ["--documents", str(own / "documents"), "--facts", str(own / "facts"), "--store", str(store)]
        child = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "gaps", "--work", *options],
            env={**surroundings, "NO_COLOR": "1"},
            cwd=str(tmp_path),
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=60,
        )
        started.append(child)
        child.expect_exact(KEYS)
        return child

    yield start
    for child in started:
        child.close(force=True)


def shown(child: pexpect.spawn[str], until: str) -> str:
    child.expect_exact(until)
    return CODES.sub("", child.before or "").replace("\r", "")


def left(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    """Wait until the program has ended; return its exit code and its last line."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, CODES.sub("", child.before or "").strip().splitlines()[-1]


def base_of(own: Path) -> KnowledgeBase:
    return KnowledgeBase.load(own / "documents", own / "facts")


def test_gap_and_its_keys_fit_the_screen(terminal: Terminal) -> None:
    child = terminal()

    lines = CODES.sub("", child.before or "").partition("1/3  ")[2].splitlines()
    assert lines[0].startswith("3× · 2 people · not stated 3 · last")
    assert len(lines) <= 22
    assert all(len(line) <= 80 for line in lines)


def test_something_unsaid_is_written_with_the_wordings_that_are_kept(terminal: Terminal, own: Path) -> None:
    child = terminal()
    child.send("u")
    child.expect_exact("Enter keeps all): ")
    child.sendline("")
    child.expect_exact("the documents do not state: ")
    child.sendline("\x15age of the ferry")
    told = shown(child, KEYS)

    (record,) = (filed.record for filed in read_fact_file(own / "facts" / "ferry.toml").unsaid)
    assert (record.about, record.wordings) == (
        "age of the ferry",
        ("How old is the ferry?", "what is the age of the ferry"),
    )
    assert "0 of 3 would still be asked in vain" in told
    child.send("q")
    assert left(child) == (0, "1 written, 0 skipped")


def test_wording_that_asks_for_something_else_is_left_out(terminal: Terminal, own: Path) -> None:
    child = terminal()
    child.send("p")
    child.expect_exact("number of the fact: ")
    child.sendline("")
    child.expect_exact("Enter keeps all): ")
    child.sendline("2")
    child.expect_exact(KEYS)

    known = base_of(own).fact("weather-blamed")
    assert known is not None
    assert known.phrasings == ("What did the ferry company blame?", "How old is the ferry?")


def test_draft_is_written_from_the_nearest_sentence(terminal: Terminal, own: Path) -> None:
    child = terminal()
    child.send("f")
    child.expect_exact("Enter keeps all): ")
    child.sendline("")
    child.expect_exact(KEYS)

    drafts = [filed.record for filed in read_fact_file(own / "facts" / "ferry.toml").facts if filed.record.draft]
    assert [(draft.agent, draft.act, draft.phrasings[0]) for draft in drafts] == [
        (("ferry-company",), "cancel", "How old is the ferry?")
    ]


def test_what_would_break_the_base_is_refused_and_nothing_is_written(terminal: Terminal, own: Path) -> None:
    before = (own / "facts" / "ferry.toml").read_bytes()
    child = terminal()
    (own / "facts" / "ferry.toml").write_bytes(before.replace(b"crossings-cancelled", b"crossings-called-off"))
    child.send("u")
    child.expect_exact("Enter keeps all): ")
    child.sendline("")
    child.expect_exact("the documents do not state: ")
    child.sendline("\x15age of the ferry")

    assert "nothing was written" in shown(child, KEYS)
    assert b"age of the ferry" not in (own / "facts" / "ferry.toml").read_bytes()


@pytest.mark.parametrize("leave", ["q", "\x03", "\x04"], ids=["q", "Ctrl-C", "Ctrl-D"])
def test_leaving_in_the_middle_loses_nothing_that_was_written(leave: str, terminal: Terminal, own: Path) -> None:
    child = terminal()
    child.send("a")
    child.expect_exact("Enter keeps all): ")
    child.sendline("")
    child.expect_exact(KEYS)
    child.send(leave)

    assert left(child) == (0, "1 written, 0 skipped")
    (gap,) = base_of(own).unsaid
    assert gap.wordings[-2:] == ("How old is the ferry?", "what is the age of the ferry")


def test_ctrl_c_in_a_line_leaves_without_writing_it(terminal: Terminal, own: Path) -> None:
    child = terminal()
    child.send("u")
    child.expect_exact("Enter keeps all): ")
    child.sendline("")
    child.expect_exact("the documents do not state: ")
    child.send("\x03")

    assert left(child) == (0, "0 written, 0 skipped")
    assert [gap.about for gap in base_of(own).unsaid] == ["what dock workers earn now"]


def test_other_keys_are_explained_and_gaps_are_skipped(terminal: Terminal) -> None:
    child = terminal()
    child.send("x")
    assert "unsaid: the documents do not say it" in shown(child, KEYS)
    child.send("s")
    shown(child, KEYS)
    child.send("s")
    shown(child, KEYS)
    child.send("s")

    assert left(child) == (0, "0 written, 3 skipped")


def test_wording_with_personal_data_is_not_written(terminal: Terminal) -> None:
    child = terminal()
    child.send("s")
    told = shown(child, KEYS)
    if "cranes" not in told:
        child.send("s")
        told = shown(child, KEYS)
    assert "[number]" in told
    child.send("u")

    assert "holds personal data" in " ".join(shown(child, KEYS).split())
