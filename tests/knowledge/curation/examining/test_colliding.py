"""Facts that no question reaches, and facts that cannot be told apart, are found by asking their own questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation.examining.colliding import Reached, collisions, largest_shares, own_questions, reached
from knowledge.outcomes import Fact

TESTS = Path(__file__).resolve().parents[3]
CASE = TESTS / "cases" / "asked" / "confused_and_unreachable"
TRAMWAY = TESTS / "facts" / "tramway"
FOUND = """\
fact "put-up-by-norre": hardly any question tells it from fact "raised-by-norre": 3 of its 4 own are answered with \
both; give each a dimension or slots that tell them apart, reword its phrasings, or make one fact of them
fact "bought-a-bell": none of its 3 own questions is answered with it; \
write phrasings as people ask for it, and a claim in the words of its quote
"""


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.load(CASE / "documents", CASE / "facts")


def records(base: KnowledgeBase) -> dict[str, tuple[str, str]]:
    return {fact.id: ("orsa.toml", f'fact "{fact.id}"') for fact in base.facts}


def test_fact_is_asked_by_its_phrasings_and_its_claim(base: KnowledgeBase) -> None:
    assert own_questions(base.facts[0]) == (
        "When was the tower built?",
        "How old is the tower?",
        "The tower at Cape Orsa was built in 1874.",
    )


def test_confused_and_unreachable_facts_are_told_with_the_mend(base: KnowledgeBase) -> None:
    reach = tuple(reached(base.ask, base.facts))

    told = sorted(collisions(reach, records(base)), key=lambda found: found.rule)
    assert [str(found.rule) for found in told] == ["confused", "unreachable"]
    assert "".join(f"{found}\n" for found in told).replace("orsa.toml: ", "") == FOUND


def test_fact_whose_questions_another_takes_is_told_with_one_of_them(base: KnowledgeBase) -> None:
    one, other = base.facts[1:3]
    reach = (Reached(one, 10, 8, {other.id: ("Who raised it?", "Who built it?")}, {}), Reached(other, 10, 10, {}, {}))

    (found,) = collisions(reach, records(base))
    assert found.message == (
        '2 of its 10 own questions are answered with fact "put-up-by-norre" instead, such as "Who raised it?"'
    )


@pytest.mark.parametrize("lost", [("Who raised it?",), ()])
def test_single_question_that_is_lost_tells_nothing(lost: tuple[str, ...], base: KnowledgeBase) -> None:
    one, other = base.facts[1:3]
    reach = (Reached(one, 3, 2, {other.id: lost}, {other.id: 1}), Reached(other, 3, 3, {}, {one.id: 3}))

    assert list(collisions(reach, records(base))) == []


def test_facts_of_the_second_base_are_far_from_being_confused() -> None:
    tramway = KnowledgeBase.load(TRAMWAY / "documents", TRAMWAY / "facts")
    few: list[Fact] = list(tramway.facts[:12])

    taken, together = largest_shares(tuple(reached(tramway.ask, few)))
    assert taken < 0.1
    assert together < 0.1
