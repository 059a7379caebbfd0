"""Which message of the bot answers which question, and how long a person waited for it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.bot_api.ledger import Call
from tests.bot_api.world import Asked


@dataclass(frozen=True, slots=True)
class Question:
    """What a person wrote, and what came back.

    Attributes:
        asked_s: when its update was pushed, in seconds of `time.monotonic`.
        replies: the calls that answered, oldest first; each sent a message, even if the bot never learnt it.
    """

    chat_id: int
    message_id: int
    text: str
    update_id: int
    asked_s: float
    replies: list[Call] = field(default_factory=list)

    @property
    def waited_s(self) -> float | None:
        """Seconds from the push of the question to the arrival of the first reply; None without one."""
        return self.replies[0].arrived_s - self.asked_s if self.replies else None


def questions(asked: Iterable[Asked], calls: Iterable[Call], pushed_s: Mapping[int, float]) -> list[Question]:
    """Return what was asked with what answered it, in the order of asking.

    A message that replies to a question answers that one. Another answers the oldest question of its chat that has no
    answer, or the last one if all have: a bot that answers a question in several messages, without replying, shifts
    the rest, and such chats are for a test to tell apart by their texts.
    """
    found = [Question(one.chat_id, one.message_id, one.text, one.update_id, pushed_s[one.update_id]) for one in asked]
    by_message = {(one.chat_id, one.message_id): one for one in found}
    in_turn: defaultdict[int, deque[Question]] = defaultdict(deque)
    for one in found:
        in_turn[one.chat_id].append(one)
    for call in calls:
        if call.message_id is None:
            continue
        chat_id = call.parameters["chat_id"]
        target = (call.parameters.get("reply_parameters") or {}).get("message_id", 0)
        question = by_message.get((chat_id, target)) or _next(in_turn[chat_id])
        if question is not None:
            question.replies.append(call)
    return found


def _next(waiting: deque[Question]) -> Question | None:
    """Return the oldest question without an answer, else the last one."""
    while len(waiting) > 1 and waiting[0].replies:
        waiting.popleft()
    return waiting[0] if waiting else None
