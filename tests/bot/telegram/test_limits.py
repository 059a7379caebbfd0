"""The flood limits, by a clock that a test moves: never more than allowed, in the order of asking, pauses kept."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.delivery import limits
from bot.telegram.delivery.limits import FloodLimits, Flow, Limit, Window

NONE = Limit(0, 1.0)


class Time:
    """A clock that stands still until everybody sleeps, and then goes on to the next who wakes."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, woken))
        await woken

    async def passes(self, *tasks: asyncio.Task[object]) -> None:
        """Let it pass until all tasks are done."""
        while not all(task.done() for task in tasks):
            for _ in range(len(tasks) * 4):
                await asyncio.sleep(0)
            if self._sleepers and not all(task.done() for task in tasks):
                self.now, _, woken = heapq.heappop(self._sleepers)
                woken.set_result(None)


def left(flow: Flow, time: Time, chats: Iterable[int], *, new: bool = True) -> list[tuple[float, int]]:
    """Let a message leave for each chat, asked for in this order; return when each left, in the order of leaving."""
    times: list[tuple[float, int]] = []

    async def leave(chat: int) -> None:
        await flow.turn(chat, new=new)
        times.append((time.now, chat))

    async def all_leave() -> None:
        await time.passes(*[asyncio.create_task(leave(chat)) for chat in chats])

    asyncio.run(all_leave())
    return times


def flow(
    time: Time, *, overall: Limit = NONE, chat: Limit = NONE, group: Limit = NONE
) -> Flow:  # fmt: skip
    return Flow(FloodLimits(overall, chat, group), time, time.sleep)


@given(st.integers(1, 5), st.lists(st.integers(0, 30), max_size=60))
def test_no_stretch_of_the_length_of_a_limit_holds_more_than_it_allows(most: int, steps: list[int]) -> None:
    window, now, taken = Window(Limit(most, 1.0)), 0.0, []
    for step in steps:
        now += step / 16  # exact in binary
        taken.append(window.take("all", now))
        assert taken[-1] >= now

    assert taken == sorted(taken)
    assert all(later - earlier >= 1 for earlier, later in zip(taken, taken[most:], strict=False))


@given(st.integers(1, 5), st.lists(st.integers(0, 30), max_size=60))
def test_who_asks_too_often_is_refused_and_a_refusal_takes_no_place(most: int, steps: list[int]) -> None:
    window, now, allowed = Window(Limit(most, 1.0)), 0.0, list[float]()
    for step in steps:
        now += step / 16
        recent = [time for time in allowed if time > now - 1]
        assert window.allows(7, now) == (len(recent) < most)
        if len(recent) < most:
            allowed.append(now)


def test_limits_of_telegram_are_the_usual_ones() -> None:
    assert FloodLimits() == FloodLimits(Limit(30, 1.0), Limit(1, 1.0), Limit(20, 60.0))


def test_limit_of_nothing_holds_nobody_back() -> None:
    time = Time()

    assert left(flow(time), time, [7] * 100) == [(0.0, 7)] * 100


def test_thirty_leave_in_a_second_and_the_next_thirty_a_second_later_in_the_order_of_asking() -> None:
    time = Time()
    times = left(flow(time, overall=Limit(30, 1.0)), time, range(1, 91))

    assert times == [((chat - 1) // 30, chat) for chat in range(1, 91)]


def test_chat_waits_for_its_second_and_others_do_not() -> None:
    time = Time()

    assert left(flow(time, chat=Limit(1, 1.0)), time, [7, 7, 8, 7]) == [(0.0, 7), (0.0, 8), (1.0, 7), (2.0, 7)]


def test_group_waits_for_its_minute_and_a_person_does_not() -> None:
    time = Time()
    limited = flow(time, group=Limit(2, 60.0))

    assert left(limited, time, [-70, -70, -70]) == [(0.0, -70), (0.0, -70), (60.0, -70)]
    assert left(limited, time, [7, 7, 7]) == [(60.0, 7)] * 3


def test_change_of_a_message_does_not_count_in_the_chat_but_in_all() -> None:
    time = Time()
    limited = flow(time, overall=Limit(2, 1.0), chat=Limit(1, 9.0), group=Limit(1, 9.0))

    assert left(limited, time, [-70] * 3, new=False) == [(0.0, -70), (0.0, -70), (1.0, -70)]


def test_pause_of_a_chat_holds_back_that_chat_only() -> None:
    time = Time()
    paused = flow(time)
    paused.pause(7, 30.0)

    assert left(paused, time, [7, 8, 7]) == [(0.0, 8), (30.0, 7), (30.0, 7)]


def test_pauses_of_two_chats_at_once_hold_back_all_until_the_last_is_over() -> None:
    time = Time()
    paused = flow(time)
    paused.pause(7, 30.0)
    paused.pause(8, 3.0)

    assert left(paused, time, [9, 8, 7]) == [(3.0, 9), (3.0, 8), (30.0, 7)]


def test_pauses_of_two_chats_one_after_the_other_hold_back_nobody_else() -> None:
    time = Time()
    paused = flow(time)
    paused.pause(7, 1.0)
    time.now = 2.0
    paused.pause(8, 1.0)

    assert left(paused, time, [9]) == [(2.0, 9)]


def test_who_waited_out_a_pause_of_all_leaves_at_the_usual_pace() -> None:
    time = Time()
    paused = flow(time, overall=Limit(2, 1.0))
    paused.pause(1, 10.0)
    paused.pause(2, 10.0)

    assert [when for when, _ in left(paused, time, range(3, 9))] == [10.0, 10.0, 11.0, 11.0, 12.0, 12.0]


def test_pause_that_begins_while_others_wait_for_their_place_holds_them_back_and_keeps_the_pace() -> None:
    time = Time()
    paused = flow(time, overall=Limit(1, 1.0))
    times: list[float] = []

    async def leave(chat: int) -> None:
        await paused.turn(chat)
        times.append(time.now)
        if chat == 1:
            paused.pause(1, 20.0)
            paused.pause(2, 20.0)

    async def all_leave() -> None:
        await time.passes(*[asyncio.create_task(leave(chat)) for chat in (1, 3, 4, 5)])

    asyncio.run(all_leave())
    assert times[0] == 0.0
    assert times[1] >= 20.0
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))


def test_chats_that_were_silent_longest_are_forgotten_when_there_are_too_many() -> None:
    window = Window(Limit(1, 1e9))
    for chat in range(limits.MOST_KEYS):
        assert window.allows(chat, 0.0)
    assert not window.allows(0, 0.0)  # 1 is the one that was silent longest now
    assert window.allows("new", 0.0)

    assert window.allows(1, 0.0)
    assert not window.allows(0, 0.0)
