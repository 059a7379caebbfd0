"""Why an outcome is what it is: the reading, the candidates with what spoke for and against them, the rule."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.court.weighing import Scales, WeighedFact, Weighing
from knowledge.message.reading import Question
from knowledge.outcomes import Evidence, Explanation

SHOWN = 5
"""Candidates in an explanation."""


def explanation(question: Question, weighing: Weighing, decision: str, scales: Scales) -> Explanation:
    """Return the reasons of an outcome; `decision` is the rule that decided."""
    first, second = (*(weighed.share for weighed in weighing.facts[:2]), 0.0, 0.0)[:2]
    return Explanation(
        reading=tuple(_reading(question)),
        evidence=tuple(_evidence(weighed, question, scales) for weighed in weighing.facts[:SHOWN]),
        decision=decision,
        margin=first - second,
    )


def _reading(question: Question) -> Iterable[tuple[str, str]]:
    yield "form", question.form.value
    if question.wanted is not None:
        yield "wanted", question.wanted.kind
    for name, role in question.roles.items():
        yield role.value, name
    if question.acts:
        yield "acts", ", ".join(question.acts)
    for dimension, values in question.dimensions.items():
        yield dimension, ", ".join(sorted(values))
    if question.steered:
        yield "instruction", "not followed"
    for stranger in question.strangers:
        yield "unknown name", stranger


def _evidence(weighed: WeighedFact, question: Question, scales: Scales) -> Evidence:
    spoken = [scales.index.speaks_of(weighed.fact.number, dict(term.keys)) for term in question.heavy]
    return Evidence(
        fact=weighed.fact.id,
        score=weighed.share,
        signals=dict(weighed.signals),
        explained=tuple(term.text for term, known in zip(question.heavy, spoken, strict=True) if known),
        unexplained=tuple(term.text for term, known in zip(question.heavy, spoken, strict=True) if not known),
        vetoes=tuple(str(conflict) for conflict in weighed.conflicts),
    )
