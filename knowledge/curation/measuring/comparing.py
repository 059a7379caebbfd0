"""Two runs of one set side by side: what got better, what worse, and what changed without being worth more or less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.curation.measuring.judging import Judge, Judged
from knowledge.curation.measuring.results import Result


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose outcome is of another kind, or cites something else, than it did."""

    before: Judged
    after: Judged

    @property
    def gain(self) -> int:
        """What the change is worth to a reader: more than 0 for better, less for worse. See `Verdict.worth`."""
        return self.after.verdict.worth - self.before.verdict.worth


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes between two runs, in the order of the set.

    Attributes:
        compared: questions that both runs have.
    """

    changes: tuple[Change, ...]
    compared: int

    @property
    def better(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.gain > 0)

    @property
    def worse(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.gain < 0)

    @property
    def otherwise(self) -> tuple[Change, ...]:
        """The changes that are worth the same as before."""
        return tuple(change for change in self.changes if change.gain == 0)


def compared(before: Mapping[str, Result | None], after: Sequence[Judged], judge: Judge) -> Comparison:
    """Return how a run differs from an earlier one, given as the result of each question by id.

    A question that the earlier run does not have, or failed at, is left out.
    """
    pairs = [(one, earlier) for one in after if (earlier := before.get(one.question.id)) is not None]
    changes = (
        Change(Judged(one.question, earlier, *judge.verdict(one.question, earlier)), one)
        for one, earlier in pairs
        if earlier != one.result
    )
    return Comparison(tuple(changes), len(pairs))
