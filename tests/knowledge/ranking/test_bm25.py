"""Rare words that are shared count most, repetition soon counts no more."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ranking.bm25 import Bm25

TEXTS = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=6), min_size=1, max_size=6)


def built(*texts: str) -> Bm25:
    return Bm25.build([text.split() for text in texts])


def test_rare_word_says_more_than_one_that_most_texts_hold() -> None:
    index = built("ferry pier", "ferry quay", "ferry crane")

    assert index.weight("crane") > index.weight("ferry") > 0


def test_unknown_word_says_most_and_finds_nothing() -> None:
    index = built("ferry pier", "ferry quay")

    assert index.weight("lighthouse") > index.weight("pier")
    assert index.scores(["lighthouse"]) == {}


def test_score_is_that_of_the_formula() -> None:
    index = Bm25.build([["ferry", "ferry", "pier"], ["quay"]], saturation=1.2, length=0.75)

    idf = math.log(1 + 1.5 / 1.5)
    assert index.scores(["ferry"]) == {0: pytest.approx(idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)))}


def test_texts_that_share_no_word_have_no_score() -> None:
    assert built("ferry pier", "quay crane").scores(["crane"]).keys() == {1}


def test_of_two_texts_with_the_word_the_shorter_is_better() -> None:
    scores = built("ferry", "ferry pier quay crane").scores(["ferry"])

    assert scores[0] > scores[1]


def test_no_texts_make_an_index_that_finds_nothing() -> None:
    assert Bm25.build([]).scores(["ferry"]) == {}


@given(TEXTS, st.lists(st.sampled_from("abcdefgxyz"), max_size=6))
def test_every_score_lies_between_nothing_and_the_ideal(texts: list[list[str]], asked: list[str]) -> None:
    index = Bm25.build(texts)

    assert all(0 < score < index.ideal(asked) for score in index.scores(asked).values())


@given(TEXTS, st.lists(st.sampled_from("abcdefg"), max_size=6))
def test_asking_twice_for_a_word_asks_for_it_once(texts: list[list[str]], asked: list[str]) -> None:
    index = Bm25.build(texts)

    assert index.scores(asked * 2) == index.scores(asked)
