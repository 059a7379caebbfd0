"""Messages that the bot sends, edits and deletes: what Telegram takes, and what is on the screen then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller

OK = 200
BOLD = {"type": "bold", "offset": 0, "length": 1}


def keyboard(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def button(label: str = "Go", **kind: object) -> dict[str, object]:
    return {"text": label, **(kind or {"callback_data": label})}


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
    api: BotApi, bot: Caller, text: str, entities: list[dict[str, object]], description: str
) -> None:
    chat = api.private_chat()

    status, told = await bot.call("sendMessage", chat_id=chat.id, text=text, entities=entities)

    assert (status, told.removeprefix("Bad Request: ").removeprefix("can't parse entities: ")) == (400, description)
    assert chat.unread.empty()


@pytest.mark.parametrize("text", ["a" * 4096, "😀" * 2048])
async def test_message_of_the_greatest_length_is_taken(api: BotApi, bot: Caller, text: str) -> None:
    chat = api.private_chat()
    entities = [{**BOLD, "length": 4096}]

    assert (await bot.call("sendMessage", chat_id=chat.id, text=text, entities=entities))[0] == OK
    assert (await chat.sees()).entities == [("bold", text)]


async def test_markup_that_this_server_cannot_read_is_refused_rather_than_shown(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()

    assert (await bot.call("sendMessage", chat_id=chat.id, text="<b>a</b>", parse_mode="HTML"))[0] != OK


@pytest.mark.parametrize("name", ["entities", "reply_parameters", "reply_markup"])
async def test_parameter_that_is_no_json_is_refused(api: BotApi, bot: Caller, name: str) -> None:
    chat = api.private_chat()

    answer = await bot.call("sendMessage", chat_id=chat.id, text="a", **{name: "{"})

    assert answer == (400, f"Bad Request: can't parse {name} JSON object")


async def test_reply_carries_the_message_that_it_answers(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    question = chat.writes("one")

    sent = await bot.result("sendMessage", chat_id=chat.id, text="a", reply_parameters={"message_id": question})

    assert sent["reply_to_message"]["text"] == "one"
    assert (await chat.sees()).reply_to == question


async def test_reply_to_a_message_that_is_not_there_is_refused_unless_that_is_allowed(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    missing = {"message_id": 99}
    allowed = {**missing, "allow_sending_without_reply": True}

    refused = await bot.call("sendMessage", chat_id=chat.id, text="a", reply_parameters=missing)
    await bot.result("sendMessage", chat_id=chat.id, text="a", reply_parameters=allowed)

    assert refused == (400, "Bad Request: message to be replied not found")
    assert (await chat.sees()).reply_to is None


async def test_message_stands_in_a_topic_that_is_there(api: BotApi, bot: Caller) -> None:
    topic = api.group().topic("Talks")

    refused = await bot.call("sendMessage", chat_id=topic.id, text="a", message_thread_id=99)
    sent = await bot.result("sendMessage", chat_id=topic.id, text="a", message_thread_id=topic.thread)

    assert refused == (400, "Bad Request: message thread not found")
    assert sent["is_topic_message"]
    assert (await topic.sees()).thread == topic.thread


async def test_reply_stands_in_the_topic_of_its_question(api: BotApi, bot: Caller) -> None:
    topic = api.group().topic("Talks")
    question = topic.writes("one")

    await bot.result("sendMessage", chat_id=topic.id, text="a", reply_parameters={"message_id": question})

    assert (await topic.sees()).thread == topic.thread


# Keyboards ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "description"),
    [
        ([[button()] * 9], "REPLY_MARKUP_TOO_LONG"),
        ([[button()]] * 101, "REPLY_MARKUP_TOO_LONG"),
        ([[button(callback_data="")]], "BUTTON_DATA_INVALID"),
        ([[button(callback_data="é" * 32 + "a")]], "BUTTON_DATA_INVALID"),
        ([[button(url="nowhere")]], "BUTTON_URL_INVALID"),
        ([[button(" ")]], 'can\'t parse inline keyboard button: Field "text" must be non-empty'),
        (
            [[{"text": "Go"}]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[button(url="https://a.example", callback_data="a")]],
            "can't parse inline keyboard button: exactly one type must be specified, not callback_data, url",
        ),
    ],
)
async def test_keyboard_that_telegram_would_refuse_is_refused(
    api: BotApi, bot: Caller, rows: list[list[dict[str, object]]], description: str
) -> None:
    chat = api.private_chat()

    answer = await bot.call("sendMessage", chat_id=chat.id, text="a", reply_markup=keyboard(*rows))

    assert answer == (400, f"Bad Request: {description}")


async def test_keyboard_of_the_greatest_size_is_taken(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    rows = [[button(callback_data="é" * 32)] * 8] * 12 + [[button()] * 4]

    await bot.result("sendMessage", chat_id=chat.id, text="a", reply_markup=keyboard(*rows))

    assert len((await chat.sees()).buttons) == 100


async def test_buttons_are_seen_row_by_row(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    markup = keyboard([button("One"), button("Two")], [button("Open", url="https://a.example")])

    await bot.result("sendMessage", chat_id=chat.id, text="a", reply_markup=markup)
    answer = await chat.sees()

    assert answer.labels == [["One", "Two"], ["Open"]]
    assert (answer.button("Two").data, answer.button("Open").url) == ("Two", "https://a.example")
    with pytest.raises(LookupError, match="One"):
        answer.button("Three")


# Edits and deletions ------------------------------------------------------------------------------------------------


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
    number = await sent(bot, chat.id, "one", reply_markup=keyboard([button()]))

    await bot.result("editMessageText", chat_id=chat.id, message_id=number, text="two")

    assert chat.screen()[0].labels == []


async def test_keyboard_alone_can_be_edited(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    number = await sent(bot, chat.id, "one", entities=[BOLD])
    about: dict[str, Any] = {"chat_id": chat.id, "message_id": number, "reply_markup": keyboard([button()])}

    await bot.result("editMessageReplyMarkup", **about)
    again = await bot.call("editMessageReplyMarkup", **about)

    assert (chat.screen()[0].text, chat.screen()[0].marked("bold"), chat.screen()[0].labels) == ("one", ["o"], [["Go"]])
    assert again[0] == 400


@pytest.mark.parametrize("first", [BOLD, {**BOLD, "type": "italic"}])
async def test_edit_that_changes_nothing_is_refused(api: BotApi, bot: Caller, first: dict[str, object]) -> None:
    chat = api.private_chat()
    entities = [BOLD, {**BOLD, "type": "italic"}]
    about: dict[str, Any] = {"text": "one", "reply_markup": keyboard([button()])}
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
