"""The ledger: every call that the bot made, in order, with times, for tests to wait on and to read."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LONGEST_LEDGER = 100_000
"""Calls kept of one method. A person may leave the terminal open; a benchmark makes some ten thousand."""

REST = 9
"""A wait rests this many times as long as its question took, so that it takes a tenth of the time at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method of the Bot API.

    Attributes:
        method: as written in the URL, such as `sendMessage`.
        parameters: decoded; whether they came as a form, as JSON or in the query makes no difference.
        status: of the HTTP answer; 0 where the connection was dropped.
        message_id: of the message that was sent; None where none was. It is there, too, where the answer was lost.
        arrived_s: when the call had arrived, in seconds of `time.monotonic`.
        answered_s: when its answer was ready.
    """

    method: str
    parameters: dict[str, Any]
    status: int
    message_id: int | None = None
    arrived_s: float = 0.0
    answered_s: float = field(default_factory=time.monotonic)


class Ledger:
    """Calls, oldest first."""

    def __init__(self) -> None:
        self._calls: dict[str, deque[Call]] = {}
        self._counts: Counter[tuple[str, int]] = Counter()
        self._waiting: set[asyncio.Future[None]] = set()

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return list(self._calls.get(method, ()))

    def count(self, method: str, status: int = 200) -> int:
        """Return how many calls of a method had this status. It costs nothing, however many there are."""
        return self._counts[method, status]

    def busiest(self, method: str, window_s: float, chat_id: int | None = None) -> int:
        """Return the most calls of a method that arrived within a time, at any moment: to compare with flood limits.

        Args:
            method: such as `sendMessage`.
            window_s: the length of the time in seconds; what came exactly so long after the first is not within.
            chat_id: of the chat that counts; None for all together.
        """
        most = 0
        within = deque[float]()
        for call in self._calls.get(method, ()):
            if chat_id is None or call.parameters.get("chat_id") == chat_id:
                within.append(call.arrived_s)
                while call.arrived_s - within[0] >= window_s:
                    within.popleft()
                most = max(most, len(within))
        return most

    def enter(self, call: Call) -> None:
        calls = self._calls.get(call.method)
        if calls is None:
            calls = self._calls[call.method] = deque(maxlen=LONGEST_LEDGER)
        calls.append(call)
        self._counts[call.method, call.status] += 1
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, holds: Callable[[], bool], *, timeout_s: float = 10) -> None:
        """Wait until `holds` is true; it is asked again after a call, or after several when they come fast.

        Raises:
            TimeoutError: it did not come true in time.
        """
        async with asyncio.timeout(timeout_s):
            while True:
                began = time.perf_counter()
                if holds():
                    return
                rest_s = REST * (time.perf_counter() - began)
                called = asyncio.get_running_loop().create_future()
                self._waiting.add(called)
                try:
                    await asyncio.sleep(rest_s)
                    await called
                finally:
                    self._waiting.discard(called)
