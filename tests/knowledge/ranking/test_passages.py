"""Sentences that nobody has worded are found by their words, by pieces of them, and by what stands around them."""

from __future__ import annotations

import math

import pytest

from knowledge.message.reading import Question, Reader
from knowledge.ranking.passages import Passages, PassageWeights, load_passage_weights
from knowledge.ranking.sentences import beginning_of, names_in, sentence_of, unmarked

PARAGRAPHS = (
    (
        "The lighthouse of Vell was built in 1871 by the engineer Ilse Brandt.",
        "It is forty metres high and stands on the eastern pier.",
        "Its lamp burned oil until the harbour company brought electricity.",
    ),
    (
        "Dockers in Vell went on strike in March.",
        "They demanded a temporary ferry for the workers of the night shift.",
        "The harbour company rejected the demand.",
    ),
)


@pytest.fixture(scope="module")
def passages(reader: Reader) -> Passages:
    return Passages.build(PARAGRAPHS, reader)


def asked(text: str, reader: Reader) -> Question:
    return reader.questions(text)[0]


def best(passages: Passages, reader: Reader, text: str) -> int:
    return passages.rank(asked(text, reader), load_passage_weights()).best[0][0]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who built the lighthouse?", 0),
        ("When was the lighthouse built?", 0),
        ("On which pier does it stand?", 1),
        ("What did the lamp burn?", 2),
        ("When did the dockers strike?", 3),
        ("Who wanted a ferry?", 4),
        ("What did the company reject?", 5),
    ],
)
def test_sentence_that_answers_ranks_first(passages: Passages, reader: Reader, question: str, sentence: int) -> None:
    assert best(passages, reader, question) == sentence


def test_question_on_something_else_is_less_answerable(passages: Passages, reader: Reader) -> None:
    weights = load_passage_weights()
    own, foreign = (
        passages.rank(asked(text, reader), weights).answerable
        for text in ("What did the dockers demand for the night shift?", "Which dynasty did Kublai Khan found?")
    )

    assert own > 0.5 > foreign


def test_shares_of_sentences_and_of_none_add_up_to_one(passages: Passages, reader: Reader) -> None:
    ranked = passages.rank(asked("Who built the pier?", reader), load_passage_weights())

    assert math.isclose(math.fsum(share for _, share in ranked.best), ranked.answerable)
    assert [share for _, share in ranked.best] == sorted((share for _, share in ranked.best), reverse=True)


def test_every_signal_lies_between_nothing_and_one_but_the_score_of_words(passages: Passages, reader: Reader) -> None:
    signals = passages.signals(asked("When did the harbour company bring electricity to the lamp?", reader))

    assert all(
        0 <= value <= 1 + 1e-9 for measured in signals.values() for name, value in measured.items() if name != "words"
    )
    assert all(measured["words"] >= 0 for measured in signals.values())


def test_every_weight_is_of_a_signal_that_is_measured(passages: Passages, reader: Reader) -> None:
    measured = next(iter(passages.signals(asked("Who built the lighthouse?", reader)).values()))

    assert measured.keys() == load_passage_weights().sentence.keys()


def test_question_that_shares_nothing_has_no_passages(passages: Passages, reader: Reader) -> None:
    ranked = passages.rank(asked("xyzzyq", reader), load_passage_weights())

    assert (ranked.best, ranked.answerable) == ((), 0.0)


def test_without_sentences_nothing_is_answerable(reader: Reader) -> None:
    empty = Passages.build([], reader)

    assert empty.rank(asked("Who built the pier?", reader), PassageWeights({}, 0.0)).answerable == 0.0


def test_words_of_the_sentence_before_count_within_a_paragraph_only(passages: Passages, reader: Reader) -> None:
    signals = passages.signals(asked("harbour company electricity strike dockers march workers", reader))

    assert signals[4]["before"] > 0
    assert signals[4]["points_back"] == signals[4]["before"]
    assert signals[3]["before"] == 0.0


