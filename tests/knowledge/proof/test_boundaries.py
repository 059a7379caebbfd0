"""No quote cuts a word or a number."""

import pytest

from knowledge.proof.boundaries import cuts, stands_in


@pytest.mark.parametrize(
    ("before", "after"), [("9", "50"), ("31,", "000"), ("31", ",000"), ("3", ".5"), ("rel", "ease"), ("F", "16")]
)
def test_cut_through_a_word_or_a_number_is_one(before: str, after: str) -> None:
    assert cuts(before + after, len(before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "all"),
        ("all", ""),
        ("one ", "two"),
        ("one", " two"),
        ("Hamas", "'s"),
        ("1990", "."),
        ("1990,", " and"),
        ("in 2", ", 3"),
        ("و", "قال"),
        ("他", "走了"),
    ],
)
def test_cut_beside_a_word_or_a_number_is_none(before: str, after: str) -> None:
    assert not cuts(before + after, len(before))


def test_words_stand_in_a_text_only_whole() -> None:
    assert stands_in("50", "950 or 50")
    assert not stands_in("50", "950")
    assert not stands_in("The tower", "the tower")
    assert not stands_in("pier", "the tower")
