"""`verbatim export`, in the real program."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pexpect
import pytest

from tests.bot.conftest import HARBOUR, Program


def test_annotations_are_printed_where_nothing_is_said(verbatim: Program) -> None:
    done = verbatim("export")

    made = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (made["type"], made["total"]) == ("AnnotationCollection", len(made["first"]["items"]))
    assert [described["verbatim:document"] for described in made["verbatim:documents"]] == ["ferry", "harbour"]


def test_documents_that_are_named_are_exported_alone(verbatim: Program) -> None:
    made = json.loads(verbatim("export", "ferry", "--format", "claims").stdout)

    assert [node["@type"] for node in made["@graph"]] == ["CreativeWork", "Claim", "Claim"]
    assert "ClaimReview" not in json.dumps(made)


def test_table_is_written_to_a_file_with_a_mark_for_spreadsheets_on_request(verbatim: Program, tmp_path: Path) -> None:
    printed = verbatim("export", "--format", "csv").stdout
    done = verbatim("export", "--format", "csv", "--bom", "--out", "facts.csv")

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "facts.csv").read_bytes() == b"\xef\xbb\xbf" + printed
    rows = list(csv.DictReader(io.StringIO(printed.decode(), newline="")))
    assert [row["id"] for row in rows][:2] == ["crossings-cancelled", "weather-blamed"]


def test_same_base_is_exported_to_the_same_bytes(verbatim: Program) -> None:
    assert verbatim("export").stdout == verbatim("export").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("fery",), 1, b'verbatim: no document "fery"; did you mean "ferry"?'),
        (("--format", "xml"), 2, b"'xml' is not one of"),
        (("--out", "missing/facts.json"), 2, b"missing/facts.json: there is no folder missing; make it"),
        (("--out", "."), 2, b".: is a folder; name a file"),
    ],
)
def test_what_cannot_be_exported_is_told(arguments: tuple[str, ...], code: int, told: bytes, verbatim: Program) -> None:
    done = verbatim("export", *arguments)

    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr
    assert b"Traceback" not in done.stderr


def test_base_whose_records_are_not_true_is_not_exported(own: Path, verbatim: Program) -> None:
    path = own / "facts" / "ferry.toml"
    path.write_text(path.read_text("utf-8").replace("cancelled 12", "cancelled 13"), encoding="utf-8")

    done = verbatim("export", "--facts", str(own / "facts"), "--documents", str(own / "documents"))

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"quote not found in document" in done.stderr


def test_terminal_is_not_obeyed_to_what_a_document_holds(own: Path, surroundings: dict[str, str]) -> None:
    document = own / "documents" / "ferry.txt"
    assert "The company blamed the weather." in document.read_text("utf-8")
    path = own / "facts" / "ferry.toml"
    facts = path.read_text("utf-8").replace("The ferry company blamed the weather for it.", "The weather \\u001b[mit.")
    path.write_text(facts, encoding="utf-8")
    base = {"VERBATIM_DOCUMENTS": str(own / "documents"), "VERBATIM_FACTS": str(own / "facts")}

    command = [sys.executable, "-m", "bot", "export", "ferry", "--format", "csv"]
    with pexpect.spawn(command[0], command[1:], env={**surroundings, **base}, timeout=60) as program:
        program.expect(pexpect.EOF)
        shown: bytes = program.before or b""

    assert b"The weather \xef\xbf\xbd[mit." in shown
    assert b"\x1b" not in shown


def test_harbour_has_documents_without_address_and_none_is_named_by_its_path(verbatim: Program) -> None:
    assert str(HARBOUR).encode() not in verbatim("export").stdout
    assert b"ferry.txt" not in verbatim("export").stdout
