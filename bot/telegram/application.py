"""The running bot: an `Application` whose updates come through the inbox, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from textwrap import shorten
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram import Bot, Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ExtBot

from bot.reloading import Watch
from bot.settings import Settings, store_file
from bot.store import Store, Waiting
from bot.telegram.announcing import announce
from bot.telegram.delivery.inbox import Inbox
from bot.telegram.delivery.limits import FloodLimits, Flow, Limit
from bot.telegram.delivery.liveness import Contact
from bot.telegram.delivery.polling import Poller
from bot.telegram.delivery.scheduling import Schedule
from bot.telegram.delivery.sending import Post, Work
from bot.telegram.delivery.transport import (
    MOST_REFUSALS,
    READ_TIMEOUT_S,
    Connection,
    TelegramAccessError,
    in_brief,
    pause_of,
)
from bot.telegram.delivery.webhook import Door, listening
from bot.telegram.desk import WORK, Desk, Shelf
from bot.telegram.handlers import ALLOWED_UPDATES, Context, handlers, refuse_more, reporter
from bot.telegram.renewing import renew
from knowledge import KnowledgeBase

_LOGGER = logging.getLogger(__name__)

App: TypeAlias = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

START_PAUSES_S = (1.0, 2.0, 4.0, 8.0)
"""Between attempts to reach Telegram at the start; a machine that boots may have no network yet."""

REFUSED_PAUSE_S = 0.5
"""Before a token that was refused at the start is tried again."""

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


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the bot waits for what may never come.

    Attributes:
        drain_s: seconds in which what waits can be answered when it is told to stop.
        read_timeout_s: seconds in which Telegram has to answer a call.
    """

    drain_s: float = DRAIN_S
    read_timeout_s: float = READ_TIMEOUT_S


