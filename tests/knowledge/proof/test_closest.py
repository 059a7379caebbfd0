"""A mend names what the curator probably meant, and nothing when that is a guess."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document
from knowledge.models import DocumentRecord
from knowledge.proof.closest import Resemblance, closest_text, closest_word, suggestion

TEXT = "A\n\nThe tower at Cape Orsa was built in 1874.\n\nThe council's plan to sell it failed; it is still there.\n"


def document(text: str) -> Document:
    return Document(DocumentRecord(id="d", title="A document", sha256="0" * 64), text)


def test_closest_text_is_found_with_its_paragraph_and_its_distance() -> None:
    assert closest_text("Tower at Cape Orsa was build", document(TEXT)) == Resemblance(
        "tower at Cape Orsa was built", 2, 2
    )
    assert closest_text("The councils plan to sell it", document(TEXT)) == Resemblance(
        "The council's plan to sell it", 3, 1
    )


def test_short_paragraph_is_not_close_to_every_quote_that_holds_its_letters() -> None:
    assert closest_text("A pier", document("A\n\nThe pier.")) == Resemblance("pier", 2, 2)


def test_nothing_is_close_to_a_quote_of_another_subject() -> None:
    assert closest_text("Zanzibar exports 90 tonnes of cloves", document(TEXT)) is None
    assert closest_text("anything", document(" \n")) is None


def test_one_character_differs_in_the_singular() -> None:
    assert str(Resemblance("the pier", 2, 1)) == 'closest text is "the pier" (¶2, 1 character differs)'
    assert str(Resemblance("the pier", 2, 3)) == 'closest text is "the pier" (¶2, 3 characters differ)'


def test_closest_word_is_only_named_when_it_is_close() -> None:
    assert closest_word("phrasing", ["phrasings", "quote"]) == "phrasings"
    assert closest_word("last", ["arrest", "quote"]) is None
    assert closest_word("zzz", []) is None
    assert suggestion("quot", ["quote"], "add it") == 'did you mean "quote"?'
    assert suggestion("zzz", ["quote"], "add it") == "add it"


@given(st.text(min_size=1, max_size=40), st.text())
def test_closest_text_stands_in_the_document(quote: str, text: str) -> None:
    found = closest_text(quote, document(text))

    assert found is None or found.text in text
