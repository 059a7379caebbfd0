"""Labelled questions as the engine's choice sees them: the signals of every candidate, and which of them are right.

Facts are right whose quote touches gold; for an unanswerable question all gaps and "none of these" are. Only questions
of one turn that read as one question are taken: what others choose from depends on more than their signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from knowledge.base import KnowledgeBase
from knowledge.curation.measuring.judging import Judge
from knowledge.curation.measuring.question_sets import Labelled

KINDS = ("fact", "gap", "none")
"""Kinds of candidate, each with weights of its own, in the order of a row's candidates."""

Column = tuple[str, str]
"""A kind of candidate and a signal that it carries."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a question may choose: its kind, its signals, and whether it is right to choose it."""

    kind: str
    signals: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question with its candidates: facts, then gaps, then "none of these"."""

    question: Labelled
    candidates: tuple[Candidate, ...]


def ranked(base: KnowledgeBase, question: Labelled, judge: Judge) -> Ranking | None:
    """Return the ranking of a question; None when it cannot be taken."""
    read = base.scales.reader.questions(question.turns[0])
    if len(question.turns) > 1 or len(read) != 1:
        return None
    signals = base.scales.signals(read[0])
    places = list(chain.from_iterable(judge.gold(question))) if question.answerable else []
    facts = (
        Candidate("fact", measured, judge.is_cited_by(base.facts[number].citation, places))
        for number, measured, _ in signals.facts
    )
    gaps = (Candidate("gap", measured, not question.answerable) for _, measured in signals.gaps)
    none = Candidate("none", signals.none, not question.answerable)
    return Ranking(question, (*facts, *gaps, none))


def columns_of(rows: Iterable[Ranking]) -> tuple[Column, ...]:
    """Return every signal that a candidate carries, by kind, then in alphabetical order."""
    carried = {
        (candidate.kind, name) for ranking in rows for candidate in ranking.candidates for name in candidate.signals
    }
    return tuple(sorted(carried, key=lambda column: (KINDS.index(column[0]), column[1])))
