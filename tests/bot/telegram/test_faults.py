"""What goes wrong between the bot and Telegram: order, faults, the token, what Telegram is told."""

from __future__ import annotations

import asyncio

import pytest

from bot.telegram.application import serve
from bot.telegram.delivery.transport import TelegramAccessError
from bot.telegram.wording import FAILED
from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import answering, settings_for
from tests.bot_api import TOKEN, BotApi, Chat, Fault, dropped, failing, page, slow, too_many_requests

QUESTION = "How many Palestinians have been killed in Gaza?"
STATEMENT = "Over 31,000 Palestinians have been killed in Gaza."
QUOTE = "Gaza, where over 31,000 Palestinians have been killed"
SOURCE = "Report on Gaza ceasefire negotiations (title given by us), publisher not known, no date given"
ANSWER = f"{STATEMENT} [1]\n\n{SOURCE}\n[1] ¶8\n{QUOTE}"


def statuses(api: BotApi, method: str) -> list[int]:
    return [call.status for call in api.ledger.of(method)]


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

    assert (await reader.sees()).text == FAILED


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

    assert [command["command"] for command in api.commands] == ["start", "help", "sources"]


async def test_only_the_kinds_of_update_are_asked_for_that_the_bot_handles(api: BotApi, reader: Chat) -> None:
    await reader.says("/start")

    first = api.ledger.of("getUpdates")[0]
    assert first.parameters["allowed_updates"] == ["message", "edited_message"]


async def test_questions_from_before_the_start_are_answered(api: BotApi, base: KnowledgeBase) -> None:
    reader = api.private_chat()
    reader.writes(QUESTION)

    async with answering(api, base):
        assert (await reader.sees()).text == ANSWER
