"""Facts lead to others by their frames: a demand to its reply, a statement to its counterpart."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.message.linking import counterpart, people, replies, shown_before
from knowledge.outcomes import Fact


def facts(base: KnowledgeBase, *ids: str) -> tuple[Fact, ...]:
    return shown_before(ids, base.facts)


@pytest.mark.parametrize(
    ("asked", "reply"),
    [
        ("hamas-wants-to-select-names", ["tel-aviv-rejected-name-selection"]),
        ("israel-demands-deportation", ["hamas-refused-israeli-demands"]),
        ("tel-aviv-rejected-name-selection", ["tel-aviv-rejected-name-selection"]),
        ("hamas-demands-950-prisoners", []),
    ],
)
def test_reply_is_given_by_the_one_who_was_asked_on_a_theme_of_the_demand(
    base: KnowledgeBase, asked: str, reply: list[str]
) -> None:
    assert [fact.id for fact in replies(facts(base, asked), base.facts)] == reply


def test_counterpart_has_another_value_of_the_dimension(base: KnowledgeBase) -> None:
    told = facts(base, "hamas-150-life-sentences")

    assert counterpart(told, base.facts, frozenset(("plan",))) == base.fact("us-plan-15-life-sentences")


def test_fact_like_no_other_has_no_counterpart(base: KnowledgeBase) -> None:
    assert counterpart(facts(base, "over-31000-palestinians-killed"), base.facts) is None
    assert counterpart((), base.facts) is None


def test_people_are_those_who_act_and_not_the_sides(base: KnowledgeBase) -> None:
    told = facts(base, "barnea-leads-israeli-team", "met-monday-in-doha")

    assert people(told, base.names) == ("barnea",)
