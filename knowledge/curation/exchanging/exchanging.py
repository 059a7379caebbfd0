"""What a base hands to other programs: its facts with their documents, places and speakers, whatever the format.

A document is named by its address where it has one, and else by what it holds: never by a path, which says nothing
elsewhere.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.curation.errors import NotExchanged
from knowledge.documents import Document
from knowledge.errors import InvalidBase
from knowledge.language.lexicon import load_lexicon
from knowledge.models import DocumentRecord, FactRecord, NameRecord
from knowledge.outcomes import Fact
from knowledge.problems import shown
from knowledge.proof.checking import untrue
from knowledge.proof.closest import suggestion
from knowledge.proof.loading import read_base

TERMS = "urn:verbatim:terms:"
"""What the terms of our own begin with, where a vocabulary has none."""


@dataclass(frozen=True, slots=True)
class ExchangedFact:
    """A fact as it is handed over.

    Attributes:
        record: as it stands in its file.
        fact: the same, with the places of its words.
        successor: name of the fact that is true now instead of this one; empty when this one is.
    """

    record: FactRecord
    fact: Fact
    document: Document
    successor: str = ""

    @property
    def name(self) -> str:
        """What the fact is called everywhere."""
        return fact_name(self.record.id, self.document.record)


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The facts of some documents of a base.

    Attributes:
        documents: in the order of their files.
        facts: document by document, each in the order of its text.
        names: by id, all of the base.
    """

    documents: tuple[Document, ...]
    facts: tuple[ExchangedFact, ...]
    names: Mapping[str, NameRecord]

    def label(self, name: str) -> str:
        """Return how a name is shown."""
        known = self.names.get(name)
        return known.label if known else name


def gathered(documents: Path, facts: Path, wanted: Sequence[str] = (), *, drafts: bool = False) -> Exchanged:
    """Return what a base hands over; its records have been proven.

    Args:
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.
        wanted: ids of the documents; empty for all.
        drafts: hand over drafts, too.

    Raises:
        InvalidBase: a record of the base is not true to its document.
        NotExchanged: a document is unknown.
    """
    if found := untrue(documents, facts, load_lexicon().acts(), instead={}):
        raise InvalidBase(found)
    loaded = read_base(documents, facts)
    by_id = {document.id: document for document in loaded.documents}
    for document in wanted:
        if document not in by_id:
            mend = suggestion(document, by_id, "verbatim check lists the documents")
            raise NotExchanged(f"no document {shown(document)}; {mend}")
    records = {filed.record.id: filed.record for file in loaded.files for filed in file.facts}
    homes = {fact.id: by_id[fact.citation.document].record for fact in loaded.facts}

    def handed_over() -> Iterator[ExchangedFact]:
        for fact in loaded.facts:
            if (not wanted or fact.citation.document in wanted) and (drafts or not fact.draft):
                later = fact.superseded_by
                successor = fact_name(later, homes[later]) if later else ""
                yield ExchangedFact(records[fact.id], fact, by_id[fact.citation.document], successor)

    kept = tuple(document for document in loaded.documents if not wanted or document.id in wanted)
    return Exchanged(kept, tuple(handed_over()), loaded.names)


def fact_name(fact: str, document: DocumentRecord) -> str:
    """Return what a fact is called everywhere: by the checksum of its document and its id."""
    return f"urn:verbatim:fact:{document.sha256}:{fact}"


def text_name(sha256: str) -> str:
    """Return the name of a text by what it holds.

    Source: RFC 6920, `ni:///sha-256;` and the digest in base64url without padding.
    """
    return f"ni:///sha-256;{base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def address_of(document: DocumentRecord) -> str:
    """Return by what others know a document: its address without a place in it, else the name of its text."""
    return document.url.partition("#")[0] or text_name(document.sha256)
