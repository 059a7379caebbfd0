"""What the bot tells about itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller

START = {"command": "start", "description": "Begin"}
HELP = {"command": "help", "description": "Aide"}


@pytest.mark.parametrize(
    "command",
    [
        {"command": "Start", "description": "a"},
        {"command": "a" * 33, "description": "a"},
        {"command": "start", "description": ""},
        {"command": "start", "description": "a" * 257},
    ],
)
async def test_command_that_telegram_would_refuse_is_refused(bot: Caller, command: dict[str, str]) -> None:
    assert (await bot.call("setMyCommands", commands=[command]))[0] == 400


async def test_commands_are_kept_by_scope_and_language(api: BotApi, bot: Caller) -> None:
    groups = {"type": "all_group_chats"}
    await bot.result("setMyCommands", commands=[START])
    await bot.result("setMyCommands", commands=[HELP], scope=groups, language_code="fr")

    assert await bot.result("getMyCommands") == api.commands == [START]
    assert await bot.result("getMyCommands", scope=groups) == []
    assert api.commands_for("all_group_chats", "fr") == [HELP]


async def test_deleted_commands_are_gone(api: BotApi, bot: Caller) -> None:
    await bot.result("setMyCommands", commands=[START])
    await bot.result("deleteMyCommands")

    assert api.commands == await bot.result("getMyCommands") == []


@pytest.mark.parametrize(
    "wrong",
    [{"scope": {"type": "everybody"}}, {"scope": {"type": "chat"}}, {"language_code": "french"}],
)
async def test_scope_or_language_that_is_none_is_refused(bot: Caller, wrong: dict[str, Any]) -> None:
    assert (await bot.call("setMyCommands", commands=[START], **wrong))[0] == 400


@pytest.mark.parametrize(
    ("method", "name", "longest"), [("Description", "description", 512), ("ShortDescription", "short_description", 120)]
)
async def test_descriptions_are_kept_by_language_up_to_their_length(
    bot: Caller, method: str, name: str, longest: int
) -> None:
    await bot.result(f"setMy{method}", **{name: "a" * longest, "language_code": "fr"})

    assert (await bot.call(f"setMy{method}", **{name: "a" * (longest + 1)}))[0] == 400
    assert await bot.result(f"getMy{method}", language_code="fr") == {name: "a" * longest}
    assert await bot.result(f"getMy{method}") == {name: ""}
