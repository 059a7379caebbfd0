"""What Telegram knows: people, chats, the bot and what it told about itself, queries and updates that wait."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.queries import Queries
from tests.bot_api.refusals import Refusal
from tests.bot_api.rooms import Message, Room
from tests.bot_api.shown import Seen
from tests.bot_api.updates import Updates
from tests.bot_api.webhook import Delivery

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  the example token of Telegram's documentation
USERNAME = "verbatim_test_bot"

MOST_ASKED = 200_000
"""Messages of people that are remembered as asked."""

BOT = {"id": int(TOKEN.split(":", maxsplit=1)[0]), "is_bot": True, "first_name": "Verbatim", "username": USERNAME}


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with words in it, as a person sent it."""

    chat_id: int
    message_id: int
    text: str
    update_id: int


@dataclass
class World:
    """All that outlives one call.

    Attributes:
        inline: where a message stands that was sent by choosing a result or by a guest bot, by its id.
        commands: by scope, as JSON, and language.
        descriptions: by the name of the method that tells them, and language.
        asked: what people wrote, oldest first.
    """

    updates: Updates = field(default_factory=Updates)
    rooms: dict[int, Room] = field(default_factory=dict)
    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    presses: Queries = field(default_factory=Queries)
    inline_queries: Queries = field(default_factory=Queries)
    guest_queries: Queries = field(default_factory=Queries)
    inline: dict[str, tuple[Room, int]] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    asked: deque[Asked] = field(default_factory=lambda: deque(maxlen=MOST_ASKED))

    def __post_init__(self) -> None:
        self.delivery = Delivery(self.updates)

    def person(self, identifier: int) -> dict[str, Any]:
        """Return a person, who speaks English until told otherwise."""
        new = {"id": identifier, "is_bot": False, "first_name": f"Reader {identifier}", "language_code": "en"}
        return self.people.setdefault(identifier, new)

    def private_room(self, identifier: int) -> Room:
        """Return the private chat of a person."""
        name = self.person(identifier)["first_name"]
        return self.room({"id": identifier, "type": "private", "first_name": name})

    def room(self, chat: dict[str, Any], *, known: bool = True) -> Room:
        """Return the chat with this id, which is as described if it is new."""
        return self.rooms.setdefault(chat["id"], Room(chat, known=known))

    def reachable(self, parameters: dict[str, Any]) -> Room:
        """Return the chat that a call is about.

        Raises:
            Refusal: there is no such chat, or the bot may not write there.
        """
        room = self.known(parameters)
        if room.refusal is not None:
            raise room.refusal
        return room

    def known(self, parameters: dict[str, Any]) -> Room:
        """Return the chat that a call is about, whether or not the bot may write there.

        Raises:
            Refusal: there is no such chat.
        """
        room = self.rooms.get(parameters.get("chat_id", 0))
        if room is None or not room.known:
            raise Refusal(400, "Bad Request: chat not found")
        return room

    def sent_inline(self, room: Room, message: Message, parameters: dict[str, Any], identifier: str | None) -> Seen:
        """Show a message that was sent through the bot; with an id, the bot can edit it by that."""
        if identifier is not None:
            self.inline[identifier] = (room, message["message_id"])
        return room.put(message, parameters, identifier)
