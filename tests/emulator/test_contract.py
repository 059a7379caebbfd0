"""The same calls to our Bot API server and to one that others wrote: where both know a rule, they agree on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.bot_api import TOKEN, BotApi
from tests.emulator import Emulator

CHAT = 7
PERSON = {"id": CHAT, "is_bot": False, "first_name": "Reader", "language_code": "en"}

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  its name, and no secret

Fields = dict[str, Any]


@dataclass
class Server:
    """A Bot API server, ours or that of others.

    Attributes:
        push: lets a message of a person wait for the bot.
        pressed: returns the id of a button that was pressed.
        asked: returns the id of an inline query.
    """

    url: str
    session: aiohttp.ClientSession
    push: Callable[[str], Awaitable[object]]
    pressed: Callable[[], str]
    asked: Callable[[], str]

    async def call(self, method: str, /, **parameters: object) -> tuple[int, Any]:
        """Call a method with a form; return the status, and the result or nothing."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
        async with self.session.post(f"{self.url}/bot{TOKEN}/{method}", data=form) as response:
            answer = await response.json()
        assert (answer["ok"], answer.get("error_code", 200)) == (response.status == 200, response.status)
        assert answer["ok"] or answer["description"]
        return response.status, answer.get("result")

    async def status(self, method: str, /, **parameters: object) -> int:
        return (await self.call(method, **parameters))[0]

    async def texts(self, **parameters: object) -> list[str]:
        """Poll; return the texts of the messages that came."""
        _, updates = await self.call("getUpdates", **parameters)
        return [update["message"]["text"] for update in updates]


@pytest.fixture(params=["ours", "theirs"])
async def server(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with AsyncExitStack() as open_:
        session = await open_.enter_async_context(aiohttp.ClientSession())
        if request.param == "ours":
            yield of_ours(await open_.enter_async_context(BotApi()), session)
        else:
            yield of_theirs(await open_.enter_async_context(Emulator()), session)


def of_ours(api: BotApi, session: aiohttp.ClientSession) -> Server:
    reader = api.private_chat(CHAT)

    async def push(text: str) -> None:
        reader.writes(text)

    return Server(api.url, session, push, lambda: api.world.presses.ask().id, lambda: api.world.inline_queries.ask().id)


def of_theirs(emulator: Emulator, session: aiohttp.ClientSession) -> Server:
    async def push(text: str) -> None:
        chat = {"id": CHAT, "type": "private", "first_name": "Reader"}
        message = {"message_id": 1, "from": PERSON, "chat": chat, "date": 1, "text": text}
        await emulator.enqueue_update({"message": message}, token=TOKEN)

    return Server(emulator.url, session, push, lambda: "1", lambda: "1")


def keyboard(*rows: list[Fields]) -> Fields:
    return {"inline_keyboard": list(rows)}


def button(data: str) -> Fields:
    return {"text": "Press", "callback_data": data}


def article(number: int, text: str = "A text") -> Fields:
    return {"type": "article", "id": str(number), "title": "A", "input_message_content": {"message_text": text}}


# What is sent -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [("a" * 4096, 200), ("a" * 4097, 400), ("😀" * 2048, 200), ("😀" * 2049, 400), ("", 400), (" \n", 400)],
    ids=["4096", "4097", "2048 of two units", "2049 of two units", "empty", "blank"],
)
async def test_text_has_from_1_to_4096_units_of_utf_16(server: Server, text: str, status: int) -> None:
    assert await server.status("sendMessage", chat_id=CHAT, text=text) == status


@pytest.mark.parametrize(
    ("markup", "status"),
    [
        (keyboard([button("x" * 64)]), 200),
        (keyboard([button("x" * 65)]), 400),
        (keyboard([button("é" * 33)]), 400),
        (keyboard([button("")]), 400),
        (keyboard([button("x")] * 8), 200),
        (keyboard([button("x")] * 9), 400),
        (keyboard(*[[button("x")]] * 100), 200),
        (keyboard(*[[button("x")]] * 101), 400),
        (keyboard([{"text": "Press"}]), 400),
        (keyboard([{"text": "", "callback_data": "x"}]), 400),
        (keyboard([{**button("x"), "url": "https://example.org"}]), 400),
        (keyboard([{"text": "Open", "url": "https://t.me/verbatim_test_bot?start=f-0"}]), 200),
        (keyboard([{"text": "Open", "url": "javascript:0"}]), 400),
        ({"inline_keyboard": "rows"}, 400),
    ],
    ids=[
        *(
            "64 bytes",
            "65 bytes",
            "66 bytes in 33 letters",
            "no bytes",
            "8 in a row",
            "9 in a row",
            "100 rows",
            "101 rows",
        ),
        *("no action", "no label", "two actions", "link", "link to a script", "no rows"),
    ],
)
async def test_keyboard_is_taken_within_the_limits_of_telegram_alone(
    server: Server, markup: Fields, status: int
) -> None:
    assert await server.status("sendMessage", chat_id=CHAT, text="Choose", reply_markup=markup) == status


async def test_keyboard_is_checked_when_a_message_is_edited(server: Server) -> None:
    _, sent = await server.call("sendMessage", chat_id=CHAT, text="Choose")
    edit: Fields = {"chat_id": CHAT, "message_id": sent["message_id"], "text": "Choose again"}

    assert await server.status("editMessageText", **edit, reply_markup=keyboard([button("x" * 65)])) == 400
    assert await server.status("editMessageText", **edit, reply_markup=keyboard([button("x")])) == 200


