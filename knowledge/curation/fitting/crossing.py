"""Cross-validation: every question is chosen for with weights that were fitted without it.

What is told of a choice: a question is answered when the share of all facts together reaches a threshold, and right
when the best fact is. Vetoes, corrections, lists and the second gold group of a question are left to `verbatim eval`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.curation.fitting.fitting import Rows, fit, shares
from knowledge.curation.fitting.ranking import Ranking
from knowledge.curation.measuring.figures import Figures
from knowledge.curation.measuring.judging import Verdict, declined
from knowledge.curation.measuring.question_sets import Labelled

FOLDS = 5

THRESHOLDS = tuple(step / 20 for step in range(8, 18))
"""Shares of all facts together at which a question may be answered: 0.40, 0.45 ... 0.85."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen for a question: the share of all facts together, and whether the best of them is right."""

    question: Labelled
    facts: float
    right: bool

    def verdict(self, threshold: float) -> Verdict:
        """Return what the choice is worth where a question is answered from a threshold on."""
        if self.facts < threshold:
            return declined(self.question)
        if not self.question.answerable:
            return Verdict.FALSE
        return Verdict.CORRECT if self.right else Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold and the figures that come of it."""

    threshold: float
    figures: Figures


def fold_of(question: Labelled) -> int:
    """Return the fold that a question is in: by its id alone, so that it never moves."""
    return int.from_bytes(hashlib.sha256(question.id.encode()).digest()[:8], "big") % FOLDS


def cross_validated(ranked: Sequence[Ranking], rows: Rows) -> Iterator[Choice]:
    """Yield the choice for each question, fold by fold."""
    folds = [fold_of(ranking.question) for ranking in ranked]
    for fold in range(FOLDS):
        held_out = [row for row, known in enumerate(folds) if known == fold]
        weights = fit(rows.only([row for row, known in enumerate(folds) if known != fold]))
        aside = rows.only(held_out)
        facts = shares(aside, weights) * aside.facts
        for at, row in enumerate(held_out):
            best = int(facts[at].argmax())
            right = bool(aside.right[at, best] and aside.facts[at, best])
            yield Choice(ranked[row].question, float(facts[at].sum()), right)


def curve(choices: Sequence[Choice]) -> list[Point]:
    """Return the figures at each threshold, the lowest first."""
    return [Point(at, Figures.of(choice.verdict(at) for choice in choices)) for at in THRESHOLDS]


def best_of(points: Sequence[Point]) -> Point:
    """Return the point with the best score; of equals the one that answers least."""
    return max(points, key=lambda point: (point.figures.score, point.threshold))
