"""The methods that answer queries: pressed buttons, inline queries, calls of a guest; each can be answered once."""

from __future__ import annotations

import re

from tests.bot_api.keyboards import check_markup
from tests.bot_api.messages import checked
from tests.bot_api.parameters import Parameters
from tests.bot_api.refusals import Refusal
from tests.bot_api.world import BOT, World

LONGEST_NOTICE = 200
"""Characters of the answer to a pressed button."""

MOST_RESULTS = 50
LONGEST_RESULT_ID = 64
LONGEST_NEXT_OFFSET = 64
"""Bytes, as those of a result's id."""


async def answer_callback_query(world: World, parameters: Parameters) -> bool:
    identifier = str(parameters.get("callback_query_id", ""))
    world.presses.check(identifier)
    if len(parameters.get("text", "")) > LONGEST_NOTICE:
        raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
    world.presses.close(identifier, parameters)
    return True


async def answer_inline_query(world: World, parameters: Parameters) -> bool:
    identifier = str(parameters.get("inline_query_id", ""))
    world.inline_queries.check(identifier)
    results = parameters.get("results", [])
    if len(results) > MOST_RESULTS:
        raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
    for result in results:
        _check_result(result)
    if len({result["id"] for result in results}) < len(results):
        raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE")
    if len(str(parameters.get("next_offset", "")).encode()) > LONGEST_NEXT_OFFSET:
        raise Refusal(400, "Bad Request: NEXT_OFFSET_INVALID")
    _check_button(parameters.get("button"))
    world.inline_queries.close(identifier, parameters)
    return True


async def answer_guest_query(world: World, parameters: Parameters) -> dict[str, str]:
    identifier = str(parameters.get("guest_query_id", ""))
    world.guest_queries.check(identifier)
    result = parameters.get("result", {})
    _check_result(result)
    sent = f"guest-{identifier}"
    world.guest_queries.close(identifier, {**result, "inline_message_id": sent})
    return {"inline_message_id": sent}


def _check_result(result: Parameters) -> None:
    """Refuse a result that is no article with a text; the bot offers none of the other kinds."""
    wrong = "Bad Request: can't parse inline query result: "
    if not 1 <= len(str(result.get("id", "")).encode()) <= LONGEST_RESULT_ID:
        raise Refusal(400, "Bad Request: RESULT_ID_INVALID")
    if result.get("type") != "article":
        raise Refusal(400, wrong + f"this server takes articles only, not {result.get('type')!r}")
    if not result.get("title"):
        raise Refusal(400, wrong + 'Can\'t find field "title"')
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise Refusal(400, wrong + 'Can\'t find field "input_message_content"')
    checked(content, content["message_text"])
    check_markup(result.get("reply_markup"))


def _check_button(button: Parameters | None) -> None:
    """Refuse a button above the results that leads nowhere."""
    if button is None:
        return
    if not button.get("text"):
        raise Refusal(400, "Bad Request: can't parse InlineQueryResultsButton: text is empty")
    if "start_parameter" in button and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button["start_parameter"])):
        raise Refusal(400, "Bad Request: START_PARAM_INVALID")
    if not {"start_parameter", "web_app"} & button.keys():
        raise Refusal(400, "Bad Request: can't parse InlineQueryResultsButton: exactly one type must be specified")


def inline_content(result: Parameters) -> Parameters:
    """Return the content of the message that a chosen result becomes."""
    content = result["input_message_content"]
    markup = {"reply_markup": result["reply_markup"]} if result.get("reply_markup") else {}
    entities = {"entities": content["entities"]} if content.get("entities") else {}
    return {"text": content["message_text"], **entities, **markup, "via_bot": BOT}
