"""Faults that a test can script."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from tests.bot_api import BotApi, dropped, failing, page, slow, too_many_requests
from tests.bot_api.calling import Caller


async def test_scripted_faults_come_one_a_call_and_are_entered_in_the_ledger(api: BotApi, bot: Caller) -> None:
    api.script("getMe", too_many_requests(3), failing(500), slow(0))

    answers = [(await bot.call("getMe"))[0] for _ in range(4)]

    assert answers == [call.status for call in api.ledger.of("getMe")] == [429, 500, 200, 200]


async def test_refusal_for_too_many_requests_says_when_to_come_back(api: BotApi, bot: Caller) -> None:
    api.script("getMe", too_many_requests(3))

    _, answer = await bot.answer("getMe")

    assert answer["parameters"] == {"retry_after": 3}


async def test_fault_for_one_chat_spares_the_others(api: BotApi, bot: Caller) -> None:
    one, other = api.private_chat(7), api.private_chat(8)
    api.script("sendMessage", failing(500), chat=one)

    answers = [(await bot.call("sendMessage", chat_id=chat.id, text="a"))[0] for chat in (other, one, one)]

    assert answers == [200, 500, 200]


async def test_flood_in_one_chat_refuses_what_is_sent_there_until_it_is_over(api: BotApi, bot: Caller) -> None:
    one, other = api.private_chat(7), api.private_chat(8)
    api.flood(30, one)

    answers = [await bot.answer("sendMessage", chat_id=chat.id, text="a") for chat in (one, one, other)]
    api.flood(0, one)
    after = await bot.call("sendMessage", chat_id=one.id, text="a")

    assert [status for status, _ in answers] == [429, 429, 200]
    assert 29 <= answers[0][1]["parameters"]["retry_after"] <= 30
    assert after[0] == 200


async def test_flood_at_all_refuses_sending_and_not_polling(api: BotApi, bot: Caller) -> None:
    api.flood(30)
    chat = api.private_chat()

    assert (await bot.call("sendMessage", chat_id=chat.id, text="a"))[0] == 429
    assert (await bot.call("getUpdates"))[0] == 200


async def test_page_of_a_proxy_is_html(api: BotApi, bot: Caller) -> None:
    api.script("getMe", page(502))

    with pytest.raises(aiohttp.ContentTypeError):
        await bot.call("getMe")


async def test_connection_can_break_before_the_message_is_sent_or_after(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    api.script("sendMessage", dropped(), dropped(committed=True))

    for text in ("lost", "sent"):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await bot.call("sendMessage", chat_id=chat.id, text=text)

    sent = await chat.sees()
    assert sent.text == "sent"
    assert [(call.status, call.message_id) for call in api.ledger.of("sendMessage")] == [
        (0, None),
        (0, sent.message_id),
    ]


async def test_answer_can_come_late_although_the_message_was_sent_at_once(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    api.script("sendMessage", slow(0.3, committed=True))

    sending = asyncio.create_task(bot.call("sendMessage", chat_id=chat.id, text="one"))

    assert (await chat.sees()).text == "one"
    assert api.ledger.of("sendMessage") == []
    assert (await sending)[0] == 200


async def test_message_can_be_sent_late(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    api.script("sendMessage", slow(0.2))

    await bot.result("sendMessage", chat_id=chat.id, text="one")

    [call] = api.ledger.of("sendMessage")
    assert call.answered_s - call.arrived_s >= 0.2
