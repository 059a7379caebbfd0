"""The conversation, typed into a real pseudo-terminal, and piped."""

from __future__ import annotations

import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

Program = Callable[..., subprocess.CompletedProcess[bytes]]
Terminal = Callable[..., "pexpect.spawn[str]"]

PROMPT = "> "
MET = "Where did the two sides meet?"
CODES = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")


@pytest.fixture
def terminal(surroundings: dict[str, str], tmp_path: Path) -> Iterator[Terminal]:
    """Start a conversation in a terminal of 80 columns, and wait for its prompt."""
    started: list[pexpect.spawn[str]] = []

    def start(**variables: str) -> pexpect.spawn[str]:
        child = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "chat"],
            env={**surroundings, **variables},
            cwd=str(tmp_path),
            dimensions=(40, 80),
            encoding="utf-8",
            timeout=30,
        )
        started.append(child)
        child.expect_exact(f"\n{PROMPT}")
        return child

    yield start
    for child in started:
        child.close(force=True)


def before_prompt(child: pexpect.spawn[str]) -> str:
    """Return what is shown until the next prompt, without the codes of readline and without carriage returns."""
    child.expect_exact(f"\n{PROMPT}")
    return CODES.sub("", child.before or "").replace("\r", "")


def says(child: pexpect.spawn[str], line: str) -> str:
    """Type a line and return the reply to it."""
    child.sendline(line)
    shown = before_prompt(child)
    return shown.partition("\n\n")[2].strip("\n")


