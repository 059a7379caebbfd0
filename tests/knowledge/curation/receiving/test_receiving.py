"""A document becomes part of a base wholly or not at all, under an id of its own, and once."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.errors import NotReceived
from knowledge.curation.extracting.extracted import Described, Extracted
from knowledge.curation.extracting.extracting import extract
from knowledge.curation.receiving.receiving import Addition, Shelf, Wanted, addition, id_of, receive, wrong_wishes
from knowledge.models import DocumentRecord
from knowledge.proof.checking import check_base
from tests.received import BRIDGE, PARAGRAPHS, html

PAGE = html("".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE), "<title>The Old Bridge</title>", " lang='en'")
GATE = "The gate opened in 1990.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """The folders of a base that holds one document in work."""
    for name in ("documents", "facts"):
        (tmp_path / name).mkdir()
    shelf = Shelf.read(tmp_path / "documents", tmp_path / "facts")
    return receive(made(GATE.encode(), "Gate.txt", shelf), shelf)


def made(content: bytes, name: str, shelf: Shelf, wanted: Wanted = Wanted()) -> Addition:
    return addition(content, Path(name), extract(content, name), wanted, shelf)


def files(shelf: Shelf) -> dict[str, bytes]:
    """Return all that is in the folders, hidden files too."""
    return {path.name: path.read_bytes() for folder in (shelf.documents, shelf.facts) for path in folder.iterdir()}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_page_is_kept_with_its_text_and_a_fact_file(shelf: Shelf) -> None:
    before = files(shelf)

    receive(made(PAGE, "Old Bridge (2).html", shelf), shelf)

    after = files(shelf)
    assert after.keys() - before.keys() == {"old-bridge-2.html", "old-bridge-2.txt", "old-bridge-2.toml"}
    assert (after["old-bridge-2.html"], after["old-bridge-2.txt"]) == (PAGE, PARAGRAPHS.encode())
    assert tomllib.loads(after["old-bridge-2.toml"].decode()) == {
        "document": {
            "id": "old-bridge-2",
            "title": "The Old Bridge",
            "sha256": sha256(PARAGRAPHS.encode()),
            "original": "old-bridge-2.html",
            "original_sha256": sha256(PAGE),
        }
    }
    assert check_base(shelf.documents, shelf.facts).problems == ()


def test_text_in_utf_8_is_its_own_original(shelf: Shelf) -> None:
    assert sorted(files(shelf)) == ["gate.toml", "gate.txt"]
    assert tomllib.loads(files(shelf)["gate.toml"].decode()) == {
        "document": {
            "id": "gate",
            "title": "Untitled document",
            "title_is_ours": True,
            "language": "und",
            "sha256": sha256(GATE.encode()),
        }
    }


def test_text_in_another_encoding_is_kept_as_received_beside_its_text(shelf: Shelf) -> None:
    added = made(PARAGRAPHS.encode("utf-16"), "bridge.txt", shelf)

    assert dict(added.files) == {"bridge.received.txt": PARAGRAPHS.encode("utf-16"), "bridge.txt": PARAGRAPHS.encode()}


def test_file_that_lies_in_the_folder_of_the_documents_is_used_where_it_lies(shelf: Shelf) -> None:
    page, text = shelf.documents / "My page.html", shelf.documents / "My text.txt"
    page.write_bytes(PAGE)
    text.write_bytes(PARAGRAPHS.encode())

    for path in (page, text):
        shelf = receive(
            addition(path.read_bytes(), path, extract(path.read_bytes(), path.name), Wanted(), shelf), shelf
        )

    assert sorted(path.name for path in shelf.documents.iterdir()) == [
        *("My page.html", "My text.txt", "gate.txt", "my-page.txt"),
    ]
    assert check_base(shelf.documents, shelf.facts).problems == ()


def test_what_a_curator_says_goes_before_what_the_document_says(shelf: Shelf) -> None:
    wanted = Wanted("bridge", "Bridge shut", "Gazette", "2024-04-02", "https://a.example/b", "de")

    added = made(PAGE, "x.html", shelf, wanted)

    assert added.record == DocumentRecord(
        id="bridge",
        title="Bridge shut",
        title_is_ours=True,
        publisher="Gazette",
        published="2024-04-02",
        url="https://a.example/b",
        language="de",
        sha256=sha256(PARAGRAPHS.encode()),
        original="bridge.html",
        original_sha256=sha256(PAGE),
    )
    assert added.unknown == ()


def test_title_that_stands_in_the_document_is_not_ours(shelf: Shelf) -> None:
    extracted = Extracted("markdown", "# The Old Bridge\n\nIt is closed.\n", Described(title="Bridge"))

    titles = ("Bridge", "The Old Bridge", "It is closed", "")
    added = [addition(b"x", Path("x.md"), extracted, Wanted(title=title), shelf).record for title in titles]

    assert [(record.title, record.title_is_ours) for record in added] == [
        ("Bridge", False),
        ("The Old Bridge", False),
        ("It is closed", True),
        ("Bridge", False),
    ]


def test_bytes_that_are_there_are_known_by_original_and_by_text(shelf: Shelf) -> None:
    later = receive(made(PAGE, "page.html", shelf), shelf)

    assert [later.known(content) for content in (PAGE, PARAGRAPHS.encode(), GATE.encode(), b"x")] == [
        *("page", "page", "gate", None),
    ]
    assert Shelf.read(shelf.documents, shelf.facts) == later


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(id="GATE")])
def test_id_of_another_document_is_refused(wanted: Wanted, shelf: Shelf) -> None:
    with pytest.raises(NotReceived, match='another document has the id "gate"; name one with --id'):
        made(b"The gate was shut.\n", "gate.txt", shelf, wanted)


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page.toml"])
def test_file_that_stands_in_the_way_is_left_and_nothing_is_added(name: str, shelf: Shelf) -> None:
    folder = shelf.facts if name.endswith("toml") else shelf.documents
    (folder / name).write_bytes(b"something else")
    before = files(shelf)

    with pytest.raises(NotReceived, match=r"is there already.*; name another id with --id"):
        receive(made(PAGE, "page.html", shelf), shelf)

    assert files(shelf) == before


def test_file_of_an_interrupted_command_is_taken_up(shelf: Shelf) -> None:
    (shelf.documents / "page.html").write_bytes(PAGE)

    receive(made(PAGE, "page.html", shelf), shelf)

    assert check_base(shelf.documents, shelf.facts).problems == ()


def test_folder_that_cannot_be_written_to_leaves_nothing(shelf: Shelf) -> None:
    before = files(shelf)
    gone = Shelf(shelf.documents, shelf.facts / "gone", shelf.ids, shelf.hashes)

    with pytest.raises(NotReceived):
        receive(made(PAGE, "page.html", gone), gone)

    assert files(shelf) == before


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Old Bridge (2).html", "old-bridge-2"),
        ("report.final.PDF", "report-final"),
        ("000_8256fad7c370c679.txt", "000_8256fad7c370c679"),
        ("Élysée.md", "elysee"),
        ("README", "readme"),
        ("a" * 100 + ".txt", "a" * 60),
        ("تقرير.pdf", "document-2d711642"),
        ("names.txt", "document-2d711642"),
        ("..txt", "document-2d711642"),
    ],
)
def test_id_is_made_of_the_name_or_else_of_the_bytes(name: str, key: str) -> None:
    assert id_of(name, b"x") == key


@given(st.text(min_size=1))
def test_id_of_any_name_can_stand_in_a_fact_file(name: str) -> None:
    assert wrong_wishes(Wanted(id=id_of(name, b"x"))) == ()


def test_wrong_wishes_are_told_by_field() -> None:
    assert wrong_wishes(Wanted("../x", "a\nb", "", "yesterday", "ftp://x", "English")) == (
        *("id", "title", "published", "url", "language"),
    )
    assert wrong_wishes(Wanted(id="Names")) == ("id",)
    assert wrong_wishes(Wanted()) == ()
