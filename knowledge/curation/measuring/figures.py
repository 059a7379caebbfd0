"""What a row of verdicts comes to, how sure that is, and what answering less would be worth."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from knowledge.curation.measuring.judging import Judged, Verdict

RESAMPLES = 1000
"""Sets that are drawn for an interval; with more, its ends move by less than they are rounded to."""

INTERVAL = 0.95
"""Share of the drawn sets whose score lies within the interval."""

ANSWERED = frozenset((Verdict.CORRECT, Verdict.WRONG, Verdict.FALSE))
"""Verdicts on answers; a correction that is held too is no claim to be right or wrong."""

SEED = 20
"""The same verdicts always give the same interval."""


@dataclass(frozen=True)
class Figures:
    """What verdicts come to; each figure in [0, 1], and 1 where there was nothing to get wrong."""

    counts: Counter[Verdict]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> Figures:
        """Count verdicts."""
        return cls(Counter(verdicts))

    @property
    def answered(self) -> float:
        """Share of the answerable questions that are answered right."""
        return self._share(Verdict.CORRECT, Verdict.WRONG, Verdict.MISSED)

    @property
    def held(self) -> float:
        """Share of the unanswerable questions that are not answered."""
        return self._share(Verdict.HELD, Verdict.FALSE)

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        return self._share(Verdict.CORRECT, Verdict.WRONG, Verdict.FALSE)

    @property
    def score(self) -> float:
        """The harmonic mean of `answered` and `held`."""
        total = self.answered + self.held
        return 2 * self.answered * self.held / total if total else 0.0

    @property
    def right(self) -> float:
        """Share of all questions that are answered right or held."""
        total = self.counts.total()
        return (self.counts[Verdict.CORRECT] + self.counts[Verdict.HELD]) / total if total else 1.0

    def by_name(self) -> dict[str, float]:
        """Return the four figures in the order in which they are read."""
        return {"answered": self.answered, "held": self.held, "precision": self.precision, "score": self.score}

    def as_json(self) -> dict[str, float]:
        """Return the four figures, rounded to four places."""
        return {name: round(value, 4) for name, value in self.by_name().items()}

    def _share(self, part: Verdict, *others: Verdict) -> float:
        whole = sum(self.counts[verdict] for verdict in (part, *others))
        return self.counts[part] / whole if whole else 1.0


def figures_of(judged: Iterable[Judged]) -> Figures:
    """Return the figures of judged questions."""
    return Figures.of(one.verdict for one in judged)


def score_interval(verdicts: Sequence[Verdict]) -> tuple[float, float]:
    """Return between which scores a set of this size lies by the luck of its draw: the percentile bootstrap.

    It tells nothing of a set that is unlike what readers ask, nor of questions that resemble each other.

    Source: Efron, "Bootstrap methods: another look at the jackknife" (1979).
    """
    chance = random.Random(SEED)  # noqa: S311  a draw that can be repeated
    pool = sorted(verdicts)  # so that it is the verdicts that count, and not their order
    drawn = sorted(Figures.of(chance.choices(pool, k=len(pool))).score for _ in range(RESAMPLES))
    outside = (1 - INTERVAL) / 2
    return drawn[math.floor(outside * RESAMPLES)], drawn[math.ceil((1 - outside) * RESAMPLES) - 1]


def share_interval(part: int, whole: int) -> tuple[float, float]:
    """Return between which shares a part of some size lies by the luck of its draw; all of [0, 1] for nothing drawn.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    """
    if not whole:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + INTERVAL) / 2)
    share, spread = part / whole, z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def by_kind(judged: Iterable[Judged]) -> dict[str, Figures]:
    """Return the figures of each kind of question, kinds in alphabetical order."""
    kinds: dict[str, list[Verdict]] = {}
    for one in judged:
        kinds.setdefault(one.question.kind, []).append(one.verdict)
    return {kind: Figures.of(kinds[kind]) for kind in sorted(kinds)}


@dataclass(frozen=True, slots=True)
class Covered:
    """What is left when only answers with a high best share are given.

    Attributes:
        least: the lowest best share of these answers, in [0, 1].
        coverage: how many of all questions get one, as a share of them.
        risk: how many of these answers mislead, as a share of them.
    """

    least: float
    coverage: float
    risk: float


def risk_and_coverage(shares: Sequence[tuple[float, Verdict]]) -> Iterator[Covered]:
    """Yield the points of the risk-coverage curve, from the surest answers alone to all of them.

    The risk of the last point is what the precision lacks to 1.

    Args:
        shares: best share and verdict of every question of a set, in any order.
    """
    ranked = sorted((pair for pair in shares if pair[1] in ANSWERED), key=lambda answer: -answer[0])
    misled = 0
    for given, (share, verdict) in enumerate(ranked, start=1):
        misled += verdict is not Verdict.CORRECT
        if given == len(ranked) or ranked[given][0] < share:
            yield Covered(share, given / len(shares), misled / given)
