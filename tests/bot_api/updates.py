"""The updates that wait for the bot: offsets, long poll, one poller at a time."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.bot_api.refusals import Refusal

LONGEST_POLL_S = 50
FIRST_UPDATE = 1000


class Updates:
    """Updates not yet confirmed, oldest first.

    Attributes:
        polled: set as soon as a poll has begun to wait for the first time.
    """

    def __init__(self) -> None:
        self.polled = asyncio.Event()
        self._waiting: list[dict[str, Any]] = []
        self._next = FIRST_UPDATE
        self._allowed: list[str] = []
        self._poll: asyncio.Future[None] | None = None

    @property
    def waiting(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._waiting)

    def push(self, content: dict[str, Any]) -> int:
        """Add an update, unless the bot has asked for other kinds only; return its id.

        Args:
            content: the kind with its object. A kind that Telegram does not know is always delivered: that is how a
                newer server looks to an older bot.
        """
        identifier, self._next = self._next, self._next + 1
        known = {"message", "edited_message", "channel_post", "callback_query", "inline_query", "my_chat_member"}
        if not self._allowed or not known & content.keys() or set(self._allowed) & content.keys():
            self._waiting.append({"update_id": identifier, **content})
            self._wake()
        return identifier

    async def fetch(
        self, *, offset: int, limit: int, timeout_s: int, allowed: list[str] | None
    ) -> list[dict[str, Any]]:
        """Confirm what is before `offset` and return what waits, after up to `timeout_s` seconds if nothing does.

        Raises:
            Refusal: another call of this method took over.
        """
        self._wake(Refusal(409, "Conflict: terminated by other getUpdates request"))
        if allowed is not None:
            self._allowed = allowed
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        if not self._waiting and timeout_s:
            await self._wait(min(timeout_s, LONGEST_POLL_S))
        return self._waiting[:limit]

    def drop(self) -> None:
        """Forget the updates that wait."""
        self._waiting.clear()

    def close(self) -> None:
        """Let a poll that still waits return."""
        self._wake()

    async def _wait(self, timeout_s: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(timeout_s):
                await poll
        except TimeoutError:
            return
        finally:
            if self._poll is poll:
                self._poll = None

    def _wake(self, refusal: Refusal | None = None) -> None:
        poll, self._poll = self._poll, None
        if poll is None or poll.done():
            return
        if refusal is None:
            poll.set_result(None)
        else:
            poll.set_exception(refusal)
