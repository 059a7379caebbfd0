"""How updates reach the bot when it asks for them."""

from __future__ import annotations

import asyncio

from tests.bot_api import BotApi
from tests.bot_api.calling import Caller
from tests.bot_api.updates import OTHER_POLL


async def test_updates_wait_until_an_offset_confirms_them(api: BotApi, bot: Caller) -> None:
    for text in ("one", "two"):
        api.private_chat().writes(text)

    both = await bot.result("getUpdates")
    again = await bot.result("getUpdates")
    second = await bot.result("getUpdates", offset=both[0]["update_id"] + 1)

    assert [update["message"]["text"] for update in both] == ["one", "two"]
    assert again == both
    assert second == both[1:]
    assert api.updates.waiting == 1


async def test_limit_bounds_what_comes_at_once(api: BotApi, bot: Caller) -> None:
    for _ in range(101):
        api.private_chat().writes("one")

    assert [len(await bot.result("getUpdates", limit=limit)) for limit in (1, 7, 1000)] == [1, 7, 100]


async def test_negative_offset_keeps_the_newest_only(api: BotApi, bot: Caller) -> None:
    for text in ("one", "two", "three"):
        api.private_chat().writes(text)

    newest = await bot.result("getUpdates", offset=-1)

    assert [update["message"]["text"] for update in newest] == ["three"]
    assert api.updates.waiting == 1


async def test_poll_ends_as_soon_as_an_update_comes(api: BotApi, bot: Caller) -> None:
    polling = asyncio.create_task(bot.result("getUpdates", timeout=50))
    await api.updates.polled.wait()
    api.private_chat().writes("one")

    assert [update["message"]["text"] for update in await asyncio.wait_for(polling, 5)] == ["one"]


async def test_poll_without_updates_ends_with_nothing_after_its_time(bot: Caller) -> None:
    assert await bot.result("getUpdates", timeout=1) == []


async def test_poller_is_refused_when_another_takes_over(api: BotApi, bot: Caller) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=50))
    await api.updates.polled.wait()
    second = asyncio.create_task(bot.result("getUpdates", timeout=50))

    assert await asyncio.wait_for(first, 5) == (409, OTHER_POLL)
    api.private_chat().writes("one")
    assert len(await asyncio.wait_for(second, 5)) == 1


async def test_only_the_kinds_of_update_that_were_asked_for_are_kept(api: BotApi, bot: Caller) -> None:
    await bot.result("getUpdates", allowed_updates=["message"])
    chat = api.private_chat()
    chat.edits(chat.writes("one"), "two")

    updates = await bot.result("getUpdates")

    assert [set(update) - {"update_id"} for update in updates] == [{"message"}]


async def test_changes_of_members_come_only_when_asked_for_by_name(api: BotApi, bot: Caller) -> None:
    api.updates.push({"chat_member": {}})
    await bot.result("getUpdates", allowed_updates=["chat_member"])
    api.updates.push({"chat_member": {}})
    await bot.result("getUpdates", allowed_updates=[])
    api.updates.push({"chat_member": {}})

    assert len(await bot.result("getUpdates")) == 1


async def test_what_no_server_should_send_is_delivered_as_written(api: BotApi, bot: Caller) -> None:
    first = api.updates.push({"a_later_kind": {}})
    raw = [{"update_id": first}, {"update_id": first - 500}, {"message": {}}, "nothing", {"update_id": "one"}]
    for update in raw:
        api.updates.push_raw(update)

    updates = await bot.result("getUpdates", offset=first)

    assert updates == [{"update_id": first, "a_later_kind": {}}, *raw]


async def test_update_can_come_again_after_it_was_confirmed(api: BotApi, bot: Caller) -> None:
    api.private_chat().writes("one")
    [update] = await bot.result("getUpdates")
    await bot.result("getUpdates", offset=update["update_id"] + 1)
    api.updates.push_raw(api.updates.last)

    assert await bot.result("getUpdates", offset=update["update_id"] + 1) == [update]
    assert await bot.result("getUpdates", offset=update["update_id"] + 1) == []


async def test_update_without_an_id_is_confirmed_by_the_next_call(api: BotApi, bot: Caller) -> None:
    api.updates.push_raw({"message": {}})
    api.updates.push_raw({"update_id": 1})

    waiting = [len(await bot.result("getUpdates")), len(await bot.result("getUpdates"))]

    assert waiting == [2, 1]
    assert await bot.result("getUpdates", offset=2) == []


async def test_update_of_a_megabyte_is_delivered(api: BotApi, bot: Caller) -> None:
    api.private_chat().writes("a" * 2**20)

    assert len((await bot.kind("message"))["text"]) == 2**20
