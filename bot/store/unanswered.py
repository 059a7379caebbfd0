"""What was asked in vain, read from a store from outside, while a bot uses it or not; nothing is changed.

Who asked, and where, stays here: what leaves is the message, and a number that tells people apart in one reading.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.store.database import BUSY_S, StoreError
from bot.store.records import read
from knowledge import Conversation

_SELECTED = """
SELECT user_id, message, before, outcome, reason, answered_at,
       (SELECT group_concat(DISTINCT verdict) FROM rating WHERE answer = answer.id AND verdict IN ('wrong', 'unclear'))
           AS bad
FROM answer
WHERE chosen = '' AND answered_at >= ? AND (outcome = 'abstention' OR bad IS NOT NULL)
ORDER BY answered_at, id
"""
"""Messages that were declined, or whose answers were thumbed down; not what was told because somebody chose it."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A message that was declined, or whose answer somebody thumbed down.

    Attributes:
        before: the conversation that it was asked in.
        person: counts those who ask, from 0, in the order in which they first come; of no meaning in another reading.
        declined: why it was declined; empty where it was answered.
        ratings: "wrong", "unclear"; in alphabetical order.
        on: ISO date in UTC.
    """

    message: str
    before: Conversation
    person: int
    declined: str
    ratings: tuple[str, ...]
    on: str


def unanswered(path: Path, since: str = "") -> list[Unanswered] | None:
    """Return what was asked in vain, in the order in which it was asked; None when there is no store yet.

    Args:
        path: the file of the store.
        since: ISO date in UTC from which on it counts; empty for all that is kept.

    Raises:
        StoreError: the file is no store.
    """
    if not path.exists():
        return None
    begin = datetime.fromisoformat(since).replace(tzinfo=UTC).timestamp() if since else 0.0
    people: dict[int, int] = {}
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)
        try:
            return [
                Unanswered(
                    message=message,
                    before=read(before),
                    person=people.setdefault(user, len(people)),
                    declined=reason if outcome == "abstention" else "",
                    ratings=tuple(sorted(bad.split(","))) if bad else (),
                    on=datetime.fromtimestamp(at, UTC).date().isoformat(),
                )
                for user, message, before, outcome, reason, at, bad in connection.execute(_SELECTED, (begin,))
            ]
        finally:
            connection.close()
    except (sqlite3.DatabaseError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read as a store ({error}); name another file by VERBATIM_STORE") from None
