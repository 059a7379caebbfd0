"""The server itself: who may call, what is known, in which forms calls come."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.bot_api import TOKEN, USERNAME, BotApi
from tests.bot_api.calling import Caller


@pytest.mark.parametrize(
    ("token", "method", "status"),
    [(TOKEN, "getMe", 200), ("1:another", "getMe", 401), ("malformed", "getMe", 404), (TOKEN, "getNothing", 404)],
)
async def test_token_and_method_have_to_be_known(bot: Caller, token: str, method: str, status: int) -> None:
    assert (await bot.call(method, token))[0] == status


async def test_bot_that_is_known_can_be_called_inline_and_into_groups(bot: Caller) -> None:
    me = await bot.result("getMe")

    assert (me["username"], me["is_bot"]) == (USERNAME, True)
    assert me["supports_inline_queries"]
    assert me["can_join_groups"]


@pytest.mark.parametrize("form", ["json", "data", "params", "multipart"])
async def test_parameters_are_the_same_in_whatever_form_they_come(api: BotApi, form: str) -> None:
    chat = api.private_chat()
    given = {"chat_id": str(chat.id), "text": "a", "entities": '[{"type":"bold","offset":0,"length":1}]'}
    url = f"{api.url}/bot{TOKEN}/sendMessage"
    multipart = aiohttp.MultipartWriter("form-data")
    for name, value in given.items():
        multipart.append(value).set_content_disposition("form-data", name=name)
    sent: dict[str, Any] = {"data": multipart} if form == "multipart" else {form: given}

    async with aiohttp.ClientSession() as session, session.post(url, **sent) as response:
        assert response.status == 200

    assert api.ledger.of("sendMessage")[0].parameters == {
        "chat_id": chat.id,
        "text": "a",
        "entities": [{"type": "bold", "offset": 0, "length": 1}],
    }


async def test_message_reaches_only_chats_that_are_known_and_have_not_blocked_the_bot(api: BotApi, bot: Caller) -> None:
    api.private_chat(8).blocked = True

    assert await bot.call("sendMessage", chat_id=7, text="a") == (400, "Bad Request: chat not found")
    assert await bot.call("sendMessage", chat_id=8, text="a") == (403, "Forbidden: bot was blocked by the user")
