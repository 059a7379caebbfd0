"""The few numbers of the engine, chosen on labelled questions: the weights by a fit, `answer_at` by cross-validation.

The other thresholds of `weights.toml` stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.curation.errors import NotSettled
from knowledge.curation.figures import Figures
from knowledge.curation.ranking import KINDS, Ranking, columns_of
from knowledge.scoring import Weights


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


def calibrated(ranked: Sequence[Ranking], before: Weights) -> Calibration:
    """Return the numbers that suit some questions best; what is not fitted is taken from `before`.

    Raises:
        MissingExtra: scipy is not installed.
        NotSettled: there is nothing to fit on, or the fit takes too many steps.
    """
    from knowledge.curation.crossing import FOLDS, best_of, cross_validated, curve  # noqa: PLC0415  need the extra
    from knowledge.curation.fitting import L2, fit, rows_of  # noqa: PLC0415  "

    if not ranked:
        raise NotSettled("there is nothing to fit on: no question has one turn and reads as one question")
    columns = columns_of(ranked)
    rows = rows_of(ranked, columns)
    points = curve(list(cross_validated(ranked, rows)))
    fitted = dict(zip(columns, (round(float(weight), 3) for weight in fit(rows)), strict=True))
    fact, gap, none = ({name: fitted[kind, name] for of, name in columns if of == kind} for kind in KINDS)
    weights = replace(before, fact=fact, gap=gap, none=none, answer_at=best_of(points).threshold)
    return Calibration(weights, {point.threshold: point.figures for point in points}, FOLDS, L2)
