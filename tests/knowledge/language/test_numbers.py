"""Numbers are read alike, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.numbers import Numeral, goes_on, in_english, number_words, summed
from knowledge.language.text import words


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
        ("2 sides", "two sides"),
        ("for 3 more weeks", "for three more weeks"),
        ("12 people", "twelve people"),
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
        "at 5 pm",
        "on 7 march",
        "13 weeks",
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


@pytest.mark.parametrize(
    ("values", "number"),
    [((), 0), ((9, 100, 50), 950), ((100, 5), 105), ((31, 1000), 31000), ((2, 1000000, 3, 100, 1000, 5), 2300005)],
)
def test_number_words_make_one_number_in_their_order(values: tuple[int, ...], number: int) -> None:
    assert summed(values) == number


def in_words(digits: str) -> Numeral:
    return Numeral(digits, in_figures=False)


def in_figures(digits: str) -> Numeral:
    return Numeral(digits, in_figures=True)


@pytest.mark.parametrize(
    ("last", "following", "beside", "adds"),
    [
        (in_words("9"), in_words("100"), True, True),
        (in_words("100"), in_words("50"), False, True),
        (in_words("2"), in_words("40"), False, True),
        (in_words("50"), in_words("100"), True, True),
        (in_words("40"), in_words("60"), False, False),
        (in_figures("31"), in_words("1000"), True, True),
        (in_figures("31"), in_words("1000"), False, False),
        (in_figures("31"), in_figures("000"), True, True),
        (in_figures("31"), in_figures("00"), True, False),
        (in_figures("2.5"), in_words("100"), True, False),
    ],
)
def test_number_goes_on_with_a_word_that_fits(last: Numeral, following: Numeral, beside: bool, adds: bool) -> None:
    assert goes_on(last, following, beside=beside) is adds


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ([in_words("9")], "nine"),
        ([in_words("11")], "11"),
        ([in_figures("9")], "9"),
        ([in_words("9"), in_words("100"), in_words("50")], "950"),
        ([in_figures("31"), in_words("1000")], "31000"),
        ([in_figures("31"), in_figures("000")], "31,000"),
        ([in_figures("2.5")], "2.5"),
    ],
)
def test_number_is_written_as_english_writes_it(row: list[Numeral], written: str) -> None:
    assert in_english(row) == written
