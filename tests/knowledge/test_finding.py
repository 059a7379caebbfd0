"""A search shows what stands in the documents, near to what was asked, and what the facts make of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings

from knowledge.base import KnowledgeBase
from knowledge.documents import Document
from knowledge.finding import Finder
from knowledge.language.grammar import load_grammar
from knowledge.language.text import words
from knowledge.models import DocumentRecord
from knowledge.outcomes import Found
from tests.knowledge.conftest import ANY_TEXT, MESSAGES, Library

NOTICE = "The lighthouse of Vell was built in 1871.\n\nKelda Strom tended its lamp. It burned oil."


@pytest.fixture(scope="module")
def notice(harbour: KnowledgeBase) -> Finder:
    """A document that nobody has curated."""
    document = Document(DocumentRecord(id="notice", title="Notice", sha256="0" * 64), NOTICE)
    return Finder.build([document], [], [], harbour.scales.reader)


def quotes(found: tuple[Found, ...]) -> list[str]:
    return [one.citation.quote for one in found]


def test_nearest_sentence_comes_first_with_its_place_and_its_fact(harbour: KnowledgeBase) -> None:
    best, *_ = harbour.find("Where did the two sides meet?")

    assert (best.citation.document, best.citation.paragraph, best.facts, best.skipped) == (
        "harbour",
        2,
        ("met-in-brena",),
        None,
    )
    assert best.citation.quote == "The two sides met in Brena on Tuesday."
    assert [best.citation.quote[start:end] for start, end in best.shared] == ["two", "sides", "met"]


def test_shares_fall_and_never_exceed_one_together(harbour: KnowledgeBase) -> None:
    shares = [one.share for one in harbour.find("company", 9)]

    assert len(shares) > 1
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 1


def test_no_more_sentences_are_shown_than_wanted(harbour: KnowledgeBase) -> None:
    assert len(harbour.find("company", 1)) == 1


@pytest.mark.parametrize("text", ["Which dynasty did Kublai Khan found?", "recipes for pancakes", "hello", "?", ""])
def test_nothing_is_near_what_the_documents_do_not_speak_of(text: str, harbour: KnowledgeBase) -> None:
    assert harbour.find(text) == ()


def test_skipped_sentence_is_found_with_the_reason(base: KnowledgeBase) -> None:
    skipped = base.skipped[0]

    (best, *_) = base.find(skipped.citation.quote)

    assert (best.citation.quote, best.facts, best.skipped) == (skipped.citation.quote, (), skipped.reason)


def test_every_word_of_a_document_that_carries_a_topic_finds_something(base: KnowledgeBase) -> None:
    light = base.scales.reader.vocabulary.function_words | load_grammar().determiners
    topical = {word.text for document in base.documents for word in words(document.text)} - light

    assert [word for word in sorted(topical) if not base.find(word)] == []


def test_question_in_another_language_is_searched_by_its_english_words(base: KnowledgeBase) -> None:
    (best, *_) = base.find("Qui dirige l'équipe de négociation israélienne ?")

    assert "barnea-leads-israeli-team" in best.facts


def test_sentence_that_no_fact_quotes_is_found_without_facts(notice: Finder) -> None:
    best, *_ = notice.find("What did it burn?", 5)

    assert (best.citation.quote, best.citation.paragraph, best.facts, best.skipped) == ("It burned oil.", 2, (), None)


def test_word_that_only_a_document_uses_is_not_taken_for_a_slip(notice: Finder, harbour: KnowledgeBase) -> None:
    assert harbour.scales.reader.splitter.speller.mend("strom") == ("storm",)

    (best, *_) = notice.find("strom", 5)

    assert [best.citation.quote[start:end] for start, end in best.shared] == ["Strom"]


def test_sentences_that_hold_next_to_nothing_are_left_out(notice: Finder) -> None:
    assert quotes(notice.find("When was the lighthouse built?", 5)) == ["The lighthouse of Vell was built in 1871."]


def test_search_changes_no_answer(harbour: KnowledgeBase) -> None:
    before = harbour.ask("Where did the two sides meet?")
    harbour.find("Where did the two sides meet?")

    assert harbour.ask("Where did the two sides meet?") == before


@settings(deadline=None)
@given(text=ANY_TEXT | MESSAGES)
@example(text="\ud800")
@example(text="((((" * 1000)
@example(text="hamasisraelgaza" * 333)
def test_whatever_is_searched_for_what_is_found_stands_in_its_document(text: str, library: Library) -> None:
    texts = {document.id: document.text for document in library.base.documents}

    for one in library.base.find(text):
        place = one.citation
        assert texts[place.document][place.start : place.end] == place.quote
        assert all(0 <= start < end <= len(place.quote) for start, end in one.shared)
