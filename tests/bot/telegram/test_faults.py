"""What goes wrong between the bot and Telegram, by polling and by webhook: survived, in order, and nothing twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store import look
from bot.telegram.application import Patience
from bot.telegram.delivery import inbox, polling, scheduling, sending, transport
from bot.telegram.delivery.transport import TelegramAccessError
from tests.bot.telegram.running import QUESTIONS, READ_TIMEOUT_S, Bot, answered, harbour, texts
from tests.bot_api import BotApi, Chat, Fault, dropped, failing, page, slow, too_many_requests

WAY = ("", "/telegram")
"""By polling, and by a webhook at this path."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pauses between two attempts be short: they are tested where a clock can be moved."""
    for module in (polling, sending):
        monkeypatch.setattr(module, "PAUSES_S", (0.01,))


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture(params=WAY, ids=["polling", "webhook"])
def bot(request: pytest.FixtureRequest, api: BotApi, tmp_path: Path) -> Bot:
    """A bot that gets its updates in one way or the other."""
    return Bot(api, harbour(), tmp_path / "store.db", webhook=request.param)


@pytest.fixture
def polling_bot(api: BotApi, tmp_path: Path) -> Bot:
    return Bot(api, harbour(), tmp_path / "store.db")


async def ask_all(api: BotApi, chat: Chat, others: Chat) -> tuple[list[int], list[int]]:
    """Ask all questions in a chat and in another; return which ones were answered, in order."""
    for question in QUESTIONS:
        chat.writes(question)
        others.writes(question)
    for _ in QUESTIONS:
        await others.sees()
    await api.ledger.until(lambda: len(texts(api, chat)) >= len(QUESTIONS))
    return answered(texts(api, chat)), answered(texts(api, others))


IN_ORDER = [0, 1, 2, 3]

SENDING_FAULTS = {
    "401": failing(401, "Unauthorized"),
    "404": failing(404, "Not Found"),
    "409": failing(409, "Conflict"),
    "500": failing(500),
    "502 page": page(502),
    "503 page": page(503),
    "page with 200": page(200),
    "429": too_many_requests(1),
    "dropped before it was done": dropped(),
}
"""What nothing comes of: it is sent again."""


@pytest.mark.parametrize("fault", SENDING_FAULTS.values(), ids=SENDING_FAULTS)
async def test_one_fault_of_a_message_is_survived_with_the_order_kept_and_nobody_else_held_up(
    api: BotApi, bot: Bot, fault: Fault
) -> None:
    troubled, others = api.private_chat(7), api.private_chat(8)
    api.script("sendMessage", fault, chat=troubled)
    async with bot.running():
        first, second = await ask_all(api, troubled, others)

    assert (first, second) == (IN_ORDER, IN_ORDER)


async def test_message_that_arrived_although_the_connection_broke_may_come_twice_and_is_counted(
    api: BotApi, bot: Bot
) -> None:
    reader = api.private_chat()
    api.script("sendMessage", dropped(committed=True))
    async with bot.running():
        reader.writes(QUESTIONS[0])
        reader.writes(QUESTIONS[1])
        await api.ledger.until(lambda: len(texts(api, reader)) == 3)

    found = look(bot.store)
    assert answered(texts(api, reader)) == [0, 0, 1]
    assert found is not None
    assert (found.perhaps_twice, found.perhaps_not, found.waiting) == (1, 0, 0)


@pytest.mark.parametrize("fault", [slow(READ_TIMEOUT_S * 2, committed=True), page(504)], ids=["slow", "504 page"])
async def test_message_that_timed_out_is_not_sent_again_and_is_counted(api: BotApi, bot: Bot, fault: Fault) -> None:
    reader = api.private_chat()
    api.script("sendMessage", fault)
    async with bot.running():
        reader.writes(QUESTIONS[0])
        reader.writes(QUESTIONS[1])
        await api.ledger.until(lambda: 1 in answered(texts(api, reader)))
        await api.ledger.until(lambda: len(api.ledger.of("sendMessage")) == 2)
        reader.writes(QUESTIONS[2])
        await api.ledger.until(lambda: 2 in answered(texts(api, reader)))

    found = look(bot.store)
    assert len(api.ledger.of("sendMessage")) == 3
    assert found is not None
    assert (found.perhaps_twice, found.perhaps_not, found.waiting) == (0, 1, 0)


