"""Messages that the bot sends: what Telegram takes, and where they stand then."""

from __future__ import annotations

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller

OK = 200
BOLD = {"type": "bold", "offset": 0, "length": 1}


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
