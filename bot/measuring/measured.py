"""All that came of measuring a base on a set, ready to be shown as a table, an object or a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.curation import (
    Ablation,
    Asked,
    Comparison,
    Covered,
    Figures,
    KeptRun,
    QuestionSet,
    Verdict,
    by_kind,
    figures_of,
    median_and_p99,
    risk_and_coverage,
    score_interval,
)

SHARES = tuple(step / 10 for step in range(10))
"""Best shares at which coverage and risk are told: 0.0, 0.1 ... 0.9."""

SHORT = (Verdict.WRONG, Verdict.FALSE, Verdict.MISSED)
"""Verdicts on what fell short, the worst first."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a set.

    Attributes:
        asked: in the order of the set, never empty.
        earlier: the run that it was compared with; None when it was not.
        comparison: how it differs from that run; None when it was not compared.
        ablations: as they were made; empty when nothing was switched off.
    """

    questions: QuestionSet
    asked: tuple[Asked, ...]
    earlier: KeptRun | None = None
    comparison: Comparison | None = None
    ablations: tuple[Ablation, ...] = ()

    @property
    def figures(self) -> Figures:
        return figures_of(self.asked)

    @property
    def interval(self) -> tuple[float, float]:
        """Between which scores a set of this size lies by the luck of its draw."""
        return score_interval([one.verdict for one in self.asked])

    @property
    def kinds(self) -> Mapping[str, Figures]:
        """The figures of each kind of question, kinds in alphabetical order."""
        return by_kind(self.asked)

    @property
    def ms(self) -> tuple[float, float]:
        """Median and 99th percentile of the time of a question, in milliseconds."""
        return median_and_p99([one.ms for one in self.asked])

    @property
    def curve(self) -> tuple[Covered, ...]:
        """Risk and coverage, from the surest answers alone to all of them; empty when nothing was answered."""
        return tuple(risk_and_coverage([(one.share, one.verdict) for one in self.asked]))

    @property
    def misses(self) -> tuple[Asked, ...]:
        """What fell short, the worst first, and then in the order of the set."""
        return tuple(one for verdict in SHORT for one in self.asked if one.verdict is verdict)

    def change(self, ablation: Ablation) -> float:
        """Return by how much the score changes without a mechanism."""
        return ablation.figures.score - self.figures.score

    @property
    def sorted_ablations(self) -> tuple[Ablation, ...]:
        """The ablations: those that failed, then the dearest loss first."""
        return tuple(sorted(self.ablations, key=lambda one: (not one.failure, self.change(one), one.mechanism)))


def at_shares(curve: tuple[Covered, ...]) -> tuple[Covered, ...]:
    """Return coverage and risk at each of `SHARES`; without any answer, both are 0."""
    none = Covered(1.0, 0.0, 0.0)
    return tuple(
        Covered(least, reached.coverage, reached.risk)
        for least in SHARES
        for reached in [next((point for point in reversed(curve) if point.least >= least), none)]
    )
