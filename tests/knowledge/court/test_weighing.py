"""Facts, gaps and "none of these" are weighed against each other for one question."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from knowledge.base import KnowledgeBase
from knowledge.court.weighing import Weighing
from knowledge.curation import thinned
from tests.knowledge.conftest import MESSAGES, Library, only_question


def weighing(base: KnowledgeBase, question: str) -> Weighing:
    return base.scales.weigh(only_question(base.scales.reader, question))


@given(message=MESSAGES)
@settings(deadline=None, max_examples=60)
def test_shares_are_parts_of_one_whole_and_stand_best_first(library: Library, message: str) -> None:
    for question in library.reader.questions(message):
        weighed = library.base.scales.weigh(question)
        facts, gaps = [fact.share for fact in weighed.facts], [gap.share for gap in weighed.gaps]

        assert math.fsum(facts + gaps) <= 1 + 1e-9
        assert all(0 <= share <= 1 for share in facts + gaps)
        assert facts == sorted(facts, reverse=True)
        assert gaps == sorted(gaps, reverse=True)
        assert math.isclose(weighed.answerable, math.fsum(facts), abs_tol=1e-9)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Who leads the Israeli negotiating team?", "barnea-leads-israeli-team"),
        ("How many Palestinians have been killed in Gaza?", "over-31000-palestinians-killed"),
        ("Which countries are the mediators?", "mediators-us-egypt-qatar"),
        ("On which day did Hamas submit its response?", "hamas-response-thursday"),
    ],
)
def test_fact_that_was_asked_for_weighs_most(base: KnowledgeBase, question: str, fact: str) -> None:
    assert weighing(base, question).facts[0].fact.id == fact


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("How old is David Barnea?", "David Barnea's age"),
        ("What does Turkey say about it?", "Turkey's role or comment"),
    ],
)
def test_gap_that_was_asked_for_weighs_most(base: KnowledgeBase, question: str, about: str) -> None:
    weighed = weighing(base, question)

    assert weighed.gaps[0].gap.about == about
    assert weighed.gaps[0].share > weighed.facts[0].share


def test_words_that_nothing_is_spoken_of_with_are_named(base: KnowledgeBase) -> None:
    assert weighing(base, "Did Hamas demand a lighthouse and a xylophone?").uncovered == ("lighthouse", "xylophone")
    assert weighing(base, "What did Hamas demand?").uncovered == ()


def test_number_that_stands_in_the_quote_speaks_for_it(base: KnowledgeBase) -> None:
    best = weighing(base, "What is the number 150 about?").facts[0]

    assert best.fact.id == "hamas-150-life-sentences"
    assert best.signals["number_agrees"] == 1.0


def test_conflicts_are_kept_with_the_fact_they_speak_against(base: KnowledgeBase) -> None:
    best = weighing(base, "Did Tel Aviv accept the selection of names?").facts[0]

    assert best.fact.id == "tel-aviv-rejected-name-selection"
    assert "act" in {conflict.kind.value for conflict in best.conflicts}
    assert best.signals["act"] == 1.0


def test_fact_that_nobody_proposed_has_no_share(base: KnowledgeBase) -> None:
    fact = base.facts[0]
    weighed = base.scales.unweighed(fact)

    assert (weighed.fact, weighed.share, dict(weighed.signals), weighed.conflicts) == (fact, 0.0, {}, ())


def test_weighing_twice_gives_the_same(base: KnowledgeBase) -> None:
    assert weighing(base, "What did Hamas demand?") == weighing(base, "What did Hamas demand?")


def test_likeness_of_pieces_is_measured_in_a_base_with_few_phrasings_only(base: KnowledgeBase) -> None:
    few = thinned(base, 3)
    asked = "When did negotiators rejoin the dealmaking?"

    assert base.scales.pieces is None
    assert all("pieces" not in fact.signals for fact in weighing(base, asked).facts)
    assert all(0.0 <= fact.signals["pieces"] <= 1.0 for fact in weighing(few, asked).facts)
    assert max(fact.signals["pieces"] for fact in weighing(few, asked).facts) > 0.0


def test_thinned_base_keeps_some_phrasings_of_each_fact_and_always_the_same(base: KnowledgeBase) -> None:
    few = thinned(base, 3)

    assert [fact.id for fact in few.facts] == [fact.id for fact in base.facts]
    assert all(len(fact.phrasings) == 3 for fact in few.facts)
    assert all(set(thin.phrasings) <= set(fact.phrasings) for thin, fact in zip(few.facts, base.facts, strict=True))
    assert {len(gap.wordings) for gap in thinned(base, 0).unsaid} == {1}
    assert few.facts == thinned(base, 3).facts
