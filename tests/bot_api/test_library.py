"""python-telegram-bot as an independent judge: it calls every method, and reads what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken

from tests.bot_api import TOKEN, USERNAME, BotApi

MARKUP = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="more")]])
RESULT = InlineQueryResultArticle(
    "1", "Title", InputTextMessageContent("Answer", entities=[MessageEntity("bold", 0, 6)]), reply_markup=MARKUP
)


def library(api: BotApi, token: str = TOKEN) -> Bot:
    return Bot(token, base_url=f"{api.url}/bot", base_file_url=f"{api.url}/file/bot")


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    async with library(api) as bot:
        yield bot


async def update(bot: Bot) -> Update:
    """Return the next update; confirm the one before."""
    [update] = await bot.get_updates(timeout=5, limit=1)
    await bot.get_updates(offset=update.update_id + 1, limit=1)
    return update


async def test_bot_is_known(bot: Bot) -> None:
    assert (bot.username, bot.supports_inline_queries, bot.can_join_groups) == (USERNAME, True, True)


async def test_message_is_sent_and_edited(api: BotApi, bot: Bot) -> None:
    chat = api.private_chat()
    sent = await bot.send_message(
        chat.id,
        "one",
        entities=[MessageEntity("bold", 0, 3)],
        reply_markup=MARKUP,
        reply_parameters=ReplyParameters(chat.writes("what"), allow_sending_without_reply=True),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.reply_to_message is not None
    assert (sent.reply_to_message.text, sent.reply_markup) == ("what", MARKUP)

    edited = await sent.edit_text("two", reply_markup=MARKUP)
    assert isinstance(edited, Message)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await edited.edit_text("two", reply_markup=MARKUP)
    await edited.edit_reply_markup(None)
    await bot.send_chat_action(chat.id, "typing")

    assert [(message.text, message.labels) for message in chat.screen()] == [("two", [])]
    assert await sent.delete()
    assert chat.screen() == []


async def test_pressed_button_is_read_and_answered(api: BotApi, bot: Bot) -> None:
    chat = api.private_chat()
    await bot.send_message(chat.id, "one", reply_markup=MARKUP)
    pressing = asyncio.create_task(chat.presses(await chat.sees(), "More"))
    query = (await update(bot)).callback_query
    assert query is not None
    await query.edit_message_text("two")
    await query.answer("Done")

    pressed = await pressing

    assert (query.data, pressed.text, pressed.message and pressed.message.text) == ("more", "Done", "two")


async def test_inline_query_is_read_and_answered(api: BotApi, bot: Bot) -> None:
    asking = asyncio.create_task(api.private_chat().inline("what"))
    query = (await update(bot)).inline_query
    assert query is not None
    button = InlineQueryResultsButton("Help", start_parameter="help")
    await query.answer([RESULT], cache_time=5, is_personal=True, next_offset="50", button=button)

    answer = await asking

    assert (query.query, answer.results[0].message.marked("bold"), answer.next_offset) == ("what", ["Answer"], "50")


async def test_guest_is_called_and_answers(api: BotApi, bot: Bot) -> None:
    chat = api.elsewhere()
    calling = asyncio.create_task(chat.summons(f"@{USERNAME} what"))
    message = (await update(bot)).guest_message
    assert message is not None
    assert message.guest_query_id is not None
    sent = await bot.answer_guest_query(message.guest_query_id, RESULT)
    await bot.edit_message_text("two", inline_message_id=sent.inline_message_id)

    answer = await calling

    assert (answer.text, [one.text for one in chat.screen()]) == ("Answer", ["two"])


async def test_chats_are_read(api: BotApi, bot: Bot) -> None:
    group = api.group()
    group.topic("Talks")

    assert (await bot.get_chat(group.id)).is_forum
    assert (await bot.get_chat_member(group.id, bot.id)).status == "member"
    assert await bot.leave_chat(group.id)


async def test_profile_is_told(api: BotApi, bot: Bot) -> None:
    scope = BotCommandScopeChat(7)
    commands = (BotCommand("start", "Begin"),)
    await bot.set_my_commands(commands, scope=scope, language_code="fr")
    await bot.set_my_description("Long")
    await bot.set_my_short_description("Short", language_code="fr")

    assert await bot.get_my_commands(scope=scope, language_code="fr") == commands
    assert api.commands_for("chat", "fr", chat_id=7) == [{"command": "start", "description": "Begin"}]
    assert (await bot.get_my_description()).description == "Long"
    assert (await bot.get_my_short_description("fr")).short_description == "Short"
    assert await bot.delete_my_commands(scope=scope, language_code="fr")


async def test_webhook_is_set_and_told(bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/updates", secret_token="a", max_connections=3)  # noqa: S106  nobody's
    told = await bot.get_webhook_info()
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)

    assert (told.url, told.max_connections, told.pending_update_count) == ("http://127.0.0.1:9/updates", 3, 0)


async def test_refusals_are_what_the_library_takes_them_for(api: BotApi, bot: Bot) -> None:
    blocked, gone, group = api.private_chat(7), api.private_chat(8), api.group(kind="group")
    blocked.blocks()
    gone.deactivates()
    group.migrates(-1_000_123)

    for chat in (blocked, gone):
        with pytest.raises(Forbidden):
            await bot.send_message(chat.id, "a")
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "a")
    with pytest.raises(InvalidToken):
        async with library(api, "1:another"):
            pass

    assert migrated.value.new_chat_id == -1_000_123
