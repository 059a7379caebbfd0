"""The real program, started as a person or another program would start it."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messages import LONGEST_INPUT

HARBOUR = Path(__file__).parent / "harbour"
Program = Callable[..., subprocess.CompletedProcess[bytes]]

MET = "Where did the two sides meet?"
MET_REPLY = (
    "The two sides met in Brena on Tuesday. [1]\n"
    "\n"
    "[1] “The two sides met in Brena on Tuesday.” (¶2)\n"
    "Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
)


def lines(*records: object) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def objects(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def broken_base(tmp_path: Path) -> Path:
    """The harbour with a quote that is not in its document."""
    shutil.copytree(HARBOUR, tmp_path / "broken")
    file = tmp_path / "broken" / "facts" / "harbour.toml"
    file.write_text(
        file.read_text("utf-8").replace('quote = "The two sides met', 'quote = "The four sides met'), "utf-8"
    )
    return tmp_path / "broken"


# One question ---------------------------------------------------------------------------------------------------------


def test_question_is_answered_with_its_quote(verbatim: Program) -> None:
    done = verbatim("ask", MET)

    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, MET_REPLY, b"")


def test_question_may_be_typed_without_quotation_marks(verbatim: Program) -> None:
    assert verbatim("ask", *MET.split()).stdout.decode() == MET_REPLY


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "-")])
def test_question_is_read_from_a_pipe(arguments: tuple[str, ...], verbatim: Program) -> None:
    assert verbatim(*arguments, given=f"{MET}\n".encode()).stdout.decode() == MET_REPLY


def test_abstention_is_no_failure(verbatim: Program) -> None:
    done = verbatim("ask", "How much do the dock workers earn?")

    assert done.returncode == 0
    assert done.stdout.decode().startswith("The documents do not state this")


def test_json_is_one_object_with_the_keys_of_the_contract_in_order(verbatim: Program) -> None:
    done = verbatim("ask", "--json", MET)

    assert done.stdout.count(b"\n") == 1
    assert list(json.loads(done.stdout)) == [
        "question",
        "read_as",
        "language",
        "outcome",
        "reason",
        "text",
        "facts",
        "citations",
        "nearest",
        "ms",
    ]


def test_explanation_names_the_candidates_and_the_decision(verbatim: Program) -> None:
    shown = verbatim("ask", "--explain", MET).stdout.decode()

    assert shown.startswith(MET_REPLY)
    assert "met-in-brena" in shown.removeprefix(MET_REPLY)
    assert "decision" in shown


def test_same_question_gets_the_same_reply(verbatim: Program) -> None:
    assert verbatim("ask", MET).stdout == verbatim("ask", MET).stdout


@pytest.mark.parametrize("given", [b"", b" \n\t\n"])
def test_empty_question_is_told(given: bytes, verbatim: Program) -> None:
    done = verbatim("ask", given=given)

    assert (done.returncode, done.stderr) == (2, b"verbatim: the question is empty; write one\n")


def test_very_long_question_is_told(verbatim: Program) -> None:
    done = verbatim("ask", "-", given=b"why " * 250_000)

    assert (done.returncode, done.stderr) == (
        2,
        b"verbatim: the question is longer than 100,000 bytes; ask in fewer words\n",
    )


def test_question_that_is_not_text_is_answered_all_the_same(verbatim: Program) -> None:
    done = verbatim("ask", b"\xff\xfe\x00"[:2] + b" hello")

    assert (done.returncode, done.stderr) == (0, b"")


def test_escape_sequences_of_a_question_do_not_reach_the_terminal(verbatim: Program) -> None:
    done = verbatim("ask", "\x1b]0;owned\x07 where did they meat? \x9b31m")

    assert b"\x1b" not in done.stdout
    assert b"\x07" not in done.stdout
    assert "\x9b" not in done.stdout.decode()


# Many questions -------------------------------------------------------------------------------------------------------


def test_batch_answers_each_line_in_order(verbatim: Program) -> None:
    given = lines(
        {"id": "q1", "turns": [MET]},
        {"id": 2, "turns": ["How many crossings did the ferry company cancel?"], "kind": "unknown keys are ignored"},
    )

    done = verbatim("ask", "--batch", "-", given=given)

    assert (done.returncode, done.stderr) == (0, b"")
    assert [
        (made["id"], [fact["id"] for fact in made["facts"]]) for made in map(json.loads, done.stdout.splitlines())
    ] == [
        ("q1", ["met-in-brena"]),
        (2, ["crossings-cancelled"]),
    ]


def test_batch_has_the_id_before_the_keys_of_the_contract(verbatim: Program) -> None:
    done = verbatim("ask", "--batch", "-", given=lines({"id": "q1", "turns": [MET]}))

    assert list(objects(done)[0]) == [
        "id",
        "question",
        "read_as",
        "language",
        "outcome",
        "reason",
        "text",
        "facts",
        "citations",
        "nearest",
        "ms",
    ]


def test_batch_answers_the_last_turn(verbatim: Program) -> None:
    given = lines({"id": "q1", "turns": ["What did the harbour company reject?", MET]})

    (made,) = objects(verbatim("ask", "--batch", "-", given=given))

    assert made["question"] == MET


def test_batch_reads_a_file(verbatim: Program, tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_bytes(b"\xef\xbb\xbf" + lines({"id": "q1", "turns": [MET]}) + b"\r\n\n")

    done = verbatim("ask", "--batch", "questions.jsonl")

    assert (done.returncode, [made["id"] for made in objects(done)]) == (0, ["q1"])


@pytest.mark.parametrize(
    ("line", "known", "error"),
    [
        (b"{", None, "not JSON (Expecting property name enclosed in double quotes, character 3)"),
        (b"7", None, 'not an object; write {"id": "…", "turns": ["…"]}'),
        (b'{"id": "a", "turns": []}', "a", 'no "turns"; they must be a list of one or more strings'),
        (b'{"id": "a"}', "a", 'no "turns"; they must be a list of one or more strings'),
        (b'{"id": "a", "turns": "why?"}', "a", 'no "turns"; they must be a list of one or more strings'),
        (b'{"id": "a", "turns": ["why?", 7]}', "a", 'no "turns"; they must be a list of one or more strings'),
        (b'{"turns": ["why?"]}', None, 'no "id"; it must be a string or a whole number'),
        (b'{"id": null, "turns": ["why?"]}', None, 'no "id"; it must be a string or a whole number'),
        (b'{"id": "a", "turns": ["\xff"]}', None, "not UTF-8 text (byte 23)"),
        (b"\x00\x01\x02", None, "not JSON (Expecting value, character 1)"),
        (b"[" * 50_000, None, "not JSON that can be read (nested too deeply, or a number too long)"),
        (b'{"id": "a", "turns": ["' + b"y" * 1_000_000 + b'"]}', "a", "longer than 100,000 bytes"),
        (b"y" * 9_000_000, None, "longer than 100,000 bytes"),
    ],
    ids=lambda value: value[:24].decode("ascii", "replace") if isinstance(value, bytes) else None,
)
def test_bad_line_is_told_and_the_others_are_answered(
    line: bytes, known: str | None, error: str, verbatim: Program
) -> None:
    good = lines({"id": "good", "turns": [MET]})

    done = verbatim("ask", "--batch", "-", given=good + line + b"\n\n" + good)

    first, bad, last = objects(done)
    assert (done.returncode, done.stderr) == (1, b"")
    assert bad == {"id": known, "line": 2, "error": error}
    assert (first["id"], last["id"]) == ("good", "good")


def test_batch_prints_each_answer_as_soon_as_its_line_is_read(surroundings: dict[str, str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=surroundings,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(lines({"id": "q1", "turns": [MET]}))
        running.stdin.flush()

        ready, _, _ = select.select([running.stdout], [], [], 60)  # while the input is still open
        running.stdin.close()

        assert ready == [running.stdout]
        assert json.loads(running.stdout.readline())["id"] == "q1"
        assert running.wait(timeout=60) == 0


@pytest.mark.parametrize("file", ["missing.jsonl", "."])
def test_batch_file_that_cannot_be_read_is_told(file: str, verbatim: Program) -> None:
    done = verbatim("ask", "--batch", file)

    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"verbatim: {file}: cannot be read (")


def test_question_and_batch_exclude_each_other(verbatim: Program) -> None:
    done = verbatim("ask", "--batch", "-", MET)

    assert done.returncode == 2
    assert b"exclude each other" in done.stderr


# Searching ------------------------------------------------------------------------------------------------------------


def test_search_shows_the_nearest_sentences_and_says_that_they_are_no_answer(verbatim: Program) -> None:
    done = verbatim("find", "-n", "1", "what", "was", "cancelled?")

    assert (done.returncode, done.stderr) == (0, b"")
    assert re.sub(r"\b[01]\.\d\d\b", "0.xx", done.stdout.decode()) == (
        "Sentences nearest to this, not an answer:\n"
        "  0.xx  The ferry company cancelled 12 crossings on Friday.\n"
        "        ¶1 of Notice of the ferry company (title given by us), publisher not known, no date given\n"
        "        facts  crossings-cancelled\n"
    )


def test_search_for_what_is_not_there_finds_nothing(verbatim: Program) -> None:
    done = verbatim("find", "recipes for pancakes")

    assert (done.returncode, done.stdout) == (0, b"Nothing in the documents is near this.\n")


def test_found_sentences_are_a_json_object_with_places_in_the_document(verbatim: Program) -> None:
    done = verbatim("find", "--json", "-n", "1", "Brena")

    made = json.loads(done.stdout)
    (one,) = made.pop("sentences")
    text = (HARBOUR / "documents" / "harbour.txt").read_text("utf-8")
    assert made == {"text": "Brena", "note": "Sentences nearest to this, not an answer:"}
    assert 0.1 <= one.pop("share") <= 1
    assert text[one["start"] : one["end"]] == one["quote"]
    assert [text[start:end] for start, end in one.pop("shared")] == ["Brena"]
    assert one == {
        "document": "harbour",
        "start": 144,
        "end": 182,
        "quote": "The two sides met in Brena on Tuesday.",
        "prefix": "r company rejected this demand.\n\n"[-32:],
        "suffix": ' "We are ready to talk," union leader Mara Venn said.'[:32],
        "paragraph": 2,
        "facts": ["met-in-brena"],
        "skipped": None,
    }


def test_search_that_finds_nothing_is_a_json_object_without_sentences(verbatim: Program) -> None:
    made = json.loads(verbatim("find", "--json", "zebras").stdout)

    assert made == {"text": "zebras", "note": "Nothing in the documents is near this.", "sentences": []}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (" ", "nothing to look for; write words or a question"),
        ("why " * 30_000, "the text is longer than 100,000 bytes; look for fewer words"),
    ],
    ids=["blank", "long"],
)
def test_search_that_cannot_be_made_is_told(words: str, told: str, verbatim: Program) -> None:
    done = verbatim("find", words)

    assert (done.returncode, done.stderr.decode()) == (2, f"verbatim: {told}\n")


def test_escape_sequences_of_a_search_do_not_reach_the_terminal(verbatim: Program) -> None:
    done = verbatim("find", "--json", "\x1b]0;owned\x07 Brena \x9b31m")

    assert not set("\x1b\x07\x9b") & set(done.stdout.decode())


# Documents, facts, checking -------------------------------------------------------------------------------------------


def test_facts_are_listed_with_their_claims(verbatim: Program) -> None:
    done = verbatim("facts")

    assert done.stdout.decode().startswith(
        "crossings-cancelled\n    The ferry company cancelled 12 crossings on Friday.\n"
    )


def test_fact_is_shown_with_its_quote_in_its_place(verbatim: Program) -> None:
    done = verbatim("facts", "pay-rise-demanded")

    assert done.stdout.decode() == (
        "pay-rise-demanded\n"
        "Dock workers in Port Alba demanded a pay rise of 7 percent.\n"
        "  speaker     the Alba Courier\n"
        "  manner      demanded\n"
        "  agent       the dock workers\n"
        "  act         demand\n"
        "  target      the harbour company\n"
        "  themes      pay\n"
        "  answers     number: 7\n"
        "  answers     place: Port Alba\n"
        "  answers     weekday: Monday\n"
        "  asked as    What did the dock workers demand?\n"
        "  asked as    How big a pay rise did the dock workers demand?\n"
        "\n"
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "  ¶1  »Dock workers in Port Alba demanded a pay rise of 7 percent on Monday«, according to the Alba Courier. "
        "The harbour company rejected this demand.\n"
        "who says so:\n"
        "  ¶1  Dock workers in Port Alba demanded a pay rise of 7 percent on Monday, »according to the Alba Courier«. "
        "The harbour company rejected this demand.\n"
    )


def test_unknown_fact_is_told_with_the_closest_one(verbatim: Program) -> None:
    done = verbatim("facts", "met-in-brenna")

    assert (done.returncode, done.stderr) == (
        2,
        b"verbatim: no fact 'met-in-brenna'; did you mean 'met-in-brena'?\n",
    )


def test_sources_are_listed_with_the_number_of_their_facts(verbatim: Program) -> None:
    assert verbatim("sources").stdout.decode() == (
        "  1. Notice of the ferry company (title given by us), publisher not known, no date given  2 facts\n"
        "  2. Dock workers demand a pay rise, Alba Courier, 2024-03-19  4 facts\n"
    )


def test_source_is_printed_by_paragraphs(verbatim: Program) -> None:
    assert verbatim("sources", "2").stdout.decode() == (
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "https://courier.example/harbour\n"
        "\n"
        "  ¶1  Dock workers in Port Alba demanded a pay rise of 7 percent on Monday, according to the Alba Courier. "
        "The harbour company rejected this demand.\n"
        "\n"
        '  ¶2  The two sides met in Brena on Tuesday. "We are ready to talk," union leader Mara Venn said.\n'
    )


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_unknown_source_is_told(number: str, verbatim: Program) -> None:
    done = verbatim("sources", number)

    assert (done.returncode, done.stderr.decode()) == (
        2,
        f"verbatim: no document {number}; there are 2, counted from 1\n",
    )


def test_check_of_a_sound_base_accounts_for_every_sentence(verbatim: Program) -> None:
    done = verbatim("check")

    assert done.returncode == 0
    assert done.stdout.decode() == (
        "ferry: Notice of the ferry company\n"
        "  2 of 2 sentences are covered\n"
        "    1 ¶1  facts     The ferry company cancelled 12 crossings on Friday.  crossings-cancelled\n"
        "    2 ¶1  facts     The company blamed the weather.  weather-blamed\n"
        "\n"
        "harbour: Dock workers demand a pay rise\n"
        "  4 of 4 sentences are covered\n"
        "    1 ¶1  facts     Dock workers in Port Alba demanded a pay rise of 7 percent on Monday, "
        "according to the Alba Courier.  pay-rise-demanded\n"
        "    2 ¶1  facts     The harbour company rejected this demand.  demand-rejected\n"
        "    3 ¶2  facts     The two sides met in Brena on Tuesday.  met-in-brena\n"
        '    4 ¶2  facts     "We are ready to talk," union leader Mara Venn said.  ready-to-talk\n'
        "\n"
        "no problems\n"
    )


def test_check_of_a_broken_base_tells_each_problem_on_a_line(broken_base: Path, verbatim: Program) -> None:
    done = verbatim("check", "--documents", str(broken_base / "documents"), "--facts", str(broken_base / "facts"))

    assert done.returncode == 1
    shown = done.stdout.decode().splitlines()
    assert [line.partition("harbour.toml: ")[2].partition(";")[0] for line in shown if line.startswith("/")] == [
        'document: sentence 3 (¶2) is not covered: "The two sides met in Brena on Tuesday."',
        'fact "met-in-brena": quote not found in document',
    ]
    assert "    3 ¶2  UNCOVERED The two sides met in Brena on Tuesday." in shown
    assert shown[-1] == "2 problems"


def test_check_prints_json(broken_base: Path, verbatim: Program) -> None:
    done = verbatim("check", "--json", VERBATIM_FACTS=str(broken_base / "facts"))

    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert [problem["record"] for problem in report["problems"]] == ["document", 'fact "met-in-brena"']


@pytest.mark.parametrize("command", [("ask", MET), ("chat",), ("facts",), ("sources",), ("ask", "--batch", "-")])
def test_base_with_problems_does_not_start(command: tuple[str, ...], broken_base: Path, verbatim: Program) -> None:
    done = verbatim(*command, VERBATIM_FACTS=str(broken_base / "facts"))

    assert (done.returncode, done.stdout) == (1, b"")
    assert 'fact "met-in-brena": quote not found' in done.stderr.decode()


def test_folders_may_be_named_before_the_command_or_after_it(verbatim: Program) -> None:
    folders = ("--documents", str(HARBOUR / "documents"), "--facts", str(HARBOUR / "facts"))
    elsewhere = {"VERBATIM_DOCUMENTS": "", "VERBATIM_FACTS": ""}

    before = verbatim(*folders, "ask", MET, **elsewhere)
    after = verbatim("ask", MET, *folders, **elsewhere)

    assert (before.stdout.decode(), after.stdout.decode()) == (MET_REPLY, MET_REPLY)


# Wrong use, and what surrounds the program ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("asc",), "No such command"),
        (("ask", "--jason", "why?"), "No such option"),
        (("sources", "one"), "integer"),
        (("ask", "why?", "--documents", "/nowhere"), "/nowhere"),
        (("--facts", "/etc/hostname", "facts"), "/etc/hostname"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], told: str, verbatim: Program) -> None:
    done = verbatim(*arguments)

    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_wrong_setting_is_told(verbatim: Program) -> None:
    done = verbatim("ask", MET, VERBATIM_LOG_LEVEL="LOUD")

    assert done.returncode == 2
    assert done.stderr.decode() == (
        "verbatim: VERBATIM_LOG_LEVEL: the value cannot be used; "
        "set it to one of DEBUG, INFO, WARNING, ERROR, CRITICAL, or remove it\n"
    )


def test_telegram_without_a_token_tells_how_to_get_one(verbatim: Program) -> None:
    done = verbatim("telegram")

    assert done.returncode == 2
    assert "@BotFather" in done.stderr.decode()
    assert "VERBATIM_TELEGRAM_TOKEN" in done.stderr.decode()


def test_version_is_shown(verbatim: Program) -> None:
    done = verbatim("--version")

    assert (done.returncode, done.stdout.split()[0]) == (0, b"verbatim")


def test_help_documents_the_exit_codes(verbatim: Program) -> None:
    shown = " ".join(verbatim("--help").stdout.decode().split())

    assert "Exit codes: 0 done; 1 the base has problems" in shown


def from_bash(option: str, surroundings: dict[str, str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run `verbatim` as somebody who types into bash: which shell it is, the program sees by its parent."""
    command = f'"{sys.executable}" -m bot {option}; exit $?'
    return subprocess.run(
        ["bash", "-c", command], env=surroundings, cwd=folder, capture_output=True, timeout=60, check=False
    )


