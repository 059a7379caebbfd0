"""Rooms: chats as Telegram keeps them, with the messages that stand in them now."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.refusals import Refusal
from tests.bot_api.shown import Seen, seen

Message = dict[str, Any]

MOST_MESSAGES = 10_000
"""Messages remembered of one chat; what is older is forgotten as if it had been deleted."""


@dataclass
class Room:
    """A private chat, a group or a channel.

    Attributes:
        chat: as updates name it.
        refusal: why the bot may not write here; None where it may.
        known: whether the bot is, or was, in it; it hears nothing of another chat.
        messages: that stand here now, of everybody, by id.
        screen: what people see of the bot here now, by id.
        topics: the messages that opened a topic, by the id of the topic.
        unread: what the bot sent and nobody has looked at.
        watch: told of every message of the bot that is sent, edited or deleted here; a terminal watches.
        changed: what became of its messages since: as each was after an edit, or None once it was deleted.
    """

    chat: dict[str, Any]
    refusal: Refusal | None = None
    known: bool = True
    messages: dict[int, Message] = field(default_factory=dict)
    screen: dict[int, Seen] = field(default_factory=dict)
    topics: dict[int, Message] = field(default_factory=dict)
    unread: asyncio.Queue[Seen] = field(default_factory=asyncio.Queue)
    changed: defaultdict[int, asyncio.Queue[Seen | None]] = field(default_factory=lambda: defaultdict(asyncio.Queue))
    watch: Callable[[Room, int], None] | None = None
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def id(self) -> int:
        return int(self.chat["id"])

    @property
    def kind(self) -> str:
        """`private`, `group`, `supergroup` or `channel`."""
        return str(self.chat["type"])

    def message(self, sender: dict[str, Any] | None, **content: object) -> Message:
        """Return a new message, not yet kept; without a sender it is the channel's own."""
        by: Message = {"sender_chat": self.chat} if sender is None else {"from": sender}
        return {"message_id": next(self.numbers), "date": int(time.time()), "chat": self.chat, **by, **content}

    def keep(self, message: Message) -> None:
        self.messages[message["message_id"]] = message
        if len(self.messages) > MOST_MESSAGES:
            oldest = next(iter(self.messages))
            del self.messages[oldest]
            self.screen.pop(oldest, None)

    def show(self, message: Message, parameters: dict[str, Any]) -> None:
        """Keep a message of the bot and let people see it."""
        self.unread.put_nowait(self.put(message, parameters))
        self._tell(message["message_id"])

    def put(self, message: Message, parameters: dict[str, Any], inline_message_id: str | None = None) -> Seen:
        """Keep a message with words of the bot, without telling anybody."""
        self.keep(message)
        shown = self.screen[message["message_id"]] = seen(message, parameters, inline_message_id)
        return shown

    def change(self, message: Message, parameters: dict[str, Any]) -> None:
        """Let a message of the bot stand in place of the one with its id."""
        number = message["message_id"]
        self.messages[number] = message
        self.screen[number] = seen(message, parameters, self.screen[number].inline_message_id)
        self.changed[number].put_nowait(self.screen[number])
        self._tell(number)

    def remove(self, number: int) -> None:
        """Delete a message, whoever wrote it."""
        del self.messages[number]
        if self.screen.pop(number, None) is not None:
            self.changed[number].put_nowait(None)
            self._tell(number)

    def _tell(self, number: int) -> None:
        if self.watch is not None:
            self.watch(self, number)


def quoted(message: Message) -> Message:
    """Return a message as a reply to it carries it: without the message that it replied to itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
