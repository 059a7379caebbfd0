"""A list holds all facts that share what was asked for, each once, in the order of the documents."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.listing import LONGEST_LIST, compared, listed
from knowledge.outcomes import Answer
from tests.knowledge.conftest import Chat, only_question, shown

OF_HAMAS = [
    "hamas-demands-950-prisoners",
    "hamas-150-life-sentences",
    "hamas-wants-to-select-names",
    "names-above-all-life-sentences",
    "hamas-requests-withdrawal-from-south",
    "hamas-requests-return-to-north",
    "hamas-demands-permanent-ceasefire",
]
OF_ISRAEL = ["israel-demands-list-of-living", "israel-demands-deportation"]


def list_of(base: KnowledgeBase, question: str) -> list[str]:
    read = only_question(base.scales.reader, question)
    return [weighed.fact.id for weighed in listed(read, base.scales.weigh(read), base.scales)]


def side_by_side(base: KnowledgeBase, question: str) -> list[str]:
    read = only_question(base.scales.reader, question)
    return [weighed.fact.id for weighed in compared(read, base.scales.weigh(read), base.scales)]


@pytest.mark.parametrize(
    "question",
    [
        "what did Hamas demand?",
        "What did Hamas request?",
        "What did Hamas demand from Israel?",
        "What were the demands of Hamas?",
        "What were Hamas's demands?",
        "List all demands of Hamas",
        "Which demands were made by Hamas?",
        "What demands did Hamas make?",
        "what are hamas demands",
    ],
)
def test_all_demands_of_hamas_are_listed_once_in_order(chat: Chat, question: str) -> None:
    outcome = chat.asks(question)

    assert isinstance(outcome, Answer)
    assert (shown(outcome), outcome.listed) == (OF_HAMAS, True)


@pytest.mark.parametrize(
    "question",
    [
        "what did Israel demand?",
        "What did the Israeli side demand?",
        "What did Israel demand from Hamas?",
        "What were Israel's demands?",
        "List the demands of Israel",
        "Which demands were made by Israel?",
        "What demands did Israel make?",
        "what are israels demands",
    ],
)
def test_both_demands_of_israel_are_listed_once_in_order(chat: Chat, question: str) -> None:
    outcome = chat.asks(question)

    assert isinstance(outcome, Answer)
    assert (shown(outcome), outcome.listed) == (OF_ISRAEL, True)


@pytest.mark.parametrize(
    "question",
    [
        "Did Hamas demand anything?",
        "How many prisoners did Hamas demand?",
        "When did Hamas demand it?",
        "What did Hamas demand about lighthouses?",
        "What did Iran demand?",
        "What did Hamas and Iran demand?",
        "Who leads the Israeli team?",
    ],
)
def test_question_that_asks_for_something_narrower_is_no_list(base: KnowledgeBase, question: str) -> None:
    assert list_of(base, question) == []


def test_list_of_one_is_no_list(harbour: KnowledgeBase) -> None:
    assert list_of(harbour, "What did the dock workers demand?") == []


@pytest.mark.parametrize(
    "question", ["List everything", "What is said?", "name all", "hamas", "list all facts about Israel"]
)
def test_list_is_never_longer_than_the_longest(base: KnowledgeBase, question: str) -> None:
    assert len(list_of(base, question)) <= LONGEST_LIST


@pytest.mark.parametrize("question", ["What did Hamas demand?", "What did Israel demand?", "List the demands of Hamas"])
def test_listed_facts_stand_in_the_order_of_the_document(chat: Chat, question: str) -> None:
    outcome = chat.asks(question)

    assert isinstance(outcome, Answer)
    places = [cited.fact.number for cited in outcome.facts]
    assert places == sorted(set(places))


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
