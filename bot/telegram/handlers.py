"""What the bot does about each kind of update: whom it answers, and with what."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType, UpdateType
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.interface import Interface
from bot.store import StoreError, Thread
from bot.telegram import wording
from bot.telegram.addressing import (
    answers_bot,
    command_in,
    in_private,
    is_for_another,
    thread_of,
    without_mention,
    written_in,
)
from bot.telegram.commands import obey
from bot.telegram.delivery.sending import Unsendable
from bot.telegram.desk import WORK, Desk, interface_of
from bot.telegram.inline import answer_guest, offer
from bot.telegram.pressing import press
from bot.telegram.questions import answer_anew, answer_question, refuse
from bot.telegram.speaking import say_plainly

_LOGGER = logging.getLogger(__name__)

Context: TypeAlias = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Handler: TypeAlias = BaseHandler[Update, Context, None]
Callback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
    UpdateType.GUEST_MESSAGE,
)
"""Always named: left out, Telegram keeps what an earlier version of the bot asked for. Channel posts are not wanted."""


def handlers(desk: Desk) -> list[Handler]:
    """Return the handlers, in the order in which they are tried."""
    return [
        MessageHandler(filters.UpdateType.MESSAGE, _about_message(desk, _read)),
        CallbackQueryHandler(_about_button(desk)),
        InlineQueryHandler(_about_inline(desk)),
        MessageHandler(filters.UpdateType.EDITED_MESSAGE, _about_message(desk, _read_again)),
        MessageHandler(filters.UpdateType.GUEST_MESSAGE, _about_message(desk, answer_guest)),
        ChatMemberHandler(_about_membership(desk), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


def _about_message(desk: Desk, read: Callable[[Desk, Message], Coroutine[Any, Any, None]]) -> Callback:
    async def about(update: Update, context: Context) -> None:  # noqa: ARG001  the library passes both
        if update.effective_message is not None:
            await read(desk, update.effective_message)

    return about


def _about_button(desk: Desk) -> Callback:
    async def about(update: Update, context: Context) -> None:  # noqa: ARG001  the library passes both
        if update.callback_query is not None:
            await press(desk, update.callback_query)

    return about


def _about_inline(desk: Desk) -> Callback:
    async def about(update: Update, context: Context) -> None:  # noqa: ARG001  the library passes both
        if update.inline_query is not None:
            await offer(desk, update.inline_query)

    return about


def _about_membership(desk: Desk) -> Callback:
    """Return what says how to ask, once, in a group that the bot was taken into."""

    async def about(update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None or change.chat.type not in {ChatType.GROUP, ChatType.SUPERGROUP}:
            return
        outside = {ChatMember.LEFT, ChatMember.BANNED}
        if change.old_chat_member.status not in outside or change.new_chat_member.status in outside:
            return
        opening = await desk.store.opening(Thread(change.chat.id, change.from_user.id))
        text = wording.how_to_ask_in_groups(interface_of(change.from_user, opening), desk.username)

        async def greet(chat_id: int) -> Message:
            return await context.bot.send_message(chat_id, text)

        await desk.post.message(WORK.get(), change.chat.id, greet, last=True)

    return about


async def _read(desk: Desk, message: Message) -> None:
    """Answer a message, if it is for the bot."""
    if message.via_bot is not None and message.via_bot.id == desk.bot_id:
        return  # an answer of its own, which somebody posted by inline mode
    if in_private(message):
        await _read_private(desk, message)
    else:
        await _read_in_group(desk, message)


async def _read_private(desk: Desk, message: Message) -> None:
    """Answer whatever somebody sends; what is no text gets a word, what nobody sent gets none."""
    text = written_in(message)
    if message.forward_origin is not None or not text:
        if not filters.StatusUpdate.ALL.check_update(Update(0, message=message)):
            await say_plainly(desk, message, wording.not_text(await _interface(desk, message)))
        return
    if (command := command_in(text, desk.username)) is not None:
        await obey(desk, message, command)
    elif not is_for_another(text, desk.username):
        await answer_question(desk, message, text)


async def _read_in_group(desk: Desk, message: Message) -> None:
    """Answer what is addressed to the bot: a command, a mention, a reply to one of its messages."""
    text = written_in(message)
    if message.forward_origin is not None or message.from_user is None or not text:
        return
    if (command := command_in(text, desk.username)) is not None:
        await obey(desk, message, command)
        return
    mentioned = without_mention(message, desk.username, desk.bot_id)
    if is_for_another(text, desk.username) or (mentioned is None and not answers_bot(message, desk.bot_id)):
        return
    question = text if mentioned is None else mentioned or _replied_to(message)
    if question:
        await answer_question(desk, message, question)
    else:
        interface = await _interface(desk, message)
        await say_plainly(desk, message, wording.how_to_ask_in_groups(interface, desk.username))


def _replied_to(message: Message) -> str:
    """Return what the message says that a bare mention replies to: "@bot", below somebody's question."""
    earlier = message.reply_to_message
    return written_in(earlier) if earlier is not None else ""


async def _read_again(desk: Desk, message: Message) -> None:
    """Answer a message anew that was edited."""
    text = written_in(message)
    if not text or message.forward_origin is not None:
        return
    if (command := command_in(text, desk.username)) is not None:
        text = command.rest if command.name == "ask" else ""
    elif not in_private(message):
        text = without_mention(message, desk.username, desk.bot_id) or text
    if text:
        await answer_anew(desk, message, text)


async def refuse_more(desk: Desk, update: Update) -> None:
    """Say that too much waits already in a chat."""
    message = update.message
    if message is None or not in_private(message):
        WORK.get().result = "refused"
    else:
        await refuse(desk, message, await _interface(desk, message))


def reporter(desk: Desk) -> Callable[[object, Context], Coroutine[Any, Any, None]]:
    """Return what is done when a handler fails: log why, and where the fault is ours, tell the person too."""

    async def report(update: object, context: Context) -> None:
        work = WORK.get()
        error = context.error
        if isinstance(error, Unsendable):
            work.result = error.result
            level = logging.INFO if error.result in {"gone", "too late"} else logging.WARNING
            _LOGGER.log(level, "update %d: not answered: %s (%s)", work.update_id, error.result, error)
            return
        work.result = "failed"
        _LOGGER.error("update %d: not answered", work.update_id, exc_info=error)
        if isinstance(update, Update) and not work.sent and not isinstance(error, StoreError):
            await _apologise(desk, update)

    return report


async def _apologise(desk: Desk, update: Update) -> None:
    message = update.message
    if message is None or not in_private(message):
        return
    try:
        await say_plainly(desk, message, wording.failed(await _interface(desk, message)))
    except Unsendable as error:
        _LOGGER.warning("not even an apology could be sent (%s)", error)


async def _interface(desk: Desk, message: Message) -> Interface:
    """Return the interface for the writer of a message."""
    return interface_of(message.from_user, await desk.store.opening(thread_of(message)))
