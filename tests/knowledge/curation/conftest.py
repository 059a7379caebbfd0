"""Sets and results for the tests of measuring: written here, or kept beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import Kind, Labelled, Result, texts_of
from knowledge.documents import Citation

OWN = Path(__file__).with_name("questions.jsonl")
"""Thirty questions on the document that ships."""

TEXTS = {
    "north": "The north gate was closed on Monday. Two guards were hurt. The mayor said nothing.",
    "south": "The south gate stayed open. The mayor said nothing.",
}
"""Two invented documents, one sentence of which stands in both."""


def labelled(*gold: tuple[str, ...], forbidden: tuple[str, ...] | None = None, note: str = "") -> Labelled:
    """Return a question that some groups of quotes answer; without any, the documents do not say."""
    return Labelled(
        id="q", kind="plain", turns=("?",), answerable=bool(gold), gold=gold, forbidden=forbidden, note=note
    )


def cited(quote: str, document: str = "north") -> Citation:
    """Return a citation of words of one of the invented documents."""
    start = TEXTS[document].index(quote)
    return Citation(document, start, start + len(quote), quote, "", "", 1)


def answer(*citations: Citation) -> Result:
    return Result(Kind.ANSWER, citations)


@pytest.fixture(scope="session")
def texts(base: KnowledgeBase) -> Mapping[str, str]:
    """The document that ships, by id."""
    return texts_of(base)


@pytest.fixture(scope="session")
def harbour_texts(harbour: KnowledgeBase) -> Mapping[str, str]:
    return texts_of(harbour)
