"""`verbatim telegram --check` and `--health`: what a bot would do, and how the running one does."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.interface import LANGUAGES
from bot.replies import scope_of
from bot.settings import Settings, SettingsError, store_file
from bot.store import Look, StoreError, look
from bot.telegram.delivery.liveness import Health
from knowledge import KnowledgeBase

WRONG = 1
"""Exit code: the store cannot be used, or the bot is not alive."""


def tell_plan(settings: Settings, base: KnowledgeBase) -> int:
    """Print what `verbatim telegram` would do with these settings, without asking Telegram; return the exit code."""
    try:
        path = store_file(settings)
        found = look(path)
    except (StoreError, SettingsError) as error:
        return _refused(error)
    for name, value in {
        "token": masked(settings),
        "Bot API": settings.telegram_api,
        "updates": _door(settings),
        "health": f"GET http://{settings.listen}/health" if settings.listen else "verbatim telegram --health",
        "base": f"{scope_of(base)}, {len(base.facts)} facts",
        "changes": _changes(settings),
        "store": _store(path, found),
        "kept": f"answers and ratings for {settings.keep_days} days",
        "questions": f"{_most(settings.questions_per_minute)} a minute from one person",
        "messages": (
            f"{_most(settings.telegram_per_second)} a second in all, "
            f"{_most(settings.telegram_chat_per_second)} a second in a chat, "
            f"{_most(settings.telegram_group_per_minute)} a minute in a group"
        ),
        "groups": f"{settings.group_answers} answers",
        "languages": ", ".join(LANGUAGES),
        "log": settings.log_level,
    }.items():
        typer.echo(f"{name:<10} {value}")
    return 0


def tell_health(settings: Settings) -> int:
    """Print how the bot that uses the store does; return the exit code, which is 0 when it is alive."""
    try:
        path = store_file(settings)
        found = look(path)
    except (StoreError, SettingsError) as error:
        return _refused(error)
    if found is None:
        return _refused(f"{path}: there is no store yet; no bot has run with these settings")
    base = json.loads(found.base) if found.base else None
    health = Health(found.heard_at, time.time() - found.heard_at, found.waiting, base)
    typer.echo(health.as_json())
    return 0 if health.alive else WRONG


def masked(settings: Settings) -> str:
    """Return the token as it can be shown: which bot it is of, and that there is a secret."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    bot, _, secret = token.partition(":")
    return f"{bot}:{'*' * 8}" if secret else "*" * 8


def _door(settings: Settings) -> str:
    if settings.webhook_url is None:
        return "fetched by long polling"
    secret = "set" if settings.webhook_secret else "made anew at each start"
    return f"brought to {settings.webhook_url}, taken at {settings.listen}; the secret is {secret}"


def _changes(settings: Settings) -> str:
    if not settings.reload_seconds:
        return "of the base are taken over on SIGHUP"
    return f"of the base are looked for every {settings.reload_seconds} seconds, and on SIGHUP"


def _store(path: Path, found: Look | None) -> str:
    if found is None:
        return f"{path}, to be made"
    heard = datetime.fromtimestamp(found.heard_at, UTC).isoformat(" ", "seconds") if found.heard_at else "never"
    return (
        f"{path}, of bot {found.bot or 'none yet'}; updates that wait: {found.waiting}; Telegram last heard: {heard}; "
        f"answers perhaps sent twice: {found.perhaps_twice}, perhaps not sent: {found.perhaps_not}"
    )


def _most(count: int) -> str:
    return str(count) if count else "any number"


def _refused(error: object) -> int:
    typer.echo(f"verbatim: {error}", err=True)
    return WRONG
