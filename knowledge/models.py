"""The curated records, just as the TOML files hold them.

These models are the file format: `knowledge/fact.schema.json` and `knowledge/names.schema.json` are generated from
them (`python -m knowledge.proof.schema`), so that an editor completes and checks while a curator types. They say what a
record looks like; whether it is true to its document is proven in `knowledge.proof.checking`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

LONGEST_QUOTE = 450
"""Characters. A quote is as short as carries the fact; no sentence that one should quote whole is longer."""

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE = r"^\S([^\r\n]*\S)?$"
VERBATIM = r"^\S([\s\S]*\S)?$"
VERBATIM_OR_NOTHING = r"^(\S([\s\S]*\S)?)?$"
FILE_NAME = r"^([^./\\:\x00-\x1f][^/\\:\x00-\x1f]*)?$"
DATE = r"^(\d{4}-\d{2}-\d{2})?$"
ADDRESS = r"^(https?://\S+)?$"
LANGUAGE = r"^[a-z]{2,3}$"
DOCUMENT_ID = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
SHA256 = r"^[0-9a-f]{64}$"
SLUG_OR_NOTHING = r"^([a-z0-9]+(-[a-z0-9]+)*)?$"
DOCUMENT_ID_OR_NOTHING = r"^([A-Za-z0-9][A-Za-z0-9_-]*)?$"
SHA256_OR_NOTHING = r"^([0-9a-f]{64})?$"

Slug = Annotated[
    str,
    StringConstraints(pattern=SLUG, max_length=80),
    Field(description="lower-case words joined by hyphens"),
]
DocumentId = Annotated[str, StringConstraints(pattern=DOCUMENT_ID, max_length=120)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=LINE)]
Quote = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUOTE, pattern=VERBATIM)]
Passage = Annotated[str, StringConstraints(min_length=1, pattern=VERBATIM)]
FileName = Annotated[str, StringConstraints(max_length=200, pattern=FILE_NAME)]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256)]
SlugOrNothing = Annotated[str, StringConstraints(pattern=SLUG_OR_NOTHING, max_length=80)]
DocumentIdOrNothing = Annotated[str, StringConstraints(pattern=DOCUMENT_ID_OR_NOTHING, max_length=120)]
Sha256OrNothing = Annotated[str, StringConstraints(pattern=SHA256_OR_NOTHING)]


def _as_tuple(value: object) -> object:
    """Let a curator write one name where several are possible."""
    return (value,) if isinstance(value, str) else value


def _real_date(value: str) -> str:
    """Refuse 2024-02-31, which looks like a date and is none."""
    if value:
        date.fromisoformat(value)
    return value


IsoDate = Annotated[str, StringConstraints(pattern=DATE), AfterValidator(_real_date)]

Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_as_tuple, json_schema_input_type=Slug | tuple[Slug, ...])]

SlotWords = Annotated[tuple[Line, ...], Field(min_length=1)]

NameKind = Literal["side", "country", "city", "place", "person", "organisation", "outlet", "role", "people"]

SlotKind = Literal[
    "age",
    "change",
    "city",
    "clock-time",
    "condition",
    "country",
    "crime",
    "date",
    "day-part",
    "description",
    "duration",
    "effect",
    "event",
    "extent",
    "frequency",
    "gap",
    "group",
    "kind",
    "manner",
    "money",
    "name",
    "number",
    "object",
    "organisation",
    "outlet",
    "person",
    "phase",
    "place",
    "purpose",
    "reason",
    "region",
    "relative-time",
    "reply",
    "role",
    "sentence",
    "share",
    "side",
    "since",
    "source",
    "state",
    "topic",
    "weekday",
]


class Record(BaseModel):
    """A curated record: immutable, and without fields that nobody knows.

    What proves a record is built when the first one is read: a base that was kept ready holds proven ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class DocumentRecord(Record):
    """The work that the facts of one file are drawn from."""

    id: DocumentId
    title: Line
    title_is_ours: bool = Field(
        default=False, strict=True, description="the document has no title; this one was given by us"
    )
    publisher: str = Field(default="", description="empty where unknown")
    published: IsoDate = Field(default="", description="ISO date; empty where unknown")
    url: str = Field(default="", pattern=ADDRESS)
    language: str = Field(default="en", pattern=LANGUAGE)
    file: FileName = Field(default="", description="file name in the documents folder; <id>.txt unless said otherwise")
    sha256: Sha256 = Field(description="of the file's bytes")
    original: FileName = Field(
        default="",
        description="file name in the documents folder of what was received, where the text was extracted from it",
    )
    original_sha256: Sha256OrNothing = Field(default="", description="of the bytes of the original")
    replaces: DocumentIdOrNothing = Field(default="", description="id of the document that this one is a revision of")


