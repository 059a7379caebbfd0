"""Groups: silence unless addressed, answers where they were asked, no buttons that others can misuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.telegram.conftest import Running, both_doors
from tests.bot.telegram.known import (
    ANSWER,
    FIRST_READING,
    QUESTION,
    QUOTE,
    READINGS,
    SOURCE,
    STATEMENT,
    TITLE,
    UNCLEAR,
    WHICH,
)
from tests.bot.telegram.test_commands import EXAMPLES
from tests.bot_api import USERNAME, BotApi, Chat

AT_BOT = f"@{USERNAME}"
ASKED = f"{AT_BOT} {QUESTION}"
HOW = (
    f"In a group I answer only when I am addressed: mention {AT_BOT}, reply to one of my messages, "
    "or write /ask with your question after it."
)

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
AS_CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
CHANNEL = {"id": -1001234567890, "type": "channel", "title": "News"}
MENTION = [{"type": "mention", "offset": 0, "length": len(AT_BOT)}]


def from_(sender: dict[str, Any], chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the fields of a message that somebody else than a person wrote."""
    return {"from": sender, **({"sender_chat": chat} if chat else {})}


async def silence(group: Chat) -> None:
    """Be sure that nothing was answered so far: the next answer is that to the next question."""
    number = group.writes(ASKED)
    assert (await group.sees()).reply_to == number
    assert group.unread.empty()


# Who is answered ----------------------------------------------------------------------------------------------------


@both_doors
@pytest.mark.parametrize(
    "text",
    [
        ASKED,
        f"{QUESTION} {AT_BOT}",
        f"{AT_BOT}: {QUESTION}",
        f"{AT_BOT.upper()},\n{QUESTION}",
        f"/ask {QUESTION}",
        f"/ask{AT_BOT} {QUESTION}",
        f"{AT_BOT} /ask {QUESTION}",
    ],
)
async def test_question_that_is_addressed_is_answered_as_a_reply(group: Chat, text: str) -> None:
    number = group.writes(text)

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, number)


@both_doors
async def test_reply_to_the_bot_is_a_question_that_follows_up(group: Chat) -> None:
    answer = await group.says(f"{AT_BOT} What did Hamas demand?")

    further = await group.says("and Israel?", reply_to=answer)

    assert further.text.startswith("Understood as: What did Israel demand?\n")


async def test_link_to_the_bot_by_its_name_addresses_it(api: BotApi, group: Chat) -> None:
    group.writes(f"Verbatim, {QUESTION}", mentions={"Verbatim": api.me})

    assert (await group.sees()).text == ANSWER


async def test_caption_that_mentions_the_bot_is_a_question(group: Chat) -> None:
    number = group.sends_photo(ASKED)

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, number)


async def test_mention_below_a_question_answers_that(group: Chat) -> None:
    question = group.member(2).writes(QUESTION)

    assert (await group.says(AT_BOT, reply_to=question)).text == ANSWER
    assert (await group.says("/ask", reply_to=question)).text == ANSWER


@pytest.mark.parametrize("text", [AT_BOT, f"/start{AT_BOT}", f"/topics{AT_BOT}", f"/weather{AT_BOT}", f"{AT_BOT} /why"])
async def test_bot_that_is_addressed_without_a_question_says_how_to_ask(group: Chat, text: str) -> None:
    answer = await group.says(text)

    assert (answer.text, answer.keyboard) == (HOW, [])


async def test_mention_below_an_answer_of_the_bot_does_not_ask_its_own_words(group: Chat) -> None:
    answer = await group.says(ASKED)

    assert (await group.says(AT_BOT, reply_to=answer)).text == HOW


@both_doors
async def test_what_is_not_addressed_to_the_bot_is_met_with_silence(api: BotApi, group: Chat) -> None:
    other = group.writes("hello")
    for text in (QUESTION, "/weather", "/start", "/topics", f"/ask@another_bot {QUESTION}", "@another_bot why?"):
        group.writes(text)
    group.writes(QUESTION, reply_to=other)
    group.writes(f"see https://t.me/{USERNAME} or a@{USERNAME}.example")
    group.writes(f"/weather@another_bot {AT_BOT}")
    group.sends_photo("a photo")
    group.sends_sticker()
    group.sends_voice()
    group.sends_location()
    group.forwards(ASKED)
    group.joined({"id": 5, "is_bot": False, "first_name": "Five"})
    group.pins(other)
    group.leaves()

    await silence(group)
    assert len(api.ledger.of("sendMessage")) == 1


