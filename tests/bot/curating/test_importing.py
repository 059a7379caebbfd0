"""`verbatim import`, in the real program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.conftest import Program

QUOTE = "The ferry company cancelled 12 crossings on Friday"
GOOD = f"id,claim,quote,act\nfriday,The cancelled crossings were on Friday.,{QUOTE},cancel\n"
BAD = f"{GOOD}more,The company cancelled 13 crossings.,{QUOTE},cancel\n"

REFUSED = ('claim says "13", which its sentence does not', "take it out, or quote where it stands")


@pytest.fixture
def base(own: Path) -> tuple[str, ...]:
    """The options that name a harbour which may be changed."""
    return ("--documents", str(own / "documents"), "--facts", str(own / "facts"))


def test_facts_of_a_table_are_written_and_answered_from(verbatim: Program, base: tuple[str, ...], own: Path) -> None:
    before = (own / "facts" / "ferry.toml").read_text("utf-8")

    done = verbatim("import", "-", "--document", "ferry", *base, given=GOOD.encode())
    again = verbatim("import", "-", "--document", "ferry", *base, given=GOOD.encode())

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "line 2: friday  added\n\n1 added\n"
    assert again.stdout.decode() == "\n1 there already\nnothing was written\n"
    after = (own / "facts" / "ferry.toml").read_text("utf-8")
    assert (
        f'[[fact]]\nid = "friday"\nclaim = "The cancelled crossings were on Friday."\nact = "cancel"\nquote = "{QUOTE}"'
        in after
    )
    assert after.startswith(before[:400])
    assert verbatim("facts", "friday", *base).returncode == 0


def test_nothing_is_written_when_a_row_is_refused(verbatim: Program, base: tuple[str, ...], own: Path) -> None:
    before = {path: path.read_bytes() for path in own.rglob("*") if path.is_file()}
    (own / "rows.csv").write_text(BAD, encoding="utf-8")

    done = verbatim("import", str(own / "rows.csv"), "--document", "ferry", *base)

    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "line 2: friday  would be added",
        f'{own / "rows.csv"}: line 3: fact "more": {REFUSED[0]}; {REFUSED[1]}',
        "",
        "1 would be added, 1 refused",
        "nothing was written; mend the refused rows, or leave them out with --skip-bad",
    ]
    (own / "rows.csv").unlink()
    assert {path: path.read_bytes() for path in own.rglob("*") if path.is_file()} == before


def test_rows_that_are_refused_may_be_left_out(verbatim: Program, base: tuple[str, ...]) -> None:
    done = verbatim("import", "-", "--document", "ferry", "--skip-bad", "--json", *base, given=BAD.encode())

    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "dry_run": False,
        "written": True,
        "taken": [{"place": "line 2", "id": "friday", "fate": "added", "draft": False, "notes": []}],
        "refused": [
            {
                "place": "line 3",
                "id": "more",
                "message": 'claim says "13", which its sentence does not',
                "mend": "take it out, or quote where it stands",
            }
        ],
        "names": [],
        "notes": [],
        "uncovered": 0,
    }


def test_dry_run_tells_the_same_and_writes_nothing(verbatim: Program, base: tuple[str, ...], own: Path) -> None:
    before = (own / "facts" / "ferry.toml").read_bytes()

    done = verbatim("import", "-", "--document", "ferry", "--dry-run", *base, given=GOOD.encode())

    assert done.stdout.decode() == "line 2: friday  would be added\n\n1 would be added\nnothing was written\n"
    assert (own / "facts" / "ferry.toml").read_bytes() == before


def test_question_and_answer_become_a_draft_that_is_not_answered_from(verbatim: Program, base: tuple[str, ...]) -> None:
    row = {"question": "Which day saw no ferries?", "answer": "Friday had 12 cancelled crossings.", "source": QUOTE}

    done = verbatim("import", "-", "--document", "ferry", *base, given=json.dumps(row).encode())

    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert lines[0] == "line 1: friday-12-cancelled-crossings  added, draft"
    assert lines[1].startswith("  filled in by rules: ")
    assert lines[2:] == [
        "",
        "1 added",
        "drafts answer nothing until somebody has reviewed them and taken draft = true away",
    ]
    assert b"friday-12" not in verbatim("facts", *base).stdout


def test_export_of_the_program_is_read_by_it(verbatim: Program, base: tuple[str, ...], own: Path) -> None:
    for form in ("csv", "annotations"):
        exported = verbatim("export", "ferry", "--format", form, *base).stdout
        (own / "facts" / "ferry.toml").write_text(
            (own / "facts" / "ferry.toml").read_text("utf-8").split("[[fact]]")[0], encoding="utf-8"
        )
        done = verbatim("import", "-", "--document", "ferry", *base, given=exported)

        assert (done.returncode, done.stdout.decode().splitlines()[-1]) == (0, "2 added")
        assert verbatim("export", "ferry", "--format", form, *base).stdout == exported


@pytest.mark.parametrize(
    ("arguments", "given", "code", "told"),
    [
        (("missing.csv", "--document", "ferry"), b"", 2, "missing.csv: cannot be read (No such file or directory); "),
        ((".", "--document", "ferry"), b"", 2, ".: cannot be read (Is a directory); name a file that you may read"),
        (("-", "--document", "fery"), GOOD.encode(), 1, 'verbatim: no document "fery"; did you mean "ferry"?'),
        (("-", "--document", "ferry"), b"a,b\n", 1, "standard input: line 1: no column claim; write claim and quote"),
        (("-", "--document", "ferry"), b"", 1, "standard input: is empty; write a line of headings"),
        (("-",), b"", 2, "--document"),
    ],
)
def test_what_cannot_be_imported_is_told(  # noqa: PLR0913, PLR0917  what is given, and what comes of it
    arguments: tuple[str, ...], given: bytes, code: int, told: str, verbatim: Program, base: tuple[str, ...]
) -> None:
    done = verbatim("import", *arguments, *base, given=given)

    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_signs_that_a_terminal_obeys_are_not_printed(verbatim: Program, base: tuple[str, ...]) -> None:
    row = "claim,quote,act,\x1b[31mremark\nIt was \x1b[31mred.,\x1b]0;x\x07,cancel,\n"

    done = verbatim("import", "-", "--document", "ferry", *base, given=row.encode())

    assert done.returncode == 1
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"\x07" not in done.stdout + done.stderr


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_half_of_a_character_is_refused_wherever_it_stands(
    form: tuple[str, ...], verbatim: Program, base: tuple[str, ...]
) -> None:
    half = "\\ud800"
    frame = f'{{"verbatim:id": "{half}", "verbatim:act": "cancel", "verbatim:speakers": [{{"verbatim:id": "{half}"}}]}}'
    target = f'{{"source": "https://{half}", "selector": {{"exact": "{half} {QUOTE}"}}}}'
    made = f'{{"type": "Annotation", "bodyValue": "A {half}", "target": {target}, "verbatim:fact": {frame}}}'

    done = verbatim("import", "-", "--document", "ferry", *form, *base, given=f"[{made}]".encode())

    assert (done.returncode, done.stderr) == (1, b"")
    assert b"annotation 1" in done.stdout
