"""What people ask in a measurement, drawn with a fixed seed, and the answers that must come back."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.interface import ENGLISH
from bot.replies import reply_to
from bot.telegram.rendering import render
from knowledge import Conversation, KnowledgeBase

SETS = Path(__file__).parent.parent / "questions"
READ = ("contrasts", "reworded", "set-aside", "several")
"""Sets whose questions were read before. `unread` is not touched."""

SEED = 4
POPULAR = 200
"""Different questions among those that repeat."""

LONGEST = 1000
"""Characters of a question."""

Message = tuple[int, str]
"""A chat, and what is written there."""


@dataclass(frozen=True, slots=True)
class Load:
    """Messages in the order of asking, and the texts that answer them.

    Attributes:
        replies: the texts that each chat must get, in order.
        distinct: how many of the messages differ.
    """

    messages: list[Message]
    replies: dict[int, list[str]]

    @property
    def expected(self) -> int:
        """How many messages of the bot there must be."""
        return sum(map(len, self.replies.values()))

    @property
    def distinct(self) -> int:
        """How many of the messages differ."""
        return len({text for _, text in self.messages})


def questions(base: KnowledgeBase) -> list[str]:
    """Return different questions in a drawn order: phrasings of the facts, and the sets of questions."""
    phrasings = {phrasing for fact in base.facts for phrasing in fact.phrasings}
    asked = {turn for name in READ for turn in _turns(SETS / f"{name}.jsonl")}
    # A number alone would choose among suggestions, and a slash begin a command.
    fit = {one for one in phrasings | asked if len(one) < LONGEST and not one.startswith("/") and len(one) > 2}
    drawn = sorted(fit)
    random.Random(SEED).shuffle(drawn)  # noqa: S311  a draw that can be repeated
    return drawn


def different(drawn: Sequence[str], size: int, chats: int) -> list[Message]:
    """Return messages of which no two are the same, in all chats in turn."""
    return [(1 + number % chats, text) for number, text in enumerate(drawn[:size])]


def popular(drawn: Sequence[str], size: int, chats: int) -> list[Message]:
    """Return messages as often as they are asked where many ask the same: the n-th question 1/n as often as the first.

    Source: Zipf's law, by which questions to search engines repeat.
    """
    chance = random.Random(SEED)  # noqa: S311  a draw that can be repeated
    texts = chance.choices(drawn[:POPULAR], [1 / rank for rank in range(1, POPULAR + 1)], k=size)
    return [(1 + number % chats, text) for number, text in enumerate(texts)]


def echoed(messages: list[Message]) -> Load:
    """Return a load for a bot that echoes."""
    replies: dict[int, list[str]] = defaultdict(list)
    for chat, text in messages:
        replies[chat].append(text)
    return Load(messages, dict(replies))


def answered(messages: list[Message], base: KnowledgeBase) -> Load:
    """Return a load for our bot: every chat is a conversation, and its texts are those of the base."""
    replies: dict[int, list[str]] = defaultdict(list)
    conversations: dict[int, Conversation] = defaultdict(Conversation)
    for chat, text in messages:
        outcome = base.ask(text, conversations[chat])
        conversations[chat] = conversations[chat].after(outcome)
        replies[chat] += [part.text for part in render(reply_to(outcome, base, ENGLISH))]
    return Load(messages, dict(replies))


def _turns(path: Path) -> Iterable[str]:
    for line in path.read_text("utf-8").splitlines():
        yield from json.loads(line)["turns"]
