"""How much one person may ask, and how politely they are told."""

from __future__ import annotations

import pytest

from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, RELATED, UNSAID
from tests.bot_api import USERNAME, BotApi, Chat, slow

TOO_MANY = "These are more questions than I can answer at once. Please ask again in 60 seconds."

two_a_minute = pytest.mark.parametrize("settings", [{"questions_per_minute": 2}], ids=["two a minute"])


@both_doors
@two_a_minute
async def test_question_beyond_the_limit_gets_a_polite_notice_once(api: BotApi, reader: Chat) -> None:
    for _ in range(5):
        reader.writes(QUESTION)

    assert [(await reader.sees()).text for _ in range(3)] == [ANSWER, ANSWER, TOO_MANY]
    assert (await reader.says("/cancel")).text.startswith("That is dropped")
    assert len(api.ledger.of("sendMessage")) == 4


@two_a_minute
async def test_limit_of_one_person_is_none_of_others(api: BotApi, reader: Chat) -> None:
    for _ in range(3):
        reader.writes(QUESTION)

    assert (await api.private_chat(8).says(QUESTION)).text == ANSWER


@two_a_minute
async def test_limit_holds_in_all_chats_of_a_person_together(group: Chat) -> None:
    await group.private().says(QUESTION)
    await group.says(f"@{USERNAME} {QUESTION}")

    number = group.writes(f"@{USERNAME} {QUESTION}")

    refused = await group.sees()
    assert (refused.text, refused.reply_to) == (TOO_MANY, number)


@two_a_minute
async def test_pressed_choices_count_as_questions(reader: Chat) -> None:
    declined = await reader.says(UNSAID)
    await reader.presses(declined, f"1. {RELATED[0]}")
    await reader.sees()

    pressed = await reader.presses(declined, declined.labels[1][0])

    assert (pressed.text, pressed.alert) == (TOO_MANY, True)
    assert len(reader.screen()) == 2


@two_a_minute
async def test_commands_and_buttons_that_ask_nothing_do_not_count(reader: Chat) -> None:
    for command in ("/help", "/sources", "/topics", "/privacy"):
        await reader.says(command)
    answer = await reader.says(QUESTION)
    for label in ("In context", "↩ Back to the answer", "👍 Helpful"):
        await (await reader.presses(answer, label)).change()

    assert (await reader.says(QUESTION)).text == ANSWER


async def test_button_that_is_pressed_while_too_much_waits_gets_a_notice(api: BotApi, reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    message = reader.messages[answer.message_id]
    api.script("sendMessage", slow(0.3))
    reader.writes(QUESTION)
    for _ in range(40):
        query = {"id": api.world.presses.ask().id, "from": reader.acting(), "data": "c:1", "chat_instance": "1"}
        api.updates.push({"callback_query": {**query, "message": message}})
    await reader.sees()
    await api.ledger.until(lambda: len(api.ledger.of("answerCallbackQuery")) == 30)

    refused = [call for call in api.ledger.of("answerCallbackQuery") if "text" in call.parameters]
    assert [(call.parameters["text"], call.parameters["show_alert"]) for call in refused] == [(TOO_MANY, True)]


@pytest.mark.parametrize("settings", [{"questions_per_minute": 0}], ids=["no limit"])
async def test_no_limit_is_no_limit(reader: Chat) -> None:
    for _ in range(25):
        reader.writes(QUESTION)

    assert {(await reader.sees()).text for _ in range(25)} == {ANSWER}
