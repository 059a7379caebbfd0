"""The few numbers of the engine, chosen on labelled questions: the weights by a fit, `answer_at` by cross-validation.

The other thresholds of `weights.toml` stay as they are.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.base import KnowledgeBase
from knowledge.court.weighing import scales
from knowledge.curation.errors import NotSettled
from knowledge.curation.fitting.ranking import KINDS, Ranking, columns_of
from knowledge.curation.measuring.figures import Figures
from knowledge.ranking.scoring import Weights, load_weights, weights_file

SEED = 20
"""Of the phrasings that a thinned base keeps."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What came of a calibration.

    Attributes:
        weights: fitted on all questions, with the threshold that was chosen.
        curve: cross-validated figures by threshold, the lowest first.
        folds: parts in which the questions were held out.
        l2: strength of the pull of every weight towards 0.
    """

    weights: Weights
    curve: Mapping[float, Figures]
    folds: int
    l2: float

    @property
    def figures(self) -> Figures:
        """The cross-validated figures at the threshold that was chosen."""
        return self.curve[self.weights.answer_at]


def thinned(base: KnowledgeBase, most: int) -> KnowledgeBase:
    """Return a base whose facts have at most so many of their phrasings, with the weights for such a base.

    Its gaps have at most as many wordings, but one at least. Its reader stays, which knows the words of those that were
    left out: what is measured is not the spelling.
    """
    chance = random.Random(SEED)  # noqa: S311  a fixed seed
    facts = tuple(
        replace(fact, phrasings=tuple(chance.sample(fact.phrasings, min(most, len(fact.phrasings)))))
        for fact in base.facts
    )
    unsaid = tuple(
        replace(gap, wordings=tuple(chance.sample(gap.wordings, min(max(1, most), len(gap.wordings)))))
        for gap in base.unsaid
    )
    held = base.scales
    weights = load_weights(weights_file([len(fact.phrasings) for fact in facts]))
    made = scales(held.reader, facts, unsaid, held.concepts, weights)
    return replace(base, facts=facts, unsaid=unsaid, scales=made)


def calibrated(ranked: Sequence[Ranking], before: Weights) -> Calibration:
    """Return the numbers that suit some questions best; what is not fitted is taken from `before`.

    Raises:
        MissingExtra: scipy is not installed.
        NotSettled: there is nothing to fit on, or the fit takes too many steps.
    """
    from knowledge.curation.fitting.crossing import FOLDS, best_of, cross_validated, curve  # noqa: PLC0415  need the extra
    from knowledge.curation.fitting.fitting import L2, fit, rows_of  # noqa: PLC0415  "

    if not ranked:
        raise NotSettled("there is nothing to fit on: no question has one turn and reads as one question")
    columns = columns_of(ranked)
    rows = rows_of(ranked, columns)
    points = curve(list(cross_validated(ranked, rows)))
    fitted = dict(zip(columns, (round(float(weight), 3) for weight in fit(rows)), strict=True))
    fact, gap, none = ({name: fitted[kind, name] for of, name in columns if of == kind} for kind in KINDS)
    weights = replace(before, fact=fact, gap=gap, none=none, answer_at=best_of(points).threshold)
    return Calibration(weights, {point.threshold: point.figures for point in points}, FOLDS, L2)
