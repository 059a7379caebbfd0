"""A whole set put to a base in this process, as `verbatim ask --batch` would, and what came of each question."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.messages import cleaned
from knowledge import Conversation, KnowledgeBase, Outcome, facts_of
from knowledge.scoring import Weights
from tests.benchmarks.judging import Judge, Verdict
from tests.benchmarks.question_sets import Labelled


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its outcome, what that is worth, and the milliseconds of its last turn."""

    question: Labelled
    outcome: Outcome
    verdict: Verdict
    ms: float

    @property
    def share(self) -> float:
        """The best share of the facts that are shown, in [0, 1]; 0 where none is."""
        outcomes = self.outcome.parts or (self.outcome,)
        return max((cited.score for outcome in outcomes for cited in facts_of(outcome)), default=0.0)


def ask_all(base: KnowledgeBase, questions: Iterable[Labelled], judge: Judge) -> list[Asked]:
    """Return what comes of each question, in order."""
    return [_asked(base, question, judge) for question in questions]


def without(base: KnowledgeBase, signals: Iterable[str]) -> KnowledgeBase:
    """Return a base in which some signals weigh nothing; a signal without a weight ends the program."""
    weights = base.scales.weights
    known = sorted(weights.fact.keys() | weights.gap.keys() | weights.none.keys())
    silenced = dict.fromkeys(signals, 0.0)
    unknown = ", ".join(sorted(silenced.keys() - set(known)))
    if unknown:
        raise SystemExit(f"no weight for {unknown}; there are {', '.join(known)}")
    changed = Weights(
        fact={**weights.fact, **silenced},
        gap={**weights.gap, **silenced},
        none={**weights.none, **silenced},
        answer_at=weights.answer_at,
        beside=weights.beside,
    )
    return replace(base, scales=replace(base.scales, weights=changed))


def _asked(base: KnowledgeBase, question: Labelled, judge: Judge) -> Asked:
    conversation = Conversation()
    for turn in question.turns[:-1]:
        conversation = conversation.after(base.ask(cleaned(turn), conversation))
    message = cleaned(question.turns[-1])
    start = time.perf_counter()
    outcome = base.ask(message, conversation)
    ms = (time.perf_counter() - start) * 1000
    return Asked(question, outcome, judge.verdict(question, outcome), ms)
