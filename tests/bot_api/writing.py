"""What people send: texts, and messages of other kinds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from tests.bot_api.entities import entities_of
from tests.bot_api.shown import Seen
from tests.bot_api.views import View

_FILE = {"file_id": "AgACAgIAAx", "file_unique_id": "AQADAg"}


class Writing(View):
    """A person who sends messages. Every method returns the id of the message."""

    def writes(
        self,
        text: str,
        *,
        reply_to: Seen | int | None = None,
        mentions: Mapping[str, dict[str, Any]] | None = None,
        **more: object,
    ) -> int:
        """Send a text; commands, mentions, addresses and hashtags in it are marked as Telegram marks them.

        Args:
            text: of the message.
            reply_to: a message, or its id; the bot gets all of it.
            mentions: users by the words that name them, such as `{"Verbatim": api.me}`.
            more: further fields of the message.
        """
        return self.push({"text": text, **_marked("entities", text, mentions), **more}, reply_to=reply_to)

    def posts(self, *, reply_to: Seen | int | None = None, **content: object) -> int:
        """Send a message of any kind, such as `sticker={...}`."""
        return self.push(content, reply_to=reply_to)

    def edits(self, message_id: int, text: str) -> None:
        """Change the text, or the caption, of a message that was sent before."""
        old = self.room.messages[message_id]
        name, marks = ("caption", "caption_entities") if "photo" in old else ("text", "entities")
        kept = {field: value for field, value in old.items() if field not in {name, marks}}
        changed = {**kept, name: text, **_marked(marks, text), "edit_date": int(time.time())}
        self.room.messages[message_id] = changed
        self.tell("edited_message", changed)

    def sends_photo(self, caption: str = "", *, reply_to: Seen | int | None = None) -> int:
        sizes = [{**_FILE, "width": 90, "height": 60}, {**_FILE, "width": 1280, "height": 853}]
        return self.push({"photo": sizes, **_captioned(caption)}, reply_to=reply_to)

    def sends_voice(self, caption: str = "") -> int:
        return self.push({"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}, **_captioned(caption)})

    def sends_document(self, caption: str = "", name: str = "report.pdf") -> int:
        return self.push({"document": {**_FILE, "file_name": name}, **_captioned(caption)})

    def sends_sticker(self) -> int:
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.push({"sticker": {**_FILE, **kind, "emoji": "👍"}})

    def sends_location(self) -> int:
        return self.push({"location": {"latitude": 51.5, "longitude": -0.12}})

    def forwards(self, text: str, *, channel: str = "News") -> int:
        """Send on what a channel has posted."""
        chat = {"id": -1001234567890, "type": "channel", "title": channel, "username": "news"}
        origin = {"type": "channel", "chat": chat, "message_id": 12, "date": int(time.time()) - 3600}
        return self.push({"text": text, **_marked("entities", text), "forward_origin": origin})

    def pins(self, message: Seen | int) -> int:
        """Pin a message, of which a service message tells."""
        number = message.message_id if isinstance(message, Seen) else message
        return self.push({"pinned_message": self.room.messages[number]})


def _marked(name: str, text: str, mentions: Mapping[str, dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return the entities of a text under their name, or nothing if there are none."""
    found = entities_of(text, mentions)
    return {name: found} if found else {}


def _captioned(caption: str) -> dict[str, Any]:
    return {"caption": caption, **_marked("caption_entities", caption)} if caption else {}
