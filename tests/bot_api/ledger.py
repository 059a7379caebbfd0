"""The ledger: every call that the bot made, in order, for tests to wait on and to read."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST_LEDGER = 10_000
"""Calls kept. A person may leave the terminal open; a test makes a few hundred at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method of the Bot API.

    Attributes:
        method: as written in the URL, such as `sendMessage`.
        parameters: decoded; whether they came as a form, as JSON or in the query makes no difference.
        status: of the HTTP answer; 0 where the connection was dropped.
    """

    method: str
    parameters: dict[str, Any]
    status: int


class Ledger:
    """Calls, oldest first."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=LONGEST_LEDGER)
        self._changed = asyncio.Condition()

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method, oldest first."""
        return [call for call in self._calls if call.method == method]

    async def enter(self, call: Call) -> None:
        async with self._changed:
            self._calls.append(call)
            self._changed.notify_all()

    async def until(self, holds: Callable[[], bool], *, timeout_s: float = 10) -> None:
        """Wait until `holds` is true; it is asked again after every call.

        Raises:
            TimeoutError: it did not come true in time.
        """
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(holds)
