"""What a thumb or an ear explains is a likelier slip than what nothing explains."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.slips import slip_cost, sound

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14)


@pytest.mark.parametrize(("one", "other"), [("phone", "fone"), ("quit", "kwit"), ("ceasefire", "seesfire")])
def test_spellings_that_sound_alike_have_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("hamas", "israel"), ("north", "south"), ("iran", "iraq")])
def test_words_that_sound_different_have_different_sounds(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("meant", "likelier", "less_likely"),
    [
        ("release", "relaese", "reloase"),  # swapped before another letter
        ("release", "releaae", "releabe"),  # the key beside before any other
        ("release", "releasse", "releasbe"),  # doubled before any other
        ("soldier", "soldir", "soldie"),  # a vowel left out before a consonant
        ("soldier", "soldjer", "aoldier"),  # behind the first letter before the first
        ("ceasefire", "seasefire", "feasefire"),  # by ear
        ("israel", "isrl", "isre"),  # every vowel left out
    ],
)
def test_slip_that_is_explained_costs_less(meant: str, likelier: str, less_likely: str) -> None:
    assert slip_cost(likelier, meant) < slip_cost(less_likely, meant)


@given(written=WORDS, meant=WORDS)
def test_only_the_word_itself_costs_nothing(written: str, meant: str) -> None:
    assert (slip_cost(written, meant) == 0) == (written == meant)


@given(before=WORDS, after=WORDS, one=st.sampled_from("bdkt"), other=st.sampled_from("aeou"))
def test_swapped_letters_are_one_slip(before: str, after: str, one: str, other: str) -> None:
    assert slip_cost(f"{before}{one}{other}{after}", f"{before}{other}{one}{after}") <= 3.5
