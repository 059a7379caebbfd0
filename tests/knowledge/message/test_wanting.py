"""The kind of answer that a question wants is read from its cue, its noun or its act."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.lexicon import load_lexicon
from knowledge.message.reading import Reader
from tests.knowledge.conftest import Library, only_question


def kind_of(reader: Reader, question: str) -> str | None:
    wanted = only_question(reader, question).wanted
    return None if wanted is None else wanted.kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many prisoners did Hamas ask for?", "number"),
        ("How much money was paid?", "money"),
        ("How old is Barnea?", "age"),
        ("How long could the talks take?", "duration"),
        ("How often did they meet?", "frequency"),
        ("When did the teams meet?", "time"),
        ("On which day did they meet?", "weekday"),
        ("What time did the strikes begin?", "clock-time"),
        ("On what date did they meet?", "date"),
        ("Where did they meet?", "place"),
        ("In which city did they meet?", "city"),
        ("Which country presented the proposal?", "country"),
        ("Why did Israel refuse?", "reason"),
        ("What is the purpose of the talks?", "purpose"),
        ("Who leads the team?", "who"),
        ("According to whom do disagreements persist?", "source"),
        ("Which newspaper reported it?", "outlet"),
        ("What are the names of the mediators?", "name"),
    ],
)
def test_cue_tells_the_kind(reader: Reader, question: str, kind: str) -> None:
    assert kind_of(reader, question) == kind


@pytest.mark.parametrize(
    "question", ["What did Hamas demand?", "Did Hamas demand anything?", "Hamas demands", "Tell me about the talks"]
)
def test_open_question_wants_no_kind(reader: Reader, question: str) -> None:
    assert kind_of(reader, question) is None


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Which Israeli city was hit?", "city"),
        ("What big American newspaper reported it?", "outlet"),
        ("number of prisoners", "number"),
        ("doha meeting day", "weekday"),
        ("reason for the refusal", "reason"),
    ],
)
def test_noun_tells_the_kind(reader: Reader, question: str, kind: str) -> None:
    assert kind_of(reader, question) == kind


@pytest.mark.parametrize(
    "act", ["said", "revealed", "indicated", "affirmed", "clarified", "noted", "reported", "warned"]
)
def test_who_before_an_act_of_speech_asks_for_the_source(reader: Reader, act: str) -> None:
    assert kind_of(reader, f"Who {act} that the talks are long?") == "source"


@pytest.mark.parametrize("act", ["leads", "rejected", "demanded", "met"])
def test_who_before_another_act_asks_for_somebody(reader: Reader, act: str) -> None:
    assert kind_of(reader, f"Who {act} the Israeli team?") == "who"


def test_cue_of_a_clause_that_describes_a_noun_is_not_the_question(reader: Reader) -> None:
    assert kind_of(reader, "What did the man who leads the team say?") is None


def test_cue_behind_a_polite_opening_is_the_question(reader: Reader) -> None:
    assert kind_of(reader, "Do you happen to know how many prisoners there are?") == "number"
    assert kind_of(reader, "I would like to know when they met") == "time"


def test_kinds_that_only_their_own_slot_answers_are_marked() -> None:
    exact = {wanted.kind for meanings in load_lexicon().cues.meanings.values() for wanted in meanings if wanted.exact}

    assert {"age", "date", "clock-time", "city", "duration", "source"} <= exact
    assert not {"who", "reason", "time", "place"} & exact


@given(
    question=st.lists(
        st.sampled_from(["what", "which", "who", "how", "many", "said", "city", "of", "hamas", "did"]), min_size=1
    ).map(" ".join)
)
@settings(deadline=None, max_examples=50)
def test_any_row_of_cues_and_nouns_wants_a_known_kind_or_none(library: Library, question: str) -> None:
    known = {wanted.kind for meanings in load_lexicon().cues.meanings.values() for wanted in meanings}

    assert {read.wanted.kind for read in library.reader.questions(question) if read.wanted is not None} <= known
