"""A row of words is read as the longest phrases that mean something, each with all that it may mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.lexicon import LOOSE, Phrases, Sense, stems
from knowledge.language.terms import PART, Term, Vocabulary
from knowledge.language.text import words

FORMS: tuple[tuple[str, Sense], ...] = (
    ("demand", ("demand", 1.0)),
    ("want", ("demand", LOOSE)),
    ("prime minister", ("head-of-government", 1.0)),
    ("minister", ("politician", 1.0)),
    ("harbour company", ("name:harbour-company", 1.0)),
    ("free", ("release", 1.0)),
    ("free", ("cheap", LOOSE)),
    ("us", ("name:united-states", 1.0)),
    ("the us", ("name:united-states", 1.0)),
    ("let go", ("release", 1.0)),
)
FUNCTION_WORDS = frozenset({"what", "did", "us", "let", "go", "of", "by"})

ROWS = st.lists(
    st.sampled_from(
        ["what", "did", "prime", "minister", "demanded", "harbour", "company", "us", "let", "go", "x", "31,000"]
    )
).map(" ".join)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    forms: Phrases[Sense] = Phrases()
    for form, sense in FORMS:
        forms.add(stems(form), sense)
    return Vocabulary(forms, FUNCTION_WORDS)


def test_word_that_nothing_knows_is_its_own_topic(vocabulary: Vocabulary) -> None:
    assert vocabulary.terms(words("lighthouses")) == (Term("lighthouses", (("=lighthous", 1.0),), False, 0, 1),)


def test_function_word_carries_no_topic(vocabulary: Vocabulary) -> None:
    assert vocabulary.terms(words("what")) == (Term("what", (("=what", 1.0),), True, 0, 1),)


def test_form_means_its_concept_in_every_inflection(vocabulary: Vocabulary) -> None:
    (term,) = vocabulary.terms(words("demanded"))

    assert term == Term("demanded", (("demand", 1.0), ("=demand", 1.0)), False, 0, 1)


def test_longest_phrase_wins_and_its_parts_count_in_part(vocabulary: Vocabulary) -> None:
    (term,) = vocabulary.terms(words("Prime Ministers"))

    assert (term.text, term.start, term.length, term.light) == ("prime ministers", 0, 2, False)
    assert term.keys == (
        ("head-of-government", 1.0),
        ("=prime_minist", 1.0),
        ("=prime", PART),
        ("=minist", PART),
        ("politician", PART),
    )


def test_meanings_stand_with_the_surest_first(vocabulary: Vocabulary) -> None:
    (term,) = vocabulary.terms(words("frees"))

    assert term.keys == (("release", 1.0), ("=free", 1.0), ("cheap", LOOSE))


def test_pronoun_is_no_name_that_is_spelt_like_it(vocabulary: Vocabulary) -> None:
    (term,) = vocabulary.terms(words("us"))

    assert (term.is_name, term.light) == (False, True)


def test_phrase_of_function_words_means_something_together(vocabulary: Vocabulary) -> None:
    (term,) = vocabulary.terms(words("let go"))

    assert term.means("release")
    assert not term.light


def test_term_means_a_key_only_as_surely_as_its_form(vocabulary: Vocabulary) -> None:
    (want,) = vocabulary.terms(words("want"))

    assert want.means("demand", LOOSE)
    assert not want.means("demand")
    assert want.means_any(("accept", "demand"), LOOSE)
    assert not want.means_any((), LOOSE)


def test_name_is_told_from_a_concept(vocabulary: Vocabulary) -> None:
    (company, demand) = vocabulary.terms(words("harbour company demands"))

    assert (company.is_name, demand.is_name) == (True, False)


def test_form_that_means_a_thing_surely_and_loosely_means_it_surely() -> None:
    forms: Phrases[Sense] = Phrases()
    for form, strength in (("shooting", 1.0), ("shoot", LOOSE)):
        forms.add(stems(form), ("attack", strength))

    (term,) = Vocabulary(forms, frozenset()).terms(words("shooting"))

    assert term.means("attack")


@given(text=ROWS)
@settings(deadline=None)
def test_every_word_belongs_to_one_term(vocabulary: Vocabulary, text: str) -> None:
    row = words(text)
    terms = vocabulary.terms(row)

    assert [index for term in terms for index in range(term.start, term.start + term.length)] == list(range(len(row)))
    assert " ".join(term.text for term in terms) == " ".join(word.text for word in row)


@given(text=ROWS)
@settings(deadline=None)
def test_keys_stand_once_with_a_strength_above_0_and_the_surest_first(vocabulary: Vocabulary, text: str) -> None:
    for term in vocabulary.terms(words(text)):
        strengths = [strength for _, strength in term.keys]

        assert len({key for key, _ in term.keys}) == len(term.keys) > 0
        assert strengths == sorted(strengths, reverse=True)
        assert 0 < strengths[-1] <= strengths[0] == 1.0
