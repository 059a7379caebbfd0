"""What was asked in vain becomes gaps: counted, told apart by what has become of them, without personal data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.curation import Asking, Gaps, State, Wording, gaps_of, hear
from knowledge.message.dialogue import Conversation

AGE = "How old is the ferry?"
STRIKE = "When does the strike start?"
MET = "Where did the two sides meet?"
WAGE = "What is the wage of a dock worker?"

MESSAGES = st.sampled_from(
    [AGE, "what is the age of the ferry", STRIKE, MET, WAGE, "hello", "?", "call +44 20 7946 0958"]
)
ASKINGS = st.builds(
    Asking,
    MESSAGES,
    declined=st.just("not_stated"),
    ratings=st.sampled_from([(), ("wrong",)]),
    person=st.integers(0, 3),
    on=st.sampled_from(["2024-03-19", "2024-03-20"]),
)


def gathered(askings: Sequence[Asking], base: KnowledgeBase) -> Gaps:
    return gaps_of((one for parts in hear(askings, base) for one in parts), base)


def declined(message: str, person: int = 0, on: str = "2024-03-19") -> Asking:
    return Asking(message, declined="not_stated", person=person, on=on)


def test_gap_tells_how_often_by_how_many_and_when_it_was_asked_for(harbour: KnowledgeBase) -> None:
    asked = [
        declined(AGE),
        declined(AGE),
        declined("what is the age of the ferry", 1, "2024-03-20"),
        declined(STRIKE, 2),
    ]

    first, second = gathered(asked, harbour).found

    assert (first.times, first.people, first.last, first.reasons) == (3, 2, "2024-03-20", {"not_stated": 3})
    assert first.wordings == (
        Wording(AGE, AGE, 2, AGE),
        Wording("what is the age of the ferry", "What is the age of the ferry?", 1, "what is the age of the ferry"),
    )
    assert (second.times, second.people, second.wordings[0].text) == (1, 1, STRIKE)


def test_gap_tells_what_is_near_it(harbour: KnowledgeBase) -> None:
    (gap,) = gathered([declined(AGE)], harbour).found

    assert [fact.id for fact, _ in gap.facts][:2] == ["weather-blamed", "crossings-cancelled"]
    assert [share for _, share in gap.facts] == sorted((share for _, share in gap.facts), reverse=True)
    assert gap.unsaid is not None
    assert gap.unsaid[0].about == "what dock workers earn now"
    assert gap.sentence is not None
    assert gap.sentence.facts == ("crossings-cancelled",)


def test_question_that_is_answered_by_now_is_settled(harbour: KnowledgeBase) -> None:
    assert [gap.state for gap in gathered([declined(MET)], harbour).found] == [State.ANSWERED]


def test_question_that_is_known_to_be_unsaid_is_settled(harbour: KnowledgeBase) -> None:
    assert [gap.state for gap in gathered([declined(WAGE)], harbour).found] == [State.UNSAID]


def test_answer_that_was_thumbed_down_is_open_as_long_as_it_is_answered(harbour: KnowledgeBase) -> None:
    (gap,) = gathered([Asking(MET, ratings=("wrong",))], harbour).found

    assert (gap.state, gap.reasons, gap.people) == (State.OPEN, {"wrong": 1}, None)


def test_answer_that_was_thumbed_down_and_is_known_to_be_unsaid_now_is_settled(harbour: KnowledgeBase) -> None:
    assert [gap.state for gap in gathered([Asking(WAGE, ratings=("wrong",))], harbour).found] == [State.UNSAID]


def test_gap_is_open_as_long_as_any_of_it_is(harbour: KnowledgeBase) -> None:
    (gap,) = gathered([declined(MET), replace(declined(MET), declined="", ratings=("unclear",))], harbour).found

    assert (gap.state, gap.states) == (State.OPEN, {State.ANSWERED: 1, State.OPEN: 1})


def test_of_a_message_with_several_questions_those_that_are_answered_do_not_count(harbour: KnowledgeBase) -> None:
    (gap,) = gathered([declined(f"{MET} {AGE}")], harbour).found

    assert [wording.text for wording in gap.wordings] == [AGE]


def test_greeting_is_no_gap(harbour: KnowledgeBase) -> None:
    assert gathered([declined("hello"), declined("thanks!")], harbour) == Gaps(())


def test_follow_up_is_written_as_it_is_understood(harbour: KnowledgeBase) -> None:
    asked = harbour.ask("How many crossings did the ferry company cancel?")
    before = Conversation().after(asked)

    (gap,) = gathered([replace(declined("and the harbour company?"), before=before)], harbour).found

    assert gap.wordings == (
        Wording(
            "and the harbour company?",
            "How many crossings did the harbour company cancel?",
            1,
            "How many crossings did the harbour company cancel?",
        ),
    )


def test_personal_data_is_neither_shown_nor_written(harbour: KnowledgeBase) -> None:
    (gap,) = gathered([declined("How old is the ferry? Mail a.b@example.org or +44 20 7946 0958")], harbour).found

    assert "example" not in repr(replace(gap, askings=()))
    assert "7946" not in repr(replace(gap, askings=()))
    assert gap.usable == ()


@given(askings=st.lists(ASKINGS, max_size=12))
def test_no_asking_is_lost_or_counted_twice(askings: list[Asking], harbour: KnowledgeBase) -> None:
    found = gathered(askings, harbour).found
    asking_something = [asking for asking in askings if asking.message != "hello"]

    assert sum(gap.times for gap in found) == len(asking_something)
    assert all(gap.times == sum(wording.times for wording in gap.wordings) for gap in found)
    assert all(gap.times == sum(gap.states.values()) for gap in found)
    assert [gap.times for gap in found] == sorted((gap.times for gap in found), reverse=True)


@given(
    askings=st.permutations(
        [declined(AGE), declined("what is the age of the ferry", 1), declined(STRIKE), declined(MET), declined(WAGE)]
    )
)
def test_order_of_the_askings_does_not_matter(askings: list[Asking], harbour: KnowledgeBase) -> None:
    found = [replace(gap, askings=(), states={}, reasons={}) for gap in gathered(askings, harbour).found]
    sorted_found = [
        replace(gap, askings=(), states={}, reasons={})
        for gap in gathered(sorted(askings, key=lambda asking: asking.message), harbour).found
    ]

    assert found == sorted_found
