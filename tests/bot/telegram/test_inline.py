"""Inline mode: whole cited answers in any chat."""

from __future__ import annotations

import pytest

from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import Running, both_doors
from tests.bot.telegram.known import (
    ANSWER,
    DECLINED,
    FIRST_READING,
    QUESTION,
    QUOTE,
    RELATED,
    SOURCE,
    STATEMENT,
    UNCLEAR,
    UNSAID,
)
from tests.bot_api import BotApi, Chat, InlineAnswer, failing


async def all_pages(reader: Chat, query: str) -> list[InlineAnswer]:
    """Read on as far as there is more."""
    pages = [await reader.inline(query)]
    while pages[-1].next_offset:
        pages.append(await reader.inline(query, offset=pages[-1].next_offset))
    return pages


@both_doors
async def test_query_is_answered_with_a_whole_cited_answer(reader: Chat) -> None:
    first = (await reader.inline(QUESTION)).results[0]

    assert (first.title, first.description) == (STATEMENT, SOURCE)
    assert first.message.text == ANSWER
    assert first.message.entities == [("italic", SOURCE), ("expandable_blockquote", QUOTE)]
    assert first.raw["input_message_content"]["link_preview_options"] == {"is_disabled": True}


async def test_title_that_has_no_room_goes_on_in_the_description(reader: Chat) -> None:
    result = (await reader.inline("What did Israel demand?")).results[0]

    assert result.title == "The Israeli side demanded a list of the names of those who are…"
    assert result.description == (
        "…still alive. · The Israeli side demanded that any Palestinian prisoners released be deported to another "
        "country."
    )


async def test_answer_of_several_facts_is_followed_by_each_alone(reader: Chat) -> None:
    results = (await reader.inline("What did Israel demand?")).results

    assert [result.id for result in results[:1]] == ["answer"]
    assert [result.message.text.count("\n[1] ") for result in results[1:3]] == [1, 1]
    assert [len(result.message.marked("expandable_blockquote")) for result in results[:3]] == [3, 1, 2]


@both_doors
async def test_empty_query_offers_topics_page_by_page(reader: Chat) -> None:
    pages = await all_pages(reader, "")

    results = [result for page in pages for result in page.results]
    assert len(pages) > 1
    assert [len(page.results) for page in pages[:-1]] == [10] * (len(pages) - 1)
    assert len({result.id for result in results}) == len(results) <= 50
    assert all(result.message.marked("expandable_blockquote") for result in results)


@pytest.mark.parametrize("query", [" ", "\n\t"])
async def test_query_of_blanks_is_an_empty_one(reader: Chat, query: str) -> None:
    assert (await reader.inline(query)).results == (await reader.inline("")).results


@pytest.mark.parametrize("offset", ["50", "999", "1000", "-1", "x", "1.5", "٣٠٠", "9" * 64])
async def test_offset_that_we_did_not_give_does_no_harm(reader: Chat, offset: str) -> None:
    answer = await reader.inline("", offset=offset)

    assert len(answer.results) <= 10


async def test_offset_beyond_the_end_has_no_results_and_no_next_page(reader: Chat) -> None:
    answer = await reader.inline(QUESTION, offset="40")

    assert (answer.results, answer.next_offset) == ([], "")


@both_doors
async def test_reading_on_gives_every_result_once(reader: Chat) -> None:
    pages = await all_pages(reader, "list everything about the negotiations")

    ids = [result.id for page in pages for result in page.results]
    assert len(set(ids)) == len(ids)


async def test_readings_of_an_unclear_question_are_results_and_no_question_back(reader: Chat) -> None:
    results = (await reader.inline(UNCLEAR)).results

    assert len(results) == 2
    assert results[0].message.text == FIRST_READING


async def test_what_is_not_stated_is_declined_and_followed_by_what_is_related(reader: Chat) -> None:
    results = (await reader.inline(UNSAID)).results

    assert (results[0].title, results[0].description) == (
        "No answer to this",
        "The document does not state this: Israeli deaths.",
    )
    assert results[0].message.text == DECLINED
    assert [result.message.text.partition(" [1]")[0] for result in results[1:]] == list(RELATED)


@both_doors
@pytest.mark.parametrize("query", ["🎉🎉🎉", "who won the world cup", "?", "\u202e", "x" * 256, "😀" * 128])
async def test_what_has_no_answer_is_followed_by_topics(reader: Chat, query: str) -> None:
    results = (await reader.inline(query)).results

    assert results[0].title == "No answer to this"
    assert results[1].id.startswith("topic-")


@pytest.mark.parametrize("query", [QUESTION * 5, "what did hamas demand? " * 11, "مَتى " * 50, "<b>&amp;" * 32])
async def test_query_of_any_kind_is_answered_within_the_limits(reader: Chat, query: str) -> None:
    assert (await reader.inline(query[:256])).results


async def test_results_are_kept_for_each_person_as_each_has_a_language(api: BotApi, reader: Chat) -> None:
    english, french = await reader.inline(QUESTION), await api.private_chat(8, language="fr").inline(QUESTION)

    assert (english.cache_s, english.personal) == (300, True)
    assert english.results[0].message.text == ANSWER
    assert "anglais" in french.results[0].message.text


@both_doors
async def test_button_above_the_results_leads_to_the_welcome(reader: Chat) -> None:
    answer = await reader.inline("")
    assert answer.button == {"text": "Ask me in private", "start_parameter": "inline"}

    welcome = await reader.says("/start inline")

    assert welcome.text.startswith("Hello. I answer questions from one document")


@both_doors
async def test_chosen_result_leads_whoever_reads_it_to_its_context(api: BotApi, reader: Chat) -> None:
    sent = api.elsewhere().chooses((await reader.inline(QUESTION)).results[0])

    answer = await api.elsewhere().member(3).opens(sent, "Open in a private chat").sees()

    assert (answer.text, answer.labels[0]) == (ANSWER, ["In context"])


async def test_query_leaves_the_conversation_alone(reader: Chat) -> None:
    await reader.says("What did Hamas demand?")
    await reader.inline(QUESTION)

    assert (await reader.says("and Israel?")).text.startswith("Understood as: What did Israel demand?\n")
    assert (await reader.says("/forget")).text.splitlines()[1] == "• 2 questions with their answers"


async def test_query_that_nobody_waits_for_any_more_does_no_harm(api: BotApi, reader: Chat) -> None:
    query = {"id": "1", "from": reader.acting(), "query": QUESTION, "offset": "", "chat_type": "sender"}
    api.updates.push({"inline_query": query})

    assert (await reader.says(QUESTION)).text == ANSWER
    assert api.ledger.count("answerInlineQuery", 400) == 1


async def test_query_is_not_answered_late_when_telegram_fails(api: BotApi, reader: Chat) -> None:
    api.script("answerInlineQuery", failing(500))
    with pytest.raises(TimeoutError):
        await reader.inline(QUESTION, timeout_s=0.1)

    assert (await reader.inline(QUESTION)).results[0].message.text == ANSWER
    assert len(api.ledger.of("answerInlineQuery")) == 2


async def test_results_name_the_document_that_each_is_from(
    running: Running, api: BotApi, harbour: KnowledgeBase
) -> None:
    async with running(harbour):
        results = (await api.private_chat().inline("What did the ferry company blame?")).results

    assert (results[0].title, results[0].description) == (
        "The ferry company blamed the weather for it.",
        "Notice of the ferry company (title given by us), publisher not known, no date given",
    )
