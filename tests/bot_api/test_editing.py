"""Messages that the bot edits and deletes, and what is on the screen then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller

BOLD = {"type": "bold", "offset": 0, "length": 1}
MARKUP = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


async def sent(bot: Caller, chat_id: int, text: str, **more: object) -> int:
    return int((await bot.result("sendMessage", chat_id=chat_id, text=text, **more))["message_id"])


async def test_edit_stands_in_place_of_the_message(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    first, second = await sent(bot, chat.id, "one"), await sent(bot, chat.id, "two")

    edited = await bot.result("editMessageText", chat_id=chat.id, message_id=first, text="three", entities=[BOLD])
    changed = await chat.changes(first)

    assert edited["edit_date"]
    assert [(message.message_id, message.text) for message in chat.screen()] == [(first, "three"), (second, "two")]
    assert changed == chat.screen()[0]
    assert changed.entities == [("bold", "t")]
    assert changed.edited


async def test_keyboard_goes_when_an_edit_does_not_pass_it_again(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    number = await sent(bot, chat.id, "one", reply_markup=MARKUP)

    await bot.result("editMessageText", chat_id=chat.id, message_id=number, text="two")

    assert chat.screen()[0].labels == []


async def test_keyboard_alone_can_be_edited(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    number = await sent(bot, chat.id, "one", entities=[BOLD])
    about: dict[str, Any] = {"chat_id": chat.id, "message_id": number, "reply_markup": MARKUP}

    await bot.result("editMessageReplyMarkup", **about)
    again = await bot.call("editMessageReplyMarkup", **about)

    assert (chat.screen()[0].text, chat.screen()[0].marked("bold"), chat.screen()[0].labels) == ("one", ["o"], [["Go"]])
    assert again[0] == 400


@pytest.mark.parametrize("first", [BOLD, {**BOLD, "type": "italic"}])
async def test_edit_that_changes_nothing_is_refused(api: BotApi, bot: Caller, first: dict[str, object]) -> None:
    chat = api.private_chat()
    entities = [BOLD, {**BOLD, "type": "italic"}]
    about: dict[str, Any] = {"text": "one", "reply_markup": MARKUP}
    number = await sent(bot, chat.id, entities=entities, **about)
    entities.sort(key=lambda entity: entity != first)

    answer = await bot.call("editMessageText", chat_id=chat.id, message_id=number, entities=entities, **about)

    assert answer[0] == 400
    assert answer[1].startswith("Bad Request: message is not modified: specified new message content")


async def test_only_messages_of_the_bot_that_are_there_can_be_edited(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    theirs = chat.writes("one")

    answers = [
        await bot.call("editMessageText", chat_id=chat.id, message_id=number, text="two") for number in (theirs, 99)
    ]

    assert answers == [
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: message to edit not found"),
    ]


async def test_deleted_message_is_off_the_screen(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    numbers = [await sent(bot, chat.id, text) for text in ("one", "two", "three")]

    await bot.result("deleteMessage", chat_id=chat.id, message_id=numbers[0])
    again = await bot.call("deleteMessage", chat_id=chat.id, message_id=numbers[0])
    await bot.result("deleteMessages", chat_id=chat.id, message_ids=[numbers[0], numbers[2]])

    assert again == (400, "Bad Request: message to delete not found")
    assert [message.text for message in chat.screen()] == ["two"]
    assert await chat.changes(numbers[2]) is None


async def test_bot_deletes_messages_of_others_in_a_private_chat_only(api: BotApi, bot: Caller) -> None:
    group, chat = api.group(), api.private_chat()

    assert await bot.result("deleteMessage", chat_id=chat.id, message_id=chat.writes("one"))
    assert chat.messages == {}

    answer = await bot.call("deleteMessage", chat_id=group.id, message_id=group.writes("one"))

    assert answer == (400, "Bad Request: message can't be deleted")


async def test_writing_can_be_shown_where_the_bot_may_write(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()

    assert await bot.result("sendChatAction", chat_id=chat.id, action="typing") is True
    for wrong in ({"action": "dancing"}, {"action": "typing", "message_thread_id": 9}):
        assert (await bot.call("sendChatAction", chat_id=chat.id, **wrong))[0] == 400
