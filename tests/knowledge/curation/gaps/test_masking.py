"""Personal data with a form of its own is masked, and nothing else is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.gaps.masking import ACCOUNT, ADDRESS, LINK, NUMBER, blanked, masked

PIECES = st.sampled_from(
    [
        "a.b@example.org",
        "@someone",
        "+44 20 7946 0958",
        "https://a.example/b?c=1",
        "t.me/x",
        "31,000",
        "why",
        " ",
        "?",
        "]",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ilse.brandt+x@mail.example.org!", f"write to {ADDRESS}!"),
        ("is this true? https://news.example/a?id=7&b=2, or not", f"is this true? {LINK}, or not"),
        ("see www.example.org and t.me/someone/12", f"see {LINK} and {LINK}"),
        ("@mara_venn said so?", f"{ACCOUNT} said so?"),
        ("call me: +44 (20) 7946-0958", f"call me: {NUMBER}"),
        ("card 4111 1111 1111 1111 please", f"card {NUMBER} please"),
        ("my number is ٠١٢٣٤٥٦٧٨", f"my number is {NUMBER}"),
    ],
)
def test_personal_data_is_masked(text: str, left: str) -> None:
    assert masked(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Over 31,000 in 2024?",
        "1,200,000 crowns",
        "12 of 400, or 950?",
        "What costs 12.50?",
        "and/or, e.g. this",
        "a @ b",
    ],
)
def test_figures_and_plain_words_stay(text: str) -> None:
    assert masked(text) == text


@given(TEXTS)
def test_what_is_masked_stays_as_it_is(text: str) -> None:
    assert masked(masked(text)) == masked(text)


@given(TEXTS)
def test_no_address_account_or_long_number_is_left(text: str) -> None:
    for left in (masked(text), blanked(text)):
        assert re.search(r"\w@\w|@\w|\d{6}|://\w", left) is None


@given(st.text("abc ?!.,", max_size=40))
def test_plain_text_is_left_alone(text: str) -> None:
    assert masked(text) == blanked(text) == text
