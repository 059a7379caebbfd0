"""A bot that answers over real HTTP: the Bot API server of the tests, and the whole application against it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram.application import serve
from knowledge import KnowledgeBase
from tests.bot_api import TOKEN, BotApi, Chat


def settings_for(api: BotApi, token: str = TOKEN) -> Settings:
    """Return settings that lead to the server of a test."""
    return Settings(telegram_token=SecretStr(token), telegram_api=api.url)


@asynccontextmanager
async def answering(api: BotApi, base: KnowledgeBase) -> AsyncIterator[None]:
    """Run the bot; at the end it is stopped as by a signal."""
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(base, settings_for(api), stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(serving, 10)


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The shipped documents and facts."""
    return KnowledgeBase.load()


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """A Bot API server, and nobody who talks to it yet."""
    async with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api: BotApi, base: KnowledgeBase) -> AsyncIterator[None]:
    """The bot, running from the beginning of the test to its end."""
    async with answering(api, base):
        yield


@pytest.fixture
def reader(api: BotApi, bot: None) -> Chat:  # noqa: ARG001  the bot runs
    """A person in a private chat with the running bot."""
    return api.private_chat()
