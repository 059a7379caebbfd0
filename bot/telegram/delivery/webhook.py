"""The webhook: the door at which Telegram, through a proxy, brings updates; and the place where health is told."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.settings import Listen
from bot.store import StoreError
from bot.telegram.delivery.inbox import Inbox
from bot.telegram.delivery.liveness import Contact
from bot.telegram.delivery.transport import TelegramAccessError

_LOGGER = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024
"""Bytes of one call. A message of 4,096 characters with all that Telegram tells about it has some 50 KB."""

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  its name, and no secret

CALL_S = 30.0
"""Seconds in which a call has to be complete: nobody can hold connections open for nothing."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where updates come in.

    Attributes:
        path: of the URL that Telegram calls, such as "/telegram".
        secret: what Telegram sends with each call.
    """

    path: str
    secret: str


@asynccontextmanager
async def listening(listen: Listen, contact: Contact, inbox: Inbox, door: Door | None) -> AsyncIterator[None]:
    """Listen for calls, until left: `GET /health`, and Telegram's at the door if there is one.

    Raises:
        TelegramAccessError: the address cannot be listened at.
    """

    async def health(_: web.Request) -> web.Response:
        told = contact.health()
        status = HTTPStatus.OK if told.alive else HTTPStatus.SERVICE_UNAVAILABLE
        return web.Response(text=told.as_json(), status=status, content_type="application/json")

    application = web.Application(client_max_size=LARGEST_BODY)
    application.router.add_get("/health", health)
    if door is not None:
        application.router.add_post(door.path, _called(door, contact, inbox))
    runner = web.AppRunner(application, access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, listen.host, listen.port).start()
        except OSError as error:
            raise TelegramAccessError(
                f"{listen}: cannot listen there ({error.strerror}); set VERBATIM_LISTEN"
            ) from None
        yield
    finally:
        await runner.cleanup()


def _called(door: Door, contact: Contact, inbox: Inbox) -> Handler:
    """Return what is done when Telegram calls: check, store, and only then acknowledge."""

    async def called(request: web.Request) -> web.Response:
        told = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(told, door.secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            async with asyncio.timeout(CALL_S):
                update = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
        except (ValueError, RecursionError):
            _LOGGER.warning("a call of the webhook that is no JSON is refused")
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            async with asyncio.timeout(CALL_S):
                await inbox.room()
            await inbox.take([update])
            await contact.heard()
        except (TimeoutError, StoreError):  # not taken: Telegram keeps it and comes again
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()

    return called
