"""Scripted faults: what may go wrong between the bot and Telegram, one call at a time.

    api.script("sendMessage", too_many_requests(1), page(502))    # its next two calls
    api.script("sendMessage", dropped(committed=True), chat=reader)   # its next call about one chat

A fault takes the call and the way to commit it (do what was asked), and returns the response that the bot sees.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

Commit = Callable[[], Awaitable[web.Response]]
Fault = Callable[[web.Request, Commit], Awaitable[web.Response]]


def refusal(status: int, description: str, **parameters: int) -> web.Response:
    """Return the answer that Telegram gives when a call is not `ok`."""
    content: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        content["parameters"] = parameters
    return web.json_response(content, status=status)


def too_many_requests(retry_after_s: int) -> Fault:
    """429: nothing was done; come back later."""

    async def fault(request: web.Request, commit: Commit) -> web.Response:  # noqa: ARG001  every fault has this shape
        description = f"Too Many Requests: retry after {retry_after_s}"
        return refusal(429, description, retry_after=retry_after_s)

    return fault


def failing(status: int, description: str = "Internal Server Error", **parameters: int) -> Fault:
    """An error status with Telegram's JSON; nothing was done.

    Args:
        status: of HTTP.
        description: in words.
        parameters: such as `migrate_to_chat_id`.
    """

    async def fault(request: web.Request, commit: Commit) -> web.Response:  # noqa: ARG001  "
        return refusal(status, description, **parameters)

    return fault


def page(status: int) -> Fault:
    """An HTML page of a proxy in front of Telegram; nothing was done. With 200, as a captive portal answers."""

    async def fault(request: web.Request, commit: Commit) -> web.Response:  # noqa: ARG001  "
        return web.Response(status=status, text=f"<html><h1>{status}</h1></html>", content_type="text/html")

    return fault


def dropped(*, committed: bool = False) -> Fault:
    """The connection breaks, before what was asked is done or after it."""

    async def fault(request: web.Request, commit: Commit) -> web.Response:
        if committed:
            await commit()
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    return fault


def slow(seconds: float, *, committed: bool = False) -> Fault:
    """The answer comes late: because it is done late, or although it was done at once."""

    async def fault(request: web.Request, commit: Commit) -> web.Response:  # noqa: ARG001  "
        response = await commit() if committed else None
        await asyncio.sleep(seconds)
        return response or await commit()

    return fault