class FactRecord(Record):
    """One claim in our words, who makes it, and the quote that carries it."""

    id: Slug
    draft: bool = Field(default=False, strict=True, description="proposed and not yet reviewed; it is not served")
    claim: Line = Field(description="one neutral sentence in our words")
    speakers: Slugs = Field(default=(), description="names of those who say so; none: the document's own voice")
    attribution: str = Field(
        default="",
        max_length=LONGEST_QUOTE,
        pattern=VERBATIM_OR_NOTHING,
        description="the document's words that name the speakers, verbatim",
    )
    antecedent: str = Field(
        default="", description="what 'this' or 'which' in the quote points to, verbatim; shown beside the quote"
    )
    manner: Slug = Field(default="reported", description="how it is said: said, demanded, denied, affirmed, noted ...")
    agent: Slugs = Field(default=(), description="names of those who act")
    act: Slug = Field(description="what is done: an act of the lexicon")
    target: Slugs = Field(default=(), description="names of those it is done to or asked of")
    themes: tuple[Slug, ...] = Field(default=(), description="what it is about; facts that share a theme make a list")
    dimensions: dict[Slug, Slug] = Field(default_factory=dict, description="exclusive: another value is a conflict")
    slots: dict[SlotKind, SlotWords] = Field(
        default_factory=dict, description="kinds of question it answers, each with the very words of the quote"
    )
    quote: Quote = Field(description="verbatim, no longer than one sentence")
    phrasings: tuple[Line, ...] = Field(default=(), description="questions that this fact answers, as people ask them")
    superseded_by: SlugOrNothing = Field(default="", description="id of the fact that is true now instead of this one")
    supersedes: SlugOrNothing = Field(
        default="", description="id of the earlier fact that this one replaces, once it is no draft"
    )
    since: IsoDate = Field(default="", description="ISO date from which the fact holds; empty where unknown")


class UnsaidRecord(Record):
    """Something that readers would expect and the document does not say."""

    about: Line
    wordings: tuple[Line, ...] = Field(min_length=1, description="questions that ask for it, as people ask them")
    related: tuple[Slug, ...] = Field(default=(), description="facts that are worth reading instead")


class SkippedRecord(Record):
    """A passage that states nothing to be asked about."""

    quote: Passage
    reason: Line


class FactFile(Record):
    """One document with its facts, its gaps and its skipped passages."""

    document: DocumentRecord
    fact: tuple[FactRecord, ...] = ()
    unsaid: tuple[UnsaidRecord, ...] = ()
    skipped: tuple[SkippedRecord, ...] = ()


class NameRecord(Record):
    """Who or what is spoken of, and the names that people use for it."""

    id: Slug
    draft: bool = Field(
        default=False, strict=True, description="proposed and not yet reviewed; served once a reviewed fact names it"
    )
    label: Line = Field(description="how an answer names it: 'Israeli officials'")
    kind: NameKind
    forms: tuple[Line, ...] = Field(min_length=1, description="surface forms, any language and script")
    part_of: Slug | None = Field(default=None, description="the name that this one belongs to or speaks for")


class DimensionRecord(Record):
    """One value of an exclusive dimension, and the words that choose it."""

    dimension: Slug
    value: Slug
    forms: tuple[Line, ...] = Field(
        min_length=1, description="words or phrases; {concept} stands for any form of a concept or name"
    )


class NamesFile(Record):
    """Who and what is spoken of in the documents of one base."""

    name: tuple[NameRecord, ...] = ()
    dimension: tuple[DimensionRecord, ...] = ()
