"""Inline queries and calls of a guest: what the bot gets, and what people see of its answer."""

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
