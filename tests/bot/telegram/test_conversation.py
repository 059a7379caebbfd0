"""Whole conversations: the real application over real HTTP, against the Bot API server of the tests."""

from __future__ import annotations

import asyncio

import pytest

from bot.interface import ENGLISH
from bot.telegram.application import serve
from bot.telegram.transport import TelegramAccessError
from bot.telegram.wording import edited_not_found, failed, not_text
from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import answering, settings_for
from tests.bot_api import TOKEN, USERNAME, BotApi, Chat, Fault, dropped, failing, page, slow, too_many_requests

QUESTION = "How many Palestinians have been killed in Gaza?"
STATEMENT = "Over 31,000 Palestinians have been killed in Gaza."
QUOTE = "Gaza, where over 31,000 Palestinians have been killed"
SOURCE = "Report on Gaza ceasefire negotiations (title given by us), publisher not known, no date given"
ANSWER = f"{STATEMENT} [1]\n\n{SOURCE}\n[1] ¶8\n{QUOTE}"

PHOTO = [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}]


def statuses(api: BotApi, method: str) -> list[int]:
    return [call.status for call in api.ledger.of(method)]


# What a person reads ------------------------------------------------------------------------------------------------


async def test_start_tells_what_the_bot_does(reader: Chat) -> None:
    welcome = await reader.says("/start")

    assert welcome.text.startswith("Hello. I answer questions from one document, with the very words")


async def test_help_tells_how_to_ask_and_lists_the_commands(reader: Chat) -> None:
    help_text = await reader.says("/help")

    assert help_text.text.startswith("Write a question as you would to a person")
    assert "/start – What this bot does\n/help – How to ask\n/ask – Ask a question\n/sources – " in help_text.text


async def test_sources_lists_the_documents(reader: Chat) -> None:
    assert (await reader.says("/sources")).text == f"I answer from:\n1. {SOURCE}"


async def test_command_that_nobody_knows_is_answered_with_help(reader: Chat) -> None:
    answer = await reader.says("/weather tomorrow")

    assert answer.text.startswith("I do not know this command.\n\nWrite a question")


async def test_slash_within_a_question_makes_no_command(reader: Chat) -> None:
    answer = await reader.says("Did Israel and/or Hamas make demands?")

    assert "command" not in answer.text


async def test_question_is_answered_with_the_quote_in_an_expandable_quotation(reader: Chat) -> None:
    answer = await reader.says(QUESTION)

    assert (answer.text, answer.entities) == (ANSWER, [("italic", SOURCE), ("expandable_blockquote", QUOTE)])


async def test_private_answer_is_no_reply_and_shows_no_preview(reader: Chat) -> None:
    answer = await reader.says(QUESTION)

    assert answer.parameters.keys() == {"chat_id", "text", "entities", "link_preview_options"}
    assert answer.parameters["link_preview_options"] == {"is_disabled": True}


async def test_follow_up_is_completed_from_the_conversation_of_its_chat(api: BotApi, reader: Chat) -> None:
    await reader.says("What did Hamas demand?")
    await api.private_chat(8).says(QUESTION)

    answer = await reader.says("and Israel?")

    quotes = answer.marked("expandable_blockquote")
    assert "the Israeli side demanded that a list of names of those who are still alive be provided" in quotes


async def test_what_the_document_does_not_state_is_declined_without_sources(reader: Chat) -> None:
    answer = await reader.says("besides the dead, how many were injured")

    assert answer.text.startswith("The document does not state this")
    assert answer.entities == []


async def test_number_chooses_the_suggestion_that_bears_it(reader: Chat) -> None:
    declined = await reader.says("besides the dead, how many were injured")
    assert declined.text.endswith(f"\n1. {STATEMENT}")

    assert (await reader.says("1")).text == ANSWER


async def test_number_without_suggestions_is_a_question_like_any_other(reader: Chat) -> None:
    await reader.says(QUESTION)

    assert (await reader.says("1")).text != ANSWER


async def test_markup_in_a_question_is_inert(reader: Chat) -> None:
    answer = await reader.says("<b>who is *Netanyahu*?</b> [x](tg://user?id=1) &lt; /start @everyone `code`")

    assert "parse_mode" not in answer.parameters
    assert {kind for kind, _ in answer.entities} <= {"bold", "italic", "expandable_blockquote"}


@pytest.mark.parametrize("text", ["\ud800", "😀" * 2048, "a" * 4096, "\u202e\u0000\u200b", "?"])
async def test_any_text_gets_an_answer_and_not_an_apology(reader: Chat, text: str) -> None:
    assert (await reader.says(text)).text != failed(ENGLISH)


