"""Messages on their way: what is sent again and what is not, what is noted, and what the counts say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Chat, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.store import Received, Store, Waiting
from bot.telegram.delivery import sending
from bot.telegram.delivery.limits import FloodLimits, Flow, Limit
from bot.telegram.delivery.sending import MOST_FAULTS, Post, Unsendable, Work
from bot.telegram.delivery.transport import Broken, NotSent

NONE = Limit(0, 1.0)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSES_S", (0.0,))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path / "store.db")
    await store.receive([Received(5, "7", {})])
    yield store
    await store.close()


@pytest.fixture
def time() -> list[float]:
    """What the clock shows; every call moves it on by a second."""
    return [0.0]


@pytest.fixture
def post(store: Store, time: list[float]) -> Post:
    def clock() -> float:
        time[0] += 1
        return time[0]

    async def sleep(seconds: float) -> None:
        time[0] += seconds

    return Post(store, Flow(FloodLimits(NONE, NONE, NONE), clock, sleep), clock)


class Telegram:
    """Answers calls as a test wants, one after another, and the rest well.

    Attributes:
        chats: the chat of each call.
    """

    def __init__(self, *faults: TelegramError) -> None:
        self.faults = list(faults)
        self.chats: list[int] = []

    async def send(self, chat_id: int) -> Message:
        self.chats.append(chat_id)
        if self.faults:
            raise self.faults.pop(0)
        return Message(70 + len(self.chats), datetime.now(UTC), Chat(chat_id, "private"))


async def counts(store: Store) -> tuple[str, str]:
    return await store.noted("perhaps sent twice"), await store.noted("perhaps not sent")


@pytest.mark.parametrize(
    ("faults", "counted"),
    [
        ([], ("", "")),
        ([NotSent("no network")], ("", "")),
        ([NetworkError("Internal Server Error")], ("", "")),
        ([NetworkError("Bad Gateway")] * (MOST_FAULTS + 2), ("", "")),
        ([Conflict("terminated")], ("", "")),
        ([RetryAfter(3), RetryAfter(4)], ("", "")),
        ([Broken("reset")], ("1", "")),
        ([NotSent("no network"), Broken("reset"), NotSent("no network")], ("1", "")),
    ],
)
async def test_message_that_did_not_arrive_is_sent_until_it_does(
    post: Post, store: Store, faults: list[TelegramError], counted: tuple[str, str]
) -> None:
    telegram, work = Telegram(*faults), Work(5)
    sent = await post.message(work, 7, telegram.send, last=True)

    assert (sent, work.sent, len(telegram.chats)) == (71 + len(faults), [71 + len(faults)], 1 + len(faults))
    assert await counts(store) == counted


@pytest.mark.parametrize(
    ("faults", "result", "counted"),
    [
        ([TimedOut()], "in doubt", ("", "1")),
        ([NotSent("x"), TimedOut()], "in doubt", ("", "1")),
        ([Broken("x"), Broken("x")], "in doubt", ("1", "")),
        ([Forbidden("bot was blocked by the user")], "gone", ("", "")),
        ([BadRequest("chat not found")], "refused", ("", "")),
        ([TelegramError("what is this?")], "failed", ("", "")),
        ([ChatMigrated(-8), ChatMigrated(-9)], "failed", ("", "")),
    ],
)
async def test_message_that_cannot_be_sent_or_may_have_arrived_is_not_sent_again(
    post: Post, store: Store, faults: list[TelegramError], result: str, counted: tuple[str, str]
) -> None:
    telegram = Telegram(*faults)
    with pytest.raises(Unsendable) as ended:
        await post.message(Work(5), 7, telegram.send, last=True)

    assert ended.value.result == result
    assert len(telegram.chats) == len(faults)
    assert await counts(store) == counted


async def test_message_that_alone_fails_while_others_arrive_is_given_up(post: Post) -> None:
    others = Telegram()

    async def send(_: int) -> Message:
        await post.message(Work(6), 8, others.send, last=True)
        raise NetworkError("Internal Server Error")

    with pytest.raises(Unsendable, match="Internal Server Error") as ended:
        await post.message(Work(5), 7, send, last=True)

    assert ended.value.result == "failed"
    assert len(others.chats) == MOST_FAULTS


async def test_group_that_moved_is_written_to_at_its_new_id(post: Post) -> None:
    telegram = Telegram(ChatMigrated(-1070))
    await post.message(Work(5), -70, telegram.send, last=True)

    assert telegram.chats == [-70, -1070]


async def test_each_part_is_noted_before_and_after_and_not_sent_again_after_a_crash(post: Post, store: Store) -> None:
    seen: list[Waiting] = []
    telegram, work = Telegram(), Work(5)

    async def send(chat_id: int) -> Message:
        seen.extend(await store.waiting())
        return await telegram.send(chat_id)

    await post.message(work, 7, send, last=False)
    await post.message(work, 7, send, last=False)
    (left,) = await store.waiting()
    again = Work(5, list(left.sent))
    sent = [await post.message(again, 7, send, last=part == 2) for part in range(3)]

    assert [(one.sent, one.in_doubt) for one in seen] == [((), True), ((71,), True), ((71, 72), True)]
    assert (left.sent, left.in_doubt) == ((71, 72), False)
    assert sent == [71, 72, 73]


@pytest.mark.parametrize("last", [True, False])
async def test_message_that_arrives_although_its_handler_is_cancelled_is_noted_as_sent(
    post: Post, store: Store, last: bool
) -> None:
    leaves, arrives = asyncio.Event(), asyncio.Event()
    telegram = Telegram()

    async def send(chat_id: int) -> Message:
        leaves.set()
        await arrives.wait()
        return await telegram.send(chat_id)

    handling = asyncio.create_task(post.message(Work(5), 7, send, last=last))
    await leaves.wait()
    handling.cancel()
    arrives.set()
    await asyncio.wait((handling,))

    assert handling.cancelled()
    assert await store.waiting() == [Waiting(Received(5, "7", {}), sent=(71,), in_doubt=False)]


async def test_message_that_fails_while_its_handler_is_cancelled_is_left_to_the_next_start(
    post: Post, store: Store
) -> None:
    leaves, fails = asyncio.Event(), asyncio.Event()
    calls = list[int]()

    async def send(chat_id: int) -> Message:
        calls.append(chat_id)
        leaves.set()
        await fails.wait()
        raise NetworkError("Internal Server Error")

    handling = asyncio.create_task(post.message(Work(5), 7, send, last=True))
    await leaves.wait()
    handling.cancel()
    fails.set()
    await asyncio.wait((handling,), timeout=10)

    assert handling.cancelled()
    assert calls == [7]
    assert await store.waiting() == [Waiting(Received(5, "7", {}), in_doubt=True)]


async def test_message_that_waits_for_its_turn_is_not_in_doubt_when_its_handler_is_cancelled(store: Store) -> None:
    waits, telegram = asyncio.Event(), Telegram()

    async def sleep(_: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    def clock() -> float:
        return 0.0

    flow = Flow(FloodLimits(NONE, Limit(1, 1.0), NONE), clock, sleep)
    await flow.turn(7)
    handling = asyncio.create_task(Post(store, flow, clock).message(Work(5), 7, telegram.send, last=True))
    await waits.wait()
    handling.cancel()
    await asyncio.wait((handling,))

    assert telegram.chats == []
    assert await store.waiting() == [Waiting(Received(5, "7", {}))]


async def test_pause_that_telegram_asks_for_is_kept(post: Post, time: list[float]) -> None:
    times: list[float] = []
    telegram = Telegram(RetryAfter(30))

    async def send(chat_id: int) -> Message:
        times.append(time[0])
        return await telegram.send(chat_id)

    await post.message(Work(5), 7, send, last=True)

    assert times[1] - times[0] >= 30


@pytest.mark.parametrize(
    "faults",
    [[TimedOut()], [Broken("x")] * 3, [NetworkError("x")], [RetryAfter(3)]],
    ids=["slow", "broken", "5xx", "429"],
)
async def test_change_may_be_made_twice_and_is_made_until_it_is_done(
    post: Post, store: Store, faults: list[TelegramError]
) -> None:
    telegram = Telegram(*faults)

    assert await post.change(7, telegram.send) is not None
    assert len(telegram.chats) == len(faults) + 1
    assert await counts(store) == ("", "")


async def test_change_to_what_is_there_already_is_no_fault(post: Post) -> None:
    telegram = Telegram(BadRequest("Message is not modified: specified new message content ..."))

    assert await post.change(7, telegram.send) is None


async def test_change_of_a_message_that_is_gone_is_told(post: Post) -> None:
    with pytest.raises(Unsendable, match="message to edit not found"):
        await post.change(7, Telegram(BadRequest("message to edit not found")).send)
