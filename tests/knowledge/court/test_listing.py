"""A list holds all facts that share what was asked for, each once, in the order of the documents."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.court.listing import LONGEST_LIST, listed
from knowledge.message.reading import Form
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


OF_THE_PLAN = [
    "us-presented-framework",
    "us-plan-400-palestinians",
    "us-plan-15-life-sentences",
    "us-plan-40-israelis",
]


def list_of(base: KnowledgeBase, question: str) -> list[str]:
    read = only_question(base.scales.reader, question)
    return [weighed.fact.id for weighed in listed(read, base.scales.weigh(read), base.scales)]


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


def test_the_one_fact_that_agrees_with_every_word_is_the_whole_list(base: KnowledgeBase) -> None:
    assert list_of(base, "What has Israel turned down so far?") == ["tel-aviv-rejected-name-selection"]


DISPUTES = [
    "disagreements-persist",
    "largest-gap",
    "hamas-requests-withdrawal-from-south",
    "hamas-requests-return-to-north",
    "hamas-demands-permanent-ceasefire",
]


@pytest.mark.parametrize(
    "question",
    ["What are the obstacles?", "List the points where the talks are stuck", "What is blocking an agreement?"],
)
def test_what_keeps_the_sides_apart_is_what_the_document_calls_so(base: KnowledgeBase, question: str) -> None:
    assert list_of(base, question) == DISPUTES


@pytest.mark.parametrize(
    ("question", "listed_facts"),
    [
        ("Which two people are named?", ["barnea-leads-israeli-team", "al-thani-leads-mediators"]),
        ("Spell out the terms of the US proposal", OF_THE_PLAN),
        (
            "every prisoner figure",
            [*OF_THE_PLAN[1:], "hamas-demands-950-prisoners", "hamas-150-life-sentences"],
        ),
    ],
)
def test_noun_of_a_kind_of_answer_says_what_every_fact_must_hold(
    base: KnowledgeBase, question: str, listed_facts: list[str]
) -> None:
    assert list_of(base, question) == listed_facts


def test_where_no_date_is_given_days_are_listed(base: KnowledgeBase) -> None:
    facts = {fact.id: fact for fact in base.facts}

    found = list_of(base, "What dates are mentioned?")

    assert found
    assert all({"weekday", "relative-time", "since", "day-part"} & facts[each].slots.keys() for each in found)


def test_captives_that_are_not_named_are_no_list(base: KnowledgeBase) -> None:
    assert list_of(base, "Name the hostages who are alive") == []


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


@pytest.mark.parametrize(
    "question",
    [
        "What was in the US framework?",
        "What does the US proposal include?",
        "What were the contents of the US proposal?",
    ],
)
def test_contents_of_a_plan_are_the_facts_of_that_plan(chat: Chat, question: str) -> None:
    assert shown(chat.asks(question)) == OF_THE_PLAN


@pytest.mark.parametrize(
    ("question", "listed_facts"),
    [
        ("List all persons mentioned by name", ["barnea-leads-israeli-team", "al-thani-leads-mediators"]),
        ("Which cities are mentioned?", ["airstrikes-rafah-central-gaza", "met-monday-in-doha"]),
        ("List all refusals", ["tel-aviv-rejected-name-selection", "hamas-refused-israeli-demands"]),
        ("What did both sides refuse?", ["tel-aviv-rejected-name-selection", "hamas-refused-israeli-demands"]),
    ],
)
def test_kind_of_answer_or_act_alone_makes_a_list(base: KnowledgeBase, question: str, listed_facts: list[str]) -> None:
    assert list_of(base, question) == listed_facts


@pytest.mark.parametrize("question", ["Which demands were turned down?", "Which demands were rejected by either side?"])
def test_what_something_was_done_to_is_listed_by_what_was_done(chat: Chat, question: str) -> None:
    assert shown(chat.asks(question)) == ["tel-aviv-rejected-name-selection", "hamas-refused-israeli-demands"]


def test_topic_narrows_a_list_of_demands(base: KnowledgeBase) -> None:
    assert list_of(base, "List all requests from Hamas about prisoners") == OF_HAMAS[:4]


def test_position_of_a_side_is_what_it_wants_and_rejects(base: KnowledgeBase) -> None:
    position = list_of(base, "What is Israel's position?")

    assert {*OF_ISRAEL, "tel-aviv-rejected-name-selection"} <= set(position)
    assert not set(OF_HAMAS) & set(position)


def test_one_who_wants_demands_too(base: KnowledgeBase) -> None:
    assert list_of(base, "What does Hamas want?") == OF_HAMAS


@pytest.mark.parametrize(
    "question",
    [
        "Which request did Israel reject?",
        "Are both sides ready to give something up?",
        "List all demands about lighthouses",
        "What will Israel do if Hamas says no?",
    ],
)
def test_singular_noun_yes_or_no_condition_or_foreign_topic_makes_no_list(base: KnowledgeBase, question: str) -> None:
    assert list_of(base, question) == []


@pytest.mark.parametrize("question", ["who is telling us all of this", "who disagrees above all"])
def test_all_of_this_and_above_all_ask_for_no_list(base: KnowledgeBase, question: str) -> None:
    assert only_question(base.scales.reader, question).form is not Form.LIST


@pytest.mark.parametrize(
    "question",
    [
        "All demands of Hamas, including those about the army",
        "I want a bullet list of all that Hamas demands, leave nothing out",
        "Every demand of Hamas, one per line",
    ],
)
def test_shape_and_examples_do_not_narrow_a_list(base: KnowledgeBase, question: str) -> None:
    assert list_of(base, question) == OF_HAMAS


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What does the 3,800 refer to?", "residents-collected-3800-signatures"),
        ("What is 60?", "town-wants-60-drivers-kept"),
    ],
)
def test_number_alone_is_told_by_the_facts_that_state_it(tramway: KnowledgeBase, question: str, fact: str) -> None:
    assert list_of(tramway, question) == [fact]


def test_one_who_is_asked_to_take_part_is_told_by_the_facts_that_name_them(base: KnowledgeBase) -> None:
    involved = list_of(base, "Is Qatar involved?")

    assert "mediators-us-egypt-qatar" in involved
    assert list_of(base, "Is Turkey involved?") == []


def test_names_that_something_is_said_about_are_a_topic(base: KnowledgeBase) -> None:
    said = list_of(base, "What did each camp say about names?")

    assert {"hamas-wants-to-select-names", "israel-demands-list-of-living"} <= set(said)
    assert "barnea-leads-israeli-team" not in said
