"""A look into a store from outside, while a bot uses it or not; nothing is changed."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.store.database import BUSY_S, StoreError


@dataclass(frozen=True, slots=True)
class Look:
    """What a store tells of the bot that uses it.

    Attributes:
        bot: its id; empty before it was introduced to Telegram.
        heard_at: when it heard Telegram last, in seconds since 1970; 0 for never.
        waiting: updates that are not handled yet.
        perhaps_twice: answers that may have arrived twice.
        perhaps_not: answers that may not have arrived.
        base: what is told of the base that is served, as a JSON object; empty where nothing is.
    """

    bot: str
    heard_at: float
    waiting: int
    perhaps_twice: int
    perhaps_not: int
    base: str = ""


def look(path: Path) -> Look | None:
    """Return what a store tells; None when there is none yet.

    Raises:
        StoreError: the file is no store.
    """
    if not path.exists():
        return None
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
        try:
            state = dict(connection.execute("SELECT name, value FROM state").fetchall())
            (waiting,) = connection.execute("SELECT count(*) FROM inbox WHERE done_at IS NULL").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: cannot be read as a store ({error}); name another file by VERBATIM_STORE") from None
    return Look(
        bot=state.get("bot", ""),
        heard_at=float(state.get("heard", 0)),
        waiting=waiting,
        perhaps_twice=int(state.get("perhaps sent twice", 0)),
        perhaps_not=int(state.get("perhaps not sent", 0)),
        base=state.get("base", ""),
    )
