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


@dataclass(frozen=True, slots=True)
class Heard:
    """What a message says to the bot.

    Attributes:
        addressed: whether it is said to this bot, by name or by a reply; in a private chat everything is.
        command: that is given; None where it is none, or one for another bot.
        question: what is asked; empty where nothing is, or something that is no question of a person.
    """

    addressed: bool
    command: Command | None
    question: str


def heard(message: Message, username: str, bot_id: int) -> Heard:
    """Return what a message says to the bot.

    A mention alone, or `/ask` alone, takes its question from the message that it replies to.
    """
    text = written_in(message)
    if _is_for_another(text, username):
        return Heard(addressed=False, command=None, question="")
    mentioned = without_mention(message, username, bot_id)
    said = text if mentioned is None else mentioned
    command = command_in(said, username)
    called = mentioned is not None or in_private(message) or _is_reply_to(message, bot_id)
    if command is not None:
        asked = command.rest or replied_to(message, bot_id) if command.name == "ask" else ""
        return Heard(called or _names_bot(said), command, asked)
    if mentioned == "":
        return Heard(addressed=True, command=None, question=replied_to(message, bot_id))
    return Heard(called, None, said)


def in_private(message: Message) -> bool:
    """Tell whether a message stands in a private chat."""
    return message.chat.type == ChatType.PRIVATE


def topic_of(message: Message) -> int | None:
    """Return the topic of a forum in which a message stands.

    Source: the Bot API sets `message_thread_id` for other threads of replies, too; to those a bot cannot send.
    """
    return message.message_thread_id if message.is_topic_message else None


def thread_of(message: Message) -> Thread:
    """Return the thread in which a message stands: what one person says in one place.

    Those who write as a group or a channel are told apart by that: Telegram shows all of them as one and the same user.
    """
    writer = message.sender_chat or message.from_user
    return Thread(message.chat_id, writer.id if writer else message.chat_id, topic_of(message) or 0)


def is_from_nobody(message: Message, bot_id: int) -> bool:
    """Tell whether no person wrote a message to be read.

    Another bot did, or Telegram brought a post of the channel that a group belongs to, or somebody posted an answer of
    this bot by inline mode.
    """
    writer = message.from_user
    own = message.via_bot is not None and message.via_bot.id == bot_id
    bot = writer is not None and writer.is_bot and message.sender_chat is None
    return own or bot or bool(message.is_automatic_forward)


def written_in(message: Message) -> str:
    """Return what a person wrote: a text, or the caption of something; empty for everything else."""
    return cleaned(message.text or message.caption or "")


def replied_to(message: Message, bot_id: int) -> str:
    """Return what the message says that another one replies to: a question of somebody, below which the bot is called.

    Empty where it is a message of the bot itself, which asks nothing.
    """
    earlier = message.reply_to_message
    return "" if earlier is None or _is_reply_to(message, bot_id) else written_in(earlier)


def command_in(text: str, username: str) -> Command | None:
    """Return the command that a text is, when it is given to this bot, or to no bot in particular."""
    given = _COMMAND.match(text)
    if given is None or _is_for_another(text, username):
        return None
    return Command(given["name"].lower(), text[given.end() :].strip())


def without_mention(message: Message, username: str, bot_id: int) -> str | None:
    """Return what is written without the mention of the bot; None where it is not mentioned.

    Only what Telegram marked as a mention counts: "@bot" in an address or a code block is none.
    """
    units = written_in(message).encode("utf-16-le")
    entities = message.entities or message.caption_entities
    mentions = [(one.offset, one.offset + one.length) for one in entities if _mentions(one, units, username, bot_id)]
    if not mentions:
        return None
    for start, end in sorted(mentions, reverse=True):
        units = units[: 2 * start] + units[2 * end :]
    return re.sub(r" {2,}", " ", units.decode("utf-16-le", "replace")).strip(" ,:;\n")


def _mentions(entity: MessageEntity, units: bytes, username: str, bot_id: int) -> bool:
    """Tell whether an entity mentions the bot: by its user name, or by a link to it."""
    if entity.type == MessageEntityType.MENTION:
        marked = units[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le", "replace")
        return marked.lower() == f"@{username.lower()}"
    return entity.type == MessageEntityType.TEXT_MENTION and entity.user is not None and entity.user.id == bot_id


def _is_for_another(text: str, username: str) -> bool:
    """Tell whether a text is a command that is given to another bot."""
    given = _COMMAND.match(text)
    return given is not None and given["bot"] is not None and given["bot"].lower() != username.lower()


def _names_bot(text: str) -> bool:
    """Tell whether a command names the bot that it is given to."""
    given = _COMMAND.match(text)
    return given is not None and given["bot"] is not None


def _is_reply_to(message: Message, bot_id: int) -> bool:
    """Tell whether a message is a reply to one of the bot's own."""
    earlier = message.reply_to_message
    return earlier is not None and earlier.from_user is not None and earlier.from_user.id == bot_id
