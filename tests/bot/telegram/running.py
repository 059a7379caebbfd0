"""The whole bot, running in the process of a test, against the Bot API server of the tests."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.reloading import Watch
from bot.settings import Listen, Settings
from bot.telegram.application import Patience, serve
from knowledge import KnowledgeBase
from tests.bot_api import TOKEN, BotApi, Chat, Question

READ_TIMEOUT_S = 0.3
"""For an answer of the server: it is on this machine, and late only where a test lets it be late."""


def free_port() -> int:
    """Return a port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


QUICK = Patience(0.5, READ_TIMEOUT_S)


@dataclass(frozen=True)
class Bot:
    """A bot that can be started again and again, with the same store.

    Attributes:
        api: the server that it speaks with.
        store: its file.
        webhook: the path at which updates are brought; empty to poll.
        listen: the port at which it listens.
        watch: where a changed base comes from.
    """

    api: BotApi
    base: KnowledgeBase
    store: Path
    webhook: str = ""
    listen: int = field(default_factory=free_port)
    patience: Patience = QUICK
    watch: Watch | None = None

    def settings(self, **more: Any) -> Settings:  # noqa: ANN401  any setting
        """Return its settings: no flood limits and no limit on questions, unless a test sets them."""
        brought = {"webhook_url": f"{self.url}{self.webhook}", "webhook_secret": SecretStr("s3cret")}
        return Settings(
            **{
                "telegram_token": SecretStr(TOKEN),
                "telegram_api": self.api.url,
                "store": self.store,
                "listen": Listen("127.0.0.1", self.listen),
                "questions_per_minute": 0,
                "telegram_per_second": 0,
                "telegram_chat_per_second": 0,
                "telegram_group_per_minute": 0,
                **(brought if self.webhook else {}),
                **more,
            }
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listen}"

    def served(self, stop: asyncio.Event, ready: Callable[[str], None] = lambda _: None, **more: Any) -> Any:  # noqa: ANN401
        """Return the coroutine that runs it."""
        return serve(self.base, self.settings(**more), stop, ready, self.patience, self.watch)

    @asynccontextmanager
    async def running(self, **more: Any) -> AsyncIterator[asyncio.Task[None]]:  # noqa: ANN401  any setting
        """Run it; at the end it is stopped as by a signal, unless it has ended by itself."""
        stop, started = asyncio.Event(), asyncio.Event()
        serving: asyncio.Task[None] = asyncio.create_task(self.served(stop, lambda _: started.set(), **more))
        waiting = asyncio.create_task(started.wait())
        try:
            await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED, timeout=30)
            yield serving
        finally:
            waiting.cancel()
            stop.set()
            await asyncio.wait((serving,), timeout=20)
            if not serving.done():
                serving.cancel()
        if not serving.cancelled() and (error := serving.exception()) is not None:
            raise error


def of(chat: Chat, questions: list[Question]) -> list[Question]:
    """Return the questions of one chat."""
    return [question for question in questions if question.chat_id == chat.id]


def texts(api: BotApi, chat: Chat) -> list[str]:
    """Return what was sent to a chat, in order, also where the answer of the server was lost."""
    calls = api.ledger.of("sendMessage")
    return [
        call.parameters["text"]
        for call in calls
        if call.message_id is not None and call.parameters["chat_id"] == chat.id
    ]


HARBOUR = Path(__file__).resolve().parents[1] / "harbour"

QUESTIONS = (
    "What did the dock workers demand?",
    "What did the harbour company reject?",
    "Where did the two sides meet?",
    "What did Mara Venn say?",
)
"""What the harbour answers."""

WORDS = ("a pay rise of 7 percent", "rejected the demand", "met in Brena", "ready to talk")
"""What the answer to each of them says, and no other."""


@cache
def harbour() -> KnowledgeBase:
    """Return the small base of the tests."""
    return KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts")


def answered(replies: list[str]) -> list[int]:
    """Return which of `QUESTIONS` each reply answers; -1 for a reply that answers none."""
    return [next((n for n, words in enumerate(WORDS) if words in reply), -1) for reply in replies]
