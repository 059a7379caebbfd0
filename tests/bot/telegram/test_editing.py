"""Edited questions: their answers change with them."""

from __future__ import annotations

import time

import pytest

from tests.bot.telegram.conftest import Running, both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, RATINGS, TWO_PARTS, UNCLEAR, WHICH
from tests.bot_api import USERNAME, BotApi, Chat

AT_BOT = f"@{USERNAME}"
WHY_NOTHING = "There is no reply yet that I could explain. Please ask a question first."


@both_doors
async def test_edited_question_edits_its_answer(reader: Chat) -> None:
    number = reader.writes(UNCLEAR)
    answer = await reader.sees()
    reader.edits(number, QUESTION)

    changed = await reader.changes(answer)

    assert changed is not None
    assert (changed.text, changed.labels) == (ANSWER, [["In context"], RATINGS])
    assert reader.screen() == [changed]


async def test_question_that_is_edited_twice_edits_its_answer_twice(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    texts = []
    for text in (UNCLEAR, QUESTION):
        reader.edits(number, text)
        changed = await reader.changes(answer)
        assert changed is not None
        texts.append(changed.text)

    assert texts == [WHICH, ANSWER]


async def test_edit_that_changes_no_word_changes_nothing(api: BotApi, reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    reader.edits(number, QUESTION)
    await reader.says("/help")

    assert reader.screen()[0] == answer
    assert api.ledger.of("editMessageText") == []


@both_doors
async def test_answer_that_gets_longer_goes_on_in_a_new_message(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    reader.edits(number, TWO_PARTS)

    last = await reader.sees()

    first, second = reader.screen()
    assert (first.message_id, first.keyboard) == (answer.message_id, [])
    assert (second, last.labels) == (last, [["In context"], RATINGS])


@both_doors
async def test_answer_that_gets_shorter_leaves_no_message_behind(reader: Chat) -> None:
    number = reader.writes(TWO_PARTS)
    first, second = await reader.sees(), await reader.sees()
    reader.edits(number, QUESTION)

    assert await reader.changes(second) is None
    [left] = reader.screen()
    assert (left.message_id, left.text, left.labels) == (first.message_id, ANSWER, [["In context"], RATINGS])


async def test_answer_that_grew_and_shrank_can_still_be_opened(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    await reader.sees()
    reader.edits(number, TWO_PARTS)
    await reader.sees()
    reader.edits(number, QUESTION)
    await reader.says("/help")

    pressed = await reader.presses(reader.screen()[0], "In context")

    assert (await pressed.change()) is not None


async def test_edit_while_the_context_is_open_shows_the_new_answer(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    await (await reader.presses(answer, "In context")).change()
    reader.edits(number, UNCLEAR)

    changed = await reader.changes(answer)

    assert changed is not None
    assert changed.text == WHICH


async def test_edited_question_has_an_answer_that_nobody_has_rated(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    await (await reader.presses(answer, "👍 Helpful")).change()
    reader.edits(number, UNCLEAR)
    changed = await reader.changes(answer)

    assert changed is not None
    assert changed.labels[-1] == RATINGS
    assert (await reader.presses(changed, "👎 Wrong")).text == "Thank you. You can change this at any time."


async def test_question_as_it_was_before_is_not_kept(reader: Chat) -> None:
    number = reader.writes(UNCLEAR)
    answer = await reader.sees()
    reader.edits(number, QUESTION)
    await reader.changes(answer)

    assert (await reader.says("/forget")).text.splitlines()[1] == "• 1 question with its answer"


@both_doors
async def test_follow_up_completes_the_question_as_it_is_now(reader: Chat) -> None:
    number = reader.writes("How many Palestinians have been killed in Gaza?")
    answer = await reader.sees()
    reader.edits(number, "What did Hamas demand?")
    await reader.changes(answer)

    assert (await reader.says("and Israel?")).text.startswith("Understood as: What did Israel demand?\n")


async def test_edit_of_an_earlier_question_leaves_the_conversation_where_it_is(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    await reader.says("What did Hamas demand?")
    reader.edits(number, "Who leads the Israeli team?")
    await reader.changes(answer)

    assert (await reader.says("and Israel?")).text.startswith("Understood as: What did Israel demand?\n")


@both_doors
async def test_answer_that_was_deleted_is_sent_anew(reader: Chat) -> None:
    number = reader.writes(UNCLEAR)
    answer = await reader.sees()
    reader.room.remove(answer.message_id)
    reader.edits(number, QUESTION)

    anew = await reader.sees()

    assert anew.text == ANSWER
    assert await (await reader.presses(anew, "In context")).change() is not None


async def test_parts_of_an_answer_of_which_one_was_deleted_stand_in_order_again(reader: Chat) -> None:
    number = reader.writes(TWO_PARTS)
    first = await reader.sees()
    await reader.sees()
    reader.room.remove(first.message_id)
    reader.edits(number, TWO_PARTS.removesuffix("?"))
    parts = [await reader.sees(), await reader.sees()]

    assert reader.screen() == parts
    assert parts[0].keyboard == []


# What had no answer -------------------------------------------------------------------------------------------------


async def test_caption_that_is_added_to_a_photo_is_answered(reader: Chat) -> None:
    number = reader.sends_photo()
    await reader.sees()
    reader.edits(number, QUESTION)

    assert (await reader.sees()).text == ANSWER


async def test_command_that_is_edited_into_a_question_is_answered(reader: Chat) -> None:
    number = reader.writes("/hlep")
    await reader.sees()
    reader.edits(number, QUESTION)

    assert (await reader.sees()).text == ANSWER


@pytest.mark.parametrize("text", ["/help", "/start", "/ask", "/weather", f"/ask@another_bot {QUESTION}"])
async def test_command_without_a_question_is_not_obeyed_when_it_is_edited_in(reader: Chat, text: str) -> None:
    number = reader.writes(QUESTION)
    answer = await reader.sees()
    reader.edits(number, text)
    await reader.says("/cancel")

    assert reader.screen()[0] == answer


async def test_question_behind_ask_is_answered_anew_when_it_is_edited(reader: Chat) -> None:
    number = reader.writes(f"/ask {UNCLEAR}")
    answer = await reader.sees()
    reader.edits(number, f"/ask {QUESTION}")
    changed = await reader.changes(answer)

    assert changed is not None
    assert changed.text == ANSWER


async def test_change_of_an_old_message_of_which_nothing_is_kept_is_met_with_silence(api: BotApi, reader: Chat) -> None:
    now = int(time.time())
    old = {**reader.message({"text": QUESTION}), "date": now - 3 * 86400, "edit_date": now}
    api.updates.push({"edited_message": old})

    assert (await reader.says("/why")).text == WHY_NOTHING


async def test_edited_forward_and_edited_answer_of_inline_mode_are_met_with_silence(api: BotApi, reader: Chat) -> None:
    forward = reader.forwards(UNCLEAR)
    await reader.sees()
    reader.edits(forward, QUESTION)
    reader.edits(reader.posts(text=UNCLEAR, via_bot=api.me), QUESTION)

    assert (await reader.says("/why")).text == WHY_NOTHING


# In groups ----------------------------------------------------------------------------------------------------------


@both_doors
async def test_edited_question_in_a_group_edits_its_answer_there(group: Chat) -> None:
    number = group.writes(f"{AT_BOT} {UNCLEAR}")
    answer = await group.sees()
    group.edits(number, f"{AT_BOT} {QUESTION}")
    changed = await group.changes(answer)

    assert changed is not None
    assert (changed.text, changed.labels, changed.reply_to) == (ANSWER, [["Open in a private chat"]], number)


async def test_question_in_a_group_that_no_longer_names_the_bot_still_edits_its_answer(group: Chat) -> None:
    number = group.writes(f"{AT_BOT} {UNCLEAR}")
    answer = await group.sees()
    group.edits(number, QUESTION)
    changed = await group.changes(answer)

    assert changed is not None
    assert changed.text == ANSWER


async def test_message_in_a_group_that_names_the_bot_only_now_is_answered(group: Chat) -> None:
    number = group.writes(QUESTION)
    group.edits(number, f"{AT_BOT} {QUESTION}")

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, number)


async def test_edits_of_others_in_a_group_are_met_with_silence(group: Chat) -> None:
    group.edits(group.writes("one"), QUESTION)
    group.edits(group.sends_photo("two"), QUESTION)

    assert (await group.says("/forget")).text == "Nothing is kept about this chat."


async def test_edits_count_as_questions(running: Running, api: BotApi) -> None:
    reader = api.private_chat()
    async with running(questions_per_minute=2):
        number = reader.writes(UNCLEAR)
        answer = await reader.sees()
        reader.edits(number, QUESTION)
        await reader.changes(answer)
        reader.edits(number, UNCLEAR)

        assert (await reader.sees()).text.startswith("These are more questions than I can answer at once.")
        assert reader.screen()[0].text == ANSWER
