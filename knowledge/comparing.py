"""Questions that set two things side by side: one fact of each."""

from __future__ import annotations

from itertools import product

from knowledge.outcomes import Fact
from knowledge.reading import Form, Question
from knowledge.weighing import Scales, WeighedFact, Weighing

LEAST_TO_COMPARE = 0.15
"""Share of the best fact of a comparison that names both things it sets side by side."""

COUNTERPART = 0.01
"""Share, beside that of the best fact, from which another can be its counterpart in a comparison."""


def compared(question: Question, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the two facts that a comparison sets side by side; empty when the question compares nothing."""
    if question.form is not Form.COMPARE:
        return ()
    for dimension, values in question.dimensions.items():
        if len(values) > 1 and (sides := _one_of_each(dimension, values, weighing)):
            return sides
    if weighing.answerable < scales.weights.answer_at:
        return ()
    first = weighing.facts[0]
    others = [
        other
        for other in weighing.facts[1:]
        if other.share >= first.share * COUNTERPART and _are_counterparts(first.fact, other.fact)
    ]
    if not others:
        return ()
    other = min(others, key=lambda weighed: (_differences(first.fact, weighed.fact), -weighed.share))
    return tuple(sorted((first, other), key=lambda weighed: weighed.fact.number))


def _one_of_each(dimension: str, values: frozenset[str], weighing: Weighing) -> tuple[WeighedFact, ...]:
    """Return one fact for each value of a dimension, those that differ least otherwise; empty when a value has none."""
    facts = [[fact for fact in weighing.facts if fact.fact.dimensions.get(dimension) == value] for value in values]
    sets: list[tuple[WeighedFact, ...]] = [
        chosen
        for chosen in product(*facts)
        if all(_are_counterparts(chosen[0].fact, other.fact) for other in chosen[1:])
    ]
    if not sets or weighing.facts[0].share < LEAST_TO_COMPARE:
        return ()

    nearest = min(sets, key=_unlikeness)
    return tuple(sorted(nearest, key=lambda each: each.fact.number))


def _unlikeness(chosen: tuple[WeighedFact, ...]) -> tuple[int, float]:
    """Return how far facts differ from the first, then how little speaks for them; least first."""
    differences = sum(_differences(chosen[0].fact, other.fact) for other in chosen[1:])
    return differences, -sum(fact.share for fact in chosen)


def _are_counterparts(one: Fact, other: Fact) -> bool:
    """Return whether two facts answer the same kind of question for different actors, plans or groups."""
    differ = any(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    alike = set(one.themes) & set(other.themes) and set(one.slots) & set(other.slots)
    return bool(alike) and (differ or set(one.agent) != set(other.agent))


def _differences(one: Fact, other: Fact) -> int:
    """Return in how many ways two facts differ: by dimension, actor or act."""
    dimensions = sum(one.dimensions.get(key, value) != value for key, value in other.dimensions.items())
    return dimensions + (one.act != other.act) + (len(set(one.themes) & set(other.themes)) < 2)
