"""The fit of the weights, and the file it leaves. The fit needs scipy, which is an extra."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import (
    Calibration,
    Figures,
    Judge,
    NotSettled,
    Provenance,
    QuestionSet,
    Ranking,
    Verdict,
    calibrated,
    ranked,
    read_set,
    weights_toml,
)
from knowledge.ranking.scoring import Weights, load_weights
from tests.knowledge.curation.conftest import OWN


@pytest.fixture(scope="module")
def taken(base: KnowledgeBase, texts: Mapping[str, str]) -> list[Ranking]:
    """The own questions that can be fitted on."""
    questions = read_set(OWN, texts).questions
    found = (ranked(base, question, Judge(texts)) for question in questions)
    return [ranking for ranking in found if ranking is not None]


def test_questions_of_several_turns_or_parts_are_not_taken(taken: list[Ranking]) -> None:
    assert {ranking.question.kind for ranking in taken} & {"followup", "twofold"} == set()
    assert len(taken) >= 24


def test_facts_that_touch_gold_are_right_for_an_answerable_question(taken: list[Ranking]) -> None:
    for ranking in taken:
        right = {candidate.kind for candidate in ranking.candidates if candidate.right}
        assert right <= ({"fact"} if ranking.question.answerable else {"gap", "none"})


def test_fit_is_repeatable_and_prefers_what_is_alike(base: KnowledgeBase, taken: list[Ranking]) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")

    first, second = (calibrated(taken, base.scales.weights) for _ in range(2))

    assert first == second
    assert first.weights.fact["likeness"] > 0.0
    assert first.weights.beside == base.scales.weights.beside
    assert first.figures.score == max(figures.score for figures in first.curve.values())


def test_nothing_to_fit_on_is_told(base: KnowledgeBase) -> None:
    pytest.importorskip("scipy", reason="the extra is not installed")

    with pytest.raises(NotSettled, match="nothing to fit on"):
        calibrated([], base.scales.weights)


def test_file_is_read_as_the_weights_it_was_written_from(base: KnowledgeBase, tmp_path: Path) -> None:
    calibration, provenance = _fitted(base.scales.weights)
    file = tmp_path / "weights.toml"

    file.write_text(weights_toml(calibration, provenance), "utf-8")

    assert load_weights(file) == calibration.weights


def test_file_tells_where_its_numbers_come_from(base: KnowledgeBase) -> None:
    calibration, provenance = _fitted(base.scales.weights)

    assert tomllib.loads(weights_toml(calibration, provenance))["provenance"] == {
        "command": 'verbatim calibrate a "set".jsonl --write',
        "versions": {"python": "3.11.7", "scipy": "1.17.1"},
        "base": {"facts": 42},
        "sets": [{"name": 'a "set".jsonl', "sha256": "0" * 64, "questions": 0, "fitted_on": 0}],
        "folds": 5,
        "l2": 1.0,
        "cross_validated": {"answered": 1.0, "held": 0.5, "precision": 0.5, "score": 0.6667},
    }


def _fitted(weights: Weights) -> tuple[Calibration, Provenance]:
    """Return an invented calibration that chose the weights which are there, and where it would come from."""
    figures = Figures.of([Verdict.CORRECT, Verdict.HELD, Verdict.FALSE])
    calibration = Calibration(weights, {weights.answer_at: figures}, folds=5, l2=1.0)
    used = [(QuestionSet('a "set".jsonl', "0" * 64, ()), 0)]
    versions = {"python": "3.11.7", "scipy": "1.17.1"}
    return calibration, Provenance('verbatim calibrate a "set".jsonl --write', versions, {"facts": 42}, used)
