"""Chats from the side of the people in them: what they write, and what they see the bot answer."""

from __future__ import annotations

import asyncio
import itertools
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.updates import Updates

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the bot as it arrived in a chat.

    Attributes:
        entities: as (type, marked text), in order.
        parameters: all that the bot passed.
    """

    message_id: int
    text: str
    entities: list[tuple[str, str]]
    parameters: dict[str, Any]

    def marked(self, kind: str) -> list[str]:
        """Return the texts that entities of one type mark, in order."""
        return [text for type_, text in self.entities if type_ == kind]


def seen(message_id: int, parameters: dict[str, Any]) -> Seen:
    """Return a message of the bot; its entities are known to lie inside its text."""
    units = parameters["text"].encode("utf-16-le")
    marks = [
        (entity["type"], units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"))
        for entity in parameters.get("entities", [])
    ]
    return Seen(message_id, parameters["text"], marks, parameters)


@dataclass
class Chat:
    """A private chat or a group, with one person who writes in it.

    Attributes:
        blocked: the person has blocked the bot.
    """

    chat: dict[str, Any]
    person: dict[str, Any]
    updates: Updates
    numbers: Iterator[int]
    blocked: bool = False
    messages: set[int] = field(default_factory=set)
    unread: asyncio.Queue[Seen] = field(default_factory=asyncio.Queue)

    @property
    def id(self) -> int:
        return int(self.chat["id"])

    def writes(self, text: str, **more: object) -> int:
        """Send a text message to the bot; return its id."""
        commands = [
            {
                "type": "bot_command",
                "offset": len(text[: found.start()].encode("utf-16-le")) // 2,
                "length": len(found[0]),
            }
            for found in _COMMAND.finditer(text)
        ]
        return self.posts(text=text, **({"entities": commands} if commands else {}), **more)

    def posts(self, **content: object) -> int:
        """Send a message of any kind, such as `sticker={...}`; return its id."""
        return self._push("message", next(self.numbers), content)

    def edits(self, message_id: int, text: str) -> None:
        """Change a message that was sent before."""
        self._push("edited_message", message_id, {"text": text, "edit_date": int(time.time())})

    async def sees(self, *, timeout_s: float = 10) -> Seen:
        """Return the next message of the bot in this chat, as soon as it is there.

        Raises:
            TimeoutError: none came in time.
        """
        async with asyncio.timeout(timeout_s):
            return await self.unread.get()

    async def says(self, text: str) -> Seen:
        """Write to the bot and return what it answers first."""
        self.writes(text)
        return await self.sees()

    def _push(self, kind: str, message_id: int, content: dict[str, object]) -> int:
        self.messages.add(message_id)
        about = {"message_id": message_id, "date": int(time.time()), "chat": self.chat, "from": self.person}
        self.updates.push({kind: {**about, **content}})
        return message_id


def private_chat(updates: Updates, identifier: int) -> Chat:
    """Return the chat of one person with the bot."""
    person = {"id": identifier, "is_bot": False, "first_name": f"Reader {identifier}", "language_code": "en"}
    chat = {"id": identifier, "type": "private", "first_name": person["first_name"]}
    return Chat(chat, person, updates, itertools.count(1))


def group(updates: Updates, identifier: int) -> Chat:
    """Return a group in which person 1 writes and the bot is a member; its id is negative, as Telegram's are."""
    person = {"id": 1, "is_bot": False, "first_name": "Member", "language_code": "en"}
    return Chat({"id": -identifier, "type": "supergroup", "title": "Readers"}, person, updates, itertools.count(1))
