"""The way to Telegram: HTTP by aiohttp, with faults told apart by whether a message may have arrived.

Source: with python-telegram-bot 22.8 in a backlog of 1,500 updates, aiohttp cost 0.85 ms of CPU each, and httpx, which
it brings, 2.3 ms, growing with the number of connections.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import Callable
from http import HTTPStatus
from textwrap import shorten
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from knowledge import VerbatimError

# RetryAfter warns when it is built unless durations are wanted as timedeltas; this is the library's own opt-in.
os.environ.setdefault("PTB_TIMEDELTA", "1")

MOST_REFUSALS = 3
"""Refusals of the token in a row after which it counts as wrong. A single one is known to happen to a good token."""

CONNECT_TIMEOUT_S = 5.0

READ_TIMEOUT_S = 20.0
"""For an answer of Telegram. Long, because a message that timed out may have arrived and is not sent again."""

MOST_CONNECTIONS = 100

REFUSED_S = 2.5
"""Seconds over which these refusals have to come: many messages at once are refused in one bad moment."""

_TELLING = frozenset(("getMe", "getUpdates", "getWebhookInfo", "sendMessage", "editMessageText"))
"""Methods that every Bot API server has: a 404 for one of them is about the token, and not about the method."""

_JSON = {"Content-Type": "application/json"}

_REFUSED = b'{"description": "the token was refused"}'
_NOT_ANSWERED = b'{"description": "an answer that is none of the Bot API"}'


class TelegramAccessError(VerbatimError):
    """Telegram refuses the token or cannot be reached."""


class NotSent(NetworkError):  # noqa: N818  as the library names its own
    """No connection was made: what was to be sent has certainly not arrived."""


class Broken(NetworkError):  # noqa: N818  as the library names its own
    """The connection broke before an answer came: nobody can know whether what was sent has arrived."""


class Connection(BaseRequest):
    """Requests to the Bot API over connections that are kept open.

    A token that was good before and is refused becomes a fault of the server, until it was refused so often that it
    must be wrong. A page that is no answer of the Bot API becomes a fault of the server, too.
    """

    def __init__(
        self,
        give_up: Callable[[], None] = lambda: None,
        *,
        read_timeout_s: float = READ_TIMEOUT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Connect to nobody yet.

        Args:
            give_up: called when a token that was good was refused `MOST_REFUSALS` times in a row.
            read_timeout_s: seconds for an answer of Telegram.
            clock: seconds that never go back.
        """
        self._give_up = give_up
        self._read_timeout_s = read_timeout_s
        self._clock = clock
        self._was_good = False
        self._refusals = 0
        self._refused_at = 0.0
        self._session: aiohttp.ClientSession | None = None
        self._polls: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds for an answer."""
        return self._read_timeout_s

    async def initialize(self) -> None:
        if self._session is None:
            self._session = _session(MOST_CONNECTIONS)
            self._polls = _session(1)  # never behind messages that wait for a connection

    async def shutdown(self) -> None:
        sessions, self._session, self._polls = (self._session, self._polls), None, None
        for session in sessions:
            if session is not None:
                await session.close()

    async def do_request(  # noqa: PLR0913, PLR0917  as the library calls it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has none
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  one for all
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  whoever waits for a connection waits
    ) -> tuple[int, bytes]:
        name = urlsplit(url).path.rpartition("/")[2]
        session = self._polls if name == "getUpdates" else self._session
        if session is None:
            raise NotSent("the connection is closed")
        read_s = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout_s
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECT_TIMEOUT_S, sock_read=read_s)
        parameters = json.dumps(request_data.parameters).encode() if request_data else None
        headers = _JSON if request_data else None
        try:
            async with session.request(method, url, data=parameters, headers=headers, timeout=timeout) as response:
                async with asyncio.timeout(read_s):
                    payload = await response.read()
                return self._judged(name, response.status, payload)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError) as error:
            raise NotSent(in_brief(error)) from error
        except TimeoutError as error:
            raise TimedOut(f"no answer within {read_s:g} seconds") from error
        except (aiohttp.ClientError, asyncio.IncompleteReadError, OSError) as error:
            raise Broken(in_brief(error)) from error

    def _judged(self, name: str, status: int, payload: bytes) -> tuple[int, bytes]:
        """Return the status and the payload that the library is to see.

        Raises:
            TimedOut: a proxy waited in vain for Telegram, which may have done what was asked.
        """
        refused = status == HTTPStatus.UNAUTHORIZED or (status == HTTPStatus.NOT_FOUND and name in _TELLING)
        if refused and self._was_good:
            self._refuse()
            return HTTPStatus.SERVICE_UNAVAILABLE, _REFUSED
        if status == HTTPStatus.GATEWAY_TIMEOUT:
            raise TimedOut("a proxy had no answer in time")
        if not payload.lstrip().startswith(b"{"):  # the page of a proxy
            return (status if status >= HTTPStatus.INTERNAL_SERVER_ERROR else HTTPStatus.BAD_GATEWAY), _NOT_ANSWERED
        if status == HTTPStatus.OK:
            if b'"result"' not in payload:  # the library would take it for a fault of its own
                return HTTPStatus.BAD_GATEWAY, _NOT_ANSWERED
            self._was_good = True
            self._refusals = 0
        return status, payload

    def _refuse(self) -> None:
        """Count a refusal of the token, and give up when it must be wrong."""
        now = self._clock()
        if not self._refusals:
            self._refused_at = now
        self._refusals += 1
        if self._refusals >= MOST_REFUSALS and now - self._refused_at >= REFUSED_S:
            self._give_up()


def _session(connections: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections), trust_env=True)


def in_brief(error: Exception) -> str:
    """Return an error for a log line; some carry the whole page of a proxy."""
    return shorten(str(error) or type(error).__name__, 200)


def pause_of(error: RetryAfter) -> float:
    """Return the seconds that Telegram asks to wait."""
    asked = error.retry_after
    return float(asked) if isinstance(asked, int) else asked.total_seconds()


def certainly_unsent(error: TelegramError) -> bool:
    """Return whether a failed call had no effect, as far as can be known.

    It had none when no connection was made, or when the server itself answered that it failed. When the connection
    broke or timed out after the request had left, nobody knows.
    """
    return not isinstance(error, Broken | TimedOut)
