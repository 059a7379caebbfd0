"""Requests to Telegram that survive its faults: polling that cannot be poisoned, sending that is patient.

Source: each fault was reproduced with python-telegram-bot 22.8. One update that cannot be decoded made it drop the
whole batch, for ever, 300 times a second; one 401 ended its polling task while the process lived on.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from textwrap import shorten
from typing import Any

import httpx
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from knowledge import VerbatimError

_LOGGER = logging.getLogger(__name__)

# RetryAfter warns when it is built unless durations are wanted as timedeltas; this is the library's own opt-in.
os.environ.setdefault("PTB_TIMEDELTA", "1")

MOST_REFUSALS = 3
"""Refusals of the token in a row after which it counts as wrong. A single one is known to happen to a good token."""

LONGEST_PATIENCE_S = 60.0
"""A longer pause than this, asked for by Telegram, costs the message rather than block its chat."""

PAUSES_S = (1.0, 3.0)
"""Before a message that was certainly not sent is sent again."""

READ_TIMEOUT_S = 20.0
"""For an answer of Telegram. Long, because a message that timed out may have arrived and is not sent again."""


class TelegramAccessError(VerbatimError):
    """Telegram refuses the token or cannot be reached."""


class PollingRequest(HTTPXRequest):
    """The request behind `getUpdates`.

    An update that cannot be decoded is replaced by an empty one with its id, which confirms it and reaches no handler.
    A refused token becomes a fault that polling outlives, until it was refused so often that it must be wrong.

    Args:
        give_up: called when the token was refused `MOST_REFUSALS` times in a row.
    """

    def __init__(self, give_up: Callable[[], None]) -> None:
        super().__init__(connection_pool_size=1)
        self._give_up = give_up
        self._refusals = 0

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:  # noqa: ANN401
        status, payload = await super().do_request(url, method, *args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._refusals += 1
            if self._refusals >= MOST_REFUSALS:
                self._give_up()
            return HTTPStatus.SERVICE_UNAVAILABLE, payload
        if status != HTTPStatus.OK:
            return status, payload
        self._refusals = 0
        # The library would take an answer without a result for a fault of its own, and poll again without a pause.
        return (status, payload) if b'"result"' in payload else (HTTPStatus.BAD_GATEWAY, payload)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        content = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(content, dict) or (content.get("ok") and not isinstance(content.get("result"), list)):
            raise TelegramError("an answer that is none of the Bot API")
        if updates := content.get("result"):
            content["result"] = [_readable(update) for update in updates]
        return content


def _readable(update: Any) -> dict[str, Any]:  # noqa: ANN401  whatever the server sent
    """Return an update as it is or, where the library cannot decode it, with nothing but its id.

    Raises:
        TelegramError: there is not even an id, so that the batch cannot be confirmed.
    """
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise TelegramError("an update without an id")
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001  malformed input makes the library raise whatever it happens to meet
        _LOGGER.warning("update %d cannot be read and is skipped (%s)", update["update_id"], type(error).__name__)
        return {"update_id": update["update_id"]}
    return update


async def patiently(send: Callable[[], Awaitable[object]]) -> None:
    """Send, and send again as long as it is certain that nothing was sent and there is hope.

    Raises:
        TelegramError: it was not sent, or nobody can know.
    """
    for pause_s in PAUSES_S:
        try:
            await send()
        except RetryAfter as error:
            await asyncio.sleep(_bounded_pause(error))
        except BadRequest:
            raise
        except NetworkError as error:
            if not certainly_unsent(error):
                raise
            _LOGGER.warning("not sent, trying again: %s", in_brief(error))
            await asyncio.sleep(pause_s)
        else:
            return
    await send()


def in_brief(error: TelegramError) -> str:
    """Return an error for a log line; some carry the whole page of a proxy."""
    return shorten(str(error), 200)


def certainly_unsent(error: NetworkError) -> bool:
    """Return whether a failed call had no effect, as far as can be known.

    It had none when the connection was never made, or when the server itself answered that it failed. When the
    connection broke or timed out after the request had left, nobody knows.
    """
    cause = error.__cause__
    never_left = isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    return never_left or not isinstance(cause, httpx.HTTPError)


def _bounded_pause(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait.

    Raises:
        RetryAfter: they are too many.
    """
    asked = error.retry_after
    asked_s = float(asked) if isinstance(asked, int) else asked.total_seconds()
    if asked_s > LONGEST_PATIENCE_S:
        raise error
    return asked_s
