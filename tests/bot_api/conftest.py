"""The server, and a bot that does what a test tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Caller]:
    async with Caller(api) as bot:
        yield bot
