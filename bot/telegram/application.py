"""The running bot: an `Application` that polls Telegram until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram.constants import UpdateType
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot, Updater

from bot.interface import ENGLISH
from bot.memory import Memory
from bot.settings import Settings
from bot.telegram.handlers import Context, handlers, report
from bot.telegram.ordering import ChatByChat
from bot.telegram.transport import READ_TIMEOUT_S, PollingRequest, TelegramAccessError, in_brief
from bot.telegram.wording import commands
from knowledge import KnowledgeBase

_LOGGER = logging.getLogger(__name__)

App: TypeAlias = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

ALLOWED_UPDATES = (UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE)
"""Always named: left out, Telegram keeps what an earlier version of the bot asked for."""

START_PAUSES_S = (1.0, 2.0, 4.0, 8.0)
"""Between attempts to reach Telegram at the start; a machine that boots may have no network yet."""

DRAIN_S = 5.0
"""For answering what has been fetched when told to stop, after at most as long for a last word to Telegram.

Source: `docker stop` kills after 10 seconds.
"""

REFUSED = "Telegram refuses the token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather shows for your bot"
MISSING = "no token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather gives you for a bot"


async def serve(
    base: KnowledgeBase,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[str], None] = lambda _: None,
    drain_s: float = DRAIN_S,
) -> None:
    """Answer on Telegram until `stop` is set; then answer what has been fetched, and return.

    Args:
        base: what is answered from.
        settings: with the token.
        stop: set from outside, by a signal for instance; and from inside when Telegram goes on refusing the token.
        ready: called with the user name of the bot once it polls.
        drain_s: seconds in which what has been fetched can be answered.

    Raises:
        TelegramAccessError: the token is missing or refused, or Telegram cannot be reached at the start.
    """
    refused = asyncio.Event()

    def give_up() -> None:
        refused.set()
        stop.set()

    order = ChatByChat()
    application = build(base, settings, PollingRequest(give_up), order)
    try:
        if await _unless(stop, _start(application, settings.telegram_api)):
            ready(application.bot.bot.username or "")
            await stop.wait()
    finally:
        await _end(application, order, drain_s)
    if refused.is_set():
        raise TelegramAccessError(REFUSED)


def build(base: KnowledgeBase, settings: Settings, polling: PollingRequest, order: ChatByChat) -> App:
    """Return the application with its handlers, not yet started.

    Raises:
        TelegramAccessError: there is no token.
    """
    if settings.telegram_token is None:
        raise TelegramAccessError(MISSING)
    application = (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .get_updates_request(polling)
        .read_timeout(READ_TIMEOUT_S)
        .concurrent_updates(order)
        .job_queue(None)
        .build()
    )
    application.add_handlers(handlers(base, Memory(time.monotonic)))
    application.add_error_handler(report)
    return application


async def _start(application: App, address: str) -> None:
    """Introduce the bot to Telegram and begin to poll.

    Raises:
        TelegramAccessError: the token is refused, or Telegram cannot be reached.
    """
    try:
        await _initialize(application)
        await _announce_commands(application)
        await application.start()
        await _updater(application).start_polling(
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,  # they are questions that wait for an answer
            bootstrap_retries=len(START_PAUSES_S),
            error_callback=_note,
        )
    except InvalidToken:
        raise TelegramAccessError(REFUSED) from None  # the library's message shows the token
    except TelegramError as error:
        raise TelegramAccessError(f"{address}: Telegram cannot be reached ({in_brief(error)})") from None


async def _initialize(application: App) -> None:
    """Ask Telegram who the bot is, again if the network fails.

    Raises:
        TelegramError: it failed to the last.
    """
    for pause_s in START_PAUSES_S:
        try:
            await application.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            _LOGGER.warning("Telegram does not answer yet, trying again: %s", in_brief(error))
            await asyncio.sleep(pause_s)
        else:
            return
    await application.initialize()


async def _announce_commands(application: App) -> None:
    """Let Telegram show the commands in its menu; the bot works without."""
    try:
        await application.bot.set_my_commands(commands(ENGLISH))
    except TelegramError as error:
        _LOGGER.warning("the menu of commands could not be set: %s", in_brief(error))


def _note(error: TelegramError) -> None:
    """Log a fault of polling, which goes on by itself after a pause."""
    if isinstance(error, Conflict):
        _LOGGER.error("another program polls with the same token; stop it, only one can answer (%s)", in_brief(error))
    else:
        _LOGGER.warning("polling failed and goes on: %s", in_brief(error))


async def _end(application: App, order: ChatByChat, drain_s: float) -> None:
    """Stop polling, answer what has been fetched as far as there is time, and close the connections."""
    updater = _updater(application)
    if updater.running:
        await updater.stop()
    if application.running:
        try:
            await asyncio.wait_for(application.update_queue.join(), drain_s)
        except TimeoutError:
            _LOGGER.warning("stopped before everything that was fetched was answered")
            order.abandon()
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # the one open thing of an application that never came to be initialised


def _updater(application: App) -> Updater:
    """Return the updater, which an application has unless it was built without."""
    if application.updater is None:
        raise TypeError("an application without an updater")
    return application.updater


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do `work`, but leave it as soon as `stop` is set; return whether it was done."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return False
        working.result()
        return True
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
