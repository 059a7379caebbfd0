"""How handlers speak: a new message in the place where it belongs, a changed one, a word on a button."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.addressing import in_private, topic_of
from bot.telegram.delivery.sending import Unsendable
from bot.telegram.delivery.transport import in_brief
from bot.telegram.desk import WORK, Desk
from bot.telegram.rendering import Part, plain

_LOGGER = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

SLOW_S = 0.5
"""Seconds without an answer after which somebody is shown that it is being written."""

SHOWN_S = 4.5
"""Seconds after which that is shown again. Source: Telegram shows it for 5 seconds or less."""


async def send_parts(
    desk: Desk, message: Message, parts: Sequence[Part], buttons: InlineKeyboardMarkup | None = None
) -> list[int]:
    """Send an answer to a message, part by part, with buttons below the last; return the ids of the messages.

    In a group it is a reply, in the topic of the question, so that it is seen who asked.

    Raises:
        Unsendable: it did not arrive.
    """
    bot, work = message.get_bot(), WORK.get()
    topic = topic_of(message)
    target = None if in_private(message) else ReplyParameters(message.message_id, allow_sending_without_reply=True)
    sent = []
    for part in parts:
        last = part is parts[-1]

        async def send(chat_id: int, part: Part = part, *, last: bool = last) -> Message:
            return await bot.send_message(
                chat_id,
                part.text,
                entities=part.entities,
                link_preview_options=NO_PREVIEW,
                message_thread_id=topic,
                reply_parameters=target,
                reply_markup=buttons if last else None,
            )

        sent.append(await desk.post.message(work, message.chat_id, send, last=last))
    return sent


async def send_text(desk: Desk, message: Message, text: str, buttons: InlineKeyboardMarkup | None = None) -> list[int]:
    """Send a text without styles."""
    return await send_parts(desk, message, plain(text), buttons)


async def show_instead(
    desk: Desk, message: Message, part: Part, buttons: InlineKeyboardMarkup | None, message_id: int = 0
) -> None:
    """Let a message of the bot show something else: this one, or that with an id in the same chat.

    Raises:
        Unsendable: it could not be changed.
    """
    bot = message.get_bot()

    async def edit(chat_id: int) -> object:
        return await bot.edit_message_text(
            part.text,
            chat_id,
            message_id or message.message_id,
            entities=part.entities,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )

    await desk.post.change(message.chat_id, edit)


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """Let the app know that a button was heard; one that was pressed too long ago needs no answer any more."""
    try:
        await query.answer(text or None, show_alert=alert)
    except TelegramError as error:
        _LOGGER.info("a button was not acknowledged: %s", in_brief(error))


async def replaced(
    desk: Desk, message: Message, part: Part, buttons: InlineKeyboardMarkup | None, message_id: int
) -> bool:
    """Let an earlier message of the bot show something else; return whether it is still there to do so.

    Raises:
        Unsendable: it is not known whether it was changed, or the chat is gone.
    """
    try:
        await show_instead(desk, message, part, buttons, message_id)
    except Unsendable as error:
        if error.result != "refused":
            raise
        return False
    return True


async def take_away(desk: Desk, message: Message, message_id: int) -> None:
    """Delete an earlier message of the bot in the chat of a message; one that is gone or too old is left."""
    bot = message.get_bot()

    async def delete(chat_id: int) -> object:
        return await bot.delete_message(chat_id, message_id)

    try:
        await desk.post.change(message.chat_id, delete)
    except Unsendable as error:
        if error.result != "refused":
            raise


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show that an answer is being written, if it takes long."""
    loop = asyncio.get_running_loop()
    shown: list[asyncio.Task[None]] = []
    waiting = loop.call_later(SLOW_S, lambda: shown.append(asyncio.create_task(_show_typing(message))))
    try:
        yield
    finally:
        waiting.cancel()
        for task in shown:
            task.cancel()


async def _show_typing(message: Message) -> None:
    """Show it until cancelled."""
    topic = topic_of(message)
    while True:
        try:
            await message.get_bot().send_chat_action(message.chat_id, ChatAction.TYPING, message_thread_id=topic)
        except TelegramError as error:
            _LOGGER.info("the typing indicator was not shown: %s", in_brief(error))
        await asyncio.sleep(SHOWN_S)
