"""What a curator writes because of a gap: something unsaid, more wordings, or the draft of a fact.

Each function returns the text of a fact file with the change in it, and writes nothing: `writing.save` proves it first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowledge.curation.drafting.drafting import draft
from knowledge.curation.errors import NotWritten
from knowledge.curation.writing import FactText
from knowledge.language.lexicon import load_lexicon
from knowledge.language.text import words
from knowledge.models import Record, UnsaidRecord
from knowledge.outcomes import Found
from knowledge.problems import shown
from knowledge.proof.loading import NAMES_FILE, read_base
from knowledge.proof.records import Filed, RecordFile, read_fact_file

Kept = TypeVar("Kept", bound=Record)


def file_of(document: str, facts: Path) -> Path:
    """Return the fact file of a document.

    Args:
        document: its id.
        facts: the folder of the fact files.

    Raises:
        NotWritten: there is none.
    """
    for path in sorted(facts.glob("*.toml")):
        found = read_fact_file(path) if path.name != NAMES_FILE else None
        if found is not None and found.document is not None and found.document.record.id == document:
            return path
    raise NotWritten(f"{facts}: no fact file of document {shown(document)}; write one with its [document] table")


def with_unsaid(path: Path, about: str, wordings: Sequence[str], related: Sequence[str]) -> str:
    """Return a fact file with something unsaid; where it is known already, with the wordings that it lacks.

    Raises:
        NotWritten: the file cannot be read, the record cannot be made, or no wording is new.
    """
    known = _named(read_fact_file(path).unsaid, about, "about")
    if known is None:
        return (
            FactText.read(path).add(_made(UnsaidRecord, about=about, wordings=_new(wordings, ()), related=related)).text
        )
    added = _added(wordings, known.wordings, about)
    return FactText.read(path).replace(about, _changed(known, wordings=(*known.wordings, *added))).text


def with_phrasings(path: Path, fact: str, wordings: Sequence[str]) -> str:
    """Return a fact file in which a fact has more phrasings.

    Raises:
        NotWritten: the file cannot be read, it has no such fact, or no wording is new.
    """
    known = _named(read_fact_file(path).facts, fact, "id")
    if known is None:
        raise NotWritten(f"{path}: no fact {shown(fact)}; it may have been renamed since")
    added = _added(wordings, known.phrasings, fact)
    return FactText.read(path).replace(fact, _changed(known, phrasings=(*known.phrasings, *added))).text


def with_drafts(
    found: Found, documents: Path, facts: Path, phrasings: Sequence[str]
) -> tuple[tuple[str, ...], dict[Path, str]]:
    """Return the ids of the drafts of a sentence, and the files with them, to be saved together.

    Args:
        found: the sentence. It may be quoted already: what it says beside may be what was asked for.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        phrasings: questions that it answers; the first draft gets them, and whoever reviews it sees them there.

    Raises:
        NotWritten: the files cannot be read, or no draft can be made of the sentence.
    """
    loaded = read_base(documents, facts)
    document = next(known for known in loaded.documents if known.id == found.citation.document)
    others = frozenset(one.number for one in document.sentences if one.start != found.citation.start)
    drafted = draft(document, loaded, others, load_lexicon())
    if document.record.language != "en" or not drafted.facts:
        raise NotWritten("no draft could be made of the sentence; write the fact by hand")
    first = drafted.facts[0]
    records = (_changed(first, phrasings=(*_new(phrasings, first.phrasings), *first.phrasings)), *drafted.facts[1:])
    path = file_of(document.id, facts)
    text, after = FactText.read(path), _before(found, read_fact_file(path))
    for record in records:
        text, after = text.add(record, after=after), record.id
    texts = {path: text.text}
    meant = {name for record in records for name in (*record.speakers, *record.agent, *record.target)}
    if new := [name for name in drafted.names if name.id in meant]:
        names = FactText.read(facts / NAMES_FILE)
        for name in new:
            names = names.add(name)
        texts = {facts / NAMES_FILE: names.text, **texts}
    return tuple(record.id for record in records), texts


def _before(found: Found, read: RecordFile) -> str:
    """Return the id of the fact behind which a sentence goes: the last of those that quote it; empty for the end."""
    return next((filed.record.id for filed in reversed(read.facts) if filed.record.id in found.facts), "")


def _named(filed: Iterable[Filed[Kept]], value: str, key: str) -> Kept | None:
    """Return the record of which a field has a value; None when there is none."""
    return next((each.record for each in filed if getattr(each.record, key) == value), None)


def _added(wordings: Sequence[str], known: Sequence[str], where: str) -> tuple[str, ...]:
    added = _new(wordings, known)
    if not added:
        raise NotWritten(f"{shown(where)} has all of these wordings already")
    return added


def _new(wordings: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the wordings that are not known, each once, whatever their signs and capitals."""
    folded = {_folded(wording) for wording in known}
    fresh: list[str] = []
    for wording in wordings:
        if _folded(wording) not in folded:
            folded.add(_folded(wording))
            fresh.append(wording)
    return tuple(fresh)


def _folded(wording: str) -> str:
    return " ".join(word.text for word in words(wording)) or wording


def _made(model: type[Kept], **values: object) -> Kept:
    """Return a record of values that a person typed.

    Raises:
        NotWritten: they make none.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise NotWritten(f"cannot be written: {found}") from None


def _changed(record: Kept, **values: object) -> Kept:
    return _made(type(record), **(record.model_dump() | values))
