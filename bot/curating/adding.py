"""`verbatim add`: files become documents of a base, each with its text, its original and a fact file to be filled."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.curating.confining import Extractor
from bot.curating.revising import as_revision, revision_as_object, revision_lines
from bot.measuring.progress import progress
from bot.messages import cleaned
from bot.output import DONE, PROBLEMS, print_json, show
from bot.screens import LOUD, QUIET, QUOTED, WARNING, WRONG, Line, drawn, plain
from knowledge.curation import (
    Addition,
    NotExtracted,
    NotReceived,
    Revision,
    Shelf,
    Wanted,
    addition,
    receive,
    revision_of,
)

MEGABYTE = 1_000_000

MENDS = {
    "id": "letters, digits, - and _, and not names",
    "title": "one line of at most 500 characters",
    "publisher": "one line",
    "published": "a day such as 2024-03-19",
    "url": "an address that starts with http:// or https://",
    "language": "a code such as en",
    "replaces": "the id of a document",
}
"""What each option is to be, when it cannot be used."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be added.

    Attributes:
        largest: megabytes that a file may have.
        encoding: of text files, where they do not say it; empty to see.
        dry_run: nothing is written.
    """

    wanted: Wanted
    largest: int
    encoding: str
    dry_run: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: it was added, was there already under an id, or was refused for a reason."""

    file: str
    added: Addition | None = None
    known: str = ""
    refused: str = ""
    revision: Revision | None = None


def add(files: Sequence[Path], documents: Path, facts: Path, wishes: Wishes) -> int:
    """Add files to a base, tell what came of each, and return the exit code."""
    outcomes = []
    with progress(len(files)) as step:
        for outcome in _outcomes(files, Shelf.read(documents, facts), wishes):
            outcomes.append(outcome)
            step(Path(outcome.file).name, 1)
    if wishes.as_json:
        print_json(as_object(outcomes, dry_run=wishes.dry_run))
    else:
        show(lines(outcomes, documents, facts, dry_run=wishes.dry_run))
    return PROBLEMS if any(outcome.refused for outcome in outcomes) else DONE


def _outcomes(files: Sequence[Path], shelf: Shelf, wishes: Wishes) -> Iterator[Outcome]:
    """Yield what came of each file; one that is refused stops no other."""
    with Extractor() as extractor:
        for path in files:
            name = cleaned(str(path))
            try:
                content = received(path, wishes.largest * MEGABYTE)
                if known := shelf.known(content):
                    yield Outcome(name, known=known)
                    continue
                extracted = extractor.extract(content, cleaned(path.name), wishes.encoding)
                wanted, notes = as_revision(wishes.wanted, extracted, path.name, content, shelf)
                added = addition(content, path, extracted, wanted, shelf)
                added = replace(added, notes=(*added.notes, *notes))
                revision = revision_of(added, shelf) if wanted.replaces else None
                text = revision.text if revision else ""
                shelf = shelf.with_record(added.record) if wishes.dry_run else receive(added, shelf, text)
            except (NotExtracted, NotReceived) as error:
                yield Outcome(name, refused=str(error))
            else:
                yield Outcome(name, added=added, revision=revision)


def received(path: Path, largest: int) -> bytes:
    """Return the bytes of a file.

    Raises:
        NotReceived: it is no plain file, too large, or cannot be read.
    """
    try:
        if path.is_symlink():
            raise NotReceived("is a symbolic link; name the file that it leads to")
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        _prove(path.stat(), largest)  # before it is opened: to open a device may already do something
        with os.fdopen(os.open(path, flags), "rb") as file:
            _prove(os.fstat(file.fileno()), largest)
            content = file.read(largest + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise NotReceived(f"cannot be read ({why}); name a file that you may read") from error
    if len(content) > largest:
        raise NotReceived(_too_large(len(content), largest))
    return content


def _prove(known: os.stat_result, largest: int) -> None:
    """Refuse what is no plain file, or too large."""
    if stat.S_ISDIR(known.st_mode):
        raise NotReceived("is a folder; name the files in it")
    if not stat.S_ISREG(known.st_mode):
        raise NotReceived("is no file but a device, a pipe or a socket; save its content to a file")
    if known.st_size > largest:
        raise NotReceived(_too_large(known.st_size, largest))


def _too_large(size: int, largest: int) -> str:
    return (
        f"has {size / MEGABYTE:.1f} MB, more than the {largest // MEGABYTE} MB that are allowed; "
        "split it, or set VERBATIM_LARGEST_DOCUMENT to more megabytes"
    )


def as_object(outcomes: Sequence[Outcome], *, dry_run: bool) -> dict[str, object]:
    """Return what came of files in the types of JSON."""
    return {
        "dry_run": dry_run,
        "added": [
            {
                "file": outcome.file,
                "document": outcome.added.record.model_dump(mode="json"),
                "files": list(outcome.added.files),
                "unknown": list(outcome.added.unknown),
                "notes": list(outcome.added.notes),
                **({"revision": revision_as_object(outcome.revision)} if outcome.revision else {}),
            }
            for outcome in outcomes
            if outcome.added
        ],
        "known": [{"file": outcome.file, "id": outcome.known} for outcome in outcomes if outcome.known],
        "refused": [{"file": outcome.file, "message": outcome.refused} for outcome in outcomes if outcome.refused],
    }


def lines(outcomes: Sequence[Outcome], documents: Path, facts: Path, *, dry_run: bool) -> Iterator[Line]:
    """Yield what came of each file, then how many there were of each."""
    for outcome in outcomes:
        if outcome.added:
            yield from _added_lines(outcome.file, outcome.added, documents, facts)
            if outcome.revision:
                yield from revision_lines(outcome.revision, dry_run=dry_run)
        elif outcome.known:
            yield plain(f"{outcome.file}: is there already, as {outcome.known}; nothing was changed", QUIET)
        else:
            yield plain(f"{outcome.file}: {outcome.refused}", WRONG)
    yield plain("")
    added = sum(outcome.added is not None for outcome in outcomes)
    known = sum(bool(outcome.known) for outcome in outcomes)
    refused = len(outcomes) - added - known
    counted = [f"{added} {'would be added' if dry_run else 'added'}"]
    counted += [f"{known} there already"] if known else []
    counted += [f"{refused} refused"] if refused else []
    yield plain(", ".join(counted), WRONG if refused else QUOTED)
    if any(outcome.added and not outcome.revision for outcome in outcomes) and not dry_run:
        yield plain("what was added answers nothing until its facts are written; verbatim check lists it", QUIET)


def _added_lines(file: str, added: Addition, documents: Path, facts: Path) -> Iterator[Line]:
    """Yield what was made of a file, and what a curator should look at."""
    record = added.record
    yield plain(f"{file}: {record.id}", LOUD)
    title = f"{record.title} (title given by us)" if record.title_is_ours else record.title
    yield Line("  ", drawn(", ".join(filter(None, (title, record.publisher, record.published, record.url)))))
    kept = [documents / name for name in added.files] + [facts / f"{record.id}.toml"]
    yield Line("  ", drawn(", ".join(map(str, kept)), QUIET))
    for note in added.notes:
        yield Line("  ", drawn(note, WARNING))
    if added.unknown:
        yield Line("  ", drawn(f"not known: {', '.join(added.unknown)}", WARNING))
