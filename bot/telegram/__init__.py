"""Telegram: the same answers in the chat app."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys

from bot.hanging_up import at_each_hangup
from bot.reloading import Watch
from bot.settings import Settings, SettingsError
from bot.store import StoreError
from bot.telegram.application import serve, with_secret
from bot.telegram.delivery.transport import TelegramAccessError
from bot.telegram.logs import redacted, write_logs
from knowledge import KnowledgeBase


def run(base: KnowledgeBase, settings: Settings, watch: Watch) -> int:
    """Answer on Telegram until SIGTERM or SIGINT; return the exit code.

    Returns:
        0 after a signal; 1 when Telegram refuses the token or cannot be reached, with the reason on standard error.
    """
    settings = with_secret(settings)
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    webhook = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    write_logs(settings.log_level, secret=token, webhook_secret=webhook)
    gc.collect()
    gc.freeze()  # the base stays: to look through it again and again would hold up answers for 50 ms each time
    try:
        asyncio.run(_until_signal(base, settings, watch))
    except (TelegramAccessError, StoreError, SettingsError) as error:
        _tell(redacted(str(error), token))
        return 1
    return 0


async def _until_signal(base: KnowledgeBase, settings: Settings, watch: Watch) -> None:
    stop = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # Windows: there Ctrl-C interrupts as in any program
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with at_each_hangup(watch.asked.set):
        await serve(
            base, settings, stop, lambda username: _tell(f"answering as @{username}; Ctrl-C stops"), watch=watch
        )


def _tell(message: str) -> None:
    """Tell the operator, whatever the level of the log; to go on matters more than to be heard."""
    with contextlib.suppress(OSError):
        print(f"verbatim: {message}", file=sys.stderr, flush=True)  # noqa: T201  a command speaks
