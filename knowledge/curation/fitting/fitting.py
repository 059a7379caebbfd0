"""A conditional logit, fitted: candidates compete for a question by the exponential of their weighted signals.

The loss is the negative log of the share of all right candidates together, plus half of `L2` times the squared weights.
A question none of whose candidates is right teaches nothing. Needs scipy, which the extra "calibrate" installs.

Source: McFadden, "Conditional logit analysis of qualitative choice behavior" (1974).
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# scipy ships no types, and neither it nor numpy need be installed where types are checked

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.curation.errors import MissingExtra, NotSettled
from knowledge.curation.fitting.ranking import Column, Ranking

try:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.optimize import minimize
except ModuleNotFoundError as missing:
    raise MissingExtra(
        f"{missing.name} is missing, which fitting needs; install the extra: pip install 'verbatim-bot[calibrate]', "
        "or in a clone: .venv/bin/pip install --editable '.[calibrate]'"
    ) from None

L2 = 1.0
"""Strength of the pull of every weight towards 0, beside a loss that is summed over the questions."""

MOST_STEPS = 1000
"""Steps of the minimiser; some tens are enough."""

NOWHERE = -1e9
"""Score of a place in a row at which there is no candidate."""


NEVER = 1e-12
"""A share too small to matter, so that no logarithm of 0 is taken."""


@dataclass(frozen=True)
class Rows:
    """Rankings as arrays, one row a question, short rows filled up.

    Attributes:
        signals: by question, candidate and column.
        right, facts, there: by question and candidate, 1 or 0: right to choose, a fact, a candidate at all.
    """

    signals: NDArray[np.float64]
    right: NDArray[np.float64]
    facts: NDArray[np.float64]
    there: NDArray[np.float64]

    def only(self, chosen: Sequence[int]) -> Rows:
        """Return some of the rows."""
        picked = np.array(chosen, dtype=np.intp)
        return Rows(self.signals[picked], self.right[picked], self.facts[picked], self.there[picked])


def rows_of(ranked: Sequence[Ranking], columns: Sequence[Column]) -> Rows:
    """Return rankings as arrays; a signal that is no column is left out."""
    shape = (len(ranked), max(len(ranking.candidates) for ranking in ranked))
    rows = Rows(np.zeros((*shape, len(columns))), np.zeros(shape), np.zeros(shape), np.zeros(shape))
    place = {column: number for number, column in enumerate(columns)}
    for row, ranking in enumerate(ranked):
        for at, candidate in enumerate(ranking.candidates):
            rows.right[row, at] = candidate.right
            rows.facts[row, at] = candidate.kind == "fact"
            rows.there[row, at] = 1.0
            for name, value in candidate.signals.items():
                rows.signals[row, at, place[candidate.kind, name]] = value
    return rows


def shares(rows: Rows, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of each candidate, by question and candidate; each row adds up to 1."""
    scores = np.where(rows.there > 0, rows.signals @ weights, NOWHERE)
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def fit(rows: Rows) -> NDArray[np.float64]:
    """Return the weight of each column.

    Raises:
        NotSettled: the steps were not enough.
    """
    teaching = rows.only([int(row) for row in np.flatnonzero(rows.right.sum(axis=1))])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        share = shares(teaching, weights)
        right = share * teaching.right
        total = right.sum(axis=1, keepdims=True) + NEVER
        slope = np.einsum("qc,qck->k", share - right / total, teaching.signals)
        return float(L2 / 2 * weights @ weights - np.log(total).sum()), slope + L2 * weights

    start = np.zeros(rows.signals.shape[2])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    if not found.success:
        raise NotSettled(f"the fit did not settle within {MOST_STEPS} steps: {found.message}")
    return np.asarray(found.x)
