"""Chats from the side of the people in them: what they write, press and ask, and what they see the bot answer."""

from __future__ import annotations

import asyncio

from tests.bot_api.asking import Asking
from tests.bot_api.joining import Joining
from tests.bot_api.shown import Seen
from tests.bot_api.writing import Writing


class Chat(Writing, Asking, Joining):
    """A private chat, a group or a channel, with one person who acts in it."""

    async def sees(self, *, timeout_s: float = 10) -> Seen:
        """Return the next message of the bot in this chat, as soon as it is there.

        Raises:
            TimeoutError: none came in time.
        """
        async with asyncio.timeout(timeout_s):
            return await self.unread.get()

    async def says(self, text: str, *, reply_to: Seen | int | None = None) -> Seen:
        """Write to the bot and return what it answers first."""
        self.writes(text, reply_to=reply_to)
        return await self.sees()

    def member(self, identifier: int) -> Chat:
        """Return this group as another person in it has it."""
        return Chat(self.world, self.room, self.world.person(identifier), self.thread)

    def topic(self, name: str) -> Chat:
        """Return a topic of this group, which is opened if there is none of that name."""
        for number, opening in self.room.topics.items():
            if opening["forum_topic_created"]["name"] == name:
                return Chat(self.world, self.room, self.person, number)
        return Chat(self.world, self.room, self.person, self.opens_topic(name))

    def private(self) -> Chat:
        """Return the private chat of this person with the bot."""
        person = self.acting()
        return Chat(self.world, self.world.private_room(person["id"]), person)

    def opens(self, message: Seen | int, label: str) -> Chat:
        """Press a button that leads to the bot's private chat, and start there; return that chat.

        Raises:
            LookupError: there is no such button, or it leads elsewhere.
        """
        private = self.private()
        private.writes(f"/start {self.payload(message, label)}")
        return private

    def migrates(self, new_id: int = -1_000_070) -> Chat:
        """Let this group become a supergroup with another id; return that one."""
        self.moves_to_supergroup(new_id)
        return Chat(self.world, self.world.rooms[new_id], self.person)