# What is not a question ---------------------------------------------------------------------------------------------


async def test_message_without_text_gets_one_sentence(reader: Chat) -> None:
    reader.posts(photo=PHOTO)

    assert (await reader.sees()).text == not_text(ENGLISH)


async def test_edited_message_gets_one_sentence(reader: Chat) -> None:
    number = reader.writes(QUESTION)
    await reader.sees()
    reader.edits(number, "What did Hamas demand?")

    assert (await reader.sees()).text == edited_not_found(ENGLISH)


async def test_service_message_is_met_with_silence(reader: Chat) -> None:
    reader.posts(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})

    assert (await reader.says(QUESTION)).text == ANSWER


async def test_group_hears_nothing_but_answers_to_commands(api: BotApi, reader: Chat) -> None:  # noqa: ARG001  runs
    group = api.group()
    group.posts(photo=PHOTO)
    group.edits(group.writes(QUESTION), "What did Hamas demand?")
    group.writes("/sources@another_bot")
    group.writes("/weather")
    command = group.writes(f"/sources@{USERNAME}")

    answer = await group.sees()

    assert answer.text == f"I answer from:\n1. {SOURCE}"
    assert answer.parameters["reply_parameters"] == {"message_id": command, "allow_sending_without_reply": True}


# Order --------------------------------------------------------------------------------------------------------------


async def test_questions_of_one_chat_are_answered_in_order_although_sending_is_slow(api: BotApi, reader: Chat) -> None:
    api.script("sendMessage", slow(0.2))
    reader.writes("/sources")
    reader.writes(QUESTION)
    reader.writes("/help")

    answers = [(await reader.sees()).text for _ in range(3)]

    assert [answer[:13] for answer in answers] == ["I answer from", "Over 31,000 P", "Write a quest"]


async def test_slow_chat_does_not_hold_up_another(api: BotApi, reader: Chat) -> None:
    other = api.private_chat(8)
    api.script("sendMessage", too_many_requests(1))
    reader.writes("/sources")
    await api.ledger.until(lambda: statuses(api, "sendMessage") == [429])

    assert (await other.says(QUESTION)).text == ANSWER
    assert reader.unread.empty()


async def test_stopping_answers_first_what_has_been_fetched(api: BotApi, base: KnowledgeBase) -> None:
    stop = asyncio.Event()
    reader = api.private_chat()
    for _ in range(20):
        reader.writes(QUESTION)
    api.script("sendMessage", slow(0.1), slow(0.1))
    serving = asyncio.create_task(serve(base, settings_for(api), stop))
    await api.ledger.until(lambda: len(api.ledger.of("sendMessage")) == 1)
    stop.set()
    await serving

    assert [reader.unread.get_nowait().text for _ in range(20)] == [ANSWER] * 20
    assert api.updates.waiting == 0


async def test_stopping_does_not_wait_for_ever(api: BotApi, base: KnowledgeBase) -> None:
    stop = asyncio.Event()
    reader = api.private_chat()
    for _ in range(20):
        reader.writes(QUESTION)
    api.script("sendMessage", too_many_requests(30))
    serving = asyncio.create_task(serve(base, settings_for(api), stop, drain_s=0.1))
    await api.ledger.until(lambda: statuses(api, "sendMessage") == [429])
    stop.set()

    await asyncio.wait_for(serving, 5)


# Faults -------------------------------------------------------------------------------------------------------------


async def test_update_that_cannot_be_read_does_not_poison_the_others(api: BotApi, reader: Chat) -> None:
    api.updates.push({"message": {"message_id": "no date, no chat"}})
    api.updates.push({"message": {"message_id": 1, "date": 1_800_000_000_000, "chat": reader.chat}})
    api.updates.push({"message": "nothing"})
    api.updates.push({"news_of_a_later_version": {"some": "thing"}})

    assert (await reader.says(QUESTION)).text == ANSWER
    assert len(api.ledger.of("getUpdates")) < 10


async def test_failure_of_the_bot_itself_is_admitted(reader: Chat) -> None:
    reader.posts(text=["not", "a", "text"])

    assert (await reader.sees()).text == failed(ENGLISH)


