"""Figures of verdicts, how sure they are, and the curve of risk and coverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation import (
    Covered,
    Figures,
    Judged,
    Kind,
    Result,
    Verdict,
    by_kind,
    risk_and_coverage,
    score_interval,
)
from tests.knowledge.curation.conftest import labelled

CORRECT, WRONG, MISSED, HELD, FALSE = Verdict
VERDICTS = st.lists(st.sampled_from(Verdict), min_size=1, max_size=60)


def test_figures_are_shares_of_what_they_speak_of() -> None:
    figures = Figures.of([*[CORRECT] * 6, WRONG, MISSED, MISSED, MISSED, *[HELD] * 3, FALSE])

    assert figures.by_name() == {
        "answered": 6 / 10,
        "held": 3 / 4,
        "precision": 6 / 8,
        "score": pytest.approx(2 * 0.6 * 0.75 / 1.35),
    }
    assert figures.right == 9 / 14


def test_nothing_to_get_wrong_is_no_fault() -> None:
    assert Figures.of([]).as_json() == {"answered": 1.0, "held": 1.0, "precision": 1.0, "score": 1.0}


def test_score_of_one_who_never_is_right_is_0() -> None:
    assert Figures.of([MISSED, FALSE]).score == 0.0


def test_kinds_stand_in_alphabetical_order() -> None:
    judged = [
        Judged(labelled().model_copy(update={"kind": kind}), Result(Kind.ABSTAIN), HELD, "")
        for kind in ("typo", "plain")
    ]

    assert list(by_kind(judged)) == ["plain", "typo"]


@given(VERDICTS)
def test_score_lies_within_its_interval(verdicts: list[Verdict]) -> None:
    low, high = score_interval(verdicts * 3)

    assert 0.0 <= low <= high <= 1.0
    assert low <= Figures.of(verdicts).score <= high


def test_interval_is_the_same_every_time_and_narrower_with_more_questions() -> None:
    few = [CORRECT] * 8 + [MISSED] * 2 + [HELD] * 9 + [FALSE]

    low, high = score_interval(few)
    assert (low, high) == score_interval(few[::-1])
    assert (round(low, 2), high) == (0.64, 1.0)
    lower, higher = score_interval(few * 16)
    assert (higher - lower) < (high - low) / 3


def test_curve_begins_with_the_surest_answers_and_ends_with_all() -> None:
    shares = [(0.5, WRONG), (0.9, CORRECT), (0.7, CORRECT), (0.7, FALSE), (0.0, MISSED), (0.8, HELD)]

    assert list(risk_and_coverage(shares)) == [
        Covered(0.9, 1 / 6, 0.0),
        Covered(0.7, 3 / 6, 1 / 3),
        Covered(0.5, 4 / 6, 2 / 4),
    ]


def test_curve_of_one_who_never_answers_is_empty() -> None:
    assert list(risk_and_coverage([(0.0, MISSED), (0.0, HELD)])) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(Verdict)), min_size=1))
def test_curve_ends_at_the_precision_and_covers_more_at_each_point(shares: list[tuple[float, Verdict]]) -> None:
    curve = list(risk_and_coverage(shares))

    assert [point.coverage for point in curve] == sorted({point.coverage for point in curve})
    assert [point.least for point in curve] == sorted({point.least for point in curve}, reverse=True)
    if curve:
        assert curve[-1].risk == pytest.approx(1 - Figures.of(verdict for _, verdict in shares).precision)
