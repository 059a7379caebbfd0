"""From signals to shares: how well each candidate fits, beside all the others.

A candidate's score is a weighted sum of its signals; its share is that score's exponential over the sum of them all, so
facts, gaps and "none of these" compete for one question (a conditional logit). The few weights are numbers in
`weights.toml`, fitted by `verbatim calibrate`, with their provenance. A base whose facts have few phrasings has weights
of its own, in `few_phrasings.toml`: pieces of words help where hardly any wording is known, and nowhere else.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).resolve().parent / "weights.toml"
FEW_PHRASINGS = WEIGHTS.with_name("few_phrasings.toml")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts, by the kind of candidate.

    Attributes:
        fact, gap, none: signal -> weight.
        answer_at: lowest share of all facts together at which a question is answered.
        beside: share, beside that of the best fact, from which another fact is shown with it.
        phrasings: how many a fact has at the most, in the mean, in a base that they are made for.
    """

    fact: Mapping[str, float]
    gap: Mapping[str, float]
    none: Mapping[str, float]
    answer_at: float
    beside: float
    phrasings: float = math.inf


@lru_cache(maxsize=2)
def load_weights(path: Path = WEIGHTS) -> Weights:
    """Read the weights; they ship with the package."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return Weights(tables["fact"], tables["gap"], tables["none"], **tables["thresholds"])


def weights_file(phrasings: Sequence[int]) -> Path:
    """Return the file with the weights for a base; `phrasings` says how many each of its facts has."""
    few = bool(phrasings) and sum(phrasings) <= load_weights(FEW_PHRASINGS).phrasings * len(phrasings)
    return FEW_PHRASINGS if few else WEIGHTS


def score(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of the signals; one without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in signals.items())


def shares(scores: Sequence[float]) -> list[float]:
    """Return the share of each score, in [0, 1]; they add up to 1."""
    top = max(scores)
    exponentials = [math.exp(value - top) for value in scores]
    total = sum(exponentials)
    return [value / total for value in exponentials]