async def test_channel_posts_are_met_with_silence(api: BotApi, group: Chat) -> None:
    channel = api.channel()
    channel.edits(channel.writes(ASKED), f"{ASKED}?")

    await silence(group)
    assert channel.screen() == []


# Who writes ---------------------------------------------------------------------------------------------------------


async def test_messages_of_other_bots_are_met_with_silence(group: Chat) -> None:
    another = {"id": 99, "is_bot": True, "first_name": "Another", "username": "another_bot"}
    answer = await group.says(ASKED)
    group.posts(text=ASKED, entities=MENTION, **from_(another))
    group.posts(text=ASKED, reply_to=answer, **from_(another))
    group.posts(text=f"/ask {QUESTION}", **from_(another))

    await silence(group)


async def test_post_of_the_channel_that_the_group_belongs_to_is_met_with_silence(group: Chat) -> None:
    origin = {"type": "channel", "chat": CHANNEL, "message_id": 1, "date": 1_700_000_000}
    post: dict[str, Any] = {"is_automatic_forward": True, "forward_origin": origin, **from_(TELEGRAM, CHANNEL)}
    group.posts(text=ASKED, entities=MENTION, **post)

    await silence(group)


async def test_answer_that_a_member_posted_by_inline_mode_is_met_with_silence(api: BotApi, group: Chat) -> None:
    group.posts(text=ASKED, entities=MENTION, via_bot=api.me)

    await silence(group)


@pytest.mark.parametrize(("user", "as_group"), [(ANONYMOUS, True), (AS_CHANNEL, False)], ids=["admin", "channel"])
async def test_who_writes_as_the_group_or_as_a_channel_is_answered(
    group: Chat, user: dict[str, Any], *, as_group: bool
) -> None:
    number = group.posts(text=ASKED, entities=MENTION, **from_(user, group.chat if as_group else CHANNEL))

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, number)


async def test_anonymous_administrators_of_two_groups_share_no_conversation_and_no_limit(
    running: Running, api: BotApi
) -> None:
    groups = [api.group(70), api.group(71)]
    async with running(questions_per_minute=1):
        for group in groups:
            group.posts(text=ASKED, entities=MENTION, **from_(ANONYMOUS, group.chat))

        assert [(await group.sees()).text for group in groups] == [ANSWER, ANSWER]


async def test_members_of_a_group_have_conversations_of_their_own(group: Chat) -> None:
    await group.says(f"{AT_BOT} What did Hamas demand?")

    other = await group.member(2).says(f"{AT_BOT} and Israel?")

    assert other.text.startswith("Understood as: Israel?\n")


# Where it is answered -----------------------------------------------------------------------------------------------


@both_doors
async def test_answer_stands_in_the_topic_in_which_it_was_asked(group: Chat) -> None:
    topic = group.topic("Talks")
    number = topic.writes(ASKED)

    answer = await topic.sees()

    assert (answer.text, answer.reply_to, answer.thread) == (ANSWER, number, topic.thread)


async def test_answer_in_the_general_topic_of_a_forum_names_no_topic(group: Chat) -> None:
    group.topic("Talks")
    number = group.writes(ASKED)

    answer = await group.sees()

    assert (answer.reply_to, answer.thread) == (number, None)
    assert "message_thread_id" not in answer.parameters


async def test_answer_in_a_thread_of_replies_is_a_reply_and_names_no_topic(group: Chat) -> None:
    number = group.posts(text=ASKED, entities=MENTION, message_thread_id=1)

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, number)
    assert "message_thread_id" not in answer.parameters


async def test_topics_of_one_person_are_conversations_of_their_own(group: Chat) -> None:
    talks, other = group.topic("Talks"), group.topic("Other")
    await talks.says(f"{AT_BOT} What did Hamas demand?")

    assert (await other.says(f"{AT_BOT} and Israel?")).text.startswith("Understood as: Israel?\n")
    assert (await talks.says(f"{AT_BOT} and Israel?")).text.startswith("Understood as: What did Israel demand?\n")


async def test_question_that_was_deleted_meanwhile_is_answered_all_the_same(api: BotApi, group: Chat) -> None:
    message = group.message({"text": ASKED, "entities": MENTION})
    api.updates.push({"message": message})

    answer = await group.sees()

    assert (answer.text, answer.reply_to) == (ANSWER, None)


# What is shown ------------------------------------------------------------------------------------------------------


@both_doors
async def test_answer_in_a_group_leads_to_the_private_chat_by_a_link(group: Chat) -> None:
    answer = await group.says(ASKED)
    assert [(button.label, button.data) for button in answer.buttons] == [("Open in a private chat", None)]

    private = group.opens(answer, "Open in a private chat")

    assert (await private.sees()).text == ANSWER


