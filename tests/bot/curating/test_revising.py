"""`verbatim add --replaces`, started as a curator starts it: a report of one screen, and all or nothing written."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.observatory import OBSERVATORY, observatory

Program = Callable[..., subprocess.CompletedProcess[bytes]]

MAY = str(OBSERVATORY / "revisions" / "dome-may.txt")


@pytest.fixture
def add(verbatim: Program, tmp_path: Path) -> Program:
    """Run `verbatim add` on the base of the observatory, in the working directory."""
    observatory(tmp_path)

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return verbatim("--documents", "documents", "--facts", "facts", "add", *arguments)

    return run


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for name in ("documents", "facts") for path in (folder / name).iterdir()}


REPORT = """\
  The Dome on Kestrel Hill, 2024-05-02
  documents/dome-may.txt, facts/dome-may.toml
  title and language taken from dome-march
  not known: publisher, url
  a revision of dome-march (2024-03-01), which stays as it is

                    same place      moved    changed   vanished
  quotes                     4          2          2          1
  attributions               0          1          0          0
  antecedents                0          1          0          0
  skipped passages           1          0          0          0

  changed   dome-reopens ¶2 → ¶3 “June” → “August”
  moved     lightning-struck-motor ¶2 → ¶3
  moved     lightning-struck-motor (antecedent) ¶2 → ¶3
  changed   motor-cost ¶2 → ¶3 “4000” → “5500”
  moved     motor-cost (attribution) ¶2 → ¶3
  moved     motor-from-lund ¶2 → ¶3
  vanished  pupils-painted-stairs ¶3 “Pupils of the harbour school painted the stairs”
  new       ¶4 The road to the hill is closed to cars in July.
  draft     dome-reopens-v2: its quote has changed
  draft     motor-cost-v2: its quote has changed
  not taken fact "pupils-painted-stairs": its quote has vanished

"""


def test_report_tells_what_became_of_every_quote(add: Program, tmp_path: Path) -> None:
    done = add("--replaces", "dome-march", "--published", "2024-05-02", MAY)

    assert (done.returncode, done.stderr) == (0, b"")
    report = done.stdout.decode()
    assert REPORT in report
    assert (
        "  carried: 6 facts, 2 drafts to be reviewed, 1 gap, 1 skipped passage; left with dome-march: 1 fact\n"
        "  see whether the new sentences tell what the gaps say is unsaid\n" in report
    )
    assert files(tmp_path).keys() >= {"dome-march.txt", "dome-march.toml", "dome-may.txt", "dome-may.toml"}


def test_dry_run_tells_the_same_and_writes_nothing(add: Program, tmp_path: Path) -> None:
    before = files(tmp_path)

    done = add("--dry-run", "--replaces", "dome-march", "--published", "2024-05-02", MAY)

    assert REPORT in done.stdout.decode()
    assert "  would be carried: 6 facts" in done.stdout.decode()
    assert files(tmp_path) == before


def test_programs_get_every_quote_and_what_was_carried(add: Program) -> None:
    made = json.loads(add("--json", "--replaces", "dome-march", MAY).stdout)

    (added,) = made["added"]
    revision = added["revision"]
    assert (added["document"]["replaces"], revision["replaces"], len(revision["quotes"])) == (
        "dome-march",
        "dome-march",
        12,
    )
    assert revision["drafts"] == [
        {"id": "dome-reopens-v2", "supersedes": "dome-reopens", "reasons": ["its quote has changed"]},
        {"id": "motor-cost-v2", "supersedes": "motor-cost", "reasons": ["its quote has changed"]},
    ]
    assert revision["left"] == [{"record": 'fact "pupils-painted-stairs"', "reason": "its quote has vanished"}]
    assert revision["new_sentences"] == ["The road to the hill is closed to cars in July."]
    changed = next(quote for quote in revision["quotes"] if quote["fate"] == "changed")
    assert (changed["record"], changed["words"]) == ('fact "dome-reopens"', [["June", "August"]])


@pytest.mark.parametrize(
    ("replaces", "message"),
    [
        ("dome-april", "no document 'dome-april' to replace; verbatim sources lists them"),
        ("Dome-March", "no document 'Dome-March' to replace; did you mean 'dome-march'?"),
    ],
)
def test_unknown_document_is_refused_and_nothing_written(
    add: Program, tmp_path: Path, replaces: str, message: str
) -> None:
    before = files(tmp_path)

    done = add("--replaces", replaces, MAY)

    assert (done.returncode, files(tmp_path)) == (1, before)
    assert message in done.stdout.decode()


def test_revision_that_cannot_be_proven_leaves_nothing(add: Program, tmp_path: Path) -> None:
    (tmp_path / "facts" / "dome-may.toml").mkdir()
    before = {path.name for name in ("documents", "facts") for path in (tmp_path / name).iterdir()}

    done = add("--replaces", "dome-march", MAY)

    assert done.returncode == 1
    assert {path.name for name in ("documents", "facts") for path in (tmp_path / name).iterdir()} == before
    assert "is there already; name another id with --id" in done.stdout.decode()


def test_several_files_are_no_revision_of_one_document(add: Program) -> None:
    done = add("--replaces", "dome-march", MAY, MAY)

    assert done.returncode == 2
    assert "add the files one by one" in done.stderr.decode()


def test_file_of_the_same_name_gets_the_next_id(add: Program, tmp_path: Path) -> None:
    (tmp_path / "dome-march.txt").write_bytes(Path(MAY).read_bytes())

    done = add("--json", "--replaces", "dome-march", "dome-march.txt")

    assert json.loads(done.stdout)["added"][0]["document"]["id"] == "dome-march-v2"


def test_check_lists_a_revision_as_work_until_all_its_sentences_are_covered(add: Program, verbatim: Program) -> None:
    add("--replaces", "dome-march", MAY)

    done = verbatim("check", "--documents", "documents", "--facts", "facts")

    assert done.returncode == 0
    assert "in work: sentences are left to be covered; until then the version that it replaces is answered from" in (
        " ".join(done.stdout.decode().split())
    )
