"""The webhook: the server brings each update to the bot, and again until the bot takes it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass

import aiohttp

from tests.bot_api.updates import Updates

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the name of a header
FIRST_PAUSE_S = 0.05
LONGEST_PAUSE_S = 1.0
"""Between two attempts. Short beside Telegram's, which grow to minutes: tests wait for them."""

ANSWER_S = 10
"""How long the bot may take to answer one delivery."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where updates are brought.

    Attributes:
        secret: sent with each of them; empty for none.
        connections: deliveries at once.
    """

    url: str
    secret: str = ""
    connections: int = 40


class Delivery:
    """Brings updates to a webhook, in the order of their ids when the first attempt of each begins.

    Attributes:
        webhook: None while the bot polls.
        last_error: when a delivery failed last, in seconds of the epoch, and how.
    """

    def __init__(self, updates: Updates) -> None:
        self.webhook: Webhook | None = None
        self.last_error: tuple[int, str] | None = None
        self._updates = updates
        self._task: asyncio.Task[None] | None = None

    async def start(self, webhook: Webhook) -> None:
        """Bring what waits, and what will come, to a webhook instead of the one before."""
        await self.stop()
        self.webhook, self.last_error = webhook, None
        self._updates.offer_again()
        self._task = asyncio.create_task(self._run(webhook))

    async def stop(self) -> None:
        """Bring nothing more; what was not taken waits."""
        self.webhook = None
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self, webhook: Webhook) -> None:
        free = asyncio.Semaphore(webhook.connections)
        timeout = aiohttp.ClientTimeout(total=ANSWER_S)
        connector = aiohttp.TCPConnector(limit=webhook.connections)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
            asyncio.TaskGroup() as deliveries,
        ):
            while True:
                await free.acquire()
                place, update = await self._updates.take()
                delivery = deliveries.create_task(self._bring(session, webhook, place, update))
                delivery.add_done_callback(lambda _: free.release())

    async def _bring(self, session: aiohttp.ClientSession, webhook: Webhook, place: int, update: object) -> None:
        """Bring one update, as often as it takes."""
        content = json.dumps(update).encode()
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET] = webhook.secret
        pause_s = FIRST_PAUSE_S
        while failure := await _failure(session, webhook.url, content, headers):
            self.last_error = (int(time.time()), failure)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        self._updates.done(place)


async def _failure(session: aiohttp.ClientSession, url: str, content: bytes, headers: dict[str, str]) -> str:
    """Make one attempt; return why the bot did not take the update, in Telegram's words, or nothing."""
    try:
        async with session.post(url, data=content, headers=headers, allow_redirects=False) as response:
            if 200 <= response.status < 300:
                return ""
            return f"Wrong response from the webhook: {response.status} {response.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection closed"
