"""One slip of a key is found again, two are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from knowledge.ranking.neighbours import SHORTEST, Neighbours, is_one_slip

WORDS = st.text("abc", min_size=1, max_size=7)


@given(WORDS, WORDS)
def test_one_slip_is_a_distance_of_one_in_optimal_string_alignment(word: str, other: str) -> None:
    assert is_one_slip(word, other) == (OSA.distance(word, other) == 1)


@given(st.lists(WORDS), WORDS)
def test_neighbours_are_all_words_of_the_vocabulary_that_are_one_slip_away(known: list[str], word: str) -> None:
    near = sorted(
        {other for other in known if min(len(other), len(word)) >= SHORTEST and OSA.distance(word, other) == 1}
    )

    assert Neighbours.build(known).of(word) == tuple(near)


@pytest.mark.parametrize(
    ("typed", "meant"), [("rand", "grand"), ("feryr", "ferry"), ("ferrry", "ferry"), ("fetry", "ferry")]
)
def test_slip_finds_the_word_that_was_meant(typed: str, meant: str) -> None:
    assert Neighbours.build(["ferry", "grand", "lighthouse"]).of(typed) == (meant,)


def test_short_word_has_no_neighbours() -> None:
    assert Neighbours.build(["oil", "soil"]).of("oil") == ()
