"""The base that is answered from is renewed while the bot runs: when its files have changed, and on request."""

from __future__ import annotations

import asyncio
import gc
import logging
from textwrap import shorten
from typing import Any

from telegram import Bot

from bot.reloading import Newer, Refused, Watch, short
from bot.replies import scope_of
from bot.telegram.announcing import announce
from bot.telegram.delivery.liveness import Contact
from bot.telegram.desk import Desk, Shelf
from knowledge import KnowledgeBase

_LOGGER = logging.getLogger(__name__)

MOST_LOGGED = 20
"""Problems of a base that are logged; `verbatim check` tells all."""

MOST_TOLD = 5
"""Problems that are told beside the health of the bot."""

LONGEST_TOLD = 300
"""Characters of each."""


async def renew(desk: Desk, watch: Watch, contact: Contact, bot: Bot) -> None:
    """Take a changed base over as soon as it can be served, until cancelled.

    What is being answered goes on with the base it began with. Whatever is wrong with a new one, that of before stays.
    """
    await contact.served(_told(desk.shelf.base, watch))
    while True:
        asked = await _until_asked(watch, desk.settings.reload_seconds)
        if not asked and not await asyncio.to_thread(watch.changed):
            continue
        ailed = bool(watch.problems)
        found = await _prepared(watch)
        if isinstance(found, Refused):
            _log(found, mended=ailed)
            await contact.served(_told(desk.shelf.base, watch))
            continue
        desk.shelf, newer = found
        watch.serves(newer)
        _clear_away()
        _LOGGER.log(logging.WARNING if ailed else logging.INFO, "%s", _taken(newer))
        await contact.served(_told(desk.shelf.base, watch))
        await announce(bot, desk.shelf.base, desk.store)


async def _until_asked(watch: Watch, seconds: int) -> bool:
    """Return when it is time to look: True at once when somebody asks, False when the time is over."""
    try:
        await asyncio.wait_for(watch.asked.wait(), seconds or None)
    except TimeoutError:
        return False
    watch.asked.clear()
    return True


async def _prepared(watch: Watch) -> tuple[Shelf, Newer] | Refused:
    """Return the newest base, ready to be answered from; or why it cannot be."""
    found = await watch.newest()
    if isinstance(found, Refused):
        return found
    try:
        return await asyncio.to_thread(Shelf.of, found.base), found
    except Exception as error:  # noqa: BLE001  the base of before answers on, whatever is wrong with this one
        return watch.refuses(error)


def _clear_away() -> None:
    """Let go of the base of before: it is frozen, and would stay for ever."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def _taken(newer: Newer) -> str:
    told = f"{scope_of(newer.base)}, {len(newer.base.facts)} facts ({short(newer.fingerprint)})"
    return f"the base was changed and is taken over: {told}"


def _log(refused: Refused, *, mended: bool) -> None:
    """Log why a base is not taken over; when it is the one that is served again, that only after problems."""
    if not refused.problems:
        _LOGGER.log(logging.WARNING if mended else logging.INFO, "the base is the one that is served")
        return
    _LOGGER.error("the base was changed and is not taken over; the one of before goes on:")
    for problem in refused.problems[:MOST_LOGGED]:
        _LOGGER.error("  %s", problem)
    if len(refused.problems) > MOST_LOGGED:
        _LOGGER.error("  and %d more; verbatim check tells all", len(refused.problems) - MOST_LOGGED)


def _told(base: KnowledgeBase, watch: Watch) -> dict[str, Any]:
    """Return what is told of the base beside the health of the bot, in the types of JSON."""
    return {
        "fingerprint": short(watch.fingerprint),
        "documents": len(base.documents),
        "facts": len(base.facts),
        "since": round(watch.since, 3),
        "newest": not watch.problems,
        "problems": [shorten(problem, LONGEST_TOLD) for problem in watch.problems[:MOST_TOLD]],
    }
