"""What a ranking is worth: hits, reciprocal ranks, how well a score tells two groups apart, recall at a precision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from statistics import fmean

DEEPEST = 10
"""Rank beyond which a hit counts nothing for the mean reciprocal rank."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Shares of the questions, in [0, 1]: the best is right, one of the best five is; mean reciprocal rank."""

    at_1: float
    at_5: float
    mrr: float

    @classmethod
    def of(cls, rankings: Iterable[tuple[Sequence[int], AbstractSet[int]]]) -> Hits:
        """Return the figures of rankings: numbers, best first, beside those that are right."""
        ranks = [next((at for at, number in enumerate(best, 1) if number in right), 0) for best, right in rankings]
        return cls(
            at_1=fmean(rank == 1 for rank in ranks),
            at_5=fmean(0 < rank <= 5 for rank in ranks),
            mrr=fmean(1 / rank if 0 < rank <= DEEPEST else 0.0 for rank in ranks),
        )


@dataclass(frozen=True, slots=True)
class Guess:
    """The best for a question: its score, whether it is right, and how many questions it stands for.

    Attributes:
        foreign: there was nothing right to choose.
    """

    score: float
    right: bool
    foreign: bool = False
    weight: float = 1.0


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return the chance that one of the first scores is greater than one of the second; equals count half."""
    ordered = sorted([(score, 1) for score in higher] + [(score, 0) for score in lower])
    wins = below = at = 0.0
    place = 0
    while place < len(ordered):
        end = place
        ours = theirs = 0
        while end < len(ordered) and ordered[end][0] == ordered[place][0]:
            ours += ordered[end][1]
            theirs += 1 - ordered[end][1]
            end += 1
        wins += ours * (below + theirs / 2)
        below += theirs
        at += ours
        place = end
    return wins / (at * below)


def false_alarms(higher: Sequence[float], lower: Sequence[float], kept: float = 0.95) -> float:
    """Return the share of the second scores that reach the score which `kept` of the first reach."""
    least = sorted(higher, reverse=True)[max(0, round(kept * len(higher)) - 1)]
    return fmean(score >= least for score in lower)


def recall_at(precision: float, guesses: Sequence[Guess]) -> float:
    """Return the share of the answerable questions answered right, at the lowest score with this precision.

    Answers to questions that have none count as wrong; equal scores are answered together.
    """
    answerable = sum(not guess.foreign for guess in guesses)
    right = given = best = 0.0
    ordered = sorted(guesses, key=lambda guess: -guess.score)
    for at, guess in enumerate(ordered):
        given += guess.weight
        right += guess.right
        last = at + 1 == len(ordered) or ordered[at + 1].score != guess.score
        if last and right >= precision * given:
            best = right / answerable
    return best


def refused_at(accuracy: float, guesses: Sequence[Guess]) -> float:
    """Return the share of foreign questions below the score at which this share of the others is answered right.

    0 where so many are never right.
    """
    answerable = sum(not guess.foreign for guess in guesses)
    foreign = [guess.score for guess in guesses if guess.foreign]
    right = 0
    for guess in sorted(guesses, key=lambda guess: -guess.score):
        right += guess.right
        if right >= accuracy * answerable:
            return fmean(score < guess.score for score in foreign)
    return 0.0
