"""Pressed buttons: what the bot gets, and what people see of its answer."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot_api import USERNAME, BotApi, Chat, Seen
from tests.bot_api.calling import Caller

MARKUP = {
    "inline_keyboard": [
        [{"text": "More", "callback_data": "more"}],
        [{"text": "Private", "url": f"https://t.me/{USERNAME}?start=fact-7"}],
    ]
}
TOO_OLD = (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


async def offered(bot: Caller, chat: Chat) -> Seen:
    """Return a message with buttons."""
    await bot.result("sendMessage", chat_id=chat.id, text="one", reply_markup=MARKUP)
    return await chat.sees()


async def test_pressed_button_comes_with_the_message_as_it_stands(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    pressing = asyncio.create_task(chat.presses(await offered(bot, chat), "More"))
    query = await bot.kind("callback_query")
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Wait", show_alert=True)

    pressed = await pressing

    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("more", chat.id, "one")
    assert query["message"]["reply_markup"] == MARKUP
    assert (pressed.text, pressed.alert, pressed.message) == ("Wait", True, chat.screen()[0])


async def test_change_from_before_a_press_is_not_taken_for_its_effect(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    message = await offered(bot, chat)
    about = {"chat_id": chat.id, "message_id": message.message_id}
    await bot.result("editMessageText", text="two", reply_markup=MARKUP, **about)
    pressing = asyncio.create_task(chat.presses(message, "More"))
    query = await bot.kind("callback_query")
    await bot.result("editMessageText", text="three", **about)
    await bot.result("answerCallbackQuery", callback_query_id=query["id"])

    changed = await (await pressing).change()

    assert changed is not None
    assert changed.text == "three"


@pytest.mark.parametrize("answers_first", [True, False])
async def test_change_after_a_press_is_seen_whether_the_answer_comes_before_it_or_after(
    api: BotApi, bot: Caller, answers_first: bool
) -> None:
    chat = api.private_chat()
    pressing = asyncio.create_task(chat.presses(await offered(bot, chat), "More"))
    query = await bot.kind("callback_query")
    answer = ("answerCallbackQuery", {"callback_query_id": query["id"]})
    edit = (
        "editMessageText",
        {"chat_id": chat.id, "message_id": query["message"]["message_id"], "text": "two"},
    )
    for method, parameters in (answer, edit) if answers_first else (edit, answer):
        await bot.result(method, **parameters)

    changed = await (await pressing).change()

    assert changed is not None
    assert changed.text == "two"


async def test_another_member_of_a_group_can_press(api: BotApi, bot: Caller) -> None:
    group = api.group()
    pressing = asyncio.create_task(group.member(2).presses(await offered(bot, group), "More"))
    query = await bot.kind("callback_query")
    await bot.result("answerCallbackQuery", callback_query_id=query["id"])
    await pressing

    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (2, group.id)


async def test_press_can_come_from_a_button_that_is_gone(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    message = await offered(bot, chat)
    await bot.result("deleteMessage", chat_id=chat.id, message_id=message.message_id)
    pressing = asyncio.create_task(chat.calls_back(message, "another"))
    query = await bot.kind("callback_query")
    await bot.result("answerCallbackQuery", callback_query_id=query["id"])

    assert (await pressing).message is None
    assert query["data"] == "another"
    assert query["message"] == {"message_id": message.message_id, "chat": chat.chat, "date": 0}
    with pytest.raises(LookupError):
        await chat.presses(message, "More")


async def test_button_that_sends_nothing_cannot_be_pressed(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    message = await offered(bot, chat)

    with pytest.raises(LookupError, match="sends nothing"):
        await chat.presses(message, "Private")


async def test_query_is_answered_once(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    pressing = asyncio.create_task(chat.presses(await offered(bot, chat), "More"))
    query = await bot.kind("callback_query")

    answers = [await bot.call("answerCallbackQuery", callback_query_id=query["id"]) for _ in range(2)]
    await pressing

    assert answers == [(200, True), TOO_OLD]


async def test_query_can_be_too_old(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    pressing = asyncio.create_task(chat.presses(await offered(bot, chat), "More"))
    query = await bot.kind("callback_query")
    api.world.presses.expire()

    assert await bot.call("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    pressing.cancel()


async def test_notice_that_is_too_long_is_refused_and_the_query_still_open(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    pressing = asyncio.create_task(chat.presses(await offered(bot, chat), "More"))
    query = await bot.kind("callback_query")

    refused = await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="a" * 201)
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="a" * 200)

    assert refused == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert len((await pressing).text) == 200


async def test_button_that_leads_to_the_private_chat_starts_the_bot_there(api: BotApi, bot: Caller) -> None:
    group = api.group()
    private = group.member(2).opens(await offered(bot, group), "Private")

    message = await bot.kind("message")

    assert (private.id, message["chat"]["id"], message["text"]) == (2, 2, "/start fact-7")
