"""The methods by which the bot tells who it is."""

from __future__ import annotations

import json

from tests.bot_api.parameters import Parameters
from tests.bot_api.refusals import Refusal, check_commands
from tests.bot_api.world import BOT, World

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120

_SCOPES = {
    "default": set[str](),
    "all_private_chats": set[str](),
    "all_group_chats": set[str](),
    "all_chat_administrators": set[str](),
    "chat": {"chat_id"},
    "chat_administrators": {"chat_id"},
    "chat_member": {"chat_id", "user_id"},
}
"""Each with the fields that it needs."""


async def get_me(_: World, __: Parameters) -> Parameters:
    return {
        **BOT,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "supports_guest_queries": True,
    }


async def set_my_commands(world: World, parameters: Parameters) -> bool:
    check_commands(parameters.get("commands", []))
    world.commands[_place(parameters)] = parameters.get("commands", [])
    return True


async def get_my_commands(world: World, parameters: Parameters) -> list[dict[str, str]]:
    return world.commands.get(_place(parameters), [])


async def delete_my_commands(world: World, parameters: Parameters) -> bool:
    world.commands.pop(_place(parameters), None)
    return True


async def set_my_description(world: World, parameters: Parameters) -> bool:
    _describe(world, "description", parameters, LONGEST_DESCRIPTION)
    return True


async def set_my_short_description(world: World, parameters: Parameters) -> bool:
    _describe(world, "short_description", parameters, LONGEST_SHORT_DESCRIPTION)
    return True


async def get_my_description(world: World, parameters: Parameters) -> Parameters:
    return {"description": world.descriptions.get(("description", _language(parameters)), "")}


async def get_my_short_description(world: World, parameters: Parameters) -> Parameters:
    return {"short_description": world.descriptions.get(("short_description", _language(parameters)), "")}


async def done(_: World, __: Parameters) -> bool:
    """Log out or close: there is nothing to leave here."""
    return True


def scope_key(scope: Parameters) -> str:
    """Return a scope of commands as text that is the same for the same scope."""
    return json.dumps(scope, sort_keys=True)


def _place(parameters: Parameters) -> tuple[str, str]:
    """Return for whom commands are: the scope and the language."""
    scope = parameters.get("scope") or {"type": "default"}
    needed = _SCOPES.get(scope.get("type", ""))
    if needed is None or not needed <= scope.keys():
        raise Refusal(400, "Bad Request: can't parse BotCommandScope: unsupported type or missing field")
    return scope_key(scope), _language(parameters)


def _describe(world: World, kind: str, parameters: Parameters, longest: int) -> None:
    text = parameters.get(kind, "")
    if len(text) > longest:
        raise Refusal(400, f"Bad Request: bot {kind.replace('_', ' ')} is too long")
    world.descriptions[kind, _language(parameters)] = text


def _language(parameters: Parameters) -> str:
    """Return a language of two letters, or nothing for everybody."""
    code = str(parameters.get("language_code", ""))
    if code and not (len(code) == 2 and code.isascii() and code.islower()):
        raise Refusal(400, "Bad Request: invalid language code specified")
    return code
