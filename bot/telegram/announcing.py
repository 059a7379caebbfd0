"""What Telegram shows of the bot before anybody writes: its commands and descriptions, in each language."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from telegram import Bot, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.interface import LANGUAGES, interface_for
from bot.store import Store
from bot.telegram import wording
from bot.telegram.delivery.transport import in_brief
from knowledge import KnowledgeBase

_LOGGER = logging.getLogger(__name__)


async def announce(bot: Bot, base: KnowledgeBase, store: Store) -> None:
    """Tell Telegram what to show, unless it was told the same before; the bot works without."""
    digest = hashlib.sha256(json.dumps(_told(base), ensure_ascii=False).encode()).hexdigest()
    if await store.noted("announced") == digest:
        return
    for tell in _calls(bot, base):
        try:
            await tell()
        except TelegramError as error:
            _LOGGER.warning("the menu and the description of the bot could not be set: %s", in_brief(error))
            return
    await store.note("announced", digest)


def _told(base: KnowledgeBase) -> list[list[str]]:
    """Return all words that Telegram is told, to see whether they changed."""
    told = []
    for language in LANGUAGES:
        interface = interface_for(language)
        menus = (wording.commands(interface), wording.commands(interface, group=True))
        shown = [f"{command.command}: {command.description}" for menu in menus for command in menu]
        told.append([*shown, wording.description(interface, base), wording.short_description(interface)])
    return told


def _calls(bot: Bot, base: KnowledgeBase) -> Iterator[Callable[[], Awaitable[object]]]:
    """Yield the calls that tell it; English goes for all languages that are not ours."""
    for language in LANGUAGES:
        interface = interface_for(language)
        code = None if language == "en" else language
        private, groups = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
        yield partial(bot.set_my_commands, wording.commands(interface), private, code)
        yield partial(bot.set_my_commands, wording.commands(interface, group=True), groups, code)
        yield partial(bot.set_my_description, wording.description(interface, base), code)
        yield partial(bot.set_my_short_description, wording.short_description(interface), code)
