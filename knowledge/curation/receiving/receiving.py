"""A document that was received becomes a part of a base: its id, its record, its files, and the proof that it fits.

Kept are the bytes as they were received, the text that facts quote where that is not the same, and a fact file that
says which document it is about. Each file is there wholly or not at all; the fact file comes last, and where anything
fails nothing is left.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from knowledge import models
from knowledge.curation.errors import NotReceived, NotWritten
from knowledge.curation.extracting.detecting import ENDINGS, KEPT_AS
from knowledge.curation.extracting.extracted import Extracted, tidy
from knowledge.curation.writing import FactText, save, settle
from knowledge.models import DocumentRecord
from knowledge.problems import shown
from knowledge.proof.loading import NAMES_FILE, read_base

UNTITLED = "Untitled document"
"""The title of a document that names none; it is marked as given by us."""

UNKNOWN_LANGUAGE = "und"
"""Source: ISO 639-2, "undetermined". To leave it out would say English."""

LONGEST_ID = 60
"""Characters of an id that is made of the name of a file."""

RESERVED = {Path(NAMES_FILE).stem}
"""Ids whose fact file would be another file of the base."""

_NO_ID = re.compile(r"[^a-z0-9_]+")
_FILE_NAME = re.compile(models.FILE_NAME)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a curator says of a document, which goes before what it says of itself; empty where nothing is said."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    published: str = ""
    url: str = ""
    language: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """A document that is ready to become part of a base.

    Attributes:
        record: what its fact file says of it.
        files: the bytes of its files by their names in the folder of the documents.
        notes: what a curator should know of how it was read.
        unknown: what neither the document nor the curator says: "title", "publisher" ...
    """

    record: DocumentRecord
    files: Mapping[str, bytes]
    notes: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text that facts quote."""
        return self.files[self.record.file or f"{self.record.id}.txt"].decode("utf-8")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folders of a base, and what stands there already.

    Attributes:
        ids: of the documents that are there, by their form without capitals.
        hashes: ids of the documents by the SHA-256 of their text and of their originals.
        records: of the documents, by id.
    """

    documents: Path
    facts: Path
    ids: Mapping[str, str]
    hashes: Mapping[str, str]
    records: Mapping[str, DocumentRecord] = field(default_factory=dict)

    @classmethod
    def read(cls, documents: Path, facts: Path) -> Shelf:
        """Return what stands in the folders of a base, sound or not."""
        records = [file.document.record for file in read_base(documents, facts).files if file.document]
        shelf = cls(documents, facts, {}, {})
        for record in records:
            shelf = shelf.with_record(record)
        return shelf

    def known(self, content: bytes) -> str | None:
        """Return the id of the document that has these very bytes; None when there is none."""
        return self.hashes.get(hashlib.sha256(content).hexdigest())

    def with_record(self, record: DocumentRecord) -> Shelf:
        """Return what stands there once a document does."""
        hashes = {hashed: record.id for hashed in (record.sha256, record.original_sha256) if hashed}
        ids = {**self.ids, record.id.casefold(): record.id}
        records = {**self.records, record.id: record}
        return Shelf(self.documents, self.facts, ids, {**self.hashes, **hashes}, records)


def wrong_wishes(wanted: Wanted) -> tuple[str, ...]:
    """Return what of a curator's words cannot stand in a fact file, by the name of the field."""
    given = {name: value for name in Wanted.__slots__ if (value := getattr(wanted, name))}
    try:
        DocumentRecord.model_validate({"id": "x", "title": "x", "sha256": "0" * 64} | given)
    except ValidationError as error:
        return tuple(dict.fromkeys(str(detail["loc"][0]) for detail in error.errors()))
    return ("id",) if wanted.id.casefold() in RESERVED else ()


def addition(content: bytes, source: Path, extracted: Extracted, wanted: Wanted, shelf: Shelf) -> Addition:
    """Return what a file adds to a base.

    Args:
        content: the bytes of the file.
        source: where it was received.
        extracted: what was taken out of it.
        wanted: what a curator says of it; free of wrong wishes.
        shelf: where it goes.

    Raises:
        NotReceived: its id belongs to another document.
    """
    key = wanted.id or id_of(source.name, content)
    if key.casefold() in shelf.ids:
        raise NotReceived(f"another document has the id {shown(shelf.ids[key.casefold()])}; name one with --id")
    text = extracted.text.encode("utf-8")
    in_place = source.name if _lies_in(shelf.documents, source) else ""
    title, ours = _title(extracted, wanted)
    said = extracted.described
    values = {
        "publisher": wanted.publisher or said.publisher,
        "published": wanted.published or said.published,
        "url": wanted.url or said.url,
        "language": wanted.language or said.language,
    }
    is_itself = text == content
    original = in_place or f"{key}{_ending(extracted)}"
    record = DocumentRecord(
        id=key,
        title=title,
        title_is_ours=ours,
        publisher=values["publisher"],
        published=values["published"],
        url=values["url"],
        language=values["language"] or UNKNOWN_LANGUAGE,
        file=in_place if is_itself and in_place != f"{key}.txt" else "",
        sha256=hashlib.sha256(text).hexdigest(),
        original="" if is_itself else original,
        original_sha256="" if is_itself else hashlib.sha256(content).hexdigest(),
        replaces=wanted.replaces,
    )
    files = {} if is_itself else {record.original: content}
    unknown = tuple(
        name for name, value in ({"title": "" if title == UNTITLED else title} | values).items() if not value
    )
    return Addition(record, {**files, record.file or f"{key}.txt": text}, extracted.notes, unknown)


