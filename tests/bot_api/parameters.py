"""What a call carries: taken from the query, a form, multipart or JSON, as Telegram does, and decoded alike."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.bot_api.refusals import Refusal

Parameters = dict[str, Any]

_LISTS = ("allowed_updates", "commands", "entities", "message_ids", "results")
_OBJECTS = ("button", "link_preview_options", "reply_markup", "reply_parameters", "result", "scope")
_NUMBERS = ("cache_time", "limit", "max_connections", "message_id", "message_thread_id", "offset", "timeout", "user_id")
_SWITCHES = (
    *("allow_sending_without_reply", "disable_notification", "drop_pending_updates", "is_personal"),
    *("protect_content", "show_alert"),
)


async def parameters(request: web.Request) -> Parameters:
    """Return the parameters of a call.

    Raises:
        Refusal: one of them is not what its name asks for.
    """
    given: Parameters = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    elif request.content_type == "application/x-www-form-urlencoded":
        given |= parse_qsl((await request.text()), keep_blank_values=True)
    else:
        given |= await request.post()
    for name, value in given.items():
        if isinstance(value, str) and name in _DECODED:
            given[name] = _DECODED[name](name, value)
    return given


def _object(name: str, value: str) -> object:
    try:
        content: object = json.loads(value)
    except ValueError:
        content = None
    if not isinstance(content, list if name in _LISTS else dict):
        raise Refusal(400, f"Bad Request: can't parse {name} JSON object")
    return content


def _number(name: str, value: str) -> object:
    try:
        return int(value)
    except ValueError as error:
        raise Refusal(400, f"Bad Request: wrong parameter {name} in request") from error


def _switch(_: str, value: str) -> object:
    return value.lower() in {"true", "yes", "1"}


def _chat(_: str, value: str) -> object:
    """Return the id of a chat, or its name."""
    return value if value.startswith("@") else _number("chat_id", value)


_DECODED: dict[str, Callable[[str, str], object]] = {
    **dict.fromkeys((*_LISTS, *_OBJECTS), _object),
    **dict.fromkeys(_NUMBERS, _number),
    **dict.fromkeys(_SWITCHES, _switch),
    "chat_id": _chat,
}
