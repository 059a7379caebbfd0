"""Buttons below a message: what Telegram takes of them, and what people see."""

from __future__ import annotations

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller


def keyboard(*rows: list[dict[str, object]]) -> dict[str, object]:
    return {"inline_keyboard": list(rows)}


def button(label: str = "Go", **kind: object) -> dict[str, object]:
    return {"text": label, **(kind or {"callback_data": label})}


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
