"""A bot that answers over real HTTP: the Bot API server of the tests, and the whole application against it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Listen, Settings
from bot.telegram.application import serve
from knowledge import KnowledgeBase
from tests.bot.conftest import HARBOUR
from tests.bot_api import TOKEN, BotApi, Chat, Seen

Running = Callable[..., AbstractAsyncContextManager[None]]


def settings_for(api: BotApi, store: Path, token: str = TOKEN, **others: object) -> Settings:
    """Return settings that lead to the server of a test, with no limits on how fast the bot sends."""
    unlimited = {"telegram_per_second": 0, "telegram_chat_per_second": 0, "telegram_group_per_minute": 0}
    values = {"telegram_token": SecretStr(token), "telegram_api": api.url, "store": store, **unlimited, **others}
    return Settings.model_validate(values)


def by_webhook() -> dict[str, object]:
    """Return the settings by which updates are brought to a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return {"webhook_url": f"http://127.0.0.1:{port}/telegram", "listen": Listen("127.0.0.1", port)}


@asynccontextmanager
async def answering(api: BotApi, base: KnowledgeBase, store: Path, **settings: object) -> AsyncIterator[None]:
    """Run the bot; at the end it is stopped as by a signal."""
    stop, ready = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(
        serve(base, settings_for(api, store, **settings), stop, lambda _: ready.set())  # type: ignore[arg-type]
    )
    opening = asyncio.create_task(ready.wait())
    try:
        await asyncio.wait({serving, opening}, timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving
        yield
    finally:
        opening.cancel()
        stop.set()
        await asyncio.wait_for(serving, 10)


async def pressing(chat: Chat, message: Seen, label: str) -> Seen:
    """Press a button and return what its message is then."""
    shown = await (await chat.presses(message, label)).change()
    assert shown is not None
    return shown


@pytest.fixture(scope="session")
def base(ready: Path) -> KnowledgeBase:
    """The shipped documents and facts."""
    return KnowledgeBase.load(cache=ready)


@pytest.fixture(scope="session")
def harbour(ready: Path) -> KnowledgeBase:
    """A small base with two documents."""
    return KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=ready)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server, and nobody who talks to it yet."""
    async with BotApi() as api:
        yield api


@pytest.fixture
def door() -> str:
    """The door by which updates come in: polling, unless a test asks for both."""
    return "polling"


@pytest.fixture
def settings() -> dict[str, object]:
    """Settings beside the usual ones; a test may parametrise them."""
    return {}


both_doors = pytest.mark.parametrize("door", ["polling", "webhook"])
"""For tests that run by polling and by webhook."""


@pytest.fixture
def running(api: BotApi, base: KnowledgeBase, tmp_path: Path) -> Running:
    """Run the bot with other settings or another base than usual."""

    def run(base: KnowledgeBase = base, **settings: object) -> AbstractAsyncContextManager[None]:
        return answering(api, base, tmp_path / "store.db", **settings)

    return run


@pytest.fixture
async def bot(running: Running, door: str, settings: dict[str, object]) -> AsyncIterator[None]:
    """The bot, running from the beginning of the test to its end."""
    async with running(**(by_webhook() if door == "webhook" else {}), **settings):
        yield


@pytest.fixture
def reader(api: BotApi, bot: None) -> Chat:  # noqa: ARG001  the bot runs
    """A person in a private chat with the running bot."""
    return api.private_chat()


@pytest.fixture
def group(api: BotApi, bot: None) -> Chat:  # noqa: ARG001  the bot runs
    """A group that the running bot is in, as person 1 has it."""
    return api.group()
