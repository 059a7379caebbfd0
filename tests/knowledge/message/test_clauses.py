"""A message is cut where a question begins, and nowhere else."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given, settings

from knowledge.language.text import clean, words
from knowledge.message.clauses import Cutter, load_clause_words
from knowledge.message.reading import Reader
from tests.knowledge.conftest import ANY_TEXT, MESSAGES


@pytest.fixture(scope="module")
def cutter(reader: Reader) -> Cutter:
    return Cutter(reader.lexicon, reader.splitter.speller.base)


def cut(cutter: Cutter, message: str) -> list[str]:
    return [clause.text for clause in cutter.clauses(clean(message))]


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("(1) who led (2) where did they meet", ["who led?", "where did they meet?"]),
        ("Tell me a) the date, b) the place.", ["Tell me", "the date?", "the place."]),
        ("1. who led\n2. where did they meet", ["who led?", "where did they meet?"]),
        ("i) the date ii) the place", ["the date?", "the place?"]),
    ],
)
def test_each_point_of_an_enumeration_asks(cutter: Cutter, message: str, clauses: list[str]) -> None:
    assert cut(cutter, message) == clauses


@pytest.mark.parametrize(
    "message",
    [
        "What did Hamas ask re: the army?",
        "Is it Hamas vs. Israel?",
        "What did Dr. Smith say?",
        "What did J. Smith say?",
        "What did they say about ... the north?",
        "What happened at 10:30 in Doha?",
        "How many children, not people overall, have died?",
        "Is one side showing flexibility or are both?",
        "Did Barnea, who leads the team, meet the mediators?",
        "When Hamas replied, what did it ask for?",
        "Of those in jail, how many did the Americans name?",
        "Did they say whether Hamas accepted?",
        "Would the army stay, in what the mediators drew up?",
        "Is a date named, in what Israel sent back to Hamas?",
        "The other plan (40) and the first (1) differ, no?",
    ],
)
def test_what_is_one_question_stays_whole(cutter: Cutter, message: str) -> None:
    assert cut(cutter, message) == [message]


@pytest.mark.parametrize(
    ("message", "question"),
    [
        (
            "my cousin keeps talking about this, so how many prisoners did Hamas ask for",
            "how many prisoners did Hamas ask for",
        ),
        ("my boss wants a paper, i need one number, like how many died, just that", "how many died"),
        ("He asked me how many prisoners Hamas wants", "how many prisoners Hamas wants"),
        (
            "I was cooking dinner and my son asked what Israel demanded",
            "what Israel demanded",
        ),
        ("not sure if I am wrong here but does Hamas want a truce", "does Hamas want a truce"),
        ("is it true, did Hamas want a truce?", "did Hamas want a truce?"),
    ],
)
def test_question_is_found_inside_a_narrative(cutter: Cutter, message: str, question: str) -> None:
    assert cut(cutter, message)[-1] == question


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("Did the talks end? Who led them?", ["Did the talks end?", "Who led them?"]),
        ("I heard Israel agreed. Is that true?", ["I heard Israel agreed, right?"]),
        ("True or false? Israel agreed to it.", ["Israel agreed to it, right?"]),
        ("Israel agreed... Correct?", ["Israel agreed, right?"]),
        ("Did Israel agree? Correct?", ["Did Israel agree?", "Correct?"]),
    ],
)
def test_question_whether_something_is_so_belongs_to_the_statement_beside_it(
    cutter: Cutter, message: str, clauses: list[str]
) -> None:
    assert cut(cutter, message) == clauses


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("how many Israelis and how many Palestinians would be freed?", 2 * ["would be freed?"]),
        ("how many Israelis would be freed? how many Palestinians?", 2 * ["would be freed?"]),
        ("What did Hamas demand from Israel, and when?", 2 * ["did Hamas demand from Israel"]),
    ],
)
def test_half_of_a_question_takes_the_predicate_of_the_other(cutter: Cutter, message: str, clauses: list[str]) -> None:
    found = cut(cutter, message)

    assert [predicate in clause for predicate, clause in zip(clauses, found, strict=True)] == [True, True]


def test_half_of_a_question_may_begin_with_a_preposition(cutter: Cutter) -> None:
    assert cut(cutter, "Who met the Americans, and in which of the cities?") == [
        "Who met the Americans",
        "in which of the cities?",
    ]


def test_what_about_two_asks_about_each(cutter: Cutter) -> None:
    assert cut(cutter, "and what about Egypt and Qatar?") == ["what about Egypt?", "what about Qatar?"]


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("Soldiers: are they released now?", ["are soldiers released now?"]),
        ("Prisoners: what did Israel demand?", ["what did Israel demand about prisoners?"]),
        ("prisoners: US figure or Hamas figure?", ["prisoners: US figure or Hamas figure?"]),
        ("I am writing a piece: who led the talks?", ["I am writing a piece:", "who led the talks?"]),
    ],
)
def test_topic_before_a_colon_belongs_to_the_question(cutter: Cutter, message: str, clauses: list[str]) -> None:
    assert cut(cutter, message) == clauses


@pytest.mark.parametrize(
    ("message", "supposed"),
    [
        ("Since the talks were held in Cairo, who chaired them?", "Since the talks were held in Cairo"),
        ("Now that Hamas accepted the names, how many go free?", "Now that Hamas accepted the names"),
        ("Hamas never sent the answer to Israel, so why is Israel talking?", "Hamas never sent the answer to Israel"),
        ("If Hamas accepts, how many go free?", ""),
        ("I am cooking dinner, so who led the talks?", ""),
    ],
)
def test_clause_before_a_question_is_what_it_takes_for_granted(cutter: Cutter, message: str, supposed: str) -> None:
    assert cutter.clauses(message)[-1].supposed == supposed


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("My uncle says that Hamas agreed", "Hamas agreed"),
        ("I read somewhere that Hamas agreed", "Hamas agreed"),
        ("someone told me Hamas agreed", "Hamas agreed"),
        ("I saw on the telly that Hamas agreed", "Hamas agreed"),
        ("Israeli officials say Hamas agreed", "Israeli officials say Hamas agreed"),
        ("I read", "I read"),
    ],
)
def test_who_a_reader_has_it_from_is_no_part_of_the_claim(cutter: Cutter, text: str, claim: str) -> None:
    assert cutter.without_hearsay(text) == claim


@pytest.mark.parametrize("phrases", ["tags", "checks", "wanting", "granting"])
def test_vocabulary_holds_words_in_lower_case(phrases: str) -> None:
    forms = getattr(load_clause_words(), phrases)

    assert {form for form in forms if form != form.lower() or form != form.strip()} == set()


@given(message=ANY_TEXT | MESSAGES)
@settings(deadline=None, max_examples=60)
def test_no_word_is_invented_that_the_message_does_not_hold(cutter: Cutter, message: str) -> None:
    text = clean(message)
    known = {word.text for word in words(text)} | {"right", "about"}

    assert {word.text for text in cut(cutter, text) for word in words(text)} <= known


def test_cutter_that_has_cut_is_kept_without_patterns_and_cuts_as_before(cutter: Cutter) -> None:
    message = "(1) who led (2) where did they meet, and why?"
    before = cut(cutter, message)

    kept: Cutter = pickle.loads(pickle.dumps(cutter))  # noqa: S301  made just above

    assert "said" in vars(kept)
    assert not any(isinstance(value, re.Pattern) for value in vars(kept).values())
    assert cut(kept, message) == before
