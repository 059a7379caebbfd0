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
from bot.telegram.addressing import heard, in_private, is_from_nobody, thread_of, written_in
from bot.telegram.commands import obey
from bot.telegram.delivery.sending import Unsendable
from bot.telegram.desk import WORK, Desk, interface_of
from bot.telegram.inline import answer_guest, offer
from bot.telegram.pressing import press
from bot.telegram.questions import answer_anew, answer_question, refuse
from bot.telegram.speaking import acknowledge, send_text

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
    """Answer a message, if it is for the bot: everything in a private chat, and what addresses the bot in a group."""
    if is_from_nobody(message, desk.bot_id):
        return
    private = in_private(message)
    if not private and message.forward_origin is not None:
        return
    if private and (message.forward_origin is not None or not written_in(message)):
        await _say_what_is_not_read(desk, message)
        return
    said = heard(message, desk.username, desk.bot_id)
    if said.command is not None:
        await obey(desk, message, said)
    elif said.addressed and said.question:
        if message.media_group_id:
            _is_first(desk, message)  # the rest of the album needs no word any more
        await answer_question(desk, message, said.question)
    elif said.addressed and written_in(message):
        interface = await _interface(desk, message)
        how = wording.ask_what(interface) if private else wording.how_to_ask_in_groups(interface, desk.username)
        await send_text(desk, message, how)


async def _say_what_is_not_read(desk: Desk, message: Message) -> None:
    """Say that something is not read, once for all that is sent in one go; nothing about what nobody sent."""
    forwarded = message.forward_origin is not None
    content = message.effective_attachment is not None or message.checklist is not None
    if (forwarded or content) and _is_first(desk, message):
        interface = await _interface(desk, message)
        await send_text(desk, message, (wording.forwarded if forwarded else wording.not_text)(interface))


def _is_first(desk: Desk, message: Message) -> bool:
    """Tell whether a message is the first of what is sent in one go: of an album, or of a handful of things."""
    return desk.handfuls.allows(message.media_group_id or message.chat_id, message.date.timestamp())


async def _read_again(desk: Desk, message: Message) -> None:
    """Answer a message anew that was edited."""
    if is_from_nobody(message, desk.bot_id) or message.forward_origin is not None:
        return
    said = heard(message, desk.username, desk.bot_id)
    if said.question:
        await answer_anew(desk, message, said.question, addressed=said.addressed or said.command is not None)


async def refuse_more(desk: Desk, update: Update) -> None:
    """Say that too much waits already in a chat."""
    message, query = update.message, update.callback_query
    WORK.get().result = "refused"
    if message is not None and in_private(message):
        await refuse(desk, message, await _interface(desk, message))
    elif query is not None:
        opening = await desk.store.opening(Thread(query.from_user.id, query.from_user.id))
        await acknowledge(query, wording.too_many_questions(interface_of(query.from_user, opening), 60), alert=True)


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
    """Say that the fault is ours, where somebody waits for an answer and nobody else has to read it."""
    message, query = update.message, update.callback_query
    try:
        if query is not None:
            opening = await desk.store.opening(Thread(query.from_user.id, query.from_user.id))
            await acknowledge(query, wording.failed(interface_of(query.from_user, opening)), alert=True)
        elif message is not None and in_private(message):
            await send_text(desk, message, wording.failed(await _interface(desk, message)))
    except Unsendable as error:
        _LOGGER.warning("not even an apology could be sent (%s)", error)


async def _interface(desk: Desk, message: Message) -> Interface:
    """Return the interface for the writer of a message."""
    return interface_of(message.from_user, await desk.store.opening(thread_of(message)))