def test_sentence_that_begins_with_a_pronoun_points_back(reader: Reader) -> None:
    told = [sentence_of(text, 0, reader) for text in ("It is high.", "In March, this ended.", "The company left it.")]

    assert [sentence.points_back for sentence in told] == [True, True, True]
    assert not sentence_of("Dockers in Vell went on strike against this.", 0, reader).points_back


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("It opened in 1871.", True),
        ("It opened in March.", True),
        ("It has 20,000 lamps.", False),
        ("It opened.", False),
    ],
)
def test_year_or_month_tells_when(reader: Reader, text: str, *, tells: bool) -> None:
    assert sentence_of(text, 0, reader).tells_when is tells


def test_name_is_what_is_written_with_a_capital_within_sentences() -> None:
    assert names_in(["Ferries left Vell.", "In Vell, the Ferry stayed; a ferry left, and no ferry came."]) == {"vell"}


def test_word_that_is_one_slip_from_one_of_the_sentences_stands_for_it(passages: Passages, reader: Reader) -> None:
    meant, slipped = (
        passages.signals(asked(f"Who wanted a {word}?", reader))[4]["rare"] for word in ("ferry", "berry")
    )

    assert 0 < slipped < meant


def test_mark_on_a_letter_changes_no_word(reader: Reader) -> None:
    told = (("Temür Khan reigned in Shangdu.", "Ögedei fell ill in the spring."),)
    passages = Passages.build(told, reader)

    assert [best(passages, reader, text) for text in ("Where did Temur reign?", "When did ögedei fall ill?")] == [0, 1]
    assert unmarked("ögedei") == "ogedei"
    assert unmarked("café-société") == "cafe-societe"


def test_word_of_one_family_speaks_for_a_sentence_that_lacks_the_word(reader: Reader) -> None:
    passages = Passages.build((("The army invaded Vell in spring.", "The invoice was paid in spring."),), reader)
    signals = passages.signals(asked("When was the invasion in spring?", reader))

    assert signals[0]["kin"] > 0.0
    assert signals[1]["kin"] == 0.0


@pytest.mark.parametrize(
    ("stemmed", "beginning"), [("invas", "inva"), ("invasion", "invas"), ("pier", ""), ("oil", ""), ("dock", "")]
)
def test_family_of_a_word_is_known_by_its_beginning_unless_it_is_short(stemmed: str, beginning: str) -> None:
    assert beginning_of(stemmed) == beginning


def test_share_of_the_names_that_were_asked_about_is_told(passages: Passages, reader: Reader) -> None:
    named = {number: told["named"] for number, told in passages.signals(asked("lighthouse Vell", reader)).items()}
    nameless = passages.signals(asked("Who rejected the demand?", reader))

    assert named[0] == 1.0
    assert {told["named"] for told in nameless.values()} == {0.0}


def test_number_that_the_question_does_not_name_speaks_for_a_sentence_when_one_is_asked_for(reader: Reader) -> None:
    told = (
        "The pier has forty lamps.",
        "The pier has many lamps.",
        "The pier has 12 lamps.",
        "The pier had lamps in 1871.",
    )
    passages = Passages.build((told,), reader)

    assert how_many(passages, reader, "How many lamps does the pier have?") == [1.0, 0.0, 1.0, 0.0]
    assert how_many(passages, reader, "How many piers have 12 lamps?") == [1.0, 0.0, 0.0, 0.0]
    assert how_many(passages, reader, "Which pier has lamps?") == [0.0, 0.0, 0.0, 0.0]


def how_many(passages: Passages, reader: Reader, text: str) -> list[float]:
    signals = passages.signals(asked(text, reader))
    return [signals[number]["how_many"] for number in sorted(signals)]


def test_sentence_that_names_nobody_but_those_asked_about_is_marked_when_somebody_is_asked_for(reader: Reader) -> None:
    told = ("In spring Ilse Brandt built the pier of Vell.", "In spring the pier of Vell was built.")
    passages = Passages.build((told,), reader)
    who, when = (
        passages.signals(asked(text, reader)) for text in ("Who built the pier of Vell?", "When was it built?")
    )

    assert [who[number]["nobody"] for number in (0, 1)] == [0.0, 1.0]
    assert [when[number]["nobody"] for number in (0, 1)] == [0.0, 0.0]
