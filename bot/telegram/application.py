"""The running bot: an `Application` whose updates come through the inbox, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot.settings import Settings, store_file
from bot.store import Store, Waiting
from bot.telegram.announcing import announce
from bot.telegram.delivery.inbox import Inbox
from bot.telegram.delivery.limits import FloodLimits, Flow, Limit
from bot.telegram.delivery.liveness import Contact
from bot.telegram.delivery.polling import Poller
from bot.telegram.delivery.scheduling import Schedule
from bot.telegram.delivery.sending import Post, Work
from bot.telegram.delivery.transport import Connection, TelegramAccessError, in_brief
from bot.telegram.delivery.webhook import Door, listening
from bot.telegram.desk import WORK, Desk
from bot.telegram.handlers import ALLOWED_UPDATES, Context, handlers, refuse_more, reporter
from knowledge import KnowledgeBase

_LOGGER = logging.getLogger(__name__)

App: TypeAlias = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

START_PAUSES_S = (1.0, 2.0, 4.0, 8.0)
"""Between attempts to reach Telegram at the start; a machine that boots may have no network yet."""

DRAIN_S = 5.0
"""For answering what waits when told to stop, after at most as long for a last word to Telegram.

Source: `docker stop` kills after 10 seconds.
"""

TIDY_EVERY_S = 3600.0
"""Seconds between two times that what is too old is deleted."""

LOOK_EVERY_S = 60.0
"""Seconds between two looks at the webhook, which tell that Telegram still knows it when nobody writes."""

REFUSED = "Telegram refuses the token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather shows for your bot"
MISSING = "no token; set VERBATIM_TELEGRAM_TOKEN to the one that @BotFather gives you for a bot"


async def serve(
    base: KnowledgeBase,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[str], None] = lambda _: None,
    drain_s: float = DRAIN_S,
) -> None:
    """Answer on Telegram until `stop` is set; then answer what waits as far as there is time, and return.

    What is not answered by then is kept, and answered when it is called again.

    Args:
        base: what is answered from.
        settings: with the token.
        stop: set from outside, by a signal for instance; and from inside when Telegram goes on refusing the token.
        ready: called with the user name of the bot once it takes updates.
        drain_s: seconds in which what waits can be answered.

    Raises:
        TelegramAccessError: the token is missing or refused, or Telegram cannot be reached at the start.
        StoreError: the store cannot be used.
        SettingsError: there is no place for it.
    """
    if settings.telegram_token is None:
        raise TelegramAccessError(MISSING)
    refused = asyncio.Event()

    def give_up() -> None:
        refused.set()
        stop.set()

    async with AsyncExitStack() as closing:
        store = Store(store_file(settings), keep_days=settings.keep_days)
        closing.push_async_callback(store.close)
        connection = Connection(give_up)
        application = build(settings, connection)
        closing.push_async_callback(application.bot.shutdown)
        if await _unless(stop, _introduce(application, base, store, settings.telegram_api)):
            closing.push_async_callback(application.shutdown)
            await _work(application, connection, store, base, settings, stop, ready, drain_s)
    if refused.is_set():
        raise TelegramAccessError(REFUSED)


def build(settings: Settings, connection: Connection) -> App:
    """Return the application, not yet started and without handlers."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{settings.telegram_api}/bot")
        .base_file_url(f"{settings.telegram_api}/file/bot")
        .request(connection)
        .get_updates_request(connection)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def _introduce(application: App, base: KnowledgeBase, store: Store, address: str) -> None:
    """Introduce the bot to Telegram.

    Raises:
        TelegramAccessError: the token is refused, or Telegram cannot be reached.
        StoreError: the store is that of another bot.
    """
    try:
        await _initialize(application)
        await store.belongs_to(application.bot.id)
        await announce(application.bot, base, store)
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


async def _work(  # noqa: PLR0913, PLR0917  what `serve` was given, and what it made of it
    application: App,
    connection: Connection,
    store: Store,
    base: KnowledgeBase,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[str], None],
    drain_s: float,
) -> None:
    """Take updates and answer them until told to stop."""
    post = Post(store, Flow(_flood_limits(settings), time.monotonic))
    username = application.bot.bot.username or ""
    desk = Desk(base, store, post, settings, username, application.bot.id)
    application.add_handlers(handlers(desk))
    application.add_error_handler(reporter(desk))
    schedule = Schedule(_handler(application, desk))
    inbox = Inbox(store, schedule)
    contact = Contact(store, lambda: schedule.waiting)
    try:
        async with _doors(application.bot, connection, inbox, contact, settings) as taking:
            await inbox.reopen()
            ready(username)
            await _first(stop.wait(), schedule.failed(), _tidying(store), *taking)
        try:
            await asyncio.wait_for(schedule.idle(), drain_s)
        except TimeoutError:
            _LOGGER.warning("stopped with %d updates to be answered next time", schedule.waiting)
    finally:
        await schedule.stop()


