"""The order of work: the updates of one chat one after another, different chats at once, each chat in its turn."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.store import Waiting

MOST_AT_ONCE = 1000
"""Chats handled at once. Most of them wait, for Telegram or for a flood limit, and cost next to nothing."""

MOST_OF_A_CHAT = 30
"""Updates of one chat that may wait; more are refused, so that nobody can fill the queue."""

MOST_WAITING = 10_000
"""Updates that may wait in all; as long as there are more, none are fetched. About 20 MB."""


class Schedule:
    """Updates that wait, and the tasks that handle them.

    A chat that sends much has one update handled, like everybody else, and then waits behind all others.
    """

    def __init__(self, handle: Callable[[Waiting], Awaitable[None]], *, at_once: int = MOST_AT_ONCE) -> None:
        """Wait for work.

        Args:
            handle: handles an update; it raises nothing but what ends the program.
            at_once: chats handled at once.
        """
        self._handle = handle
        self._at_once = at_once
        self._queues: dict[str, deque[Waiting]] = {}
        self._ready: deque[str] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._changed = asyncio.Event()
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def waiting(self) -> int:
        """How many updates wait or are being handled."""
        return self._waiting

    def of_chat(self, chat: str) -> int:
        """Return how many updates of a chat wait or are being handled."""
        return len(self._queues.get(chat, ()))

    def add(self, update: Waiting) -> None:
        """Let an update wait for its turn."""
        chat = update.received.chat
        self._waiting += 1
        if chat in self._queues:
            self._queues[chat].append(update)
            return
        self._queues[chat] = deque((update,))
        self._ready.append(chat)
        self._start()

    async def room(self) -> None:
        """Return when more updates may be fetched."""
        while self._waiting >= MOST_WAITING:
            await self._change()

    async def idle(self) -> None:
        """Return when every update is handled."""
        while self._waiting:
            await self._change()

    async def failed(self) -> None:
        """Wait until an update could not be handled because the program cannot go on.

        Raises:
            Exception: why.
        """
        await asyncio.shield(self._failure)

    async def stop(self) -> None:
        """Break off what is being handled, and begin nothing more."""
        self._ready.clear()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _start(self) -> None:
        while self._ready and len(self._tasks) < self._at_once:
            task = asyncio.create_task(self._one(self._ready.popleft()))
            self._tasks.add(task)
            task.add_done_callback(self._ended)

    async def _one(self, chat: str) -> None:
        """Handle the next update of a chat, and let the chat wait for its next turn."""
        queue = self._queues[chat]
        await self._handle(queue[0])
        queue.popleft()
        self._waiting -= 1
        if queue:
            self._ready.append(chat)
        else:
            del self._queues[chat]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._changed.set()
        if task.cancelled():
            return
        if error := task.exception():
            if not self._failure.done():
                self._failure.set_exception(error)
            return
        self._start()
