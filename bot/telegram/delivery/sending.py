"""Calls that reach a chat: held to the flood limits, noted before and after, repeated when nothing has arrived.

What cannot be known is decided here. A message whose connection broke is sent again, once: a second answer is better
than none. One that Telegram did not acknowledge in time is not: it takes messages first and is slow afterwards.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram import Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.store import Store
from bot.telegram.delivery.finishing import finished
from bot.telegram.delivery.limits import Flow
from bot.telegram.delivery.transport import certainly_unsent, in_brief, pause_of

_LOGGER = logging.getLogger(__name__)

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 60.0)
"""Before something that certainly did not arrive is sent again; the last one again and again."""

MOST_FAULTS = 8
"""Times that one message may fail while others arrive, before it is given up: the fault is its own."""

T = TypeVar("T")


class Unsendable(Exception):  # noqa: N818  it says what became of the message, not what is wrong with the program
    """A message did not arrive and never will; the reason is in its text, the kind in `result`."""

    def __init__(self, result: str, reason: str) -> None:
        super().__init__(reason)
        self.result = result


@dataclass
class Work:
    """One update while it is handled.

    Attributes:
        sent: ids of the messages that have been sent for it; those from before a crash are not sent again.
        result: how it was handled, as the store notes it.
        noted: the store knows that it is done.
    """

    update_id: int
    sent: list[int] = field(default_factory=list)
    result: str = "answered"
    noted: bool = False
    _parts: int = 0

    def next_part(self) -> int:
        """Return the number of the next message, from 1."""
        self._parts += 1
        return self._parts


@dataclass
class _Faults:
    """What has gone wrong with one call so far.

    Attributes:
        began: when it was made first.
        harmless: it may be made twice: a message that was changed already stays as it is.
        migrated: it was told once that the chat has another id now.
    """

    began: float
    harmless: bool = False
    migrated: bool = False
    all: int = 0
    broken: int = 0


class Post:
    """Sends what handlers want sent."""

    def __init__(self, store: Store, flow: Flow, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._flow = flow
        self._clock = clock
        self._arrived_at = 0.0

    async def message(
        self, work: Work, chat_id: int, send: Callable[[int], Coroutine[Any, Any, Message]], *, last: bool
    ) -> int:
        """Send a new message, unless it was sent before a crash; return its id.

        Args:
            work: the update that it answers.
            chat_id: where it goes.
            send: sends it to the chat whose id it is given.
            last: nothing follows it, so that the note that the update is done says that it was sent.

        Raises:
            Unsendable: it did not arrive, or nobody can know.
        """
        part = work.next_part()
        if part <= len(work.sent):
            return work.sent[part - 1]

        async def leave(to_chat_id: int) -> Message:
            message = await send(to_chat_id)
            work.sent.append(message.message_id)
            return message

        await self._flow.turn(chat_id)
        await self._store.sending(work.update_id, part)
        try:
            message = await self._patiently(chat_id, leave, _Faults(self._clock()))
            if not last:
                await self._store.sent(work.update_id, work.sent)
        except asyncio.CancelledError:  # nobody goes on from here, and the next start must know that it arrived
            if len(work.sent) >= part:
                await self._store.sent(work.update_id, work.sent)
            raise
        return message.message_id

    async def change(self, chat_id: int, call: Callable[[int], Coroutine[Any, Any, T]]) -> T | None:
        """Edit or delete something in a chat; return None when there was nothing to change.

        Raises:
            Unsendable: it did not arrive, or nobody can know.
        """
        await self._flow.turn(chat_id, new=False)
        try:
            return await self._patiently(chat_id, call, _Faults(self._clock(), harmless=True))
        except Unsendable as error:
            if "not modified" in str(error):
                return None
            raise

    async def _patiently(self, chat_id: int, call: Callable[[int], Coroutine[Any, Any, T]], faults: _Faults) -> T:
        """Call, and call again as long as it is certain that nothing arrived and there is hope.

        Raises:
            Unsendable: it did not arrive, or nobody can know.
        """
        while True:
            try:
                result = await finished(call(chat_id))
            except TelegramError as error:
                handling = asyncio.current_task()
                if handling is not None and handling.cancelling():  # the next start makes the call again
                    raise asyncio.CancelledError from error
                chat_id = await self._after(error, chat_id, faults)
            else:
                self._arrived_at = self._clock()
                return result

    async def _after(self, error: TelegramError, chat_id: int, faults: _Faults) -> int:
        """Return the chat to which the call is to be made again, when the time for it has come.

        Raises:
            Unsendable: it is not to be made again.
        """
        match error:
            case RetryAfter():
                _LOGGER.warning("Telegram asks to wait %.0f s", pause_of(error))
                self._flow.pause(chat_id, pause_of(error))
                await self._flow.turn(chat_id, new=not faults.harmless)
            case ChatMigrated() if not faults.migrated:
                faults.migrated = True
                await self._store.moved(chat_id, error.new_chat_id)
                return error.new_chat_id
            case Forbidden():
                raise Unsendable("gone", in_brief(error)) from None
            case BadRequest():
                raise Unsendable("refused", in_brief(error)) from None
            case TimedOut() if not faults.harmless:
                await self._store.count("perhaps not sent")
                raise Unsendable("in doubt", in_brief(error)) from None
            case NetworkError() | Conflict():
                await self._rest(error, faults)
            case _:
                raise Unsendable("failed", in_brief(error)) from None
        return chat_id

    async def _rest(self, error: TelegramError, faults: _Faults) -> None:
        """Pause before a call is made again.

        Raises:
            Unsendable: there is no hope that it arrives, or it may have arrived twice.
        """
        faults.all += 1
        if not faults.harmless and not certainly_unsent(error):
            faults.broken += 1
            if faults.broken > 1:
                raise Unsendable("in doubt", in_brief(error)) from None
            await self._store.count("perhaps sent twice")
        if faults.all >= MOST_FAULTS and self._arrived_at > faults.began:
            raise Unsendable("failed", in_brief(error)) from None
        _LOGGER.warning("not sent, trying again: %s", in_brief(error))
        await asyncio.sleep(PAUSES_S[min(faults.all, len(PAUSES_S)) - 1])
