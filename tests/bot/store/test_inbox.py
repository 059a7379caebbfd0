"""Updates from their arrival until they are handled: known again, in order, kept over restarts."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import Received, Store, Waiting
from tests.bot.store.conftest import Clock

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
UPDATES = st.builds(
    Received,
    st.integers(1, 2**63 - 2) | st.integers(1, 20),
    st.text(st.characters(codec="utf-8"), max_size=8),
    st.dictionaries(st.text(), ANYTHING, max_size=4),
)


def update(number: int, chat: str = "7", **content: Any) -> Received:  # noqa: ANN401  any JSON
    return Received(number, chat, {"update_id": number, **content})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(UPDATES, max_size=5), max_size=5))
def test_each_update_is_taken_once_and_waits_in_the_order_of_arrival_also_after_a_restart(
    batches: list[list[Received]],
) -> None:
    first = {one.update_id: one for batch in reversed(batches) for one in reversed(batch)}
    arrived = list(dict.fromkeys(one.update_id for batch in batches for one in batch))

    async def receive(path: Path) -> tuple[list[Received], list[Waiting], list[Waiting]]:
        store = Store(path)
        new = [one for batch in batches for one in await store.receive(batch)]
        before = await store.waiting()
        await store.close()
        again = Store(path)
        after = await again.waiting()
        await again.close()
        return new, before, after

    with tempfile.TemporaryDirectory() as folder:
        new, before, after = asyncio.run(receive(Path(folder) / "store.db"))

    assert new == [first[number] for number in arrived]
    assert before == after == [Waiting(first[number]) for number in arrived]


async def test_update_that_is_done_waits_no_more_and_is_known_for_two_days(store: Store, clock: Clock) -> None:
    await store.receive([update(5, text="secret"), update(6)])
    await store.done(5, "answered")
    assert [waiting.received.update_id for waiting in await store.waiting()] == [6]

    clock.now += 47 * 3600
    await store.tidy()
    assert await store.receive([update(5)]) == []

    clock.now += 2 * 3600
    await store.tidy()
    assert await store.receive([update(5)]) == [update(5)]


async def test_content_of_an_update_is_deleted_as_soon_as_it_is_done(store: Store, path: Path) -> None:
    await store.receive([update(5, text="a secret question")])
    await store.done(5, "answered")

    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT update_id, chat, content, result FROM inbox").fetchall()
    connection.close()
    assert rows == [(5, None, None, "answered")]


async def test_update_that_waits_is_kept_however_long_it_waits(store: Store, clock: Clock) -> None:
    await store.receive([update(5)])
    clock.now += 365 * 24 * 3600
    await store.tidy()

    assert await store.waiting() == [Waiting(update(5))]


async def test_message_that_was_about_to_leave_and_is_not_known_to_have_arrived_is_in_doubt(store: Store) -> None:
    await store.receive([update(5)])
    await store.sending(5, 1)
    assert await store.waiting() == [Waiting(update(5), in_doubt=True)]

    await store.sent(5, [70])
    assert await store.waiting() == [Waiting(update(5), sent=(70,))]

    await store.sending(5, 2)
    assert await store.waiting() == [Waiting(update(5), sent=(70,), in_doubt=True)]


async def test_who_asks_for_what_cannot_be_written_fails_alone(store: Store) -> None:
    too_large = 2**70
    results = await asyncio.gather(
        store.receive([update(5)]),
        store.prefer(too_large, "fr"),
        store.receive([update(6)]),
        return_exceptions=True,
    )

    assert results[0] == [update(5)]
    assert isinstance(results[1], OverflowError)
    assert results[2] == [update(6)]
    assert [waiting.received.update_id for waiting in await store.waiting()] == [5, 6]


async def test_update_is_stored_although_nobody_waits_for_it_any_more(store: Store) -> None:
    taking = asyncio.create_task(store.receive([update(5)]))
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)

    assert await store.waiting() == [Waiting(update(5))]


async def test_count_grows_over_restarts(path: Path) -> None:
    for more in (1, 4):
        store = Store(path)
        await store.count("perhaps sent twice", more)
        await store.close()
    store = Store(path)
    counted = await store.noted("perhaps sent twice")
    await store.close()

    assert counted == "5"
