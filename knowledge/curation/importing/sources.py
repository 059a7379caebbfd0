"""The words of a document that carry an answer, where a file of questions names them, and where it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.curation.exchanging.rows import NotTaken, Row
from knowledge.curation.importing.filling import Filler
from knowledge.documents import Document
from knowledge.models import LONGEST_QUOTE, FactRecord
from knowledge.problems import shown
from knowledge.proof.closest import closest_text

_MARKS = "\"'“”„‘’«»"


@dataclass(frozen=True)
class Sources:
    """Finds the quote of an answer in a document.

    Attributes:
        facts: those that the document has already.
        others: the other documents of the base.
    """

    document: Document
    facts: tuple[FactRecord, ...]
    others: tuple[Document, ...]

    def quote_of(self, row: Row) -> str:
        """Return the words that a row names as the source of its answer, or the answer itself; "" where none stands.

        A row that names no words, and answers with the claim of a fact, means that fact.
        """
        source, answer = _source_of(row), str(row.said["claim"])
        if not names(source, self.document):
            return self._standing(source, source.strip(_MARKS).strip())
        known = next((fact.quote for fact in self.facts if fact.claim == answer), "")
        return known or self._standing(answer.rstrip(".!?… "), answer)

    def nearest(self, row: Row, filler: Filler) -> tuple[str, str]:
        """Return the sentence that is nearest to a question and its answer, and what a curator is told of it.

        Raises:
            NotTaken: the row names words that do not stand in the document, or none is near, or cannot be quoted.
        """
        source = _source_of(row)
        if not names(source, self.document):
            self._refuse(source)
        asked = row.said["phrasings"]
        found = filler.nearest(" ".join([*(asked if isinstance(asked, list) else []), str(row.said["claim"])]))
        if found is None:
            message = "the answer is no quote, and no sentence of the document is near it"
            raise NotTaken(message, "write the words of the document that carry it as source")
        quote = found.citation.quote
        if not self._standing(quote):
            message = f"the answer is no quote, and the nearest sentence cannot be quoted whole: {shown(quote)}"
            raise NotTaken(message, "write the words of it that carry the answer as source")
        return quote, f"the nearest sentence is proposed as its quote ({found.share:.2f}): {shown(quote)}"

    def _standing(self, *several: str) -> str:
        """Return the first of some texts that can be quoted; "" when none can."""
        return next((one for one in several if len(one) <= LONGEST_QUOTE and self.document.cite_quote(one)), "")

    def _refuse(self, source: str) -> None:
        """Tell what is wrong with a source that is no quote."""
        for other in self.others:
            if names(source, other):
                raise NotTaken(f"its source is the document {shown(other.id)}", "import it into that one")
        if places := self.document.find(source):
            if len(places) == 1:
                raise NotTaken(f"source is {len(source)} characters long", f"shorten it to at most {LONGEST_QUOTE}")
            raise NotTaken(f"source found {len(places)} times", "lengthen it until it stands there once")
        mend = str(closest_text(source, self.document) or "copy the words of the document that carry the answer")
        raise NotTaken(f"source {shown(source)} not found in document", mend)


def names(source: str, document: Document) -> bool:
    """Return whether a source names a document, by its id, address or title, or names nothing."""
    record = document.record
    page = record.url.partition("#")[0]
    return source in {"", record.id, record.title} or (bool(page) and source.partition("#")[0] == page)


def _source_of(row: Row) -> str:
    return (row.source or "").strip()


def joined(phrasings: Iterable[str], more: object) -> list[str]:
    """Return questions, each once however it is written, in their order."""
    known: dict[str, str] = {}
    for question in (*phrasings, *(more if isinstance(more, list) else [])):
        known.setdefault(folded(str(question)), str(question))
    return list(known.values())


def folded(question: str) -> str:
    """Return a question as the check for repeated ones compares it."""
    return " ".join(question.casefold().split()).rstrip("?!. ")