def _handler(application: App, desk: Desk) -> Callable[[Waiting], Coroutine[Any, Any, None]]:
    """Return what handles an update that waited, and notes when it is done."""

    async def handle(waiting: Waiting) -> None:
        received = waiting.received
        work = Work(received.update_id, list(waiting.sent))
        WORK.set(work)
        try:
            update = Update.de_json(received.content, application.bot)
        except Exception as error:  # noqa: BLE001  malformed input makes the library raise whatever it happens to meet
            kind = type(error).__name__
            _LOGGER.warning("update %d cannot be read and is skipped (%s)", received.update_id, kind)
            await desk.store.done(received.update_id, "unreadable")
            return
        if waiting.refused:
            await refuse_more(desk, update)
        else:
            await application.process_update(update)
        if not work.noted:
            await desk.store.done(received.update_id, work.result)

    return handle


@asynccontextmanager
async def _doors(
    bot: Bot, connection: Connection, inbox: Inbox, contact: Contact, settings: Settings
) -> AsyncIterator[list[Coroutine[Any, Any, None]]]:
    """Open the door by which updates come in, and yield what has to be kept running as long as it is open.

    Raises:
        TelegramAccessError: it cannot be opened.
    """
    async with AsyncExitStack() as open_:
        door = None
        if settings.webhook_url is not None:
            secret = (
                settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
            )
            door = Door(urlsplit(settings.webhook_url).path or "/", secret)
        if settings.listen is not None:
            await open_.enter_async_context(listening(settings.listen, contact, inbox, door))
        if door is not None:
            await _register(bot, settings.webhook_url or "", door.secret)
            yield [_looking(bot, contact)]
        else:
            await _unregister(bot)
            poller = Poller(connection, f"{settings.telegram_api}/bot{bot.token}", inbox, contact, ALLOWED_UPDATES)
            yield [poller.run()]
            await poller.confirm()


async def _register(bot: Bot, url: str, secret: str) -> None:
    """Tell Telegram where to bring updates.

    Raises:
        TelegramAccessError: it refuses.
    """
    try:
        await bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES, drop_pending_updates=False)
    except TelegramError as error:
        told = f"{url}: Telegram does not take this as a webhook ({in_brief(error)}); set VERBATIM_WEBHOOK_URL"
        raise TelegramAccessError(told) from None


async def _unregister(bot: Bot) -> None:
    """Let Telegram keep updates until they are fetched, whatever was set before."""
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        _LOGGER.warning("an earlier webhook could not be removed: %s", in_brief(error))


async def _looking(bot: Bot, contact: Contact) -> None:
    """Ask Telegram from time to time how the webhook does, until cancelled."""
    while True:
        try:
            told = await bot.get_webhook_info()
        except TelegramError as error:
            _LOGGER.warning("Telegram does not tell how the webhook does: %s", in_brief(error))
        else:
            await contact.heard()
            if told.last_error_message:
                _LOGGER.warning(
                    "Telegram could not reach the webhook: %s", in_brief(Exception(told.last_error_message))
                )
        await asyncio.sleep(LOOK_EVERY_S)


async def _tidying(store: Store) -> None:
    """Delete from time to time what is too old, until cancelled."""
    while True:
        await store.tidy()
        await asyncio.sleep(TIDY_EVERY_S)


def _flood_limits(settings: Settings) -> FloodLimits:
    return FloodLimits(
        Limit(settings.telegram_per_second, 1.0),
        Limit(settings.telegram_chat_per_second, 1.0),
        Limit(settings.telegram_group_per_minute, 60.0),
    )


async def _first(*works: Coroutine[Any, Any, Any]) -> None:
    """Do several things at once until one of them is done, and cancel the others.

    Raises:
        Exception: whatever one of them raises.
    """
    tasks = [asyncio.create_task(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do `work`, but leave it as soon as `stop` is set; return whether it was done."""
    working = asyncio.ensure_future(work)
    await _first(stop.wait(), _awaited(working))
    return working.done() and not working.cancelled()


async def _awaited(future: asyncio.Future[None]) -> None:
    await future
