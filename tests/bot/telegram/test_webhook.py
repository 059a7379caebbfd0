"""The webhook as Telegram, and everybody else on the network, meets it; and the place where health is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.store import Store, look
from bot.telegram.delivery.liveness import SILENCE_S, Contact, Health
from bot.telegram.delivery.transport import TelegramAccessError
from bot.telegram.delivery.webhook import LARGEST_BODY, SECRET_HEADER
from tests.bot.store.conftest import Clock
from tests.bot.telegram.running import QUESTIONS, Bot, answered, harbour, texts
from tests.bot_api import BotApi, failing

SECRET = {SECRET_HEADER: "s3cret"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def bot(api: BotApi, tmp_path: Path) -> Bot:
    """A bot behind a proxy that passes on what is below a prefix."""
    return Bot(api, harbour(), tmp_path / "store.db", webhook="/bots/verbatim")


@pytest.fixture
async def running(bot: Bot) -> AsyncIterator[Bot]:
    async with bot.running():
        yield bot


async def call(bot: Bot, content: bytes | str, path: str = "", method: str = "POST", **headers: str) -> int:
    """Call the bot as the network may; return the status."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    body = BytesIO(content.encode() if isinstance(content, str) else content)
    async with (
        aiohttp.ClientSession() as session,
        session.request(
            method,
            f"{bot.url}{path or bot.webhook}",
            data=body,
            headers={**JSON, **told},
        ) as response,
    ):
        return response.status


def question(api: BotApi, number: int = 1, update_id: int = 5) -> str:
    """Return an update with a question, as JSON."""
    import json

    chat = api.private_chat()
    message = chat.room.message(chat.person, text=QUESTIONS[number])
    return json.dumps({"update_id": update_id, "message": message})


async def test_call_with_the_secret_is_taken_and_answered(api: BotApi, running: Bot) -> None:
    status = await call(running, question(api), **SECRET)
    seen = await api.private_chat().sees()

    assert status == 200
    assert answered([seen.text]) == [1]


@pytest.mark.parametrize(
    "headers",
    [{}, {SECRET_HEADER: "another"}, {SECRET_HEADER: "s3cret2"}, {SECRET_HEADER: ""}, {SECRET_HEADER: "s3cr\xe9t"}],
    ids=["none", "another", "longer", "empty", "not ASCII"],
)
async def test_call_without_the_secret_is_refused_and_has_no_effect(
    api: BotApi, running: Bot, headers: dict[str, str]
) -> None:
    status = await call(running, question(api), **headers)
    seen = await api.private_chat().says(QUESTIONS[2])

    assert status == 403
    assert answered([seen.text]) == [2]


async def test_secret_that_is_not_even_text_is_refused(running: Bot) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", running.listen)
    head = f"POST {running.webhook} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n{SECRET_HEADER}: "
    writer.write(head.encode() + b"\xff\xfe\r\n\r\n{}")
    answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 403 ")


async def test_secret_is_looked_at_before_the_body(running: Bot) -> None:
    assert await call(running, b"x" * (LARGEST_BODY + 1)) == 403


async def test_body_that_is_too_large_is_refused(running: Bot) -> None:
    assert await call(running, b"x" * (LARGEST_BODY + 1), **SECRET) == 413


NO_JSON = {
    "a part": b'{"update_id": 5',
    "nothing": b"",
    "not text": b"\xff\xfe\xff",
    "many levels": b"[" * 100_000,
    "a huge number": b'{"update_id": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("content", NO_JSON.values(), ids=NO_JSON)
async def test_body_that_is_no_json_is_refused(running: Bot, content: bytes) -> None:
    assert await call(running, content, **SECRET) == 400


@pytest.mark.parametrize("content", ["{}", "[]", "null", '{"update_id": "5"}', '{"update_id": 5, "message": []}'])
async def test_update_that_is_malformed_is_acknowledged_so_that_it_does_not_come_again(
    running: Bot, content: str
) -> None:
    assert await call(running, content, **SECRET) == 200


async def test_charset_in_the_type_of_the_content_is_fine(api: BotApi, running: Bot) -> None:
    status = await call(running, question(api), Content_Type="application/json; charset=utf-8", **SECRET)

    assert status == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "", 405), ("PUT", "", 405), ("GET", "/", 404), ("POST", "/", 404), ("POST", "/verbatim", 404),
     ("POST", "/health", 405), ("POST", "/bots/verbatim/", 404)],
)  # fmt: skip
async def test_other_ways_to_call_are_refused(running: Bot, method: str, path: str, status: int) -> None:
    assert await call(running, b"{}", path, method, **SECRET) == status


async def test_same_update_that_is_brought_twice_at_once_is_answered_once(api: BotApi, running: Bot) -> None:
    content = question(api)
    statuses = await asyncio.gather(*[call(running, content, **SECRET) for _ in range(20)])
    await api.private_chat().sees()
    await api.private_chat().says(QUESTIONS[2])

    assert statuses == [200] * 20
    assert answered(texts(api, api.private_chat())) == [1, 2]


