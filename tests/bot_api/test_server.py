"""The Bot API server of the tests is as strict as Telegram, where the bot's tests rely on it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.bot_api import TOKEN, BotApi, dropped, failing, page, slow, too_many_requests
from tests.bot_api.updates import OTHER_POLL

OK = 200
BOLD = {"type": "bold", "offset": 0, "length": 1}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


async def call(api: BotApi, method: str, token: str = TOKEN, **parameters: object) -> tuple[int, Any]:
    """Call a method as a bot does; return the status and the result, or else the description of the refusal."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    url = f"{api.url}/bot{token}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as response:
        answer = await response.json()
        return response.status, answer.get("result", answer.get("description"))


@pytest.mark.parametrize(
    ("token", "method", "status"),
    [(TOKEN, "getMe", 200), ("1:another", "getMe", 401), ("malformed", "getMe", 404), (TOKEN, "getNothing", 404)],
)
async def test_token_and_method_have_to_be_known(api: BotApi, token: str, method: str, status: int) -> None:
    assert (await call(api, method, token))[0] == status


@pytest.mark.parametrize(
    ("text", "entities", "description"),
    [
        (" \n ", [], "message text is empty"),
        ("a" * 4097, [], "message is too long"),
        ("😀" * 2049, [], "message is too long"),
        ("a" * 101, [{**BOLD, "offset": offset} for offset in range(101)], "101 entities"),
        ("a", [{**BOLD, "length": 2}], "entity ends after the text"),
        ("a", [{**BOLD, "length": 0}], "wrong offset or length"),
        ("a", [{**BOLD, "offset": -1}], "wrong offset or length"),
        ("😀", [{**BOLD, "length": 1}], "entity in the middle of a UTF-16 symbol"),
        ("a", [{**BOLD, "type": "huge"}], "unknown type 'huge'"),
        ("ab", [{**BOLD, "type": "blockquote", "length": 2}, {**BOLD, "type": "blockquote"}], "nested block quotation"),
    ],
)
async def test_message_that_telegram_would_refuse_is_refused(
    api: BotApi, text: str, entities: list[dict[str, object]], description: str
) -> None:
    chat = api.private_chat()

    status, told = await call(api, "sendMessage", chat_id=chat.id, text=text, entities=entities)

    assert (status, told.removeprefix("Bad Request: ").removeprefix("can't parse entities: ")) == (400, description)
    assert chat.unread.empty()


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048])
async def test_message_of_the_greatest_length_is_taken(api: BotApi, text: str) -> None:
    chat = api.private_chat()
    entities = [{**BOLD, "length": 4096}]

    assert (await call(api, "sendMessage", chat_id=chat.id, text=text, entities=entities))[0] == OK
    assert (await chat.sees()).entities == [("bold", text)]


async def test_message_reaches_only_chats_that_are_known_and_have_not_blocked_the_bot(api: BotApi) -> None:
    api.private_chat(8).blocked = True

    assert await call(api, "sendMessage", chat_id=7, text="a") == (400, "Bad Request: chat not found")
    assert await call(api, "sendMessage", chat_id=8, text="a") == (403, "Forbidden: bot was blocked by the user")


async def test_reply_to_a_message_that_is_not_there_is_refused_unless_that_is_allowed(api: BotApi) -> None:
    chat = api.private_chat()
    missing = {"message_id": 99}
    allowed = {**missing, "allow_sending_without_reply": True}

    assert (await call(api, "sendMessage", chat_id=chat.id, text="a", reply_parameters=missing))[0] != OK
    assert (await call(api, "sendMessage", chat_id=chat.id, text="a", reply_parameters=allowed))[0] == OK


@pytest.mark.parametrize("command", [{"command": "Start", "description": "a"}, {"command": "start", "description": ""}])
async def test_command_that_telegram_would_refuse_is_refused(api: BotApi, command: dict[str, str]) -> None:
    assert (await call(api, "setMyCommands", commands=[command]))[0] != OK


async def test_updates_wait_until_an_offset_confirms_them(api: BotApi) -> None:
    for text in ("one", "two"):
        api.private_chat().writes(text)

    _, both = await call(api, "getUpdates")
    _, again = await call(api, "getUpdates")
    _, second = await call(api, "getUpdates", offset=both[0]["update_id"] + 1)

    assert [update["message"]["text"] for update in both] == ["one", "two"]
    assert again == both
    assert second == both[1:]


async def test_poll_ends_as_soon_as_an_update_comes(api: BotApi) -> None:
    polling = asyncio.create_task(call(api, "getUpdates", timeout=50))
    await call(api, "getMe")
    api.private_chat().writes("one")

    _, updates = await asyncio.wait_for(polling, 5)

    assert [update["message"]["text"] for update in updates] == ["one"]


async def test_poll_without_updates_ends_with_nothing_after_its_time(api: BotApi) -> None:
    assert await call(api, "getUpdates", timeout=1) == (200, [])


async def test_poller_is_refused_when_another_takes_over(api: BotApi) -> None:
    first = asyncio.create_task(call(api, "getUpdates", timeout=50))
    await api.updates.polled.wait()
    second = asyncio.create_task(call(api, "getUpdates", timeout=50))

    assert await asyncio.wait_for(first, 5) == (409, OTHER_POLL)
    api.private_chat().writes("one")
    assert (await asyncio.wait_for(second, 5))[0] == OK


async def test_only_the_kinds_of_update_that_were_asked_for_are_kept(api: BotApi) -> None:
    await call(api, "getUpdates", allowed_updates=["message"])
    chat = api.private_chat()
    chat.edits(chat.writes("one"), "two")

    _, updates = await call(api, "getUpdates")

    assert [set(update) - {"update_id"} for update in updates] == [{"message"}]


async def test_scripted_faults_come_one_a_call_and_are_entered_in_the_ledger(api: BotApi) -> None:
    api.script("getMe", too_many_requests(3), failing(500), slow(0))

    answers = [(await call(api, "getMe"))[0] for _ in range(4)]

    assert answers == [call.status for call in api.ledger.of("getMe")] == [429, 500, 200, 200]


async def test_page_of_a_proxy_is_html(api: BotApi) -> None:
    api.script("getMe", page(502))

    with pytest.raises(aiohttp.ContentTypeError):
        await call(api, "getMe")


async def test_connection_can_break_before_the_message_is_sent_or_after(api: BotApi) -> None:
    chat = api.private_chat()
    api.script("sendMessage", dropped(), dropped(committed=True))

    for text in ("lost", "sent"):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await call(api, "sendMessage", chat_id=chat.id, text=text)

    assert (await chat.sees()).text == "sent"
    assert [call.status for call in api.ledger.of("sendMessage")] == [0, 0]
