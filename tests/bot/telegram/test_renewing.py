"""The base is changed while the bot runs: what is asked meanwhile is answered, once, and from one base."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.reloading import Pace, Source, Watch
from bot.store import look
from knowledge import KnowledgeBase
from tests.bot.telegram.running import HARBOUR, Bot
from tests.bot_api import BotApi

QUICK = Pace(settle_s=0.02, unsettled_s=5, load_s=60)
QUESTION = "What did the dock workers demand?"
BEFORE, AFTER = "a pay rise of 7 percent.", "7 percent more pay."
"""What the answer says before the fact file is changed, and after it."""

TITLE, RENAMED = "Dock workers demand a pay rise", "What the dockers want"
"""The title of the document, in the same way."""


GONE = "This can no longer be chosen. Please ask again."

TIMES = 5
"""That the base is changed while readers ask; a process loads it each time."""


@dataclass
class Curated:
    """A copy of the harbour that somebody works on, and the bot that answers from it."""

    folder: Path
    watch: Watch
    bot: Bot

    @property
    def facts(self) -> Path:
        return self.folder / "facts" / "harbour.toml"

    def changes(self, *changes: tuple[str, str], file: str = "harbour.toml") -> None:
        """Put words of a fact file in the place of others, as an editor does: all at once."""
        path = self.folder / "facts" / file
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (path.parent / ".saved").write_text(text, "utf-8")
        (path.parent / ".saved").replace(path)

    async def until(self, condition: Callable[[dict[str, Any]], bool], timeout_s: float = 60) -> dict[str, Any]:
        """Return what is told of the base once it is as wished."""
        async with asyncio.timeout(timeout_s), aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"{self.bot.url}/health") as answer:
                    told: dict[str, Any] = (await answer.json(content_type=None)).get("base") or {}
                if told and condition(told):
                    return told
                await asyncio.sleep(0.02)  # another look: nothing tells from outside that it has changed


def curated(api: BotApi, folder: Path, cache: Path, webhook: str = "") -> Curated:
    """Return a copy of the harbour and a bot for it, which is not running yet."""
    shutil.copytree(HARBOUR, folder / "harbour", copy_function=shutil.copyfile)
    source = Source(folder / "harbour" / "documents", folder / "harbour" / "facts", cache)
    watch = Watch(source, QUICK)
    base = KnowledgeBase.load(source.documents, source.facts, cache=cache)
    return Curated(folder / "harbour", watch, Bot(api, base, folder / "store.db", webhook, watch=watch))


@pytest.fixture
async def harbour(api: BotApi, tmp_path: Path, cache: Path) -> AsyncIterator[Curated]:
    """A harbour that somebody works on while the bot runs; nobody looks before somebody asks."""
    made = curated(api, tmp_path, cache)
    async with running(made):
        yield made


@asynccontextmanager
async def running(made: Curated, **settings: object) -> AsyncIterator[None]:
    async with made.bot.running(**{"reload_seconds": 0, **settings}):
        yield


async def test_changed_base_is_noticed_and_answered_from(api: BotApi, tmp_path: Path, cache: Path) -> None:
    made = curated(api, tmp_path, cache)
    reader = api.private_chat()
    async with running(made, reload_seconds=1):
        before = await reader.says(QUESTION)
        first = await made.until(lambda told: told["newest"])
        made.changes((f"demanded {BEFORE}", f"demanded {AFTER}"))
        then = await made.until(lambda told: told["fingerprint"] != first["fingerprint"])
        after = await reader.says(QUESTION)

    assert BEFORE in before.text
    assert AFTER in after.text
    assert (then["documents"], then["facts"], then["newest"], then["problems"]) == (2, 6, True, [])
    assert then["since"] > first["since"]


async def test_base_with_problems_is_not_taken_over_until_it_is_mended(
    api: BotApi, harbour: Curated, caplog: pytest.LogCaptureFixture
) -> None:
    reader = api.private_chat()
    served = await harbour.until(lambda told: told["newest"])
    harbour.changes((f"demanded {BEFORE}", "demanded a pay rise of 8 percent."))
    harbour.watch.asked.set()
    refused = await harbour.until(lambda told: not told["newest"])
    during = await reader.says(QUESTION)
    harbour.changes(("demanded a pay rise of 8 percent.", f"demanded {AFTER}"))
    harbour.watch.asked.set()
    mended = await harbour.until(lambda told: told["newest"])
    after = await reader.says(QUESTION)

    assert BEFORE in during.text
    assert AFTER in after.text
    assert {**refused, "newest": True, "problems": []} == served
    assert mended["problems"] == []
    (problem,) = refused["problems"]
    assert 'harbour.toml: fact "pay-rise-demanded": ' in problem
    logged = [record.getMessage() for record in caplog.records if record.name == "bot.telegram.renewing"]
    assert logged[0] == "the base was changed and is not taken over; the one of before goes on:"
    assert logged[1] == f"  {problem}"
    assert logged[2].startswith("the base was changed and is taken over: ")
    assert len(logged) == 3


async def test_other_processes_are_told_which_base_is_served(harbour: Curated) -> None:
    told = await harbour.until(lambda told: told["newest"])
    found = look(harbour.bot.store)

    assert found is not None
    assert json.loads(found.base) == told


async def test_what_is_gone_is_met_with_a_kind_word_and_never_with_silence(api: BotApi, harbour: Curated) -> None:
    reader = api.private_chat()
    await reader.says("What did the ferry company blame?")
    text = (harbour.folder / "facts" / "ferry.toml").read_text("utf-8")
    fact = text[text.index('[[fact]]\nid = "weather-blamed"') :]
    skipped = '[[skipped]]\nquote = "The company blamed the weather."\nreason = "off-topic"\n'
    harbour.changes((fact, skipped), file="ferry.toml")
    harbour.watch.asked.set()
    await harbour.until(lambda told: told["facts"] == 5 or told["problems"])

    replies = [await reader.says(text) for text in ("why?", "who says so?", "/why", "2", "/sources")]
    assert [bool(reply.text) for reply in replies] == [True] * 5
    assert (await harbour.until(bool))["facts"] == 5


async def test_choice_that_would_be_another_one_now_is_not_taken(api: BotApi, harbour: Curated) -> None:
    reader = api.private_chat()
    shown = await reader.says("How much do the dock workers earn?")
    (label,) = [button.label for button in shown.buttons if button.label.startswith("1. ")]
    harbour.changes(('related = ["pay-rise-demanded"]', 'related = ["ready-to-talk"]'))
    mark = harbour.watch.fingerprint
    harbour.watch.asked.set()
    await harbour.until(lambda _: harbour.watch.fingerprint != mark)
    pressed = await reader.presses(shown, label)

    assert (pressed.text, pressed.alert) == (GONE, True)


@pytest.mark.parametrize("webhook", ["", "/telegram"], ids=["polling", "webhook"])
async def test_every_question_is_answered_once_and_from_one_base_while_bases_change(
    api: BotApi, tmp_path: Path, cache: Path, webhook: str
) -> None:
    made = curated(api, tmp_path, cache, webhook)
    chats = [api.private_chat(number) for number in range(1, 31)]
    over = asyncio.Event()
    asked = 0

    async def ask() -> None:
        nonlocal asked
        while not over.is_set():
            chats[asked % len(chats)].writes(QUESTION)
            asked += 1
            await asyncio.sleep(1 / 30)  # the pace of readers

    async with running(made):
        mark = (await made.until(bool))["fingerprint"]
        asking = asyncio.create_task(ask())
        old, new = (BEFORE, TITLE), (AFTER, RENAMED)
        for _ in range(TIMES):
            made.changes(*zip(old, new, strict=True))
            made.watch.asked.set()
            mark = (await made.until(lambda told, served=mark: told["fingerprint"] != served))["fingerprint"]  # type: ignore[misc]
            old, new = new, old
        over.set()
        await asyncio.wait_for(asking, 10)
        await api.ledger.until(lambda: all(question.replies for question in api.questions()), timeout_s=30)

    questions = api.questions()
    assert len(questions) == asked
    assert [len(question.replies) for question in questions] == [1] * asked
    said = [question.replies[0].parameters["text"] for question in questions]
    whole = [[words in text for words in (BEFORE, AFTER, TITLE, RENAMED)] for text in said]
    assert sorted({*map(tuple, whole)}) == [(False, True, False, True), (True, False, True, False)]
