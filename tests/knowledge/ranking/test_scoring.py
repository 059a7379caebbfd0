"""Scores become shares that compete for one question, whatever their size."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.court.evidence import Kind
from knowledge.ranking.scoring import FEW_PHRASINGS, WEIGHTS, Weights, load_weights, score, shares, weights_file

SCORES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)

FOR = ("likelihood", "likeness", "explained")
MEASURED = {*FOR, "foreign", "pieces"}


@given(SCORES)
def test_shares_add_up_to_one_and_each_is_between_nothing_and_all(scores: list[float]) -> None:
    assert math.isclose(math.fsum(shares(scores)), 1.0)
    assert all(0.0 <= share <= 1.0 for share in shares(scores))


@given(SCORES)
def test_greater_score_has_no_smaller_share(scores: list[float]) -> None:
    ranked = [share for _, share in sorted(zip(scores, shares(scores), strict=True))]

    assert ranked == sorted(ranked)


@given(st.lists(st.integers(-40, 40), min_size=1, max_size=20), st.integers(-40, 40))
def test_shares_depend_on_differences_only(scores: list[int], shift: int) -> None:
    assert shares([each + shift for each in scores]) == pytest.approx(shares(scores))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([5.0], [1.0]), ([2.0, 2.0], [0.5, 0.5]), ([1000.0, -1000.0], [1.0, 0.0]), ([math.log(3), 0.0], [0.75, 0.25])],
)
def test_share_is_the_part_of_the_exponentials(scores: list[float], expected: list[float]) -> None:
    assert shares(scores) == pytest.approx(expected)


def test_score_is_the_weighted_sum_and_an_unknown_signal_counts_nothing() -> None:
    assert score({"likeness": 0.5, "number": 1.0, "unheard": 9.0}, {"likeness": 4.0, "number": -1.5}) == 0.5
    assert score({}, {"likeness": 4.0}) == 0


@pytest.mark.parametrize("file", [WEIGHTS, FEW_PHRASINGS], ids=lambda file: file.name)
def test_shipped_weights_are_numbers_for_signals_that_exist(file: Path) -> None:
    weights = load_weights(file)
    conflicts = {kind.value for kind in Kind}

    assert set(weights.fact) <= MEASURED | conflicts | {f"{kind}_agrees" for kind in conflicts}
    assert set(weights.gap) <= MEASURED | {"bias", "stranger"}
    assert set(weights.none) <= {"bias", "uncovered", "stranger"}
    assert all(math.isfinite(value) for table in (weights.fact, weights.gap, weights.none) for value in table.values())


def test_what_speaks_for_a_candidate_counts_for_it() -> None:
    weights: Weights = load_weights()

    assert [table[name] > 0 for table in (weights.fact, weights.gap) for name in FOR] == [True] * 6


def test_thresholds_are_shares() -> None:
    weights = load_weights()

    assert 0.0 < weights.answer_at < 1.0
    assert 0.0 < weights.beside < 1.0


def test_base_has_weights_by_how_many_phrasings_its_facts_have_in_the_mean() -> None:
    most = int(load_weights(FEW_PHRASINGS).phrasings)

    assert weights_file([0, 0, 0]) == FEW_PHRASINGS
    assert weights_file([0, 2 * most]) == FEW_PHRASINGS
    assert weights_file([1, 2 * most]) == WEIGHTS
    assert weights_file([]) == WEIGHTS


def test_pieces_of_words_are_weighed_where_phrasings_are_few_and_nowhere_else() -> None:
    few, many = load_weights(FEW_PHRASINGS), load_weights(WEIGHTS)

    assert "pieces" not in many.fact.keys() | many.gap.keys()
    assert min(few.fact["pieces"], few.gap["pieces"]) > 0.0
