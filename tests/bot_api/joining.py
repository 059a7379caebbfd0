"""What people do with the chat itself: who is in it, whether the bot may write, topics, the move to a supergroup."""

from __future__ import annotations

import time
from typing import Any

from tests.bot_api.membership import blocked, deactivated, kicked, migrated
from tests.bot_api.views import View
from tests.bot_api.world import BOT

_KICKED = {"user": BOT, "status": "kicked", "until_date": 0}
_MEMBER = {"user": BOT, "status": "member"}


class Joining(View):
    """A person who changes the chat."""

    def speaks(self, language: str) -> None:
        """Set the language of the person's app; an empty one is not told to the bot."""
        person = self.acting()
        person.pop("language_code", None)
        if language:
            person["language_code"] = language

    def blocks(self) -> None:
        """Block the bot, in a private chat."""
        self.room.refusal = blocked()
        self._my_status(_MEMBER, _KICKED)

    def unblocks(self) -> None:
        self.room.refusal = None
        self._my_status(_KICKED, _MEMBER)

    def kicks(self) -> None:
        """Remove the bot from a group."""
        self.room.refusal = kicked(self.room)
        self._my_status(_MEMBER, _KICKED)

    def adds(self) -> int:
        """Add the bot to a group, of which a service message tells; return its id."""
        self.room.refusal = None
        self._my_status({"user": BOT, "status": "left"}, _MEMBER)
        return self.joined(BOT)

    def deactivates(self) -> None:
        """Delete the person's account; nobody tells the bot."""
        self.room.refusal = deactivated()

    def joined(self, *users: dict[str, Any]) -> int:
        """Let users come into a group; return the id of the service message."""
        return self.push({"new_chat_members": list(users)})

    def leaves(self) -> int:
        """Leave a group; return the id of the service message."""
        return self.push({"left_chat_member": self.acting()})

    def opens_topic(self, name: str) -> int:
        """Open a topic in a group, which is a forum from then on; return its id."""
        self.room.chat["is_forum"] = True
        message = self.room.message(self.person, forum_topic_created={"name": name, "icon_color": 7322096})
        message |= {"message_thread_id": message["message_id"], "is_topic_message": True}
        self.room.topics[message["message_id"]] = message
        self.room.keep(message)
        self.tell("message", message)
        return int(message["message_id"])

    def moves_to_supergroup(self, new_id: int) -> None:
        """Let a group become a supergroup with another id; service messages in both tell."""
        room = self.world.room({**self.room.chat, "id": new_id, "type": "supergroup"})
        self.push({"migrate_to_chat_id": new_id})
        type(self)(self.world, room, self.person).push({"migrate_from_chat_id": self.id})
        self.room.refusal = migrated(new_id)

    def _my_status(self, old: dict[str, Any], new: dict[str, Any]) -> None:
        change = {"chat": self.chat, "from": self.acting(), "date": int(time.time())}
        self.world.updates.push({"my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}})
