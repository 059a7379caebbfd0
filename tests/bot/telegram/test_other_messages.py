"""Messages that are no questions: one sentence of help in a private chat, or silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, QUESTION
from tests.bot_api import Chat

NOT_TEXT = "I read text only. Please write your question."
FORWARDED = "I do not read what is forwarded. Please write the question in your own words."

FILE = {"file_id": "a", "file_unique_id": "b"}
ANNA = {"id": 5, "is_bot": False, "first_name": "Anna"}

KINDS: dict[str, Callable[[Chat], object]] = {
    "photo": lambda chat: chat.sends_photo(),
    "voice": lambda chat: chat.sends_voice(),
    "document": lambda chat: chat.sends_document(),
    "sticker": lambda chat: chat.sends_sticker(),
    "location": lambda chat: chat.sends_location(),
    "video note": lambda chat: chat.posts(video_note={**FILE, "length": 9, "duration": 3}),
    "contact": lambda chat: chat.posts(contact={"phone_number": "1", "first_name": "Anna"}),
    "dice": lambda chat: chat.posts(dice={"emoji": "🎲", "value": 3}),
    "story": lambda chat: chat.posts(story={"chat": chat.chat, "id": 1}),
}

SERVICE: dict[str, dict[str, Any]] = {
    "auto-delete timer": {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    "background": {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "🏡"}}},
    "write access": {"write_access_allowed": {"from_request": True}},
    "boost": {"boost_added": {"boost_count": 1}},
    "shared users": {"users_shared": {"request_id": 1, "users": [{"user_id": 5}]}},
    "of a later version": {"something_new": {"id": 1}},
    "nothing": {},
}


@both_doors
@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_no_text_gets_one_sentence(reader: Chat, kind: str) -> None:
    KINDS[kind](reader)

    shown = await reader.sees()

    assert (shown.text, shown.keyboard) == (NOT_TEXT, [])


async def test_forwarded_post_gets_one_sentence(reader: Chat) -> None:
    reader.forwards(QUESTION)

    assert (await reader.sees()).text == FORWARDED


@pytest.mark.parametrize("kind", SERVICE)
async def test_service_message_is_met_with_silence(reader: Chat, kind: str) -> None:
    reader.posts(**SERVICE[kind])

    assert (await reader.says(QUESTION)).text == ANSWER


async def test_pinned_message_is_met_with_silence(reader: Chat) -> None:
    reader.pins(await reader.says(QUESTION))

    assert (await reader.says(QUESTION)).text == ANSWER


@both_doors
async def test_caption_is_read_as_a_question(reader: Chat) -> None:
    reader.sends_photo(QUESTION)
    reader.sends_voice(QUESTION)
    reader.sends_document(QUESTION)

    assert [(await reader.sees()).text for _ in range(3)] == [ANSWER] * 3


async def test_album_without_a_caption_gets_one_sentence(reader: Chat) -> None:
    for _ in range(4):
        reader.posts(photo=[{**FILE, "width": 9, "height": 9}], media_group_id="13")

    assert (await reader.sees()).text == NOT_TEXT
    assert (await reader.says(QUESTION)).text == ANSWER


async def test_album_with_a_question_gets_its_answer_alone(reader: Chat) -> None:
    for caption in (QUESTION, None, None):
        reader.posts(photo=[{**FILE, "width": 9, "height": 9}], media_group_id="13", caption=caption)

    assert (await reader.sees()).text == ANSWER
    assert (await reader.says("/cancel")).text == "That is dropped. You can ask something new."


async def test_messages_that_are_forwarded_together_get_one_sentence(reader: Chat) -> None:
    for text in ("one", "two", "three"):
        reader.forwards(text)

    assert (await reader.sees()).text == FORWARDED
    assert (await reader.says(QUESTION)).text == ANSWER


async def test_own_answer_that_somebody_posts_in_the_private_chat_is_met_with_silence(reader: Chat) -> None:
    result = (await reader.inline(QUESTION)).results[0]
    reader.chooses(result, QUESTION)

    assert (await reader.says("/cancel")).text == "There is nothing to drop. You can just ask."


async def test_message_of_a_bot_is_met_with_silence(reader: Chat) -> None:
    sender: dict[str, Any] = {"from": {**ANNA, "is_bot": True}}
    reader.posts(text=QUESTION, **sender)

    assert (await reader.says("/cancel")).text == "There is nothing to drop. You can just ask."
