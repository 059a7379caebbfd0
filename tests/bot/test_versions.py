"""What was replaced and who disagrees, as people and programs get to see it."""

from __future__ import annotations

import pytest

from bot.contract import as_object
from bot.interface import interface_for
from bot.library import fact_list, source_list
from bot.replies import Reply, as_plain_text, reply_to
from bot.screens import reply_lines
from bot.telegram.rendering import render
from knowledge import Conversation, KnowledgeBase
from tests.observatory import in_july, loaded


@pytest.fixture(scope="module")
def july(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return loaded(in_july(tmp_path_factory.mktemp("july")))


WITHDRAWN = (
    "[1] is from an earlier version, which this one has replaced: "
    "The Dome on Kestrel Hill, publisher not known, 2024-07-09"
)
SAID_AGAIN = (
    "[1] has not changed. It is said again (2024-07-09): The society ordered the motor from a workshop in Lund."
)
IN_GERMAN = (
    "[1] wurde hierdurch ersetzt, seit 2024-05-02: The observatory society of Tarn will reopen the dome on Kestrel "
    "Hill in August."
)


def replied(base: KnowledgeBase, *turns: str, language: str = "en") -> Reply:
    """Return the reply to the last of several turns."""
    conversation = Conversation()
    for turn in turns:
        outcome = base.ask(turn, conversation)
        conversation = conversation.after(outcome)
    return reply_to(outcome, base, interface_for(language))


def test_reply_says_what_it_replaced_and_since_when_with_both_quotes(july: KnowledgeBase) -> None:
    assert as_plain_text(replied(july, "When will the dome reopen?")) == (
        "The observatory society of Tarn will reopen the dome on Kestrel Hill in August. [1]\n"
        "[1] stands as of 2024-05-02. Before, this was said (2024-03-01): The observatory society of Tarn will reopen "
        "the dome on Kestrel Hill in June. [2]\n"
        "\n"
        "[1] “The observatory society of Tarn will reopen the dome on Kestrel Hill in August” (¶3)\n"
        "[2] “The observatory society of Tarn will reopen the dome on Kestrel Hill in June” (¶2)\n"
        "Source of [1]: The Dome on Kestrel Hill, publisher not known, 2024-07-09\n"
        "Source of [2]: The Dome on Kestrel Hill, Observatory Society of Tarn, 2024-03-01"
    )


def test_earlier_version_is_shown_as_replaced_by_what_and_since_when(july: KnowledgeBase) -> None:
    assert as_plain_text(replied(july, "When will the dome reopen?", "and before?")) == (
        "Understood as: Before? (When will the dome reopen?)\n"
        "Before, this was said:\n"
        "The observatory society of Tarn will reopen the dome on Kestrel Hill in June. [1]\n"
        "[1] was replaced by this, as of 2024-05-02: The observatory society of Tarn will reopen the dome on Kestrel "
        "Hill in August. [2]\n"
        "\n"
        "[1] “The observatory society of Tarn will reopen the dome on Kestrel Hill in June” (¶2)\n"
        "[2] “The observatory society of Tarn will reopen the dome on Kestrel Hill in August” (¶3)\n"
        "Source of [1]: The Dome on Kestrel Hill, Observatory Society of Tarn, 2024-03-01\n"
        "Source of [2]: The Dome on Kestrel Hill, publisher not known, 2024-05-02"
    )


def test_documents_that_do_not_agree_are_both_shown_each_with_its_date(july: KnowledgeBase) -> None:
    assert as_plain_text(replied(july, "How many birches will be planted?")) == (
        "The society will plant 30 birches around the dome. [1]\n"
        "The observatory society will plant 45 birches around the dome. [2]\n"
        "The documents do not agree: [1] (2024-05-20), [2] (no date given). I do not judge which is right.\n"
        "\n"
        "[1] “The society will plant 30 birches around the dome” (¶1)\n"
        "[2] “The observatory society will plant 45 birches around the dome” (¶1)\n"
        "Source of [1]: Plans for Kestrel Hill, Tarn Gazette, 2024-05-20\n"
        "Source of [2]: Friends of Kestrel Hill, publisher not known, no date given"
    )


@pytest.mark.parametrize(
    ("turns", "notes"),
    [
        (("Who painted the stairs?",), [WITHDRAWN]),
        (("Where was the motor ordered?", "has that changed?"), [SAID_AGAIN]),
        (("What does the warden write down?",), []),
    ],
)
def test_notes_stand_behind_the_statements(july: KnowledgeBase, turns: tuple[str, ...], notes: list[str]) -> None:
    (section,) = replied(july, *turns).sections

    assert [note.text for note in section.notes] == notes


def test_speaker_of_what_was_said_before_is_named(july: KnowledgeBase) -> None:
    footnotes = replied(july, "What does the motor cost?").footnotes

    assert [(footnote.citation.document, footnote.speaker) for footnote in footnotes] == [
        ("dome-july", "Treasurer Odile Marsh"),
        ("gazette", ""),
        ("dome-may", "Treasurer Odile Marsh"),
    ]


def test_telegram_shows_the_notes_and_every_source_with_its_quote(july: KnowledgeBase) -> None:
    reply = replied(july, "When will the dome reopen?")

    (part,) = render(reply)

    assert part.text == (
        "The observatory society of Tarn will reopen the dome on Kestrel Hill in August. [1]\n"
        "[1] stands as of 2024-05-02. Before, this was said (2024-03-01): The observatory society of Tarn will reopen "
        "the dome on Kestrel Hill in June. [2]\n"
        "\n"
        "The Dome on Kestrel Hill, publisher not known, 2024-07-09\n"
        "[1] ¶3\n"
        "The observatory society of Tarn will reopen the dome on Kestrel Hill in August\n"
        "\n"
        "The Dome on Kestrel Hill, Observatory Society of Tarn, 2024-03-01\n"
        "[2] ¶2\n"
        "The observatory society of Tarn will reopen the dome on Kestrel Hill in June"
    )


def test_terminal_shows_the_notes(july: KnowledgeBase) -> None:
    lines = [line.body.plain for line in reply_lines(replied(july, "How many birches will be planted?"))]

    assert "The documents do not agree: [1] (2024-05-20), [2] (no date given). I do not judge which is right." in [
        line.strip() for line in lines
    ]


def test_notes_are_worded_in_the_language_of_the_reader(july: KnowledgeBase) -> None:
    (section,) = replied(july, "When will the dome reopen?", "and before?", language="de").sections

    assert (section.lead, section.notes[0].text) == ("Zuvor hieß es:", IN_GERMAN)


def test_programs_get_what_was_replaced(july: KnowledgeBase) -> None:
    made = as_object(july.ask("When will the dome reopen?"), july, 1.0)

    claim = "The observatory society of Tarn will reopen the dome on Kestrel Hill in {}."
    assert made["replaced"] == [
        {
            "earlier": {
                "id": "dome-reopens",
                "claim": claim.format("June"),
                "document": "dome-march",
                "published": "2024-03-01",
                "citations": [1],
            },
            "later": {
                "id": "dome-reopens-v3",
                "claim": claim.format("August"),
                "document": "dome-july",
                "published": "2024-07-09",
                "citations": [0],
            },
            "since": "2024-05-02",
            "changed": True,
        }
    ]
    assert [citation["document"] for citation in made["citations"]] == ["dome-july", "dome-march"]
    assert [(fact["id"], fact["citations"]) for fact in made["facts"]] == [("dome-reopens-v3", [0])]
    assert "disagreements" not in made


def test_programs_get_who_does_not_agree(july: KnowledgeBase) -> None:
    made = as_object(july.ask("How many birches will be planted?"), july, 1.0)

    assert [[(fact["id"], fact["published"]) for fact in pair] for pair in made["disagreements"]] == [
        [("gazette-birches", "2024-05-20"), ("leaflet-birches", None)]
    ]
    assert "replaced" not in made


def test_programs_get_what_stands_in_an_earlier_version_alone(july: KnowledgeBase) -> None:
    made = as_object(july.ask("Who painted the stairs?"), july, 1.0)

    assert made["withdrawn"] == [{"fact": "pupils-painted-stairs", "replaced_by": "dome-july"}]


def test_lists_of_facts_and_documents_hold_what_was_superseded(july: KnowledgeBase) -> None:
    facts = [line.body.plain for line in fact_list(july)]
    claim = "The new motor will cost 4000 marks, Treasurer Odile Marsh said."

    assert f"{claim} (superseded by motor-cost-v2)" in facts
    assert [line.body.plain for line in source_list(july)] == [
        "The Dome on Kestrel Hill, publisher not known, 2024-07-09  9 facts",
        "The Dome on Kestrel Hill, Observatory Society of Tarn, 2024-03-01  9 facts",
        "The Dome on Kestrel Hill, publisher not known, 2024-05-02  9 facts",
        "Plans for Kestrel Hill, Tarn Gazette, 2024-05-20  2 facts",
        "Friends of Kestrel Hill, publisher not known, no date given  1 fact",
    ]
