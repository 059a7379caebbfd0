"""What somebody reads who asks a question in a private chat."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import Running, both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, QUOTE, RATINGS, SOURCE, TWO_PARTS, UNSAID
from tests.bot_api import BotApi, Chat, slow


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@both_doors
async def test_question_is_answered_with_the_quote_in_an_expandable_quotation(reader: Chat) -> None:
    answer = await reader.says(QUESTION)

    assert (answer.text, answer.entities) == (ANSWER, [("italic", SOURCE), ("expandable_blockquote", QUOTE)])
    assert answer.labels == [["In context"], RATINGS]


@both_doors
async def test_private_answer_is_no_reply_and_shows_no_preview(reader: Chat) -> None:
    answer = await reader.says(QUESTION)

    assert answer.parameters.keys() == {"chat_id", "text", "entities", "link_preview_options", "reply_markup"}
    assert answer.parameters["link_preview_options"] == {"is_disabled": True}


@both_doors
async def test_follow_up_is_completed_from_the_conversation_of_its_chat(api: BotApi, reader: Chat) -> None:
    await reader.says("What did Hamas demand?")
    await api.private_chat(8).says(QUESTION)

    answer = await reader.says("and Israel?")

    assert answer.text.startswith("Understood as: What did Israel demand?\n")
    quotes = answer.marked("expandable_blockquote")
    assert "the Israeli side demanded that a list of names of those who are still alive be provided" in quotes


async def test_several_questions_are_answered_one_below_the_other(reader: Chat) -> None:
    answer = await reader.says(f"{QUESTION} What did Israel demand?")

    assert answer.marked("bold") == [QUESTION, "What did Israel demand?"]


async def test_what_the_document_does_not_state_is_declined_without_sources(reader: Chat) -> None:
    answer = await reader.says(UNSAID)

    assert (answer.text.partition("\n")[0], answer.entities) == (
        "The document does not state this: Israeli deaths.",
        [],
    )


async def test_what_is_no_question_about_the_document_gets_no_buttons(reader: Chat) -> None:
    answer = await reader.says("who won the world cup")

    assert (answer.text, answer.keyboard) == ("This is not about the document that I answer from.", [])


async def test_answer_that_is_too_long_for_a_message_has_its_buttons_below_the_last(reader: Chat) -> None:
    reader.writes(TWO_PARTS)
    first, last = await reader.sees(), await reader.sees()

    assert all(units(part.text) <= 4096 for part in (first, last))
    assert (first.keyboard, last.labels) == ([], [["In context"], RATINGS])


async def test_markup_in_a_question_is_inert(reader: Chat) -> None:
    answer = await reader.says("<b>who is *Netanyahu*?</b> [x](tg://user?id=1) &lt; /start @everyone `code`")

    assert "parse_mode" not in answer.parameters
    assert {kind for kind, _ in answer.entities} <= {"bold", "italic", "expandable_blockquote"}


FAILED = "Something went wrong here, and your message was not answered. Please try again."


@pytest.mark.parametrize("text", ["\ud800", "😀" * 2048, "a" * 4096, "\u202e\u0000\u200b", "?", "\u2068" * 40])
async def test_any_text_gets_an_answer_and_not_an_apology(reader: Chat, text: str) -> None:
    assert (await reader.says(text)).text != FAILED


async def test_half_of_a_surrogate_pair_before_a_mention_does_no_harm(api: BotApi, reader: Chat) -> None:
    mention = {"type": "mention", "offset": 2, "length": 18}
    reader.posts(text=f"\ud800 @{api.me['username']} {QUESTION}", entities=[mention])

    assert (await reader.sees()).text != FAILED


async def test_name_of_the_bot_before_a_private_question_is_no_part_of_it(api: BotApi, reader: Chat) -> None:
    assert (await reader.says(f"@{api.me['username']} {QUESTION}")).text == ANSWER


@both_doors
async def test_quick_answer_comes_without_a_typing_indicator(api: BotApi, reader: Chat) -> None:
    await reader.says(QUESTION)

    assert api.ledger.of("sendChatAction") == []


async def test_typing_is_shown_while_an_answer_takes_longer_than_half_a_second(api: BotApi, reader: Chat) -> None:
    api.script("sendMessage", slow(0.7))
    reader.writes(QUESTION)
    await api.ledger.until(lambda: len(api.ledger.of("sendChatAction")) == 1)

    assert reader.screen() == []
    assert (await reader.sees()).text == ANSWER
    [shown] = api.ledger.of("sendChatAction")
    assert shown.parameters == {"chat_id": reader.id, "action": "typing"}


async def test_documents_follow_the_statements_each_with_its_quotes(
    running: Running, api: BotApi, harbour: KnowledgeBase
) -> None:
    async with running(harbour):
        answer = await api.private_chat().says("What did the dock workers demand? What did the ferry company blame?")

    assert answer.text == (
        "What did the dock workers demand?\n"
        "According to the Alba Courier: Dock workers in Port Alba demanded a pay rise of 7 percent. [1]\n"
        "That is all I have on this.\n\n"
        "What did the ferry company blame?\n"
        "The ferry company blamed the weather for it. [2]\n"
        "That is all I have on this.\n\n"
        "Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "[1] the Alba Courier, ¶1\n"
        "Dock workers in Port Alba demanded a pay rise of 7 percent on Monday\n\n"
        "Notice of the ferry company (title given by us), publisher not known, no date given\n"
        "[2] the ferry company, ¶1\n"
        "The company blamed the weather."
    )
