"""Whether the bot is alive: when Telegram was last heard. A process that runs and hears nothing does not count."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.store import Store

SILENCE_S = 150.0
"""Seconds without a word of Telegram after which the bot counts as dead; a long poll ends after 50."""

NOTED_EVERY_S = 10.0
"""Seconds between two notes in the store, which other processes read."""


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot does.

    Attributes:
        heard_at: when Telegram was last heard, in seconds since 1970; 0 for never.
        silent_s: seconds since then.
        waiting: updates that are not handled yet.
        base: what is told of the base that is served, in the types of JSON; None where nobody told.
    """

    heard_at: float
    silent_s: float
    waiting: int
    base: dict[str, Any] | None = None

    @property
    def alive(self) -> bool:
        return self.silent_s <= SILENCE_S

    def as_json(self) -> str:
        return json.dumps(
            {
                "alive": self.alive,
                "heard_at": round(self.heard_at, 3),
                "silent_s": round(self.silent_s, 3),
                "waiting": self.waiting,
                **({} if self.base is None else {"base": self.base}),
            }
        )


class Contact:
    """When Telegram was last heard; told to the store from time to time."""

    def __init__(self, store: Store, waiting: Callable[[], int], clock: Callable[[], float] = time.time) -> None:
        """Have heard nothing yet.

        Args:
            store: where it is noted, for other processes.
            waiting: tells how many updates wait.
            clock: seconds since 1970.
        """
        self._store = store
        self._waiting = waiting
        self._clock = clock
        self._heard_at = 0.0
        self._noted_at = 0.0
        self._base: dict[str, Any] | None = None

    async def served(self, base: dict[str, Any]) -> None:
        """Another base is served from now on, or another reason why the newest is not."""
        self._base = base
        await self._store.note("base", json.dumps(base))

    async def heard(self) -> None:
        """Telegram has just answered a poll, or called."""
        self._heard_at = self._clock()
        if self._heard_at - self._noted_at >= NOTED_EVERY_S:
            self._noted_at = self._heard_at
            await self._store.note("heard", f"{self._heard_at:.3f}")

    def health(self) -> Health:
        """Return how this process does."""
        return Health(self._heard_at, self._clock() - self._heard_at, self._waiting(), self._base)