async def test_pause_that_telegram_asks_for_in_one_chat_holds_up_that_chat_only(api: BotApi, bot: Bot) -> None:
    paused, others = api.private_chat(7), api.private_chat(8)
    api.flood(1, paused)
    async with bot.running():
        first, second = await ask_all(api, paused, others)

    sent = [call for call in api.ledger.of("sendMessage") if call.status == 200]
    assert [call.parameters["chat_id"] for call in sent] == [8] * 4 + [7] * 4
    assert (first, second) == (IN_ORDER, IN_ORDER)


async def test_pause_that_telegram_asks_for_in_all_chats_is_kept_by_all(api: BotApi, bot: Bot) -> None:
    chats = [api.private_chat(number) for number in range(1, 9)]
    api.flood(1)
    async with bot.running():
        for question in QUESTIONS:
            for chat in chats:
                chat.writes(question)
        await api.ledger.until(lambda: api.ledger.count("sendMessage") == 32)

    assert [answered(texts(api, chat)) for chat in chats] == [IN_ORDER] * 8
    assert api.ledger.count("sendMessage", 429) <= len(chats)  # each asks once at the most


POLL_FAULTS = {
    "401": failing(401, "Unauthorized"),
    "404": failing(404, "Not Found"),
    "409": failing(409, "Conflict: terminated by other getUpdates request"),
    "500": failing(500),
    "502 page": page(502),
    "page with 200": page(200),
    "429": too_many_requests(1),
    "dropped": dropped(),
    "dropped after it was done": dropped(committed=True),
}


@pytest.mark.parametrize("fault", POLL_FAULTS.values(), ids=POLL_FAULTS)
async def test_one_fault_of_a_poll_is_survived_and_nothing_is_lost_or_answered_twice(
    api: BotApi, polling_bot: Bot, fault: Fault
) -> None:
    reader = api.private_chat()
    async with polling_bot.running():
        await reader.says(QUESTIONS[0])
        api.script("getUpdates", fault)
        for question in QUESTIONS[1:]:
            reader.writes(question)
        await api.ledger.until(lambda: len(texts(api, reader)) == 4)

    assert answered(texts(api, reader)) == IN_ORDER


ANSWERS = {
    "nothing": b"{}",
    "no result": b'{"ok": true, "a": "result"}',
    "a part": b"{",
    "another result": b'{"ok": true, "result": 5}',
    "many levels": b'{"result":' + b"[" * 9999,
}


@pytest.mark.parametrize("content", ANSWERS.values(), ids=ANSWERS)
async def test_answer_that_is_none_is_survived(api: BotApi, polling_bot: Bot, content: bytes) -> None:
    async def malformed(_: Any, __: Any) -> Any:  # noqa: ANN401  as faults are
        from aiohttp import web

        return web.Response(body=content)

    reader = api.private_chat()
    api.script("getUpdates", malformed)
    async with polling_bot.running():
        seen = await reader.says(QUESTIONS[0])

    assert answered([seen.text]) == [0]


START_FAULTS = {
    "getMe 401": ("getMe", failing(401, "Unauthorized")),
    "getMe 404": ("getMe", failing(404, "Not Found")),
    "getMe 502 page": ("getMe", page(502)),
    "getMe 429": ("getMe", too_many_requests(1)),
    "getMe dropped": ("getMe", dropped()),
    "getMe slow": ("getMe", slow(READ_TIMEOUT_S * 2)),
    "setMyCommands 500": ("setMyCommands", failing(500)),
    "deleteWebhook 502": ("deleteWebhook", page(502)),
    "setWebhook 429": ("setWebhook", too_many_requests(1)),
}


