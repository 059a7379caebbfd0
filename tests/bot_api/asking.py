"""What people ask with buttons and by the bot's name: pressed buttons, inline queries, calls of a guest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.bot_api.answering import inline_content
from tests.bot_api.entities import entities_of
from tests.bot_api.rooms import quoted
from tests.bot_api.shown import Button, Seen, seen
from tests.bot_api.views import View
from tests.bot_api.world import BOT, USERNAME


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a pressed button.

    Attributes:
        text: the notice that the person saw; empty for none.
        alert: whether it had to be closed.
        url: what was opened; empty for nothing.
        message: as it stood when the bot had answered; None once it was deleted.
        change: waits for the next change since the button was pressed, whether before the answer or after it.
    """

    text: str
    alert: bool
    url: str
    message: Seen | None
    change: Callable[[], Awaitable[Seen | None]]


@dataclass(frozen=True, slots=True)
class Result:
    """One result of an inline query, and the message that it would become."""

    id: str
    title: str
    description: str
    message: Seen
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a person sees above the keyboard after typing the bot's name and a query.

    Attributes:
        next_offset: of the following page; empty where this is the last.
        button: above the results; None for none.
        cache_s: how long Telegram may show the same to others, or to the same person if `personal`.
    """

    results: list[Result]
    next_offset: str
    cache_s: int
    personal: bool
    button: dict[str, Any] | None


class Asking(View):
    """A person who presses buttons, chooses results and calls the bot where it is no member."""

    async def presses(self, message: Seen | int, label: str, *, timeout_s: float = 10) -> Pressed:
        """Press a button below a message as it stands now; return when the bot has answered.

        Raises:
            LookupError: there is no such button.
            TimeoutError: the bot did not answer in time.
        """
        button = self._button(message, label)
        if button.data is None:
            raise LookupError(f"button {label!r} sends nothing to the bot: {button.raw}")
        return await self.calls_back(message, button.data, timeout_s=timeout_s)

    async def calls_back(self, message: Seen | int, data: str, *, timeout_s: float = 10) -> Pressed:
        """Send what a button would send, also one that is not there now; return when the bot has answered."""
        number = _number(message)
        changes = self.room.changed[number]
        while not changes.empty():
            changes.get_nowait()
        query = self.world.presses.ask()
        about = self._about(number)
        self.world.updates.push(
            {"callback_query": {"id": query.id, "from": self.acting(), "data": data, "chat_instance": "1", **about}}
        )
        answer = await query.answered(timeout_s)
        return Pressed(
            text=answer.get("text", ""),
            alert=bool(answer.get("show_alert")),
            url=answer.get("url", ""),
            message=self.room.screen.get(number),
            change=lambda: self.changes(number, timeout_s=timeout_s),
        )

    async def changes(self, message: Seen | int, *, timeout_s: float = 10) -> Seen | None:
        """Return what becomes of a message of the bot next: as it is after an edit, or None when it is deleted.

        Changes that nobody looked at yet come first, in order.
        """
        async with asyncio.timeout(timeout_s):
            return await self.room.changed[_number(message)].get()

    async def inline(self, query: str, *, offset: str = "", timeout_s: float = 10) -> InlineAnswer:
        """Type the bot's name and a query, without sending it; return what the bot offers."""
        asked = self.world.inline_queries.ask()
        kind = "sender" if self.room.id == self.acting()["id"] else self.room.kind
        about = {"id": asked.id, "from": self.acting(), "query": query, "offset": offset, "chat_type": kind}
        self.world.updates.push({"inline_query": about})
        answer = await asked.answered(timeout_s)
        return InlineAnswer(
            results=[_result(raw) for raw in answer.get("results", [])],
            next_offset=answer.get("next_offset", ""),
            cache_s=answer.get("cache_time", 300),
            personal=bool(answer.get("is_personal")),
            button=answer.get("button"),
        )

    def chooses(self, result: Result, query: str = "") -> Seen:
        """Send a result into this chat; return the message that it is now."""
        message = self.message(inline_content(result.raw))
        identifier = f"inline-{self.id}-{message['message_id']}" if result.message.keyboard else None
        shown = self.world.sent_inline(self.room, message, result.raw, identifier)
        chosen: dict[str, Any] = {"result_id": result.id, "from": self.acting(), "query": query}
        if identifier is not None:
            chosen["inline_message_id"] = identifier
        self.world.updates.push({"chosen_inline_result": chosen})
        self.tell("message", message)
        return shown

    async def summons(self, text: str, *, reply_to: Seen | int | None = None, timeout_s: float = 10) -> Seen:
        """Write a message with the bot's name where it is no member; return what it answers as a guest."""
        query = self.world.guest_queries.ask()
        message = self.message({"text": text, "entities": entities_of(text)}, reply_to)
        self.room.keep(message)
        self.world.updates.push({"guest_message": {**message, "guest_query_id": query.id}})
        answer = await query.answered(timeout_s)
        about = {"reply_to_message": quoted(message), "guest_bot_caller_user": self.acting()}
        sent = self.room.message(BOT, **inline_content(answer), **about)
        return self.world.sent_inline(self.room, sent, answer, answer["inline_message_id"])

    def payload(self, message: Seen | int, label: str) -> str:
        """Return what a button that leads to the bot's private chat gives to /start there.

        Raises:
            LookupError: there is no such button, or it leads elsewhere.
        """
        button = self._button(message, label)
        url = urlsplit(button.url or "")
        payload = parse_qs(url.query).get("start", [""])[0]
        if url.netloc != "t.me" or url.path != f"/{USERNAME}" or not payload:
            raise LookupError(f"button {label!r} does not start the bot: {button.raw}")
        return payload

    def _button(self, message: Seen | int, label: str) -> Button:
        number = _number(message)
        if number not in self.room.screen:
            raise LookupError(f"message {number} of the bot does not stand here")
        return self.room.screen[number].button(label)

    def _about(self, number: int) -> dict[str, Any]:
        """Return the message below which a button was pressed, as a query names it."""
        shown = self.room.screen.get(number)
        if shown is not None and shown.inline_message_id is not None:
            return {"inline_message_id": shown.inline_message_id}
        gone = {"message_id": number, "chat": self.chat, "date": 0}
        return {"message": self.room.messages.get(number, gone)}


def _number(message: Seen | int) -> int:
    return message.message_id if isinstance(message, Seen) else message


def _result(raw: dict[str, Any]) -> Result:
    message = seen({"message_id": 0, **inline_content(raw)}, raw)
    return Result(raw["id"], raw.get("title", ""), raw.get("description", ""), message, raw)
