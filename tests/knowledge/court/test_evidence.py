"""What speaks against a fact is read off the frames: no likeness of words outweighs it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from knowledge.base import KnowledgeBase
from knowledge.court.evidence import Conflict, Kind, agreements, conflicts, frame_of, with_owners
from knowledge.message.reading import Question
from knowledge.models import NameRecord
from knowledge.outcomes import Fact
from tests.knowledge.conftest import MESSAGES, Library, only_question

NAMES = {
    record.id: record
    for record in (
        NameRecord(id="union", label="the union", kind="side", forms=("union",)),
        NameRecord(id="leader", label="Mara Venn", kind="person", forms=("Mara Venn",), part_of="union"),
        NameRecord(id="aide", label="an aide", kind="person", forms=("aide",), part_of="leader"),
        NameRecord(id="egg", label="the egg", kind="side", forms=("egg",), part_of="hen"),
        NameRecord(id="hen", label="the hen", kind="side", forms=("hen",), part_of="egg"),
        NameRecord(id="lost", label="the lost", kind="side", forms=("lost",), part_of="nobody"),
    )
}

ANOTHER_ACTOR = {"agent", "actor", "swap", "target"}


def fact_of(base: KnowledgeBase, fact_id: str) -> Fact:
    return next(fact for fact in base.facts if fact.id == fact_id)


def conflicts_between(base: KnowledgeBase, question: Question, fact: Fact) -> tuple[Conflict, ...]:
    scales = base.scales
    grammar = scales.reader.lexicon.grammar
    return conflicts(question, fact, scales.frames[fact.number], scales.names, scales.concepts, scales.numbers, grammar)


def kinds_against(base: KnowledgeBase, question: str, fact_id: str) -> list[str]:
    """Return the kinds of conflict between a question and a fact, in alphabetical order."""
    found = conflicts_between(base, only_question(base.scales.reader, question), fact_of(base, fact_id))
    return sorted(conflict.kind.value for conflict in found)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What did Hamas demand?", "hamas-wants-to-select-names"),
        ("How many prisoners did Hamas demand?", "hamas-demands-950-prisoners"),
        ("Did Hamas demand the release of 950 prisoners?", "hamas-demands-950-prisoners"),
        ("How many of the 950 prisoners serve life sentences?", "hamas-150-life-sentences"),
        ("When did the Israeli team meet in Doha?", "met-monday-in-doha"),
        ("Did Barnea's team meet the mediators on Monday?", "met-monday-in-doha"),
        ("What did Tel Aviv reject?", "tel-aviv-rejected-name-selection"),
        ("Who leads the mediators?", "al-thani-leads-mediators"),
        ("According to whom was the session positive?", "opening-session-positive"),
    ],
)
def test_nothing_speaks_against_the_fact_that_was_asked_for(base: KnowledgeBase, question: str, fact: str) -> None:
    assert kinds_against(base, question, fact) == []


@pytest.mark.parametrize(
    ("question", "fact", "kind"),
    [
        ("Did Tel Aviv accept the selection of names?", "tel-aviv-rejected-name-selection", "act"),
        ("Did Hamas demand withdrawal from the north?", "hamas-requests-withdrawal-from-south", "dimension"),
        ("Did they meet on Wednesday?", "met-monday-in-doha", "dimension"),
        ("Did Hamas demand the release of 900 prisoners?", "hamas-demands-950-prisoners", "number"),
        ("Did the team meet in Cairo?", "met-monday-in-doha", "place"),
        ("How old is Barnea?", "barnea-leads-israeli-team", "exact"),
        ("On what date did Hamas respond?", "hamas-response-thursday", "exact"),
        ("Who says that over 31,000 were killed?", "over-31000-palestinians-killed", "exact"),
        ("Did Iran and Hamas demand the names?", "hamas-wants-to-select-names", "stranger"),
    ],
)
def test_what_a_fact_holds_otherwise_speaks_against_it(
    base: KnowledgeBase, question: str, fact: str, kind: str
) -> None:
    assert kind in kinds_against(base, question, fact)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What did Egypt demand?", "hamas-demands-950-prisoners"),
        ("What did Israel demand from Hamas?", "hamas-demands-950-prisoners"),
        ("What did Israel demand from Hamas?", "hamas-wants-to-select-names"),
        ("What did Hamas reject?", "tel-aviv-rejected-name-selection"),
        ("What did Israel refuse?", "hamas-refused-israeli-demands"),
    ],
)
def test_fact_of_another_actor_is_a_conflict(base: KnowledgeBase, question: str, fact: str) -> None:
    assert set(kinds_against(base, question, fact)) & ANOTHER_ACTOR


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Did Egypt and Hamas demand that 950 prisoners be released?", "hamas-demands-950-prisoners"),
        ("Was this thrown out by Israel or Hamas?", "tel-aviv-rejected-name-selection"),
        ("Do the Americans and Hamas count the same lifers?", "hamas-150-life-sentences"),
    ],
)
def test_one_of_those_who_are_joined_may_be_the_actor_of_a_fact(base: KnowledgeBase, question: str, fact: str) -> None:
    assert not ANOTHER_ACTOR & set(kinds_against(base, question, fact))


def test_conflict_says_what_was_asked_and_what_the_fact_holds(base: KnowledgeBase) -> None:
    question = only_question(base.scales.reader, "Did Hamas demand the release of 900 prisoners?")
    (conflict,) = conflicts_between(base, question, fact_of(base, "hamas-demands-950-prisoners"))

    assert conflict == Conflict(Kind.NUMBER, "900", "950")
    assert str(conflict) == "number: asked 900, the fact has 950"


def test_demand_of_a_member_is_a_demand_of_its_group(harbour: KnowledgeBase) -> None:
    assert kinds_against(harbour, "What did Mara Venn demand?", "pay-rise-demanded") == []
    assert set(kinds_against(harbour, "What did the ferry company demand?", "pay-rise-demanded")) & ANOTHER_ACTOR


def test_actor_answers_who_as_well_as_a_slot_does(harbour: KnowledgeBase) -> None:
    assert kinds_against(harbour, "Who rejected the demand?", "demand-rejected") == []
    assert kinds_against(harbour, "When was the demand rejected?", "demand-rejected") == ["slot"]


def test_agreements_are_the_actor_the_dimension_and_the_number(base: KnowledgeBase) -> None:
    question = only_question(base.scales.reader, "Did Hamas in its response demand 950 prisoners?")
    fact = fact_of(base, "hamas-demands-950-prisoners")

    agreeing = agreements(question, fact, base.scales.frames[fact.number], base.scales.names)

    assert {Kind.AGENT, Kind.NUMBER} <= set(agreeing) <= {Kind.AGENT, Kind.DIMENSION, Kind.NUMBER}


def test_question_that_names_nothing_agrees_with_nothing(base: KnowledgeBase) -> None:
    question = only_question(base.scales.reader, "Is there any news?")

    assert [fact.id for fact in base.facts if agreements(question, fact, base.scales.frames[fact.number], NAMES)] == []


def test_frame_holds_the_numbers_and_slots_of_a_fact(base: KnowledgeBase) -> None:
    fact = fact_of(base, "over-31000-palestinians-killed")
    grammar = base.scales.reader.lexicon.grammar
    frame = frame_of(fact, (), base.scales.names, grammar)

    assert frame.numbers == {"31000"}
    assert "source" not in frame.slots
    assert "source" in frame_of(fact_of(base, "hamas-wants-to-select-names"), (), base.scales.names, grammar).slots


def test_frame_holds_small_numbers_in_words_with_their_unit_of_time(base: KnowledgeBase) -> None:
    frame = base.scales.frames[fact_of(base, "talks-at-least-two-weeks").number]

    assert frame.numbers == {"2"}
    assert frame.times == {("2", "week")}


def test_two_sides_are_no_number_of_a_fact(base: KnowledgeBase) -> None:
    assert base.scales.frames[fact_of(base, "disagreements-persist").number].numbers == frozenset()


@pytest.mark.parametrize(
    ("ids", "owners"),
    [
        ((), set()),
        (("union",), {"union"}),
        (("aide",), {"aide", "leader", "union"}),
        (("egg",), {"egg", "hen"}),
        (("lost",), {"lost", "nobody"}),
        (("stranger",), {"stranger"}),
    ],
)
def test_names_stand_with_those_they_belong_to(ids: tuple[str, ...], owners: set[str]) -> None:
    assert with_owners(ids, NAMES) == owners


@given(message=MESSAGES)
@settings(deadline=None, max_examples=30)
def test_conflicts_of_any_question_with_any_fact_are_found_without_error(
    harbour_library: Library, message: str
) -> None:
    for question in harbour_library.reader.questions(message):
        for fact in harbour_library.base.facts:
            for conflict in conflicts_between(harbour_library.base, question, fact):
                assert conflict.asked
