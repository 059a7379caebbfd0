"""What Telegram refuses: the limits of the methods that the bot uses, each with the words of the real server.

Source: core.telegram.org/bots/api and the limits in `telegram.constants`. Stricter in one point: more than 100 entities
are refused here, where Telegram drops the rest in silence, because silence would hide a fault of the bot.
"""

from __future__ import annotations

import re
from typing import Any

LONGEST_TEXT = 4096
"""UTF-16 code units."""

MOST_ENTITIES = 100

_QUOTATIONS = {"blockquote", "expandable_blockquote"}
_ENTITY_TYPES = _QUOTATIONS | {
    "bold", "bot_command", "cashtag", "code", "custom_emoji", "email", "hashtag", "italic", "mention", "phone_number",
    "pre", "spoiler", "strikethrough", "text_link", "text_mention", "underline", "url",
}  # fmt: skip


class Refusal(Exception):  # noqa: N818  a refusal is an answer of the server, not a fault of it
    """An answer that is not `ok`."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def check_text(text: str, entities: list[dict[str, Any]]) -> None:
    """Refuse a text, or entities over it, that Telegram would not take."""
    units = text.encode("utf-16-le")
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(units) // 2 > LONGEST_TEXT:
        raise Refusal(400, "Bad Request: message is too long")
    if len(entities) > MOST_ENTITIES:
        raise Refusal(400, f"Bad Request: {len(entities)} entities")
    for entity in entities:
        _check_entity(entity, units)
    _check_nesting([entity for entity in entities if entity["type"] in _QUOTATIONS])


def check_commands(commands: list[dict[str, str]]) -> None:
    """Refuse a list of commands that Telegram would not take."""
    if len(commands) > 100:
        raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")


def _check_entity(entity: dict[str, Any], units: bytes) -> None:
    offset, length = entity.get("offset"), entity.get("length")
    if entity.get("type") not in _ENTITY_TYPES:
        raise Refusal(400, f"Bad Request: can't parse entities: unknown type {entity.get('type')!r}")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise Refusal(400, "Bad Request: can't parse entities: wrong offset or length")
    if 2 * (offset + length) > len(units):
        raise Refusal(400, "Bad Request: can't parse entities: entity ends after the text")
    try:
        units[2 * offset : 2 * (offset + length)].decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise Refusal(400, "Bad Request: can't parse entities: entity in the middle of a UTF-16 symbol") from error


def _check_nesting(quotations: list[dict[str, Any]]) -> None:
    """Refuse a quotation within a quotation."""
    reached = 0
    for quotation in sorted(quotations, key=lambda entity: int(entity["offset"])):
        if quotation["offset"] < reached:
            raise Refusal(400, "Bad Request: can't parse entities: nested block quotation")
        reached = quotation["offset"] + quotation["length"]
