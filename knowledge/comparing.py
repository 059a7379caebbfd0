"""Questions that set two things side by side: one fact of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from knowledge.evidence import Kind
from knowledge.outcomes import Fact
from knowledge.reading import Form, Question, Reader
from knowledge.terms import Term
from knowledge.weighing import Scales, WeighedFact, Weighing

LEAST_TO_COMPARE = 0.15
"""Share of the best fact of a comparison that names both things it sets side by side."""

COUNTERPART = 0.01
"""Share, beside that of the best fact, from which another can be its counterpart in a comparison."""

LEAST_TOGETHER = 0.04
"""Product of the shares of two facts, each for its own question, from which they are set side by side."""

CHOICES = 4
"""Facts of each side that are tried with those of the other."""

MOST_WAYS = 2
"""Ways of parting a question that are tried, of each kind: each asks two questions more."""

MILD = frozenset((Kind.AGENT, Kind.ACT, Kind.QUALITY, Kind.SLOT))
"""Conflicts that do not keep a fact from a comparison."""


def compared(question: Question, weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the two facts that a comparison sets side by side, or none when it compares nothing or lacks a half."""
    if question.form is not Form.COMPARE or question.strangers:
        return ()
    for dimension, values in question.dimensions.items():
        if len(values) > 1 and (sides := _one_of_each(dimension, values, weighing)):
            return sides
    if pair := max(_pairs(question, scales), key=lambda pair: pair.strength, default=None):
        return tuple(sorted(pair.facts, key=lambda weighed: weighed.fact.number))
    return _with_counterpart(weighing, scales)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two facts, one for each thing compared, and how much speaks for them together, in [0, 1]."""

    facts: tuple[WeighedFact, WeighedFact]
    strength: float


def _pairs(question: Question, scales: Scales) -> Iterator[Pair]:
    """Yield the best pair of facts for each way of parting a question into the two that it compares."""
    for one, other in _parted(question, scales.reader):
        sides = [_best(row, scales) for row in (one, other)]
        pairs = [
            Pair((first, second), first.share * second.share * _fit(first.fact, second.fact))
            for first, second in product(*sides)
            if first.fact is not second.fact
        ]
        best = max(pairs, key=lambda pair: pair.strength, default=None)
        if best is not None and best.strength >= LEAST_TOGETHER:
            yield best


def _parted(question: Question, reader: Reader) -> Iterator[tuple[list[Term], list[Term]]]:
    """Yield the words of the two questions in a comparison: each without what only the other is about.

    Two things of one kind part it ("Hamas ... the Americans"): either may be left out of the whole, or the sentence may
    break between them. Without such things it breaks at the word that sets one against the other.
    """
    grammar = reader.lexicon.grammar
    terms = [term for term in question.terms if term.text not in grammar.comparing or term.text in grammar.against]
    against = [at for at, term in enumerate(terms) if term.text in grammar.against]
    alike = [
        (at, behind)
        for at, behind in combinations(range(len(terms)), 2)
        if not (terms[at].light or terms[behind].light) and _are_alike(terms[at], terms[behind], reader)
    ]
    for at, behind in alike[:MOST_WAYS]:
        yield _without(terms, behind, against), _without(terms, at, against)
    for at in against[:MOST_WAYS]:
        yield terms[:at], terms[at + 1 :]


def _without(terms: Sequence[Term], left_out: int, against: Sequence[int]) -> list[Term]:
    return [term for at, term in enumerate(terms) if at != left_out and at not in against]


def _are_alike(one: Term, other: Term, reader: Reader) -> bool:
    """Return whether two terms name different things of one kind."""
    same = {key for key, strength in one.keys if strength == 1.0} & {
        key for key, strength in other.keys if strength == 1.0
    }
    return reader.alike(one, other) and not same


def _best(row: Sequence[Term], scales: Scales) -> list[WeighedFact]:
    """Return the facts that may answer one of the two questions, best first."""
    if all(term.light for term in row):
        return []
    question = scales.reader.read(scales.reader.splitter.segment(" ".join(term.text for term in row)))
    weighing = scales.weigh(question)
    if weighing.answerable < scales.weights.answer_at or question.strangers:
        return []
    fitting = [fact for fact in weighing.facts if all(conflict.kind in MILD for conflict in fact.conflicts)]
    return [fact for fact in fitting[:CHOICES] if fact.share >= LEAST_TO_COMPARE * weighing.facts[0].share]


def _fit(one: Fact, other: Fact) -> float:
    """Return how well two facts stand side by side, in (0, 1]: they tell the same of two things."""
    return (1.0 if _are_counterparts(one, other) else 0.5) * 0.8 ** _differences(one, other)


def _with_counterpart(weighing: Weighing, scales: Scales) -> tuple[WeighedFact, ...]:
    """Return the best fact with the one that tells the same of another actor, plan or group."""
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
