"""A base that recalls gives what the base gives that it is made of, whatever was asked before."""

from __future__ import annotations

import random

from knowledge import Conversation, KnowledgeBase, Outcome, recalling


def asked(base: KnowledgeBase, seed: int) -> list[Outcome]:
    """Return what comes of a hundred questions in one conversation, many of them more than once."""
    phrasings = [phrasing for fact in base.facts for phrasing in fact.phrasings[:1]]
    follow_ups = ["and the other side?", "who says so?", "why?", "hm", "Wie viele?", "any others?"]
    chance = random.Random(seed)  # noqa: S311  which questions, and no secrets
    conversation, outcomes = Conversation(), []
    for _ in range(100):
        outcomes.append(base.ask(chance.choice(phrasings + 3 * follow_ups), conversation))
        conversation = conversation.after(outcomes[-1])
    return outcomes


def test_outcomes_are_the_same_in_any_conversation_and_the_second_time(base: KnowledgeBase) -> None:
    recalls = recalling(base)

    assert asked(recalls, 1) == asked(base, 1)
    assert asked(recalls, 1) == asked(base, 1)
    assert asked(recalls, 2) == asked(base, 2)
