"""Links that open the private chat: what they lead to, and what is made up. And laws of their payloads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.desk import key_of
from bot.telegram.linking import (
    MOST_LINKED,
    keys_in,
    link,
    payload_of_document,
    payload_of_facts,
    payload_of_question,
    question_in,
)
from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, RATINGS, SOURCE
from tests.bot.telegram.test_commands import WELCOME
from tests.bot_api import USERNAME, Chat

AT_BOT = f"@{USERNAME}"
GONE = f"What this link leads to is no longer here. Please ask a question instead.\n\n{WELCOME}"


@both_doors
async def test_link_to_a_question_asks_it(reader: Chat) -> None:
    payload = payload_of_question("What did Hamas demand?")

    answer = await reader.says(f"/start {payload}")

    assert answer.text.startswith("• Hamas made the deal conditional on the release of 950 imprisoned people. [1]\n")
    assert (await reader.says("and Israel?")).text.startswith("Understood as: What did Israel demand?\n")


@both_doors
async def test_link_to_a_fact_shows_it_with_its_quote(reader: Chat, base: KnowledgeBase) -> None:
    [fact] = [fact for fact in base.facts if fact.phrasings[:1] == (QUESTION,)]

    answer = await reader.says(f"/start {payload_of_facts([fact])}")

    assert (answer.text, answer.labels) == (ANSWER, [["In context"], RATINGS])


async def test_link_to_several_facts_shows_all(reader: Chat, base: KnowledgeBase) -> None:
    facts = base.facts[:MOST_LINKED]

    answer = await reader.says(f"/start {payload_of_facts(facts)}")

    assert len(facts) == MOST_LINKED == 10
    assert all(fact.claim in answer.text for fact in facts)


@both_doors
async def test_link_to_a_document_opens_it(reader: Chat, base: KnowledgeBase) -> None:
    page = await reader.says(f"/start {payload_of_document(base.documents[0])}")

    assert page.text.startswith(f"{SOURCE}\nPage 1 of 2\n\n")


@pytest.mark.parametrize(
    "payload",
    [
        *("x", "q", "q-", "f", "f-", "d", "d-", "f-AAAAAA", "f-AAAAA", "f-_", "d-00000000", "q-____", "q-A", "q-gICA"),
        *("-", "hello world", "🎉", "Z" * 64, "f-" + "-" * 62, "d-f700fc8c-1"),
    ],
)
async def test_link_that_leads_nowhere_says_so_and_welcomes(reader: Chat, payload: str) -> None:
    assert (await reader.says(f"/start {payload}")).text == GONE


async def test_link_below_an_answer_of_several_facts_in_a_group_shows_all_of_their_quotes(group: Chat) -> None:
    answer = await group.says(f"{AT_BOT} What did Hamas demand?")
    payload = group.payload(answer, "Open in a private chat")

    assert len(payload) <= 64
    shown = await group.opens(answer, "Open in a private chat").sees()
    assert shown.marked("expandable_blockquote") == answer.marked("expandable_blockquote")


# Laws ---------------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_question_that_fits_into_a_link_is_read_from_it(question: str) -> None:
    text = question.encode("utf-8", "replace").decode()
    payload = payload_of_question(text)

    assert payload == "" or re.fullmatch(r"q-[A-Za-z0-9_-]{0,62}", payload)
    assert payload == "" or question_in(payload.removeprefix("q-")) == text.strip()
    assert payload or len(text.encode()) > 46


@given(st.text(max_size=70) | st.text("Aa0_-=+/", max_size=70))
def test_payload_that_was_made_up_is_read_without_an_error(payload: str) -> None:
    assert all(re.fullmatch(r"[0-9a-f]{8}", key) for key in keys_in(payload))
    assert question_in(payload) == question_in(payload).strip()


def test_facts_are_found_again_by_the_keys_of_their_link(base: KnowledgeBase) -> None:
    for at in range(0, len(base.facts), MOST_LINKED):
        facts = base.facts[at : at + MOST_LINKED]
        payload = payload_of_facts(facts)

        assert re.fullmatch(r"f-[A-Za-z0-9_-]{1,62}", payload)
        assert keys_in(payload.removeprefix("f-")) == [key_of(fact.id) for fact in facts]


def test_link_opens_a_private_chat_with_the_bot() -> None:
    assert link("verbatim_bot", "q-AA") == "https://t.me/verbatim_bot?start=q-AA"
