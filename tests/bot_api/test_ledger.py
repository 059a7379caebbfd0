"""The ledger: what was called and when, and which message answers which question."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from tests.bot_api import BotApi, dropped
from tests.bot_api.calling import Caller
from tests.bot_api.ledger import Call, Ledger


async def test_wait_ends_with_the_call_that_makes_it_true() -> None:
    ledger = Ledger()
    waiting = asyncio.create_task(ledger.until(lambda: ledger.count("b") == 2))
    for method in ("a", "b", "b"):
        await asyncio.sleep(0)
        ledger.enter(Call(method, {}, 200))

    await asyncio.wait_for(waiting, 1)


async def test_wait_that_comes_to_nothing_ends_in_time() -> None:
    with pytest.raises(TimeoutError):
        await Ledger().until(lambda: False, timeout_s=0.01)


async def test_question_is_asked_again_seldom_when_it_takes_long() -> None:
    ledger = Ledger()
    asked = 0

    def holds() -> bool:
        nonlocal asked
        asked += 1
        until = time.perf_counter() + 0.01
        while time.perf_counter() < until:
            pass
        return ledger.count("a") == 1000

    waiting = asyncio.create_task(ledger.until(holds))
    for _ in range(1000):
        ledger.enter(Call("a", {}, 200))
        await asyncio.sleep(0)
    await asyncio.wait_for(waiting, 5)

    assert asked < 10


async def test_calls_are_counted_by_status(api: BotApi, bot: Caller) -> None:
    for token in (api.token, "1:another"):
        await bot.call("getMe", token)

    assert (api.ledger.count("getMe"), api.ledger.count("getMe", 401), api.ledger.count("close")) == (1, 1, 0)


def test_busiest_moment_is_found_at_all_or_in_one_chat() -> None:
    ledger = Ledger()
    for arrived_s, chat_id in [(0.0, 7), (0.5, 8), (1.0, 7), (1.2, 7), (1.4, 8), (9.0, 7)]:
        ledger.enter(Call("a", {"chat_id": chat_id}, 200, arrived_s=arrived_s))

    assert [ledger.busiest("a", 1), ledger.busiest("a", 1, 7), ledger.busiest("a", 2), ledger.busiest("b", 1)] == [
        4,
        2,
        5,
        0,
    ]


async def test_calls_have_their_times(api: BotApi, bot: Caller) -> None:
    before = time.monotonic()
    await bot.result("getMe")

    [call] = api.ledger.of("getMe")
    assert before <= call.arrived_s <= call.answered_s <= time.monotonic()


async def test_reply_answers_the_question_that_it_names(api: BotApi, bot: Caller) -> None:
    group = api.group()
    numbers = [group.writes(text) for text in ("one", "two", "three")]
    for number in (numbers[2], numbers[0], numbers[0]):
        await bot.result("sendMessage", chat_id=group.id, text="a", reply_parameters={"message_id": number})

    found = api.questions()

    assert [(one.text, len(one.replies)) for one in found] == [("one", 2), ("two", 0), ("three", 1)]
    assert [one.waited_s is not None and one.waited_s > 0 for one in found] == [True, False, True]


async def test_other_messages_answer_the_questions_of_their_chat_in_turn(api: BotApi, bot: Caller) -> None:
    chats = api.private_chat(7), api.private_chat(8)
    for text in ("one", "two"):
        for chat in chats:
            chat.writes(text)
    for chat in (chats[1], chats[0], chats[1], chats[1]):
        await bot.result("sendMessage", chat_id=chat.id, text="a")

    assert [(one.chat_id, one.text, len(one.replies)) for one in api.questions()] == [
        (7, "one", 1),
        (8, "one", 1),
        (7, "two", 0),
        (8, "two", 2),
    ]


async def test_answer_counts_although_the_bot_never_learns_that_it_was_sent(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    chat.writes("one")
    api.script("sendMessage", dropped(), dropped(committed=True))
    for _ in range(2):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await bot.call("sendMessage", chat_id=chat.id, text="a")

    assert [len(one.replies) for one in api.questions()] == [1]
