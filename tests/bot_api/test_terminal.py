"""The terminal: what a line does, and what is drawn of the bot."""

from __future__ import annotations

import asyncio

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller
from tests.bot_api.terminal import HELP, Terminal

ENTITIES = [
    {"type": "bold", "offset": 0, "length": 3},
    {"type": "italic", "offset": 0, "length": 2},
    {"type": "expandable_blockquote", "offset": 4, "length": 3},
]
MARKUP = {
    "inline_keyboard": [
        [{"text": "More", "callback_data": "more"}, {"text": "Less", "callback_data": "less"}],
        [{"text": "Open", "url": "https://a.example"}],
    ]
}


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
async def terminal(api: BotApi, shown: list[str]) -> Terminal:
    return Terminal(api, shown.append)


async def say(bot: Caller, chat_id: int, text: str = "😀a\nb\nc", **more: object) -> None:
    await bot.result("sendMessage", chat_id=chat_id, text=text, **more)


async def test_line_is_a_message(bot: Caller, terminal: Terminal) -> None:
    await terminal.line("what is it")

    assert (await bot.kind("message"))["text"] == "what is it"


async def test_message_is_drawn_with_its_marks_and_numbered_buttons(
    bot: Caller, terminal: Terminal, shown: list[str]
) -> None:
    await say(bot, terminal.chat.id, entities=ENTITIES, reply_markup=MARKUP)

    assert shown == ["\n*_😀_a*\n  │ b\n  │ c\n1 [More]  2 [Less]\n3 [Open]\n"]


async def test_button_is_pressed_by_its_number(bot: Caller, terminal: Terminal, shown: list[str]) -> None:
    await say(bot, terminal.chat.id, reply_markup=MARKUP)
    pressing = asyncio.create_task(terminal.line(":press 2"))
    query = await bot.kind("callback_query")
    about = {"chat_id": terminal.chat.id, "message_id": query["message"]["message_id"]}
    await bot.result("editMessageText", text="less", **about)
    await bot.result("answerCallbackQuery", callback_query_id=query["id"], text="Done")
    await pressing
    await bot.result("deleteMessage", **about)

    assert query["data"] == "less"
    assert shown[1:] == ["\n(edited) less\n", "(Done)", "(deleted)\n"]


async def test_another_person_can_press_a_button_in_a_group(api: BotApi, bot: Caller, terminal: Terminal) -> None:
    await terminal.line(":group")
    await say(bot, api.group().id, reply_markup=MARKUP)
    await terminal.line(":as 2")
    pressing = asyncio.create_task(terminal.line(":press 1"))
    query = await bot.kind("callback_query")
    await bot.result("answerCallbackQuery", callback_query_id=query["id"])
    await pressing

    assert query["from"]["id"] == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (":press 9", "(there is no button 9)"),
        (":press 3", "(https://a.example)"),
        (":press more", "(invalid literal for int() with base 10: 'more')"),
        (":choose 1", "(there is no such result)"),
        (":what", HELP),
    ],
)
async def test_line_that_leads_nowhere_is_explained(
    bot: Caller, terminal: Terminal, shown: list[str], line: str, told: str
) -> None:
    await say(bot, terminal.chat.id, reply_markup=MARKUP)
    await terminal.line(line)

    assert shown[1:] == [told]


async def test_people_and_places_are_changed(bot: Caller, terminal: Terminal) -> None:
    for line in (":group", "one", ":as 2", "two", ":private", "three", ":as 9", ":language ar", "four"):
        await terminal.line(line)

    messages = [await bot.kind("message") for _ in range(4)]

    assert [(one["chat"]["id"], one["from"]["id"], one["text"]) for one in messages] == [
        (-70, 7, "one"),
        (-70, 2, "two"),
        (2, 2, "three"),
        (9, 9, "four"),
    ]
    assert messages[3]["from"]["language_code"] == "ar"


async def test_messages_of_other_kinds_are_sent(bot: Caller, terminal: Terminal) -> None:
    await terminal.line("one")
    await say(bot, terminal.chat.id, "two")
    for line in (":edit three", ":photo four", ":reply five"):
        await terminal.line(line)

    updates = [await bot.update() for _ in range(4)]

    assert updates[1]["edited_message"]["text"] == "three"
    assert updates[2]["message"]["caption"] == "four"
    assert updates[3]["message"]["reply_to_message"]["text"] == "two"


async def test_result_of_an_inline_query_is_chosen_by_its_number(
    bot: Caller, terminal: Terminal, shown: list[str]
) -> None:
    asking = asyncio.create_task(terminal.line(":inline what"))
    query = await bot.kind("inline_query")
    result = {"type": "article", "id": "1", "title": "One", "input_message_content": {"message_text": "First"}}
    await bot.result("answerInlineQuery", inline_query_id=query["id"], results=[result], next_offset="1")
    await asking
    await terminal.line(":choose 1")

    assert query["query"] == "what"
    assert shown == ["1 [One]\n(more from 1)", "\nFirst\n"]


@pytest.mark.parametrize("unasked", [0, 1])
async def test_end_waits_for_the_answers(bot: Caller, terminal: Terminal, unasked: int) -> None:
    for _ in range(unasked):
        await say(bot, terminal.chat.id)
    await terminal.line("one")
    ending = asyncio.create_task(terminal.settled())
    await bot.kind("message")
    assert not ending.done()
    await say(bot, terminal.chat.id)

    await asyncio.wait_for(ending, 5)
