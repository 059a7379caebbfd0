"""A second base, invented and about something else, is held to the same standard: the engine is not about its first.

Nothing was changed for it, neither code nor vocabulary. Its questions were written by somebody who had not seen the
engine; `knowledge.curation.measuring.judging` says what a right outcome is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest

from knowledge import Abstention, Clarification, Conversation, KnowledgeBase, Outcome, Reason, facts_of
from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS
from knowledge.court.weighing import scales
from knowledge.curation.measuring.asking import Asked, ask_all
from knowledge.curation.measuring.figures import Figures
from knowledge.curation.measuring.judging import Judge, Verdict
from knowledge.curation.measuring.question_sets import read_set
from knowledge.language.lexicon import load_lexicon
from knowledge.proof.checking import check_base
from knowledge.proof.loading import read_base

TRAMWAY = Path(__file__).parent / "tramway"
TOLD = read_base(TRAMWAY / "documents", TRAMWAY / "facts")
FACTS = TOLD.facts
TEXTS = {document.id: document.text for document in TOLD.documents}
QUESTIONS = read_set(TRAMWAY / "questions.jsonl", TEXTS).questions

LEFT_OUT = 3
"""Phrasings of each fact that its base is made without: the second, and those a third and two thirds further on."""

LEAST_FOUND = 0.777
"""Share of the left-out phrasings that still find their fact. Source: measured 0.797; the bar is two points below."""

LEAST_SCORE = 0.857
"""Source: measured 0.877 on the 240 questions; the bar is two points below."""

LEAST_PRECISION = 0.873
"""Source: measured 0.893 on the 240 questions; the bar is two points below."""


@dataclass(frozen=True)
class Tramway:
    """The second base, and what comes of asking it; each is made when it is first needed."""

    base: KnowledgeBase

    @cached_property
    def asked(self) -> list[Asked]:
        """The question set, put to the base."""
        return list(ask_all(self.base.ask, QUESTIONS, Judge(TEXTS)))

    @cached_property
    def offered(self) -> dict[str, list[str]]:
        """By fact, the phrasings for which it is a choice, in a base that was made without them."""
        base = without_left_out(self.base)
        return {
            fact.id: [each for each in left_out(fact.phrasings) if fact.id in options(base.ask(each))] for fact in FACTS
        }

    @cached_property
    def found(self) -> dict[str, list[str]]:
        """By fact, the phrasings that find it in a base that was made without them."""
        base = without_left_out(self.base)
        return {
            fact.id: [each for each in left_out(fact.phrasings) if fact.id in ids(base.ask(each))] for fact in FACTS
        }


@pytest.fixture(scope="module")
def tramway() -> Tramway:
    return Tramway(KnowledgeBase.load(TRAMWAY / "documents", TRAMWAY / "facts"))


def left_out(phrasings: Sequence[str]) -> list[str]:
    """Return the phrasings that a base is made without, spread over those of a fact."""
    return [phrasings[1 + part * len(phrasings) // LEFT_OUT] for part in range(LEFT_OUT)]


def without_left_out(base: KnowledgeBase) -> KnowledgeBase:
    """Return a base whose index knows every fact without its left-out phrasings; their words are still spelt right."""
    fewer = tuple(
        replace(fact, phrasings=tuple(each for each in fact.phrasings if each not in left_out(fact.phrasings)))
        for fact in base.facts
    )
    held = base.scales
    return replace(base, scales=scales(held.reader, fewer, base.unsaid, held.concepts, held.weights))


def options(outcome: Outcome) -> list[str]:
    return [fact.id for fact in outcome.options] if isinstance(outcome, Clarification) else []


def ids(outcome: Outcome) -> list[str]:
    """Return the ids of the facts that an outcome shows."""
    return [cited.fact.id for part in (outcome, *outcome.parts) for cited in facts_of(part)]


def fallen(asked: Sequence[Asked]) -> str:
    """Return the questions that were judged wrong, missed or false, one a line, with what was shown for them."""
    lines = [
        f"{one.verdict} {one.question.id} {one.question.kind}: {' / '.join(one.question.turns)} -> {shown(one.outcome)}"
        for one in asked
        if one.verdict not in {Verdict.CORRECT, Verdict.HELD}
    ]
    return "\n".join(["these questions fell:", *lines])


def shown(outcome: Outcome) -> str:
    return f"{type(outcome).__name__} {', '.join(ids(outcome))}".strip()


def test_second_base_has_no_problems() -> None:
    report = check_base(TRAMWAY / "documents", TRAMWAY / "facts", load_lexicon().acts())

    assert [str(problem) for problem in report.problems] == []


def test_second_base_speaks_of_nothing_that_the_shipped_one_speaks_of() -> None:
    shipped = read_base(SHIPPED_DOCUMENTS, SHIPPED_FACTS).names.keys()

    assert {name for fact in FACTS for name in (*fact.agent, *fact.target, *fact.speakers)}.isdisjoint(shipped)


@pytest.mark.parametrize("fact", [fact.id for fact in FACTS])
def test_fact_is_found_or_offered_for_phrasings_that_its_base_was_made_without(fact: str, tramway: Tramway) -> None:
    assert tramway.found[fact] or tramway.offered[fact]


def test_left_out_phrasings_find_their_facts(tramway: Tramway) -> None:
    lost = {
        fact.id: [each for each in left_out(fact.phrasings) if each not in tramway.found[fact.id]] for fact in FACTS
    }
    share = 1 - sum(map(len, lost.values())) / (LEFT_OUT * len(FACTS))

    assert share >= LEAST_FOUND, f"{share:.3f}; lost were {[each for each in lost.items() if each[1]]}"


def test_question_set_scores_at_least_the_bar(tramway: Tramway) -> None:
    figures = Figures.of(one.verdict for one in tramway.asked)

    assert figures.score >= LEAST_SCORE, f"{figures.as_json()}; {fallen(tramway.asked)}"


def test_answers_to_the_question_set_are_right_at_least_as_often_as_the_bar(tramway: Tramway) -> None:
    figures = Figures.of(one.verdict for one in tramway.asked)

    assert figures.precision >= LEAST_PRECISION, f"{figures.as_json()}; {fallen(tramway.asked)}"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("What single fare does the town want?", "and the company?", "company-asks-fare-3-10"),
        ("Who heads the town's delegation?", "and the company's?", "castellane-heads-company-delegation"),
        ("Does the company want 14 new trams?", "what did the town reply?", "town-refused-14-trams"),
        ("Does the company want 14 new trams?", "who says so?", "company-wants-14-trams"),
        ("When did they meet?", "where?", "met-monday-brackwell"),
        ("How much would the county lend?", "on what condition?", "county-offers-loan"),
        ("When does the contract end?", "when was it signed?", "present-contract-signed-twelve-years-ago"),
    ],
    ids=["other-side", "other-head", "reply", "speaker", "place", "condition", "pronoun"],
)
def test_second_turn_is_read_in_the_light_of_the_first(
    first: str, second: str, expected: str, tramway: Tramway
) -> None:
    conversation = Conversation().after(tramway.base.ask(first))

    assert ids(tramway.base.ask(second, conversation)) == [expected]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("How many passengers does the tram carry each day?", Reason.NOT_STATED),
        ("Who won the football world cup in 2014?", Reason.OUT_OF_SCOPE),
        ("Is the town's offer fair, what do you think?", Reason.NO_OPINION),
        ("what about it?", Reason.NOT_UNDERSTOOD),
    ],
)
def test_every_reason_not_to_answer_occurs(message: str, reason: Reason, tramway: Tramway) -> None:
    outcome = tramway.base.ask(message)

    assert isinstance(outcome, Abstention)
    assert outcome.reason is reason
