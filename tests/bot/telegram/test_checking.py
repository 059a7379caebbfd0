"""What an operator is told before the bot runs, and while it does."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Listen, Settings
from bot.store import Received, Store
from bot.telegram.checking import tell_health, tell_plan
from knowledge import KnowledgeBase


def settings(store: Path, **more: object) -> Settings:
    return Settings.model_validate({"telegram_token": SecretStr("110201543:hidden"), "store": store, **more})


async def kept(path: Path, heard_at: float) -> None:
    """Leave a store behind: of a bot that heard Telegram at some time, and has one update to answer."""
    store = Store(path)
    await store.belongs_to(110201543)
    await store.receive([Received(1, "7", {"update_id": 1})])
    await store.note("heard", str(heard_at))
    await store.close()


def test_plan_tells_where_updates_come_from_and_masks_the_token(
    base: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell_plan(settings(tmp_path / "store.db"), base) == 0

    told = capsys.readouterr().out
    assert "token      110201543:********\n" in told
    assert "updates    fetched by long polling\n" in told
    assert f"store      {tmp_path / 'store.db'}, to be made\n" in told
    assert "hidden" not in told
    assert not (tmp_path / "store.db").exists()


def test_plan_of_a_webhook_names_both_addresses_and_no_secret(
    base: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    webhook = {"webhook_url": "https://bot.example.org/t", "listen": Listen("127.0.0.1", 8080)}

    tell_plan(settings(tmp_path / "store.db", **webhook, webhook_secret=SecretStr("whispered")), base)

    told = capsys.readouterr().out
    assert "brought to https://bot.example.org/t, taken at 127.0.0.1:8080; the secret is set\n" in told
    assert "health     GET http://127.0.0.1:8080/health\n" in told
    assert "whispered" not in told


async def test_plan_tells_what_waits_in_the_store(
    base: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await kept(tmp_path / "store.db", 0)

    tell_plan(settings(tmp_path / "store.db"), base)

    assert "of bot 110201543; updates that wait: 1; Telegram last heard: never;" in capsys.readouterr().out


async def test_bot_that_heard_telegram_just_now_is_alive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await kept(tmp_path / "store.db", time.time())

    assert tell_health(settings(tmp_path / "store.db")) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["alive"], told["waiting"]) == (True, 1)


async def test_bot_that_has_not_heard_telegram_for_long_is_not_alive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await kept(tmp_path / "store.db", time.time() - 1000)

    assert tell_health(settings(tmp_path / "store.db")) == 1
    assert json.loads(capsys.readouterr().out)["alive"] is False


def test_health_without_a_store_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tell_health(settings(tmp_path / "store.db")) == 1
    assert "there is no store yet" in capsys.readouterr().err


def test_file_that_is_no_store_is_named_with_the_mend(
    base: KnowledgeBase, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE things (name TEXT)")
    other.close()

    assert tell_plan(settings(path), base) == 1
    assert capsys.readouterr().err.startswith(f"verbatim: {path}: cannot be read as a store")