def test_shell_completion_can_be_shown(surroundings: dict[str, str], tmp_path: Path) -> None:
    done = from_bash("--show-completion", surroundings, tmp_path)

    assert done.returncode == 0
    assert b"_VERBATIM_COMPLETE=complete_bash" in done.stdout


def test_shell_completion_can_be_installed(surroundings: dict[str, str], tmp_path: Path) -> None:
    done = from_bash("--install-completion", surroundings, tmp_path)

    assert done.returncode == 0
    assert "verbatim" in (tmp_path / ".bashrc").read_text("utf-8")


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("arguments", [("ask", MET, "--explain"), ("check",), ("facts", "met-in-brena"), ("sources",)])
def test_pipe_gets_no_colours(arguments: tuple[str, ...], variables: dict[str, str], verbatim: Program) -> None:
    assert b"\x1b" not in verbatim(*arguments, **variables).stdout


@pytest.mark.parametrize("arguments", [("ask", MET), ("ask", "--json", MET), ("facts",), ("check",), ("chat",)])
def test_reader_that_has_gone_is_no_failure(arguments: tuple[str, ...], surroundings: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=MET.encode(),
        stdout=writing,
        stderr=subprocess.PIPE,
        env=surroundings,
        timeout=60,
        check=False,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [("ask", MET), ("ask", "--json", MET), ("facts",), ("check",), ("chat",)])
