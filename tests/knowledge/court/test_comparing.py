"""A comparison sets one fact of each side beside the other, and nothing where nothing is compared."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.court.comparing import compared
from knowledge.outcomes import Answer
from tests.knowledge.conftest import Chat, only_question, shown


def side_by_side(base: KnowledgeBase, question: str) -> list[str]:
    read = only_question(base.scales.reader, question)
    return [weighed.fact.id for weighed in compared(read, base.scales.weigh(read), base.scales).facts]


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
        (
            "How many lifers, in the US plan and in Hamas's reply, compared?",
            ["us-plan-15-life-sentences", "hamas-150-life-sentences"],
        ),
    ],
)
def test_each_side_is_asked_about_without_the_words_of_the_other(
    base: KnowledgeBase, question: str, pair: list[str]
) -> None:
    assert side_by_side(base, question) == pair


def test_comparison_with_somebody_nobody_speaks_of_is_none(base: KnowledgeBase) -> None:
    assert side_by_side(base, "Compare the demands of Hamas with those of Iran") == []


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "Which figure is bigger, the one for prisoners in the US plan or in the Hamas response?",
            ["us-plan-400-palestinians", "hamas-demands-950-prisoners"],
        ),
        (
            "Did Hamas ask for more prisoners than the framework offered?",
            ["us-plan-400-palestinians", "hamas-demands-950-prisoners"],
        ),
        ("Compare the US plan and the Hamas response", ["us-plan-400-palestinians", "hamas-demands-950-prisoners"]),
        ("Compare what Israel and Hamas reject", ["tel-aviv-rejected-name-selection", "hamas-refused-israeli-demands"]),
    ],
)
def test_both_facts_of_a_comparison_hold_the_kind_of_answer_that_is_compared(
    base: KnowledgeBase, question: str, pair: list[str]
) -> None:
    assert side_by_side(base, question) == pair


def test_half_of_a_comparison_is_told_with_the_name_of_the_other(chat: Chat) -> None:
    outcome = chat.asks("What does Hamas say about deportation versus the United States?")

    assert isinstance(outcome, Answer)
    assert (shown(outcome), outcome.missing) == (["hamas-refused-israeli-demands"], "the United States")


def test_half_is_not_called_missing_when_a_fact_of_it_speaks_of_the_topic(base: KnowledgeBase) -> None:
    read = only_question(base.scales.reader, "Does Hamas want more prisoners than Israel?")

    assert not compared(read, base.scales.weigh(read), base.scales).missing


def test_what_is_said_to_be_longer_is_compared_in_time_only(base: KnowledgeBase) -> None:
    assert side_by_side(base, "Is the truce that Hamas wants longer than the one the US offers?") == []


@pytest.mark.parametrize(
    ("question", "pair"),
    [
        (
            "Which came first, the town's offer or the company's answer?",
            ["town-offer-published-wednesday", "company-answered-thursday"],
        ),
        (
            "By how much does the company's payment exceed the town's?",
            ["town-offers-4-2-million", "company-needs-5-6-million"],
        ),
    ],
)
def test_days_and_amounts_are_compared_by_what_is_said_of_each(
    tramway: KnowledgeBase, question: str, pair: list[str]
) -> None:
    assert side_by_side(tramway, question) == pair


def test_each_half_keeps_the_noun_that_its_name_belongs_to(base: KnowledgeBase) -> None:
    question = "Contrast the tone of the insider at the first session with the tone of the senior Israeli official"

    assert side_by_side(base, question) == ["opening-session-positive", "long-difficult-complex-process"]


def test_bare_wish_to_compare_behind_two_questions_asks_nothing_more(chat: Chat) -> None:
    outcome = chat.asks("Who leads the Israeli team? Who leads the mediators? I want the two side by side.")

    assert shown(outcome) == ["barnea-leads-israeli-team", "al-thani-leads-mediators"]
