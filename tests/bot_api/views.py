"""A chat as one person in it has it before them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from tests.bot_api.membership import blocked
from tests.bot_api.refusals import Refusal
from tests.bot_api.rooms import Message, Room, quoted
from tests.bot_api.shown import Seen
from tests.bot_api.world import Asked, World


@dataclass(frozen=True)
class View:
    """A chat, the person who acts in it, and the topic in which they do.

    Attributes:
        person: None where the chat itself speaks: a channel.
        thread: the id of a topic; None outside of topics.
    """

    world: World
    room: Room
    person: dict[str, Any] | None
    thread: int | None = None

    @property
    def id(self) -> int:
        return self.room.id

    @property
    def chat(self) -> dict[str, Any]:
        """The chat as updates name it."""
        return self.room.chat

    @property
    def messages(self) -> dict[int, Message]:
        """The messages that stand here now, of everybody, by id."""
        return self.room.messages

    @property
    def unread(self) -> asyncio.Queue[Seen]:
        """What the bot sent and nobody has looked at."""
        return self.room.unread

    @property
    def refusal(self) -> Refusal | None:
        """Why the bot may not write here; None where it may."""
        return self.room.refusal

    @property
    def blocked(self) -> bool:
        """Whether the person has blocked the bot; setting it tells the bot nothing, unlike `blocks`."""
        return self.room.refusal is not None

    @blocked.setter
    def blocked(self, is_blocked: bool) -> None:
        self.room.refusal = blocked() if is_blocked else None

    def screen(self) -> list[Seen]:
        """Return the messages of the bot that stand here now, oldest first."""
        return [self.room.screen[number] for number in sorted(self.room.screen)]

    def push(self, content: dict[str, Any], *, reply_to: Seen | int | None = None) -> int:
        """Send a message of this person, whatever is in it; return its id."""
        message = self.message(content, reply_to)
        self.room.keep(message)
        update_id = self.tell("message", message)
        words = content.get("text", content.get("caption"))
        if update_id is not None and isinstance(words, str):
            self.world.asked.append(Asked(self.id, message["message_id"], words, update_id))
        return int(message["message_id"])

    def message(self, content: dict[str, Any], reply_to: Seen | int | None = None) -> Message:
        """Return a new message of this person, with the message that it replies to; it is not sent yet."""
        about: Message = {}
        if self.thread is not None:
            opening = self.room.topics[self.thread]
            about = {"message_thread_id": self.thread, "is_topic_message": True, "reply_to_message": opening}
        if reply_to is not None:
            number = reply_to.message_id if isinstance(reply_to, Seen) else reply_to
            about["reply_to_message"] = quoted(self.room.messages[number])
        return self.room.message(self.person, **about, **content)

    def tell(self, kind: str, message: Message) -> int | None:
        """Push an update about a message, by the name that its kind has in this chat; return its id.

        Returns:
            None where the bot is not in the chat and hears nothing.
        """
        if not self.room.known:
            return None
        if self.room.kind == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        return self.world.updates.push({kind: message})

    def acting(self) -> dict[str, Any]:
        """Return the person.

        Raises:
            LookupError: this is a channel, where nobody acts in their own name.
        """
        if self.person is None:
            raise LookupError("nobody acts in a channel in their own name")
        return self.person
