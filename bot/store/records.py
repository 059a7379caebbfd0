"""What the store keeps, as plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from knowledge import Conversation, Turn


@dataclass(frozen=True, slots=True)
class Received:
    """An update as Telegram sent it.

    Attributes:
        chat: whose order it keeps: updates with the same value are handled one after another.
        content: the update.
    """

    update_id: int
    chat: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is stored and not handled yet.

    Attributes:
        sent: the ids of the messages that were sent for it before the process ended in the middle.
        in_doubt: the process ended while a message was on its way: nobody can know whether it arrived.
        refused: too many wait before it: it is answered with a word on that.
    """

    received: Received
    sent: tuple[int, ...] = ()
    in_doubt: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a conversation is held: a private chat, or what one person says in one thread of a group.

    Attributes:
        topic: the thread of a group with topics; 0 where there is none.
    """

    chat_id: int
    user_id: int
    topic: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when somebody says something.

    Attributes:
        conversation: what was said before in the thread.
        language: the code of the language that they chose for the interface; empty where they chose none.
    """

    conversation: Conversation
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered, as far as it takes to show it again.

    Attributes:
        question_id: the message that asked; 0 where it was no message.
        shown: the ids of the messages that show the answer, in order.
        message: what was asked.
        before: the conversation in which it was asked.
        chosen: the id of the fact where a suggestion was chosen; empty where a question was asked.
        outcome: the kind of outcome: "answer", "correction", "clarify" or "abstain".
        reason: why it abstained; empty where it did not.
    """

    thread: Thread
    question_id: int
    shown: tuple[int, ...]
    message: str
    before: Conversation
    chosen: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept of somebody: what is deleted when it is to be forgotten."""

    answers: int
    ratings: int
    conversations: int
    settings: int


def written(conversation: Conversation) -> str:
    """Return a conversation as JSON."""
    rows = [[turn.read_as, turn.facts, turn.declined, turn.told] for turn in conversation.turns]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def read(turns: str) -> Conversation:
    """Return the conversation that was written as JSON."""
    return Conversation(
        tuple(Turn(text, tuple(facts), bool(declined), bool(told)) for text, facts, declined, told in json.loads(turns))
    )
