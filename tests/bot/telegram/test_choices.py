"""Choosing: suggestions and readings by their buttons or their numbers."""

from __future__ import annotations

import pytest

from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import (
    ANSWER,
    DECLINED,
    FIRST_READING,
    QUESTION,
    RATINGS,
    READINGS,
    RELATED,
    UNCLEAR,
    UNSAID,
    WHICH,
)
from tests.bot_api import BotApi, Chat

ALREADY = "This is answered already, further down."


@both_doors
async def test_readings_of_an_unclear_question_are_buttons(reader: Chat) -> None:
    asked_back = await reader.says(UNCLEAR)

    assert asked_back.text == WHICH
    assert asked_back.labels == [[f"1. {READINGS[0]}"], [f"2. {READINGS[1]}"], RATINGS]


@both_doors
async def test_pressed_reading_is_answered(reader: Chat) -> None:
    asked_back = await reader.says(UNCLEAR)

    pressed = await reader.presses(asked_back, f"1. {READINGS[0]}")

    assert (await reader.sees()).text == FIRST_READING
    assert (pressed.text, pressed.message) == ("", asked_back)


@both_doors
async def test_facts_that_are_related_to_what_is_not_stated_are_buttons(reader: Chat) -> None:
    declined = await reader.says(UNSAID)

    assert declined.text == DECLINED
    assert declined.labels == [
        [f"1. {RELATED[0]}"],
        ["2. Of the 400 Palestinian prisoners in the proposal, 15 are…"],
        RATINGS,
    ]


async def test_pressed_suggestion_is_answered_with_its_quote(reader: Chat) -> None:
    declined = await reader.says(UNSAID)
    await reader.presses(declined, f"1. {RELATED[0]}")

    assert (await reader.sees()).text == ANSWER


async def test_suggestion_that_is_pressed_twice_is_answered_once(reader: Chat) -> None:
    declined = await reader.says(UNSAID)
    await reader.presses(declined, f"1. {RELATED[0]}")

    pressed = await reader.presses(declined, f"1. {RELATED[0]}")

    assert (pressed.text, pressed.alert) == (ALREADY, False)
    assert [shown.text for shown in reader.screen()] == [DECLINED, ANSWER]


async def test_suggestion_that_is_pressed_again_after_another_answer_is_answered_again(reader: Chat) -> None:
    asked_back = await reader.says(UNCLEAR)
    for label in (f"1. {READINGS[0]}", f"2. {READINGS[1]}", f"1. {READINGS[0]}"):
        await reader.presses(asked_back, label)

    assert [(await reader.sees()).text for _ in range(3)][::2] == [FIRST_READING] * 2


async def test_answer_to_a_choice_can_be_opened_and_rated_and_followed_up(reader: Chat) -> None:
    await reader.presses(await reader.says(UNCLEAR), f"1. {READINGS[0]}")
    answer = await reader.sees()

    assert answer.labels == [["In context"], RATINGS]
    assert (await reader.presses(answer, "👍 Helpful")).text == "Thank you. You can change this at any time."
    assert (await reader.says("/why")).text.startswith(
        "How the last reply was decided:\n\nQuestion: How many prisoners"
    )


@both_doors
@pytest.mark.parametrize("number", ["1", " 1. ", "1)", "١"])
async def test_number_chooses_the_line_that_bears_it(reader: Chat, number: str) -> None:
    await reader.says(UNSAID)

    assert (await reader.says(number)).text == ANSWER


@pytest.mark.parametrize("number", ["0", "3", "99", "100", "-1", "1.5"])
async def test_number_of_no_line_is_a_question_like_any_other(reader: Chat, number: str) -> None:
    await reader.says(UNSAID)

    assert (await reader.says(number)).text not in {ANSWER, DECLINED}


async def test_number_after_another_answer_chooses_nothing_of_the_one_before(reader: Chat) -> None:
    await reader.says(UNSAID)
    await reader.says("What did Israel demand?")

    assert (await reader.says("1")).text != ANSWER


async def test_number_in_a_reply_chooses_from_the_answer_that_it_replies_to(reader: Chat) -> None:
    asked_back = await reader.says(UNCLEAR)
    await reader.says(QUESTION)

    assert (await reader.says("1", reply_to=asked_back)).text == FIRST_READING


async def test_number_of_one_chat_chooses_nothing_in_another(api: BotApi, reader: Chat) -> None:
    await reader.says(UNSAID)

    assert (await api.private_chat(8).says("1")).text != ANSWER