def left(child: pexpect.spawn[str]) -> int | None:
    """Wait until the program has ended; return its exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def test_welcome_says_what_is_answered_from_and_gives_three_examples(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")

    assert CODES.sub("", child.before or "").replace("\r", "").splitlines()[:8] == [
        "Verbatim answers from 2 documents, in the words that stand there:",
        "  1. Notice of the ferry company (title given by us), publisher not known, no",
        "     date given  2 facts",
        "  2. Dock workers demand a pay rise, Alba Courier, 2024-03-19  4 facts",
        "What is not there is not answered.",
        "",
        "Ask, for example:",
        "  How many crossings did the ferry company cancel?",
    ]


def test_question_is_answered_with_the_quote_beneath(terminal: Terminal) -> None:
    assert says(terminal(NO_COLOR="1"), MET) == (
        "The two sides met in Brena on Tuesday. [1]\n"
        "\n"
        "  [1] “The two sides met in Brena on Tuesday.”  ¶2\n"
        "  Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
    )


def test_footnote_is_shown_in_its_place_with_the_quote_marked(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    says(child, MET)

    assert says(child, "/source 1") == (
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        '  ¶2  »The two sides met in Brena on Tuesday.« "We are ready to talk," union\n'
        "      leader Mara Venn said."
    )


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/source 1", "The last reply has no footnotes; ask a question first."),
        ("/why", "Nothing has been asked yet."),
        ("/find", "Please write what to look for behind /find: words, or a question."),
        ("/find zebras", "Nothing in the documents is near this."),
        ("/sourses", "I do not know /sourses; did you mean /sources?"),
        ("/xyz now", "I do not know /xyz; /help lists the commands."),
        ("", "Please ask a question; /help lists the commands."),
    ],
)
def test_command_that_cannot_be_obeyed_is_told_kindly(command: str, told: str, terminal: Terminal) -> None:
    assert says(terminal(NO_COLOR="1"), command) == told


def test_unknown_footnote_is_told(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    says(child, MET)

    assert says(child, "/source 7") == "Please name a footnote from 1 to 1, such as: /source 1"


def test_last_reply_is_explained(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    says(child, MET)

    shown = says(child, "/why")

    assert "met-in-brena" in shown
    assert "decision" in shown


def test_search_shows_sentences_and_leaves_the_conversation_as_it_was(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    says(child, MET)

    found = re.sub(r"\b[01]\.\d\d\b", "0.xx", says(child, "/find the Brena meeting"))
    assert found.splitlines() == [
        "Sentences nearest to this, not an answer:",
        "  0.xx  The two sides met in Brena on Tuesday.",
        "        ¶2 of Dock workers demand a pay rise, Alba Courier, 2024-03-19",
        "        facts  met-in-brena",
    ]
    assert says(child, "/source 1").startswith(
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n  ¶2  »The two"
    )


def test_words_that_were_searched_for_are_bold(terminal: Terminal) -> None:
    child = terminal()
    child.sendline("/find Brena")
    child.expect_exact(f"\n{PROMPT}")

    assert "met in \x1b[1mBrena\x1b[0m on Tuesday." in (child.before or "")


def test_sources_and_help_are_shown(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")

    assert "Dock workers demand a pay rise, Alba Courier, 2024-03-19  4 facts" in says(child, "/sources")
    assert [line.split("  ")[1] for line in says(child, "/help").splitlines()] == [
        "/sources",
        "/source N",
        "/find WORDS",
        "/why",
        "/help",
        "/quit",
    ]


def test_suggestion_is_chosen_by_its_number(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    offered = says(child, "How much do the dock workers earn?")
    assert "  1. According to the Alba Courier: Dock workers in Port Alba demanded" in offered
    assert offered.endswith("Type a number to choose.")

    chosen = says(child, "1")

    assert "“Dock workers in Port Alba demanded a pay rise of 7 percent on Monday”" in " ".join(chosen.split())


def test_number_beyond_the_suggestions_is_told(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    says(child, "How much do the dock workers earn?")

    assert says(child, "99").startswith("Please choose a number from 1 to ")


def test_tab_completes_commands(terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    child.send("/h\t")
    child.expect_exact("/help ")
    child.sendline("")

    assert "/quit" in before_prompt(child)


def test_typed_lines_come_back_in_the_next_conversation(terminal: Terminal, tmp_path: Path) -> None:
    first = terminal()
    says(first, MET)
    first.sendeof()
    assert left(first) == 0
    history = tmp_path / ".local" / "state" / "verbatim" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600

    second = terminal()
    second.send("\x1b[A")
    second.expect_exact(MET)


def test_history_that_cannot_be_kept_is_no_failure(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    child = terminal(XDG_STATE_HOME=str(tmp_path / "file"))
    says(child, MET)
    child.sendeof()

    assert left(child) == 0
    assert "Traceback" not in (child.before or "")


@pytest.mark.parametrize("leave", ["\x04", "\x03", "/quit\n"], ids=["Ctrl-D", "Ctrl-C", "/quit"])
def test_conversation_is_left_quietly(leave: str, terminal: Terminal) -> None:
    child = terminal(NO_COLOR="1")
    child.send(leave)

    assert left(child) == 0
    assert "Traceback" not in (child.before or "")


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "TERM=dumb"])
def test_colours_can_be_switched_off(variables: dict[str, str], terminal: Terminal) -> None:
    child = terminal(**variables)
    child.sendline(MET)
    child.expect_exact(f"\n{PROMPT}")

    assert re.search(r"\x1b\[[0-9;]*m", child.before or "") is None


def test_colours_are_used_in_a_terminal(terminal: Terminal) -> None:
    child = terminal()
    child.sendline(MET)
    child.expect_exact(f"\n{PROMPT}")

    assert re.search(r"\x1b\[[0-9;]*m", child.before or "") is not None


def test_escape_sequences_are_not_echoed_by_replies(verbatim: Program) -> None:
    done = verbatim("chat", given=b"/\x1b]0;owned\x07\nwhere did they meat \x1b[2J\xc2\x9b31m\n")

    assert done.returncode == 0
    assert not set("\x1b\x07\x9b") & set(done.stdout.decode())


def test_piped_lines_are_replied_to_without_a_prompt(verbatim: Program) -> None:
    done = verbatim("chat", given=f"{MET}\n\n/source 1\n".encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (
        "The two sides met in Brena on Tuesday. [1]\n"
        "\n"
        "  [1] “The two sides met in Brena on Tuesday.”  ¶2\n"
        "  Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "\n"
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        '  ¶2  »The two sides met in Brena on Tuesday.« "We are ready to talk," union leader Mara Venn said.\n'
        "\n"
    )


def test_very_long_line_is_one_short_reply(verbatim: Program) -> None:
    done = verbatim("chat", given=b"why " * 250_000 + f"\n{MET}\n".encode())

    assert done.stdout.decode().startswith(
        "That is longer than 100,000 bytes; please ask in fewer words.\n\nThe two sides met in Brena on Tuesday. [1]\n"
    )


def test_bytes_that_are_no_text_are_harmless(verbatim: Program) -> None:
    done = verbatim("chat", given=b"\xff\xfe\x00\x01\n" + f"{MET}\n".encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert "The two sides met in Brena on Tuesday. [1]" in done.stdout.decode()


def test_interrupted_script_ends_with_the_code_of_an_interruption(surroundings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(f"{MET}\n".encode())
        running.stdin.flush()
        running.stdout.readline()  # it has begun
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)

    assert (running.returncode, told) == (130, b"")
