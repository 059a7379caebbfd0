"""From signals to shares: how well each candidate fits, beside all the others.

A candidate's score is a weighted sum of its signals; its share is that score's exponential over the sum of them all, so
facts, gaps and "none of these" compete for one question (a conditional logit). The few weights are numbers in
`weights.toml`, fitted by `verbatim calibrate`, with their provenance.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parent / "weights.toml"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts, by the kind of candidate.

    Attributes:
        fact, gap, none: signal -> weight.
        answer_at: lowest share of all facts together at which a question is answered.
        beside: share, beside that of the best fact, from which another fact is shown with it.
    """

    fact: Mapping[str, float]
    gap: Mapping[str, float]
    none: Mapping[str, float]
    answer_at: float
    beside: float


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights; they ship with the package."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return Weights(tables["fact"], tables["gap"], tables["none"], **tables["thresholds"])


def score(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the signals; one without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in signals.items())


def shares(scores: Sequence[float]) -> list[float]:
    """Return the share of each score, in [0, 1]; they add up to 1."""
    top = max(scores)
    exponentials = [math.exp(value - top) for value in scores]
    total = sum(exponentials)
    return [value / total for value in exponentials]
