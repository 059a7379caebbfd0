"""What the bot says on Telegram beside its replies, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bot.interface import ENGLISH, LANGUAGES, Interface, interface_for
from bot.telegram import wording
from knowledge import KnowledgeBase

TRANSLATED = [code for code in LANGUAGES if code != "en"]
INVISIBLE = re.compile("[\u2066-\u2069\u200e\u200f]")
QUESTIONS = ("What did Hamas demand?", "Who met?")

LABELS = (
    *(wording.helpful, wording.wrong, wording.unclear, wording.in_context, wording.earlier, wording.later),
    *(wording.back_to_answer, wording.read_document, wording.quotes_and_sources, wording.open_privately),
    *(wording.ask_privately, wording.language_of_telegram),
)
NOTICES = (
    *(wording.only_the_asker, wording.expired, wording.choice_gone, wording.thanks, wording.rating_changed),
    *(wording.ask_what, wording.not_text, wording.unknown_command, wording.failed, wording.edited_not_found),
    *(wording.link_gone, wording.cancelled, wording.nothing_to_cancel, wording.why_nothing, wording.why_heading),
    *(wording.choose_language, wording.language_set, wording.nothing_to_forget, wording.inline_ask_title),
    *(wording.inline_ask_description, wording.inline_topics_title, wording.inline_no_answer),
)

Said = Callable[[Interface, KnowledgeBase], str]

WITH_VALUES: dict[str, Said] = {
    "description": wording.description,
    "short description": lambda interface, _: wording.short_description(interface),
    "welcome": lambda interface, base: wording.welcome(interface, base, QUESTIONS),
    "help": lambda interface, _: wording.help_text(interface, QUESTIONS),
    "help in a group": lambda interface, _: wording.help_text(interface, QUESTIONS, group=True),
    "how to ask in groups": lambda interface, _: wording.how_to_ask_in_groups(interface, "a_bot"),
    "sources": wording.sources_of,
    "which source": wording.which_source,
    "topics": lambda interface, _: wording.topics_text(interface, ("ceasefire", "prisoners")),
    "topics as buttons": lambda interface, _: wording.topics_text(interface),
    "topic": lambda interface, _: wording.topic_heading(interface, "prisoners"),
    "context": lambda interface, base: wording.context_heading(interface, base.documents[0], 4),
    "page": lambda interface, _: wording.page_of(interface, 2, 3),
    "too many questions": lambda interface, _: wording.too_many_questions(interface, 20),
    "privacy": lambda interface, _: wording.privacy(interface, 30),
    "forgotten": lambda interface, _: wording.forgotten(
        interface, answers=3, ratings=11, waiting=21, conversation=True, settings=True
    ),
    "no answer inline": wording.inline_no_answer_description,
}


def without_marks(text: str) -> str:
    return INVISIBLE.sub("", text)


@pytest.mark.parametrize("said", [*LABELS, *NOTICES], ids=lambda said: said.__name__)
@pytest.mark.parametrize("code", TRANSLATED)
def test_notices_and_labels_are_translated(code: str, said: Callable[[Interface], str]) -> None:
    assert said(interface_for(code)) != said(ENGLISH)


@pytest.mark.parametrize("name", WITH_VALUES)
@pytest.mark.parametrize("code", TRANSLATED)
def test_texts_are_translated_and_their_values_filled_in(code: str, name: str, base: KnowledgeBase) -> None:
    said = without_marks(WITH_VALUES[name](interface_for(code), base))
    english = WITH_VALUES[name](ENGLISH, base)

    assert said != english
    assert "{" not in said
    assert said.count("\n") == english.count("\n")
    for value in re.findall(r"/\w+|@\w+|\d+", english):
        assert value in said, value


@pytest.mark.parametrize("said", [*LABELS, *NOTICES], ids=lambda said: said.__name__)
@pytest.mark.parametrize("code", LANGUAGES)
def test_notices_fit_into_the_answer_to_a_button(code: str, said: Callable[[Interface], str]) -> None:
    """At most 200 characters. Source: Bot API, `answerCallbackQuery`."""
    assert 0 < len(said(interface_for(code))) <= 200


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.__name__)
@pytest.mark.parametrize("code", LANGUAGES)
def test_labels_of_buttons_are_short(code: str, label: Callable[[Interface], str]) -> None:
    assert len(label(interface_for(code))) <= 30


@pytest.mark.parametrize("code", LANGUAGES)
def test_descriptions_of_the_bot_fit_into_its_profile(code: str, base: KnowledgeBase) -> None:
    assert len(wording.description(interface_for(code), base)) <= 512
    assert len(wording.short_description(interface_for(code))) <= 120


@pytest.mark.parametrize("code", LANGUAGES)
def test_commands_of_private_chats_and_groups_are_described(code: str) -> None:
    private, group = (wording.commands(interface_for(code), group=group) for group in (False, True))

    assert [command.command for command in private] == [
        *("start", "help", "ask", "sources", "source", "topics", "why", "language", "privacy", "forget", "cancel")
    ]
    assert [command.command for command in group] == ["ask", "help", "sources", "privacy", "forget"]
    assert all(0 < len(command.description) <= 256 for command in private)
    assert {command.description for command in group} <= {command.description for command in private}


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_description_of_a_command_is_left_in_english(code: str) -> None:
    english = {command.description for command in wording.commands(ENGLISH)}

    assert english & {command.description for command in wording.commands(interface_for(code))} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_commands_in_a_text_can_be_tapped(code: str) -> None:
    """Telegram takes for a command what follows a slash without anything between."""
    text = wording.help_text(interface_for(code), QUESTIONS)

    assert re.findall(r"/[a-z]+", text) == [f"/{command.command}" for command in wording.commands(ENGLISH)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_example_questions_stay_as_they_are(code: str, base: KnowledgeBase) -> None:
    assert "\n• What did Hamas demand?\n• Who met?\n" in wording.welcome(interface_for(code), base, QUESTIONS)


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_example_questions_there_is_no_heading_for_them(code: str) -> None:
    assert wording.examples(interface_for(code), ()) == ""


@pytest.mark.parametrize("code", LANGUAGES)
def test_earlier_points_to_where_reading_comes_from(code: str) -> None:
    from_the_right = code in {"ar", "he"}

    assert wording.earlier(interface_for(code))[0] == ("▶" if from_the_right else "◀")
    assert wording.later(interface_for(code))[-1] == ("◀" if from_the_right else "▶")
    assert wording.back_to_answer(interface_for(code))[0] == ("↪" if from_the_right else "↩")


def test_only_what_was_deleted_is_told() -> None:
    assert wording.forgotten(ENGLISH, answers=1, ratings=2, settings=True) == (
        "Deleted, and kept nowhere any more:\n• 1 question with its answer\n• 2 ratings\n• the settings"
    )
    assert wording.forgotten(ENGLISH, waiting=1, conversation=True) == (
        "Deleted, and kept nowhere any more:\n• 1 message that was not answered yet\n• the conversation"
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_where_nothing_was_kept_that_is_told(code: str) -> None:
    assert wording.forgotten(interface_for(code)) == wording.nothing_to_forget(interface_for(code))


@pytest.mark.parametrize(
    ("code", "days", "told"),
    [
        ("en", 30, "for 30 days"),
        ("en", 1, "for 1 day:"),
        ("ar", 2, "لمدة يومين:"),
        ("ar", 7, "لمدة 7 أيام:"),
        ("ar", 30, "لمدة 30 يومًا:"),
        ("he", 2, "למשך יומיים:"),
        ("ru", 21, "в течение 21 дня:"),
        ("ru", 30, "в течение 30 дней:"),
        ("de", 30, "für 30 Tage:"),
    ],
)
def test_privacy_tells_for_how_long_answers_are_kept(code: str, days: int, told: str) -> None:
    assert told in without_marks(wording.privacy(interface_for(code), days))


def test_sources_are_listed_with_what_is_not_known_of_them(base: KnowledgeBase) -> None:
    assert wording.sources_of(interface_for("fr"), base) == (
        "Je réponds à partir de\u00a0:\n"
        "1. Report on Gaza ceasefire negotiations (titre donné par nous), éditeur inconnu, sans date"
    )


def test_place_in_a_document_is_told_with_its_paragraphs(base: KnowledgeBase) -> None:
    (document,) = base.documents

    assert wording.context_heading(ENGLISH, document, 4) == (
        f"Report on Gaza ceasefire negotiations (title given by us), paragraph 4 of {len(document.paragraphs)}"
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_chosen_language_is_told_in_that_language(code: str) -> None:
    assert LANGUAGES[code] in wording.language_set(interface_for(code))
