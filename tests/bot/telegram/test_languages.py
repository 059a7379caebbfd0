"""The language of the interface: that of the app, or the one that was chosen."""

from __future__ import annotations

import pytest

from tests.bot.telegram.conftest import both_doors
from tests.bot.telegram.known import ANSWER, QUESTION, QUOTE, STATEMENT
from tests.bot_api import USERNAME, BotApi, Chat, Seen

NAMES = ["English", "العربية", "עברית", "Français", "Español", "Русский", "Deutsch"]

HELPFUL = {
    "en": "👍 Helpful",
    "ar": "👍 مفيد",
    "fr": "👍 Utile",
    "de": "👍 Hilfreich",
}


async def chosen(reader: Chat, name: str) -> Seen:
    """Choose a language and return what is said then."""
    shown = await (await reader.presses(await reader.says("/language"), name)).change()
    assert shown is not None
    return shown


@both_doors
async def test_languages_are_buttons_in_their_own_words(reader: Chat) -> None:
    asked = await reader.says("/language")

    assert asked.text == "In which language shall I write? Claims and quotes stay in the language of the source."
    assert asked.labels == [NAMES[0:2], NAMES[2:4], NAMES[4:6], NAMES[6:7], ["As in Telegram"]]


@both_doors
async def test_chosen_language_is_kept_and_said_in_that_language(reader: Chat) -> None:
    said = await chosen(reader, "Deutsch")

    assert (said.text.startswith("Sprache: Deutsch."), said.keyboard) == (True, [])
    assert (await reader.says(QUESTION)).labels[-1][0] == HELPFUL["de"]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("ar", HELPFUL["ar"]),
        ("fr-CA", HELPFUL["fr"]),
        ("de", HELPFUL["de"]),
        ("pt-br", HELPFUL["en"]),
        ("xx", HELPFUL["en"]),
        ("", HELPFUL["en"]),
    ],
)
async def test_language_of_the_app_is_spoken_where_none_was_chosen(
    api: BotApi, reader: Chat, language: str, label: str
) -> None:
    reader.speaks(language)

    assert (await reader.says(QUESTION)).labels[-1][0] == label
    assert len(api.ledger.of("sendMessage")) == 1


@both_doors
async def test_claims_and_quotes_stay_as_they_are_and_are_marked_as_english(reader: Chat) -> None:
    reader.speaks("fr")
    answer = await reader.says(QUESTION)

    assert answer.text.startswith(f"{STATEMENT} [1]\n\n")
    assert "anglais" in answer.text
    assert answer.marked("expandable_blockquote") == [QUOTE]


async def test_question_in_another_language_is_answered_and_shown_as_understood(reader: Chat) -> None:
    reader.speaks("de")
    answer = await reader.says("Wie viele Palästinenser wurden in Gaza getötet?")

    assert answer.marked("expandable_blockquote") == [QUOTE]
    assert "Deutsch" in answer.text.splitlines()[0]


async def test_language_of_telegram_can_be_chosen_again(reader: Chat) -> None:
    reader.speaks("fr")
    await chosen(reader, "English")
    assert (await reader.says(QUESTION)).text == ANSWER
    back = "As in Telegram"

    said = await chosen(reader, back)

    assert "Français" in said.text
    assert (await reader.says(QUESTION)).labels[-1][0] == HELPFUL["fr"]


async def test_chosen_language_goes_with_the_person_into_groups_and_inline_mode(api: BotApi, group: Chat) -> None:
    await chosen(group.private(), "Deutsch")

    in_group = await group.says(f"@{USERNAME} who won the world cup")
    of_another = await group.member(2).says(f"@{USERNAME} who won the world cup")
    inline = (await group.inline("who won the world cup")).results[0]

    assert of_another.text == "This is not about the document that I answer from."
    assert "Dokument" in in_group.text
    assert inline.message.text == in_group.text
    assert len(api.ledger.of("answerInlineQuery")) == 1


async def test_chosen_language_is_forgotten_when_everything_is(reader: Chat) -> None:
    await chosen(reader, "Deutsch")
    await reader.says("/forget")

    assert (await reader.says("/language")).text.startswith("In which language")


async def test_arrows_of_an_arabic_interface_point_the_other_way(reader: Chat) -> None:
    reader.speaks("ar")

    answer = await reader.says(QUESTION)
    shown = await (await reader.presses(answer, "في السياق")).change()

    assert shown is not None
    assert shown.marked("bold") == [QUOTE]
    assert [row[0][0] for row in shown.labels[::2]] == ["▶", "↪"]
