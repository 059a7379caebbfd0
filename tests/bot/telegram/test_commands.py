"""The commands, in a private chat."""

from __future__ import annotations

import pytest

from bot.interface import LANGUAGES
from knowledge import KnowledgeBase
from tests.bot.telegram.conftest import Running, both_doors, pressing
from tests.bot.telegram.known import ANSWER, QUESTION, SOURCE, TITLE
from tests.bot_api import USERNAME, BotApi, Chat

EXAMPLES = (
    "You could ask:\n"
    "• Where did Israeli planes strike early on Tuesday?\n"
    "• How many of the 400 prisoners are serving life sentences?\n"
    "• Does Hamas want a permanent ceasefire?"
)

WELCOME = (
    "Hello. I answer questions from one document, with the very words that each answer rests on. "
    "What is not said there, I do not answer.\n\n"
    f"{EXAMPLES}\n\n"
    "/sources shows what I have read."
)

HELP = (
    "Write a question as you would to a person; a follow-up may be short (“and the other side?”, “why?”). "
    "Each [n] in an answer is a quote below it; tap a quote to open it. A number chooses a numbered line.\n\n"
    f"{EXAMPLES}\n\n"
    "/start – What this bot does\n"
    "/help – How to ask\n"
    "/ask – Ask a question\n"
    "/sources – The documents it answers from\n"
    "/source – Read a document, page by page\n"
    "/topics – What you can ask about\n"
    "/why – How the last reply was decided\n"
    "/language – Choose the language of the bot\n"
    "/privacy – What is kept, and for how long\n"
    "/forget – Delete all that is kept about this chat\n"
    "/cancel – Drop what was begun"
)

NOTHING_KEPT = "Nothing is kept about this chat."


@both_doors
async def test_start_tells_what_the_bot_does(reader: Chat) -> None:
    welcome = await reader.says("/start")

    assert (welcome.text, welcome.keyboard) == (WELCOME, [])


@both_doors
@pytest.mark.parametrize("command", ["/help", "/HELP", f"/help@{USERNAME}", f"/help@{USERNAME.upper()} me"])
async def test_help_tells_how_to_ask_and_lists_the_commands(reader: Chat, command: str) -> None:
    assert (await reader.says(command)).text == HELP


async def test_command_that_nobody_knows_is_answered_with_help(reader: Chat) -> None:
    assert (await reader.says("/weather tomorrow")).text == f"I do not know this command.\n\n{HELP}"


async def test_command_for_another_bot_is_met_with_silence(reader: Chat) -> None:
    reader.writes("/help@another_bot")
    reader.writes("/start@another_bot")

    assert (await reader.says(QUESTION)).text == ANSWER


async def test_slash_within_a_question_makes_no_command(reader: Chat) -> None:
    answer = await reader.says("Did Israel and/or Hamas make demands?")

    assert "command" not in answer.text


@both_doors
async def test_ask_answers_what_stands_behind_it(reader: Chat) -> None:
    assert (await reader.says(f"/ask {QUESTION}")).text == ANSWER
    assert (await reader.says(f"/ask@{USERNAME}\n{QUESTION}")).text == ANSWER


async def test_ask_without_a_question_asks_for_one(reader: Chat) -> None:
    assert (await reader.says("/ask")).text == "Please write your question after /ask."


async def test_command_in_a_caption_is_obeyed(reader: Chat) -> None:
    reader.sends_photo(f"/ask {QUESTION}")

    assert (await reader.sees()).text == ANSWER


@both_doors
async def test_sources_lists_the_documents_with_a_button_to_read_each(reader: Chat) -> None:
    sources = await reader.says("/sources")

    assert (sources.text, sources.labels) == (f"I answer from:\n1. {SOURCE}", [[f"1. {TITLE}"]])


@both_doors
async def test_topics_lead_to_questions_and_those_to_answers(reader: Chat) -> None:
    topics = await reader.says("/topics")
    questions = await pressing(reader, topics, "Casualty")
    assert (topics.text, questions.text) == ("Choose a topic:", "Questions on this topic: Casualty")
    assert questions.labels == [["How many Palestinians have been killed in Gaza?"], ["All topics"]]

    await reader.presses(questions, QUESTION)

    assert (await reader.sees()).text == ANSWER


async def test_way_back_from_a_topic_leads_to_all_topics(reader: Chat) -> None:
    topics = await reader.says("/topics")
    questions = await pressing(reader, topics, "Casualty")

    again = await pressing(reader, questions, "All topics")

    assert (again.text, again.labels) == (topics.text, topics.labels)


async def test_topics_are_few_and_at_most_two_in_a_row(reader: Chat) -> None:
    labels = (await reader.says("/topics")).labels

    assert all(1 <= len(row) <= 2 for row in labels)
    assert 1 <= sum(map(len, labels)) <= 24


@both_doors
async def test_why_tells_how_the_last_reply_was_decided(reader: Chat) -> None:
    await reader.says(QUESTION)

    told = (await reader.says("/why")).text

    assert told.startswith(f"How the last reply was decided:\n\nQuestion: {QUESTION}\n")
    assert "Over 31,000 Palestinians have been killed in Gaza." in told


async def test_why_has_nothing_to_tell_before_the_first_question(reader: Chat) -> None:
    assert (await reader.says("/why")).text == (
        "There is no reply yet that I could explain. Please ask a question first."
    )


