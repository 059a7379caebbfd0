"""The order of work: each chat in its order, all chats in turn, and an end that loses nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import Received, Waiting
from bot.telegram.delivery import scheduling
from bot.telegram.delivery.finishing import finished
from bot.telegram.delivery.scheduling import Schedule


def update(number: int, chat: object = 7) -> Waiting:
    return Waiting(Received(number, str(chat), {}))


class Work:
    """Handles updates as a test lets it: an update is begun, and done when the test says so.

    Attributes:
        begun: ids in the order in which they were begun.
        done: ids in the order in which they were done.
    """

    def __init__(self, *, free: bool = False) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self._free = free
        self._doors: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def __call__(self, waiting: Waiting) -> None:
        number = waiting.received.update_id
        self.begun.append(number)
        if not self._free:
            await self._doors[number].wait()
        self.done.append(number)

    async def finishes(self, *numbers: int) -> None:
        """Let updates be done, one after another."""
        for number in numbers:
            self._doors[number].set()
            await settled()


async def settled() -> None:
    """Let every task go on as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


@settings(deadline=None)
@given(st.lists(st.integers(1, 4), max_size=40), st.integers(1, 3))
def test_every_update_is_handled_once_and_each_chat_in_its_order(chats: list[int], at_once: int) -> None:
    handled: defaultdict[str, list[int]] = defaultdict(list)
    busy: set[str] = set()
    most = 0

    async def handle(waiting: Waiting) -> None:
        nonlocal most
        chat = waiting.received.chat
        assert chat not in busy
        busy.add(chat)
        most = max(most, len(busy))
        for _ in range(waiting.received.update_id % 3):
            await asyncio.sleep(0)
        busy.remove(chat)
        handled[chat].append(waiting.received.update_id)

    async def run() -> None:
        schedule = Schedule(handle, at_once=at_once)
        for number, chat in enumerate(chats):
            schedule.add(update(number, chat))
            if number % 5 == 0:
                await asyncio.sleep(0)
        await schedule.idle()
        assert schedule.waiting == 0

    asyncio.run(run())
    assert handled == {str(chat): [number for number, one in enumerate(chats) if one == chat] for chat in set(chats)}
    assert most <= at_once


async def test_chat_that_sends_much_waits_behind_others_after_each_of_its_updates() -> None:
    work = Work(free=True)
    schedule = Schedule(work, at_once=1)
    for number in range(100, 105):
        schedule.add(update(number, "flood"))
    schedule.add(update(1, "a"))
    schedule.add(update(2, "b"))
    await schedule.idle()

    assert work.done == [100, 1, 2, 101, 102, 103, 104]


async def test_chat_that_is_slow_holds_up_nobody_else() -> None:
    work = Work()
    schedule = Schedule(work)
    for one in (update(1, "slow"), update(2, "slow"), update(3, "quick")):
        schedule.add(one)
    await settled()
    await work.finishes(3)

    assert (work.begun, work.done, schedule.waiting, schedule.of_chat("slow")) == ([1, 3], [3], 2, 2)
    await work.finishes(1, 2)
    assert (work.done, schedule.of_chat("slow")) == ([3, 1, 2], 0)


async def test_update_that_was_brought_late_goes_before_later_ones_of_its_chat_but_not_before_the_next() -> None:
    work = Work(free=True)
    schedule = Schedule(work)
    for number in (5, 9, 7, 8, 3):
        schedule.add(update(number))
    await schedule.idle()

    assert work.done == [5, 3, 7, 8, 9]


async def test_there_is_room_again_as_soon_as_one_is_done() -> None:
    work = Work()
    schedule = Schedule(work)
    for number in range(scheduling.MOST_WAITING):
        schedule.add(update(number, number))
    room = asyncio.create_task(schedule.room())
    await settled()
    assert not room.done()

    await work.finishes(0)
    assert room.done()
    await schedule.stop(0.1)


async def test_error_that_ends_the_program_is_told_and_nothing_is_waited_for() -> None:
    async def handle(_: Waiting) -> None:
        raise OSError("the disk is full")

    schedule = Schedule(handle)
    schedule.add(update(1))

    with pytest.raises(OSError, match="the disk is full"):
        await asyncio.wait_for(schedule.failed(), 5)
    await schedule.stop()


async def test_handling_that_somebody_cancels_is_an_error_and_no_chat_that_waits_for_ever() -> None:
    async def handle(_: Waiting) -> None:
        raise asyncio.CancelledError

    schedule = Schedule(handle)
    schedule.add(update(1))

    with pytest.raises(RuntimeError, match="broken off"):
        await asyncio.wait_for(schedule.failed(), 5)
    await schedule.stop()


async def test_stop_breaks_off_what_is_handled_and_begins_nothing_more() -> None:
    work = Work()
    schedule = Schedule(work, at_once=2)
    for number in range(5):
        schedule.add(update(number, number))
    await settled()
    await schedule.stop()
    await settled()

    assert (work.begun, work.done) == ([0, 1], [])


async def test_stop_gives_what_must_not_be_broken_off_a_moment_to_end() -> None:
    done, leaves = list[str](), asyncio.Event()

    async def arrive() -> None:
        await leaves.wait()
        done.append("arrived")

    async def handle(_: Waiting) -> None:
        try:
            await finished(arrive())
        except asyncio.CancelledError:
            done.append("cancelled")
            raise

    schedule = Schedule(handle)
    schedule.add(update(1))
    await settled()
    stopping = asyncio.create_task(schedule.stop(5.0))
    await settled()
    leaves.set()
    await stopping

    assert done == ["arrived", "cancelled"]


async def test_stop_breaks_off_at_last_what_does_not_end() -> None:
    done = list[str]()

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            done.append("broken off")

    async def handle(_: Waiting) -> None:
        await finished(never())

    schedule = Schedule(handle)
    schedule.add(update(1))
    await settled()
    await asyncio.wait_for(schedule.stop(0.05), 5)

    assert done == ["broken off"]


async def test_what_is_finished_raises_its_own_error_even_to_somebody_who_is_cancelled() -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise OSError("the disk is full")

    working = asyncio.create_task(finished(fails()))
    await asyncio.sleep(0)
    working.cancel()

    with pytest.raises(OSError, match="the disk is full"):
        await working
