"""Whether a row that is imported is about the document into which it is to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.curation.exchanging.exchanging import address_of, text_name
from knowledge.curation.exchanging.rows import NotTaken, Subject
from knowledge.documents import Document
from knowledge.problems import shown

_ELSEWHERE = "import it into that one, or say nothing of a document"


def prove_subject(subject: Subject, document: Document, documents: Sequence[Document]) -> None:
    """Refuse a row that is about another document.

    What is about an earlier version of the document is about it, too: its words are found anew. A row that says nothing
    is taken, and so is one about a page, where nobody has written down the address of the document.

    Args:
        subject: what the row says.
        document: into which it is to go.
        documents: all of the base.

    Raises:
        NotTaken: it is about another one.
    """
    records = [one.record for one in _versions(document, documents)]
    if subject.document in {one.id for one in records} or subject.sha256 in {one.sha256 for one in records}:
        return
    if subject.document:
        raise NotTaken(f"is about the document {shown(subject.document)}", _ELSEWHERE)
    if subject.sha256:
        raise NotTaken(f"is about a document with the sha256 {subject.sha256}", _ELSEWHERE)
    own = {address for one in records for address in (address_of(one), text_name(one.sha256))}
    if subject.address in own or not subject.address:
        return
    if document.record.url or subject.address.startswith("ni:"):
        mend = "import it into the document of that page, or correct url in [document]"
        raise NotTaken(f"is about {shown(subject.address)}", mend)


def _versions(document: Document, documents: Sequence[Document]) -> Iterator[Document]:
    """Yield a document, and those that it has replaced."""
    known = {one.id: one for one in documents}
    here: Document | None = document
    while here is not None:
        yield here
        here = known.pop(here.record.replaces, None)
