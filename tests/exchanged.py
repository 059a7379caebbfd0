"""Facts about to be exchanged, made by hand or by chance; texts are as hostile as a document may be."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hypothesis import strategies as st

from knowledge.curation.exchanging.exchanging import Exchanged, ExchangedFact, fact_name
from knowledge.documents import Citation, Document
from knowledge.models import DocumentRecord, FactRecord, NameRecord
from knowledge.outcomes import Fact

PIECES = (
    *('"', "'", "''", ",", ";", "\t", "|", "=", "=1+1", "+", "-", "@", "\\", "a", "b ", " ", "é", "0"),
    *("😀", "👩\u200d👧", "\U0001f1ee\U0001f1f9", "𝔘", "שלום", "مرحبا", "\u202e", "\u2028", "\ufeff", "＝", "\x1f"),
)
"""What spreadsheets, JSON, URLs and terminals take for something else, and characters beyond 16 bits."""

HOSTILE = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"]), max_size=12).map("".join)
WORDS = HOSTILE.map(lambda text: text.replace("\r", "").replace("\n", "").strip() or "x")
"""One line, as records hold it; whatever else divides lines may stand in it."""

SLUGS = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
NAMES = st.lists(SLUGS, max_size=3, unique=True).map(tuple)
SLOTS = st.dictionaries(
    st.sampled_from(["number", "date", "relative-time"]), st.lists(WORDS, min_size=1, max_size=3).map(tuple)
)

FACTS = st.builds(
    FactRecord,
    id=SLUGS,
    draft=st.booleans(),
    claim=WORDS,
    speakers=NAMES,
    manner=SLUGS,
    agent=NAMES,
    act=SLUGS,
    target=NAMES,
    themes=NAMES,
    dimensions=st.dictionaries(SLUGS, SLUGS, max_size=3),
    slots=SLOTS,
    quote=WORDS.map(lambda words: f"«{words}»"),
    phrasings=st.lists(WORDS, max_size=5).map(tuple),
    superseded_by=st.just("") | SLUGS,
    since=st.sampled_from(["", "2024-03-19"]),
)


def document_of(text: str, **said: str) -> Document:
    """Return a document with a text."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(DocumentRecord.model_validate({"id": "orsa", "title": "The tower", "sha256": sha256} | said), text)


def exchanged_of(records: Sequence[FactRecord], document: Document, names: Sequence[NameRecord] = ()) -> Exchanged:
    """Return facts as they are handed over; each quote, attribution and antecedent stands in the document."""
    facts = (
        ExchangedFact(record, placed(record, document), document, successor(record, document)) for record in records
    )
    return Exchanged((document,), tuple(facts), {name.id: name for name in names})


def successor(record: FactRecord, document: Document) -> str:
    return fact_name(record.superseded_by, document.record) if record.superseded_by else ""


def placed(record: FactRecord, document: Document) -> Fact:
    """Return a fact with the places of its words."""

    def cited(words: str) -> Citation:
        start = document.text.index(words)
        return document.cite(start, start + len(words))

    return Fact(
        id=record.id,
        claim=record.claim,
        speakers=record.speakers,
        attribution=cited(record.attribution) if record.attribution else None,
        antecedent=cited(record.antecedent) if record.antecedent else None,
        manner=record.manner,
        agent=record.agent,
        act=record.act,
        target=record.target,
        themes=record.themes,
        dimensions=record.dimensions,
        slots={str(kind): words for kind, words in record.slots.items()},
        phrasings=record.phrasings,
        citation=cited(record.quote),
        number=0,
        draft=record.draft,
        superseded_by=record.superseded_by,
        since=record.since,
    )
