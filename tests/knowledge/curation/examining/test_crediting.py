"""Who says so is read off plain patterns, and nothing is claimed where a clause may have ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.examining.crediting import attributions_in


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "The pier closed, according to the Courier.",
            [("according to the Courier", "The pier closed")],
        ),
        (
            "According to the Courier, the pier closed, but the ferry ran.",
            [("According to the Courier", "the pier closed")],
        ),
        (
            "The union asked, according to the mayor, for a ferry, but the council refused.",
            [("according to the mayor", "The union asked"), ("according to the mayor", " for a ferry")],
        ),
        ("Lind reported that the lamp failed.", [("Lind reported that", " the lamp failed.")]),
        ("Lind said the lamp failed.", [("Lind said", " the lamp failed.")]),
        ("The lamp failed, Lind said.", [("Lind said", "The lamp failed")]),
        ("Although Lind noted that it rained, the ferry ran.", [("Although Lind noted that", " it rained")]),
        ("Lind says that the lamp failed and wants a new one.", [("Lind says that", " the lamp failed")]),
        ('He wrote: "We shall never sell this tower."', [("", "We shall never sell this tower.")]),
    ],
)
def test_what_somebody_says_is_told_with_the_words_that_say_so(sentence: str, told: list[tuple[str, str]]) -> None:
    assert [(one.words, sentence[one.start : one.end]) for one in attributions_in(sentence)] == told


@pytest.mark.parametrize(
    "sentence",
    [
        "It is noted that the team met on Monday.",
        "The lamp is said to have failed.",
        "Neither side has said what would happen.",
        "The union demanded that a ferry be provided.",
        'The engineer called the bridge "sound" and left.',
        "The council rejected the first, saying that it had no crews.",
        "He bought the tower that failed.",
    ],
)
def test_nobody_is_said_to_speak_where_nobody_does(sentence: str) -> None:
    assert list(attributions_in(sentence)) == []


@given(st.text(alphabet="ab ,.;\"'“”", max_size=60) | st.text(max_size=60))
def test_what_is_said_lies_within_the_sentence(sentence: str) -> None:
    assert all(0 <= one.start <= one.end <= len(sentence) for one in attributions_in(sentence))
