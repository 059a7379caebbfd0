"""What the bot does about each kind of update."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeAlias

from telegram import LinkPreviewOptions, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.ext import CallbackContext, ExtBot, MessageHandler, filters

from bot.interface import ENGLISH
from bot.memory import Memory
from bot.messages import cleaned
from bot.replies import example_questions, reply_to
from bot.telegram.choices import Choices
from bot.telegram.rendering import Part, plain, render
from bot.telegram.transport import in_brief, patiently
from bot.telegram.wording import edited_not_found, failed, help_text, not_text, sources_of, unknown_command, welcome
from knowledge import KnowledgeBase, Outcome

_LOGGER = logging.getLogger(__name__)

Context: TypeAlias = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Handler: TypeAlias = MessageHandler[Context, None]

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

_COMMAND = re.compile(r"^/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s|$)", re.ASCII)


class Command(filters.MessageFilter):
    """Lets one command pass when it is given to this bot, or to no bot in particular.

    `CommandHandler` of the library needs a bot with a user name and a server that marks commands with entities;
    Telegram gives both, other Bot API servers may not.
    """

    def __init__(self, command: str) -> None:
        super().__init__(name=f"/{command}")
        self._command = command

    def filter(self, message: Message) -> bool:
        given = _COMMAND.match(message.text or "")
        if given is None or given["name"].lower() != self._command:
            return False
        username = message.get_bot().bot.username or ""
        return given["bot"] is None or given["bot"].lower() == username.lower()


def handlers(base: KnowledgeBase, memory: Memory) -> list[Handler]:
    """Return the handlers in the order in which they are tried. In groups only commands are answered."""
    asked = filters.UpdateType.MESSAGE
    privately = asked & filters.ChatType.PRIVATE
    edited = filters.UpdateType.EDITED_MESSAGE & filters.ChatType.PRIVATE & filters.TEXT
    questions = example_questions(base)
    helped = help_text(ENGLISH, questions)
    return [
        _saying(asked & Command("start"), welcome(ENGLISH, base, questions)),
        _saying(asked & Command("help"), helped),
        _saying(asked & Command("sources"), sources_of(ENGLISH, base)),
        _saying(privately & filters.Regex(_COMMAND), f"{unknown_command(ENGLISH)}\n\n{helped}"),
        question_handler(privately & filters.TEXT, base, memory),
        _saying(edited, edited_not_found(ENGLISH)),
        _saying(privately & ~filters.StatusUpdate.ALL, not_text(ENGLISH)),
    ]


def question_handler(asked: filters.BaseFilter, base: KnowledgeBase, memory: Memory) -> Handler:
    """Return the handler that answers questions, and the numbers of suggestions that it made."""
    facts = {fact.id: fact for fact in base.facts}
    choices = Choices()

    async def answer(update: Update, context: Context) -> None:  # noqa: ARG001  the library passes both
        message = update.effective_message
        if message is None or not message.text:
            return  # nobody asked the bot anything
        text, chat_id = cleaned(message.text), message.chat_id
        if chosen := choices.taken(chat_id, text):
            outcome: Outcome = base.tell(facts[chosen.fact], chosen.text)
        else:
            outcome = base.ask(text, await memory.conversation(chat_id))
        await memory.remember(chat_id, outcome)
        reply = reply_to(outcome, base)
        choices.offer(chat_id, reply.suggestions)
        await send(message, render(reply))

    return MessageHandler(asked, answer)


def _saying(asked: filters.BaseFilter, text: str) -> Handler:
    """Return a handler that answers always the same."""

    async def say(update: Update, context: Context) -> None:  # noqa: ARG001  the library passes both
        if update.effective_message is not None:
            await send(update.effective_message, plain(text))

    return MessageHandler(asked, say)


async def send(message: Message, parts: Sequence[Part]) -> None:
    """Send an answer to a message, part by part; in a group, as a reply to it, so that it is seen who asked."""
    in_group = message.chat.type != ChatType.PRIVATE
    for part in parts:
        reply = partial(message.reply_text, part.text, entities=part.entities, do_quote=in_group)
        await patiently(partial(reply, link_preview_options=NO_PREVIEW, allow_sending_without_reply=True))


async def report(update: object, context: Context) -> None:
    """Log why an update was not answered; where the fault is ours, tell the person too."""
    number = update.update_id if isinstance(update, Update) else 0
    match context.error:
        case Forbidden():
            _LOGGER.info("update %d: the bot may not write in this chat", number)
        case RetryAfter() | TimedOut() as error:
            _LOGGER.warning("update %d: perhaps not answered (%s)", number, in_brief(error))
        case BadRequest() as error:
            _LOGGER.error("update %d: Telegram refuses the answer (%s)", number, in_brief(error))
        case TelegramError() as error:
            _LOGGER.warning("update %d: not answered (%s)", number, in_brief(error))
        case error:
            _LOGGER.error("update %d: not answered", number, exc_info=error)
            await _apologise(update)


async def _apologise(update: object) -> None:
    message = update.effective_message if isinstance(update, Update) else None
    if message is None or message.chat.type != ChatType.PRIVATE:
        return
    try:
        await send(message, plain(failed(ENGLISH)))
    except TelegramError as error:
        _LOGGER.warning("not even an apology could be sent (%s)", in_brief(error))
