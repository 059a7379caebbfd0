"""Queries that wait for an answer of the bot: pressed buttons, inline queries, calls of a guest."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.refusals import Refusal

MOST_OPEN = 10_000
"""Queries that can be answered; when more are asked, the oldest are too old."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the bot that can be answered once.

    Attributes:
        answer: the parameters of the bot's answer, as soon as it is there.
    """

    id: str
    answer: asyncio.Future[dict[str, Any]]

    async def answered(self, timeout_s: float) -> dict[str, Any]:
        """Return the bot's answer.

        Raises:
            TimeoutError: there is none in time.
        """
        async with asyncio.timeout(timeout_s):
            return await self.answer


@dataclass
class Queries:
    """The queries of one kind that nobody has answered."""

    _open: dict[str, Query] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(7_000_000_001))

    def ask(self) -> Query:
        query = Query(str(next(self._numbers)), asyncio.get_running_loop().create_future())
        self._open[query.id] = query
        if len(self._open) > MOST_OPEN:
            del self._open[next(iter(self._open))]
        return query

    def expire(self) -> None:
        """Let every query be too old to be answered."""
        self._open.clear()

    def check(self, identifier: str) -> None:
        """Refuse the id of a query that is answered, too old, or was never asked."""
        if identifier not in self._open:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

    def close(self, identifier: str, answer: dict[str, Any]) -> None:
        """Answer a query, which is known to be open."""
        query = self._open.pop(identifier)
        if not query.answer.done():
            query.answer.set_result(answer)