async def test_too_many_requests_are_waited_out_and_the_answer_sent_once(api: BotApi, reader: Chat) -> None:
    api.script("sendMessage", too_many_requests(1))
    reader.writes(QUESTION)
    reader.writes("/sources")

    assert [(await reader.sees()).text for _ in range(2)] == [ANSWER, f"I answer from:\n1. {SOURCE}"]
    assert statuses(api, "sendMessage") == [429, 200, 200]


@pytest.mark.parametrize("fault", [page(502), failing(500)], ids=["HTML page", "internal error"])
async def test_answer_that_the_server_failed_to_take_is_sent_again(api: BotApi, reader: Chat, fault: Fault) -> None:
    api.script("sendMessage", fault)

    assert (await reader.says(QUESTION)).text == ANSWER


async def test_answer_that_may_have_arrived_is_not_sent_again(api: BotApi, reader: Chat) -> None:
    api.script("sendMessage", dropped(committed=True))
    reader.writes(QUESTION)
    reader.writes("/sources")

    assert [(await reader.sees()).text for _ in range(2)] == [ANSWER, f"I answer from:\n1. {SOURCE}"]
    assert statuses(api, "sendMessage") == [0, 200]


async def test_reader_who_blocked_the_bot_does_not_disturb_others(api: BotApi, reader: Chat) -> None:
    reader.blocked = True
    reader.writes(QUESTION)
    await api.ledger.until(lambda: statuses(api, "sendMessage") == [403])

    assert (await api.private_chat(8).says(QUESTION)).text == ANSWER


@pytest.mark.parametrize(
    "fault",
    [
        *map(failing, [401, 404, 409, 500, 200]),
        *map(page, [502, 200]),
        dropped(),
        too_many_requests(1),
    ],
    ids=["401", "404", "409", "500", "not ok with 200", "HTML with 502", "HTML with 200", "dropped", "429"],
)
async def test_polling_survives_a_fault(
    api: BotApi, base: KnowledgeBase, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    api.script("getUpdates", fault)

    async with answering(api, base):
        assert (await api.private_chat().says(QUESTION)).text == ANSWER
    assert len(api.ledger.of("getUpdates")) < 6
    assert "CRITICAL" not in caplog.text  # of the library, which would poll again without a pause


async def test_start_survives_a_fault_of_every_method(api: BotApi, base: KnowledgeBase) -> None:
    for method in ("getMe", "setMyCommands", "deleteWebhook"):
        api.script(method, page(502))

    async with answering(api, base):
        assert (await api.private_chat().says(QUESTION)).text == ANSWER


async def test_bot_that_cannot_reach_telegram_yet_stops_at_once_when_told_to(api: BotApi, base: KnowledgeBase) -> None:
    api.script("getMe", *[page(502)] * 9)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(base, settings_for(api), stop))
    await api.ledger.until(lambda: statuses(api, "getMe") == [502])
    stop.set()

    await asyncio.wait_for(serving, 1)


# The token ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["110201543:another", "malformed"])
async def test_wrong_token_ends_the_bot_with_a_message_that_does_not_show_it(
    api: BotApi, base: KnowledgeBase, token: str
) -> None:
    with pytest.raises(TelegramAccessError) as refused:
        await serve(base, settings_for(api, token), asyncio.Event())

    assert str(refused.value) == (
        "Telegram refuses the token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather shows for your bot"
    )


async def test_token_that_is_revoked_while_the_bot_runs_ends_it(api: BotApi, base: KnowledgeBase) -> None:
    serving = asyncio.create_task(serve(base, settings_for(api), asyncio.Event()))
    await api.private_chat().says(QUESTION)
    api.token = "110201543:renewed"  # noqa: S105  nobody's
    api.updates.close()

    with pytest.raises(TelegramAccessError) as refused:
        await asyncio.wait_for(serving, 10)

    assert TOKEN not in str(refused.value)


# What Telegram is told ----------------------------------------------------------------------------------------------


async def test_commands_are_announced_with_their_descriptions(api: BotApi, reader: Chat) -> None:
    await reader.says("/start")

    assert [command["command"] for command in api.commands][:4] == ["start", "help", "ask", "sources"]


async def test_only_the_kinds_of_update_are_asked_for_that_the_bot_handles(api: BotApi, reader: Chat) -> None:
    await reader.says("/start")

    first = api.ledger.of("getUpdates")[0]
    assert first.parameters["allowed_updates"] == ["message", "edited_message"]


async def test_questions_from_before_the_start_are_answered(api: BotApi, base: KnowledgeBase) -> None:
    reader = api.private_chat()
    reader.writes(QUESTION)

    async with answering(api, base):
        assert (await reader.sees()).text == ANSWER
