"""Long polling: the door by which the bot fetches updates itself."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, RetryAfter, TelegramError

from bot.telegram.delivery.inbox import Inbox, id_of
from bot.telegram.delivery.liveness import Contact
from bot.telegram.delivery.transport import Connection, in_brief, pause_of

_LOGGER = logging.getLogger(__name__)

LONGEST_POLL_S = 50
"""Seconds for which Telegram holds a poll when there is nothing to fetch; also what it allows at the most."""

MOST_AT_A_TIME = 100
"""Updates in one answer. Source: the Bot API's limit."""

LAST_WORD_S = 2.0
"""Seconds that Telegram has to take the confirmation of the last updates."""

PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""After failed polls in a row; the last one again and again."""


class Poller:
    """Fetches updates, puts them into the inbox, and only then lets Telegram forget them."""

    def __init__(
        self, connection: Connection, address: str, inbox: Inbox, contact: Contact, allowed: Sequence[str]
    ) -> None:
        """Fetch nothing yet.

        Args:
            connection: its own, so that a poll never waits behind answers.
            address: of the bot on the Bot API server, with the token.
            inbox: where updates go.
            contact: told whenever Telegram answers.
            allowed: kinds of updates to ask for.
        """
        self._connection = connection
        self._address = address
        self._inbox = inbox
        self._contact = contact
        self._allowed = list(allowed)
        self._offset = 0  # not yet told to Telegram: what is before it is stored
        self._failed = 0

    async def run(self) -> None:
        """Fetch updates until cancelled; every fault is outlived.

        Raises:
            StoreError: updates cannot be stored.
        """
        while True:
            await self._inbox.room()
            try:
                updates = await self._fetch(LONGEST_POLL_S)
            except TelegramError as error:
                await self._rest(error)
                continue
            # Once told, an offset has done its work. To keep it would be to miss what comes after a week of silence,
            # when Telegram begins to count anew.
            self._offset = 0
            await self._contact.heard()
            following = max((number + 1 for update in updates if (number := id_of(update)) is not None), default=0)
            try:
                await self._inbox.take(updates)
            except asyncio.CancelledError:
                self._offset = following  # they are stored nevertheless
                raise
            self._offset = following
            if updates and not following:  # it cannot be confirmed and comes again at once
                await self._rest(TelegramError("nothing of what came is an update"))
            else:
                self._failed = 0

    async def confirm(self) -> None:
        """Tell Telegram what is stored; without it, the same updates would only come again and be known."""
        if self._offset:
            try:
                async with asyncio.timeout(LAST_WORD_S):
                    await self._fetch(0, most=1)
            except (TelegramError, TimeoutError) as error:
                _LOGGER.info("the last updates could not be confirmed: %s", in_brief(error))

    async def _fetch(self, timeout_s: int, most: int = MOST_AT_A_TIME) -> list[Any]:
        """Return the updates that wait.

        Raises:
            TelegramError: there was no answer, or none of the Bot API.
        """
        told = {"offset": self._offset} if self._offset else {}
        wanted = {"timeout": timeout_s, "limit": most, "allowed_updates": json.dumps(self._allowed), **told}
        read_s = timeout_s + self._connection.read_timeout
        try:
            result: Any = await self._connection.post(
                f"{self._address}/getUpdates?{urlencode(wanted)}", read_timeout=read_s
            )
        except TelegramError:
            raise
        except Exception as error:
            # A malformed answer makes the library raise whatever it happens to meet.
            raise TelegramError(f"an answer that cannot be read ({type(error).__name__})") from error
        if not isinstance(result, list):
            raise TelegramError("an answer that is none of the Bot API")
        return result

    async def _rest(self, error: TelegramError) -> None:
        """Log why a poll failed, and pause."""
        self._failed += 1
        pause_s = PAUSES_S[min(self._failed, len(PAUSES_S)) - 1]
        if isinstance(error, RetryAfter):
            pause_s = pause_of(error)
        if isinstance(error, Conflict):
            _LOGGER.error("another program takes the updates of this token; stop it (%s)", in_brief(error))
        else:
            _LOGGER.warning("polling failed and goes on: %s", in_brief(error))
        await asyncio.sleep(pause_s)
