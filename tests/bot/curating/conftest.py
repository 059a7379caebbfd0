"""A harbour that may be changed, and the store of a bot that was asked about it in vain."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.store import Answered, Store, Thread
from knowledge import Conversation

HARBOUR = Path(__file__).resolve().parents[1] / "harbour"

ASKED = (
    (1, "How old is the ferry?", "abstention", "not_stated"),
    (1, "what is the age of the ferry", "abstention", "not_stated"),
    (2, "How old is the ferry?", "abstention", "not_stated"),
    (2, "Where did the two sides meet?", "abstention", "not_stated"),
    (3, "Who painted the cranes +44 20 7946 0958", "abstention", "not_stated"),
    (3, "Who is the king of Spain?", "abstention", "out_of_scope"),
)
"""Who asked, what, and what came of it. The fourth is answered by now."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A harbour that may be changed."""
    shutil.copytree(HARBOUR, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The store of a bot that was asked in vain."""
    asyncio.run(_kept(tmp_path / "store.db"))
    return tmp_path / "store.db"


async def _kept(path: Path) -> None:
    opened = Store(path)
    for number, (user, message, outcome, reason) in enumerate(ASKED, start=1):
        answer = Answered(
            Thread(990_000 + user, 770_000 + user), number, (), message, Conversation(), "", outcome, reason
        )
        await opened.answered(number, answer, None)
    await opened.close()
