"""How often the bot may send: the flood limits of Telegram, kept by us; and how often one person may ask.

A limit is a window: so many in so many seconds, whatever stretch of that length is looked at. Who wants to send takes
the next free place, in the order of asking, and waits until then.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any

MOST_KEYS = 20_000
"""Chats or people whose last times are remembered; those that were silent longest make room."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in any stretch of so many seconds; none at all when `most` is 0."""

    most: int
    seconds: float


class Window:
    """The places of one limit that are taken, for each key apart."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._taken: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def take(self, key: Hashable, now: float) -> float:
        """Take the next free place and return its time, which is `now` or later."""
        if self._limit.most == 0:
            return now
        taken = self._places(key)
        free = max(now, taken[0] + self._limit.seconds) if len(taken) == self._limit.most else now
        taken.append(free)
        return free

    def allows(self, key: Hashable, now: float) -> bool:
        """Take a place if one is free now; return whether it was."""
        if self._limit.most == 0:
            return True
        taken = self._places(key)
        if len(taken) == self._limit.most and taken[0] + self._limit.seconds > now:
            return False
        taken.append(now)
        return True

    def _places(self, key: Hashable) -> deque[float]:
        taken = self._taken.setdefault(key, deque(maxlen=self._limit.most))
        self._taken.move_to_end(key)
        if len(self._taken) > MOST_KEYS:
            self._taken.popitem(last=False)
        return taken


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """How often Telegram lets a bot send.

    Source: the Bot API's FAQ: 30 messages a second in all, one a second in a chat, 20 a minute in a group.
    """

    overall: Limit = Limit(30, 1.0)
    chat: Limit = Limit(1, 1.0)
    group: Limit = Limit(20, 60.0)


class Flow:
    """Lets messages leave as fast as Telegram allows, and no faster.

    Pauses that Telegram asks for are kept: first by the chat whose message it refused, and by all when it refuses a
    second chat meanwhile.
    """

    def __init__(
        self,
        limits: FloodLimits,
        clock: Callable[[], float],
        sleep: Callable[[float], Coroutine[Any, Any, None]] = asyncio.sleep,
    ) -> None:
        """Hold nothing back yet.

        Args:
            limits: how often messages may leave.
            clock: seconds that never go back, such as `time.monotonic`.
            sleep: waits for so many seconds of that clock.
        """
        self._clock = clock
        self._sleep = sleep
        self._overall = Window(limits.overall)
        self._chats = Window(limits.chat)
        self._groups = Window(limits.group)
        self._paused: dict[int, float] = {}
        self._all_paused = 0.0

    async def turn(self, chat_id: int, *, new: bool = True) -> None:
        """Return when a message may leave for a chat; the ids of groups are negative.

        Args:
            chat_id: where it goes.
            new: it is a new message, and not a change of one, which Telegram does not count in the chat.
        """
        if new:
            now = self._clock()
            await self._until(self._chats.take(chat_id, now))
            if chat_id < 0:
                await self._until(self._groups.take(chat_id, now))
        while (pause_s := self._pause_of(chat_id)) > 0:
            await self._sleep(pause_s)
        await self._until(self._overall.take("all", self._clock()))
        while (pause_s := self._pause_of(chat_id)) > 0:  # it began meanwhile: not all at once when it is over
            await self._sleep(pause_s)
            await self._until(self._overall.take("all", self._clock()))

    def _pause_of(self, chat_id: int) -> float:
        """Return for how many seconds a chat is still held back."""
        return max(self._all_paused, self._paused.get(chat_id, 0.0)) - self._clock()

    def pause(self, chat_id: int, seconds: float) -> None:
        """Hold a chat back, or all, as Telegram has just asked."""
        now = self._clock()
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        if self._paused.keys() - {chat_id}:
            self._all_paused = max(self._all_paused, now + seconds)
        self._paused[chat_id] = now + seconds

    async def _until(self, time: float) -> None:
        wait_s = time - self._clock()
        if wait_s > 0:
            await self._sleep(wait_s)
