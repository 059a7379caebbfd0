"""What the bot says: claims with their speakers, numbered quotes, and why it says nothing."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.interface import LANGUAGES, interface_for
from bot.replies import as_plain_text, example_questions, reply_to, statement_of
from knowledge import (
    COURTESY,
    Abstention,
    Answer,
    CitedFact,
    Clarification,
    Correction,
    Fact,
    KnowledgeBase,
    Outcome,
    Reason,
    citations_of,
    facts_of,
)
from tests.bot.conftest import HARBOUR

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


def test_documents_that_would_be_told_by_one_line_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "facts").mkdir()
    for name, what in (("north", "road"), ("south", "bridge")):
        text = f"The {what} is open.\n".encode()
        (tmp_path / "documents" / f"{name}.txt").write_bytes(text)
        (tmp_path / "facts" / f"{name}.toml").write_text(
            f'[document]\nid = "{name}"\ntitle = "Report"\nsha256 = "{hashlib.sha256(text).hexdigest()}"\n\n'
            f'[[fact]]\nid = "{what}-open"\nclaim = "The {what} is open."\nact = "open"\n'
            f'quote = "The {what} is open"\n',
            "utf-8",
        )
    alike = KnowledgeBase.load(tmp_path / "documents", tmp_path / "facts")
    shown = tuple(cited(fact) for fact in alike.facts)

    assert text_of(Answer(question="q", read_as="q", facts=shown), alike).endswith(
        "[1] “The road is open” (¶1)\n"
        "[2] “The bridge is open” (¶1)\n"
        "Source of [1]: Report, publisher not known, no date given (north)\n"
        "Source of [2]: Report, publisher not known, no date given (south)"
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


# In other languages --------------------------------------------------------------------------------------------------

TRANSLATED = [code for code in LANGUAGES if code != "en"]
INVISIBLE = re.compile("[\u2066-\u2069\u200e\u200f]")


def outcomes(facts: Facts) -> dict[str, Outcome]:
    """Return an outcome of each kind, by name."""
    met, spoken, ferry = (facts[name] for name in ("met-in-brena", "pay-rise-demanded", "crossings-cancelled"))
    answering = partial(Answer, question="où ?", read_as="Where?", language="French")
    correcting = partial(Correction, question="où ?", read_as="Where?", language="French")
    clarifying = partial(Clarification, question="où ?", read_as="Where?", language="French")
    abstaining = partial(Abstention, question="où ?", read_as="Where?", language="French")
    answer = answering(facts=(cited(met), cited(spoken), cited(ferry)), listed=True)
    unsaid = abstaining(reason=Reason.NOT_STATED, about="what they earn", nearest=(met, spoken))
    return {
        "answer": answer,
        "whole list of one": answering(facts=(cited(met),), listed=True),
        "side by side": answering(facts=(cited(met), cited(spoken)), compared=True),
        "half a comparison": answering(facts=(cited(met),), compared=True, missing="the mayor"),
        "correction": correcting(facts=(cited(spoken),), supposed="accept"),
        "correction of no word": correcting(facts=(cited(spoken),), supposed=""),
        "clarification": clarifying(options=(met, facts["demand-rejected"])),
        "clarification with one choice": clarifying(options=(met,)),
        "not stated": unsaid,
        "not stated at all": abstaining(reason=Reason.NOT_STATED),
        "out of scope": abstaining(reason=Reason.OUT_OF_SCOPE),
        "courtesy": abstaining(reason=Reason.OUT_OF_SCOPE, about=COURTESY),
        "no opinion": abstaining(reason=Reason.NO_OPINION),
        "not understood": Abstention(question="?", read_as="", reason=Reason.NOT_UNDERSTOOD),
        "not read": Abstention(question="?", read_as="", reason=Reason.NOT_UNDERSTOOD, language="Finnish"),
        "several": Answer(question="q", read_as="q", facts=answer.facts, parts=(answer, unsaid)),
    }


KINDS = [
    *("answer", "whole list of one", "side by side", "half a comparison", "correction", "correction of no word"),
    *("clarification", "clarification with one choice", "not stated", "not stated at all", "out of scope", "courtesy"),
    *("no opinion", "not understood", "not read", "several"),
]


def without_marks(text: str) -> str:
    return INVISIBLE.sub("", text)


def of_the_base(outcome: Outcome) -> set[str]:
    """Return all that a reply takes from the base and from the reading of the question."""
    taken: set[str] = set()
    for part in outcome.parts or (outcome,):
        taken |= {cited.fact.claim for cited in facts_of(part)}
        taken |= {" ".join(citation.quote.split()) for citation in citations_of(part)}
        taken |= {part.read_as}
        match part:
            case Answer():
                taken |= {part.missing}
            case Correction():
                taken |= {part.supposed}
            case Clarification():
                taken |= {fact.phrasings[0] for fact in part.options}
            case Abstention() if part.reason is Reason.NOT_STATED:
                taken |= {part.about, *(fact.claim for fact in part.nearest)}
    return taken - {"", "q"}


def test_kinds_of_outcome_are_all_tried(facts: Facts) -> None:
    assert list(outcomes(facts)) == KINDS


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_taken_from_the_base_stays_as_it_is(code: str, kind: str, base: KnowledgeBase, facts: Facts) -> None:
    outcome = outcomes(facts)[kind]
    text = without_marks(as_plain_text(reply_to(outcome, base, interface_for(code))))

    assert [taken for taken in of_the_base(outcome) if taken not in text] == []
    assert "{" not in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", TRANSLATED)
def test_what_the_bot_says_of_its_own_is_not_in_english(
    code: str, kind: str, base: KnowledgeBase, facts: Facts
) -> None:
    outcome = outcomes(facts)[kind]
    english, translated = reply_to(outcome, base), reply_to(outcome, base, interface_for(code))

    for said, meant in zip(translated.sections, english.sections, strict=True):
        assert (said.question == meant.question) == (not meant.question)
        assert (said.lead == meant.lead) == (not meant.lead)
        assert (said.remark == meant.remark) == (not meant.remark)
        assert [one.footnotes for one in said.statements] == [one.footnotes for one in meant.statements]
        assert [one.fact for one in said.suggestions] == [one.fact for one in meant.suggestions]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("code", TRANSLATED)
def test_reply_says_once_that_claims_and_quotes_are_in_the_language_of_the_source(
    code: str, kind: str, base: KnowledgeBase, facts: Facts
) -> None:
    reply = reply_to(outcomes(facts)[kind], base, interface_for(code))
    taken = reply.footnotes or reply.suggestions

    assert bool(reply.note) == bool(taken)
    assert interface_for(code).language("English") in reply.note or not taken
    assert as_plain_text(reply).count(reply.note) == 1 or not taken


@pytest.mark.parametrize("kind", KINDS)
def test_in_the_language_of_the_documents_no_note_is_needed(kind: str, base: KnowledgeBase, facts: Facts) -> None:
    assert reply_to(outcomes(facts)[kind], base).note == ""


def test_documents_in_another_language_are_noted_in_english_too(tmp_path: Path) -> None:
    shutil.copytree(HARBOUR, tmp_path, dirs_exist_ok=True)
    for file in tmp_path.glob("facts/[!n]*.toml"):
        file.write_text(file.read_text("utf-8").replace("[document]", '[document]\nlanguage = "fr"', 1), "utf-8")
    base = KnowledgeBase.load(tmp_path / "documents", tmp_path / "facts")
    (met,) = (fact for fact in base.facts if fact.id == "met-in-brena")
    outcome = Answer(question="q", read_as="q", facts=(cited(met),))

    assert reply_to(outcome, base).note == ("Claims, quotes and suggestions are in French, the language of the source.")
    assert reply_to(outcome, base, interface_for("fr")).note == ""


def test_whole_reply_in_german(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Correction(question="q", read_as="Who paid?", facts=(cited(facts["pay-rise-demanded"]),), supposed="pay")

    assert as_plain_text(reply_to(outcome, base, interface_for("de"))) == (
        "Verstanden als: Who paid?\n"
        "Die Dokumente sagen etwas anderes, als Ihre Frage voraussetzt („pay“):\n"
        "Nach Angaben von the Alba Courier: Dock workers in Port Alba demanded a pay rise of 7 percent. [1][2]\n"
        "\n"
        "Aussagen, Zitate und Vorschläge stehen in der Sprache der Quelle: Englisch.\n"
        "\n"
        "[1] “Dock workers in Port Alba demanded a pay rise of 7 percent on Monday” (the Alba Courier, Absatz 1)\n"
        "[2] “according to the Alba Courier” (Absatz 1)\n"
        "Quelle: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
    )


def test_whole_reply_in_arabic_isolates_what_is_in_english(base: KnowledgeBase, facts: Facts) -> None:
    outcome = Abstention(question="q", read_as="q", reason=Reason.NOT_STATED, about="the wage (in 2024)")
    answer = Answer(question="q", read_as="q", facts=(cited(facts["crossings-cancelled"]),))

    assert as_plain_text(reply_to(outcome, base, interface_for("ar"))) == (
        "لا تذكر الوثائق هذا: \u2068the wage (in 2024)\u2069."
    )
    assert as_plain_text(reply_to(answer, base, interface_for("ar"))) == (
        "The ferry company cancelled 12 crossings on Friday. [1]\n"
        "\n"
        "المعلومات والاقتباسات والاقتراحات بلغة المصدر: \u2068الإنجليزية\u2069.\n"
        "\n"
        "\u200f\u2068[1]\u2069 \u2068“The ferry company cancelled 12 crossings on Friday.”\u2069"
        " (\u2068الفقرة \u20681\u2069\u2069)\n"
        "المصدر: \u2068\u200f\u2068\u200f\u2068Notice of the ferry company\u2069 (العنوان من وضعنا)\u2069،"
        " \u2068الناشر غير معروف\u2069، \u2068بلا تاريخ\u2069\u2069"
    )