async def serve(  # noqa: PLR0913, PLR0917  what is served, to whom, and how long
    base: KnowledgeBase,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[str], None] = lambda _: None,
    patience: Patience = Patience(),
    watch: Watch | None = None,
) -> None:
    """Answer on Telegram until `stop` is set; then answer what waits as far as there is time, and return.

    What is not answered by then is kept, and answered when it is called again.

    Args:
        base: what is answered from.
        settings: with the token.
        stop: set from outside, by a signal for instance; and from inside when Telegram goes on refusing the token.
        ready: called with the user name of the bot once it takes updates.
        patience: how long it waits for what may never come.
        watch: where a changed base comes from; without it, the base stays as it is.

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
        connection = Connection(give_up, read_timeout_s=patience.read_timeout_s)
        application = build(settings, connection)
        closing.push_async_callback(application.bot.shutdown)
        if await _unless(stop, _introduce(application, base, store, settings.telegram_api)):
            closing.push_async_callback(application.shutdown)
            await _work(application, connection, store, base, settings, stop, ready, patience.drain_s, watch)
    if refused.is_set():
        raise TelegramAccessError(REFUSED)


def with_secret(settings: Settings) -> Settings:
    """Return settings with a secret for the webhook: the one that is set, or one made anew."""
    if settings.webhook_url is None or settings.webhook_secret is not None:
        return settings
    return settings.model_copy(update={"webhook_secret": SecretStr(secrets.token_urlsafe(32))})


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
        await _insisting(application.initialize)
        await store.belongs_to(application.bot.id)
        await announce(application.bot, base, store)
    except InvalidToken:
        raise TelegramAccessError(REFUSED) from None  # the library's message shows the token
    except TelegramError as error:
        raise TelegramAccessError(f"{address}: Telegram cannot be reached ({in_brief(error)})") from None


async def _insisting(call: Callable[[], Coroutine[Any, Any, object]]) -> None:
    """Call Telegram at the start, and again if it fails: the network, or Telegram, may have a bad moment.

    Raises:
        TelegramError: it failed to the last, or is not going to succeed.
    """
    refusals = 0
    for pause_s in START_PAUSES_S:
        try:
            await call()
        except BadRequest:
            raise
        except InvalidToken:
            refusals += 1  # a single one is known to happen to a good token
            if refusals == MOST_REFUSALS:
                raise
            await asyncio.sleep(REFUSED_PAUSE_S)
        except TelegramError as error:
            _LOGGER.warning("Telegram does not answer yet, trying again: %s", in_brief(error))
            await asyncio.sleep(max(pause_s, pause_of(error)) if isinstance(error, RetryAfter) else pause_s)
        else:
            return
    await call()


async def _work(  # noqa: PLR0913, PLR0917  what `serve` was given, and what it made of it
    application: App,
    connection: Connection,
    store: Store,
    base: KnowledgeBase,
    settings: Settings,
    stop: asyncio.Event,
    ready: Callable[[str], None],
    drain_s: float,
    watch: Watch | None,
) -> None:
    """Take updates and answer them until told to stop."""
    post = Post(store, Flow(_flood_limits(settings), time.monotonic))
    username = application.bot.bot.username or ""
    desk = Desk(Shelf.of(base), store, post, settings, username, application.bot.id)
    application.add_handlers(handlers(desk))
    application.add_error_handler(reporter(desk))
    schedule = Schedule(_handler(application, desk))
    inbox = Inbox(store, schedule)
    contact = Contact(store, lambda: schedule.waiting)
    renewing = [renew(desk, watch, contact, application.bot)] if watch is not None else []
    try:
        await inbox.reopen()  # before new ones come: it would find them, too
        async with _doors(application.bot, connection, inbox, contact, settings) as taking:
            ready(username)
            await _first(stop.wait(), schedule.failed(), _tidying(store), *renewing, *taking)
        try:
            await asyncio.wait_for(_first(schedule.idle(), schedule.failed()), drain_s)
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
        desk.open()
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
        if desk.store.failure is not None:  # it ends the program, and the next one handles the update
            raise desk.store.failure
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
            secret = with_secret(settings).webhook_secret
            door = Door(urlsplit(settings.webhook_url).path or "/", secret.get_secret_value() if secret else "")
        if settings.listen is not None:
            await open_.enter_async_context(listening(settings.listen, contact, inbox, door))
        if door is not None:
            await _register(bot, settings.webhook_url or "", door.secret)
            yield [_looking(bot, contact, settings.webhook_url or "")]
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
        await _insisting(partial(bot.set_webhook, url, secret_token=secret, allowed_updates=ALLOWED_UPDATES))
    except TelegramError as error:
        told = f"{url}: Telegram does not take this as a webhook ({in_brief(error)}); set VERBATIM_WEBHOOK_URL"
        raise TelegramAccessError(told) from None


async def _unregister(bot: Bot) -> None:
    """Let Telegram keep updates until they are fetched, whatever was set before."""
    try:
        await _insisting(bot.delete_webhook)
    except TelegramError as error:
        _LOGGER.warning("an earlier webhook could not be removed: %s", in_brief(error))


async def _looking(bot: Bot, contact: Contact, url: str) -> None:
    """Ask Telegram from time to time how the webhook does, until cancelled.

    Telegram counts as heard only where it could bring something: a bot that updates do not reach must not look alive.
    """
    while True:
        try:
            told = await bot.get_webhook_info()
        except TelegramError as error:
            _LOGGER.warning("Telegram does not tell how the webhook does: %s", in_brief(error))
        else:
            if told.url != url:
                _LOGGER.error("Telegram brings updates elsewhere: another program uses this token; stop it")
            elif told.last_error_message and told.pending_update_count:
                _LOGGER.warning("Telegram cannot reach the webhook: %s", shorten(told.last_error_message, 200))
            else:
                await contact.heard()
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
    return working.done() and not working.cancelled() and working.exception() is None


async def _awaited(future: asyncio.Future[None]) -> None:
    await future
