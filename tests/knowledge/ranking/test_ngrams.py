"""Texts are alike by pieces of words, so that an ending or a slip costs little."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking.ngrams import NGrams, pieces

WORDS = st.lists(st.text("abcde", min_size=1, max_size=7), max_size=5)


def test_pieces_of_a_word_are_three_to_five_characters_with_the_space_around_it() -> None:
    assert pieces("pier") == (" pi", "pie", "ier", "er ", " pie", "pier", "ier ", " pier", "pier ")


def test_word_of_one_letter_is_one_piece() -> None:
    assert pieces("a") == (" a ",)


def test_same_text_is_wholly_alike() -> None:
    index = NGrams.build([["ferry", "pier"], ["quay"]])

    assert index.cosines(["pier", "ferry"]) == {0: pytest.approx(1.0)}


def test_misspelt_word_still_finds_its_text_first() -> None:
    cosines = NGrams.build([["lighthouse", "keeper"], ["harbour", "master"]]).cosines(["lihgthouse"])

    assert max(cosines, key=cosines.__getitem__) == 0


def test_texts_without_a_shared_piece_are_not_told() -> None:
    assert NGrams.build([["ferry"], ["crane"]]).cosines(["crane"]).keys() == {1}


def test_nothing_is_alike_to_no_words_or_to_no_texts() -> None:
    assert NGrams.build([["ferry"], []]).cosines([]) == {}
    assert NGrams.build([]).cosines(["ferry"]) == {}


@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_cosine_is_greater_than_nothing_and_at_most_one(texts: list[list[str]], asked: list[str]) -> None:
    assert all(0 < cosine <= 1 for cosine in NGrams.build(texts).cosines(asked).values())


def test_piece_that_most_texts_hold_is_not_looked_up() -> None:
    index = NGrams.build([["ferry"], ["ferry", "crane"], ["ferry", "quay"]], commonest=0.5)

    assert index.cosines(["ferry"]) == {}
    assert index.cosines(["crane", "ferry"]).keys() == {1}


@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_index_that_was_kept_finds_the_same(texts: list[list[str]], asked: list[str]) -> None:
    index = NGrams.build(texts)
    kept = pickle.loads(pickle.dumps(index))  # noqa: S301  our own

    assert kept.cosines(asked) == index.cosines(asked)
    assert pickle.loads(pickle.dumps(kept)).cosines(asked) == index.cosines(asked)  # noqa: S301  our own
