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

GRACE_S = 2.0
"""Seconds in which a message that is on its way can arrive, when what is being handled is broken off."""

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
        self._stopped = False
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def waiting(self) -> int:
        """How many updates wait or are being handled."""
        return self._waiting

    def of_chat(self, chat: str) -> int:
        """Return how many updates of a chat wait or are being handled."""
        return len(self._queues.get(chat, ()))

    def add(self, update: Waiting) -> None:
        """Let an update wait for its turn.

        In its chat it goes before what has a higher id and waits too: a webhook is called many times at once. What is
        being handled, or comes next, keeps its place.
        """
        chat = update.received.chat
        self._waiting += 1
        if queue := self._queues.get(chat):
            place = len(queue)
            while place > 1 and queue[place - 1].received.update_id > update.received.update_id:
                place -= 1
            queue.insert(place, update)
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

    def fail(self, error: Exception) -> None:
        """Let `failed` raise an error with which the program cannot go on."""
        if not self._failure.done():
            self._failure.set_exception(error)

    async def stop(self, grace_s: float = GRACE_S) -> None:
        """Break off what is being handled, and begin nothing more; what is on its way has a moment to arrive."""
        self._stopped = True
        self._ready.clear()
        if not self._failure.cancel():
            self._failure.exception()  # whoever wanted to know has asked
        left = self._tasks
        for _ in range(2):
            for task in left:
                task.cancel()
            if left:
                _, left = await asyncio.wait(left, timeout=grace_s)

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
        if self._stopped:
            return
        if task.cancelled():  # by nobody here: its chat would wait for ever
            self.fail(RuntimeError("the handling of an update was broken off"))
        elif (error := task.exception()) is not None:
            self.fail(error if isinstance(error, Exception) else RuntimeError(repr(error)))
        else:
            self._start()