async def test_privacy_tells_what_is_kept_and_for_how_long(running: Running, api: BotApi) -> None:
    async with running(keep_days=1):
        told = await api.private_chat().says("/privacy")

    assert told.text == (
        "This is kept about this chat:\n"
        "• the last questions of this chat, for an hour: I need them to understand follow-ups;\n"
        "• each answer with its question, for 1 day: the buttons below it and corrections of the question need it;\n"
        "• your ratings of answers, and the language that you chose, until you delete them;\n"
        "• messages that are not answered yet, until they are.\n\n"
        "Nothing of it goes to anybody else but Telegram, which carries the messages.\n\n"
        "/forget deletes all of it."
    )


@both_doors
async def test_forget_deletes_all_and_says_what(reader: Chat) -> None:
    for language in ("English", "As in Telegram"):
        await reader.presses(await reader.says("/language"), language)
    answers = [await reader.says(question) for question in (QUESTION, "how many prisoners")]
    await reader.presses(answers[0], "👍 Helpful")

    assert (await reader.says("/forget")).text == (
        "Deleted, and kept nowhere any more:\n"
        "• 2 questions with their answers\n"
        "• 1 rating\n"
        "• the conversation\n"
        "• the settings"
    )
    assert (await reader.says("/forget")).text == NOTHING_KEPT


async def test_forgotten_answer_can_neither_be_opened_nor_explained_nor_followed_up(reader: Chat) -> None:
    answer = await reader.says("What did Hamas demand?")
    await reader.says("/forget")

    pressed = await reader.presses(answer, "In context")

    assert (pressed.text, pressed.alert) == ("This answer is no longer kept. Please ask again.", True)
    assert (await reader.says("/why")).text.startswith("There is no reply yet")
    assert (await reader.says("and Israel?")).text.startswith("Understood as: Israel?\n")


async def test_forget_leaves_alone_what_is_kept_of_others(api: BotApi, reader: Chat) -> None:
    other = api.private_chat(8)
    await other.says(QUESTION)
    await reader.says("/forget")

    assert (await other.says("/forget")).text.startswith("Deleted")


@both_doors
async def test_cancel_lets_the_next_question_stand_alone(reader: Chat) -> None:
    await reader.says("What did Hamas demand?")

    assert (await reader.says("/cancel")).text == "That is dropped. You can ask something new."
    assert (await reader.says("and Israel?")).text.startswith("Understood as: Israel?\n")


async def test_cancel_without_anything_begun_says_so(reader: Chat) -> None:
    assert (await reader.says("/cancel")).text == "There is nothing to drop. You can just ask."


@pytest.mark.parametrize("number", ["0", "3", "x", "-1", "99999999", "1 2"])
async def test_source_that_is_not_there_is_asked_for_by_its_number(
    running: Running, api: BotApi, harbour: KnowledgeBase, number: str
) -> None:
    async with running(harbour):
        told = await api.private_chat().says(f"/source {number}")

    assert told.text == "There are 2 documents. Please name one by its number, such as /source 1."


async def test_source_without_a_number_lists_several_documents(
    running: Running, api: BotApi, harbour: KnowledgeBase
) -> None:
    async with running(harbour):
        told = await api.private_chat().says("/source")

    assert told.text == (
        "I answer from:\n"
        "1. Notice of the ferry company (title given by us), publisher not known, no date given\n"
        "2. Dock workers demand a pay rise, Alba Courier, 2024-03-19 – https://courier.example/harbour"
    )
    assert told.labels == [
        ["1. Notice of the ferry company (title given by us)"],
        ["2. Dock workers demand a pay rise"],
    ]


# What Telegram is told ----------------------------------------------------------------------------------------------


@both_doors
async def test_commands_are_shown_with_their_descriptions_per_scope_and_language(api: BotApi, reader: Chat) -> None:
    await reader.says("/start")
    private, groups = "all_private_chats", "all_group_chats"
    names = [" ".join(one["command"] for one in api.commands_for(scope)) for scope in (private, groups)]

    assert names == [
        "start help ask sources source topics why language privacy forget cancel",
        "ask help sources privacy forget",
    ]
    assert api.commands_for(private)[1] == {"command": "help", "description": "How to ask"}
    for scope, count in ((private, 11), (groups, 5)):
        others = [api.commands_for(scope, language) for language in LANGUAGES if language != "en"]
        assert [len(commands) for commands in others] == [count] * 6
        assert all(command["description"] != "How to ask" for commands in others for command in commands)


async def test_every_command_that_is_shown_is_obeyed(api: BotApi, reader: Chat) -> None:
    await reader.says("/start")

    for command in api.commands_for("all_private_chats"):
        assert "I do not know this command." not in (await reader.says(f"/{command['command']}")).text
    for command in api.commands_for("all_group_chats"):
        assert (await api.group().says(f"/{command['command']}")).reply_to is not None


KINDS = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member", "guest_message"]


@pytest.mark.parametrize(("door", "method"), [("polling", "getUpdates"), ("webhook", "setWebhook")])
async def test_only_the_kinds_of_update_are_asked_for_that_the_bot_handles(
    api: BotApi, reader: Chat, method: str
) -> None:
    await reader.says("/start")

    assert api.ledger.of(method)[0].parameters["allowed_updates"] == KINDS
