"""What the bot says: claims with their speakers, numbered quotes, and why it says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.interface import interface_for
from bot.replies import as_plain_text, example_questions, reply_to, statement_of
from knowledge import (
    Abstention,
    Answer,
    CitedFact,
    Clarification,
    Correction,
    Fact,
    KnowledgeBase,
    Outcome,
    Reason,
    facts_of,
)

Facts = Mapping[str, Fact]


def cited(fact: Fact) -> CitedFact:
    citations = (fact.citation,) if fact.attribution is None else (fact.citation, fact.attribution)
    return CitedFact(fact, 0.9, citations)


def text_of(outcome: Outcome, base: KnowledgeBase) -> str:
    return as_plain_text(reply_to(outcome, base))


def test_answer_is_the_claim_with_its_quote_and_its_source(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Answer(question="who met?", read_as="Who met?", facts=(cited(facts["met-in-brena"]),))

    assert text_of(outcome, base) == (
        "The two sides met in Brena on Tuesday. [1]\n"
        "\n"
        "[1] “The two sides met in Brena on Tuesday.” (¶2)\n"
        "Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
    )


def test_unknown_publisher_and_date_are_said_to_be_unknown(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Answer(question="crossings?", read_as="Crossings?", facts=(cited(facts["crossings-cancelled"]),))

    assert text_of(outcome, base) == (
        "The ferry company cancelled 12 crossings on Friday. [1]\n"
        "\n"
        "[1] “The ferry company cancelled 12 crossings on Friday.” (¶1)\n"
        "Source: Notice of the ferry company (title given by us), publisher not known, no date given"
    )


def test_speaker_stands_before_the_claim_and_behind_the_quote(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Answer(question="pay?", read_as="Pay?", facts=(cited(facts["pay-rise-demanded"]),))

    assert text_of(outcome, base) == (
        "According to the Alba Courier: Dock workers in Port Alba demanded a pay rise of 7 percent. [1][2]\n"
        "\n"
        "[1] “Dock workers in Port Alba demanded a pay rise of 7 percent on Monday” (the Alba Courier, ¶1)\n"
        "[2] “according to the Alba Courier” (¶1)\n"
        "Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
    )


def test_speaker_whom_the_claim_lets_speak_is_not_named_twice(base: KnowledgeBase, facts: Facts) -> None:
    assert statement_of(facts["ready-to-talk"], base) == (
        "Union leader Mara Venn said that the workers are ready to talk."
    )


def test_speaker_whom_the_claim_only_lets_act_is_named_as_speaker_too(base: KnowledgeBase, facts: Facts) -> None:
    fact = facts["demand-rejected"]
    spoken = Fact(**{name: getattr(fact, name) for name in Fact.__slots__} | {"speakers": ("harbour-company",)})

    assert statement_of(spoken, base) == (
        "According to the harbour company: The harbour company rejected the demand of the dock workers."
    )


def test_draft_says_that_nobody_has_reviewed_it_wherever_it_is_shown(base: KnowledgeBase, facts: Facts) -> None:
    draft = replace(facts["demand-rejected"], draft=True, speakers=("harbour-company",))
    answer = Answer(question="q", read_as="q", facts=(CitedFact(draft, 0.9, (draft.citation,)),))
    related = Abstention(question="q", read_as="q", reason=Reason.NOT_STATED, nearest=(draft,))

    told = (
        "Draft, reviewed by nobody: According to the harbour company: "
        "The harbour company rejected the demand of the dock workers."
    )
    assert reply_to(answer, base).sections[0].statements[0].text == told
    assert reply_to(related, base).sections[0].suggestions[0].text == told
    for code in ("ar", "de", "es", "fr", "he", "ru"):
        assert "Draft" not in statement_of(draft, base, interface_for(code))


def test_two_speakers_are_both_named(base: KnowledgeBase, facts: Facts) -> None:
    fact = facts["met-in-brena"]
    speakers = ("mara-venn", "alba-courier")
    spoken = Fact(**{name: getattr(fact, name) for name in Fact.__slots__} | {"speakers": speakers})

    assert statement_of(spoken, base) == (
        "According to Mara Venn and the Alba Courier: The two sides met in Brena on Tuesday."
    )


def test_quote_that_carries_two_facts_is_one_footnote(base: KnowledgeBase, facts: Facts) -> None:
    met, rejected = facts["met-in-brena"], facts["demand-rejected"]
    both = (CitedFact(met, 0.9, (met.citation,)), CitedFact(rejected, 0.8, (rejected.citation, met.citation)))

    reply = reply_to(Answer(question="q", read_as="q", facts=both), base)

    assert [statement.footnotes for statement in reply.sections[0].statements] == [(1,), (1, 2)]
    assert [footnote.citation for footnote in reply.footnotes] == [met.citation, rejected.citation]


def test_footnotes_of_two_documents_name_their_sources_by_number(base: KnowledgeBase, facts: Facts) -> None:
    shown = tuple(cited(facts[name]) for name in ("met-in-brena", "crossings-cancelled", "demand-rejected"))

    assert text_of(Answer(question="q", read_as="q", facts=shown), base).endswith(
        "[1] “The two sides met in Brena on Tuesday.” (¶2)\n"
        "[2] “The ferry company cancelled 12 crossings on Friday.” (¶1)\n"
        "[3] “The harbour company rejected this demand.” (¶1)\n"
        "Source of [1][3]: Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "Source of [2]: Notice of the ferry company (title given by us), publisher not known, no date given"
    )


def test_list_says_that_it_is_complete(base: KnowledgeBase, facts: Facts) -> None:
    shown = (cited(facts["met-in-brena"]), cited(facts["demand-rejected"]))
    outcome = Answer(question="q", read_as="q", facts=shown, listed=True)

    assert reply_to(outcome, base).sections[0].remark == "That is all I have on this: 2 facts."


def test_facts_that_are_compared_are_said_to_stand_side_by_side(base: KnowledgeBase, facts: Facts) -> None:
    shown = (cited(facts["met-in-brena"]), cited(facts["demand-rejected"]))
    outcome = Answer(question="q", read_as="q", facts=shown, compared=True)

    assert text_of(outcome, base).startswith("Set side by side:\n")


def test_half_of_a_comparison_that_is_not_told_is_named(base: KnowledgeBase, facts: Facts) -> None:
    shown = (cited(facts["met-in-brena"]), cited(facts["demand-rejected"]))
    outcome = Answer(question="q", read_as="q", facts=shown[:1], compared=True, missing="the mayor")

    text = text_of(outcome, base)
    assert "On the other half of your comparison, the mayor, the document" in text
    assert "side by side" not in text


def test_correction_opens_with_the_word_that_the_documents_state_otherwise(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Correction(question="q", read_as="q", facts=(cited(facts["demand-rejected"]),), supposed="accept")

    assert text_of(outcome, base) == (
        "The documents state otherwise than your question supposes (“accept”):\n"
        "The harbour company rejected the demand of the dock workers. [1]\n"
        "\n"
        "[1] “The harbour company rejected this demand.” (¶1)\n"
        "Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
    )


def test_clarification_offers_the_questions_that_its_facts_answer(base: KnowledgeBase, facts: Facts) -> None:
    options = (facts["demand-rejected"], facts["met-in-brena"])
    outcome = Clarification(question="q", read_as="q", options=options)

    assert text_of(outcome, base) == (
        "This can be read in more than one way. Which do you mean?\n"
        "  1. What did the harbour company reject?\n"
        "  2. Where did the two sides meet?"
    )
    assert [suggestion.fact for suggestion in reply_to(outcome, base).suggestions] == [
        "demand-rejected",
        "met-in-brena",
    ]


def test_clarification_with_one_choice_asks_whether_it_is_meant(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Clarification(question="q", read_as="q", options=(facts["met-in-brena"],))

    assert text_of(outcome, base) == "Do you mean this?\n  1. Where did the two sides meet?"


@pytest.mark.parametrize(
    ("reason", "about", "expected"),
    [
        (Reason.NOT_STATED, "", "The documents do not state this."),
        (Reason.NOT_STATED, "what dock workers earn", "The documents do not state this: what dock workers earn."),
        (Reason.OUT_OF_SCOPE, "", "This is not about the documents that I answer from."),
        (Reason.NO_OPINION, "", "I have no opinion and make no forecast; I only tell what the documents say."),
        (
            Reason.NOT_UNDERSTOOD,
            "",
            "I did not understand this. Please ask one short question about the documents.",
        ),
    ],
)
def test_abstention_says_why(reason: Reason, about: str, expected: str, base: KnowledgeBase) -> None:
    assert text_of(Abstention(question="q", read_as="q", reason=reason, about=about), base) == expected


def test_related_facts_are_marked_as_no_answer(base: KnowledgeBase, facts: Facts) -> None:
    nearest = (facts["pay-rise-demanded"], facts["met-in-brena"])
    outcome = Abstention(question="q", read_as="q", reason=Reason.NOT_STATED, nearest=nearest)

    assert text_of(outcome, base) == (
        "The documents do not state this.\n"
        "Related, but not an answer to this:\n"
        "  1. According to the Alba Courier: Dock workers in Port Alba demanded a pay rise of 7 percent.\n"
        "  2. The two sides met in Brena on Tuesday."
    )


def test_question_out_of_scope_brings_no_related_facts(base: KnowledgeBase, facts: Facts) -> None:
    nearest = (facts["met-in-brena"],)
    outcome = Abstention(question="q", read_as="q", reason=Reason.OUT_OF_SCOPE, nearest=nearest)

    assert reply_to(outcome, base).suggestions == ()


def test_several_questions_are_answered_one_below_the_other(base: KnowledgeBase, facts: Facts) -> None:
    met = Answer(question="where did they meet?", read_as="Where did they meet?", facts=(cited(facts["met-in-brena"]),))
    unsaid = Abstention(question="and the wage?", read_as="And the wage?", reason=Reason.NOT_STATED)
    ferry = Answer(question="crossings?", read_as="crossings?", facts=(cited(facts["crossings-cancelled"]),))
    whole = Answer(
        question="where did they meet? and the wage? crossings?",
        read_as="Where did they meet? And the wage? Crossings?",
        facts=(*met.facts, *ferry.facts),
        parts=(met, unsaid, ferry),
    )

    assert text_of(whole, base) == (
        "where did they meet?\n"
        "The two sides met in Brena on Tuesday. [1]\n"
        "\n"
        "and the wage?\n"
        "The documents do not state this.\n"
        "\n"
        "crossings?\n"
        "The ferry company cancelled 12 crossings on Friday. [2]\n"
        "\n"
        "[1] “The two sides met in Brena on Tuesday.” (¶2)\n"
        "[2] “The ferry company cancelled 12 crossings on Friday.” (¶1)\n"
        "Source of [1]: Dock workers demand a pay rise, Alba Courier, 2024-03-19\n"
        "Source of [2]: Notice of the ferry company (title given by us), publisher not known, no date given"
    )


@pytest.mark.parametrize(
    ("question", "read_as", "line"),
    [
        ("WHERE did they meet", "Where did they meet?", ""),
        ("ｗhere did they   meet ?!", "Where did they meet?", ""),
        ("whre did they meet", "Where did they meet?", "Understood as: Where did they meet?"),
        ("and where?", "Where did the two sides meet?", "Understood as: Where did the two sides meet?"),
        ("where?", "", ""),
    ],
)
def test_reading_is_shown_when_it_differs_by_more_than_case_and_punctuation(
    question: str, read_as: str, line: str, base: KnowledgeBase
) -> None:
    outcome = Abstention(question=question, read_as=read_as, reason=Reason.NOT_STATED)

    assert reply_to(outcome, base).sections[0].question == line


def test_examples_are_questions_that_the_base_answers(base: KnowledgeBase) -> None:
    examples = example_questions(base)

    assert len(examples) == 3
    assert all(facts_of(base.ask(example)) for example in examples)
