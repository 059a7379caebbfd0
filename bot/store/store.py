"""The store: what must outlive the process, behind one small interface.

Updates are kept from their arrival until they are handled. Conversations, answers, ratings and preferences are kept
for as long as the operator says, and until somebody wants them forgotten. Nothing else knows SQL, so that another
database needs another class like this one, and nothing more.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.store.database import Database, StoreError
from bot.store.records import Answered, Kept, Opening, Received, Thread, Waiting, read, written
from knowledge import Conversation

KNOWN_S = 2 * 24 * 3600.0
"""Seconds for which the id of an update is known after it was handled. Source: Telegram repeats none after 24 hours."""

IDLE_S = 3600.0
"""Seconds after which a conversation is over: a follow-up comes soon, and a question of tomorrow stands alone."""

DAY_S = 24 * 3600.0


class Store:
    """What is kept. Every method returns when what it changed is written."""

    def __init__(self, path: Path, *, keep_days: float = 30, clock: Callable[[], float] = time.time) -> None:
        """Open a store, or make one.

        Args:
            path: the file; others beside it begin with the same name.
            keep_days: days for which answers and ratings are kept.
            clock: seconds since 1970.

        Raises:
            StoreError: the file cannot be used.
        """
        self._database = Database(path)
        self._path = path
        self._keep_days = keep_days
        self._clock = clock

    @property
    def failure(self) -> StoreError | None:
        """Why something could not be written last, if ever: who handles an update then must not note it as done."""
        return self._database.failure

    async def close(self) -> None:
        """Close the file; nothing can be kept any more."""
        await self._database.close()

    async def belongs_to(self, bot_id: int) -> None:
        """Let the store be that of a bot.

        Raises:
            StoreError: it is that of another one, whose updates have ids of their own.
        """

        def claim(connection: sqlite3.Connection) -> str:
            connection.execute("INSERT OR IGNORE INTO state VALUES ('bot', ?)", (str(bot_id),))
            return _noted(connection, "bot")

        if (owner := await self._database.run(claim)) != str(bot_id):
            raise StoreError(
                f"{self._path}: keeps what belongs to the bot {owner}, and this is {bot_id}; "
                "name another file by VERBATIM_STORE"
            )

    async def receive(self, updates: Sequence[Received]) -> list[Received]:
        """Keep updates, so that not even a power failure loses them.

        Returns:
            Those that were not known yet, in order.
        """
        now = self._clock()
        contents = [json.dumps(update.content, separators=(",", ":")) for update in updates]

        def keep(connection: sqlite3.Connection) -> list[Received]:
            insert = "INSERT OR IGNORE INTO inbox (update_id, chat, content, received_at) VALUES (?, ?, ?, ?)"
            return [
                update
                for update, content in zip(updates, contents, strict=True)
                if connection.execute(insert, (update.update_id, update.chat, content, now)).rowcount == 1
            ]

        return await self._database.run(keep, durably=True)

    async def waiting(self) -> list[Waiting]:
        """Return the updates that are not handled, in the order of their arrival."""

        def select(connection: sqlite3.Connection) -> list[Waiting]:
            rows = connection.execute(
                "SELECT update_id, chat, content, sending, sent FROM inbox WHERE done_at IS NULL ORDER BY place"
            )
            return [_waiting(*row) for row in rows]

        return await self._database.run(select)

    async def sending(self, update_id: int, part: int) -> None:
        """Note that a message is about to leave; `part` counts those of the update, from 1."""
        await self._execute("UPDATE inbox SET sending = ? WHERE update_id = ?", part, update_id)

    async def sent(self, update_id: int, messages: Sequence[int]) -> None:
        """Note the ids of all messages that have been sent for an update so far."""
        await self._execute("UPDATE inbox SET sent = ? WHERE update_id = ?", json.dumps(messages), update_id)

    async def done(self, update_id: int, result: str) -> None:
        """Note that an update is handled, and how: "answered", "skipped", "failed" ... Its content is deleted."""
        await self._database.run(lambda connection: _done(connection, update_id, result, self._clock()))

    async def opening(self, thread: Thread) -> Opening:
        """Return what is known when somebody says something in a thread."""

        def select(connection: sqlite3.Connection) -> Opening:
            turns = connection.execute(
                "SELECT turns FROM conversation WHERE chat_id = ? AND user_id = ? AND topic = ? AND used_at > ?",
                (thread.chat_id, thread.user_id, thread.topic, self._clock() - IDLE_S),
            ).fetchone()
            return Opening(
                read(turns[0]) if turns else Conversation(),
                _one(connection, "SELECT language FROM preference WHERE user_id = ?", thread.user_id),
            )

        return await self._database.run(select)

    async def answered(self, update_id: int, answer: Answered, after: Conversation | None, instead_of: int = 0) -> None:
        """Keep an answer and the conversation after it, and note that its update is handled: all at once.

        Args:
            update_id: the update that asked.
            answer: what was answered.
            after: the conversation with this answer; None where it stays as it is.
            instead_of: the id of the answer whose place it takes; 0 for none.
        """
        now = self._clock()

        def keep(connection: sqlite3.Connection) -> None:
            if after is not None:
                _converse(connection, answer.thread, after, now)
            identifier = _answer(connection, answer, instead_of, now)
            connection.executemany(
                "INSERT OR REPLACE INTO shown VALUES (?, ?, ?)",
                [(answer.thread.chat_id, message, identifier) for message in answer.shown],
            )
            _done(connection, update_id, "answered", now)

        await self._database.run(keep)

    async def converse(self, thread: Thread, after: Conversation) -> None:
        """Keep the conversation of a thread; an empty one begins it anew."""
        await self._database.run(lambda connection: _converse(connection, thread, after, self._clock()))

    async def answer_in(self, chat_id: int, message_id: int) -> tuple[int, Answered] | None:
        """Return the answer that a message shows, and its id; None where none is kept."""
        where = "id = (SELECT answer FROM shown WHERE chat_id = ? AND message_id = ?)"
        return await self._database.run(lambda connection: _found(connection, where, chat_id, message_id))

    async def answer_to(self, chat_id: int, question_id: int) -> tuple[int, Answered] | None:
        """Return the answer to a message, and its id; None where none is kept."""
        where = "chat_id = ? AND question_id = ? ORDER BY id DESC LIMIT 1"
        return await self._database.run(lambda connection: _found(connection, where, chat_id, question_id))

    async def last_answer(self, thread: Thread) -> tuple[int, Answered] | None:
        """Return the last answer in a thread, and its id; None where none is kept."""
        where = "user_id = ? AND chat_id = ? AND topic = ? ORDER BY id DESC LIMIT 1"
        values = (thread.user_id, thread.chat_id, thread.topic)
        return await self._database.run(lambda connection: _found(connection, where, *values))

    async def rate(self, answer_id: int, user_id: int, verdict: str) -> str:
        """Keep what somebody thinks of an answer, in the place of what they thought before; return that, or ''."""

        def keep(connection: sqlite3.Connection) -> str:
            before = _one(connection, _RATING, answer_id, user_id)
            values = (answer_id, user_id, verdict, self._clock())
            connection.execute("INSERT OR REPLACE INTO rating VALUES (?, ?, ?, ?)", values)
            return before

        return await self._database.run(keep)

    async def rating(self, answer_id: int, user_id: int) -> str:
        """Return what somebody thinks of an answer; empty where it was not said."""
        return await self._database.run(lambda connection: _one(connection, _RATING, answer_id, user_id))

    async def prefer(self, user_id: int, language: str) -> None:
        """Keep the language that somebody chose; an empty one is that of their app."""
        await self._execute("INSERT OR REPLACE INTO preference VALUES (?, ?)", user_id, language)

    async def forget(self, user_id: int, chat_id: int | None = None) -> Kept:
        """Delete what is kept of somebody: everything, or what is of one chat; return how much it was."""
        here = "user_id = :user" if chat_id is None else "user_id = :user AND chat_id = :chat"
        rated = "user_id = :user AND answer IN (SELECT id FROM answer WHERE chat_id = coalesce(:chat, chat_id))"
        values = {"user": user_id, "chat": chat_id}

        def delete(connection: sqlite3.Connection) -> Kept:
            conditions = {"rating": rated, "answer": here, "conversation": here}
            if chat_id is None:
                conditions["preference"] = here
            counts = {
                table: connection.execute(f"DELETE FROM {table} WHERE {where}", values).rowcount  # noqa: S608  our words
                for table, where in conditions.items()
            }
            return Kept(counts["answer"], counts["rating"], counts["conversation"], counts.get("preference", 0))

        kept = await self._database.run(delete)
        await self._database.wipe()
        return kept

    async def moved(self, old_chat_id: int, new_chat_id: int) -> None:
        """Keep for a chat what was kept for it under its old id: a group that became a supergroup.

        Its messages are counted anew, so that the old ids of questions and answers would be those of others there.
        """

        def update(connection: sqlite3.Connection) -> None:
            ids = (new_chat_id, old_chat_id)
            connection.execute("UPDATE answer SET chat_id = ?, question_id = 0 WHERE chat_id = ?", ids)
            connection.execute("DELETE FROM shown WHERE chat_id = ?", (old_chat_id,))
            connection.execute("UPDATE OR REPLACE conversation SET chat_id = ? WHERE chat_id = ?", ids)

        await self._database.run(update)

    async def note(self, name: str, value: str) -> None:
        """Keep a single value."""
        await self._execute("INSERT OR REPLACE INTO state VALUES (?, ?)", name, value)

    async def noted(self, name: str) -> str:
        """Return a single value; empty where none was kept."""
        return await self._database.run(lambda connection: _noted(connection, name))

    async def count(self, name: str, more: int = 1) -> None:
        """Add to a count, which outlives the process."""
        await self._execute(
            "INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            name,
            str(more),
        )

    async def tidy(self) -> None:
        """Delete what is older than it may be."""
        now = self._clock()

        def delete(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM inbox WHERE done_at < ?", (now - KNOWN_S,))
            connection.execute("DELETE FROM conversation WHERE used_at < ?", (now - IDLE_S,))
            connection.execute("DELETE FROM answer WHERE answered_at < ?", (now - self._keep_days * DAY_S,))

        await self._database.run(delete)
        await self._database.wipe()

    async def _execute(self, statement: str, *values: object) -> None:
        await self._database.run(lambda connection: connection.execute(statement, values).rowcount)


def _noted(connection: sqlite3.Connection, name: str) -> str:
    return _one(connection, "SELECT value FROM state WHERE name = ?", name)


def _one(connection: sqlite3.Connection, query: str, *values: object) -> str:
    """Return the one value that a query selects; empty where it selects none."""
    row = connection.execute(query, values).fetchone()
    return str(row[0]) if row else ""


def _waiting(update_id: int, chat: str, content: str, sending: int, sent: str) -> Waiting:
    messages = tuple(json.loads(sent))
    return Waiting(Received(update_id, chat, json.loads(content)), messages, in_doubt=sending > len(messages))


def _done(connection: sqlite3.Connection, update_id: int, result: str, now: float) -> None:
    connection.execute(
        "UPDATE inbox SET done_at = ?, result = ?, content = NULL, chat = NULL WHERE update_id = ?",
        (now, result, update_id),
    )


def _converse(connection: sqlite3.Connection, thread: Thread, after: Conversation, now: float) -> None:
    place = (thread.chat_id, thread.user_id, thread.topic)
    if after.turns:
        values = (*place, written(after), now)
        connection.execute("INSERT OR REPLACE INTO conversation VALUES (?, ?, ?, ?, ?)", values)
    else:
        connection.execute("DELETE FROM conversation WHERE chat_id = ? AND user_id = ? AND topic = ?", place)


_RATING = "SELECT verdict FROM rating WHERE answer = ? AND user_id = ?"


def _answer(connection: sqlite3.Connection, answer: Answered, instead_of: int, now: float) -> int:
    """Write an answer, and return its id."""
    thread = answer.thread
    values = (
        *(thread.chat_id, thread.user_id, thread.topic, answer.question_id),
        *(answer.message, written(answer.before), answer.chosen, answer.outcome, answer.reason),
    )
    insert = "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    identifier = connection.execute(insert, (instead_of or None, *values, now)).lastrowid
    if identifier is None:
        raise sqlite3.InternalError("an answer without an id")
    return identifier


def _found(connection: sqlite3.Connection, where: str, *values: object) -> tuple[int, Answered] | None:
    """Return the answer that a condition finds, and its id."""
    row = connection.execute(f"SELECT * FROM answer WHERE {where}", values).fetchone()  # noqa: S608  our words
    if row is None:
        return None
    identifier, chat_id, user_id, topic, question_id, message, before, chosen, outcome, reason, _ = row
    shown = connection.execute("SELECT message_id FROM shown WHERE answer = ? ORDER BY message_id", (identifier,))
    return identifier, Answered(
        Thread(chat_id, user_id, topic),
        question_id,
        tuple(number for (number,) in shown),
        message,
        read(before),
        chosen,
        outcome,
        reason,
    )
