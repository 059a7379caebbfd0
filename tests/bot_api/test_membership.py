"""Where the bot is wanted and where it is not, as it gets to know it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller


@pytest.mark.parametrize(
    ("happens", "description"),
    [
        (lambda api: [api.private_chat().blocks()], "bot was blocked by the user"),
        (lambda api: [api.private_chat().deactivates()], "user is deactivated"),
        (lambda api: [api.group().kicks()], "bot was kicked from the supergroup chat"),
        (lambda api: [api.group(kind="group").kicks()], "bot was kicked from the group chat"),
    ],
)
async def test_bot_cannot_write_where_it_is_not_wanted(
    api: BotApi, bot: Caller, happens: Callable[[BotApi], object], description: str
) -> None:
    happens(api)
    [room] = api.world.rooms.values()

    answers = [
        await bot.call("sendMessage", chat_id=room.id, text="a"),
        await bot.call("sendChatAction", chat_id=room.id, action="typing"),
    ]

    assert answers == [(403, f"Forbidden: {description}")] * 2


async def test_block_and_its_end_are_told(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    chat.blocks()
    chat.unblocks()

    changes = [await bot.kind("my_chat_member") for _ in range(2)]

    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert not chat.blocked


async def test_bot_is_told_that_it_was_added(api: BotApi, bot: Caller) -> None:
    group = api.group()
    group.kicks()
    group.adds()

    message = await bot.kind("message")

    assert message["new_chat_members"] == [api.me]
    assert (await bot.call("sendMessage", chat_id=group.id, text="a"))[0] == 200


async def test_group_that_became_a_supergroup_says_where_it_is(api: BotApi, bot: Caller) -> None:
    old = api.group(kind="group")
    new = old.migrates(-1_000_123)
    new.writes("one")

    went, came, message = [await bot.kind("message") for _ in range(3)]
    status, answer = await bot.answer("sendMessage", chat_id=old.id, text="a")
    await bot.result("sendMessage", chat_id=new.id, text="a")

    assert (went["chat"]["id"], went["migrate_to_chat_id"]) == (old.id, new.id)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (new.id, old.id)
    assert message["chat"]["type"] == "supergroup"
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": -1_000_123})
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"


async def test_bot_can_leave_a_group_and_no_person(api: BotApi, bot: Caller) -> None:
    group, chat = api.group(), api.private_chat()

    await bot.result("leaveChat", chat_id=group.id)

    assert await bot.call("sendMessage", chat_id=group.id, text="a") == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )
    assert (await bot.call("leaveChat", chat_id=chat.id))[0] == 400


async def test_chat_and_its_members_can_be_asked_for(api: BotApi, bot: Caller) -> None:
    group = api.group()

    assert (await bot.result("getChat", chat_id=group.id))["title"] == "Readers"
    assert (await bot.result("getChatMember", chat_id=group.id, user_id=1))["user"]["id"] == 1
    assert (await bot.result("getChatMember", chat_id=group.id, user_id=api.me["id"]))["status"] == "member"
    assert (await bot.call("getChatMember", chat_id=group.id, user_id=99))[0] == 400
