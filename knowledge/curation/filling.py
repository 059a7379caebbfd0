"""What a curator writes because of a gap: something unsaid, more wordings, or the draft of a fact.

Each function returns the text of a fact file with the change in it, and writes nothing: `writing.save` proves it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from knowledge.base import KnowledgeBase
from knowledge.curation.errors import NotWritten
from knowledge.curation.writing import FactText
from knowledge.loading import NAMES_FILE
from knowledge.models import LONGEST_QUOTE, FactRecord, Record, UnsaidRecord
from knowledge.outcomes import Found
from knowledge.problems import shown
from knowledge.records import Filed, RecordFile, read_fact_file
from knowledge.text import words

WORDS_OF_AN_ID = 6
"""Words of a sentence that make the id of its draft."""

LONGEST_ID = 60

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


def with_draft(path: Path, found: Found, act: str, phrasings: Sequence[str]) -> tuple[str, str]:
    """Return the id of the draft of a fact that says a sentence of the document, and the file with it.

    Args:
        path: the fact file of the document.
        found: the sentence.
        act: what is done in it: an act of the lexicon.
        phrasings: questions that it answers.

    Raises:
        NotWritten: the file cannot be read, or the sentence is too long to be quoted whole.
    """
    quote = found.citation.quote
    if len(quote) > LONGEST_QUOTE:
        raise NotWritten(
            f"the sentence has {len(quote)} characters, and a quote at most {LONGEST_QUOTE}; write the fact by hand"
        )
    read = read_fact_file(path)
    name = _free(quote, {filed.record.id for filed in read.facts})
    draft = _made(
        FactRecord,
        id=name,
        claim=" ".join(quote.split()),
        act=act,
        quote=quote,
        phrasings=_new(phrasings, ()),
        draft=True,
    )
    return name, FactText.read(path).add(draft, after=_before(found, read)).text


def acts_in(text: str, base: KnowledgeBase) -> tuple[str, ...]:
    """Return the acts that a sentence speaks of, in order, the surest meanings only."""
    terms, _ = base.scales.reader.curated(text)
    keys = (key for term in terms for key, strength in term.keys if strength == 1.0)
    return tuple(dict.fromkeys(key for key in keys if key in base.scales.concepts and base.scales.concepts[key].is_act))


def _free(quote: str, taken: set[str]) -> str:
    """Return an id that no fact of the file has."""
    row = [re.sub(r"[^a-z0-9]", "", word.text) for word in words(quote)]
    name = "-".join([word for word in row if word][:WORDS_OF_AN_ID])[:LONGEST_ID].strip("-") or "draft"
    return next(
        free for free in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if free not in taken
    )


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
