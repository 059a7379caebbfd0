"""`verbatim draft` and `--drafts`, in the real program."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., subprocess.CompletedProcess[bytes]]

TEXT = "# The Old Bridge\n\nThe town council closed the Old Bridge to lorries in March.\n"
SHA256 = "f1b128228c5637ed2240227e2a28282ec54af106e7aa747f81469ed28c5b4efe"
FACTS = f"""[document]
id = "bridge"
title = "The Old Bridge"
sha256 = "{SHA256}"
"""


@pytest.fixture
def bridge(tmp_path: Path) -> tuple[str, str, str, str]:
    """The options that name a base with one document, whose fact file holds no fact yet."""
    for folder in ("documents", "facts"):
        (tmp_path / "base" / folder).mkdir(parents=True)
    (tmp_path / "base" / "documents" / "bridge.txt").write_text(TEXT, "utf-8", newline="\n")
    (tmp_path / "base" / "facts" / "bridge.toml").write_text(FACTS, "utf-8")
    return ("--documents", str(tmp_path / "base" / "documents"), "--facts", str(tmp_path / "base" / "facts"))


def test_drafts_are_written_once_and_served_on_request_only(
    verbatim: Program, bridge: tuple[str, str, str, str], tmp_path: Path
) -> None:
    first = verbatim("draft", "bridge", *bridge)
    again = verbatim("draft", "bridge", *bridge)
    checked = verbatim("check", *bridge)
    plain = verbatim("ask", "--json", "Who closed the Old Bridge?", *bridge)
    shown = verbatim("ask", "--drafts", "Who closed the Old Bridge?", *bridge)
    as_json = json.loads(verbatim("ask", "--json", "Who closed the Old Bridge?", *bridge, VERBATIM_DRAFTS="1").stdout)

    assert first.stdout.decode().splitlines() == [
        "1 draft, 1 skipped passage, 2 names written",
        "nobody has reviewed them: they are answered from with --drafts only",
    ]
    assert again.stdout.decode() == "every sentence is covered; there is nothing to draft\n"
    assert checked.returncode == 0
    assert "    2 ¶2  drafts    The town council closed" in checked.stdout.decode()
    assert json.loads(plain.stdout)["outcome"] == "abstain"
    assert shown.stdout.decode().splitlines()[0] == (
        "Draft, reviewed by nobody: The town council closed the Old Bridge to lorries in March. [1]"
    )
    assert [fact["draft"] for fact in as_json["facts"]] == [True]
    assert (tmp_path / "base" / "facts" / "bridge.toml").read_text("utf-8").startswith(FACTS)


def test_what_is_printed_is_not_written(verbatim: Program, bridge: tuple[str, str, str, str], tmp_path: Path) -> None:
    done = verbatim("draft", "bridge", "--print", *bridge)

    assert done.returncode == 0
    assert 'quote = "The town council closed the Old Bridge to lorries in March"' in done.stdout.decode()
    assert done.stderr.decode() == "1 draft, 1 skipped passage, 2 names; nothing was written\n"
    assert (tmp_path / "base" / "facts" / "bridge.toml").read_text("utf-8") == FACTS
    assert not (tmp_path / "base" / "facts" / "names.toml").exists()


@pytest.mark.parametrize(
    ("document", "change", "message"),
    [
        ("brigde", ("", ""), 'verbatim: no document "brigde"; did you mean "bridge"?'),
        (
            "bridge",
            ("title =", 'language = "de"\ntitle ='),
            "drafts are made of English ones; write by hand, or say language",
        ),
        ("bridge", ("[document]", "[document"), "verbatim: no document"),
    ],
)
def test_document_that_cannot_be_drafted_is_refused_with_the_mend(
    verbatim: Program, bridge: tuple[str, str, str, str], document: str, change: tuple[str, str], message: str
) -> None:
    path = Path(bridge[-1]) / "bridge.toml"
    path.write_text(FACTS.replace(*change, 1), "utf-8")

    done = verbatim("draft", document, *bridge)

    assert (done.returncode, done.stdout) == (1, b"")
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_document_with_two_fact_files_is_refused_by_their_names(
    verbatim: Program, bridge: tuple[str, str, str, str]
) -> None:
    folder = Path(bridge[-1])
    (folder / "again.toml").write_text(FACTS, "utf-8")

    done = verbatim("draft", "bridge", *bridge)

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"verbatim: bridge: {folder}/again.toml, {folder}/bridge.toml speak of it; "
        "put the facts of one document into one file\n"
    )
    assert sorted(path.name for path in folder.iterdir()) == ["again.toml", "bridge.toml"]


def test_sentences_of_which_no_draft_can_be_made_are_told_shortly(verbatim: Program, tmp_path: Path) -> None:
    for folder in ("documents", "facts"):
        (tmp_path / "mute" / folder).mkdir(parents=True)
    (tmp_path / "mute.txt").write_text("word " * 400 + "\n", "utf-8")
    base = ("--documents", str(tmp_path / "mute" / "documents"), "--facts", str(tmp_path / "mute" / "facts"))
    verbatim("add", str(tmp_path / "mute.txt"), "--language", "en", *base)

    done = verbatim("draft", "mute", *base)

    assert done.stdout.decode().splitlines() == [
        "0 drafts, 0 skipped passages, 0 names written",
        "no draft could be made of sentence 1: " + "word " * 26 + "word…",
    ]
