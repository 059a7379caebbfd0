"""Pressed buttons, inline queries and calls of a guest: what the bot gets, and what people see of its answer."""

from __future__ import annotations

import asyncio
from typing import Any

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


def article(identifier: str = "1", text: str = "Answer", **more: object) -> dict[str, Any]:
    content = {"message_text": text}
    return {"type": "article", "id": identifier, "title": "Title", "input_message_content": content, **more}


async def offered(bot: Caller, chat: Chat) -> Seen:
    """Return a message with buttons."""
    await bot.result("sendMessage", chat_id=chat.id, text="one", reply_markup=MARKUP)
    return await chat.sees()


# Buttons ------------------------------------------------------------------------------------------------------------


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


# Inline queries -----------------------------------------------------------------------------------------------------


async def test_inline_query_is_answered_with_results(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat(8, language="fr")
    asking = asyncio.create_task(chat.inline("what", offset="50"))
    query = await bot.kind("inline_query")
    button = {"text": "Help", "start_parameter": "help"}
    results = [article("1", "One", description="First"), article("2", "Two", reply_markup=MARKUP)]
    more = {"next_offset": "100", "cache_time": 9, "is_personal": True, "button": button}
    await bot.result("answerInlineQuery", inline_query_id=query["id"], results=results, **more)

    answer = await asking

    assert (query["query"], query["offset"], query["from"]["language_code"]) == ("what", "50", "fr")
    assert [(one.id, one.title, one.description, one.message.text) for one in answer.results] == [
        ("1", "Title", "First", "One"),
        ("2", "Title", "", "Two"),
    ]
    assert answer.results[1].message.labels == [["More"], ["Private"]]
    assert (answer.next_offset, answer.cache_s, answer.personal, answer.button) == ("100", 9, True, button)


@pytest.mark.parametrize(
    ("wrong", "description"),
    [
        ({"results": [article(str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article("")]}, "RESULT_ID_INVALID"),
        ({"results": [article("é" * 33)]}, "RESULT_ID_INVALID"),
        ({"results": [article(text="a" * 4097)]}, "message is too long"),
        ({"results": [article(title="")]}, 'can\'t parse inline query result: Can\'t find field "title"'),
        ({"results": [article(reply_markup={"inline_keyboard": [[{"text": "a", "callback_data": ""}]]})]},
         "BUTTON_DATA_INVALID"),
        ({"next_offset": "a" * 65}, "NEXT_OFFSET_INVALID"),
        ({"button": {"text": "Help", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "Help", "start_parameter": "a" * 65}}, "START_PARAM_INVALID"),
    ],
)  # fmt: skip
async def test_results_that_telegram_would_refuse_are_refused(
    api: BotApi, bot: Caller, wrong: dict[str, Any], description: str
) -> None:
    asking = asyncio.create_task(api.private_chat().inline("what"))
    query = await bot.kind("inline_query")

    answer = await bot.call("answerInlineQuery", inline_query_id=query["id"], **{"results": [], **wrong})
    await bot.result("answerInlineQuery", inline_query_id=query["id"], results=[])

    assert answer == (400, f"Bad Request: {description}")
    assert (await asking).results == []
    assert await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[]) == TOO_OLD


async def chosen(bot: Caller, chat: Chat) -> Seen:
    """Let a person send a result with buttons into a chat."""
    asking = asyncio.create_task(chat.inline("what"))
    query = await bot.kind("inline_query")
    await bot.result("answerInlineQuery", inline_query_id=query["id"], results=[article(reply_markup=MARKUP)])
    return chat.chooses((await asking).results[0], "what")


async def test_chosen_result_stands_in_the_chat_and_the_bot_is_told(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    message = await chosen(bot, chat)

    told = await bot.kind("chosen_inline_result")
    posted = await bot.kind("message")

    assert told["inline_message_id"] == message.inline_message_id
    by_chat = await bot.call("editMessageText", chat_id=chat.id, message_id=message.message_id, text="a")

    assert by_chat == (400, "Bad Request: message can't be edited")
    assert (posted["text"], posted["from"]["id"], posted["via_bot"]) == ("Answer", chat.id, api.me)
    assert chat.screen() == [message]
    assert chat.unread.empty()


async def test_chosen_result_is_pressed_and_edited_by_its_own_id_where_the_bot_is_no_member(
    api: BotApi, bot: Caller
) -> None:
    chat = api.elsewhere()
    message = await chosen(bot, chat)
    pressing = asyncio.create_task(chat.presses(message, "More"))
    query = await bot.kind("callback_query")
    await bot.result("editMessageText", inline_message_id=query["inline_message_id"], text="two")
    await bot.result("answerCallbackQuery", callback_query_id=query["id"])
    changed = await (await pressing).change()

    assert "message" not in query
    assert changed is not None
    assert (changed.text, changed.inline_message_id) == ("two", message.inline_message_id)
    assert (await bot.call("sendMessage", chat_id=chat.id, text="a"))[0] == 400
    assert (await bot.call("editMessageText", inline_message_id="none", text="a"))[0] == 400


# A guest ------------------------------------------------------------------------------------------------------------


async def test_guest_is_called_by_name_and_answers_once(api: BotApi, bot: Caller) -> None:
    chat = api.elsewhere()
    calling = asyncio.create_task(chat.summons(f"@{USERNAME} what", reply_to=chat.member(2).writes("a claim")))
    message = await bot.kind("guest_message")
    refused = await bot.call("answerGuestQuery", guest_query_id=message["guest_query_id"], result=article(title=""))
    sent = await bot.result("answerGuestQuery", guest_query_id=message["guest_query_id"], result=article())
    again = await bot.call("answerGuestQuery", guest_query_id=message["guest_query_id"], result=article())

    answer = await calling

    assert message["reply_to_message"]["text"] == "a claim"
    assert message["entities"] == [{"type": "mention", "offset": 0, "length": len(USERNAME) + 1}]
    assert (refused[0], again) == (400, TOO_OLD)
    assert (answer.text, answer.inline_message_id) == ("Answer", sent["inline_message_id"])
    assert answer.reply_to == message["message_id"]
