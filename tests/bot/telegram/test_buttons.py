"""Buttons below answers: what somebody thinks of them, and presses that no button of ours sends. And laws of codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import Press, Pressed, code, pressed
from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, READINGS, TWO_PARTS, UNCLEAR
from tests.bot_api import USERNAME, BotApi, Chat

EXPIRED = "This answer is no longer kept. Please ask again."
GONE = "This can no longer be chosen. Please ask again."
THANKS = "Thank you. You can change this at any time."

# Ratings ------------------------------------------------------------------------------------------------------------


@both_doors
@pytest.mark.parametrize("place", [0, 1, 2])
async def test_rating_is_marked_below_the_answer(reader: Chat, place: int) -> None:
    labels = ["👍 Helpful", "👎 Wrong", "🤔 Unclear"]
    answer = await reader.says(QUESTION)

    given_ = await reader.presses(answer, labels[place])
    marked = await given_.change()

    labels[place] = f"✓ {labels[place]}"
    assert marked is not None
    assert (given_.text, given_.alert, marked.text, marked.labels) == (THANKS, False, ANSWER, [["In context"], labels])


async def test_rating_can_be_changed(reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    await (await reader.presses(answer, "👍 Helpful")).change()

    changed = await reader.presses(answer, "👎 Wrong")
    marked = await changed.change()

    assert changed.text == "Your rating is changed. Thank you."
    assert marked is not None
    assert marked.labels[-1] == ["👍 Helpful", "✓ 👎 Wrong", "🤔 Unclear"]


async def test_same_rating_given_twice_is_kept_once_and_quietly(api: BotApi, reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    await (await reader.presses(answer, "👍 Helpful")).change()

    again = await reader.presses(answer, "✓ 👍 Helpful")

    assert again.text == THANKS
    assert (await reader.says("/forget")).text.splitlines()[2] == "• 1 rating"
    assert api.ledger.count("editMessageText", 400) == 1


async def test_answer_without_sources_can_be_rated_too(reader: Chat) -> None:
    asked_back = await reader.says(UNCLEAR)

    marked = await (await reader.presses(asked_back, "🤔 Unclear")).change()

    assert marked is not None
    assert marked.labels == [
        [f"1. {READINGS[0]}"],
        [f"2. {READINGS[1]}"],
        ["👍 Helpful", "👎 Wrong", "✓ 🤔 Unclear"],
    ]


async def test_rating_of_a_long_answer_leaves_its_first_message_alone(reader: Chat) -> None:
    reader.writes(TWO_PARTS)
    first, last = await reader.sees(), await reader.sees()

    marked = await (await reader.presses(last, "👍 Helpful")).change()

    assert marked is not None
    assert [shown.text for shown in reader.screen()] == [first.text, last.text]
    assert reader.screen()[0].keyboard == []


# Presses that no button of ours sends -------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["", "x", "r", "v1:op:7", "🤷", "c" * 64, ":" * 64, "R:helpful"])
async def test_press_of_an_unknown_button_gets_a_word_and_changes_nothing(reader: Chat, data: str) -> None:
    answer = await reader.says(QUESTION)

    given_ = await reader.calls_back(answer, data)

    assert (given_.text, given_.alert, reader.screen()) == (EXPIRED, True, [answer])


@pytest.mark.parametrize(
    ("data", "notice"),
    [
        ("c:0", EXPIRED),
        ("c:2", EXPIRED),
        ("c:99999999", EXPIRED),
        ("c:1:9", EXPIRED),
        ("c", EXPIRED),
        ("s:1", GONE),
        ("s:x", GONE),
        ("f:00000000", GONE),
        ("f", GONE),
        ("t:00000000", GONE),
        ("r:nice", EXPIRED),
        ("d:00000000:1", EXPIRED),
        ("d:f700fc8c:0", EXPIRED),
        ("d:f700fc8c:77", EXPIRED),
        ("l:xx", GONE),
    ],
)
async def test_press_that_leads_nowhere_gets_a_word_and_changes_nothing(reader: Chat, data: str, notice: str) -> None:
    answer = await reader.says(QUESTION)

    given_ = await reader.calls_back(answer, data)

    assert (given_.text, given_.alert, reader.screen()) == (notice, True, [answer])


@pytest.mark.parametrize("data", ["c:1", "a", "s:1", "r:wrong"])
async def test_button_below_what_is_no_answer_gets_a_word(reader: Chat, data: str) -> None:
    welcome = await reader.says("/start")

    assert (await reader.calls_back(welcome, data)).text == EXPIRED


async def test_button_of_a_message_that_is_gone_gets_a_word(reader: Chat) -> None:
    await reader.says(QUESTION)

    given_ = await reader.calls_back(999, "c:1")

    assert (given_.text, given_.alert) == (EXPIRED, True)


@both_doors
async def test_nobody_can_change_an_answer_in_a_group_by_a_press_that_was_made_up(group: Chat) -> None:
    answer = await group.says(f"@{USERNAME} {QUESTION}")

    for data in ("l:ar", "o", "d:f700fc8c:1", "s:1", "a", "c:1", "r:wrong", "f:00000000"):
        for member in (group, group.member(2)):
            given_ = await member.calls_back(answer, data)
            assert (given_.text, given_.alert) == (EXPIRED, True)
    assert group.screen() == [answer]


async def test_press_in_an_answer_that_was_sent_by_inline_mode_gets_a_word(api: BotApi, reader: Chat) -> None:
    elsewhere = api.elsewhere()
    result = (await reader.inline(QUESTION)).results[0]
    sent = elsewhere.chooses(result, QUESTION)

    assert (await elsewhere.calls_back(sent, "l:ar")).text == EXPIRED


async def test_press_that_is_too_old_to_be_acknowledged_is_obeyed_all_the_same(api: BotApi, reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    message = reader.messages[answer.message_id]
    query = {"id": "1", "from": reader.acting(), "data": "c:1", "chat_instance": "1", "message": message}
    api.updates.push({"callback_query": query})

    shown = await reader.changes(answer)

    assert shown is not None
    assert shown.text.startswith("Report on Gaza ceasefire negotiations (title given by us), paragraph 8 of 8\n")


async def test_game_button_gets_a_word(api: BotApi, reader: Chat) -> None:
    answer = await reader.says(QUESTION)
    query = {"id": "1", "from": reader.acting(), "game_short_name": "chess", "chat_instance": "1"}
    api.updates.push({"callback_query": {**query, "message": reader.messages[answer.message_id]}})
    await api.ledger.until(lambda: len(api.ledger.of("answerCallbackQuery")) == 1)

    assert api.ledger.of("answerCallbackQuery")[0].parameters["text"] == EXPIRED


# Laws of codes ------------------------------------------------------------------------------------------------------

KEYS = st.text("0123456789abcdef", min_size=8, max_size=8)
PAGES = st.integers(0, 999_999)
VALUES: dict[Press, st.SearchStrategy[tuple[object, ...]]] = {
    Press.CONTEXT: st.tuples(PAGES, PAGES),
    Press.ANSWER: st.just(()),
    Press.SUGGESTION: st.tuples(PAGES),
    Press.RATE: st.tuples(st.sampled_from(["helpful", "wrong", "unclear"])),
    Press.PAGE: st.tuples(KEYS, PAGES) | st.tuples(KEYS, PAGES, st.just(1)),
    Press.TOPIC: st.tuples(KEYS),
    Press.TOPICS: st.just(()),
    Press.FACT: st.tuples(KEYS),
    Press.LANGUAGE: st.tuples(st.sampled_from(["", "en", "ar", "he", "fr", "es", "ru", "de"])),
}


@given(st.sampled_from(Press).flatmap(lambda what: st.tuples(st.just(what), VALUES[what])))
def test_code_of_every_button_fits_and_reads_back(given_: tuple[Press, tuple[object, ...]]) -> None:
    what, values = given_

    sent = code(what, *values)
    back = pressed(sent)

    assert len(sent.encode()) <= 64
    assert back == Pressed(what, tuple(map(str, values)))
    assert [back.number(at) for at, value in enumerate(values) if isinstance(value, int)] == [
        value for value in values if isinstance(value, int)
    ]


@given(st.text(max_size=80) | st.integers() | st.none())
def test_anything_that_comes_back_is_read_without_an_error(data: object) -> None:
    back = pressed(data)

    assert back is None or (isinstance(data, str) and data.split(":")[0] == back.what)
    if back is not None:
        assert all(back.number(at) >= 0 for at in range(5))
