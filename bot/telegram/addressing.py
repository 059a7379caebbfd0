"""Who is spoken to: what of a message is meant for the bot, and where its answer belongs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatType, MessageEntityType

from bot.messages import cleaned
from bot.store import Thread

_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Command:
    """A command with what is written after it."""

    name: str
    rest: str


def in_private(message: Message) -> bool:
    """Tell whether a message stands in a private chat."""
    return message.chat.type == ChatType.PRIVATE


def thread_of(message: Message) -> Thread:
    """Return the thread in which a message stands: what one person says in one place."""
    topic = message.message_thread_id if message.is_topic_message else None
    return Thread(message.chat_id, message.from_user.id if message.from_user else message.chat_id, topic or 0)


def written_in(message: Message) -> str:
    """Return what a person wrote: a text, or the caption of something; empty for everything else."""
    return cleaned(message.text or message.caption or "")


def command_in(text: str, username: str) -> Command | None:
    """Return the command that a text is, when it is given to this bot, or to no bot in particular."""
    given = _COMMAND.match(text)
    if given is None or (given["bot"] is not None and given["bot"].lower() != username.lower()):
        return None
    return Command(given["name"].lower(), text[given.end() :].strip())


def is_for_another(text: str, username: str) -> bool:
    """Tell whether a text is a command that is given to another bot."""
    given = _COMMAND.match(text)
    return given is not None and given["bot"] is not None and given["bot"].lower() != username.lower()


def answers_bot(message: Message, bot_id: int) -> bool:
    """Tell whether a message is a reply to one of the bot's own."""
    earlier = message.reply_to_message
    return earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot_id


def without_mention(message: Message, username: str, bot_id: int) -> str | None:
    """Return what is written without the mention of the bot; None where it is not mentioned.

    Only what Telegram marked as a mention counts: "@bot" in an address or a code block is none.
    """
    entities = message.parse_entities() if message.text else message.parse_caption_entities()
    mentions = [entity for entity, text in entities.items() if _mentions(entity, text, username, bot_id)]
    if not mentions:
        return None
    units = written_in(message).encode("utf-16-le")
    for entity in sorted(mentions, key=lambda entity: entity.offset, reverse=True):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return re.sub(r" {2,}", " ", units.decode("utf-16-le", "replace")).strip(" ,:;\n")


def _mentions(entity: MessageEntity, text: str, username: str, bot_id: int) -> bool:
    """Tell whether an entity mentions the bot: by its user name, or by a link to it."""
    if entity.type == MessageEntityType.MENTION:
        return text.lower() == f"@{username.lower()}"
    return entity.type == MessageEntityType.TEXT_MENTION and entity.user is not None and entity.user.id == bot_id
