"""`verbatim add`, started as a curator starts it: what is sound is added, what is not leaves nothing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.curating.adding import received
from bot.curating.confining import Extractor
from bot.library import IN_WORK
from knowledge.curation import Extracted, NotExtracted, NotReceived, Shelf, Wanted, addition, receive
from knowledge.proof.checking import check_base
from tests.received import BRIDGE, docx, html, packed, pdf, scanned_pdf

Program = Callable[..., subprocess.CompletedProcess[bytes]]

PAGE = html("".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE), "<title>The Old Bridge</title>", " lang='en'")


@pytest.fixture
def add(verbatim: Program, tmp_path: Path) -> Program:
    """Run `verbatim add` on files of the working directory, with an empty base beside them."""
    for name in ("documents", "facts"):
        (tmp_path / name).mkdir()

    def run(*arguments: str | bytes, **variables: str) -> subprocess.CompletedProcess[bytes]:
        return verbatim("--documents", "documents", "--facts", "facts", "add", *arguments, **variables)

    return run


def listed(folder: Path) -> list[str]:
    """Return the names of all files below the folders of the base, hidden ones too."""
    return sorted(
        path.relative_to(folder).as_posix() for name in ("documents", "facts") for path in (folder / name).iterdir()
    )


def test_file_is_added_and_told(add: Program, tmp_path: Path) -> None:
    (tmp_path / "Old Bridge.html").write_bytes(PAGE)

    done = add("Old Bridge.html", "--publisher", "Vell Gazette")

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == (
        "Old Bridge.html: old-bridge\n"
        "  The Old Bridge, Vell Gazette\n"
        "  documents/old-bridge.html, documents/old-bridge.txt, facts/old-bridge.toml\n"
        "  not known: published, url\n"
        "\n"
        "1 added\n"
        "what was added answers nothing until its facts are written; verbatim check lists it\n"
    )
    assert listed(tmp_path) == ["documents/old-bridge.html", "documents/old-bridge.txt", "facts/old-bridge.toml"]


def test_base_with_a_new_document_loads_and_check_lists_it_as_work(
    add: Program, verbatim: Program, tmp_path: Path
) -> None:
    (tmp_path / "bridge.txt").write_text("The bridge is old.\n", "utf-8")
    add("bridge.txt")

    checked = verbatim("check", "--documents", "documents", "--facts", "facts")
    asked = verbatim("ask", "--documents", "documents", "--facts", "facts", "Is the bridge old?")

    assert checked.returncode == 0
    assert checked.stdout.decode() == (
        "bridge: Untitled document\n"
        "  0 of 1 sentences are covered\n"
        f"  {IN_WORK}\n"
        "    1 ¶1  UNCOVERED The bridge is old.\n"
        "\n"
        "no problems, 1 document in work\n"
    )
    assert asked.returncode == 0
    assert asked.stderr.decode() == (
        "verbatim: every document is in work still: nothing is answered; see verbatim check\n"
    )


def test_same_bytes_again_change_nothing_and_are_no_failure(add: Program, tmp_path: Path) -> None:
    for name in ("bridge.pdf", "again.pdf"):
        (tmp_path / name).write_bytes(pdf())

    first = add("bridge.pdf", "again.pdf")
    before = {name: (tmp_path / name).stat().st_mtime_ns for name in listed(tmp_path)}
    second = add("again.pdf", "--id", "other")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "again.pdf: is there already, as bridge; nothing was changed\n" in first.stdout.decode()
    assert second.stdout.decode() == (
        "again.pdf: is there already, as bridge; nothing was changed\n\n0 added, 1 there already\n"
    )
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in listed(tmp_path)} == before


def test_refused_files_stop_no_other_and_leave_nothing(add: Program, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder").mkdir()
    for name, content in {
        "good.docx": docx(),
        "empty.txt": b"",
        "locked.pdf": pdf(password="secret"),  # noqa: S106  of a file that is made here
        "scan.pdf": scanned_pdf(),
        "bomb.docx": packed({"word/document.xml": b"<w/>", "word/x": b"\0" * 30_000_000}),
        "huge.txt": b"a" * 1_000_001,
        "last.txt": b"The bridge is old.\n",
    }.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "link.txt").symlink_to("last.txt")
    names = ("pipe.txt", "folder", "good.docx", "empty.txt", "locked.pdf", "scan.pdf", "bomb.docx", "huge.txt")

    done = add(*names, "link.txt", "missing.txt", "last.txt", "--json", VERBATIM_LARGEST_DOCUMENT="1")

    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert [one["document"]["id"] for one in told["added"]] == ["good", "last"]
    assert {one["file"]: one["message"] for one in told["refused"]} == {
        "pipe.txt": "is no file but a device, a pipe or a socket; save its content to a file",
        "folder": "is a folder; name the files in it",
        "empty.txt": "is empty; see whether it was received wholly",
        "locked.pdf": "is encrypted; save a copy without a password, or print it to a new PDF",
        "scan.pdf": "holds pictures and no text; run text recognition (OCR) on it first",
        "bomb.docx": "holds a part that is 1,028 times as large unpacked; do not trust it",
        "huge.txt": "has 1.0 MB, more than the 1 MB that are allowed; split it, or set VERBATIM_LARGEST_DOCUMENT to "
        "more megabytes",
        "link.txt": "is a symbolic link; name the file that it leads to",
        "missing.txt": "cannot be read (No such file or directory); name a file that you may read",
    }
    assert listed(tmp_path) == [
        *("documents/good.docx", "documents/good.txt", "documents/last.txt", "facts/good.toml", "facts/last.toml"),
    ]
    assert check_base(tmp_path / "documents", tmp_path / "facts").problems == ()


def test_dry_run_tells_and_writes_nothing(add: Program, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_bytes(b"# A bridge\n\nIt is *old*.\n")

    done = add("--dry-run", "--json", "a.md", "b.md")

    told = json.loads(done.stdout)
    assert (told["dry_run"], [one["files"] for one in told["added"]]) == (True, [["a.md", "a.txt"]])
    assert told["known"] == [{"file": "b.md", "id": "a"}]
    assert listed(tmp_path) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--id", "../x"), "--id must be letters, digits, - and _, and not names"),
        (("--published", "yesterday"), "--published must be a day such as 2024-03-19"),
        (("b.txt", "--title", "One title"), "add the files one by one"),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(
    arguments: tuple[str, ...], told: str, add: Program, tmp_path: Path
) -> None:
    done = add("a.txt", *arguments)

    assert done.returncode == 2
    assert told in " ".join(done.stderr.decode().replace("│", " ").split())
    assert listed(tmp_path) == []


def test_name_of_a_file_that_is_no_text_is_no_failure(add: Program, tmp_path: Path) -> None:
    name = b"\xff\xfe\n.txt"
    (tmp_path / os.fsdecode(name)).write_text("The bridge is old.\n", "utf-8")

    done = add(name, "--json")

    assert done.returncode == 0
    assert json.loads(done.stdout)["added"][0]["document"]["id"].startswith("document-")


def test_file_that_takes_too_long_or_too_much_is_refused_and_the_next_is_read() -> None:
    with Extractor(seconds=0) as hurried, pytest.raises(NotExtracted, match="takes more than 0 seconds to read"):
        hurried.extract(pdf(["Words."] * 500, pages=9), "x.pdf")
    with Extractor(memory=400_000_000) as narrow:
        with pytest.raises(NotExtracted, match=r"it breaks the program that reads it|takes too much memory"):
            narrow.extract(b"a" * 300_000_000, "x.txt")
        assert narrow.extract(b"The bridge is old.\n", "x.txt") == Extracted("text", "The bridge is old.\n")


@pytest.fixture(scope="module")
def extractor() -> object:
    with Extractor() as extractor:
        yield extractor


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")) | st.just(PAGE),
    st.sampled_from(("x", "x.txt", "y.md", "y.html", "z.pdf", "z.docx", "..")),
)
def test_any_file_is_added_wholly_or_leaves_nothing(
    extractor: Extractor, tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("base")
    for part in ("documents", "facts"):
        (folder / part).mkdir()
    shelf = Shelf.read(folder / "documents", folder / "facts")
    try:
        receive(addition(content, Path(name), extractor.extract(content, name), Wanted(), shelf), shelf)
    except (NotExtracted, NotReceived):
        assert listed(folder) == []
    else:
        assert check_base(shelf.documents, shelf.facts).problems == ()


def test_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"12345")

    assert received(tmp_path / "x", 5) == b"12345"
    with pytest.raises(NotReceived, match=r"has 0\.0 MB, more than the 0 MB"):
        received(tmp_path / "x", 4)
    with pytest.raises(NotReceived, match="cannot be read"):
        received(tmp_path / "x\0", 5)
