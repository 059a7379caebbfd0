"""The real application against an emulator of the Bot API that others wrote: by polling, and by a webhook."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.settings import Listen, Settings
from bot.telegram.application import serve
from knowledge import KnowledgeBase
from tests.bot_api import TOKEN
from tests.emulator import Emulator

QUESTION = "How many Palestinians have been killed in Gaza?"
STATEMENT = "Over 31,000 Palestinians have been killed in Gaza. [1]"
QUOTE = "Gaza, where over 31,000 Palestinians have been killed"

PERSON = {"id": 7, "is_bot": False, "first_name": "Reader", "language_code": "en"}
CHAT = {"id": 7, "type": "private", "first_name": "Reader"}

Fields = dict[str, Any]


@dataclass
class Reader:
    """A person in a private chat, as the emulator knows them: by the updates that they cause."""

    emulator: Emulator
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def says(self, text: str) -> Fields:
        """Send a message; return what the bot sent."""
        await self.tells(message=self.message(text))
        return (await self.emulator.call("sendMessage"))[0]

    async def tells(self, **update: Fields) -> None:
        await self.emulator.enqueue_update(update, token=TOKEN)

    def message(self, text: str, number: int | None = None) -> Fields:
        command = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        marks = {"entities": command} if text.startswith("/") else {}
        identifier = next(self.numbers) if number is None else number
        return {"message_id": identifier, "from": PERSON, "chat": CHAT, "date": 1_700_000_000, "text": text, **marks}


@pytest.fixture(params=["polling", "webhook"])
async def reader(
    request: pytest.FixtureRequest, base: KnowledgeBase, tmp_path: Path, unused_tcp_port: int
) -> AsyncIterator[Reader]:
    """Somebody who talks to the running bot, through either door."""
    door: dict[str, Any] = {}
    if request.param == "webhook":
        listen = Listen("127.0.0.1", unused_tcp_port)
        door = {"webhook_url": f"http://{listen}/updates", "webhook_secret": SecretStr("s-3_cret"), "listen": listen}
    stop, ready = asyncio.Event(), asyncio.Event()
    async with Emulator() as emulator:
        settings = Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_api=emulator.url,
            store=tmp_path / "store.db",
            telegram_per_second=0,
            telegram_chat_per_second=0,
            **door,
        )
        serving = asyncio.create_task(serve(base, settings, stop, lambda _: ready.set()))
        try:
            await asyncio.wait_for(ready.wait(), 10)
            yield Reader(emulator)
        finally:
            stop.set()
            await asyncio.wait_for(serving, 10)


async def test_start_is_answered_with_a_welcome(reader: Reader) -> None:
    assert (await reader.says("/start"))["text"].startswith("Hello. I answer questions from one document")


async def test_question_is_answered_with_its_quote_marked(reader: Reader) -> None:
    answer = await reader.says(QUESTION)

    marked = [one for one in answer["entities"] if one["type"] == "expandable_blockquote"]
    assert answer["text"].startswith(STATEMENT)
    assert [answer["text"][one["offset"] : one["offset"] + one["length"]] for one in marked] == [QUOTE]


async def test_follow_up_is_completed_from_what_was_asked_before(reader: Reader) -> None:
    await reader.says("What did Hamas demand?")

    answer = await reader.says("and Israel?")

    assert "the Israeli side demanded that a list of names" in answer["text"]


async def test_pressed_button_shows_the_quote_in_its_paragraph(reader: Reader) -> None:
    await reader.tells(message=reader.message(QUESTION))
    answer, sent = await reader.emulator.call("sendMessage")
    button = answer["reply_markup"]["inline_keyboard"][0][0]

    query = {"id": "1", "from": PERSON, "chat_instance": "1", "data": button["callback_data"]}
    await reader.tells(callback_query={**query, "message": {**sent, "from": {**PERSON, "id": 110201543}}})

    acknowledged, _ = await reader.emulator.call("answerCallbackQuery")
    shown, _ = await reader.emulator.call("editMessageText")
    assert acknowledged["callback_query_id"] == "1"
    assert (int(shown["message_id"]), QUOTE in shown["text"]) == (sent["message_id"], True)
    assert [one["type"] for one in shown["entities"]] == ["italic", "bold"]


async def test_inline_query_is_answered_with_a_whole_answer(reader: Reader) -> None:
    await reader.tells(inline_query={"id": "5", "from": PERSON, "query": QUESTION, "offset": ""})

    offered, _ = await reader.emulator.call("answerInlineQuery")

    first = offered["results"][0]
    assert offered["inline_query_id"] == "5"
    assert first["title"] == STATEMENT.removesuffix(" [1]")
    assert QUOTE in first["input_message_content"]["message_text"]


async def test_edited_question_changes_its_answer(reader: Reader) -> None:
    await reader.tells(message=reader.message("What did Hamas demand?", number=41))
    _, sent = await reader.emulator.call("sendMessage")

    edited = {**reader.message(QUESTION, number=41), "edit_date": 1_700_000_060}
    await reader.tells(edited_message=edited)

    shown, _ = await reader.emulator.call("editMessageText")
    assert int(shown["message_id"]) == sent["message_id"]
    assert shown["text"].startswith(STATEMENT)
