"""The updates that wait for the bot: offsets, long poll, one poller at a time."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tests.bot_api.kinds import is_wanted
from tests.bot_api.refusals import Refusal

LONGEST_POLL_S = 50
FIRST_UPDATE = 1000
MOST_TIMES = 200_000
"""Updates whose time of pushing is remembered."""

OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SET_WEBHOOK = "Conflict: terminated by setWebhook request"


@dataclass(slots=True)
class Waiting:
    """An update that is not confirmed.

    Attributes:
        identifier: its `update_id`; None where it has none that can be read.
        raw: whether a test wrote it, whose ids need not rise; it is confirmed only when it was delivered before.
    """

    content: object
    identifier: int | None
    raw: bool = False
    delivered: bool = False

    def confirmed_by(self, offset: int) -> bool:
        if self.raw and not self.delivered:
            return False
        return self.identifier is None or self.identifier < offset


class Updates:
    """Updates not yet confirmed, oldest first.

    Attributes:
        polled: set as soon as a poll has begun to wait for the first time.
        pushed_s: when each update was pushed, by id, in seconds of `time.monotonic`.
        last: the update that was pushed last, for `push_raw` to repeat.
        allowed: the kinds that the bot asked for last; empty for the usual ones.
    """

    def __init__(self) -> None:
        self.polled = asyncio.Event()
        self.pushed_s: OrderedDict[int, float] = OrderedDict()
        self.last: dict[str, Any] = {}
        self.allowed: list[str] = []
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
        self._untaken: deque[int] = deque()
        self._serial = 0
        self._raw = 0
        self._next = FIRST_UPDATE
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
        self.pushed_s[identifier] = time.monotonic()
        if len(self.pushed_s) > MOST_TIMES:
            self.pushed_s.popitem(last=False)
        self.last = {"update_id": identifier, **content}
        if is_wanted(content, self.allowed):
            self._add(Waiting(self.last, identifier))
        return identifier

    def push_raw(self, content: object) -> None:
        """Add anything in the place of an update: with the id of another one, a lower one, none, or no object at all.

        It is delivered at least once, whatever its id and kind. It is confirmed by the next call that confirms its id,
        or by the next call at all when it has none.
        """
        identifier = content.get("update_id") if isinstance(content, dict) else None
        self._raw += 1
        self._add(Waiting(content, identifier if isinstance(identifier, int) else None, raw=True))

    async def fetch(self, *, offset: int, limit: int, timeout_s: int, allowed: list[str] | None) -> list[object]:
        """Confirm what is before `offset` and return what waits, after up to `timeout_s` seconds if nothing does.

        A negative offset counts from the end and confirms all that is before it.

        Raises:
            Refusal: another call of this method took over, or a webhook was set.
        """
        self.interrupt(OTHER_POLL)
        if allowed is not None:
            self.allowed = allowed
        self._confirm(offset)
        if not self._waiting and timeout_s > 0:
            await self._wait(min(timeout_s, LONGEST_POLL_S))
        fetched = list(islice(self._waiting.values(), max(1, min(limit, 100))))
        for one in fetched:
            one.delivered = True
        return [one.content for one in fetched]

    def drop(self) -> None:
        """Forget the updates that wait."""
        self._forget(list(self._waiting))

    def close(self) -> None:
        """Let a poll that still waits return."""
        self._wake()

    def interrupt(self, description: str) -> None:
        """Refuse the poll that waits, if there is one."""
        self._wake(Refusal(409, description))

    def offer_again(self) -> None:
        """Let everything that waits be taken, also what was taken before."""
        self._untaken = deque(self._waiting)

    async def take(self) -> tuple[int, object]:
        """Wait for the next update that nobody took; return its place, for `done`, and the update."""
        while True:
            while self._untaken:
                place = self._untaken.popleft()
                if place in self._waiting:
                    return place, self._waiting[place].content
            await self._wait(LONGEST_POLL_S)

    def done(self, place: int) -> None:
        """Confirm one update that was taken."""
        self._forget([place])

    def _add(self, update: Waiting) -> None:
        self._serial += 1
        self._waiting[self._serial] = update
        self._untaken.append(self._serial)
        self._wake()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._forget(list(islice(self._waiting, max(0, len(self._waiting) + offset))))
        elif self._raw:
            self._forget([place for place, one in self._waiting.items() if one.confirmed_by(offset)])
        else:  # in order: what is confirmed is in front
            confirmed = []
            for place, one in self._waiting.items():
                if not one.confirmed_by(offset):
                    break
                confirmed.append(place)
            self._forget(confirmed)

    def _forget(self, places: Iterable[int]) -> None:
        for place in places:
            update = self._waiting.pop(place, None)
            if update is not None and update.raw:
                self._raw -= 1
        while self._untaken and self._untaken[0] not in self._waiting:
            self._untaken.popleft()

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