@both_doors
async def test_choices_in_a_group_are_links_too_and_numbers_of_a_reply(group: Chat) -> None:
    asked_back = await group.says(f"{AT_BOT} {UNCLEAR}")
    assert asked_back.text == WHICH
    assert asked_back.labels == [[f"1. {READINGS[0]}"], [f"2. {READINGS[1]}"]]
    assert [button.data for button in asked_back.buttons] == [None, None]

    assert (await group.opens(asked_back, f"1. {READINGS[0]}").sees()).text == FIRST_READING
    assert (await group.member(2).says("1", reply_to=asked_back)).text == FIRST_READING


@both_doors
@pytest.mark.parametrize("settings", [{"group_answers": "short"}], ids=["short"])
async def test_short_answers_leave_the_quotes_to_the_private_chat(group: Chat) -> None:
    answer = await group.says(ASKED)
    source = f"Source: {SOURCE}"

    assert (answer.text, answer.entities) == (f"{STATEMENT} [1]\n\n{source}", [("italic", source)])
    assert (await group.opens(answer, "Quotes and sources").sees()).marked("expandable_blockquote") == [QUOTE]


@pytest.mark.parametrize("settings", [{"group_answers": "short"}], ids=["short"])
async def test_short_answers_are_for_groups_only(reader: Chat) -> None:
    assert (await reader.says(QUESTION)).text == ANSWER


# Commands -----------------------------------------------------------------------------------------------------------


@both_doors
@pytest.mark.parametrize("command", ["/help", f"/help{AT_BOT}", f"{AT_BOT} /help"])
async def test_help_in_a_group_tells_how_the_bot_is_addressed(group: Chat, command: str) -> None:
    assert (await group.says(command)).text == (
        f"{HOW}\n\n"
        "Write a question as you would to a person; a follow-up may be short (“and the other side?”, “why?”). "
        "Each [n] in an answer is a quote below it; tap a quote to open it. A number chooses a numbered line.\n\n"
        f"{EXAMPLES}\n\n"
        "/ask – Ask a question\n"
        "/help – How to ask\n"
        "/sources – The documents it answers from\n"
        "/privacy – What is kept, and for how long\n"
        "/forget – Delete all that is kept about this chat"
    )


async def test_sources_in_a_group_are_read_in_the_private_chat(group: Chat) -> None:
    sources = await group.says("/sources")
    assert (sources.text, sources.labels) == (f"I answer from:\n1. {SOURCE}", [[f"1. {TITLE}"]])

    page = await group.opens(sources, f"1. {TITLE}").sees()

    assert page.text.startswith(f"{SOURCE}\nPage 1 of 2\n\n")


@both_doors
async def test_forget_in_a_group_deletes_what_that_person_asked_there(group: Chat) -> None:
    other, private = group.member(2), group.private()
    for chat, text in ((group, ASKED), (other, ASKED), (private, QUESTION)):
        await chat.says(text)

    deleted = "Deleted, and kept nowhere any more:\n• 1 question with its answer\n• the conversation"
    assert (await group.says("/forget")).text == deleted
    assert (await group.says("/forget")).text == "Nothing is kept about this chat."
    assert (await other.says("/forget")).text == deleted
    assert (await private.says("/forget")).text == deleted


async def test_forget_in_private_deletes_what_was_asked_in_groups_too(group: Chat) -> None:
    await group.says(ASKED)
    await group.private().says(QUESTION)

    told = await group.private().says("/forget")

    assert told.text.splitlines()[1] == "• 2 questions with their answers"


# Coming in ----------------------------------------------------------------------------------------------------------


@both_doors
async def test_bot_that_is_added_to_a_group_says_once_how_to_ask(group: Chat) -> None:
    group.adds()

    assert (await group.sees()).text == HOW
    await silence(group)


async def test_bot_greets_in_the_language_of_whoever_added_it(group: Chat) -> None:
    group.speaks("fr")
    group.adds()

    assert AT_BOT in (greeting := (await group.sees()).text)
    assert greeting.startswith("Dans un groupe")


async def test_bot_says_nothing_when_its_rights_change_or_a_reader_comes_back(api: BotApi, group: Chat) -> None:
    member, administrator = ({"user": api.me, "status": status} for status in ("member", "left"))
    change = {"chat": api.channel().chat, "from": group.acting(), "date": 1_700_000_000}
    api.updates.push({"my_chat_member": {**change, "old_chat_member": administrator, "new_chat_member": member}})
    reader = api.private_chat()
    reader.blocks()
    reader.unblocks()

    await silence(group)
    assert len(api.ledger.of("sendMessage")) == 1
