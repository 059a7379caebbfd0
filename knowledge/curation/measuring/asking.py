"""A whole set put to a base, as `verbatim ask --batch` would, and what came of each question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from knowledge.curation.errors import AskingFailed
from knowledge.curation.measuring.judging import Judge, Judged
from knowledge.curation.measuring.question_sets import Labelled
from knowledge.curation.measuring.results import result_of, share_of
from knowledge.message.dialogue import Conversation
from knowledge.outcomes import Outcome

Ask = Callable[[str, Conversation], Outcome]
"""What is measured: a message in a conversation gives an outcome, as `KnowledgeBase.ask` does."""


@dataclass(frozen=True, slots=True)
class Asked(Judged):
    """A judged question with its whole outcome, and the milliseconds of its last turn."""

    outcome: Outcome
    ms: float

    @property
    def share(self) -> float:
        """The best share of the facts that are shown, in [0, 1]; 0 where none is."""
        return share_of(self.outcome)


def ask_all(ask: Ask, questions: Iterable[Labelled], judge: Judge) -> Iterator[Asked]:
    """Yield what comes of each question, in order.

    Raises:
        AskingFailed: the engine failed at a question. It must never pass for an abstention.
    """
    for question in questions:
        try:
            outcome, ms = _outcome(ask, question)
        except Exception as error:
            raise AskingFailed(f"question {question.id}: {type(error).__name__}: {error}") from error
        result = result_of(outcome)
        yield Asked(question, result, *judge.verdict(question, result), outcome, ms)


def _outcome(ask: Ask, question: Labelled) -> tuple[Outcome, float]:
    """Return the outcome of the last turn, after the earlier ones, and how long it took in milliseconds."""
    conversation = Conversation()
    for turn in question.turns[:-1]:
        conversation = conversation.after(ask(turn, conversation))
    start = time.perf_counter()
    outcome = ask(question.turns[-1], conversation)
    return outcome, (time.perf_counter() - start) * 1000