def test_full_disk_is_told(arguments: tuple[str, ...], surroundings: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=MET.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=surroundings,
            timeout=60,
            check=False,
        )

    assert (done.returncode, done.stderr.decode()) == (
        1,
        "verbatim: the output cannot be written: No space left on device\n",
    )


@pytest.mark.parametrize("arguments", [("ask", MET), ("ask", "--json", MET), ("facts",)])
def test_closed_output_is_told(arguments: tuple[str, ...], surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=surroundings,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr.decode()) == (
        1,
        "verbatim: the output cannot be written: Bad file descriptor\n",
    )


def test_closed_input_is_an_empty_question(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "bot", "ask"],
        capture_output=True,
        env=surroundings,
        timeout=60,
        check=False,
    )

    assert (done.returncode, done.stderr) == (2, b"verbatim: the question is empty; write one\n")


DAMAGED = "import sys; sys.modules['bot.library'] = None; from bot.__main__ import main; sys.exit(main())"
"""The program with a module missing, as in a damaged installation."""


def test_failure_of_the_program_itself_is_one_line_with_where_to_report_it(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DAMAGED, "facts"], capture_output=True, env=surroundings, timeout=60, check=False
    )

    assert (done.returncode, done.stderr.count(b"\n")) == (70, 1)
    assert done.stderr.startswith(b"verbatim: internal error: ModuleNotFoundError: ")
    assert b"please report it as an issue" in done.stderr


