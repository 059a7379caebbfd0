"""What was asked in vain is read from a real store, while a bot uses it, and nobody is named."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.store import Answered, Store, StoreError, Thread, Unanswered, unanswered
from knowledge import Conversation, Turn

MARA, ILSE = 770_001, 770_002
ROOM = -880_001
BEFORE = Conversation((Turn("Where did the two sides meet?", ("met-in-brena",)),))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest_asyncio.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    opened = Store(file)
    yield opened
    await opened.close()


async def keep(  # noqa: PLR0913  what is kept of an answer
    store: Store,
    message: str,
    user: int,
    *,
    outcome: str = "abstention",
    reason: str = "",
    chosen: str = "",
    rated: str = "",
) -> None:
    """Keep an answer, and what its reader thinks of it."""
    thread = Thread(ROOM, user)
    await store.answered(0, Answered(thread, 5, (6,), message, BEFORE, chosen, outcome, reason), None)
    if rated and (found := await store.last_answer(thread)):
        await store.rate(found[0], user, rated)


async def test_declined_and_thumbed_down_are_read_while_the_bot_runs(store: Store, file: Path) -> None:
    await keep(store, "How old is the ferry?", MARA, reason="not_stated")
    await keep(store, "Where did they meet?", ILSE, outcome="answer", rated="wrong")
    await keep(store, "And why?", MARA, reason="not_stated", rated="unclear")

    found = unanswered(file)

    assert found is not None
    on = found[0].on
    assert found == [
        Unanswered("How old is the ferry?", BEFORE, 0, "not_stated", (), on),
        Unanswered("Where did they meet?", BEFORE, 1, "", ("wrong",), on),
        Unanswered("And why?", BEFORE, 0, "not_stated", ("unclear",), on),
    ]


async def test_what_was_answered_chosen_or_helpful_is_not_read(store: Store, file: Path) -> None:
    await keep(store, "Where did they meet?", MARA, outcome="answer")
    await keep(store, "What was demanded?", MARA, outcome="answer", rated="helpful")
    await keep(store, "The two sides met.", MARA, outcome="answer", chosen="met-in-brena", rated="wrong")

    assert unanswered(file) == []


async def test_nobody_and_no_chat_is_named(store: Store, file: Path) -> None:
    await keep(store, "How old is the ferry?", MARA, reason="not_stated", rated="wrong")

    told = repr(unanswered(file))
    assert str(MARA) not in told
    assert str(ROOM) not in told


async def test_what_somebody_wants_forgotten_is_not_read(store: Store, file: Path) -> None:
    await keep(store, "How old is the ferry?", MARA, reason="not_stated")
    await store.forget(MARA)

    assert unanswered(file) == []


async def test_what_was_asked_before_a_day_is_left_out(store: Store, file: Path) -> None:
    await keep(store, "How old is the ferry?", MARA, reason="not_stated")

    assert len(unanswered(file, "2024-03-19") or []) == 1
    assert unanswered(file, "9999-01-01") == []


def test_store_that_is_not_there_is_none_and_is_not_made(file: Path) -> None:
    assert unanswered(file) is None
    assert not file.exists()


def test_file_that_is_no_store_is_told(file: Path) -> None:
    file.write_text("no database, but long enough to be taken for one" * 100, "utf-8")

    with pytest.raises(StoreError, match="cannot be read as a store"):
        unanswered(file)


def test_database_of_something_else_is_told(file: Path) -> None:
    sqlite3.connect(file).close()

    with pytest.raises(StoreError, match="no such table"):
        unanswered(file)
