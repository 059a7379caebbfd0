"""The running bot, and the conversations with it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram.application import serve
from knowledge import KnowledgeBase
from tests.bot_api import TOKEN, BotApi
from tests.screens.conversations import SHEETS, Screen

Sheet = list[list[Screen]]
"""Columns of screens."""


async def all_sheets(base: KnowledgeBase) -> list[Sheet]:
    """Return what stands on the screen at the end of each conversation, sheet by sheet."""
    stop = asyncio.Event()
    with TemporaryDirectory() as folder:
        async with BotApi() as api:
            settings = Settings(
                telegram_token=SecretStr(TOKEN),
                telegram_api=api.url,
                store=Path(folder) / "store.db",
                telegram_per_second=0,
                telegram_chat_per_second=0,
                telegram_group_per_minute=0,
            )
            serving = asyncio.create_task(serve(base, settings, stop))
            try:
                return [[[await held(api) for held in column] for column in sheet] for sheet in SHEETS]
            finally:
                stop.set()
                await serving
