"""Numbers are read alike, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import number_words
from knowledge.text import words


def read(text: str) -> str:
    return " ".join(word.text for word in number_words(words(text)))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nine hundred fifty prisoners", "950 prisoners"),
        ("nine hundred and fifty prisoners", "950 prisoners"),
        ("thirty one thousand killed", "31000 killed"),
        ("thirty-one thousand killed", "31000 killed"),
        ("four hundred", "400"),
        ("fifteen lifers", "15 lifers"),
        ("forty-two", "42"),
        ("two million three hundred thousand and five", "2300005"),
        ("31k killed", "31000 killed"),
        ("31 000 killed", "31000 killed"),
        ("1 000 000 people", "1000000 people"),
        ("31.000 killed", "31000 killed"),
        ("31 thousand killed", "31000 killed"),
    ],
)
def test_number_becomes_digits(written: str, meant: str) -> None:
    assert read(written) == meant


@pytest.mark.parametrize(
    "text",
    [
        "the other one",
        "no one said so",
        "two sides",
        "one or two",
        "31,000 killed",
        "40 400",
        "2.5 percent",
        "at 10:30",
        "hundreds and thousands",
        "a thousand",
        "ten and eleven",
        "4 k",
        "",
    ],
)
def test_what_is_no_number_of_several_words_stays(text: str) -> None:
    assert read(text) == " ".join(word.text for word in words(text))


@given(
    st.lists(st.sampled_from(("one", "ten", "twenty", "hundred", "thousand", "and", "5", "000", "k", "men"))).map(
        " ".join
    )
)
def test_reading_numbers_twice_changes_nothing_that_matters(text: str) -> None:
    once = number_words(words(text))

    assert len(once) <= len(words(text))
    assert [word.start for word in once] == sorted(word.start for word in once)
