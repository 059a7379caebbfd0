"""The conversation so far, as a value that is passed in and out."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.outcomes import Outcome, facts_of

LONGEST_MEMORY = 8
"""Turns kept. A follow-up looks back at the last few; more would only grow what the bot has to store."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question as it was understood, and the ids of the facts that were shown for it."""

    read_as: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before in one chat, oldest turn first. Small and plain, so that a bot can store it."""

    turns: tuple[Turn, ...] = field(default=())

    def after(self, outcome: Outcome) -> Conversation:
        """Return the conversation with one more turn, bounded to the last few."""
        asked = outcome.parts or (outcome,)
        turns = tuple(Turn(part.read_as, tuple(cited.fact.id for cited in facts_of(part))) for part in asked)
        return Conversation((*self.turns, *turns)[-LONGEST_MEMORY:])