def id_of(name: str, content: bytes) -> str:
    """Return an id that is made of the name of a file, or, where that has no letters for it, of its bytes."""
    stem, dot, ending = name.rpartition(".")
    stem = stem if dot and stem and f".{ending.lower()}" in ENDINGS else name
    letters = sum(character.isalnum() for character in stem)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    made = _NO_ID.sub("-", plain).strip("-_")[:LONGEST_ID].rstrip("-_")
    if sum(character.isalnum() for character in plain) * 2 < letters or not made or made in RESERVED:
        return f"document-{hashlib.sha256(content).hexdigest()[:8]}"
    return made


def _ending(extracted: Extracted) -> str:
    """Return how the name of an original ends; that of a text is not that of the text that was made of it."""
    return ".received.txt" if extracted.kind == "text" else KEPT_AS[extracted.kind]


def _lies_in(folder: Path, source: Path) -> bool:
    """Return whether a file lies in the folder of the documents under a name that a fact file can hold."""
    with suppress(OSError):
        return source.parent.samefile(folder) and bool(_FILE_NAME.fullmatch(source.name)) and source.name.isprintable()
    return False


def _title(extracted: Extracted, wanted: Wanted) -> tuple[str, bool]:
    """Return the title of a document, and whether it is ours: its own stands in its metadata or on a line of it."""
    if not wanted.title:
        return extracted.described.title or UNTITLED, not extracted.described.title
    own = (extracted.described.title, *(tidy(line.strip("#* ")) for line in extracted.text.splitlines()))
    return wanted.title, wanted.title not in own


def receive(added: Addition, shelf: Shelf, fact_file: str = "") -> Shelf:
    """Make a document part of a base; return what stands there then.

    Args:
        added: what it adds.
        shelf: where it goes.
        fact_file: the text of its fact file; empty to begin one that holds no record yet.

    Raises:
        NotReceived: something stands in its place, the base would not be sound with it, or it cannot be written; then
            nothing was left of it.
    """
    try:
        with ExitStack() as undoing:
            _write(added, shelf, fact_file or FactText.new(added.record).text, undoing)
            undoing.pop_all()
    except OSError as error:
        where = error.filename2 or error.filename or shelf.documents
        raise NotReceived(f"{where} cannot be written ({error.strerror}); nothing of it was kept") from error
    except NotWritten as error:
        raise NotReceived(str(error)) from error
    return shelf.with_record(added.record)


def _write(added: Addition, shelf: Shelf, fact_file: str, undoing: ExitStack) -> None:
    """Write the files of a document, the fact file last, and note how each is taken away again."""
    facts = shelf.facts / f"{added.record.id}.toml"
    if facts.exists() or facts.is_symlink():
        raise NotReceived(f"{facts} is there already; name another id with --id")
    for name, content in added.files.items():
        path = shelf.documents / name
        if not _holds(path, content):
            _put(path, content)
            undoing.callback(path.unlink, missing_ok=True)
    settle(shelf.documents)
    problems = save(facts, fact_file, shelf.documents, shelf.facts)
    if problems:
        raise NotReceived(f"the base would not be sound with it: {problems[0]}")


def _put(path: Path, content: bytes) -> None:
    """Write a file that is not there yet."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:80]}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o644)
            _name(Path(file.name), path)
        finally:
            Path(file.name).unlink(missing_ok=True)


def _name(temporary: Path, path: Path) -> None:
    """Give a finished file its name, which must be free; not every file system has links that prove it."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise NotReceived(f"{path} is there already, with other content; name another id with --id") from None
    except OSError:
        if path.exists() or path.is_symlink():
            raise NotReceived(f"{path} is there already, with other content; name another id with --id") from None
        temporary.replace(path)


def _holds(path: Path, content: bytes) -> bool:
    """Return whether a file is there with these very bytes: put there by hand, or left by an interrupted command."""
    is_file = path.is_file() and not path.is_symlink()
    return is_file and path.stat().st_size == len(content) and path.read_bytes() == content
