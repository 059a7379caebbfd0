"""A ready base is kept in a file, and a file that cannot be trusted is made again."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.compiled import KEPT, fingerprint, kept
from knowledge.errors import InvalidBase
from knowledge.message.dialogue import Conversation, Turn
from tests.knowledge.conftest import HARBOUR

INVALID = Path(__file__).resolve().parents[1] / "cases" / "invalid" / "quote_not_found"

MADE = Conversation((Turn("What did the dock workers demand?", ("pay-rise-demanded",)),))
"""What the tests keep: a small value of this package."""


class Maker:
    """Makes a value, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Conversation:
        self.times += 1
        return MADE


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the harbour that may be changed."""
    shutil.copytree(HARBOUR, tmp_path / "harbour")
    return tmp_path / "harbour"


def keep(folder: Path, make: Callable[[], Conversation], sources: Path = HARBOUR) -> Conversation:
    return kept(folder, sources / "documents", sources / "facts", make, Conversation)


def only_file(folder: Path) -> Path:
    (file,) = folder.glob("*.base")
    return file


def signed(body: bytes) -> bytes:
    return hashlib.sha256(body).digest() + body


def test_second_start_restores_what_the_first_one_made(tmp_path: Path) -> None:
    make = Maker()

    assert [keep(tmp_path, make), keep(tmp_path, make)] == [MADE, MADE]
    assert make.times == 1


def test_file_is_named_by_its_fingerprint_and_nothing_else_is_left(tmp_path: Path) -> None:
    keep(tmp_path / "cache", Maker())

    assert [path.name for path in (tmp_path / "cache").iterdir()] == [
        fingerprint(HARBOUR / "documents", HARBOUR / "facts") + ".base"
    ]


def test_folder_is_made_and_file_is_for_its_owner_only(tmp_path: Path) -> None:
    keep(tmp_path / "cache" / "verbatim", Maker())

    assert only_file(tmp_path / "cache" / "verbatim").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:0],
        lambda content: content[:16],
        lambda content: content[:32],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"\0",
        lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:],
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: signed(content[32:-1]),
    ],
)
def test_truncated_or_corrupted_file_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    make = Maker()
    keep(tmp_path, make)
    file = only_file(tmp_path)
    file.write_bytes(damage(file.read_bytes()))

    assert [keep(tmp_path, make), keep(tmp_path, make)] == [MADE, MADE]
    assert make.times == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no pickle",
        b"\x80\x05.",
        b"cknowledge.nothing\nNobody\n.",
        b"cknowledge.dialogue\nNobody\n.",
        b"cknowledge.errors\nInvalidBase\n)R.",
        pickle.dumps(None),
        pickle.dumps({"a": 1}),
        pickle.dumps(Turn("another class of this package")),
        pickle.dumps(hashlib.sha256),
        pickle.dumps(os.getpid),
    ],
)
def test_file_that_holds_anything_else_is_made_again(tmp_path: Path, body: bytes) -> None:
    make = Maker()
    keep(tmp_path, make)
    only_file(tmp_path).write_bytes(signed(body))

    assert [keep(tmp_path, make), keep(tmp_path, make)] == [MADE, MADE]
    assert make.times == 2


def calling(module: str, name: str, argument: str) -> bytes:
    """Return a pickle that calls a function while it is restored: what an attacker would put there."""
    pushed = [b"\x8c" + bytes([len(text)]) + text.encode() for text in (module, name, argument)]
    return b"\x80\x04" + pushed[0] + pushed[1] + b"\x93" + pushed[2] + b"\x85R."


@pytest.mark.parametrize(("module", "name"), [("os", "mkdir"), ("posix", "mkdir"), ("knowledge.compiled", "os.mkdir")])
def test_file_runs_nothing_but_classes_of_this_package(tmp_path: Path, module: str, name: str) -> None:
    keep(tmp_path / "cache", Maker())
    only_file(tmp_path / "cache").write_bytes(signed(calling(module, name, str(tmp_path / "run"))))

    assert keep(tmp_path / "cache", Maker()) == MADE
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("place", ["file/cache", "file"])
def test_folder_that_cannot_be_written_is_no_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    make = Maker()

    assert [keep(tmp_path / place, make), keep(tmp_path / place, make)] == [MADE, MADE]
    assert make.times == 2


def test_folder_in_place_of_the_file_is_no_error(tmp_path: Path) -> None:
    (tmp_path / (fingerprint(HARBOUR / "documents", HARBOUR / "facts") + ".base")).mkdir()

    assert keep(tmp_path, Maker()) == MADE


def test_only_the_newest_files_are_kept(tmp_path: Path, sources: Path) -> None:
    folder = tmp_path / "cache"
    names = []
    for number in range(KEPT + 2):
        (sources / "documents" / "more.txt").write_text(f"{number}")
        keep(folder, Maker(), sources)
        newest = folder / f"{fingerprint(sources / 'documents', sources / 'facts')}.base"
        os.utime(newest, (number, number))
        names.append(newest.name)

    assert sorted(path.name for path in folder.iterdir()) == sorted(names[-KEPT:])


@pytest.mark.parametrize("file", ["documents/harbour.txt", "facts/harbour.toml", "facts/names.toml"])
def test_one_changed_byte_makes_another_fingerprint(sources: Path, file: str) -> None:
    before = fingerprint(sources / "documents", sources / "facts")
    with (sources / file).open("ab") as changed:
        changed.write(b"\n")

    assert fingerprint(sources / "documents", sources / "facts") != before


def test_added_or_renamed_file_makes_another_fingerprint(sources: Path) -> None:
    prints = [fingerprint(sources / "documents", sources / "facts")]
    (sources / "documents" / "new.txt").write_bytes(b"")
    prints.append(fingerprint(sources / "documents", sources / "facts"))
    (sources / "documents" / "new.txt").rename(sources / "documents" / "other.txt")
    prints.append(fingerprint(sources / "documents", sources / "facts"))

    assert len(set(prints)) == 3


def test_same_files_elsewhere_have_the_same_fingerprint(sources: Path) -> None:
    assert fingerprint(sources / "documents", sources / "facts") == fingerprint(
        HARBOUR / "documents", HARBOUR / "facts"
    )


def test_base_with_problems_is_not_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(InvalidBase):
            KnowledgeBase.load(INVALID / "documents", INVALID / "facts", cache=tmp_path)

    assert list(tmp_path.iterdir()) == []
