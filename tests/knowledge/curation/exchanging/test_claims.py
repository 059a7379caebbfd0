"""Facts as claims of schema.org: who says what where, and no verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from knowledge.curation.exchanging.claims import to_claims
from knowledge.curation.exchanging.exchanging import gathered, text_name
from knowledge.models import FactRecord, NameKind, NameRecord
from tests.exchanged import FACTS, document_of, exchanged_of

ROOT = Path(__file__).resolve().parents[4]

WORK = {"@type", "@id", "name", "inLanguage", "identifier", "url", "publisher", "datePublished"}
CLAIM = {
    *("@type", "@id", "text", "inLanguage", "appearance", "creativeWorkStatus"),
    *("author", "keywords", "temporalCoverage"),
}
"""The words of schema.org that a document and a claim have; those without which they say nothing are needed."""


def node(kind: str, needed: list[str], known: set[str]) -> dict[str, object]:
    """Return the schema of one type of node; terms of our own may stand beside what is known."""
    return {
        "required": ["@type", "@id", "inLanguage", *needed],
        "properties": {key: {} for key in known}
        | {
            "@type": {"const": kind},
            "creativeWorkStatus": {"enum": ["Draft", "Published", "Obsolete"]},
            "temporalCoverage": {"pattern": r"^\d{4}-\d{2}-\d{2}/\.\.$"},
        },
        "patternProperties": {"^verbatim:[a-zA-Z]+$": {}},
        "additionalProperties": False,
    }


SCHEMA = {
    "type": "object",
    "required": ["@context", "@graph"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": ["https://schema.org", {"verbatim": "urn:verbatim:terms:"}]},
        "@graph": {
            "items": {
                "anyOf": [
                    node("CreativeWork", ["name", "identifier"], WORK),
                    node("Claim", ["text", "appearance", "creativeWorkStatus"], CLAIM),
                ]
            }
        },
    },
}
DEMANDED = Draft202012Validator(SCHEMA)

TEXT = "Ada Lind said: the lamp has not failed."
RECORD = {
    "id": "lamp",
    "claim": "The lamp has not failed, Ada Lind said.",
    "speakers": "lind",
    "attribution": "Ada Lind said",
    "act": "work",
    "themes": ["lamp"],
    "quote": "the lamp has not failed",
}


def name_of(kind: NameKind) -> NameRecord:
    return NameRecord(id="lind", label="Ada Lind", kind=kind, forms=("Lind",))


@pytest.mark.parametrize("base", ["seeds knowledge/facts", "tests/facts/tramway/documents tests/facts/tramway/facts"])
def test_what_is_exported_uses_the_words_of_the_vocabulary(base: str) -> None:
    documents, facts = (ROOT / folder for folder in base.split())

    made = to_claims(gathered(documents, facts))

    assert [error.message for error in DEMANDED.iter_errors(made)] == []


@given(st.lists(FACTS, max_size=3), st.sampled_from(["", "https://a.example/b#c"]))
def test_any_fact_is_a_claim_and_none_is_reviewed(records: list[FactRecord], url: str) -> None:
    text = "\n".join(f"So: {record.quote}" for record in records)

    made = to_claims(exchanged_of(records, document_of(text, url=url)))

    assert [error.message for error in DEMANDED.iter_errors(made)] == []
    assert [node["@type"] for node in made["@graph"]] == ["CreativeWork", *("Claim" for _ in records)]
    assert json.loads(json.dumps(made)) == made


def test_claim_says_who_says_so_and_where_it_appears() -> None:
    document = document_of(TEXT, url="https://a.example/orsa", published="2024-03-19", publisher="Orsa Post")
    sha256 = document.record.sha256

    made = to_claims(exchanged_of([FactRecord.model_validate(RECORD)], document, [name_of("person")]))

    assert made["@graph"] == [
        {
            "@type": "CreativeWork",
            "@id": "https://a.example/orsa",
            "name": "The tower",
            "inLanguage": "en",
            "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": sha256},
            "url": "https://a.example/orsa",
            "publisher": {"@type": "Organization", "name": "Orsa Post"},
            "datePublished": "2024-03-19",
        },
        {
            "@type": "Claim",
            "@id": f"urn:verbatim:fact:{sha256}:lamp",
            "text": "The lamp has not failed, Ada Lind said.",
            "inLanguage": "en",
            "appearance": {
                "@type": "Quotation",
                "text": "the lamp has not failed",
                "inLanguage": "en",
                "isPartOf": {"@id": "https://a.example/orsa"},
                "url": "https://a.example/orsa#:~:text=the%20lamp%20has%20not%20failed",
            },
            "creativeWorkStatus": "Published",
            "author": [{"@type": "Person", "name": "Ada Lind"}],
            "keywords": ["lamp"],
        },
    ]


def test_document_of_which_nothing_is_known_gets_nothing_guessed() -> None:
    document = document_of(TEXT)

    (work, claim) = to_claims(exchanged_of([FactRecord(id="a", claim="A.", act="say", quote="said")], document))[
        "@graph"
    ]

    assert work.keys() == {"@type", "@id", "name", "inLanguage", "identifier"}
    assert claim["appearance"]["isPartOf"] == {"@id": text_name(document.record.sha256)}
    assert "author" not in claim
    assert "url" not in claim["appearance"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("person", "Person"),
        ("organisation", "Organization"),
        ("outlet", "Organization"),
        ("side", "Organization"),
        ("role", None),
        ("people", None),
    ],
)
def test_speaker_gets_a_type_only_where_the_vocabulary_has_one(kind: NameKind, expected: str | None) -> None:
    made = to_claims(exchanged_of([FactRecord.model_validate(RECORD)], document_of(TEXT), [name_of(kind)]))

    (author,) = made["@graph"][1]["author"]
    assert author.get("@type") == expected
    assert author["name"] == "Ada Lind"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, {"creativeWorkStatus": "Published"}),
        ({"draft": True}, {"creativeWorkStatus": "Draft"}),
        (
            {"since": "2024-05-01"},
            {"creativeWorkStatus": "Published", "temporalCoverage": "2024-05-01/..", "verbatim:since": "2024-05-01"},
        ),
        (
            {"since": "2024-05-01", "superseded_by": "later"},
            {
                "creativeWorkStatus": "Obsolete",
                "verbatim:since": "2024-05-01",
                "verbatim:supersededBy": {"@id": f"urn:verbatim:fact:{document_of(TEXT).record.sha256}:later"},
            },
        ),
    ],
)
def test_drafts_and_what_was_superseded_are_marked(said: dict[str, object], expected: dict[str, object]) -> None:
    made = to_claims(exchanged_of([FactRecord.model_validate(RECORD | said)], document_of(TEXT), [name_of("person")]))

    claim = made["@graph"][1]
    told = {
        key: value for key, value in claim.items() if key in {"creativeWorkStatus", "temporalCoverage"} or ":" in key
    }
    assert told == expected
