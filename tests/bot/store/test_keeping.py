"""Conversations, answers, ratings and preferences: kept, found, replaced, forgotten, and gone when they are old."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import Answered, Kept, Opening, Received, Store, Thread
from knowledge import Conversation, Turn
from tests.bot.store.conftest import Clock

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
TURNS = st.builds(Turn, TEXT, st.lists(TEXT, max_size=3).map(tuple), st.booleans(), st.booleans())
CONVERSATIONS = st.lists(TURNS, max_size=5).map(lambda turns: Conversation(tuple(turns)))

HERE, ELSEWHERE = Thread(7, 7), Thread(-70, 7, 3)
SAID = Conversation((Turn("What did they demand?", ("pay-rise-demanded",), declined=False, told=False),))


def answer(thread: Thread = HERE, question_id: int = 1, *shown: int, message: str = "What?") -> Answered:
    return Answered(thread, question_id, shown or (question_id + 1,), message, Conversation(), "", "answer", "")


async def answer_in(store: Store, thread: Thread, question_id: int, *shown: int, message: str = "What?") -> int:
    """Keep an answer, and return its id."""
    await store.answered(0, answer(thread, question_id, *shown, message=message), SAID)
    found = await store.answer_to(thread.chat_id, question_id)
    assert found is not None
    return found[0]


@settings(deadline=None)
@given(CONVERSATIONS, st.integers(-(2**62), 2**62), st.integers(0, 2**31))
def test_conversation_is_found_as_it_was_kept(said: Conversation, chat_id: int, topic: int) -> None:
    thread = Thread(chat_id, 7, topic)

    async def kept(path: Path) -> tuple[Opening, Opening]:
        store = Store(path)
        await store.converse(thread, said)
        found = await store.opening(thread), await store.opening(replace(thread, user_id=8))
        await store.close()
        return found

    with tempfile.TemporaryDirectory() as folder:
        mine, of_another = asyncio.run(kept(Path(folder) / "store.db"))

    assert mine == Opening(said)
    assert of_another == Opening(Conversation())


@settings(deadline=None)
@given(st.builds(Answered, st.just(HERE), st.integers(1, 99), st.sets(st.integers(1, 2**40), min_size=1).map(
    lambda ids: tuple(sorted(ids))), TEXT, CONVERSATIONS, TEXT, TEXT, TEXT))  # fmt: skip
def test_answer_is_found_as_it_was_kept_by_question_by_message_and_as_the_last(kept: Answered) -> None:
    async def found(path: Path) -> list[tuple[int, Answered] | None]:
        store = Store(path)
        await store.answered(0, kept, None)
        by_message = [await store.answer_in(7, message) for message in kept.shown]
        every = [await store.answer_to(7, kept.question_id), await store.last_answer(HERE), *by_message]
        await store.close()
        return every

    with tempfile.TemporaryDirectory() as folder:
        every = asyncio.run(found(Path(folder) / "store.db"))

    assert every == [(1, kept)] * (2 + len(kept.shown))


async def test_answer_conversation_and_end_of_its_update_are_kept_together_or_not_at_all(store: Store) -> None:
    await store.receive([Received(5, "7", {"update_id": 5})])
    unwritable = replace(answer(), shown=(1, 2**70))
    await asyncio.gather(store.answered(5, unwritable, SAID), return_exceptions=True)

    assert [waiting.received.update_id for waiting in await store.waiting()] == [5]
    assert (await store.opening(HERE)).conversation == Conversation()
    assert await store.last_answer(HERE) is None

    await store.answered(5, answer(), SAID)
    assert await store.waiting() == []
    assert (await store.opening(HERE)).conversation == SAID
    assert await store.last_answer(HERE) == (1, answer())


async def test_answer_in_the_place_of_another_keeps_its_id_and_loses_its_messages_and_ratings(store: Store) -> None:
    identifier = await answer_in(store, HERE, 1, 2, 3)
    await store.rate(identifier, 7, "wrong")
    changed = answer(HERE, 1, 2, message="What else?")
    await store.answered(0, changed, None, instead_of=identifier)

    assert await store.answer_to(7, 1) == (identifier, changed)
    assert await store.answer_in(7, 3) is None
    assert not await store.rating(identifier, 7)


async def test_rating_is_one_for_each_person_and_answer_and_can_be_changed(store: Store) -> None:
    identifier = await answer_in(store, HERE, 1)
    told = [
        await store.rate(identifier, who, verdict) for who, verdict in ((7, "wrong"), (8, "helpful"), (7, "helpful"))
    ]

    assert told == ["", "", "wrong"]
    assert [await store.rating(identifier, who) for who in (7, 8, 9)] == ["helpful", "helpful", ""]


async def test_conversation_is_over_after_an_hour_and_deleted(store: Store, clock: Clock) -> None:
    await store.converse(HERE, SAID)
    clock.now += 3599
    assert (await store.opening(HERE)).conversation == SAID

    clock.now += 2
    assert (await store.opening(HERE)).conversation == Conversation()
    await store.tidy()
    assert await store.forget(7) == Kept(0, 0, 0, 0)


async def test_answers_and_their_ratings_are_deleted_when_they_are_as_old_as_the_operator_says(
    store: Store, clock: Clock
) -> None:
    identifier = await answer_in(store, HERE, 1)
    await store.rate(identifier, 7, "helpful")
    clock.now += 30 * 24 * 3600 - 1
    await store.tidy()
    assert await store.rating(identifier, 7) == "helpful"

    clock.now += 2
    await store.tidy()
    assert await store.answer_in(7, 2) is None
    assert not await store.rating(identifier, 7)


async def test_forgetting_somebody_deletes_what_is_theirs_and_nothing_of_others(store: Store) -> None:
    mine = await answer_in(store, HERE, 1)
    away = await answer_in(store, ELSEWHERE, 1)
    other = await answer_in(store, Thread(8, 8), 1)
    for identifier, who in ((mine, 7), (other, 7), (other, 8)):
        await store.rate(identifier, who, "helpful")
    for who in (7, 8):
        await store.prefer(who, "fr")

    assert await store.forget(7) == Kept(answers=2, ratings=2, conversations=2, settings=1)
    assert await store.forget(7) == Kept(0, 0, 0, 0)
    assert (await store.answer_in(7, 2), await store.answer_in(-70, 2)) == (None, None)
    assert await store.answer_in(8, 2) == (other, answer(Thread(8, 8), 1))
    assert [await store.rating(identifier, 8) for identifier in (mine, away, other)] == ["", "", "helpful"]
    assert await store.opening(Thread(8, 8)) == Opening(SAID, "fr")
    assert await store.opening(HERE) == Opening(Conversation(), "")


async def test_forgetting_somebody_in_one_chat_leaves_what_is_theirs_elsewhere(store: Store) -> None:
    await answer_in(store, HERE, 1)
    away = await answer_in(store, ELSEWHERE, 1)
    await store.rate(away, 7, "helpful")
    await store.prefer(7, "fr")

    assert await store.forget(7, 7) == Kept(answers=1, ratings=0, conversations=1, settings=0)
    assert await store.rating(away, 7) == "helpful"
    assert await store.opening(ELSEWHERE) == Opening(SAID, "fr")


async def test_nothing_that_was_forgotten_is_left_in_the_files(store: Store, path: Path) -> None:
    secret = "something very private " * 400
    await store.receive([Received(5, "7", {"update_id": 5, "text": secret})])
    await store.answered(5, answer(message=secret), Conversation((Turn(secret, (), declined=False, told=False),)))
    files = [path, path.with_name("store.db-wal")]
    assert any(b"something very private" in file.read_bytes() for file in files)

    await store.forget(7)

    assert not any(b"something very private" in file.read_bytes() for file in files)


async def test_what_a_group_asked_stays_its_own_when_it_gets_another_id_and_counts_messages_anew(store: Store) -> None:
    await answer_in(store, ELSEWHERE, 1)
    await store.moved(-70, -1070)
    there = replace(ELSEWHERE, chat_id=-1070)

    assert (await store.opening(there)).conversation == SAID
    assert await store.last_answer(there) == (1, replace(answer(there), question_id=0, shown=()))
    assert await store.answer_to(-1070, 1) is None
    assert await store.answer_in(-1070, 2) is None
