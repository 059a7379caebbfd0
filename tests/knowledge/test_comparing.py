"""A comparison sets one fact of each side beside the other, and nothing where nothing is compared."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.comparing import compared
from knowledge.outcomes import Answer
from tests.knowledge.conftest import Chat, only_question, shown


def side_by_side(base: KnowledgeBase, question: str) -> list[str]:
    read = only_question(base.scales.reader, question)
    return [weighed.fact.id for weighed in compared(read, base.scales.weigh(read), base.scales)]


def test_two_plans_are_set_side_by_side(chat: Chat) -> None:
    outcome = chat.asks(
        "What is the difference between the US proposal and Hamas's response in the number of Palestinian prisoners?"
    )

    assert isinstance(outcome, Answer)
    assert shown(outcome) == ["us-plan-400-palestinians", "hamas-demands-950-prisoners"]


@pytest.mark.parametrize(
    "question",
    [
        "Compare the number of Palestinian prisoners in the US proposal and in Hamas's response",
        "How many Palestinian prisoners in the US proposal compared with Hamas's response?",
    ],
)
def test_comparison_names_one_fact_of_each_plan(base: KnowledgeBase, question: str) -> None:
    facts = {fact.id: fact for fact in base.facts}

    assert [facts[found].dimensions["plan"] for found in side_by_side(base, question)] == [
        "us-proposal",
        "hamas-response",
    ]


@pytest.mark.parametrize("question", ["What did Hamas demand?", "Compare lighthouses with xylophones"])
def test_question_that_sets_nothing_side_by_side_compares_nothing(base: KnowledgeBase, question: str) -> None:
    assert side_by_side(base, question) == []


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "south of the Strip versus north of the Strip, what is being asked for each",
            ["hamas-requests-withdrawal-from-south", "hamas-requests-return-to-north"],
        ),
        (
            "How does the number of inmates Hamas wants compare with what the Americans put forward?",
            ["us-plan-400-palestinians", "hamas-demands-950-prisoners"],
        ),
    ],
)
def test_each_side_is_asked_about_without_the_words_of_the_other(
    base: KnowledgeBase, question: str, pair: list[str]
) -> None:
    assert side_by_side(base, question) == pair


def test_comparison_with_somebody_nobody_speaks_of_is_none(base: KnowledgeBase) -> None:
    assert side_by_side(base, "Compare the demands of Hamas with those of Iran") == []
