"""What people do, as the bot gets to know it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from telegram import Update

from tests.bot_api import USERNAME, BotApi, Chat
from tests.bot_api.calling import Caller


async def test_marks_in_a_text_are_found_in_utf16_units(api: BotApi, bot: Caller) -> None:
    text = f"😀 /ask@{USERNAME} and/or @{USERNAME} a@b.example https://a.example/@x #talks, Verbatim"
    api.group().writes(text, mentions={"Verbatim": api.me})

    message = await bot.kind("message")
    units = text.encode("utf-16-le")
    found = [
        (one["type"], units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"))
        for one in message["entities"]
    ]

    assert found == [
        ("bot_command", f"/ask@{USERNAME}"),
        ("mention", f"@{USERNAME}"),
        ("url", "https://a.example/@x"),
        ("hashtag", "#talks"),
        ("text_mention", "Verbatim"),
    ]
    assert message["entities"][-1]["user"] == api.me


async def test_text_without_marks_has_no_entities(api: BotApi, bot: Caller) -> None:
    api.private_chat().writes("1/2 a@b")

    assert "entities" not in await bot.kind("message")


async def test_members_of_a_group_write_in_their_own_names(api: BotApi, bot: Caller) -> None:
    group = api.group()
    for member in (group, group.member(2)):
        member.writes("one")

    messages = [await bot.kind("message") for _ in range(2)]

    assert [(one["from"]["id"], one["chat"]["id"], one["message_id"]) for one in messages] == [
        (1, group.id, 1),
        (2, group.id, 2),
    ]


async def test_reply_to_the_bot_carries_its_message(api: BotApi, bot: Caller) -> None:
    group = api.group()
    question = group.writes("one")
    await bot.result("sendMessage", chat_id=group.id, text="two", reply_parameters={"message_id": question})
    group.writes("three", reply_to=await group.sees())

    await bot.kind("message")
    target = (await bot.kind("message"))["reply_to_message"]

    assert (target["text"], target["from"]) == ("two", api.me)
    assert "reply_to_message" not in target


async def test_message_in_a_topic_tells_the_topic_and_replies_to_its_opening(api: BotApi, bot: Caller) -> None:
    group = api.group()
    topic = group.topic("Talks")
    topic.member(2).writes("one")
    group.writes("two")

    opening, inside, outside = [await bot.kind("message") for _ in range(3)]

    assert opening["forum_topic_created"]["name"] == "Talks"
    assert opening["message_thread_id"] == opening["message_id"]
    assert (inside["message_thread_id"], inside["is_topic_message"]) == (opening["message_id"], True)
    assert inside["reply_to_message"]["forum_topic_created"]["name"] == "Talks"
    assert inside["chat"]["is_forum"]
    assert "message_thread_id" not in outside
    assert group.topic("Talks").thread == topic.thread


async def test_edit_keeps_what_was_not_edited(api: BotApi, bot: Caller) -> None:
    chat = api.private_chat()
    question = chat.writes("one")
    chat.edits(chat.writes("two", reply_to=question), "/three")
    chat.edits(chat.sends_photo("four"), "five")

    text, photo = [await bot.kind("edited_message") for _ in range(2)]

    assert (text["text"], text["entities"][0]["type"], text["reply_to_message"]["text"]) == (
        "/three",
        "bot_command",
        "one",
    )
    assert text["edit_date"]
    assert (photo["caption"], "text" in photo, len(photo["photo"])) == ("five", False, 2)


async def test_channel_posts_are_nobodys(api: BotApi, bot: Caller) -> None:
    channel = api.channel()
    channel.edits(channel.writes("one"), "two")

    post, edited = await bot.kind("channel_post"), await bot.kind("edited_channel_post")

    assert (post["text"], edited["text"]) == ("one", "two")
    assert (post["sender_chat"], "from" in post) == (channel.chat, False)


async def test_bot_hears_nothing_from_a_group_that_it_is_not_in(api: BotApi, bot: Caller) -> None:
    api.elsewhere().writes("one")
    api.private_chat().writes("two")

    assert (await bot.kind("message"))["text"] == "two"


def languages(api: BotApi) -> list[str | None]:
    return [api.private_chat(number).acting().get("language_code") for number in (7, 8, 9)]


async def test_person_speaks_the_language_that_is_set(api: BotApi) -> None:
    api.private_chat(8, language="ar")
    api.private_chat(9).speaks("")

    assert languages(api) == ["en", "ar", None]


# The independent reader ---------------------------------------------------------------------------------------------


def everything(api: BotApi) -> list[tuple[str, Callable[[Chat], object]]]:
    """Return what a person may do, by the field of a message that tells it."""
    return [
        ("text", lambda chat: chat.writes("/a")),
        ("photo", lambda chat: chat.sends_photo("a")),
        ("voice", lambda chat: chat.sends_voice()),
        ("document", lambda chat: chat.sends_document("a")),
        ("sticker", lambda chat: chat.sends_sticker()),
        ("location", lambda chat: chat.sends_location()),
        ("forward_origin", lambda chat: chat.forwards("a")),
        ("pinned_message", lambda chat: chat.pins(chat.writes("a"))),
        ("new_chat_members", lambda chat: chat.joined(api.me)),
        ("left_chat_member", lambda chat: chat.leaves()),
        ("forum_topic_created", lambda chat: chat.topic("a")),
        ("migrate_from_chat_id", lambda chat: chat.migrates()),
    ]


async def test_library_reads_every_kind_of_message(api: BotApi, bot: Caller) -> None:
    for name, does in everything(api):
        does(api.group(len(name)))
        updates: list[dict[str, Any]] = await bot.result("getUpdates")
        update = Update.de_json(updates[-1], None)
        await bot.result("getUpdates", offset=updates[-1]["update_id"] + 1)

        assert update.message is not None, name
        assert getattr(update.message, name), name
        assert update.message.api_kwargs == {}, name


async def test_library_reads_a_changed_member(api: BotApi, bot: Caller) -> None:
    api.private_chat().blocks()

    [update] = await bot.result("getUpdates")
    change = Update.de_json(update, None).my_chat_member

    assert change is not None
    assert change.new_chat_member.status == "kicked"
