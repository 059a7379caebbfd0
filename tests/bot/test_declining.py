"""The four ways of saying nothing: each says why, in few and friendly words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.replies import Section, reply_to
from knowledge import Abstention, Fact, KnowledgeBase, Reason
from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS
from knowledge.proof.loading import read_base

LONGEST_REPLY = 200
"""Characters, related facts not counted."""

GAPS = read_base(SHIPPED_DOCUMENTS, SHIPPED_FACTS).unsaid

ASKED = {
    Reason.NOT_STATED: "How many dock workers are there?",
    Reason.OUT_OF_SCOPE: "Can you give me a recipe for lentil soup?",
    Reason.NO_OPINION: "Should I support the dock workers?",
    Reason.NOT_UNDERSTOOD: "???",
}
"""For each reason a message that the harbour declines for it."""

UNFRIENDLY = ("error", "invalid", "wrong", "fail", "must", "cannot", "illegal", "!")


def declined(reason: Reason, base: KnowledgeBase, nearest: tuple[Fact, ...] = (), about: str = "") -> Section:
    """Return the one section of the reply to a question that is not answered."""
    outcome = Abstention(question="q", read_as="q", reason=reason, nearest=nearest, about=about)
    (section,) = reply_to(outcome, base).sections
    return section


@pytest.mark.parametrize("reason", Reason)
def test_question_is_declined_for_each_reason(reason: Reason, base: KnowledgeBase) -> None:
    outcome = base.ask(ASKED[reason])

    assert isinstance(outcome, Abstention)
    assert outcome.reason is reason


def test_each_reason_has_words_of_its_own(base: KnowledgeBase) -> None:
    assert len({declined(reason, base).lead for reason in Reason}) == len(Reason) == 4


@pytest.mark.parametrize("reason", Reason)
def test_reply_is_short_and_friendly(reason: Reason, base: KnowledgeBase) -> None:
    lead = declined(reason, base).lead

    assert 20 < len(lead) < LONGEST_REPLY
    assert [word for word in UNFRIENDLY if word in lead.lower()] == []
    assert lead.endswith(".")


def test_reply_is_short_whatever_is_not_stated(base: KnowledgeBase) -> None:
    leads = [declined(Reason.NOT_STATED, base, about=gap.about).lead for gap in GAPS]

    assert GAPS
    assert [lead for lead in leads if len(lead) >= LONGEST_REPLY] == []


@pytest.mark.parametrize("reason", Reason)
def test_nearest_facts_stand_only_beside_what_the_documents_might_have_said(
    reason: Reason, base: KnowledgeBase, facts: Mapping[str, Fact]
) -> None:
    section = declined(reason, base, nearest=(facts["met-in-brena"],))
    expected = ["met-in-brena"] if reason is Reason.NOT_STATED else []

    assert [suggestion.fact for suggestion in section.suggestions] == expected
    assert bool(section.remark) is bool(expected)


def test_nearest_facts_are_not_announced_where_there_are_none(base: KnowledgeBase) -> None:
    section = declined(Reason.NOT_STATED, base)

    assert (section.remark, section.suggestions) == ("", ())


@pytest.mark.parametrize("reason", Reason)
def test_nothing_is_stated_or_cited_where_nothing_is_answered(
    reason: Reason, base: KnowledgeBase, facts: Mapping[str, Fact]
) -> None:
    outcome = Abstention(question="q", read_as="q", reason=reason, nearest=(facts["met-in-brena"],))
    reply = reply_to(outcome, base)

    assert reply.footnotes == ()
    assert reply.sections[0].statements == ()
