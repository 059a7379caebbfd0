"""Guest mode: the bot is called by its name where it is no member."""

from __future__ import annotations

import pytest

from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, DECLINED, QUESTION, SOURCE, STATEMENT, UNSAID
from tests.bot_api import USERNAME, BotApi, Chat

AT_BOT = f"@{USERNAME}"


@pytest.fixture
def elsewhere(api: BotApi, bot: None) -> Chat:  # noqa: ARG001  the bot runs
    """A group that the running bot is not in."""
    return api.elsewhere()


@both_doors
async def test_guest_is_answered_with_the_quote(elsewhere: Chat) -> None:
    answer = await elsewhere.summons(f"{AT_BOT} {QUESTION}")

    assert answer.text == ANSWER
    assert len(answer.marked("expandable_blockquote")) == 1


async def test_answer_to_a_guest_leads_to_the_private_chat(elsewhere: Chat) -> None:
    answer = await elsewhere.summons(f"{AT_BOT} {QUESTION}")
    assert [button.data for button in answer.buttons] == [None]

    assert (await elsewhere.opens(answer, "Open in a private chat").sees()).text == ANSWER


async def test_guest_who_calls_the_bot_below_a_question_is_answered_that(elsewhere: Chat) -> None:
    question = elsewhere.member(2).writes(QUESTION)

    assert (await elsewhere.summons(AT_BOT, reply_to=question)).text == ANSWER


async def test_guest_who_asks_nothing_is_told_how_to_ask(elsewhere: Chat) -> None:
    answer = await elsewhere.summons(AT_BOT)

    assert answer.text.startswith(f"In a group I answer only when I am addressed: mention {AT_BOT}")


async def test_guest_is_declined_what_the_document_does_not_state(elsewhere: Chat) -> None:
    assert (await elsewhere.summons(f"{AT_BOT} {UNSAID}")).text == DECLINED


@pytest.mark.parametrize("settings", [{"group_answers": "short"}], ids=["short"])
async def test_short_answers_for_groups_are_for_guests_too(elsewhere: Chat) -> None:
    answer = await elsewhere.summons(f"{AT_BOT} {QUESTION}")

    assert answer.text == f"{STATEMENT} [1]\n\nSource: {SOURCE}"
    assert (await elsewhere.opens(answer, "Quotes and sources").sees()).text == ANSWER


@pytest.mark.parametrize("settings", [{"questions_per_minute": 1}], ids=["one a minute"])
async def test_guest_who_asks_too_much_is_met_with_silence(elsewhere: Chat) -> None:
    await elsewhere.summons(f"{AT_BOT} {QUESTION}")

    with pytest.raises(TimeoutError):
        await elsewhere.summons(f"{AT_BOT} {UNSAID}", timeout_s=0.2)


async def test_guest_is_answered_in_their_language(elsewhere: Chat) -> None:
    elsewhere.speaks("de")

    answer = await elsewhere.summons(f"{AT_BOT} who won the world cup")

    assert "Dokument" in answer.text