@pytest.mark.parametrize(("method", "fault"), START_FAULTS.values(), ids=START_FAULTS)
async def test_one_fault_at_the_start_is_survived(
    api: BotApi, bot: Bot, method: str, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.application.START_PAUSES_S", (0.01,) * 4)
    monkeypatch.setattr("bot.telegram.application.REFUSED_PAUSE_S", 0.01)
    api.script(method, fault)
    async with bot.running():
        seen = await api.private_chat().says(QUESTIONS[0])

    assert answered([seen.text]) == [0]


async def test_token_that_is_wrong_from_the_start_ends_the_program(api: BotApi, bot: Bot) -> None:
    api.token = "1:another"  # noqa: S105  nobody's

    with pytest.raises(TelegramAccessError, match="Telegram refuses the token; set VERBATIM_TELEGRAM_TOKEN"):
        await bot.served(asyncio.Event())


async def test_token_that_is_taken_back_ends_the_program(
    api: BotApi, polling_bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "REFUSED_S", 0.05)
    serving = asyncio.create_task(polling_bot.served(asyncio.Event()))
    await api.private_chat().says(QUESTIONS[0])
    api.token = "1:another"  # noqa: S105  nobody's
    api.updates.close()

    with pytest.raises(TelegramAccessError, match="Telegram refuses the token"):
        await asyncio.wait_for(serving, 10)


async def test_many_refusals_in_one_bad_moment_do_not_end_the_program(api: BotApi, bot: Bot) -> None:
    chats = [api.private_chat(number) for number in range(1, 11)]
    api.script("sendMessage", *[failing(401, "Unauthorized")] * 10)
    async with bot.running():
        for chat in chats:
            chat.writes(QUESTIONS[0])
        for chat in chats:
            await chat.sees()

    assert [answered(texts(api, chat)) for chat in chats] == [[0]] * 10


POISON: dict[str, Any] = {
    "an unknown kind": {"update_id": 5, "a_kind_of_tomorrow": {"id": 1}},
    "no kind": {"update_id": 5},
    "a message without its fields": {"update_id": 5, "message": {}},
    "a message that is a list": {"update_id": 5, "message": []},
    "wrong types": {"update_id": 5, "message": {"message_id": "x", "date": "x", "chat": 7, "text": {}}},
    "a date of another age": {"update_id": 5, "message": {"message_id": 1, "date": 10**18, "chat": {"id": 7}}},
    "an id that no database holds": {"update_id": 5, "message": {"message_id": 10**30, "date": 1, "text": "x",
        "from": {"id": 10**30, "is_bot": False, "first_name": "x"}, "chat": {"id": 10**30, "type": "private"}}},
    "half of a character": {"update_id": 5, "message": {"message_id": 1, "date": 1, "text": "What? \ud800",
        "from": {"id": 9, "is_bot": False, "first_name": "x"}, "chat": {"id": 9, "type": "private"}}},
    "much": {"update_id": 5, "message": {"text": "x" * 600_000}},
    "many levels": {"update_id": 5, "message": {"reply_to_message": {"a": {"b": {"c": [[[[{}]]]]}}}}},
    "a number that is no number": {"update_id": 5, "message": {"message_id": float("nan"), "date": float("inf")}},
    "no id": {"message": {"text": "x"}},
    "an id that is text": {"update_id": "5", "message": {}},
    "an id that is true": {"update_id": True, "message": {}},
    "a huge id": {"update_id": 10**30, "message": {}},
    "a negative id": {"update_id": -5, "message": {}},
    "no object": ["update"],
    "nothing": None,
}  # fmt: skip


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
async def test_poison_is_skipped_and_acknowledged_and_what_follows_is_answered(
    api: BotApi, bot: Bot, poison: object
) -> None:
    reader = api.private_chat()
    reader.writes(QUESTIONS[0])
    api.updates.push_raw(poison)
    reader.writes(QUESTIONS[1])
    async with bot.running():
        await api.ledger.until(lambda: len(texts(api, reader)) == 2)
        reader.writes(QUESTIONS[2])
        await api.ledger.until(lambda: len(texts(api, reader)) == 3)

    found = look(bot.store)
    assert answered(texts(api, reader)) == [0, 1, 2]
    assert found is not None
    assert found.waiting == 0


async def test_what_is_no_update_at_all_makes_no_hot_loop(api: BotApi, polling_bot: Bot) -> None:
    async def nonsense(_: Any, __: Any) -> Any:  # noqa: ANN401  as faults are
        from aiohttp import web

        return web.json_response({"ok": True, "result": ["no update"]})

    reader = api.private_chat()
    api.script("getUpdates", *[nonsense] * 10)
    async with polling_bot.running():
        await reader.says(QUESTIONS[0])

    begun = [call.arrived_s for call in api.ledger.of("getUpdates")]
    assert begun[10] - begun[0] >= 10 * 0.01


async def test_repeated_update_has_no_second_effect(api: BotApi, bot: Bot) -> None:
    reader = api.private_chat()
    async with bot.running():
        number = api.updates.push({"message": message(reader, QUESTIONS[0])})
        await reader.sees()
        again = {"update_id": number, "message": message(reader, QUESTIONS[0])}
        api.updates.push_raw(again)
        api.updates.push_raw(again)
        await reader.says(QUESTIONS[1])
    api.updates.push_raw(again)
    async with bot.running():
        await reader.says(QUESTIONS[2])

    assert answered(texts(api, reader)) == [0, 1, 2]


def message(chat: Chat, text: str) -> dict[str, Any]:
    """Return a message, as Telegram tells of one."""
    return chat.room.message(chat.person, text=text)


async def test_ids_out_of_order_are_answered_all_and_each_once(api: BotApi, bot: Bot) -> None:
    reader = api.private_chat()
    for number, question in ((1003, 3), (1001, 1), (1002, 2), (1000, 0)):
        api.updates.push_raw({"update_id": number, "message": message(reader, QUESTIONS[question])})
    async with bot.running():
        await api.ledger.until(lambda: len(texts(api, reader)) == 4)

    assert sorted(answered(texts(api, reader))) == IN_ORDER


async def test_ids_that_begin_anew_lower_after_a_week_of_silence_are_answered(api: BotApi, bot: Bot) -> None:
    reader = api.private_chat()
    async with bot.running():
        await reader.says(QUESTIONS[0])
        api.updates.push_raw({"update_id": 17, "message": message(reader, QUESTIONS[1])})
        await reader.sees()
        api.updates.push_raw({"update_id": 18, "message": message(reader, QUESTIONS[2])})
        await reader.sees()

    assert answered(texts(api, reader)) == [0, 1, 2]


async def test_what_waits_at_the_end_is_answered_after_the_next_start_in_order(api: BotApi, bot: Bot) -> None:
    reader = api.private_chat()
    async with bot.running():
        await reader.says(QUESTIONS[0])
        api.script("sendMessage", *[failing(500)] * 1000)
        for question in QUESTIONS[1:]:
            reader.writes(question)
        await api.ledger.until(lambda: api.updates.waiting == 0 and api.ledger.count("sendMessage", 500) > 0)
    stored = look(bot.store)
    api.script("sendMessage")
    api._scripts.clear()  # noqa: SLF001  Telegram is well again
    async with bot.running():
        await api.ledger.until(lambda: len(texts(api, reader)) == 4)

    assert stored is not None
    assert stored.waiting == 3
    assert answered(texts(api, reader)) == IN_ORDER


async def test_message_that_arrives_while_the_bot_stops_is_not_sent_again_at_the_next_start(
    api: BotApi, bot: Bot
) -> None:
    reader = api.private_chat()
    stopping = asyncio.Event()

    async def arrives_late(_: Any, commit: Any) -> Any:  # noqa: ANN401  as faults are
        response = await commit()
        stopping.set()
        await asyncio.sleep(0.5)  # longer than it drains, shorter than it has to arrive
        return response

    api.script("sendMessage", arrives_late)
    patient = asyncio.Event()
    quick = replace(bot, patience=Patience(drain_s=0.05, read_timeout_s=10))
    serving = asyncio.create_task(quick.served(patient))
    reader.writes(QUESTIONS[0])
    await stopping.wait()
    patient.set()
    await serving
    async with bot.running():
        await reader.says(QUESTIONS[1])
        await api.ledger.until(lambda: 1 in answered(texts(api, reader)))

    found = look(bot.store)
    assert answered(texts(api, reader)) == [0, 1]
    assert found is not None
    assert found.perhaps_twice == 0


GONE = {"blocked": Chat.blocks, "deactivated": Chat.deactivates}


@pytest.mark.parametrize("leaves", GONE.values(), ids=GONE)
async def test_chat_that_is_gone_is_quiet_and_holds_up_nobody(
    api: BotApi,
    bot: Bot,
    leaves: Callable[[Chat], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    gone, others = api.private_chat(7), api.private_chat(8)
    leaves(gone)
    with caplog.at_level(logging.WARNING):
        async with bot.running():
            for question in QUESTIONS:
                gone.writes(question)
            await others.says(QUESTIONS[0])
            await api.ledger.until(lambda: api.ledger.count("sendMessage", 403) == 4)

    found = look(bot.store)
    assert found is not None
    assert found.waiting == 0
    assert not [record for record in caplog.records if record.name.startswith("bot")]


async def test_group_that_the_bot_was_removed_from_is_quiet_and_may_take_it_back(api: BotApi, bot: Bot) -> None:
    group = api.group()
    async with bot.running():
        group.kicks()
        group.writes(f"/ask {QUESTIONS[0]}")
        await api.ledger.until(lambda: api.ledger.count("sendMessage", 403) == 1)
        group.adds()
        await group.sees()
        seen = await group.says(f"/ask {QUESTIONS[1]}")

    assert answered([seen.text]) == [1]


async def test_group_that_became_a_supergroup_is_answered_there(api: BotApi, bot: Bot) -> None:
    group = api.group(kind="group")
    async with bot.running():
        await group.says(f"/ask {QUESTIONS[0]}")
        group.writes(f"/ask {QUESTIONS[1]}")
        moved = group.migrates()
        seen = await moved.sees()
        other = await moved.says(f"/ask {QUESTIONS[2]}")

    assert answered([seen.text, other.text]) == [1, 2]


async def test_message_that_stays_as_it_is_when_it_is_edited_is_quiet(
    api: BotApi, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    reader = api.private_chat()
    with caplog.at_level(logging.INFO):
        async with bot.running():
            number = reader.writes(QUESTIONS[0])
            await reader.sees()
            reader.edits(number, f"{QUESTIONS[0]} ")
            reader.edits(number, QUESTIONS[0].upper())
            await reader.says(QUESTIONS[1])

    assert not [record for record in caplog.records if "not answered" in record.message]


EDIT_FAULTS = {
    "401": failing(401, "Unauthorized"),
    "404": failing(404, "Not Found"),
    "500": failing(500),
    "502 page": page(502),
    "429": too_many_requests(1),
    "dropped": dropped(),
    "dropped after it was done": dropped(committed=True),
    "slow": slow(READ_TIMEOUT_S * 2, committed=True),
}


@pytest.mark.parametrize("fault", EDIT_FAULTS.values(), ids=EDIT_FAULTS)
async def test_one_fault_of_a_change_is_survived_and_counts_as_nothing_sent_twice(
    api: BotApi, bot: Bot, fault: Fault
) -> None:
    reader = api.private_chat()
    api.script("editMessageText", fault)
    async with bot.running():
        number = reader.writes(QUESTIONS[0])
        seen = await reader.sees()
        reader.edits(number, QUESTIONS[1])
        changed = await reader.changes(seen)
        await reader.says(QUESTIONS[2])

    found = look(bot.store)
    assert changed is not None
    assert answered([changed.text]) == [1]
    assert found is not None
    assert (found.perhaps_twice, found.perhaps_not) == (0, 0)


async def test_chat_that_floods_is_refused_politely_and_others_are_answered_meanwhile(api: BotApi, bot: Bot) -> None:
    flood, others = api.private_chat(7), [api.private_chat(number) for number in range(8, 28)]
    api.script("sendMessage", *[slow(0.02)] * 1000, chat=flood)
    async with bot.running():
        for number in range(400):
            flood.writes(QUESTIONS[number % 4])
        for other in others:
            other.writes(QUESTIONS[0])
        for other in others:
            await other.sees()
        meanwhile = len(texts(api, flood))
        while not _idle(bot):
            await others[0].says(QUESTIONS[0])

    said = texts(api, flood)
    refusals = [text for text in said if answered([text]) == [-1]]
    assert meanwhile < 40
    assert [answered(texts(api, other)) for other in others[1:]] == [[0]] * 19
    assert len(refusals) == 1
    assert refusals[0] == "These are more questions than I can answer at once. Please ask again in 60 seconds."
    assert len(said) < 400


def _idle(bot: Bot) -> bool:
    found = look(bot.store)
    return found is not None and found.waiting <= 1  # the reply comes before the note that it came


async def test_no_more_of_one_chat_waits_than_is_allowed(api: BotApi, bot: Bot) -> None:
    flood = api.private_chat(7)
    stuck: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def waits(_: Any, commit: Any) -> Any:  # noqa: ANN401  as faults are
        await stuck
        return await commit()

    api.script("sendMessage", *[failing(500)] * 100_000)
    for number in range(200):
        flood.writes(QUESTIONS[number % 4])
    async with bot.running():
        await api.ledger.until(lambda: api.updates.waiting == 0)

    found = look(bot.store)
    stuck.cancel()
    assert found is not None
    assert found.waiting == scheduling.MOST_OF_A_CHAT + 1  # one more is to be told that it is refused


def test_ids_of_updates_are_positive_and_fit_into_the_store() -> None:
    ids = [inbox.id_of({"update_id": number}) for number in (1, 2**63 - 2, 0, -1, 2**63 - 1, True, 1.0, "1")]

    assert ids == [1, 2**63 - 2, None, None, None, None, None, None]
    assert (inbox.id_of(None), inbox.id_of([]), inbox.id_of({})) == (None, None, None)
