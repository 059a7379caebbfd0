"""One SQLite file: opened and brought up to date, written by one thread, many small changes in one transaction."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeVar

from knowledge import VerbatimError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

BUSY_S = 5.0
"""Seconds to wait for a program that reads or writes the same file."""

_INBOX = "SELECT 1 FROM sqlite_master WHERE name = 'inbox'"

T = TypeVar("T")
Change = Callable[[sqlite3.Connection], T]
"""Something to read or write. It runs in the thread of the database, in a transaction that it may share with others."""


class StoreError(VerbatimError):
    """The file of the store cannot be used; the message names it and the mend."""


class Database:
    """A file that is open.

    Changes that are asked for while others are being written wait and are committed together, so that a thousand a
    second cost a few hundred commits. What has been awaited survives the end of the process; it survives a power
    failure, too, where `durably` was asked for.
    """

    def __init__(self, path: Path) -> None:
        """Open a file, which is made if it is not there, and bring its tables up to date.

        Raises:
            StoreError: it cannot be opened or written, another bot uses it, or a newer version of this program made it.
        """
        self._path = path
        self._lock, self._connection = _opened(path)
        self._thread = ThreadPoolExecutor(1, "store")
        self._waiting: list[tuple[Change[Any], asyncio.Future[Any], bool]] = []
        self._writing: asyncio.Task[None] | None = None
        self._closed = False
        self.failure: StoreError | None = None

    async def run(self, change: Change[T], *, durably: bool = False) -> T:
        """Run a change and return what it returns, as soon as it is committed.

        Args:
            change: what to do.
            durably: return only when it would survive a power failure.

        Raises:
            StoreError: it could not be written; the file is full, or gone.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, done, durably))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        return await done

    async def wipe(self) -> None:
        """Let nothing that was deleted stay in the log beside the file, where changes are written first."""

        def empty() -> None:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # to the end: no commit goes before

        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, empty)
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: cannot be written ({error}); make room for it") from None

    async def close(self) -> None:
        """Write what waits, and close the file; once more does no harm."""
        if self._writing is not None:
            await self._writing
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        self._connection.close()
        self._lock.close()

    async def _write(self) -> None:
        """Commit what waits, batch by batch, until nothing does."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            changes = [change for change, _, _ in batch]
            durably = any(wanted for _, _, wanted in batch)
            try:
                results = await loop.run_in_executor(self._thread, _results, self._connection, changes, durably)
            except RuntimeError as error:  # the thread is gone: the file was closed
                results = [error] * len(batch)
            for (_, done, _), result in zip(batch, results, strict=True):
                if done.cancelled():
                    continue
                if isinstance(result, sqlite3.Error):
                    self.failure = StoreError(f"{self._path}: cannot be written ({result}); make room for it")
                    done.set_exception(self.failure)
                elif isinstance(result, Exception):
                    done.set_exception(result)
                else:
                    done.set_result(result)
        self._writing = None


def _results(connection: sqlite3.Connection, changes: list[Change[Any]], durably: bool) -> list[Any]:
    """Run changes in one transaction and return the result of each, in order.

    When one of them fails, nothing of that transaction is done; then each is run in one of its own, so that whoever
    asks for what cannot be done fails alone. The result of a change that failed is its exception.
    """
    try:
        return _committed(connection, changes, durably)
    except Exception as error:  # noqa: BLE001  whatever a change raises is for who asked for it
        if len(changes) == 1:
            return [error]
    return [_results(connection, [change], durably)[0] for change in changes]


def _committed(connection: sqlite3.Connection, changes: list[Change[Any]], durably: bool) -> list[Any]:
    """Run changes in one transaction and return the result of each.

    Raises:
        Exception: nothing of it was done.
    """
    connection.execute(f"PRAGMA synchronous={'FULL' if durably else 'NORMAL'}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        results = [change(connection) for change in changes]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends it by itself
            connection.execute("ROLLBACK")
        raise
    return results


def _opened(path: Path) -> tuple[sqlite3.Connection, sqlite3.Connection]:
    """Return the lock that keeps other bots away, and the connection to an up-to-date file.

    Raises:
        StoreError: it cannot be used.
    """
    with ExitStack() as undoing:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            lock = _locked(path)
            undoing.callback(lock.close)
            connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            undoing.callback(connection.close)
            _refuse_foreign(connection, path)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA secure_delete=ON")  # what is forgotten is not left on the disk
            _migrate(connection, path)
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{path}: cannot be used as the store ({error}); name another file by VERBATIM_STORE"
            ) from None
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be written ({error.strerror}); name another file by VERBATIM_STORE"
            ) from None
        undoing.pop_all()
    return lock, connection


def _locked(path: Path) -> sqlite3.Connection:
    """Return a lock on a file beside the store; the operating system frees it, however the process ends.

    Raises:
        StoreError: another process holds it.
    """
    lock = sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" not in str(error):
            raise
        raise StoreError(
            f"{path}: another bot uses this store; stop it, or name another file by VERBATIM_STORE"
        ) from None
    return lock


def _refuse_foreign(connection: sqlite3.Connection, path: Path) -> None:
    """Leave the database of another program as it is.

    Raises:
        StoreError: it is one.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and (version == 0 or not connection.execute(_INBOX).fetchone()):
        raise StoreError(f"{path}: the database of another program; name another file by VERBATIM_STORE")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply the migrations that a file has not seen yet, each in a transaction of its own.

    Raises:
        StoreError: the file is newer than this program.
    """
    migrations = sorted(MIGRATIONS.glob("*.sql"))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(migrations):
        raise StoreError(f"{path}: made by a newer version of this program; update it, or name another file")
    for number, migration in enumerate(migrations[version:], start=version + 1):
        script = migration.read_text("utf-8")
        connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA user_version={number};\nCOMMIT;")
