"""The inbox: what Telegram sends is stored before it is told that it arrived, and handled afterwards."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.store import Received, Store, StoreError, Waiting
from bot.telegram.delivery.finishing import finished
from bot.telegram.delivery.scheduling import MOST_OF_A_CHAT, Schedule

_LOGGER = logging.getLogger(__name__)

LARGEST_ID = 2**63 - 1
"""The largest number that the store holds; no id of Telegram is larger."""


class Inbox:
    """Takes updates from whichever door they come in by."""

    def __init__(self, store: Store, schedule: Schedule) -> None:
        self._store = store
        self._schedule = schedule

    async def reopen(self) -> None:
        """Let what was stored and not handled, when the last process ended, wait for its turn."""
        left = await self._store.waiting()
        doubts = sum(update.in_doubt for update in left)
        if left:
            _LOGGER.warning("%d updates of the last time are still to be answered", len(left))
        if doubts:
            await self._store.count("perhaps sent twice", doubts)
            _LOGGER.warning("%d answers were on their way when it ended; they may arrive twice", doubts)
        for update in left:
            self._schedule.add(update)

    async def room(self) -> None:
        """Return when more updates can be taken."""
        await self._schedule.room()

    async def take(self, updates: Sequence[Any]) -> None:
        """Store updates and let them wait for their turn; return when Telegram may forget them.

        Args:
            updates: whatever Telegram sent. What is no update is logged and left out; what came before is, too.

        Raises:
            StoreError: they cannot be stored.
        """
        readable = [received for update in updates if (received := _received(update)) is not None]
        if readable:
            await finished(self._take(sorted(readable, key=lambda received: received.update_id)))

    async def _take(self, updates: Sequence[Received]) -> None:
        """Store updates and let them wait: both or neither, even if whoever brought them goes away.

        Raises:
            StoreError: they cannot be stored; the schedule knows of it, too.
        """
        try:
            new = await self._store.receive(updates)
        except StoreError as error:
            self._schedule.fail(error)
            raise
        for received in new:
            waiting = self._schedule.of_chat(received.chat)
            if waiting > MOST_OF_A_CHAT:
                await self._store.done(received.update_id, "refused")
            else:
                self._schedule.add(replace(Waiting(received), refused=waiting == MOST_OF_A_CHAT))


def _received(update: Any) -> Received | None:  # noqa: ANN401  whatever the server sent
    """Return an update with the chat whose order it keeps; None where it is no update."""
    identifier = id_of(update)
    if identifier is None:
        _LOGGER.error("something that is no update is skipped: it has no id")
        return None
    return Received(identifier, _chat_of(update), update)


def id_of(update: Any) -> int | None:  # noqa: ANN401  whatever the server sent
    """Return the id of an update; None where it is no update. Telegram counts up from a positive number."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < LARGEST_ID else None


def _chat_of(update: dict[str, Any]) -> str:
    """Return whose order an update keeps: that of its chat, else that of its sender, else nobody's."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        message = content.get("message")
        places = (content.get("chat"), message.get("chat") if isinstance(message, dict) else None, content.get("from"))
        for place in places:
            if isinstance(place, dict) and isinstance(place.get("id"), int):
                return str(place["id"])
    return f"update {update['update_id']}"
