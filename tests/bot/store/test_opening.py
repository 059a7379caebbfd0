"""The file: made, brought up to date, held by one bot, and refused with a word on the mend where it cannot be used."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Received, Store, StoreError
from bot.store.database import MIGRATIONS

SCRIPTS = sorted(MIGRATIONS.glob("*.sql"))


def schema(path: Path) -> list[tuple[str, str]]:
    """Return what a file holds: names and definitions."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL").fetchall())


def opened(path: Path) -> None:
    """Open a store and close it."""

    async def open_and_close() -> None:
        await Store(path).close()

    asyncio.run(open_and_close())


def waiting(path: Path) -> list[int]:
    """Return the ids of the updates that wait in a store."""

    async def look() -> list[int]:
        store = Store(path)
        ids = [one.received.update_id for one in await store.waiting()]
        await store.close()
        return ids

    return asyncio.run(look())


@pytest.mark.parametrize("version", range(len(SCRIPTS) + 1))
def test_file_of_every_earlier_version_becomes_one_of_today(tmp_path: Path, version: int) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        for script in SCRIPTS[:version]:
            connection.executescript(script.read_text("utf-8"))
        connection.execute(f"PRAGMA user_version={version}")

    opened(new)
    opened(old)

    assert schema(old) == schema(new)


async def test_empty_file_becomes_a_store_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "store.db"
    store = Store(path)
    await store.receive([Received(1, "7", {})])
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir() if "lock" not in file.name}
    await store.close()

    assert modes == {"store.db": 0o600, "store.db-wal": 0o600, "store.db-shm": 0o600}


def refused(path: Path) -> str:
    """Return why a file is refused, without its path."""
    with pytest.raises(StoreError, match=re.escape(str(path))) as refusal:
        Store(path)
    return str(refusal.value).removeprefix(f"{path}: ")


def test_file_of_a_newer_version_is_refused_and_left_as_it_is(path: Path) -> None:
    opened(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={len(SCRIPTS) + 1}")
    before = path.read_bytes()

    assert refused(path) == "made by a newer version of this program; update it, or name another file"
    assert path.read_bytes() == before


def test_file_that_is_no_database_is_refused_and_left_as_it_is(path: Path) -> None:
    path.write_text("Dear diary, " * 100)

    assert refused(path) == "cannot be used as the store (file is not a database); name another file by VERBATIM_STORE"
    assert path.read_text() == "Dear diary, " * 100


@pytest.mark.parametrize("version", [0, 1])
def test_database_of_another_program_is_refused_and_left_as_it_is(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE diary (day, words)")
        connection.execute(f"PRAGMA user_version={version}")
    before = path.read_bytes()

    assert refused(path) == "the database of another program; name another file by VERBATIM_STORE"
    assert path.read_bytes() == before


def test_damaged_file_is_refused(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + bytes(8000))

    assert refused(path).startswith("cannot be used as the store (")


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "name another file by VERBATIM_STORE" in refused(tmp_path)


def test_file_below_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert refused(tmp_path / "file" / "store.db").startswith("cannot be written (")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system that takes no files")
def test_file_on_a_disk_that_takes_none_is_refused() -> None:
    assert refused(Path("/proc/verbatim/store.db")).startswith("cannot be written (")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_file_that_may_not_be_written_is_refused(path: Path) -> None:
    path.touch(mode=0o400)

    assert "name another file by VERBATIM_STORE" in refused(path)


def test_file_that_was_refused_can_be_used_as_soon_as_it_is_mended(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    refused(path)
    path.unlink()

    opened(path)


OTHER = "import sys, asyncio; from bot.store import *; from pathlib import Path; Store(Path(sys.argv[1]))"


def in_another_process(path: Path) -> str:
    """Open a store in another process; return the last line of what goes wrong."""
    command = [sys.executable, "-c", OTHER, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, cwd=MIGRATIONS.parents[2])
    return ended.stderr.strip().rpartition("\n")[2].partition(": ")[2]


async def test_file_is_refused_to_a_second_bot_as_long_as_the_first_uses_it(store: Store, path: Path) -> None:
    told = f"{path}: another bot uses this store; stop it, or name another file by VERBATIM_STORE"

    assert in_another_process(path) == told
    assert refused(path) == told.removeprefix(f"{path}: ")
    await store.receive([Received(1, "7", {})])
    await store.close()
    assert not in_another_process(path)


async def test_file_can_be_copied_while_it_is_used_and_the_copy_holds_what_was_stored(store: Store, path: Path) -> None:
    await store.receive([Received(1, "7", {})])
    copy = path.with_name("copy.db")
    for end in ("", "-wal"):
        shutil.copy(f"{path}{end}", f"{copy}{end}")

    restored = Store(copy)
    found = await restored.waiting()
    await restored.close()
    assert [one.received.update_id for one in found] == [1]


async def test_store_of_another_bot_is_refused(store: Store, path: Path) -> None:
    await store.belongs_to(110201543)
    await store.belongs_to(110201543)

    with pytest.raises(StoreError) as refusal:
        await store.belongs_to(42)
    assert str(refusal.value) == (
        f"{path}: keeps what belongs to the bot 110201543, and this is 42; name another file by VERBATIM_STORE"
    )


FULL = """
import asyncio, resource, sys
from pathlib import Path
from bot.store import Received, Store, StoreError

async def fill(path):
    store = Store(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))
    number = 0
    try:
        while True:
            await store.receive([Received(number + 1, "7", {"text": "x" * 5000})])
            number += 1
    except StoreError as error:
        print(number, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await store.receive([Received(number + 1, "7", {})])
    await store.close()

asyncio.run(fill(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_full_disk_is_told_and_loses_nothing_and_room_lets_it_go_on(path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=MIGRATIONS.parents[2])
    stored, _, told = ended.stdout.strip().partition(" ")

    assert ended.returncode == 0, ended.stderr
    assert re.fullmatch(re.escape(f"{path}: cannot be written (") + r".+\); make room for it", told)
    assert waiting(path) == list(range(1, int(stored) + 2))
    assert int(stored) > 50