async def test_update_is_stored_when_it_is_acknowledged(api: BotApi, running: Bot) -> None:
    api.script("sendMessage", *[failing(500)] * 1000)
    status = await call(running, question(api), **SECRET)
    found = look(running.store)

    assert status == 200
    assert found is not None
    assert found.waiting == 1


async def test_what_was_left_is_answered_once_although_new_updates_come_at_the_start(api: BotApi, bot: Bot) -> None:
    chats = [api.private_chat(number) for number in range(1, 21)]
    api.script("sendMessage", *[failing(500)] * 10_000)
    async with bot.running():
        for chat in chats:
            chat.writes(QUESTIONS[0])
        await api.ledger.until(lambda: (found := look(bot.store)) is not None and found.waiting == 20)
    api._scripts.clear()  # noqa: SLF001  Telegram is well again
    for chat in chats:
        chat.writes(QUESTIONS[1])
    async with bot.running():
        for chat in chats:
            await chat.says(QUESTIONS[2])
        await api.ledger.until(lambda: api.ledger.count("sendMessage") >= 60)

    assert [answered(texts(api, chat)) for chat in chats] == [[0, 1, 2]] * 20


async def test_telegram_is_told_the_address_and_the_secret_and_what_is_wanted(api: BotApi, running: Bot) -> None:
    (told,) = [call.parameters for call in api.ledger.of("setWebhook")]

    assert (told["url"], told["secret_token"]) == (f"{running.url}/bots/verbatim", "s3cret")
    assert "message" in told["allowed_updates"]
    assert not told.get("drop_pending_updates")


async def test_secret_is_made_anew_where_none_is_set(api: BotApi, bot: Bot) -> None:
    for _ in range(2):
        async with bot.running(webhook_secret=None):
            await api.private_chat().says(QUESTIONS[0])
    first, second = (call.parameters["secret_token"] for call in api.ledger.of("setWebhook"))

    assert len(first) >= 32
    assert first != second


async def test_address_that_is_taken_is_told(api: BotApi, bot: Bot) -> None:
    async with bot.running():
        other = Bot(api, harbour(), bot.store.with_name("other.db"), webhook="/", listen=bot.listen)
        with pytest.raises(TelegramAccessError, match=r"cannot listen there \(.+\); set VERBATIM_LISTEN"):
            await other.served(asyncio.Event())


async def test_webhook_that_telegram_refuses_is_told(api: BotApi, bot: Bot) -> None:
    api.script("setWebhook", failing(400, "Bad Request: bad webhook: HTTPS url must be provided"))
    with pytest.raises(TelegramAccessError, match=r"https url.+; set VERBATIM_WEBHOOK_URL"):
        await bot.served(asyncio.Event())


async def health(bot: Bot) -> tuple[int, dict[str, Any]]:
    """Return the status and the content of what the bot tells of its health."""
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/health") as response:
        return response.status, await response.json()


@pytest.mark.parametrize("webhook", ["", "/telegram"], ids=["polling", "webhook"])
async def test_bot_that_hears_telegram_is_alive(api: BotApi, bot: Bot, webhook: str) -> None:
    hearing = Bot(api, bot.base, bot.store, webhook=webhook)
    async with hearing.running():
        await api.private_chat().says(QUESTIONS[0])
        status, told = await health(hearing)

    assert (status, told["alive"]) == (200, True)
    assert told["silent_s"] < 10


async def test_bot_that_never_heard_telegram_is_not_alive(api: BotApi, bot: Bot) -> None:
    deaf = Bot(api, bot.base, bot.store)
    api.script("getUpdates", *[failing(500)] * 100)
    async with deaf.running():
        status, told = await health(deaf)

    assert (status, told["alive"]) == (503, False)


async def test_bot_whose_webhook_was_given_to_another_is_not_alive(api: BotApi, bot: Bot) -> None:
    async def elsewhere(_: Any, commit: Any) -> Any:  # noqa: ANN401  as faults are
        await api.world.delivery.stop()
        return await commit()

    api.script("getWebhookInfo", elsewhere)
    async with bot.running():
        await api.ledger.until(lambda: len(api.ledger.of("getWebhookInfo")) == 1)
        status, told = await health(bot)

    assert (status, told["alive"]) == (503, False)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path / "store.db")
    yield store
    await store.close()


async def test_poller_that_hears_nothing_for_some_time_is_not_alive(store: Store, clock: Clock) -> None:
    contact = Contact(store, lambda: 3, clock)
    before = contact.health()
    await contact.heard()
    told = contact.health()
    clock.now += SILENCE_S
    still = contact.health()
    clock.now += 1
    dead = contact.health()
    await contact.heard()
    again = contact.health()

    assert [one.alive for one in (before, told, still, dead, again)] == [False, True, True, False, True]
    assert told == Health(1_700_000_000.0, 0.0, 3)


async def test_hearing_is_noted_in_the_store_every_ten_seconds(store: Store, clock: Clock) -> None:
    contact, noted = Contact(store, lambda: 0, clock), list[str]()
    for _ in range(21):
        await contact.heard()
        noted.append(await store.noted("heard"))
        clock.now += 1

    assert noted == ["1700000000.000"] * 10 + ["1700000010.000"] * 10 + ["1700000020.000"]


@pytest.fixture
def clock() -> Clock:
    return Clock()
