"""A mechanism is switched off by value: what was asked before answers as before, and what breaks is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import Asked, Judge, Labelled, Mechanism, Verdict, ablated, ask_all, mechanisms, texts_of
from knowledge.curation.measuring.asking import Ask
from knowledge.message.dialogue import Conversation
from knowledge.outcomes import Abstention, Answer, Correction, Outcome

CROSSINGS = "The ferry company cancelled 12 crossings on Friday."
MET = "The two sides met in Brena on Tuesday."


def labelled(name: str, *turns: str, gold: str = "") -> Labelled:
    groups = ((gold,),) if gold else ()
    return Labelled(id=name, kind="plain", turns=turns, answerable=bool(gold), gold=groups)


QUESTIONS = [
    labelled("plain", "Where did the two sides meet?", gold=MET),
    labelled("typo", "Hw mny crosings did th fery frim skrap?", gold=CROSSINGS),
    labelled("followup", "Where did the two sides meet?", "and when?", gold=MET),
    labelled("unsaid", "What is the wage of a dock worker?"),
]


def only(base: KnowledgeBase, name: str) -> Mechanism:
    (found,) = (mechanism for mechanism in mechanisms(base) if mechanism.name == name)
    return found


@pytest.fixture
def judge(harbour: KnowledgeBase) -> Judge:
    return Judge(texts_of(harbour))


@pytest.fixture
def whole(harbour: KnowledgeBase, judge: Judge) -> list[Asked]:
    return list(ask_all(harbour.ask, QUESTIONS, judge))


def test_whole_engine_answers_all(whole: list[Asked]) -> None:
    assert [one.verdict for one in whole] == [Verdict.CORRECT, Verdict.CORRECT, Verdict.CORRECT, Verdict.HELD]


@pytest.mark.parametrize(
    ("mechanism", "lost"),
    [
        ("spelling", {"typo"}),
        ("conversation", {"followup"}),
        ("signal:likelihood", {"unsaid"}),
        ("chat-spellings", set()),
    ],
)
def test_without_a_mechanism_what_needs_it_gets_worse(
    mechanism: str, lost: set[str], harbour: KnowledgeBase, judge: Judge, whole: list[Asked]
) -> None:
    found = ablated(only(harbour, mechanism), harbour, whole, judge)

    assert found.failure == ""
    worse = {change.after.question.id for change in found.comparison.worse}
    assert (worse >= lost) if lost else (worse == set())


def test_without_gaps_nothing_is_named_as_unsaid(harbour: KnowledgeBase) -> None:
    asked = only(harbour, "gaps").without(harbour)("What is the wage of a dock worker?", Conversation())

    assert "unsaid" not in asked.explanation.decision


@pytest.mark.parametrize("name", ["spelling", "concepts", "phrasings", "gaps", "conversation", "signal:likeness"])
def test_base_itself_stays_as_it_was(name: str, harbour: KnowledgeBase, judge: Judge, whole: list[Asked]) -> None:
    ablated(only(harbour, name), harbour, whole, judge)

    again = list(ask_all(harbour.ask, QUESTIONS, judge))
    assert [one.outcome for one in again] == [one.outcome for one in whole]


def test_without_a_rule_another_one_decides(harbour: KnowledgeBase) -> None:
    message = "How many crossings did the harbour company cancel?"

    without = only(harbour, "rule:corrected").without(harbour)(message, Conversation())

    assert isinstance(harbour.ask(message), Correction)
    assert not isinstance(without, Correction)


def test_without_vetoes_what_conflicts_is_answered(harbour: KnowledgeBase) -> None:
    message = "How many crossings did the harbour company cancel?"
    uncorrected = replace(harbour, scales=replace(harbour.scales, off=frozenset({"rule:corrected"})))

    without = only(uncorrected, "vetoes").without(uncorrected)(message, Conversation())

    assert (type(uncorrected.ask(message)), type(without)) == (Abstention, Answer)


def test_every_mechanism_can_be_switched_off(harbour: KnowledgeBase, judge: Judge, whole: list[Asked]) -> None:
    found = [ablated(mechanism, harbour, whole, judge) for mechanism in mechanisms(harbour)]

    assert [ablation.mechanism for ablation in found if ablation.failure] == []
    assert all(ablation.comparison.compared == len(QUESTIONS) for ablation in found)


def test_names_of_mechanisms_are_distinct_and_every_signal_has_one(harbour: KnowledgeBase) -> None:
    names = [mechanism.name for mechanism in mechanisms(harbour)]
    weights = harbour.scales.weights

    assert len(names) == len(set(names))
    assert {f"signal:{name}" for name in (*weights.fact, *weights.gap, *weights.none)} <= set(names)


def test_engine_that_breaks_is_told_and_counts_nothing(
    harbour: KnowledgeBase, judge: Judge, whole: list[Asked]
) -> None:
    def breaks(base: KnowledgeBase) -> Ask:
        def ask(message: str, conversation: Conversation) -> Outcome:
            if "crosings" in message:
                raise IndexError("no candidate")
            return base.ask(message, conversation)

        return ask

    found = ablated(Mechanism("brake", breaks), harbour, whole, judge)

    assert found.failure == "question typo: IndexError: no candidate"
    assert (found.figures.counts.total(), found.comparison.changes) == (0, ())