async def test_edited_message_keeps_its_id_and_shows_the_new_text(server: Server) -> None:
    _, sent = await server.call("sendMessage", chat_id=CHAT, text="Before")

    _, edited = await server.call("editMessageText", chat_id=CHAT, message_id=sent["message_id"], text="After")

    assert (edited["message_id"], edited["chat"]["id"], edited["text"]) == (sent["message_id"], CHAT, "After")


@pytest.mark.parametrize(("action", "status"), [("typing", 200), ("thinking", 400)])
async def test_only_what_can_be_shown_as_being_done_is_shown(server: Server, action: str, status: int) -> None:
    assert await server.status("sendChatAction", chat_id=CHAT, action=action) == status


async def test_more_than_100_commands_are_refused(server: Server) -> None:
    commands = [{"command": f"c{number}", "description": "A command"} for number in range(101)]

    assert await server.status("setMyCommands", commands=commands[:100]) == 200
    assert await server.status("setMyCommands", commands=commands) == 400


# What is answered ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("length", "status"), [(0, 200), (200, 200), (201, 400)])
async def test_word_on_a_button_has_up_to_200_characters(server: Server, length: int, status: int) -> None:
    text = {"text": "a" * length} if length else {}

    assert await server.status("answerCallbackQuery", callback_query_id=server.pressed(), **text) == status


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([], 200),
        ([article(number) for number in range(50)], 200),
        ([article(number) for number in range(51)], 400),
        ([article(1), article(1)], 400),
        ([{**article(1), "id": "x" * 64}], 200),
        ([{**article(1), "id": "x" * 65}], 400),
        ([article(1, "a" * 4097)], 400),
        ([article(1, "")], 400),
        ([{**article(1), "title": ""}], 400),
    ],
    ids=["none", "50", "51", "same id", "id of 64", "id of 65", "long text", "empty text", "no title"],
)
async def test_inline_results_are_taken_within_the_limits_of_telegram_alone(
    server: Server, results: list[Fields], status: int
) -> None:
    assert await server.status("answerInlineQuery", inline_query_id=server.asked(), results=results) == status


# How updates come ---------------------------------------------------------------------------------------------------


async def test_updates_come_in_order_and_again_until_they_are_confirmed(server: Server) -> None:
    for text in ("first", "second", "third"):
        await server.push(text)
    _, updates = await server.call("getUpdates", limit=2)

    assert [update["message"]["text"] for update in updates] == ["first", "second"]
    assert await server.texts() == ["first", "second", "third"]
    assert await server.texts(offset=updates[1]["update_id"] + 1) == ["third"]
    assert await server.texts() == ["third"]


async def test_negative_offset_forgets_all_but_the_last_updates(server: Server) -> None:
    for text in ("first", "second", "third"):
        await server.push(text)

    assert await server.texts(offset=-1) == ["third"]
    assert await server.texts() == ["third"]


async def test_poll_waits_for_an_update_and_brings_it_at_once(server: Server) -> None:
    async with asyncio.timeout(5):
        polling = asyncio.create_task(server.texts(timeout=50))
        await server.call("getMe")  # by then the poll has been read
        await server.push("late")

        assert await polling == ["late"]


async def test_kinds_that_are_not_asked_for_do_not_come(server: Server) -> None:
    await server.call("getUpdates", allowed_updates=["callback_query"])
    await server.push("unwanted")

    assert await server.texts() == []


async def test_poll_is_refused_while_a_webhook_is_set(server: Server, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/updates"

    assert await server.status("setWebhook", url=url) == 200
    assert await server.status("getUpdates") == 409
    assert await server.status("deleteWebhook") == 200
    assert await server.status("getUpdates") == 200


@pytest.mark.parametrize("secret", ["with space", "ü", "x" * 257])
async def test_secret_that_cannot_be_a_header_is_refused(server: Server, secret: str) -> None:
    assert await server.status("setWebhook", url="http://127.0.0.1:9/updates", secret_token=secret) == 400


@dataclass
class Door:
    """Where a bot waits for updates, and what came, with the secret."""

    came: asyncio.Queue[tuple[str, str | None]] = field(default_factory=asyncio.Queue)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.came.put_nowait(((await request.json())["message"]["text"], request.headers.get(SECRET_HEADER)))
        return web.Response()


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    door = Door()
    application = web.Application()
    application.router.add_post("/updates", door.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    door.url = f"http://{host}:{port}/updates"
    yield door
    await runner.cleanup()


async def test_webhook_is_brought_what_waits_and_what_comes_with_the_secret(server: Server, door: Door) -> None:
    await server.push("waiting")
    await server.call("setWebhook", url=door.url, secret_token="s-3_cret")  # noqa: S106  of nobody
    await server.push("coming")

    async with asyncio.timeout(5):
        assert [await door.came.get() for _ in range(2)] == [("waiting", "s-3_cret"), ("coming", "s-3_cret")]


async def test_webhook_without_a_secret_gets_none(server: Server, door: Door) -> None:
    await server.call("setWebhook", url=door.url)
    await server.push("coming")

    async with asyncio.timeout(5):
        assert await door.came.get() == ("coming", None)


async def test_what_a_webhook_took_does_not_come_again(server: Server, door: Door) -> None:
    await server.call("setWebhook", url=door.url)
    await server.push("taken")
    async with asyncio.timeout(5):
        await door.came.get()
        while (await server.call("getWebhookInfo"))[1]["pending_update_count"]:
            pass  # the server has not read yet that it was taken
    await server.call("deleteWebhook")

    assert await server.texts() == []


async def test_webhook_tells_where_it_is_and_what_waits(server: Server, unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/updates"
    await server.call("setWebhook", url=url)
    await server.push("waiting")

    _, told = await server.call("getWebhookInfo")

    assert (told["url"], told["pending_update_count"], told["has_custom_certificate"]) == (url, 1, False)