def test_traceback_is_shown_when_debugging(surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DAMAGED, "facts"],
        capture_output=True,
        env={**surroundings, "VERBATIM_LOG_LEVEL": "DEBUG"},
        timeout=60,
        check=False,
    )

    assert done.returncode == 70
    assert b"Traceback" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (("ask", MET), {"telegram", "httpx", "asyncio", "rich", "pydantic_settings", "nupunkt"}),
        (("ask", "--json", MET), {"telegram", "httpx", "asyncio", "rich", "pydantic_settings", "nupunkt"}),
        (("chat",), {"telegram", "httpx", "asyncio", "pydantic_settings", "nupunkt"}),
    ],
)
def test_what_is_heavy_is_imported_only_where_it_is_used(
    arguments: tuple[str, ...], spared: set[str], surroundings: dict[str, str], tmp_path: Path
) -> None:
    folders = ("--documents", surroundings.pop("VERBATIM_DOCUMENTS"), "--facts", surroundings.pop("VERBATIM_FACTS"))

    def run() -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "bot", *folders, *arguments],
            input=MET.encode(),
            capture_output=True,
            env=surroundings,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    run()  # proves the base, and keeps it ready
    done = run()

    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.decode().splitlines()}
    assert done.returncode == 0
    assert imported & spared == set()


def test_line_longer_than_a_message_is_told_in_a_batch_and_in_a_question_alike(verbatim: Program) -> None:
    long = "y" * (LONGEST_INPUT + 1)

    asked = verbatim("ask", "-", given=long.encode())
    (made,) = objects(verbatim("ask", "--batch", "-", given=lines({"id": "q1", "turns": [long]})))

    assert b"longer than 100,000 bytes" in asked.stderr
    assert made["error"] == "longer than 100,000 bytes"
