"""How updates are brought to the bot: with the secret, in order, until they are taken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller
from tests.bot_api.doors import WEBHOOK_IS_SET
from tests.bot_api.updates import SET_WEBHOOK
from tests.bot_api.webhook import SECRET


@dataclass
class Door:
    """Where a bot waits for updates.

    Attributes:
        statuses: of its next answers; 200 after them.
        open: it answers only while this is set.
        inside: deliveries that wait for an answer now; `most` is the greatest number so far.
    """

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    came: asyncio.Queue[tuple[Any, str | None, str]] = field(default_factory=asyncio.Queue)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    inside: int = 0
    most: int = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.came.put_nowait((await request.json(), request.headers.get(SECRET), request.headers["Content-Type"]))
        self.inside += 1
        self.most = max(self.most, self.inside)
        await self.open.wait()
        self.inside -= 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def texts(self, count: int) -> list[str]:
        """Return the texts of the next messages, in the order in which they came."""
        async with asyncio.timeout(10):
            return [(await self.came.get())[0]["message"]["text"] for _ in range(count)]


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    door.open.set()
    application = web.Application()
    application.router.add_post("/updates", door.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    door.url = f"http://{host}:{port}/updates"
    yield door
    door.open.set()
    await runner.cleanup()


async def test_update_comes_as_json_with_the_secret(api: BotApi, bot: Caller, door: Door) -> None:
    await bot.result("setWebhook", url=door.url, secret_token="a-Z_9")  # noqa: S106  nobody's
    identifier = api.updates.push({"message": {"text": "one"}})

    came = await asyncio.wait_for(door.came.get(), 5)

    assert came == ({"update_id": identifier, "message": {"text": "one"}}, "a-Z_9", "application/json")


async def test_what_waited_before_comes_too_unless_it_is_dropped(api: BotApi, bot: Caller, door: Door) -> None:
    chat = api.private_chat()
    chat.writes("one")
    await bot.result("setWebhook", url=door.url)
    assert await door.texts(1) == ["one"]
    await bot.result("deleteWebhook")
    chat.writes("two")
    await bot.result("setWebhook", url=door.url, drop_pending_updates=True)
    chat.writes("three")

    assert await door.texts(1) == ["three"]


async def test_update_comes_again_until_it_is_taken(api: BotApi, bot: Caller, door: Door) -> None:
    door.statuses = [500, 403]
    await bot.result("setWebhook", url=door.url, max_connections=1)
    for text in ("one", "two"):
        api.private_chat().writes(text)

    assert await door.texts(4) == ["one", "one", "one", "two"]


async def test_update_that_was_taken_waits_no_longer(api: BotApi, bot: Caller, door: Door) -> None:
    await bot.result("setWebhook", url=door.url)
    api.private_chat().writes("one")
    await door.texts(1)
    async with asyncio.timeout(5):
        while (await bot.result("getWebhookInfo"))["pending_update_count"]:
            pass


async def test_failure_is_told_and_the_update_waits(api: BotApi, bot: Caller, door: Door) -> None:
    door.statuses = [503] * 99
    await bot.result("setWebhook", url=door.url)
    api.private_chat().writes("one")
    await door.texts(2)

    told = await bot.result("getWebhookInfo")

    assert (told["url"], told["pending_update_count"]) == (door.url, 1)
    assert told["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert told["last_error_date"] > 0


async def test_webhook_that_is_not_there_is_told(api: BotApi, bot: Caller) -> None:
    await bot.result("setWebhook", url="http://127.0.0.1:9/updates")
    api.private_chat().writes("one")
    async with asyncio.timeout(5):
        while "last_error_message" not in (told := await bot.result("getWebhookInfo")):
            pass

    assert told["last_error_message"] == "Connection refused"


async def test_updates_come_in_order_and_no_more_at_once_than_allowed(api: BotApi, bot: Caller, door: Door) -> None:
    door.open.clear()
    await bot.result("setWebhook", url=door.url, max_connections=3)
    texts = [str(number) for number in range(20)]
    for text in texts:
        api.private_chat().writes(text)
    first = await door.texts(3)
    door.open.set()
    rest = await door.texts(17)

    assert sorted(first) == texts[:3]
    assert sorted(rest) == sorted(texts[3:])
    assert door.most == 3


async def test_one_connection_brings_everything_in_order(api: BotApi, bot: Caller, door: Door) -> None:
    await bot.result("setWebhook", url=door.url, max_connections=1)
    texts = [str(number) for number in range(50)]
    for text in texts:
        api.private_chat().writes(text)

    assert await door.texts(50) == texts


async def test_webhook_that_is_set_again_takes_over(api: BotApi, bot: Caller, door: Door) -> None:
    for secret in ("one", "two"):
        await bot.result("setWebhook", url=door.url, secret_token=secret)
    api.private_chat().writes("a")

    _, secret_token, _ = await asyncio.wait_for(door.came.get(), 5)

    assert secret_token == "two"  # noqa: S105  nobody's


async def test_what_one_webhook_did_not_take_comes_to_the_next(api: BotApi, bot: Caller, door: Door) -> None:
    await bot.result("setWebhook", url="http://127.0.0.1:9/updates")
    api.private_chat().writes("one")
    async with asyncio.timeout(5):
        while "last_error_message" not in await bot.result("getWebhookInfo"):
            pass
    await bot.result("setWebhook", url=door.url)

    assert await door.texts(1) == ["one"]


async def test_polling_and_a_webhook_exclude_each_other(api: BotApi, bot: Caller, door: Door) -> None:
    polling = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await api.updates.polled.wait()
    await bot.result("setWebhook", url=door.url)

    assert await asyncio.wait_for(polling, 5) == (409, SET_WEBHOOK)
    assert await bot.call("getUpdates") == (409, WEBHOOK_IS_SET)


async def test_what_a_webhook_did_not_take_can_be_polled_once_it_is_deleted(
    api: BotApi, bot: Caller, door: Door
) -> None:
    door.statuses = [500] * 99
    await bot.result("setWebhook", url=door.url)
    api.private_chat().writes("one")
    await door.texts(1)
    await bot.result("deleteWebhook")

    assert (await bot.kind("message"))["text"] == "one"
    assert (await bot.result("getWebhookInfo"))["url"] == ""


async def test_only_the_kinds_that_were_asked_for_are_brought(api: BotApi, bot: Caller, door: Door) -> None:
    await bot.result("setWebhook", url=door.url, allowed_updates=["message"])
    api.updates.push({"edited_message": {"text": "one"}})
    api.updates.push({"message": {"text": "two"}})

    assert await door.texts(1) == ["two"]
    assert (await bot.result("getWebhookInfo"))["allowed_updates"] == ["message"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://bot.example/updates"},
        {"url": "ftp://127.0.0.1/updates"},
        {"secret_token": "a" * 257},
        {"secret_token": "a b"},
    ],
)
async def test_webhook_that_telegram_would_refuse_is_refused(bot: Caller, wrong: dict[str, str]) -> None:
    status, _ = await bot.call("setWebhook", **{"url": "http://127.0.0.1:9/updates", **wrong})

    assert status == 400
    assert (await bot.result("getWebhookInfo"))["url"] == ""
